//! What commands report: documents for programs, long lists, doubts, suggested commands, help, completions and man pages.

use std::fs;
use std::path::Path;

use apograph::cli::Cli;
use apograph::commands::Outcome;
use apograph_tests::command::{Run, apograph};
use apograph_tests::root;
use apograph_tests::schema::check;
use clap::CommandFactory as _;
use serde_json::Value;

fn run(arguments: &[&str]) -> Run {
    apograph(arguments.iter().copied())
}

const FIELDS: usize = 9;

/// A specs folder with one API, which has many fields of an unknown type, and doubts about some of them.
fn broken(fields: usize, doubts: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let family = folder.path().join("specs/acme/depot");
    fs::create_dir_all(&family).expect("folders");
    let base = root().join("tests/diff/base");
    for path in ["crate.yaml", "acme/platform.yaml"] {
        fs::copy(base.join(path), folder.path().join("specs").join(path)).expect("a file");
    }
    let transcript = fs::read_to_string(base.join("acme/depot/crate_send.yaml")).expect("a transcript");
    let unknown: String = (0..fields).map(|at| format!("  f{at}: {{type: 'Map<', description: x}}\n")).collect();
    let known: String = (0..doubts).map(|at| format!("  d{at}: {{type: String, description: x}}\n")).collect();
    let doubted: String =
        (0..doubts).map(|at| format!("- {{at: request.d{at}, about: type, note: ambiguous}}\n")).collect();
    let doubted = if doubts > 0 { format!("doubts:\n{doubted}") } else { doubted };
    let transcript = transcript.replace("response:\n", &format!("{unknown}{known}response:\n")) + &doubted;
    fs::write(family.join("crate_send.yaml"), transcript).expect("a transcript");
    folder
}

fn specs(folder: &tempfile::TempDir) -> String {
    folder.path().join("specs").to_string_lossy().into_owned()
}

fn document(run: &Run) -> Value {
    let document: Value = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.out));
    let schema: Value = serde_json::from_str(&apograph(["lint", "--schema"]).out).expect("the schema");
    check(&document, &schema, &schema, "");
    assert_eq!(document["status"], run.outcome.status());
    document
}

#[test]
fn findings_of_one_kind_are_counted_unless_all_are_wanted() {
    let folder = broken(FIELDS, 0);
    let few = run(&["lint", "--specs", &specs(&folder)]);
    assert_eq!(few.err.matches("error[E0401]").count(), 3, "{}", few.err);
    assert!(few.err.contains("\n… and 6 more E0401 in 1 file; `--all` shows them\n9 errors\n"), "{}", few.err);
    let all = run(&["lint", "--all", "--specs", &specs(&folder)]);
    assert_eq!(all.err.matches("error[E0401]").count(), FIELDS, "{}", all.err);
    assert!(!all.err.contains("more E0401"), "{}", all.err);
    let four = run(&["lint", "--specs", &specs(&broken(4, 0))]);
    assert_eq!(four.err.matches("error[E0401]").count(), 4, "one line is not saved by another: {}", four.err);
}

#[test]
fn lint_lists_doubts_and_generate_counts_them() {
    let folder = broken(0, 2);
    let specs = specs(&folder);
    let lint = run(&["lint", "--specs", &specs]);
    assert_eq!((lint.outcome, lint.err.matches("warning[W0306]").count()), (Outcome::Done, 2), "{}", lint.err);
    let runtime = root().join("generator/runtime");
    let generate = ["generate", "--specs", &specs, "--runtime", &runtime.to_string_lossy()];
    let generated = run(&generate);
    assert_eq!(generated.outcome, Outcome::Done, "{}", generated.err);
    let line =
        format!("warning: 2 doubts are not settled by a fix; to list them, run: apograph lint --specs {specs}\n");
    assert_eq!(generated.err, line);
    assert!(folder.path().join("generated/Cargo.toml").is_file(), "the crate is next to the specs");

    let report = document(&run(&[&generate[..], &["--format", "json", "--check"]].concat()));
    assert_eq!(
        (&report["summary"]["doubts"], &report["findings"]),
        (&Value::from(2), &Value::from(Vec::<Value>::new()))
    );
}

#[test]
fn findings_are_data_with_places_from_one() {
    let folder = broken(FIELDS, 0);
    let json = run(&["lint", "--specs", &specs(&folder), "--format", "json"]);
    assert_eq!(json.err, "9 errors\n", "findings are in the document only");
    let report = document(&json);
    let findings = report["findings"].as_array().expect("findings");
    assert_eq!(findings.len(), FIELDS, "nothing is left out");
    let first = &findings[0];
    assert_eq!((&first["code"], &first["level"]), (&Value::from("E0401"), &Value::from("error")));
    assert!(first["file"].as_str().is_some_and(|file| file.ends_with("specs/acme/depot/crate_send.yaml")), "{first}");
    assert_eq!((&first["line"], &first["column"]), (&Value::from(8), &Value::from(14)), "{first}");
    assert_eq!(first["end"], serde_json::json!({"line": 8, "column": 20}), "{first}");
    assert_eq!(report["summary"]["errors"], FIELDS);
}

