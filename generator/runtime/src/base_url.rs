//! The rule for base URLs: absolute, encrypted, and without anything that belongs to a single request.
//!
//! The generator applies the same rule to the environments of a platform.

use core::net::{Ipv4Addr, Ipv6Addr};

use crate::error::BaseUrlError;

/// Checks whether requests can be sent to paths below `url`, and whether they are encrypted or stay on this machine.
///
/// # Errors
///
/// [`BaseUrlError::Insecure`] if encryption is all that is missing; another [`BaseUrlError`] for every other defect.
pub fn check(url: &str) -> Result<(), BaseUrlError> {
    let (scheme, rest) = url.split_once("://").ok_or(BaseUrlError::NotAbsolute)?;
    if !matches!(scheme, "https" | "http") {
        return Err(BaseUrlError::Scheme);
    }
    if rest.contains(['?', '#']) {
        return Err(BaseUrlError::Query);
    }
    let authority = rest.split('/').next().unwrap_or_default();
    if authority.contains('@') {
        return Err(BaseUrlError::User);
    }
    let uri = url.parse::<http::Uri>().ok().filter(|_| url.bytes().all(|byte| byte.is_ascii_graphic()));
    let host = uri.as_ref().and_then(http::Uri::host).filter(|host| !host.is_empty());
    let host = host.ok_or(BaseUrlError::NotAbsolute)?;
    if !authority.strip_prefix(host).is_some_and(is_port) {
        return Err(BaseUrlError::Port);
    }
    if scheme == "https" || is_loopback(host) { Ok(()) } else { Err(BaseUrlError::Insecure) }
}

/// Checks the same, and accepts `http` for every host.
pub(crate) fn check_insecure(url: &str) -> Result<(), BaseUrlError> {
    match check(url) {
        Err(BaseUrlError::Insecure) => Ok(()),
        checked => checked,
    }
}

/// Whether the rest of an authority after its host is absent or a port. `http::Uri` accepts any text there.
fn is_port(rest: &str) -> bool {
    rest.is_empty()
        || rest
            .strip_prefix(':')
            .is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok())
}

/// Whether a host is this machine by definition. A name that merely resolves to it is not, because the resolver decides.
fn is_loopback(host: &str) -> bool {
    let in_brackets = host.strip_prefix('[').and_then(|open| open.strip_suffix(']'));
    match in_brackets {
        Some(address) => address.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback()),
        None => {
            host.eq_ignore_ascii_case("localhost")
                || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_absolute_urls_will_do() {
        for url in ["https://eco.taobao.com/router/rest", "http://127.0.0.1:8080", "https://[::1]:1/"] {
            assert_eq!(check(url), Ok(()), "{url}");
        }
        let cases = [
            ("eco.taobao.com/router", BaseUrlError::NotAbsolute),
            ("https://", BaseUrlError::NotAbsolute),
            ("https://:80", BaseUrlError::NotAbsolute),
            ("https://a b", BaseUrlError::NotAbsolute),
            ("ftp://a", BaseUrlError::Scheme),
            ("https://user:password@a", BaseUrlError::User),
            ("https://a?b", BaseUrlError::Query),
            ("https://a/#b", BaseUrlError::Query),
            ("https://a:", BaseUrlError::Port),
            ("https://a:65536", BaseUrlError::Port),
            ("https://a:+1", BaseUrlError::Port),
            ("http://a", BaseUrlError::Insecure),
            ("http://127.0.0.1.example.com", BaseUrlError::Insecure),
        ];
        for (url, expected) in cases {
            assert_eq!(check(url), Err(expected), "{url}");
        }
    }

    #[test]
    fn only_encryption_can_be_waived() {
        assert_eq!(check_insecure("http://gateway.example.com:8080/rest"), Ok(()));
        assert_eq!(check_insecure("https://gateway.example.com"), Ok(()));
        assert_eq!(check_insecure("http://user@gateway.example.com"), Err(BaseUrlError::User));
        assert_eq!(check_insecure("http://gateway.example.com?a"), Err(BaseUrlError::Query));
    }
}
