//! The parts of a page, sorted.

use std::ops::Range;

use super::facts::Facts;
use super::tables::ErrorRow;
use crate::transcribe::row::{Row, Side};

/// What a page contains, sorted.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Facts about the API.
    pub(super) facts: Facts,
    /// Tables of fields, in the order of the page.
    pub(super) tables: Vec<FieldTable>,
    /// Tables without a place that may be of fields.
    pub(super) left: Vec<LeftTable>,
    /// Fields that lists name, by side. They count if the side has no table.
    pub(super) listed: Vec<(Side, Row)>,
    /// Rows of tables about all APIs, one of which may contain what the API's own table describes.
    pub(super) common: Vec<(Side, Row)>,
    /// Rows of error tables.
    pub(super) errors: Vec<ErrorRow>,
    /// Rows of status tables.
    pub(super) statuses: Vec<ErrorRow>,
    /// Samples.
    pub(super) samples: Vec<Sample>,
    /// A line by which the answer is one value: `returns a string`.
    pub(super) single: Option<Range<usize>>,
    /// Prose that describes the API.
    pub(super) prose: Vec<String>,
    /// Whether a heading shows that the prose is the description.
    pub(super) is_described: bool,
    /// Whether there is a heading for the request, and one for the response.
    pub(super) has_heading: [bool; 2],
    /// Whether a label of the description came after other prose below the title, which is left out.
    pub(super) has_other_prose: bool,
    /// Whether the prose is directly below the title, and above the next heading.
    pub(super) is_below_title: bool,
    /// Whether the last block of the page is one of the tables.
    pub(super) ends_in_table: bool,
    /// Whether the block above the last one is one of the tables.
    pub(super) is_last_table: bool,
    /// Where the last table ends, if there are only items of lists below it: they may belong to its last cell.
    pub(super) list_below: Option<usize>,
}

/// A table of fields.
#[derive(Debug)]
pub(super) struct FieldTable {
    /// Its bytes in the page.
    pub(super) at: Range<usize>,
    /// Where it belongs.
    pub(super) home: Home,
    /// Words of its heading that may be the name of a field or type.
    pub(super) names: Vec<String>,
    /// Its rows.
    pub(super) rows: Vec<Row>,
    /// Whether it has a column with required marks.
    pub(super) has_marks: bool,
    /// Whether it describes the elements of a list, and not an object.
    pub(super) is_list: bool,
}

/// A table that nothing but its names may show to be one of fields.
#[derive(Debug)]
pub(super) struct LeftTable {
    /// Its bytes in the page.
    pub(super) at: Range<usize>,
    /// The names in its rows.
    pub(super) names: Vec<String>,
}

/// Where a table of fields belongs.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// To a side, as its heading or header shows.
    Side(Side),
    /// To a field or type that its heading names, on this side if it is known.
    Named(Option<Side>),
    /// To an answer that is not the API's: of another HTTP status.
    Foreign,
    /// Nothing shows where.
    Loose,
}

/// A sample.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    /// The side, if a heading or the sample itself shows it.
    pub(super) side: Option<Side>,
    /// Whether a table of the answer is above it.
    pub(super) is_below_answer: bool,
    /// Its bytes in the page.
    pub(super) at: Range<usize>,
    /// The text as printed.
    pub(super) text: String,
}
