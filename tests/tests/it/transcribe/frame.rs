//! Pages of platforms that the program does not know by name. Each folder of `tests/frame` has a page in a layout that such
//! pages really have, perhaps the words of its platform, and the transcript that is expected of it.

use std::fs;
use std::path::Path;

use apograph::diagnostic::Code;
use apograph::spec::EndpointSpec;
use apograph::transcribe::{Options, PlatformWords, Refusal};
use apograph_tests::command::{Run, apograph};
use apograph_tests::corpus::{self, Case};
use apograph_tests::{folder, root};
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

/// The request that is made of a transcript is the one that its page describes: a placeholder, the query, a header and a form.
#[test]
fn the_places_of_a_page_are_those_of_the_request() {
    let case = corpus::cases(CORPUS).into_iter().find(|case| case.name == "placed-fields").expect("the case");
    let specs = specs(&case.folder);
    assert!(transcribe(specs.path(), &page(&case)).success);
    let body = r#"{"depot": "d 1", "dry_run": true, "X-Trace": "t-1", "crate_no": "C&1", "note": "x"}"#;
    let files = tempfile::tempdir().expect("a folder");
    let path = |name: &str| files.path().join(name).into_os_string();
    fs::write(path("body.json"), body).expect("a request");
    fs::write(path(".env"), "APOGRAPH_SHOP_KEY=k\nAPOGRAPH_SHOP_SECRET=hidden\n").expect("credentials");
    let own = ["sign".into(), "--api".into(), "depots.crates".into(), "--specs".into(), specs.path().into()];
    let more = ["--request".into(), path("body.json"), "--credentials".into(), path(".env")];
    let run = apograph(own.into_iter().chain(more).collect::<Vec<std::ffi::OsString>>());
    for line in [
        "PUT https://api.shop.example/depots/d%201/crates?dry_run=true",
        "x-trace: t-1",
        "content-type: application/x-www-form-urlencoded",
        "crate_no=C%261&note=x",
    ] {
        assert!(run.success && run.out.to_lowercase().contains(&line.to_lowercase()), "{line}\n{}{}", run.out, run.err);
    }
}

/// The example in the description of the format.
fn example() -> String {
    let text = fs::read_to_string(root().join("specs/README.md")).expect("the description");
    let section = text.split("\n## pages.yaml\n").nth(1).expect("a section");
    section.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example").to_owned()
}

#[test]
fn a_platform_is_added_with_words_only() {
    let case = corpus::cases(CORPUS).into_iter().find(|case| case.name == "invented-words").expect("the case");
    let without = specs(&case.folder);
    fs::remove_file(without.path().join("shop/pages.yaml")).expect("the words");
    assert!(!transcribe(without.path(), &page(&case)).success);
    let specs = specs(&case.folder);
    fs::write(specs.path().join("shop/pages.yaml"), example()).expect("the words");
    let run = transcribe(specs.path(), &page(&case));
    let expected = fs::read_to_string(case.folder.join("expected.yaml")).expect("a transcript");
    let text = transcript(specs.path()).unwrap_or_else(|| panic!("{}{}", run.out, run.err));
    let plain: Vec<&str> = text.lines().filter(|line| !line.starts_with("  sha256:")).collect();
    assert_eq!(plain, expected.lines().collect::<Vec<_>>());
}

#[test]
fn words_that_are_wrong_stop_the_run() {
    let case = corpus::cases(CORPUS).into_iter().next().expect("a case");
    let specs = specs(&case.folder);
    fs::write(specs.path().join("shop/pages.yaml"), "column: {}\n").expect("the words");
    let run = transcribe(specs.path(), &page(&case));
    assert!(!run.success && run.err.contains("E0103") && run.err.contains("pages.yaml"), "{}", run.err);
    assert_eq!(transcript(specs.path()), None);
}

/// A saved page of iTNIO, a form that its site has no reader for.
const SAVED: &str = "<html><head><title>装箱</title></head><body><h1>装箱</h1><p>POST https://api.example.com/depot/crate/fill</p>\
<h2>请求参数</h2><table><tr><th>参数</th><th>说明</th><th>是否必填</th><th>类型</th></tr>\
<tr><td>crateId</td><td>箱号</td><td>是</td><td>Long</td></tr></table>\
<h2>响应参数</h2><table><tr><th>参数</th><th>说明</th><th>类型</th></tr><tr><td>status</td><td>状态码</td><td>String</td></tr></table>\
</body></html>";

#[test]
fn a_page_in_a_form_that_its_site_lacks_is_one_of_any_platform() {
    let platform = Some(PlatformWords::default().of("nio"));
    let read =
        |platform| apograph::transcribe::transcribe(SAVED.as_bytes(), &Options { platform, ..Options::default() });
    let spec = read(platform).expect("a transcript");
    assert_eq!((spec.api.as_str(), spec.source.layout.word()), ("depot.crate.fill", "html"));
    let field = spec.request.get("crateId").expect("a field");
    assert_eq!((field.type_word.as_str(), field.description.as_deref()), ("Long", Some("箱号")));
    let refusal = read(None).expect_err("a refusal");
    assert_eq!(refusal.help.as_deref(), Some("name its platform with `--platform nio`"));
}

