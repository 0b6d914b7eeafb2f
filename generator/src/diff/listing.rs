//! A plain listing without verdicts: one line per change.

use std::fmt::Write;

use crate::diagnostic::safe;

use super::Change;

/// Lists changes, one per line, with paths padded to one width: `+ request.crate.fields.height  optional field added: …`.
pub fn listing(changes: &[Change]) -> String {
    const WIDEST: usize = 48;
    let paths: Vec<String> = changes.iter().map(shown).collect();
    let width = paths.iter().map(|path| path.chars().count()).filter(|width| *width <= WIDEST).max().unwrap_or(0);
    let mut text = String::new();
    for (change, path) in changes.iter().zip(paths) {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{} {path:width$}  {}", change.mark().sign(), change.describe());
    }
    text
}

fn shown(change: &Change) -> String {
    if change.path.is_root() { "api".to_owned() } else { safe(&change.path.to_string(), false) }
}
