//! Values made from a secret on the way to a digest.

use std::fmt;

use zeroize::Zeroizing;

/// A text made from a secret: zeroed on drop, `Debug` shows `***`, no `Display`.
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    /// The pieces, one after the other, in one allocation: growing would leave copies behind.
    pub fn concat(pieces: &[&str]) -> Self {
        Self(Zeroizing::new(pieces.concat()))
    }

    /// The text itself. Never log it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Bytes made from a secret: zeroed on drop, `Debug` shows `***`.
pub struct SecretBytes(Zeroizing<Vec<u8>>);

impl SecretBytes {
    /// The pieces, one after the other, in one allocation: growing would leave copies behind.
    pub fn concat(pieces: &[&[u8]]) -> Self {
        Self(Zeroizing::new(pieces.concat()))
    }

    /// The bytes themselves. Never log them.
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
