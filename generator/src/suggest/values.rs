//! Sets of documented values: `1:男,2:女`, `open, closed`.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase as _;

use crate::diff::prose::{Class, Fact, facts};
use crate::names::Identifier;
use crate::spec::{Entries, ValueSpec};

use super::clauses::{joints, words};
use super::{Proposal, Value};

/// Maximum size of a quote in bytes. A longer list is rather a table.
const LONGEST_QUOTE: usize = 1_000;

/// Maximum words of a quote apart from the list: `以及`.
const STRAY: usize = 2;

/// Words between a value and its meaning, and between values.
const LINKS: &[&str] = &["表示", "代表", "分别", "means", " for ", " or ", " and ", "或者", "以及"];

/// Starts of meanings of values that are only the start of the real values.
const PREFIXES: &[&str] = &["开头"];

/// Words in texts about fields that hold several values, or members of an object, in lower case.
const SEVERAL: &[&str] =
    &["分隔", "分割", "分开", "隔开", "逗号", "多选", "多个", "json", "separated", "comma", "multiple"];

/// What can precede a list of values without meanings, in lower case.
const CUES: &[&str] = &[
    ":",
    "：",
    "(",
    "（",
    "[",
    "【",
    "可选值",
    "取值",
    "取值为",
    "枚举",
    "枚举值",
    "values",
    "value",
    "one of",
    "either",
];

/// Name of the variant for values that the page does not list.
const UNKNOWN: &str = "Unknown";

/// English names of meanings that many pages have.
const NAMES: &[(&str, &str)] = &[
    ("是", "Yes"),
    ("否", "No"),
    ("男", "Male"),
    ("女", "Female"),
    ("男性", "Male"),
    ("女性", "Female"),
    ("未知", "NotKnown"),
    ("保密", "Secret"),
    ("其他", "Other"),
    ("其它", "Other"),
    ("全部", "All"),
    ("所有", "All"),
    ("无", "Absent"),
    ("有", "Present"),
    ("成功", "Success"),
    ("失败", "Failure"),
    ("正常", "Normal"),
    ("异常", "Abnormal"),
    ("有效", "Valid"),
    ("无效", "Invalid"),
    ("启用", "Enabled"),
    ("禁用", "Disabled"),
    ("停用", "Disabled"),
    ("开启", "On"),
    ("关闭", "Off"),
    ("升序", "Ascending"),
    ("降序", "Descending"),
];

/// Returns the set of values that a text lists for a field with numbers or texts. `whole` contains the facts of the text.
pub(super) fn read(is_number: bool, text: &str, whole: &[Fact]) -> Option<Proposal> {
    let listed = of_values(whole);
    let (labelled, bare): (Vec<&String>, Vec<&String>) = listed.iter().partition(|value| value.contains('='));
    let is_labelled = labelled.len() > 1;
    if listed.len() < 2 || is_labelled == (labelled.len() < listed.len()) {
        return None;
    }
    let pairs: Vec<(&str, &str)> = match is_labelled {
        true => labelled.iter().filter_map(|value| value.split_once('=')).collect(),
        false => bare.iter().map(|value| (value.as_str(), "")).collect(),
    };
    let is_set = if is_number { pairs.iter().all(is_integer) } else { is_labelled || pairs.iter().all(is_code) };
    if !is_set || pairs.iter().any(|(_, meaning)| PREFIXES.iter().any(|word| meaning.starts_with(word))) {
        return None;
    }
    let quote = quote(text, &listed).filter(|quote| quote.len() <= LONGEST_QUOTE && lists_only(quote, &pairs))?;
    let is_complete = if is_labelled { !has_numbers(whole) } else { is_announced(text, quote) };
    let is_several = SEVERAL.iter().any(|word| text.to_lowercase().contains(word));
    if !is_complete || is_several || is_partial(text, quote) {
        return None;
    }
    let why = "the description lists the values";
    Some(Proposal { key: "values", now: Value::Values(named(&pairs)?), quote: quote.to_owned(), why })
}

/// Whether a quote contains nothing but the values, their meanings, and words that link them.
fn lists_only(quote: &str, pairs: &[(&str, &str)]) -> bool {
    let plain = LINKS.iter().fold(quote.to_owned(), |text, link| text.replace(link, " "));
    let meant = |text: &str| words(&LINKS.iter().fold(text.to_owned(), |text, link| text.replace(link, " ")));
    let listed: usize = pairs.iter().map(|(code, meaning)| words(code.trim_start_matches('-')) + meant(meaning)).sum();
    words(&plain) <= listed + STRAY
}

/// Whether a text has numbers that are not values: the values may be others, as in `待付款1 已付款2`.
fn has_numbers(whole: &[Fact]) -> bool {
    whole.iter().any(|fact| fact.class == Class::Number)
}

/// Whether the first value is the end of a longer one: `排序_des`.
fn is_partial(text: &str, quote: &str) -> bool {
    let before = text.split_once(quote).and_then(|(before, _)| before.chars().next_back());
    before.is_some_and(|c| c == '_' || c.is_ascii_alphanumeric())
}

/// Whether signs or words before a list announce it, and no text continues its last value.
fn is_announced(text: &str, quote: &str) -> bool {
    let Some((before, after)) = text.split_once(quote) else { return false };
    let before = before.trim_end().to_lowercase();
    // `country/region` alone is a title.
    let is_start = before.is_empty() && !quote.contains(|c: char| c.is_ascii_lowercase())
        || CUES.iter().any(|cue| before.ends_with(cue));
    is_start && !after.trim_start().starts_with(char::is_alphanumeric)
}

/// Returns the documented values of a text, with their meanings if it has them: `1=男`.
fn listed(text: &str) -> Vec<String> {
    of_values(&facts(text))
}

