//! What the mock server checks, and what its errors become in our client.

use apograph::mock::{Gateway, Options, Outcome, Reply};
use apograph::terms::SessionNeed;
use apograph_apis::nio::aivoice::import_customer::{CustomerPerson, ImportCustomer};
use apograph_apis::nio::{self, Nio};
use apograph_apis::top::alsc::crm_open_customer_save::{CrmOpenCustomerSave, CustomerSaveOpenReq};
use apograph_apis::top::{self, SignMethod, Top};
use apograph_apis::{Answer, Checks, Client, Endpoint, Error, http};
use apograph_runtime::FixedClock;
use apograph_runtime::sign::{Location, Parts};
use apograph_tests::mock::{KEY, SECRET, SESSION, shared};
use apograph_tests::specs;

type Request = http::Request<Vec<u8>>;

/// A change of a signed request.
type Change = Box<dyn FnOnce(Request) -> Request>;

fn customer() -> CrmOpenCustomerSave {
    let customer = CustomerSaveOpenReq::new().brand_id("1").channel("2").name("刘德华 +%&=@").operator_id("3");
    CrmOpenCustomerSave::new().param_customer_save_open_req(customer.request_id("r").shop_id("5"))
}

fn import() -> ImportCustomer {
    ImportCustomer::new().app_id("a").job_id(9).customer_persons([CustomerPerson::new().name("Jack")])
}

fn top() -> Client<Top> {
    Client::<Top>::new(top::Credentials::new(KEY, SECRET).expect("credentials"))
}

fn nio() -> Client<Nio> {
    Client::<Nio>::new(nio::Credentials::new(KEY, SECRET).expect("credentials"))
}

/// The answer to a request that was changed after it was signed, and the reply of the gateway.
fn answer<E: Endpoint>(
    client: &Client<E::Platform>,
    call: &E,
    change: impl FnOnce(Request) -> Request,
) -> (Result<Answer<E::Response>, Error>, Reply) {
    answer_of(shared(), client, call, change)
}

fn answer_of<E: Endpoint>(
    gateway: &Gateway,
    client: &Client<E::Platform>,
    call: &E,
    change: impl FnOnce(Request) -> Request,
) -> (Result<Answer<E::Response>, Error>, Reply) {
    let request = change(client.request(call).expect("a request"));
    let reply = gateway.answer(&request);
    (client.answer::<E>(reply.response.clone()), reply)
}

/// Changes the parameters of the query.
fn query(change: impl FnOnce(&mut Parts)) -> impl FnOnce(Request) -> Request {
    |request| {
        let (mut head, body) = request.into_parts();
        let mut parts = Parts::new("POST", &head.uri.to_string()).expect("a URL");
        change(&mut parts);
        head.uri = format!("http://127.0.0.1{}", parts.path_query()).parse().expect("a URL");
        Request::from_parts(head, body)
    }
}

fn put(name: &'static str, value: &'static str) -> impl FnOnce(Request) -> Request {
    query(move |parts| parts.put_query(name, value))
}

fn remove(name: &'static str) -> impl FnOnce(Request) -> Request {
    query(move |parts| parts.remove(Location::Query, name))
}

fn body(text: &'static [u8]) -> impl FnOnce(Request) -> Request {
    |mut request| {
        *request.body_mut() = text.to_vec();
        request
    }
}

/// The code of the platform's error, whether it has a hint, and the reason in the log.
fn top_error(client: &Client<Top>, change: impl FnOnce(Request) -> Request) -> (String, bool, String) {
    match answer(client, &customer(), change) {
        (Err(Error::Platform(error)), reply) => (error.code.clone(), error.hint().is_some(), reason(&reply)),
        (other, _) => panic!("{other:?}"),
    }
}

fn nio_error(client: &Client<Nio>, change: impl FnOnce(Request) -> Request) -> (String, String) {
    match answer(client, &import(), change) {
        (Err(Error::Status(error)), reply) => (error.status.clone(), reason(&reply)),
        (other, _) => panic!("{other:?}"),
    }
}

