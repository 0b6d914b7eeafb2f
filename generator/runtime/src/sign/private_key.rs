//! Private keys, and what signs with them.

use std::fmt;
use std::sync::Arc;

use super::SignError;
use crate::error::{CredentialsError, CredentialsProblem};
use crate::secret::Secret;

/// Algorithm of a public-key signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyAlgorithm {
    /// RSA with PKCS #1 v1.5 padding and SHA-256.
    RsaSha256,
    /// RSA with PKCS #1 v1.5 padding and SHA-1.
    RsaSha1,
}

/// Signs with a private key, which may be in another process or device.
pub trait Signer: Send + Sync {
    /// Returns the signature of `text`.
    ///
    /// # Errors
    ///
    /// [`SignError::PrivateKey`] if the key cannot sign.
    fn sign(&self, algorithm: KeyAlgorithm, text: &[u8]) -> Result<Vec<u8>, SignError>;
}

/// A private key: parsed once, `***` in `Debug`. Its bytes cannot be read.
#[derive(Clone)]
pub struct PrivateKey(Arc<dyn Signer>);

impl PrivateKey {
    /// Creates the key that `signer` signs with, such as one in a security module.
    pub fn of_signer(signer: impl Signer + 'static) -> Self {
        Self(Arc::new(signer))
    }

    /// Returns the signature of `text`.
    ///
    /// # Errors
    ///
    /// [`SignError::PrivateKey`] if the key cannot sign.
    pub fn sign(&self, algorithm: KeyAlgorithm, text: &[u8]) -> Result<Vec<u8>, SignError> {
        self.0.sign(algorithm, text)
    }

    /// Creates a key for tests, whose signature is always the same.
    #[cfg(any(feature = "testing", test))]
    pub fn for_test() -> Self {
        Self::of_signer(TestSigner)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(any(feature = "testing", test))]
struct TestSigner;

#[cfg(any(feature = "testing", test))]
impl Signer for TestSigner {
    fn sign(&self, _: KeyAlgorithm, _: &[u8]) -> Result<Vec<u8>, SignError> {
        Ok(b"test-signature".to_vec())
    }
}

/// A text is not a private key of a supported form. Contains nothing of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnreadableKey;

impl fmt::Display for UnreadableKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an RSA private key as PEM or base64, without a password")
    }
}

impl std::error::Error for UnreadableKey {}

/// A private key, or the text of one.
pub enum KeySource {
    /// A text to read.
    Text(Secret),
    /// A key.
    Key(PrivateKey),
}

impl From<PrivateKey> for KeySource {
    fn from(key: PrivateKey) -> Self {
        Self::Key(key)
    }
}

impl From<&str> for KeySource {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for KeySource {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Secret> for KeySource {
    fn from(text: Secret) -> Self {
        Self::Text(text)
    }
}

/// Returns the private key `name`. A generated `Credentials::new` calls this.
///
/// # Errors
///
/// [`CredentialsError`] if the text is not a private key.
pub fn private_key(name: &'static str, source: impl Into<KeySource>) -> Result<PrivateKey, CredentialsError> {
    match source.into() {
        KeySource::Key(key) => Ok(key),
        KeySource::Text(text) if text.expose().trim().is_empty() => {
            Err(CredentialsError::new(name, CredentialsProblem::Empty))
        }
        KeySource::Text(text) => read(&text).ok_or(CredentialsError::new(name, CredentialsProblem::UnreadableKey)),
    }
}

#[cfg(feature = "rsa")]
fn read(text: &Secret) -> Option<PrivateKey> {
    PrivateKey::from_text(text.expose()).ok()
}

#[cfg(not(feature = "rsa"))]
fn read(_: &Secret) -> Option<PrivateKey> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_taken_as_it_is_and_never_shown() {
        let key = private_key("key", PrivateKey::for_test()).unwrap();
        assert_eq!(key.sign(KeyAlgorithm::RsaSha1, b"x").unwrap(), b"test-signature");
        assert_eq!(format!("{key:?}"), "***");
    }

    #[test]
    fn a_text_that_is_no_key_is_refused() {
        let problem = |text: &str| private_key("key", text).err().map(|error| error.problem());
        assert_eq!(problem(" \n"), Some(CredentialsProblem::Empty));
        assert_eq!(problem("hush"), Some(CredentialsProblem::UnreadableKey));
        let message = private_key("key", "hush").unwrap_err().to_string();
        assert!(!message.contains("hush"), "{message}");
    }
}
