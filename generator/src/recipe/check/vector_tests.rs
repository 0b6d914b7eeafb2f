//! Runs published digests through the interpreter, and tests vectors that cannot be run.
// specs/top/PROTOCOL.md#signature-vectors, specs/nio/PROTOCOL.md#signature-vectors

use super::tests::{checked, said};
use crate::diagnostic::Diagnostic;

/// Sorted pairs of query and form between secrets, or under an HMAC.
// specs/top/PROTOCOL.md#signature
const SORTED: &str = "
credentials: {app_key: id, app_secret: secret, session: token}
optional: [session]
clock: {timestamp: {format: '%Y-%m-%d %H:%M:%S', zone: '+08:00'}}
put: {query: {app_key: '{app_key}', session: '{session?}', timestamp: '{timestamp}', v: '2.0'}}
let:
  params: {pairs: {from: [query, form], except: [sign], drop: [empty, file], item: '{k}{v}'}}
variants:
  md5:
    put: {query: {sign_method: md5}}
    let: {sign: {text: '{app_secret}{params}{app_secret}'}, signature: {text: '{sign|md5|HEX}'}}
  hmac:
    put: {query: {sign_method: hmac}}
    let: {mac: {hmac: {alg: md5, key: '{app_secret}', over: '{params}'}}, signature: {text: '{mac|HEX}'}}
  hmac-sha256:
    put: {query: {sign_method: hmac-sha256}}
    let: {mac: {hmac: {alg: sha256, key: '{app_secret}', over: '{params}'}}, signature: {text: '{mac|HEX}'}}
place: {query: {sign: '{signature}'}}
default: md5
";

const KEYS: &str = "{app_key: '12345678', app_secret: helloworld}";
const KEYS_AND_SESSION: &str = "{app_key: '12345678', app_secret: helloworld, session: test}";
const SAVE: &str = "method: alibaba.alsc.crm.open.customer.save, format: json";
const PAY: &str = r#"param_customer_save_open_req: '{"name":"刘德华","remark":"备注"}'"#;
const ODD: &str = "emoji: '👍é＋ +%&=@/?', Upper: U, a_b: '1', ab: '2', at: '@file'";

/// Every variant of a scheme must give its digest for one input.
fn agree(scheme: &str, credentials: &str, clock: &str, request: &str, digests: [&str; 3]) {
    let mut yaml = format!("{scheme}vectors:\n");
    for (variant, digest) in ["md5", "hmac", "hmac-sha256"].into_iter().zip(digests) {
        yaml += &format!(
            "- {{name: {variant}, source: here, variant: {variant}, credentials: {credentials}, clock: '{clock}', \
             request: {{method: POST, url: 'https://h/rest', {request}}}, expect: {{query.sign: {digest}}}}}\n"
        );
    }
    assert_eq!(said(&yaml), [] as [&str; 0]);
}

const NOW: &str = "2026-01-02T03:04:05+08:00";

#[test]
fn v1_the_fixed_set() {
    let digests = [
        "C2B3C86D5DEA8F6F63B50B7EDCAAB6AC",
        "4927464F2FC9487999A1E295B2C02894",
        "D66F37557ADCB1E4C531D17761EE181161C77F6405EBF72B66A66F6526112140",
    ];
    agree(SORTED, KEYS, NOW, &format!("query: {{{SAVE}}}, form: {{{PAY}}}"), digests);
    let blanks = r#"empty: '', blank: "  \t""#;
    agree(SORTED, KEYS, NOW, &format!("query: {{{SAVE}}}, form: {{{blanks}, {PAY}}}, files: [image]"), digests);
}

#[test]
fn v2_session_and_simplify() {
    let request = format!("query: {{simplify: 'true', {SAVE}}}, form: {{{PAY}}}");
    agree(
        SORTED,
        KEYS_AND_SESSION,
        NOW,
        &request,
        [
            "BFD662E6C1CE5F4974AF9C397D61B4BE",
            "7B09F77D6479446F975E8FB39985F882",
            "459337AA16EAC4E8FC39AA9C375318E2AEFF614E2C8699101133A0641CAF37AF",
        ],
    );
}

