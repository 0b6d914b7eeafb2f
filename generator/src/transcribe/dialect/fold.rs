//! Folds words so that their case, white space and the width of their punctuation do not matter.

use crate::source::characters::narrow;

/// Returns a word in lower case, without white space, and without the colons and signs at its end.
pub(crate) fn fold(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return text.to_ascii_lowercase();
    }
    let narrowed = text.chars().filter(|c| !is_blank(*c)).map(|c| match c {
        '【' => '[',
        '】' => ']',
        c => narrow(c),
    });
    let mut folded: String = narrowed.flat_map(char::to_lowercase).collect();
    folded.truncate(folded.trim_end_matches([':', '*', '?', '▾', '▼']).len());
    if folded.starts_with('*') { folded.trim_start_matches('*').to_owned() } else { folded }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_unseen(c)
}

/// Whether a character cannot be seen: marks of direction, joiners and soft hyphens.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
}

/// Returns a heading without its number, bullet and brackets: `2.1 Request`, `三、请求`, `【请求】`.
pub(crate) fn bare(heading: &str) -> &str {
    let mut text = heading.trim();
    text = text.trim_start_matches(['#', '@', '-', '*', '•', '·', '>', '◦', '▪', '●', '○', '■', '◆', '▍', ' ']);
    text = text.trim_matches(['【', '】', '「', '」', '*', ' ']);
    if let Some(rest) = text
        .strip_prefix(['表', '图'])
        .map(|rest| rest.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '-'))
    {
        text = if rest.len() < text.len() - '表'.len_utf8() { rest } else { text };
    }
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '、' | '\u{ff0e}');
    let chinese = |c: char| "一二三四五六七八九十".contains(c);
    let rest = text.trim_start_matches(number);
    if rest.len() < text.len() && !rest.is_empty() {
        text = rest;
    } else if let Some(rest) = text.trim_start_matches(chinese).strip_prefix(['、', '.', '\u{ff0e}']) {
        text = rest;
    } else if let Some((number, rest)) = text.trim_start_matches(['(', '\u{ff08}']).split_once([')', '\u{ff09}'])
        && !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit() || chinese(c))
    {
        text = rest;
    }
    text.trim_start_matches(['、', ')', '\u{ff09}', ' ', '\u{a0}', '.']).trim_end_matches([':', '\u{ff1a}', ' '])
}

/// The text in front of a bracket at its end: `是否必填(Required)`.
pub(super) fn without_bracket(text: &str) -> Option<&str> {
    bracketed(text).map(|(before, _)| before)
}

/// The text in front of a bracket at the end of a text, and the text in the bracket.
pub(super) fn bracketed(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim().strip_suffix([')', '\u{ff09}'])?;
    let (before, inner) = inner.rsplit_once(['(', '\u{ff08}'])?;
    (!before.trim().is_empty()).then(|| (before.trim(), inner.trim()))
}

/// Whether a word is long enough to be searched for within a heading.
pub(super) fn is_distinctive(word: &str) -> bool {
    let count = word.chars().count();
    if word.is_ascii() { count >= 7 } else { count >= 3 }
}
