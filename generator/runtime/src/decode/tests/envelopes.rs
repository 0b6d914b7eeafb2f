//! Whole answers.

use super::*;
use crate::fixture::WithRequestId;

const RESULT: &str = r#"{"text":400,"yes":"true","names":{"string":["a"]}}"#;

fn check(value: &FormAnswer) {
    let result = value.result.as_ref().expect("a result");
    assert_eq!((result.text.as_deref(), result.yes), (Some("400"), Some(true)));
    assert_eq!(result.names.as_deref(), Some(["a".to_owned()].as_slice()));
}

#[test]
fn roots_exact_similar_and_simplified() {
    for root in ["a_form_call_response", "other_response"] {
        let (value, reply) =
            reply::<FormCall>(200, &format!(r#"{{"{root}":{{"result":{RESULT},"request_id":"rid"}}}}"#)).expect(root);
        check(&value);
        assert_eq!(reply.request_id.as_deref(), Some("rid"));
        assert_eq!(shown(&reply.coercions), ["result.text: ScalarAsText", "result.yes: TextAsBoolean"]);
    }
    let (value, reply) =
        reply::<FormCall>(200, &format!(r#"{{"result":{RESULT},"request_id":7}}"#)).expect("simplified");
    check(&value);
    assert_eq!(reply.request_id.as_deref(), Some("7"));
}

#[test]
fn the_request_id_may_stand_beside_the_root_and_be_documented() {
    let (_, reply_) = reply::<FormCall>(200, r#"{"a_form_call_response":{},"request_id":"r","x":1}"#).expect("answer");
    assert_eq!(reply_.request_id.as_deref(), Some("r"));
    assert_eq!(shown(&reply_.coercions), ["x: UnknownField"]);
    let (value, reply_) = reply::<WithRequestId>(200, r#"{"a_id_response":{"request_id":"r"}}"#).expect("answer");
    assert_eq!((value.request_id.as_deref(), reply_.request_id.as_deref()), (Some("r"), Some("r")));
}

#[test]
fn empty_answers_are_empty_values() {
    for body in ["{}", r#"{"a_form_call_response":{}}"#, r#"{"a_form_call_response":null}"#] {
        let (value, reply) = reply::<FormCall>(200, body).expect(body);
        assert_eq!(value, FormAnswer::default());
        assert!(reply.coercions.is_empty());
    }
}

#[test]
fn a_business_code_is_data_and_the_error_root_is_an_error() {
    let (value, _) = reply::<FormCall>(200, r#"{"a_form_call_response":{"code":"50"}}"#).expect("a business code");
    assert_eq!(value.code.as_deref(), Some("50"));
    let body = r#"{"error_response":{"code":50,"msg":"Remote service error","sub_code":"isv.invalid-parameter:id",
                   "sub_msg":"非法参数","request_id":"rid"}}"#;
    for status in [200, 400] {
        let Err(Error::Platform(error)) = reply::<FormCall>(status, body) else { panic!("no platform error") };
        assert_eq!((error.code.as_str(), error.sub_msg.as_deref()), ("50", Some("非法参数")));
        assert_eq!(error.documented.map(|row| row.solution), Some("mend"));
        assert_eq!(error.body(), body.as_bytes());
    }
}

#[test]
fn bans_tell_how_long() {
    let body = r#"{"error_response":{"code":"7","sub_code":"accesscontrol.limited-by-app-access-count",
                   "sub_msg":"This ban will last for 3 more seconds"}}"#;
    let error = reply::<FormCall>(200, body).err().expect("an error");
    assert_eq!((error.is_retryable(), error.retry_after().map(|wait| wait.as_secs())), (true, Some(3)));
}

#[test]
fn statuses_are_text_or_numbers_under_several_names() {
    for body in [r#"{"status":"0","reason":"success","data":["a"]}"#, r#"{"code":0,"msg":"success","data":["a"]}"#] {
        let (value, reply) = reply::<JsonCall>(200, body).expect(body);
        assert_eq!(value.data, Some(vec!["a".to_owned()]));
        assert_eq!((reply.status.as_deref(), reply.message.as_deref()), (Some("0"), Some("success")));
        assert_eq!(reply.coercions.count_of(CoercionKind::UnknownField), 0);
    }
    let Err(Error::Status(error)) = reply::<JsonCall>(200, r#"{"status":-32,"reason":"x","data":null}"#) else {
        panic!("no status error")
    };
    assert_eq!((error.status.as_str(), error.meaning), ("-32", Some("no such task")));
    assert_eq!(error.to_string(), "the platform answered status -32 (documented: no such task)");
    assert!(reply::<JsonCall>(200, r#"{"status":"-18"}"#).is_err_and(|error| error.is_retryable()));
    // This endpoint has its own names for the members.
    assert!(reply::<Item>(200, r#"{"code":"0"}"#).is_ok());
    assert!(matches!(reply::<Item>(200, r#"{"status":"0"}"#), Err(Error::Decode(_))));
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let problem = |body: &str| match reply::<FormCall>(200, body) {
        Err(Error::Decode(error)) => error.problem().clone(),
        _ => panic!("read: {body}"),
    };
    assert_eq!(problem("<?xml version=\"1.0\" ?><rss/>"), crate::DecodeProblem::Markup);
    assert_eq!(problem("[1]"), crate::DecodeProblem::NotAnObject);
    assert!(matches!(problem("{\"a\":"), crate::DecodeProblem::Syntax { .. }));
    let Err(Error::Http(error)) = reply::<FormCall>(503, "<html>busy</html>") else { panic!("no HTTP error") };
    assert_eq!((error.http_status().as_u16(), error.body()), (503, b"<html>busy</html>".as_slice()));
    assert!(matches!(reply::<FormCall>(302, "{}"), Err(Error::Http(_))));
}

#[test]
fn raw_control_characters_are_read() {
    let (value, reply) = reply::<FormCall>(200, "{\"a_form_call_response\":{\"code\":\"a\tb\"}}").expect("answer");
    assert_eq!(value.code.as_deref(), Some("a\tb"));
    assert_eq!(shown(&reply.coercions), [": ControlCharacter"]);
}