fn of_values(facts: &[Fact]) -> Vec<String> {
    facts.iter().filter(|fact| fact.class == Class::Value).map(|fact| fact.shown.clone()).collect()
}

fn is_integer((code, _): &(&str, &str)) -> bool {
    code.parse::<i64>().is_ok_and(|number| number.to_string() == *code)
}

/// A code is in one letter case: `America/Los_Angeles` is not a list of codes.
fn is_code((code, _): &(&str, &str)) -> bool {
    let has = |is: fn(&char) -> bool| code.chars().any(|c| is(&c));
    let is_mixed = has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase);
    code.len() > 1 && !is_mixed && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Returns the shortest part of a text that lists the same values.
fn quote<'t>(text: &'t str, wanted: &[String]) -> Option<&'t str> {
    let joints = joints(text);
    let lists = |from: usize, to: usize| text.get(from..to).is_some_and(|part| listed(part) == wanted);
    let mut end = text.len();
    for joint in joints.iter().rev() {
        if !lists(0, *joint) {
            break;
        }
        end = *joint;
    }
    let mut start = 0;
    for joint in joints.iter().take_while(|joint| **joint < end) {
        if !lists(*joint, end) {
            break;
        }
        start = *joint;
    }
    let quote = text.get(start..end)?.trim();
    // `状态1未确认`: a label without a sign behind it.
    let code = wanted.first().and_then(|value| value.split('=').next()).unwrap_or_default();
    let shorter = quote.find(code).and_then(|at| quote.get(at..)).filter(|quote| listed(quote) == wanted);
    Some(shorter.unwrap_or(quote)).filter(|quote| listed(quote) == wanted)
}

/// Gives each value a name: that of its meaning, or else of the value itself. Returns `None` if a value occurs twice.
fn named(pairs: &[(&str, &str)]) -> Option<Entries<ValueSpec>> {
    let known: BTreeMap<&str, &str> = NAMES.iter().copied().collect();
    let mut taken = BTreeSet::from([UNKNOWN.to_owned()]);
    let mut values = Entries::new();
    for (code, meaning) in pairs {
        let of_meaning = known.get(meaning).map(|name| (*name).to_owned()).or_else(|| latin(meaning));
        let names = [of_meaning, latin(code), Some(format!("Value{}", code.replace('-', "Minus")))];
        let name = names.into_iter().flatten().find(|name| Identifier::new(name).is_some() && !taken.contains(name))?;
        taken.insert(name.clone());
        let doc = Some((*meaning).to_owned()).filter(|meaning| !meaning.is_empty());
        if values.insert(*code, ValueSpec { name, doc }).is_some() {
            return None;
        }
    }
    Some(values)
}

/// Returns the name of a Latin word or phrase.
fn latin(text: &str) -> Option<String> {
    let is_latin = text.chars().all(|c| c.is_ascii_alphanumeric() || "_- ".contains(c));
    let name = text.to_upper_camel_case();
    (is_latin && name.len() <= 40 && name.starts_with(|c: char| c.is_ascii_uppercase())).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values with their names, and the quote.
    fn found(is_number: bool, text: &str) -> Option<(String, String)> {
        let proposal = read(is_number, text, &facts(text))?;
        let Value::Values(values) = proposal.now else { return None };
        let values: Vec<String> = values.iter().map(|(code, value)| format!("{code} {}", value.name)).collect();
        Some((values.join(", "), proposal.quote))
    }

    #[test]
    fn sets_are_found_with_the_part_that_lists_them() {
        for (is_number, text, values, quote) in [
            (true, "性别 0女 1男,2其他", "0 Female, 1 Male, 2 Other", "0女 1男,2其他"),
            (
                false,
                "外部类型: wechat:微信openId alipay:支付宝",
                "wechat Wechat, alipay Alipay",
                "wechat:微信openId alipay:支付宝",
            ),
            (false, "性别,MALE:男 FEMALE:女,空值传null", "MALE Male, FEMALE Female", "MALE:男 FEMALE:女"),
            (true, "确认状态1未确认2已确认", "1 Value1, 2 Value2", "1未确认2已确认"),
            (false, "文件类型。可选值: PDF, OFD。电票时必传。", "PDF Pdf, OFD Ofd", "PDF, OFD"),
            (true, "状态(1:待发货, 2:已发货)。必填", "1 Value1, 2 Value2", "1:待发货, 2:已发货"),
        ] {
            assert_eq!(found(is_number, text), Some((values.to_owned(), quote.to_owned())), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_set_is_left_alone() {
        for (is_number, text) in [
            (true, "Y:是, N:否"),
            (true, "1:是"),
            (true, "数量，最多10个"),
            (false, "支持待付款、已付款"),
            (false, "例如：1:男, 2:女"),
            (true, "待确认订单2 , 退款中订单4 , 已发货12 关闭20 交易成功21"),
            (false, "当不入参special_id、relation_id、external_id时,展示佣金率"),
            (false, "企业【注意:该入参是ref_ent_id,并不是ent_id】"),
            (false, "CASH 现金,FACE_PAY_QR 支付宝,PRIZE 抽奖,FACE_PAY 人脸"),
            (false, "时间,format: yyyy-MM-dd .Timezone:America/Los_Angeles"),
            (false, "country/region"),
            (false, "排序_des(降序),asc(升序)"),
            (false, "渠道 H:飞猪 O:钉钉，多个用逗号分开"),
            (false, "名称,执照类型1(身份证):身份证姓名;执照类型2(护照):护照姓名"),
            (false, "0非入网;1开头代表入网企业;200代表其他企业"),
        ] {
            assert_eq!(found(is_number, text), None, "{text}");
        }
    }
}
