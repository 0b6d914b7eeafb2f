//! Whether a value must be sent, and under which condition.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::fact::{Class, Fact};
use super::super::reading::Reading;
use super::super::words::Words;

/// Meaning of the words for a value that must be sent.
pub(crate) const REQUIRED: &str = "required";
/// Meaning of the words for a value that can be left out.
pub(crate) const OPTIONAL: &str = "optional";

/// Meaning of the words that only come with a condition.
const GIVEN: &str = "given";

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        ("", &["可选值", "可选项", "可选择", "可选范围", "可选的值", "可选参数值", "如果为空"]),
        (
            REQUIRED,
            &[
                "是否必填:是",
                "是否必须:是",
                "必填项",
                "必填",
                "必传",
                "必选",
                "必输",
                "必须填写",
                "必须填",
                "必须传",
                "必须传入",
                "必须输入",
                "必须有值",
                "必须提供",
                "不能为空",
                "不可为空",
                "不允许为空",
                "不得为空",
                "不要为空",
                "不为空",
                "不可空",
                "非空",
                "都要填",
                "都必须",
                "需填写",
                "需必填",
                "required",
                "mandatory",
                "compulsory",
                "obligatory",
                "must not be empty",
                "cannot be empty",
                "can not be empty",
                "can't be empty",
                "must not be blank",
                "cannot be blank",
                "must not be null",
                "cannot be null",
                "must be provided",
                "must be filled",
                "must be given",
                "must be specified",
                "must be set",
                "must be sent",
                "must be passed",
                "not null",
                "non-empty",
                "not empty",
                "do not let them empty",
                "not optional",
                "needs to be provided",
            ],
        ),
        (
            OPTIONAL,
            &[
                "是否必填:否",
                "是否必须:否",
                "非必填项",
                "非必填",
                "非必传",
                "非必选",
                "非必须",
                "非必需",
                "不必填",
                "不必传",
                "不是必填",
                "可不填",
                "可不传",
                "可不添",
                "可以不填",
                "可以不传",
                "可为空",
                "可以为空",
                "可空",
                "允许为空",
                "能为空",
                "选填",
                "可选填",
                "可选",
                "选传",
                "可填",
                "可传可不传",
                "不需要填",
                "无需填写",
                "不用填写",
                "不用填",
                "不填写",
                "optional",
                "optionally",
                "may be omitted",
                "can be omitted",
                "can be left out",
                "may be empty",
                "can be empty",
                "may be blank",
                "can be blank",
                "left blank",
                "leave blank",
                "leave empty",
                "left empty",
                "may be null",
                "can be null",
                "nullable",
                "not required",
                "not mandatory",
                "not compulsory",
                "need not be",
                "if any",
            ],
        ),
        ("must", &["必须是", "必须", "务必", "一定要", "必需", "must", "shall", "have to", "has to", "needs to"]),
        (
            GIVEN,
            &[
                "时填写",
                "时填入",
                "时填",
                "时传入",
                "时传",
                "时需填",
                "时需传",
                "时需要填",
                "时需要传",
                "时才填",
                "时才传",
                "时才需要",
                "才需要填",
                "才需要传",
            ],
        ),
        (
            "one of them",
            &[
                "二选一",
                "两者选一",
                "任选其一",
                "任选一",
                "三选一",
                "四选一",
                "多选一",
                "选其一",
                "其一",
                "只能选一",
                "either",
                "one of",
                "any of",
                "only one of",
                "exactly one of",
            ],
        ),
        (
            "at least one of them",
            &[
                "至少填一",
                "至少传一",
                "至少有一",
                "至少一",
                "不能同时为空",
                "不可同时为空",
                "at least one",
                "cannot both be empty",
                "must not both be empty",
            ],
        ),
        (
            "not both",
            &["不能同时", "不可同时", "不得同时", "互斥", "mutually exclusive", "not both", "cannot be combined"],
        ),
        (
            "any value",
            &["可以随便填写", "随便填写", "随便填", "随意填写", "随意填", "任意填写", "任意填", "any value will do"],
        ),
        (
            "both",
            &["必须同时", "同时传", "同时必填", "需同时", "一起传", "both", "together with", "in conjunction with"],
        ),
    ])
});

