//! The fixed words of a release note, in both languages.

use super::{Language, Part, chinese};
use crate::diff::Kind;
use crate::diff::report::Subject;
use crate::diff::verdict::Bump;

impl Language {
    /// One of two texts.
    pub(super) const fn pick<'a>(self, english: &'a str, chinese: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }

    /// Title and first sentence of a part.
    pub(super) const fn part(self, part: Part) -> [&'static str; 2] {
        match (self, part) {
            (Self::English, Part::MustUpgrade) => {
                ["Must upgrade", "The vendor changed these, and binaries that run already fail until they are rebuilt:"]
            }
            (Self::English, Part::Breaking) => ["Breaking", "Source that uses these may have to be changed:"],
            (Self::English, Part::Deprecated) => ["Deprecated", ""],
            (Self::English, Part::Added) => ["Added", ""],
            (Self::English, Part::Behaviour) => ["Behaviour", "These compile as before and act differently:"],
            (Self::English, Part::Docs) => ["Documentation", ""],
            (Self::Chinese, Part::MustUpgrade) => ["必须升级", "平台已变更，已在运行的程序重新构建之前会出错："],
            (Self::Chinese, Part::Breaking) => ["不兼容变更", "使用以下内容的源代码可能需要修改："],
            (Self::Chinese, Part::Deprecated) => ["弃用", ""],
            (Self::Chinese, Part::Added) => ["新增", ""],
            (Self::Chinese, Part::Behaviour) => ["行为变更", "以下内容照常编译，但行为不同："],
            (Self::Chinese, Part::Docs) => ["文档", ""],
        }
    }

    /// What happened, in a few words.
    pub(super) const fn what(self, kind: Kind) -> &'static str {
        match self {
            Self::English => kind.what(),
            Self::Chinese => chinese::what(kind),
        }
    }

    /// Between what is named and what is said of it.
    pub(super) const fn colon(self) -> &'static str {
        self.pick(": ", "：")
    }

    pub(super) const fn bump(self, bump: Bump) -> &'static str {
        match self {
            Self::English => bump.word(),
            Self::Chinese => match bump {
                Bump::None => "无",
                Bump::Patch => "修订",
                Bump::Minor => "次版本",
                Bump::Major => "主版本",
            },
        }
    }

    /// Which version the changes ask for.
    pub(super) fn demand(self, bump: Bump, versions: Option<[&str; 2]>) -> String {
        let word = self.bump(bump);
        match (self, bump, versions) {
            (_, Bump::None, _) => self.pick("No new version is needed.", "无需发布新版本。").to_owned(),
            (Self::English, _, Some([old, new])) => format!("Suggested version: {old} → {new} ({word})."),
            (Self::English, _, None) => format!("A {word} version is due."),
            (Self::Chinese, _, Some([old, new])) => format!("建议版本：{old} → {new}（{word}）。"),
            (Self::Chinese, _, None) => format!("需要发布新的{word}。"),
        }
    }

    /// `3 changes of texts, samples and tables in 2 APIs.`
    pub(super) fn docs(self, changes: usize, places: usize) -> String {
        match (self, changes) {
            (Self::English, 1) => "1 change of texts, samples or order.".to_owned(),
            (Self::English, _) => format!("{changes} changes of texts, samples or order in {places} places."),
            (Self::Chinese, _) => format!("{places} 处共 {changes} 项文字、示例或顺序变更。"),
        }
    }

    /// What stands before the name of a subject that is no API.
    pub(super) const fn subject(self, subject: &Subject) -> &'static str {
        match subject {
            Subject::Package => self.pick("package", "包"),
            Subject::Platform(_) => self.pick("platform ", "平台 "),
            Subject::Api { .. } => "",
        }
    }
}
