//! Encoding as a whole: values, checks, parameters, paths.

use std::time::{Duration, UNIX_EPOCH};

use super::encoder::{Encoder, Rules};
use super::{Checks, Draft, Extra, draft, template};
use crate::client::Outgoing;
use crate::fixture::{
    All, Channel, Evolved, FormCall, FormPlatform, Gender, Item, JsonCall, JsonPlatform, Needs, NeedsCall,
};
use crate::object::{Object, View};
use crate::protocol::ScalarLists;
use crate::sign::Location;
use crate::{Date, Endpoint, Error, File, Map, Method, Operation, Platform};

const BASE: &str = "https://gw.example/router";

fn outgoing<'a>(object: &'a Item, operation: &'a Operation) -> Outgoing<'a> {
    Outgoing { name: operation.name(), path: operation.path(), operation, facts: &[], object }
}

fn drafted<E: Endpoint>(call: &E, checks: Checks) -> Result<Draft<'_>, Error> {
    draft(&Outgoing::typed(call), Extra::default(), &<E::Platform as Platform>::PROTOCOL, BASE, checks)
}

/// The violations of a call, as text.
fn violations<E: Endpoint>(call: &E, checks: Checks) -> Vec<String> {
    match drafted(call, checks) {
        Err(Error::Violations(violations)) => violations.iter().map(ToString::to_string).collect(),
        Err(other) => panic!("{other}"),
        Ok(_) => Vec::new(),
    }
}

