//! Envelopes of every kind: success, errors, and where their facts are.

use apograph_runtime::testing::{AnswerError, AnswerLayout, read_answer, write_answer, write_error};
use apograph_runtime::{
    Answer, Client, CoercionKind, DecodeProblem, Endpoint, Error, FixedClock, Platform, SystemNonce, http, to_json,
};
use apograph_tests::crates::golden_wire::{flat, inside, named, plain, signed};

/// Creates a client of a platform of the golden case.
macro_rules! client {
    ($module:ident, $platform:ident) => {
        Client::<$module::$platform>::with_sources(
            $module::Credentials::new("key", "secret-text").expect("credentials"),
            FixedClock::at_unix(1_767_294_245),
            SystemNonce::default(),
        )
    };
}

fn response(status: u16, body: &str) -> http::Response<Vec<u8>> {
    let response = http::Response::builder().status(status).header("Request-ID", "from-header");
    response.body(body.as_bytes().to_vec()).expect("a response")
}

fn ok<E: Endpoint>(client: &Client<E::Platform>, body: &str) -> Answer<E::Response> {
    client.answer::<E>(response(200, body)).unwrap_or_else(|error| panic!("{error}: {body}"))
}

fn refused<E: Endpoint>(client: &Client<E::Platform>, status: u16, body: &str) -> Error {
    match client.answer::<E>(response(status, body)) {
        Ok(answer) => panic!("an answer: {}", to_json(&answer.value)),
        Err(error) => error,
    }
}

/// Code, sub code, request id, and whether the error may pass.
fn facts(error: &Error) -> (Option<&str>, Option<&str>, Option<&str>, bool) {
    (error.code(), error.sub_code(), error.request_id(), error.is_retryable())
}

