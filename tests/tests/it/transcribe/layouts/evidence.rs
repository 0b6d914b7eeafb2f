//! Pages whose rows have lost a cell, or say a thing twice: what no evidence settles is in doubt at that very fact.

use apograph::diagnostic::Code;
use apograph::spec::EndpointSpec;
use apograph::terms::{About, Note, Required};

use super::pages::{API, Children, Lists, copied, flattened, html};
use super::{doubts, field, read, spec};

/// A flattened page: rows of the tables, lines of the error table, and what the samples set and hold.
fn page(request: &str, response: &str, errors: &str, [java, xml]: [&str; 2]) -> String {
    format!(
        "{API} (寄箱)\n把箱子寄出去\n公共参数\n请求参数\n名称 类型 是否必须 示例值 更多限制 描述\n{request}\n响应参数\n\
         名称 类型 示例值 描述\n{response}\n请求示例\n\
         TaobaoClient client = new DefaultTaobaoClient(url, appkey, secret);\n\
         AcmeDepotCrateSendRequest req = new AcmeDepotCrateSendRequest();\n{java}\
         AcmeDepotCrateSendResponse rsp = client.execute(req);\n响应示例\n\
         <acme_depot_crate_send_response>\n{xml}\n</acme_depot_crate_send_response>\n\
         错误码解释\n错误码 错误描述 解决方案\n{errors}\nAPI工具\n"
    )
}

fn answer(rows: &str, xml: &str) -> EndpointSpec {
    spec(&page("", rows, "", ["", xml]))
}

fn has(spec: &EndpointSpec, at: &str, about: About) -> bool {
    doubts(spec).iter().any(|(found, of, _)| found == at && *of == about)
}

#[test]
fn a_word_that_is_the_samples_value_is_no_type() {
    let spec = answer("done true 完成", "<done>true</done>");
    let done = field(&spec.response, &["done"]);
    let texts = [&done.example, &done.description].map(|text| text.as_deref().unwrap_or_default());
    assert_eq!((done.type_word.as_str(), texts), ("String", ["true", "完成"]));
    assert!(doubts(&spec).contains(&("response.done".into(), About::Type, Note::ColumnEmpty)), "{:?}", spec.doubts);
    for (row, xml) in [("flag yes", "<flag>yes</flag>"), ("kind string 类型", "<kind>string</kind>")] {
        let spec = answer(row, xml);
        assert!(has(&spec, &spec_at(&spec), About::Type), "{row}: {:?}", spec.doubts);
    }
    // The value stands behind its type.
    let spec = answer("kind String String 类型", "<kind>String</kind>");
    assert!(!has(&spec, "response.kind", About::Type), "{:?}", spec.doubts);
}

fn spec_at(spec: &EndpointSpec) -> String {
    let (name, _) = spec.response.iter().next().expect("a field");
    format!("response.{name}")
}

#[test]
fn a_word_that_is_no_known_type_is_doubted_unless_something_settles_it() {
    for row in ["result success 标志", "kind A 类型", "note Remark"] {
        let name = row.split(' ').next().expect("a name");
        let spec = answer(row, &format!("<{name}></{name}>"));
        assert!(has(&spec, &format!("response.{name}"), About::Type), "{row}: {:?}", spec.doubts);
    }
    for row in ["info CrateInfo 说明", "tips Tips [] 提示", "cost Price 价格", "size Number 大小"] {
        let name = row.split(' ').next().expect("a name");
        let spec = answer(row, &format!("<{name}></{name}>"));
        assert!(!has(&spec, &format!("response.{name}"), About::Type), "{row}: {:?}", spec.doubts);
    }
    let rows =
        "result Result 结果\n  • └ kind\n  • A\n  • 类型\n  • └ flag\n  • Success\n  • └ item\n  • CrateInfo\n  • 条目";
    let xml = "<result>\n<kind></kind>\n<flag>Success</flag>\n<item></item>\n</result>";
    let spec = answer(rows, xml);
    assert!(has(&spec, "response.result.fields.kind", About::Type), "{:?}", spec.doubts);
    assert!(has(&spec, "response.result.fields.flag", About::Type), "{:?}", spec.doubts);
    assert!(!has(&spec, "response.result.fields.item", About::Type), "{:?}", spec.doubts);
}

#[test]
fn what_stands_before_a_mark_and_is_no_type_puts_the_whole_row_in_doubt() {
    let spec = spec(&page("other 备注 可选 说明\ntag String 必须 red 标签", "", "", ["req.setTag(\"red\");\n", ""]));
    for about in [About::Type, About::Required, About::Description] {
        assert!(has(&spec, "request.other", about), "{:?}", spec.doubts);
    }
    assert!(!doubts(&spec).iter().any(|(at, ..)| at == "request.tag"), "{:?}", spec.doubts);
}

#[test]
fn a_row_that_begins_with_its_type_has_lost_its_name() {
    let rows = "crate Crate 必须 箱子\n  • └ tag\n  • String\n  • 可选\n  • red\n  • 标签\n  • ShelfState\n  • 可选\n  • 状态\n  \
                • └ code\n  • String\n  • 可选\n  • 7\n  • 编码";
    let java = "AcmeDepotCrateSendRequest.Crate obj1 = new AcmeDepotCrateSendRequest.Crate();\nobj1.setTag(\"red\");\n\
                AcmeDepotCrateSendRequest.ShelfState obj2 = new AcmeDepotCrateSendRequest.ShelfState();\n\
                obj2.setCode(\"7\");\nobj1.setState(obj2);\nreq.setCrate(obj1);\n";
    let spec = spec(&page(rows, "", "", [java, ""]));
    for about in [About::Name, About::Nesting, About::Type] {
        assert!(has(&spec, "request.crate.fields.ShelfState", about), "{:?}", spec.doubts);
    }
    // Its members belong to an object that the page does not name.
    assert!(has(&spec, "request.crate.fields.ShelfState.fields.code", About::Nesting), "{:?}", spec.doubts);
}

