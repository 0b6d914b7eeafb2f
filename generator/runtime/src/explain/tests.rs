//! Reports of typed calls, and comparisons with other texts.

use proptest::prelude::*;

use super::*;
use crate::fixture::{All, FormCall, FormPlatform, JsonCall, JsonPlatform, Keys, WithRequestId};
use crate::{Client, File, FixedClock, Notes, Platform};

fn client<P: Platform<Credentials = Keys>>(keys: Keys) -> Client<P> {
    Client::new(keys).with_clock(FixedClock::at_unix(1_767_294_245))
}

fn in_session() -> Keys {
    Keys { session: Some("tok&%密".into()), ..Keys::new() }
}

fn report(id: &str) -> SigningReport {
    let call = FormCall {
        id: Some(id.to_owned()),
        names: Some(vec!["a".to_owned(), "b c".to_owned()]),
        ..FormCall::default()
    };
    client::<FormPlatform>(in_session()).call(&call).session("tok&%密").param("zip", "1 2").explain().expect("a report")
}

const TEXT: &str = "<secret>app_key12345678formatjsonid刘 1methoda.form.callnamesa,b csession<session>\
                    timestamp2026-01-02 03:04:05zip1 2<secret>";

#[test]
fn a_report_is_complete_and_masked() {
    let report = report("刘 1");
    let shown: Vec<_> =
        report.parameters().iter().map(|known| (known.name(), known.value(), known.coverage())).collect();
    let expected = [
        ("method", "a.form.call", Coverage::Signed),
        ("format", "json", Coverage::Signed),
        ("app_key", "12345678", Coverage::Signed),
        ("session", "<session>", Coverage::Signed),
        ("timestamp", "2026-01-02 03:04:05", Coverage::Signed),
        ("sign", "10", Coverage::Signature),
        ("id", "刘 1", Coverage::Signed),
        ("names", "a,b c", Coverage::Signed),
        ("zip", "1 2", Coverage::Signed),
        ("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8", Coverage::Unsigned),
    ];
    assert_eq!(shown, expected);
    assert_eq!((report.text_to_sign(), report.signature()), (Some(TEXT), Some("10")));
    assert_eq!(report.steps().iter().map(SigningStep::name).collect::<Vec<_>>(), ["params", "text"]);
    assert!(!report.is_body_signed());
}

#[test]
fn the_report_is_of_the_request_that_would_be_sent() {
    let call = FormCall { id: Some("a".to_owned()), ..FormCall::default() };
    let client = client::<FormPlatform>(in_session());
    let request = client.request(&call).expect("a request");
    let explained = client.explain(&call).expect("a report").into_request();
    assert_eq!(
        (request.uri(), request.headers(), request.body()),
        (explained.uri(), explained.headers(), explained.body())
    );
}

#[test]
fn calls_without_types_are_explained() {
    let client = client::<FormPlatform>(Keys::new());
    let report = client.raw("a.raw").param("zip", "1 2").explain().expect("a report");
    let text = "<secret>app_key12345678formatjsonmethoda.rawtimestamp2026-01-02 03:04:05zip1 2<secret>";
    assert_eq!(report.text_to_sign(), Some(text));
}

#[test]
fn a_report_reads_well() {
    let expected = "\
parameters:
  query   method        signed      a.form.call
  query   format        signed      json
  query   app_key       signed      12345678
  query   session       signed      <session>
  query   timestamp     signed      2026-01-02 03:04:05
  query   sign          signature   10
  form    id            signed      刘 1
  form    names         signed      a,b c
  form    zip           signed      1 2
  header  Content-Type  not signed  application/x-www-form-urlencoded;charset=UTF-8

text to sign (step `text`):
TEXT

signature:
10

request:
POST https://gw.example/router/rest?method=a.form.call&format=json&app_key=12345678&session=<session>\
&timestamp=2026-01-02+03%3A04%3A05&sign=10
Content-Type: application/x-www-form-urlencoded;charset=UTF-8

id=%E5%88%98+1&names=a%2Cb+c&zip=1+2";
    assert_eq!(report("刘 1").to_string(), expected.replace("TEXT", TEXT));
}

