//! Words for messages: counts, quotations, and what an author may have meant.

/// Maximum length of a quoted text, in characters.
const SHOWN: usize = 60;

/// Returns `1 page` or `2 pages`. `noun` is a singular that takes a plain `s`.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Quotes a text from a spec in backticks, cut to a readable length and with hidden characters and backticks escaped.
pub fn quoted(text: &str) -> String {
    in_backticks(&cut(text))
}

/// A backtick in the text would end the quotation for readers of the message, and for `diff`, which marks code by them.
fn in_backticks(shown: &str) -> String {
    format!("`{}`", shown.replace('`', "\\u{60}"))
}

/// Quotes two different texts so that their first difference shows.
pub fn differing(left: &str, right: &str) -> (String, String) {
    let (left, right) = cut_to_difference(left, right);
    (in_backticks(&left), in_backticks(&right))
}

/// Cuts a text from a spec to a readable length, and escapes hidden characters.
pub(crate) fn cut(text: &str) -> String {
    let end = text.char_indices().nth(SHOWN).map(|(end, _)| end);
    let shown = safe(end.and_then(|end| text.get(..end)).unwrap_or(text), false);
    if end.is_some() { shown + "…" } else { shown }
}

/// Cuts two different texts so that their first difference shows.
pub(crate) fn cut_to_difference(left: &str, right: &str) -> (String, String) {
    let same = left.chars().zip(right.chars()).take_while(|(l, r)| l == r).count();
    let from = if same < SHOWN / 2 { 0 } else { same - 10 };
    let window = |text: &str| {
        let rest: String = text.chars().skip(from).collect();
        let mark = if from == 0 { "" } else { "…" };
        format!("{mark}{}", cut(&rest))
    };
    (window(left), window(right))
}

/// Escapes characters that a terminal acts on or that are not shown. Keeps line breaks if `lines`.
pub(crate) fn safe(text: &str, lines: bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for (c, hidden) in with_hidden(text) {
        match c {
            '\n' if lines => shown.push(c),
            c if hidden => shown.extend(c.escape_default()),
            c => shown.push(c),
        }
    }
    shown
}

