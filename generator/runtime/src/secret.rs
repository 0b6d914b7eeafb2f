//! Text that must never be shown.

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
    /// A secret made of `text`; the buffer of a `String` is taken over, not copied.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself, for a digest or for the place the protocol sends it to.
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
