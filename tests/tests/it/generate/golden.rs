//! Golden cases: a small spec tree in `specs/`, the crate that must come out of it in `expected/`.
//!
//! No lock takes part, so that a changed rule for names shows as a difference.

use apograph::emit::Workspace;
use apograph::names::{EndpointNames, FieldNames, Identifier, Names};
use apograph::pipeline::Checked;
use apograph_tests::corpus::{self, Case, differences};
use apograph_tests::{folder, generation, root};

fn check(case: &Case) -> Checked {
    generation::check(&folder::read(&case.folder.join("specs")), None)
}

fn emit(checked: &Checked) -> apograph::tree::Tree {
    generation::emit(checked, "../../../../generator/runtime", Workspace::Member)
}

#[test]
fn every_case_comes_out_as_expected() {
    corpus::check("golden", 6, |case| case.expect_crate(&emit(&check(case))));
}

#[test]
fn every_expected_crate_is_compiled() {
    let crates = std::fs::read_to_string(root().join("tests/src/crates.rs")).expect("the crates");
    for corpus in ["golden", "lock"] {
        for Case { name, .. } in corpus::cases(corpus) {
            let mut words = crates.split(|c: char| !c.is_alphanumeric() && c != '_');
            let wanted = format!("{corpus}_{name}");
            assert!(words.any(|word| word == wanted), "tests/src/crates.rs does not name {wanted}");
        }
    }
}

/// Renames what a rule names; returns how many names have changed.
type Renaming = fn(&mut Names) -> usize;

fn endpoints(names: &mut Names) -> impl Iterator<Item = &mut EndpointNames> {
    names.platforms.iter_mut().flat_map(|platform| &mut platform.families).flat_map(|family| &mut family.endpoints)
}

fn rename(name: &mut Identifier, to: &str) -> usize {
    let changed = Identifier::new(to).expect("an identifier");
    let count = usize::from(*name != changed);
    *name = changed;
    count
}

/// `customer_name` becomes `customer_name_x`.
fn rename_fields(names: &mut Names) -> usize {
    let sides = endpoints(names).flat_map(|names| [&mut names.request_side, &mut names.response_side]);
    let fields =
        sides.flat_map(|side| std::iter::once(&mut side.root).chain(side.objects.iter_mut().map(|(_, fields)| fields)));
    fields.flat_map(|FieldNames(fields)| fields).map(|name| rename(name, &format!("{name}_x"))).sum()
}

/// `AddressInResponse` becomes `AddressInReply`.
fn rename_response_types(names: &mut Names) -> usize {
    let sides = endpoints(names).flat_map(|names| [&mut names.request_side, &mut names.response_side]);
    let types = sides.flat_map(|side| {
        let objects = side.objects.iter_mut().map(|(name, _)| name);
        objects.chain(side.enums.iter_mut().map(|names| &mut names.name))
    });
    types.map(|name| rename(name, &name.as_str().replace("InResponse", "InReply"))).sum()
}

#[test]
fn a_changed_rule_for_names_is_seen() {
    // At least so many of the cases and the checked-in crate have such names.
    for (least, renaming) in [(5, rename_fields as Renaming), (2, rename_response_types)] {
        let mut seen = 0;
        let cases = corpus::cases("golden").into_iter();
        let cases = cases.map(|case| {
            (check(&case), case.folder.join("expected"), "../../../../generator/runtime", Workspace::Member)
        });
        let own = (
            generation::check(&folder::read(&root().join("specs")), None),
            root().join("generated"),
            "../generator/runtime",
            Workspace::Member,
        );
        for (mut checked, expected, runtime, workspace) in cases.chain([own]) {
            let renamed = renaming(&mut checked.names);
            let found = differences(&generation::emit(&checked, runtime, workspace), &expected);
            assert_eq!(renamed > 0, !found.is_empty(), "{} with {renamed} other names: {found:?}", expected.display());
            seen += usize::from(renamed > 0);
        }
        assert!(seen >= least, "only {seen} crates have such names");
    }
}
