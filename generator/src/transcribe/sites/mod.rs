//! The layouts that lose what tables show, so that each has a reader of its own.

mod nio;
pub(crate) mod top;

use super::draft::Draft;
use super::page::{self, Page, foreign};
use super::{Options, Refusal};
use crate::diagnostic::Code;
use crate::terms::Layout;

/// The platforms whose pages have layouts of their own, by the default names of their folders. The words of these layouts begin
/// with them.
const PLATFORMS: [&str; 2] = [TOP, NIO];
const TOP: &str = "top";
const NIO: &str = "nio";

/// Returns whether the pages of a platform have layouts of their own, by the default name of its folder.
#[must_use]
pub fn has_layouts(platform: &str) -> bool {
    named(platform).is_some()
}

/// The site of a platform, by the default name of its folder.
pub(crate) fn named(platform: &str) -> Option<&'static str> {
    PLATFORMS.into_iter().find(|site| *site == platform)
}

/// Returns the platform whose pages have a layout, by the default name of its folder. Returns `None` for a layout that the
/// pages of any platform can have.
#[must_use]
pub fn platform_of(layout: &Layout) -> Option<&str> {
    layout.word().split_once('-').map(|(platform, _)| platform).filter(|platform| has_layouts(platform))
}

/// How a page in the layout of a site is read.
pub(crate) struct Reader {
    /// Whether the page shows that it is of the site's platform. The headers of tables do not: other platforms have the same
    /// words.
    pub(crate) is_certain: bool,
    /// Reads it.
    pub(crate) read: fn(&Page<'_>, &Options) -> Result<Draft, Refusal>,
}

/// Finds the reader of a page that shows the layout of a site.
type Sign = fn(&Page<'_>) -> Result<Option<Reader>, Refusal>;

/// The signs of the sites. The first one that a page has counts: the descriptions of one site may contain the words of
/// another.
const SIGNS: [(&str, Sign); 3] = [(TOP, top::sign), (NIO, nio_sign), (TOP, top::foreign::known)];

fn nio_sign(page: &Page<'_>) -> Result<Option<Reader>, Refusal> {
    Ok(nio::sign(page).map(|is_certain| Reader { is_certain, read: nio::read }))
}

const EXPECTED: &str = "expected a whole page of TOP or iTNIO, as flattened text or as a copy from a browser; a saved HTML \
                        page of TOP; or the JSON of getDocument.json";

/// What to do about a page of another platform, or of another form than the site's.
pub(super) const NAME_IT: &str = "name the platform of other pages with `--platform`";

/// Finds the reader of a page and its site, or rejects the page with a message that names what it is instead.
pub(crate) fn reader(page: &Page<'_>) -> Result<(&'static str, Reader), Refusal> {
    foreign::check(page, EXPECTED)?;
    for (site, sign) in SIGNS {
        if let Some(reader) = sign(page)? {
            return Ok((site, reader));
        }
    }
    Err(unknown(page))
}

/// Rejects a text page that has no parameter table.
fn unknown(page: &Page<'_>) -> Refusal {
    if let Some(refusal) = unread_pipes(page) {
        return refusal;
    }
    let lines: Vec<_> = page.lines().iter().filter(|line| !line.text.trim().is_empty()).collect();
    let at = lines.first().map_or(page.start, |line| line.at);
    let are_titles = lines.len() > 1 && lines.iter().all(|line| line.text.trim().chars().count() <= 40);
    let (code, message) = match foreign::kind("", page.text) {
        Some(what) => (Code::ErrorPage, format!("this is {what}")),
        None if are_titles => {
            let what = format!("it is a list of {} titles, like the sidebar of a category", lines.len());
            (Code::UnknownPage, format!("the page has no parameter table: {what}"))
        }
        None => (Code::UnknownPage, "the page has no parameter table".to_owned()),
    };
    Refusal::new(code, at..at, message).help(EXPECTED)
}

/// Rejects a page because of tables with pipes that no site has.
fn unread_pipes(page: &Page<'_>) -> Option<Refusal> {
    let is_pipe = |line: &&page::Line<'_>| line.text.starts_with('|') || line.text.starts_with("---|");
    let at = page.lines().iter().find(is_pipe)?.at;
    let message = "the page has tables with pipes, but none with a known header";
    Some(Refusal::new(Code::NotRead, at..at, message).help(&format!("{EXPECTED}; {NAME_IT}")))
}