/// Escapes hidden characters of a JSON document as JSON itself does, which does not change the data.
pub(crate) fn safe_json(document: &str) -> String {
    let mut shown = String::with_capacity(document.len());
    for (c, hidden) in with_hidden(document) {
        if hidden && c != '\n' {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| shown.push_str(&format!("\\u{unit:04x}")));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Returns each character, and whether it is hidden.
pub(super) fn with_hidden(text: &str) -> impl Iterator<Item = (char, bool)> {
    let mut before = None;
    text.chars().map(move |c| {
        let hidden = is_hidden(c) && !is_variant(before, c);
        before = Some(c);
        (c, hidden)
    })
}

/// Returns whether a character is a control character, changes the writing direction, breaks lines or is invisible: the
/// categories Cc, Cf, Zl and Zp of Unicode, and the characters that Unicode lists as ignorable by default.
pub(crate) fn is_hidden(c: char) -> bool {
    // Most characters of a report are ASCII, and need no search in the ranges.
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    c.is_control()
        || matches!(u32::from(c),
            0xad | 0x34f | 0x600..=0x605 | 0x61c | 0x6dd | 0x70f | 0x890..=0x891 | 0x8e2 | 0x115f..=0x1160
            | 0x17b4..=0x17b5 | 0x180b..=0x180f | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0x3164
            | 0xfe00..=0xfe0f | 0xfeff | 0xffa0 | 0xfff0..=0xfffb | 0x110bd | 0x110cd | 0x13430..=0x1343f
            | 0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a | 0xe0000..=0xe0fff)
}

/// Returns whether a character selects the form of the symbol or ideograph before it, which is then the one shown. Alone,
/// or after a letter, the same character only hides.
fn is_variant(before: Option<char>, c: char) -> bool {
    let before = before.map_or(0, u32::from);
    let is_symbol =
        matches!(before, 0xa9 | 0xae | 0x2010..=0x2027 | 0x2030..=0x205e | 0x2100..=0x2bff | 0x1f000..=0x1faff);
    let is_ideograph = matches!(before, 0x3001..=0x303f | 0x3200..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff);
    match u32::from(c) {
        0xfe00..=0xfe0f => is_symbol || is_ideograph,
        0xe0100..=0xe01ef => is_ideograph,
        _ => false,
    }
}

/// Maximum length of a word that is compared with others, in characters: a comparison takes the square of the length.
const LONGEST_WORD: usize = 100;

/// Returns the candidate most similar to `word`, if one is similar enough to be meant. A difference in letter case and
/// two swapped neighbors count half as much as a wrong letter.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().take(LONGEST_WORD + 1).count();
    let limit = (length / 3).max(1) * 2;
    // The lengths alone rule out most candidates.
    let is_near = |candidate: &&str| candidate.chars().take(length + limit).count().abs_diff(length) * 2 <= limit;
    candidates
        .into_iter()
        .filter(|candidate| length <= LONGEST_WORD && is_near(candidate))
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Returns twice the number of edits that turn one word into the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut before: Vec<usize> = (0..=to.len()).map(|n| n * 2).collect();
    let mut above: Vec<usize> = before.clone();
    let mut last = None;
    for (row, c) in from.chars().enumerate() {
        let mut line = vec![(row + 1) * 2];
        let mut previous = None;
        for (column, &d) in to.iter().enumerate() {
            let get = |list: &[usize], at: usize| list.get(at).copied().unwrap_or(usize::MAX / 2);
            let change = if c == d {
                0
            } else if c.eq_ignore_ascii_case(&d) {
                1
            } else {
                2
            };
            let mut cost = (get(&above, column) + change).min(get(&above, column + 1) + 2).min(get(&line, column) + 2);
            if column > 0 && last == Some(d) && previous == Some(c) && c != d {
                cost = cost.min(get(&before, column - 1) + 1);
            }
            line.push(cost);
            previous = Some(d);
        }
        last = Some(c);
        before = std::mem::replace(&mut above, line);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found() {
        let words = ["type", "items", "required", "max_length", "max_items"];
        assert_eq!(nearest("requierd", words), Some("required"));
        assert_eq!(nearest("Type", words), Some("type"));
        assert_eq!(nearest("tpye", words), Some("type"));
        assert_eq!(nearest("max_item", words), Some("max_items"));
        assert_eq!(nearest("maxlength", words), Some("max_length"));
        assert_eq!(nearest("colour", words), None);
        assert_eq!(nearest("", words), None);
    }

    #[test]
    fn quoting_is_short_and_harmless() {
        assert_eq!(quoted("保存"), "`保存`");
        assert_eq!(quoted("a\u{1b}[31m\nb"), "`a\\u{1b}[31m\\nb`");
        assert!(quoted(&"x".repeat(1000)).chars().count() < 70);
    }

    #[test]
    fn hidden_characters_are_escaped() {
        for c in "\u{0}\u{7f}\u{9b}\u{ad}\u{34f}\u{61c}\u{180e}\u{200b}\u{200e}\u{2028}\u{202e}\u{2066}\u{3164}\u{feff}\u{fe0f}\u{e0041}\u{e0100}".chars() {
            assert_eq!(safe(&format!("a{c}b"), true), format!("a{}b", c.escape_default()));
            let json = format!("{{\"a\": \"{c}\"}}\n");
            let escaped = safe_json(&json);
            assert!(escaped.chars().all(|c| c == '\n' || !c.is_control()) && escaped.is_ascii(), "{escaped}");
        }
        assert_eq!(safe_json("\"\u{e0041}\u{202e}\""), "\"\\udb40\\udc41\\u202e\"");
        assert_eq!((safe("a\nb", true), safe("a\nb", false)), ("a\nb".into(), "a\\nb".into()));
    }

    #[test]
    fn forms_of_symbols_and_ideographs_are_kept() {
        for text in ["保存，“更新”…①", "♥\u{fe0f}", "葛\u{e0100}", "é e\u{301}"] {
            assert_eq!(safe(text, false), text);
        }
        assert_eq!(safe("♥\u{fe0f}\u{fe0f}", false), "♥\u{fe0f}\\u{fe0f}");
        assert_eq!(safe("\u{fe0f}x\u{e0100}", false), "\\u{fe0f}x\\u{e0100}");
    }
}
