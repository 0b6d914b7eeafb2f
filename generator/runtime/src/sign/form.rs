//! Form encoding (`application/x-www-form-urlencoded`).
//!
//! The `form_urlencoded` crate writes the same text, and tests compare the two. It copies each run of literal characters
//! on its own, which costs JSON, where runs are short, two fifths of the time of a request.

/// Encodes pairs as a form: space as `+`, UTF-8, letters, digits and `* - . _` literal, everything else as `%XX`.
pub(super) fn encode(pairs: &[(String, String)]) -> String {
    let marks = pairs.len().saturating_mul(2).saturating_sub(1);
    let texts = || pairs.iter().flat_map(|(name, value)| [name, value]);
    let mut out = Output::of_length(texts().map(|text| encoded_length(text)).sum::<usize>() + marks);
    for (index, text) in texts().enumerate() {
        match index {
            0 => {}
            _ if index % 2 == 1 => out.put([b'=', 0, 0, 1]),
            _ => out.put([b'&', 0, 0, 1]),
        }
        text.bytes().for_each(|byte| out.put(ENCODED[usize::from(byte)]));
    }
    out.finish()
}

/// How a byte is written: up to three bytes, and their number.
type Encoded = [u8; 4];

/// Always three bytes are written, and those that the next byte's overwrite do not count: there is nothing to decide
/// per byte.
struct Output {
    bytes: Vec<u8>,
    at: usize,
}

impl Output {
    fn of_length(length: usize) -> Self {
        Self { bytes: vec![0; length + 2], at: 0 }
    }

    #[inline]
    fn put(&mut self, [first, second, third, count]: Encoded) {
        if let Some(place) = self.bytes.get_mut(self.at..self.at + 3) {
            place.copy_from_slice(&[first, second, third]);
        }
        self.at += usize::from(count);
    }

    fn finish(mut self) -> String {
        self.bytes.truncate(self.at);
        // All of it is ASCII.
        String::from_utf8(self.bytes).unwrap_or_default()
    }
}

fn encoded_length(text: &str) -> usize {
    text.len() + 2 * text.bytes().filter(|byte| *byte != b' ' && !is_literal(*byte)).count()
}

const fn is_literal(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'-' | b'.' | b'_')
}

static ENCODED: [Encoded; 256] = {
    let digits = *b"0123456789ABCDEF";
    let mut table = [[0; 4]; 256];
    let mut byte = 0;
    while byte < table.len() {
        #[expect(clippy::cast_possible_truncation, reason = "the table has 256 rows")]
        let literal = byte as u8;
        table[byte] = match literal {
            b' ' => [b'+', 0, 0, 1],
            _ if is_literal(literal) => [literal, 0, 0, 1],
            _ => [b'%', digits[byte >> 4], digits[byte & 0xf], 3],
        };
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reference(pairs: &[(String, String)]) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    }

    #[test]
    fn every_byte_is_encoded_as_the_standard_says() {
        let ascii: String = (0..0x80).map(char::from).collect();
        let pairs = [(ascii, "é中👍".to_owned()), (String::new(), String::new()), ("a".to_owned(), " +".to_owned())];
        assert_eq!(encode(&pairs), reference(&pairs));
        assert_eq!(encode(&[]), "");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn forms_are_encoded_as_the_standard_says(
            pairs in proptest::collection::vec(any::<(String, String)>(), 0..8),
        ) {
            let text = encode(&pairs);
            prop_assert_eq!(&text, &reference(&pairs));
            prop_assert!(text.capacity() <= text.len() + 2);
        }
    }
}
