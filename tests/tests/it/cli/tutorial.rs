//! The tutorial of specs/README.md: each of its reports is what a user sees at that point.

use std::fs;

use apograph_tests::command::apograph;
use apograph_tests::root;

const HEADING: &str = "### From a signature page to a green vector";

/// The blocks of a section with their languages, without their indentation.
fn blocks(section: &str) -> Vec<(&str, String)> {
    let fences: Vec<&str> = section.split("   ```").collect();
    let blocks = fences.iter().skip(1).step_by(2).map(|block| {
        let (language, text) = block.split_once('\n').expect("a language");
        let lines = text.lines().map(|line| line.strip_prefix("   ").unwrap_or(line));
        (language, lines.map(|line| format!("{line}\n")).collect())
    });
    blocks.collect()
}

#[test]
fn a_recipe_becomes_green_as_the_tutorial_tells() {
    let readme = fs::read_to_string(root().join("specs/README.md")).expect("the reference");
    let section = readme.split_once(HEADING).expect("the tutorial").1;
    let section = section.split_once("\n## ").expect("the next section").0;
    let mut blocks = blocks(section).into_iter();
    let mut platform = blocks.next().expect("a platform file").1;

    let folder = tempfile::tempdir().expect("a folder");
    let specs = folder.path().join("specs");
    let shown = specs.display().to_string();
    assert!(apograph(["init", "--platform", "top", "--specs", &shown]).success);
    fs::create_dir_all(specs.join("depot")).expect("a folder");
    let lint = |platform: &str| {
        fs::write(specs.join("depot/platform.yaml"), platform).expect("a file");
        apograph(["lint", "--specs", &shown])
    };
    for (language, text) in blocks {
        if language == "text" {
            let run = lint(&platform);
            let report = run.err.lines().map(|line| format!("{}\n", line.trim())).collect::<String>();
            let told: String = text.lines().map(|line| format!("{}\n", line.trim())).collect();
            assert!(!run.success && report.contains(&told), "{told}\n{}", run.err);
        } else {
            let (name, _) = text.split_once(':').expect("a step");
            let old =
                platform.lines().find(|line| line.trim().starts_with(&format!("{name}: {{text"))).expect("the step");
            platform = platform.replacen(old.trim(), text.trim(), 1);
        }
    }
    let run = lint(&platform);
    assert!(run.success, "{}", run.err);
}
