//! The platforms of `specs/` whose transcripts people wrote: calls are signed as scripts sign them that share nothing with
//! our code, and answers and errors are decoded.
//!
//! `APOGRAPH_PEERS=1` runs the scripts, which are in `tests/peers/platforms` and need `python3` and `openssl`. Otherwise
//! signatures are compared with those that the scripts computed.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use apograph_apis::alipay::trade::Query;
use apograph_apis::alipay::{self, Alipay};
use apograph_apis::jd::etms::WaybillcodeGet;
use apograph_apis::jd::vender::ShopQuery;
use apograph_apis::jd::{self, Jd};
use apograph_apis::lazada::order::ReverseReturnHistoryList;
use apograph_apis::lazada::{self, Lazada};
use apograph_apis::pinduoduo::order::BasicListGet;
use apograph_apis::pinduoduo::waybill::Search;
use apograph_apis::pinduoduo::{self, Pinduoduo};
use apograph_apis::wechatpay::transactions::{Native, OutTradeNoClose};
use apograph_apis::wechatpay::{self, Wechatpay};
use apograph_runtime::{Answer, Client, Endpoint, Error, http, to_json};
use apograph_tests::command::apograph;
use apograph_tests::root;

/// A private key that was made for the tests, in the folder of its platform.
const KEY: &str = "keys/test.pem";

/// A call of an API of the specs.
#[derive(Clone, Copy)]
struct Call {
    platform: &'static str,
    api: &'static str,
    request: &'static str,
    /// Names and values, as the variables of the environment have them. [`KEY`] is the platform's test key.
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
    let own = ["sign", "--specs", &specs, "--api", call.api, "--request", &request, "--credentials", &env];
    let run = apograph(own.iter().chain(call.more));
    assert!(run.success, "{}: {}", call.api, run.err);
    run.out
}

fn variables(call: &Call) -> impl Iterator<Item = (String, String)> {
    let platform = call.platform.to_uppercase();
    call.credentials.iter().map(move |(name, value)| {
        let value = if *value == KEY { key(call.platform) } else { (*value).to_owned() };
        (format!("APOGRAPH_{platform}_{}", name.to_uppercase()), value)
    })
}

