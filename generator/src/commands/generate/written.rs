//! What a run prints about the files of the crate.

use super::{Output, Run};
use crate::commands::outcome::Outcome;
use crate::commands::report::FileReport;
use crate::commands::terminal::Terminal;
use crate::diagnostic::counted;
use crate::tree::{Comparison, FileState, TreePath};

impl Run<'_> {
    /// Writes one line for each platform, and one for the files that belong to none.
    pub(super) fn report_written(&self, comparison: &Comparison, output: &Output, terminal: &mut Terminal<'_>) {
        let platforms = &output.platforms;
        let width = platforms.iter().map(String::len).max().unwrap_or(0).max("crate".len());
        let mut names: Vec<&str> = platforms.iter().map(String::as_str).collect();
        // Files of a platform that no longer exists.
        names.extend(comparison.iter().filter_map(|(path, _)| platform_of(path)));
        names.sort_unstable();
        names.dedup();
        for name in names.into_iter().map(Some).chain([None]) {
            let count = |wanted: &[FileState]| {
                comparison.iter().filter(|(path, state)| platform_of(path) == name && wanted.contains(state)).count()
            };
            let written = count(&[FileState::Missing, FileState::Stale]);
            let unchanged = count(&[FileState::Unchanged]);
            let removed = count(&[FileState::Orphan]);
            let name = name.unwrap_or("crate");
            terminal.say(format_args!("{name:width$}  {written} written, {unchanged} unchanged, {removed} removed"));
        }
        if let Some((file, _)) = output.lock.as_ref().filter(|(file, text)| file.state(text) != FileState::Unchanged) {
            terminal.say(format_args!("{:width$}  {} written", "lock", file.path().display()));
        }
        if output.tombstones > 0 {
            let tombstones = counted(output.tombstones, "tombstone");
            terminal.say(format_args!("{tombstones} for removed items; `--unlock` releases them"));
        }
    }

    pub(super) fn report_check(
        &self,
        files: &[FileReport],
        comparison: &Comparison,
        terminal: &mut Terminal<'_>,
    ) -> Outcome {
        if files.is_empty() {
            terminal.say(format_args!("{} is up to date", self.out.display()));
            return Outcome::Done;
        }
        for file in files {
            terminal.complain(format_args!("{:8} {}", file.state, file.path));
        }
        if comparison.with(FileState::Foreign).next().is_some() {
            terminal.complain(
                "foreign files were not written by apograph: move them away, or generate into another folder with `--out`",
            );
        }
        terminal.complain(format_args!("to fix this, run: {}", self.update_command()));
        Outcome::Findings
    }
}

/// Returns the platform whose folder the file is in.
fn platform_of(path: &TreePath) -> Option<&str> {
    path.as_str().strip_prefix("src/").and_then(|below| below.split_once('/')).map(|(platform, _)| platform)
}