#[test]
fn v3_order_and_odd_characters() {
    agree(
        SORTED,
        KEYS,
        NOW,
        &format!("query: {{{SAVE}}}, form: {{{PAY}, {ODD}}}"),
        [
            "76E98BFAE76682DE4D14F2733E29E978",
            "107BA61B8AE59FB3B86D51B2C045A7CB",
            "E73F99418FE84ABE177D45DC8F9776FA0AE4DD5CD15BBB71EDA60555BD0B1377",
        ],
    );
}

#[test]
fn v4_a_body_behind_the_parameters() {
    let scheme = SORTED
        .replace("{params}{app_secret}", "{params}{body}{app_secret}")
        .replace("over: '{params}'", "over: '{params}{body}'");
    let request = format!("query: {{{SAVE}, {PAY}, {ODD}}}, body: '{{\"a\":\"中\"}}'");
    agree(
        &scheme,
        KEYS,
        NOW,
        &request,
        [
            "4D562104A5B283390BBC60258458B3D2",
            "A0F175EEB4F19ABCF0BFB1782BC173EF",
            "5A7609FE73846234C6DCD3022F867EFD6BB75C9DAAB2DB844A7116F79142416A",
        ],
    );
}

#[test]
fn v5_no_public_parameters() {
    let lines = SORTED
        .lines()
        .filter(|line| !line.contains("put:") && !line.starts_with("clock:") && !line.starts_with("optional:"));
    let scheme =
        lines.collect::<Vec<_>>().join("\n").replace("app_key: id, ", "").replace(", session: token", "") + "\n";
    agree(
        &scheme,
        "{app_secret: helloworld}",
        NOW,
        "form: {foo: '1', bar: '2', foo_bar: '3', foobar: '4'}",
        [
            "5AAF1C690262A24768F5478B084C2C8A",
            "E687005F819D6F9E6ED085311C8ACC75",
            "339676BF36C50A8BD3D8F6B4A81B2F9AA614B05BFCFEBEFC169CB830D6B77D3B",
        ],
    );
}

#[test]
fn v6_the_published_example() {
    let form = "form: {fields: 'num_iid,title,nick,price,num', num_iid: '11223344'}";
    let request = format!("query: {{method: taobao.item.seller.get, format: json}}, {form}");
    agree(
        SORTED,
        KEYS_AND_SESSION,
        "2016-01-01T12:00:00+08:00",
        &request,
        [
            "66987CB115214E59E6EC978214934FB8",
            "D56D7858309C31B6251083A874D48273",
            "04DB15AD0774D5CFCE2C837DE43E3FCEA9011ED74F3038FB6AB5F3C4CEA119E8",
        ],
    );
}

#[test]
fn v7_a_list_of_objects() {
    let list = r#"{"customer_d_t_o_list":[{"name":"张三\/\"x\"","properties":"","serial_number":"xxxxx"}],"robot_call_job_id":3}"#;
    let query = "query: {method: alibaba.lvms.lvr.importcallcustomer, format: json, simplify: 'true'}";
    let request = format!("{query}, form: {{rpc_context: '{{}}', ivr_import_customer_d_t_o: '{list}'}}");
    agree(
        SORTED,
        KEYS_AND_SESSION,
        NOW,
        &request,
        [
            "C090D0C0860373B535CC35BE5C646302",
            "03952D606EC3048BBD7C192EC292CBE9",
            "4479AEEDA13004BA3C4DAC8DDD1B68274AEDC589ABB02FB4E6F671989F09E01B",
        ],
    );
}

fn published(secret: &str, expect: &str) -> String {
    format!(
        "{SORTED}vectors:\n- {{name: p2, source: here, variant: md5, credentials: {{app_key: test, app_secret: {secret}, session: test}}, \
         clock: '2013-05-06T13:52:03+08:00', request: {{method: GET, url: 'https://h/rest?method=taobao.user.seller.get&format=xml', \
         form: {{fields: nick}}}}, expect: {{{expect}}}}}\n"
    )
}

