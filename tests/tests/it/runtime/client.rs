//! Whole calls over real sockets: a client, its transport, and servers that check what arrives as the platforms do.

use apograph_apis::nio::aivoice::import_customer::{CustomerPerson, Gender, ImportCustomer, ImportCustomerResponse};
use apograph_apis::nio::{self, Nio};
use apograph_apis::top::alsc::crm_open_customer_save::{
    CrmOpenCustomerSave, CrmOpenCustomerSaveResponse, CustomerSaveOpenReq,
};
use apograph_apis::top::{self, SignMethod, Top};
use apograph_apis::{Answer, Client, CoercionKind, DecodeError, Error, File, FixedClock};
use apograph_runtime::{DecodeProblem, Endpoint, Operation, Session, TransportProblem};
use apograph_tests::crates::golden_types::form::plain::ping::{Ping, PingResponse};
use apograph_tests::crates::golden_types::form::values::save::{LineDto, OrderDto, Save};
use apograph_tests::crates::golden_types::form::{self, Form};
use apograph_tests::form::{names, pairs, value};
use apograph_tests::server::{Arrived, Server, loopback, reply};
use apograph_tests::verify::{nio_accepts, plain_signature, top_accepts};
use serde_json::{Value, json};

const JSON: &str = "application/json;charset=UTF-8";

/// What the NIO server's own clock shows.
const NIO_NOW: u64 = 1_630_468_800;

/// What the server of the page would answer: it checks the headers, then the body, then gives `answer`.
fn nio_gateway(arrived: &Arrived, answer: &str) -> Vec<u8> {
    let refused = |status: &str, reason: &str| json!({"status": status, "reason": reason}).to_string();
    let header = |name: &str| arrived.header(name).unwrap_or_default();
    let (sign, timestamp, key) = (header("Sign"), header("Timestamp"), header("Api-Key"));
    let body = match (sign, timestamp, key) {
        ("", _, _) => refused("-57", "sign is empty"),
        (_, "", _) => refused("-58", "timestamp is empty"),
        (_, _, "") => refused("-59", "api key is empty"),
        _ if timestamp.parse() != Ok(NIO_NOW) => refused("-4", "timestamp expires"),
        _ if !nio_accepts(sign, key, "7bz1lzh9", timestamp) => refused("-1", "authentication error"),
        _ if header("Content-Type") != JSON || !is_import(arrived) => refused("-27", "parameter error"),
        _ => answer.to_owned(),
    };
    reply("200 OK", JSON, &body)
}

/// Whether the request is what the page documents, its optional members absent or null.
fn is_import(arrived: &Arrived) -> bool {
    let body: Value = serde_json::from_str(arrived.text()).unwrap_or_default();
    let optional = |value: &Value, is: fn(&Value) -> bool| value.is_null() || is(value);
    let person = |person: &Value| {
        person["name"].is_string()
            && optional(&person["phoneNumber"], Value::is_string)
            && optional(&person["gender"], |gender| matches!(gender.as_str(), Some("MALE" | "FEMALE")))
            && optional(&person["properties"], Value::is_object)
    };
    let persons = body["customerPersons"].as_array();
    (arrived.method.as_str(), arrived.path()) == ("POST", "/aivoice/importCustomer")
        && body["appId"].is_string()
        && body["jobId"].is_i64()
        && optional(&body["callRecordDup"], Value::is_boolean)
        && persons.is_some_and(|persons| persons.len() <= 100 && persons.iter().all(person))
}

fn nio_client(secret: &str, now: u64) -> Client<Nio> {
    Client::new(nio::Credentials::new("bDqJFiq9", secret).expect("credentials")).with_clock(FixedClock::at_unix(now))
}

fn import() -> ImportCustomer {
    let jack = CustomerPerson::new().name("张三 👍").phone_number("13000000000").gender(Gender::Male);
    let jack = jack.properties([("income", 3000.into()), ("证件后4位", "0235".into())]);
    ImportCustomer::new().app_id("LILIN888").job_id(9).customer_persons([jack, CustomerPerson::new().name("Jack")])
}

/// The answer to `import()`, and what the server saw.
fn imported(client: Client<Nio>, answer: &'static str) -> (Result<Answer<ImportCustomerResponse>, Error>, Arrived) {
    let server = Server::start(|arrived| nio_gateway(arrived, answer));
    let client = client.with_base_url(&server.url("")).expect("a plain URL");
    let outcome = loopback(client).send(&import());
    (outcome, server.arrived())
}

