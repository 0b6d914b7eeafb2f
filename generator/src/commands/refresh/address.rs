//! Addresses of pages, and where redirects may lead.

use http::Uri;

use crate::diagnostic::quoted;
use crate::spec::{EndpointSpecs, PlatformSpecs};

/// Returns the address of an API's page: the one in its transcript, or else the one of its platform's document service.
pub(super) fn of_page(platform: &PlatformSpecs, api: &EndpointSpecs) -> Option<String> {
    let template = || platform.pages.as_ref()?.address.as_ref();
    let served = || template().map(|template| template.replace("{api}", &encoded(&api.spec.api)));
    api.spec.source.page.clone().or_else(served)
}

/// Encodes a name for any part of an address.
fn encoded(name: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    name.bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// An address that can be requested.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Address(Uri);

impl Address {
    /// Parses an absolute address. The part behind `#` is for browsers, and is left out.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let not_one = || format!("{} is not an address that can be requested", quoted(text));
        let uri: Uri = text.parse().map_err(|_| not_one())?;
        let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
        let authority =
            uri.authority().filter(|authority| is_web && !authority.host().is_empty()).ok_or_else(not_one)?;
        if authority.as_str().contains('@') {
            return Err("the address contains a user name, which would be sent with the request".to_owned());
        }
        Ok(Self(uri))
    }

    pub(super) fn uri(&self) -> &Uri {
        &self.0
    }

    fn host(&self) -> &str {
        self.0.host().unwrap_or_default()
    }

    fn is_secure(&self) -> bool {
        self.0.scheme_str() == Some("https")
    }

    fn port(&self) -> u16 {
        self.0.port_u16().unwrap_or(if self.is_secure() { 443 } else { 80 })
    }

    /// Returns the address to which a redirect from this one leads. `hosts` are further hosts that it may lead to.
    pub(super) fn redirected(&self, location: &str, hosts: &[String]) -> Result<Self, Elsewhere> {
        let to = Self::parse(&self.absolute(location)).map_err(Elsewhere::Invalid)?;
        if self.is_secure() && !to.is_secure() {
            return Err(Elsewhere::Insecure);
        }
        let is_same_port = self.port() == to.port() || (self.port(), to.port()) == (80, 443);
        let is_same_host = self.host().eq_ignore_ascii_case(to.host()) && is_same_port;
        if is_same_host || hosts.iter().any(|host| host.eq_ignore_ascii_case(to.host())) {
            Ok(to)
        } else {
            Err(Elsewhere::OtherHost(to.host().to_owned()))
        }
    }

    /// Returns a location as an absolute address.
    fn absolute(&self, location: &str) -> String {
        let scheme = self.0.scheme_str().unwrap_or_default();
        let authority = self.0.authority().map(|authority| authority.as_str()).unwrap_or_default();
        let path = self.0.path();
        if location.starts_with("//") {
            format!("{scheme}:{location}")
        } else if location.starts_with('/') {
            format!("{scheme}://{authority}{location}")
        } else if location.starts_with('?') {
            format!("{scheme}://{authority}{path}{location}")
        } else if has_scheme(location) {
            location.to_owned()
        } else {
            let folder = path.rfind('/').and_then(|end| path.get(..=end)).unwrap_or("/");
            format!("{scheme}://{authority}{folder}{location}")
        }
    }
}

fn has_scheme(location: &str) -> bool {
    let scheme = location.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Why a redirect is not followed.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Elsewhere {
    /// The location is not an address.
    Invalid(String),
    /// From `https` to `http`.
    Insecure,
    /// To a host that nobody has named.
    OtherHost(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::parse(text).expect("an address")
    }

    #[test]
    fn only_web_addresses_are_requested() {
        assert_eq!(address("https://a.example/b?c=1#/d").uri().to_string(), "https://a.example/b?c=1");
        for text in
            ["", "/a", "a.example/b", "ftp://a.example/", "file:///etc/passwd", "https://", "https://u:p@a.example/"]
        {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn names_are_encoded() {
        assert_eq!(encoded("acme.depot.crate-send_2"), "acme.depot.crate-send_2");
        assert_eq!(encoded("a/b c?寄"), "a%2Fb%20c%3F%E5%AF%84");
    }

    #[test]
    fn redirects_stay_on_their_host() {
        let from = address("http://a.example/b/c?d=1");
        let hosts = ["doc.example".to_owned()];
        let to = |location: &str| from.redirected(location, &hosts).map(|to| to.uri().to_string());
        for (location, expected) in [
            ("/x", "http://a.example/x"),
            ("x?y", "http://a.example/b/x?y"),
            ("?y", "http://a.example/b/c?y"),
            ("//A.example/x", "http://A.example/x"),
            ("https://a.example/x", "https://a.example/x"),
            ("https://doc.example/x", "https://doc.example/x"),
        ] {
            assert_eq!(to(location), Ok(expected.to_owned()), "{location}");
        }
        assert_eq!(to("http://b.example/"), Err(Elsewhere::OtherHost("b.example".to_owned())));
        assert_eq!(to("http://a.example:8080/"), Err(Elsewhere::OtherHost("a.example".to_owned())));
        assert!(matches!(to("file:///etc/passwd"), Err(Elsewhere::Invalid(_))));
        let secure = address("https://a.example/");
        assert_eq!(secure.redirected("http://a.example/", &[]), Err(Elsewhere::Insecure));
    }
}
