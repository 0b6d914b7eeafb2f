//! Credentials that cannot be used.

use core::fmt;

use crate::secret::Secret;

/// A credential that cannot be right. Contains its name and never its value.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct CredentialsError {
    name: &'static str,
    problem: CredentialsProblem,
}

/// Why a credential cannot be right.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CredentialsProblem {
    /// The credential is empty, or consists of white space and control characters.
    Empty,
    /// The credential starts or ends with white space or a control character, such as the line end of the file that it
    /// was read from.
    Padded,
    /// The credential is not a private key, or not one of a supported form.
    UnreadableKey,
}

impl CredentialsError {
    pub(crate) fn new(name: &'static str, problem: CredentialsProblem) -> Self {
        Self { name, problem }
    }

    /// Returns the credential's name, such as `app_key`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns why the credential cannot be right.
    pub fn problem(&self) -> CredentialsProblem {
        self.problem
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.name, self.problem)
    }
}

/// The end of a sentence that begins with the credential's name.
impl fmt::Display for CredentialsProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "is empty",
            Self::Padded => "starts or ends with white space or a control character",
            Self::UnreadableKey => "is not an RSA private key as PEM or base64, without a password",
        })
    }
}

impl std::error::Error for CredentialsError {}

/// A type of credentials: `String` for public ones, [`Secret`] for the others.
pub trait CredentialText {
    /// Returns the credential.
    fn text(&self) -> &str;
}

impl CredentialText for String {
    fn text(&self) -> &str {
        self
    }
}

impl CredentialText for Secret {
    fn text(&self) -> &str {
        self.expose()
    }
}

/// Returns the credential `name`. A generated `Credentials::new` calls this.
///
/// # Errors
///
/// [`CredentialsError`] if it is empty, or starts or ends with white space or a control character.
pub fn credential<T: CredentialText>(name: &'static str, value: impl Into<T>) -> Result<T, CredentialsError> {
    let value = value.into();
    let text = value.text();
    let trimmed = text.trim_matches(is_padding);
    match (trimmed.is_empty(), trimmed.len() == text.len()) {
        (true, _) => Err(CredentialsError { name, problem: CredentialsProblem::Empty }),
        (_, false) => Err(CredentialsError { name, problem: CredentialsProblem::Padded }),
        _ => Ok(value),
    }
}

/// Whether a character cannot be the first or last one of a key. Copied text often has a zero-width character or a byte
/// order mark at its ends.
fn is_padding(char: char) -> bool {
    char.is_whitespace() || char.is_control() || matches!(char, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}
