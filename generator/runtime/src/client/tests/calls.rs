//! Options of one call, and calls without types.

use super::*;
use crate::value::MapValue;
use crate::{Json, Method, Rule};

fn form() -> Client<FormPlatform> {
    client()
}

fn query(request: &http::Request<Vec<u8>>) -> &str {
    request.uri().query().unwrap_or_default()
}

fn body(request: http::Request<Vec<u8>>) -> String {
    String::from_utf8(request.into_body()).expect("the body is UTF-8")
}

fn only_violation(outcome: Result<http::Request<Vec<u8>>, Error>) -> (String, Rule) {
    let Err(Error::Violations(violations)) = outcome else { panic!("the request must violate a rule") };
    assert_eq!(violations.iter().count(), 1, "{violations}");
    violations.iter().map(|violation| (violation.path().to_owned(), violation.rule().clone())).next().expect("one")
}

#[test]
fn a_session_given_with_the_call_is_always_sent() {
    let client = form().with_session("of the client");
    let needless = client.call(&call()).session("of the call").request().expect("a request");
    assert!(query(&needless).contains("session=of+the+call"), "{needless:?}");
    let needs = WithRequestId { request_id: Some("r".to_owned()) };
    let own = client.call(&needs).session("of the call").request().expect("a request");
    assert!(query(&own).contains("session=of+the+call") && !query(&own).contains("client"), "{own:?}");
}

#[test]
fn a_session_given_with_the_call_is_never_replaced() {
    let (client, call) = (form().with_session("of the first tenant"), call());
    for blank in ["", " "] {
        assert_eq!(only_violation(client.call(&call).session(blank).request()), ("session".to_owned(), Rule::Missing));
    }
}

#[test]
fn extra_parameters_of_a_form_are_sent_as_text_and_replace_fields() {
    let (client, call) = (form(), call());
    let extra = client.call(&call).param("new", 3).param("yes", true).param("json", Json::from("{\"a\":1}"));
    let request = extra.param("id", "other").param("blank", " ").param("new", 4).request().expect("a request");
    assert_eq!(body(request), "yes=true&json=%7B%22a%22%3A1%7D&id=other&new=4");
    let simple = form().call(&call).param("format", "xml").request().expect("a request");
    assert!(query(&simple).contains("format=xml") && !query(&simple).contains("json"), "{simple:?}");
}

#[test]
fn extra_parameters_of_a_json_body_are_json() {
    let client = client::<JsonPlatform>();
    let call = JsonCall { voice_id: Some("v".to_owned()), ..JsonCall::default() };
    let extra = client.call(&call).param("new", 3).param("nothing", MapValue::Null).param("list", Json::from("[1]"));
    assert_eq!(body(extra.request().expect("a request")), r#"{"voiceId":"v","new":3,"nothing":null,"list":[1]}"#);
    let replaced = client.call(&call).param("voiceId", 7).request().expect("a request");
    assert_eq!(body(replaced), r#"{"voiceId":7}"#);
}

#[test]
fn names_that_the_protocol_sets_are_reserved() {
    for name in ["sign", "app_key", "method", "timestamp"] {
        assert_eq!(only_violation(form().call(&call()).param(name, "x").request()), (name.to_owned(), Rule::Reserved));
    }
    let client = client::<JsonPlatform>();
    let call = JsonCall { voice_id: Some("v".to_owned()), ..JsonCall::default() };
    assert!(client.call(&call).param("sign", "x").request().is_ok(), "this platform signs in headers");
}

#[test]
fn a_call_without_types_is_signed_like_every_other() {
    let request = form().raw("b.any.api").param("name", "刘").request().expect("a request");
    assert!(query(&request).starts_with("method=b.any.api&format=json&app_key=12345678&timestamp="), "{request:?}");
    assert_eq!(body(request), "name=%E5%88%98");
    let client = client::<JsonPlatform>();
    let request = client.raw("any").path("/b/any").method(Method::Get).param("name", "x").request().expect("a request");
    assert_eq!(
        (request.method(), request.uri().path(), query(&request)),
        (&http::Method::GET, "/router/rest/b/any", "name=x")
    );
}

#[test]
fn an_answer_without_types_is_json_and_has_the_same_errors() {
    let answering = |body: &'static [u8]| {
        let transport = move |_: http::Request<Vec<u8>>| Ok(http::Response::new(body.to_vec()));
        BlockingClient::new(form(), transport).raw("b.any.api").send()
    };
    let answer = answering(br#"{"b_any_api_response":{"list":[1, 2],"request_id":"r"}}"#).expect("an answer");
    assert_eq!(
        (answer.value.as_str(), answer.request_id.as_deref()),
        (r#"{"list":[1, 2],"request_id":"r"}"#, Some("r"))
    );
    assert!(answer.coercions.is_empty(), "{:?}", answer.coercions);
    assert_eq!(answering(br#"{"a":"\u4f60"}"#).expect("an answer").value.as_str(), r#"{"a":"\u4f60"}"#);
    assert_eq!(answering(br#"{"b_any_api_response":{}}"#).expect("an answer").value.as_str(), "{}");
    let error = answering(br#"{"error_response":{"code":29,"msg":"Invalid app Key"}}"#).expect_err("an error");
    assert!(matches!(error, Error::Platform(error) if error.code == "29"));
}

#[test]
fn a_call_has_its_own_checks_and_base_url() {
    let empty = FormCall::default();
    assert!(form().call(&empty).checks(Checks::Off).request().is_ok());
    let call = call();
    let elsewhere = form().call(&call).base_url("https://mirror.example/rest").map(Call::request);
    assert_eq!(elsewhere.expect("a URL").expect("a request").uri().host(), Some("mirror.example"));
    assert!(form().call(&call).base_url("http://mirror.example").is_err());
}

#[test]
fn a_call_shows_no_values() {
    let call = call();
    let shown = format!("{:?}", form().call(&call).session("token").param("phone", "18717866218"));
    assert!(shown.contains("a.form.call") && shown.contains("phone"), "{shown}");
    assert!(!shown.contains("token") && !shown.contains("1871"), "{shown}");
}
