use super::*;
use crate::fixture::{FormCall, FormPlatform, JsonCall, JsonPlatform, Keys, Site, WithRequestId};
use crate::{File, FixedClock, Secret, TransportError, TransportProblem};

fn client<P: Platform<Credentials = Keys, Environment = Site>>() -> Client<P> {
    Client::new(Keys::new()).with_clock(FixedClock::at_unix(1_767_294_245))
}

fn call() -> FormCall {
    FormCall { id: Some("刘 *-._~".to_owned()), ..FormCall::default() }
}

#[test]
fn a_form_request_is_complete() {
    let request = client::<FormPlatform>().request(&call()).expect("a request");
    assert_eq!(request.method(), "POST");
    let expected = "https://gw.example/router/rest?method=a.form.call&format=json&app_key=12345678\
                    &timestamp=2026-01-02+03%3A04%3A05&sign=10";
    assert_eq!(request.uri(), expected);
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded;charset=UTF-8");
    assert_eq!(request.body(), b"id=%E5%88%98+*-._%7E");
}

#[test]
fn a_json_request_is_complete_and_its_keys_are_sensitive() {
    let call = JsonCall { voice_id: Some("v".to_owned()), ..JsonCall::default() };
    let request = client::<JsonPlatform>().request(&call).expect("a request");
    assert_eq!(request.uri(), "https://gw.example/router/rest/a/json");
    assert_eq!(request.body(), br#"{"voiceId":"v"}"#);
    assert!(request.headers()["api-key"].is_sensitive());
    assert!(!request.headers()["content-type"].is_sensitive());
    assert_eq!(request.headers()["timestamp"], "1767294245");
}

#[test]
fn files_make_the_request_multipart() {
    let call = FormCall { file: Some(File::new("a", "apograph-boundary-00000000")), ..call() };
    let request = client::<FormPlatform>().request(&call).expect("a request");
    assert_eq!(request.headers()["content-type"], "multipart/form-data; boundary=apograph-boundary-00000001");
    let body = String::from_utf8_lossy(request.body());
    assert!(body.starts_with("--apograph-boundary-00000001\r\nContent-Disposition: form-data; name=\"id\""), "{body}");
    assert!(body.ends_with("\r\n--apograph-boundary-00000001--\r\n"), "{body}");
}

#[test]
fn sessions_go_where_they_are_needed() {
    let without = client::<FormPlatform>();
    let needs = WithRequestId { request_id: Some("r".to_owned()) };
    assert!(matches!(without.request(&needs), Err(Error::MissingSession { api: "a.id" })));
    let with = without.with_session("token");
    assert!(
        with.request(&needs).expect("a request").uri().query().is_some_and(|query| query.contains("session=token"))
    );
    let with = with.clone();
    assert!(with.request(&call()).is_ok());
}

#[test]
fn base_urls_are_checked() {
    let other = client::<FormPlatform>().with_environment(Site::Overseas);
    assert!(other.request(&call()).expect("a request").uri().to_string().starts_with("https://overseas.example/"));
    let refused = client::<FormPlatform>().with_base_url("https://a?token=1").map(|_| ());
    assert_eq!(refused, Err(BaseUrlError::Query));

    let open = "http://gateway.example:8080";
    let refused = client::<FormPlatform>().with_base_url(open).map(|_| ());
    assert_eq!(refused, Err(BaseUrlError::Insecure));
    let insecure = client::<FormPlatform>().with_insecure_base_url(open).expect("a plain URL");
    assert!(insecure.request(&call()).expect("a request").uri().to_string().starts_with(open));
    let refused = client::<FormPlatform>().with_insecure_base_url("http://a?token=1").map(|_| ());
    assert_eq!(refused, Err(BaseUrlError::Query));
}

#[test]
fn a_call_goes_out_and_comes_back() {
    let transport = |request: http::Request<Vec<u8>>| {
        assert_eq!(request.uri().path(), "/router/rest");
        Ok(http::Response::new(br#"{"a_form_call_response":{"code":"x","request_id":"r"}}"#.to_vec()))
    };
    let answer = BlockingClient::new(client::<FormPlatform>(), transport).send(&call()).expect("an answer");
    assert_eq!((answer.value.code.as_deref(), answer.request_id.as_deref()), (Some("x"), Some("r")));
    assert!(answer.coercions.is_empty());
    assert!(answer.body().starts_with(b"{\"a_form"));
    let broken = |_: http::Request<Vec<u8>>| Err(TransportError::new(TransportProblem::Timeout));
    let error = BlockingClient::new(client::<FormPlatform>().with_retries(RetryPolicy::off()), broken)
        .send(&call())
        .expect_err("no answer");
    assert!(error.is_retryable());
}

#[test]
fn a_body_that_is_owned_is_not_copied() {
    let client = client::<FormPlatform>();
    let bodies = [&br#"{"a_form_call_response":{"code":"x"}}"#[..], br#"{"error_response":{"code":7}}"#, b"<html>"];
    for body in bodies.map(<[u8]>::to_vec) {
        let at = body.as_ptr();
        let kept = match client.answer::<FormCall>(http::Response::new(body)) {
            Ok(answer) => answer.body().as_ptr(),
            Err(error) => error.body().expect("a body").as_ptr(),
        };
        assert_eq!(kept, at);
    }
}

#[test]
fn answers_and_errors_keep_what_came_over_http() {
    let respond = |status: u16, body: &'static str| {
        let response = http::Response::builder().status(status).header("X-Trace", "t-1").body(body);
        client::<FormPlatform>().answer::<FormCall>(response.expect("a response"))
    };
    let answer = respond(201, r#"{"a_form_call_response":{"code":"x"}}"#).expect("an answer");
    assert_eq!((answer.http_status().as_u16(), &answer.headers()["x-trace"]), (201, &"t-1".parse().expect("a value")));
    for (status, body) in [(200, r#"{"error_response":{"code":7}}"#), (404, "<html>"), (200, "<html>")] {
        let error = respond(status, body).expect_err(body);
        assert_eq!(error.http_status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.headers().and_then(|headers| headers.get("x-trace")?.to_str().ok()), Some("t-1"));
        assert_eq!(error.body(), Some(body.as_bytes()));
        assert!(!format!("{error:?}").contains("t-1"), "headers may contain cookies");
    }
    let own = crate::from_json::<FormCall>("[").expect_err("no object");
    assert_eq!((own.http_status(), own.headers(), own.body()), (None, None, &b"["[..]));
    assert_eq!(Error::Decode(Box::new(own)).http_status(), None);
}

#[test]
fn checks_can_be_off() {
    let empty = FormCall::default();
    assert!(matches!(client::<FormPlatform>().request(&empty), Err(Error::Violations(_))));
    assert!(client::<FormPlatform>().with_checks(Checks::Off).request(&empty).is_ok());
}

#[test]
fn nothing_shows_a_secret() {
    let client = client::<FormPlatform>().with_session(Secret::from("token"));
    let shown = format!("{client:?} {:?}", Keys::new());
    assert!(!shown.contains("helloworld") && !shown.contains("token"), "{shown}");
}

#[test]
#[cfg(not(feature = "debug-values"))]
fn an_answer_hides_its_values() {
    let response = http::Response::new(r#"{"a_form_call_response":{"code":"18717866218"}}"#);
    let answer = client::<FormPlatform>().answer::<FormCall>(response).expect("an answer");
    assert!(!format!("{answer:?}").contains("1871"));
}

#[test]
fn texts_of_the_server_are_cut_in_every_message() {
    let long = "x\n".repeat(10_000);
    let respond = |body: String| client::<FormPlatform>().answer::<FormCall>(http::Response::new(body));
    let text = serde_json::to_string(&long).expect("JSON");
    let answer = respond(format!(r#"{{"a_form_call_response":{{"request_id":{text}}},{text}:1}}"#)).expect("an answer");
    let members = ["code", "msg", "sub_code", "sub_msg", "request_id"].map(|name| format!("\"{name}\":{text}"));
    let error = respond(format!(r#"{{"error_response":{{{}}}}}"#, members.join(","))).expect_err("refused");
    let request = crate::SignError::MissingHeader(long.clone());
    let shown =
        [format!("{answer:?}"), error.to_string(), format!("{error:?}"), request.to_string(), format!("{request:?}")];
    for shown in shown.into_iter().chain(answer.coercions.iter().map(ToString::to_string)) {
        assert!(shown.len() < 2_000 && !shown.contains('\n'), "{} bytes: {shown:.200}", shown.len());
    }
}

#[test]
fn clients_cross_threads() {
    fn crosses<T: Send + Sync + Clone + 'static>(_: &T) {}
    crosses(&client::<FormPlatform>());
    crosses(&BlockingClient::new(client::<FormPlatform>(), |_: http::Request<Vec<u8>>| Ok(http::Response::default())));
}

mod calls;
mod observing;
mod raw;
mod retries;