/// A page about two APIs: the parameters of one would be those of the other.
const SEVERAL: &str = "\
## 建箱子
请求方式: POST https://depot.example/crates/create
### 请求参数
| 参数 | 类型 | 必填 | 说明 |
|---|---|---|---|
| tag | string | 是 | 标签 |
### 返回参数
| 参数 | 类型 | 说明 |
|---|---|---|
| crate_no | string | 箱号 |
## 查箱子
请求方式: GET https://depot.example/crates/get
### 请求参数
| 参数 | 类型 | 必填 | 说明 |
|---|---|---|---|
| crate_no | string | 是 | 箱号 |
";

/// A page with a table outside of all sections, which only the sample shows to be one of fields.
const LEFT: &str = "\
POST /depot/crates/create
## 请求参数
| 参数 | 类型 | 必填 | 说明 |
|---|---|---|---|
| tag | string | 是 | 标签 |
## 返回示例
```json
{\"crate_no\": \"C-1\", \"place\": \"A-7\"}
```
## 返回参数
| 参数 | 类型 | 说明 |
|---|---|---|
| crate_no | string | 箱号 |
## 其他
| 参数 | 说明 |
|---|---|
| place | 位置 |
";

/// A page about a call whose answer is described by this text.
fn answered(answer: &str) -> String {
    format!(
        "GET /depot/crates/count\n## 请求参数\n| 参数 | 类型 | 必填 | 说明 |\n|---|---|---|---|\n| tag | string | 是 | 标签 |\n{answer}"
    )
}

#[test]
fn answers_that_are_one_value_are_refused() {
    for answer in [
        "## 返回\n返回 `string` 类型的箱号。\n",
        "## 返回结果\n返回字符串\n",
        "## Response\nReturns a number.\n",
        "## 返回值\n```json\n[\"C-1\", \"C-2\"]\n```\n",
        "## 返回示例\n```json\n\"C-1\"\n```\n## 返回参数\n",
        "## 返回参数\n| 参数 | 类型 | 说明 |\n|---|---|---|\n| -- | string | 箱号 |\n",
        "## 返回参数\n| 参数 | 类型 | 说明 |\n|---|---|---|\n| | string[] | 箱号 |\n",
    ] {
        let refusal = read(&answered(answer)).expect_err(answer);
        assert!(refusal.message.contains("the answer is one value") && refusal.at.is_some(), "{answer}: {refusal:?}");
        assert_eq!(refusal.code, Code::NotRead, "{answer}");
    }
    for answer in [
        "## 返回\n成功返回 HTTP 状态码 204。\n",
        "## 返回\n返回 string 类型的箱号。\n```json\n{\"crate_no\": \"C-1\"}\n```\n",
        "## 返回\n返回参数为 string\n| 参数 | 类型 | 说明 |\n|---|---|---|\n| crate_no | string | 箱号 |\n",
    ] {
        assert!(read(&answered(answer)).is_ok(), "{answer}: {:?}", read(&answered(answer)));
    }
}

#[test]
fn pages_that_cannot_be_read_are_refused_by_name() {
    let case = corpus::cases(CORPUS).into_iter().next().expect("a case");
    let shell = "<!DOCTYPE html><html><head><title>Docs</title><script src=\"a.js\"></script></head><body><div id=\"app\"></div></body></html>";
    let archive = "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\n<html></html>";
    for (page, code, message) in [
        (shell, "E1001", "single-page application"),
        (archive, "E1002", "web archive"),
        ("", "E1001", "the page is empty"),
        ("# Title\n\nNothing else.\n", "E1001", "no table of parameters"),
        (
            "POST /a/b\n\nname | type | required |\n---|---|---|\nx | String | yes |\n",
            "E1004",
            "no response parameters",
        ),
        (SEVERAL, "E1008", "several APIs"),
        (LEFT, "E1008", "the samples contain the names in this table"),
    ] {
        let specs = specs(&case.folder);
        let file = specs.path().join("page.txt");
        fs::write(&file, page).expect("a page");
        let run = transcribe(specs.path(), &file);
        assert!(!run.success && run.err.contains(code) && run.err.contains(message), "{page}\n{}", run.err);
    }
}

fn read(page: &str) -> Result<EndpointSpec, Refusal> {
    let options = Options { platform: Some(PlatformWords::default()), ..Options::default() };
    apograph::transcribe::transcribe(page.as_bytes(), &options)
}

/// What no page has is refused by a count, before it is looked at.
#[test]
fn pages_beyond_every_bound_are_refused() {
    let rows = "| a | String | yes |\n".repeat(12_000);
    let wide = "<td>a".repeat(250_000);
    for (page, code) in [
        ("a|\n".repeat(60_000), Code::PageTooLarge),
        (format!("| name | type | required |\n|---|---|---|\n{rows}"), Code::PageTooLarge),
        (format!("<html><table><tr>{wide}"), Code::PageTooLarge),
        ("|".repeat(300_000), Code::UnknownPage),
    ] {
        let refusal = read(&page).expect_err("a refusal");
        assert_eq!(refusal.code, code, "{}", refusal.message);
    }
}
