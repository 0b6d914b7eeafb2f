//! Whole specs folders, in memory and on disk.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use crate::diagnostic::{Color, render};
use crate::terms::Required;

use super::*;

const PACKAGE: &str = "name: a\nversion: 0.1.0\ndescription: x\nlicense: MIT\nrust-version: '1.88'\n";
const PLATFORM: &str = "
title: P
environments: {live: https://a.example}
request: {body: json, method: POST, content_type: application/json}
response: {lists: bare, envelope: {status: {status: [code], message: [msg], success: ['0']}}}
signing: {x: {vectors: {none: there are none}}}
";
const TRANSCRIPT: &str = "
api: a.b
source: {layout: nio-cards, sha256: 0000000000000000000000000000000000000000000000000000000000000000}
request:
  job: {type: Long, required: unknown}
doubts:
- {at: request.job, about: required, note: column-empty}
";
const FIXES: &str = "- {at: request.job.required, was: unknown, now: 'true', why: asked}\n";

fn good() -> Vec<(String, String)> {
    let files = [
        ("crate.yaml", PACKAGE),
        ("p/platform.yaml", PLATFORM),
        ("p/f/a_b.yaml", TRANSCRIPT),
        ("p/f/a_b.fix.yaml", FIXES),
        ("p/e/z.yaml", TRANSCRIPT),
        ("p/f/2020.yaml", TRANSCRIPT),
        (".hidden", "x"),
        ("p/.cache/x", "x"),
        ("api.lock", "x"),
        ("approvals.yaml", "x"),
    ];
    files.map(|(path, text)| (path.to_owned(), text.to_owned())).into()
}

fn load(files: Vec<(String, String)>) -> (Specs, String, Vec<&'static str>) {
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    let specs = load_texts("specs", files, &mut sources, &mut diagnostics);
    let codes = diagnostics.iter().map(|diagnostic| diagnostic.code().id()).collect();
    (specs, render(&diagnostics, &sources, Color::Never), codes)
}

fn with(path: &str, text: &str) -> (Specs, String, Vec<&'static str>) {
    let mut files = good();
    files.retain(|(known, _)| known != path);
    files.push((path.into(), text.into()));
    load(files)
}

fn without(path: &str) -> Vec<&'static str> {
    let mut files = good();
    files.retain(|(known, _)| known != path);
    load(files).2
}

#[test]
fn a_good_folder_is_loaded_with_its_fixes() {
    let (specs, text, codes) = load(good());
    assert_eq!(codes, ["W0306", "W0306"], "{text}");
    assert!(specs.crate_spec.is_some());
    let platform = specs.platforms.first().expect("a platform");
    let names: Vec<_> =
        platform.endpoints.iter().map(|endpoint| format!("{}/{}", endpoint.family, endpoint.leaf)).collect();
    assert_eq!(names, ["e/z", "f/2020", "f/a_b"]);
    let fixed = platform.endpoints.last().expect("an endpoint");
    assert_eq!(fixed.spec.request.get("job").map(|job| job.required), Some(Required::Yes));
    assert!(fixed.fix_file.is_some() && fixed.origins.is_fixed(&"request.job.required".parse().expect("a path")));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_files_does_not_matter(files in Just(good()).prop_shuffle()) {
        let (specs, text, _) = load(files);
        let (expected, expected_text, _) = load(good());
        prop_assert_eq!(format!("{specs:?}"), format!("{expected:?}"));
        prop_assert_eq!(text, expected_text);
    }

    #[test]
    fn any_text_is_read_or_reported(text in "[a-z:\\-\\[\\]{}&*!'\"|>#%@\n \t~0-9\u{0}\u{1b}顾]{0,60}") {
        for path in ["p/f/x.yaml", "p/f/a_b.fix.yaml", "crate.yaml", "p/platform.yaml"] {
            let (_, shown, codes) = with(path, &text);
            prop_assert!(codes.iter().any(|code| code.starts_with('E')) || text.trim() == "[]", "{} {}", text, shown);
        }
    }

    #[test]
    fn a_transcript_with_noise_is_read_or_reported(at in 0..TRANSCRIPT.len(), noise in "[a-z:\\-\\[\\]{}&*!'\"|>#%@\n \t~0-9\u{0}\u{85}\u{2028}顾]{1,4}") {
        let mut text = TRANSCRIPT.to_owned();
        text.insert_str(at, &noise);
        let (specs, _, codes) = with("p/f/x.yaml", &text);
        let read = specs.platforms.iter().flat_map(|platform| &platform.endpoints).any(|endpoint| endpoint.leaf == "x");
        prop_assert!(read || codes.iter().any(|code| code.starts_with('E')));
    }
}

