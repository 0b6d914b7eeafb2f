//! Other names of a request or response, under which rustdoc's search finds it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::names::Identifier;

/// Returns the other names of the request of the API `api`: its class in SDKs that name classes after the whole API name,
/// and the API name with underscores.
pub(super) fn request(api: &str, own: &Identifier) -> Vec<String> {
    others([class(api, "Request"), segments(api).collect::<Vec<_>>().join("_")], own)
}

/// Returns the other name of the response of the API `api`.
pub(super) fn response(api: &str, own: &Identifier) -> Vec<String> {
    others([class(api, "Response")], own)
}

/// Returns one attribute per name.
pub(super) fn attributes(names: &[String]) -> TokenStream {
    quote! { #(#[doc(alias = #names)])* }
}

/// `alibaba.lvms.lvr.importcallcustomer` → `AlibabaLvmsLvrImportcallcustomerRequest`: SDKs keep the case within a segment.
fn class(api: &str, suffix: &str) -> String {
    let capitalized = segments(api).map(|segment| {
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
            request("alibaba.lvms.lvr.importcallcustomer", &own),
            ["AlibabaLvmsLvrImportcallcustomerRequest", "alibaba_lvms_lvr_importcallcustomer"]
        );
        assert_eq!(request("aivoice.importCustomer", &own), ["AivoiceImportCustomerRequest", "aivoice_importCustomer"]);
    }

    #[test]
    fn the_own_name_is_no_alias() {
        assert_eq!(response("a.b", &identifier("ABResponse")), Vec::<String>::new());
        assert_eq!(response("a.b", &identifier("BResponse")), ["ABResponse"]);
        assert_eq!(request("ping", &identifier("ping")), ["PingRequest"]);
    }
}
