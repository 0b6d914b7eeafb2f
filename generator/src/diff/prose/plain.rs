//! Brings a vendor's text into plain form: entities decoded, markup removed, full-width signs in their ASCII form.

use crate::source::characters::narrow;

/// Maximum characters of a text that are searched for facts. The longest real text seen so far has 2,300.
const LONGEST: usize = 8_000;

/// Maximum characters of a tag.
const LONGEST_TAG: usize = 400;

const ENTITIES: &[(&str, char)] = &[
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&amp;", '&'),
    ("&quot;", '"'),
    ("&ldquo;", '"'),
    ("&rdquo;", '"'),
    ("&#39;", '\''),
    ("&#34;", '"'),
    ("&nbsp;", ' '),
];

/// Returns the plain form of the start of a text.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len().min(LONGEST));
    let mut rest = text;
    for _ in 0..LONGEST {
        let Some(first) = rest.chars().next() else { break };
        let (c, length) = match first {
            '&' => entity(rest).unwrap_or(('&', 1)),
            '<' => tag(rest).map_or(('<', 1), |length| ('\n', length)),
            _ => (sign(first), first.len_utf8()),
        };
        plain.push(c);
        rest = rest.get(length..).unwrap_or_default();
    }
    plain
}

fn entity(text: &str) -> Option<(char, usize)> {
    ENTITIES.iter().find(|(entity, _)| text.starts_with(entity)).map(|(entity, c)| (*c, entity.len()))
}

/// Returns the length of the tag at the start of the text.
fn tag(text: &str) -> Option<usize> {
    let inner = text.get(1..)?;
    if !inner.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()) {
        return None;
    }
    inner.char_indices().take(LONGEST_TAG).find(|(_, c)| *c == '>').map(|(end, _)| end + 2)
}

fn sign(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '【' | '〔' | '「' => '[',
        '】' | '〕' | '」' => ']',
        '“' | '”' | '`' | '《' | '》' => '"',
        '‘' | '’' => '\'',
        c => narrow(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_width_are_no_difference() {
        assert_eq!(plain("状态：<br/>０&quot;开&quot;【必填】"), "状态:\n0\"开\"[必填]");
        assert_eq!(plain("a < b & c"), "a < b & c");
        assert_eq!(plain(&"甲".repeat(20_000)).chars().count(), LONGEST);
    }
}
