//! Cards: name, type, the word for required if it is, description; a line for each.
//!
//! The end of a card is not marked. Each way to split the lines has a cost, and the cheapest is taken. A line that another,
//! nearly as cheap way reads differently is in doubt.

use super::words::{WORDS, has_condition, is_name, is_type, mark};
use crate::terms::{About, Note, Required};
use crate::transcribe::page::Line;
use crate::transcribe::row::{Row, Side, UnattachedLine};

/// Maximum extra cost of a split that still causes a doubt.
const MARGIN: u32 = 3;
/// More than any line costs, and less than what overflows when added up.
const NEVER: u32 = u32::MAX / 4;

/// What a line is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Cell {
    Name,
    Type,
    Mark,
    /// The description's first line.
    Text,
    /// Its other lines.
    More,
}

const CELLS: [Cell; 5] = [Cell::Name, Cell::Type, Cell::Mark, Cell::Text, Cell::More];

/// What it costs each line to be a cell of each kind.
type Costs = Vec<[u32; CELLS.len()]>;

impl Cell {
    fn about(self) -> About {
        match self {
            Self::Name => About::Name,
            Self::Type => About::Type,
            Self::Mark => About::Required,
            Self::Text | Self::More => About::Description,
        }
    }

    /// What it costs that a cell follows another.
    fn follow(self, next: Self) -> u32 {
        match (self, next) {
            (Self::Name, Self::Type)
            | (Self::Type, Self::Mark | Self::Text)
            | (Self::Mark, Self::Text)
            | (Self::Text | Self::More, Self::Name) => 0,
            (Self::More, Self::More) => 1,
            (Self::Type | Self::Mark, Self::Name) | (Self::Text, Self::More) => 2,
            (Self::Name, Self::Mark) => 4,
            (Self::Name, Self::Text) => 6,
            (Self::Name, Self::Name) => 7,
            _ => NEVER,
        }
    }

    /// What it costs that nothing follows.
    fn end(self) -> u32 {
        match self {
            Self::Name => 6,
            Self::Type | Self::Mark => 2,
            Self::Text | Self::More => 0,
        }
    }
}

/// Reads the lines. `known` tells whether a sample has a name.
pub(super) fn read<'a>(
    lines: &[Line<'a>],
    side: Side,
    known: &dyn Fn(&str) -> bool,
) -> Result<Vec<Row>, UnattachedLine<'a>> {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.trim()).collect();
    if let (Some(line), Some(text)) = (lines.first(), texts.first())
        && !is_name(text)
    {
        return Err(UnattachedLine(*line));
    }
    let own: Costs = texts.iter().map(|text| CELLS.map(|cell| cost(text, cell, side, known))).collect();
    let (above, below) = (forward(&own), backward(&own));
    let mut rows: Vec<Row> = Vec::new();
    let best = above.last().into_iter().flat_map(|costs| costs.iter().zip(CELLS)).map(|(cost, cell)| cost + cell.end());
    let best = best.min().unwrap_or_default();
    let mut last = None;
    for (at, line) in lines.iter().enumerate() {
        let through = |cell: Cell| onward(&above, &below, at, cell);
        // Among equal ways, prefer the one that continues what was read so far.
        let ahead = |cell: Cell| {
            let step = last.map_or(0, |last: Cell| last.follow(cell));
            step.min(NEVER)
                + (if last.is_none() && cell != Cell::Name { NEVER } else { onward(&own, &below, at, cell) })
        };
        let Some(cell) = CELLS.into_iter().min_by_key(|cell| ahead(*cell)) else { return Err(UnattachedLine(*line)) };
        let is_other = |other: &Cell| other.about() != cell.about() && through(*other) <= best + MARGIN;
        let others: Vec<About> = CELLS.into_iter().filter(is_other).map(Cell::about).collect();
        take(&mut rows, cell, (&texts, lines), at, side).map_err(|()| UnattachedLine(*line))?;
        doubt(&mut rows, cell, &others);
        last = Some(cell);
    }
    doubt_lost(&mut rows, known);
    Ok(rows)
}

/// Doubts descriptions that are not there, and the names below them and below descriptions that may end elsewhere: such a
/// name may be a description itself, unless a sample knows it.
fn doubt_lost(rows: &mut [Row], known: &dyn Fn(&str) -> bool) {
    let mut is_below = false;
    for row in rows {
        if is_below && !known(&row.field.name) {
            row.field.doubt(About::Name, Note::Ambiguous);
        }
        let is_lost = row.field.description.is_none();
        if is_lost {
            row.field.doubt(About::Description, Note::ColumnEmpty);
        }
        is_below = is_lost || row.field.doubts.contains(&(About::Description, Note::Ambiguous));
    }
}

