//! Pages of platforms that the program does not know by name. Each folder of `tests/frame` has a page in a layout that such
//! pages really have, perhaps the words of its platform, and the transcript that is expected of it.

use std::fs;
use std::path::Path;

use apograph_tests::command::{Run, apograph};
use apograph_tests::corpus::{self, Case};
use apograph_tests::folder;
use tempfile::TempDir;

const CORPUS: &str = "frame";

/// A specs folder with an invented platform, and `pages.yaml` if the case has one.
fn specs(case: &Path) -> TempDir {
    let specs = tempfile::tempdir().expect("a folder");
    let base = case.parent().expect("a corpus").join("base");
    for (path, text) in folder::read(&base) {
        let path = specs.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    if case.join("pages.yaml").exists() {
        fs::copy(case.join("pages.yaml"), specs.path().join("shop/pages.yaml")).expect("the words");
    }
    specs
}

/// The page of a case.
fn page(case: &Case) -> std::path::PathBuf {
    let entries = fs::read_dir(&case.folder).expect("a folder").flatten().map(|entry| entry.path());
    let mut pages = entries.filter(|path| path.file_stem().is_some_and(|stem| stem == "page"));
    pages.next().expect("a page")
}

fn transcribe(specs: &Path, page: &Path) -> Run {
    let arguments =
        ["transcribe".as_ref(), "--specs".as_ref(), specs.as_os_str(), "--platform".as_ref(), "shop".as_ref()];
    apograph(arguments.into_iter().chain([page.as_os_str()]).map(std::ffi::OsString::from).collect::<Vec<_>>())
}

/// The only transcript in a specs folder.
fn transcript(specs: &Path) -> Option<String> {
    let texts = folder::read(specs);
    let mut transcripts = texts.iter().filter(|(path, _)| path.matches('/').count() == 2);
    transcripts.next().map(|(_, text)| text.clone())
}

#[test]
fn pages_of_any_platform_give_the_expected_transcripts() {
    corpus::check(CORPUS, 18, |case| {
        let specs = specs(&case.folder);
        let run = transcribe(specs.path(), &page(case));
        let Some(text) = transcript(specs.path()) else { return Err(format!("{}{}", run.out, run.err)) };
        let lint = apograph(["lint", "--specs", &specs.path().to_string_lossy()]);
        if !lint.success {
            return Err(format!("{text}{}{}", lint.out, lint.err));
        }
        let plain: String =
            text.lines().filter(|line| !line.starts_with("  sha256:")).map(|line| format!("{line}\n")).collect();
        case.expect("expected.yaml", &plain)
    });
}
