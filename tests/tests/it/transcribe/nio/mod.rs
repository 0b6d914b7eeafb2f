//! Pages of iTNIO into transcripts: invented APIs in each layout.

mod heads;
mod pages;
mod tables;

use std::fs;
use std::path::PathBuf;

use apograph_tests::command::{Run, apograph};
use apograph_tests::mutation::broken_at_each_line;
use apograph_tests::root;
use pages::{CARDS, CARDS_BODY, ENGLISH, ENGLISH_BODY, PIPES, PIPES_BODY};
use tempfile::TempDir;

/// A specs folder that has only the files of package and platform.
fn specs() -> TempDir {
    let specs = tempfile::tempdir().expect("a folder");
    fs::create_dir(specs.path().join("nio")).expect("a folder");
    fs::copy(root().join("specs/nio/platform.yaml"), specs.path().join("nio/platform.yaml")).expect("the platform");
    let package = "name: depot\nversion: 0.1.0\ndescription: Crates\nlicense: MIT\nrust-version: '1.88'\n";
    fs::write(specs.path().join("crate.yaml"), package).expect("the package");
    specs
}

/// What is wrong with the specs, doubts and undeclared families aside.
fn errors(specs: &TempDir) -> String {
    let run = apograph(["lint".into(), "--specs".into(), specs.path().as_os_str().to_owned()]);
    if run.success { String::new() } else { run.err }
}

/// Transcribes a page; the transcript, if one was written.
fn written(page: &str, more: &[&str]) -> (Run, Option<String>) {
    let specs = specs();
    let run = transcribe(&specs, page, more);
    let text = transcripts(&specs).first().map(|path| fs::read_to_string(path).expect("a transcript"));
    (run, text)
}

fn transcribe(specs: &TempDir, page: &str, more: &[&str]) -> Run {
    let file = specs.path().join("page.txt");
    fs::write(&file, page).expect("a page");
    let mut arguments: Vec<std::ffi::OsString> = vec!["transcribe".into(), "--specs".into(), specs.path().into()];
    arguments.extend(["--platform".into(), "nio".into(), file.into()]);
    arguments.extend(more.iter().map(Into::into));
    let run = apograph(arguments);
    fs::remove_file(specs.path().join("page.txt")).expect("the page");
    run
}

fn transcripts(specs: &TempDir) -> Vec<PathBuf> {
    let folders = fs::read_dir(specs.path().join("nio")).expect("a folder").flatten().map(|entry| entry.path());
    let files = folders.filter(|path| path.is_dir()).flat_map(|path| fs::read_dir(path).expect("a folder").flatten());
    files.map(|entry| entry.path()).collect()
}

