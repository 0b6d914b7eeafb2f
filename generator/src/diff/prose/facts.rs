//! Extracts facts from Chinese and English text, by the words that signal them.

use super::fact::{Class, Fact};
use super::labels::labels;
use super::tokens::{self, Kind, digit, tokens};

/// Chinese words that signal a fact. Longer words are matched before the words that they contain.
const CHINESE: &[(&str, Class)] = &[
    ("非必填", Class::Required),
    ("非必传", Class::Required),
    ("不必填", Class::Required),
    ("必填", Class::Required),
    ("必传", Class::Required),
    ("必输", Class::Required),
    ("必须", Class::Required),
    ("选填", Class::Required),
    ("不能为空", Class::Required),
    ("不可为空", Class::Required),
    ("不允许为空", Class::Required),
    ("可以为空", Class::Required),
    ("可为空", Class::Required),
    ("默认", Class::Default),
    ("缺省", Class::Default),
    ("最大", Class::Limit),
    ("最小", Class::Limit),
    ("最多", Class::Limit),
    ("最少", Class::Limit),
    ("最长", Class::Limit),
    ("最短", Class::Limit),
    ("至少", Class::Limit),
    ("至多", Class::Limit),
    ("不超过", Class::Limit),
    ("不能超过", Class::Limit),
    ("不少于", Class::Limit),
    ("不小于", Class::Limit),
    ("不大于", Class::Limit),
    ("大于", Class::Limit),
    ("小于", Class::Limit),
    ("上限", Class::Limit),
    ("下限", Class::Limit),
    ("限制", Class::Limit),
    ("毫秒", Class::Unit),
    ("秒", Class::Unit),
    ("分钟", Class::Unit),
    ("小时", Class::Unit),
    ("单位分", Class::Unit),
    ("单位:分", Class::Unit),
    ("(分)", Class::Unit),
    ("单位元", Class::Unit),
    ("单位:元", Class::Unit),
    ("(元)", Class::Unit),
    ("千克", Class::Unit),
    ("公斤", Class::Unit),
    ("毫米", Class::Unit),
    ("厘米", Class::Unit),
    ("字节", Class::Unit),
    ("字符", Class::Unit),
    ("工作日", Class::Unit),
    ("废弃", Class::Deprecation),
    ("弃用", Class::Deprecation),
    ("作废", Class::Deprecation),
    ("已下线", Class::Deprecation),
    ("即将下线", Class::Deprecation),
    ("不再使用", Class::Deprecation),
    ("不再支持", Class::Deprecation),
    ("不再维护", Class::Deprecation),
    ("不推荐使用", Class::Deprecation),
    ("不建议使用", Class::Deprecation),
    ("停止使用", Class::Deprecation),
    ("已停用", Class::Deprecation),
    ("已过期", Class::Deprecation),
    ("加密", Class::Encryption),
    ("脱敏", Class::Encryption),
    ("密文", Class::Encryption),
    ("明文", Class::Encryption),
    ("二选一", Class::Choice),
    ("多选一", Class::Choice),
    ("不能同时", Class::Choice),
    ("同时传", Class::Choice),
    ("互斥", Class::Choice),
];

/// Lower-case English words that signal a fact.
const ENGLISH: &[(&str, Class)] = &[
    ("required", Class::Required),
    ("mandatory", Class::Required),
    ("must", Class::Required),
    ("optional", Class::Required),
    ("default", Class::Default),
    ("defaults", Class::Default),
    ("max", Class::Limit),
    ("maximum", Class::Limit),
    ("min", Class::Limit),
    ("minimum", Class::Limit),
    ("most", Class::Limit),
    ("least", Class::Limit),
    ("limit", Class::Limit),
    ("ms", Class::Unit),
    ("millisecond", Class::Unit),
    ("milliseconds", Class::Unit),
    ("second", Class::Unit),
    ("seconds", Class::Unit),
    ("minute", Class::Unit),
    ("minutes", Class::Unit),
    ("hour", Class::Unit),
    ("hours", Class::Unit),
    ("day", Class::Unit),
    ("days", Class::Unit),
    ("kg", Class::Unit),
    ("g", Class::Unit),
    ("mm", Class::Unit),
    ("cm", Class::Unit),
    ("kb", Class::Unit),
    ("mb", Class::Unit),
    ("bytes", Class::Unit),
    ("characters", Class::Unit),
    ("deprecated", Class::Deprecation),
    ("obsolete", Class::Deprecation),
    ("encrypted", Class::Encryption),
    ("masked", Class::Encryption),
];

/// English phrases that signal a fact.
const PHRASES: &[(&str, Class)] =
    &[("no longer", Class::Deprecation), ("do not use", Class::Deprecation), ("one of", Class::Choice)];

/// Returns the facts of a text, sorted. Repeated numbers stay repeated.
pub(super) fn facts(text: &str) -> Vec<Fact> {
    let text = plain(text);
    let tokens = tokens(&text);
    let mut facts = labels(&tokens);
    for token in tokens {
        let fact = match token.kind {
            Kind::Number => Some((Class::Number, number(token.text))),
            Kind::Word => word(token),
            Kind::Sign | Kind::Blank => None,
        };
        facts.extend(fact.map(|(class, text)| Fact { class, text }));
    }
    let mut rest = without_blanks(&text);
    for (word, class) in longest_first(CHINESE) {
        let found = rest.matches(word).count();
        facts.extend(std::iter::repeat_n(Fact { class, text: word.to_owned() }, found));
        if found > 0 {
            // A separator replaces the word, so that its neighbours do not run together.
            rest = rest.replace(word, "\0");
        }
    }
    let small = text.to_lowercase();
    for (phrase, class) in PHRASES {
        let fact = Fact { class: *class, text: (*phrase).to_owned() };
        facts.extend(std::iter::repeat_n(fact, small.matches(phrase).count()));
    }
    facts.sort();
    counted(facts)
}

/// Removes repeated facts, except numbers.
fn counted(facts: Vec<Fact>) -> Vec<Fact> {
    let mut counted: Vec<Fact> = Vec::with_capacity(facts.len());
    for fact in facts {
        // The count of a word does not matter; a repeated number may be another limit.
        if fact.class == Class::Number || counted.last() != Some(&fact) {
            counted.push(fact);
        }
    }
    counted
}

fn longest_first(words: &[(&'static str, Class)]) -> Vec<(&'static str, Class)> {
    let mut words = words.to_vec();
    words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    words
}

/// Full-width signs in their plain form.
fn plain(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    };
    text.chars().map(plain).collect()
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn number(text: &str) -> String {
    text.chars().filter(|c| *c != ',').map(|c| digit(c).unwrap_or(c)).collect()
}

fn word(token: tokens::Token<'_>) -> Option<(Class, String)> {
    let small = token.text.to_lowercase();
    if let Some((word, class)) = ENGLISH.iter().find(|(word, _)| *word == small) {
        return Some((*class, (*word).to_owned()));
    }
    // Words in capitals, with digits or underscores are values and names, not prose.
    const COMMON: &[&str] = &["ID", "IDS", "URL", "JSON", "XML", "HTTP", "HTTPS", "API", "APP", "SDK", "PC", "OK"];
    let is_name = token.text.len() > 1
        && !COMMON.contains(&token.text)
        && (token.text.chars().all(|c| !c.is_ascii_lowercase())
            || token.text.contains(|c: char| c == '_' || c.is_ascii_digit()));
    is_name.then(|| (Class::Name, token.text.to_owned()))
}
