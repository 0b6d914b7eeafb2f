//! What a program that depends on the generated crate builds beside it: few third-party packages, and none that needs an
//! operating system on a target without one.

use std::collections::BTreeSet;
use std::process::Command;

use apograph_tests::root;

/// A target with an operating system. Others differ by a few packages.
const LINUX: &str = "x86_64-unknown-linux-gnu";

/// A target with neither a clock nor a random source. `.ci/run` builds for it where its standard library can be had.
const WASM: &str = "wasm32-unknown-unknown";

/// Packages that do not build for [`WASM`], or compile and fail at run time.
const SYSTEM: [&str; 8] = ["getrandom", "libc", "mio", "reqwest", "ring", "socket2", "tokio", "ureq"];

/// The third-party packages, each with its version, of a program with these features of the generated crate only.
fn packages(features: &str, target: &str) -> BTreeSet<String> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args([
        "tree",
        "--locked",
        "--offline",
        "--package",
        "apograph-apis",
        "--edges",
        "normal",
        "--prefix",
        "none",
    ]);
    command.args(["--target", target, "--no-default-features", "--features", features]).current_dir(root());
    let output = command.output().expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).expect("UTF-8");
    // `serde v1.0.0 (proc-macro) (*)`
    let names = tree.lines().map(|line| line.split(" (").next().unwrap_or_default().to_owned());
    names.filter(|name| !name.starts_with("apograph")).collect()
}

/// A package more is a decision, not an accident. With `async`, a program that does not use this lock file has about 25
/// more: the Unicode tables of `idna`.
#[test]
fn a_program_builds_few_packages() {
    for (features, most) in [
        ("", 27),
        ("jiff", 27),
        ("chrono", 29),
        ("rust_decimal", 30),
        ("system", 29),
        ("tracing", 31),
        ("blocking", 49),
        ("async", 82),
    ] {
        let packages = packages(features, LINUX);
        assert!(packages.len() > 20, "`{features}`: the list of packages is cut: {packages:?}");
        assert!(packages.len() <= most, "`{features}`: {} packages instead of {most}: {packages:#?}", packages.len());
    }
}

#[test]
fn without_transports_no_package_needs_an_operating_system() {
    let found = |packages: BTreeSet<String>| {
        let names: BTreeSet<String> =
            packages.iter().filter_map(|package| package.split(' ').next()).map(str::to_owned).collect();
        assert!(names.contains("serde_json"), "the list of packages is cut: {names:?}");
        SYSTEM.into_iter().filter(|name| names.contains(*name)).collect::<Vec<_>>()
    };
    for features in ["", "chrono,debug-values,jiff,rust_decimal,testing,tracing"] {
        assert_eq!(found(packages(features, WASM)), [""; 0], "`{features}`");
    }
    // The test would see them.
    assert_eq!(found(packages("async,blocking", LINUX)), SYSTEM);
}
