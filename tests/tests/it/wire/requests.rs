//! Where the fields of a request travel, and in which form.

use apograph_runtime::testing::{Mock, MockCall, read_request};
use apograph_runtime::{
    Client, Endpoint, Error, File, FixedClock, Location, Platform, Rule, SystemNonce, http, to_json,
};
use apograph_tests::crates::golden_wire::{inside, markup, named, plain, signed};

/// Creates a client of a platform of the golden case.
macro_rules! client {
    ($module:ident, $platform:ident) => {
        Client::<$module::$platform>::with_sources(
            $module::Credentials::new("key", "secret-text").expect("credentials"),
            FixedClock::at_unix(1_767_294_245),
            SystemNonce::default(),
        )
    };
}

/// A request as text: method, path and query without the signature, and body.
struct Sent {
    line: String,
    content_type: String,
    headers: http::HeaderMap,
    body: String,
}

/// Writes a request, and checks that a server reads the same values.
fn sent<E: Endpoint + Default>(client: &Client<E::Platform>, call: &E) -> Sent {
    let request = client.request(call).unwrap_or_else(|error| panic!("{error}"));
    let protocol = &<E::Platform as Platform>::PROTOCOL;
    let mut read = E::default();
    let others = read_request(&request, protocol, &E::OPERATION, &mut read).expect("a request");
    assert_eq!(to_json(&read), to_json(call), "{}", E::OPERATION.name());
    assert!(others.parameters.iter().all(|known| known.location != Location::Headers));
    let uri = request.uri();
    let query =
        uri.query().unwrap_or_default().split('&').filter(|pair| !pair.starts_with("sign=") && !pair.is_empty());
    let query: Vec<&str> = query.collect();
    let mark = if query.is_empty() { "" } else { "?" };
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or_default().to_owned());
    Sent {
        line: format!("{} {}{mark}{}", request.method(), uri.path(), query.join("&")),
        content_type: header("content-type").unwrap_or_default(),
        headers: request.headers().clone(),
        body: String::from_utf8_lossy(request.body()).into_owned(),
    }
}

/// The value of a parameter of a form.
fn parameter(form: &str, name: &str) -> Option<String> {
    form_pairs(form).into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

fn form_pairs(form: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            bytes.push(match byte {
                b'+' => b' ',
                b'%' => {
                    let digits: String = rest.by_ref().take(2).map(char::from).collect();
                    u8::from_str_radix(&digits, 16).expect("an escape")
                }
                other => other,
            });
        }
        String::from_utf8(bytes).expect("UTF-8")
    };
    form.split('&').filter_map(|pair| pair.split_once('=')).map(|(k, v)| (decode(k), decode(v))).collect()
}

