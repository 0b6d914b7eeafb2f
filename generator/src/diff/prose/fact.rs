//! Facts that a text states, and how they change.

use crate::diagnostic::cut;
use crate::diff::Phrase;

/// What a fact is about.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// A unit of measure.
    Unit,
    /// A number, in digits or words.
    Number,
    /// A documented value, with or without its meaning.
    Value,
    /// Whether a value must be sent, and when.
    Requiredness,
    /// The value that the platform assumes.
    Default,
    /// A format of a value: of dates, separators, encodings, zones, order.
    Format,
    /// A bound or a comparison.
    Comparison,
    /// Something that is ruled out.
    Negation,
    /// One value, or several.
    Multiplicity,
    /// Encryption and masking.
    Secrecy,
    /// Who may use the thing.
    Access,
    /// Whether the thing goes out of use.
    Retirement,
}

impl Class {
    /// Returns the name of the class in English and in Chinese.
    const fn names(self) -> [&'static str; 2] {
        match self {
            Self::Unit => ["unit", "单位"],
            Self::Number => ["number", "数字"],
            Self::Value => ["value", "取值"],
            Self::Requiredness => ["requiredness", "必填条件"],
            Self::Default => ["default", "默认值"],
            Self::Format => ["format", "格式"],
            Self::Comparison => ["comparison", "比较条件"],
            Self::Negation => ["negation", "否定"],
            Self::Multiplicity => ["multiplicity", "单个或多个"],
            Self::Secrecy => ["secrecy", "加密或脱敏"],
            Self::Access => ["access", "使用权限"],
            Self::Retirement => ["retirement", "停用"],
        }
    }
}

/// A fact in a text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Fact {
    pub(crate) class: Class,
    /// The fact without its spelling: equal facts have equal keys.
    pub(crate) key: String,
    /// The fact as the text spells it. Empty if it does not matter whether it appears or disappears.
    pub(crate) shown: String,
}

impl Fact {
    pub(super) fn new(class: Class, key: impl Into<String>, shown: impl Into<String>) -> Self {
        Self { class, key: key.into(), shown: shown.into() }
    }
}

/// Maximum spellings that a sentence shows per side. A list of values can have hundreds.
const SHOWN: usize = 4;

/// The facts of one class that differ between two texts, as the texts spell them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FactChange {
    /// What the facts are about.
    pub class: Class,
    /// Facts that only the old text states.
    pub old: Vec<String>,
    /// Facts that only the new text states.
    pub new: Vec<String>,
}

impl FactChange {
    /// Returns the name of the class.
    pub(in crate::diff) fn class_name(&self) -> &'static str {
        let [name, _] = self.class.names();
        name
    }

    /// Describes the change: `unit: 分 → 元`.
    pub fn phrase(&self) -> Phrase {
        self.sentence(self.class_name(), [": ", " → ", ", ", " added: ", " removed: "])
    }

    /// Describes the change in Chinese.
    pub fn phrase_chinese(&self) -> Phrase {
        let [_, name] = self.class.names();
        self.sentence(name, ["：", " → ", "、", "新增：", "移除："])
    }

    fn sentence(&self, name: &str, [changed, arrow, comma, added, removed]: [&str; 5]) -> Phrase {
        let phrase = Phrase::new(name);
        match (self.old.is_empty(), self.new.is_empty()) {
            (true, _) => listed(phrase.words(added), &self.new, comma),
            (_, true) => listed(phrase.words(removed), &self.old, comma),
            _ => listed(listed(phrase.words(changed), &self.old, comma).words(arrow), &self.new, comma),
        }
    }
}

fn listed(phrase: Phrase, spellings: &[String], comma: &str) -> Phrase {
    let shown = spellings.iter().take(SHOWN).enumerate().fold(phrase, |phrase, (index, spelling)| {
        let phrase = if index > 0 { phrase.words(comma) } else { phrase };
        phrase.code(&cut(spelling))
    });
    if spellings.len() > SHOWN { shown.words(", …") } else { shown }
}
