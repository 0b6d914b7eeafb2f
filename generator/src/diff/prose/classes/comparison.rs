//! Bounds and comparisons.

use std::sync::LazyLock;

use super::super::fact::{Class, Fact};
use super::super::reading::{Kind, Reading};
use super::super::words::Words;
use super::numerals::numeral;

/// At most.
pub(crate) const AT_MOST: &str = "≤";
/// At least.
pub(crate) const AT_LEAST: &str = "≥";
pub(crate) const LESS_THAN: &str = "<";
pub(crate) const MORE_THAN: &str = ">";
/// Words that compare only next to a number; otherwise they mean "the following" or "the foregoing".
const AT_MOST_AFTER_NUMBER: &str = "≤ after a number";
const AT_LEAST_AFTER_NUMBER: &str = "≥ after a number";
/// Words that are a bound only in a clause with a number: `最低价` alone is not a bound.
const AT_MOST_WITH_NUMBER: &str = "≤ with a number";
const AT_LEAST_WITH_NUMBER: &str = "≥ with a number";
const LESS_BEFORE_NUMBER: &str = "< before a number";
const MORE_BEFORE_NUMBER: &str = "> before a number";

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        (
            AT_MOST,
            &[
                "最多",
                "至多",
                "不超过",
                "不能超过",
                "不可超过",
                "不得超过",
                "不要超过",
                "不允许超过",
                "不大于",
                "不能大于",
                "不可大于",
                "不得大于",
                "不高于",
                "不能高于",
                "不多于",
                "不能多于",
                "不长于",
                "小于等于",
                "小于或等于",
                "以内",
                "之内",
                "at most",
                "up to",
                "no more than",
                "not more than",
                "not exceed",
                "must not exceed",
                "cannot exceed",
                "can't exceed",
                "may not exceed",
                "does not exceed",
                "should not exceed",
                "not exceeding",
                "within",
                "or less",
                "or fewer",
                "less than or equal to",
                "not greater than",
                "no greater than",
                "<=",
                "≤",
                "no longer than",
                "not longer than",
            ],
        ),
        (
            AT_LEAST,
            &[
                "至少",
                "最少",
                "不少于",
                "不能少于",
                "不低于",
                "不能低于",
                "不可低于",
                "不小于",
                "不能小于",
                "不得小于",
                "不得少于",
                "不短于",
                "大于等于",
                "大于或等于",
                "at least",
                "no less than",
                "not less than",
                "or more",
                "greater than or equal to",
                "no fewer than",
                "more than or equal to",
                ">=",
                "≥",
            ],
        ),
        (
            LESS_THAN,
            &["小于", "少于", "低于", "短于", "less than", "fewer than", "lower than", "smaller than", "shorter than"],
        ),
        (
            MORE_THAN,
            &[
                "大于",
                "超过",
                "多于",
                "高于",
                "超出",
                "长于",
                "more than",
                "greater than",
                "exceed",
                "exceeds",
                "exceeding",
                "higher than",
                "larger than",
                "must exceed",
                "longer than",
            ],
        ),
        (
            "not before",
            &[
                "不能早于",
                "不早于",
                "不得早于",
                "不可早于",
                "not before",
                "no earlier than",
                "not earlier than",
                "not be earlier than",
                "cannot be earlier than",
                "must not be earlier than",
            ],
        ),
        (
            "not after",
            &[
                "不能晚于",
                "不晚于",
                "不得晚于",
                "不可晚于",
                "not after",
                "no later than",
                "not later than",
                "not be later than",
                "cannot be later than",
                "must not be later than",
            ],
        ),
        ("before", &["早于", "earlier than", "prior to"]),
        ("after", &["晚于", "later than"]),
        ("equal", &["必须等于", "等于", "equal to", "equals"]),
        ("not equal", &["不等于", "不能等于", "not equal to", "不能相同", "不可相同"]),
        (AT_MOST_WITH_NUMBER, &["最大", "最长", "最高", "上限", "maximum", "max", "maximal"]),
        (AT_LEAST_WITH_NUMBER, &["最小", "最短", "最低", "下限", "minimum", "min", "minimal"]),
        (AT_MOST_AFTER_NUMBER, &["以下"]),
        (AT_LEAST_AFTER_NUMBER, &["以上"]),
        (LESS_BEFORE_NUMBER, &["below", "under", "<"]),
        (MORE_BEFORE_NUMBER, &["above", "over", ">"]),
    ])
});

pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for found in WORDS.all(reading) {
        let is_number = |index: Option<usize>| index.is_some_and(|index| reading.is_kind(index, Kind::Number));
        let before = found.range.start.checked_sub(1);
        // A unit or counter may be between the number and the word: `30天以上`.
        let after_number = is_number(before) || is_number(before.and_then(|before| before.checked_sub(1)));
        let before_number = is_number(Some(found.range.end));
        let meaning = match found.meaning {
            AT_MOST_WITH_NUMBER => has_number(reading, found.range.start).then_some(AT_MOST),
            AT_LEAST_WITH_NUMBER => has_number(reading, found.range.start).then_some(AT_LEAST),
            AT_MOST_AFTER_NUMBER => after_number.then_some(AT_MOST),
            AT_LEAST_AFTER_NUMBER => after_number.then_some(AT_LEAST),
            LESS_BEFORE_NUMBER => before_number.then_some(LESS_THAN),
            MORE_BEFORE_NUMBER => before_number.then_some(MORE_THAN),
            meaning => Some(meaning),
        };
        if let Some(meaning) = meaning {
            reading.take(found.range.clone());
            facts.push(Fact::new(Class::Comparison, meaning, reading.shown(found.range)));
        }
    }
    facts
}

/// Returns whether the clause around an index has a number, in digits or words.
fn has_number(reading: &Reading<'_>, index: usize) -> bool {
    let mut clause = reading.clause(index);
    clause.any(|index| reading.is_kind(index, Kind::Number) || numeral(reading, index).is_some())
}
