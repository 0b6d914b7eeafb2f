//! Formats of values: dates, encodings, separators, sort order.

use std::sync::LazyLock;

use super::super::fact::{Class, Fact};
use super::super::reading::{Kind, Reading};
use super::super::words::Words;
use super::by_words;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        ("timestamp", &["时间戳", "timestamp", "unix time", "epoch"]),
        ("without time", &["没有时分秒", "不含时分秒", "不带时分秒", "无时分秒", "date only", "without time"]),
        ("iso 8601", &["iso8601", "iso 8601", "iso-8601", "rfc3339", "rfc 3339"]),
        ("json array", &["json数组", "json array", "json list"]),
        ("json", &["json", "jsonobject", "json字符串", "json串"]),
        ("xml", &["xml"]),
        ("csv", &["csv"]),
        ("base64", &["base64", "base 64"]),
        ("zip", &["zip", "gzip", "压缩"]),
        ("hex", &["十六进制", "16进制", "hex", "hexadecimal"]),
        ("utf-8", &["utf-8", "utf8"]),
        ("gbk", &["gbk", "gb2312"]),
        ("html", &["html", "富文本", "rich text"]),
        ("url encoded", &["urlencode", "url编码", "url encoded", "percent-encoded"]),
        ("ascending", &["升序", "正序", "ascending"]),
        ("descending", &["降序", "倒序", "逆序", "descending"]),
        ("regular expression", &["正则", "regular expression", "regex"]),
        ("upper case", &["大写", "upper case", "uppercase"]),
        ("lower case", &["小写", "lower case", "lowercase"]),
    ])
});

/// Words that make a sign a separator.
static SEPARATION: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[(
        "separated",
        &[
            "分隔",
            "分割",
            "分开",
            "隔开",
            "间隔",
            "拼接",
            "连接",
            "隔离",
            "separated",
            "separate",
            "delimited",
            "split",
            "joined",
            "divided",
            "separator",
            "delimiter",
        ],
    )])
});

static SEPARATORS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        (",", &["逗号", "comma", "commas"]),
        (";", &["分号", "semicolon", "semicolons"]),
        ("|", &["竖线", "pipe", "pipes", "vertical bar", "vertical bars", "|"]),
        (" ", &["空格", "space", "spaces", "blank", "blanks"]),
        ("\n", &["换行", "newline", "newlines", "line break", "line breaks"]),
        ("_", &["下划线", "underscore", "underscores"]),
        ("-", &["中划线", "横线", "hyphen", "hyphens", "dash", "dashes"]),
        (":", &["冒号", "colon", "colons"]),
        ("#", &["井号", "#"]),
        ("/", &["斜杠", "slash", "slashes"]),
        ("tab", &["制表符", "tab", "tabs"]),
    ])
});

/// Maximum tokens between a separator and the word that makes it one.
const NEAR: usize = 8;

pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Fact> {
    let mut facts = patterns(reading);
    facts.extend(separators(reading));
    facts.extend(by_words(&WORDS, Class::Format, reading));
    facts
}

fn patterns(reading: &mut Reading<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for token in reading.tokens.iter_mut().filter(|token| token.kind == Kind::Pattern && !token.taken) {
        token.taken = true;
        let key: String = token.text.to_lowercase().chars().filter(|c| *c != '\'').collect();
        facts.push(Fact::new(Class::Format, key, token.text));
    }
    facts
}

fn separators(reading: &mut Reading<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for found in SEPARATION.all(reading) {
        let near = found.range.start.saturating_sub(NEAR)..(found.range.end + NEAR).min(reading.len());
        // Before the word in Chinese, after it in English.
        let nearest = near.clone().filter_map(|index| SEPARATORS.at(reading, index));
        let nearest = nearest.min_by_key(|separator| separator.range.start.abs_diff(found.range.start));
        let (key, range) = match nearest {
            Some(separator) => (separator.meaning.to_owned(), separator.range),
            None => {
                let is_quoted =
                    |index: &usize| reading.free(*index).is_some_and(|token| token.quoted && token.kind == Kind::Sign);
                let Some(sign) = near.rev().find(is_quoted) else { continue };
                (reading.shown(sign..sign + 1), sign..sign + 1)
            }
        };
        facts.push(Fact::new(Class::Format, format!("separator {key}"), reading.shown(range.clone())));
        reading.take(range);
        reading.take(found.range);
    }
    facts
}
