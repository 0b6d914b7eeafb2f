//! Documented values with their meanings: `1:男`, `Y表示需要`, `0 for no`, `创建(create)`.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::fact::{Class, Fact};
use super::super::reading::{Kind, Reading};
use super::super::words::Words;

/// Signs between a value and its meaning.
const BETWEEN: &[&str] = &[":", "=", "-", "—", "–", ".", ">"];

/// Signs that end a meaning.
const ENDS: &[&str] = &[",", ";", "。", "、", ")", "]", "/", "|", "\n", "(", "!", "?", "}"];

/// Maximum tokens of a meaning. A longer stretch is a sentence.
const LONGEST: usize = 24;

/// Maximum ideographs of a meaning before its value: `创建(create)`.
const LONGEST_BEFORE: usize = 8;

/// Words between a value and its meaning.
static LINKS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[(
        "",
        &["表示", "代表", "指", "为", "是", "即", "for", "means", "if", "when", "represents", "indicates"],
    )])
});

/// Words after a number that make it a quantity, not a value.
const COUNTERS: &str = "个年月天日周次条位张件人倍折页家笔项层种套级组台份元分角厘秒小毫字以到至之和或及与的多左右万千百亿米克斤公厘像版汉英中点号、期";

/// A value with its meaning.
struct Labelled {
    value: usize,
    meaning: Range<usize>,
    /// Whether it is a documented value even if it is the only one.
    sure: bool,
}

pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Fact> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < reading.len() {
        let labelled = after(reading, index).or_else(|| before(reading, index));
        index = labelled.as_ref().map_or(index + 1, |labelled| labelled.meaning.end.max(labelled.value + 1));
        found.extend(labelled);
    }
    let is_list = found.len() > 1;
    let mut facts = Vec::new();
    for Labelled { value, meaning, .. } in found.into_iter().filter(|labelled| is_list || labelled.sure) {
        let code = signed(reading, value);
        let key = format!("{}={}", code.to_lowercase(), reading.key(meaning.clone()));
        facts.push(Fact::new(Class::Value, key, format!("{code}={}", reading.shown(meaning.clone()))));
        reading.take(value..value + 1);
        reading.take(meaning);
    }
    facts
}

/// Returns a value with its sign.
fn signed(reading: &Reading<'_>, value: usize) -> String {
    let is_free = |index: usize| !reading.is_kind(index, Kind::Number) && !reading.is_kind(index, Kind::Word);
    let minus = value.checked_sub(1).filter(|minus| reading.is_sign(*minus, &["-"]));
    let is_negative = minus.is_some_and(|minus| minus.checked_sub(1).is_none_or(is_free));
    format!("{}{}", if is_negative { "-" } else { "" }, reading.shown(value..value + 1))
}

/// A value that precedes its meaning.
fn after(reading: &Reading<'_>, value: usize) -> Option<Labelled> {
    let token = reading.free(value)?;
    let is_number = token.kind == Kind::Number;
    if !is_number && token.kind != Kind::Word || is_part_of_range(reading, value) {
        return None;
    }
    let is_code = is_number || token.quoted || is_code(token.text);
    let next = value + 1;
    let sign = reading.tokens.get(next).filter(|token| token.is_one_of(BETWEEN));
    let mut form = if is_number { Form::Number } else { Form::Word };
    let (start, sure) = if let Some(sign) = sign {
        let end = (next..next + 3).find(|index| !reading.is_sign(*index, BETWEEN)).unwrap_or(next + 3);
        let is_point = matches!(sign.text, "." | "-" | "—" | "–");
        if sign.text == "." && !is_number || sign.text == "-" && !is_number && !reading.is_kind(end, Kind::Letter) {
            return None;
        }
        (end, is_code && !is_point)
    } else if reading.is_sign(next, &["("]) || is_number && reading.is_sign(next, &[","]) {
        (next + 1, false)
    } else if let Some(link) = LINKS.at(reading, next) {
        let is_verb = matches!(reading.shown(link.range.clone()).as_str(), "表示" | "代表" | "means");
        if !is_code && !is_verb {
            return None;
        }
        (link.range.end, true)
    } else {
        if is_letter(token.text) || is_code_word(token.text) {
            form = Form::JoinedWord;
        }
        let is_joined = form != Form::Word
            && reading.free(next).is_some_and(|next| next.kind == Kind::Letter && !COUNTERS.contains(next.text));
        (is_joined.then_some(next)?, false)
    };
    let meaning = meaning(reading, start, form)?;
    if reading.is_sign(next, &[","]) && meaning.end < reading.len() && !reading.is_sign(meaning.end, &[";", "]", "\n"])
    {
        return None;
    }
    if reading.is_sign(next, &["("]) && !reading.is_sign(meaning.end, &[")"]) {
        return None;
    }
    Some(Labelled { value, meaning, sure })
}

