//! Answers to calls without types: every member is data, and the value is JSON.

use super::*;
use crate::fixture::{RawAnswer, RawFormCall, RawJsonCall};
use crate::object::View;

fn json(value: &RawAnswer) -> String {
    match value.fields().first().map(|field| field.view()) {
        Some(View::Json(json)) => json.as_str().to_owned(),
        _ => String::new(),
    }
}

/// The value and the coercions of an answer that must not be an error.
fn raw<E: Endpoint<Response = RawAnswer>>(body: &str) -> (String, Vec<String>) {
    match reply::<E>(200, body) {
        Ok((value, reply)) => (json(&value), shown(&reply.coercions)),
        Err(error) => panic!("{error}: {body}"),
    }
}

fn failed<E: Endpoint<Response = RawAnswer>>(body: &str) -> Error {
    match reply::<E>(200, body) {
        Ok((value, _)) => panic!("success with {}: {body}", json(&value)),
        Err(error) => error,
    }
}

#[test]
fn the_members_of_both_envelopes_are_the_value() {
    for body in
        [r#"{"status":"0","data":[1,2]}"#, r#"{"status":0,"reason":"success","":5}"#, r#"{"code":"0","msg":"success"}"#]
    {
        assert_eq!(raw::<RawJsonCall>(body), (body.to_owned(), Vec::new()));
    }
    for body in [r#"{"":5}"#, r#"{"result":[],"request_id":"r"}"#, "{}"] {
        assert_eq!(raw::<RawFormCall>(body), (body.to_owned(), Vec::new()));
        let enclosed = format!(r#"{{"b_any_response":{body}}}"#);
        assert_eq!(raw::<RawFormCall>(&enclosed), (body.to_owned(), Vec::new()));
    }
}

#[test]
fn both_readers_make_the_same_of_them() {
    for body in [
        r#"{"status":"0","data":[1,2]}"#,
        r#"{"":5}"#,
        r#"{"":{},"a":{"":1}}"#,
        r#"{"b_any_response":{"":5,"request_id":"r"}}"#,
        r#"{"code":"200","msg":"ok","data":[1]}"#,
        r#"{"error_response":{"code":7}}"#,
    ] {
        readers_agree::<RawFormCall>(body.as_bytes()).expect(body);
        readers_agree::<RawJsonCall>(body.as_bytes()).expect(body);
        readers_agree_on_text::<RawAnswer>(body).expect(body);
    }
    let mut value = RawAnswer::default();
    load(r#"{"":5,"a":1}"#, &mut value).expect("an object");
    assert_eq!(json(&value), r#"{"":5,"a":1}"#);
}

#[test]
fn members_called_like_those_of_an_error_are_data_beside_others() {
    for body in [
        r#"{"code":"200","msg":"ok","data":[1]}"#,
        r#"{"msg":"m","sub_code":"isv.x","total":0}"#,
        r#"{"code":"0","msg":"ok","request_id":"r"}"#,
        r#"{"result":{"a":1},"x_response":{"code":"1","msg":"m"}}"#,
        r#"{"code":"0","msg":"m","x_response":{"a":1}}"#,
    ] {
        assert_eq!(raw::<RawFormCall>(body), (body.to_owned(), Vec::new()));
    }
    // The root member may be the API's own, whose members are data.
    for inside in [r#"{"code":"200","msg":"ok","data":[1]}"#, r#"{"code":"200","msg":"ok"}"#] {
        let body = format!(r#"{{"b_any_response":{inside}}}"#);
        assert_eq!(raw::<RawFormCall>(&body), (inside.to_owned(), Vec::new()));
    }
    let body = r#"{"error_response":null,"result":1}"#;
    assert_eq!(raw::<RawFormCall>(body), (body.to_owned(), Vec::new()));
}

#[test]
fn an_error_of_the_platform_is_one_without_types_too() {
    for body in [
        r#"{"error_response":{"code":27,"msg":"Invalid session"}}"#,
        r#"{"result":{"a":1},"error_response":{"code":27}}"#,
        r#"{"b_any_response":{"a":1},"error_response":{"code":27}}"#,
        r#"{"code":27,"msg":"Invalid session"}"#,
        r#"{"code":27,"msg":"m","sub_code":"isv.x","sub_msg":"s","request_id":"r"}"#,
    ] {
        assert_eq!(failed::<RawFormCall>(body).code(), Some("27"), "{body}");
    }
    for body in [r#"{"error_response":null}"#, r#"{"error_response":null,"request_id":"r"}"#] {
        assert!(matches!(failed::<RawFormCall>(body), Error::Platform(_)), "{body}");
    }
    assert!(matches!(failed::<RawJsonCall>(r#"{"status":"-1","data":[1]}"#), Error::Status(_)));
}
