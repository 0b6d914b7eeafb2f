//! Published digests as literals, through the generated signing code; and whole typed requests, judged by a verifier that
//! shares no code with the product.
// specs/top/PROTOCOL.md#signature-vectors, specs/nio/PROTOCOL.md#signature-vectors

use std::time::{Duration, UNIX_EPOCH};

use apograph_apis::nio::aivoice::import_customer::{CustomerPerson, ImportCustomer};
use apograph_apis::nio::{self, Nio};
use apograph_apis::top::alsc::crm_open_customer_save::{CrmOpenCustomerSave, CustomerSaveOpenReq};
use apograph_apis::top::lvms::lvr_importcallcustomer::{CallCustomerDto, IvrImportCustomerDto, LvrImportcallcustomer};
use apograph_apis::top::{self, SignMethod, Top};
use apograph_apis::{Client, Error, File, FixedClock, SystemNonce};
use apograph_runtime::sign::{Location, Moment, Parts};
use apograph_runtime::{Endpoint, Platform};
use apograph_tests::crates::golden_types::form::values::save::{LineDto, OrderDto, Save};
use apograph_tests::crates::golden_types::form::{self, Form};
use apograph_tests::form::{Pairs, pairs, value};
use apograph_tests::verify::{nio_accepts, plain_signature, top_accepts};
use golden_signing::{bare, behind};
use serde_json::Value;

type Texts = &'static [(&'static str, &'static str)];

const METHODS: [SignMethod; 3] = [SignMethod::Md5, SignMethod::Hmac, SignMethod::HmacSha256];

/// 38 bytes.
const PAY: &str = r#"{"name":"刘德华","remark":"备注"}"#;

const SAVE: Texts = &[("method", "alibaba.alsc.crm.open.customer.save"), ("format", "json")];

const ODD: Texts = &[("emoji", "👍é＋ +%&=@/?"), ("Upper", "U"), ("a_b", "1"), ("ab", "2"), ("at", "@file")];

/// Who calls, and when.
#[derive(Copy, Clone)]
struct Caller {
    key: &'static str,
    secret: &'static str,
    session: Option<&'static str>,
    /// Unix seconds.
    now: u64,
}

/// At 2026-01-02 03:04:05 +08:00.
const PLAIN: Caller = Caller { key: "12345678", secret: "helloworld", session: None, now: 1_767_294_245 };

const IN_SESSION: Caller = Caller { session: Some("test"), ..PLAIN };

fn signed<P: Platform>(mut parts: Parts, credentials: &P::Credentials, method: P::SignMethod, now: u64) -> Parts {
    let nonce = SystemNonce::default();
    let moment = Moment::new(UNIX_EPOCH + Duration::from_secs(now), &nonce);
    P::sign(&mut parts, credentials, method, &moment).expect("a signature");
    parts
}

fn parts(query: &[(&str, &str)], form: &[(&str, &str)]) -> Parts {
    let mut parts = Parts::new("POST", "https://eco.taobao.com/router/rest").expect("a URL");
    query.iter().for_each(|(name, value)| parts.push(Location::Query, *name, *value));
    form.iter().for_each(|(name, value)| parts.push(Location::Form, *name, *value));
    parts
}

fn top_signed(caller: Caller, parts: Parts, method: SignMethod) -> Parts {
    let credentials = top::Credentials::new(caller.key, caller.secret).expect("credentials");
    let credentials = caller.session.iter().fold(credentials, |known, session| known.with_session(*session));
    signed::<Top>(parts, &credentials, method, caller.now)
}

fn sign_of(parts: &Parts) -> Option<&str> {
    parts.get(Location::Query, "sign")
}

/// The digests are those of md5, hmac and hmac-sha256.
fn assert_top(caller: Caller, parts: &Parts, digests: [&str; 3]) {
    for (method, digest) in METHODS.into_iter().zip(digests) {
        let signed = top_signed(caller, parts.clone(), method);
        assert_eq!(sign_of(&signed), Some(digest), "{method:?}");
    }
}

const V1: [&str; 3] = [
    "C2B3C86D5DEA8F6F63B50B7EDCAAB6AC",
    "4927464F2FC9487999A1E295B2C02894",
    "D66F37557ADCB1E4C531D17761EE181161C77F6405EBF72B66A66F6526112140",
];

fn v1() -> Parts {
    assert_eq!(PAY.len(), 38);
    parts(SAVE, &[("param_customer_save_open_req", PAY)])
}

#[test]
fn v1_the_fixed_set() {
    assert_top(PLAIN, &v1(), V1);
    let signed = top_signed(PLAIN, v1(), SignMethod::Md5);
    assert_eq!(signed.get(Location::Query, "timestamp"), Some("2026-01-02 03:04:05"));
}

