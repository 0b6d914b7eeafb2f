//! Requests of other clients.

use crate::fixture::{All, Channel, FormCall, FormPlatform, Gender, Item, JsonCall, JsonPlatform};
use crate::sign::Location;
use crate::testing::{ReadError, ReadRequest, SentRequest, check_request, read_request};
use crate::{Date, DecodeProblem, Endpoint, File, Platform};

fn read<E: Endpoint + Default>(request: http::Request<Vec<u8>>) -> Result<(E, ReadRequest), ReadError> {
    let mut value = E::default();
    let read = read_request(&request, &E::Platform::PROTOCOL, &E::OPERATION, &mut value)?;
    Ok((value, read))
}

fn post(url: &str, content_type: &str, body: &str) -> http::Request<Vec<u8>> {
    let request = http::Request::post(url).header("Content-Type", content_type);
    request.body(body.as_bytes().to_vec()).expect("a request")
}

fn form(query: &str, body: &str) -> http::Request<Vec<u8>> {
    let url = format!("https://gw.example/router/rest?{query}");
    post(&url, "application/x-www-form-urlencoded", body)
}

fn json(body: &str) -> http::Request<Vec<u8>> {
    post("https://gw.example/base/a/json?voiceId=q", "application/json", body)
}

fn shown(read: &ReadRequest) -> Vec<String> {
    read.coercions.iter().map(ToString::to_string).collect()
}

fn parameters(read: &ReadRequest) -> Vec<(Location, &str, &str)> {
    let parameters = read.parameters.iter();
    parameters.map(|parameter| (parameter.location, &*parameter.name, &*parameter.value)).collect()
}

#[test]
fn query_and_form_are_one_bag() {
    let request = form("method=a.form.call&id=1&when=+", "session=token&names=a%2Cb&sign=AB&file=x&map=%7B%7D");
    let (call, read) = read::<FormCall>(request).expect("a request");
    let expected = FormCall {
        id: Some("1".to_owned()),
        names: Some(vec!["a".to_owned(), "b".to_owned()]),
        map: Some(crate::Map::default()),
        ..FormCall::default()
    };
    assert_eq!(call, expected);
    let others = [
        (Location::Query, "method", "a.form.call"),
        (Location::Form, "session", "token"),
        (Location::Form, "sign", "AB"),
    ];
    assert_eq!(parameters(&read), others);
    assert_eq!(read.parameter("session"), Some("token"));
    assert_eq!(shown(&read), ["file: Misfit"]);
    assert!(!format!("{read:?}").contains("token"));
}

#[test]
fn values_that_do_not_fit_are_counted_and_left_out() {
    let (call, read) = read::<FormCall>(form("id=1&id=2", "items=%7B%7D&body=x&when=soon")).expect("a request");
    assert_eq!((call.id.as_deref(), call.items, call.body), (Some("2"), None, None));
    assert_eq!(call.when, Some(Date::from("soon")));
    assert_eq!(shown(&read), ["body: Misfit", "id: Duplicate", "items: Misfit"]);
    let request =
        http::Request::get("https://gw.example/a/x/item?flag=TRUE&items=%5B%7B%22id%22%3A%221%22%7D%5D&more=1");
    let (item, read) = read_item(request.body(vec![]).expect("a request"));
    assert_eq!((item.id, item.flag), (None, Some(true)));
    assert_eq!(item.items, Some(vec![Item { id: Some(1), ..Item::default() }]));
    assert_eq!(shown(&read), ["flag: TextAsBoolean", "id: Misfit", "items[].id: TextAsNumber"]);
    assert_eq!(parameters(&read), [(Location::Query, "more", "1")]);
}

fn read_item(request: http::Request<Vec<u8>>) -> (Item, ReadRequest) {
    read(request).expect("a request")
}

#[test]
fn a_json_body_may_have_other_members() {
    let body =
        r#"{"voiceId":"v","all":{"gender":1,"channel":"APP","extra":"x","opaque":"y"},"more":[1],"numbers":"1"}"#;
    let (call, read) = read::<JsonCall>(json(body)).expect("a request");
    let all = All {
        gender: Some(Gender::Male),
        channel: Some(Channel::App),
        extra: Some("\"x\"".into()),
        opaque: Some("\"y\"".into()),
        ..All::default()
    };
    assert_eq!((call.all, call.voice_id.as_deref()), (Some(all), Some("v")));
    assert_eq!(parameters(&read), [(Location::Query, "voiceId", "q"), (Location::Form, "more", "[1]")]);
    assert_eq!(shown(&read), ["numbers: SingleAsList", "numbers[]: TextAsNumber"]);
}

#[test]
fn what_cannot_be_a_request_is_refused() {
    let refused = |request| read::<JsonCall>(request).map(drop);
    assert_eq!(refused(json("[]")), Err(ReadError::Body(DecodeProblem::NotAnObject)));
    assert_eq!(refused(json("{")), Err(ReadError::Body(DecodeProblem::Syntax { line: 1, column: 1 })));
    assert_eq!(refused(post("https://gw.example/a/other", "", "{}")), Err(ReadError::Path));
    let multipart = post("https://gw.example", "multipart/form-data; boundary=B", "--B\r\n");
    assert_eq!(read::<FormCall>(multipart).map(drop), Err(ReadError::Multipart));
}

#[test]
fn marks_and_limits_are_those_of_a_client() {
    let (protocol, operation) = (&FormPlatform::PROTOCOL, &FormCall::OPERATION);
    let missing = check_request(&FormCall::default(), protocol, operation).expect_err("id is required");
    assert_eq!(missing.to_string(), "the request is not as documented: id is missing");
    assert!(check_request(&FormCall { id: Some("1".to_owned()), ..FormCall::default() }, protocol, operation).is_ok());
    let json = check_request(&JsonCall::default(), &JsonPlatform::PROTOCOL, &JsonCall::OPERATION);
    assert_eq!(json.expect_err("required").to_string(), "the request is not as documented: voiceId is missing");
}

#[test]
fn a_signature_sees_what_was_sent() {
    let file = FormCall { id: Some("中".to_owned()), file: Some(File::new("a", [1])), ..FormCall::default() };
    let client = crate::Client::<FormPlatform>::new(crate::fixture::Keys::new());
    let request = client.request(&file).expect("a request");
    let parts = SentRequest::of(&request).expect("a form").parts(&FormCall::OPERATION, &[]).expect("a URL");
    assert_eq!((parts.get(Location::Query, "method"), parts.api()), (Some("a.form.call"), "a.form.call"));
    assert_eq!(parts.get(Location::Form, "id"), Some("中"));
    assert_eq!((parts.files(), parts.url().as_str()), (&["file".to_owned()][..], "https://gw.example/router/rest"));
}
