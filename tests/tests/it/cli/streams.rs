//! Standard output that cannot take a result: a run whose result is lost has failed.
//!
//! This needs a process of its own: `apograph-tested`, the program's `main` as part of this package.

use std::process::{Command, Stdio};

use apograph_tests::root;

/// Commands that write a result, those of the argument parser included.
const COMMANDS: [&[&str]; 9] = [
    &["--help"],
    &["--version"],
    &["help", "diff"],
    &["explain"],
    &["lint", "--schema"],
    &["lint", "--format", "json"],
    &["completions", "bash"],
    &["man"],
    &["diff", "specs", "specs/../tests/diff/base", "--format", "html"],
];

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_apograph-tested"));
    command.args(arguments).current_dir(root()).stdin(Stdio::null()).stderr(Stdio::piped());
    command
}

#[test]
#[cfg(target_os = "linux")] // The device that is always full is Linux's.
fn a_full_standard_output_fails_the_run() {
    for arguments in COMMANDS {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the device");
        let output = program(arguments).stdout(full).output().expect("a run");
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {error}");
        assert!(error.contains("error: cannot write to standard output: "), "{arguments:?}: {error}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_ends_the_run_quietly() {
    for arguments in COMMANDS {
        let mut child = program(arguments).stdout(Stdio::piped()).spawn().expect("a run");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("a run");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !error.contains("standard output"), "{arguments:?}: {error}");
    }
}
