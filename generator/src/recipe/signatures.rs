//! Signatures of private keys, which cost a thousand times as much as digests.

use std::cell::RefCell;

use apograph_runtime::sign::{KeyAlgorithm, SignError};
use apograph_runtime::{PrivateKey, Secret};
use zeroize::Zeroizing;

/// Signs, and keeps what it has signed: an explanation of a wrong signature tries hundreds of mistakes, most of which give
/// the same text to sign.
#[derive(Default)]
pub(super) struct Signatures {
    keys: RefCell<Vec<(Secret, PrivateKey)>>,
    made: RefCell<Vec<Signature>>,
}

/// A text, and its signature.
struct Signature {
    key: Secret,
    algorithm: KeyAlgorithm,
    text: Zeroizing<Vec<u8>>,
    bytes: Vec<u8>,
}

impl Signatures {
    /// Returns the signature of a text with the key, which is PEM or base64.
    ///
    /// # Errors
    ///
    /// [`SignError::PrivateKey`] if the key cannot be read, or cannot sign.
    pub(super) fn sign(&self, key: &Secret, algorithm: KeyAlgorithm, text: &[u8]) -> Result<Vec<u8>, SignError> {
        let is_same = |known: &&Signature| {
            known.algorithm == algorithm && known.text.as_slice() == text && known.key.expose() == key.expose()
        };
        if let Some(known) = self.made.borrow().iter().find(is_same) {
            return Ok(known.bytes.clone());
        }
        let bytes = self.key(key)?.sign(algorithm, text)?;
        let text = Zeroizing::new(text.to_vec());
        self.made.borrow_mut().push(Signature { key: key.clone(), algorithm, text, bytes: bytes.clone() });
        Ok(bytes)
    }

    fn key(&self, text: &Secret) -> Result<PrivateKey, SignError> {
        let mut keys = self.keys.borrow_mut();
        if let Some((_, key)) = keys.iter().find(|(known, _)| known.expose() == text.expose()) {
            return Ok(key.clone());
        }
        let key = PrivateKey::from_text(text.expose()).map_err(|_| SignError::PrivateKey)?;
        keys.push((text.clone(), key.clone()));
        Ok(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = include_str!("../mock/key.txt");

    #[test]
    fn each_text_algorithm_and_key_has_its_own_signature() {
        let (signatures, key) = (Signatures::default(), Secret::from(KEY));
        let fresh = |algorithm, text: &[u8]| PrivateKey::from_text(KEY).unwrap().sign(algorithm, text).unwrap();
        for _ in 0..2 {
            for algorithm in [KeyAlgorithm::RsaSha1, KeyAlgorithm::RsaSha256] {
                for text in [b"one".as_slice(), b"two"] {
                    assert_eq!(signatures.sign(&key, algorithm, text).unwrap(), fresh(algorithm, text));
                }
            }
        }
        assert_eq!((signatures.keys.borrow().len(), signatures.made.borrow().len()), (1, 4));
        let unreadable = signatures.sign(&Secret::from("hush"), KeyAlgorithm::RsaSha1, b"one");
        assert_eq!(unreadable, Err(SignError::PrivateKey));
    }
}
