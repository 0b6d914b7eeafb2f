//! RSA signatures.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rsa::pkcs1::DecodeRsaPrivateKey as _;
use rsa::pkcs8::DecodePrivateKey as _;
use zeroize::Zeroizing;

use super::SignError;
use super::private_key::{KeyAlgorithm, PrivateKey, Signer, UnreadableKey};

impl PrivateKey {
    /// Reads an RSA key: PEM or base64 of PKCS #8 or PKCS #1, not encrypted.
    ///
    /// # Errors
    ///
    /// [`UnreadableKey`] if the text is not such a key.
    pub fn from_text(text: &str) -> Result<Self, UnreadableKey> {
        Key::from_text(text).map(Self::of_signer).ok_or(UnreadableKey)
    }
}

/// A private key in memory, which is zeroed on drop.
struct Key(rsa::PrivateKey);

impl Key {
    /// Reads PEM or base64 of PKCS #8 or PKCS #1.
    fn from_text(text: &str) -> Option<Self> {
        let body: Zeroizing<String> = match text.trim().strip_prefix("-----BEGIN ") {
            None => Zeroizing::new(text.to_owned()),
            Some(pem) => {
                let (label, rest) = pem.split_once("-----")?;
                matches!(label, "PRIVATE KEY" | "RSA PRIVATE KEY").then_some(())?;
                Zeroizing::new(rest.split_once("-----END ")?.0.to_owned())
            }
        };
        let digits: Zeroizing<String> = Zeroizing::new(body.chars().filter(|c| !c.is_whitespace()).collect());
        let bytes = Zeroizing::new(STANDARD.decode(digits.as_bytes()).ok()?);
        let key = rsa::PrivateKey::from_pkcs8_der(&bytes).ok();
        key.or_else(|| rsa::PrivateKey::from_pkcs1_der(&bytes).ok()).map(Self)
    }
}

impl Signer for Key {
    fn sign(&self, algorithm: KeyAlgorithm, text: &[u8]) -> Result<Vec<u8>, SignError> {
        let signature = match algorithm {
            KeyAlgorithm::RsaSha256 => self.0.pkcs1v15_sign::<sha2::Sha256>(text),
            KeyAlgorithm::RsaSha1 => self.0.pkcs1v15_sign::<sha1::Sha1>(text),
        };
        signature.map_err(|_| SignError::PrivateKey)
    }
}
