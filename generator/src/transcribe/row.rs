//! What rows of all tables have in common.

use super::page::Line;

/// Which table it is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// With required marks.
    Request,
    /// Without.
    Response,
}

/// A line that does not belong to any row.
#[derive(Debug)]
pub(crate) struct UnattachedLine<'a>(pub Line<'a>);
