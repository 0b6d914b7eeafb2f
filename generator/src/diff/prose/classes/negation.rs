//! What is ruled out: `不支持…`, `cannot…`. The fact is the thing that is ruled out.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::fact::{Class, Fact};
use super::super::reading::{Kind, Reading};
use super::super::words::Words;

static NEGATORS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        (
            "",
            &[
                "不同",
                "不限于",
                "不限",
                "不过",
                "不仅",
                "不但",
                "不论",
                "不管",
                "不断",
                "不然",
                "不一定",
                "不等",
                "不详",
                "不定",
                "不良",
                "不足",
                "不含但",
                "不一致",
                "不存在",
                "没有的话",
                "不便",
                "不传",
                "不好",
                "一般不要",
                "不断地",
                "不填",
                "not only",
                "not limited",
                "not found",
                "no.",
            ],
        ),
        (
            "not",
            &[
                "不支持",
                "不允许",
                "不可以",
                "不可",
                "不能",
                "不会",
                "不得",
                "不要",
                "不需要",
                "不需",
                "不用",
                "不再",
                "不应",
                "无需",
                "无须",
                "不必",
                "无法",
                "禁止",
                "请勿",
                "切勿",
                "勿",
                "没有",
                "不",
                "not support",
                "not",
                "cannot",
                "can't",
                "don't",
                "doesn't",
                "isn't",
                "aren't",
                "won't",
                "never",
                "no",
                "without",
                "unable to",
                "forbidden to",
                "prohibited",
                "forbidden",
                "unsupported",
                "disallowed",
                "neither",
            ],
        ),
        (
            "not included",
            &[
                "不包含",
                "不包括",
                "不含",
                "不带",
                "未含",
                "未包含",
                "exclude",
                "excludes",
                "excluded",
                "excluding",
                "not include",
                "not includes",
                "not included",
                "not including",
                "not contain",
                "not contains",
                "except",
                "除外",
            ],
        ),
        (
            "not case",
            &[
                "不区分大小写",
                "大小写不敏感",
                "case insensitive",
                "case-insensitive",
                "not case sensitive",
                "not case-sensitive",
            ],
        ),
    ])
});

/// Words between a negation and what is ruled out.
static FILLERS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[(
        "",
        &[
            "支持",
            "允许",
            "能够",
            "能",
            "可以",
            "可",
            "会",
            "被",
            "要",
            "再",
            "进行",
            "使用",
            "用",
            "对",
            "be",
            "been",
            "being",
            "have",
            "has",
            "to",
            "able",
            "allowed",
            "supported",
            "support",
            "supports",
            "any",
            "the",
            "a",
            "it",
            "is",
            "are",
        ],
    )])
});

/// Letters of an English word that are compared, so that its endings do not matter.
const STEM: usize = 6;

pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for found in NEGATORS.all(reading) {
        let is_value = reading.free(found.range.start).is_some_and(|token| token.quoted);
        if found.meaning.is_empty() || is_value {
            reading.take(found.range);
            continue;
        }
        let object = object(reading, found.range.end);
        let is_word = reading.is_kind(object.start, Kind::Word);
        let key = reading.key(object.clone());
        let stem: String = key.chars().take(if is_word { STEM } else { usize::MAX }).collect();
        let key = format!("{} {stem}", found.meaning);
        let end = object.end;
        facts.push(Fact::new(Class::Negation, key, reading.shown(found.range.start..end)));
        reading.take(found.range);
    }
    facts
}

/// Returns what a negation that ends at an index rules out: a word, or two ideographs.
fn object(reading: &Reading<'_>, from: usize) -> Range<usize> {
    let clause_end = reading.clause_end(from);
    let mut start = from;
    while let Some(filler) = FILLERS.at(reading, start).filter(|filler| filler.range.end <= clause_end) {
        start = filler.range.end;
    }
    let longest = if reading.is_kind(start, Kind::Word) { 1 } else { 2 };
    let near = start..clause_end.min(start + longest);
    start..near.take_while(|index| !reading.is_kind(*index, Kind::Sign)).last().map_or(start, |last| last + 1)
}