/// The test key of a platform in one line, as many platforms hand keys out.
fn key(platform: &str) -> String {
    let pem = std::fs::read_to_string(root().join("specs").join(platform).join(KEY)).expect("the key");
    pem.lines().filter(|line| !line.starts_with("-----")).collect()
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

#[test]
fn lazada_signs_the_path_below_the_gateway() {
    let credentials = &[("app_key", "123456"), ("app_secret", "helloworld"), ("access_token", "test-token")];
    let call = Call {
        platform: "lazada",
        api: "order.reverse.return.history.list",
        request: r#"{"reverse_order_line_id": 1234, "page_size": 10}"#,
        credentials,
        more: &["--timestamp", "1517820392"],
    };
    compare(&call, "5D0BB42807CA51F5C36EC726DF60092EAFECB381DA3318CC0637F76E968C7A2D");
    let call = Call {
        api: "order.shipment.providers.get",
        request: r#"{"getShipmentProvidersReq": {"orders": [{"order_id": 1, "order_item_ids": [2, 3]}]}}"#,
        ..call
    };
    compare(&call, "79177085F2F36A7426F6F265232615C8989ABAD52425A0C75B1CEAD16AF8DA1F");
}

#[test]
fn jd_signs_the_fields_as_one_text() {
    let call = Call {
        platform: "jd",
        api: "jingdong.etms.waybillcode.get",
        request: r#"{"preNum": "1", "customerCode": "010K139548", "orderType": 0}"#,
        credentials: &[("app_key", "yourappkey"), ("app_secret", "yourappSecret"), ("access_token", "yourtoken")],
        more: &["--timestamp", "1480411125"],
    };
    compare(&call, "5D495A33925FDC31265D4B956F68F96B");
}

#[test]
fn alipay_signs_with_rsa() {
    let call = Call {
        platform: "alipay",
        api: "alipay.trade.query",
        request: r#"{"out_trade_no": "20150320010101001", "query_options": ["trade_settle_info"]}"#,
        credentials: &[("app_id", "2014072300007148"), ("private_key", KEY)],
        more: &["--timestamp", "2014-07-24 03:07:50"],
    };
    compare(
        &call,
        "tvD/1NWl6QJDIFHU/92tyNm6Z2MphPmeZiDYD+vBGXpBR9akwEXZ6PMqFXD73BJXgl99yFF5aEDmeaIMzEijVo3KOVE1dl8sC2PcV33sVRXhUnaHnduiMST8dsmvGH52C50oQGlSPA46SifKiO6RZn8J52DlUyuCgZwdo3VQl7ZPQSSYfnBA0kncwLJQfeiNdGHeIlg3FmiuWf9wZS/Ww+OpX/mq0h1+/AENOaM0Ulm+XwAgJV9earlc/FGDhITt+bcRk5p3CVqAFLWXpWT7B5Yy6F9KC+U6ecmfow6PxgiYWhfR2Yx+ZzkRpjr/zvUafRslCpHwFU4AnzrQUFZFVQ==",
    );
    let call = Call { more: &["--timestamp", "2014-07-24 03:07:50", "--sign-method", "rsa"], ..call };
    compare(
        &call,
        "c/6BO33IFKfX+GJnvF3ujZ9gmI7zWRPIYlXJbbjQzXtOIkzgKXuC69e6+6MStvwltuhUMv471TvYNztRy459RHIgoX8z+NPdggCpeft9hpfBJRXwLfaKrUYL3lI4yRzKqjlVd1naxt4m0K9ZrO1jtbFQv22XtdViTwRJGjCycrXuUoDm5Ru+L4LLI35YL/QQ7w+TyCIqHz7IPPZLOHb/JWZVtKXU3pjSvGD9W1EGCEawLssQXZ0p4oOuP5OKWImnOa9CKX77WOMCg3Q8XmvRu7RQFLLgEeVeExBMxgDHrQ/kt0v12sw9EmQ2RXv3Gt2n+ZgTN1rnxTHvFo/cQSNZHw==",
    );
}

#[test]
fn wechat_pay_signs_method_path_and_body_in_a_header() {
    let call = Call {
        platform: "wechatpay",
        api: "v3.pay.transactions.out-trade-no",
        request: r#"{"out_trade_no": "1217752501201407033233368018", "mchid": "1900009191"}"#,
        credentials: &[
            ("mchid", "1900009191"),
            ("serial_no", "1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C"),
            ("private_key", KEY),
        ],
        more: &["--timestamp", "1480411125", "--nonce", "593BEC0C930BF1AFEB40B4A08C8FB242"],
    };
    compare(
        &call,
        "FP3s16BRhHHAPDFypTTKJeFDJzh4Eq4Rt0c+EOBAkzRpkKlIOcKZhhVwUfZdOZgdmtfiAzyfk0t1caQkJ/NiIzgk7wUdTjFutUnI5wV6y8mVlOoHN+2CGwikhNOfWMUAGbqantKXzhBuYDMViov6H8idXkuMOdZBKmvW12oejibwPAmAJU45x60ehQ4cYw3jcxqtTTG2tbTV7w8rrpXPvpw/p9TcZk8b2cdlhJIK7hwxvczPbc7SUwdB43J+evRTCZB/CiNWx+DCvSkg1GY74tdn7y16oN6vCsQM5Wtp7hVes4IqlKBdGO/hWXAda/z9frRsdY78yo01bYOQP5KjqA==",
    );
    let call = Call { api: "v3.pay.transactions.out-trade-no.close", ..call };
    compare(
        &call,
        "Tw+15vSgvwpBkwLQ8VbKcEpmLvF+kqAT0YYvwEXSo4QO0R0gpFcqk6fwGVMEXSPs48WKNTn2xgxOnhSgoB+dTTFTuDSNB/9ks7zB5dtsumi9SUSlgVkP5Rz6DG1mJxpG3QVIw+d1SwaTqAXmrZKe1X+9dxgfJMsN03M/pRCjYiupQIAFEUe3eoPEKdmP02w5nwUqs9FspZvatLwZVuXfWX2qnXTU33bqDhhECDLRpNuIj3cG3He3551kYxm+QKZRA9x973FAEb9f2rYZ0EatRD0Uc6EW085lQxVToLu8jHbglKmvrxqDFc1dwRzVt0x2qHIwmL/0UlU8z1g7akSKEQ==",
    );
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

#[test]
fn lazada_answers_beside_a_code() {
    let client = Client::<Lazada>::new(lazada::Credentials::new("key", "secret").expect("credentials"));
    let body = r#"{"code":"0","data":{"page_info":{"total":10},"list":[{"time":1627562669235,"operator":"Jason","picture":[]}]},"request_id":"0ba2887315178178017221014"}"#;
    let answer = ok::<ReverseReturnHistoryList>(&client, body);
    assert_eq!((answer.status.as_deref(), answer.coercions.len()), (Some("0"), 0), "{:?}", answer.coercions);
    let list = answer.value.data.and_then(|data| data.list).expect("the list");
    assert_eq!(list[0].operator.as_deref(), Some("Jason"));

    let body = r#"{"type":"ISV","code":"IllegalAccessToken","message":"The specified access token is invalid or expired","request_id":"0b8fda7c15382754292091841"}"#;
    let error = refused::<ReverseReturnHistoryList>(&client, 200, body);
    assert_eq!(facts(&error), (Some("IllegalAccessToken"), Some("ISV"), Some("0b8fda7c15382754292091841"), false));
    let body = r#"{"type":"ISP","code":"ServiceTimeout","message":"Service timeout","request_id":"1"}"#;
    assert!(refused::<ReverseReturnHistoryList>(&client, 200, body).is_retryable());
}

#[test]
fn jd_answers_with_a_code_that_may_be_absent() {
    let client = Client::<Jd>::new(jd::Credentials::new("key", "secret").expect("credentials"));
    let body = r#"{"jingdong_etms_waybillcode_get_responce":{"resultInfo":{"message":"成功","code":100,"deliveryIdList":["VA1"]},"code":"0"}}"#;
    let answer = ok::<WaybillcodeGet>(&client, body);
    let result = answer.value.result_info.expect("the result");
    assert_eq!((result.code, result.delivery_id_list), (Some(100), Some(vec!["VA1".to_owned()])));
    let answer =
        ok::<ShopQuery>(&client, r#"{"jingdong_vender_shop_query_responce":{"shop_jos_result":{"shop_id":7}}}"#);
    assert_eq!(answer.value.shop_jos_result.and_then(|shop| shop.shop_id), Some(7));

    let body = r#"{"error_response":{"code":"19","zh_desc":"无效access_token","en_desc":"Invalid access_token"}}"#;
    let error = refused::<ShopQuery>(&client, 200, body);
    assert_eq!(facts(&error), (Some("19"), None, None, false));
    let Error::Platform(error) = error else { panic!("{error}") };
    assert_eq!((error.msg.as_deref(), error.meaning), (Some("无效access_token"), Some("the access token is invalid")));
    let body = r#"{"jingdong_vender_shop_query_responce":{"code":"24","error_description":"无权调用API"}}"#;
    assert_eq!(facts(&refused::<ShopQuery>(&client, 200, body)).0, Some("24"));
}

#[test]
fn alipay_answers_with_a_code_beside_the_members() {
    let credentials = alipay::Credentials::new("2014072300007148", key("alipay")).expect("credentials");
    let client = Client::<Alipay>::new(credentials);
    let body = r#"{"alipay_trade_query_response":{"code":"10000","msg":"Success","trade_no":"2013112011001004330000121536","total_amount":"88.88"},"sign":"ERITJKEIJKJHKKKKKKKHJEREEEEEEEEEEE"}"#;
    let answer = ok::<Query>(&client, body);
    assert_eq!(answer.value.trade_no.as_deref(), Some("2013112011001004330000121536"));
    assert_eq!(answer.value.total_amount.map(|amount| amount.to_string()).as_deref(), Some("88.88"));
    assert!(answer.coercions.is_empty(), "{:?}", answer.coercions);

    let body = r#"{"alipay_trade_query_response":{"code":"40004","msg":"Business Failed","sub_code":"ACQ.TRADE_NOT_EXIST","sub_msg":"交易不存在"},"sign":"ERITJKEIJKJHKKKKKKKHJEREEEEEEEEEEE"}"#;
    let error = refused::<Query>(&client, 200, body);
    assert_eq!(facts(&error), (Some("40004"), Some("ACQ.TRADE_NOT_EXIST"), None, false));
    let body = r#"{"alipay_trade_query_response":{"code":"40004","msg":"Business Failed","sub_code":"ACQ.SYSTEM_ERROR","sub_msg":"系统错误"}}"#;
    assert!(refused::<Query>(&client, 200, body).is_retryable());
    let body = r#"{"error_response":{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.code-invalid","sub_msg":"授权码code无效"}}"#;
    assert_eq!(facts(&refused::<Query>(&client, 200, body)).1, Some("isv.code-invalid"));
}

#[test]
fn wechat_pay_answers_by_http_status() {
    let credentials = wechatpay::Credentials::new("1900009191", "1DDE55AD", key("wechatpay")).expect("credentials");
    let client = Client::<Wechatpay>::new(credentials);
    let answer = ok::<Native>(&client, r#"{"code_url":"weixin://wxpay/bizpayurl/up?pr=NwY5Mz9&groupid=00"}"#);
    assert_eq!(answer.value.code_url.as_deref(), Some("weixin://wxpay/bizpayurl/up?pr=NwY5Mz9&groupid=00"));
    client.answer::<OutTradeNoClose>(response(204, "")).expect("an empty answer");

    let body = r#"{"code":"PARAM_ERROR","message":"参数错误","detail":{"field":"/amount/currency","value":"XYZ","issue":"Currency code is invalid","location":"body"}}"#;
    let error = refused::<Native>(&client, 400, body);
    assert_eq!(facts(&error), (Some("PARAM_ERROR"), None, Some("08F7"), false));
    let error = refused::<Native>(&client, 500, r#"{"code":"SYSTEM_ERROR","message":"系统错误"}"#);
    assert_eq!(facts(&error), (Some("SYSTEM_ERROR"), None, Some("08F7"), true));
}