/// Adds a line to the rows. Fails on a name that no field can have.
fn take(
    rows: &mut Vec<Row>,
    cell: Cell,
    (texts, lines): (&[&str], &[Line<'_>]),
    at: usize,
    side: Side,
) -> Result<(), ()> {
    let text = |at: usize| texts.get(at).copied().unwrap_or_default();
    if cell == Cell::Name {
        rows.push(Row::new(text(at), lines.get(at).map_or(0..0, Line::bytes)));
        return Ok(());
    }
    let row = rows.last_mut().ok_or(())?;
    match cell {
        Cell::Type => row.set_type(text(at), &WORDS),
        Cell::Mark => row.field.required = mark(text(at)).unwrap_or_default(),
        Cell::Text | Cell::More => {
            if cell == Cell::Text && side == Side::Request && has_condition(text(at)) {
                row.require(Required::No, Note::Ambiguous);
            }
            let above = at.checked_sub(1).map(text).unwrap_or_default();
            let is_type = is_type(text(at));
            if is_type && cell == Cell::More && !is_name(above) && !above.contains(' ') && above.is_ascii() {
                return Err(());
            }
            // A description has a line of its own, and a condition stands above it.
            let is_second = cell == Cell::More && (is_name(text(at)) || !has_condition(above));
            if is_type || is_second {
                row.field.doubt(About::Description, Note::Ambiguous);
            }
            row.describe(text(at));
        }
        Cell::Name => {}
    }
    Ok(())
}

/// Notes what else the last line may be.
fn doubt(rows: &mut [Row], cell: Cell, others: &[About]) {
    if others.is_empty() {
        return;
    }
    let Some((row, above)) = rows.split_last_mut() else { return };
    row.field.doubt(cell.about(), Note::Ambiguous);
    // What a name is otherwise, it is to the row above.
    let Some(row) = (if cell == Cell::Name { above.last_mut() } else { Some(row) }) else { return };
    for about in others.iter().filter(|about| **about != About::Name) {
        row.field.doubt(*about, Note::Ambiguous);
    }
}

/// The cheapest ways to each cell.
fn forward(own: &Costs) -> Costs {
    let mut costs: Costs = Vec::with_capacity(own.len());
    for line in own {
        let reach = |cell: Cell| match costs.last() {
            None if cell == Cell::Name => 0,
            None => NEVER,
            Some(above) => cheapest(above.iter().zip(CELLS).map(|(cost, before)| cost + before.follow(cell))),
        };
        let reached = CELLS.map(reach);
        costs.push(sum(line, reached));
    }
    costs
}

/// The cheapest ways from each cell to the end, without the cell's own cost.
fn backward(own: &Costs) -> Costs {
    let mut costs: Costs = Vec::with_capacity(own.len());
    let mut below: Option<[u32; CELLS.len()]> = None;
    for line in own.iter().rev() {
        let rest = CELLS.map(|cell| match &below {
            None => cell.end(),
            Some(below) => cheapest(below.iter().zip(CELLS).map(|(cost, next)| cost + cell.follow(next))),
        });
        costs.push(rest);
        below = Some(sum(line, rest));
    }
    costs.reverse();
    costs
}

fn cheapest(costs: impl Iterator<Item = u32>) -> u32 {
    costs.min().unwrap_or(NEVER).min(NEVER)
}

fn sum(line: &[u32; CELLS.len()], other: [u32; CELLS.len()]) -> [u32; CELLS.len()] {
    let mut costs = other;
    for (cost, own) in costs.iter_mut().zip(line) {
        *cost = (*cost + own).min(NEVER);
    }
    costs
}

/// What a cell costs together with the cheapest way on.
fn onward(above: &Costs, below: &Costs, at: usize, cell: Cell) -> u32 {
    let cost = |costs: &Costs| {
        let place = CELLS.iter().position(|known| *known == cell)?;
        costs.get(at)?.get(place).copied()
    };
    cost(above).unwrap_or(NEVER) + cost(below).unwrap_or(NEVER)
}

/// What it costs a line to be a cell, wherever it stands.
fn cost(text: &str, cell: Cell, side: Side, known: &dyn Fn(&str) -> bool) -> u32 {
    let is_type = is_type(text);
    let is_capital = text.starts_with(|c: char| c.is_ascii_uppercase());
    let is_word = is_name(text.split(['<', '[']).next().unwrap_or_default()) && !text.contains(' ');
    match cell {
        Cell::Name if !is_name(text) => NEVER,
        Cell::Name if known(text) => 0,
        Cell::Name if is_type && is_capital => 5,
        Cell::Name if is_capital => 2,
        Cell::Name => u32::from(is_type || mark(text).is_some()),
        Cell::Type if is_type => {
            if is_capital || is_usual(text) {
                0
            } else {
                2
            }
        }
        Cell::Type if !is_word || mark(text).is_some() => NEVER,
        Cell::Type if is_capital => 3,
        Cell::Type => 6,
        Cell::Mark => match mark(text) {
            _ if side == Side::Response => NEVER,
            Some(_) if is_short(text) => 3,
            Some(Required::Yes) => 0,
            Some(_) => 1,
            None => NEVER,
        },
        Cell::Text if is_type => {
            if is_capital {
                3
            } else {
                2
            }
        }
        Cell::Text => u32::from(mark(text).is_some()) * 2 + u32::from(is_word) + u32::from(known(text)),
        Cell::More => 1 + cost(text, Cell::Text, side, known),
    }
}

/// Whether types are spelled so without a capital.
fn is_usual(text: &str) -> bool {
    matches!(text, "string" | "int" | "integer" | "long" | "double" | "boolean")
}

/// Whether a mark is as likely a value.
fn is_short(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "yes" | "y" | "true" | "no" | "n" | "false" | "是" | "否")
}
