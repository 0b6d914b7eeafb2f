//! Finds facts in the vendor's prose that no structured key records: numbers, limits, units, marks, value lists.
//!
//! A page that turns "at most 100" into "at most 50" changes its API, and only the prose shows it. A change of text that
//! changes no fact is wording; one that changes a fact is suspect, unless a structured key of the same field changed
//! accordingly.

mod fact;
mod facts;
mod labels;
mod marked;
mod tokens;

pub use marked::{Marked, Piece, marked};

use super::{Change, Kind};
use fact::{Class, Fact};
use facts::facts;

/// The classification of a changed text.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Finding {
    /// Wording.
    Words,
    /// A fact changed that no structured key records.
    Suspect,
    /// The new text mentions a deprecation.
    Deprecated,
    /// The new text no longer mentions a deprecation.
    Undeprecated,
}

/// Classifies a change of text. `told` contains the structural changes of the same field.
pub(super) fn judge(old: Option<&str>, new: Option<&str>, told: &[Change]) -> Finding {
    let (old, new) = (facts(old.unwrap_or_default()), facts(new.unwrap_or_default()));
    let gone = without(&old, &new);
    let fresh = without(&new, &old);
    let untold: Vec<&Fact> = gone.into_iter().chain(fresh).filter(|fact| !is_told(fact, told)).collect();
    let speaks = |facts: &[Fact]| facts.iter().any(|fact| fact.class == Class::Deprecation);
    let deprecation = untold.iter().any(|fact| fact.class == Class::Deprecation);
    match (speaks(&old), speaks(&new)) {
        (false, true) if deprecation => Finding::Deprecated,
        (true, false) if deprecation => Finding::Undeprecated,
        _ if untold.is_empty() => Finding::Words,
        _ => Finding::Suspect,
    }
}

/// Returns the facts of one text that the other lacks or has less often.
fn without<'f>(facts: &'f [Fact], others: &[Fact]) -> Vec<&'f Fact> {
    let mut others: Vec<&Fact> = others.iter().collect();
    let mut left = Vec::new();
    for fact in facts {
        match others.iter().position(|other| *other == fact) {
            Some(at) => drop(others.swap_remove(at)),
            None => left.push(fact),
        }
    }
    left
}

/// Returns whether a structural change of the same field covers the fact.
fn is_told(fact: &Fact, told: &[Change]) -> bool {
    told.iter().any(|change| match fact.class {
        Class::Number | Class::Name => values(change).any(|value| value == fact.text),
        Class::Required => is_required(change.kind),
        Class::Default => is_default(change.kind),
        Class::Limit => is_limit(change.kind),
        Class::Deprecation => is_deprecation(change.kind),
        Class::Unit | Class::Encryption | Class::Choice => false,
    })
}

/// Returns the words of both values.
fn values(change: &Change) -> impl Iterator<Item = &str> {
    let texts = [change.old.as_deref(), change.new.as_deref()].into_iter().flatten();
    texts.chain(change.path.last_key()).flat_map(|text| text.split([' ', ',']))
}

fn is_required(kind: Kind) -> bool {
    matches!(kind, Kind::ReqOptionalToRequired | Kind::ReqRequiredToOptional | Kind::ReqRequiredUnknown)
}

fn is_default(kind: Kind) -> bool {
    matches!(kind, Kind::ReqDefaultAdded | Kind::ReqDefaultChanged | Kind::ReqDefaultRemoved | Kind::RespDefault)
}

fn is_limit(kind: Kind) -> bool {
    let request = matches!(
        kind,
        Kind::ReqLenTightened
            | Kind::ReqLenLoosened
            | Kind::ReqRangeTightened
            | Kind::ReqRangeLoosened
            | Kind::ReqItemsTightened
            | Kind::ReqItemsLoosened
    );
    request || kind == Kind::RespLimits
}