#[test]
fn missing_files_are_named() {
    assert_eq!(without("crate.yaml"), ["E0201", "W0306", "W0306"]);
    assert_eq!(without("p/platform.yaml"), ["E0201", "W0306", "W0306"]);
    assert_eq!(without("p/f/a_b.yaml"), ["W0306", "W0306", "E0205"]);
    assert_eq!(load(Vec::new()).2, ["E0201"]);
}

#[test]
fn files_without_a_place_are_refused() {
    for (path, code) in [
        ("p/f/a-b.yaml", "E0203"),
        ("p/F/a.yaml", "E0203"),
        ("P/f/a.yaml", "E0203"),
        ("1p/platform.yaml", "E0203"),
        ("p/f/A.fix.yaml", "E0203"),
        ("p/f/顾.yaml", "E0203"),
        ("p/f/a.yml", "E0202"),
        ("p/f/a.yaml~", "E0202"),
        ("p/a.yaml", "E0202"),
        ("notes.txt", "E0202"),
        ("p/f/g/a.yaml", "E0202"),
        ("p/x.lock", "E0202"),
    ] {
        let (_, text, codes) = with(path, TRANSCRIPT);
        assert!(codes.contains(&code), "{path}: {text}");
    }
}

#[test]
fn content_that_no_page_has_is_refused() {
    for (from, to, code) in [
        ("api: a.b", "api: ''", "E0105"),
        ("sha256: 0", "sha256: G", "E0105"),
        ("type: Long", "type: ' '", "E0105"),
        ("request:", "response:", "E0206"),
        ("- {at: request.job", "- {at: request.jub", "E0208"),
        ("about: required", "about: session", "E0208"),
        ("about: required", "about: type", "E0207"),
        ("note: column-empty}", "note: column-empty}\n- {at: request.job, about: required, note: derived}", "E0208"),
        ("  job:", "  '':", "E0109"),
    ] {
        let (_, text, codes) = with("p/f/x.yaml", &TRANSCRIPT.replacen(from, to, 1));
        assert!(codes.contains(&code), "{to}: {codes:?} {text}");
    }
}

#[test]
fn only_a_transcript_that_people_wrote_can_lack_the_digest_of_its_page() {
    let source = TRANSCRIPT.lines().find(|line| line.starts_with("source: ")).expect("a source");
    let codes = |now: &str| with("p/f/x.yaml", &TRANSCRIPT.replacen(source, now, 1)).2;
    let doubts = ["W0306"; 3];
    assert_eq!(codes("source: {page: 'https://a.example', layout: hand}"), doubts);
    assert_eq!(codes(&source.replace("nio-cards", "hand")), doubts);
    assert!(codes("source: {layout: hand, sha256: 00}").contains(&"E0105"));
    assert!(codes("source: {layout: nio-cards}").contains(&"E0106"));
    assert!(codes("source: {layout: hands}").contains(&"E0106"));
}

#[test]
fn deep_and_large_files_are_refused() {
    let deep = |levels: usize| {
        let nested = "{type: A, fields: {a: ".repeat(levels) + "{type: A}" + &"}}".repeat(levels);
        with("p/f/x.yaml", &format!("{TRANSCRIPT}\nresponse: {{a: {nested}}}\n")).2
    };
    assert!(!deep(25).contains(&"E0108"));
    for levels in [32, 60, 200, 100_000] {
        assert!(deep(levels).contains(&"E0108"), "{levels}");
    }
    assert!(with("p/f/x.yaml", &"#".repeat(3_000_000)).2.contains(&"E0108"));
    assert!(with("p/f/x.yaml", &"a: 1\n".repeat(5_000)).2.contains(&"E0114"));
}

