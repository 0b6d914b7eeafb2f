//! The messages and sub codes of errors, word for word: specs/top/PROTOCOL.md#error-messages

use apograph::mock::{Faults, Gateway, Options};
use apograph_apis::nio::aivoice::import_customer::{CustomerPerson, ImportCustomer};
use apograph_apis::nio::{self, Nio};
use apograph_apis::testing::Failure;
use apograph_apis::top::alsc::crm_open_customer_save::{CrmOpenCustomerSave, CustomerSaveOpenReq};
use apograph_apis::top::{self, Top};
use apograph_apis::{Checks, Client, Endpoint, Error};
use apograph_runtime::sign::Parts;
use apograph_tests::mock::{KEY, SECRET, SESSION, gateway, shared};

/// Code, message, sub code and sub message.
type Texts = (String, Option<String>, Option<String>, Option<String>);

fn texts(error: &Error) -> Texts {
    match error {
        Error::Platform(error) => {
            (error.code.clone(), error.msg.clone(), error.sub_code.clone(), error.sub_msg.clone())
        }
        Error::Status(error) => (error.status.clone(), error.message.clone(), None, None),
        other => panic!("{other}"),
    }
}

fn expected(code: &str, texts: [&str; 3]) -> Texts {
    let [message, sub_code, sub_message] = texts.map(|text| Some(text.to_owned()).filter(|text| !text.is_empty()));
    (code.to_owned(), message, sub_code, sub_message)
}

fn customer() -> CrmOpenCustomerSave {
    let customer = CustomerSaveOpenReq::new().brand_id("1").channel("2").operator_id("3").request_id("r").shop_id("5");
    CrmOpenCustomerSave::new().param_customer_save_open_req(customer)
}

fn import() -> ImportCustomer {
    ImportCustomer::new().app_id("a").job_id(9).customer_persons([CustomerPerson::new().name("Jack")])
}

fn top() -> Client<Top> {
    Client::<Top>::new(top::Credentials::new(KEY, SECRET).expect("credentials").with_session(SESSION))
}

fn nio() -> Client<Nio> {
    Client::<Nio>::new(nio::Credentials::new(KEY, SECRET).expect("credentials"))
}

/// The texts of the error with which the gateway answers a call. `change` applies to the query of the signed request.
fn refused<E: Endpoint>(
    gateway: &Gateway,
    client: &Client<E::Platform>,
    call: &E,
    change: impl FnOnce(&mut Parts),
) -> Texts {
    let mut request = client.request(call).expect("a request");
    let mut parts = Parts::new(request.method().as_str(), &request.uri().to_string()).expect("a URL");
    change(&mut parts);
    *request.uri_mut() = format!("http://127.0.0.1{}", parts.path_query()).parse().expect("a URL");
    let reply = gateway.answer(&request);
    match client.answer::<E>(reply.response) {
        Ok(_) => panic!("{}", reply.entry),
        Err(error) => texts(&error),
    }
}

#[test]
fn the_mock_server_refuses_requests_in_the_words_of_the_platform() {
    let gateway = shared();
    let client = top();
    let changed = |name: &str, value: &str| {
        refused(gateway, &client, &customer(), |parts| parts.put_query(name, value.to_owned()))
    };
    assert_eq!(changed("method", "taobao.nothing"), expected("22", ["Invalid method", "", ""]));
    assert_eq!(changed("sign", "00"), expected("25", ["Invalid signature", "", ""]));
    let session = ["Invalid session:session-not-exist", "session-not-exist", ""];
    assert_eq!(changed("session", "other"), expected("27", session));
    assert_eq!(changed("app_key", "1"), expected("29", ["Invalid app Key", "isv.appkey-not-exists", ""]));
    let client = top().with_checks(Checks::Off);
    let call = CustomerSaveOpenReq::new().brand_id("1").channel("2").operator_id("3").shop_id("5");
    let call = CrmOpenCustomerSave::new().param_customer_save_open_req(call);
    let missing = ["Missing required arguments:param_customer_save_open_req.request_id", "", ""];
    assert_eq!(refused(gateway, &client, &call, |_| ()), expected("40", missing));
}

/// Checks that the mock server and a failure in the process answer with the same texts.
fn check<E: Endpoint>(client: &Client<E::Platform>, call: &E, code: &str, sub_code: &str, expected_texts: [&str; 3]) {
    let fail = if sub_code.is_empty() { format!("code={code}") } else { format!("code={code},sub_code={sub_code}") };
    let faults = Faults { fail: vec![fail.parse().expect("a fault")], ..Faults::default() };
    let gateway = gateway(Options { faults, ..Options::default() });
    let expected = expected(code, expected_texts);
    assert_eq!(refused(&gateway, client, call, |_| ()), expected);
    let failure = Failure::platform(code);
    let failure = if sub_code.is_empty() { failure } else { failure.with_sub_code(sub_code) };
    assert_eq!(texts(&failure.error::<E>()), expected);
}

#[test]
fn the_mock_server_and_failures_in_the_process_have_the_same_words() {
    let (client, call) = (top(), customer());
    check(&client, &call, "11", "", ["Insufficient isv permissions", "", ""]);
    check(&client, &call, "40", "", ["Missing required arguments", "", ""]);
    check(&client, &call, "27", "", ["Invalid session", "", ""]);
    let expired = ["Invalid session:session-expired", "session-expired", ""];
    check(&client, &call, "27", "session-expired", expired);
    let limited = ["Remote service error", "isv.BUSINESS_LIMIT_CONTROL", "触发业务流控"];
    check(&client, &call, "15", "isv.BUSINESS_LIMIT_CONTROL", limited);
    // On platforms with a status, the text of the API's own table.
    check(&nio(), &import(), "-4", "", ["时间戳过期", "", ""]);
    let missing = Failure::platform("40").with_parameter("nicks").error::<CrmOpenCustomerSave>();
    assert_eq!(texts(&missing), expected("40", ["Missing required arguments:nicks", "", ""]));
}

#[test]
fn without_a_message_only_the_mock_server_has_words() {
    let faults = Faults { fail: vec!["code=8".parse().expect("a fault")], ..Faults::default() };
    let gateway = gateway(Options { faults, ..Options::default() });
    let (_, message, ..) = refused(&gateway, &top(), &customer(), |_| ());
    assert_eq!(message.as_deref(), Some("the calls are too frequent"));
    assert_eq!(texts(&Failure::platform("8").error::<CrmOpenCustomerSave>()), expected("8", ["", "", ""]));
}
