//! Numbers in words of both languages.

use super::super::reading::{Kind, Reading, Token};

/// A number in words.
pub(super) struct Numeral {
    pub(super) value: u64,
    /// Tokens that it takes.
    pub(super) length: usize,
}

/// Words before which a single Chinese numeral counts something.
const COUNTED: &str = "个年月天日周次条位张件人倍折页家笔项层种套名级组台份";

/// Words before which 一 counts something. 一个 is an article.
const COUNTED_ONE: &str = "年月天日周次小";

const UNITS: &[(&str, u64)] = &[
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("dozen", 12),
];

const SCALES: &[(&str, u64)] = &[("hundred", 100), ("thousand", 1_000), ("million", 1_000_000)];

/// Units before which `one` counts something.
const ENGLISH_COUNTED: &[&str] = &["hundred", "thousand", "million", "month", "week", "day", "year", "hour", "minute"];

/// Returns the number in words at an index.
pub(super) fn numeral(reading: &Reading<'_>, index: usize) -> Option<Numeral> {
    match reading.free(index)?.kind {
        Kind::Letter => chinese(reading, index),
        Kind::Word => english(reading, index),
        Kind::Number | Kind::Pattern | Kind::Sign => None,
    }
}

fn chinese_digit(token: &Token<'_>) -> Option<u64> {
    let digits =
        [("一", 1), ("二", 2), ("两", 2), ("三", 3), ("四", 4), ("五", 5), ("六", 6), ("七", 7), ("八", 8), ("九", 9)];
    digits.iter().find(|(digit, _)| *digit == token.text).map(|(_, value)| *value)
}

fn chinese_scale(token: &Token<'_>) -> Option<u64> {
    let scales = [("十", 10), ("百", 100), ("千", 1_000), ("万", 10_000)];
    scales.iter().find(|(scale, _)| *scale == token.text).map(|(_, value)| *value)
}

fn chinese(reading: &Reading<'_>, index: usize) -> Option<Numeral> {
    let token = |index: usize| reading.free(index).filter(|token| token.kind == Kind::Letter);
    let before = index.checked_sub(1).and_then(|before| reading.tokens.get(before)).map(|token| token.text);
    if matches!(before, Some("第" | "周" | "其" | "之" | "统" | "唯")) {
        return None;
    }
    let is_weekday = before == Some("期")
        && index.checked_sub(2).is_some_and(|at| reading.tokens.get(at).is_some_and(|token| token.text == "星"));
    if is_weekday {
        return None;
    }
    let (mut sum, mut digit, mut at, mut has_scale) = (0_u64, None, index, false);
    while let Some(word) = token(at).filter(|_| at < index + 12) {
        if let Some(value) = chinese_digit(word).filter(|_| digit.is_none()) {
            digit = Some(value);
        } else if let Some(scale) = chinese_scale(word).filter(|scale| digit.is_some() || sum > 0 || *scale == 10) {
            let below = if scale == 10_000 { std::mem::take(&mut sum) } else { 0 };
            sum += (below + digit.take().unwrap_or(u64::from(below == 0))) * scale;
            has_scale = true;
        } else if word.text != "零" || !has_scale {
            break;
        }
        at += 1;
    }
    let length = at - index;
    let next = token(at).map(|token| token.text).unwrap_or_default();
    let counted = if sum == 0 && digit == Some(1) { COUNTED_ONE } else { COUNTED };
    let is_counted = !next.is_empty() && counted.contains(next);
    let value = sum + digit.unwrap_or(0);
    let is_number = value > 0 && (has_scale && length > 1 || length == 1 && (is_counted || is_unit(reading, at)));
    is_number.then_some(Numeral { value, length })
}

/// Returns whether a unit has been found at an index.
fn is_unit(reading: &Reading<'_>, index: usize) -> bool {
    reading.tokens.get(index).is_some_and(|token| token.taken && "年月天日周时分秒小个".contains(token.text))
}

fn english(reading: &Reading<'_>, index: usize) -> Option<Numeral> {
    let word =
        |index: usize| reading.free(index).filter(|token| token.kind == Kind::Word).map(|t| t.text.to_lowercase());
    let (mut sum, mut part, mut at) = (0_u64, None, index);
    while let Some(word) = word(at).filter(|_| at < index + 8) {
        let unit = UNITS.iter().find(|(unit, _)| *unit == word).map(|(_, value)| *value);
        let scale = SCALES.iter().find(|(scale, _)| *scale == word).map(|(_, value)| *value);
        let next = reading.tokens.get(at + 1).map(|token| token.text.to_lowercase()).unwrap_or_default();
        let is_one = word == "one" && ENGLISH_COUNTED.contains(&next.as_str());
        match (unit, scale) {
            (Some(value), _) => part = Some(part.unwrap_or(0) + value),
            (_, Some(scale)) if part.is_some() => sum += part.take().unwrap_or(1) * scale,
            _ if is_one => part = Some(1),
            _ if word == "and" && sum > 0 && UNITS.iter().any(|(unit, _)| *unit == next) => {}
            _ => break,
        }
        at += 1;
        // `twenty-five`
        let is_joined = reading.is_sign(at, &["-"])
            && UNITS.iter().any(|(unit, value)| {
                *value < 10 && reading.tokens.get(at + 1).is_some_and(|token| token.text.eq_ignore_ascii_case(unit))
            });
        at += usize::from(is_joined);
    }
    let value = sum + part.unwrap_or(0);
    (value > 0).then_some(Numeral { value, length: at - index })
}
