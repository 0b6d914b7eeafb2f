//! Who may use the thing: white lists, permissions, restricted use.

use std::sync::LazyLock;

use super::super::fact::{Class, Fact};
use super::super::reading::Reading;
use super::super::words::Words;
use super::by_words;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        ("white list", &["白名单", "whitelist", "whitelisted", "white list", "allowlist", "allow list", "allowlisted"]),
        (
            "authorization",
            &[
                "需要授权",
                "需授权",
                "须授权",
                "授权后",
                "必须授权",
                "用户授权",
                "授权",
                "authorization",
                "authorized",
                "authorised",
                "authorisation",
            ],
        ),
        (
            "permission",
            &[
                "申请权限",
                "权限",
                "需申请",
                "需要申请",
                "申请开通",
                "申请后",
                "permission",
                "permissions",
                "apply for",
                "联系运营",
                "oauth",
                "scope",
                "on request",
                "privilege",
                "privileges",
            ],
        ),
        ("internal", &["内部使用", "内部专用", "内部接口", "仅内部", "internal use", "internal only", "internally"]),
        (
            "restricted",
            &[
                "仅限",
                "仅对",
                "仅供",
                "只对",
                "只供",
                "仅支持",
                "只支持",
                "仅适用于",
                "只适用于",
                "仅用于",
                "只能",
                "仅能",
                "仅在",
                "定向开放",
                "暂不开放",
                "未开放",
                "only",
                "restricted to",
                "limited to",
                "exclusively",
            ],
        ),
    ])
});

pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Fact> {
    by_words(&WORDS, Class::Access, reading)
}
