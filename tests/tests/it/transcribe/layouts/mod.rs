//! One invented API in every layout of TOP: the same transcript comes out, or a doubt where the layout has lost a fact.

use apograph::diagnostic::Code;
use apograph::source::SpecPath;
use apograph::spec::{EndpointSpec, Entries, FieldSpec};
use apograph::terms::{About, Note, Required};
use apograph::transcribe::{Options, Refusal, transcribe};
use apograph_tests::mutation::broken_at_each_line;

mod evidence;
mod pages;

use pages::*;

pub(super) fn read(page: &str, api: Option<&str>) -> Result<EndpointSpec, Refusal> {
    transcribe(page.as_bytes(), &Options { api: api.map(str::to_owned), source_url: None, platform: None })
}

pub(super) fn spec(page: &str) -> EndpointSpec {
    read(page, None).unwrap_or_else(|refusal| panic!("{refusal:?}\n{page}"))
}

pub(super) fn doubts(spec: &EndpointSpec) -> Vec<(String, About, Note)> {
    spec.doubts.iter().map(|doubt| (doubt.at.to_string(), doubt.about, doubt.note)).collect()
}

fn field<'s>(fields: &'s Entries<FieldSpec>, path: &[&str]) -> &'s FieldSpec {
    let (first, rest) = path.split_first().expect("a name");
    let field = fields.get(first).unwrap_or_else(|| panic!("{first} of {fields:?}"));
    if rest.is_empty() { field } else { self::field(&field.fields, rest) }
}

/// The rows as a transcript must have them.
fn expected(side: Side) -> Vec<(usize, String, FieldSpec)> {
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let field = |row: &Row| FieldSpec {
        type_word: row.word.replace(" []", "[]"),
        required: if row.required { Required::Yes } else { Required::No },
        example: filled(row.example),
        description: filled(row.description),
        default: (!row.limits.is_empty()).then(|| "1".to_owned()),
        max_length: (!row.limits.is_empty()).then_some(9),
        ..FieldSpec::default()
    };
    side.rows().iter().map(|row| (row.level, row.name.to_owned(), field(row))).collect()
}

fn flat(fields: &Entries<FieldSpec>, level: usize, found: &mut Vec<(usize, String, FieldSpec)>) {
    for (name, field) in fields {
        found.push((level, name.clone(), FieldSpec { fields: Entries::new(), ..field.clone() }));
        flat(&field.fields, level + 1, found);
    }
}

fn check(spec: &EndpointSpec, layout: &str) {
    assert_eq!(spec.source.layout.word(), layout);
    let texts = [&spec.title, &spec.description, &spec.category].map(|text| text.as_deref().unwrap_or_default());
    assert_eq!((spec.api.as_str(), texts), (API, ["寄箱(一)", "把箱子寄出去", "木箱"]));
    for (side, fields) in [(Side::Request, &spec.request), (Side::Response, &spec.response)] {
        let mut found = Vec::new();
        flat(fields, 0, &mut found);
        assert_eq!(found, expected(side));
    }
    assert_eq!(spec.samples.get("request_java").map(String::as_str), Some(JAVA));
    assert_eq!(spec.samples.get("response_xml").map(String::as_str), Some(XML));
    let error = spec.errors.first().expect("an error");
    let error = [&error.code, &error.message, &error.solution].map(|text| text.as_deref().unwrap_or_default());
    assert_eq!(error, ["isv.no-crate", "没有箱子", "换一个"]);
}

#[test]
fn saved_pages_are_exact() {
    for lists in [Lists::One, Lists::All, Lists::Table] {
        let spec = spec(&html(lists));
        check(&spec, "top-html");
        assert_eq!(doubts(&spec), [], "{lists:?}");
    }
}

#[test]
fn copies_of_a_browser_are_exact() {
    for children in [Children::Bare, Children::Bullets] {
        let spec = spec(&copied(children));
        check(&spec, "top-text");
        assert_eq!(doubts(&spec), [], "{children:?}");
    }
    // Without tabs nothing tells which of a row's last cells is there; the samples do.
    check(&spec(&copied(Children::Lines)), "top-text");
}

