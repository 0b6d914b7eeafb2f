//! Calls without types: what is sent, and what is refused before it is signed.

use super::*;
use crate::Method;

fn json() -> Client<JsonPlatform> {
    client()
}

#[test]
fn an_answer_with_a_status_is_json() {
    let transport =
        |_: http::Request<Vec<u8>>| Ok(http::Response::new(br#"{"status":"0","reason":"ok","data":[1,2]}"#.to_vec()));
    let answer = BlockingClient::new(json(), transport).raw("any").path("/b").send().expect("an answer");
    assert_eq!(answer.value.as_str(), r#"{"status":"0","reason":"ok","data":[1,2]}"#);
    assert_eq!((answer.status.as_deref(), answer.message.as_deref()), (Some("0"), Some("ok")));
    assert!(answer.coercions.is_empty(), "{:?}", answer.coercions);
}

#[test]
fn the_session_of_the_client_is_not_sent() {
    let client = client::<FormPlatform>().with_session("of the client");
    let request = client.raw("b.any.api").request().expect("a request");
    assert!(!request.uri().to_string().contains("session"), "{request:?}");
    let request = client.raw("b.any.api").method(Method::Get).session("of the call").request().expect("a request");
    assert!(request.uri().to_string().contains("session=of+the+call"), "{request:?}");
}

#[test]
fn a_response_is_decoded_without_types_and_without_a_driver() {
    let respond = |body: &'static str| client::<FormPlatform>().answer_raw(http::Response::new(body));
    let answer = respond(r#"{"b_any_api_response":{"list":[1],"request_id":"r"}}"#).expect("an answer");
    assert_eq!((answer.value.as_str(), answer.request_id.as_deref()), (r#"{"list":[1],"request_id":"r"}"#, Some("r")));
    assert!(matches!(respond(r#"{"error_response":{"code":29}}"#), Err(Error::Platform(_))));
    let answer = json().answer_raw(http::Response::new(r#"{"status":"0","data":1}"#)).expect("an answer");
    assert_eq!(answer.value.as_str(), r#"{"status":"0","data":1}"#);
}