const NO_HMAC: [&str; 2] = [
    "W0702 .variants.hmac: no vector for the variant `hmac`",
    "W0702 .variants.hmac-sha256: no vector for the variant `hmac-sha256`",
];

#[test]
fn p2_with_every_intermediate() {
    let params = "app_keytestfieldsnickformatxmlmethodtaobao.user.seller.getsessiontestsign_methodmd5timestamp2013-05-06 13:52:03v2.0";
    let expect = format!(
        "timestamp: '2013-05-06 13:52:03', params: '{params}', sign: 'test{params}test', signature: 72CB4D809B375A54502C09360D879C64, \
         query.sign: 72CB4D809B375A54502C09360D879C64, query.v: '2.0'"
    );
    assert_eq!(said(&published("test", &expect)), NO_HMAC);
}

/// Key, secret and seconds under one digest.
// specs/nio/PROTOCOL.md#signature
const HEADERS: &str = "
credentials: {api_key: id, api_secret: secret}
clock: {timestamp: {format: unix}}
put: {headers: {Api-Key: '{api_key}', Timestamp: '{timestamp}'}}
let: {base: {text: '{api_key}{api_secret}{timestamp}'}, sign: {text: '{base|md5|hex}'}}
place: {headers: {Sign: '{sign}'}}
";

#[test]
fn headers_published_and_misprinted() {
    for (key, digest) in
        [("bDqJFiq9", "05d7a50893e22a5c4bb3216ae3396c7c"), ("bD8JFiq9", "cc3512e1338185de5a881dbedf6423ec")]
    {
        let vector = format!(
            "vectors:\n- {{name: a, source: here, credentials: {{api_key: {key}, api_secret: 7bz1lzh9}}, clock: '2021-09-01T04:00:00Z', \
             request: {{method: POST, url: 'https://h'}}, expect: {{headers.Timestamp: '1630468800', headers.Sign: {digest}}}}}\n"
        );
        assert_eq!(said(&format!("{HEADERS}{vector}")), [] as [&str; 0]);
    }
}

/// Everything of stage 2 in one scheme; the digests were made with Python's hashlib and hmac.
#[test]
fn stage_two() {
    let yaml = "
credentials: {id: id, secret: secret}
clock: {t: {format: unix, plus: 300}, d: {format: '%Y%m%dT%H%M%SZ'}}
nonce: {n: uuid4}
op: [action, version]
optional: [op.version]
put: {headers: {X-Action: '{op.action}', X-Version: '{op.version?}', X-Nonce: '{n}', Digest: '{body|sha256|base64}'}}
let:
  line: {text: '{method} {scheme}://{host}{path_query} {path} {query} {url} {header.x-action}{op.version?} {t} {d} {body|len:6}'}
  key: {text: '{secret|sha512|hex}'}
  raw: {text: '{line|sha1}{n}'}
  mac: {hmac: {alg: sha512, key: 'v1{key}', over: '{raw}'}}
place: {headers: {Authorization: 'V1 {{{id}}} {mac|base64url}', X-Mac: '{mac|base64}'}}
vectors:
- name: all
  source: here
  credentials: {id: me, secret: hush}
  clock: '2021-09-01T04:00:00Z'
  nonce: {n: 00010203-0405-4607-8809-0a0b0c0d0e0f}
  op: {action: Save}
  request: {method: PUT, url: 'https://h:1/base/x?a=1%202', query: {b: 中}, body: '{\"a\":\"中\"}'}
  expect:
    line: 'PUT https://h:1/base/x?a=1+2&b=%E4%B8%AD /base/x a=1+2&b=%E4%B8%AD https://h:1/base/x Save 1630469100 20210901T040000Z 000011'
    raw: c577ac3f1de25203b38cf649979135bae0f5055c30303031303230332d303430352d343630372d383830392d306130623063306430653066
    mac: ea4c96262ea96b7dc11a1b9eb8aaad52bdee563f82c0817fea6ff75b2aba5d7982e6dd8e93ed7e236f023072cfa55ed3dbcee25379760755f4935703e35bad7b
    headers.Digest: ZrpqqFe50Ou2w7Xxop2cA6/mwD4Skr5XDJYy8wZcgzE=
    headers.Authorization: 'V1 {me} 6kyWJi6pa33BGhueuKqtUr3uVj-CwIF_6m_3Wyq6XXmC5t2Ok-1-I28CMHLPpV7T287iU3l2B1X0k1cD41utew=='
    headers.X-Mac: '6kyWJi6pa33BGhueuKqtUr3uVj+CwIF/6m/3Wyq6XXmC5t2Ok+1+I28CMHLPpV7T287iU3l2B1X0k1cD41utew=='
";
    assert_eq!(said(yaml), [] as [&str; 0]);
}

