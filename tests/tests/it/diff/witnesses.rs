//! The lines of Rust of which `apograph diff` says that they no longer compile: each is compiled against the crate of
//! the old specs, where it must pass, and against that of the new ones, where it must not.
//!
//! All crates and callers are one workspace, checked by one run of cargo, so that the runtime is built once.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use apograph_tests::command::apograph;
use apograph_tests::root;
use serde_json::Value;

/// A line, and what its caller is called.
struct Witness {
    case: String,
    /// The caller's package, without the side.
    name: String,
    module: String,
    line: String,
}

fn lay(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let target = to.join(entry.file_name().unwrap_or_default());
        if entry.is_dir() {
            lay(&entry, &target);
        } else if entry.extension().is_some_and(|extension| extension == "yaml" || extension == "lock") {
            fs::copy(&entry, target).expect("a file");
        }
    }
}

fn path(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).expect("a file")
}

/// The witnesses of a case, whose two sides lie in `specs`.
fn witnesses(case: &str, specs: &Path) -> Vec<Witness> {
    let sides = ["before", "after"].map(|side| path(&specs.join(side)));
    let run = apograph(["diff", &sides[0], &sides[1], "--format", "json", "--all"]);
    let report: Value = serde_json::from_str(&run.out).unwrap_or_default();
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    let witness = |(index, finding): (usize, &Value)| {
        let line = finding["rust"]["witness"].as_str()?;
        Some(Witness {
            case: case.to_owned(),
            name: format!("call-{case}-{index}"),
            // What the platform itself has stands in the platform's module.
            module: finding["rust"]["module"].as_str().unwrap_or("acme_apis::acme").to_owned(),
            line: line.to_owned(),
        })
    };
    findings.iter().enumerate().filter_map(witness).collect()
}

/// Generates one side of a case as a package of its own.
fn generate(specs: &Path, out: &Path, package: &str) {
    let runtime = path(&root().join("generator/runtime"));
    let run = apograph(["generate", "--specs", &path(specs), "--out", &path(out), "--runtime", &runtime]);
    assert!(run.success, "{}", run.err);
    let manifest = read(&out.join("Cargo.toml"));
    let renamed = manifest.replacen("name = \"acme-apis\"", &format!("name = \"{package}\""), 1);
    fs::write(out.join("Cargo.toml"), renamed).expect("a file");
}

/// Writes a caller of one side: a package that holds nothing but the line.
fn write_caller(witness: &Witness, side: &str, folder: &Path) {
    fs::create_dir_all(folder.join("src")).expect("a folder");
    let (name, case) = (&witness.name, &witness.case);
    let manifest = format!(
        "[package]\nname = \"{name}-{side}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[dependencies]\nacme_apis = {{ \
         path = \"../../crates/{case}-{side}\", package = \"{case}-{side}\", features = [\"acme-depot\"] }}\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("a file");
    let (module, line) = (&witness.module, &witness.line);
    let text = if line.starts_with("use ") {
        format!("#![allow(unused)]\n{line}\n")
    } else {
        format!("#![allow(unused)]\nuse acme_apis::*;\nuse {module}::*;\npub fn caller() {{ {line} }}\n")
    };
    fs::write(folder.join("src/lib.rs"), text).expect("a file");
}

/// The packages that do not compile, and what cargo says.
fn check(workspace: &Path) -> (BTreeSet<String>, String) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("witnesses");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(workspace).env("CARGO_TARGET_DIR", target);
    command.args(["check", "--offline", "--workspace", "--keep-going", "--message-format", "short"]);
    let output = command.output().expect("cargo");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let failed = said.lines().filter_map(|line| line.split("could not compile `").nth(1)?.split('`').next());
    (failed.map(str::to_owned).collect(), said)
}

#[test]
fn witnesses_compile_against_the_old_crate_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let workspace: PathBuf = folder.path().to_owned();
    let corpus = root().join("tests/diff");
    let (mut all, mut members) = (Vec::new(), String::new());
    for case in fs::read_dir(&corpus).expect("the corpus").map(|entry| entry.expect("a case").file_name()) {
        let case = case.to_string_lossy().into_owned();
        let specs = workspace.join("specs").join(&case);
        for side in ["before", "after"] {
            lay(&corpus.join("base"), &specs.join(side));
            if case != "base" {
                lay(&corpus.join(&case).join(side), &specs.join(side));
            }
        }
        // A line of a manifest is no Rust.
        let found: Vec<_> =
            witnesses(&case, &specs).into_iter().filter(|witness| witness.line.ends_with(';')).collect();
        for side in ["before", "after"].into_iter().filter(|_| !found.is_empty()) {
            let package = format!("{case}-{side}");
            generate(&specs.join(side), &workspace.join("crates").join(&package), &package);
            let _ = write!(members, "\"crates/{package}\", ");
            for witness in &found {
                let caller = format!("{}-{side}", witness.name);
                write_caller(witness, side, &workspace.join("callers").join(&caller));
                let _ = write!(members, "\"callers/{caller}\", ");
            }
        }
        all.extend(found);
    }
    assert!(all.len() >= 50, "only {} witnesses", all.len());
    fs::write(workspace.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n"))
        .expect("a file");
    fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock")).expect("a file");
    let (failed, said) = check(&workspace);
    assert!(!failed.is_empty(), "{said}");
    let mut wrong = String::new();
    for Witness { name, line, .. } in &all {
        if failed.contains(&format!("{name}-before")) {
            let _ = writeln!(wrong, "{name} does not compile against the old crate: {line}");
        }
        if !failed.contains(&format!("{name}-after")) {
            let _ = writeln!(wrong, "{name} compiles against the new crate: {line}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}\n{said}");
}
