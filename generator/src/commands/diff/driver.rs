//! The diff driver that git runs for one changed file of specs.
//!
//! git passes the path and both contents of the file, but not the revisions. The files that the spec depends on
//! (platform, package, transcript or fixes) are therefore read from the working tree for both sides, so that the report
//! shows what this one file changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::approvals;
use crate::commands::outcome::Outcome;
use crate::commands::terminal::Terminal;
use crate::diagnostic::{Color, Diagnostics, safe};
use crate::diff::output::{self, Order};
use crate::diff::verdict::Level;
use crate::diff::{self, Scope, Texts};
use crate::lock;
use crate::source::Sources;

/// One changed file, as git describes it.
struct Changed<'a> {
    path: &'a str,
    /// The path before a rename, else the same path.
    old_path: &'a str,
    /// The files with the old and the new content. `/dev/null` for no content.
    files: [&'a Path; 2],
}

/// Shows what one file changes, or the changed lines if the specs cannot be compared. Never fails, because a failing driver
/// stops `git diff`.
pub(in crate::commands) fn driver(arguments: &[String], terminal: &mut Terminal<'_>) -> Outcome {
    match arguments {
        [path] => terminal.say(format_args!("{path}: not merged yet")),
        // path, old file with id and mode, new file with id and mode; for a renamed file also the new path and a remark.
        [path, old, _, _, new, _, _, rest @ ..] => {
            let new_path = rest.first().unwrap_or(path);
            show(&Changed { path: new_path, old_path: path, files: [Path::new(old), Path::new(new)] }, terminal);
        }
        _ => terminal.complain("error: git runs this command, with seven arguments; see `apograph diff --help`"),
    }
    Outcome::Done
}

fn show(changed: &Changed<'_>, terminal: &mut Terminal<'_>) {
    let text = match compared(changed, terminal.result_color()) {
        Some(report) if report.is_empty() => "no change in meaning\n".to_owned(),
        Some(report) => report,
        None => lines(changed),
    };
    terminal.say(format_args!("apograph diff a/{} b/{}", changed.old_path, changed.path));
    terminal.write(&text);
}

/// Returns the report, or `None` if the file is not a spec or one side has errors.
fn compared(changed: &Changed<'_>, color: Color) -> Option<String> {
    // Current fixes may not fit an old transcript. Then the transcripts are compared without fixes.
    [true, false].into_iter().find_map(|with_others| {
        let old = texts("a", changed.old_path, changed.files[0], with_others)?;
        let new = texts("b", changed.path, changed.files[1], with_others)?;
        report(old, new, color)
    })
}

fn report(old: Texts, new: Texts, color: Color) -> Option<String> {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    // Errors in approvals are reported by a comparison of whole folders.
    let approved = approvals::read(&old, &new, &mut sources, &mut Diagnostics::new()).ok().flatten();
    let [old, new] = diff::read([old, new], &mut sources, &mut diagnostics)?;
    let mut report = diff::compare(&old, &new);
    if let Some(approved) = approved {
        approved.apply(&mut report, approvals::today(), Scope::Part, &mut diagnostics);
    }
    report.keep(Level::Doc);
    Some(output::terminal(&report, &sources, color, Order::Counted))
}

/// Collects the file and the files that it depends on.
fn texts(side: &str, path: &str, file: &Path, with_others: bool) -> Option<Texts> {
    let parts: Vec<&str> = path.split('/').collect();
    let (top, needed) = match parts.as_slice() {
        [top @ .., "crate.yaml"] => (top, Vec::new()),
        [top @ .., _, "platform.yaml"] => (top, vec!["crate.yaml".to_owned()]),
        [top @ .., platform, family, leaf] => {
            let stem = leaf.strip_suffix(".fix.yaml").or_else(|| leaf.strip_suffix(".yaml"))?;
            let mut needed = vec!["crate.yaml".to_owned(), format!("{platform}/platform.yaml")];
            let stem = format!("{platform}/{family}/{stem}");
            if leaf.ends_with(".fix.yaml") {
                needed.push(format!("{stem}.yaml"));
            } else if with_others {
                needed.push(format!("{stem}.fix.yaml"));
            }
            (top, needed)
        }
        _ => return None,
    };
    let top_parts = top.len();
    let top = top.join("/");
    let folder = if top.is_empty() { Path::new(".") } else { Path::new(&top) };
    let read = |file: &Path| fs::read_to_string(file).ok();
    let needed = needed.into_iter().chain([approvals::FILE.to_owned()]);
    let mut files: BTreeMap<String, String> =
        needed.filter_map(|path| Some((path.clone(), read(&folder.join(path))?))).collect();
    let below = parts.get(top_parts..)?.join("/");
    if file != Path::new("/dev/null") {
        files.insert(below, fs::read_to_string(file).ok()?);
    }
    let root = if top.is_empty() { side.to_owned() } else { format!("{side}/{top}") };
    let lock = read(&folder.join(lock::FILE));
    Some(Texts { root, files, lock })
}

/// Returns what git itself would have shown.
fn lines(changed: &Changed<'_>) -> String {
    let mut command = Command::new("git");
    command.args(["diff", "--no-index", "--no-ext-diff", "--no-color", "--"]).args(changed.files);
    match command.output() {
        Ok(output) => shown(&String::from_utf8_lossy(&output.stdout)),
        Err(error) => format!("cannot run git: {error}\n"),
    }
}

/// Escapes what a terminal would act on or not show. Tabs are kept, because they line up what git shows.
fn shown(text: &str) -> String {
    text.split('\t').map(|part| safe(part, true)).collect::<Vec<_>>().join("\t")
}