#[test]
fn every_command_with_a_document_writes_one_whatever_happens() {
    let folder = broken(0, 0);
    let specs = specs(&folder);
    let missing = folder.path().join("missing").to_string_lossy().into_owned();
    let runtime = root().join("generator/runtime").to_string_lossy().into_owned();
    let page = root().join("tests/pages/top-text.txt").to_string_lossy().into_owned();
    let desk = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(desk.path().join("specs/top")).expect("a folder");
    fs::copy(root().join("specs/top/platform.yaml"), desk.path().join("specs/top/platform.yaml")).expect("a platform");
    let desk = desk.path().join("specs").to_string_lossy().into_owned();
    for (arguments, status) in [
        (&["lint", "--specs", &specs][..], 0),
        (&["lint", "--specs", &missing], 2),
        (&["generate", "--specs", &specs, "--runtime", &runtime, "--check"], 1),
        (&["generate", "--specs", &specs, "--runtime", &runtime], 0),
        (&["generate", "--specs", &specs, "--runtime", &missing], 2),
        (&["transcribe", &page, "--specs", &desk, "--check"], 1),
        (&["transcribe", &missing, "--specs", &desk], 2),
    ] {
        let run = run(&[arguments, &["--format", "json"]].concat());
        let report = document(&run);
        assert_eq!((&report["status"], &report["command"]), (&Value::from(status), &Value::from(arguments[0])));
        assert_eq!(report["failures"].as_array().is_some_and(|failures| !failures.is_empty()), status == 2, "{report}");
    }
    let report = document(&run(&["transcribe", &page, "--specs", &desk, "--format", "json"]));
    let file = &report["files"][0];
    assert_eq!((&file["state"], &file["page"]), (&Value::from("new"), &Value::from(page.replace('\\', "/"))), "{file}");
}

#[test]
fn a_missing_folder_is_one_error() {
    let missing = ["--specs", "no/such/folder"];
    let page = root().join("tests/pages/top-text.txt").to_string_lossy().into_owned();
    for command in [&["lint"][..], &["fmt", "--check"], &["generate"], &["transcribe", &page, &page]] {
        let run = run(&[command, &missing].concat());
        assert_eq!(run.err, "error: the specs folder `no/such/folder` does not exist\n", "{command:?}");
        assert_eq!((run.outcome, run.out.as_str()), (Outcome::Failed, ""));
    }
}

#[test]
fn suggested_commands_name_the_specs_that_were_given() {
    let folder = broken(0, 0);
    let transcript = folder.path().join("specs/acme/depot/crate_send.yaml");
    let text = fs::read_to_string(&transcript).expect("a transcript");
    assert_eq!(run(&["fmt", "--specs", &specs(&folder)]).outcome, Outcome::Done);
    fs::write(&transcript, format!("\n{text}")).expect("a transcript");
    let checked = run(&["fmt", "--check", "--specs", &specs(&folder)]);
    assert!(checked.err.contains("\n1 transcript not in canonical form\n"), "{}", checked.err);
    let (_, command) = checked.err.split_once("run: apograph ").expect("a command");
    let fixed = run(&command.split_whitespace().collect::<Vec<_>>());
    assert_eq!((fixed.outcome, fixed.out.as_str()), (Outcome::Done, "1 transcript, 1 rewritten\n"), "{}", fixed.err);
}

#[test]
fn every_help_has_examples_that_parse() {
    let mut program = Cli::command();
    program.build();
    let commands: Vec<_> =
        program.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help").collect();
    assert!(commands.len() >= 10);
    for command in commands.into_iter().chain([&program]) {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let (_, examples) = help.split_once("Examples:\n").unwrap_or_default();
        assert!(examples.lines().count() > 1, "{} has no examples", command.get_name());
        for line in examples.lines() {
            let (line, _) = line.trim().split_once("  ").unwrap_or((line.trim(), ""));
            let (_, line) = line.split_once("apograph ").expect("a command line");
            let words = line.split([' ']).take_while(|word| !matches!(*word, ">" | "|"));
            let parsed = <Cli as clap::Parser>::try_parse_from(["apograph"].into_iter().chain(words));
            assert!(parsed.is_ok(), "{line}: {parsed:?}");
        }
    }
}

#[test]
fn shells_and_man_know_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("man");
    assert_eq!(run(&["man", "--out", &out.to_string_lossy()]).outcome, Outcome::Done);
    for command in
        ["init", "transcribe", "generate", "lint", "fmt", "diff", "approve", "sign", "call", "explain", "schema", "man"]
    {
        let page = read(&out.join(format!("apograph-{command}.1")));
        assert!(page.contains("Examples:") && page == run(&["man", command]).out, "{command}");
        for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
            assert!(run(&["completions", shell]).out.contains(command), "{shell}: {command}");
        }
    }
    assert_eq!(read(&out.join("apograph.1")), run(&["man"]).out);
    let unknown = run(&["man", "git-diff-driver"]);
    assert_eq!((unknown.outcome, unknown.out.as_str()), (Outcome::Failed, ""));
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn codes_are_explained() {
    let explained = run(&["explain", "e0301"]);
    assert!(explained.out.starts_with("E0301 (error): ") && explained.out == run(&["explain", "0301"]).out);
    let unknown = run(&["explain", "E0031"]);
    assert_eq!(unknown.outcome, Outcome::Failed);
    assert!(unknown.err.starts_with("error: unknown code `E0031`\nhelp: did you mean `E03"), "{}", unknown.err);
    let all = run(&["explain"]).out;
    assert!(apograph::diagnostic::Code::ALL.iter().all(|code| all.contains(code.id()) && all.contains(code.title())));
}
