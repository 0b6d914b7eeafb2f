//! `apograph list`, `search` and `show`: what the specs have, for people and for programs.

use std::fs;

use apograph::commands::Outcome;
use apograph_tests::command::{Run, apograph};
use apograph_tests::schema::check;
use apograph_tests::{corpus, folder};
use serde_json::{Value, json};
use tempfile::TempDir;

const SOURCE: &str = "session: none\nsource: {layout: top-text, sha256: '0000000000000000000000000000000000000000000000000000000000000000'}\n";

/// The specs of an invented platform with two families: one API is locked, one has a doubt, a fix renames a field of one, and
/// one is broken.
fn desk() -> TempDir {
    let top = tempfile::tempdir().expect("a folder");
    let mut specs = corpus::base();
    let platform = specs.get_mut("acme/platform.yaml").expect("the platform");
    *platform = platform.replace("families:\n", "families:\n  type: {title: Types, prefixes: [acme.type]}\n");
    for (path, api, rest) in [
        (
            "acme/depot/crate_find.yaml",
            "acme.depot.crate.find",
            "title: 查询箱子\nrequest:\n  from: {type: String, description: '寄件仓库，ＳＫＵ 编号'}\n  label: {type: String}\n",
        ),
        (
            "acme/type/send.yaml",
            "acme.type.send",
            "description: \"Adds a \\u7bb1\\u5b50.\"\nrequest:\n  crate: {type: Crate, fields: {weight: {type: Number, description: Weight in kilograms}}}\n\
             doubts:\n- {at: request.crate, about: type, note: ambiguous}\n",
        ),
    ] {
        specs.insert(path.to_owned(), format!("api: {api}\n{SOURCE}{rest}"));
    }
    let fix = "- {at: request.label.name, was: label, now: sticker, why: the page of another API}\n";
    specs.insert("acme/depot/crate_find.fix.yaml".to_owned(), fix.to_owned());
    specs.insert("acme/depot/crate_lost.yaml".to_owned(), format!("api: acme.depot.crate.lost\n{SOURCE}key: none\n"));
    let lock = "lock 1\n\nacme acme.depot.crate.send\n  feature acme-depot\n  module depot::old_send\n  request OldSend\n  response \
                OldSendResponse\n\nacme acme.depot.gone removed\n  feature acme-depot\n  module depot::gone\n  request Gone\n  response \
                GoneResponse\n";
    specs.insert("api.lock".to_owned(), lock.to_owned());
    folder::write(&top.path().join("specs"), &specs);
    top
}

fn run(top: &TempDir, command: &str, more: &[&str]) -> Run {
    let specs = top.path().join("specs").into_os_string();
    apograph([command.into(), "--specs".into(), specs].into_iter().chain(more.iter().map(Into::into)))
}

/// The document of a run, which its schema describes.
fn document(run: &Run) -> Value {
    let document: Value = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.out));
    let schema: Value = serde_json::from_str(&apograph(["list", "--schema"]).out).expect("the schema");
    check(&document, &schema, &schema, "");
    assert_eq!(document["status"], run.outcome.status());
    document
}

fn note(top: &TempDir) -> String {
    format!(
        "note: 1 error in the specs; the files with errors are left out. To see the errors, run: apograph lint --specs {}\n",
        top.path().join("specs").display()
    )
}

#[test]
fn apis_are_listed_where_callers_find_them() {
    let top = desk();
    let list = run(&top, "list", &[]);
    let expected = "\
API                    FAMILY  MODULE                   DOUBTS  TITLE
acme.depot.crate.find  depot   acme::depot::crate_find       0  查询箱子
acme.depot.crate.send  depot   acme::depot::old_send         0  Send a crate
acme.type.send         type    acme::type_::send             1
";
    assert_eq!(list.out, expected);
    assert_eq!(list.err, note(&top) + "3 APIs, 1 doubt\n");
    assert_eq!(list.outcome, Outcome::Findings, "the list lacks an API");
    fs::remove_file(top.path().join("specs/acme/depot/crate_lost.yaml")).expect("a file");
    let some = run(&top, "list", &["acme.*.send", "acme.????.*"]);
    assert_eq!((some.outcome, some.out.lines().count()), (Outcome::Done, 3), "{}", some.out);
    assert_eq!(some.err, "2 APIs, 1 doubt\n");
}

