//! The fixed vocabularies of the transcript. Each enum lists its words in `WORDS`, in the order of its variants.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

/// The method a page names.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum HttpMethod {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `DELETE`
    Delete,
    /// `PATCH`
    Patch,
}

impl HttpMethod {
    /// The words as written.
    pub const WORDS: &'static [&'static str] = &["GET", "POST", "PUT", "DELETE", "PATCH"];

    const ALL: &'static [Self] = &[Self::Get, Self::Post, Self::Put, Self::Delete, Self::Patch];

    /// The word as written.
    pub fn word(self) -> &'static str {
        word(Self::WORDS, self as usize)
    }

    /// The value that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.word() == word)
    }
}

/// Whether a call needs the session of a user.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SessionNeed {
    /// `none`: none is sent.
    None,
    /// `optional`: sent if there is one.
    Optional,
    /// `required`: the call cannot be made without.
    Required,
}

impl SessionNeed {
    /// The words as written.
    pub const WORDS: &'static [&'static str] = &["none", "optional", "required"];

    const ALL: &'static [Self] = &[Self::None, Self::Optional, Self::Required];

    /// The word as written.
    pub fn word(self) -> &'static str {
        word(Self::WORDS, self as usize)
    }

    /// The value that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.word() == word)
    }
}

/// The form of the page that was read.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// `top-text`: a page of TOP as flattened text, or as copied from a browser.
    TopText,
    /// `top-json`: the answer of TOP's document service.
    TopJson,
    /// `top-pipes`: a page of TOP with its tables as pipes.
    TopPipes,
    /// `top-html`: a saved page of TOP.
    TopHtml,
    /// `nio-cards`: a page of iTNIO with one block for each parameter.
    NioCards,
    /// `nio-table`: a page of iTNIO with tables.
    NioTable,
    /// `nio-pipes`: a page of iTNIO with its tables as pipes.
    NioPipes,
}

impl Layout {
    /// The words as written.
    pub const WORDS: &'static [&'static str] =
        &["top-text", "top-json", "top-pipes", "top-html", "nio-cards", "nio-table", "nio-pipes"];

    /// The word as written.
    pub fn word(self) -> &'static str {
        word(Self::WORDS, self as usize)
    }

    /// The platforms whose pages are read, by the names that their folders have unless people choose others.
    pub const PLATFORMS: &'static [&'static str] = &["top", "nio"];

    /// The platform whose pages have this form, by the name that its folder has unless people choose another.
    pub fn platform(self) -> &'static str {
        match self {
            Self::TopText | Self::TopJson | Self::TopPipes | Self::TopHtml => "top",
            Self::NioCards | Self::NioTable | Self::NioPipes => "nio",
        }
    }
}

/// What a doubt is about. The doubt's `at`, a dot and this word make the path of the fix that settles it.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    /// `nesting`: which object the field belongs to.
    Nesting,
    /// `required`: whether the field must be sent.
    Required,
    /// `type`: the field's type, its being a list included.
    Type,
    /// `name`: the field's or the API's own name.
    Name,
    /// `example`: which text is the example.
    Example,
    /// `description`: which text is the description.
    Description,
    /// `default`: which text is the default.
    Default,
    /// `error`: how a row of the error table splits into code, message and solution.
    Error,
    /// `session`: whether the call needs a session.
    Session,
    /// `sample`: a sample as a whole.
    Sample,
    /// `method`: the HTTP method.
    Method,
    /// `path`: the path below the base URL.
    Path,
}

impl About {
    /// The words as written.
    pub const WORDS: &'static [&'static str] = &[
        "nesting",
        "required",
        "type",
        "name",
        "example",
        "description",
        "default",
        "error",
        "session",
        "sample",
        "method",
        "path",
    ];

    /// The word as written.
    pub fn word(self) -> &'static str {
        word(Self::WORDS, self as usize)
    }
}

/// Why a fact is in doubt.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// `column-empty`: the column that says it is empty, or gone from the page.
    ColumnEmpty,
    /// `cell-lost`: the row has fewer cells than its table, and nothing tells which one is gone.
    CellLost,
    /// `cells-merged`: two cells run into one, and nothing tells where to cut.
    CellsMerged,
    /// `label-missing`: the page does not carry the label that says it.
    LabelMissing,
    /// `sample-missing`: the page has no sample that would settle it, or the sample breaks off before.
    SampleMissing,
    /// `sample-disagrees`: the table and the sample say different things.
    SampleDisagrees,
    /// `sample-only`: it stands in a sample, and the table has no row for it.
    SampleOnly,
    /// `table-only`: it stands in the table, and the sample leaves it out.
    TableOnly,
    /// `ambiguous`: the page can be read in more than one way.
    Ambiguous,
    /// `repeated`: the page says it twice, and differently.
    Repeated,
    /// `repaired`: the page's text was mended to be readable.
    Repaired,
    /// `derived`: it does not stand on the page and was derived from something that does.
    Derived,
    /// `page-cut`: the page breaks off, or has lost the part that would say it.
    PageCut,
}

