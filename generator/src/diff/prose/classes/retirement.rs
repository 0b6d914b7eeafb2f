//! Whether the thing goes out of use, or is not in use yet.

use std::sync::LazyLock;

use super::super::fact::{Class, Fact};
use super::super::reading::Reading;
use super::super::words::Words;

/// Meaning of the words that deprecate a thing.
pub(in super::super) const RETIRED: &str = "retired";
/// Meaning of the words for a thing that is not served yet, or not at the moment.
const UNAVAILABLE: &str = "unavailable";

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        ("", &["不建议跨"]),
        (
            RETIRED,
            &[
                "已废弃",
                "即将废弃",
                "废弃",
                "弃用",
                "作废",
                "已下线",
                "即将下线",
                "将下线",
                "逐步下线",
                "后续下线",
                "下线了",
                "[下线]",
                "不再使用",
                "不再支持",
                "不再维护",
                "不再更新",
                "不再返回",
                "不再提供",
                "不再生效",
                "不再有效",
                "不再推荐",
                "不推荐使用",
                "不推荐",
                "不建议使用",
                "请勿使用",
                "停止使用",
                "停止维护",
                "停止服务",
                "停止支持",
                "逐步停用",
                "逐步淘汰",
                "淘汰",
                "已停用",
                "停用",
                "已过期",
                "已失效",
                "已过时",
                "过时",
                "已移除",
                "已删除字段",
                "无效字段",
                "deprecated",
                "deprecation",
                "obsolete",
                "no longer",
                "do not use",
                "don't use",
                "will be removed",
                "to be removed",
                "has been removed",
                "discontinued",
                "retired",
                "phased out",
                "being phased out",
                "sunset",
                "end of life",
                "not recommended",
                "out of use",
                "superseded",
                "legacy",
                "unused",
                "功能已关闭",
            ],
        ),
        (
            UNAVAILABLE,
            &[
                "暂不支持",
                "暂不提供",
                "暂不返回",
                "暂不可用",
                "暂不使用",
                "暂时不支持",
                "暂时不用",
                "暂未支持",
                "暂未开放",
                "暂未使用",
                "暂无返回",
                "暂无使用",
                "暂无",
                "暂不",
                "暂未",
                "预留属性",
                "预留字段",
                "保留字段",
                "预留",
                "尚未支持",
                "尚未开放",
                "尚不支持",
                "not supported yet",
                "not yet supported",
                "not yet available",
                "not available yet",
                "currently not supported",
                "currently unsupported",
                "not implemented",
                "reserved for future",
                "reserved",
                "temporarily unavailable",
                "for future use",
            ],
        ),
    ])
});

/// Signs beside a word of a list of states: `启用、停用`.
const LISTED: &[&str] = &["、", "/", "|"];

pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for found in WORDS.all(reading) {
        let follows = found.range.start.checked_sub(1).is_some_and(|before| reading.is_sign(before, LISTED));
        if follows || reading.is_sign(found.range.end, LISTED) {
            continue;
        }
        reading.take(found.range.clone());
        if !found.meaning.is_empty() {
            facts.push(Fact::new(Class::Retirement, found.meaning, reading.shown(found.range)));
        }
    }
    facts
}
