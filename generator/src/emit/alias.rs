//! Other names of a request or response, under which rustdoc's search finds it.

use crate::model::Envelope;
use crate::names::Identifier;
use crate::render::text;

/// Returns the other names of the request of the API `api`: its class in the vendor's SDKs, and the API name with
/// underscores. The SDKs name classes after the API without the vendor's own prefix, which is `prefix`.
pub(super) fn request(api: &str, prefix: &str, own: &Identifier) -> Vec<String> {
    others([class(api, prefix, "Request"), segments(api).collect::<Vec<_>>().join("_")], own)
}

/// Returns the other name of the response of the API `api`.
pub(super) fn response(api: &str, prefix: &str, own: &Identifier) -> Vec<String> {
    others([class(api, prefix, "Response")], own)
}

/// Returns the prefix that the vendor drops from names of its own APIs: `response.envelope.root.strip` in the platform's spec.
pub(super) fn prefix(envelope: &Envelope) -> &str {
    match envelope {
        Envelope::Root(root) => &root.strip,
        Envelope::Status(_) | Envelope::Http(_) => "",
    }
}

/// Returns the line of an attribute for each name.
pub(super) fn attributes(names: &[String]) -> String {
    names.iter().map(|name| format!("#[doc(alias = {})]\n", text::literal(name))).collect()
}

/// `alibaba.lvms.lvr.importcallcustomer` → `AlibabaLvmsLvrImportcallcustomerRequest`: SDKs keep the case within a segment.
fn class(api: &str, prefix: &str, suffix: &str) -> String {
    let capitalized = segments(api.strip_prefix(prefix).unwrap_or(api)).map(|segment| {
        let mut rest = segment.chars();
        rest.next().into_iter().flat_map(char::to_uppercase).chain(rest).collect::<String>()
    });
    capitalized.chain([suffix.to_owned()]).collect()
}

/// The parts of an API name. What remains are letters and digits, which every alias may contain.
fn segments(api: &str) -> impl Iterator<Item = &str> {
    api.split(|c: char| !c.is_alphanumeric()).filter(|segment| !segment.is_empty())
}

/// Leaves out the item's own name, which rustdoc rejects as an alias, and repeated names.
fn others(names: impl IntoIterator<Item = String>, own: &Identifier) -> Vec<String> {
    let mut others: Vec<String> = names.into_iter().filter(|name| name != own.as_str()).collect();
    others.dedup();
    others
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identifier(name: &str) -> Identifier {
        Identifier::new(name).expect("an identifier")
    }

    #[test]
    fn requests_are_found_by_class_and_by_api() {
        let own = identifier("LvrImportcallcustomer");
        assert_eq!(
            request("alibaba.lvms.lvr.importcallcustomer", "", &own),
            ["AlibabaLvmsLvrImportcallcustomerRequest", "alibaba_lvms_lvr_importcallcustomer"]
        );
        assert_eq!(
            request("aivoice.importCustomer", "acme.", &own),
            ["AivoiceImportCustomerRequest", "aivoice_importCustomer"]
        );
    }

    #[test]
    fn classes_do_not_have_the_prefix_of_the_vendor() {
        let own = identifier("HotelUpdate");
        assert_eq!(request("acme.hotel.update", "acme.", &own), ["HotelUpdateRequest", "acme_hotel_update"]);
        assert_eq!(response("acme.hotel.update", "acme.", &own), ["HotelUpdateResponse"]);
        assert_eq!(response("other.acme.hotel", "acme.", &own), ["OtherAcmeHotelResponse"]);
    }

    #[test]
    fn the_own_name_is_no_alias() {
        assert_eq!(response("a.b", "", &identifier("ABResponse")), Vec::<String>::new());
        assert_eq!(response("a.b", "", &identifier("BResponse")), ["ABResponse"]);
        assert_eq!(request("ping", "", &identifier("ping")), ["PingRequest"]);
    }
}
