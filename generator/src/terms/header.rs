//! Names of HTTP headers.

/// Headers that decide where a request ends up, how long it is and what its body is. The client and its HTTP library set them.
const OWN_HEADERS: [&str; 12] = [
    "connection",
    "content-length",
    "content-type",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Whether the client or its HTTP library sets a header.
#[must_use]
pub fn is_own_header(name: &str) -> bool {
    OWN_HEADERS.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// Whether a name can be that of a header: an HTTP token (RFC 9110, 5.6.2).
#[must_use]
pub fn is_header_name(name: &str) -> bool {
    let in_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(in_token)
}
