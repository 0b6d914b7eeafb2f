//! A page that is transcribed again: what changed is shown, people's fixes stay, and nothing is overwritten unseen.

use std::fs;
use std::path::PathBuf;

use apograph::commands::Outcome;
use apograph_tests::command::{Run, apograph};
use apograph_tests::folder::{self, Texts};
use apograph_tests::root;
use tempfile::TempDir;

const PAGE: &str = include_str!("../../../pages/top-text.txt");
const LEAF: &str = "top/acme_depot/crate_send";

/// A specs folder with the platform's file, and a page beside it.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("specs/top")).expect("a folder");
        let platform = folder.path().join("specs/top/platform.yaml");
        fs::copy(root().join("specs/top/platform.yaml"), platform).expect("the platform");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn spec(&self, end: &str) -> PathBuf {
        self.path(&format!("specs/{LEAF}{end}"))
    }

    fn transcribe(&self, page: &str, more: &[&str]) -> Run {
        let file = self.path("page.txt");
        fs::write(&file, page).expect("a page");
        let arguments = ["transcribe".as_ref(), file.as_os_str(), "--specs".as_ref(), self.path("specs").as_os_str()]
            .map(ToOwned::to_owned);
        apograph(arguments.into_iter().chain(more.iter().map(Into::into)))
    }

    /// The files in the specs folder.
    fn snapshot(&self) -> Texts {
        folder::read(&self.path("specs"))
    }
}

#[test]
fn a_changed_page_shows_what_it_means() {
    let desk = Desk::new();
    assert!(desk.transcribe(PAGE, &["--source-url", "https://example.com/crate"]).success);
    let changed = PAGE.replace("note String 可选 a b c 附言 可空", "note String 必须 a b c 附言").replace(
        "  • └ message\n  • String\n  • 好\n  • 说明\n",
        "  • └ message\n  • String\n  • 好\n  • 说明\ncount Number 3 箱子数\n",
    );
    let changed = changed.replace("    </result>\n", "    </result>\n    <count>3</count>\n");
    let before = desk.snapshot();
    for flag in ["--check", "--dry-run"] {
        let run = desk.transcribe(&changed, &[flag]);
        assert_eq!(run.success, flag == "--dry-run", "{}{}", run.out, run.err);
        assert!(run.out.contains("request.note.required"), "{}", run.out);
        assert_eq!(desk.snapshot(), before, "{flag} writes nothing");
    }
    let run = desk.transcribe(&changed, &[]);
    assert!(run.success, "{}", run.err);
    for expected in
        ["changed", "~ request.note.required", "+ response.count", "~ request.note.description", "1 changed"]
    {
        assert!(run.out.contains(expected), "{expected} is not in\n{}", run.out);
    }
    let written = fs::read_to_string(desk.spec(".yaml")).expect("a transcript");
    assert!(written.contains("page: https://example.com/crate\n"), "the page's address stays:\n{written}");
}

#[test]
fn a_full_catalogue_shows_which_pages_have_gone() {
    let desk = Desk::new();
    assert!(desk.transcribe(PAGE, &[]).success);
    let complete = &["--check", "--complete"];
    let run = desk.transcribe(PAGE, complete);
    assert!(run.success && run.out.contains("0 specs have no page in this catalogue"), "{}{}", run.out, run.err);
    // A renamed API is a new page and a spec without one.
    let text = fs::read_to_string(desk.spec(".yaml")).expect("a transcript");
    let api = text.lines().find_map(|line| line.strip_prefix("api: ")).expect("a name");
    let renamed = PAGE.replace(api, &format!("{api}.now"));
    assert_ne!(renamed, PAGE);
    let before = desk.snapshot();
    let run = desk.transcribe(&renamed, complete);
    assert_eq!(run.outcome, Outcome::Findings, "{}{}", run.out, run.err);
    let no_page = format!("no page  {}  ({api})", desk.spec(".yaml").display());
    assert!(run.out.contains(&no_page) && run.out.contains("1 spec has no page"), "{no_page}: {}", run.out);
    assert_eq!(desk.snapshot(), before, "nothing is written");
    // Without the option, a few pages say nothing about other specs.
    let run = desk.transcribe(&renamed, &["--check"]);
    assert!(!run.out.contains("no page"), "{}", run.out);
    // A platform without a page in the run has another catalogue.
    fs::create_dir_all(desk.path("specs/nio/aivoice")).expect("a folder");
    fs::write(desk.path("specs/nio/aivoice/import.yaml"), "api: aivoice.import\n").expect("a file");
    assert!(desk.transcribe(PAGE, complete).success);
    let run = desk.transcribe(&renamed, &["--check", "--complete", "--format", "json"]);
    assert!(run.out.contains("\"state\": \"no-page\"") && run.out.contains("\"unpaged\": 1"), "{}", run.out);
}