#[test]
fn files_and_json_bodies_are_not_signed() {
    let call = FormCall { id: Some("a".to_owned()), file: Some(File::new("a.png", "x")), ..FormCall::default() };
    let report = client::<FormPlatform>(Keys::new()).explain(&call).expect("a report");
    let file = report.parameters().iter().find(|known| known.name() == "file").expect("the file");
    assert_eq!((file.location(), file.value(), file.coverage()), (Location::Form, "", Coverage::Unsigned));
    assert!(report.to_string().contains("(multipart form, "), "{report}");
    let call = JsonCall { voice_id: Some("helloworld \"".to_owned()), ..JsonCall::default() };
    let report = client::<JsonPlatform>(Keys::new()).explain(&call).expect("a report");
    assert_eq!((report.text_to_sign(), report.signature(), report.is_body_signed()), (None, None, false));
    assert!(report.to_string().ends_with("{\"voiceId\":\"<secret> \\\"\"}"), "{report}");
    assert_eq!(report.compare("x"), Comparison::NoText);
}

#[test]
#[cfg(not(feature = "debug-values"))]
fn debug_shows_no_value() {
    let shown = format!("{:?} {:?}", report("geheim"), report("geheim").compare("other"));
    assert!(shown.contains("timestamp") && !shown.contains("geheim") && !shown.contains("2026"), "{shown}");
}

#[test]
fn the_session_of_the_client_is_masked_in_other_calls() {
    let call = WithRequestId { request_id: Some("client-token".to_owned()) };
    let client = client::<FormPlatform>(Keys { session: Some("client-token".into()), ..Keys::new() });
    let report = client.call(&call).session("other").explain().expect("a report");
    assert!(!report.to_string().contains("client-token"), "{report}");
}

/// The report of a request whose header contains a token, a key and the signature.
#[test]
fn tokens_and_keys_beside_a_signature_are_masked() {
    let (notes, nonce) = (Notes::default(), crate::SystemNonce::default());
    let mut parts = crate::Parts::new("GET", "https://h/a").expect("a URL");
    {
        let moment = crate::Moment::new(std::time::UNIX_EPOCH, &nonce).with_notes(&notes);
        let pair = "id:t0ken";
        moment.note("pair", pair);
        moment.note_key("key", &[7, 8, 9, 10]);
        moment.note("mac", &[1, 2, 3]);
        moment.note_signature(Location::Headers, "Auth", "pair", &[]);
    }
    parts.put_header("Auth", "t0ken aWQ6dDBrZW4= 0708090a 010203a");
    let token = crate::Secret::from("t0ken");
    let report = SigningReport::of_parts(&parts, notes, &[("token", Some(&token))]).expect("a report");
    assert_eq!(report.signature(), Some("<token> <pair> <key> 010203a"));
    let steps: Vec<_> = report.steps().iter().map(|step| (step.name(), step.text())).collect();
    assert_eq!(steps, [("pair", "id:<token>"), ("key", "<key>"), ("mac", "010203")]);
}

fn hard_text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{1,3}", "[ -~]{1,12}", "[%&+=/刘密\"\\\\ ]{1,6}", "[0-9A-F]{2,8}", "\\PC{1,8}"]
}

fn long_text() -> impl Strategy<Value = String> {
    prop_oneof!["[!-~]{10}", "[a-f0-9]{16}", "[%&+=/刘密\"\\\\a-z]{12}"]
}

fn hard_report(secret: &str, session: &str, value: &str) -> Result<SigningReport, crate::Error> {
    let body = All { text: Some(value.to_owned()), ..All::default() };
    let call = FormCall { id: Some(format!("i{value}")), body: Some(body), ..FormCall::default() };
    let keys = Keys { secret: secret.into(), ..Keys::new() };
    let client = client::<FormPlatform>(keys).with_checks(crate::Checks::Off);
    client.call(&call).session(session).param("extra", value).explain()
}