#[test]
fn v1_with_blank_values_files_and_an_earlier_signature() {
    let mut more = v1();
    more.push(Location::Form, "empty", "");
    more.push(Location::Form, "blank", "  \t");
    more.push(Location::Query, "sign", "an earlier signature");
    assert_top(PLAIN, &more.with_file("image"), V1);
}

#[test]
fn v2_with_session_and_simplify() {
    let mut more = v1();
    more.push(Location::Query, "simplify", "true");
    let digests = [
        "BFD662E6C1CE5F4974AF9C397D61B4BE",
        "7B09F77D6479446F975E8FB39985F882",
        "459337AA16EAC4E8FC39AA9C375318E2AEFF614E2C8699101133A0641CAF37AF",
    ];
    assert_top(IN_SESSION, &more, digests);
}

#[test]
fn v3_order_and_odd_characters() {
    let mut more = v1();
    ODD.iter().for_each(|(name, value)| more.push(Location::Form, *name, *value));
    let digests = [
        "76E98BFAE76682DE4D14F2733E29E978",
        "107BA61B8AE59FB3B86D51B2C045A7CB",
        "E73F99418FE84ABE177D45DC8F9776FA0AE4DD5CD15BBB71EDA60555BD0B1377",
    ];
    assert_top(PLAIN, &more, digests);
    // Where a parameter travels and in which order does not count.
    more.reverse(Location::Form);
    assert_top(PLAIN, &more, digests);
    let query = [SAVE, ODD, &[("param_customer_save_open_req", PAY)]].concat();
    assert_top(PLAIN, &parts(&query, &[]), digests);
}

