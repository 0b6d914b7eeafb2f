//! Values without content.

/// Whether a value is blank: empty, or white space only.
///
/// The same test decides which values are not sent, so a server never receives a value that was not signed.
pub fn is_blank(value: &str) -> bool {
    value.trim().is_empty()
}
