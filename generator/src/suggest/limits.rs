//! Limits of length, of value and of the number of elements: `最多50个`, `长度不超过20`, `at least 1`.

use crate::diff::prose::{AT_LEAST, AT_MOST, Class, Fact, LESS_THAN, MORE_THAN, facts};
use crate::terms::DecimalText;

use super::clauses::{Clause, clauses, words};
use super::{Proposal, Value};

/// Maximum words of a clause apart from the limit itself. A longer clause is about something else, too.
const LONGEST: usize = 8;

/// Signals of a condition, in lower case.
const CONDITIONS: &[&str] = &["如果", "若", "当", "时", "则", "除", "仅", "if ", "when ", "unless ", "for "];

/// Signals of a limit for each element, in lower case.
const OF_EACH: &[&str] = &["每个", "单个", "每项", "每一", "each", "every"];

/// Signals of a length, in lower case.
const LENGTH: &[&str] = &["长度", "字数", "字符", "length", "characters", "chars"];

/// Signals of digits, in lower case.
const DIGITS: &[&str] = &["位", "小数", "精度", "digit", "decimal"];

/// Signals of a number of elements, in lower case.
const LIST: &[&str] = &["列表", "数组", "集合", "个数", "list", "array", "size"];

/// Spellings of a comparison with an excluded bound. 超过 and others often only describe.
const EXCLUDING: &[&str] = &["大于", "小于", ">", "<", "greater than", "less than"];

/// The kinds of a characteristic that a limit bounds.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Measured {
    Text,
    Integer,
    Decimal,
    List,
}

/// A bound that a clause states.
struct Bound {
    key: &'static str,
    now: String,
}

/// Returns the limits that a text states for a field. `whole` contains the facts of the text.
pub(super) fn read(measured: Measured, text: &str, whole: &[Fact]) -> Vec<Proposal> {
    let has = |class: Class| whole.iter().any(|fact| fact.class == class);
    if !has(Class::Comparison) || !has(Class::Number) {
        return Vec::new();
    }
    let stated = |fact: &Fact| whole.iter().any(|known| known.class == fact.class && known.key == fact.key);
    let mut found: Vec<(Bound, &str)> = Vec::new();
    for clause in clauses(text) {
        let facts = facts(clause.text);
        // What the whole text does not state is part of an example.
        if facts.iter().all(stated) {
            found.extend(bound(measured, &clause, &facts).map(|bound| (bound, clause.text)));
        }
    }
    let is_only = |bound: &Bound| found.iter().all(|(other, _)| other.key != bound.key || other.now == bound.now);
    let mut limits: Vec<Proposal> = Vec::new();
    for (bound, quote) in found.iter().filter(|(bound, _)| is_only(bound)) {
        if limits.iter().all(|limit| limit.key != bound.key) {
            let now = Value::Text(bound.now.clone());
            limits.push(Proposal {
                key: bound.key,
                now,
                quote: (*quote).to_owned(),
                why: "the description states the limit",
            });
        }
    }
    limits
}

fn bound(measured: Measured, clause: &Clause<'_>, facts: &[Fact]) -> Option<Bound> {
    let text = clause.text.to_lowercase();
    let contains = |signals: &[&str]| signals.iter().any(|signal| text.contains(signal));
    let is_conditional = contains(CONDITIONS) || has_condition(clause.before);
    let mut rest = words(clause.text);
    let (mut comparison, mut number, mut unit) = (None, None, None);
    for fact in facts {
        rest = rest.saturating_sub(words(&fact.shown));
        let known = match fact.class {
            Class::Comparison => &mut comparison,
            Class::Number => &mut number,
            Class::Unit => &mut unit,
            _ => return None,
        };
        let excludes = matches!(fact.key.as_str(), LESS_THAN | MORE_THAN);
        if excludes && !EXCLUDING.contains(&fact.shown.to_lowercase().as_str()) {
            return None;
        }
        // `最大不超过30` compares twice.
        if known.replace(fact.key.as_str()).is_some_and(|before| before != fact.key || fact.class == Class::Number) {
            return None;
        }
    }
    if is_conditional || rest > LONGEST || contains(OF_EACH) || has_suffix(&text) {
        return None;
    }
    let (comparison, number) = (comparison?, number?);
    match measured {
        Measured::Text => {
            let is_length = unit == Some("character") || unit.is_none() && (contains(LENGTH) || is_digits(&text));
            // An ideograph counts twice on some platforms.
            let is_unclear = text.contains("汉字") || text.contains("中文");
            let fits = is_length && !is_unclear && comparison == AT_MOST && is_count(number);
            fits.then(|| Bound { key: "max_length", now: number.to_owned() })
        }
        Measured::List => {
            let is_length = contains(LENGTH) && !contains(LIST);
            let fits = unit.is_none() && !is_length && !contains(DIGITS) && comparison == AT_MOST && is_count(number);
            fits.then(|| Bound { key: "max_items", now: number.to_owned() })
        }
        Measured::Integer | Measured::Decimal => {
            let fits = unit.is_none() && !contains(DIGITS) && !contains(LENGTH);
            value(measured, comparison, number).filter(|_| fits)
        }
    }
}