#[test]
fn a_wrong_answer_is_shown_beside_the_right_one() {
    let (_, findings) = checked(&published("test", "query.sign: 72CB4D809B375A54502C09360D879C65"));
    let shown = shown(&findings);
    assert!(
        shown.contains(
            "expected `72CB4D809B375A54502C09360D879C65`\n     got `72CB4D809B375A54502C09360D879C64`\n                                         ^ first difference"
        ),
        "{shown}"
    );
    let signed = "text to sign (`sign`):\ntestapp_keytestfieldsnickformatxmlmethodtaobao.user.seller.getsessiontestsign_methodmd5timestamp2013-05-06 13:52:03v2.0test";
    assert!(shown.contains(signed), "{shown}");
}

/// The help of all findings.
fn shown(findings: &[Diagnostic]) -> String {
    findings.iter().flat_map(Diagnostic::help_lines).cloned().collect::<Vec<_>>().join("\n\n")
}

#[test]
fn the_first_step_that_differs_is_the_finding() {
    let (_, findings) = checked(&published("test", "query.sign: 72CB4D809B375A54502C09360D879C65, params: x"));
    let errors = findings.iter().filter(|finding| finding.is_error());
    let errors: Vec<&str> = errors.map(Diagnostic::message).collect();
    assert_eq!(errors, ["the recipe does not reproduce `params` of the vector `p2`"]);
}

#[test]
fn a_long_text_is_shown_where_it_differs() {
    let params = "app_keytestfieldsnickformatxmlmethodtaobao.user.seller.getsessiontestsign_methodmd5timestamp2013-05-06 13:52:04v2.0";
    let (_, findings) = checked(&published("test", &format!("params: '{params}'")));
    let shown = shown(&findings);
    assert!(shown.contains("expected `…") && shown.contains("2013-05-06 13:52:04v2.0`\n     got `…"), "{shown}");
}

#[test]
fn the_file_s_own_secret_is_shown() {
    let (_, findings) = checked(&published("hunter2", "sign: hunter3"));
    let shown = shown(&findings);
    assert!(shown.contains("expected `hunter3`\n     got `hunter2app_key"), "{shown}");
    assert!(!shown.contains("characters"), "only a digest has a length of its own: {shown}");
}

#[test]
fn usual_mistakes_are_named() {
    let md5 = |text: &str| apograph_runtime::sign::hex_upper(&apograph_runtime::sign::md5(text.as_bytes()));
    let params = "app_keytestfieldsnickformatxmlmethodtaobao.user.seller.getsessiontestsign_methodmd5timestamp2013-05-06 13:52:03v2.0";
    for (expected, advice) in [
        ("72cb4d809b375a54502c09360d879c64".to_owned(), "if upper and lower case are swapped: see `hex` and `HEX`"),
        ("cstNgJs3WlRQLAk2DYecZA==".to_owned(), "in another encoding: see `hex`, `base64` and `base64url`"),
        (md5(&format!("test{}test", params.replace("sessiontest", ""))), "if `session` is not signed: see `except`"),
        (md5(&format!("{params}test")), "without `test` at the start of the text"),
    ] {
        let (_, findings) = checked(&published("test", &format!("query.sign: '{expected}'")));
        let shown = shown(&findings);
        let advice = advice.replace("`test`", "`app_secret`");
        assert!(shown.contains(&format!("the recipe gives the expected value {advice}")), "{advice}: {shown}");
    }
}

