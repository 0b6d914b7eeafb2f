//! Pages into transcripts: the vendor's own documents, where they are at hand, and pages that this test writes.

use std::fs;
use std::path::Path;

use apograph_tests::command::{Run, apograph};
use apograph_tests::mutation::broken_at_each_line;
use apograph_tests::{documents, root};
use tempfile::TempDir;

/// The vendor's documents and the committed transcripts made of them.
const DOCUMENTS: [(&str, &str); 4] = [
    ("000_708ec9707cada067.txt", "top/lvms/lvr_importcallcustomer.yaml"),
    ("001_f1ee42b80807a6f5.txt", "top/lingyang/utouch_submit_initiative_batch_task.yaml"),
    ("003_291edac5b4d6f098.txt", "top/alsc/crm_open_customer_save.yaml"),
    ("002_79787bb8647c561e.txt", "nio/aivoice/import_customer.yaml"),
];

/// A specs folder that has only the platforms' files.
fn specs() -> TempDir {
    let specs = tempfile::tempdir().expect("a folder");
    for platform in ["top", "nio"] {
        let file = format!("{platform}/platform.yaml");
        fs::create_dir(specs.path().join(platform)).expect("a folder");
        fs::copy(root().join("specs").join(&file), specs.path().join(&file)).expect("the platform");
    }
    specs
}

fn transcribe(specs: &Path, pages: &[&Path], more: &[&str]) -> Run {
    let mut arguments: Vec<std::ffi::OsString> = vec!["transcribe".into(), "--specs".into(), specs.into()];
    arguments.extend(pages.iter().map(|page| page.as_os_str().to_owned()));
    arguments.extend(more.iter().map(Into::into));
    apograph(arguments)
}

#[test]
fn the_documents_give_the_committed_transcripts() {
    let Some(folder) = documents("documents against the committed transcripts") else { return };
    let specs = specs();
    for (document, transcript) in DOCUMENTS {
        let run = transcribe(specs.path(), &[&folder.join(document)], &[]);
        assert!(run.success && run.out.contains(" 1 new"), "{}{}", run.out, run.err);
        let written = fs::read_to_string(specs.path().join(transcript)).expect("a transcript");
        let committed = fs::read_to_string(root().join("specs").join(transcript)).expect("the committed transcript");
        assert_eq!(written, committed, "{document}");
    }
}

/// An invented API in the layout T1, its Java and XML samples included.
const CRATE: &str = include_str!("../../../pages/top-text.txt");

fn written(page: &str) -> (Run, Option<String>) {
    let specs = specs();
    let file = specs.path().join("page.txt");
    fs::write(&file, page).expect("a page");
    let run = transcribe(specs.path(), &[&file], &[]);
    let text = fs::read_to_string(specs.path().join("top/acme_depot/crate_send.yaml")).ok();
    (run, text)
}

#[test]
fn nesting_and_empty_cells_come_from_the_samples_and_the_rest_is_doubted() {
    let (run, text) = written(CRATE);
    assert!(run.success, "{}", run.err);
    let text = text.expect("a transcript");
    let (body, doubts) = text.split_once("doubts:\n").expect("doubts");
    let body = body.split("samples:\n").next().expect("a body");
    let body = body.split_once("request:\n").expect("a request").1;
    assert_eq!(body, EXPECTED);
    let expected = "- at: errors[0]\n  about: error\n  note: cells-merged\n";
    assert!(doubts.contains(expected), "{doubts}");
    let height = "- at: request.crate.fields.shelf_list.fields.height\n  about: nesting\n  note: ambiguous\n";
    assert!(doubts.contains(height), "{doubts}");
    assert!(text.contains("session: required\n") && text.contains("title: 寄箱(一)\n"), "{text}");
    assert!(run.out.contains("acme_depot: {title: acme_depot, prefixes: [acme.depot]}"), "{}", run.out);
}

const EXPECTED: &str = "  note:
    type: String
    example: a b c
    description: 附言 可空
  crate:
    type: Crate
    required: true
    description: 箱子
    fields:
      tag:
        type: String
        required: true
        example: red-7
        description: 标签
      shelf_list:
        type: ShelfDTO[]
        description: 层板
        fields:
          width:
            type: Number
            required: true
            example: '12'
            description: 宽
          height:
            type: Number
            description: 高度说明
      sealed:
        type: Boolean
        example: 'true'
        description: 是否封口
response:
  result:
    type: Result
    description: 结果
    fields:
      code:
        type: String
        example: '0'
      items:
        type: Item[]
        description: 条目
        fields:
          code:
            type: String
            description: 条目编码
      message:
        type: String
        example: 好
        description: 说明
errors:
- code: isv.no-crate
  message: 没有箱子 换一个
";

#[test]
fn the_same_page_gives_the_same_bytes_and_check_says_so() {
    let specs = specs();
    let file = specs.path().join("page.txt");
    fs::write(&file, CRATE).expect("a page");
    assert!(!transcribe(specs.path(), &[&file], &["--check"]).success);
    assert!(transcribe(specs.path(), &[&file], &["--dry-run"]).success);
    assert!(!specs.path().join("top/depot").exists());
    let run = transcribe(specs.path(), &[&file], &["--source-url", "https://example.com/a"]);
    assert!(run.success && run.out.contains("1 new"), "{}{}", run.out, run.err);
    let run = transcribe(specs.path(), &[&file], &[]);
    assert!(run.success && run.out.contains("1 unchanged"), "{}{}", run.out, run.err);
    assert!(transcribe(specs.path(), &[&file], &["--check"]).success);
    fs::write(&file, CRATE.replace("是否封口", "封口否")).expect("a page");
    let run = transcribe(specs.path(), &[&file], &["--check"]);
    assert!(!run.success && run.out.contains("behind"), "{}", run.out);
}

