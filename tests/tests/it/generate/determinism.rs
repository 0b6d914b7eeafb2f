//! The same specs give the same bytes, in whatever order their files are read.

use apograph::diagnostic::{Color, Diagnostics, render};
use apograph::emit::{Options, RuntimeSource, Workspace};
use apograph::source::Sources;
use apograph::tree::Tree;
use apograph::{pipeline, spec};
use apograph_tests::root;
use proptest::prelude::*;

fn files() -> Vec<(String, String)> {
    fn walk(folder: &std::path::Path, prefix: &str, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).expect("the specs are there") {
            let entry = entry.expect("an entry");
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else {
                found.push((name, std::fs::read_to_string(entry.path()).expect("UTF-8")));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join("specs"), "", &mut found);
    found
}

fn generate(files: Vec<(String, String)>) -> Tree {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let specs = spec::load_texts("specs", files, &mut sources, &mut diagnostics);
    let checked = pipeline::check(&specs, &mut diagnostics);
    let options = Options { runtime: RuntimeSource::Version("0.1.0".to_owned()), workspace: Workspace::Member };
    checked.unwrap_or_else(|| panic!("{}", render(&diagnostics, &sources, Color::Never))).emit(&options)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]
    #[test]
    fn file_order_does_not_matter(shuffled in Just(files()).prop_shuffle()) {
        let tree = generate(shuffled);
        prop_assert!(tree.files().count() > 10);
        prop_assert_eq!(tree, generate(files()));
    }
}
