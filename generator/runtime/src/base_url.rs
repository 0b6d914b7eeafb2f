//! Checks base URLs: absolute, without anything that belongs to a single request.

use crate::error::BaseUrlError;

/// Checks whether requests can be sent to paths below `url`.
pub(crate) fn check(url: &str) -> Result<(), BaseUrlError> {
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
    let plain = url.bytes().all(|byte| byte.is_ascii_graphic());
    let host = url.parse::<http::Uri>().ok().and_then(|uri| uri.host().map(|host| !host.is_empty()));
    if plain && host == Some(true) { Ok(()) } else { Err(BaseUrlError::NotAbsolute) }
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
        ];
        for (url, expected) in cases {
            assert_eq!(check(url), Err(expected), "{url}");
        }
    }
}
