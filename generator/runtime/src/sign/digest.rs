//! Digests and HMACs, each behind the feature of its package.

/// MD5, 16 bytes.
#[cfg(feature = "md5")]
pub fn md5(data: &[u8]) -> [u8; 16] {
    use md5::Digest as _;
    md5::Md5::digest(data).into()
}

/// SHA-1, 20 bytes.
#[cfg(feature = "sha1")]
pub fn sha1(data: &[u8]) -> [u8; 20] {
    use sha1::Digest as _;
    sha1::Sha1::digest(data).into()
}

/// SHA-256, 32 bytes.
#[cfg(feature = "sha2")]
pub fn sha256(data: &[u8]) -> [u8; 32] {
    use sha2::Digest as _;
    sha2::Sha256::digest(data).into()
}

/// SHA-384, 48 bytes.
#[cfg(feature = "sha2")]
pub fn sha384(data: &[u8]) -> [u8; 48] {
    use sha2::Digest as _;
    sha2::Sha384::digest(data).into()
}

/// SHA-512, 64 bytes.
#[cfg(feature = "sha2")]
pub fn sha512(data: &[u8]) -> [u8; 64] {
    use sha2::Digest as _;
    sha2::Sha512::digest(data).into()
}

/// HMAC-MD5, 16 bytes. The key may have any length.
#[cfg(all(feature = "hmac", feature = "md5"))]
pub fn hmac_md5(key: &[u8], data: &[u8]) -> [u8; 16] {
    keyed::<hmac::Hmac<md5::Md5>>(key, data).into()
}

/// HMAC-SHA-1, 20 bytes. The key may have any length.
#[cfg(all(feature = "hmac", feature = "sha1"))]
pub fn hmac_sha1(key: &[u8], data: &[u8]) -> [u8; 20] {
    keyed::<hmac::Hmac<sha1::Sha1>>(key, data).into()
}

/// HMAC-SHA-256, 32 bytes. The key may have any length.
#[cfg(all(feature = "hmac", feature = "sha2"))]
pub fn hmac_sha256(key: &[u8], data: &[u8]) -> [u8; 32] {
    keyed::<hmac::Hmac<sha2::Sha256>>(key, data).into()
}

/// HMAC-SHA-384, 48 bytes. The key may have any length.
#[cfg(all(feature = "hmac", feature = "sha2"))]
pub fn hmac_sha384(key: &[u8], data: &[u8]) -> [u8; 48] {
    keyed::<hmac::Hmac<sha2::Sha384>>(key, data).into()
}

/// HMAC-SHA-512, 64 bytes. The key may have any length.
#[cfg(all(feature = "hmac", feature = "sha2"))]
pub fn hmac_sha512(key: &[u8], data: &[u8]) -> [u8; 64] {
    keyed::<hmac::Hmac<sha2::Sha512>>(key, data).into()
}

#[cfg(all(feature = "hmac", any(feature = "md5", feature = "sha1", feature = "sha2")))]
#[expect(clippy::expect_used, reason = "the error is for MACs of one key length; HMAC takes every length")]
fn keyed<M: hmac::Mac + hmac::KeyInit>(key: &[u8], data: &[u8]) -> hmac::digest::Output<M> {
    let mac = <M as hmac::KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.chain_update(data).finalize().into_bytes()
}

#[cfg(all(test, feature = "hmac", feature = "md5", feature = "sha1", feature = "sha2"))]
mod tests {
    use super::*;
    use crate::sign::encode::hex;

    /// RFC 1321 A.5, FIPS 180 examples.
    #[test]
    fn digests_of_abc() {
        assert_eq!(hex(&md5(b"abc")), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(hex(&sha1(b"abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(hex(&sha256(b"abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(hex(&sha384(b"abc"))[..32], *"cb00753f45a35e8bb5a03d699ac65007");
        assert_eq!(hex(&sha512(b"abc"))[..32], *"ddaf35a193617abacc417349ae204131");
    }

    /// RFC 2202 and RFC 4231, test case 2.
    #[test]
    fn keyed_digests_of_jefe() {
        let (key, data) = (b"Jefe", b"what do ya want for nothing?");
        assert_eq!(hex(&hmac_md5(key, data)), "750c783e6ab0b503eaa86e310a5db738");
        assert_eq!(hex(&hmac_sha1(key, data)), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        assert_eq!(hex(&hmac_sha256(key, data)), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assert_eq!(hex(&hmac_sha384(key, data))[..32], *"af45d2e376484031617f78d2b58a6b1b");
        assert_eq!(hex(&hmac_sha512(key, data))[..32], *"164b7a7bfcf819e2e395fbe73b56e0a3");
    }

    #[test]
    fn keys_may_have_any_length() {
        assert_eq!(hex(&hmac_md5(b"", b"")), "74e6f7298a9c2d168935f58c001bad88");
        assert_ne!(hmac_md5(&[1; 65], b""), hmac_md5(&[1; 64], b""));
    }
}
