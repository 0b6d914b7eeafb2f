//! Addresses of APIs: how they begin, their paths, and the names in their queries.

use crate::terms::HttpMethod;

/// The HTTP method that a word is.
pub(super) fn method(word: &str) -> Option<HttpMethod> {
    HttpMethod::from_word(word.trim_matches(['`', '*', '[', ']', ':']).to_uppercase().as_str())
}

/// Whether a name or the step of a path can have a character.
pub(super) fn is_name_sign(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')
}

/// Whether a line is nothing but a method, or an address, perhaps with the method in front of it.
pub(super) fn is_address_only(text: &str) -> bool {
    let text = text.trim_start_matches(['>', '-', '*', '•', ' ']);
    if method(text).is_some() {
        return true;
    }
    let address =
        text.split_once(' ').filter(|(first, _)| method(first).is_some()).map_or(text, |(_, rest)| rest.trim());
    is_address(address) && !address.contains(char::is_whitespace) && path(address).is_some()
}

/// Whether a text is a path without the `/` in front of it.
pub(super) fn is_relative(text: &str) -> bool {
    let is_step = |step: &str| !step.is_empty() && step.chars().all(|c| is_name_sign(c) || matches!(c, '{' | '}'));
    text.contains('/') && text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.split('/').all(is_step)
}

/// Whether a text begins as a path or an absolute address does.
pub(super) fn is_address(text: &str) -> bool {
    text.starts_with('/') && text.len() > 1 && !text.starts_with("//")
        || SCHEMES.iter().any(|scheme| text.starts_with(scheme))
}

/// How absolute addresses begin.
pub(super) const SCHEMES: [&str; 3] = ["https://", "http://", "http(s)://"];

/// The path of the address that a command calls.
pub(super) fn called(command: &str) -> Option<String> {
    let words = command.split_whitespace().map(|word| word.trim_matches(['\'', '"', '\\']));
    words.filter(|word| SCHEMES.iter().any(|scheme| word.starts_with(scheme))).find_map(path)
}

/// The path of an address, without its query. `:id` and `<id>` are placeholders too.
pub(super) fn path(address: &str) -> Option<String> {
    let address = address.trim_matches(['`', '"', '\'', ',', '\u{ff0c}', '。']);
    let rest = SCHEMES.iter().find_map(|scheme| address.strip_prefix(scheme));
    let path = match rest {
        Some(rest) => rest.split_once('/').map(|(_, path)| format!("/{path}"))?,
        None if address.starts_with('/') => address.to_owned(),
        None => return None,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let placeholder = |segment: &str| {
        let inner = segment
            .strip_prefix(':')
            .or_else(|| segment.strip_prefix('<')?.strip_suffix('>'))
            .or_else(|| segment.strip_prefix("${")?.strip_suffix('}'))
            .or_else(|| segment.strip_prefix('[')?.strip_suffix(']'))
            .or_else(|| segment.strip_prefix('$'));
        let inner = inner.map(|inner| inner.trim_matches('`'));
        inner.filter(|inner| !inner.is_empty()).map_or_else(|| segment.to_owned(), |inner| format!("{{{inner}}}"))
    };
    let path = path.split('/').map(placeholder).collect::<Vec<_>>().join("/");
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/{}".contains(c);
    (path.len() > 1 && path.len() <= LONGEST && path.chars().all(plain) && !path.split('/').any(|step| step == ".."))
        .then_some(path)
}

/// The names in the query of an address.
pub(super) fn query(address: &str) -> Option<Vec<String>> {
    let (_, query) = address.split_once('?')?;
    let names = query.split('&').take(MOST_NAMES).filter_map(|pair| pair.split_once('=')).map(|(name, _)| name);
    Some(names.map(str::to_owned).collect())
}

/// Maximum names in the query of an address.
const MOST_NAMES: usize = 50;

/// Maximum bytes of a path.
const LONGEST: usize = 500;
