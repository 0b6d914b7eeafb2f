//! Forms and queries, decoded by means that are not the product's.

/// Names and values in the order in which they came.
pub type Pairs = Vec<(String, String)>;

/// The pairs of a form-encoded text: a URL's query or a body.
///
/// # Panics
///
/// If the text is not form-encoded UTF-8.
#[must_use]
pub fn pairs(text: &str) -> Pairs {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (plain(name), plain(value)))
        .collect()
}

/// The only value of a name.
///
/// # Panics
///
/// If the name occurs twice.
#[must_use]
pub fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut values = pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let value = values.next();
    assert!(values.next().is_none(), "`{name}` occurs twice");
    value
}

/// The names, sorted.
#[must_use]
pub fn names(pairs: &[(String, String)]) -> Vec<&str> {
    let mut names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names
}

fn plain(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut plain = Vec::new();
    while let Some(byte) = bytes.next() {
        plain.push(match byte {
            b'+' => b' ',
            b'%' => hex_digit(bytes.next()) * 16 + hex_digit(bytes.next()),
            // What a form-encoded text may hold as it is; anything else had to be escaped.
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => byte,
            _ => panic!("{:?} is not escaped in {text}", char::from(byte)),
        });
    }
    String::from_utf8(plain).unwrap_or_else(|error| panic!("{error} in {text}"))
}

fn hex_digit(byte: Option<u8>) -> u8 {
    let digit = byte.and_then(|byte| char::from(byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok());
    digit.unwrap_or_else(|| panic!("no hex digit after %"))
}