#[test]
fn a_flattened_page_says_the_same_or_doubts_it() {
    let (text, exact) = (spec(&flattened()), spec(&html(Lists::One)));
    let (mut loose, mut known) = (Vec::new(), Vec::new());
    flat(&text.request, 0, &mut loose);
    flat(&exact.request, 0, &mut known);
    let doubts = doubts(&text);
    assert_eq!(loose.len(), known.len());
    for ((level, name, field), (_, _, known)) in loose.iter().zip(&known) {
        // This test's page has the limits of `count` in its row: the layout has no such rows.
        if name == "count" {
            continue;
        }
        let is_doubted = |about| doubts.iter().any(|(at, of, _)| at.ends_with(name.as_str()) && *of == about);
        assert_eq!((&field.type_word, field.required), (&known.type_word, known.required), "{level} {name}");
        assert_eq!(field.example, known.example, "{name}");
        assert!(field.description == known.description || is_doubted(About::Description), "{name}: {doubts:?}");
    }
}

#[test]
fn numbered_lines_of_a_copy_are_code() {
    let numbered: String = JAVA.lines().zip(1..).map(|(line, n)| format!("{n}\t{line}\n")).collect();
    let spec = spec(&copied(Children::Bare).replace(JAVA, &numbered));
    check(&spec, "top-text");
}

#[test]
fn pipes_keep_the_first_level_and_the_samples_give_the_rest_with_doubts() {
    for numbered in [true, false] {
        let spec = read(&pipes(numbered), Some(API)).expect("a transcript");
        assert_eq!((spec.source.layout.word(), spec.title.as_deref()), ("top-pipes", None));
        for (side, fields) in [(Side::Request, &spec.request), (Side::Response, &spec.response)] {
            let tops: Vec<_> = fields.iter().map(|(name, field)| (name.to_owned(), field.clone())).collect();
            let wanted = expected(side).into_iter().filter(|(level, ..)| *level == 0);
            for ((name, found), (_, known, wanted)) in tops.iter().zip(wanted) {
                assert_eq!(*name, known);
                assert_eq!((&found.type_word, found.required), (&wanted.type_word, wanted.required), "{name}");
                assert_eq!((&found.example, &found.description), (&wanted.example, &wanted.description), "{name}");
            }
        }
        let shelves = field(&spec.request, &["crate", "shelf_list"]);
        assert_eq!(shelves.type_word, "ShelfDTO[]");
        assert_eq!(shelves.fields.get("width").map(|field| field.type_word.as_str()), Some("Number"));
        let items = field(&spec.response, &["result", "items"]);
        assert_eq!((items.type_word.as_str(), items.fields.len()), ("Item[]", 1));
        let doubts = doubts(&spec);
        for (at, about, note) in [
            ("request.count", About::Default, Note::PageCut),
            ("request.crate", About::Nesting, Note::PageCut),
            ("request.crate.fields.shelf_list", About::Name, Note::Derived),
            ("request.crate.fields.tag", About::Required, Note::PageCut),
            ("request.crate.fields.tag", About::Type, Note::Derived),
            ("response.result.fields.items", About::Type, Note::Derived),
            ("response.result.fields.code", About::Description, Note::PageCut),
        ] {
            assert!(doubts.contains(&(at.to_owned(), about, note)), "{at} {about:?} {note:?} is not in {doubts:?}");
        }
        assert!(!doubts.iter().any(|(at, about, _)| at == "request.crate.fields.sealed" && *about == About::Type));
        assert_eq!(spec.errors.first().and_then(|error| error.solution.as_deref()), Some("换一个"));
        assert!(!doubts.iter().any(|(at, ..)| at.starts_with("errors")));
    }
}

#[test]
fn line_numbers_of_pipes_tell_what_is_gone() {
    let page = pipes(true).replace("req.setNote( \"a b c\" ); ", "").replace("a b c", "http://acme.example/a");
    let spec = read(&page, Some(API)).expect("a transcript");
    let doubts = doubts(&spec);
    assert!(doubts.contains(&("samples.request_java".into(), About::Sample, Note::PageCut)), "{doubts:?}");
    assert_eq!(field(&spec.request, &["note"]).example.as_deref(), Some("http://acme.example/a"));
}

#[test]
fn operators_that_a_copy_with_pipes_sets_apart_may_not_be_so_in_the_value() {
    let page = pipes(true).replace("obj1.setTag( \"red-7\" )", "obj1.setTag( \"cmVkLTc ==\" )");
    let spec = read(&page, Some(API)).expect("a transcript");
    assert_eq!(field(&spec.request, &["crate", "tag"]).example.as_deref(), Some("cmVkLTc =="));
    let doubt = ("request.crate.fields.tag".into(), About::Example, Note::Derived);
    assert!(doubts(&spec).contains(&doubt), "{:?}", doubts(&spec));
}