#[test]
fn a_list_is_data() {
    let top = desk();
    let run = run(&top, "list", &["acme.type.*", "--format", "json"]);
    let document = document(&run);
    let spec = top.path().join("specs/acme/type/send.yaml").to_string_lossy().replace('\\', "/");
    let expected = json!([{"platform": "acme", "api": "acme.type.send", "family": "type", "rust": "acme::type_::send", "doubts": 1, "spec": spec}]);
    assert_eq!(document["apis"], expected);
    assert_eq!(document["findings"][0]["code"], "E0103", "what keeps the other file out");
    assert_eq!(document["summary"], json!({"errors": 1, "warnings": 0, "apis": 1, "doubts": 1}));
}

#[test]
fn patterns_that_match_nothing_are_named() {
    let top = desk();
    for (pattern, expected) in [
        (
            "acme.depot.crate.fnd",
            "error: unknown API `acme.depot.crate.fnd`\nhelp: did you mean `acme.depot.crate.find`?\n",
        ),
        ("acme.depto.*", "error: no API matches `acme.depto.*`\nhelp: did you mean `acme.depot.*`?\n"),
    ] {
        let run = run(&top, "list", &["acme.*", pattern]);
        assert_eq!((run.outcome, run.out.as_str(), run.err.as_str()), (Outcome::Failed, "", expected));
    }
}

#[test]
fn the_best_hits_come_first_with_their_places() {
    let top = desk();
    let search = run(&top, "search", &["CRATE"]);
    let expected = "\
acme.depot.crate.find  查询箱子
acme.depot.crate.send  Send a crate
acme.type.send
  request.crate
";
    assert_eq!((search.out.as_str(), search.outcome), (expected, Outcome::Findings), "{}", search.err);
    assert_eq!(search.err, note(&top) + "3 APIs found\n");
    let few = run(&top, "search", &["send", "--limit", "1"]);
    assert_eq!(few.out, "acme.depot.crate.send  Send a crate\n");
    assert_eq!(few.err, "2 APIs found, the first 1 shown; `--limit` shows more\n", "the broken file has no `send`");
}

#[test]
fn words_are_found_in_any_text_of_an_api() {
    let top = desk();
    for (words, expected) in [
        // Descriptions in both languages, in any case and width, with escapes in the file.
        (&["sku", "寄件"][..], "acme.depot.crate.find  查询箱子\n  request.from  寄件仓库，ＳＫＵ 编号\n"),
        (
            &["箱子\u{3000}ｋｉｌｏ"],
            "acme.type.send\n  description  Adds a 箱子.\n  request.crate.weight  Weight in kilograms\n",
        ),
        (&["weight"], "acme.type.send\n  request.crate.weight\n"),
        (
            &["sent", "lid"],
            "acme.depot.crate.send  Send a crate\n  response.sent\n  request.label  What stands on the lid\n",
        ),
        // Fixes count.
        (&["sticker"], "acme.depot.crate.find  查询箱子\n  request.sticker\n"),
    ] {
        let run = run(&top, "search", words);
        assert_eq!((run.outcome, run.out.as_str()), (Outcome::Done, expected), "{words:?}: {}", run.err);
    }
    let label = run(&top, "search", &["find", "label"]);
    assert_eq!((label.outcome, label.out.as_str(), label.err.as_str()), (Outcome::Findings, "", "0 APIs found\n"));
    let blank = run(&top, "search", &["\u{3000} "]);
    assert_eq!((blank.outcome, blank.err.as_str()), (Outcome::Failed, "error: there are no words to search for\n"));
}

