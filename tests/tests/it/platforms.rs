//! The platforms of `specs/` whose transcripts people wrote: calls are signed as scripts sign them that share nothing with
//! our code, and answers and errors are decoded.
//!
//! `APOGRAPH_PEERS=1` runs the scripts, which are in `tests/peers/platforms` and need `python3` and `openssl`. Otherwise
//! signatures are compared with those that the scripts computed.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use apograph_apis::pinduoduo::order::BasicListGet;
use apograph_apis::pinduoduo::waybill::Search;
use apograph_apis::pinduoduo::{self, Pinduoduo};
use apograph_runtime::{Answer, Client, Endpoint, Error, http, to_json};
use apograph_tests::command::apograph;
use apograph_tests::root;

/// A call of an API of the specs.
struct Call {
    platform: &'static str,
    api: &'static str,
    request: &'static str,
    /// Names and values, as the variables of the environment have them.
    credentials: &'static [(&'static str, &'static str)],
    more: &'static [&'static str],
}

/// Returns what `apograph sign` prints.
fn signed(call: &Call) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let [request, env] = ["request.json", ".env"].map(|name| folder.path().join(name));
    let lines = variables(call).map(|(name, value)| format!("{name}='{value}'\n"));
    std::fs::write(&env, lines.collect::<String>()).expect("the credentials");
    std::fs::write(&request, call.request).expect("the request");
    let [request, env, specs] = [request, env, root().join("specs")].map(|path| path.display().to_string());
    let own = ["sign", "--specs", &specs, "--api", call.api, "--request", &request, "--env", &env];
    let run = apograph(own.iter().chain(call.more));
    assert!(run.success, "{}: {}", call.api, run.err);
    run.out
}

fn variables(call: &Call) -> impl Iterator<Item = (String, &'static str)> {
    let platform = call.platform.to_uppercase();
    call.credentials.iter().map(move |(name, value)| (format!("APOGRAPH_{platform}_{}", name.to_uppercase()), *value))
}

/// Returns the signature that the platform's script computes for a printed request. `None` unless the environment asks.
fn computed(call: &Call, printed: &str) -> Option<String> {
    if std::env::var_os("APOGRAPH_PEERS").is_none() {
        let _ = writeln!(std::io::stderr(), "NOT TESTED: scripts of {}: set APOGRAPH_PEERS=1", call.platform);
        return None;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("peers/platforms/{}.py", call.platform));
    let mut command = Command::new("python3");
    command.arg(script).envs(variables(call)).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut script = command.spawn().expect("the script");
    script.stdin.take().expect("its input").write_all(printed.as_bytes()).expect("the request");
    let output = script.wait_with_output().expect("its end");
    assert!(output.status.success(), "{}", call.api);
    Some(String::from_utf8(output.stdout).expect("text").trim_end().to_owned())
}

/// Signs a call, and compares with the signature of the platform's script.
fn compare(call: &Call, signature: &str) {
    let printed = signed(call);
    assert!(printed.contains(signature), "{}: {printed}", call.api);
    if let Some(computed) = computed(call, &printed) {
        assert_eq!(computed, signature, "{}", call.api);
    }
}

#[test]
fn pinduoduo_signs_with_the_secret_at_both_ends() {
    let call = Call {
        platform: "pinduoduo",
        api: "pdd.waybill.search",
        request: r#"{"wp_code": "圆通 +&"}"#,
        credentials: &[("client_id", "12345678"), ("client_secret", "helloworld"), ("access_token", "test-token")],
        more: &["--timestamp", "1480411125"],
    };
    compare(&call, "62105BD09C9136BB89E2F55D198A59D0");
}

fn response(status: u16, body: &str) -> http::Response<Vec<u8>> {
    let response = http::Response::builder().status(status).header("Request-ID", "08F7");
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

/// Code, sub code, request id, and whether the call may be repeated.
fn facts(error: &Error) -> (Option<&str>, Option<&str>, Option<&str>, bool) {
    (error.code(), error.sub_code(), error.request_id(), error.is_retryable())
}

#[test]
fn pinduoduo_answers_below_a_member_of_the_api() {
    let client = Client::<Pinduoduo>::new(pinduoduo::Credentials::new("id", "secret").expect("credentials"));
    let body =
        r#"{"order_basic_list_get_response":{"order_list":[{"order_sn":"1-2","order_status":1}],"total_count":1}}"#;
    let answer = ok::<BasicListGet>(&client, body);
    assert_eq!((answer.value.total_count, answer.coercions.is_empty()), (Some(1), true), "{:?}", answer.coercions);
    let body = r#"{"pdd_waybill_search_response":{"waybill_apply_subscription_cols":[{"wp_code":"YTO","wp_type":1}]}}"#;
    let answer = ok::<Search>(&client, body);
    assert_eq!(answer.value.waybill_apply_subscription_cols.map(|cols| cols.len()), Some(1));

    let body = r#"{"error_response":{"error_msg":"公共参数错误:type","sub_msg":"","sub_code":null,"error_code":10001,"request_id":"15440104776643887"}}"#;
    let error = refused::<BasicListGet>(&client, 200, body);
    assert_eq!(facts(&error), (Some("10001"), None, Some("15440104776643887"), false));
    let Error::Platform(error) = error else { panic!("{error}") };
    assert_eq!(error.meaning, Some("a common parameter is missing or invalid"));
    let body = r#"{"error_response":{"error_msg":"当前接口被限流，请稍后重试","sub_msg":"","sub_code":"52101","error_code":52101,"request_id":"1"}}"#;
    assert_eq!(facts(&refused::<Search>(&client, 200, body)), (Some("52101"), Some("52101"), Some("1"), true));
}