fn form<E: Endpoint>(call: &E) -> Vec<(String, String)> {
    drafted(call, Checks::Off).expect("a request").parts.pairs(Location::Form).to_vec()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The JSON of an object by a platform's rules.
fn json<P: Platform>(object: &dyn Object) -> String {
    let mut encoder = Encoder::new(Rules::wire(&P::PROTOCOL.values), Checks::On);
    encoder.object(object);
    assert!(encoder.violations.is_empty());
    encoder.out
}

fn full() -> Needs {
    Needs {
        text: Some("x".to_owned()),
        channel: Some(Channel::App),
        when: Some("2024-03-12".into()),
        price: Some("1".into()),
        extra: Some("{}".into()),
    }
}

fn item(id: i64) -> Item {
    Item { id: Some(id), ..Item::default() }
}

#[test]
fn json_leaves_out_what_is_absent_and_keeps_what_is_empty() {
    let all = All {
        text: Some(String::new()),
        names: Some(vec![]),
        item: Some(item(9_007_199_254_740_993)),
        items: Some(vec![item(1)]),
        ..All::default()
    };
    let expected = r#"{"text":"","item":{"id":9007199254740993},"names":[],"items":[{"id":1}]}"#;
    assert_eq!(json::<FormPlatform>(&all), expected);
    assert_eq!(json::<FormPlatform>(&All::default()), "{}");
}

#[test]
fn json_values_follow_the_platform() {
    let all = All {
        text: Some("a\"b\\c/d\n\t\u{1}中👍".to_owned()),
        number: Some(3),
        yes: Some(true),
        when: Some(Date::from(UNIX_EPOCH + Duration::from_secs(1_767_294_245))),
        price: Some("12.50".into()),
        extra: Some(r#"{"a": 1}"#.into()),
        opaque: Some("[1]".into()),
        map: Some(Map::from([("income", 3000.into()), ("city", "杭州".into())])),
        gender: Some(Gender::Male),
        channel: Some(Channel::App),
        rows: Some(vec![vec![1], vec![]]),
        ..All::default()
    };
    let head = r#"{"text":"a\"b\\c/d\n\t\u0001中👍","number":3,"yes":true,"when":"2026-01-02 03:04:05","#;
    let tail = r#""opaque":[1],"map":{"income":3000,"city":"杭州"},"gender":1,"channel":"APP","rows":[[1],[]]}"#;
    let text = r#""price":"12.50","extra":"{\"a\": 1}","#;
    assert_eq!(json::<FormPlatform>(&all), [head, text, tail].concat());
    let value = r#""price":12.50,"extra":{"a": 1},"#;
    assert_eq!(json::<JsonPlatform>(&all), [head, value, tail].concat());
}

#[test]
fn xml_has_no_element_for_some_members_of_untyped_values() {
    let write = |opaque: &str| {
        let all = All { opaque: Some(opaque.into()), ..All::default() };
        let mut encoder = Encoder::new(Rules::wire(&FormPlatform::PROTOCOL.values), Checks::Off);
        let text = encoder.xml_text("xml", &all, &[], &[]);
        (text, encoder.violations.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let (text, violations) = write(r#"{"a":{"b":"<1>"},"c":[1,2]}"#);
    assert_eq!(text, "<xml><opaque><a><b>&lt;1&gt;</b></a><c>1</c><c>2</c></opaque></xml>");
    assert!(violations.is_empty(), "{violations:?}");
    let (_, violations) = write(r#"{"a":{"b c":1},"":[2],"1st":3}"#);
    let names = ["opaque.a.b c", "opaque[\"\"]", "opaque.1st"];
    assert_eq!(violations, names.map(|name| format!("{name} is not the name of a parameter")));
}

#[test]
fn enums_keep_their_wire_form() {
    let all = All { gender: Some(crate::open_enum("7")), channel: Some(crate::open_enum("7")), ..All::default() };
    assert_eq!(json::<FormPlatform>(&all), r#"{"gender":7,"channel":"7"}"#);
}

#[test]
fn enums_that_travel_as_numbers_hold_numbers() {
    let odd = All {
        gender: Some(crate::open_enum("x")),
        genders: Some(vec![Gender::Male, crate::open_enum(" 1")]),
        ..All::default()
    };
    let expected = ["body.gender is not a number", "body.genders[1] is not a number"];
    let call = FormCall { body: Some(odd.clone()), ..FormCall::default() };
    assert_eq!(violations(&call, Checks::Off), expected);
    // A dump is not a request: values from an answer can be kept.
    assert_eq!(crate::to_json(&odd), r#"{"gender":"x","genders":[1," 1"]}"#);
    let flat = |value: &str| {
        let mut encoder = Encoder::new(Rules::wire(&FormPlatform::PROTOCOL.values), Checks::Off);
        let gender: Gender = crate::open_enum(value);
        let text = encoder.flat_text(crate::Field::new("gender"), &crate::enum_view(&gender), ScalarLists::Comma);
        (text, encoder.violations.len())
    };
    assert_eq!(flat("7"), ("7".to_owned(), 0));
    assert_eq!(flat("x").1, 1);
}

#[test]
fn floating_point_numbers_that_are_none_are_never_sent() {
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let map = Map::from([("n", number.into())]);
        let all = || All { price: Some(number.into()), map: Some(map.clone()), ..All::default() };
        let form = FormCall { body: Some(all()), ..FormCall::default() };
        assert_eq!(violations(&form, Checks::Off), ["body.price is not a number", "body.map.n is not a number"]);
        let json = JsonCall { all: Some(all()), ..JsonCall::default() };
        assert_eq!(violations(&json, Checks::Off), ["all.price is not a number", "all.map.n is not a number"]);
        let mut encoder = Encoder::new(Rules::wire(&FormPlatform::PROTOCOL.values), Checks::Off);
        let decimal = crate::Decimal::from(number);
        encoder.flat_text(crate::Field::new("price"), &View::Decimal(&decimal), ScalarLists::Comma);
        assert_eq!(encoder.violations.len(), 1);
    }
}

#[test]
fn a_form_has_one_text_per_field() {
    let call = FormCall {
        id: Some("1 2".to_owned()),
        body: Some(All { number: Some(5), ..All::default() }),
        names: Some(vec!["num_iid".to_owned(), "title".to_owned()]),
        items: Some(vec![item(1)]),
        when: Some("20240312".into()),
        extra: Some("{ }".into()),
        map: Some(Map::from([("a", true.into())])),
        file: None,
    };
    let expected = [
        ("id", "1 2"),
        ("body", r#"{"number":5}"#),
        ("names", "num_iid,title"),
        ("items", r#"[{"id":1}]"#),
        ("when", "20240312"),
        ("extra", "{ }"),
        ("map", r#"{"a":true}"#),
    ];
    assert_eq!(form(&call), pairs(&expected));
    let parts = drafted(&call, Checks::On).expect("a request").parts;
    assert_eq!(parts.pairs(Location::Query), pairs(&[("method", "a.form.call"), ("format", "json")]));
}

#[test]
fn blank_text_is_dropped_and_then_missing() {
    let call = FormCall { id: Some(" \t".to_owned()), names: Some(vec![]), items: Some(vec![]), ..FormCall::default() };
    assert_eq!(form(&call), pairs(&[("items", "[]")]));
    assert_eq!(violations(&call, Checks::On), ["id is missing"]);
}

#[test]
fn every_violation_is_reported_by_its_path() {
    let body = All {
        number: Some(21),
        price: Some("0.49".into()),
        names: Some(vec!["short".to_owned(), "longer than 8".to_owned()]),
        items: Some(vec![item(1), item(2), Item { name: Some("五个汉字长".to_owned()), ..Item::default() }]),
        ..All::default()
    };
    let call = FormCall { body: Some(body), names: Some(vec!["a,b".to_owned()]), ..FormCall::default() };
    let expected = [
        "id is missing",
        "body.number is greater than 20",
        "body.price is smaller than 0.5",
        "body.names[1] has 13 characters, at most 8 are allowed",
        "body.items has 3 items, at most 2 are allowed",
        "body.items[2].id is missing",
        "body.items[2].name has 5 characters, at most 4 are allowed",
        "names[0] contains a comma, which separates the items of this list",
    ];
    assert_eq!(violations(&call, Checks::On), expected);
    assert_eq!(violations(&call, Checks::Off), expected[7..]);
}

#[test]
fn what_cannot_be_written_is_a_violation_without_checks_too() {
    let body = All {
        opaque: Some("{".into()),
        when: Some(Date::from(UNIX_EPOCH + Duration::from_secs(1 << 50))),
        map: Some(Map::from([("k", crate::Json::from("x").into()), ("n", crate::Decimal::from("1,5").into())])),
        ..All::default()
    };
    let call = FormCall { body: Some(body), ..FormCall::default() };
    let expected = [
        "body.when cannot be written as a date",
        "body.opaque is not valid JSON",
        "body.map.k is not valid JSON",
        "body.map.n is not a number",
    ];
    assert_eq!(violations(&call, Checks::Off), expected);
    let all = All { extra: Some("{".into()), price: Some("x".into()), ..All::default() };
    let call = JsonCall { all: Some(all), file: Some(File::new("n", [1])), ..JsonCall::default() };
    let expected = ["all.price is not a number", "all.extra is not valid JSON", "file cannot be sent as a file here"];
    assert_eq!(violations(&call, Checks::Off), expected);
}

#[test]
fn deep_requests_end() {
    let deep = (0..100).fold(item(1), |child, _| Item { child: Some(Box::new(child)), ..item(0) });
    let found = violations(&FormCall { items: Some(vec![deep]), ..FormCall::default() }, Checks::Off);
    assert!(matches!(found.as_slice(), [only] if only.ends_with(".child is nested too deeply")));
}

#[test]
fn a_json_body_is_one_object() {
    let call = JsonCall { voice_id: Some(String::new()), numbers: Some(vec![1, 2]), ..JsonCall::default() };
    let parts = drafted(&call, Checks::Off).expect("a request").parts;
    assert_eq!(parts.body(), br#"{"voiceId":"","numbers":[1,2]}"#);
    assert!(parts.pairs(Location::Query).is_empty());
    assert_eq!(parts.url(), "https://gw.example/router/a/json");
}

#[test]
fn paths_take_their_fields() {
    let call = Item { id: Some(5), name: Some("a b".to_owned()), flag: Some(true), ..Item::default() };
    let parts = drafted(&call, Checks::On).expect("a request").parts;
    assert_eq!(parts.url(), "https://gw.example/router/a/5/item");
    assert_eq!(parts.pairs(Location::Query), pairs(&[("name", "a b"), ("flag", "true")]));
    assert_eq!(violations(&Item::default(), Checks::Off), ["id is missing"]);
}

#[test]
fn path_segments_cannot_leave_their_place() {
    let fill = |text: &str| {
        let call = FormCall { id: Some(text.to_owned()), ..FormCall::default() };
        let mut encoder = Encoder::new(Rules::wire(&FormPlatform::PROTOCOL.values), Checks::Off);
        let filled = template::fill("/a/{id}/b", &call, Extra::default(), &[], &mut encoder);
        (filled.path, encoder.violations.len())
    };
    assert_eq!(fill("a/b?c 中"), ("/a/a%2Fb%3Fc%20%E4%B8%AD/b".to_owned(), 0));
    assert_eq!(fill("..").1, 1);
    assert_eq!(fill("").1, 1);
}

#[test]
fn files_go_beside_the_form() {
    let file = File::new("图.png", [1, 2, 3]).with_content_type("image/png");
    let call = FormCall { id: Some("1".to_owned()), file: Some(file), ..FormCall::default() };
    let draft = drafted(&call, Checks::On).expect("a request");
    assert_eq!(draft.parts.pairs(Location::Form), pairs(&[("id", "1")]));
    assert_eq!(draft.parts.files(), ["file"]);
    let bad = File::new("n", [1]).with_content_type("a\r\nb");
    let call = FormCall { id: Some("1".to_owned()), file: Some(bad), ..FormCall::default() };
    assert_eq!(violations(&call, Checks::Off), ["file has an invalid content type"]);
}

#[test]
fn a_superseded_field_is_sent_only_in_place_of_its_successor() {
    let both = Evolved { status_integer: Some(1), status: Some("new".to_owned()), ..Evolved::default() };
    assert_eq!(json::<JsonPlatform>(&both), r#"{"status":1}"#);
    let old = Evolved { status_integer: None, ..both };
    assert_eq!(json::<JsonPlatform>(&old), r#"{"status":"new"}"#);
}

#[test]
fn a_field_that_its_page_calls_a_text_sends_any_text() {
    let evolved = Evolved {
        price: Some("on call".into()),
        when: Some("soon".into()),
        extras: Some(vec!["{".into()]),
        ..Evolved::default()
    };
    let expected = r#"{"price":"on call","when":"soon","extras":["{"]}"#;
    assert_eq!((json::<FormPlatform>(&evolved), json::<JsonPlatform>(&evolved)), (expected.into(), expected.into()));
}

#[test]
fn a_blank_value_of_a_required_field_is_missing_at_any_depth() {
    for blank in ["", " \t", "\u{3000}"] {
        let needs = || Needs { text: Some(blank.to_owned()), ..Needs::default() };
        let call = NeedsCall { needs: Some(needs()), list: Some(vec![full(), needs()]), ..NeedsCall::default() };
        let expected = ["needs.text is missing", "list[1].text is missing", "text is missing"];
        let without_others = |call: &NeedsCall| {
            let mut found = violations(call, Checks::On);
            found.retain(|text| text.contains(".text") || text.starts_with("text"));
            found
        };
        assert_eq!(without_others(&call), expected, "{blank:?}");
        assert_eq!(violations(&call, Checks::Off), [""; 0]);
        let call = NeedsCall { text: Some(blank.to_owned()), needs: None, list: None };
        assert_eq!(violations(&call, Checks::On), ["text is missing"]);
    }
    let blank = Needs {
        text: Some("x".to_owned()),
        channel: Some(crate::open_enum(" ")),
        when: Some(" ".into()),
        price: Some("".into()),
        extra: Some(" ".into()),
    };
    let call = NeedsCall { needs: Some(blank), text: Some("x".to_owned()), list: None };
    let expected =
        ["needs.channel is missing", "needs.when is missing", "needs.price is missing", "needs.extra is missing"];
    assert_eq!(violations(&call, Checks::On), expected);
    let call = NeedsCall { needs: Some(full()), text: Some("x".to_owned()), list: None };
    assert_eq!(violations(&call, Checks::On), [""; 0]);
}

#[test]
fn a_date_that_is_none_is_a_violation() {
    for text in ["soon", "2024-13-45", "202403121405", ""] {
        let all = All { when: Some(text.into()), ..All::default() };
        let call = JsonCall { voice_id: Some("v".to_owned()), all: Some(all.clone()), ..JsonCall::default() };
        assert_eq!(violations(&call, Checks::On), ["all.when is not a date"], "{text}");
        assert_eq!(violations(&call, Checks::Off), [""; 0]);
        let call = FormCall { id: Some("1".to_owned()), body: Some(all), ..FormCall::default() };
        assert_eq!(violations(&call, Checks::On), ["body.when is not a date"], "{text}");
    }
    let call = FormCall { id: Some("1".to_owned()), when: Some("soon".into()), ..FormCall::default() };
    assert_eq!(violations(&call, Checks::On), ["when is not a date"]);
    assert_eq!(form(&call), pairs(&[("id", "1"), ("when", "soon")]));
    // Blank parameters are not sent at all.
    let call = FormCall { id: Some("1".to_owned()), when: Some(" ".into()), ..FormCall::default() };
    assert_eq!(violations(&call, Checks::On), [""; 0]);
    // A field that its page calls a text sends any text.
    let evolved = Evolved { when: Some("soon".into()), ..Evolved::default() };
    assert_eq!(json::<JsonPlatform>(&evolved), r#"{"when":"soon"}"#);
}

#[test]
fn ten_thousand_violations_are_listed_and_twenty_are_shown() {
    let items = (0..10_000).map(|_| Item { name: Some("five chars".to_owned()), ..item(0) }).collect();
    let call = FormCall { id: Some("1".to_owned()), items: Some(items), ..FormCall::default() };
    let Err(error) = drafted(&call, Checks::On) else { panic!("names are too long") };
    let Error::Violations(found) = &error else { panic!("{error}") };
    assert_eq!(found.iter().count(), 10_000);
    let shown = error.to_string();
    let expected = "items[0].name has 10 characters, at most 4 are allowed; items[1].name has";
    assert!(shown.contains(expected) && shown.ends_with("; and 9980 more"), "{}", shown.len());
    assert_eq!(shown.matches("items[").count(), 20);
    assert!(shown.len() < 2_000, "{}", shown.len());
    assert!(format!("{error:?}").len() < 8_000 && format!("{error:?}").contains("9980"));
}

#[test]
fn the_path_of_a_violation_is_cut_and_on_one_line() {
    let key = "line\nend ".repeat(1_000);
    let long = Item { name: Some("long name".to_owned()), ..item(1) };
    let deep = (0..55).fold(long, |child, _| Item { child: Some(Box::new(child)), ..item(0) });
    let body = All { map: Some(Map::from([(key, f64::NAN.into())])), item: Some(deep), ..All::default() };
    let call = FormCall { id: Some("1".to_owned()), body: Some(body), ..FormCall::default() };
    for text in violations(&call, Checks::On) {
        assert!(text.len() < 1_200 && !text.contains('\n'), "{text}");
    }
}

#[test]
fn a_request_without_a_body_has_no_content_type() {
    let headers = |parts: &crate::sign::Parts| parts.pairs(Location::Headers).to_vec();
    for method in [Method::Get, Method::Delete] {
        let operation = Operation::new("a.item", method, "/a/{id}/item");
        let call = item(5);
        let draft = draft(&outgoing(&call, &operation), Extra::default(), &JsonPlatform::PROTOCOL, BASE, Checks::On)
            .expect("a request");
        assert_eq!(headers(&draft.parts), [], "{method:?}");
        // A signature that covers the header covers that it is absent.
        assert_eq!(draft.parts.header("content-type"), Ok(""));
    }
    for method in [Method::Post, Method::Put, Method::Patch] {
        let operation = Operation::new("a.item", method, "/a/{id}/item");
        let call = item(5);
        let draft = draft(&outgoing(&call, &operation), Extra::default(), &JsonPlatform::PROTOCOL, BASE, Checks::On)
            .expect("a request");
        assert_eq!(draft.parts.header("Content-Type"), Ok("application/json;charset=UTF-8"));
    }
}
