//! Which requests go through which proxy.
//!
//! The HTTP libraries read the usual variables differently: one takes `HTTP_PROXY` for `https`, the other ignores all
//! variables under CGI, both skip malformed values silently, and they disagree about `NO_PROXY`. This module reads the
//! variables for both transports.

use std::ffi::OsString;
use std::net::IpAddr;

use http::Uri;

use super::Proxy;
use crate::error::{TransportError, TransportProblem};

/// One HTTP client for requests without a proxy, and one for each proxy.
pub(super) struct Routes<T> {
    direct: T,
    http: Option<T>,
    https: Option<T>,
    exceptions: Exceptions,
}

/// URLs of proxies by the scheme of the request.
#[derive(Debug, Default, PartialEq, Eq)]
struct Proxies {
    http: Option<String>,
    https: Option<String>,
    exceptions: Exceptions,
}

/// Hosts that are reached directly: the entries of `NO_PROXY`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Exceptions(Vec<Exception>);

#[derive(Debug, PartialEq, Eq)]
struct Exception {
    hosts: Hosts,
    /// The only port; `None` for all.
    port: Option<u16>,
}

#[derive(Debug, PartialEq, Eq)]
enum Hosts {
    All,
    /// A network: addresses that share this many first bits.
    Network(IpAddr, u32),
    /// A domain in lower case, and the hosts in it.
    Domain(String),
}

impl<T> Routes<T> {
    /// Creates the clients with `client`, which gets the URL of the proxy.
    pub(super) fn new(
        proxy: &Proxy,
        client: impl Fn(Option<&str>) -> Result<T, TransportError>,
    ) -> Result<Self, TransportError> {
        let Proxies { http, https, exceptions } = Proxies::new(proxy, |name| std::env::var_os(name))?;
        let through = |url: Option<String>| url.map(|url| client(Some(&url))).transpose();
        Ok(Self { direct: client(None)?, http: through(http)?, https: through(https)?, exceptions })
    }

    /// Returns the client for a request to `uri`.
    pub(super) fn for_uri(&self, uri: &Uri) -> &T {
        let (proxied, port) = match uri.scheme_str() {
            Some("http") => (self.http.as_ref(), 80),
            Some("https") => (self.https.as_ref(), 443),
            _ => return &self.direct,
        };
        let (host, port) = (uri.host().unwrap_or_default(), uri.port_u16().unwrap_or(port));
        proxied.filter(|_| !self.exceptions.contain(host, port)).unwrap_or(&self.direct)
    }
}

impl Proxies {
    fn new(proxy: &Proxy, variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, TransportError> {
        match proxy {
            Proxy::None => Ok(Self::default()),
            Proxy::Url(url) => {
                let url = proxy_url(url).ok_or_else(|| no_proxy_url("the proxy's URL"))?;
                Ok(Self { http: Some(url.clone()), https: Some(url), ..Self::default() })
            }
            Proxy::Environment => Self::from_variables(variable),
        }
    }

    fn from_variables(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, TransportError> {
        // Some programs give names in lower case to the variables. Empty ones count as not set.
        let first = |upper: &'static str| {
            let names = [upper.to_owned(), upper.to_ascii_lowercase()];
            names.iter().find_map(|name| variable(name).filter(|value| !value.is_empty()))
        };
        let proxy = |name: &'static str| match first(name) {
            Some(value) => value.to_str().and_then(proxy_url).map(Some).ok_or_else(|| no_proxy_url(name)),
            None => Ok(None),
        };
        // Under CGI, the client decides about `HTTP_PROXY`: it contains the header `Proxy` of its request.
        let is_cgi = variable("REQUEST_METHOD").is_some();
        let all = proxy("ALL_PROXY")?;
        let http = if is_cgi { None } else { proxy("HTTP_PROXY")? };
        let exceptions = match first("NO_PROXY") {
            Some(value) => Exceptions::parse(value.to_str().ok_or_else(|| unusable("NO_PROXY is not UTF-8"))?)?,
            None => Exceptions::default(),
        };
        Ok(Self { http: http.or_else(|| all.clone()), https: proxy("HTTPS_PROXY")?.or(all), exceptions })
    }
}

