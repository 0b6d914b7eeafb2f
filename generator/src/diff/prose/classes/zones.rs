//! Time zones.

use std::sync::LazyLock;

use super::super::fact::{Class, Fact};
use super::super::reading::Reading;
use super::super::words::Words;
use super::by_words;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        (
            "gmt+8",
            &["北京时间", "东八区", "gmt+8", "gmt +8", "gmt+08:00", "utc+8", "utc +8", "beijing time", "china time"],
        ),
        ("utc", &["utc时间", "格林威治时间", "格林尼治时间", "零时区", "utc", "gmt", "zulu"]),
        ("local", &["当地时间", "本地时间", "local time", "当地时区", "local timezone"]),
    ])
});

pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Fact> {
    by_words(&WORDS, Class::Format, reading)
}
