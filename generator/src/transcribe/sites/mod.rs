//! The layouts that lose what tables show, so that each has a reader of its own.

mod nio;
mod recognise;
pub(crate) mod top;

use recognise::{Kind, recognise};

use super::draft::Draft;
use super::page::Page;
use super::{Options, Refusal};
use crate::terms::Layout;

/// The platforms whose pages have layouts of their own, by the default names of their folders. The words of these layouts begin
/// with them.
const PLATFORMS: [&str; 2] = ["top", "nio"];

/// Returns whether the pages of a platform have layouts of their own, by the default name of its folder.
#[must_use]
pub fn has_layouts(platform: &str) -> bool {
    PLATFORMS.contains(&platform)
}

/// Returns the platform whose pages have a layout, by the default name of its folder. Returns `None` for a layout that the
/// pages of any platform can have.
#[must_use]
pub fn platform_of(layout: &Layout) -> Option<&str> {
    layout.word().split_once('-').map(|(platform, _)| platform).filter(|platform| has_layouts(platform))
}

/// Whether a page shows for certain that it has one of these layouts.
pub(crate) fn is_certain(page: &Page<'_>) -> bool {
    recognise(page).is_ok_and(|layout| layout.is_certain(page))
}

/// Reads a page in one of the layouts that show their platform.
pub(crate) fn read(page: &Page<'_>, options: &Options) -> Result<Draft, Refusal> {
    match recognise(page)? {
        Kind::TopCopy => top::grid::read(page, options, &top::tabs::blocks(page), (top::TEXT, false)),
        Kind::TopHtml => top::html::read(page, options),
        Kind::TopPipes => top::pipes::read(page, options),
        Kind::TopText => top::text::read(page, options),
        Kind::TopJson => top::json::read(page, options),
        Kind::Nio => nio::read(page, options),
    }
}
