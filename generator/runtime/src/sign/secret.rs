//! Values derived from a secret, before they are hashed.

use std::fmt;

use zeroize::Zeroizing;

use super::encode::arranged;

/// Text derived from a secret: zeroed on drop, shown as `***` by `Debug`, without `Display`.
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    /// Concatenates the pieces in one allocation, because growing would leave copies in memory.
    pub fn concat(pieces: &[&str]) -> Self {
        Self(Zeroizing::new(pieces.concat()))
    }

    /// Joins the parts as [`join`](super::join) does.
    pub fn join(separator: &str, parts: &[&str], skip_empty: bool, is_sorted: bool) -> Self {
        Self(Zeroizing::new(arranged(parts, str::is_empty, skip_empty, is_sorted).join(separator)))
    }

    /// Returns the text. Never log it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Bytes derived from a secret: zeroed on drop, shown as `***` by `Debug`.
pub struct SecretBytes(Zeroizing<Vec<u8>>);

impl SecretBytes {
    /// Concatenates the pieces in one allocation, because growing would leave copies in memory.
    pub fn concat(pieces: &[&[u8]]) -> Self {
        Self(Zeroizing::new(pieces.concat()))
    }

    /// Joins the parts as [`join_bytes`](super::join_bytes) does.
    pub fn join(separator: &[u8], parts: &[&[u8]], skip_empty: bool, is_sorted: bool) -> Self {
        Self(Zeroizing::new(arranged(parts, <[u8]>::is_empty, skip_empty, is_sorted).join(separator)))
    }

    /// Returns the bytes. Never log them.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_what_expose_shows() {
        let text = SecretText::concat(&["hunter", "2"]);
        assert_eq!(text.expose(), "hunter2");
        assert_eq!(format!("{text:?}"), "***");
        let bytes = SecretBytes::concat(&[b"hunter", b"2"]);
        assert_eq!(bytes.expose(), b"hunter2");
        assert_eq!(format!("{bytes:?}"), "***");
    }
}
