//! The progress bar of a long run.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::commands::terminal::Terminal;

/// Minimum number of pages for a bar. Fewer pages are done before anyone could read it.
const FEWEST: usize = 20;
const BAR: &str = "{msg:10} [{bar:40}] {pos}/{len} pages";

/// A bar, hidden if standard error is not a terminal.
pub(in crate::commands) struct Progress(ProgressBar);

impl Progress {
    /// Creates the bar of one step over all pages.
    pub(in crate::commands) fn new(step: &'static str, pages: usize, terminal: &Terminal<'_>) -> Self {
        if !terminal.is_live() || pages < FEWEST {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(Some(pages as u64), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template(BAR) {
            bar.set_style(style.progress_chars("=> "));
        }
        Self(bar.with_message(step))
    }

    /// Advances the bar by one page.
    pub(in crate::commands) fn page_done(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
