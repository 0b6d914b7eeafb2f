//! What `generate` does to the folder it writes to.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use apograph_tests::command::{Run, apograph};
use apograph_tests::{folder, root, specs};
use tempfile::TempDir;

/// A folder for a crate, and the specs of two platforms beside it.
struct Place {
    folder: TempDir,
    specs: PathBuf,
    out: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [specs, out] = ["specs", "crate"].map(|name| folder.path().join(name));
        folder::write(&specs, &specs::of(&["nio", "top"]));
        fs::create_dir(&out).expect("a folder");
        Self { folder, specs, out }
    }

    fn path(&self) -> &Path {
        &self.out
    }
}

/// Runs `generate` on the specs beside the folder of a crate.
fn generate(out: &Path, more: &[&str]) -> Run {
    let specs = out.with_file_name("specs");
    let mut arguments: Vec<OsString> =
        vec!["generate".into(), "--specs".into(), specs.into(), "--out".into(), out.into()];
    arguments.extend(["--runtime".into(), root().join("generator/runtime").into()]);
    arguments.extend(more.iter().map(OsString::from));
    apograph(arguments)
}

fn generated() -> Place {
    let out = Place::new();
    let run = generate(out.path(), &[]);
    assert!(run.success, "{}", run.err);
    out
}

/// The text with one blank between words, because a column is as wide as its longest word.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every file below the folder with its content and its time of change.
fn snapshot(folder: &Path) -> Vec<(String, Vec<u8>, SystemTime)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let modified = fs::metadata(&path).and_then(|found| found.modified()).expect("a time");
                found.push((path.display().to_string(), fs::read(&path).expect("a file"), modified));
            }
        }
    }
    found.sort();
    found
}

const ENDPOINT: &str = "src/top/alsc/crm_open_customer_save.rs";

#[test]
fn a_second_run_changes_nothing_not_even_a_time() {
    let out = generated();
    let before = snapshot(out.path());
    let run = generate(out.path(), &[]);
    assert!(run.success && words(&run.out).contains("top 0 written"), "{}{}", run.out, run.err);
    assert_eq!(before, snapshot(out.path()));
}

#[test]
fn deleted_files_come_back_with_the_same_bytes() {
    let out = generated();
    let bytes = |files: Vec<(String, Vec<u8>, SystemTime)>| -> Vec<(String, Vec<u8>)> {
        // What is recorded for the next run is not the same file again.
        let files = files.into_iter().filter(|(path, ..)| !path.contains("/.apograph/"));
        files.map(|(path, bytes, _)| (path, bytes)).collect()
    };
    let before = bytes(snapshot(out.path()));
    fs::remove_dir_all(out.path().join("src")).expect("the sources");
    fs::remove_dir_all(out.path().join("tests")).expect("the tests");
    assert!(generate(out.path(), &[]).success);
    assert_eq!(before, bytes(snapshot(out.path())));
}

#[test]
fn check_names_what_is_stale_missing_and_orphaned_and_touches_nothing() {
    let out = generated();
    let endpoint = out.path().join(ENDPOINT);
    let text = fs::read_to_string(&endpoint).expect("the endpoint");
    fs::write(&endpoint, text.replace("pub struct", "pub  struct")).expect("a hand edit");
    fs::write(out.path().join("src/top/alsc/gone.rs"), &text).expect("an orphan");
    fs::remove_file(out.path().join("tests/signing.rs")).expect("the vectors");
    let before = snapshot(out.path());
    let run = generate(out.path(), &["--check"]);
    assert!(!run.success);
    for expected in [
        "stale",
        "crm_open_customer_save.rs",
        "orphan",
        "gone.rs",
        "missing",
        "signing.rs",
        "to fix this, run: apograph generate",
    ] {
        assert!(run.err.contains(expected), "{expected} is not in:\n{}", run.err);
    }
    assert_eq!(before, snapshot(out.path()));
    let run = generate(out.path(), &[]);
    assert!(run.success && run.out.contains("1 removed"), "{}", run.out);
    assert!(generate(out.path(), &["--check"]).success);
}

#[test]
fn a_foreign_file_stops_the_run_before_anything_is_written() {
    let out = Place::new();
    let library = out.path().join("src/lib.rs");
    fs::create_dir_all(out.path().join("src")).expect("a folder");
    fs::write(&library, "// mine\n").expect("a file");
    let before = snapshot(out.path());
    for more in [&[][..], &["--check"]] {
        let run = generate(out.path(), more);
        assert!(!run.success && run.err.contains("lib.rs"), "{}", run.err);
        assert_eq!(before, snapshot(out.path()));
    }
}

#[test]
fn foreign_files_beside_ours_stay() {
    let out = generated();
    for path in ["Cargo.lock", "NOTES.md", "src/top/notes.rs", "target/debug/x.rs"] {
        let path = out.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, "mine").expect("a file");
    }
    let before = snapshot(out.path());
    assert!(generate(out.path(), &[]).success);
    assert!(generate(out.path(), &["--check"]).success);
    assert_eq!(before, snapshot(out.path()));
}