/// Returns the error for an unusable setting. `why` must not contain the value, which may contain a password.
fn unusable(why: impl Into<String>) -> TransportError {
    TransportError::new(TransportProblem::Configuration).with_cause(why.into())
}

fn no_proxy_url(what: &str) -> TransportError {
    unusable(format!("{what} is not of the form `http[s]://[user:password@]host[:port]`"))
}

/// Parses the URL of an HTTP proxy and adds a missing scheme.
fn proxy_url(text: &str) -> Option<String> {
    let text = text.trim();
    let text = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
    let uri: Uri = text.parse().ok()?;
    let authority = uri.authority()?;
    let host_and_port = authority.as_str().rsplit('@').next()?;
    let port = host_and_port.strip_prefix(authority.host())?;
    let is_port = port.is_empty() || authority.port_u16().is_some_and(|port| port != 0);
    let is_proxy = matches!(uri.scheme_str(), Some("http" | "https")) && uri.path() == "/" && uri.query().is_none();
    (is_proxy && is_port && !authority.host().is_empty()).then_some(text)
}

impl Exceptions {
    /// Parses entries with commas or spaces between them.
    fn parse(text: &str) -> Result<Self, TransportError> {
        let entries = text.split([',', ' ', '\t']).filter(|entry| !entry.is_empty());
        let parsed = entries.enumerate().map(|(index, entry)| {
            let forms = "a host such as `example.com`, an address, a network such as `10.0.0.0/8`, or `*`";
            Exception::parse(entry).ok_or_else(|| unusable(format!("entry {} of NO_PROXY is not {forms}", index + 1)))
        });
        parsed.collect::<Result<_, _>>().map(Self)
    }

    fn contain(&self, host: &str, port: u16) -> bool {
        let host = host.trim_start_matches('[').trim_end_matches([']', '.']).to_ascii_lowercase();
        self.0.iter().any(|exception| exception.contains(&host, port))
    }
}

impl Exception {
    fn parse(entry: &str) -> Option<Self> {
        if let Some(hosts) = Hosts::parse(entry) {
            return Some(Self { hosts, port: None });
        }
        let (hosts, port) = entry.rsplit_once(':')?;
        let is_network = hosts.contains('/');
        let port = port.parse().ok().filter(|port| *port != 0 && !is_network)?;
        Some(Self { hosts: Hosts::parse(hosts)?, port: Some(port) })
    }

    fn contains(&self, host: &str, port: u16) -> bool {
        self.port.is_none_or(|only| only == port) && self.hosts.contain(host)
    }
}