#[test]
fn vectors_that_cannot_be_tried() {
    let sound = published("test", "query.sign: 72CB4D809B375A54502C09360D879C64");
    for (from, to, expected) in [
        (
            "variant: md5, c",
            "c",
            "E0703 .vectors[0].variant: the vector needs a variant, one of: md5, hmac, hmac-sha256",
        ),
        (
            "variant: md5, c",
            "variant: md6, c",
            "E0703 .vectors[0].variant: the vector needs a variant, one of: md5, hmac, hmac-sha256",
        ),
        ("{app_key: test, ", "{", "E0703 .vectors[0].credentials: the vector lacks the credential `app_key`"),
        (
            "{app_key: test, ",
            "{app_key: ' ', ",
            "E0703 .vectors[0].credentials.app_key: the credential `app_key` is empty",
        ),
        (
            "{app_key: test, ",
            "{app_kay: a, app_key: test, ",
            "E0604 .vectors[0].credentials.app_kay: unknown credential `app_kay`",
        ),
        (
            "2013-05-06T",
            "2013-05-06 ",
            "E0703 .vectors[0].clock: `2013-05-06 13:52:03+08:00` is not a point in time after 1970, written as `2026-01-02T03:04:05+08:00`, with or without a fraction, or as Unix seconds or milliseconds",
        ),
        (
            " clock: '2013-05-06T13:52:03+08:00',",
            "",
            "E0703 .vectors[0].clock: the vector lacks `clock`, which the scheme reads",
        ),
        ("method: GET", "method: get", "E0703 .vectors[0].request.method: an HTTP method must be in capitals"),
        (
            "url: 'https://h",
            "url: 'h",
            "E0703 .vectors[0].request.url: not an absolute http or https URL without user and fragment: h/rest?method=taobao.user.seller.get&format=xml",
        ),
        ("form: {", "body: x, form: {", "E0703 .vectors[0].request.body: a request cannot have both a body and a form"),
        (
            "{query.sign:",
            "{query.sing:",
            "E0703 .vectors[0].expect[\"query.sing\"]: the scheme does not produce `query.sing`",
        ),
        ("request:", "nonce: {n: a}, request:", "E0604 .vectors[0].nonce.n: unknown nonce `n`"),
        ("request:", "op: {n: a}, request:", "E0604 .vectors[0].op.n: unknown fact `n`"),
    ] {
        let findings = said(&sound.replacen(from, to, 1));
        assert!(findings.contains(&expected.to_owned()), "{findings:#?}");
    }
    let twice = format!("{sound}{}", sound.rsplit("vectors:\n").next().unwrap_or_default());
    assert!(said(&twice).contains(&"E0703 .vectors[1].name: two vectors are named `p2`".to_owned()));
    for none in ["", "vectors: []", "vectors: {none: ' '}"] {
        assert_eq!(said(&format!("{SORTED}{none}")), ["E0701 : the scheme has no vectors"]);
    }
}

#[test]
fn a_request_that_cannot_be_signed() {
    let vector = "vectors: [{name: a, source: b, credentials: {api_key: c, api_secret: d}, clock: '2021-09-01T04:00:00Z', \
                  request: {method: GET, url: 'http://h', files: [f]}, expect: {headers.Sign: e}}]";
    let scheme = HEADERS.replace("{timestamp}'}, sign", "{timestamp}{body}'}, sign");
    let expected = "E0704 .vectors[0].name: the request of the vector `a` cannot be signed: the signature covers the body, which cannot carry files";
    assert_eq!(said(&format!("{scheme}{vector}")), [expected]);
}