/// A licence text has no banner, so its content tells whose it is.
#[test]
fn only_known_licence_texts_are_ours() {
    let out = generated();
    let specs = tempfile::tempdir().expect("a folder");
    let package = fs::read_to_string(root().join("specs/crate.yaml")).expect("the crate file");
    let package = package.replace("MIT OR Apache-2.0", "MIT");
    let package = &package[..package.find("default_families").expect("the default families")];
    fs::write(specs.path().join("crate.yaml"), package).expect("a file");
    let mit_only = |more: &[&str]| {
        let folders = ["--specs".into(), specs.path().as_os_str().to_owned(), "--out".into(), out.path().into()];
        // The crate was generated from other specs, whose lock is not wanted here.
        let runtime = ["--runtime".into(), "0.1.0".into(), "--unlock".into()];
        apograph(["generate".into()].into_iter().chain(folders).chain(runtime).chain(more.iter().map(Into::into)))
    };
    let check = mit_only(&["--check"]);
    assert!(check.err.contains("orphan   ") && check.err.contains("LICENSE-APACHE"), "{}", check.err);
    assert!(mit_only(&[]).success && !out.path().join("LICENSE-APACHE").exists());

    fs::write(out.path().join("LICENSE-MIT"), "our own terms").expect("a file");
    let foreign = mit_only(&[]);
    assert!(!foreign.success && foreign.err.contains("LICENSE-MIT"), "{}", foreign.err);
}

#[test]
fn what_only_looks_like_ours_stays() {
    let out = generated();
    let banner = fs::read_to_string(out.path().join(ENDPOINT)).expect("the endpoint");
    let cases = [
        ("src/copy.rs", format!("// a copy of {banner}")),
        ("tests/nested/Cargo.toml", "[package]\n".to_owned()),
        ("tests/nested/src/lib.rs", banner.clone()),
        ("src/lib.rs.new", String::new()),
    ];
    for (path, text) in cases {
        let path = out.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    fs::remove_file(out.path().join("src/lib.rs")).expect("the library");
    let run = generate(out.path(), &[]);
    assert!(
        run.success && words(&run.out).contains("crate 1 written, 6 unchanged, 0 removed"),
        "{}{}",
        run.out,
        run.err
    );
    assert!(out.path().join("tests/nested/src/lib.rs").exists() && out.path().join("src/copy.rs").exists());
    assert!(generate(out.path(), &["--check"]).success);
}

#[test]
fn the_runtime_is_found_from_the_specs_wherever_the_output_is() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let out = parent.path().join("new/../crate");
    let specs = root().join("specs");
    let run = apograph([
        "generate".into(),
        "--specs".into(),
        specs.into_os_string(),
        "--out".into(),
        out.clone().into_os_string(),
    ]);
    assert!(run.success && run.err.is_empty(), "{}", run.err);
    let manifest = fs::read_to_string(parent.path().join("crate/Cargo.toml")).expect("the manifest");
    let path = manifest.split("path = \"").nth(3).and_then(|rest| rest.split('"').next()).expect("the runtime's path");
    assert!(parent.path().join("crate").join(path).join("Cargo.toml").is_file(), "{path}");
}

#[test]
#[cfg(unix)]
fn a_link_out_of_the_folder_is_not_followed() {
    let (out, elsewhere) = (Place::new(), tempfile::tempdir().expect("a folder"));
    fs::create_dir(out.path().join("src")).expect("a folder");
    std::os::unix::fs::symlink(elsewhere.path(), out.path().join("src/top")).expect("a link");
    let run = generate(out.path(), &[]);
    assert!(!run.success && run.err.contains("src/top"), "{}", run.err);
    assert!(snapshot(elsewhere.path()).is_empty());
}

#[test]
fn a_removed_api_takes_its_file_and_its_folder_along_once_it_is_let_go() {
    let out = generated();
    fs::remove_dir_all(out.specs.join("top/lvms")).expect("a family");
    let package = out.specs.join("crate.yaml");
    let text = fs::read_to_string(&package).expect("the crate file").replace("- top-lvms\n", "");
    fs::write(package, text.trim_end()).expect("the crate file");
    let run = generate(out.path(), &[]);
    assert!(run.success && run.out.contains("1 tombstone"), "{}{}", run.out, run.err);
    assert!(out.path().join("src/top/lvms/lvr_importcallcustomer.rs").exists());
    let run = generate(out.path(), &["--unlock"]);
    assert!(run.success, "{}", run.err);
    assert!(!out.path().join("src/top/lvms").exists());
}

#[test]
fn no_spec_writes_outside_the_folder() {
    let place = Place::new();
    let path = place.specs.join("top/alsc/crm_open_customer_save.yaml");
    let text = fs::read_to_string(&path).expect("the transcript");
    for name in ["alibaba.alsc.../../../../escape", "alibaba.alsc./etc/escape", "alibaba.alsc.C:\\\\escape"] {
        fs::write(&path, text.replace("alibaba.alsc.crm.open.customer.save", name)).expect("the transcript");
        let before = snapshot(place.folder.path());
        let run = generate(place.path(), &[]);
        assert!(!run.success, "{}", run.out);
        assert_eq!(before, snapshot(place.folder.path()));
    }
}