impl Hosts {
    /// Parses an entry without a port; `example.com`, `.example.com` and `*.example.com` are the same.
    fn parse(entry: &str) -> Option<Self> {
        if entry == "*" {
            return Some(Self::All);
        }
        let (address, bits) = entry.split_once('/').map_or((entry, None), |(address, bits)| (address, Some(bits)));
        let bare = address.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(address);
        if let Ok(address) = bare.parse::<IpAddr>() {
            let all = if address.is_ipv4() { 32 } else { 128 };
            let bits = bits.map_or(Some(all), |bits| bits.parse().ok())?;
            return (bits <= all).then_some(Self::Network(address, bits));
        }
        let domain = entry.strip_prefix("*.").or_else(|| entry.strip_prefix('.')).unwrap_or(entry);
        let domain = domain.strip_suffix('.').unwrap_or(domain);
        let is_label = |label: &str| {
            !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        domain.split('.').all(is_label).then(|| Self::Domain(domain.to_ascii_lowercase()))
    }

    fn contain(&self, host: &str) -> bool {
        match self {
            Self::All => true,
            Self::Network(network, bits) => host.parse().is_ok_and(|address| shares(*network, address, *bits)),
            Self::Domain(domain) => {
                let rest = host.strip_suffix(domain.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            }
        }
    }
}

/// Whether the first `bits` bits are the same.
fn shares(network: IpAddr, address: IpAddr, bits: u32) -> bool {
    let differs = match (network, address) {
        (IpAddr::V4(a), IpAddr::V4(b)) => u128::from(a.to_bits() ^ b.to_bits()) << 96,
        (IpAddr::V6(a), IpAddr::V6(b)) => a.to_bits() ^ b.to_bits(),
        _ => return false,
    };
    differs.leading_zeros() >= bits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Proxies, TransportError> {
        let variable =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(*value));
        Proxies::new(&Proxy::Environment, variable)
    }

    fn urls(variables: &[(&str, &str)]) -> (Option<String>, Option<String>) {
        let Proxies { http, https, .. } = read(variables).expect("well-formed variables");
        (http, https)
    }

    fn some(url: &str) -> Option<String> {
        Some(url.to_owned())
    }

    #[test]
    fn each_scheme_has_its_variable() {
        assert_eq!(urls(&[]), (None, None));
        assert_eq!(urls(&[("HTTP_PROXY", "http://a:1")]), (some("http://a:1"), None));
        assert_eq!(urls(&[("https_proxy", "a:1")]), (None, some("http://a:1")));
        assert_eq!(urls(&[("HTTPS_PROXY", "a"), ("https_proxy", "b")]), (None, some("http://a")));
        assert_eq!(urls(&[("ALL_PROXY", "a"), ("HTTP_PROXY", "b")]), (some("http://b"), some("http://a")));
        assert_eq!(urls(&[("ALL_PROXY", ""), ("HTTPS_PROXY", "")]), (None, None));
        assert_eq!(urls(&[("HTTPS_PROXY", ""), ("https_proxy", "http://p")]), (None, some("http://p")));
        let login = "https://user:p%40ss@[::1]:3128/";
        assert_eq!(urls(&[("HTTPS_PROXY", login)]), (None, some(login)));
    }

    #[test]
    fn under_cgi_the_variable_that_a_client_can_set_is_ignored() {
        let cgi = [("REQUEST_METHOD", "GET"), ("HTTP_PROXY", "http://evil"), ("HTTPS_PROXY", "http://good")];
        assert_eq!(urls(&cgi), (None, some("http://good")));
        let malformed = [("REQUEST_METHOD", "GET"), ("http_proxy", "http://")];
        assert_eq!(urls(&malformed), (None, None));
    }

    #[test]
    fn malformed_urls_are_errors_that_do_not_show_them() {
        let malformed = [
            "http://",
            "http://:8080",
            "http://user:secret@",
            "ftp://secret",
            "socks5://secret:1080",
            "http://secret:port",
            "http://secret:99999",
            "http://secret:0",
            "http://secret/path",
            "http://secret/?query",
            "http://sec ret",
            "://secret",
        ];
        for value in malformed {
            for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "all_proxy"] {
                let error = read(&[(name, value)]).expect_err(value);
                assert_eq!(error.problem(), TransportProblem::Configuration, "{name}={value}");
                let shown = format!("{error} {error:?}");
                assert!(!shown.contains("secret"), "{shown}");
                assert!(shown.contains(&name.to_ascii_uppercase()), "{shown}");
            }
            let url = Proxies::new(&Proxy::Url(value.to_owned()), |_| None);
            assert_eq!(url.expect_err(value).problem(), TransportProblem::Configuration, "{value}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_variable_that_is_no_text_is_malformed() {
        use std::os::unix::ffi::OsStringExt;
        for name in ["HTTPS_PROXY", "NO_PROXY"] {
            let variable = |asked: &str| (asked == name).then(|| OsString::from_vec(vec![0xFF]));
            let error = Proxies::new(&Proxy::Environment, variable).expect_err("no text");
            assert_eq!(error.problem(), TransportProblem::Configuration);
        }
    }

    #[test]
    fn exceptions_are_reached_directly() {
        let cases: [(&str, &[&str], &[&str]); 6] = [
            (
                "example.com",
                &["example.com", "EXAMPLE.com", "a.example.com", "example.com."],
                &["badexample.com", "com"],
            ),
            (" .example.com , b.org", &["example.com", "a.example.com", "b.org"], &["c.org"]),
            ("*.example.com", &["a.example.com"], &["example.org"]),
            ("*", &["example.com", "127.0.0.1"], &[]),
            (
                "10.0.0.0/8,::1,192.168.1.7",
                &["10.1.2.3", "[::1]", "192.168.1.7"],
                &["11.0.0.1", "192.168.1.8", "[::2]"],
            ),
            ("", &[], &["example.com", ""]),
        ];
        for (text, direct, proxied) in cases {
            let exceptions = Exceptions::parse(text).expect(text);
            direct.iter().for_each(|host| assert!(exceptions.contain(host, 443), "{text:?} {host}"));
            proxied.iter().for_each(|host| assert!(!exceptions.contain(host, 443), "{text:?} {host}"));
        }
    }

    #[test]
    fn a_route_depends_on_the_scheme_and_the_host() -> Result<(), TransportError> {
        let proxies = Proxies { http: some("http"), https: some("https"), exceptions: Exceptions::parse("direct")? };
        let Proxies { http, https, exceptions } = proxies;
        let routes = Routes { direct: String::from("none"), http, https, exceptions };
        let route = |uri: &'static str| routes.for_uri(&Uri::from_static(uri)).as_str();
        assert_eq!((route("http://a/x"), route("https://a:1/x?y")), ("http", "https"));
        assert_eq!((route("https://direct/"), route("/path")), ("none", "none"));
        Ok(())
    }

    #[test]
    fn malformed_exceptions_are_errors_that_do_not_show_them() {
        let malformed = [
            "10.0.0.0/abc",
            "10.0.0.0/",
            "10.0.0.0/33",
            "::1/129",
            "10.0.0.0/8:80",
            "/99",
            "secret/8",
            "http://secret",
            "secret:port",
            "secret:99999",
            "secret:0",
            "secret:",
            ":8080",
            "user@secret",
            "secret.*",
            "*secret",
            "**",
            ".",
            "*.",
            "[::1",
        ];
        for value in malformed {
            let error = read(&[("no_proxy", &format!("a.org,{value}"))]).expect_err(value);
            assert_eq!(error.problem(), TransportProblem::Configuration, "{value}");
            let shown = format!("{error} {error:?}");
            assert!(shown.contains("entry 2 of NO_PROXY") && !shown.contains("http"), "{shown}");
            assert!(!shown.contains("secret"), "{shown}");
        }
    }

    #[test]
    fn an_exception_with_a_port_is_for_that_port() {
        let list = "a:8080,10.0.0.1:443 [::1]:81,[::2],.b:1";
        let Proxies { http, https, exceptions } =
            read(&[("ALL_PROXY", "p"), ("NO_PROXY", list)]).expect("well-formed variables");
        let routes = Routes { direct: "direct".to_owned(), http, https, exceptions };
        for (uri, direct) in [
            ("http://a:8080/", true),
            ("https://x.a:8080/", true),
            ("http://a/", false),
            ("https://10.0.0.1/", true),
            ("http://10.0.0.1/", false),
            ("http://[::1]:81/", true),
            ("http://[::1]/", false),
            ("https://[::2]:7/", true),
            ("http://b:1/", true),
            ("http://b:2/", false),
        ] {
            let route = routes.for_uri(&Uri::from_static(uri));
            assert_eq!(route, if direct { "direct" } else { "http://p" }, "{uri}");
        }
    }
}
