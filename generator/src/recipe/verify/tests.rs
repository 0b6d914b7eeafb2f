//! What the interpreter signs is accepted, and every change of it is refused with a reason.

use std::time::{Duration, UNIX_EPOCH};

use super::*;
use crate::recipe::check::tests::sound;

const NOW: u64 = 1_767_294_245;

const TOLERANCE: Duration = Duration::from_secs(600);

/// Like the signature of TOP, with a nonce in a header and a time in a second form that is not sent.
const SCHEME: &str = "
default: hmac
credentials: {app_key: id, app_secret: secret, session: token}
optional: [session]
clock:
  timestamp: {format: '%Y-%m-%d %H:%M:%S', zone: '+08:00'}
  day: {format: '%Y%m%d', zone: Z}
nonce: {once: 'hex:8'}
put:
  query: {app_key: '{app_key}', session: '{session?}', timestamp: '{timestamp}', v: '2.0'}
  headers: {X-Nonce: 'n-{once}'}
let:
  params: {pairs: {from: [query, form], except: [sign], drop: [empty, file], item: '{k}{v}'}}
variants:
  md5:
    put: {query: {sign_method: md5}}
    let:
      wrapped: {text: '{app_secret}{params}{once}{day}{app_secret}'}
      signature: {text: '{wrapped|md5|HEX}'}
  hmac:
    put: {query: {sign_method: hmac}}
    let:
      mac: {hmac: {alg: sha256, key: '{app_secret}', over: '{params}{once}{day}'}}
      signature: {text: '{mac|HEX}'}
place: {query: {sign: '{signature}'}}
vectors: {none: made up}
";

fn credentials(texts: &[Option<&str>]) -> Vec<Option<Secret>> {
    texts.iter().map(|text| text.map(Secret::from)).collect()
}

fn known() -> Vec<Option<Secret>> {
    credentials(&[Some("12345678"), Some("helloworld"), Some("t0ken")])
}

