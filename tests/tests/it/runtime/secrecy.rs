//! Nothing that is shown of clients, requests, answers and errors holds a secret, a session or personal data.

use apograph_apis::nio::aivoice::import_customer::{CustomerPerson, ImportCustomer};
use apograph_apis::nio::{self, Nio};
use apograph_apis::top::alsc::crm_open_customer_save::{Channel, CrmOpenCustomerSave, CustomerSaveOpenReq, OuterType};
use apograph_apis::top::lingyang::utouch_submit_initiative_batch_task as lingyang;
use apograph_apis::top::lvms::lvr_importcallcustomer as lvms;
use apograph_apis::top::{self, SignMethod, Top};
use apograph_apis::{Client, Date, Decimal, Error, File, FixedClock, Json, Map, Secret};
use apograph_runtime::sign::{Location, Parts};
use apograph_runtime::{TransportError, TransportProblem};
use apograph_tests::crates::golden_types::form::values::save::{LineDto, OrderDto, Save};
use apograph_tests::server::{Server, direct, loopback, reply};
use serde_json::json;

const APP_SECRET: &str = "secret-6c1f";
const SESSION: &str = "session-52ab";

const PHONE: &str = "18651822226";

const SECRETS: &[&str] = &[APP_SECRET, SESSION, "ls-password"];

const PERSONAL: &[&str] = &[PHONE, "刘德华", "备注-7", "liu@example.com", "杭州", "1985-01-02", "271828182"];

/// What must not be seen: with the feature `debug-values`, which is for tests only, personal data are.
fn hidden() -> Vec<&'static str> {
    let shows_values = format!("{:?}", Decimal::from("7")).contains("\"7\"");
    if shows_values { SECRETS.to_vec() } else { [SECRETS, PERSONAL].concat() }
}

/// Asserts that what is shown tells nothing that is hidden, neither as text nor as bytes.
fn assert_hidden(what: &str, shown: &str) {
    assert!(!shown.is_empty(), "{what} shows nothing at all");
    for hidden in hidden() {
        assert!(!shown.contains(hidden), "{what} tells {hidden}: {shown}");
        let bytes = format!("{:?}", hidden.as_bytes());
        assert!(!shown.contains(bytes.trim_matches(['[', ']'])), "{what} tells {hidden} as bytes: {shown}");
    }
}

