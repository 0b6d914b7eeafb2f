//! Whatever real catalogues have on their pages goes through to a crate that compiles, and nothing is dropped: what
//! contradicts itself is a doubt or a finding.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use apograph_tests::command::{Run, apograph};
use apograph_tests::quirks::{self, Quirk};
use apograph_tests::rustc::Compiler;
use apograph_tests::{folder, root};
use serde_json::Value;

/// The families of the invented APIs.
const FAMILIES: [&str; 9] = ["api", "aliyuncs", "aliyuncs_m", "field", "level", "limit", "text", "tree", "kind"];

/// Rows that a level lists a second time, with those below them: the first one is kept, in doubt.
const REPEATED: usize = 6;

fn run(folder: &Path, arguments: &[&str]) -> Run {
    let [specs, out, pages] = ["specs", "out", "pages"].map(|name| folder.join(name).display().to_string());
    let arguments = arguments.iter().map(|argument| match *argument {
        "SPECS" => specs.clone(),
        "OUT" => out.clone(),
        "PAGES" => pages.clone(),
        other => other.to_owned(),
    });
    apograph(arguments)
}

/// Pages, and a folder of specs that declares their families.
fn prepare(folder: &Path, quirks: &[Quirk]) {
    fs::create_dir_all(folder.join("pages")).expect("a folder");
    for quirk in quirks {
        fs::write(folder.join("pages").join(format!("{}.json", quirk.api)), quirk.record().to_string())
            .expect("a page");
    }
    let prefix = |family: &str| match family {
        "aliyuncs_m" => "m-acme.aliyuncs".to_owned(),
        "kind" => "acme.type".to_owned(),
        _ => format!("acme.{family}"),
    };
    let declared = FAMILIES.map(|family| format!("  {family}: {{title: {family}, prefixes: [{}]}}\n", prefix(family)));
    let platform = fs::read_to_string(root().join("specs/top/platform.yaml")).expect("the platform");
    let platform = platform.replacen("families:\n", &format!("families:\n{}", declared.concat()), 1);
    let defaults = FAMILIES.map(|family| format!("top-{family}")).join(", ");
    let package = format!(
        "name: odd\nversion: 0.1.0\ndescription: Odd\nlicense: MIT\nrust-version: '1.88'\ndefault_families: [{defaults}]\n"
    );
    fs::create_dir_all(folder.join("specs/top")).expect("a folder");
    fs::write(folder.join("specs/top/platform.yaml"), platform).expect("a platform");
    fs::write(folder.join("specs/crate.yaml"), package).expect("a crate");
}

#[test]
fn every_oddity_of_real_pages_is_in_a_crate_that_compiles() {
    let quirks = quirks::all();
    let kinds: BTreeSet<&str> = quirks.iter().map(|quirk| quirk.kind).collect();
    assert!(kinds.len() == quirks.len() && quirks.len() > 70, "{} kinds", kinds.len());
    let folder = tempfile::tempdir().expect("a folder");
    prepare(folder.path(), &quirks);

    let read = run(folder.path(), &["transcribe", "PAGES", "--specs", "SPECS"]);
    let pages = quirks.len();
    let counts = format!("{pages} pages: {pages} new, 0 changed, 0 unchanged, 0 rejected; 23 doubts");
    assert!(read.success && read.out.contains(&counts), "{}{}", read.out, read.err);

    let runtime = root().join("generator/runtime").display().to_string();
    let made = run(
        folder.path(),
        &["generate", "--specs", "SPECS", "--out", "OUT", "--runtime", &runtime, "--format", "json"],
    );
    assert!(made.success, "{}", made.err);
    let report: Value = serde_json::from_str(&made.out).expect("a report");
    let rows: usize = quirks.iter().map(Quirk::rows).sum();
    assert_eq!(report["summary"]["apis"], pages);
    assert_eq!(report["summary"]["rows"], rows - REPEATED);
    assert_eq!(codes(&report), BTreeMap::from([("W0402".to_owned(), 26), ("W0404".to_owned(), 12)]));

    let crates = BTreeMap::from([("odd".to_owned(), folder::read(&folder.path().join("out")))]);
    Compiler::default().crates(&crates);
}

/// How many findings there are of each code.
fn codes(report: &Value) -> BTreeMap<String, usize> {
    let findings = report["findings"].as_array().map(Vec::as_slice).unwrap_or_default();
    findings.iter().fold(BTreeMap::new(), |mut codes, finding| {
        *codes.entry(finding["code"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
        codes
    })
}