fn request() -> Parts {
    let mut parts = Parts::new("POST", "http://127.0.0.1:1234/router/rest?method=a.b&format=json").unwrap();
    parts.put_form("customer", r#"{"name":"刘德华","tags":["a","b"]}"#);
    parts.put_form("plus", "1 + 1 = 2");
    parts
}

fn sign(scheme: &Scheme, variant: usize, credentials: &[Option<Secret>], parts: &mut Parts) {
    let source = SystemNonce::default();
    let moment = Moment::new(UNIX_EPOCH + Duration::from_secs(NOW), &source);
    let (_, plan) = scheme.plans().nth(variant).unwrap();
    Run { scheme, plan, credentials, moment: &moment, signatures: &Signatures::default() }.sign(parts).unwrap();
}

fn verify(scheme: &Scheme, received: &Parts) -> Verdict {
    let now = UNIX_EPOCH + Duration::from_secs(NOW);
    Verifier { scheme, credentials: &known(), now, tolerance: TOLERANCE }.verify(received)
}

/// The problems with a request that `change` altered after it was signed.
fn problems(change: impl FnOnce(&mut Parts)) -> Vec<String> {
    let scheme = sound(SCHEME);
    let mut parts = request();
    sign(&scheme, 1, &known(), &mut parts);
    change(&mut parts);
    verify(&scheme, &parts).problems.iter().map(ToString::to_string).collect()
}

/// The mistake that is found if a client signs the changed request, but sends the one that was not changed.
fn mistake(client: impl FnOnce(&mut Parts), server: impl FnOnce(&mut Parts)) -> Option<Mistake> {
    let scheme = sound(SCHEME);
    let mut parts = request();
    client(&mut parts);
    sign(&scheme, 0, &known(), &mut parts);
    server(&mut parts);
    only_mistake(&verify(&scheme, &parts))
}

fn only_mistake(verdict: &Verdict) -> Option<Mistake> {
    match verdict.problems.as_slice() {
        [Problem::Signature(mismatch)] => mismatch.mistake.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_signed_is_accepted_by_the_variant_that_signed_it() {
    let scheme = sound(SCHEME);
    for (index, name) in ["md5", "hmac"].into_iter().enumerate() {
        let mut parts = request();
        sign(&scheme, index, &known(), &mut parts);
        let verdict = verify(&scheme, &parts);
        assert_eq!(verdict, Verdict { variant: Some(name.to_owned()), problems: vec![], has_session: true });
    }
    let mut parts = request();
    sign(&scheme, 0, &credentials(&[Some("12345678"), Some("helloworld"), None]), &mut parts);
    let verdict = verify(&scheme, &parts);
    assert!(verdict.is_accepted() && !verdict.has_session, "the session is optional");
}

#[test]
fn parameters_may_travel_in_the_form() {
    let scheme = sound(SCHEME);
    let mut parts = request();
    sign(&scheme, 0, &known(), &mut parts);
    for (name, value) in parts.pairs(Location::Query).to_vec() {
        parts.remove(Location::Query, &name);
        parts.push(Location::Form, name, value);
    }
    assert!(verify(&scheme, &parts).is_accepted());
}

#[test]
fn every_field_is_checked() {
    let put = |name: &'static str, value: &'static str| problems(move |parts| parts.put_query(name, value));
    assert_eq!(put("v", "1.0"), ["the parameter `v` is `1.0`, expected `2.0`"]);
    assert_eq!(put("v", ""), ["the parameter `v` is missing"]);
    assert_eq!(put("app_key", "87654321"), ["the parameter `app_key` is not the expected `app_key`: `87654321`"]);
    assert_eq!(put("session", "secret session"), ["the parameter `session` is not the expected `session`"]);
    assert_eq!(
        put("sign_method", "MD5"),
        ["the parameter `sign_method` has the unknown value `MD5`; known values: hmac, md5"]
    );
    assert_eq!(put("sign_method", " "), ["the parameter `sign_method` is missing; known values: hmac, md5"]);
    assert_eq!(
        put("timestamp", "2026/01/02 03:04:05"),
        ["the parameter `timestamp` is `2026/01/02 03:04:05`, which is not a time of the form `%Y-%m-%d %H:%M:%S`"]
    );
    assert_eq!(problems(|parts| parts.remove(Location::Query, "sign")), ["the parameter `sign` is missing"]);
    assert_eq!(problems(|parts| parts.put_header("X-Nonce", "12345678")), ["the header `X-Nonce` has a wrong value"]);
}

#[test]
fn several_problems_are_reported_at_once() {
    let found = problems(|parts| {
        parts.remove(Location::Query, "timestamp");
        parts.remove(Location::Query, "app_key");
        parts.remove(Location::Query, "sign");
    });
    let missing = ["app_key", "timestamp", "sign"].map(|name| format!("the parameter `{name}` is missing"));
    assert_eq!(found, missing);
}

#[test]
fn the_time_may_differ_by_the_tolerance() {
    let scheme = sound(SCHEME);
    let at = |seconds: i64| {
        let mut parts = request();
        sign(&scheme, 0, &known(), &mut parts);
        let now = UNIX_EPOCH + Duration::from_secs(NOW.saturating_add_signed(seconds));
        let verdict = Verifier { scheme: &scheme, credentials: &known(), now, tolerance: TOLERANCE }.verify(&parts);
        verdict.problems.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(at(600), Vec::<String>::new());
    assert_eq!(at(-600), Vec::<String>::new());
    assert_eq!(at(601), ["the parameter `timestamp` is 10 min 1 s behind the server's time (limit: 10 min)"]);
    assert_eq!(
        at(-28_803),
        [
            "the parameter `timestamp` is 8 h 0 min ahead of the server's time (limit: 10 min); it seems to be written in a \
          time zone that is 8 hours ahead"
        ]
    );
}

#[test]
fn a_time_in_milliseconds_is_read() {
    let scheme = sound(SCHEME);
    let mut parts = request();
    parts.put_query("timestamp", format!("{NOW}123"));
    let mut signed = parts.clone();
    signed.remove(Location::Query, "timestamp");
    sign(&scheme, 0, &known(), &mut signed);
    // The recipe writes the documented form: sign again with what an SDK sends.
    signed.put_query("timestamp", format!("{NOW}123"));
    let verdict = verify(&scheme, &signed);
    let Some(Problem::Signature(mismatch)) = verdict.problems.first() else { panic!("{verdict:?}") };
    signed.put_query("sign", mismatch.expected.clone());
    assert!(verify(&scheme, &signed).is_accepted());
}

#[test]
fn a_wrong_signature_is_explained_without_secrets() {
    let scheme = sound(SCHEME);
    let mut parts = request();
    sign(&scheme, 0, &known(), &mut parts);
    parts.put_form("plus", "helloworld t0ken");
    let verdict = verify(&scheme, &parts);
    let Some(Problem::Signature(mismatch)) = verdict.problems.first() else { panic!("{verdict:?}") };
    let details = mismatch.details();
    assert!(!details.contains("helloworld") && !details.contains("t0ken"), "{details}");
    let Some(text) = &mismatch.text else { panic!("{details}") };
    assert_eq!(text.name, "wrapped");
    let nonce = parts.get(Location::Headers, "X-Nonce").unwrap().trim_start_matches("n-").to_owned();
    assert_eq!(
        text.text,
        format!(
            "<app_secret>app_key12345678customer{{\"name\":\"刘德华\",\"tags\":[\"a\",\"b\"]}}formatjsonmethoda.b\
             plus<app_secret> <session>session<session>sign_methodmd5timestamp2026-01-02 03:04:05v2.0{nonce}20260101\
             <app_secret>"
        )
    );
    let unsigned: Vec<_> = mismatch.fields.iter().filter(|field| !field.is_signed).map(|field| &field.name).collect();
    assert!(unsigned.is_empty(), "{unsigned:?}");
    assert_eq!(mismatch.mistake, None);
}

#[test]
fn usual_mistakes_are_named() {
    let keep = |_: &mut Parts| {};
    let found = mistake(keep, |parts| {
        let lower = parts.get(Location::Query, "sign").unwrap().to_lowercase();
        parts.put_query("sign", lower);
    });
    assert_eq!(found, Some(Mistake::LetterCase));
    let unsigned = |name: &str| Some(Mistake::Unsigned(vec![name.to_owned()]));
    assert_eq!(mistake(keep, |parts| parts.put_query("late", "1")), unsigned("late"));
    assert_eq!(
        mistake(|parts| parts.put_form("plus", "1+%2B+1+%3D+2"), |parts| parts.put_form("plus", "1 + 1 = 2")),
        None,
        "only one value was encoded, and the JSON was not"
    );
    assert_eq!(mistake(encode_all, restore), Some(Mistake::PercentEncoded));
    assert_eq!(
        mistake(|parts| parts.put_form("plus", "1+++1+=+2"), |parts| parts.put_form("plus", "1   1 = 2")),
        Some(Mistake::PlusAsSpace)
    );
    let object = |form: &'static str, text: &'static str| {
        let found = mistake(|parts| parts.put_form("customer", text), restore);
        let Some(Mistake::OtherText { name: Some(name), form: found }) = found else { panic!("{found:?}") };
        assert!(name == "customer" && found.starts_with(form), "{found}");
    };
    object("`[object Object]`", "[object Object]");
    object("JSON with spaces", r#"{"name": "刘德华", "tags": ["a", "b"]}"#);
    object("JSON with `\\u` escapes", r#"{"name":"\u5218\u5fb7\u534e","tags":["a","b"]}"#);
    assert_eq!(
        mistake(|parts| parts.put_form("customer", r#"{"name":"???","tags":["a","b"]}"#), restore),
        Some(Mistake::NotUtf8)
    );
}

fn encode_all(parts: &mut Parts) {
    parts.put_form("plus", "1%20%2B%201%20%3D%202");
    parts.put_form(
        "customer",
        "%7B%22name%22%3A%22%E5%88%98%E5%BE%B7%E5%8D%8E%22%2C%22tags%22%3A%5B%22a%22%2C%22b%22%5D%7D",
    );
}

fn restore(parts: &mut Parts) {
    let original = request();
    for name in ["plus", "customer"] {
        parts.put_form(name, original.get(Location::Form, name).unwrap());
    }
}

#[test]
fn mistakes_with_credentials_and_variants_are_named() {
    let scheme = sound(SCHEME);
    let signed_with = |secret: &str, app_key: &str| {
        let mut parts = request();
        sign(&scheme, 0, &credentials(&[Some(app_key), Some(secret), Some("t0ken")]), &mut parts);
        only_mistake(&verify(&scheme, &parts))
    };
    let secret = || "app_secret".to_owned();
    assert_eq!(signed_with("", "12345678"), Some(Mistake::SecretMissing(secret())));
    assert_eq!(
        signed_with("12345678", "12345678"),
        Some(Mistake::SecretIs { secret: secret(), used: "app_key".to_owned() })
    );
    assert_eq!(signed_with("helloworld\n", "12345678"), Some(Mistake::SecretWhiteSpace(secret())));
    assert_eq!(signed_with("another", "12345678"), None);
    let once = sound(&SCHEME.replace("{day}{app_secret}'}", "{day}'}"));
    let mut parts = request();
    sign(&once, 0, &known(), &mut parts);
    assert_eq!(only_mistake(&verify(&scheme, &parts)), Some(Mistake::SecretOnce { secret: secret(), at_start: false }));
    let joined = sound(&SCHEME.replace("item: '{k}{v}'", "item: '{k}={v}', join: '&'"));
    let mut parts = request();
    sign(&joined, 1, &known(), &mut parts);
    assert_eq!(only_mistake(&verify(&scheme, &parts)), Some(Mistake::Joined("name=value&…".to_owned())));
    let swapped =
        sound(&SCHEME.replace("sign_method: md5", "sign_method: x").replace("sign_method: hmac", "sign_method: md5"));
    let mut parts = request();
    sign(&swapped, 1, &known(), &mut parts);
    assert_eq!(only_mistake(&verify(&scheme, &parts)), Some(Mistake::OtherVariant("hmac".to_owned())));
}

#[test]
fn any_change_of_what_is_signed_is_refused() {
    let scheme = sound(SCHEME);
    for variant in [0, 1] {
        let mut parts = request();
        sign(&scheme, variant, &known(), &mut parts);
        for location in [Location::Query, Location::Form, Location::Headers] {
            for (at, (name, value)) in parts.pairs(location).to_vec().into_iter().enumerate() {
                let changed = explain::changed(&parts, location, at, &format!("{value}0"));
                assert!(!verify(&scheme, &changed).is_accepted(), "{name}");
            }
        }
    }
}

#[test]
fn a_scheme_whose_nonce_is_not_sent_cannot_be_checked() {
    let scheme = sound(&SCHEME.replace("headers: {X-Nonce: 'n-{once}'}", "headers: {X-Fixed: 'n'}"));
    let mut parts = request();
    sign(&scheme, 0, &known(), &mut parts);
    assert_eq!(verify(&scheme, &parts).problems, [Problem::Uncheckable { name: "once".to_owned() }]);
}

#[test]
fn a_secret_in_the_place_of_another_value_is_not_shown() {
    let known = known();
    let secret = known[1].as_ref().map(Secret::expose).expect("a secret");
    let swapped = problems(|parts| parts.put_query("app_key", secret));
    assert!(swapped[0].ends_with("it is the `app_secret`; key and secret are swapped"), "{swapped:?}");
    for name in ["app_key", "timestamp", "sign_method", "v"] {
        let found = problems(|parts| parts.put_query(name, format!("{secret}0")));
        assert!(!found.is_empty() && !found.concat().contains(secret), "{name}: {found:?}");
    }
}

#[test]
fn a_request_with_very_many_parameters_is_not_explained() {
    let scheme = sound(SCHEME);
    let explained = |count: usize| {
        let mut parts = request();
        sign(&scheme, 0, &known(), &mut parts);
        (0..count).for_each(|number| parts.push(Location::Form, format!("n{number}"), "中"));
        verify(&scheme, &parts).problems.iter().map(ToString::to_string).collect::<String>()
    };
    let some = explained(100);
    assert!(!some.contains("were not tried"), "{some}");
    let many = explained(8000);
    assert!(many.ends_with("were not tried: the request has more than 500 parameters and headers"), "{many}");
}

#[test]
fn a_text_outside_of_ascii_may_have_been_digested_as_gbk() {
    let ending = |value: &'static str| {
        problems(|parts| {
            parts.put_form("customer", value);
            parts.put_query("sign", "0".repeat(64));
        })
        .concat()
    };
    assert!(ending("中").ends_with("or the text was not digested as UTF-8 (perhaps GBK)"), "{}", ending("中"));
    assert!(ending("a").ends_with("or a value changed after it was signed"), "{}", ending("a"));
}

#[test]
fn explaining_a_large_request_is_bounded() {
    let scheme = sound(SCHEME);
    let mut parts = request();
    parts.put_form("large", "x".repeat(explain::BUDGET / 2));
    sign(&scheme, 0, &known(), &mut parts);
    parts.put_form("large", "y".repeat(explain::BUDGET / 2));
    let verdict = verify(&scheme, &parts);
    let Some(Problem::Signature(mismatch)) = verdict.problems.first() else { panic!("{verdict:?}") };
    assert_eq!((&mismatch.mistake, &mismatch.text), (&None, &None));
    assert!(mismatch.details().starts_with("the text to sign is not shown"));
    assert!(explain::BUDGET / explain::size(&parts) <= 2, "trials and changed fields are divided by the size");
}
