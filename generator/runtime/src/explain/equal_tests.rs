//! Reports of credentials that are equal to each other, or to other values.

use proptest::prelude::*;

use super::{Comparison, Coverage, SentParameter, SigningReport, SigningStep};
use crate::fixture::{FormCall, FormPlatform, Keys};
use crate::{Checks, Client, FixedClock};

fn report(keys: [&str; 3], id: &str) -> SigningReport {
    let [key, secret, session] = keys;
    let keys = Keys { key: key.to_owned(), secret: secret.into(), session: None };
    let client = Client::<FormPlatform>::new(keys).with_clock(FixedClock::at_unix(1_767_294_245));
    let call = FormCall { id: Some(id.to_owned()), ..FormCall::default() };
    let call = client.call(&call).checks(Checks::Off).session(session).param("zip", "1 2");
    call.explain().expect("a report")
}

fn text(keys: [&str; 3], id: &str) -> String {
    report(keys, id).text_to_sign().expect("a text").to_owned()
}

fn value(report: &SigningReport, name: &str) -> String {
    let mut parameters = report.parameters().iter();
    parameters.find(|known| known.name() == name).map(|known| known.value().to_owned()).expect("a parameter")
}

#[test]
fn equal_credentials_have_their_own_names() {
    let report = report(["test"; 3], "刘");
    let expected = "<secret>app_keytestformatjsonid刘methoda.form.callsession<session>\
                    timestamp2026-01-02 03:04:05zip1 2<secret>";
    assert_eq!(report.text_to_sign(), Some(expected));
    assert_eq!((value(&report, "app_key"), value(&report, "session")), ("test".to_owned(), "<session>".to_owned()));
    let shown = report.to_string();
    assert!(shown.contains("&app_key=test&session=<session>&"), "{shown}");
}

#[test]
fn the_values_of_requests_are_masked_by_value() {
    // The id of the request is the secret, or contains it.
    let of = |key, secret, session, id| {
        let text = text([key, secret, session], id);
        let start = text.find("app_key").expect("the key");
        let end = text.find("method").expect("the method");
        (text[..start].to_owned(), text[start + 7..end].to_owned())
    };
    let masked = |secret: &str, rest: &str| (secret.to_owned(), rest.to_owned());
    assert_eq!(of("12345678", "geheim", "tok", "geheim"), masked("<secret>", "12345678formatjsonid<secret>"));
    assert_eq!(
        of("12345678", "geheim", "tok", "ageheimtok"),
        masked("<secret>", "12345678formatjsonida<secret><session>")
    );
    // A part of the key is a secret unless the whole key is.
    assert_eq!(of("12345678", "345", "tok", "1"), masked("<secret>", "12<secret>678formatjsonid1"));
    assert_eq!(of("geheim", "geheim", "tok", "geheim"), masked("<secret>", "geheimformatjsonid<secret>"));
    assert_eq!(of("12345678", "same", "same", "1"), masked("<secret>", "12345678formatjsonid1"));
    assert_eq!(
        of("12345678", "secret and more", "secret", "secret"),
        masked("<secret>", "12345678formatjsonid<session>")
    );
    assert_eq!(of("aa", "aa", "b", "1"), masked("<secret>", "aaformatjsonid1"));
    assert_eq!(of("12345678", "", "tok", "1"), masked("", "12345678formatjsonid1"));
}

#[test]
fn texts_with_equal_credentials_are_compared() {
    let report = report(["test"; 3], "test");
    let shown = report.text_to_sign().expect("a text");
    let plain = "testapp_keytestformatjsonidtestmethoda.form.callsessiontesttimestamp2026-01-02 03:04:05zip1 2test";
    assert_eq!((report.compare(shown), report.compare(plain)), (Comparison::Same, Comparison::Same));
    for (from, to, expected) in [
        ("2026", "2027", "the value of `timestamp` differs"),
        ("formatjson", "formatxml", "the value of `format` differs"),
        ("sessiontest", "", "your text lacks the parameter `session`"),
        ("zip1 2test", "zip1 2", "your text lacks `secret` here"),
        ("testapp_key", "app_key", "your text lacks `secret` here"),
        ("sessiontest", "sessionother", "your text has another value of `session` here"),
        ("app_keytest", "app_keyother", "the value of `app_key` differs"),
    ] {
        let found = report.compare(&plain.replacen(from, to, 1)).to_string();
        assert!(found.ends_with(expected), "{to}: {found}");
    }
}

fn credential() -> impl Strategy<Value = String> {
    prop_oneof!["[ab]{1,3}", "[!-~]{1,4}", "[%&+=刘\"\\\\]{1,4}", "[a-z0-9]{12}"]
}

/// The values and texts of a report. Masks are replaced by NUL.
fn shown(report: &SigningReport) -> Vec<String> {
    let parameters = report.parameters().iter().filter(|known| known.coverage() != Coverage::Signature);
    let texts = parameters.map(SentParameter::value).chain(report.steps().iter().map(SigningStep::text));
    texts.map(|text| text.replace("<secret>", "\0").replace("<session>", "\0")).collect()
}

fn count(text: &str, part: &str) -> usize {
    text.as_bytes().windows(part.len()).filter(|window| *window == part.as_bytes()).count()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_the_key_shows_a_value_of_a_secret(known in [credential(), credential(), credential()], kind in 0..5, id in credential()) {
        let [key, secret, session] = &known;
        let keys = match kind {
            0 => [key, key, key],
            1 => [key, secret, secret],
            2 => [key, key, session],
            3 => [key, secret, key],
            _ => [key, secret, session],
        };
        let [key, secret, session] = keys.map(String::as_str);
        let ids = [id.clone(), secret.to_owned(), format!("{session}{id}"), format!("{id}{secret}{key}")];
        for id in ids {
            let report = report([key, secret, session], &id);
            let text = report.text_to_sign().expect("a text");
            let is_masked = text.starts_with("<secret>") && text.ends_with("<secret>");
            prop_assert!(is_masked, "{text}");
            for shown in shown(&report) {
                for confidential in [secret, session] {
                    // Only where the key is put.
                    prop_assert!(count(&shown, confidential) <= usize::from(confidential == key), "{shown:?}");
                }
            }
            let is_part = |part: &str| part != key && key.contains(part);
            if !is_part(secret) && !is_part(session) {
                // Names can contain a secret, too, so the key is found by its place.
                prop_assert_eq!(report.parameters()[2].value(), key);
            }
            prop_assert_eq!(report.compare(text), Comparison::Same);
        }
    }
}