/// The first character that a terminal acts on or does not show.
fn hidden(text: &str) -> Option<char> {
    text.chars()
        .find(|c| *c != '\n' && (c.is_control() || "\u{ad}\u{61c}\u{200b}\u{202e}\u{2066}\u{e0041}".contains(*c)))
}

#[test]
fn nothing_in_a_review_is_hidden() {
    let desk = Desk::new();
    assert!(desk.transcribe(PAGE, &[]).success);
    let changed = PAGE.replace("附言", "附\u{ad}\u{61c}\u{200b}\u{202e}\u{2066}\u{e0041}言");
    for flags in [&["--check"][..], &["--check", "--format", "json"]] {
        let run = desk.transcribe(&changed, flags);
        let text = run.out.clone() + &run.err;
        assert_eq!(hidden(&text), None, "{}", text.escape_debug());
        assert!(
            run.out.contains(r"\u{ad}\u{61c}\u{200b}\u{202e}\u{2066}\u{e0041}") || run.out.contains(r"\\u{ad}"),
            "{}",
            run.out
        );
    }
}

#[cfg(unix)]
#[test]
fn a_file_name_is_one_line_of_a_review() {
    let desk = Desk::new();
    let file = desk.path("a\nnew  specs\u{1b}[31m\u{202e}.txt");
    fs::write(&file, PAGE).expect("a page");
    let arguments = ["transcribe".as_ref(), file.as_os_str(), "--specs".as_ref(), desk.path("specs").as_os_str()]
        .map(ToOwned::to_owned);
    let run = apograph(arguments.clone());
    assert!(run.success, "{}", run.err);
    assert_eq!(hidden(&run.out), None, "{}", run.out.escape_debug());
    assert_eq!(run.out.lines().filter(|line| line.starts_with("new  ")).count(), 1, "{}", run.out);
    fs::write(&file, PAGE.replace("附言", "附言二")).expect("a page");
    let json = apograph(arguments.into_iter().chain(["--check", "--format", "json"].map(Into::into)));
    assert_eq!(hidden(&(json.out.clone() + &json.err)), None, "{}{}", json.out.escape_debug(), json.err.escape_debug());
    let document: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(document["files"][0]["page"].as_str(), Some(file.to_string_lossy().as_ref()), "the data is exact");
}

#[test]
fn a_field_that_is_gone_is_named() {
    let desk = Desk::new();
    assert!(desk.transcribe(PAGE, &[]).success);
    let row = "  • └ sealed\n  • Boolean\n  • 可选\n  • true\n  • 是否封口\n";
    let run = desk.transcribe(&PAGE.replace(row, "").replace("obj1.setSealed(true);\n", ""), &[]);
    assert!(run.success && run.out.contains("- request.crate.fields.sealed"), "{}{}", run.out, run.err);
}

#[test]
fn fixes_stay_and_those_that_no_longer_apply_are_reported() {
    let desk = Desk::new();
    assert!(desk.transcribe(PAGE, &[]).success);
    let fixes = "- at: request.note.required\n  was: 'false'\n  now: 'true'\n  why: calls without it fail\n\
                 - at: request.note.max_length\n  now: '20'\n  why: the support said so\n";
    let fixes = fixes.replace("  was: 'false'\n", "");
    fs::write(desk.spec(".fix.yaml"), &fixes).expect("a fix file");
    let run = desk.transcribe(&PAGE.replace("把箱子寄出去", "把箱子寄走"), &[]);
    assert!(run.success && !run.err.contains("E03"), "{}{}", run.out, run.err);
    assert!(run.out.contains("~ description") && !run.out.contains("sha256"), "{}", run.out);
    // The page now says itself what the first fix corrects.
    let run = desk.transcribe(&PAGE.replace("note String 可选", "note String 必须"), &[]);
    assert!(!run.success && run.err.contains("E0302") && run.err.contains("crate_send.fix.yaml:1"), "{}", run.err);
    assert!(run.err.contains("correct or remove these fixes"), "{}", run.err);
    assert_eq!(fs::read_to_string(desk.spec(".fix.yaml")).expect("the fixes"), fixes);
    assert!(fs::read_to_string(desk.spec(".yaml")).expect("a transcript").contains("required: true"));
}

#[test]
fn doubts_that_fixes_settle_are_counted_apart() {
    let desk = Desk::new();
    let run = desk.transcribe(PAGE, &[]);
    assert!(run.out.contains(" doubts\n") && !run.out.contains("settled"), "{}", run.out);
    let fix = "- at: request.crate.fields.shelf_list.fields.height.nesting\n  why: seen in a call\n";
    fs::write(desk.spec(".fix.yaml"), fix).expect("a fix file");
    let run = desk.transcribe(PAGE, &[]);
    assert!(run.success && run.out.contains("1 settled by fixes"), "{}{}", run.out, run.err);
}

