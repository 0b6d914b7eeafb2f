//! Spoilt specs and locks: each is refused with a finding that has a place, or means the same to both readers of YAML;
//! nothing panics, and what has no finding can be emitted.
//!
//! A hundred by default; [`apograph_tests::fuzz`] describes how to try more.

use std::fs;
use std::num::NonZero;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;

use apograph::diagnostic::{Color, Diagnostic, Diagnostics, render};
use apograph::emit::Workspace;
use apograph::lock;
use apograph::pipeline;
use apograph::source::Sources;
use apograph::source::tree::{Content, Node, Tree};
use apograph::spec::{load_approvals, load_texts};
use apograph_tests::folder::Texts;
use apograph_tests::fuzz::Seeds;
use apograph_tests::mutation::{Random, spoil_spec};
use apograph_tests::{folder, generation, root};
use serde_yaml::Value;

/// Spoilt files of a whole run.
const CASES: u64 = 300;

const APPROVALS: &str = "approvals.yaml";

/// Emitting takes most of the time of a case: one in so many crates is.
const EMITTED: u64 = 4;

/// Specs folders as small as they can be, each with its lock and an approval: one for each endpoint of the repository's
/// specs and of the golden cases, and the lock cases with their tombstones.
fn folders() -> Vec<Texts> {
    let tests = root().join("tests");
    let golden =
        ["envelopes", "names", "signing", "texts", "types"].map(|case| tests.join("golden").join(case).join("specs"));
    let mut folders = Vec::new();
    for folder in golden.iter().chain([&root().join("specs")]) {
        folders.extend(endpoints(&folder::read(folder)));
    }
    for case in ["names", "removed"].map(|case| tests.join("lock").join(case)) {
        let lock = fs::read_to_string(case.join("expected.lock")).expect("a lock");
        folders.push(complete(folder::read(&case.join("after")), Some(lock)));
    }
    folders
}

/// The folder once for each of its endpoints, without the others.
fn endpoints(specs: &Texts) -> Vec<Texts> {
    let is_transcript =
        |path: &&String| path.matches('/').count() == 2 && path.ends_with(".yaml") && !path.ends_with(".fix.yaml");
    let transcripts = specs.keys().filter(is_transcript);
    let only = |transcript: &String| {
        let (platform, _) = transcript.split_once('/').expect("a platform");
        let stem = transcript.trim_end_matches(".yaml");
        let is_needed = |path: &str| {
            let is_of_platform =
                path == format!("{platform}/platform.yaml") || path.starts_with(&format!("{platform}/keys/"));
            path == "crate.yaml" || is_of_platform || path.starts_with(&format!("{stem}."))
        };
        specs.iter().filter(|(path, _)| is_needed(path)).map(|(path, text)| (path.clone(), text.clone())).collect()
    };
    transcripts.map(|transcript| complete(only(transcript), None)).collect()
}

/// The folder with a lock, an approval, and no default family, which may be one that it lacks.
fn complete(mut specs: Texts, lock: Option<String>) -> Texts {
    if let Some(package) = specs.get_mut("crate.yaml") {
        *package = package.split("default_families").next().unwrap_or_default().to_owned();
    }
    let lock = lock.unwrap_or_else(|| generation::check(&specs, None).lock());
    specs.insert(lock::FILE.to_owned(), lock);
    let approval = "- fingerprint: '0123456789abcdef'\n  cause: vendor\n  reason: 'seen: \"it\" is fine'\n  who: ann\n  until: 2030-01-01\n";
    specs.insert(APPROVALS.to_owned(), approval.to_owned());
    specs
}

#[test]
fn spoilt_specs_are_refused_or_read_one_way() {
    let folders = folders();
    let all: Vec<String> = folders.iter().flat_map(|folder| folder.values().cloned()).collect();
    let seeds = Mutex::new(Seeds::of(CASES));
    let next = || seeds.lock().unwrap_or_else(PoisonError::into_inner).next();
    let (mut accepted, mut emitted) = (0, 0);
    thread::scope(|scope| {
        let run = || std::iter::from_fn(next).map(|seed| spoilt(seed, &folders, &all)).collect::<Vec<_>>();
        let workers = thread::available_parallelism().map_or(1, NonZero::get);
        let running: Vec<_> = (0..workers).map(|_| scope.spawn(run)).collect();
        for reading in running.into_iter().flat_map(|worker| worker.join().expect("the message is above")) {
            accepted += u64::from(reading != Reading::Refused);
            emitted += u64::from(reading == Reading::Emitted);
        }
    });
    let cases = seeds.into_inner().unwrap_or_else(PoisonError::into_inner).given();
    eprintln!("{cases} spoilt files, {accepted} of them accepted, {emitted} crates emitted");
    assert!(accepted * 20 > cases, "files are spoilt so much that hardly one is accepted: {accepted} of {cases}");
}

