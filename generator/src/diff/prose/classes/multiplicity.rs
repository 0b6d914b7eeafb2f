//! One value, or several.

use std::sync::LazyLock;

use super::super::fact::{Class, Fact};
use super::super::reading::Reading;
use super::super::words::Words;
use super::by_words;

/// Meaning of the words that allow only one value.
pub(in super::super) const SINGLE: &str = "single";
/// Meaning of the words that allow several values.
pub(in super::super) const MULTIPLE: &str = "multiple";

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        (
            SINGLE,
            &[
                "单个",
                "单选",
                "只支持一个",
                "仅支持一个",
                "只能传一个",
                "只能有一个",
                "只能一个",
                "仅能传一个",
                "只传一个",
                "只允许一个",
                "仅限一个",
                "只能填一个",
                "不支持多个",
                "不能传多个",
                "不支持批量",
                "only one",
                "a single",
                "exactly one",
                "single value",
                "single",
                "just one",
            ],
        ),
        (
            MULTIPLE,
            &[
                "一个或多个",
                "多个",
                "多选",
                "批量",
                "可重复",
                "多条",
                "multiple",
                "several",
                "one or more",
                "more than one",
                "many",
                "list of",
                "batch",
                "in bulk",
            ],
        ),
    ])
});

pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Fact> {
    by_words(&WORDS, Class::Multiplicity, reading)
}
