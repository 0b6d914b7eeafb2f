//! Removes what does not state facts, although it contains numbers and names: addresses, references to articles and APIs,
//! samples in JSON, and examples.

use std::collections::BTreeMap;

/// Signals of an example, in lower case. Longer signals are listed before those that they contain.
const EXAMPLES: &[&str] = &[
    "例如",
    "比如",
    "譬如",
    "诸如",
    "示例值",
    "示例",
    "样例",
    "举例",
    "例子",
    "例:",
    "for example",
    "for instance",
    "e.g.",
    "e.g",
    "eg.",
    "eg:",
    "examples:",
    "example:",
    "sample:",
    "such as",
];

/// Words that make a sentence after 如 a condition, not an example.
const CONDITIONS: &[&str] = &["时", "则", "必", "需", "须", "表示", "代表"];

/// Keys of references to articles, in lower case.
const REFERENCES: &[&str] = &["articleid", "docid", "doctype", "treeid", "spm", "apiid", "scopeid", "catid"];

/// Starts of addresses, in lower case.
const SCHEMES: &[&str] = &["http://", "https://", "ftp://", "//", "www."];

/// Maximum characters of an example. A longer stretch is prose.
const LONGEST: usize = 300;

/// Maximum characters of the name of an API or of a key.
const LONGEST_NAME: usize = 120;

/// Returns the text with a blank in place of everything that does not state a fact.
pub(super) fn without_noise(text: &str) -> String {
    let samples = samples(text);
    let mut kept = String::with_capacity(text.len());
    let mut last = ' ';
    let mut at = 0;
    while let Some((rest, c)) = text.get(at..).and_then(|rest| Some((rest, rest.chars().next()?))) {
        let sample = samples.get(&at).copied();
        match sample.or_else(|| noise(rest, last)) {
            Some(length) => {
                kept.push(' ');
                at += length.max(1);
                last = ' ';
            }
            None => {
                kept.push(c);
                at += c.len_utf8();
                last = c;
            }
        }
    }
    kept
}

/// Returns the length of the noise at the start of the text.
fn noise(text: &str, before: char) -> Option<usize> {
    let is_start = !before.is_ascii_alphanumeric();
    let is_address = is_start && !(before == ':' && text.starts_with('/'));
    let found = if is_address { address(text) } else { None };
    found.or_else(|| if is_start { reference(text) } else { None }).or_else(|| {
        let length = example_signal(text, before)?;
        Some(length + example_end(text.get(length..)?))
    })
}

fn starts_with(text: &str, lower: &str) -> bool {
    text.get(..lower.len()).is_some_and(|start| start.eq_ignore_ascii_case(lower))
}

fn address(text: &str) -> Option<usize> {
    let scheme = SCHEMES.iter().find(|scheme| starts_with(text, scheme))?;
    let is_part = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | ')' | ']' | '}' | '<' | '>' | ';' | ',');
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    (end > scheme.len()).then_some(end)
}

/// `articleId=107343` and `acme.depot.list`.
fn reference(text: &str) -> Option<usize> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
    let end = text.char_indices().take(LONGEST_NAME).find(|(_, c)| !is_part(*c)).map(|(end, _)| end);
    let end = end.or_else(|| (text.len() < LONGEST_NAME).then_some(text.len()))?;
    let (word, rest) = text.split_at(end);
    if let Some(value) = rest.strip_prefix(['=', ':']) {
        let is_key = REFERENCES.iter().any(|key| word.eq_ignore_ascii_case(key));
        let length = value.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(value.len());
        return is_key.then_some(end + 1 + length);
    }
    let steps = word.trim_end_matches('.').split('.');
    let is_name = |step: &str| step.len() > 1 && step.starts_with(|c: char| c.is_ascii_alphabetic());
    (steps.clone().count() > 2 && steps.clone().all(is_name)).then(|| word.trim_end_matches('.').len())
}

fn example_signal(text: &str, before: char) -> Option<usize> {
    if let Some(signal) = EXAMPLES.iter().find(|signal| starts_with(text, signal)) {
        let is_word = signal.is_ascii() && before.is_ascii_alphanumeric();
        return (!is_word).then_some(signal.len());
    }
    let value = text.strip_prefix('如')?;
    let is_value = value.trim_start().starts_with(|c: char| c.is_ascii_alphanumeric() || "\":'[{".contains(c));
    let end = example_end(value);
    let is_condition = CONDITIONS.iter().any(|word| value.get(..end).is_some_and(|value| value.contains(word)));
    (is_value && !is_condition && !"假不犹若正".contains(before)).then_some('如'.len_utf8())
}

/// Returns the length of an example: up to the end of its sentence or bracket, or to a comma before words.
fn example_end(text: &str) -> usize {
    let start = text.find(|c: char| !c.is_whitespace() && !matches!(c, ':' | '值' | '是' | '为')).unwrap_or(0);
    let mut chars = text.char_indices().skip_while(|(at, _)| *at < start).take(LONGEST).peekable();
    let mut depth = 0_usize;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return at,
            ')' | ']' | '}' => depth -= 1,
            '。' | ';' | '\n' if depth == 0 => return at,
            '.' | '!' | '?' if depth == 0 && next.is_whitespace() => return at,
            // A list of values goes on after a comma; words are a new clause.
            ',' if depth == 0 && !(next.is_ascii_alphanumeric() || "\"'[{".contains(next)) => return at,
            c if depth == 0 && c.is_whitespace() && !next.is_ascii() => return at,
            _ => {}
        }
    }
    chars.peek().map_or(text.len(), |(at, _)| *at)
}

/// An object or list of a JSON sample.
struct Bracket {
    start: usize,
    quotes: bool,
    colon: bool,
}

/// Returns start and length of each JSON object, and of each list of them.
fn samples(text: &str) -> BTreeMap<usize, usize> {
    let mut open: Vec<Bracket> = Vec::new();
    let mut found = BTreeMap::new();
    for (at, c) in text.char_indices() {
        match (c, open.last_mut()) {
            ('{' | '[', _) => open.push(Bracket { start: at, quotes: false, colon: false }),
            ('"', Some(bracket)) => bracket.quotes = true,
            (':', Some(bracket)) => bracket.colon = true,
            ('}' | ']', Some(_)) => {
                let Some(bracket) = open.pop().filter(|bracket| bracket.quotes && bracket.colon) else { continue };
                found.insert(bracket.start, at + c.len_utf8() - bracket.start);
                if let Some(outer) = open.last_mut() {
                    (outer.quotes, outer.colon) = (true, true);
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_removed() {
        for (text, kept) in [
            ("详见 https://doc.acme.example/a/1.html?id=3 说明", "详见   说明"),
            ("见articleId=107343。", "见 。"),
            ("用acme.depot.list获取", "用 获取"),
            ("手机号,如13800000000", "手机号, "),
            ("编号,例如:A1,B2,必填", "编号, ,必填"),
            ("id (e.g. 12), at most 3", "id ( ), at most 3"),
            ("格式{\"a\":{\"b\":1}}", "格式 "),
            ("如果type为2", "如果type为2"),
            ("如type=2时必填", "如type=2时必填"),
            ("单号(示例: SF0001)必填", "单号( )必填"),
        ] {
            assert_eq!(without_noise(text), kept, "{text}");
        }
    }
}