/// Spoils one file of a folder and reads the folder. The seed decides which and how.
fn spoilt(seed: u64, folders: &[Texts], all: &[String]) -> Reading {
    let mut random = Random::new(seed);
    let mut folder = folders[random.below(folders.len())].clone();
    let at = random.below(folder.len());
    let (path, text) = folder.iter_mut().nth(at).expect("a file");
    *text = String::from_utf8_lossy(&spoil_spec(text, all, &mut random)).into_owned();
    let (path, text) = (path.clone(), text.clone());
    match panic::catch_unwind(AssertUnwindSafe(|| check(&folder, &path, seed.is_multiple_of(EMITTED)))) {
        Ok(Ok(reading)) => reading,
        Ok(Err(reason)) => fail(seed, &path, &text, &reason),
        Err(_) => fail(seed, &path, &text, "it panics"),
    }
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum Reading {
    Refused,
    Accepted,
    Emitted,
}

/// Reads a folder with one spoilt file, as `generate` and `diff` do.
fn check(folder: &Texts, spoilt: &str, emits: bool) -> Result<Reading, String> {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let files = folder.iter().filter(|(path, _)| path.ends_with(".yaml") && *path != APPROVALS);
    let files = files.map(|(path, text)| (path.clone(), text.clone())).collect();
    let specs = load_texts("specs", files, &mut sources, &mut diagnostics);
    let _ = load_approvals(APPROVALS, folder[APPROVALS].clone(), &mut sources, &mut diagnostics);
    // Findings about the YAML of any file are made by now; those that follow are about its meaning.
    let is_read = !diagnostics.iter().any(|finding| finding.code().id().starts_with("E01"));
    let lock = lock::read(sources.add(lock::FILE, folder[lock::FILE].clone()), &sources, &mut diagnostics);
    let checked = pipeline::check(&specs, lock, &mut diagnostics);
    let errors = || diagnostics.iter().filter(|finding| finding.is_error());
    let shown = render(&diagnostics, &sources, Color::Never);
    let is_located = |finding: &&Diagnostic| finding.place().is_some_and(|at| shown.contains(sources.path(at.file)));
    if let Some(nowhere) = errors().find(|finding| !is_located(finding)) {
        return Err(format!("a finding without a place: {}", nowhere.message()));
    }
    if is_read && spoilt.ends_with(".yaml") {
        agree(&folder[spoilt])?;
    }
    match checked {
        None if errors().next().is_none() => Err("it is refused without a finding".to_owned()),
        None => Ok(if is_read { Reading::Accepted } else { Reading::Refused }),
        Some(checked) if emits => {
            let tree = generation::emit(&checked, "runtime", Workspace::Member);
            assert!(tree.files().count() > 0 && !checked.lock().is_empty());
            Ok(Reading::Emitted)
        }
        Some(_) => Ok(Reading::Accepted),
    }
}

/// Compares what the reader of values and the reader of positions see in a file.
fn agree(text: &str) -> Result<(), String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Value = serde_yaml::from_str(text).map_err(|error| format!("accepted, but no YAML: {error}"))?;
    let tree = Tree::read(text);
    if !tree.complete || !tree.problems.is_empty() {
        return Err(format!("accepted, but not plain data: {:?}", tree.problems));
    }
    match &tree.root {
        Some(root) => same(root, &value),
        None if value.is_null() => Ok(()),
        None => Err(format!("one reader sees nothing, the other {value:?}")),
    }
}

fn same(node: &Node, value: &Value) -> Result<(), String> {
    match (&node.content, value) {
        (Content::Scalar { text, plain }, value) if is_scalar(text, *plain, value) => Ok(()),
        (Content::List(items), Value::Sequence(values)) if items.len() == values.len() => {
            items.iter().zip(values).try_for_each(|(item, value)| same(item, value))
        }
        (Content::Mapping(entries), Value::Mapping(values)) if entries.len() == values.len() => {
            entries.iter().zip(values).try_for_each(|(entry, (key, value))| {
                let is_same = is_scalar(&entry.key, false, key) || is_scalar(&entry.key, true, key);
                if is_same { same(&entry.value, value) } else { Err(format!("{:?} is not {key:?}", entry.key)) }
            })
        }
        _ => Err(format!("{node:?} is not {value:?}")),
    }
}

fn is_scalar(text: &str, plain: bool, value: &Value) -> bool {
    match value {
        Value::String(known) => known == text,
        typed => plain && serde_yaml::from_str::<Value>(text).is_ok_and(|read| read == *typed),
    }
}

/// Keeps the file where it can be looked at, and fails.
fn fail(seed: u64, path: &str, text: &str, reason: &str) -> ! {
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("spoilt-spec-{seed}.txt"));
    fs::write(&kept, text).expect("a file");
    panic!("seed {seed}, {path} kept as {}: {reason}", kept.display());
}
