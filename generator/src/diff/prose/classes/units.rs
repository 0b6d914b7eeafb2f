//! Units of measure.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::fact::{Class, Fact};
use super::super::reading::{Kind, Reading};
use super::super::words::{Found, Words};

/// Words that are units wherever they are.
static CLEAR: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        (
            "",
            &[
                "秒杀",
                "字节跳动",
                "天猫",
                "天然",
                "百分之",
                "元素",
                "元数据",
                "分类",
                "分组",
                "分隔",
                "分页",
                "分别",
                "分为",
                "公里数",
            ],
        ),
        ("microsecond", &["微秒", "microsecond", "microseconds"]),
        ("millisecond", &["毫秒", "ms", "millisecond", "milliseconds"]),
        ("second", &["秒", "seconds"]),
        ("minute", &["分钟", "minute", "minutes"]),
        ("hour", &["小时", "hour", "hours"]),
        ("working day", &["工作日", "working day", "working days", "business day", "business days"]),
        ("calendar day", &["自然日", "calendar day", "calendar days"]),
        ("day", &["days"]),
        ("week", &["weeks", "星期", "自然周"]),
        ("month", &["个月", "months", "自然月"]),
        ("year", &["years", "自然年"]),
        (
            "cm³",
            &[
                "立方厘米",
                "cubic centimetre",
                "cubic centimetres",
                "cubic centimeter",
                "cubic centimeters",
                "cm3",
                "cm³",
            ],
        ),
        ("m³", &["立方米", "cubic metre", "cubic metres", "cubic meter", "cubic meters", "m3", "m³"]),
        ("m²", &["平方米", "平米", "square metres", "square meters"]),
        ("mm", &["毫米", "mm", "millimetre", "millimetres", "millimeter", "millimeters"]),
        ("cm", &["厘米", "cm", "centimetre", "centimetres", "centimeter", "centimeters"]),
        ("km", &["千米", "公里", "km", "kilometre", "kilometres", "kilometer", "kilometers"]),
        ("metre", &["metres", "meters"]),
        ("mg", &["毫克", "mg", "milligram", "milligrams"]),
        ("g", &["gram", "grams"]),
        ("kg", &["千克", "公斤", "kg", "kgs", "kilogram", "kilograms"]),
        ("pound", &["磅", "lb", "lbs", "pounds"]),
        ("ton", &["tons", "tonnes"]),
        ("ml", &["毫升", "ml", "millilitres", "milliliters"]),
        ("litre", &["litres", "liters"]),
        ("byte", &["字节", "byte", "bytes"]),
        ("kilobyte", &["kb", "kilobyte", "kilobytes"]),
        ("megabyte", &["mb", "megabyte", "megabytes"]),
        ("gigabyte", &["gb", "gigabyte", "gigabytes"]),
        ("pixel", &["像素", "px", "pixel", "pixels"]),
        ("cent", &["美分", "cents"]),
        ("ten thousand yuan", &["万元"]),
        ("dollar", &["美元", "dollars"]),
        ("yuan", &["人民币元", "yuan"]),
        ("percent", &["百分比", "percent", "percentage", "%"]),
        ("permille", &["千分比", "permille", "‰"]),
        ("basis point", &["万分比", "万分之", "basis points"]),
    ])
});

/// Words that are units only in the place of one: after a number, after `单位`, in brackets.
static UNCLEAR: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        ("second", &["s", "sec", "second"]),
        ("minute", &["min", "mins"]),
        ("hour", &["h", "hrs"]),
        ("day", &["天", "日", "day", "d"]),
        ("week", &["周", "week"]),
        ("month", &["月", "month"]),
        ("year", &["年", "year"]),
        ("fen", &["分"]),
        ("jiao", &["角"]),
        ("yuan", &["元"]),
        ("li", &["厘"]),
        ("metre", &["米", "m", "metre", "meter"]),
        ("g", &["克", "g"]),
        ("ton", &["吨", "t", "ton"]),
        ("jin", &["斤"]),
        ("litre", &["升", "l", "litre", "liter"]),
        ("kilobyte", &["k"]),
        ("cent", &["cent"]),
        ("dollar", &["dollar"]),
        ("character", &["字符", "个字", "字", "汉字", "中文", "chars", "characters", "character"]),
        ("word", &["words"]),
    ])
});

/// Words before a unit.
static BEFORE: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[(
        "unit",
        &[
            "单位",
            "单位为",
            "单位是",
            "单位:",
            "精确到",
            "以",
            "按",
            "unit",
            "unit:",
            "unit is",
            "units:",
            "in",
            "by",
            "per",
            "每",
            "/",
            "(",
            "[",
        ],
    )])
});

/// Words after a unit.
const AFTER: &[&str] = &[")", "]", "计", "为", "级", "/"];

/// Numerals that make the next word a unit.
const NUMERALS: &str = "一二两三四五六七八九十百千万半几个多";

pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    let clear = CLEAR.all(reading);
    let (units, others): (Vec<Found>, Vec<Found>) = clear.into_iter().partition(|found| !found.meaning.is_empty());
    // Words such as 天猫 contain no unit.
    let is_inside = |found: &Found| others.iter().any(|other| other.range.contains(&found.range.start));
    let unclear = UNCLEAR.all(reading).into_iter().filter(|found| is_unit(reading, &found.range) && !is_inside(found));
    let found: Vec<Found> = units.into_iter().chain(unclear).collect();
    for found in found {
        if found.range.clone().any(|index| reading.free(index).is_none()) {
            continue;
        }
        reading.take(found.range.clone());
        facts.push(Fact::new(Class::Unit, found.meaning, reading.shown(found.range)));
    }
    facts
}

/// Returns whether a word is in the place of a unit.
fn is_unit(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let Some(before) = range.start.checked_sub(1) else { return false };
    let is_numeral = reading.tokens.get(before).is_some_and(|token| NUMERALS.contains(token.text));
    if reading.is_kind(before, Kind::Number) || is_numeral {
        return true;
    }
    let longest = range.start.saturating_sub(3)..range.start;
    let signal = longest.filter_map(|index| BEFORE.at(reading, index)).find(|found| found.range.end == range.start);
    let after = reading.tokens.get(range.end).map(|token| token.text);
    match signal.map(|found| reading.shown(found.range)).as_deref() {
        None => false,
        // A bracket, and words that often precede other words, need a sign of the unit behind it as well.
        Some("(" | "[") => after.is_some_and(|after| matches!(after, ")" | "]" | "/")),
        Some("以" | "按" | "每" | "/" | "in" | "by" | "per") => {
            let ends = reading.clause_end(range.end) == range.end;
            ends || after.is_some_and(|after| AFTER.contains(&after))
        }
        Some(_) => true,
    }
}
