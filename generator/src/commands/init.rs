//! `apograph init`: a specs folder with the platforms that come with the program.

use std::collections::BTreeMap;
use std::path::Path;

use super::folders;
use super::outcome::Outcome;
use super::terminal::Terminal;
use crate::cli::InitArgs;
use crate::diagnostic::{nearest, quoted};
use crate::files::{self, WriteError};

/// The files of all platforms, one behind the other. A test of the repository writes them from the specs.
const PLATFORMS: &str = include_str!("../../platforms.txt");

/// Start and end of the line in front of each file.
const HEAD: (&str, &str) = ("==> ", " <==");

/// The crate file of a new specs folder.
const CRATE: &str = "\
# The generated crate. `apograph schema crate` prints the schema of this file.
name: vendor-apis
version: 0.1.0
description: Typed, signed clients of vendors' APIs
license: MIT OR Apache-2.0
rust-version: '1.88'

# Where the crate finds the runtime: `embedded` writes its sources into the crate, which then depends on packages of crates.io
# only. Others are {path: ../apograph/generator/runtime}, {version: 0.1.0} and {git: https://…, rev: …}.
runtime: embedded

# Folder of the crate, seen from this one.
# out: ../generated

# A workspace of its own, for a crate inside another Cargo workspace that does not list it.
# standalone: true

# The APIs of the crate, if it does not need all: names, or patterns with `*` and `?`.
# only: ['acme.depot.*']

# Families whose features are on by default, as <platform>-<family>.
# default_families: [acme-depot]
";

/// Creates the files that do not exist yet.
pub(super) fn init(args: &InitArgs, terminal: &mut Terminal<'_>) -> Outcome {
    let specs = match folders::new_specs(args.specs.as_deref()) {
        Ok(specs) => specs,
        Err(error) => return terminal.fail(error),
    };
    let platforms = platforms();
    let names: Vec<&str> = platforms.keys().copied().collect();
    let wanted = || args.platform.iter().map(|name| name.trim());
    if let Some(unknown) = wanted().find(|name| !names.contains(name)) {
        return terminal.fail(no_platform(unknown, &names));
    }
    let is_wanted = |name: &str| args.platform.is_empty() || wanted().any(|wanted| wanted == name);
    let chosen = platforms.iter().filter(|(name, _)| is_wanted(name)).flat_map(|(_, files)| files);
    let mut written = 0;
    for (path, text) in [("crate.yaml", CRATE.to_owned())].iter().chain(chosen) {
        let path = specs.join(path);
        match create(&specs, &path, text) {
            Ok(true) => {
                written += 1;
                terminal.say(format_args!("created  {}", path.display()));
            }
            Ok(false) => terminal.say(format_args!("kept     {}", path.display())),
            Err(error) => return terminal.fail(error),
        }
    }
    if written > 0 {
        terminal.say("next: `apograph transcribe PAGE…`, then `apograph generate`");
    }
    Outcome::Done
}

/// Creates a file, and returns whether it did. A file that exists is kept, whatever it contains.
fn create(specs: &Path, path: &Path, text: &str) -> Result<bool, WriteError> {
    match files::replace(specs, path, text, &|_| false) {
        Ok(()) => Ok(true),
        Err(WriteError::Foreign(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

fn no_platform(name: &str, known: &[&str]) -> String {
    let near = nearest(name, known.iter().copied()).map(|near| format!("did you mean `{near}`? "));
    let near = near.unwrap_or_default();
    format!("apograph has no platform called {}\nhelp: {near}known are {}", quoted(name), known.join(", "))
}

/// A file: its path below the specs folder, and its text.
type SpecFile = (&'static str, String);

/// Returns the files of each platform.
fn platforms() -> BTreeMap<&'static str, Vec<SpecFile>> {
    let mut platforms: BTreeMap<&str, Vec<SpecFile>> = BTreeMap::new();
    let mut current = None;
    for line in PLATFORMS.split_inclusive('\n') {
        let head = line.trim_end().strip_prefix(HEAD.0).and_then(|line| line.strip_suffix(HEAD.1));
        if let Some((path, platform)) = head.and_then(|path| Some((path, path.split_once('/')?.0))) {
            platforms.entry(platform).or_default().push((path, String::new()));
            current = Some(platform);
        } else if let Some((_, text)) =
            current.and_then(|name| platforms.get_mut(name)).and_then(|files| files.last_mut())
        {
            text.push_str(line);
        }
    }
    platforms
}