/// The transcript of a page that is read, from `method` on and without its digest and samples.
fn body(page: &str) -> String {
    let (run, text) = written(page, &[]);
    let text = text.unwrap_or_else(|| panic!("{}{}", run.out, run.err));
    let mut kept = String::new();
    let mut in_samples = false;
    for line in text.lines() {
        in_samples = if line.starts_with([' ', '-']) { in_samples } else { line == "samples:" };
        if !in_samples && !line.contains("sha256") {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

fn contains(text: &str, expected: &[&str]) {
    for expected in expected {
        assert!(text.contains(expected), "{expected}\nis not in\n{text}");
    }
}

#[test]
fn an_english_table_takes_its_levels_from_the_samples() {
    assert_eq!(body(ENGLISH), ENGLISH_BODY);
    let (_, text) = written(ENGLISH, &[]);
    let sample = "  request_json: |
    {
        \"current\": 1,
        \"size\": 20,
        \"params\": {
            \"colours\": [\"red\", \"blue\"],
            \"tags\": {\"层\": \"top\", \"n\": null},
            \"note\": \"\"
        }
    }
";
    contains(&text.expect("a transcript"), &[sample]);
}

#[test]
fn cards_know_what_is_required_and_a_query_shows_examples() {
    assert_eq!(body(CARDS), CARDS_BODY);
    let (_, text) = written(CARDS, &[]);
    let code = "  request_java: |\n    class A {\n        // 响应参数\n    }\n  request_csharp: |\n    class B {}\n";
    contains(&text.expect("a transcript"), &[code]);
}

#[test]
fn pipes_keep_their_cells_and_say_what_slipped() {
    assert_eq!(body(PIPES), PIPES_BODY);
    let (broken, slipped) = ("items |\n条目 |\n否 |\nArray |", "items | 条目 | 否 | Array |");
    assert_eq!(body(&PIPES.replace(broken, slipped)), PIPES_BODY);
    // The same page with pipes around its rows, the sample's brace glued to the table.
    let outer: String = PIPES
        .replace(broken, slipped)
        .lines()
        .map(|line| if line.contains('|') { format!("| {line}\n") } else { format!("{line}\n") })
        .collect();
    let outer = outer.replace("| ---|---|", "|---|---|").replace("}\n| 参数", "}| 参数");
    assert_eq!(body(&outer), PIPES_BODY);
}

#[test]
fn a_browsers_copy_has_tabs() {
    let tabs = PIPES
        .replace("items |\n条目 |\n否 |\nArray |", "items | 条目 | 否 | Array |")
        .replace("---|---|---|---|\n", "")
        .replace("---|---|---|\n", "")
        .replace("---|---|\n", "")
        .replace(" | |\n", "\n")
        .replace(" |\n", "\n")
        .replace(" | ", "\t");
    assert_eq!(body(&tabs), PIPES_BODY.replace("nio-pipes", "nio-table"));
}

#[test]
fn cards_that_the_text_has_lost_come_from_the_samples_in_doubt() {
    let text = body(&PIPES.split_once("Request URL").map(|(_, rest)| format!("Request URL{rest}")).expect("a call"));
    let expected = "  items:
    type: Object[]
    required: unknown
    fields:
      name:
        type: String
        required: unknown
        example: bolt
";
    let doubts = "- at: request.items.fields.name
  about: type
  note: sample-only
- at: request.items.fields.name
  about: description
  note: page-cut
- at: request.items.fields.name
  about: required
  note: page-cut
";
    contains(&text, &[expected, doubts]);
}

#[test]
fn a_path_may_have_variables_and_calls_may_show_more_of_them() {
    let named = CARDS
        .replace("find?shelfId={shelfId}&from={from}", "{shelfId}")
        .replace("find?shelfId=7,8&from=2031-05-06T07%3A08%3A09%2B08%3A00", "7");
    contains(&body(&named), &["api: depot.crate\n", "path: /depot/crate/{shelfId}\n", "    example: '7'\n"]);
    assert!(!body(&named).contains("about: path"), "{}", body(&named));
    let shown = named.replace("/{shelfId}\n", "\n");
    let doubt = "- at: ''\n  about: path\n  note: derived\n";
    contains(&body(&shown), &["path: /depot/crate/{shelfId}\n", "    example: '7'\n", doubt]);
    let other = CARDS.replace("crate/find?shelfId=7", "crate/seek?shelfId=7");
    contains(&body(&other), &["path: /depot/crate/find\n", "- at: ''\n  about: path\n  note: sample-disagrees\n"]);
}

#[test]
fn an_answer_below_the_headers_of_a_get_is_the_response_sample() {
    let answer =
        "\n{\"status\": 0, \"reason\": null, \"array\": [{\"crateId\": \"C1\", \"status\": \"3\"}]}\n\u{a0}\n响应参数";
    let page = CARDS.replace("\u{a0}\n响应参数", answer);
    let (run, text) = written(&page, &[]);
    let text = text.unwrap_or(run.err);
    contains(&text, &["  response_json: ", "        example: C1\n", "        example: '3'\n"]);
    assert!(!text.contains("about: nesting"), "{text}");
    contains(&text, &["- at: response.status\n  about: type\n  note: sample-disagrees\n"]);
}

#[test]
fn what_a_page_says_twice_is_in_doubt() {
    let page = ENGLISH.replace("\nPOST\n\nhttps", "\nGET\n\nPOST\n\nhttps");
    contains(&body(&page), &["method: POST\n", "- at: ''\n  about: method\n  note: ambiguous\n"]);
    let page = ENGLISH.replace("\nPOST\n\nhttps", "\nGET\n\nhttps");
    contains(&body(&page), &["method: GET\n", "- at: ''\n  about: method\n  note: sample-disagrees\n"]);
    let page = ENGLISH.replace("-22 Parameter exception", "-22 Parameter exception\n-22 Other");
    contains(&body(&page), &["'-22': Parameter exception | Other\n"]);
}

#[test]
fn rows_that_nothing_settles_are_in_doubt() {
    // A row at the end that the sample leaves out may belong to any object that is still open.
    let page = ENGLISH.replace("note No String\n", "note No String\nextra Anything No String\n");
    contains(&body(&page), &["- at: request.params.fields.extra\n  about: nesting\n  note: ambiguous\n"]);
    // One between two members of an object belongs to it.
    let page = ENGLISH.replace("current Current page Int", "extra Anything String\ncurrent Current page Int");
    assert!(!body(&page).contains("about: nesting"), "{}", body(&page));
    // Without an answer, everything below the first object is a guess; known members close the levels.
    let (above, rest) = ENGLISH.split_once("Response Example").expect("an answer");
    let cut = format!("{above}{}", rest.split_once("\u{a0}\n").expect("statuses").1);
    let cut =
        cut.replace("size Crates per page Int\n", "").replace("status Where", "size Crates per page Int\nstatus Where");
    let text = body(&cut);
    contains(&text, &["- at: response.data.fields.records.fields.crateId\n  about: nesting\n  note: sample-missing\n"]);
    // So it is where the answer breaks off.
    let text = body(&ENGLISH.replace("\"sealed\": true, \"status\": 2}\n        ]\n    }\n}", "\"sealed\": true"));
    let doubts = ["data.fields.total", "data.fields.records.fields.size.fields.width"]
        .map(|at| format!("- at: response.{at}\n  about: nesting\n  note: sample-missing\n"));
    contains(&text, &[&doubts[0], &doubts[1], "- at: samples.response_json\n  about: sample\n  note: page-cut\n"]);
}

#[test]
fn members_without_rows_and_types_that_disagree_are_in_doubt() {
    let text = body(&ENGLISH.replace("sealed Whether it is closed Boolean\n", ""));
    contains(&text, &["- at: samples.response_json\n  about: sample\n  note: sample-only\n"]);
    let text = body(&ENGLISH.replace("current Current page Int", "current Current page null"));
    contains(&text, &["- at: response.data.fields.current\n  about: type\n  note: ambiguous\n"]);
    let text = body(&ENGLISH.replace("sealed Whether it is closed Boolean", "sealed Whether it is closed"));
    contains(&text, &["        sealed:\n            type: Boolean\n", "sealed\n  about: type\n  note: column-empty\n"]);
    let text = body(&ENGLISH.replace("data One page JSONObject", "data One page String"));
    contains(&text, &["  data:\n    type: Object\n", "- at: response.data\n  about: type\n  note: sample-disagrees\n"]);
}

#[test]
fn what_is_no_api_or_breaks_off_is_refused_and_says_where() {
    let push = "Crates are pushed\n\nPOST\nhttp push address specified by the user\n\nPush Parameter Description\n\
                Parameters Description Type\ncrateId Number of the crate String\n";
    let nameless = ENGLISH.replace("https://api.example.com/depot/crateList", "");
    let (cut, _) = ENGLISH.split_once("Response Parameters").expect("a part");
    let stray = ENGLISH.replace("current Current page, 1-N", "— what you send —\ncurrent Current page, 1-N");
    let long: String = (0..500).map(|at| format!("p{at} one more No String\n")).collect();
    let long = ENGLISH.replace("note No String\n", &long);
    for (page, code, place) in [
        (push, "E1002", "page.txt:4:1"),
        (nameless.as_str(), "E1007", "page.txt:13:1"),
        (cut, "E1004", "page.txt:"),
        (stray.as_str(), "E1008", "page.txt:14:1"),
        (long.as_str(), "E1005", "page.txt:"),
    ] {
        let (run, text) = written(page, &[]);
        assert!(!run.success && text.is_none() && run.err.contains(code), "{code}: {}{}", run.out, run.err);
        assert!(run.err.contains(place), "{}", run.err);
    }
    let (run, text) = written(&nameless, &["--api", "depot.crateList"]);
    let text = text.unwrap_or(run.err);
    contains(&text, &["path: /depot/crateList\n", "- at: ''\n  about: path\n  note: derived\n"]);
}

#[test]
fn every_line_may_be_missing_or_doubled() {
    for page in [ENGLISH, CARDS, PIPES] {
        for page in broken_at_each_line(page) {
            let specs = specs();
            let run = transcribe(&specs, &page, &[]);
            assert_eq!(run.success, !transcripts(&specs).is_empty(), "{}", run.err);
            assert_eq!(errors(&specs), "", "{page}");
        }
    }
}

#[test]
fn other_line_ends_change_nothing() {
    for page in [ENGLISH, CARDS, PIPES] {
        assert_eq!(body(&page.replace('\n', "\r\n")), body(page));
    }
}

#[test]
fn what_is_written_loads() {
    let specs = specs();
    for page in [ENGLISH, CARDS, PIPES] {
        let run = transcribe(&specs, page, &[]);
        assert!(run.success, "{}", run.err);
    }
    assert_eq!(transcripts(&specs).len(), 3);
    assert_eq!(errors(&specs), "");
}