/// Whether the start of a sentence contains a condition. `时` is one at the end of a clause only: `时长` is not.
fn has_condition(before: &str) -> bool {
    let before = before.to_lowercase();
    let is_moment =
        |at: usize| before.get(at..).is_some_and(|rest| !rest.chars().nth(1).is_some_and(char::is_alphanumeric));
    CONDITIONS.iter().any(|signal| match *signal {
        "时" => before.match_indices('时').any(|(at, _)| is_moment(at)),
        signal => before.contains(signal),
    })
}

/// `20位以内` of a text: characters, without decimal places.
fn is_digits(text: &str) -> bool {
    text.contains('位') && !text.contains("小数")
}

/// `1w`, `3m`: the letter changes the number.
fn has_suffix(text: &str) -> bool {
    text.chars().zip(text.chars().skip(1)).any(|(c, next)| c.is_ascii_digit() && next.is_ascii_alphabetic())
}

fn is_count(number: &str) -> bool {
    number.parse::<u32>().is_ok_and(|count| count > 0)
}

fn value(measured: Measured, comparison: &str, number: &str) -> Option<Bound> {
    let next = |step: i64| {
        let whole = number.parse::<i64>().ok().filter(|_| measured == Measured::Integer)?;
        whole.checked_add(step).map(|bound| bound.to_string())
    };
    // A version such as `1.5.1` has the class of a number, too.
    let itself = || DecimalText::read(number).map(|_| number.to_owned());
    let (key, now) = match comparison {
        AT_MOST => ("max", itself()),
        AT_LEAST => ("min", itself()),
        LESS_THAN => ("max", next(-1)),
        MORE_THAN => ("min", next(1)),
        _ => return None,
    };
    now.map(|now| Bound { key, now })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(measured: Measured, text: &str) -> Vec<String> {
        let shown = |limit: Proposal| match limit.now {
            Value::Text(now) => format!("{} {now} {}", limit.key, limit.quote),
            Value::Values(_) => String::new(),
        };
        read(measured, text, &facts(text)).into_iter().map(shown).collect()
    }

    #[test]
    fn limits_are_found_with_their_clause() {
        for (measured, text, expected) in [
            (Measured::List, "导入客户列表,最多支持导入100条", "max_items 100 最多支持导入100条"),
            (Measured::List, "编号，每次最多50个，不允许重复", "max_items 50 每次最多50个"),
            (Measured::List, "Pictures (a maximum of 6 pictures)", "max_items 6 a maximum of 6 pictures"),
            (Measured::Text, "客户电话,长度不超过32个字符,如13000000001", "max_length 32 长度不超过32个字符"),
            (Measured::Text, "单据号【20位以内的唯一编码】", "max_length 20 20位以内的唯一编码"),
            (Measured::Text, "title, maximum length 218 characters.", "max_length 218 maximum length 218 characters"),
            (Measured::Integer, "每页查询量,默认10(最大不超过30)", "max 30 最大不超过30"),
            (Measured::Integer, "时长(要求大于0)", "min 1 要求大于0"),
            (Measured::Decimal, "价格，最小值1.5", "min 1.5 最小值1.5"),
        ] {
            assert_eq!(found(measured, text), [expected], "{text}");
        }
        let both = found(Measured::Integer, "每页数量。最小值1,最大值为50。默认值:20");
        assert_eq!(both, ["min 1 最小值1", "max 50 最大值为50"]);
    }

    #[test]
    fn what_bounds_something_else_is_not_a_limit_of_the_field() {
        for (measured, text) in [
            (Measured::Text, "一次最多修改30个房型"),
            (Measured::Text, "商品ID串,用,分割,最大40个"),
            (Measured::Text, "每个编号长度不超过20"),
            (Measured::Text, "名称，不超过20个汉字"),
            (Measured::Text, "图片，不超过3M"),
            (Measured::Text, "密码，至少6个字符"),
            (Measured::Text, "若为企业，最多20个字符"),
            (Measured::Integer, "查询时间跨度,不超过30天"),
            (Measured::Integer, "金额，最多2位小数"),
            (Measured::Integer, "最大18位"),
            (Measured::Integer, "例如：最大100"),
            (Measured::Integer, "不填时，最大100"),
            (Measured::Integer, "分页大小 不超过1w"),
            (Measured::Integer, "页码,超过100个门店分页请求"),
            (Measured::Integer, "普通商家最大10，大型商家最大20"),
            (Measured::Decimal, "金额，大于0"),
            (Measured::Decimal, "版本，最多1.5.1"),
            (Measured::List, "标签，长度不超过20"),
        ] {
            assert_eq!(found(measured, text), [""; 0], "{text}");
        }
    }
}