#[test]
fn a_code_inside_of_the_root_decides() {
    let client = client!(inside, Inside);
    type Get = inside::shop::OrderGet;
    let body = r#"{"shop_order_get_responce":{"code":"0","order":{"id":7,"total":"1.50"}}}"#;
    let answer = ok::<Get>(&client, body);
    assert_eq!(to_json(&answer.value), r#"{"order":{"id":7,"total":"1.50"}}"#);
    assert_eq!((answer.status.as_deref(), answer.coercions.is_empty()), (Some("0"), true), "{:?}", answer.coercions);
    // An absent code means success.
    let answer = ok::<Get>(&client, r#"{"shop_order_get_responce":{"order":{"id":7}}}"#);
    assert_eq!((answer.status, answer.coercions.is_empty()), (None, true));
    let body = r#"{"shop_order_get_responce":{"code":"2","error_description":"too many calls","order":{"id":7}}}"#;
    let error = refused::<Get>(&client, 200, body);
    assert_eq!(facts(&error), (Some("2"), None, None, true));
    let Error::Platform(error) = error else { panic!("{error}") };
    assert_eq!(error.msg.as_deref(), Some("too many calls"));
    let body = r#"{"error_response":{"code":"19","zh_desc":"无效access_token","en_desc":"Invalid access_token"}}"#;
    let error = refused::<Get>(&client, 200, body);
    assert_eq!(facts(&error), (Some("19"), None, None, false));
    assert_eq!(
        error.to_string(),
        "the platform answered code 19 (documented: the token is invalid)",
        "an error without sub code and request id is complete"
    );
    // Without any root, the error's members are enough.
    assert_eq!(refused::<Get>(&client, 200, r#"{"code":"19","zh_desc":"x"}"#).code(), Some("19"));
}

#[test]
fn members_beside_the_root_are_part_of_the_envelope() {
    let client = client!(signed, Signed);
    type Query = signed::pay::TradeQuery;
    let body =
        r#"{"pay_trade_query_response":{"code":"10000","msg":"Success","trade_no":"t"},"sign":"x=","cert_sn":"c"}"#;
    let answer = ok::<Query>(&client, body);
    assert_eq!(to_json(&answer.value), r#"{"trade_no":"t"}"#);
    assert_eq!((answer.status.as_deref(), answer.message.as_deref()), (Some("10000"), Some("Success")));
    assert!(answer.coercions.is_empty(), "{:?}", answer.coercions);
    let other = ok::<Query>(&client, &body.replace("cert_sn", "other"));
    assert_eq!(other.coercions.count_of(CoercionKind::UnknownField), 1);
    let body = r#"{"pay_trade_query_response":{"code":"40004","msg":"Business Failed","sub_code":"ACQ.TRADE_NOT_EXIST","sub_msg":"交易不存在","trade_no":"t"},"sign":"x="}"#;
    let error = refused::<Query>(&client, 200, body);
    assert_eq!(facts(&error), (Some("40004"), Some("ACQ.TRADE_NOT_EXIST"), None, false));
    assert!(error.to_string().ends_with("(documented: there is no such trade)"), "{error}");
    let body = r#"{"error_response":{"code":"20000","msg":"Service Currently Unavailable"},"sign":"x="}"#;
    assert_eq!(facts(&refused::<Query>(&client, 200, body)), (Some("20000"), None, None, true));
    // Calls without types open the only root member, too.
    let raw = |body: &str| client.answer_raw(response(200, body));
    let answer = raw(r#"{"other_response":{"code":"10000","a":1},"sign":"x="}"#).expect("an answer");
    assert_eq!((answer.value.as_str(), answer.status.as_deref()), (r#"{"code":"10000","a":1}"#, Some("10000")));
    let error = raw(r#"{"other_response":{"code":"40004","msg":"m"},"sign":"x="}"#).expect_err("an error");
    assert_eq!(error.code(), Some("40004"));
}

#[test]
fn a_root_has_the_name_of_the_page_or_of_the_fix() {
    let client = client!(named, Named);
    let body = r#"{"order_sn_list_get_response":{"total":1,"order_sn_list":[{"order_sn":"a"}],"request_id":"r"}}"#;
    let answer = ok::<named::buy::OrderList>(&client, body);
    assert_eq!(to_json(&answer.value), r#"{"total":1,"order_sn_list":[{"order_sn":"a"}]}"#);
    assert_eq!((answer.request_id.as_deref(), answer.coercions.is_empty()), (Some("r"), true));
    let answer = ok::<named::buy::OrderClose>(&client, r#"{"close_response":{"is_success":true}}"#);
    assert_eq!(to_json(&answer.value), r#"{"is_success":true}"#);
    let body = r#"{"error_response":{"error_msg":"公共参数错误:type","sub_msg":"","sub_code":null,"error_code":10001,"request_id":"15"}}"#;
    let error = refused::<named::buy::OrderList>(&client, 200, body);
    assert_eq!(facts(&error), (Some("10001"), None, Some("15"), false));
}

#[test]
fn the_member_with_the_data_is_unwrapped() {
    let client = client!(flat, Flat);
    type Get = flat::mall::OrderGet;
    let answer =
        ok::<Get>(&client, r#"{"code":"0","data":{"order_id":7,"code":"V"},"request_id":"r","trace":{"id":"t"}}"#);
    assert_eq!(to_json(&answer.value), r#"{"order_id":7,"code":"V"}"#);
    assert_eq!((answer.status.as_deref(), answer.request_id.as_deref()), (Some("0"), Some("r")));
    // The id that was not used is the same fact again.
    assert_eq!(answer.coercions.len(), 1, "{:?}", answer.coercions);
    // A status that is absent means success, and so does an answer without data.
    let answer = ok::<Get>(&client, r#"{"data":{"order_id":7},"trace":{"id":"t"}}"#);
    assert_eq!((answer.value.order_id, answer.status, answer.request_id.as_deref()), (Some(7), None, Some("t")));
    assert!(answer.coercions.is_empty(), "{:?}", answer.coercions);
    for body in [r#"{"code":"0"}"#, r#"{"code":"0","data":null}"#, r#"{"code":"0","data":{}}"#] {
        let answer = ok::<Get>(&client, body);
        assert_eq!((to_json(&answer.value).as_str(), answer.coercions.is_empty()), ("{}", true), "{body}");
    }
    let answer = ok::<Get>(&client, r#"{"code":"0","data":[1],"more":2}"#);
    let kinds = [CoercionKind::Misfit, CoercionKind::UnknownField].map(|kind| answer.coercions.count_of(kind));
    assert_eq!(kinds, [1, 1], "{:?}", answer.coercions);
    // A list has no members: it stays a field.
    let answer = ok::<flat::mall::OrderNames>(&client, r#"{"code":"0","data":["a"]}"#);
    assert_eq!(to_json(&answer.value), r#"{"data":["a"]}"#);
}

#[test]
fn errors_with_a_status_have_a_sub_code_and_a_request_id() {
    let client = client!(flat, Flat);
    let body = r#"{"type":"ISV","code":"IllegalAccessToken","message":"expired","request_id":"r"}"#;
    let error = refused::<flat::mall::OrderGet>(&client, 200, body);
    assert_eq!(facts(&error), (Some("IllegalAccessToken"), Some("ISV"), Some("r"), false));
    let expected =
        "the platform answered status IllegalAccessToken, sub code ISV (documented: the caller's fault), request r";
    assert_eq!(error.to_string(), expected);
    let error = refused::<flat::mall::OrderGet>(&client, 200, r#"{"code":"ApiCallLimit","message":"x"}"#);
    assert_eq!(facts(&error), (Some("ApiCallLimit"), None, None, true));
    // HTTP reports a failure, and nothing else does.
    assert!(matches!(refused::<flat::mall::OrderGet>(&client, 500, "{}"), Error::Http(_)));
}

#[test]
fn the_http_status_can_be_all_that_reports_success() {
    let client = client!(plain, Plain);
    type Get = plain::v3::OrderGet;
    let answer = ok::<Get>(&client, r#"{"no":"1","code":"V","amount":{"total":1.5}}"#);
    assert_eq!(to_json(&answer.value), r#"{"no":"1","code":"V","amount":{"total":"1.5"}}"#);
    assert_eq!(answer.request_id.as_deref(), Some("from-header"));
    for status in [200, 202, 204] {
        let answer = client.answer::<plain::v3::OrderClose>(response(status, "")).expect("an empty answer");
        assert!(answer.coercions.is_empty());
    }
    let body = r#"{"code":"PARAM_ERROR","message":"参数错误","detail":{"field":"/amount"}}"#;
    let error = refused::<Get>(&client, 400, body);
    assert_eq!(facts(&error), (Some("PARAM_ERROR"), None, Some("from-header"), false));
    let error = refused::<Get>(&client, 500, r#"{"code":"SYSTEM_ERROR","message":"x"}"#);
    assert_eq!(facts(&error), (Some("SYSTEM_ERROR"), None, Some("from-header"), true));
    // A code that no table lists is the platform's, unless it is the HTTP status again.
    assert_eq!(refused::<Get>(&client, 503, r#"{"code":"BUSY"}"#).code(), Some("BUSY"));
    assert!(refused::<Get>(&client, 503, r#"{"code":"BUSY"}"#).is_retryable());
    for body in [r#"{"code":503,"message":"proxy"}"#, r#"{"message":"proxy"}"#, "<html></html>", ""] {
        assert!(matches!(refused::<Get>(&client, 503, body), Error::Http(_)), "{body}");
    }
    let error = refused::<Get>(&client, 200, "[]");
    assert!(matches!(&error, Error::Decode(error) if error.problem() == &DecodeProblem::NotAnObject), "{error}");
}

/// Writes an answer and an error of an API as its platform does, and reads them.
fn both_ways<E: Endpoint>(client: &Client<E::Platform>, members: &str, code: &str) {
    let (protocol, operation) = (&<E::Platform as Platform>::PROTOCOL, &E::OPERATION);
    let value: E::Response = {
        let mut value = E::Response::default();
        apograph_runtime::load(members, &mut value).expect("members");
        value
    };
    for layout in [AnswerLayout::Simplified, AnswerLayout::Wrapped] {
        let written = write_answer(&value, protocol, operation, layout, Some("an-id"));
        let mut read = E::Response::default();
        let coercions =
            read_answer(written.clone().into_response(), protocol, operation, &mut read).expect("an answer");
        assert_eq!((to_json(&read), coercions.is_empty()), (to_json(&value), true), "{}", written.body);
        let error = AnswerError { code: code.to_owned(), message: Some("m".to_owned()), ..AnswerError::default() };
        let written = write_error(&error, protocol, operation, layout, Some("an-id"));
        let error = client.answer::<E>(written.clone().into_response()).err().expect("an error");
        assert_eq!(error.code(), Some(code), "{}", written.body);
    }
}

#[test]
fn what_a_mock_writes_is_what_a_client_reads() {
    both_ways::<inside::shop::OrderGet>(&client!(inside, Inside), r#"{"order":{"id":1}}"#, "19");
    both_ways::<signed::pay::TradeQuery>(&client!(signed, Signed), r#"{"trade_no":"t","amount":"1.0"}"#, "40004");
    both_ways::<named::buy::OrderList>(
        &client!(named, Named),
        r#"{"total":1,"order_sn_list":[{"order_sn":"a"}]}"#,
        "1",
    );
    both_ways::<flat::mall::OrderGet>(&client!(flat, Flat), r#"{"order_id":1,"code":"V"}"#, "IllegalAccessToken");
    both_ways::<flat::mall::OrderNames>(&client!(flat, Flat), r#"{"data":["a","b"]}"#, "x");
    both_ways::<plain::v3::OrderGet>(&client!(plain, Plain), r#"{"no":"1","code":"V"}"#, "PARAM_ERROR");
}
