//! `apograph call`: sends over real sockets, from a process of its own, because its standard input is the request.

use std::io::Write as _;
use std::process::{Command, Stdio};

use apograph_tests::gateway::{Gateway, Reply, answer};
use apograph_tests::root;

const CUSTOMER: &str = "alibaba.alsc.crm.open.customer.save";
const FULL: &str = r#"{"param_customer_save_open_req": {"brand_id": "b", "channel": "2", "name": "刘德华", "operator_id": "o",
    "request_id": "r", "shop_id": "s"}}"#;

/// How a run ended: status, standard output, standard error.
type Ended = (Option<i32>, String, String);

fn call(gateway: &str, request: &str, more: &[&str]) -> Ended {
    of_api("call", CUSTOMER, gateway, request, more)
}

fn of_api(command: &str, api: &str, gateway: &str, request: &str, more: &[&str]) -> Ended {
    let mut program = Command::new(env!("CARGO_BIN_EXE_apograph-tested"));
    program.args([command, "--api", api, "--request", "-", "--base-url", gateway]).args(more).current_dir(root());
    for proxy in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy", "HTTPS_PROXY"] {
        program.env_remove(proxy);
    }
    for (name, value) in [
        ("TOP_APP_KEY", "12345678"),
        ("TOP_APP_SECRET", "helloworld"),
        ("NIO_API_KEY", "k"),
        ("NIO_API_SECRET", "helloworld"),
    ] {
        program.env(format!("APOGRAPH_{name}"), value);
    }
    let piped = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().expect("a run");
    child.stdin.take().expect("standard input").write_all(request.as_bytes()).expect("the request");
    let output = child.wait_with_output().expect("a run");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn serving(body: &'static str) -> Gateway {
    Gateway::plain(move |_| Reply::Keep(answer("200 OK", "Content-Type: application/json\r\n", body.as_bytes())))
}

#[test]
fn the_answer_is_json_and_its_deviations_are_reported() {
    let gateway = serving(r#"{"result":{"biz_success":"true","result":"77","other":1},"request_id":"abc"}"#);
    let (status, out, err) = call(&gateway.url("/router/rest"), FULL, &[]);
    assert_eq!(out, "{\n  \"result\": {\n    \"biz_success\": true,\n    \"result\": \"77\"\n  }\n}\n", "{err}");
    assert_eq!(status, Some(0));
    let expected = "\
request id: abc
warning: the answer is not as documented: result.biz_success: TextAsBoolean
warning: the answer is not as documented: result.other: UnknownField
";
    assert_eq!(err, expected);
    let requests = gateway.requests();
    let [arrived] = requests.as_slice() else { panic!("{} requests", requests.len()) };
    assert_eq!((arrived.method.as_str(), arrived.path()), ("POST", "/router/rest"));
    assert!(arrived.query().iter().any(|(name, value)| name == "sign" && value.len() == 64));
    let request = r#"{"brand_id":"b","channel":"2","name":"刘德华","operator_id":"o","request_id":"r","shop_id":"s"}"#;
    assert_eq!(arrived.form(), [("param_customer_save_open_req".to_owned(), request.to_owned())]);
}

#[test]
fn a_refused_call_has_status_1_and_shows_the_texts_of_the_server() {
    let body = r#"{"error_response":{"code":15,"msg":"Remote service error","sub_code":"isv.invalid-parameter:x","sub_msg":"名称错误"}}"#;
    let (status, out, err) = call(&serving(body).url("/router/rest"), FULL, &[]);
    assert_eq!((status, out.as_str()), (Some(1), ""));
    assert!(err.starts_with("error: the platform answered code 15 (Remote service error)"), "{err}");
    let texts = "\nmessage: Remote service error\nsub code: isv.invalid-parameter:x\nsub message: 名称错误\n";
    assert!(err.ends_with(texts), "{err}");
    assert!(!err.contains("helloworld"));
}

#[test]
fn a_status_other_than_success_is_refused_too() {
    let gateway = serving(r#"{"status":"-1","reason":"账号认证异常"}"#);
    let (status, _, err) =
        of_api("call", "aivoice.importCustomer", &gateway.url(""), "{\"jobId\": 3}", &["--no-checks"]);
    assert_eq!(status, Some(1), "{err}");
    assert!(err.contains("authentication failed") && err.ends_with("message: 账号认证异常\n"), "{err}");
    let requests = gateway.requests();
    assert_eq!(
        requests.first().map(|arrived| (arrived.path(), arrived.text())),
        Some(("/aivoice/importCustomer", "{\"jobId\":3}"))
    );
}

#[test]
fn a_call_without_an_answer_has_status_2() {
    let gateway = Gateway::resetting("http");
    let (status, out, err) = call(&gateway.url("/router/rest"), FULL, &["--timeout", "5"]);
    assert_eq!((status, out.as_str()), (Some(2), ""), "{err}");
    assert!(err.starts_with("error: ") && !err.contains("app_key"), "{err}");
}

#[test]
fn a_call_that_may_be_repeated_is_repeated_as_often_as_asked() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let gateway = Gateway::plain(move |_| {
        let is_first = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0;
        let body =
            if is_first { r#"{"error_response":{"code":15,"sub_code":"isp.busy"}}"# } else { r#"{"request_id":"x"}"# };
        Reply::Keep(answer("200 OK", "", body.as_bytes()))
    });
    let url = gateway.url("/router/rest");
    let (status, out, err) = call(&url, FULL, &["--retries", "1"]);
    assert_eq!((status, out.as_str(), gateway.requests().len()), (Some(0), "{}\n", 2), "{err}");
}

#[test]
fn nothing_is_sent_if_the_request_is_not_as_documented() {
    let gateway = serving("{}");
    let (status, out, err) = call(&gateway.url("/router/rest"), r#"{"param_customer_save_open_req": {}}"#, &[]);
    assert_eq!((status, out.as_str(), gateway.connections()), (Some(1), "", 0), "{err}");
    assert!(err.contains("error: standard input:1:2: `param_customer_save_open_req.brand_id` is missing"), "{err}");
}

#[test]
fn credentials_of_the_environment_sign() {
    let request = ["--timestamp", "1767294245", "--no-checks", "--param", "simplify=", "--sign-method", "md5"];
    let body = r#"{"param_customer_save_open_req": {"name": "刘德华", "remark": "备注"}}"#;
    let (status, out, err) = of_api("sign", CUSTOMER, "https://eco.taobao.com/router/rest", body, &request);
    assert!(status == Some(0) && out.contains("C2B3C86D5DEA8F6F63B50B7EDCAAB6AC"), "{out}{err}");
    assert!(out.contains("https://eco.taobao.com/router/rest?"), "{out}");
}
