//! What a page may cost is bounded by counts: larger pages are refused, and hard ones are read with doubts.

use apograph::diagnostic::Code;
use apograph::spec::{EndpointSpec, MOST_FIELDS, MOST_ROWS};
use apograph::terms::{About, Note};
use apograph::transcribe::{Options, Refusal, transcribe};

const ROOT: &str = "acme_depot_crate_send_response";

/// A page with rows in the answer's table, and a sample.
fn page(rows: &str, java: &str, xml: &str) -> String {
    format!(
        "acme.depot.crate.send (x)\n公共参数\n请求参数\n名称 类型 是否必须 示例值 更多限制 描述\n响应参数\n\
         名称 类型 示例值 描述\n{rows}请求示例\nTaobaoClient client = new DefaultTaobaoClient();\n{java}响应示例\n\
         <{ROOT}>\n{xml}</{ROOT}>\n错误码解释\n"
    )
}

fn read(page: &str) -> Result<EndpointSpec, Refusal> {
    transcribe(page.as_bytes(), &Options::default())
}

#[test]
fn more_than_a_page_can_have_is_refused() {
    let pages = [
        "x".repeat(4 * 1024 * 1024 + 1),
        page("", "", &"\n".repeat(200_000)),
        page(&"a String x\n".repeat(20_001), "", ""),
        page("", "", &"<a></a>\n".repeat(20_001)),
        page("", "", &"<a>".repeat(1_000_000)),
        page("", "", &("<a>".repeat(19_000) + &"</b>".repeat(500_000) + &"<a>".repeat(2_000))),
        page("", &"req.setA(1L);\n".repeat(20_001), ""),
        page("", &"A obj1 = new A();\n".repeat(20_001), ""),
    ];
    for page in pages {
        let refusal = read(&page).expect_err("too large");
        assert_eq!(refusal.code, Code::PageTooLarge, "{}", refusal.message);
    }
}

#[test]
fn a_page_whose_transcript_could_not_be_read_again_is_refused() {
    let rows = |n: usize| (0..n).map(|n| format!("a{n} String x\n")).collect::<String>();
    assert_eq!(read(&page(&rows(apograph::spec::MOST_FIELDS), "", "")).expect("a transcript").response.len(), 10_000);
    let refusal = read(&page(&rows(apograph::spec::MOST_FIELDS + 1), "", "")).expect_err("too many fields");
    assert_eq!((refusal.code, refusal.message.as_str()), (Code::PageTooLarge, "the page has more than 10000 fields"));
}

#[test]
fn deep_pages_are_refused_and_long_lines_are_not() {
    let deep = "a A x\n".to_owned() + &"  • a\n  • A\n".repeat(40) + "  • └ z\n  • String\n";
    assert_eq!(read(&page(&deep, "", "")).expect_err("too deep").code, Code::TooLarge);
    let bullets = format!("a A x\n  {}└ z\n  • String\n", "• ".repeat(500_000));
    let spec = read(&page(&bullets, "", "")).expect("a transcript");
    assert!(spec.response.get("a").is_some_and(|a| a.fields.get("z").is_some()));
    // As many blanks as places to cut, and a sample that goes with none of them.
    let words = "x ".repeat(100_000);
    let spec = read(&page(&format!("a String {words}\n"), "", &format!("<a>{words}y</a>\n"))).expect("a transcript");
    assert!(spec.doubts.iter().any(|doubt| doubt.about == About::Example));
}

#[test]
fn a_table_with_too_many_readings_is_read_with_doubts() {
    let rows = |n: usize| format!("t{n} T x\n{}", "  • o\n  • O\n  • └ a\n  • String\n  • └ b\n  • String\n".repeat(8));
    let table: String = (0..300).map(rows).collect();
    let xml: String = (0..300).map(|n| format!("<t{n}>\n{}</t{n}>\n", "<b></b><a></a>\n".repeat(8))).collect();
    let spec = read(&page(&table, "", &xml)).expect("a transcript");
    let given_up = (About::Nesting, Note::SampleMissing);
    assert!(spec.doubts.iter().any(|doubt| (doubt.about, doubt.note) == given_up));
    assert_eq!(spec.response.len(), 300);
}

#[test]
fn rows_above_the_limits_are_refused_before_they_are_read() {
    let pipes = |rows: usize, errors: usize| {
        let request: String = (0..rows).map(|n| format!("a{n} | String | 可选 |\n")).collect();
        let codes: String = (0..errors).map(|n| format!("e{n} | x |\n")).collect();
        format!(
            "名称 | 类型 | 是否必须 | 示例值 | 更多限制 | 描述 |\n---|---|\n{request}名称 | 类型 | 示例值 | 描述 |\n---|---|\n\
             1 | TaobaoClient client = new DefaultTaobaoClient(); |\n错误码 | 错误描述 | 解决方案 |\n---|---|\n{codes}"
        )
    };
    let parameter = |n: usize| format!("{{\"name\": \"a{n}\"}}");
    let parameters: Vec<String> = (0..=MOST_FIELDS).map(parameter).collect();
    let record = format!(
        "{{\"data\": {{\"name\": \"acme.depot.x\", \"requestParams\": [{}], \"responseParams\": []}}}}",
        parameters.join(",")
    );
    let (fields, errors) = ("the page has more than 10000 fields", "the page has more than 10000 errors");
    for (page, expected) in [(pipes(MOST_FIELDS + 1, 0), fields), (pipes(1, MOST_ROWS + 1), errors), (record, fields)] {
        let options = Options { api: Some("acme.depot.x".into()), ..Options::default() };
        let refusal = transcribe(page.as_bytes(), &options).expect_err("too much");
        assert_eq!((refusal.code, refusal.message.as_str()), (Code::PageTooLarge, expected));
    }
}

#[test]
fn a_row_that_is_broken_over_many_lines_is_refused() {
    let page = |lines: usize| {
        let more = "more\n".repeat(lines);
        format!(
            "参数 | 说明 | 是否必填 | 类型 |\n---|---|\na | x {more}| 是 | String |\nRequest URL: https://api.example.com/depot/fill\n\
             参数 | 说明 | 类型 |\n---|---|\nstatus | 状态码 | String |\n"
        )
    };
    assert_eq!(read(&page(150)).expect("a transcript").request.len(), 1);
    let refusal = read(&page(250)).expect_err("too many lines");
    assert_eq!(refusal.code, Code::StrayLine);
}