#[test]
fn what_people_wrote_is_not_overwritten_and_needs_no_page() {
    let desk = Desk::new();
    assert!(desk.transcribe(PAGE, &[]).success);
    let text = fs::read_to_string(desk.spec(".yaml")).expect("a transcript");
    let hand = text.replace("layout: top-text", "layout: hand");
    fs::write(desk.spec(".yaml"), &hand).expect("a file");
    let run = desk.transcribe(PAGE, &[]);
    assert!(run.err.contains("E1012") && run.err.contains("people wrote the transcript"), "{}", run.err);
    assert_eq!(fs::read_to_string(desk.spec(".yaml")).expect("a file"), hand);
    let api = text.lines().find_map(|line| line.strip_prefix("api: ")).expect("a name");
    let run = desk.transcribe(&PAGE.replace(api, &format!("{api}.now")), &["--check", "--complete"]);
    assert!(run.out.contains("0 specs have no page in this catalogue"), "{}{}", run.out, run.err);
}

#[test]
fn what_cannot_be_read_is_not_overwritten() {
    let desk = Desk::new();
    assert!(desk.transcribe(PAGE, &[]).success);
    let broken = "api: acme.depot.crate.send\nnotes: written by hand\n";
    fs::write(desk.spec(".yaml"), broken).expect("a file");
    let run = desk.transcribe(PAGE, &[]);
    assert!(!run.success && run.err.contains("E1012"), "{}", run.err);
    assert!(run.err.contains("cannot be read as a transcript"), "{}", run.err);
    assert_eq!(fs::read_to_string(desk.spec(".yaml")).expect("a file"), broken);
}

#[test]
fn an_edited_transcript_is_told_from_a_changed_page() {
    let desk = Desk::new();
    assert!(desk.transcribe(PAGE, &[]).success);
    let text = fs::read_to_string(desk.spec(".yaml")).expect("a transcript");
    fs::write(desk.spec(".yaml"), text.replacen("api: acme", "api:   acme", 1)).expect("a file");
    let run = desk.transcribe(PAGE, &["--check"]);
    assert!(!run.success && run.out.contains("the page is the same"), "{}{}", run.out, run.err);
    let run = desk.transcribe(&format!("{PAGE}\n"), &["--check"]);
    assert!(!run.success && run.out.contains("only outside of tables and samples"), "{}{}", run.out, run.err);
}

#[test]
fn the_platform_follows_from_the_page() {
    let desk = Desk::new();
    let run = desk.transcribe(PAGE, &["--platform", "nio"]);
    assert!(!run.success && run.err.contains("platform.yaml"), "{}", run.err);
    fs::create_dir(desk.path("specs/nio")).expect("a folder");
    fs::copy(root().join("specs/nio/platform.yaml"), desk.path("specs/nio/platform.yaml")).expect("the platform");
    let run = desk.transcribe(PAGE, &["--platform", "nio"]);
    assert!(!run.success && run.err.contains("E1011") && run.err.contains("a page of `top`"), "{}", run.err);
    fs::rename(desk.path("specs/top"), desk.path("specs/taobao")).expect("another name");
    assert!(desk.transcribe(PAGE, &["--platform", "taobao"]).success);
    assert!(desk.path("specs/taobao/acme_depot/crate_send.yaml").exists());
}

#[test]
fn a_copy_in_another_form_is_read_with_the_platform_named() {
    let table = "| 参数名称 | 类型 | 是否必须 | 示例值 | 描述 |\n|---|---|---|---|---|\n| tag | String | 必须 | red-7 | 标签 |\n";
    let answer =
        "| 参数名称 | 类型 | 示例值 | 描述 |\n|---|---|---|---|\n| done | Boolean | true | 完 |\n\n```json\n{}\n```\n";
    let page = format!("## acme.depot.crate.send（寄箱）\n\n### 请求参数\n\n{table}\n### 响应参数\n\n{answer}");
    let desk = Desk::new();
    assert!(desk.transcribe(&page, &[]).err.contains("with `--platform`"));
    let run = desk.transcribe(&page, &["--platform", "top"]);
    assert!(run.success, "{}", run.err);
    let text = fs::read_to_string(desk.spec(".yaml")).expect("a transcript");
    assert!(text.contains("  tag:\n    type: String\n    required: true\n    example: red-7\n"), "{text}");
    // What is a page of the platform, but cannot be read, is not read in another way.
    let cut = PAGE.split("请求示例").next().expect("the tables");
    let run = desk.transcribe(cut, &["--platform", "top"]);
    assert!(run.err.contains("E1004"), "{}", run.err);
}