#[test]
fn v4_with_the_body_behind_the_parameters() {
    let query = [SAVE, ODD, &[("param_customer_save_open_req", PAY)]].concat();
    let parts = parts(&query, &[]).with_body(r#"{"a":"中"}"#);
    let credentials = behind::Credentials::new(PLAIN.key, PLAIN.secret).expect("credentials");
    for (method, digest) in [
        (behind::SignMethod::Md5, "4D562104A5B283390BBC60258458B3D2"),
        (behind::SignMethod::Hmac, "A0F175EEB4F19ABCF0BFB1782BC173EF"),
        (behind::SignMethod::HmacSha256, "5A7609FE73846234C6DCD3022F867EFD6BB75C9DAAB2DB844A7116F79142416A"),
    ] {
        let signed = signed::<behind::Behind>(parts.clone(), &credentials, method, PLAIN.now);
        assert_eq!(sign_of(&signed), Some(digest), "{method:?}");
    }
}

#[test]
fn v5_the_documented_order_and_nothing_else() {
    let parts = parts(&[], &[("foo", "1"), ("bar", "2"), ("foo_bar", "3"), ("foobar", "4")]);
    let credentials = bare::Credentials::new(PLAIN.secret).expect("credentials");
    for (method, digest) in [
        (bare::SignMethod::Md5, "5AAF1C690262A24768F5478B084C2C8A"),
        (bare::SignMethod::Hmac, "E687005F819D6F9E6ED085311C8ACC75"),
        (bare::SignMethod::HmacSha256, "339676BF36C50A8BD3D8F6B4A81B2F9AA614B05BFCFEBEFC169CB830D6B77D3B"),
    ] {
        let signed = signed::<bare::Bare>(parts.clone(), &credentials, method, 0);
        assert_eq!(sign_of(&signed), Some(digest), "{method:?}");
        assert_eq!(signed.pairs(Location::Query).len(), 1, "only the signature is added");
    }
}

#[test]
fn v6_the_published_example() {
    // P1: 2016-01-01 12:00:00 +08:00.
    let caller = Caller { now: 1_451_620_800, ..IN_SESSION };
    let business = [("fields", "num_iid,title,nick,price,num"), ("num_iid", "11223344")];
    let parts = parts(&[("method", "taobao.item.seller.get"), ("format", "json")], &business);
    let digests = [
        "66987CB115214E59E6EC978214934FB8",
        "D56D7858309C31B6251083A874D48273",
        "04DB15AD0774D5CFCE2C837DE43E3FCEA9011ED74F3038FB6AB5F3C4CEA119E8",
    ];
    assert_top(caller, &parts, digests);
}

#[test]
fn v7_a_list_of_objects() {
    let query = [("method", "alibaba.lvms.lvr.importcallcustomer"), ("format", "json"), ("simplify", "true")];
    let import = r#"{"customer_d_t_o_list":[{"name":"张三\/\"x\"","properties":"","serial_number":"xxxxx"}],"robot_call_job_id":3}"#;
    let digests = [
        "C090D0C0860373B535CC35BE5C646302",
        "03952D606EC3048BBD7C192EC292CBE9",
        "4479AEEDA13004BA3C4DAC8DDD1B68274AEDC589ABB02FB4E6F671989F09E01B",
    ];
    let parts = parts(&query, &[("rpc_context", "{}"), ("ivr_import_customer_d_t_o", import)]);
    assert_top(IN_SESSION, &parts, digests);
}

#[test]
fn p2_the_example_of_2013() {
    let caller = Caller { key: "test", secret: "test", session: Some("test"), now: 1_367_819_523 };
    let parts = parts(&[("method", "taobao.user.seller.get"), ("format", "xml")], &[("fields", "nick")]);
    let signed = top_signed(caller, parts, SignMethod::Md5);
    assert_eq!(signed.get(Location::Query, "timestamp"), Some("2013-05-06 13:52:03"));
    assert_eq!(sign_of(&signed), Some("72CB4D809B375A54502C09360D879C64"));
}

/// The headers of a NIO request with this key at the published example's instant.
fn nio_signed(key: &str) -> http::HeaderMap {
    let client = Client::<Nio>::new(nio::Credentials::new(key, "7bz1lzh9").expect("credentials"));
    let call = ImportCustomer::new().app_id("a").job_id(1).customer_persons([CustomerPerson::new().name("张三")]);
    let request = client.with_clock(FixedClock::at_unix(1_630_468_800)).request(&call).expect("a complete request");
    request.into_parts().0.headers
}

#[test]
fn nio_the_published_example_and_the_misprinted_key() {
    let headers = nio_signed("bDqJFiq9");
    assert_eq!(headers["sign"], "05d7a50893e22a5c4bb3216ae3396c7c");
    assert_eq!(headers["timestamp"], "1630468800");
    // The page prints another key beside the same digest.
    assert_eq!(nio_signed("bD8JFiq9")["sign"], "cc3512e1338185de5a881dbedf6423ec");
}

#[test]
fn nio_signatures_pass_in_capitals_and_in_small_letters() {
    let headers = nio_signed("bDqJFiq9");
    let sign = headers["sign"].to_str().expect("hex digits");
    for sign in [sign.to_owned(), sign.to_uppercase()] {
        assert!(nio_accepts(&sign, "bDqJFiq9", "7bz1lzh9", "1630468800"), "{sign}");
        assert!(!nio_accepts(&sign, "bDqJFiq9", "7bz1lzh9", "1630468801"), "{sign}");
    }
}

fn top_request(call: &impl Endpoint<Platform = Top>, method: SignMethod) -> http::Request<Vec<u8>> {
    let client = Client::<Top>::new(top::Credentials::new(PLAIN.key, PLAIN.secret).expect("credentials"))
        .with_sign_method(method);
    client.with_clock(FixedClock::at_unix(PLAIN.now)).request(call).expect("a complete request")
}

/// Query and form of a request, decoded.
fn arrived(request: &http::Request<Vec<u8>>) -> Pairs {
    let mut arrived = pairs(request.uri().query().expect("a query"));
    arrived.extend(pairs(std::str::from_utf8(request.body()).expect("a form is ASCII")));
    arrived
}

#[test]
fn blank_parameters_of_a_typed_request_are_neither_sent_nor_signed() {
    let import = || LvrImportcallcustomer::new().ivr_import_customer_d_t_o(IvrImportCustomerDto::new());
    for method in METHODS {
        let plain = top_request(&import(), method);
        for blank in ["", "  \t", "\u{3000}\r\n"] {
            let request = top_request(&import().rpc_context(blank), method);
            assert_eq!((request.uri(), request.body()), (plain.uri(), plain.body()), "{method:?} {blank:?}");
        }
        assert!(top_accepts(&arrived(&plain), PLAIN.secret));
    }
    // Inside an object, blank text is a value: specs/top/PROTOCOL.md#json-in-requests
    let import = IvrImportCustomerDto::new().customer_d_t_o_list([CallCustomerDto::new().properties("")]);
    let request = top_request(&LvrImportcallcustomer::new().ivr_import_customer_d_t_o(import), SignMethod::Md5);
    let text = r#"{"customer_d_t_o_list":[{"properties":""}]}"#;
    assert_eq!(value(&arrived(&request), "ivr_import_customer_d_t_o"), Some(text));
}

#[test]
fn a_required_parameter_that_is_blank_counts_as_missing() {
    let client = Client::<Form>::new(form::Credentials::new("key", "secret").expect("credentials"));
    let order = OrderDto::new().id(1).lines([LineDto::new()]);
    let error = client.request(&Save::new().text(" ").order(order)).expect_err("the text would not be sent");
    let Error::Violations(violations) = error else { panic!("{error}") };
    assert_eq!(violations.iter().map(|violation| violation.path()).collect::<Vec<_>>(), ["text"]);
}

/// Query, text parts and file parts of a request of the golden case `types`.
fn saved(call: Save) -> (Pairs, Vec<(String, Vec<u8>)>) {
    let client = Client::<Form>::new(form::Credentials::new("k", "s").expect("credentials"));
    let request = client.request(&call).expect("a complete request");
    let mut texts = pairs(request.uri().query().expect("a query"));
    let content_type = request.headers()["content-type"].to_str().expect("text");
    let Some((_, boundary)) = content_type.split_once("multipart/form-data; boundary=") else {
        texts.extend(pairs(std::str::from_utf8(request.body()).expect("a form is ASCII")));
        return (texts, Vec::new());
    };
    let mut files = Vec::new();
    for (head, content) in multipart(request.body(), boundary) {
        let name = head.split("name=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a name").to_owned();
        if head.contains("filename=") {
            files.push((name, content));
        } else {
            texts.push((name, String::from_utf8(content).expect("text")));
        }
    }
    (texts, files)
}

/// The parts of a multipart body, each with its head. Contents here hold no line ends.
fn multipart(body: &[u8], boundary: &str) -> Vec<(String, Vec<u8>)> {
    let lines: Vec<&[u8]> = body.split(|byte| *byte == b'\n').map(|line| line.trim_ascii_end()).collect();
    let sections = lines.split(|line| *line == format!("--{boundary}").as_bytes()).skip(1);
    let part = |section: &[&[u8]]| {
        let empty = section.iter().position(|line| line.is_empty()).expect("the end of the head");
        (String::from_utf8_lossy(&section[..empty].join(&b' ')).into_owned(), section[empty + 1].to_vec())
    };
    sections.map(part).collect()
}

#[test]
fn a_file_part_is_sent_and_not_signed() {
    let order = || OrderDto::new().id(7).price("0.10").lines([LineDto::new().sku("中 &=+")]);
    let call = || Save::new().text("刘德华 👍 + % & = @").names(["a", "b"]).order(order());
    let (without, none) = saved(call());
    assert!(none.is_empty());
    let sign = value(&without, "sign").expect("a signature").to_owned();
    assert_eq!(sign, plain_signature(&without, "s"));
    for bytes in [&b"\x89PNG \xff"[..], b"other bytes"] {
        let (texts, files) = saved(call().file(File::new("图.png", bytes)));
        assert_eq!(files, [("file".to_owned(), bytes.to_vec())]);
        assert_eq!(texts, without, "the texts and their signature are those of the request without the file");
    }
}

/// What a caller may type, in every field that takes text.
const TYPED: &str = "刘德华 👍é＋ +%&=@/?#\"\\ %41 \u{7f}\t";

fn odd_customer(text: &str) -> CrmOpenCustomerSave {
    let customer = CustomerSaveOpenReq::new()
        .birthday("2010-01-01 00:00:00")
        .brand_id(text)
        .channel(text)
        .gender(1)
        .mobile("@18651822226")
        .name(text)
        .operator_id("a=b&c=d")
        .outer_id("100%")
        .remark(PAY)
        .request_id(text)
        .shop_id("1 + 1");
    CrmOpenCustomerSave::new().param_customer_save_open_req(customer)
}

#[test]
fn a_whole_typed_request_is_verified_independently() {
    for method in METHODS {
        let request = top_request(&odd_customer(TYPED), method);
        let arrived = arrived(&request);
        assert!(top_accepts(&arrived, PLAIN.secret), "{method:?}");
        assert!(!top_accepts(&arrived, "helloworle"), "{method:?}");
        let sent: Value = serde_json::from_str(value(&arrived, "param_customer_save_open_req").expect("the parameter"))
            .expect("the parameter is JSON");
        assert_eq!((&sent["name"], &sent["channel"], &sent["gender"]), (&TYPED.into(), &TYPED.into(), &1.into()));
        assert_eq!((&sent["remark"], &sent["mobile"]), (&PAY.into(), &"@18651822226".into()));
    }
}

#[test]
fn another_value_or_instant_has_another_signature() {
    for method in METHODS {
        let before = arrived(&top_request(&odd_customer(TYPED), method));
        for index in 0..before.len() {
            let mut altered = before.clone();
            altered[index].1.push('x');
            assert!(!top_accepts(&altered, PLAIN.secret), "{method:?}: {} is not signed", before[index].0);
        }
        let mut more = before.clone();
        more.push(("extra".to_owned(), "1".to_owned()));
        assert!(!top_accepts(&more, PLAIN.secret), "{method:?}");
    }
}

#[test]
fn app_keys_of_any_characters_are_signed_as_they_are_sent() {
    let credentials = top::Credentials::new("钥 +&=%", "密 +&=%").expect("credentials");
    for method in METHODS {
        let client = Client::<Top>::new(credentials.clone()).with_sign_method(method);
        let request = client.request(&odd_customer("x")).expect("a complete request");
        assert!(top_accepts(&arrived(&request), "密 +&=%"), "{method:?}");
    }
}
