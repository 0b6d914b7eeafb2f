//! Calls without types: what is sent, and what is refused before it is signed.

use super::*;
use crate::fixture::Item;
use crate::{Json, MapValue, Method, Rule};

fn json() -> Client<JsonPlatform> {
    client()
}

fn body(request: http::Request<Vec<u8>>) -> String {
    String::from_utf8(request.into_body()).expect("the body is UTF-8")
}

/// Returns the violations of a request as text.
fn violations(outcome: Result<http::Request<Vec<u8>>, Error>) -> Vec<String> {
    match outcome {
        Err(Error::Violations(violations)) => violations.iter().map(ToString::to_string).collect(),
        Err(error) => panic!("{error}"),
        Ok(request) => panic!("{}", request.uri()),
    }
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

/// A platform whose signature needs the fact `version`.
struct Versioned;

impl Platform for Versioned {
    type Credentials = Keys;
    type SignMethod = ();
    type Environment = Site;
    const PROTOCOL: crate::Protocol = FormPlatform::PROTOCOL;

    fn sign(parts: &mut crate::Parts, _: &Keys, (): (), _: &crate::Moment<'_>) -> Result<(), crate::SignError> {
        let version = parts.fact("version")?.to_owned();
        parts.put_query("version", version);
        Ok(())
    }
}

#[test]
fn facts_of_the_signature_are_set_by_name() {
    let client = client::<Versioned>();
    let request = client.raw("any").fact("version", "1").fact("version", "2").request().expect("a request");
    assert!(request.uri().to_string().ends_with("&version=2"), "{request:?}");
    let Err(Error::Sign(error)) = client.raw("any").request() else { panic!("a fact is missing") };
    assert_eq!(error.to_string(), "the operation has no fact `version`, which its signature needs");
}

#[test]
fn paths_that_would_be_sent_otherwise_are_refused() {
    let refused = [
        "/b?x=1",
        "/b#f",
        "/b/../c",
        "/./b",
        "..",
        "/%2e%2E/b",
        "/.%2e",
        "/b c",
        "/刘",
        "/b}",
        "/{id",
        "/b/{}",
        "/b\\c",
        "/%zz",
        "/%4",
        "/\r\nb",
    ];
    for path in refused {
        let message =
            "path is not the path of a URL: it lacks percent-encoding, or has a query, a fragment, `.` or `..`";
        assert_eq!(violations(json().raw("any").path(path).request()), [message], "{path}");
    }
    for path in ["", "/", "/b", "b", "/b/c.d/~e_f-g", "/b;v=1/@c:d,e", "/%E5%88%98", "/...", "/b//c"] {
        let request = json().raw("any").path(path).request().expect(path);
        assert_eq!(
            request.uri().path(),
            format!("/router/rest/{}", path.trim_start_matches('/')).trim_end_matches('/')
        );
    }
}

#[test]
fn parameters_replace_their_place_in_the_path() {
    let client = json();
    let request = client.raw("any").path("/b/{id}/c").method(Method::Get).param("id", "a b").param("n", 1).request();
    assert_eq!(request.expect("a request").uri(), "https://gw.example/router/rest/b/a%20b/c?n=1");
    let request = client.raw("any").path("/b/{id}").param("id", 7).param("n", 1).request().expect("a request");
    assert_eq!((request.uri().path(), body(request.clone()).as_str()), ("/router/rest/b/7", r#"{"n":1}"#));
    assert_eq!(violations(client.raw("any").path("/b/{id}").request()), ["id is missing"]);

    let item = Item { id: Some(1), ..Item::default() };
    let request = client.call(&item).param("id", 2).request().expect("a request");
    assert_eq!(request.uri(), "https://gw.example/router/rest/a/2/item");
    assert_eq!(violations(client.call(&item).param("id", " ").request()), ["id is missing"]);
    assert_eq!(
        violations(client.call(&item).param("id", "..").request()),
        ["id cannot be a segment of the URL's path"]
    );
}

#[test]
fn a_blank_parameter_does_not_remove_a_required_field() {
    let call = call();
    assert_eq!(violations(client::<FormPlatform>().call(&call).param("id", " ").request()), ["id is missing"]);
    let unchecked = client::<FormPlatform>().call(&call).param("id", " ").checks(Checks::Off).request();
    assert_eq!(body(unchecked.expect("a request")), "");
    let voice = JsonCall { voice_id: Some("v".to_owned()), ..JsonCall::default() };
    for blank in [MapValue::Null, "".into(), " ".into()] {
        assert_eq!(violations(json().call(&voice).param("voiceId", blank).request()), ["voiceId is missing"]);
    }
    // A value that is not blank is not checked any further.
    let request = json().call(&voice).param("voiceId", Json::from("[]")).request().expect("a request");
    assert_eq!(body(request), r#"{"voiceId":[]}"#);
}

#[test]
fn a_parameter_has_a_name() {
    for name in ["", " "] {
        let blank = |request: Result<http::Request<Vec<u8>>, Error>| {
            let Err(Error::Violations(violations)) = request else { panic!("the request must violate a rule") };
            assert!(violations.iter().all(|violation| *violation.rule() == Rule::BlankName), "{violations}");
        };
        blank(client::<FormPlatform>().raw("any").param(name, "x").request());
        blank(json().raw("any").path("/b").param(name, "x").request());
        blank(json().raw("any").path("/b").method(Method::Get).param(name, "x").request());
    }
}