fn debugs(value: &dyn std::fmt::Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

/// `Display` and `Debug` of an error and of everything that caused it.
fn tells(error: &(dyn std::error::Error + 'static)) -> String {
    let mut told = format!("{error}\n{error:?}\n{error:#?}");
    let mut source = error.source();
    while let Some(cause) = source {
        told.push_str(&format!("\n{cause}\n{cause:?}"));
        source = cause.source();
    }
    told
}

fn top_credentials() -> top::Credentials {
    top::Credentials::new("12345678", Secret::new(APP_SECRET)).expect("credentials").with_session(SESSION)
}

fn top_client() -> Client<Top> {
    Client::new(top_credentials()).with_sign_method(SignMethod::Md5).with_clock(FixedClock::at_unix(1_767_294_245))
}

fn nio_client() -> Client<Nio> {
    Client::new(nio::Credentials::new("bDqJFiq9", APP_SECRET).expect("credentials"))
}

fn customer() -> CrmOpenCustomerSave {
    let customer = CustomerSaveOpenReq::new()
        .birthday("1985-01-02 00:00:00")
        .brand_id("杭州")
        .channel(PHONE)
        .name("刘德华")
        .mobile(PHONE)
        .operator_id("op")
        .outer_id("271828182")
        .outer_type("liu@example.com")
        .remark("备注-7")
        .request_id("271828182")
        .shop_id("1");
    CrmOpenCustomerSave::new().param_customer_save_open_req(customer)
}

fn import() -> ImportCustomer {
    let properties =
        Map::from([("city", "杭州".into()), ("income", 271_828_182.into()), ("x", Json::from("[18651822226]").into())]);
    let person = CustomerPerson::new().name("刘德华").phone_number(PHONE).gender("刘德华").properties(properties);
    ImportCustomer::new().app_id("a").job_id(271_828_182).customer_persons([person])
}

fn batch() -> lingyang::UtouchSubmitInitiativeBatchTask {
    let task = lingyang::InitiativeTaskRequest::new()
        .user_name("刘德华")
        .phone_number(PHONE)
        .email("liu@example.com")
        .input_params(r#"{"city":"杭州"}"#)
        .book_user_id(271_828_182)
        .plan_execute_start_time("1985-01-02 00:00:00");
    let batch = lingyang::InitiativeBatchTaskRequest::new().task_unique_code("u").task_list([task]).plan_id(1);
    lingyang::UtouchSubmitInitiativeBatchTask::new().initiative_batch_task_request(batch)
}

fn call_customers() -> lvms::LvrImportcallcustomer {
    let customer = lvms::CallCustomerDto::new().name("刘德华").phone_number(PHONE).properties("备注-7");
    let import = lvms::IvrImportCustomerDto::new().robot_call_job_id(271_828_182).customer_d_t_o_list([customer]);
    lvms::LvrImportcallcustomer::new().rpc_context("\"杭州\"").ivr_import_customer_d_t_o(import)
}

fn every_type() -> Save {
    let order =
        OrderDto::new().price("271828182").json("\"杭州\"").lines([LineDto::new().sku("刘德华").tags(["备注-7"])]);
    Save::new()
        .text("one")
        .number(271_828_182)
        .price("271828182")
        .when("1985-01-02")
        .json("\"杭州\"")
        .map([("k", "杭州".into())])
        .file(File::new("刘德华.png", "ls-password"))
        .names(["刘德华"])
        .opaque("\"备注-7\"")
        .order(order)
}

/// The fix of the golden case has `log: show` for `numbers`, and for `id` of one of two orders that share a type.
#[test]
fn a_field_is_shown_only_if_every_use_of_its_type_is_marked() {
    let call = every_type().numbers([1, 2]).order(OrderDto::new().id(271_828_182));
    let shown = debugs(&call);
    assert!(shown.contains("numbers: [1, 2]") && shown.contains("id: Integer(9 digits)"), "{shown}");
    assert_hidden("Save", &debugs(&call));
}

#[test]
fn clients_and_credentials() {
    assert_hidden("Client<Top>", &debugs(&top_client()));
    assert_hidden("Client<Nio>", &debugs(&nio_client()));
    assert_hidden("top::Credentials", &debugs(&top_credentials()));
    assert_hidden("nio::Credentials", &debugs(&nio::Credentials::new("bDqJFiq9", APP_SECRET).expect("credentials")));
    assert_hidden("Secret", &debugs(&Secret::new(APP_SECRET)));
    assert_hidden("UreqTransport", &debugs(&direct()));
}

#[test]
fn requests_and_their_values() {
    let requests = [
        ("CrmOpenCustomerSave", debugs(&customer())),
        ("ImportCustomer", debugs(&import())),
        ("UtouchSubmitInitiativeBatchTask", debugs(&batch())),
        ("LvrImportcallcustomer", debugs(&call_customers())),
        ("Save", debugs(&every_type())),
    ];
    for (name, shown) in requests {
        assert!(shown.contains(name), "{shown}");
        assert_hidden(name, &shown);
    }
    let values: [(&str, &dyn std::fmt::Debug); 8] = [
        ("Date", &Date::from("1985-01-02")),
        ("Decimal", &Decimal::from("271828182")),
        ("Json", &Json::from("\"刘德华\"")),
        ("Map", &Map::from([("k", PHONE.into())])),
        ("MapValue", &apograph_apis::MapValue::from(PHONE)),
        ("File", &File::new("刘德华", "ls-password")),
        ("Channel", &Channel::from(PHONE)),
        ("OuterType", &OuterType::from("liu@example.com")),
    ];
    values.into_iter().for_each(|(name, value)| assert_hidden(name, &debugs(value)));
}

#[test]
fn signed_headers_and_parts() {
    let request = nio_client().request(&import()).expect("a complete request");
    let headers = debugs(request.headers());
    let sign = request.headers()["sign"].to_str().expect("hex digits");
    assert!(!headers.contains(sign) && !headers.contains("bDqJFiq9"), "{headers}");
    let mut parts = Parts::new("POST", "https://a.example/rest").expect("a URL").with_body(PHONE);
    for location in [Location::Query, Location::Form, Location::Headers] {
        parts.push(location, "session", SESSION);
        parts.push(location, "mobile", PHONE);
    }
    assert_hidden("Parts", &debugs(&parts));
}

#[test]
fn answers() {
    let task = json!({"user_name": "刘德华", "phone_number": PHONE, "email": "liu@example.com", "source_id": 271_828_182,
        "plan_execute_start_time": "1985-01-02", "input_params": "杭州", "nickname": "刘德华"});
    let result =
        json!({"code": "备注-7", "message": "刘德华", "data": [{"task_id": 271_828_182, "task_request": task}]});
    let body = json!({"result": result, "request_id": "rid"}).to_string();
    let answer = top_client().answer::<lingyang::UtouchSubmitInitiativeBatchTask>(http::Response::new(body));
    let answer = answer.expect("an answer");
    assert_hidden("Answer", &debugs(&answer));
    assert_hidden("Result", &debugs(&answer.value.result));
    let task = answer.value.result.and_then(|result| result.data).map(|mut data| data.remove(0)).expect("a task");
    assert_hidden("InitiativeTaskResponse", &debugs(&task));
    answer.coercions.iter().for_each(|coercion| assert_hidden("Coercion", &format!("{coercion} {coercion:?}")));

    let body = json!({"status": "0", "reason": "刘德华", "data": [format!("exists,Phone Number:{PHONE}")]}).to_string();
    let answer = nio_client().answer::<ImportCustomer>(http::Response::new(body)).expect("an answer");
    assert_hidden("Answer of NIO", &debugs(&answer));
}

fn top_error(status: u16, content_type: &str, body: &[u8]) -> Error {
    let response = http::Response::builder().status(status).header("Content-Type", content_type).body(body);
    top_client().answer::<CrmOpenCustomerSave>(response.expect("a response")).expect_err("no success")
}

#[test]
fn errors_of_the_platforms() {
    let error = json!({"error_response": {
        "code": 41, "msg": format!("Invalid arguments:{PHONE}"), "sub_code": "isv.invalid-parameter",
        "sub_msg": format!("刘德华 {PHONE}"), "request_id": "r1"}});
    for status in [200, 400] {
        let error = top_error(status, "application/json", error.to_string().as_bytes());
        assert!(matches!(error, Error::Platform(_)));
        assert_hidden("PlatformError", &tells(&error));
    }
    let body = json!({"status": "-27", "reason": format!("刘德华 {PHONE}"), "data": [PHONE]}).to_string();
    let error = nio_client().answer::<ImportCustomer>(http::Response::new(body)).expect_err("refused");
    assert!(matches!(error, Error::Status(_)));
    assert_hidden("StatusError", &tells(&error));
}

#[test]
fn errors_of_answers_that_cannot_be_read() {
    let json = format!(r#"{{"result":{{"name":"刘德华","mobile":{PHONE}"#);
    let bodies: [(u16, &str, &[u8]); 6] = [
        (500, "text/html", "<p>刘德华 18651822226</p>".as_bytes()),
        (200, "text/html", "<p>刘德华 18651822226</p>".as_bytes()),
        (200, "application/json", json.as_bytes()),
        (200, "application/json", br#""18651822226""#),
        (200, "text/plain;charset=GBK", b"\"18651822226 \xd6\xd0\""),
        (200, "application/json", PHONE.as_bytes()),
    ];
    for (status, content_type, body) in bodies {
        let error = top_error(status, content_type, body);
        assert!(matches!(error, Error::Http(_) | Error::Decode(_)));
        assert_eq!(error.body(), Some(body), "the body is there for who asks for it");
        assert_hidden("an unreadable answer", &tells(&error));
    }
    let error = serde_json::from_str::<ImportCustomer>(&format!("[\"{PHONE}\"]")).expect_err("no object");
    assert_hidden("deserializing", &tells(&error));
    let error = Json::from("[\"18651822226\"]").parse::<Vec<u8>>().expect_err("no numbers");
    assert_hidden("JsonError", &tells(&error));
}

#[test]
fn errors_of_requests() {
    let person = CustomerPerson::new().phone_number(PHONE.repeat(3)).properties([("x", Json::from("{刘德华").into())]);
    let call = ImportCustomer::new().app_id("a").customer_persons([person]);
    let error = nio_client().request(&call).expect_err("too long");
    assert!(matches!(error, Error::Violations(_)));
    assert_hidden("Violations", &tells(&error));
    // A line end in a key cannot stand in a header.
    let client = Client::<Nio>::new(nio::Credentials::new(format!("key\n{PHONE}"), APP_SECRET).expect("credentials"));
    let error = client.request(&import()).expect_err("no header");
    assert!(matches!(error, Error::Request(_)));
    assert_hidden("http::Error", &tells(&error));
    for url in ["https://liu:ls-password@a.example", "https://a.example?token=ls-password", "ls-password"] {
        let error = top_client().with_base_url(url).expect_err("no base URL");
        assert_hidden("BaseUrlError", &tells(&error));
        assert_hidden("Error::BaseUrl", &tells(&Error::from(error)));
    }
}

#[test]
fn errors_of_transports() {
    let problems: [(Vec<u8>, TransportProblem); 3] = [
        (Vec::new(), TransportProblem::Broken),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n18651822226".to_vec(), TransportProblem::Broken),
        ("SSH-2.0-刘德华\r\n\r\n".into(), TransportProblem::Protocol),
    ];
    for (answer, problem) in problems {
        let server = Server::start(|_| answer);
        let client = top_client().with_base_url(&server.url(&format!("/{PHONE}"))).expect("a plain URL");
        let error = loopback(client).send(&customer()).expect_err("no answer");
        let Error::Transport(transport) = &error else { panic!("{error:?}") };
        assert_eq!(transport.problem(), problem);
        assert_hidden("TransportError", &tells(&error));
        drop(server.arrived());
    }
    let nobody = TransportError::new(TransportProblem::Connect);
    assert_hidden("TransportError", &tells(&Error::from(nobody)));
}

/// What the tests above look for is really there: the same request tells all of it to the server.
#[test]
fn the_server_is_told() {
    let server = Server::start(|_| reply("200 OK", "application/json", r#"{"status":"0"}"#));
    let client = nio_client().with_base_url(&server.url("")).expect("a plain URL");
    loopback(client).send(&import()).expect("an answer");
    let body = server.arrived().text().to_owned();
    assert!(["刘德华", PHONE, "杭州", "271828182"].iter().all(|text| body.contains(text)), "{body}");
    assert!(!body.contains(APP_SECRET));
}
