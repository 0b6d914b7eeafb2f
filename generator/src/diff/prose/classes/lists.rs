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
            "accepts",
            "accept",
            "supports",
            "allows",
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
    cue: Cue,
    by_comma: bool,
}

/// What announces a list.
#[derive(Copy, Clone, PartialEq, Eq, Default)]
enum Cue {
    #[default]
    Nothing,
    Bracket,
    Colon,
    /// `取值`, `one of`
    Word,
}

pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Fact> {
    let mut lists = vec![List::default()];
    let (mut index, mut cue) = (0, Cue::Nothing);
    while index < reading.len() {
        if reading.is_sign(index, AROUND) {
            cue = match () {
                () if reading.is_sign(index, &[":"]) => Cue::Colon,
                () if reading.is_sign(index, &["("]) => Cue::Bracket,
                () if reading.is_sign(index, &["["]) => cue,
                () => Cue::Nothing,
            };
            lists.push(List { cue, ..List::default() });
            index += 1;
            continue;
        }
        if let Some(found) = CUES.at(reading, index) {
            lists.push(List { cue: Cue::Word, ..List::default() });
            index = found.range.end;
            continue;
        }
        let end = item_end(reading, index);
        let Some(list) = lists.last_mut() else { break };
        if is_item(reading, index..end) {
            list.items.push(index..without_etcetera(reading, index..end));
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

/// Returns the end of a value without the 等 at the end of a list.
fn without_etcetera(reading: &Reading<'_>, item: Range<usize>) -> usize {
    let last = item.end.saturating_sub(1);
    let is_etcetera = last > item.start && reading.tokens.get(last).is_some_and(|token| token.text == "等");
    if is_etcetera { last } else { item.end }
}

fn is_list(reading: &Reading<'_>, list: &List) -> bool {
    let count = list.items.len();
    let is_latin = list.items.iter().all(|item| reading.is_kind(item.start, Kind::Word));
    let is_announced = matches!(list.cue, Cue::Word | Cue::Colon);
    match (is_latin, reading.is_latin) {
        (true, false) => count > 1 || count == 1 && is_announced,
        (true, true) => count > 1 && (is_announced || reading.len() < 2 * count + 2),
        (false, _) => match list.cue {
            Cue::Word => count > 1,
            Cue::Bracket => count > 2 && !list.by_comma || count >= MANY_BY_COMMA,
            // Two clauses can follow a colon.
            Cue::Colon => count > 1 && !list.by_comma || count >= MANY,
            Cue::Nothing => count >= if list.by_comma { MANY_BY_COMMA } else { MANY },
        },
    }
}
