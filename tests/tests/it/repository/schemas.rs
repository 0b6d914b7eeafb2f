//! The JSON Schemas of `apograph schema` and the program that reads the files judge alike.

use std::fs;
use std::path::{Path, PathBuf};

use apograph::diagnostic::Diagnostics;
use apograph::source::Sources;
use apograph::spec;
use apograph_tests::command::apograph;
use apograph_tests::root;
use apograph_tests::schema::misfit;
use serde_json::Value;

/// The kind of a file in a specs folder, as `apograph schema` calls it.
fn kind(path: &Path) -> Option<&'static str> {
    let name = path.file_name()?.to_str()?;
    match name {
        "platform.yaml" => Some("platform"),
        "crate.yaml" => Some("crate"),
        "approvals.yaml" => Some("approvals"),
        "pages.yaml" => Some("pages"),
        _ if name.ends_with(".fix.yaml") => Some("fix"),
        _ => name.ends_with(".yaml").then_some("transcript"),
    }
}

/// The files of all specs folders below a folder.
fn files(folder: &Path, found: &mut Vec<(PathBuf, &'static str)>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            files(&path, found);
        } else if let Some(kind) = kind(&path) {
            found.push((path, kind));
        }
    }
}

fn read(path: &Path) -> Option<Value> {
    let text = fs::read_to_string(path).ok()?;
    serde_yaml::from_str(&text).ok()
}

#[test]
fn every_good_file_fits_its_schema() {
    let mut found = Vec::new();
    for folder in ["specs", "tests/golden", "tests/diff/base", "tests/lock"] {
        files(&root().join(folder), &mut found);
    }
    let kinds = ["platform", "crate", "fix", "pages", "transcript"];
    for kind in kinds {
        let schema = spec::json_schema(kind).expect("a schema");
        let own: Vec<&PathBuf> = found.iter().filter(|(_, of)| *of == kind).map(|(path, _)| path).collect();
        assert!(!own.is_empty() || kind == "pages", "no {kind}");
        for path in own {
            let value = read(path).unwrap_or_else(|| panic!("{}", path.display()));
            assert_eq!(misfit(&value, &schema), None, "{}", path.display());
        }
    }
}

/// What the reader says about keys, kinds and words of one file.
fn rejects(path: &Path, kind: &str) -> Option<bool> {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let text = fs::read_to_string(path).ok()?;
    let specs = match kind {
        "crate" => vec![("crate.yaml".to_owned(), text)],
        "platform" => vec![("p/platform.yaml".to_owned(), text)],
        "pages" => vec![("p/pages.yaml".to_owned(), text)],
        "fix" => vec![("p/f/a.fix.yaml".to_owned(), text)],
        "transcript" => vec![("p/f/a.yaml".to_owned(), text)],
        _ => return None,
    };
    spec::load_texts("specs", specs, &mut sources, &mut diagnostics);
    let codes: Vec<&str> = diagnostics.iter().map(|finding| finding.code().id()).collect();
    // Syntax, plain data, sizes and bytes are nothing that a schema could see.
    let is_unseen =
        codes.iter().any(|code| ["E0101", "E0102", "E0107", "E0108", "E0109", "E0110", "E0111"].contains(code));
    let is_seen = codes.iter().any(|code| ["E0103", "E0104", "E0106"].contains(code));
    (!is_unseen).then_some(is_seen)
}

#[test]
fn files_whose_keys_the_reader_rejects_do_not_fit() {
    let mut found = Vec::new();
    files(&root().join("tests/diagnostics"), &mut found);
    let mut rejected = 0;
    for (path, kind) in found {
        let (Some(is_rejected), Some(value)) = (rejects(&path, kind), read(&path)) else { continue };
        let misfit = misfit(&value, &spec::json_schema(kind).expect("a schema"));
        assert!(!is_rejected || misfit.is_some(), "{} fits", path.display());
        rejected += usize::from(is_rejected);
    }
    assert!(rejected > 10, "{rejected}");
}

#[test]
fn every_kind_of_file_has_a_schema_on_the_command_line() {
    for (name, _) in spec::schema_names() {
        let run = apograph(["schema", name]);
        let schema: Value = serde_json::from_str(&run.out).expect("a schema");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        assert_eq!(Some(&schema), spec::json_schema(name).as_ref());
    }
    let run = apograph(["schema", "transcripts"]);
    assert!(run.err.contains("did you mean `transcript`?"), "{}", run.err);
}