impl Note {
    /// The words as written.
    pub const WORDS: &'static [&'static str] = &[
        "column-empty",
        "cell-lost",
        "cells-merged",
        "label-missing",
        "sample-missing",
        "sample-disagrees",
        "sample-only",
        "table-only",
        "ambiguous",
        "repeated",
        "repaired",
        "derived",
        "page-cut",
    ];

    /// The word as written.
    pub fn word(self) -> &'static str {
        word(Self::WORDS, self as usize)
    }

    /// The reason as a sentence's end: "… is in doubt: `reason`".
    pub fn reason(self) -> &'static str {
        match self {
            Self::ColumnEmpty => "the column that says it is empty or gone from the page",
            Self::CellLost => "the row has lost a cell, and nothing tells which one",
            Self::CellsMerged => "two cells run into one, and nothing tells where to cut",
            Self::LabelMissing => "the page lacks the label that says it",
            Self::SampleMissing => "no sample on the page settles it",
            Self::SampleDisagrees => "the table and the sample disagree",
            Self::SampleOnly => "it stands in a sample only",
            Self::TableOnly => "it stands in the table, and the sample leaves it out",
            Self::Ambiguous => "the page can be read in more than one way",
            Self::Repeated => "the page says it twice, and differently",
            Self::Repaired => "the page's text was mended to be readable",
            Self::Derived => "it does not stand on the page, and was derived",
            Self::PageCut => "the page has lost the part that says it",
        }
    }
}

fn word(words: &'static [&'static str], index: usize) -> &'static str {
    words.get(index).copied().unwrap_or_default()
}

/// Whether a request must have a field: `required: true`, `required: unknown`, or left out.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Required {
    /// Optional; written by leaving the key out.
    #[default]
    No,
    /// `true`
    Yes,
    /// `unknown`: the page does not say. Always a doubt.
    Unknown,
}

impl Required {
    /// Whether the mark is left out when written.
    pub fn is_no(&self) -> bool {
        *self == Self::No
    }

    /// The mark as a fix names it; nothing if it is left out.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::No => None,
            Self::Yes => Some("true"),
            Self::Unknown => Some("unknown"),
        }
    }

    /// The mark that a fix names.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "true" => Some(Self::Yes),
            "false" => Some(Self::No),
            "unknown" => Some(Self::Unknown),
            _ => None,
        }
    }
}

impl Serialize for Required {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::No => serializer.serialize_bool(false),
            Self::Yes => serializer.serialize_bool(true),
            Self::Unknown => serializer.serialize_str("unknown"),
        }
    }
}

impl<'de> Deserialize<'de> for Required {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RequiredReader)
    }
}

struct RequiredReader;

impl Visitor<'_> for RequiredReader {
    type Value = Required;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, false or unknown")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Required, E> {
        Ok(if value { Required::Yes } else { Required::No })
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Required, E> {
        match value {
            "unknown" => Ok(Required::Unknown),
            _ => Err(E::invalid_value(serde::de::Unexpected::Str(value), &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;

    use super::*;

    fn agree<T: Serialize + DeserializeOwned>(words: &[&str]) {
        for word in words {
            let value: T = serde_yaml::from_str(word).expect(word);
            assert_eq!(serde_yaml::to_string(&value).expect(word).trim(), *word);
        }
        let unknown = serde_yaml::from_str::<T>("no-such-word").err().expect("refused").to_string();
        let listed = unknown.matches('`').count() / 2 - 1;
        assert_eq!(listed, words.len(), "{unknown}");
    }

    #[test]
    fn words_are_those_that_serde_knows() {
        agree::<HttpMethod>(HttpMethod::WORDS);
        agree::<SessionNeed>(SessionNeed::WORDS);
        agree::<Layout>(Layout::WORDS);
        agree::<About>(About::WORDS);
        agree::<Note>(Note::WORDS);
        assert_eq!((About::Sample.word(), Note::PageCut.word()), ("sample", "page-cut"));
        assert!(HttpMethod::WORDS.iter().all(|word| HttpMethod::from_word(word).map(HttpMethod::word) == Some(*word)));
        assert!(
            SessionNeed::WORDS.iter().all(|word| SessionNeed::from_word(word).map(SessionNeed::word) == Some(*word))
        );
    }

    #[test]
    fn required_has_three_marks() {
        let read = |text: &str| serde_yaml::from_str::<Required>(text).ok();
        assert_eq!(
            ["true", "false", "unknown"].map(read),
            [Some(Required::Yes), Some(Required::No), Some(Required::Unknown)]
        );
        assert_eq!(["'true'", "maybe", "1", "~"].map(read), [None; 4]);
        for mark in [Required::Yes, Required::Unknown] {
            assert_eq!(mark.word().and_then(Required::from_word), Some(mark));
        }
    }
}
