//! Every answer and error can be built in one expression.

use core::time::Duration;

use crate::fixture::{FormAnswer, FormCall, JsonCall};
use crate::testing::{Failure, With};
use crate::*;

/// The error of a call that fails in one way, on a platform with codes.
fn error(failure: &Failure) -> Error {
    failure.error::<FormCall>()
}

#[test]
fn failures_are_the_errors_that_a_call_returns() {
    let refused =
        error(&Failure::platform("15").with_sub_code("isv.invalid-parameter").with_message("Remote service error"));
    let expected = "the platform answered code 15 (Remote service error), sub code isv.invalid-parameter (documented: bad: the \
        caller's fault), request mock-1; hint: mend";
    assert_eq!(refused.to_string(), expected);
    let limited = error(&Failure::platform("7").with_sub_message("This ban will last for 2 more seconds"));
    assert_eq!((limited.is_retryable(), limited.retry_after()), (true, Some(Duration::from_secs(2))));
    let status = Failure::platform("-32").with_message("x").error::<JsonCall>();
    assert_eq!(status.to_string(), "the platform answered status -32 (documented: no such task)");
    let overloaded = error(&Failure::http(503).with_header("retry-after", "3"));
    assert_eq!(
        (overloaded.http_status(), overloaded.retry_after()),
        (Some(http::StatusCode::SERVICE_UNAVAILABLE), Some(Duration::from_secs(3)))
    );
    let timeout = error(&Failure::timeout());
    assert_eq!(timeout.to_string(), "no complete answer to the attempt within 30s");
    assert_eq!(error(&Failure::connect_timeout()).to_string(), "no connection within 30s");
    assert!(!error(&Failure::unreachable()).may_have_been_received());
    assert!(error(&Failure::disconnected()).may_have_been_received());
    assert_eq!(
        error(&Failure::transport(TransportProblem::Tls)).to_string(),
        "no secure connection could be established"
    );
    assert!(matches!(error(&Failure::half_body()), Error::Decode(_)));
    let Error::Transport(truncated) = error(&Failure::truncated()) else { panic!("an answer") };
    assert_eq!(truncated.problem(), TransportProblem::Broken);
    assert!(matches!(error(&Failure::body("text/html", "<html>")), Error::Decode(_)));
    let refused = error(&Failure::platform("7").with_http_status(http::StatusCode::FORBIDDEN));
    assert_eq!((refused.code(), refused.http_status()), (Some("7"), Some(http::StatusCode::FORBIDDEN)));
    assert!(matches!(error(&Failure::body("application/json", "{}")), Error::Transport(_)));
}

#[test]
fn failures_have_the_texts_of_the_platform() {
    let texts = |failure: Failure| match error(&failure) {
        Error::Platform(error) => (error.msg.clone(), error.sub_msg.clone()),
        other => panic!("{other}"),
    };
    let own = |text: &str| Some(text.to_owned());
    let missing = Failure::platform("40");
    assert_eq!(texts(missing.clone()), (own("Missing required arguments"), None));
    let missing = missing.with_parameter("nicks");
    assert_eq!(texts(missing.clone()), (own("Missing required arguments:nicks"), None));
    assert_eq!(texts(missing.with_message("m")), (own("m"), None));
    let expired = Failure::platform("27").with_sub_code("session-expired");
    assert_eq!(texts(expired), (own("Invalid session:session-expired"), None));
    // The API's own table comes first. Of a code without a phrase, no message is known.
    let invalid = |sub_code| Failure::platform("15").with_sub_code(sub_code);
    assert_eq!(texts(invalid("isv.invalid-parameter:a")), (None, own("bad")));
    assert_eq!(texts(invalid("isv.other")), (None, own("非法参数")));
    assert_eq!(texts(invalid("isv.other").with_sub_message("s")), (None, own("s")));
    let message = |status| match Failure::platform(status).error::<JsonCall>() {
        Error::Status(error) => error.message,
        other => panic!("{other}"),
    };
    assert_eq!((message("-32"), message("-1"), message("-9")), (own("no such task"), own("bad keys"), None));
}

#[test]
fn every_error_can_be_built() {
    let decode = DecodeError::for_test(DecodeProblem::NotAnObject, http::Response::new(b"[]".to_vec()));
    let http = HttpError::for_test(http::Response::builder().status(429).body(vec![]).expect("a response"));
    let errors = [
        (Error::from(BaseUrlError::Insecure), "the base URL cannot be used"),
        (CredentialsError::for_test("app_key", CredentialsProblem::Empty).into(), "the credentials cannot be used"),
        (Error::Removed { api: "a.b" }, "a.b was removed from"),
        (Error::MissingSession { api: "a.b" }, "a.b needs a session"),
        (
            Violations::for_test(("a", Rule::Missing), [("b.c", Rule::TooLong { max: 1, length: 2 })]).into(),
            "the request is not as documented: a is missing; b.c has 2 characters, at most 1 are allowed",
        ),
        (SignError::Nonce.into(), "the request could not be signed"),
        (http::Request::builder().uri(" ").body(()).expect_err("a space").into(), "the request is not valid HTTP"),
        (TransportError::timed_out(Timeout::Total, Duration::from_secs(2)).into(), "no complete answer to the call"),
        (Error::Http(Box::new(http)), "the server answered HTTP status 429"),
        (
            Error::Platform(Box::new(PlatformError::for_test("7").with_sub_code("isv.x"))),
            "the platform answered code 7, sub code isv.x",
        ),
        (Error::Status(Box::new(StatusError::for_test("-1"))), "the platform answered status -1"),
        (decode.into(), "the answer is not a JSON object"),
    ];
    for (error, expected) in errors {
        assert!(error.to_string().starts_with(expected), "{error}");
    }
}

#[test]
fn every_answer_can_be_built() {
    let answer = Answer::for_test(FormAnswer::with(|answer| answer.code = Some("x".to_owned())))
        .with_attempts(2)
        .with_coercions(Coercions::for_test([("code", CoercionKind::ScalarAsText)]))
        .with_response(http::Response::new(b"{}".to_vec()));
    assert_eq!((answer.value.code.as_deref(), answer.attempts(), answer.body()), (Some("x"), 2, &b"{}"[..]));
    assert_eq!(answer.coercions.iter().map(ToString::to_string).collect::<Vec<_>>(), ["code: ScalarAsText"]);
    assert!(ClockSkew::for_test(-5_000).is_ahead());
    assert_eq!(Attempt::for_test("a.b").number, 1);
}
