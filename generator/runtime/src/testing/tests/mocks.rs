//! The transport in the process.

use core::future::Future;
use core::pin::pin;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::sync::Arc;

use crate::fixture::{
    All, FormAnswer, FormCall, FormPlatform, Item, JsonAnswer, JsonCall, JsonPlatform, NeedsCall, WithRequestId,
};
use crate::testing::{AnswerLayout, Failure, Mock, With};
use crate::{BlockingClient, Checks, Error, RetryPolicy, Timeout, TransportProblem};

fn call(id: &str) -> FormCall {
    FormCall::with(|call| call.id = Some(id.to_owned()))
}

fn answer(text: &str) -> FormAnswer {
    FormAnswer::with(|answer| answer.result = Some(All::with(|all| all.text = Some(text.to_owned()))))
}

fn text(answer: &FormAnswer) -> Option<&str> {
    answer.result.as_ref()?.text.as_deref()
}

/// Returns the output of a future that never waits.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the mock waits"),
    }
}

/// A mock whose answer is the id of the call.
fn echo() -> Mock<FormPlatform> {
    let mock = Mock::new();
    mock.on::<FormCall>(|call| Ok(answer(call.request.id.as_deref().unwrap_or_default())));
    mock
}

#[test]
fn both_drivers_reach_the_handler() {
    let mock = echo();
    let blocking = mock.blocking_client().send(&call("a")).expect("an answer");
    let asynchronous = now(mock.async_client().send(&call("中 &=%"))).expect("an answer");
    assert_eq!((text(&blocking.value), text(&asynchronous.value)), (Some("a"), Some("中 &=%")));
    assert_eq!((blocking.request_id.as_deref(), asynchronous.request_id.as_deref()), (Some("mock-1"), Some("mock-2")));
    assert!(blocking.coercions.is_empty() && asynchronous.coercions.is_empty());
    let ids: Vec<_> = mock.calls_of::<FormCall>().into_iter().filter_map(|call| call.request.id).collect();
    assert_eq!(ids, ["a", "中 &=%"]);
}

#[test]
fn the_handler_sees_what_was_sent() {
    let mock = Mock::<FormPlatform>::new();
    mock.on::<WithRequestId>(|call| {
        assert_eq!((call.session(), call.attempt()), (Some("test session"), 1));
        assert_eq!((call.parameter("method"), call.parameter("extra")), (Some("a.id"), Some("5")));
        assert_eq!(call.parameter("request_id"), None);
        assert_eq!(call.timeout(), Duration::from_secs(9));
        assert!(call.coercions.is_empty() && call.headers().contains_key("content-type"));
        Ok(call.request.clone())
    });
    let request = WithRequestId::with(|call| call.request_id = Some("r".to_owned()));
    let client = mock.blocking_client();
    let sent = client.call(&request).param("extra", 5).attempt_timeout(Duration::from_secs(9)).send();
    assert_eq!(sent.expect("an answer").value, request);
    // `Debug` is for logs of tests: it shows no secret.
    let shown = format!("{mock:?} {:?} {:?}", mock.calls(), mock.calls_of::<WithRequestId>());
    assert!(shown.contains("a.id") && !shown.contains("test session") && !shown.contains("\"5\""), "{shown}");
}

#[test]
fn failures_come_in_sequence_and_no_time_passes() {
    let mock = Mock::<FormPlatform>::new();
    mock.on::<FormCall>(|call| Ok(answer(&call.attempt().to_string()))).fail_first([
        Failure::http(503).with_header("Retry-After", "3"),
        Failure::platform("7").with_sub_message("This ban will last for 2 more seconds"),
        Failure::disconnected(),
        Failure::timeout(),
    ]);
    let client = mock.blocking_client();
    let policy = RetryPolicy::standard().with_attempts(5);
    let sent = client.call(&call("a")).idempotent().retries(policy).send().expect("an answer");
    assert_eq!((text(&sent.value), sent.attempts()), (Some("5"), 5));
    let waits = mock.waits();
    assert_eq!(waits.len(), 4);
    assert!(waits[0] >= Duration::from_secs(3) && waits[1] >= Duration::from_secs(2), "{waits:?}");
    let attempts: Vec<_> = mock.calls().iter().map(|call| (call.api().to_owned(), call.attempt())).collect();
    assert_eq!(attempts, (1..=5).map(|number| ("a.form.call".to_owned(), number)).collect::<Vec<_>>());
    // The next call has no failure.
    assert_eq!(client.send(&call("a")).expect("an answer").attempts(), 1);
}

