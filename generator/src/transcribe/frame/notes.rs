//! Facts that a description contains behind a label: examples, defaults and limits.

use crate::terms::{About, Label, Note};
use crate::transcribe::dialect::{Dialect, fold};
use crate::transcribe::field::{Field, filled};

/// Takes the facts that have a label out of a description. A label in the middle of a line leaves open where the fact ends.
pub(super) fn take(field: &mut Field, dialect: &Dialect, is_scalar: bool) {
    let Some(description) = field.description.take() else { return };
    let mut kept: Vec<String> = Vec::new();
    for line in description.lines() {
        let line = line.trim();
        match labelled(line, dialect) {
            Some((label, value)) if set(field, label, value, is_scalar) => {}
            _ => kept.push(within(field, line, dialect, is_scalar)),
        }
    }
    let text = kept.join("\n");
    field.description = filled(&text);
}

/// Takes the facts of a cell whose header is not known. Returns the lines that are no fact.
pub(super) fn facts(field: &mut Field, cell: &str, dialect: &Dialect, is_scalar: bool) -> String {
    let mut is_fact =
        |line: &&str| labelled(line, dialect).is_some_and(|(label, value)| set(field, label, value, is_scalar));
    cell.lines().map(str::trim).filter(|line| !is_fact(line)).collect::<Vec<_>>().join("\n")
}

/// A line that is one fact: `示例值:12`.
fn labelled<'l>(line: &'l str, dialect: &Dialect) -> Option<(Label, &'l str)> {
    let (label, value) = line.split_once([':', '\u{ff1a}'])?;
    let value = value.trim().trim_end_matches(['。', ';', '\u{ff1b}']);
    // What follows another label is that label's.
    let is_single = !value.contains(['\u{ff0c}', '。', '\u{ff1b}']) && inner(value, dialect).is_none();
    dialect
        .label(label.trim_start_matches(['-', '*', '•', ' ']))
        .filter(|_| is_single && !value.is_empty())
        .map(|label| (label, value))
}

/// Takes facts at the end of a line: `colour of the tag 示例值:red`.
fn within(field: &mut Field, line: &str, dialect: &Dialect, is_scalar: bool) -> String {
    let Some(at) = inner(line, dialect) else { return line.to_owned() };
    let (before, rest) = line.split_at(at);
    let Some((label, value)) = rest.split_once([':', '\u{ff1a}']) else { return line.to_owned() };
    let Some(label) = dialect.label(label) else { return line.to_owned() };
    let more = inner(value, dialect);
    let (value, behind) = value.split_at(more.unwrap_or(value.len()));
    if !set(field, label, value.trim(), is_scalar) {
        return line.to_owned();
    }
    field.doubt(about(label), Note::CellsMerged);
    field.doubt(About::Description, Note::CellsMerged);
    let behind = within(field, behind, dialect, is_scalar);
    [before.trim_end(), behind.trim()].join(" ").trim().to_owned()
}

/// Where the first label within a line begins, behind a blank.
fn inner(line: &str, dialect: &Dialect) -> Option<usize> {
    let colons = line.match_indices([':', '\u{ff1a}']).map(|(at, _)| at);
    colons.take(MOST_COLONS).find_map(|colon| {
        let before = line.get(..colon)?;
        let is_border = |c: char| matches!(c, ' ' | '。' | '\u{a0}');
        let start = before.char_indices().rev().find(|(_, c)| is_border(*c)).map_or(0, |(at, c)| at + c.len_utf8());
        dialect.label(before.get(start..)?).map(|_| start)
    })
}

/// Maximum colons of a line that are looked at: descriptions with lists of values have many.
const MOST_COLONS: usize = 100;

/// Sets a fact that the table has no column for.
fn set(field: &mut Field, label: Label, value: &str, is_scalar: bool) -> bool {
    let text = || Some(unquoted(value)).filter(|text| !text.is_empty() && text.len() <= LONGEST).map(str::to_owned);
    match label {
        Label::Example if field.example.is_none() => field.example = text(),
        Label::Default if field.default.is_none() => field.default = text(),
        Label::MaxLength if field.max_length.is_none() && is_scalar => field.max_length = number(value),
        Label::MaxItems if field.max_items.is_none() => field.max_items = number(value),
        Label::Min if field.min.is_none() => field.min = decimal(value),
        Label::Max if field.max.is_none() => field.max = decimal(value),
        _ => return false,
    }
    match label {
        Label::Example => field.example.is_some(),
        Label::Default => field.default.is_some(),
        Label::MaxLength => field.max_length.is_some(),
        Label::MaxItems => field.max_items.is_some(),
        Label::Min => field.min.is_some(),
        Label::Max => field.max.is_some(),
    }
}

/// Maximum bytes of a value behind a label.
const LONGEST: usize = 2_000;

fn about(label: Label) -> About {
    match label {
        Label::Example => About::Example,
        Label::Default => About::Default,
        _ => About::Type,
    }
}

/// The value without the quotes around it.
fn unquoted(value: &str) -> &str {
    let inner = |open: char, close: char| {
        value.strip_prefix(open)?.strip_suffix(close).filter(|inner| !inner.contains([open, close]))
    };
    inner('"', '"').or_else(|| inner('\u{201c}', '\u{201d}')).or_else(|| inner('`', '`')).unwrap_or(value).trim()
}

/// A number of characters or entries, perhaps with its unit.
pub(super) fn number(text: &str) -> Option<u64> {
    let text = fold(text);
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = text.get(digits.len()..)?;
    let is_unit = ["", "字符", "个字符", "位", "characters", "chars", "字"].contains(&unit);
    digits.parse().ok().filter(|_| is_unit)
}

fn decimal(text: &str) -> Option<String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_decimal = !digits.is_empty()
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    (is_decimal && digits.matches('.').count() <= 1).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(description: &str) -> Field {
        let mut field = Field { description: Some(description.to_owned()), ..Field::default() };
        take(&mut field, &Dialect::new(None), true);
        field
    }

    #[test]
    fn facts_on_lines_of_their_own_are_certain() {
        let field =
            taken("箱子的颜色\n**示例值**:\"red\"\n最大长度:20\n最小值: 1\n默认值:blue".replace("**", "").as_str());
        assert_eq!(
            (field.example.as_deref(), field.default.as_deref(), field.max_length),
            (Some("red"), Some("blue"), Some(20))
        );
        assert_eq!((field.description.as_deref(), field.doubts.len()), (Some("箱子的颜色"), 0));
    }

    #[test]
    fn facts_at_the_end_of_a_line_are_in_doubt() {
        let field = taken("the colour 示例值:red 最大长度:20");
        assert_eq!(
            (field.example.as_deref(), field.max_length, field.description.as_deref()),
            (Some("red"), Some(20), Some("the colour"))
        );
        assert_eq!(field.doubts.len(), 3);
        let other = taken("one of: a, b; 示例见下, see https://example.org/a");
        assert_eq!(other.description.as_deref(), Some("one of: a, b; 示例见下, see https://example.org/a"));
    }
}
