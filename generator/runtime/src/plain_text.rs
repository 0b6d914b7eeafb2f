//! Finds the characters that JSON escapes.

/// Returns the length of the start of `text` without quotes, backslashes and control characters, in bytes.
///
/// Looks at eight bytes at a time, because most of a request or an answer is such text.
pub(crate) fn plain_length(text: &[u8]) -> usize {
    let (words, rest) = text.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let special = special_bytes(u64::from_le_bytes(*word));
        if special != 0 {
            // At most 7.
            return index * 8 + usize::try_from(special.trailing_zeros() / 8).unwrap_or_default();
        }
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | ..0x20);
    words.len() * 8 + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// Sets the highest bit of the first special byte of `word`, and perhaps those of later bytes; 0 if no byte is special.
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let equal = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, 0x20) | equal(b'"') | equal(b'\\')) & (ONES << 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_special_byte_is_found_wherever_it_is() {
        let is_special = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
        for byte in 0..=u8::MAX {
            for at in 0..20 {
                for second in [0x00, 0x1f, 0x20, b'"', 0x80, 0xff] {
                    let mut text = [b'a'; 20];
                    text[at] = byte;
                    text[19] = second;
                    let expected = text.iter().position(|byte| is_special(*byte)).unwrap_or(text.len());
                    assert_eq!(plain_length(&text), expected, "{byte:#x} at {at}, then {second:#x}");
                }
            }
        }
        assert_eq!(plain_length(b""), 0);
    }
}
