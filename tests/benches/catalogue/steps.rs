//! What is measured, in this order: each step finds what those before it have left.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::meter::{Usage, measure};
use crate::options::Options;
use crate::workplace::Workplace;

/// A step.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&Workplace) -> Result<Usage, String>,
}

/// All steps that the options ask for.
pub(crate) fn all(options: &Options) -> Vec<Step> {
    let mut steps = vec![
        Step { name: "transcribe", run: |place| measured(place, &place.transcribe(&place.pages, &place.specs())) },
        Step { name: "generate, cold", run: |place| measured(place, &generate(place)) },
        Step { name: "generate, nothing changed", run: |place| measured(place, &generate(place)) },
        Step { name: "generate --check", run: |place| measured(place, generate(place).arg("--check")) },
        Step { name: "generate, one spec changed", run: one_changed },
        Step { name: "generate over the lock, no crate", run: over_the_lock },
    ];
    if options.pages.is_none() || options.later.is_some() {
        steps.push(Step { name: "diff", run: diff });
    }
    if options.compile {
        steps.push(Step { name: "cargo check, every feature", run: |place| check(place, &["--all-features"]) });
        steps.push(Step { name: "cargo check, one family", run: check_one });
    }
    steps
}

fn measured(place: &Workplace, command: &Command) -> Result<Usage, String> {
    measure(command, place.path())
}

fn generate(place: &Workplace) -> Command {
    let mut command = place.command("generate");
    command.arg("--specs").arg(place.specs()).arg("--out").arg(place.out());
    command.arg("--standalone").arg("--runtime").arg(&place.runtime);
    command
}

fn one_changed(place: &Workplace) -> Result<Usage, String> {
    let spec = first_spec(&place.specs()).ok_or("no spec")?;
    let text = fs::read_to_string(&spec).map_err(|error| error.to_string())?;
    let changed = text.replacen("description: ", "description: new ", 1);
    fs::write(&spec, changed).map_err(|error| error.to_string())?;
    measured(place, &generate(place))
}

fn over_the_lock(place: &Workplace) -> Result<Usage, String> {
    fs::remove_dir_all(place.out()).map_err(|error| error.to_string())?;
    measured(place, &generate(place))
}

fn diff(place: &Workplace) -> Result<Usage, String> {
    let mut command = place.command("diff");
    command.args(["--format", "json"]).arg(place.specs()).arg(place.later_specs());
    measured(place, &command)
}

/// Checks the crate; the packages that it depends on have been checked before.
fn check(place: &Workplace, features: &[&str]) -> Result<Usage, String> {
    let cargo = std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
    let mut command = Command::new(cargo);
    command.args(["check", "--quiet"]).args(features).current_dir(place.out());
    command.env("CARGO_TARGET_DIR", place.path().join("target")).env("CARGO_INCREMENTAL", "0");
    let source = place.out().join("src/lib.rs");
    let text = fs::read_to_string(&source).map_err(|error| error.to_string())?;
    // Without it, the packages alone are checked.
    fs::write(&source, "").map_err(|error| error.to_string())?;
    let packages = place.run(&command);
    fs::write(&source, text).map_err(|error| error.to_string())?;
    packages?;
    measured(place, &command)
}

/// Checks the family whose number of APIs is nearest to 81.
fn check_one(place: &Workplace) -> Result<Usage, String> {
    let families = fs::read_dir(place.specs().join("top")).map_err(|error| error.to_string())?;
    let families = families.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir());
    let apis = |family: &PathBuf| fs::read_dir(family).map_or(0, Iterator::count);
    let nearest = families.min_by_key(|family| apis(family).abs_diff(81)).ok_or("no family")?;
    let name = nearest.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    check(place, &["--no-default-features", "--features", &format!("top-{name}")])
}

fn first_spec(specs: &Path) -> Option<PathBuf> {
    let sorted = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten();
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        paths
    };
    let family = sorted(&specs.join("top")).into_iter().find(|path| path.is_dir())?;
    sorted(&family).into_iter().next()
}