fn reason(reply: &Reply) -> String {
    match &reply.entry.outcome {
        Outcome::Refused { reasons, .. } => reasons.first().cloned().unwrap_or_default(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_problem_of_a_request_has_the_error_that_the_page_documents() {
    let client = top();
    let error = |change: Change| top_error(&client, change);
    let cases: Vec<(&str, Change, &str)> = vec![
        (
            "9",
            Box::new(|mut request: Request| {
                *request.method_mut() = http::Method::PUT;
                request
            }),
            "the HTTP method is PUT, expected POST",
        ),
        ("21", Box::new(remove("method")), "the parameter `method`, which names the API, is missing"),
        ("22", Box::new(put("method", "taobao.nothing")), "no spec describes the API `taobao.nothing`"),
        ("23", Box::new(put("format", "yaml")), "the parameter `format` is `yaml`, expected `json` or `xml`"),
        ("24", Box::new(remove("sign")), "the parameter `sign` is missing"),
        (
            "25",
            Box::new(put("sign_method", "sha1")),
            "the parameter `sign_method` has the unknown value `sha1`; known values: hmac-sha256, md5, hmac",
        ),
        ("28", Box::new(remove("app_key")), "the parameter `app_key` is missing"),
        ("29", Box::new(put("app_key", "1")), "the parameter `app_key` is not the expected `app_key`: `1`"),
        ("30", Box::new(remove("timestamp")), "the parameter `timestamp` is missing"),
        (
            "31",
            Box::new(put("timestamp", "today")),
            "the parameter `timestamp` is `today`, which is not a time of the form `%Y-%m-%d %H:%M:%S`",
        ),
        ("32", Box::new(remove("v")), "the parameter `v` is missing"),
        ("33", Box::new(put("v", "1.0")), "the parameter `v` is `1.0`, expected `2.0`"),
        ("27", Box::new(put("session", "other")), "the parameter `session` is not the expected `session`"),
        (
            "47",
            Box::new(body(b"param_customer_save_open_req=%C1%F5")),
            "the parameter `param_customer_save_open_req` is not UTF-8 (perhaps GBK)",
        ),
    ];
    for (code, change, expected) in cases {
        let (got, _, reason) = error(change);
        assert_eq!((got.as_str(), reason.as_str()), (code, expected));
    }
}

#[test]
fn the_marks_and_limits_of_the_page_are_checked() {
    let unchecked = top().with_checks(Checks::Off);
    let call = CrmOpenCustomerSave::new()
        .param_customer_save_open_req(CustomerSaveOpenReq::new().brand_id("1").channel("2").operator_id("3"));
    let (outcome, reply) = answer(&unchecked, &call, |request| request);
    let Err(Error::Platform(error)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(error.code, "40");
    assert_eq!(error.msg.as_deref(), Some("Missing required arguments:param_customer_save_open_req.request_id"));
    assert!(error.hint().is_some());
    let Outcome::Refused { reasons, .. } = &reply.entry.outcome else { panic!("{reply:?}") };
    assert_eq!(reasons.len(), 2, "the shop is missing, too: {reasons:?}");
    let long = ImportCustomer::new().app_id("a").job_id(9);
    let long = long.customer_persons([CustomerPerson::new().name("Jack").phone_number("1".repeat(33))]);
    let (outcome, _) = answer(&nio().with_checks(Checks::Off), &long, |request| request);
    let Err(Error::Status(error)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(error.status, "-27");
}

#[test]
fn errors_of_a_platform_with_statuses_are_those_of_the_api() {
    let header = |name: &'static str, value: Option<&'static str>| {
        move |mut request: Request| {
            request.headers_mut().remove(name);
            if let Some(value) = value {
                request.headers_mut().insert(name, value.parse().expect("a value"));
            }
            request
        }
    };
    let client = nio();
    for (name, value, status) in [
        ("Sign", None, "-57"),
        ("Timestamp", None, "-58"),
        ("Api-Key", None, "-59"),
        ("Timestamp", Some("1630468800"), "-4"),
        ("Api-Key", Some("bD8JFiq9"), "-1"),
        ("Sign", Some("05d7a50893e22a5c4bb3216ae3396c7c"), "-1"),
    ] {
        assert_eq!(nio_error(&client, header(name, value)).0, status, "{name} {value:?}");
    }
    assert_eq!(nio_error(&client, body(b"{\"appId\": ")).0, "-27");
    let (outcome, _) = answer(&client, &import(), |mut request| {
        let sign = request.headers()["Sign"].to_str().expect("text").to_uppercase();
        request.headers_mut().insert("Sign", sign.parse().expect("a value"));
        request
    });
    assert!(outcome.is_ok(), "the case of the digits does not matter: {outcome:?}");
}

#[test]
fn a_wrong_clock_is_a_clock_error() {
    let client = top().with_clock(FixedClock::at_unix(1_767_294_245));
    let (outcome, _) = answer(&client, &customer(), |request| request);
    let Err(error) = outcome else { panic!("{outcome:?}") };
    assert!(error.is_clock(), "{error}");
}

#[test]
fn a_wrong_secret_is_explained_in_the_log() {
    let client = Client::<Top>::new(top::Credentials::new(KEY, "wrong").expect("credentials"));
    for method in [SignMethod::Md5, SignMethod::Hmac, SignMethod::HmacSha256] {
        let (outcome, reply) = answer(&client.clone().with_sign_method(method), &customer(), |request| request);
        let Err(Error::Platform(error)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(error.code, "25");
        assert!(error.hint().is_some());
        let line = reply.entry.to_string();
        assert!(line.contains("text to sign") && line.contains("app_key12345678formatjson"), "{line}");
        assert!(!line.contains(SECRET), "{line}");
    }
    let (status, reason) =
        nio_error(&Client::<Nio>::new(nio::Credentials::new(KEY, KEY).expect("credentials")), |request| request);
    assert_eq!(status, "-1");
    assert!(reason.ends_with("it was made with `api_key` in place of `api_secret`"), "{reason}");
}

#[test]
fn a_missing_session_is_an_error_where_the_page_asks_for_one() {
    let mut specs = specs::load();
    for platform in &mut specs.platforms {
        for endpoint in &mut platform.endpoints {
            if endpoint.spec.session.is_some() {
                endpoint.spec.session = Some(SessionNeed::Required);
            }
        }
    }
    let model = apograph::resolve::resolve(&specs, &mut apograph::diagnostic::Diagnostics::new());
    let gateway = Gateway::new(&specs, model, Options::default());
    let (outcome, _) = answer_of(&gateway, &top(), &customer(), |request| request);
    let Err(Error::Platform(error)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(error.code, "26");
    let client = top();
    let request = client.call(&customer()).session(SESSION).request().expect("a request");
    assert_eq!(gateway.answer(&request).entry.outcome, Outcome::Success);
}

#[test]
fn answers_have_the_layout_that_the_request_asks_for() {
    let client = top();
    let gateway = shared();
    let text = |simplify: &str, format: &str| {
        let request = client.request(&customer()).expect("a request");
        let request = query(|parts| {
            for (name, value) in [("simplify", simplify), ("format", format)] {
                parts.remove(Location::Query, name);
                if !value.is_empty() {
                    parts.put_query(name, value);
                }
            }
        })(request);
        let request = signed_again(request);
        let reply = gateway.answer(&request);
        assert_eq!(reply.entry.outcome, Outcome::Success, "{}", reply.entry);
        String::from_utf8(reply.response.into_body()).expect("text")
    };
    assert!(text("true", "json").starts_with(r#"{"result":{"#));
    assert!(text("", "json").starts_with(r#"{"alibaba_alsc_crm_open_customer_save_response":{"result":{"#));
    assert!(text("false", "json").starts_with(r#"{"alibaba_alsc_crm_open_customer_save_response":"#));
    for format in ["xml", ""] {
        assert!(text("true", format).contains("<alibaba_alsc_crm_open_customer_save_response><result>"), "{format}");
    }
}

/// Signs a request of TOP again, with the independent implementation of the tests.
fn signed_again(request: Request) -> Request {
    let (mut head, body) = request.into_parts();
    let mut parts = Parts::new("POST", &head.uri.to_string()).expect("a URL");
    let text = String::from_utf8(body.clone()).expect("a form");
    let mut pairs = parts.pairs(Location::Query).to_vec();
    pairs.extend(apograph_tests::form::pairs(&text));
    let sign = apograph_tests::verify::top_signature(&pairs, SECRET).expect("a method");
    parts.put_query("sign", sign);
    head.uri = format!("http://127.0.0.1{}", parts.path_query()).parse().expect("a URL");
    Request::from_parts(head, body)
}

#[test]
fn parameters_may_all_be_in_the_form_or_in_the_query() {
    let request = top().request(&customer()).expect("a request");
    let gateway = shared();
    let uri = request.uri().clone();
    let form = String::from_utf8(request.body().clone()).expect("a form");
    let query = uri.query().expect("a query");
    let mut posted = request.clone();
    *posted.uri_mut() = "http://127.0.0.1/router/rest".parse().expect("a URL");
    *posted.body_mut() = format!("{query}&{form}").into_bytes();
    assert_eq!(gateway.answer(&posted).entry.outcome, Outcome::Success);
    let mut got = http::Request::new(Vec::new());
    *got.uri_mut() = format!("http://127.0.0.1/router/rest?{form}&{query}").parse().expect("a URL");
    assert_eq!(gateway.answer(&got).entry.outcome, Outcome::Success, "GET without a body");
}

#[test]
fn what_no_spec_knows_is_accepted_and_noted() {
    let client = top();
    let request = client.call(&customer()).param("partner_id", "apidoc").request().expect("a request");
    let reply = shared().answer(&request);
    assert_eq!(reply.entry.outcome, Outcome::Success);
    assert_eq!(reply.entry.notes, ["unknown parameter `partner_id`"]);
}

#[test]
fn other_paths_are_not_found() {
    let mut request = top().request(&customer()).expect("a request");
    *request.uri_mut() = "http://127.0.0.1/nowhere".parse().expect("a URL");
    let reply = shared().answer(&request);
    assert_eq!((reply.response.status().as_u16(), &reply.entry.outcome), (404, &Outcome::Nowhere));
    let text = String::from_utf8(reply.response.into_body()).expect("text");
    assert!(text.contains("top: /router/rest"), "{text}");
}

#[test]
fn a_platform_with_json_reads_nothing_else() {
    let client = nio();
    let typed = |value: &'static str| {
        move |mut request: Request| {
            request.headers_mut().insert("Content-Type", http::HeaderValue::from_static(value));
            request
        }
    };
    let form = |request: Request| body(b"appId=a&jobId=9")(typed("application/x-www-form-urlencoded")(request));
    let expected =
        |sent: &str| ("-27".to_owned(), format!("the content type is `{sent}`, expected `application/json`"));
    assert_eq!(nio_error(&client, typed("text/plain")), expected("text/plain"));
    assert_eq!(nio_error(&client, form), expected("application/x-www-form-urlencoded"));
    let gbk = body(b"{\"appId\":\"\xc1\xf5\",\"jobId\":9,\"customerPersons\":[{\"name\":\"a\"}]}");
    assert_eq!(nio_error(&client, gbk), ("-27".to_owned(), "the body is not UTF-8 (perhaps GBK)".to_owned()));
    let (outcome, _) = answer(&client, &import(), typed("Application/JSON"));
    assert!(outcome.is_ok(), "{outcome:?}");
}

#[test]
fn a_path_is_directly_below_the_base_path() {
    let gateway = shared();
    for path in ["/foo/bar/aivoice/importCustomer", "//aivoice/importCustomer", "/aivoice//importCustomer", "/aivoice"]
    {
        let mut request = nio().request(&import()).expect("a request");
        *request.uri_mut() = format!("http://127.0.0.1{path}").parse().expect("a URL");
        assert_eq!(gateway.answer(&request).entry.outcome, Outcome::Nowhere, "{path}");
    }
}

#[test]
fn a_secret_in_the_place_of_the_key_is_not_logged() {
    let swapped = Client::<Top>::new(top::Credentials::new(SECRET, KEY).expect("credentials"));
    let (_, reply) = answer(&swapped, &customer(), |request| request);
    let shown = format!("{} {:?}", reply.entry, reply.entry);
    assert!(shown.contains("it is the `app_secret`; key and secret are swapped"), "{shown}");
    let (_, other) = answer(&top(), &customer(), put("format", SECRET));
    let shown = format!("{shown} {} {:?}", other.entry, other.entry);
    assert!(!shown.contains(SECRET), "{shown}");
}

#[test]
fn deviations_are_described_and_a_request_needs_no_host() {
    let text = br#"{"appId":"a","jobId":"9","customerPersons":[{"name":"Jack"}]}"#;
    let (outcome, reply) = answer(&nio(), &import(), |request| {
        let mut request = body(text)(request);
        *request.uri_mut() = "/aivoice/importCustomer".parse().expect("a path");
        *request.version_mut() = http::Version::HTTP_10;
        request.headers_mut().remove("Host");
        request
    });
    assert!(outcome.is_ok(), "{outcome:?}");
    assert_eq!(reply.entry.notes, ["`jobId` is text, but a number is documented"]);
}
