//! `apograph fixes --suggest`: its proposals are entries that loading accepts, and it proposes nothing twice.

use std::fs;
use std::path::{Path, PathBuf};

use apograph::commands::Outcome;
use apograph_tests::command::{Run, apograph};
use apograph_tests::root;
use apograph_tests::schema::check;
use serde_json::Value;

const FIELDS: &str = "\
request:
  ids: {type: 'Number[]', description: '编号列表,每次最多50个'}
  label: {type: String, required: true, description: '标签【必填】,长度不超过32个字符'}
  size: {type: Number, description: '每页数量。最小值1,最大值为100。默认20'}
  shop:
    type: Shop
    description: 店铺
    fields:
      kind: {type: String, description: '类型: open:直营 join:加盟'}
      code: {type: String, required: unknown, description: '店铺编码(必填)'}
  level: {type: Number, example: '9', description: '级别 1:低 2:高'}
  price: {type: Price, description: '单价,最多2位小数'}
response:
  state: {type: Number, description: '状态 0:失败,1:成功,默认0'}
";

const DOUBT: &str = "doubts:\n- {at: request.shop.fields.code, about: required, note: column-empty}\n";

struct Specs(tempfile::TempDir);

impl Specs {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("specs/acme/depot")).expect("folders");
        let base = root().join("tests/diff/base");
        for path in ["crate.yaml", "acme/platform.yaml"] {
            fs::copy(base.join(path), folder.path().join("specs").join(path)).expect("a file");
        }
        let specs = Self(folder);
        let head = "session: none\nsource: {layout: top-text, sha256: '0000000000000000000000000000000000000000000000000000000000000000'}\n";
        fs::write(specs.path("crate_send.yaml"), format!("api: acme.depot.crate.send\n{head}{FIELDS}{DOUBT}"))
            .expect("a file");
        let other = "request:\n  ids: {type: 'Number[]', description: 'ids, at most 20'}\n";
        fs::write(specs.path("crate_find.yaml"), format!("api: acme.depot.crate.find\n{head}{other}")).expect("a file");
        specs
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join("specs/acme/depot").join(name)
    }

    fn run(&self, command: &str, more: &[&str]) -> Run {
        let specs = self.0.path().join("specs").into_os_string();
        apograph([command.into(), "--specs".into(), specs].into_iter().chain(more.iter().map(Into::into)))
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// `at`, `now` and `quote` of each suggestion.
fn suggested(document: &Value) -> Vec<[String; 3]> {
    let list = document["suggestions"].as_array().into_iter().flatten();
    let shown = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    list.map(|suggestion| ["at", "now", "quote"].map(|key| shown(&suggestion[key]))).collect()
}

#[test]
fn each_suggestion_has_its_quote() {
    let run = Specs::new().run("fixes", &["--suggest", "--format", "json"]);
    let document: Value = serde_json::from_str(&run.out).expect("a document");
    let schema: Value = serde_json::from_str(&apograph(["fixes", "--schema"]).out).expect("the schema");
    check(&document, &schema, &schema, "");
    let expected = [
        ["request.ids.max_items", "20", "at most 20"],
        ["request.ids.max_items", "50", "每次最多50个"],
        ["request.label.max_length", "32", "长度不超过32个字符"],
        ["request.size.min", "1", "最小值1"],
        ["request.size.max", "100", "最大值为100"],
        ["request.size.default", "20", "默认20"],
        [
            "request.shop.fields.kind.values",
            r#"{"open":{"name":"Open","doc":"直营"},"join":{"name":"Join","doc":"加盟"}}"#,
            "open:直营 join:加盟",
        ],
        ["request.shop.fields.code.required", "true", "必填"],
        [
            "response.state.values",
            r#"{"0":{"name":"Failure","doc":"失败"},"1":{"name":"Success","doc":"成功"}}"#,
            "0:失败,1:成功",
        ],
    ];
    let found = suggested(&document);
    let sorted = |value: &str| {
        let value: Value = serde_json::from_str(value).unwrap_or_else(|_| value.into());
        value
    };
    let same = found.iter().zip(&expected).all(|(found, expected)| {
        found[0] == expected[0] && sorted(&found[1]) == sorted(expected[1]) && found[2] == expected[2]
    });
    assert!(same && found.len() == expected.len(), "{found:#?}");
    assert_eq!(document["summary"]["suggestions"], expected.len());
    assert_eq!(run.outcome, Outcome::Done, "suggestions are not findings");
}

#[test]
fn suggestions_can_be_pasted_and_are_not_made_twice() {
    let specs = Specs::new();
    let run = specs.run("fixes", &["--suggest"]);
    let mut file = None;
    let mut entries = String::new();
    for line in run.out.lines() {
        match line.strip_prefix("# ") {
            Some(path) => file = Some(path.to_owned()),
            None if file.as_deref() == Some(text(&specs.path("crate_send.fix.yaml")).as_str()) => {
                entries.push_str(&format!("{line}\n"));
            }
            None => {}
        }
    }
    fs::write(specs.path("crate_send.fix.yaml"), entries).expect("the fixes");
    let lint = specs.run("lint", &[]);
    assert!(lint.outcome == Outcome::Done && lint.err.is_empty(), "{}{}", lint.out, lint.err);
    let again = specs.run("fixes", &["--suggest", &text(&specs.path("crate_send.yaml"))]);
    assert_eq!((again.out.as_str(), again.err.as_str()), ("", "1 API: no fixes to suggest\n"));
    // A fix that no longer fits its page is for a person to correct, and not suggested a second time.
    let changed = fs::read_to_string(specs.path("crate_send.yaml")).expect("a spec").replace("最多50个", "最多30个");
    fs::write(specs.path("crate_send.yaml"), changed).expect("a spec");
    let stale = specs.run("fixes", &["--suggest", &text(&specs.path("crate_send.fix.yaml"))]);
    assert!(stale.outcome == Outcome::Findings && stale.err.contains("error[E0307]"), "{}", stale.err);
    assert_eq!(stale.out, "");
}

#[test]
fn a_fix_for_every_field_is_known() {
    let specs = Specs::new();
    let every = "- {at: 'request.*.required', was: unknown, now: 'false', why: the English edition}\n";
    fs::write(specs.path("crate_send.fix.yaml"), every).expect("a fix");
    let run = specs.run("fixes", &["--suggest", "--format", "json"]);
    let document: Value = serde_json::from_str(&run.out).expect("a document");
    assert!(suggested(&document).iter().all(|[at, ..]| !at.ends_with(".required")), "{}", run.out);
}

#[test]
fn paths_select_transcripts() {
    let specs = Specs::new();
    let one = specs.run("fixes", &["--suggest", &text(&specs.path("crate_find.yaml"))]);
    assert!(one.out.contains("quote: at most 20") && !one.out.contains("最多50个"), "{}", one.out);
    let folder = specs.run("fixes", &["--suggest", &text(&specs.path(""))]);
    assert!(folder.out.contains("at most 20") && folder.out.contains("最多50个"), "{}", folder.out);
    for wrong in [specs.path("crate_lost.yaml"), root().join("README.md")] {
        let run = specs.run("fixes", &["--suggest", &text(&wrong)]);
        assert_eq!((run.outcome, run.out.as_str()), (Outcome::Failed, ""), "{}", run.err);
    }
}
