//! Flattened lines put back into place: line numbers dropped, the shift after a list of limits taken back.

use super::words::limit;
use crate::transcribe::page::Line;
use crate::transcribe::page::block::{Block, Kind, List};

/// The depth of text at the left edge, and of code.
pub(super) const EDGE: usize = 0;
/// The depth of a list that is a cell of a child row.
pub(super) const CELL: usize = 1;
/// The depth of a list that is a limit, or what follows it.
pub(super) const LIMIT: usize = 2;

/// How deep a block is.
pub(super) fn depth(block: &Block) -> usize {
    if let Kind::List(list) = &block.kind { list.depth } else { EDGE }
}

/// Puts all lines in place: those with a bullet are lists of one item, without bullet and shift.
pub(super) fn place(lines: &[Line<'_>]) -> Vec<Block> {
    let mut placed = Vec::with_capacity(lines.len());
    let mut shifted = false;
    let mut after_text = false;
    for line in lines {
        let before_shift = line.text.len() - line.text.trim_start_matches(' ').len();
        let starts_list =
            after_text && before_shift == 2 && bullet(line.text).is_some_and(|text| limit(text).is_some());
        let stays = shifted && before_shift == 2;
        let text = line.text.strip_prefix("    ").filter(|_| shifted).unwrap_or(line.text);
        shifted |= starts_list;
        let end = line.bytes().end;
        let item = bullet(text);
        placed.push(match item {
            Some(item) => {
                let depth = if starts_list || stays { LIMIT } else { CELL };
                let kind = Kind::List(List { depth, items: vec![item.to_owned()] });
                Block { at: end - item.len()..end, kind }
            }
            None => Block::line(end - text.len()..end, text),
        });
        after_text = item.is_none() && !text.is_empty();
    }
    placed
}

/// The text behind a bullet, or behind several.
fn bullet(text: &str) -> Option<&str> {
    let inner = text.trim_start().strip_prefix('•')?;
    Some(inner.trim_start_matches(|c: char| c == '•' || c.is_whitespace()).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shift_after_a_list_of_limits_is_taken_back() {
        let texts =
            ["n Number 可选 1", "  • 默认值:0", "  • how many", "    c C 可选", "      • └ tag", "        deep"];
        let lines: Vec<Line<'_>> = texts.iter().map(|text| Line { at: 0, text }).collect();
        let placed: Vec<_> = place(&lines).iter().map(|block| (depth(block), block.text().into_owned())).collect();
        let expected = [
            (EDGE, "n Number 可选 1"),
            (LIMIT, "默认值:0"),
            (LIMIT, "how many"),
            (EDGE, "c C 可选"),
            (CELL, "└ tag"),
            (EDGE, "    deep"),
        ];
        assert_eq!(placed, expected.map(|(depth, text)| (depth, text.to_owned())));
    }
}
