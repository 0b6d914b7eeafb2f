//! Splits a base URL into the parts that a signature can read.

use super::SignError;

/// An absolute URL in parts, as written.
pub(super) struct Pieces<'a> {
    pub(super) scheme: &'a str,
    /// Includes the port, if the URL has one.
    pub(super) host: &'a str,
    pub(super) path: &'a str,
    pub(super) query: &'a str,
}

/// Splits `url`.
///
/// # Errors
///
/// [`SignError::Url`] unless `url` has the form `http(s)://host[:port][/path][?query]`. The text of a URL with a user
/// part is not repeated, because it may contain a password.
pub(super) fn split(url: &str) -> Result<Pieces<'_>, SignError> {
    let refused = || SignError::Url(if url.contains('@') { "(not shown)".to_owned() } else { url.to_owned() });
    let (scheme, rest) = url.split_once("://").ok_or_else(refused)?;
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let host_end = address.find('/').unwrap_or(address.len());
    let (host, path) = address.split_at(host_end);
    let plain = url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
    if !matches!(scheme, "http" | "https") || host.is_empty() || host.contains('@') || !plain {
        return Err(refused());
    }
    Ok(Pieces { scheme, host, path, query })
}