#[test]
fn nio_sees_four_headers_and_a_body_without_what_is_not_set() {
    let (outcome, arrived) = imported(nio_client("7bz1lzh9", NIO_NOW), r#"{"status":"0","reason":"success"}"#);
    assert_eq!(outcome.expect("an answer").status.as_deref(), Some("0"));
    assert_eq!(arrived.header("api-key"), Some("bDqJFiq9"));
    assert_eq!(arrived.header("timestamp"), Some("1630468800"), "seconds, not milliseconds");
    assert_eq!(arrived.header("sign"), Some("05d7a50893e22a5c4bb3216ae3396c7c"));
    assert_eq!(arrived.header("content-type"), Some(JSON));
    assert_eq!(arrived.target, "/aivoice/importCustomer");
    let body: Value = serde_json::from_slice(&arrived.body).expect("the body is JSON");
    let jack = json!({
        "name": "张三 👍", "phoneNumber": "13000000000", "gender": "MALE",
        "properties": {"income": 3000, "证件后4位": "0235"},
    });
    assert_eq!(body, json!({"appId": "LILIN888", "jobId": 9, "customerPersons": [jack, {"name": "Jack"}]}));
}

#[test]
fn nio_answers_with_any_status_type_and_any_data() {
    let texts = |texts: &[&str]| Some(texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
    let cases = [
        (r#"{"status":"0","reason":"success","data":["a","b"]}"#, texts(&["a", "b"]), None),
        (r#"{"status":0,"reason":"success","data":["a"]}"#, texts(&["a"]), None),
        (r#"{"status":"0","reason":"success","data":null}"#, None, None),
        (r#"{"status":0,"reason":"success"}"#, None, None),
        (r#"{"status":"0","reason":"success","data":{}}"#, texts(&[]), None),
        (r#"{"status":0,"reason":"success","data":{"total":1,"size":2}}"#, None, Some(CoercionKind::Misfit)),
        (r#"{"status":0,"reason":"success","data":{"list":["a"]}}"#, texts(&["a"]), Some(CoercionKind::ListKey)),
        (r#"{"status":0,"reason":"success","data":"a"}"#, texts(&["a"]), Some(CoercionKind::SingleAsList)),
        // The newer pages' names.
        (r#"{"code":0,"msg":"success","data":[7]}"#, texts(&["7"]), Some(CoercionKind::ScalarAsText)),
    ];
    for (body, data, coerced) in cases {
        let answer = imported(nio_client("7bz1lzh9", NIO_NOW), body).0.expect(body);
        assert_eq!((answer.status.as_deref(), answer.message.as_deref()), (Some("0"), Some("success")), "{body}");
        assert_eq!(answer.value.data, data, "{body}");
        assert_eq!(
            answer.coercions.iter().map(|coercion| coercion.kind()).collect::<Vec<_>>(),
            Vec::from_iter(coerced)
        );
        assert_eq!(answer.body(), body.as_bytes());
    }
}

#[test]
fn nio_refuses_by_status_and_the_status_has_its_meaning() {
    let cases = [
        (nio_client("7bz1lzh8", NIO_NOW), "-1", "账号认证异常"),
        (nio_client("7bz1lzh9", NIO_NOW - 1), "-4", "时间戳过期"),
    ];
    for (client, status, meaning) in cases {
        let error = imported(client, "{}").0.expect_err("refused");
        let Error::Status(error) = error else { panic!("{error}") };
        assert_eq!((error.status.as_str(), error.meaning), (status, Some(meaning)));
    }
    let (outcome, _) = imported(nio_client("7bz1lzh9", NIO_NOW), r#"{"reason":"success","data":[]}"#);
    assert_eq!(problem(&outcome.expect_err("no status")), &DecodeProblem::MissingStatus);
}

#[test]
fn nio_lives_behind_mirrors_too() {
    let server = Server::start(|_| reply("200 OK", JSON, r#"{"status":"0"}"#));
    let client = nio_client("s", 0).with_base_url(&server.url("/mirror/")).expect("a plain URL");
    loopback(client).send(&import()).expect("an answer");
    assert_eq!(server.arrived().target, "/mirror/aivoice/importCustomer");
}

fn problem(error: &Error) -> &DecodeProblem {
    let Error::Decode(error) = error else { panic!("{error:?}") };
    DecodeError::problem(error)
}

fn top_client() -> Client<Top> {
    Client::new(top::Credentials::new("12345678", "helloworld").expect("credentials").with_session("token"))
        .with_clock(FixedClock::at_unix(1_767_294_245))
}

fn customer() -> CrmOpenCustomerSave {
    let customer = CustomerSaveOpenReq::new().brand_id("1").channel("2").name("刘德华 +%&=@").operator_id("3");
    CrmOpenCustomerSave::new().param_customer_save_open_req(customer.request_id("r").shop_id("5"))
}

/// The outcome when the gateway writes these bytes, and what arrived there.
fn saved(client: Client<Top>, answer: Vec<u8>) -> (Result<Answer<CrmOpenCustomerSaveResponse>, Error>, Arrived) {
    let server = Server::start(|_| answer);
    let client = client.with_base_url(&server.url("/router/rest")).expect("a plain URL");
    let outcome = loopback(client).send(&customer());
    (outcome, server.arrived())
}

#[test]
fn top_sees_public_parameters_in_the_query_and_the_others_in_the_form() {
    for method in [SignMethod::Md5, SignMethod::Hmac, SignMethod::HmacSha256] {
        let (outcome, arrived) = saved(top_client().with_sign_method(method), reply("200 OK", JSON, "{}"));
        assert!(outcome.expect("an answer").value.result.is_none());
        assert_eq!((arrived.method.as_str(), arrived.path()), ("POST", "/router/rest"));
        assert_eq!(arrived.header("content-type"), Some("application/x-www-form-urlencoded;charset=UTF-8"));
        let (query, form) = (arrived.query(), arrived.form());
        let public = ["app_key", "format", "method", "sign", "sign_method", "simplify", "timestamp", "v"];
        assert_eq!(names(&query), public);
        assert_eq!(names(&form), ["param_customer_save_open_req"]);
        let sent = ["format", "simplify", "timestamp", "v"].map(|name| value(&query, name).unwrap_or_default());
        assert_eq!(sent, ["json", "true", "2026-01-02 03:04:05", "2.0"]);
        assert!(top_accepts(&[query, form].concat(), "helloworld"), "{method:?}");
    }
}

#[test]
fn top_answers_wrapped_and_simplified() {
    let result = r#"{"biz_success":true,"result_code":"0","result_desc":"成功"}"#;
    let simplified = format!(r#"{{"result":{result},"request_id":"r1"}}"#);
    let wrapped = format!(r#"{{"alibaba_alsc_crm_open_customer_save_response":{simplified}}}"#);
    for body in [simplified, wrapped] {
        let (outcome, _) = saved(top_client(), reply("200 OK", "text/javascript;charset=UTF-8", &body));
        let answer = outcome.expect("an answer");
        assert_eq!((answer.request_id.as_deref(), answer.coercions.len()), (Some("r1"), 0));
        let result = answer.value.result.expect("a result");
        assert_eq!((result.biz_success, result.result_desc.as_deref()), (Some(true), Some("成功")));
    }
}

#[test]
fn top_refuses_with_200_and_with_400() {
    let body = r#"{"error_response":{"code":50,"msg":"Remote service error","sub_code":"isv.invalid-parameter",
                   "sub_msg":"非法参数","request_id":"r2"}}"#;
    for status in ["200 OK", "400 Bad Request"] {
        let error = saved(top_client(), reply(status, JSON, body)).0.expect_err("refused");
        assert!(!error.is_retryable());
        let Error::Platform(error) = error else { panic!("{error}") };
        assert_eq!((error.code.as_str(), error.sub_code.as_deref()), ("50", Some("isv.invalid-parameter")));
        assert_eq!((error.sub_msg.as_deref(), error.request_id.as_deref()), (Some("非法参数"), Some("r2")));
    }
}

#[test]
fn http_failures_without_a_word_of_the_platform_are_http_errors() {
    let html = "<html><body>502 Bad Gateway</body></html>";
    for (status, number, retryable) in [
        ("500 Internal Server Error", 500, false),
        ("502 Bad Gateway", 502, true),
        ("302 Found\r\nLocation: /elsewhere", 302, false),
    ] {
        let error = saved(top_client(), reply(status, "text/html", html)).0.expect_err(status);
        assert_eq!((error.is_retryable(), error.body()), (retryable, Some(html.as_bytes())), "{status}");
        let Error::Http(error) = error else { panic!("{error}") };
        assert_eq!(error.http_status().as_u16(), number);
    }
    let error = saved(top_client(), reply("200 OK", "text/html", html)).0.expect_err("HTML is no answer");
    assert_eq!(problem(&error), &DecodeProblem::Markup);
}

#[test]
fn answers_that_break_off_are_no_answers() {
    for head in ["Content-Length: 100\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n64\r\n"] {
        let answer = format!("HTTP/1.1 200 OK\r\n{head}{{\"result\":{{\"biz_success\":true").into_bytes();
        let error = saved(top_client(), answer).0.expect_err("the connection broke");
        assert!(error.is_retryable(), "{error:?}");
        let Error::Transport(error) = error else { panic!("{error}") };
        assert_eq!(error.problem(), TransportProblem::Broken);
    }
    // A whole answer of HTTP whose JSON breaks off.
    let error = saved(top_client(), reply("200 OK", JSON, r#"{"result":{"biz_"#)).0.expect_err("no JSON");
    assert_eq!(problem(&error), &DecodeProblem::Syntax { line: 1, column: 16 });
    assert_eq!(error.body(), Some(&br#"{"result":{"biz_"#[..]));
}

#[test]
fn a_server_that_is_not_there_is_a_transport_error() {
    let server = Server::start(|_| Vec::new());
    let client = top_client().with_base_url(&server.url("/router/rest")).expect("a plain URL");
    drop(server.arrived());
    let error = loopback(client).send(&customer()).expect_err("nobody listens");
    assert!(matches!(&error, Error::Transport(error) if error.problem() == TransportProblem::Connect), "{error:?}");
}

#[test]
fn files_arrive_whole_and_unsigned() {
    let server = Server::start(|_| reply("200 OK", JSON, r#"{"form_values_save_response":{"ok":true}}"#));
    let client = Client::<Form>::new(form::Credentials::new("k", "s").expect("credentials"))
        .with_base_url(&server.url(""))
        .expect("a URL");
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let call = Save::new().text("中 +&").order(OrderDto::new().id(1).lines([LineDto::new()]));
    let call = call.file(File::new("图 1.png", bytes.clone()).with_content_type("image/png"));
    let answer = loopback(client).send(&call).expect("an answer");
    assert_eq!(answer.value.ok, Some(true));
    let arrived = server.arrived();
    let contains = |part: &[u8]| arrived.body.windows(part.len()).any(|window| window == part);
    assert!(contains(&bytes) && contains("filename=\"图 1.png\"".as_bytes()));
    assert!(arrived.header("content-type").is_some_and(|word| word.starts_with("multipart/form-data; boundary=")));
    let mut signed = arrived.query();
    signed
        .extend([("text", "中 +&"), ("order", r#"{"id":1,"lines":[{}]}"#)].map(|(k, v)| (k.to_owned(), v.to_owned())));
    assert_eq!(value(&arrived.query(), "sign"), Some(plain_signature(&signed, "s").as_str()));
}

/// A call of TOP that needs a session: no shipped page has one.
#[derive(Default)]
struct InSession<const REQUIRED: bool>(Ping);

impl<const REQUIRED: bool> apograph_runtime::Object for InSession<REQUIRED> {
    fn table(&self) -> &'static str {
        self.0.table()
    }
    fn fields(&self) -> Vec<&dyn apograph_runtime::Value> {
        self.0.fields()
    }
    fn fields_mut(&mut self) -> Vec<&mut dyn apograph_runtime::Value> {
        self.0.fields_mut()
    }
}

impl<const REQUIRED: bool> Endpoint for InSession<REQUIRED> {
    type Platform = Top;
    type Response = PingResponse;
    const OPERATION: Operation = Operation::new("taobao.time.get", apograph_runtime::Method::Post, "")
        .session(if REQUIRED { Session::Required } else { Session::Optional });
}

/// The session that a request of TOP carries; the request's signature is checked.
fn session_sent(call: &impl Endpoint<Platform = Top>, session: &str) -> Result<Option<String>, Error> {
    let request = top_client().with_session(session).request(call)?;
    let mut sent = pairs(request.uri().query().unwrap_or_default());
    sent.extend(pairs(std::str::from_utf8(request.body()).expect("a form is ASCII")));
    assert!(top_accepts(&sent, "helloworld"), "what is sent is signed");
    Ok(value(&sent, "session").map(str::to_owned))
}

#[test]
fn sessions_are_signed_and_a_blank_one_is_none() {
    let (optional, required) = (InSession::<false>::default(), InSession::<true>::default());
    for session in ["token", "令牌 +&="] {
        assert_eq!(session_sent(&optional, session).expect("a request").as_deref(), Some(session));
        assert_eq!(session_sent(&required, session).expect("a request").as_deref(), Some(session));
    }
    for blank in ["", " \t"] {
        assert_eq!(session_sent(&optional, blank).expect("a request"), None);
        assert!(matches!(session_sent(&required, blank), Err(Error::MissingSession { api: "taobao.time.get" })));
    }
    assert_eq!(session_sent(&customer(), "token").expect("a request"), None, "the page's sample sends none");
}
