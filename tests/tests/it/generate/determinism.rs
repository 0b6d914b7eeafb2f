//! The same specs give the same bytes, in whatever order their files are read.

use std::sync::LazyLock;

use apograph::diagnostic::{Color, Diagnostics, render};
use apograph::emit::{Options, RuntimeSource, Workspace};
use apograph::lock::Lock;
use apograph::source::Sources;
use apograph::tree::Tree;
use apograph::{pipeline, spec};
use apograph_tests::{folder, fuzz, root};
use proptest::prelude::*;

fn files() -> Vec<(String, String)> {
    folder::read(&root().join("specs")).into_iter().collect()
}

fn generate(files: Vec<(String, String)>) -> Tree {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let specs = spec::load_texts("specs", files, &mut sources, &mut diagnostics);
    let checked = pipeline::check(&specs, Lock::default(), &mut diagnostics);
    let options = Options { runtime: RuntimeSource::Version("0.1.0".to_owned()), workspace: Workspace::Member };
    checked.unwrap_or_else(|| panic!("{}", render(&diagnostics, &sources, Color::Never))).emit(&options)
}

static EXPECTED: LazyLock<Tree> = LazyLock::new(|| generate(files()));

proptest! {
    #![proptest_config(ProptestConfig::with_cases(fuzz::cases(20)))]
    #[test]
    fn file_order_does_not_matter(shuffled in Just(files()).prop_shuffle()) {
        let tree = generate(shuffled);
        prop_assert!(tree.files().count() > 10);
        prop_assert_eq!(&tree, &*EXPECTED);
    }
}
