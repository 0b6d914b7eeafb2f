//! Facts in the markup of components, which some Markdown has in place of text.

/// The value that an element shows: its text, or else its first attribute.
pub(super) fn value(text: &str) -> &str {
    let Some(inner) = text.strip_prefix('<').filter(|_| text.ends_with('>')) else { return text };
    let shown = inner.split_once('>').and_then(|(_, rest)| rest.rsplit_once("</")).map(|(shown, _)| shown.trim());
    let first = || attributes(text).next().map(|(_, value)| value);
    shown.filter(|shown| !shown.is_empty()).or_else(first).unwrap_or(text)
}

/// The attributes of an element.
pub(super) fn attributes(element: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = element;
    std::iter::from_fn(move || {
        let (before, behind) = rest.split_once("=\"")?;
        let (value, more) = behind.split_once('"')?;
        rest = more;
        Some((before.rsplit(char::is_whitespace).next().unwrap_or_default(), value))
    })
}

/// Whether a text is one element without content, as components are.
pub(super) fn is_component(text: &str) -> bool {
    let text = text.trim();
    let is_one = text.matches('<').count() == 1 && text.ends_with("/>");
    is_one && text.strip_prefix('<').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_show_their_text_or_their_first_attribute() {
        assert_eq!(value("/crates"), "/crates");
        assert_eq!(value("<Code value=\"x\">/crates</Code>"), "/crates");
        assert_eq!(value("<Method method=\"POST\" />"), "POST");
        let found: Vec<_> = attributes("<Control\nmethod=\"GET\"\nurl=\"/a/b\"\n/>").collect();
        assert_eq!(found, [("method", "GET"), ("url", "/a/b")]);
        assert!(is_component("<Control url=\"/a\"/>") && !is_component("<crate><a/></crate>"));
    }
}
