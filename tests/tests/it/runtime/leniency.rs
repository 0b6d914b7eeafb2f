//! Answers that differ from their pages, decoded into generated types: the resulting value and the recorded coercion.
// specs/top/PROTOCOL.md#type-leniency, specs/top/PROTOCOL.md#parser-results

use std::time::{Duration, UNIX_EPOCH};

use apograph_apis::top::lingyang::utouch_submit_initiative_batch_task::{
    InitiativeTaskResponse, UtouchSubmitInitiativeBatchTask, UtouchSubmitInitiativeBatchTaskResponse,
    UtouchSubmitInitiativeBatchTaskResult,
};
use apograph_apis::top::{self, Top};
use apograph_apis::{Answer, Client, CoercionKind, Coercions, DecodeProblem, Error, Zone, from_json};
use apograph_tests::crates::golden_types::form::values::save::{OrderDtoInResponse, Save, SaveResponse};
use apograph_tests::crates::golden_types::form::{self, Form};
use serde_json::json;

const ROOT: &str = "alibaba_lingyang_utouch_submit_initiative_batch_task_response";

type Lingyang = Result<Answer<UtouchSubmitInitiativeBatchTaskResponse>, Error>;

fn top(response: http::Response<impl Into<Vec<u8>>>) -> Lingyang {
    Client::<Top>::new(top::Credentials::new("k", "s").expect("credentials"))
        .answer::<UtouchSubmitInitiativeBatchTask>(response)
}

fn read(body: &str) -> Answer<UtouchSubmitInitiativeBatchTaskResponse> {
    top(http::Response::new(body)).unwrap_or_else(|error| panic!("{error}: {body}"))
}

/// What had to be bent, sorted as text.
fn shown(coercions: &Coercions) -> Vec<String> {
    let mut shown: Vec<String> = coercions.iter().map(ToString::to_string).collect();
    shown.sort();
    shown
}