#[test]
fn time_outs_use_up_the_time_of_a_call() {
    let mock = echo();
    mock.on::<FormCall>(|_| Err(Failure::timeout()));
    let client = mock.client().with_attempt_timeout(Duration::from_secs(20)).with_timeout(Duration::from_secs(30));
    let client = BlockingClient::new(client, mock.clone());
    let failed = client.call(&call("a")).idempotent().send().expect_err("no answer");
    let Error::Transport(error) = &failed else { panic!("{failed}") };
    assert_eq!(error.timeout().map(|(timeout, _)| timeout), Some(Timeout::Total));
    let limits: Vec<_> = mock.calls().iter().map(|call| call.timeout()).collect();
    assert_eq!(limits.len(), 2);
    assert!(limits[0] == Duration::from_secs(20) && limits[1] < Duration::from_secs(11), "{limits:?}");
}

#[test]
fn a_truncated_answer_was_executed() {
    let mock = echo();
    let executed = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&executed);
    let handler = mock.on::<FormCall>(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
        Ok(answer("x"))
    });
    let handler = handler.fail_first([Failure::truncated(), Failure::half_body(), Failure::disconnected()]);
    let client = mock.blocking_client();
    let failed = client.send(&call("a")).expect_err("no whole answer");
    assert!(matches!(&failed, Error::Transport(error) if error.problem() == TransportProblem::Broken), "{failed}");
    assert_eq!((executed.load(Ordering::Relaxed), handler.calls(), handler.remaining_failures()), (1, 1, 2));
    let failed = client.send(&call("a")).expect_err("half an answer");
    assert!(matches!(&failed, Error::Decode(error) if !error.body().is_empty()), "{failed}");
    assert!(client.send(&call("a")).is_err());
    assert_eq!((executed.load(Ordering::Relaxed), handler.calls(), handler.remaining_failures()), (2, 3, 0));
    // White space behind the answer does not make its first half a whole one.
    mock.on_json::<FormCall>(|_| Ok("{ }        ".into())).fail_first([Failure::half_body()]);
    assert!(matches!(client.send(&call("a")), Err(Error::Decode(_))));
}

#[test]
fn calls_without_a_handler_name_those_that_there_are() {
    let mock = echo();
    let client = mock.blocking_client();
    let request = WithRequestId::default();
    let failed = client.send(&request).expect_err("no handler");
    let Error::Transport(error) = &failed else { panic!("{failed}") };
    assert_eq!((error.problem(), failed.is_retryable()), (TransportProblem::Unhandled, false));
    assert_eq!(error.to_string(), "the mock has no handler for the call");
    let shown = format!("{failed:?}");
    assert!(shown.contains("the mock has no handler for `a.id`; it has `a.form.call`"), "{shown}");
    let failed = client.raw("x").send().expect_err("no handler");
    assert!(format!("{failed:?}").contains("no handler for `x`"), "{failed:?}");
    let empty = Mock::<JsonPlatform>::new();
    let failed = empty.blocking_client().send(&Item::with(|item| item.id = Some(5))).expect_err("no handler");
    let expected = "the mock has no handler for `a.item (GET /a/{id}/item)`; it has none";
    assert!(format!("{failed:?}").contains(expected), "{failed:?}");
}

