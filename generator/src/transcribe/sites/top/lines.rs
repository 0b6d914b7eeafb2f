//! Flattened lines put back into place: line numbers dropped, the shift after a list of limits taken back.

use crate::terms::DecimalText;
use crate::transcribe::page::Line;

/// What a line is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text at the left edge, or code.
    Text,
    /// A cell of a child row.
    Cell,
    /// An item of a list of limits, or what follows it.
    Limit,
}

/// A line in its place.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Placed<'a> {
    /// What it is.
    pub(crate) kind: Kind,
    /// The line; its text is without bullet, and without the shift.
    pub(crate) line: Line<'a>,
}

impl<'a> Placed<'a> {
    /// The text without white space.
    pub(crate) fn text(&self) -> &'a str {
        self.line.text.trim()
    }
}

/// Puts all lines in place.
pub(crate) fn place<'a>(lines: &[Line<'a>]) -> Vec<Placed<'a>> {
    let mut placed: Vec<Placed<'a>> = Vec::with_capacity(lines.len());
    let mut shifted = false;
    let mut after_text = false;
    for line in lines {
        let before_shift = line.text.len() - line.text.trim_start_matches(' ').len();
        let starts_list = after_text && before_shift == 2 && bullet(line.text).is_some_and(is_limit);
        let stays = shifted && before_shift == 2;
        let line = match line.text.strip_prefix("    ").filter(|_| shifted) {
            Some(text) => Line { at: line.at + 4, text },
            None => *line,
        };
        shifted |= starts_list;
        placed.push(match bullet(line.text) {
            Some(text) if starts_list || stays => Placed { kind: Kind::Limit, line: within(line, text) },
            Some(text) => Placed { kind: Kind::Cell, line: within(line, text) },
            None => Placed { kind: Kind::Text, line },
        });
        after_text = bullet(line.text).is_none() && !line.text.is_empty();
    }
    placed
}

/// The text behind a bullet, or behind several.
fn bullet(text: &str) -> Option<&str> {
    let inner = text.trim_start().strip_prefix('•')?;
    Some(inner.trim_start_matches(|c: char| c == '•' || c.is_whitespace()).trim_end())
}

fn within<'a>(line: Line<'a>, text: &'a str) -> Line<'a> {
    let at = line.text.find(text).unwrap_or(0);
    Line { at: line.at + at, text }
}

/// One limit of the column "more restrictions".
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Limit<'a> {
    /// The default value.
    Default(&'a str),
    /// Most characters.
    MaxLength(u64),
    /// Most elements.
    MaxItems(u64),
    /// Smallest value.
    Min(&'a str),
    /// Largest value.
    Max(&'a str),
    /// The kinds of files that are accepted.
    FileKinds(&'a str),
}

/// Reads an item of a list of limits.
pub(crate) fn limit(text: &str) -> Option<Limit<'_>> {
    let (word, value) = text.split_once([':', ':'])?;
    let value = value.trim();
    let number = || value.parse().ok();
    match word.trim() {
        "默认值" => Some(Limit::Default(value)),
        "最大长度" => number().map(Limit::MaxLength),
        "最大列表长度" => number().map(Limit::MaxItems),
        "最小值" if DecimalText::read(value).is_some() => Some(Limit::Min(value)),
        "最大值" if DecimalText::read(value).is_some() => Some(Limit::Max(value)),
        "支持的文件类型" => Some(Limit::FileKinds(value)),
        _ => None,
    }
}

fn is_limit(text: &str) -> bool {
    limit(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shift_after_a_list_of_limits_is_taken_back() {
        let texts =
            ["n Number 可选 1", "  • 默认值:0", "  • how many", "    c C 可选", "      • └ tag", "        deep"];
        let lines: Vec<Line<'_>> = texts.iter().map(|text| Line { at: 0, text }).collect();
        let placed: Vec<_> = place(&lines).iter().map(|placed| (placed.kind, placed.line.text)).collect();
        let expected = [
            (Kind::Text, "n Number 可选 1"),
            (Kind::Limit, "默认值:0"),
            (Kind::Limit, "how many"),
            (Kind::Text, "c C 可选"),
            (Kind::Cell, "└ tag"),
            (Kind::Text, "    deep"),
        ];
        assert_eq!(placed, expected);
    }
}