#[test]
fn a_wrapper_contains_all_fields_with_their_keys_sorted() {
    let client = client!(inside, Inside);
    let options = inside::shop::order_get::Options::new().z("2").a(1);
    let call = inside::shop::OrderGet::new().order_id(7).options(options).tags(["b", "a"]);
    let sent = sent(&client, &call);
    assert_eq!(sent.line, "POST /router?method=shop.order.get&app_key=key");
    assert_eq!(sent.content_type, "application/x-www-form-urlencoded;charset=UTF-8");
    let expected = r#"{"note":null,"options":{"a":"1","z":"2"},"orderId":"7","tags":["b","a"]}"#;
    assert_eq!(form_pairs(&sent.body), [("param_json".to_owned(), expected.to_owned())]);
    // A parameter by name is one of the fields; that of the protocol stays where it is.
    let request = client.call(&call).param("extra", 1).request().expect("a request");
    let body = String::from_utf8_lossy(request.body()).into_owned();
    assert!(parameter(&body, "param_json").is_some_and(|json| json.starts_with(r#"{"extra":1,"note":null"#)), "{body}");
    let error = client.request(&inside::shop::OrderGet::new()).expect_err("a required field is missing");
    let Error::Violations(violations) = error else { panic!("{error}") };
    let found: Vec<_> = violations.iter().map(|found| (found.path().to_owned(), found.rule().clone())).collect();
    assert_eq!(found, [("orderId".to_owned(), Rule::Missing)]);
}

#[test]
fn files_are_parts_beside_the_wrapper() {
    let client = client!(signed, Signed);
    type Query = signed::pay::TradeQuery;
    let without = sent(&client, &Query::new().out_trade_no("7").query_options(["a", "b"]));
    let expected = r#"{"out_trade_no":"7","query_options":["a","b"]}"#;
    assert_eq!(parameter(&without.body, "biz_content").as_deref(), Some(expected));
    assert_eq!(parameter(&sent(&client, &Query::new()).body, "biz_content").as_deref(), Some("{}"));
    let call = Query::new().out_trade_no("7").contract(File::new("a.txt", *b"content"));
    let with = sent(&client, &call);
    assert!(with.content_type.starts_with("multipart/form-data; boundary="), "{}", with.content_type);
    for part in ["name=\"biz_content\"", r#"{"out_trade_no":"7"}"#, "name=\"contract\"; filename=\"a.txt\"", "content"]
    {
        assert!(with.body.contains(part), "{part}: {}", with.body);
    }
}

#[test]
fn fields_travel_where_the_platform_puts_them() {
    let client = client!(named, Named);
    let call = named::buy::OrderList::new().page(2).statuses([1, 2]).x_trace("t").shop("s");
    let sent = sent(&client, &call);
    assert_eq!(sent.line, "POST /api/router?page=2&statuses=%5B1%2C2%5D");
    assert_eq!(sent.headers.get("x-trace").map(http::HeaderValue::as_bytes), Some(&b"t"[..]));
    let names: Vec<_> = form_pairs(&sent.body).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["type", "shop", "client_id", "timestamp", "sign"]);
    // A parameter that replaces a field is sent in its place.
    let request = client.call(&call).param("page", 3).request().expect("a request");
    assert_eq!(request.uri().query(), Some("statuses=%5B1%2C2%5D&page=3"));
}

#[test]
fn one_request_has_fields_in_path_query_header_and_body() {
    let client = client!(plain, Plain);
    let amount = plain::v3::order_create::Amount::new().total("1.50");
    let call = plain::v3::OrderCreate::new().shop("a/b").notify("x y").kinds(["1", "2"]).x_trace("t").amount(amount);
    let created = sent(&client, &call);
    assert_eq!(created.line, "POST /v3/shops/a%2Fb/orders?notify=x+y&kinds=%5B%221%22%2C%222%22%5D");
    assert_eq!(created.headers.get("x-trace").map(http::HeaderValue::as_bytes), Some(&b"t"[..]));
    assert_eq!(
        (created.content_type.as_str(), created.body.as_str()),
        ("application/json", r#"{"amount":{"total":1.50}}"#)
    );
    let closed = sent(&client, &plain::v3::OrderClose::new().no("1").mchid("m"));
    assert_eq!((closed.line.as_str(), closed.body.as_str()), ("POST /v3/orders/1/close", r#"{"mchid":"m"}"#));
    let got = sent(&client, &plain::v3::OrderGet::new().no("1").mchid("m"));
    assert_eq!((got.line.as_str(), got.body.as_str()), ("GET /v3/orders/1?mchid=m", ""));
}

#[test]
fn an_api_can_have_a_body_of_its_own() {
    let client = client!(plain, Plain);
    let meta = plain::v3::bill_upload::Meta::new().filename("a.csv").size(7);
    let upload = plain::v3::BillUpload::new().meta(meta.clone()).file(File::new("a.csv", *b"1,2"));
    let uploaded = sent(&client, &upload);
    assert!(uploaded.content_type.starts_with("multipart/form-data; boundary="), "{}", uploaded.content_type);
    assert!(uploaded.body.contains("name=\"meta\"") && uploaded.body.contains(r#"{"filename":"a.csv","size":7}"#));
    // Without a file, too.
    let uploaded = sent(&client, &plain::v3::BillUpload::new().meta(meta));
    assert!(uploaded.content_type.starts_with("multipart/form-data; boundary="), "{}", uploaded.content_type);

    let note = sent(&client, &plain::v3::NotePut::new().id("1").text("any <text>"));
    assert_eq!((note.line.as_str(), note.body.as_str()), ("PUT /v3/notes/1", "any <text>"));
    assert_eq!(note.content_type, "text/plain;charset=UTF-8");
    assert!(client.request(&plain::v3::NotePut::new().id("1")).is_err(), "the text is required");

    let image = plain::v3::ImagePut::new().id("1").size(2);
    let image = image.image(File::new("body", [1, 2]).with_content_type("image/png"));
    let put = sent(&client, &image);
    assert_eq!((put.line.as_str(), put.content_type.as_str()), ("PUT /v3/images/1?size=2", "image/png"));
    assert_eq!(put.body.as_bytes(), [1, 2]);
}

#[test]
fn an_xml_body_has_an_element_per_field() {
    let client = client!(plain, Plain);
    let good = |id: i64, name: &str| plain::v3::legacy_pay::Goods::new().id(id).name(name);
    let detail = plain::v3::legacy_pay::Detail::new().goods([good(1, "a<b"), good(2, "c&d")]);
    let call = plain::v3::LegacyPay::new().total(7).body("中 ]]>").tags(["x", "y"]).detail(detail);
    let paid = sent(&client, &call);
    let expected = "<xml><total>7</total><body>中 ]]&gt;</body><tags>x</tags><tags>y</tags><detail><goods><id>1</id>\
         <name>a&lt;b</name></goods><goods><id>2</id><name>c&amp;d</name></goods></detail></xml>";
    assert_eq!((paid.body.as_str(), paid.content_type.as_str()), (expected, "text/xml;charset=UTF-8"));
    let error = client.request(&plain::v3::LegacyPay::new()).expect_err("a required field is missing");
    assert!(matches!(error, Error::Violations(_)), "{error}");
    let request = client.call(&call).param("more", "m").param("total", 8).request().expect("a request");
    let body = String::from_utf8_lossy(request.body()).into_owned();
    assert!(body.starts_with("<xml><body>") && body.ends_with("<more>m</more><total>8</total></xml>"), "{body}");
}

#[test]
fn a_platform_that_reads_xml_answers_in_xml() {
    let client = client!(markup, Markup);
    let ordered = sent(&client, &markup::pay::Order::new().fee(1).attach("a"));
    let expected = ("<request><fee>1</fee><attach>a</attach></request>", "text/xml");
    assert_eq!((ordered.body.as_str(), ordered.content_type.as_str()), expected);
    let answer = |body: &str| client.answer::<markup::pay::Order>(http::Response::new(body.as_bytes().to_vec()));
    let xml = "<request><return_code>SUCCESS</return_code><prepay_id><![CDATA[wx1]]></prepay_id><fee>7</fee></request>";
    let decoded = answer(xml).expect("an answer");
    assert_eq!(to_json(&decoded.value), r#"{"prepay_id":"wx1","fee":7}"#);
    let error = answer("<request><return_code>FAIL</return_code><err_code>ORDERPAID</err_code></request>");
    let error = error.expect_err("an error");
    assert_eq!((error.code(), error.sub_code()), (Some("FAIL"), Some("ORDERPAID")));
    assert!(matches!(answer("<html></html>"), Err(Error::Decode(_))));
}

#[test]
fn a_mock_reads_fields_from_every_place() {
    let mock = Mock::<plain::Plain>::new();
    mock.on(|call: &MockCall<plain::v3::OrderCreate>| {
        let request = &call.request;
        let text = [&request.shop, &request.notify, &request.x_trace].map(|text| text.clone().unwrap_or_default());
        assert_eq!(text, ["s", "n", "t"]);
        let mut answer = plain::v3::order_create::OrderCreateResponse::default();
        answer.no.clone_from(&request.shop);
        Ok(answer)
    });
    let client = mock.blocking_client();
    let call = plain::v3::OrderCreate::new().shop("s").notify("n").x_trace("t");
    let answer = client.send(&call).expect("an answer");
    assert_eq!(answer.value.no.as_deref(), Some("s"));
    assert!(answer.request_id.is_some(), "a mock sends the header with the request id");
}