#[test]
fn apis_are_told_apart_by_verb_and_path() {
    let mock = Mock::<JsonPlatform>::new();
    mock.on::<JsonCall>(|call| {
        Ok(JsonAnswer::with(|answer| answer.data = call.request.voice_id.clone().map(|id| vec![id])))
    });
    mock.on::<Item>(|call| {
        let id = call.request.id.map(|id| id.to_string());
        Ok(JsonAnswer::with(|answer| answer.data = Some(id.into_iter().collect())))
    });
    mock.on_raw("/other", |call| {
        Ok(format!(r#"{{"status":0,"a":{:?}}}"#, call.parameter("a").unwrap_or_default()).into())
    });
    let client = mock.blocking_client();
    let voice = client.send(&JsonCall::with(|call| call.voice_id = Some("v".to_owned()))).expect("an answer");
    assert_eq!(voice.value.data, Some(vec!["v".to_owned()]));
    let item = client.send(&Item::with(|item| item.id = Some(5))).expect("an answer");
    assert_eq!((item.value.data, item.status.as_deref()), (Some(vec!["5".to_owned()]), Some("0")));
    let other = client.raw("x").path("/some/other").param("a", "1").send().expect("an answer");
    assert_eq!(other.value.as_str(), r#"{"status":0,"a":"1"}"#);
    // Only another verb leads to the endpoint of that path.
    let failed = client.raw("x").path("/a/5/item").send().expect_err("no handler");
    assert!(format!("{failed:?}").contains("no handler for `POST /…/…/…/…/…`"), "{failed:?}");
}

#[test]
fn bodies_can_be_given_as_they_are() {
    let mock = Mock::<FormPlatform>::new();
    mock.on_json::<FormCall>(|_| Ok(r#"{"a_form_call_response":{"code":5}}"#.into()));
    mock.on_raw("some.api", |call| {
        let name = call.parameter("name").unwrap_or_default();
        if name.is_empty() { Err(Failure::platform("40")) } else { Ok(format!(r#"{{"hello":"{name}"}}"#).into()) }
    });
    let client = mock.blocking_client();
    let typed = client.send(&call("a")).expect("an answer");
    assert_eq!((typed.value.code.as_deref(), typed.coercions.len()), (Some("5"), 1));
    let raw = client.raw("some.api").param("name", "世界").send().expect("an answer");
    assert_eq!(raw.value.as_str(), r#"{"hello":"世界"}"#);
    let failed = client.raw("some.api").send().expect_err("no name");
    assert_eq!(failed.code(), Some("40"));
}

#[test]
fn every_layout_is_decoded() {
    for layout in [AnswerLayout::Simplified, AnswerLayout::Wrapped, AnswerLayout::Xml] {
        let mock = echo();
        let first = mock.blocking_client();
        let mock = mock.with_layout(layout);
        mock.on::<WithRequestId>(|_| Err(Failure::platform("15").with_sub_code("isv.x").with_message("m")));
        let sent = mock.blocking_client().send(&call("a")).expect("an answer");
        assert_eq!((text(&sent.value), sent.request_id.as_deref()), (Some("a"), Some("mock-1")));
        assert_eq!(sent.coercions.is_empty(), layout != AnswerLayout::Xml);
        let failed = mock.blocking_client().send(&WithRequestId::default()).expect_err("refused");
        let shown = (failed.code(), failed.sub_code(), failed.request_id());
        assert_eq!(shown, (Some("15"), Some("isv.x"), Some("mock-2")), "{layout:?}");
        assert!(first.send(&call("a")).expect("an answer").body().starts_with(b"{\"result\""), "{layout:?}");
    }
}

fn voice(id: &str) -> JsonCall {
    JsonCall::with(|call| call.voice_id = Some(id.to_owned()))
}

#[test]
fn calls_of_an_api_are_found_whatever_answered_them() {
    let mock = Mock::<JsonPlatform>::new();
    mock.on_raw("a/json", |_| Ok(r#"{"status":0,"data":[]}"#.into()));
    let client = mock.blocking_client();
    client.send(&voice("a")).expect("an answer");
    assert!(client.send(&Item::with(|item| item.id = Some(5))).is_err());
    client.raw("x").path("/a/json").param("voiceId", "b").send().expect("an answer");
    let voices: Vec<_> = mock.calls_of::<JsonCall>().into_iter().map(|call| call.request.voice_id).collect();
    assert_eq!(voices, [Some("a".to_owned()), Some("b".to_owned())]);
    assert_eq!(mock.calls_of::<Item>().first().and_then(|call| call.request.id), Some(5));
    assert_eq!(mock.calls()[1].path(), "/router/rest/a/5/item");
    assert_eq!((mock.calls()[1].method(), mock.calls()[0].api()), ("GET", "a.json"));
}

#[test]
#[should_panic(expected = "a call of `/a/json` cannot be decoded: the body of the request is not JSON")]
fn a_call_that_cannot_be_decoded_is_not_left_out() {
    let mock = Mock::<JsonPlatform>::new();
    mock.on_raw("/a/json", |_| Ok(r#"{"status":0}"#.into()));
    let request = http::Request::post("https://x.example/a/json").header("content-type", "application/json");
    let request = request.body(b"{".to_vec()).expect("a request");
    assert!(crate::Transport::send(&mock, request, Duration::from_secs(1)).is_ok());
    assert!(mock.calls_of::<JsonCall>().is_empty());
}

#[test]
fn texts_for_logs_have_no_values_of_paths() {
    let mock = Mock::<JsonPlatform>::new();
    let client = mock.blocking_client();
    let item = Item::with(|item| item.id = Some(18_717_866_218));
    let unhandled = client.send(&item).expect_err("no handler");
    let raw = client.raw("x").path("/a/18717866218/item").send().expect_err("no handler");
    mock.on::<Item>(|_| Ok(JsonAnswer::default()));
    client.send(&item).expect("an answer");
    let shown = format!("{unhandled:?} {raw:?} {mock:?} {:?}", mock.calls());
    assert!(!shown.contains("1871786"), "{shown}");
    assert!(shown.contains("a.item (GET /a/{id}/item)") && shown.contains("POST /…/…"), "{shown}");
}

#[test]
fn the_last_handler_of_whole_segments_answers() {
    let data = |mock: &Mock<JsonPlatform>| mock.blocking_client().send(&voice("v")).map(|answer| answer.value.data);
    let mock = Mock::<JsonPlatform>::new();
    mock.on_raw("on", |_| Ok(r#"{"status":0,"data":["suffix"]}"#.into()));
    assert!(data(&mock).is_err());
    for path in ["/a/json", "json", "/router/rest/a/json"] {
        mock.on::<JsonCall>(|_| Ok(JsonAnswer::with(|answer| answer.data = Some(vec!["typed".to_owned()]))));
        assert_eq!(data(&mock).expect("an answer"), Some(vec!["typed".to_owned()]), "{path}");
        mock.on_raw(path, |_| Ok(r#"{"status":0,"data":["raw"]}"#.into()));
        assert_eq!(data(&mock).expect("an answer"), Some(vec!["raw".to_owned()]), "{path}");
    }
}

#[test]
fn sessions_and_checks_can_be_tested() {
    let mock = Mock::<FormPlatform>::new();
    mock.on::<WithRequestId>(|call| Ok(call.request.clone()));
    mock.on_raw("a.raw", |_| Ok("{}".into()));
    let client = BlockingClient::new(mock.client_without_session(), mock.clone());
    assert!(matches!(client.send(&WithRequestId::default()), Err(Error::MissingSession { .. })));
    assert!(client.raw("a.raw").send().is_ok() && client.raw("a.raw").session("s").send().is_ok());
    let sessions: Vec<_> = mock.calls().iter().map(|call| call.session().map(str::to_owned)).collect();
    assert_eq!(sessions, [None, Some("s".to_owned())]);
    let mock = Mock::<JsonPlatform>::new();
    mock.on::<NeedsCall>(|call| {
        assert!(matches!(call.check(), Err(Error::Violations(_))));
        Ok(JsonAnswer::default())
    });
    let client = BlockingClient::new(mock.client().with_checks(Checks::Off), mock.clone());
    assert!(client.send(&NeedsCall::default()).is_ok());
}

#[test]
fn successes_may_have_headers_and_a_status() {
    let mock = echo();
    let handler = mock.on::<FormCall>(|_| Ok(answer("x")));
    handler.with_header("Retry-After", "3").with_http_status(http::StatusCode::ACCEPTED);
    let sent = mock.blocking_client().send(&call("a")).expect("an answer");
    assert_eq!(sent.http_status(), http::StatusCode::ACCEPTED);
    assert_eq!(sent.headers()["retry-after"], "3");
}

/// Returns the text of a panic.
fn panic_of<T>(doubtful: impl FnOnce() -> T) -> String {
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(doubtful)).err().expect("a panic");
    panic.downcast::<String>().map(|text| *text).expect("a text")
}

#[test]
fn failures_that_are_none_are_refused() {
    for status in [42, 200, 204, 600] {
        let expected = format!("{status} is not the HTTP status of a failure (300 to 599)");
        assert_eq!(panic_of(|| Failure::http(status)), expected);
    }
    let mock = Mock::<JsonPlatform>::new();
    mock.on::<JsonCall>(|_| Err(Failure::platform("0")));
    let shown = panic_of(|| mock.blocking_client().send(&voice("v")));
    assert_eq!(shown, "`0` is the status of success: it cannot be a `Failure`");
    assert_eq!(panic_of(|| Failure::body("a\nb", "")), "HTTP forbids the header `content-type: a\nb`");
}
