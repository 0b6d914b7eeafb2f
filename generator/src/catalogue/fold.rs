//! Folds texts so that letter case and the width of characters do not matter.

use crate::source::characters::narrow;

/// Returns a character in lower case and in its usual width: wide Latin letters, digits and signs become narrow, narrow
/// Chinese punctuation becomes wide. Every character becomes one character, so positions stay the same.
fn folded(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff61}' => '。',
        '\u{ff62}' => '「',
        '\u{ff63}' => '」',
        '\u{ff64}' => '、',
        '\u{ff65}' => '・',
        '\u{ffe0}' => '¢',
        '\u{ffe1}' => '£',
        '\u{ffe5}' => '¥',
        c => lower(narrow(c)),
    }
}

/// Returns the lower case of a character if it is one character, too.
fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) => lower,
        _ => c,
    }
}

/// Folds a text.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Most texts are long runs of ASCII characters between some Chinese.
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
        let (ascii, from) = rest.split_at(at);
        out.push_str(ascii);
        let end = from.bytes().position(|byte| byte.is_ascii()).unwrap_or(from.len());
        let (wide, behind) = from.split_at(end);
        out.extend(wide.chars().map(folded));
        rest = behind;
    }
    out.push_str(rest);
    out.make_ascii_lowercase();
    out
}

/// Returns the position of a folded word in a text, in characters.
#[must_use]
pub fn position(text: &str, word: &str) -> Option<usize> {
    let folded = fold(text);
    let (before, _) = folded.split_once(word)?;
    Some(before.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_width_do_not_matter() {
        for (text, expected) in [
            ("Trade.GET", "trade.get"),
            ("ＴＲＡＤＥ＿ｉｄ，１２", "trade_id,12"),
            ("订单\u{3000}编号｡￥5", "订单 编号。¥5"),
            ("ÄÉ", "äé"),
            ("", ""),
        ] {
            assert_eq!(fold(text), expected, "{text}");
        }
    }

    #[test]
    fn positions_stay() {
        for c in '\0'..=char::MAX {
            assert_eq!(fold(&c.to_string()).chars().count(), 1, "{c:?}");
        }
    }
}
