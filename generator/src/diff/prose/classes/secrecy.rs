//! Encryption and masking.

use std::sync::LazyLock;

use super::super::fact::{Class, Fact};
use super::super::reading::Reading;
use super::super::words::Words;
use super::by_words;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        (
            "not encrypted",
            &["不加密", "未加密", "无需加密", "明文", "unencrypted", "not encrypted", "plaintext", "plain text"],
        ),
        ("encrypted", &["加密", "密文", "encrypted", "encrypt", "ciphertext", "encryption"]),
        ("masked", &["脱敏", "掩码", "打码", "隐私保护", "masked", "desensitized", "redacted", "anonymized"]),
        ("hashed", &["哈希", "hashed", "md5", "sha1", "sha256"]),
    ])
});

pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Fact> {
    by_words(&WORDS, Class::Secrecy, reading)
}