/// Signals of a condition.
static CONDITIONS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        (
            "",
            &[
                "时间",
                "时候",
                "小时",
                "实时",
                "时效",
                "时长",
                "时区",
                "时段",
                "时分秒",
                "时刻",
                "临时",
                "及时",
                "定时",
                "同时",
                "当前",
                "当天",
                "当地",
                "当日",
                "当月",
                "当年",
                "类型编码",
                "应当",
                "适当",
                "相当",
            ],
        ),
        (
            "if",
            &[
                "时", "当", "若", "如果", "如", "情况", "场景", "否则", "除非", "的话", "when", "if", "unless", "once",
                "in case", "whenever", "where", "for",
            ],
        ),
    ])
});

/// Words of a clause that name the field itself.
static ITSELF: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[(
        "it",
        &[
            "该字段",
            "此字段",
            "本字段",
            "该参数",
            "此参数",
            "该项",
            "此项",
            "该值",
            "字段",
            "参数",
            "则",
            "为",
            "是",
            "均",
            "都",
            "须",
            "需",
            "此",
            "该",
            "this",
            "field",
            "parameter",
            "value",
            "it",
            "is",
            "be",
            "the",
            "a",
            "are",
            "should",
            "then",
            ":",
            "填写",
            "传入",
            "填",
            "传",
            "入",
            "个",
            "项",
            "选",
            "-",
            "fields",
            "will",
        ],
    )])
});

pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for found in WORDS.all(reading) {
        if reading.free(found.range.start).is_none() {
            continue;
        }
        if found.meaning.is_empty() {
            reading.take(found.range);
            continue;
        }
        let is_mark = matches!(found.meaning, REQUIRED | OPTIONAL | GIVEN);
        let condition = if is_mark { condition(reading, &found.range) } else { None };
        let (key, span) = match condition {
            Some(condition) => (format!("{} if {}", found.meaning, key(reading, &condition, &found.range)), condition),
            None => (found.meaning.to_owned(), found.range.clone()),
        };
        facts.push(Fact::new(Class::Requiredness, key, reading.shown(span.clone())));
        // The numbers of a condition belong to it.
        reading.take(span);
        reading.take(found.range);
    }
    facts
}

/// Returns the clause or clauses that contain the condition of a word.
fn condition(reading: &Reading<'_>, word: &Range<usize>) -> Option<Range<usize>> {
    let clause = reading.clause(word.start);
    let clause = clause.start..clause.end.max(word.end);
    let rest = rest(reading, &clause, word);
    let is_conditional =
        |range: Range<usize>| CONDITIONS.all_in(reading, range).iter().any(|found| !found.meaning.is_empty());
    if rest.is_empty() {
        let before = clause.start.checked_sub(1).filter(|comma| reading.is_sign(*comma, &[",", "、"]))?;
        let before = reading.clause(before.checked_sub(1)?);
        return is_conditional(before.clone()).then_some(before.start..word.end);
    }
    // A clause that is not the first does not name the field: `…,for companies required`.
    let is_later = clause.start > 0 && !reading.is_latin && !reading.is_sign(clause.start - 1, &["("]);
    let is_given = reading.tokens.get(word.start).is_some_and(|token| matches!(token.text, "时" | "才"));
    (is_given || is_conditional(clause.clone()) || is_later).then_some(clause)
}

/// Returns the indices of a clause without the word, and without words that name the field itself.
fn rest(reading: &Reading<'_>, clause: &Range<usize>, word: &Range<usize>) -> Vec<usize> {
    let itself = ITSELF.all_in(reading, clause.clone());
    let is_about_field = |index: &usize| itself.iter().any(|found| found.range.contains(index));
    clause.clone().filter(|index| !word.contains(index) && !is_about_field(index)).collect()
}

/// Returns the words of a condition that do not only link it.
fn key(reading: &Reading<'_>, condition: &Range<usize>, word: &Range<usize>) -> String {
    const LINKS: &[&str] = &["当", "时", "若", "时候", "如", "果", "when", "if", "for", "=", "等", "于", ","];
    let rest = rest(reading, condition, word);
    let words = rest.into_iter().filter_map(|index| reading.tokens.get(index));
    let kept = words.filter(|token| !LINKS.iter().any(|link| token.text.eq_ignore_ascii_case(link)));
    kept.map(|token| token.text.to_lowercase()).collect()
}
