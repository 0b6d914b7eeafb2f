//! The checked-in crate is what the checked-in specs say.

use apograph::emit::Workspace;
use apograph_tests::{command::apograph, corpus, folder, generation, root};

#[test]
fn the_generated_crate_is_in_step_with_the_specs() {
    let folder = |name: &str| root().join(name).into_os_string();
    let runtime = folder("generator/runtime");
    let run = apograph([
        "generate".into(),
        "--check".into(),
        "--specs".into(),
        folder("specs"),
        "--out".into(),
        folder("generated"),
        "--runtime".into(),
        runtime,
    ]);
    assert!(run.success, "run `cargo run -- generate` and commit what it writes\n{}", run.err);
}

/// The lock of the specs keeps nothing that the rules for names would not give anyway: it has no history yet. Once it has,
/// this lists what the rules alone would change.
#[test]
fn without_the_lock_the_specs_give_the_same_crate() {
    let checked = generation::check(&folder::read(&root().join("specs")), None);
    let tree = generation::emit(&checked, "../generator/runtime", Workspace::Member);
    assert_eq!(corpus::differences(&tree, &root().join("generated")), [""; 0]);
}

#[test]
fn the_specs_have_no_findings_and_no_open_doubts() {
    let run =
        apograph(["lint".into(), "--deny-doubts".into(), "--specs".into(), root().join("specs").into_os_string()]);
    assert!(run.success && run.err.is_empty(), "{}", run.err);
}

#[test]
fn the_transcripts_are_canonical() {
    let run = apograph(["fmt".into(), "--check".into(), "--specs".into(), root().join("specs").into_os_string()]);
    assert!(run.success, "{}", run.err);
}