fn is_deprecation(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::ReqDeprecated
            | Kind::ReqUndeprecated
            | Kind::RespDeprecated
            | Kind::RespUndeprecated
            | Kind::ApiDeprecated
            | Kind::ApiUndeprecated
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn says(old: &str, new: &str) -> Finding {
        judge(Some(old), Some(new), &[])
    }

    #[test]
    fn facts_in_prose_are_found() {
        for (old, new) in [
            ("每页数量,最大值100", "每页数量,最大值50"),
            ("有效期,默认14天", "有效期,默认7天"),
            ("1:大包装 2:小包装", "1:大包装 2:小包装 3:散装"),
            ("状态,可选值:OPEN、CLOSED", "状态,可选值:OPEN、CLOSED、FROZEN"),
            ("时间戳,单位秒", "时间戳,单位毫秒"),
            ("金额(元)", "金额(分)"),
            ("手机号", "手机号,必填"),
            ("手机号,必填", "手机号,非必填"),
            ("身份证号", "身份证号,加密"),
            ("The carrier's note", "The carrier's note, required"),
            ("Page size", "Page size, at most 50"),
            ("Weight in kg", "Weight in g"),
            ("Ids, at most 20", "Ids, up to twenty"),
            ("a或b", "a和b二选一"),
            ("1:大包装 2:小包装", "1:小包装 2:大包装"),
            ("0女,1男;pos端传1", "0女,1男;pos端传0"),
        ] {
            assert_eq!(says(old, new), Finding::Suspect, "{old} / {new}");
            assert_eq!(says(new, old), Finding::Suspect, "{new} / {old}");
        }
    }

    #[test]
    fn wording_is_no_fact() {
        for (old, new) in [
            ("顾客的名称", "顾客名称"),
            ("每页数量,最大值100", "每页的数量,最大值100。"),
            ("The customer's name", "Name of the customer"),
            ("单价:元", "单价：元"),
            ("１００以内", "100以内"),
            ("Sends a crate", "Send a crate."),
            ("地分局", "地方分局"),
        ] {
            assert_eq!(says(old, new), Finding::Words, "{old} / {new}");
        }
    }

    #[test]
    fn deprecation_in_words_is_found() {
        for text in
            ["顾客等级(已废弃)", "该字段已下线", "不再使用,请用level", "Deprecated: use level", "no longer used"]
        {
            assert_eq!(says("顾客等级", text), Finding::Deprecated, "{text}");
            assert_eq!(says(text, "顾客等级"), Finding::Undeprecated, "{text}");
        }
        assert_eq!(says("订单是否下线支付", "订单是否为线下支付"), Finding::Words);
    }

    #[test]
    fn what_a_key_tells_is_not_suspect() {
        use crate::source::SpecPath;
        let text = |text: &str| Some(text.to_owned());
        let told = [Change::new(Kind::ReqItemsTightened, SpecPath::root(), text("100"), text("50"))];
        assert_eq!(judge(Some("最多100个"), Some("最多50个"), &told), Finding::Words);
        assert_eq!(judge(Some("最多100个"), Some("最多50个,必填"), &told), Finding::Suspect);
        let told = [Change::new(Kind::ReqOptionalToRequired, SpecPath::root(), text("false"), text("true"))];
        assert_eq!(judge(Some("名称"), Some("名称,必填"), &told), Finding::Words);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_two_texts_can_be_judged_and_shown(
            old in "([ -~]|[最大必填默认0-9,。；\n]|\\PC){0,60}",
            new in "([ -~]|[最大必填默认0-9,。；\n]|\\PC){0,60}",
        ) {
            prop_assert_eq!(says(&old, &old), Finding::Words);
            let forth = says(&old, &new);
            let back = match says(&new, &old) {
                Finding::Deprecated => Finding::Undeprecated,
                Finding::Undeprecated => Finding::Deprecated,
                same => same,
            };
            prop_assert_eq!(forth, back);
            let marked = marked(&old, &new);
            for (pieces, text) in [(&marked.old, &old), (&marked.new, &new)] {
                let shown: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
                prop_assert!(pieces.iter().all(|piece| !piece.text.is_empty()));
                let mut rest = text.chars();
                prop_assert!(shown.chars().all(|c| rest.any(|other| other == c)), "{shown:?} is not in {text:?}");
            }
        }
    }
}