/// The result with these members, and what had to be bent.
fn result(members: &str) -> (UtouchSubmitInitiativeBatchTaskResult, Vec<String>) {
    let answer = read(&format!(r#"{{"result":{{{members}}}}}"#));
    (answer.value.result.expect("a result"), shown(&answer.coercions))
}

/// The only item of the result's list, with these members.
fn item(members: &str) -> (InitiativeTaskResponse, Vec<String>) {
    let (result, notes) = result(&format!(r#""data":[{{{members}}}]"#));
    (result.data.expect("a list").remove(0), notes)
}

/// An answer of the golden case `types` with these members.
fn saved(members: &str) -> (SaveResponse, Vec<String>) {
    let body = format!(r#"{{"form_values_save_response":{{{members}}}}}"#);
    let client = Client::<Form>::new(form::Credentials::new("k", "s").expect("credentials"));
    let answer =
        client.answer::<Save>(http::Response::new(body.as_str())).unwrap_or_else(|error| panic!("{error}: {body}"));
    let notes = shown(&answer.coercions);
    (answer.value, notes)
}

/// Notes in the order of [`shown`].
fn sorted(notes: &[&str]) -> Vec<String> {
    let mut notes: Vec<String> = notes.iter().map(|note| (*note).to_owned()).collect();
    notes.sort();
    notes
}

// "Parser results": every cell that one of the official parsers decodes, and the mixed cases that neither does.

#[test]
fn wrapped_simplified_and_every_mixture() {
    let item = r#"{"task_id":"123","task_request":{"plan_execute_start_time":"2024-03-12 14:05:56"}}"#;
    let lists = [
        (format!(r#"{{"initiative_task_response":[{item}]}}"#), None),
        (format!("[{item}]"), None),
        (format!(r#"{{"dat":[{item}]}}"#), Some("result.data: ListKey")),
        (format!(r#"{{"list":[{item}]}}"#), Some("result.data: ListKey")),
        (format!(r#"{{"initiative_task_response":{item}}}"#), Some("result.data: SingleAsList")),
    ];
    let common = [
        "result.code: ScalarAsText",
        "result.success: TextAsBoolean",
        "result.message: JsonAsText",
        "result.data[].task_id: TextAsNumber",
    ];
    for (list, note) in lists {
        let members =
            format!(r#""result":{{"code":400,"success":"true","message":{{"x":1}},"data":{list}}},"request_id":"rid""#);
        let wrapped = |root: &str| format!(r#"{{"{root}":{{{members}}}}}"#);
        for body in [wrapped(ROOT), wrapped("a_b_response"), format!("{{{members}}}")] {
            let answer = read(&body);
            assert_eq!(answer.request_id.as_deref(), Some("rid"), "{body}");
            assert_eq!(shown(&answer.coercions), sorted(&[&common[..], note.as_slice()].concat()), "{body}");
            let result = answer.value.result.expect("a result");
            assert_eq!((result.code.as_deref(), result.success), (Some("400"), Some(true)), "{body}");
            assert_eq!(result.message.as_deref(), Some(r#"{"x":1}"#), "{body}");
            let [task] = &result.data.expect("a list")[..] else { panic!("one item: {body}") };
            assert_eq!(task.task_id, Some(123), "{body}");
            let when = task.task_request.as_ref().and_then(|task| task.plan_execute_start_time.as_ref());
            assert_eq!(when.and_then(|when| when.as_text()), Some("2024-03-12 14:05:56"), "{body}");
        }
    }
}

#[test]
fn lists_of_texts_wrapped_and_bare() {
    for (list, notes) in
        [(r#"{"string":["a","b"]}"#, &[][..]), (r#"["a","b"]"#, &[]), (r#"{"name":["a","b"]}"#, &["names: ListKey"])]
    {
        let (value, found) = saved(&format!(r#""names":{list}"#));
        assert_eq!((value.names, found), (Some(vec!["a".to_owned(), "b".to_owned()]), sorted(notes)), "{list}");
    }
}

#[test]
fn an_error_is_an_error_in_both_modes_and_nothing_else_is() {
    for code in [json!(50), json!("50")] {
        let error = json!({"code": code, "msg": "Remote service error", "sub_code": "isv.invalid-parameter"});
        let body = json!({"error_response": error}).to_string();
        let Err(Error::Platform(error)) = top(http::Response::new(body)) else { panic!("no platform error") };
        assert_eq!((error.code.as_str(), error.sub_code.as_deref()), ("50", Some("isv.invalid-parameter")));
        assert_eq!((error.sub_msg.as_deref(), error.request_id.as_deref()), (None, None));
    }
    // A member called `code` or a business failure is data: specs/top/PROTOCOL.md#errors
    let answer =
        read(r#"{"code":"50","sub_code":"isv.x","result":{"code":"400","success":false,"message":"参数错误"}}"#);
    assert_eq!(answer.value.result.and_then(|result| result.success), Some(false));
    assert_eq!(shown(&answer.coercions), ["code: UnknownField", "sub_code: UnknownField"]);
}

#[test]
fn empty_answers_are_answers() {
    let bodies = ["{}".to_owned(), format!(r#"{{"{ROOT}":{{}}}}"#), format!(r#"{{"{ROOT}":null}}"#)];
    for body in bodies {
        let answer = read(&body);
        assert!(answer.value.result.is_none() && answer.coercions.is_empty(), "{body}");
    }
}

/// As a gateway writes it: with a declaration, and the server's name in a comment behind the root.
fn xml(root: &str, members: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"utf-8\" ?><{root}>{members}</{root}><!--top010179031191.s.et2-->")
}

#[test]
fn xml_answers_are_read_like_the_json_they_stand_for() {
    let task = "<initiative_task_response><task_id>123</task_id><task_request><plan_execute_start_time>\
        2024-03-12 14:05:56</plan_execute_start_time></task_request></initiative_task_response>";
    let members = format!(
        "<result><code>400</code><success>true</success><data>{task}{task}</data></result><request_id>rid</request_id>"
    );
    let answer = read(&xml(ROOT, &members));
    assert_eq!(answer.request_id.as_deref(), Some("rid"));
    let result = answer.value.result.expect("a result");
    assert_eq!((result.code.as_deref(), result.success), (Some("400"), Some(true)));
    let tasks = result.data.expect("a list");
    assert_eq!(tasks.iter().map(|task| task.task_id).collect::<Vec<_>>(), [Some(123), Some(123)]);
    assert_eq!(answer.coercions.count_of(CoercionKind::Markup), 1);
}

#[test]
fn xml_errors_are_platform_errors_and_other_markup_is_none() {
    let refused = xml("error_response", "<code>50</code><sub_code>isv.invalid-parameter</sub_code>");
    let Err(Error::Platform(error)) = top(http::Response::new(refused.as_str())) else { panic!("no platform error") };
    assert_eq!((error.code.as_str(), error.sub_code.as_deref()), ("50", Some("isv.invalid-parameter")));
    for body in ["<html><body>busy</body></html>", "<rss/>", "<result>"] {
        let Err(Error::Decode(error)) = top(http::Response::new(body)) else { panic!("decoded: {body}") };
        assert_eq!((error.problem(), error.body()), (&DecodeProblem::Markup, body.as_bytes()));
    }
}

// The list wrapper rule.

#[test]
fn the_inner_key_another_sole_key_and_none() {
    let cases = [
        (r#"{"number":[1,2]}"#, &[][..]),
        ("[1,2]", &[]),
        (r#"{"whatever":[1,2]}"#, &["ids: ListKey"]),
        // The field's name minus its last letter, the only case in which a neighbour is allowed.
        (r#"{"total":2,"id":[1,2]}"#, &["ids: ListKey", "ids.total: UnknownField"]),
        (r#"{"number":[1,2],"total":2}"#, &["ids.total: UnknownField"]),
        (r#"{"number":["1","2"]}"#, &["ids[]: TextAsNumber (2 times)"]),
        (r#""[1,2]""#, &["ids: TextAsJson"]),
    ];
    for (list, notes) in cases {
        let (value, found) = saved(&format!(r#""ids":{list}"#));
        assert_eq!((value.ids, found), (Some(vec![1, 2]), sorted(notes)), "{list}");
    }
    // Two unknown keys tell nothing.
    let (value, found) = saved(r#""ids":{"a":[1],"b":[2]}"#);
    assert_eq!((value.ids, found), (None, sorted(&["ids: Misfit"])));
}

#[test]
fn the_inner_key_splits_capitals_one_by_one() {
    let order = |id| {
        let (order, _) = from_json::<OrderDtoInResponse>(&format!(r#"{{"id":{id}}}"#)).expect("an order");
        order
    };
    let cases = [
        (r#"{"order_d_t_o":[{"id":1},{"id":2}]}"#, &[][..]),
        (r#"{"order":[{"id":1},{"id":2}]}"#, &["orders: ListKey"]),
        (r#"{"order_dto":[{"id":1},{"id":2}]}"#, &["orders: ListKey"]),
        (r#"[{"id":1},{"id":2}]"#, &[]),
    ];
    for (list, notes) in cases {
        let (value, found) = saved(&format!(r#""orders":{list}"#));
        assert_eq!((value.orders, found), (Some(vec![order(1), order(2)]), sorted(notes)), "{list}");
    }
}

#[test]
fn empty_and_missing_lists() {
    for (list, note) in [("{}", None), ("[]", None), (r#""""#, Some("EmptyText")), (r#""  ""#, Some("EmptyText"))] {
        for field in ["ids", "names", "orders"] {
            let (value, notes) = saved(&format!(r#""{field}":{list}"#));
            let lengths = [
                value.ids.map(|list| list.len()),
                value.names.map(|list| list.len()),
                value.orders.map(|list| list.len()),
            ];
            assert_eq!(lengths.into_iter().flatten().collect::<Vec<_>>(), [0], "{field} {list}");
            assert_eq!(notes, Vec::from_iter(note.map(|note| format!("{field}: {note}"))), "{field} {list}");
        }
    }
    for inside in ["[]", "null"] {
        let (value, notes) = saved(&format!(r#""ids":{{"number":{inside}}}"#));
        assert_eq!((value.ids, notes), (Some(vec![]), vec![]), "{inside}");
    }
    assert_eq!(saved(r#""ids":null,"names":null,"orders":null"#), (SaveResponse::default(), vec![]));
    assert_eq!(saved(""), (SaveResponse::default(), vec![]));
}

// Type leniency.

#[test]
fn text_takes_every_type() {
    let cases = [
        ("400", "400", "ScalarAsText"),
        ("7091800003790954036", "7091800003790954036", "ScalarAsText"),
        ("-1.50", "-1.50", "ScalarAsText"),
        ("true", "true", "ScalarAsText"),
        (r#"{"x": [1]}"#, r#"{"x": [1]}"#, "JsonAsText"),
        (r#"["a"]"#, r#"["a"]"#, "JsonAsText"),
    ];
    for (json, text, note) in cases {
        let (result, notes) = result(&format!(r#""code":{json}"#));
        assert_eq!((result.code.as_deref(), notes), (Some(text), vec![format!("result.code: {note}")]), "{json}");
    }
    assert_eq!(result(r#""code":null,"message":"""#).0.message.as_deref(), Some(""), "empty text is text");
    assert_eq!(result(r#""code":null"#), Default::default());
}

#[test]
fn numbers_are_64_bit_and_may_be_text() {
    for number in [9_007_199_254_740_993, 7_091_800_003_790_954_036, i64::MAX, i64::MIN, -5, 0] {
        for (json, notes) in
            [(number.to_string(), &[][..]), (format!("\"{number}\""), &["result.data[].task_id: TextAsNumber"])]
        {
            let (task, found) = item(&format!(r#""task_id":{json}"#));
            assert_eq!((task.task_id, found), (Some(number), sorted(notes)), "{json}");
        }
    }
    for (json, number, note) in [
        (r#""unfroze""#, None, "Misfit"),
        (r#""""#, None, "EmptyText"),
        (r#""12x""#, None, "Misfit"),
        ("1.5", None, "Misfit"),
        ("3.0", Some(3), "DecimalAsInteger"),
        ("9223372036854775808", None, "Misfit"),
        ("true", None, "Misfit"),
    ] {
        let (task, notes) = item(&format!(r#""task_id":{json}"#));
        assert_eq!((task.task_id, notes), (number, vec![format!("result.data[].task_id: {note}")]), "{json}");
    }
}

#[test]
fn truth_values_may_be_text() {
    for (json, value, note) in [
        ("true", Some(true), None),
        (r#""true""#, Some(true), Some("TextAsBoolean")),
        (r#""FALSE""#, Some(false), Some("TextAsBoolean")),
        ("1", Some(true), Some("NumberAsBoolean")),
        // The official parser takes anything else for false; here it is nothing, and counted.
        (r#""yes""#, None, Some("Misfit")),
        (r#""""#, None, Some("EmptyText")),
        ("null", None, None),
    ] {
        let (result, notes) = result(&format!(r#""success":{json}"#));
        let expected: Vec<String> = note.map(|note| format!("result.success: {note}")).into_iter().collect();
        assert_eq!((result.success, notes), (value, expected), "{json}");
    }
}

#[test]
fn dates_are_text_milliseconds_or_kept_as_they_are() {
    let field = "result.data[].task_request.plan_execute_start_time";
    // 2026-01-02 03:04:05 +08:00.
    let instant = Some(UNIX_EPOCH + Duration::from_secs(1_767_294_245));
    for (json, text, instant, note) in [
        (r#""2026-01-02 03:04:05""#, "2026-01-02 03:04:05", instant, None),
        (r#""Fri Jan 02 03:04:05 CST 2026""#, "Fri Jan 02 03:04:05 CST 2026", instant, None),
        ("1767294245000", "1767294245000", instant, Some("NumberAsDate")),
        (r#""1767294245000""#, "1767294245000", instant, None),
        (r#""unfroze""#, "unfroze", None, None),
        (r#""0000-00-00 00:00:00""#, "0000-00-00 00:00:00", None, None),
        (r#""""#, "", None, None),
    ] {
        let (task, notes) = item(&format!(r#""task_request":{{"plan_execute_start_time":{json}}}"#));
        let date = task.task_request.expect("an object").plan_execute_start_time.expect("a date");
        assert_eq!((date.as_text(), date.to_system_time(Zone::east(8 * 3600))), (Some(text), instant), "{json}");
        assert_eq!(notes, Vec::from_iter(note.map(|note| format!("{field}: {note}"))), "{json}");
    }
}

#[test]
fn prices_keep_their_digits() {
    for (json, text) in [(r#""379""#, "379"), (r#""0.00""#, "0.00"), ("12.50", "12.50"), ("379", "379")] {
        let (value, notes) = saved(&format!(r#""orders":[{{"price":{json}}}]"#));
        let price = value.orders.and_then(|orders| orders[0].price.clone()).expect("a price");
        assert_eq!((price.as_str(), notes), (text, vec![]), "{json}");
    }
}

// The text itself.

#[test]
fn raw_control_characters_and_escaped_slashes() {
    let (value, notes) = result("\"message\":\"a\tb\r\nc\\/d \\u4e2d\\ud83d\\udc4d\",\"code\":\"\u{1}\"");
    assert_eq!((value.message.as_deref(), value.code.as_deref()), (Some("a\tb\r\nc/d 中👍"), Some("\u{1}")));
    assert_eq!(notes, [": ControlCharacter (4 times)"]);
    let (value, notes) = result(r#""message":"http:\/\/a.b\/c\t""#);
    assert_eq!((value.message.as_deref(), notes), (Some("http://a.b/c\t"), vec![]));
}

#[test]
fn other_character_sets_are_named() {
    let answer = |body: &'static [u8], content_type: &str| {
        let response = http::Response::builder().header("Content-Type", content_type).body(body);
        top(response.expect("a response"))
    };
    // `中` in GBK.
    let gbk = b"{\"result\":{\"message\":\"\xd6\xd0\"}}";
    let error = answer(gbk, "text/javascript;charset=GBK").expect_err("not UTF-8");
    assert!(matches!(&error, Error::Decode(error) if *error.problem() == DecodeProblem::Charset("GBK".to_owned())));
    let replaced = answer(gbk, "text/javascript;charset=UTF-8").expect("an answer");
    assert_eq!(shown(&replaced.coercions), [": InvalidText (2 times)"]);
    let plain = answer(b"\xEF\xBB\xBF{\"result\":{\"message\":\"x\"}}", "text/javascript;charset=GBK").expect("ASCII");
    assert!(plain.coercions.is_empty());
}

#[test]
fn unknown_members_are_counted_where_they_stand() {
    let body = format!(
        r#"{{"{ROOT}":{{"result":{{"data":[{{"task_id":1,"x":{{"y":[]}}}},{{"x":2,"task_id":3}}],"success":true,"new":null}},
            "request_id":"rid","later":[1]}},"beside":1,"request_id":"other"}}"#
    );
    let answer = read(&body);
    let expected = [
        "beside: UnknownField",
        "later: UnknownField",
        "request_id: Duplicate",
        "result.data[].x: UnknownField (2 times)",
        "result.new: UnknownField",
    ];
    assert_eq!(shown(&answer.coercions), expected);
    assert_eq!(answer.request_id.as_deref(), Some("rid"));
    let result = answer.value.result.expect("a result");
    let ids: Vec<_> = result.data.expect("a list").iter().map(|task| task.task_id).collect();
    assert_eq!((ids, result.success), (vec![Some(1), Some(3)], Some(true)));
}
