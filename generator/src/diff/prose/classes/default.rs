//! The value that the platform assumes if none is sent.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::fact::{Class, Fact};
use super::super::reading::{Kind, Reading};
use super::super::words::Words;

/// Where the value is.
const AFTER: &str = "after";
const BEFORE: &str = "before";
/// The rest of the clause is what happens without a value.
const ABSENT: &str = "absent";

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        (
            AFTER,
            &[
                "默认值",
                "默认为",
                "默认是",
                "默认",
                "缺省值",
                "缺省为",
                "缺省",
                "defaults to",
                "default value",
                "default is",
                "default",
                "defaults",
                "by default",
            ],
        ),
        (BEFORE, &["by default", "as default", "as the default"]),
        (
            ABSENT,
            &[
                "不传则",
                "不填则",
                "不传时",
                "不填时",
                "不传默认",
                "不填默认",
                "为空则",
                "为空时",
                "为空是",
                "若为空",
                "不传表示",
                "不填表示",
                "空表示",
                "if absent",
                "if omitted",
                "if empty",
                "when omitted",
                "when empty",
                "if not set",
                "if not given",
            ],
        ),
    ])
});

/// Words between the signal and the value.
const FILLERS: &[&str] = &["为", "是", "值", "is", "to", ":", "=", "value", "of", "the", "按", "取", "使用", "用"];

/// Spellings of values that are the same.
static SYNONYMS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        ("ascending", &["升序", "正序", "asc", "ascending"]),
        ("descending", &["降序", "倒序", "逆序", "desc", "descending"]),
    ])
});

/// Maximum tokens of a value. A longer stretch is prose.
const LONGEST: usize = 16;

pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for found in WORDS.all(reading) {
        if reading.free(found.range.start).is_none() {
            continue;
        }
        let value = value(reading, &found.range, found.meaning);
        let key = match SYNONYMS.at(reading, value.start) {
            Some(same) => same.meaning.to_owned(),
            None => reading.key(value.clone()),
        };
        let shown = if value.is_empty() { reading.shown(found.range.clone()) } else { reading.shown(value.clone()) };
        facts.push(Fact::new(Class::Default, key, shown));
        reading.take(found.range);
        reading.take(value);
    }
    facts
}

fn value(reading: &Reading<'_>, signal: &Range<usize>, place: &str) -> Range<usize> {
    let clause = reading.clause(signal.start);
    let mut start = signal.end;
    let is_filler = |index: usize| reading.free(index).is_some_and(|token| FILLERS.contains(&token.text));
    while is_filler(start) {
        start += 1;
    }
    let end = clause.end.max(start).min(start + LONGEST);
    if start < end && place != BEFORE && !(reading.is_kind(start, Kind::Sign) && end == start + 1) {
        return start..end;
    }
    // `asc by default`; `0:all (default)`.
    let before = if clause.start < signal.start { clause.start } else { signal.start.saturating_sub(2) };
    let from = before.max(signal.start.saturating_sub(2));
    from..signal.start
}