#[test]
fn hits_are_data() {
    let top = desk();
    let run = run(&top, "search", &["find", "sku", "--format", "json"]);
    let document = document(&run);
    let expected = json!([{
        "platform": "acme", "api": "acme.depot.crate.find", "title": "查询箱子",
        "occurrences": [
            {"word": "find", "in": "api", "text": "acme.depot.crate.find"},
            {"word": "sku", "in": "field-description", "field": ["request", "from"], "text": "寄件仓库，ＳＫＵ 编号"},
        ],
    }]);
    assert_eq!(document["hits"], expected);
    assert_eq!(document["summary"], json!({"errors": 0, "warnings": 0, "hits": 1}));
}

#[test]
fn an_api_is_shown_as_callers_see_it() {
    let top = desk();
    let find = run(&top, "show", &["acme.depot.crate.find"]);
    let specs = top.path().join("specs").to_string_lossy().replace('\\', "/");
    let expected = format!(
        "\
acme.depot.crate.find  查询箱子

module      acme::depot::crate_find
feature     acme-depot
call        POST, session none
spec        {specs}/acme/depot/crate_find.yaml
fixes       {specs}/acme/depot/crate_find.fix.yaml

request CrateFind
  from as from_: String
    # 寄件仓库，ＳＫＵ 编号
  sticker: String

response CrateFindResponse
"
    );
    let unbroken = |text: &str| text.replace("\n  /", "/").replace("\n  acme/", "acme/");
    assert_eq!((unbroken(&find.out), find.err.as_str(), find.outcome), (expected, "", Outcome::Done));
}

#[test]
fn an_api_is_data() {
    let top = desk();
    let document = document(&run(&top, "show", &["acme.type.*", "--format", "json"]));
    let shown = &document["shown"][0];
    let weight = json!({"name": "weight", "type": "Number", "rust": {"name": "weight", "type": "i64"}, "description": "Weight in kilograms"});
    let expected =
        json!({"name": "crate", "type": "Crate", "rust": {"name": "crate_", "type": "Crate"}, "fields": [weight]});
    assert_eq!(shown["request"], json!({"type": "AcmeTypeSend", "fields": [expected]}));
    assert_eq!(shown["rust"], json!({"module": "acme::type_::send", "feature": "acme-type"}));
    assert_eq!(shown["call"], json!({"method": "POST", "session": "none", "idempotent": false}));
    assert_eq!(shown["doubts"], json!([{"at": "request.crate", "about": "type", "note": "ambiguous"}]));
    assert_eq!(document["summary"], json!({"errors": 0, "warnings": 0, "apis": 1}));
}

#[test]
fn removed_broken_and_unknown_apis_are_told_apart() {
    let top = desk();
    let show = |api: &str| run(&top, "show", &[api]);
    let locked = show("acme.depot.crate.send");
    assert!(locked.out.contains("\nrequest OldSend\n  label: String\n"), "{}", locked.out);
    let removed = show("acme.depot.gone");
    let expected = "acme.depot.gone\n\nremoved     only the lock still has it; calls fail\nmodule      acme::depot::gone\nfeature     \
                    acme-depot\n\nrequest Gone\n\nresponse GoneResponse\n";
    assert_eq!((removed.outcome, removed.out.as_str()), (Outcome::Done, expected), "{}", removed.err);
    let broken = show("acme.depot.crate.lost");
    assert_eq!((broken.outcome, broken.out.as_str()), (Outcome::Findings, ""));
    assert!(broken.err.starts_with("error[E0103]: ") && !broken.err.contains("unknown API"), "{}", broken.err);
    let unknown = show("acme.depot.crate.snd");
    let expected = "error: unknown API `acme.depot.crate.snd`\nhelp: did you mean `acme.depot.crate.send`?\n";
    assert_eq!((unknown.outcome, unknown.err.as_str()), (Outcome::Failed, expected));
}
