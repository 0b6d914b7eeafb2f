//! The fixed words of a release note, in both languages.

use super::{Language, Part};
use crate::diff::Kind;
use crate::diff::report::Subject;
use crate::diff::verdict::Bump;

impl Language {
    /// Picks the text in this language.
    pub(super) const fn pick<'a>(self, english: &'a str, chinese: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }

    /// Returns the title and the introduction of a part.
    pub(super) const fn part(self, part: Part) -> [&'static str; 2] {
        match (self, part) {
            (Self::English, Part::MustUpgrade) => [
                "Must upgrade",
                "The vendor changed these; binaries built against the old version fail until they are rebuilt:",
            ],
            (Self::English, Part::Breaking) => ["Breaking", "Code that uses these may need changes:"],
            (Self::English, Part::Removed) => {
                ["Removed", "The vendor no longer documents these; code that uses them needs another way:"]
            }
            (Self::English, Part::Deprecated) => ["Deprecated", ""],
            (Self::English, Part::Added) => ["Added", ""],
            (Self::English, Part::Behaviour) => ["Behaviour", "These still compile, but behave differently:"],
            (Self::English, Part::Docs) => ["Documentation", ""],
            (Self::Chinese, Part::MustUpgrade) => {
                ["必须升级", "平台方已变更以下内容，用旧版本构建的程序会出错，必须升级并重新构建："]
            }
            (Self::Chinese, Part::Breaking) => ["不兼容变更", "使用以下内容的代码可能需要修改："],
            (Self::Chinese, Part::Removed) => {
                ["移除", "平台方文档已不再包含以下内容，使用它们的代码需要改用其他方式："]
            }
            (Self::Chinese, Part::Deprecated) => ["弃用", ""],
            (Self::Chinese, Part::Added) => ["新增", ""],
            (Self::Chinese, Part::Behaviour) => ["行为变更", "以下内容仍可正常编译，但行为有变化："],
            (Self::Chinese, Part::Docs) => ["文档", ""],
        }
    }

    /// Returns the short title of a change.
    pub(super) const fn what(self, kind: Kind) -> &'static str {
        match self {
            Self::English => kind.what(),
            Self::Chinese => kind.what_chinese(),
        }
    }

    /// Returns the separator between a name and its description.
    pub(super) const fn colon(self) -> &'static str {
        self.pick(": ", "：")
    }

    pub(super) const fn bump(self, bump: Bump) -> &'static str {
        match self {
            Self::English => bump.word(),
            Self::Chinese => match bump {
                Bump::None => "无",
                Bump::Patch => "修订版本",
                Bump::Minor => "次版本",
                Bump::Major => "主版本",
            },
        }
    }

    /// Describes the version that the changes require.
    pub(super) fn demand(self, bump: Bump, versions: Option<[&str; 2]>) -> String {
        let word = self.bump(bump);
        match (self, bump, versions) {
            (_, Bump::None, _) => self.pick("No new version is needed.", "无需发布新版本。").to_owned(),
            (Self::English, _, Some([old, new])) => format!("Suggested version: {old} → {new} ({word})."),
            (Self::English, _, None) => format!("A {word} release is needed."),
            (Self::Chinese, _, Some([old, new])) => format!("建议版本：{old} → {new}（{word}）。"),
            (Self::Chinese, _, None) => format!("需要发布新的{word}。"),
        }
    }

    /// `3 changes to descriptions, samples or order in 2 places.`
    pub(super) fn docs(self, changes: usize, places: usize) -> String {
        match (self, changes) {
            (Self::English, 1) => "1 change to descriptions, samples or order.".to_owned(),
            (Self::English, _) if places == 1 => format!("{changes} changes to descriptions, samples or order."),
            (Self::English, _) => format!("{changes} changes to descriptions, samples or order in {places} places."),
            (Self::Chinese, _) => format!("共 {changes} 项说明文字、示例或顺序变更，涉及 {places} 处。"),
        }
    }

    /// Returns the line after a list that was cut.
    pub(super) fn more(self, left: usize) -> String {
        match self {
            Self::English => format!("… and {left} more (`--all`)"),
            Self::Chinese => format!("……另有 {left} 项（`--all`）"),
        }
    }

    /// Returns the text before the name of a subject that is not an API.
    pub(super) const fn subject(self, subject: &Subject) -> &'static str {
        match subject {
            Subject::Package => self.pick("package", "包"),
            Subject::Platform(_) => self.pick("platform ", "平台 "),
            Subject::Api { .. } => "",
        }
    }
}
