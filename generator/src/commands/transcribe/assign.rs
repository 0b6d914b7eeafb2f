//! Families that no platform file declares yet: shown, or declared with `--assign-families`.

use std::collections::BTreeMap;
use std::path::Path;

use super::homes::{Homes, Target};
use super::request::Request;
use crate::commands::report::{FileReport, Report};
use crate::commands::terminal::Terminal;
use crate::diagnostic::safe;
use crate::files;
use crate::spec::declare_families;
use crate::transcribe::Prefix;

/// The families of a run that are not declared: platform → family → prefix.
#[derive(Default)]
pub(super) struct Undeclared(BTreeMap<String, BTreeMap<String, Prefix>>);

/// What became of the platform files.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Declared {
    /// They declare every family, or are not to be changed.
    UpToDate,
    /// `--check` has found families that they do not declare.
    Behind,
    /// A file could not be written.
    Failed,
}

impl Undeclared {
    /// Remembers the family of a transcript.
    pub(super) fn add(&mut self, target: &Target) {
        let Some(prefix) = &target.home.undeclared else { return };
        let families = self.0.entry(target.platform.clone()).or_default();
        families.entry(target.home.family.clone()).or_insert_with(|| prefix.clone());
    }

    /// Declares the families in the platform files, if that was asked for, and shows the others.
    pub(super) fn finish(
        &self,
        request: &Request<'_>,
        homes: &Homes<'_>,
        report: &mut Report,
        terminal: &mut Terminal<'_>,
    ) -> Declared {
        let mut result = Declared::UpToDate;
        for (platform, families) in &self.0 {
            let path = request.specs.join(platform).join("platform.yaml");
            let own: BTreeMap<String, String> = families
                .iter()
                .filter_map(|(family, prefix)| match prefix {
                    Prefix::Own(prefix) => Some((family.clone(), prefix.clone())),
                    Prefix::Root(_) => None,
                })
                .collect();
            if !own.is_empty() && request.args.assign_families {
                result = result.max(declare(&path, platform, &own, request, homes, report, terminal));
            } else if !own.is_empty() {
                let file = shown(&path);
                terminal.say(safe(&format!("families to declare in {file}, under `families`:"), false));
                for (family, prefix) in &own {
                    terminal.say(safe(&format!("  {family}: {{title: {family}, prefixes: [{prefix}]}}"), false));
                }
                terminal.say("`--assign-families` inserts these lines");
            }
            for (family, prefix) in families {
                if let Prefix::Root(prefix) = prefix {
                    terminal.say(safe(&format!(
                        "not declared: the family `{family}`, because its prefix `{prefix}` would also take the APIs of other families"
                    ), false));
                }
            }
        }
        result
    }
}

/// Inserts families into a platform file, or reports that they are missing.
fn declare(
    path: &Path,
    platform: &str,
    families: &BTreeMap<String, String>,
    request: &Request<'_>,
    homes: &Homes<'_>,
    report: &mut Report,
    terminal: &mut Terminal<'_>,
) -> Declared {
    let args = request.args;
    let Some((file, spec)) = homes.platform_file(platform) else { return Declared::UpToDate };
    let text = match declare_families(file, spec, families, &report.sources) {
        Ok(text) => text,
        Err(finding) => {
            report.diagnostics.push(*finding);
            return Declared::UpToDate;
        }
    };
    let known = report.sources.text(file);
    if text == known {
        return Declared::UpToDate;
    }
    let word = match (args.check, args.dry_run) {
        (true, _) => "behind",
        (false, true) => "would change",
        (false, false) => "changed",
    };
    let shown = shown(path);
    let changes: Vec<String> = families.keys().map(|family| format!("+ families.{family}")).collect();
    terminal.say(safe(&format!("{word}  {shown}"), false));
    for change in &changes {
        terminal.say(format_args!("  {change}"));
    }
    report.files.push(FileReport { path: shown, state: "changed", page: None, changes });
    if args.check {
        return Declared::Behind;
    }
    let is_known = |found: &[u8]| found == known.as_bytes();
    match if args.dry_run { Ok(()) } else { files::replace(&request.specs, path, &text, &is_known) } {
        Ok(()) => Declared::UpToDate,
        Err(error) => {
            terminal.fail(error);
            Declared::Failed
        }
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
