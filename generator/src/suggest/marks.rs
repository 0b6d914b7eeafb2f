//! Marks and defaults: `【必填】`, `默认20`.

use crate::diff::prose::{Class, Fact, OPTIONAL, REQUIRED, facts};
use crate::terms::Required;

use super::clauses::{clauses, words};
use super::limits::Measured;
use super::{Proposal, Value};

/// Maximum words of a clause apart from the mark: `(此项必填)`.
const LONGEST: usize = 2;

/// Returns the required mark that a text states, if the page's column does not contain it. `whole` contains the facts of the
/// text.
pub(super) fn required(known: Required, text: &str, whole: &[Fact]) -> Option<Proposal> {
    let of_text = of_class(whole, Class::Requiredness);
    let mark = &of_text.first()?.key;
    // A text with several marks states conditions.
    let now = match (mark.as_str(), known) {
        _ if of_text.iter().any(|other| other.key != *mark) => return None,
        (REQUIRED, Required::No | Required::Unknown) => "true",
        (OPTIONAL, Required::Unknown) => "false",
        _ => return None,
    };
    let clause = clauses(text).into_iter().find(|clause| {
        let facts = facts(clause.text);
        let [fact] = facts.as_slice() else { return false };
        let rest = words(clause.text).saturating_sub(words(&fact.shown));
        fact.class == Class::Requiredness && fact.key == *mark && rest <= LONGEST
    })?;
    let why = "the description contains the mark";
    Some(Proposal { key: "required", now: Value::Text(now.to_owned()), quote: clause.text.to_owned(), why })
}

/// Signals of a condition, and of the condition that a default always has.
const CONDITIONS: &[&str] = &["时", "当", "若", "如果", "when", "if "];
const ABSENT: &[&str] = &["不填", "不传", "为空", "omitted", "absent", "empty", "not set"];

/// Returns the default that a text states. A value that `is_name` accepts is the name of a field, whose value is meant.
/// `whole` contains the facts of the text.
pub(super) fn default(
    measured: Measured,
    text: &str,
    whole: &[Fact],
    is_name: &dyn Fn(&str) -> bool,
) -> Option<Proposal> {
    let of_text = of_class(whole, Class::Default);
    let [default] = of_text.as_slice() else { return None };
    let value = default.shown.as_str();
    let is_code = value.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    let fits = match measured {
        Measured::Integer => value.parse::<i64>().is_ok(),
        Measured::Decimal => value.parse::<f64>().is_ok_and(f64::is_finite),
        Measured::Text => is_code && !value.is_empty(),
        Measured::List => false,
    };
    let clause = clauses(text).into_iter().find(|clause| {
        let facts = facts(clause.text);
        let [fact] = facts.as_slice() else { return false };
        let contains = |signals: &[&str]| signals.iter().any(|signal| clause.text.contains(signal));
        fact == *default && clause.text.ends_with(value) && (!contains(CONDITIONS) || contains(ABSENT))
    })?;
    let why = "the description states the default";
    let now = Value::Text(value.to_owned());
    (fits && !is_name(value)).then(|| Proposal { key: "default", now, quote: clause.text.to_owned(), why })
}

fn of_class(facts: &[Fact], class: Class) -> Vec<&Fact> {
    facts.iter().filter(|fact| fact.class == class).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(proposal: Option<Proposal>) -> Option<String> {
        let proposal = proposal?;
        let Value::Text(now) = proposal.now else { return None };
        Some(format!("{now} {}", proposal.quote))
    }

    #[test]
    fn marks_alone_in_a_clause_are_found() {
        for (known, text, expected) in [
            (Required::No, "门店编号【必填】", Some("true 必填")),
            (Required::Unknown, "name (required)", Some("true required")),
            (Required::Unknown, "备注，选填", Some("false 选填")),
            (Required::No, "备注，选填", None),
            (Required::Yes, "门店编号【必填】", None),
            (Required::No, "类型为2时必填", None),
            (Required::No, "必填，企业可选填", None),
            (Required::No, "表示商品的必填属性", None),
        ] {
            assert_eq!(shown(required(known, text, &facts(text))).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn defaults_are_single_values() {
        for (measured, text, expected) in [
            (Measured::Integer, "每页数量，默认20", Some("20 默认20")),
            (Measured::Text, "是否去重,默认false", Some("false 默认false")),
            (Measured::Integer, "开始时间，默认当前时间", None),
            (Measured::Integer, "默认20，手机端默认10", None),
            (Measured::List, "默认1", None),
            (Measured::Integer, "省份，domestic为false时默认为0", None),
            (Measured::Text, "品牌名称，不填默认=shop_name", None),
            (Measured::Text, "场景。如不填默认common", Some("common 如不填默认common")),
        ] {
            assert_eq!(
                shown(default(measured, text, &facts(text), &|name| name == "shop_name")).as_deref(),
                expected,
                "{text}"
            );
        }
    }
}
