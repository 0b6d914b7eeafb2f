//! Every golden case comes out as expected. `cargo test --workspace` also compiles what is expected.

use apograph_tests::golden;

#[test]
fn every_case_comes_out_as_expected() {
    let cases = golden::cases();
    assert!(cases.len() >= 5, "the cases are gone: {cases:?}");
    for case in cases {
        let run = golden::generate(&case, !golden::bless());
        assert!(run.success, "{} (APOGRAPH_BLESS=1 rewrites it)\n{}", case.display(), run.err);
    }
}
