//! `apograph approve`: writes entries for many changes to `approvals.yaml`.

use std::path::Path;

use super::diff::{Compared, Extent, compare, day_of, specs_of};
use super::outcome::Outcome;
use super::terminal::Terminal;
use crate::cli::{ApproveArgs, ApprovedLevel};
use crate::diagnostic::{Diagnostics, counted, nearest, quoted};
use crate::diff::verdict::Level;
use crate::diff::{Criterion, Finding, Kind, Report, Selection, select};
use crate::files;
use crate::source::Sources;
use crate::spec::{self, APPROVALS, ApprovalSpec, NewApproval};
use crate::terms::glob;

/// Compares the revisions, and writes an entry for each change that passes the filters.
pub(super) fn approve(args: &ApproveArgs, terminal: &mut Terminal<'_>) -> Outcome {
    let today = day_of(&args.revisions);
    if args.until < today {
        return terminal
            .fail(format_args!("the approval would have expired: `--until {}` is before {today}", args.until));
    }
    let specs = match specs_of(&args.revisions) {
        Ok(specs) => specs,
        Err(error) => return terminal.fail(error),
    };
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let compared =
        compare(&args.revisions, &specs, &mut sources, &mut diagnostics, &mut |note| terminal.complain(note));
    terminal.show(&diagnostics, &sources);
    let written = match compared {
        // What has errors may contain the changes that somebody meant to approve.
        Ok(Some(Compared { extent: Extent::Part, .. })) => Err("files with errors were not compared".to_owned()),
        Ok(Some(compared)) => write(args, compared, terminal),
        Ok(None) => Err("the revisions were not compared because one of them has errors".to_owned()),
        Err(error) => Err(error),
    };
    match written {
        Ok(()) if diagnostics.has_errors() => Outcome::Findings,
        Ok(()) => Outcome::Done,
        Err(error) => terminal.fail(error),
    }
}

fn write(args: &ApproveArgs, compared: Compared, terminal: &mut Terminal<'_>) -> Result<(), String> {
    let Compared { mut report, home, .. } = compared;
    // Findings that `diff` hides need no approval.
    report.keep(Level::Doc);
    let criteria = criteria(args);
    let Selection { findings, unmatched } = select(&report, &criteria);
    if let Some(error) = unmet(&unmatched, &report) {
        return Err(error);
    }
    let open: Vec<&(String, &Finding)> = findings.iter().filter(|(_, finding)| finding.approval.is_none()).collect();
    if open.is_empty() {
        terminal.complain(format_args!("nothing to write: {} already approved", changes(findings.len())));
        return Ok(());
    }
    let new: Vec<NewApproval> =
        open.into_iter().map(|(fingerprint, finding)| entry(args, fingerprint, finding)).collect();
    let Some(home) = home else {
        if args.dry_run {
            terminal.write(&spec::approvals_text(&new));
            return Ok(());
        }
        let error = "the entries belong in a specs folder, but the new revision is in git or a single file";
        return Err(format!("{error}\nhelp: `--dry-run` prints them"));
    };
    let path = home.join(APPROVALS);
    let text = read(&home, &path)?;
    refuse_known(&path, &text, &new)?;
    let added = spec::add_approvals(&text, &new).map_err(|error| format!("{}: {error}", path.display()))?;
    if args.dry_run {
        terminal.write(&spec::approvals_text(&new));
        return Ok(());
    }
    files::sweep(&home);
    // The file belongs to people, so it must still be the one that was read.
    files::replace(&home, &path, &added, &|found| found == text.as_bytes()).map_err(|error| error.to_string())?;
    let approved = match findings.len() - new.len() {
        0 => String::new(),
        count => format!("; {} already approved", changes(count)),
    };
    terminal.say(format_args!("{}: {} added{approved}", path.display(), entries(new.len())));
    Ok(())
}

fn changes(count: usize) -> String {
    format!("{} {}", counted(count, "change"), if count == 1 { "is" } else { "are" })
}

fn entries(count: usize) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}

fn criteria(args: &ApproveArgs) -> Vec<Criterion> {
    let levels = args.level.iter().map(|level| match level {
        ApprovedLevel::Error => Level::Error,
        ApprovedLevel::Warning => Level::Warning,
        ApprovedLevel::Info => Level::Info,
        ApprovedLevel::Doc => Level::Doc,
    });
    let kinds = args.kind.iter().cloned().map(Criterion::Kind);
    let apis = args.api.iter().cloned().map(Criterion::Api);
    let fingerprints = args.fingerprint.iter().cloned().map(Criterion::Fingerprint);
    kinds.chain(apis).chain(levels.map(Criterion::Level)).chain(fingerprints).collect()
}

/// Returns the message about criteria that no selected change meets: about one that no change meets at all, if there is one.
fn unmet(unmatched: &[&Criterion], report: &Report) -> Option<String> {
    let is_met = |criterion: &Criterion| select(report, std::slice::from_ref(criterion)).unmatched.is_empty();
    let useless = unmatched.iter().find(|criterion| !is_met(criterion));
    let criterion = *useless.or(unmatched.first())?;
    let option = match criterion {
        Criterion::Kind(text) => {
            if let Some(error) = unknown_kind(text) {
                return Some(error);
            }
            format!("`--kind` {}", quoted(text))
        }
        Criterion::Api(text) => format!("`--api` {}", quoted(text)),
        Criterion::Level(level) => format!("`--level` {}", quoted(level.word())),
        Criterion::Fingerprint(text) => format!("`--fingerprint` {}", quoted(text)),
    };
    let among = if useless.is_some() { "" } else { " among those that match the other options" };
    let help = "`apograph diff` shows the kind, level and fingerprint of each change";
    Some(format!("{option} matches no change{among}\nhelp: {help}"))
}

fn unknown_kind(text: &str) -> Option<String> {
    let known = || Kind::ALL.iter().map(|kind| kind.id());
    if known().any(|id| glob(text, id)) {
        return None;
    }
    let near = nearest(text, known()).map(|near| format!("\nhelp: did you mean `{near}`?"));
    Some(format!("unknown kind of change {}{}", quoted(text), near.unwrap_or_default()))
}

fn entry(args: &ApproveArgs, fingerprint: &str, finding: &Finding) -> NewApproval {
    let entry = ApprovalSpec {
        fingerprint: fingerprint.to_owned(),
        cause: args.cause,
        reason: args.reason.clone(),
        who: args.who.clone(),
        until: args.until.to_string(),
    };
    NewApproval { entry, remark: format!("{}: {}", finding.change.kind.id(), finding.topic()) }
}

/// Reads the file, which may be missing.
fn read(home: &Path, path: &Path) -> Result<String, String> {
    let read = files::optional(files::read_text(home, path, spec::LARGEST));
    read.map(Option::unwrap_or_default).map_err(|error| format!("{}: {error}", path.display()))
}

/// Refuses changes that have an entry already, which then has expired.
fn refuse_known(path: &Path, text: &str, new: &[NewApproval]) -> Result<(), String> {
    let shown = path.to_string_lossy();
    let known = spec::load_approvals(&shown, text.to_owned(), &mut Sources::new(), &mut Diagnostics::new());
    let Some(known) = known else { return Ok(()) };
    let is_new = |fingerprint: &&str| new.iter().any(|approval| approval.entry.fingerprint == **fingerprint);
    match known.fingerprints().find(is_new) {
        Some(fingerprint) => Err(format!(
            "{shown}: the entry `{fingerprint}` has expired\nhelp: set a later day in its `until`, or remove the entry"
        )),
        None => Ok(()),
    }
}
