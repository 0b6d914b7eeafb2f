//! Names of fields and codes in a text: `page_size`, `T10001`, `outRoomId`, and words between quotation marks.

use super::super::fact::{Class, Fact};
use super::super::reading::{Kind, Reading, Token};

pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Fact> {
    // A text that consists of a name describes nothing, so the name is known, but no news.
    let is_alone = reading.len() == 1 && reading.is_kind(0, Kind::Word);
    let is_latin = reading.is_latin;
    let mut facts = Vec::new();
    for token in reading.tokens.iter_mut().filter(|token| !token.taken && (is_alone || is_name(token, is_latin))) {
        token.taken = true;
        let shown = if is_alone { "" } else { token.text };
        facts.push(Fact::new(Class::Value, token.text.to_lowercase().replace('_', ""), shown));
    }
    facts
}

fn is_name(token: &Token<'_>, is_latin: bool) -> bool {
    let text = token.text;
    if token.kind != Kind::Word || text.len() < 2 {
        return false;
    }
    let is_small = |c: char| c.is_ascii_lowercase();
    let has_hump = text.chars().zip(text.chars().skip(1)).any(|(one, next)| is_small(one) && next.is_ascii_uppercase());
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    // `B2B` and `v2` are products and versions.
    let is_code = has_digit && text.len() > 3;
    token.quoted || text.trim_matches('_').contains('_') || is_code || has_hump && !is_latin
}