/// `10` of `1-10`, `1~10` and `2020/10`.
fn is_part_of_range(reading: &Reading<'_>, value: usize) -> bool {
    let is_number = |index: usize| reading.is_kind(index, Kind::Number);
    let before =
        value.checked_sub(2).is_some_and(is_number) && reading.is_sign(value - 1, &["-", "~", "/", ":", ".", "×", "*"]);
    is_number(value) && before && !reading.is_sign(value - 1, &["/"])
}

/// Returns whether a word looks like a value: `Y`, `true`, `T10001`, `F`.
fn is_code(word: &str) -> bool {
    let is_capital = word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    is_capital && (word.len() <= 3 || word.contains(|c: char| c.is_ascii_digit() || c == '_')) || is_code_word(word)
}

/// Returns whether a word is a value in every language: `true`, `asc`.
fn is_code_word(word: &str) -> bool {
    let words = ["true", "false", "yes", "no", "y", "n", "asc", "desc"];
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// How a value is written.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Form {
    Number,
    Word,
    /// `A激活C注销`, `asc升序desc降序`
    JoinedWord,
}

fn is_letter(word: &str) -> bool {
    word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Returns the meaning that starts at an index.
fn meaning(reading: &Reading<'_>, start: usize, form: Form) -> Option<Range<usize>> {
    let first = reading.tokens.get(start)?;
    let of_number = form == Form::Number;
    let is_text = matches!(first.kind, Kind::Letter | Kind::Word);
    let is_counted = first.kind == Kind::Number && !of_number && reading.is_kind(start + 1, Kind::Letter);
    if !is_text && !is_counted {
        return None;
    }
    let mut end = start + 1;
    while let Some(token) = reading.tokens.get(end) {
        let is_next_value = end > start + usize::from(is_counted)
            && (token.kind == Kind::Number && (of_number || token.spaced)
                || form == Form::JoinedWord && token.kind == Kind::Word
                || token.kind == Kind::Word && token.spaced && reading.is_sign(end + 1, BETWEEN));
        if token.is_one_of(ENDS) || is_next_value || token.is_one_of(&["."]) && reading.is_latin {
            break;
        }
        end += 1;
        if end - start > LONGEST {
            return None;
        }
    }
    // The sign of a negative value belongs to that value.
    let is_sign = reading.is_sign(end - 1, &["-"]) && reading.is_kind(end, Kind::Number);
    Some(start..end - usize::from(is_sign))
}

/// A value that follows its meaning, in brackets.
fn before(reading: &Reading<'_>, value: usize) -> Option<Labelled> {
    let token = reading.free(value).filter(|token| matches!(token.kind, Kind::Word | Kind::Number))?;
    let opening = value.checked_sub(1).filter(|opening| reading.is_sign(*opening, &["(", "["]))?;
    if !reading.is_sign(value + 1, &[")", "]"]) || token.text.len() > 40 {
        return None;
    }
    let nearest = opening.saturating_sub(LONGEST_BEFORE)..opening;
    let length = nearest.rev().take_while(|index| reading.is_kind(*index, Kind::Letter)).count();
    (length > 0).then_some(Labelled { value, meaning: opening - length..opening, sure: false })
}