#[test]
fn a_sample_that_is_not_closed_settles_no_nesting() {
    let (run, text) = written(&CRATE.replace("        </items>\n", ""));
    assert!(run.success, "{}", run.err);
    let text = text.expect("a transcript");
    for name in ["code", "items", "message"] {
        assert!(text.contains(&format!("{name}\n  about: nesting\n")), "{text}");
    }
}

#[test]
fn every_line_may_be_missing_or_doubled() {
    for page in broken_at_each_line(CRATE) {
        let (run, text) = written(&page);
        assert_eq!(run.success, text.is_some(), "{}", run.err);
    }
}

#[test]
fn two_pages_of_one_api_are_not_merged() {
    let specs = specs();
    let files = ["a.txt", "b.txt"].map(|name| specs.path().join(name));
    fs::write(&files[0], CRATE).expect("a page");
    fs::write(&files[1], CRATE.replace("红", "绿")).expect("a page");
    let run = transcribe(specs.path(), &[&files[0], &files[1]], &[]);
    assert!(
        !run.success
            && run.err.contains("E0408")
            && run.err.contains("already transcribed")
            && run.err.contains("a.txt"),
        "{}",
        run.err
    );
    assert!(specs.path().join("top/acme_depot/crate_send.yaml").exists());
}

#[test]
fn line_numbers_and_other_line_ends_change_nothing_but_the_digest() {
    let plain = |text: String| -> String {
        text.lines().filter(|line| !line.contains("sha256")).map(|line| format!("{line}\n")).collect()
    };
    let expected = plain(written(CRATE).1.expect("a transcript"));
    let numbers = |count: usize| (1..=count).map(|n| format!("{n}\n")).collect::<String>();
    let numbered = CRATE
        .replace("TaobaoClient client", &(numbers(14) + "TaobaoClient client"))
        .replace("<acme_depot", &(numbers(11) + "<acme_depot"));
    for page in [CRATE.replace('\n', "\r\n"), format!("\u{feff}{CRATE}"), numbered] {
        let (run, text) = written(&page);
        assert_eq!(plain(text.unwrap_or(run.err)), expected);
    }
}

#[test]
fn what_is_no_page_is_refused_and_says_where() {
    let cut = CRATE.split("响应参数").next().expect("a part").to_owned();
    let nameless = CRATE.replace("acme.depot.crate.send (寄箱(一))", "寄箱");
    for (page, code) in [
        (String::new(), "E1001"),
        ("木箱\n寄箱\n查箱\n".into(), "E1001"),
        ("<html><body>请输入验证码</body></html>".into(), "E1003"),
        ("名称 | 类型 | 示例值 | 描述 |\n---|---|---|---|\n".into(), "E1007"),
        ("导入\n参数 说明 是否必填 类型\n".into(), "E1004"),
        ("{\"success\": false, \"errMsg\": \"no such document\"}".into(), "E1003"),
        (cut, "E1004"),
        ("{\"success\": true, \"data\": {".into(), "E1006"),
        ("[]".into(), "E1006"),
        ("{\"data\": {\"name\": \"acme.depot.x\"}}".into(), "E1001"),
        (
            "{\"data\": {\"name\": \"a.b.c\", \"requestParams\": [{\"name\": \" \"}], \"responseParams\": []}}".into(),
            "E1008",
        ),
        (nameless, "E1007"),
    ] {
        let (run, text) = written(&page);
        assert!(!run.success && text.is_none() && run.err.contains(code), "{code}: {}{}", run.out, run.err);
        assert!(run.err.contains("page.txt"), "{}", run.err);
    }
}

#[test]
fn a_record_of_the_document_service_is_exact() {
    let record = r#"{"success": true, "extra": 1, "data": {"name": "acme.depot.crate.send", "apiChineseName": "寄箱",
        "labels": [{"displayName": "不需用户授权"}], "other": {"x": []},
        "requestParams": [{"name": "count", "type": "Number []", "required": true, "demoValue": "1,2",
            "description": " 数 ", "maxListSize": 20, "minValue": 1, "subParams": null}],
        "responseParams": [{"name": "done", "type": null, "description": "好了", "demoValue": null},
            {"name": "done", "type": "String"}]}}"#;
    let (run, text) = written(record);
    assert!(run.success, "{}", run.err);
    let text = text.expect("a transcript");
    for expected in [
        "session: none\n",
        "    type: Number[]\n    required: true\n    example: 1,2\n    max_items: 20\n    min: '1'\n    description: 数\n",
        "- at: response.done\n  about: type\n  note: column-empty\n",
        "- at: response.done\n  about: name\n  note: repeated\n",
    ] {
        assert!(text.contains(expected), "{expected} is not in\n{text}");
    }
}

#[test]
fn words_of_another_platform_in_a_description_mislead_nobody() {
    let page = CRATE.replace("把箱子寄出去", "把箱子寄出去\nRequest URL: http://example.com/");
    let (run, text) = written(&page);
    assert!(run.success && text.is_some(), "{}", run.err);
}

#[test]
fn json_of_another_shape_is_told_in_the_documents_words() {
    for (page, expected) in [("[]", "a response of the document service"), ("{\"data\": {\"labels\": [1]}}", "a label")]
    {
        let (run, _) = written(page);
        assert!(run.err.contains("E1006") && run.err.contains(expected), "{}", run.err);
    }
}
