//! Modules import what the table in `generator/src/lib.rs` permits, and files do not import each other in circles.

mod graph;
mod scan;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use graph::cycles;
use scan::{Import, Modules};

/// Groups of the generator's files that still depend on each other.
const KNOWN_CYCLES: &[&[&str]] = &[
    &["diff/facts.rs", "diff/values.rs"],
    &["diff/locked.rs", "diff/retrieved.rs", "diff/revision.rs"],
    &["diff/prose/facts.rs", "diff/prose/labels.rs"],
    &["transcribe/nio/cards.rs", "transcribe/nio/cells.rs", "transcribe/nio/flat.rs", "transcribe/nio/rows.rs"],
];

/// The same in the runtime.
const KNOWN_RUNTIME_CYCLES: &[&[&str]] = &[];

fn generator() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator")
}

/// The table of permitted imports: module → modules.
fn permitted() -> Vec<(String, BTreeSet<String>)> {
    let root = fs::read_to_string(generator().join("src/lib.rs")).expect("lib.rs");
    let rows = root.lines().filter_map(|line| line.strip_prefix("//! | `"));
    let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    rows.map(|row| {
        let (module, cell) = row.split_once("` |").expect("two columns");
        (module.to_owned(), names(cell))
    })
    .collect()
}

#[test]
fn the_table_has_every_module_after_what_it_may_import() {
    let root = fs::read_to_string(generator().join("src/lib.rs")).expect("lib.rs");
    let declared = root.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "));
    let declared: BTreeSet<String> = declared.map(|name| name.trim_end_matches(';').to_owned()).collect();
    let mut above = BTreeSet::new();
    for (module, may_import) in permitted() {
        let below: Vec<_> = may_import.difference(&above).collect();
        assert!(below.is_empty(), "`{module}` may import {below:?}, which the table lists after it");
        assert!(above.insert(module.clone()), "`{module}` has two rows");
    }
    assert_eq!(above, declared);
}

#[test]
fn imports_are_permitted() {
    let modules = Modules::read(&generator().join("src"));
    assert_eq!(modules.unresolved(), [] as [String; 0], "the scan cannot tell where these lead");
    let permitted: BTreeMap<_, _> = permitted().into_iter().collect();
    let forbidden = modules.imports().into_iter().filter(|import| {
        let Some(from) = &import.from else { return false };
        let may_import = permitted.get(from).cloned().unwrap_or_default();
        import.to.iter().any(|to| to != from && !may_import.contains(to))
    });
    let forbidden: Vec<String> = forbidden.map(|import| shown(&import)).collect();
    assert!(forbidden.is_empty(), "not permitted by the table in generator/src/lib.rs:\n{}", forbidden.join("\n"));
}

#[test]
fn files_of_the_generator_have_no_cycles() {
    no_cycles(&generator().join("src"), KNOWN_CYCLES);
}

#[test]
fn files_of_the_runtime_have_no_cycles() {
    no_cycles(&generator().join("runtime/src"), KNOWN_RUNTIME_CYCLES);
}

/// Every group of files that depend on each other must lie within one known group.
fn no_cycles(folder: &Path, known: &[&[&str]]) {
    let imports = Modules::read(folder).imports();
    let unknown = cycles(&imports)
        .into_iter()
        .filter(|files| !known.iter().any(|known| files.iter().all(|file| known.contains(&file.as_str()))));
    let told: Vec<String> = unknown.map(|files| report(&files, &imports)).collect();
    assert!(told.is_empty(), "files that depend on each other:\n\n{}", told.join("\n\n"));
}

/// One line for each import between two of the files.
fn report(files: &BTreeSet<String>, imports: &[Import]) -> String {
    let mut lines = BTreeMap::new();
    for import in imports.iter().filter(|import| files.contains(&import.file)) {
        if let Some(target) = import.depends_on.as_ref().filter(|target| files.contains(*target)) {
            lines.entry((&import.file, target)).or_insert_with(|| shown(import));
        }
    }
    lines.into_values().collect::<Vec<_>>().join("\n")
}

fn shown(import: &Import) -> String {
    let target = import.depends_on.as_ref().map(|target| format!(" ({target})")).unwrap_or_default();
    format!("{}:{}: {}{target}", import.file, import.line, import.text)
}

mod on_a_made_up_crate {
    use super::*;

    fn crate_of(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        folder
    }

    fn found(files: &[(&str, &str)]) -> Vec<BTreeSet<String>> {
        cycles(&Modules::read(crate_of(files).path()).imports())
    }

    #[test]
    fn a_cycle_through_reexports_is_found() {
        let files = [
            ("lib.rs", "mod a; mod b;"),
            ("a/mod.rs", "mod inner; pub use inner::A;"),
            ("a/inner.rs", "use crate::b::B; pub struct A(B);"),
            ("b.rs", "pub struct B; fn f() { let _ = crate::a::A::new; }"),
        ];
        assert_eq!(found(&files), [BTreeSet::from(["a/inner.rs".to_owned(), "b.rs".to_owned()])]);
    }

    #[test]
    fn reexports_tests_and_quoted_code_make_no_cycle() {
        let files = [
            ("lib.rs", "mod a; mod b;"),
            ("a/mod.rs", "mod inner; pub use inner::A; pub struct Shared;"),
            ("a/inner.rs", "use super::Shared; pub struct A(Shared);"),
            ("b.rs", "use crate::a::A; pub struct B(A);\n#[cfg(test)] use crate::a::inner;"),
        ];
        assert_eq!(found(&files), [] as [BTreeSet<String>; 0]);
    }

    #[test]
    fn an_import_has_its_file_and_line() {
        let folder = crate_of(&[
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "//! A.\n\nuse crate::b::{\n    B,\n};\n\npub struct A(B);\n"),
            ("b.rs", "pub struct B;"),
        ]);
        let imports = Modules::read(folder.path()).imports();
        assert_eq!(imports.iter().map(shown).collect::<Vec<_>>(), ["a.rs:4: crate::b::B (b.rs)"]);
    }
}
