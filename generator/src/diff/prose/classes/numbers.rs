//! Numbers, in digits or words. A number can be repeated: each may be another limit.

use super::super::fact::{Class, Fact};
use super::super::reading::{Kind, Reading};
use super::super::tokens::digit;
use super::numerals::{Numeral, numeral};

/// Digits from which on a number is an identifier. Limits and timestamps are shorter.
const IDENTIFIER: usize = 11;

pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut index = 0;
    while index < reading.len() {
        let number = reading.free(index).filter(|token| token.kind == Kind::Number).map(|token| plain(token.text));
        let length = if let Some(number) = number {
            let (number, length) = scaled(reading, index, number);
            if !is_placeholder(&number) && !is_ordinal(reading, index) {
                facts.push(Fact::new(Class::Number, number, reading.shown(index..index + length)));
            }
            length
        } else if let Some(Numeral { value, length }) = numeral(reading, index) {
            facts.push(Fact::new(Class::Number, value.to_string(), reading.shown(index..index + length)));
            length
        } else if is_half(reading, index) {
            facts.push(Fact::new(Class::Number, "0.5", reading.shown(index..index + 1)));
            1
        } else {
            1
        };
        index += length;
    }
    facts
}

/// `半年`
fn is_half(reading: &Reading<'_>, index: usize) -> bool {
    let text = |index: usize| reading.tokens.get(index).map(|token| token.text).unwrap_or_default();
    text(index) == "半" && matches!(text(index + 1), "年" | "月" | "天" | "个" | "小")
}

fn plain(text: &str) -> String {
    let digits: String = text.chars().filter(|c| *c != ',').map(|c| digit(c).unwrap_or(c)).collect();
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

/// Returns a number with the scale after it, and the tokens of both: `1万`.
fn scaled(reading: &Reading<'_>, index: usize, number: String) -> (String, usize) {
    let zeros = match reading.free(index + 1).map(|token| token.text) {
        Some("万") => 4,
        Some("亿") => 8,
        Some("千") if reading.free(index + 2).is_none_or(|token| !"克米".contains(token.text)) => 3,
        Some("百") => 2,
        _ => return (number, 1),
    };
    if number.contains('.') { (number, 1) } else { (number + &"0".repeat(zeros), 2) }
}

/// `111111`, `123456`, a telephone number.
fn is_placeholder(number: &str) -> bool {
    let mut bytes = number.bytes();
    let is_repeated = number.len() > 4
        && bytes.next().is_some_and(|first| first != b'9' && first != b'0' && bytes.all(|b| b == first));
    let is_count = number.len() > 4 && "1234567890".starts_with(number);
    is_repeated || is_count || number.len() >= IDENTIFIER && number.bytes().any(|digit| digit != b'9')
}

/// `第2`, `1.` before a sentence.
fn is_ordinal(reading: &Reading<'_>, index: usize) -> bool {
    index.checked_sub(1).and_then(|before| reading.tokens.get(before)).is_some_and(|token| token.text == "第")
}
