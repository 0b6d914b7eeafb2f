//! What the words of the site's pages mean.

use std::sync::LazyLock;

use crate::terms::{Column, DecimalText, KnownType, Label, Required, Section, TypeMeaning};
use crate::transcribe::dialect::Dialect;
use crate::transcribe::field::{FILE_KINDS, Field, filled};
pub(crate) use crate::transcribe::row::is_name;

/// The words of the site.
static WORDS: LazyLock<Dialect> = LazyLock::new(|| Dialect::only(include_str!("words.yaml")));

/// Maximum bytes of the words of each kind, and more than any has: longer texts need not be looked up.
const MARK: usize = 8;
const HEADER: usize = 16;
const HEADING: usize = 24;

/// A text that may be a word: few are, and most texts can be told apart from them at once.
fn word(text: &str, longest: usize) -> Option<&str> {
    let text = text.trim();
    let is_short = text.len() <= longest && (!text.is_ascii() || text == "FAQ");
    let first = text.chars().next().filter(|_| is_short)?;
    WORDS.may_begin(first.to_ascii_lowercase()).then_some(text)
}

/// A part of a page.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Common,
    Request,
    Response,
    RequestSample,
    ResponseSample,
    /// The sample of a failure.
    Failure,
    Errors,
    /// What pages end with, below the last table.
    End,
}

/// The part that a heading opens.
pub(super) fn heading(text: &str) -> Option<Part> {
    let text = word(text, HEADING).filter(|text| !text.ends_with([':', '\u{ff1a}']))?;
    Some(match WORDS.heading(text)? {
        Section::Common => Part::Common,
        Section::Request => Part::Request,
        Section::Response => Part::Response,
        Section::Sample if text.starts_with("请求") => Part::RequestSample,
        Section::Sample => Part::ResponseSample,
        Section::Errors => Part::Errors,
        Section::End => Part::End,
        _ => Part::Failure,
    })
}

/// The columns that the cells of a header announce. `None` if one of them is not a header.
pub(super) fn columns<'c>(cells: impl Iterator<Item = &'c str>) -> Option<Vec<Column>> {
    cells.map(|cell| WORDS.column(word(cell, HEADER)?)).collect()
}

/// The mark that a word is.
pub(crate) fn mark(text: &str) -> Option<Required> {
    WORDS.required(word(text, MARK)?)
}

/// Whether a text is what pages write in place of an empty table.
pub(super) fn is_nothing(text: &str) -> bool {
    word(text, HEADER).is_some_and(|text| WORDS.is_empty(text))
}

/// Whether a cell can be a type: a word, perhaps with `[]`.
pub(crate) fn is_type(cell: &str) -> bool {
    let word = cell.trim_end_matches(['[', ']', ' ']);
    word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$'))
}

/// Whether a word in the column of types is that of a single value, and of nothing that could have members.
pub(crate) fn is_value(word: &str) -> bool {
    let base = word.trim_end_matches("[]");
    match KnownType::of(base) {
        Some(KnownType::Value(meaning)) => {
            !matches!(meaning, TypeMeaning::Json | TypeMeaning::Map) && !KnownType::is_noun(base)
        }
        // The names of other parameters.
        None => matches!(base, "Field" | "FieldList"),
        _ => false,
    }
}

/// The type as transcripts write it.
pub(crate) fn type_word(cell: &str) -> String {
    cell.replace(" []", "[]")
}

/// One limit of the column "more restrictions".
#[derive(Copy, Clone, Debug)]
pub(crate) struct Limit<'a> {
    /// What it limits. `None` for the kinds of files that are accepted.
    label: Option<Label>,
    value: &'a str,
}

impl Limit<'_> {
    /// Gives a field the limit. Kinds of files go behind the description.
    pub(crate) fn set(self, field: &mut Field) {
        let Self { label, value } = self;
        match label {
            None => field.accept_files(value),
            Some(Label::Default) => field.default = filled(value).or(field.default.take()),
            Some(Label::MaxLength) => field.max_length = value.parse().ok(),
            Some(Label::MaxItems) => field.max_items = value.parse().ok(),
            Some(Label::Min) => field.min = Some(value.to_owned()),
            Some(Label::Max) => field.max = Some(value.to_owned()),
            Some(Label::Example) => {}
        }
    }
}

/// Reads a limit.
pub(crate) fn limit(text: &str) -> Option<Limit<'_>> {
    let (label, value) = labelled(text)?;
    let is_value = match label {
        None | Some(Label::Default) => true,
        Some(Label::MaxLength | Label::MaxItems) => value.parse::<u64>().is_ok(),
        Some(Label::Min | Label::Max) => DecimalText::read(value).is_some(),
        Some(Label::Example) => false,
    };
    is_value.then_some(Limit { label, value })
}

/// Splits a text that begins with the word of a limit. The word for kinds of files has no label: specs have no fact for them.
fn labelled(text: &str) -> Option<(Option<Label>, &str)> {
    let (before, value) = text.split_once(':')?;
    let label = WORDS.label(word(before, HEADING)?);
    (label.is_some() || before.trim() == FILE_KINDS).then(|| (label, value.trim()))
}

/// Returns the limits of a cell, and the text in it that is not a limit.
pub(super) fn limits(cell: &str) -> (Vec<Limit<'_>>, Option<&str>) {
    let (mut found, mut unread) = (Vec::new(), None);
    for line in cell.lines() {
        let mut rest = line.trim();
        while !rest.is_empty() {
            let starts = rest.match_indices(char::is_whitespace).map(|(at, sign)| at + sign.len());
            let is_start = |at: &usize| rest.get(*at..).and_then(labelled).is_some();
            let end = starts.into_iter().find(is_start).unwrap_or(rest.len());
            let (one, more) = rest.split_at_checked(end).unwrap_or((rest, ""));
            match limit(one.trim()) {
                Some(limit) => found.push(limit),
                None => unread = unread.or(Some(one.trim())),
            }
            rest = more;
        }
    }
    (found, unread)
}
