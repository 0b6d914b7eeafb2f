//! The lines of Rust of which `apograph diff` says that they no longer compile: each is compiled against the crate of
//! the old specs, where it must pass, and against that of the new ones, where it must not.

use std::collections::BTreeMap;
use std::fmt::Write;

use apograph::diagnostic::Diagnostics;
use apograph::diff::{self, output};
use apograph::source::Sources;
use apograph_tests::corpus::{self, Case};
use apograph_tests::folder::Texts;
use apograph_tests::fuzz;
use apograph_tests::generation;
use apograph_tests::rustc::{CRATE, Caller, Compiler};
use serde_json::Value;

const SIDES: [&str; 2] = ["before", "after"];

/// A line of Rust, and the module whose items it names.
struct Witness {
    /// The case and the number of its finding.
    name: String,
    module: String,
    line: String,
}

/// The witnesses of a case that are Rust: a line of a manifest is not.
fn witnesses(case: &Case) -> Vec<Witness> {
    let sides = SIDES.map(|side| {
        let (files, lock) = case.specs(side);
        diff::Texts { root: side.to_owned(), files, lock, ..diff::Texts::default() }
    });
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let Some([old, new]) = diff::read(sides, &mut sources, &mut diagnostics) else { return Vec::new() };
    let text = output::json(&diff::compare(old, new), &sources);
    let report: Value = serde_json::from_str(&text).expect("JSON");
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    let witness = |(index, finding): (usize, &Value)| {
        let line = finding["rust"]["witness"].as_str().filter(|line| line.ends_with(';'))?;
        // What the platform itself has stands in the platform's module.
        let module = finding["rust"]["module"].as_str().unwrap_or("acme_apis::acme");
        Some(Witness {
            name: format!("{}_{index}", identifier(case)),
            module: module.to_owned(),
            line: line.to_owned(),
        })
    };
    findings.iter().enumerate().filter_map(witness).collect()
}

fn identifier(case: &Case) -> String {
    case.name.replace('-', "_")
}

/// The crate that `generate` makes of one side of a case.
fn generate(case: &Case, side: &str) -> Texts {
    let (specs, lock) = case.specs(side);
    generation::files(&specs, lock.as_deref()).as_ref().clone()
}

/// Code that is nothing but the line.
fn caller(Witness { name, module, line }: &Witness, callee: &str) -> Caller {
    let text = if line.starts_with("use ") {
        line.clone()
    } else {
        format!("use {CRATE}::*; use {module}::*; pub fn caller() {{ {line} }}")
    };
    Caller { name: name.clone(), callee: callee.to_owned(), text }
}

#[test]
fn witnesses_compile_against_the_old_crate_only() {
    let (mut crates, mut all) = (BTreeMap::new(), Vec::new());
    let mut callers = SIDES.map(|_| Vec::new());
    // Two crates per case are compiled, which would be a quarter of the time of all tests.
    let step = if fuzz::is_whole() { 1 } else { 4 };
    let cases = corpus::cases("diff").into_iter().step_by(step).map(|case| (witnesses(&case), case));
    for (found, case) in cases.filter(|(found, _)| !found.is_empty()) {
        for (side, callers) in SIDES.iter().zip(&mut callers) {
            let callee = format!("{}_{side}", identifier(&case));
            crates.insert(callee.clone(), generate(&case, side));
            callers.extend(found.iter().map(|witness| caller(witness, &callee)));
        }
        all.extend(found);
    }
    assert!(all.len() * step >= 50, "only {} witnesses", all.len());
    let compiler = Compiler::default();
    compiler.crates(&crates);
    let [before, after] = callers.map(|callers| compiler.callers(&callers));
    let mut wrong = String::new();
    for Witness { name, line, .. } in &all {
        if let Some(errors) = before.get(name) {
            let _ = writeln!(wrong, "{name} does not compile against the old crate: {line}\n{errors}");
        }
        if !after.contains_key(name) {
            let _ = writeln!(wrong, "{name} compiles against the new crate: {line}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
