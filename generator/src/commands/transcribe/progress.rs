//! How far a run is, for someone who waits at a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::commands::terminal::Terminal;

/// Fewer pages are done before a bar could be read.
const FEWEST: usize = 20;
const BAR: &str = "{msg:10} [{bar:40}] {pos}/{len} pages";

/// A bar, or nothing where nobody looks.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// The bar of a step that does something with so many pages.
    pub(super) fn new(step: &'static str, pages: usize, terminal: &Terminal<'_>) -> Self {
        if !terminal.is_live() || pages < FEWEST {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(Some(pages as u64), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template(BAR) {
            bar.set_style(style.progress_chars("=> "));
        }
        Self(bar.with_message(step))
    }

    /// One more page is done.
    pub(super) fn page_done(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
