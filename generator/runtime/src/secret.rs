//! Text that is never shown.

use core::fmt;

use zeroize::Zeroizing;

/// A secret, token or key: zeroed when dropped, `***` in `Debug`, no `Display`, no comparison.
///
/// ```
/// use apograph_runtime::Secret;
///
/// let secret = Secret::from("helloworld");
/// assert_eq!(format!("{secret:?}"), "***");
/// assert_eq!(secret.expose(), "helloworld");
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Creates a secret. The buffer of a `String` is reused, not copied.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Returns the text, for a digest or for the parameter that carries it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}