#[test]
fn families_do_not_depend_on_the_order_of_the_pages() {
    let other = PAGE.replace("acme.depot.crate.send", "zeta.depot.crate.send").replace("AcmeDepot", "ZetaDepot");
    let other = other.replace("acme_depot", "zeta_depot");
    let mut found = Vec::new();
    for names in [["a.txt", "b.txt"], ["b.txt", "a.txt"]] {
        let desk = Desk::new();
        fs::create_dir(desk.path("pages")).expect("a folder");
        for (name, page) in names.iter().zip([PAGE, &other]) {
            fs::write(desk.path("pages").join(name), page).expect("a page");
        }
        let (specs, pages) = (desk.path("specs"), desk.path("pages"));
        let run = apograph(["transcribe".as_ref(), "--specs".as_ref(), specs.as_os_str(), pages.as_os_str()]);
        assert!(run.success, "{}", run.err);
        found.push(desk.snapshot());
    }
    assert_eq!(found[0], found[1]);
    assert!(found[0].keys().any(|path| path.starts_with("top/zeta_depot")), "{:?}", found[0]);
}

#[test]
fn a_page_that_cannot_be_read_does_not_stop_the_others() {
    let desk = Desk::new();
    fs::create_dir(desk.path("pages")).expect("a folder");
    fs::write(desk.path("pages/a.txt"), PAGE).expect("a page");
    fs::write(desk.path("pages/b.txt"), vec![b'x'; 10 << 20]).expect("a large file");
    fs::write(desk.path("pages/c.txt"), b"\xff\xff").expect("no text");
    let (specs, pages) = (desk.path("specs"), desk.path("pages"));
    let run = apograph(["transcribe".as_ref(), "--specs".as_ref(), specs.as_os_str(), pages.as_os_str()]);
    assert!(!run.success && run.out.contains("3 pages: 1 new, 0 changed, 0 unchanged, 2 rejected"), "{}", run.out);
    assert!(run.err.contains("E1005") && run.err.contains("E0111"), "{}", run.err);
    let run = apograph(["transcribe".as_ref(), "--specs".as_ref(), specs.as_os_str(), "no-such-page".as_ref()]);
    assert!(!run.success && run.err.contains("cannot read no-such-page"), "{}", run.err);
}

#[test]
fn a_family_that_people_chose_is_kept() {
    let desk = Desk::new();
    let run = desk.transcribe(PAGE, &["--family", "boxes"]);
    assert!(run.success && run.out.contains("new  ") && run.out.contains("boxes/crate_send.yaml"), "{}", run.out);
    let run = desk.transcribe(PAGE, &["--check"]);
    assert!(run.success && run.out.contains("1 unchanged"), "{}", run.out);
    let run = desk.transcribe(PAGE, &["--family", "../boxes"]);
    assert!(!run.success && run.err.contains("E1009") && run.err.contains("not a valid family name"), "{}", run.err);
}

#[test]
fn two_apis_of_one_file_are_told_apart() {
    let desk = Desk::new();
    fs::create_dir(desk.path("pages")).expect("a folder");
    let named = |name: &str, class: &str, root: &str| {
        let page = PAGE.replace("acme.depot.crate.send", name).replace("AcmeDepotCrateSend", class);
        page.replace("acme_depot_crate_send", root)
    };
    let (one, other) = ("acme.depot.crate.get_all", "acme.depot.crate.getAll");
    fs::write(desk.path("pages/a.txt"), named(one, "AcmeDepotCrateGet_all", "acme_depot_crate_get_all"))
        .expect("a page");
    fs::write(desk.path("pages/b.txt"), named(other, "AcmeDepotCrateGetAll", "acme_depot_crate_getAll"))
        .expect("a page");
    let (specs, pages) = (desk.path("specs"), desk.path("pages"));
    let run = apograph(["transcribe".as_ref(), "--specs".as_ref(), specs.as_os_str(), pages.as_os_str()]);
    assert!(!run.success && run.err.contains("E1012") && run.err.contains(other), "{}", run.err);
}

#[test]
fn a_folder_without_pages_is_no_success() {
    let desk = Desk::new();
    fs::create_dir(desk.path("pages")).expect("a folder");
    let (specs, pages) = (desk.path("specs"), desk.path("pages"));
    let run =
        apograph(["transcribe".as_ref(), "--check".as_ref(), "--specs".as_ref(), specs.as_os_str(), pages.as_os_str()]);
    assert!(!run.success && run.err.contains("no pages"), "{}", run.err);
}