#[test]
fn what_is_more_than_plain_data_is_refused() {
    for text in ["&a ", "!!str ", "*x "] {
        let changed = TRANSCRIPT.replacen("api: ", &format!("api: {text}"), 1);
        assert!(with("p/f/x.yaml", &changed).2.contains(&"E0107"), "{text}");
    }
    assert!(with("p/f/x.yaml", &format!("{TRANSCRIPT}---\n{TRANSCRIPT}")).2.contains(&"E0107"));
    assert!(with("p/f/x.yaml", &format!("%YAML 1.2\n---{TRANSCRIPT}")).2.iter().any(|code| code.starts_with('E')));
    let harmless = TRANSCRIPT.replacen("api: a.b", "api: a.b\ntitle: 'x'\ndescription: \"R&D, * and ! &c\"", 1);
    assert_eq!(with("p/f/x.yaml", &harmless).2, ["W0306"; 3]);
    let marked = format!("\u{feff}{TRANSCRIPT}");
    assert_eq!(with("p/f/x.yaml", &marked).2, ["W0306"; 3]);
    assert_eq!(with("p/f/x.yaml", &TRANSCRIPT.replace('\n', "\r\n")).2, ["W0306"; 3]);
}

/// Characters that readers of YAML take differently, or that none accepts.
const ODD: [char; 12] = [
    '\u{85}', '\u{2028}', '\u{2029}', '\u{feff}', '\u{fffe}', '\u{ffff}', '\u{0}', '\u{b}', '\u{1b}', '\u{7f}',
    '\u{9b}', '\r',
];

#[test]
fn characters_that_readers_take_differently_are_refused_in_every_file() {
    let files = [
        ("crate.yaml", PACKAGE),
        ("p/platform.yaml", PLATFORM),
        ("p/f/x.yaml", TRANSCRIPT),
        ("p/f/a_b.fix.yaml", FIXES),
    ];
    for odd in ODD {
        let escape = format!("U+{:04X}", u32::from(odd));
        for (path, text) in files {
            for place in ["# a comment", "# a 'comment'", "# \"a\""] {
                let (_, shown, codes) = with(path, &format!("{}\n{place}{odd}hidden: 1\n", text.trim_end()));
                assert!(codes.contains(&"E0101") && shown.contains(&escape), "{path} {escape}: {shown}");
            }
        }
        let approvals = format!(
            "- fingerprint: '0123456789abcdef'\n  reason: a{odd}b\n  cause: policy\n  who: x\n  until: 2030-01-01\n"
        );
        let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
        assert!(load_approvals("approvals.yaml", approvals, &mut sources, &mut diagnostics).is_none());
        let shown = render(&diagnostics, &sources, Color::Never);
        assert!(
            shown.contains("error[E0101]") && shown.contains("approvals.yaml:2:12") && shown.contains(&escape),
            "{shown}"
        );
    }
}

#[test]
fn escapes_of_these_characters_are_read() {
    let escapes = "\\N \\L \\P \\ufeff \\ufffe \\0 \\v \\e \\x7f \\x9b \\r";
    let (specs, shown, codes) = with("p/f/x.yaml", &format!("{TRANSCRIPT}description: \"{escapes}\"\n"));
    assert_eq!(codes, ["W0306"; 3], "{shown}");
    let endpoints = specs.platforms.first().map(|platform| &platform.endpoints);
    let read = endpoints.and_then(|all| all.iter().find(|endpoint| endpoint.leaf == "x"));
    let description = read.and_then(|endpoint| endpoint.spec.description.as_deref());
    assert_eq!(description, Some("\u{85} \u{2028} \u{2029} \u{feff} \u{fffe} \u{0} \u{b} \u{1b} \u{7f} \u{9b} \r"));
}

#[test]
fn a_merge_key_is_refused_unless_it_is_quoted() {
    let with_key =
        |key: &str| with("p/f/x.yaml", &TRANSCRIPT.replacen("  job:", &format!("  {key}: {{type: Long}}\n  job:"), 1));
    assert!(with_key("<<").2.contains(&"E0107"), "{}", with_key("<<").1);
    assert_eq!(with_key("'<<'").2, ["W0306"; 3]);
}

