//! The diff driver that git runs for one changed file of specs.
//!
//! git passes the path and both contents of the file, but not the revisions. The files that the spec depends on
//! (platform, package, transcript or fixes) are therefore read from the working tree for both sides, so that the report
//! shows what this one file changes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use super::{approvals, files};
use crate::commands::outcome::Outcome;
use crate::commands::terminal::Terminal;
use crate::diagnostic::{Diagnostics, safe};
use crate::diff::output::{self, Amount, Style};
use crate::diff::verdict::Level;
use crate::diff::{self, Kind, Scope, Texts};
use crate::lock;
use crate::source::Sources;
use crate::spec::APPROVALS;

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
    let style = Style { color: terminal.result_color(), width: terminal.result_width(), amount: Amount::Worst };
    let text = match compared(changed, style) {
        Ok(Some(report)) if report.is_empty() => "no change in meaning\n".to_owned(),
        Ok(Some(report)) => report,
        Ok(None) => lines(changed),
        Err(error) => format!("error: {}\n", safe(&error, true)),
    };
    terminal.say(format_args!("apograph diff a/{} b/{}", changed.old_path, changed.path));
    terminal.write(&text);
}

/// Returns the report, or `None` if the file is not a spec or one side has errors. Fails if a file is one that no command
/// reads, for example a link.
fn compared(changed: &Changed<'_>, style: Style) -> Result<Option<String>, String> {
    let old = texts("a", changed.old_path, changed.files[0])?;
    let new = texts("b", changed.path, changed.files[1])?;
    let (Some((old_top, mut old)), Some((new_top, mut new))) = (old, new) else { return Ok(None) };
    // git runs the driver once for each changed file, and most of a lock is about other APIs.
    let apis: BTreeSet<String> = [&old, &new].into_iter().flat_map(apis).collect();
    let lock = |top: &str| read(top, lock::FILE).map(|lock| lock.map(|lock| lock::entries_of(&lock, &apis)));
    new.lock = lock(&new_top)?;
    old.lock = if old_top == new_top { new.lock.clone() } else { lock(&old_top)? };
    Ok(report(old, new, style))
}

/// Reads a file of a specs folder. git runs the driver at the top of the repository, below which no link is followed.
fn read(top: &str, path: &str) -> Result<Option<String>, String> {
    let path = if top.is_empty() { path.to_owned() } else { format!("{top}/{path}") };
    files::below(Path::new(""), &path)
}

/// Returns the APIs of the transcripts.
fn apis(texts: &Texts) -> impl Iterator<Item = String> + '_ {
    let names = texts.files.values().filter_map(|text| text.lines().find_map(|line| line.strip_prefix("api:")));
    names.map(|name| name.trim().trim_matches(['\'', '"']).to_owned())
}

fn report(old: Texts, new: Texts, style: Style) -> Option<String> {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    // Errors in approvals are reported by a comparison of whole folders.
    let approved = approvals::read(&old, &new, &mut sources, &mut Diagnostics::new()).ok().flatten();
    let [old, new] = diff::read([old, new], &mut sources, &mut diagnostics)?;
    let mut report = diff::compare(old, new);
    if report.findings.iter().any(|finding| finding.change.kind == Kind::SpecNotCompared) {
        return None;
    }
    if let Some(approved) = approved {
        approved.apply(&mut report, approvals::today(), Scope::Part, &mut diagnostics);
    }
    report.keep(Level::Doc);
    Some(output::terminal(&report, &sources, style))
}

/// Collects the file and the files that it depends on, without the lock, and returns them with the path of their specs
/// folder. Returns `None` for a file that is not a spec.
fn texts(side: &str, path: &str, file: &Path) -> Result<Option<(String, Texts)>, String> {
    let parts: Vec<&str> = path.split('/').collect();
    let Some((top, needed)) = needed(&parts) else { return Ok(None) };
    let below = parts.get(top.len()..).unwrap_or_default().join("/");
    let top = top.join("/");
    let mut texts = BTreeMap::new();
    for path in needed {
        texts.extend(read(&top, &path)?.map(|text| (path, text)));
    }
    if file != Path::new("/dev/null") {
        texts.insert(below, files::named(file)?);
    }
    let root = if top.is_empty() { side.to_owned() } else { format!("{side}/{top}") };
    Ok(Some((top, Texts { root, files: texts, ..Texts::default() })))
}

/// Returns the specs folder of a file, and the files in it that the file depends on. `None` for a file that is not a spec.
fn needed<'p>(parts: &'p [&'p str]) -> Option<(&'p [&'p str], Vec<String>)> {
    let (top, mut needed) = match parts {
        [top @ .., "crate.yaml"] => (top, Vec::new()),
        [top @ .., _, "platform.yaml"] => (top, vec!["crate.yaml".to_owned()]),
        [top @ .., platform, family, leaf] => {
            let stem = leaf.strip_suffix(".fix.yaml").or_else(|| leaf.strip_suffix(".yaml"))?;
            let mut needed = vec!["crate.yaml".to_owned(), format!("{platform}/platform.yaml")];
            let stem = format!("{platform}/{family}/{stem}");
            let other = if leaf.ends_with(".fix.yaml") { ".yaml" } else { ".fix.yaml" };
            needed.push(stem + other);
            (top, needed)
        }
        _ => return None,
    };
    needed.push(APPROVALS.to_owned());
    Some((top, needed))
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