/// The values that a report shows, without masks.
fn values(report: &SigningReport) -> Vec<String> {
    let parameters = report.parameters().iter().filter(|known| known.coverage() != Coverage::Signature);
    let values = parameters.map(SentParameter::value).chain(report.steps().iter().map(SigningStep::text));
    values.map(|text| text.replace("<secret>", "\0").replace("<session>", "\0")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_value_contains_a_secret(secret in hard_text(), session in hard_text(), value in hard_text(), kind in 0..4) {
        prop_assume!(!crate::sign::is_blank(&secret) && !crate::sign::is_blank(&session));
        let value = match kind {
            0 => secret.clone(),
            1 => format!("x{session}{value}"),
            2 => format!("{secret}{session}{secret}"),
            _ => value,
        };
        let report = hard_report(&secret, &session, &value).expect("a report");
        for shown in values(&report) {
            prop_assert!(!shown.contains(&secret) && !shown.contains(&session), "{shown:?}");
        }
    }

    #[test]
    fn nothing_that_is_shown_contains_a_secret(secret in long_text(), session in long_text(), value in hard_text()) {
        let value = format!("{value}{secret}/{session}");
        let report = hard_report(&secret, &session, &value).expect("a report");
        let shown = format!("{report} {report:?} {}", report.compare(&format!("{secret}app_key{session}")));
        for hidden in [&secret, &session] {
            let form: String = form_urlencoded::byte_serialize(hidden.as_bytes()).collect();
            prop_assert!(!shown.contains(hidden) && !shown.contains(&form), "{shown}");
        }
    }

    #[test]
    fn reports_of_different_secrets_are_the_same(secrets: [[u8; 16]; 2]) {
        let shown = secrets.map(|bytes| {
            let secret = crate::sign::hex(&bytes);
            hard_report(&secret, &format!("s{secret}"), "value").expect("a report").to_string()
        });
        prop_assert_eq!(&shown[0], &shown[1]);
    }

    #[test]
    fn comparing_never_fails(text: String, from in 0..200_usize, to in 0..200_usize) {
        let report = report("刘 1");
        let chars: Vec<char> = TEXT.chars().collect();
        let part = |from: usize, to: usize| chars.iter().skip(from).take(to).collect::<String>();
        for text in [text.clone(), part(from, to), format!("{}{text}{}", part(0, from), part(from, 200))] {
            let found = report.compare(&text);
            let line = text.strip_suffix('\n').unwrap_or(&text);
            let line = line.strip_suffix('\r').unwrap_or(line);
            prop_assert_eq!(found == Comparison::Same, report.masks.masked(line) == TEXT);
            prop_assert!(!found.to_string().is_empty());
        }
    }
}

/// What the comparison with `TEXT` after a replacement says.
fn compared(from: &str, to: &str) -> String {
    assert!(TEXT.contains(from), "{from}");
    let text = TEXT.replacen(from, to, 1).replace("<secret>", "helloworld");
    report("刘 1").compare(&text).to_string()
}

#[test]
fn the_same_text_is_the_same_with_masks_and_without() {
    let report = report("刘 1");
    assert_eq!(report.compare(TEXT), Comparison::Same);
    let text = TEXT.replace("<secret>", "helloworld").replace("<session>", "tok&%密");
    assert_eq!(report.compare(&text), Comparison::Same);
    assert_eq!(report.compare(&format!("{text}\r\n")), Comparison::Same);
    assert!(matches!(report.compare(&format!("{text}\n\n")), Comparison::WhiteSpace(_)));
    assert_eq!(report.compare("10"), Comparison::SameSignature);
}

#[test]
fn each_difference_has_a_name() {
    for (from, to, expected) in [
        ("session<session>", "", "your text lacks the parameter `session`"),
        ("zip1 2", "", "your text lacks the parameter `zip`"),
        ("app_key12345678", "", "your text lacks the parameter `app_key`"),
        ("formatjson", "formatjsonsign10", "your text contains the parameter `sign`, which is not signed"),
        (
            "formatjson",
            "formatjsonremark",
            "your text contains more here: a parameter that is not sent, such as a blank value or a file, or a longer value",
        ),
        ("formatjson", "formatxml", "the value of `format` differs"),
        ("2026-01-02 03:04:05", "2026-01-02 11:04:05", "the value of `timestamp` differs"),
        (
            "id刘 1",
            "id%E5%88%98+1",
            "the value of `id` is percent-encoded in your text: sign the value before it is encoded",
        ),
        (
            "zip1 2",
            "zip1+2",
            "the value of `zip` has `+` in place of spaces in your text: sign the value before it is encoded",
        ),
        (
            "id刘 1",
            "id\u{fffd}\u{fffd} 1",
            "the value of `id` is in another character set in your text: sign the bytes of UTF-8",
        ),
        ("formatjsonid刘 1", "id刘 1formatjson", "the parameters are in another order: `format` is expected here"),
        ("formatjson", "format=json", "your text contains the separator `=`, which is not signed"),
        ("formatjson", "&formatjson", "your text contains the separator `&`, which is not signed"),
        ("namesa,b c", "namesa,bc", "the texts only differ in white space"),
        ("<session>", "other", "your text has another value of `session` here"),
    ] {
        let found = compared(from, to);
        assert!(found.ends_with(&format!(": {expected}")), "{to}: {found}");
    }
}

#[test]
fn missing_and_other_secrets_are_named_and_not_shown() {
    let report = report("刘 1");
    let inner = TEXT.replace("<secret>", "");
    let found = |text: &str| report.compare(text).to_string();
    assert_eq!(
        found(&inner),
        "different from the start; expected `<secret>app_key12345678f…`, found `app_key12345678formatjso…`: your text lacks `secret` here"
    );
    let end = found(&format!("helloworld{inner}"));
    assert!(
        end.starts_with("the same up to `…") && end.ends_with("expected `<secret>…`: your text lacks `secret` here"),
        "{end}"
    );
    let other = found(&format!("geheim12{inner}geheim12"));
    assert!(
        other.ends_with(": your text has another value of `secret` here") && !other.contains("geheim12"),
        "{other}"
    );
    let twice = found(&format!("helloworld{}helloworld", TEXT.replace("<secret>", "helloworld")));
    assert!(twice.ends_with(": your text has another value of `secret` here") || twice.contains("contains"), "{twice}");
}

#[test]
fn a_difference_is_said_with_both_texts() {
    let expected = "the same up to `…hoda.form.callnamesa,b c`; expected `session<session>timestam…`, found `timestamp2026-01-02 03:0…`: \
                    your text lacks the parameter `session`";
    assert_eq!(compared("session<session>", ""), expected);
}

/// The comparison of a text with that of a call without session and without secret in its text.
fn compared_with_plain(edit: impl Fn(&str) -> String) -> String {
    let report = client::<FormPlatform>(Keys::new()).raw("a.raw").param("source", "web").explain().expect("a report");
    let text = report.text_to_sign().expect("a text").replace("<secret>", "helloworld");
    report.compare(&edit(&text)).to_string()
}

#[test]
fn texts_of_other_apps_are_not_shown() {
    let inner = |text: &str| text.replace("helloworld", "");
    for (edited, expected) in [
        (compared_with_plain(|text| text.replacen("app_key", "a9f8e7d6secretapp_key", 1)), "contains more here"),
        (compared_with_plain(|text| format!("{text}v0secretsecretsecret")), "contains more here"),
        (compared_with_plain(|text| text.replacen("app_key", "v0secretsecretapp_key", 1)), "contains more here"),
        (compared_with_plain(|text| text.replacen("app_key12345678", "sourcesecret", 1)), "the texts differ"),
        (compared_with_plain(|text| text.replacen("source", "sessionOTHERSECRETsource", 1)), "signs `session`"),
        (compared_with_plain(|text| text.replacen("formatjson", "formatsecretsecret", 1)), "`format` differs"),
        (compared_with_plain(|text| format!("app_secret12{}", inner(text))), "`secret`"),
        (compared_with_plain(|text| text.replacen("formatjson", "&secretsecretformatjson", 1)), "contains more here"),
        (compared_with_plain(|text| text.replacen("formatjson", "app_key12345678secretsecret", 1)), "differ"),
    ] {
        assert!(edited.contains(expected), "{edited}");
        assert!(!edited.to_lowercase().replace("`secret`", "").replace("<secret>", "").contains("secret"), "{edited}");
    }
}

#[test]
fn other_forms_of_the_whole_text_are_recognised() {
    let report = report("刘 1");
    let pairs = [
        ("app_key", "12345678"),
        ("format", "json"),
        ("id", "刘 1"),
        ("method", "a.form.call"),
        ("names", "a,b c"),
        ("session", "tok&%密"),
        ("timestamp", "2026-01-02 03:04:05"),
        ("zip", "1 2"),
    ];
    let joined = |mark: &str, separator: &str| {
        pairs.iter().map(|(name, value)| format!("{name}{mark}{value}")).collect::<Vec<_>>().join(separator)
    };
    let own = "<secret>kvkv<secret>";
    for (text, form) in [
        (joined("=", "&"), "k=v&k=v"),
        (format!("helloworld{}helloworld", joined("=", "&")), "<secret>k=v&k=v<secret>"),
        (format!("{}helloworld", joined(":", "\n")), "k:v\\nk:v<secret>"),
        (format!("helloworld{}helloworld", joined("", "&")), "<secret>kv&kv<secret>"),
    ] {
        assert_eq!(report.compare(&text), Comparison::Joined(own.to_owned(), form.to_owned()), "{text}");
    }
    // With another difference, the separator is still named.
    let found = report.compare(&format!("helloworld{}", joined("=", "&").replace("03:04", "11:04"))).to_string();
    assert!(found.ends_with("your text contains the separator `=`, which is not signed"), "{found}");
    let text = TEXT.replace("<secret>", "helloworld").replace("<session>", "tok&%密");
    assert_eq!(report.compare(&text.to_uppercase()), Comparison::Case);
    assert_eq!(report.compare(" \n"), Comparison::Empty);
    let found = report.compare(&text.replace("a,b c", "[object Object]")).to_string();
    assert!(found.ends_with("the value of `names` is `[object Object]` in your text: sign its JSON"), "{found}");
}