#[test]
fn a_folder_on_disk_is_walked_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let specs = folder.path().join("specs");
    for (path, text) in good() {
        let path = specs.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("a file");
    }
    let load = |folder: &Path| {
        let mut sources = Sources::new();
        let mut diagnostics = Diagnostics::new();
        let specs = load_dir(folder, &mut sources, &mut diagnostics);
        let codes: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.code().id()).collect();
        (specs, codes, render(&diagnostics, &sources, Color::Never))
    };
    let (loaded, codes, _) = load(&specs);
    assert_eq!((loaded.platforms.len(), codes.as_slice()), (1, &["W0306", "W0306"][..]));
    fs::write(specs.join("p/f/latin.yaml"), b"api: a\ntitle: caf\xe9\n").expect("a file");
    fs::write(specs.join("p/f/large.yaml"), vec![b'#'; 3_000_000]).expect("a file");
    fs::create_dir_all(specs.join("p/f/g/h/i")).expect("folders");
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc", specs.join("link")).expect("a link");
    let (_, codes, text) = load(&specs);
    for code in [
        "E0111",
        "E0108",
        "E0202",
        #[cfg(unix)]
        "E0204",
    ] {
        assert!(codes.contains(&code), "{code} {text}");
    }
    assert!(text.contains("latin.yaml:2:11"), "{text}");
    assert_eq!(load(&folder.path().join("none")).1, ["E0112"]);
}

/// Rejects a transcript, fix file or platform file with one entry above a limit, at that entry.
fn refused_at(path: &str, text: &str, mark: &str) {
    let (_, said, codes) = with(path, text);
    // The other files have open doubts.
    let errors: Vec<_> = codes.into_iter().filter(|code| code.starts_with('E')).collect();
    assert_eq!(errors, ["E0108"], "{said}");
    assert!(said.contains(mark), "{said}");
}

/// Entries `a0: value`, `a1: value`, … at an indentation of two spaces.
fn entries(count: usize, value: &str) -> String {
    (0..count).map(|n| format!("  a{n}: {value}\n")).collect()
}

#[test]
fn more_entries_than_a_page_can_have_are_refused_where_they_begin() {
    use crate::spec::{MOST_FIELDS, MOST_FIXES, MOST_OF_A_PLATFORM, MOST_ROWS, MOST_SAMPLES, MOST_VALUES};
    let head = "api: a.b\nsource: {layout: nio-cards, sha256: 0000000000000000000000000000000000000000000000000000000000000000}\n";
    let half = entries(MOST_FIELDS / 2, "{type: Long}");
    let nested = format!("{head}request:\n{half}response:\n  b: {{type: B, fields: {{c: {{type: Long}}}}}}\n{half}");
    refused_at("p/e/z.yaml", &nested, &format!("a{}: {{type: Long}}", MOST_FIELDS / 2 - 2));
    let samples = format!("{head}samples:\n{}", entries(MOST_SAMPLES + 1, "x"));
    refused_at("p/e/z.yaml", &samples, &format!("a{MOST_SAMPLES}: x"));
    let statuses = format!("{head}statuses:\n{}", entries(MOST_ROWS + 1, "x"));
    refused_at("p/e/z.yaml", &statuses, &format!("a{MOST_ROWS}: x"));
    let errors: String = (0..=MOST_ROWS).map(|n| format!("- {{code: c{n}}}\n")).collect();
    refused_at("p/e/z.yaml", &format!("{head}errors:\n{errors}"), &format!("code: c{MOST_ROWS}"));
    let fixes: String = (0..=MOST_FIXES).map(|n| format!("- {{at: request.a{n}.example, now: x, why: w}}\n")).collect();
    refused_at("p/f/a_b.fix.yaml", &fixes, &format!("request.a{MOST_FIXES}.example"));
    let values = entries(MOST_VALUES + 1, "{name: N}").replace("  a", "    a");
    let values = format!("- at: request.job.values\n  now:\n{values}  why: w\n");
    refused_at("p/f/a_b.fix.yaml", &values, &format!("a{MOST_VALUES}: {{name: N}}"));
    let environments = entries(MOST_OF_A_PLATFORM + 1, "https://a.example");
    let platform = PLATFORM.replace("{live: https://a.example}", &format!("\n{environments}"));
    refused_at("p/platform.yaml", &platform, &format!("a{MOST_OF_A_PLATFORM}: https"));
    for table in ["codes", "sub_codes", "texts"] {
        let errors = entries(MOST_ROWS + 1, "{meaning: x}").replace("  a", "    a");
        let platform = format!("{PLATFORM}errors:\n  {table}:\n{errors}");
        refused_at("p/platform.yaml", &platform, &format!("a{MOST_ROWS}: {{meaning"));
    }
}
