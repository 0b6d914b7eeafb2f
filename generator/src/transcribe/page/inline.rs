//! Removes the markup of Markdown and HTML within a line.

/// Entities that readers and crawlers leave in Markdown. Others stay as they are.
const ENTITIES: [(&str, &str); 8] = [
    ("&nbsp;", "\u{a0}"),
    ("&emsp;", "\u{2003}"),
    ("&ensp;", "\u{2002}"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&amp;", "&"),
];

/// Tags that Markdown contains; those of line breaks become one.
const TAGS: [&str; 28] = [
    "br", "p", "/p", "b", "/b", "strong", "/strong", "code", "/code", "md-tag", "/md-tag", "span", "/span", "a", "/a",
    "font", "/font", "div", "/div", "ul", "/ul", "li", "/li", "img", "details", "/details", "summary", "/summary",
];

/// Returns the text without emphasis, code marks, links and escapes. White space at its start stays.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut open = Open::default();
    while let Some(at) = rest.find(['*', '`', '[', '\\', '<', '&', '!']) {
        let (before, marked) = rest.split_at(at);
        plain.push_str(before);
        let (taken, put) = match word(plain.chars().last(), marked) {
            Some(word) => (word.len() + 2, word.to_owned()),
            None => markup(marked, &mut open),
        };
        plain.push_str(&put);
        rest = marked.get(taken..).unwrap_or_default();
    }
    plain.push_str(rest);
    plain.truncate(plain.trim_end().len());
    plain
}

/// A word with a star before and behind it: `*Crate*`. `before` is the character in front of it.
fn word(before: Option<char>, text: &str) -> Option<&str> {
    let is_sign = |c: char| c.is_alphanumeric() || c == '_';
    let (word, rest) = text.strip_prefix('*')?.split_once('*')?;
    let is_word = word.starts_with(char::is_alphabetic) && word.chars().all(is_sign);
    (is_word && !before.is_some_and(|c| is_sign(c) || c == '*') && !rest.starts_with(|c| is_sign(c) || c == '*'))
        .then_some(word)
}

/// The marks of emphasis and code that are open.
#[derive(Debug, Default)]
struct Open {
    bold: bool,
    code: bool,
}

impl Open {
    /// Reads a mark that opens or closes. One without its other half is a text, such as the stars of a hidden value.
    fn toggle(&mut self, text: &str, mark: &str) -> (usize, String) {
        let first = mark.chars().next().unwrap_or_default();
        let length = text.len() - text.trim_start_matches(first).len();
        let behind = text.get(length..).unwrap_or_default();
        let open = if first == '*' { &mut self.bold } else { &mut self.code };
        let opens = !behind.starts_with(char::is_whitespace) && head(behind).contains(mark);
        if length == mark.len() && (*open || opens) {
            *open = !*open;
            return (length, String::new());
        }
        (length, text.get(..length).unwrap_or_default().to_owned())
    }
}

/// Reads the markup at the start of a text: its length, and the text in its place.
fn markup(text: &str, open: &mut Open) -> (usize, String) {
    let first = text.chars().next().unwrap_or_default();
    match first {
        '*' if text.starts_with("**") => open.toggle(text, "**"),
        '`' => open.toggle(text, "`"),
        '\\' => match text.chars().nth(1) {
            Some(c @ ('|' | '_' | '*' | '[' | ']' | '`' | '\\' | '<' | '>' | '#' | '~' | '-' | '{' | '}')) => {
                (2, c.to_string())
            }
            _ => (1, "\\".to_owned()),
        },
        '[' => link(text).unwrap_or((1, "[".to_owned())),
        '!' if text.starts_with("![") => link(text.get(1..).unwrap_or_default())
            .map_or((1, "!".to_owned()), |(length, _)| (length + 1, String::new())),
        '<' => comment(text).or_else(|| tag(text)).unwrap_or((1, "<".to_owned())),
        '&' => ENTITIES
            .iter()
            .find(|(entity, _)| text.starts_with(entity))
            .map(|(entity, plain)| (entity.len(), (*plain).to_owned()))
            .or_else(|| numbered(text))
            .unwrap_or((1, "&".to_owned())),
        other => (other.len_utf8(), other.to_string()),
    }
}

/// An entity with the number of a character: `&#124;`.
fn numbered(text: &str) -> Option<(usize, String)> {
    let digits = text.strip_prefix("&#")?.split(';').next().filter(|digits| digits.len() < 7)?;
    let c = char::from_u32(digits.parse().ok()?).filter(|c| !c.is_control())?;
    text.get(2 + digits.len()..)?.starts_with(';').then(|| (digits.len() + 3, c.to_string()))
}

/// Whether a text begins with a tag that is removed.
pub(super) fn begins_with_tag(text: &str) -> bool {
    text.starts_with('<') && tag(text).is_some()
}

/// `[text](address)`: its length and text.
fn link(text: &str) -> Option<(usize, String)> {
    let near = head(text);
    let close = near.find(']')?;
    let label = near.get(1..close)?;
    let address = near.get(close + 1..)?.strip_prefix('(')?;
    let end = address.find(')')?;
    let is_address = address.get(..end)?.chars().all(|c| !c.is_whitespace());
    (is_address && !label.contains('[')).then(|| (close + 2 + end + 1, plain(label)))
}

/// One of the tags that are removed, and what replaces it.
fn tag(text: &str) -> Option<(usize, String)> {
    let near = head(text);
    let end = near.find('>')?;
    let inner = near.get(1..end)?.to_ascii_lowercase();
    let name = inner.split([' ', '\t']).next().unwrap_or_default();
    let name = if name.len() > 1 { name.trim_end_matches('/') } else { name };
    let known = TAGS.contains(&name);
    let is_break = matches!(name, "br" | "/p" | "/li" | "/div");
    known.then(|| (end + 1, if is_break { "\n".to_owned() } else { String::new() }))
}

/// A comment of HTML, which readers do not see.
fn comment(text: &str) -> Option<(usize, String)> {
    let inner = head(text).strip_prefix("<!--")?;
    Some(("<!--".len() + inner.find("-->")? + "-->".len(), String::new()))
}

/// The start of a text, in which the end of a mark is searched: whole texts of nothing but starts would take too long.
fn head(text: &str) -> &str {
    const FAR: usize = 500;
    let end = (0..=FAR.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_removed_and_text_stays() {
        let cases = [
            ("**示例值**:`a_b`<br>see [the list](https://x.y/z)", "示例值:a_b\nsee the list"),
            ("&nbsp;&nbsp;└ id", "\u{a0}\u{a0}└ id"),
            ("a\\_b \\| c < 3 && [0,1] List<String>", "a_b | c < 3 && [0,1] List<String>"),
            ("zs0T*** **a** `b` ** c", "zs0T*** a b ** c"),
            ("array[[*Crate*](#crate)] 2*a*b *tag", "array[Crate] 2*a*b *tag"),
            ("2 * 3 [x](y z) ![pic](u)", "2 * 3 [x](y z)"),
            ("/v2/\\{crate\\_id\\}<a name=\"uri\"></a>", "/v2/{crate_id}"),
            ("Tag <!-- width: 90px -->", "Tag"),
            ("a <!-- b", "a <!-- b"),
            ("&ensp;∟tag &#124; &#160;b &#0; &#x; &#", "\u{2002}∟tag | \u{a0}b &#0; &#x; &#"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected, "{text}");
        }
    }
}
