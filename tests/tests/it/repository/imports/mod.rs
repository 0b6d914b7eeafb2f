//! Modules import what the table in `generator/src/lib.rs` permits, and files do not import each other in circles.

mod graph;
mod scan;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

use apograph_tests::root;

use graph::cycles;
use scan::{Import, Modules};

static GENERATOR: LazyLock<Modules> = LazyLock::new(|| Modules::read(&root().join("generator/src")));

static IMPORTS: LazyLock<Vec<Import>> = LazyLock::new(|| GENERATOR.imports());

fn table() -> String {
    fs::read_to_string(root().join("generator/src/lib.rs")).expect("lib.rs")
}

/// The table of permitted imports: module → modules.
fn permitted() -> Vec<(String, BTreeSet<String>)> {
    let text = table();
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! | `"));
    let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    rows.map(|row| {
        let [module, does, may_import, _] = row.split('|').collect::<Vec<_>>()[..] else { panic!("columns of {row}") };
        let module = module.trim_end_matches("` ");
        assert!(!does.trim().is_empty(), "the table does not describe `{module}`");
        (module.to_owned(), names(may_import))
    })
    .collect()
}

#[test]
fn the_table_has_every_module_after_what_it_may_import() {
    let text = table();
    let declared = text.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "));
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
    assert_eq!(GENERATOR.unresolved(), [] as [String; 0], "the scan cannot tell where these lead");
    let permitted: BTreeMap<_, _> = permitted().into_iter().collect();
    let forbidden = IMPORTS.iter().filter(|import| {
        let Some(from) = &import.from else { return false };
        let may_import = permitted.get(from).cloned().unwrap_or_default();
        import.to.iter().any(|to| to != from && !may_import.contains(to))
    });
    let forbidden: Vec<String> = forbidden.map(|import| GENERATOR.describe(import)).collect();
    assert!(forbidden.is_empty(), "not permitted by the table in generator/src/lib.rs:\n{}", forbidden.join("\n"));
}

#[test]
fn files_of_the_generator_have_no_cycles() {
    no_cycles(&GENERATOR, &IMPORTS);
}

#[test]
fn files_of_the_runtime_have_no_cycles() {
    let runtime = Modules::read(&root().join("generator/runtime/src"));
    no_cycles(&runtime, &runtime.imports());
}

fn no_cycles(modules: &Modules, imports: &[Import]) {
    let groups: Vec<String> = cycles(imports).iter().map(|files| report(modules, files, imports)).collect();
    assert!(groups.is_empty(), "files that depend on each other:\n\n{}", groups.join("\n\n"));
}

/// One line for each import between two of the files.
fn report(modules: &Modules, files: &BTreeSet<String>, imports: &[Import]) -> String {
    let mut lines = BTreeMap::new();
    for import in imports.iter().filter(|import| files.contains(&import.file)) {
        if let Some(target) = import.depends_on.as_ref().filter(|target| files.contains(*target)) {
            lines.entry((&import.file, target)).or_insert_with(|| modules.describe(import));
        }
    }
    lines.into_values().collect::<Vec<_>>().join("\n")
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
            ("a/inner.rs", "use super::Shared; pub struct A(Shared); fn f() { quote! { crate::b::B } }"),
            ("b.rs", "use crate::a::A; pub struct B(A);\n#[cfg(test)] use crate::a::inner;"),
        ];
        assert_eq!(found(&files), [] as [BTreeSet<String>; 0]);
    }

    #[test]
    fn what_a_module_reexports_from_another_crate_is_imported_from_the_module() {
        let folder = crate_of(&[
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "pub use std::fmt::Debug;"),
            ("b.rs", "use crate::a::Debug; use std::fmt::Display; pub struct B;"),
        ]);
        let imports = Modules::read(folder.path()).imports();
        let reached: Vec<_> = imports.iter().map(|import| (import.file.as_str(), &import.to)).collect();
        assert_eq!(reached, [("b.rs", &BTreeSet::from(["a".to_owned()]))]);
    }

    #[test]
    fn an_import_has_its_file_and_line() {
        let folder = crate_of(&[
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "//! A.\n\nuse crate::b::{\n    B,\n};\n\npub struct A(B);\n"),
            ("b.rs", "pub struct B;"),
        ]);
        let modules = Modules::read(folder.path());
        let imports = modules.imports();
        assert_eq!(
            imports.iter().map(|import| modules.describe(import)).collect::<Vec<_>>(),
            ["a.rs:4: crate::b::B (b.rs)"]
        );
    }
}