#[test]
fn pipes_need_a_name_that_fits_what_is_left() {
    let refusal = read(&pipes(true), None).expect_err("a refusal");
    assert_eq!(refusal.code, Code::NoApiName);
    assert!(refusal.message.contains("AcmeDepotCrateSendRequest"), "{}", refusal.message);
    assert!(refusal.help.is_some_and(|help| help.contains("--api") && help.contains("taobao.")));
    let refusal = read(&pipes(true), Some("acme.depot.crate.get")).expect_err("a refusal");
    assert_eq!(refusal.code, Code::OtherApi);
    assert!(read(&pipes(true), Some("taobao.acme.depot.crate.send")).is_ok());
}

#[test]
fn other_pages_are_refused_and_say_what_they_are() {
    let old = "| 名称\n| 类型\n| 是否必需\n| name | String | Y | 名\n";
    let padded = "名称 类型 是否必须 示例值 更多限制 描述\n|\n└  tag        String\n";
    let callback = copied(Children::Bare).replace(JAVA, "{\"order\": 1}\n");
    let blog = flattened().replace("必须", "true").replace("可选", "false").replace("是否true", "是否必须");
    for (page, code, said) in [
        (old.to_owned(), Code::NotRead, "old wiki"),
        (padded.to_owned(), Code::NotRead, "doc.htm"),
        (callback, Code::NotRead, "callback"),
        (blog, Code::NotRead, "`true` and `false`"),
        ("寄箱\n查箱\n退箱\n".to_owned(), Code::UnknownPage, "sidebar"),
        ("请完成验证码\n".to_owned(), Code::ErrorPage, "CAPTCHA"),
        ("<html><title>访问验证 captcha</title><body>x".to_owned(), Code::ErrorPage, "访问验证"),
        ("登录\n请输入账号和密码\n".to_owned(), Code::ErrorPage, "login page"),
        ("免责声明\n登录后可以看到更多文档\n".to_owned(), Code::UnknownPage, "no parameter table"),
        ("<title>T</title><form><input type=password>".to_owned(), Code::ErrorPage, "login page"),
        ("<html><h1>404 Not Found</h1>".to_owned(), Code::ErrorPage, "error page"),
        ("<html><body><div id=app></div><script>go()</script>".to_owned(), Code::UnknownPage, "script"),
        ("<title>木箱</title><p>参数 说明 是否必填 类型</p>".to_owned(), Code::NotRead, "iTNIO"),
        ("<title>木箱</title><p>欢迎</p>".to_owned(), Code::UnknownPage, "木箱"),
        (
            "<table><tr><th>名称<th>类型<th>是否必须<th>示例值<th>更多限制<th>描述</table>".to_owned(),
            Code::PageCut,
            "response",
        ),
    ] {
        let refusal = read(&page, Some(API)).expect_err(said);
        assert_eq!(refusal.code, code, "{said}: {}", refusal.message);
        assert!(refusal.message.contains(said) && refusal.help.is_some(), "{said}: {}", refusal.message);
    }
}

#[test]
fn a_row_that_may_be_a_child_is_doubted() {
    let page = copied(Children::Bare).replace("\nstamp\t", "\nextra\tString\t可选\t\t\t又一\nstamp\t");
    let spec = spec(&page);
    let at: SpecPath = "request.extra".parse().expect("a path");
    assert!(spec.doubts.iter().any(|doubt| doubt.at == at && doubt.about == About::Nesting), "{:?}", spec.doubts);
}

#[test]
fn every_line_may_be_missing_or_doubled() {
    let saved = html(Lists::All).replace('>', ">\n");
    for page in [copied(Children::Bare), copied(Children::Lines), pipes(true), saved] {
        for page in broken_at_each_line(&page) {
            // Refused or read: neither may panic.
            let _ = read(&page, Some(API));
        }
    }
}

#[test]
fn nesting_without_end_is_neither_slow_nor_deep() {
    for tag in ["<div>", "<ul><li>", "<table><tr><td>", "<pre>", "<nav>", "<svg>"] {
        let page = html(Lists::One).replacen("<nav>", &format!("{}<nav>", tag.repeat(20_000)), 1);
        let _ = read(&page, Some(API));
        assert!(read(&tag.repeat(20_000), None).is_err());
    }
}