#[test]
fn a_description_that_is_written_like_a_limit_is_doubted_as_one() {
    let limits = |more: &str| {
        spec(&page(&format!("count Number 可选 1\n  • 最大长度:20\n{more}"), "", "", ["req.setCount(1L);\n", ""]))
    };
    let found = limits("  • 默认值:不限");
    assert_eq!(field(&found.request, &["count"]).max_length, Some(20));
    assert!(has(&found, "request.count", About::Default) && has(&found, "request.count", About::Description));
    for more in ["", "  • 默认值:0\n  • 件数"] {
        assert!(!has(&limits(more), "request.count", About::Default), "{more}");
    }
}

#[test]
fn rows_of_the_error_table_are_as_sure_as_their_cells() {
    let errors = |text: &str| {
        let spec = spec(&page("", "done Boolean 完成", text, ["", "<done></done>"]));
        let found: Vec<(String, String, bool)> = spec
            .errors
            .iter()
            .enumerate()
            .map(|(at, error)| {
                let doubted = has(&spec, &format!("errors[{at}]"), About::Error);
                (error.code.clone().unwrap_or_default(), error.message.clone().unwrap_or_default(), doubted)
            })
            .collect();
        found
    };
    let row = |code: &str, message: &str, doubted| (code.to_owned(), message.to_owned(), doubted);
    assert_eq!(errors("isv.no-crate"), [row("isv.no-crate", "", false)]);
    assert_eq!(errors("isv.no-crate 请重试"), [row("isv.no-crate", "请重试", true)]);
    assert_eq!(errors("没有箱子 换一个"), [row("", "没有箱子 换一个", true)]);
    let expected = [row("isv.a", "没有箱子 请重试", true), row("isv.b", "", false)];
    assert_eq!(errors("isv.a 没有箱子\n请重试\nisv.b"), expected);
}

#[test]
fn a_parameter_that_stands_twice_is_doubted_in_all_that_differs() {
    let record = format!(
        r#"{{"data": {{"name": "{API}", "labels": [{{"displayName": "不需用户授权"}}], "responseParams": [],
        "requestParams": [{{"name": "tag", "type": "String", "required": true, "description": "标签"}},
            {{"name": "tag", "type": "Number", "required": false, "description": "标签"}}]}}}}"#
    );
    let spec = spec(&record);
    assert_eq!(field(&spec.request, &["tag"]).required, Required::Yes);
    let expected =
        [About::Name, About::Type, About::Required].map(|about| ("request.tag".into(), about, Note::Repeated));
    assert_eq!(doubts(&spec), expected);
}

#[test]
fn a_value_of_a_copy_without_signs_has_no_members() {
    let table = "result\tResult\t\t结果\ncode\tString\t0\t编码\nitems\tItem []\t\t条目\nid\tNumber\t1\t号\n\
                 code\tString\t\t条目编码\nmessage\tString\t好\t说明\ndone\tBoolean\ttrue\t完\n";
    let copy = copied(Children::Bare);
    let (above, rest) = copy.split_once("名称\t类型\t示例值\t描述\n").expect("a header");
    let below = rest.split_once("\n请求示例").expect("a sample").1;
    let page = format!("{above}名称\t类型\t示例值\t描述\n{table}\n请求示例{below}");
    let spec = spec(&page.replace("<code></code>", "<id>1</id>"));
    let items = field(&spec.response, &["result", "items"]);
    assert!(items.fields.get("id").is_some_and(|id| id.fields.iter().next().is_none()), "{items:?}");
    let result = field(&spec.response, &["result"]);
    assert!(result.fields.get("message").is_some() && spec.response.get("done").is_some(), "{result:?}");
}

#[test]
fn a_page_that_says_another_name_is_refused() {
    let record = format!(
        r#"{{"data": {{"name": "{API}", "requestParams": [], "responseParams": [{{"name": "a", "type": "B"}}]}}}}"#
    );
    let nameless = flattened().replace(&format!("{API} (寄箱(一))"), "寄箱");
    for page in [flattened(), copied(Children::Bare), html(Lists::One), record.clone(), nameless.clone()] {
        let refusal = read(&page, Some("acme.depot.crate.get")).expect_err("a refusal");
        assert_eq!(refusal.code, Code::OtherApi, "{}", refusal.message);
        assert!(refusal.help.is_some_and(|help| help.contains("--api")));
        assert!(read(&page, Some(API)).is_ok());
    }
    for page in [flattened(), copied(Children::Bare), html(Lists::One), record] {
        // Only one of the two names is the one to call.
        let spec = read(&page, Some("taobao.acme.depot.crate.send")).expect("a transcript");
        assert!(doubts(&spec).contains(&(String::new(), About::Name, Note::Ambiguous)), "{:?}", spec.doubts);
    }
    assert!(read(&nameless, Some("taobao.acme.depot.crate.send")).is_ok());
}
