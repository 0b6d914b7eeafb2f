//! Lists of documented values without meanings: `open, closed`, `待付款、已付款`.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::fact::{Class, Fact};
use super::super::reading::{Kind, Reading};
use super::super::words::Words;

/// Signs between values.
const BETWEEN: &[&str] = &[",", "、", "/", "|", ";"];

/// Signs around a list.
const AROUND: &[&str] = &["。", "\n", "(", ")", "[", "]", "!", "?", ":", ".", "{", "}", "="];

/// Words before a list of values.
static CUES: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[(
        "",
        &[
            "取值范围",
            "取值为",
            "取值",
            "可选值",
            "可选范围",
            "枚举值",
            "枚举类型",
            "枚举",
            "范围只能是",
            "只能是",
            "只能为",
            "包括",
            "支持",
            "格式限制",
            "分别为",
            "分别是",
            "有以下",
            "可选",
            "values",
            "value",
            "one of",
            "either",
            "allowed",
            "options",
            "supported",
        ],
    )])
});

/// Words between values.
static JOINTS: LazyLock<Words> =
    LazyLock::new(|| Words::new(&[("", &["或者", "或", "以及", "和", "与", "及", "or", "and"])]));

/// Maximum ideographs of a value. A longer stretch is a clause.
const LONGEST: usize = 8;
/// Values from which on words with 、 between them are a list of values.
const MANY: usize = 4;
/// Values from which on words with commas between them are a list of values, not clauses.
const MANY_BY_COMMA: usize = 6;

/// Values one after another.
#[derive(Default)]
struct List {
    items: Vec<Range<usize>>,
    has_cue: bool,
    by_comma: bool,
}

pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Fact> {
    let mut lists = vec![List::default()];
    let (mut index, mut has_cue) = (0, false);
    while index < reading.len() {
        if reading.is_sign(index, AROUND) {
            has_cue = reading.is_sign(index, &[":"]) || has_cue && reading.is_sign(index, &["["]);
            lists.push(List { has_cue, ..List::default() });
            index += 1;
            continue;
        }
        if let Some(cue) = CUES.at(reading, index) {
            lists.push(List { has_cue: true, ..List::default() });
            index = cue.range.end;
            continue;
        }
        let end = item_end(reading, index);
        let Some(list) = lists.last_mut() else { break };
        if is_item(reading, index..end) {
            list.items.push(index..end);
        } else if end > index {
            lists.push(List::default());
        }
        index = after_joint(reading, end, lists.last_mut());
    }
    let found: Vec<Range<usize>> =
        lists.into_iter().filter(|list| is_list(reading, list)).flat_map(|list| list.items).collect();
    let mut facts = Vec::new();
    for item in found {
        facts.push(Fact::new(Class::Value, reading.key(item.clone()), reading.shown(item.clone())));
        reading.take(item);
    }
    facts
}

/// Returns the end of the stretch at an index: the next joint, sign or cue.
fn item_end(reading: &Reading<'_>, start: usize) -> usize {
    let is_end = |index: &usize| {
        let is_sign =
            reading.tokens.get(*index).is_none_or(|token| token.is_one_of(BETWEEN) || token.is_one_of(AROUND));
        let is_word = |words: &Words| words.at(reading, *index).is_some();
        is_sign || *index > start && (is_word(&JOINTS) || is_word(&CUES))
    };
    (start..=reading.len()).find(is_end).unwrap_or(reading.len())
}

/// Returns the index after the joint at an index. Stretches that no joint connects are not one list.
fn after_joint(reading: &Reading<'_>, index: usize, list: Option<&mut List>) -> usize {
    let is_joint = reading.is_sign(index, BETWEEN);
    if let Some(list) = list {
        list.by_comma |= reading.is_sign(index, &[","]);
    }
    let mut next = index + usize::from(is_joint);
    if let Some(word) = JOINTS.at(reading, next) {
        next = word.range.end;
    }
    // Always ahead, so that the walk ends.
    if next == index && !reading.is_sign(index, AROUND) && CUES.at(reading, index).is_none() { index + 1 } else { next }
}

fn is_item(reading: &Reading<'_>, range: Range<usize>) -> bool {
    let tokens = reading.tokens.get(range).unwrap_or_default();
    let is_free = tokens.iter().all(|token| !token.taken);
    let is_word = tokens.len() == 1 && tokens.iter().all(|token| token.kind == Kind::Word);
    let is_label = tokens.len() <= LONGEST && tokens.iter().all(|token| token.kind == Kind::Letter);
    is_free && !tokens.is_empty() && (is_word || is_label)
}

fn is_list(reading: &Reading<'_>, list: &List) -> bool {
    let count = list.items.len();
    let is_latin = list.items.iter().all(|item| reading.is_kind(item.start, Kind::Word));
    match (is_latin, reading.is_latin) {
        (true, false) => count > 1 || count == 1 && list.has_cue,
        (true, true) => count > 1 && (list.has_cue || reading.len() < 2 * count + 2),
        (false, _) => count > 1 && list.has_cue || count >= if list.by_comma { MANY_BY_COMMA } else { MANY },
    }
}
