//! Words for messages: counts, quotations, and what an author may have meant.

/// Maximum length of a quoted text, in characters.
const SHOWN: usize = 60;

/// Returns `1 page` or `2 pages`. `noun` is a singular that takes a plain `s`.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Quotes a text from a spec in backticks, cut to a readable length and with control characters escaped.
pub fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).flat_map(escaped).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

/// Quotes two different texts so that their first difference shows.
pub fn differing(left: &str, right: &str) -> (String, String) {
    let same = left.chars().zip(right.chars()).take_while(|(l, r)| l == r).count();
    let from = if same < SHOWN / 2 { 0 } else { same - 10 };
    let window = |text: &str| {
        let rest: String = text.chars().skip(from).collect();
        let shown = quoted(&rest);
        if from == 0 { shown } else { shown.replacen('`', "`…", 1) }
    };
    (window(left), window(right))
}

fn escaped(c: char) -> impl Iterator<Item = char> {
    let escape = if is_unsafe(c) { c.escape_default().collect() } else { String::from(c) };
    escape.chars().collect::<Vec<_>>().into_iter()
}

/// Escapes characters that a terminal acts on or does not show. Keeps line breaks if `lines`.
pub(crate) fn safe(text: &str, lines: bool) -> String {
    text.chars().flat_map(|c| if lines && c == '\n' { vec![c] } else { escaped(c).collect() }).collect()
}

/// Returns whether a character is a control character, changes the writing direction, breaks lines or is invisible.
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Returns the candidate most similar to `word`, if one is similar enough to be meant. A difference in letter case and
/// two swapped neighbors count half as much as a wrong letter.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1) * 2;
    candidates
        .into_iter()
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
}
