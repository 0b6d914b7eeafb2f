//! Reports of signatures: what they show of the shipped platforms, and that the interpreted recipe makes the same ones as
//! the generated code.

use std::time::{Duration, UNIX_EPOCH};

use apograph::recipe::{self, Scheme, Vector};
use apograph_apis::nio::aivoice::import_customer::{CustomerPerson, ImportCustomer};
use apograph_apis::nio::{self, Nio};
use apograph_apis::top::alsc::crm_open_customer_save::{CrmOpenCustomerSave, CustomerSaveOpenReq};
use apograph_apis::top::{self, SignMethod, Top};
use apograph_apis::{Client, Comparison, Coverage, FixedClock, SigningReport, SystemNonce};
use apograph_runtime::sign::{Location, Moment, Notes, Parts};
use apograph_runtime::{Credentials as _, Platform, Secret};
use apograph_tests::{folder, generation, root};
use golden_signing::{bare, behind, stages};
use proptest::prelude::*;

/// The signing scheme of a platform in a folder of specs.
fn scheme(specs: &str, platform: &str) -> Scheme {
    let checked = generation::check(&folder::read(&root().join(specs)), None);
    let platform = checked.model.platforms.into_iter().find(|known| known.name == platform);
    platform.expect("the platform").scheme
}

/// One request with everything that its signature depends on.
struct Input<'a> {
    variant: usize,
    credentials: &'a [Option<String>],
    parts: &'a Parts,
    now: u64,
    nonces: Vec<(&'a str, &'a str)>,
}

impl<'a> Input<'a> {
    fn of(vector: &'a Vector) -> Self {
        let Vector { variant, credentials, clock, request, .. } = vector;
        let nonces = vector.nonces.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Self { variant: *variant, credentials, parts: request, now: clock.as_secs(), nonces }
    }

    /// Credentials by index; absent ones are empty.
    fn credential(&self, index: usize) -> &'a str {
        self.credentials[index].as_deref().unwrap_or_default()
    }
}

/// A platform of a generated crate with the means to call its signing function.
trait Generated: Platform {
    fn credentials(input: &Input<'_>) -> Self::Credentials;
    fn method(variant: usize) -> Self::SignMethod;
}

impl Generated for Top {
    fn credentials(input: &Input<'_>) -> top::Credentials {
        let known = top::Credentials::new(input.credential(0), input.credential(1)).expect("credentials");
        input.credentials[2].iter().fold(known, |known, session| known.with_session(session.as_str()))
    }

    fn method(variant: usize) -> SignMethod {
        [SignMethod::Md5, SignMethod::Hmac, SignMethod::HmacSha256][variant]
    }
}

impl Generated for Nio {
    fn credentials(input: &Input<'_>) -> nio::Credentials {
        nio::Credentials::new(input.credential(0), input.credential(1)).expect("credentials")
    }

    fn method(_: usize) {}
}

impl Generated for bare::Bare {
    fn credentials(input: &Input<'_>) -> bare::Credentials {
        bare::Credentials::new(input.credential(0)).expect("credentials")
    }

    fn method(variant: usize) -> bare::SignMethod {
        [bare::SignMethod::Md5, bare::SignMethod::Hmac, bare::SignMethod::HmacSha256][variant]
    }
}

impl Generated for behind::Behind {
    fn credentials(input: &Input<'_>) -> behind::Credentials {
        behind::Credentials::new(input.credential(0), input.credential(1)).expect("credentials")
    }

    fn method(variant: usize) -> behind::SignMethod {
        [behind::SignMethod::Md5, behind::SignMethod::Hmac, behind::SignMethod::HmacSha256][variant]
    }
}

impl Generated for stages::Stages {
    fn credentials(input: &Input<'_>) -> stages::Credentials {
        let [id, label, secret, salt, token] = [0, 1, 2, 3, 4];
        let known = [id, secret, token].map(|index| input.credential(index));
        let known = stages::Credentials::new(known[0], known[1], known[2]).expect("credentials");
        let known = input.credentials[label].iter().fold(known, |known, label| known.with_label(label.as_str()));
        input.credentials[salt].iter().fold(known, |known, salt| known.with_salt(salt.as_str()))
    }

    fn method(_: usize) {}
}

/// The report of the interpreted recipe, after checking that the generated code gives the same one.
fn same_report<P: Generated>(scheme: &Scheme, input: &Input<'_>) -> SigningReport {
    let nonce = SystemNonce::default();
    let now = UNIX_EPOCH + Duration::from_secs(input.now);
    let moment = Moment::new(now, &nonce).with_known_nonces(&input.nonces);
    let mut parts = input.parts.clone();
    let secrets: Vec<_> = input.credentials.iter().map(|value| value.as_deref().map(Secret::from)).collect();
    let interpreted = recipe::explain(scheme, input.variant, &secrets, &moment, &mut parts).expect("a report");
    let (notes, credentials) = (Notes::default(), P::credentials(input));
    let mut parts = input.parts.clone();
    let moment = moment.with_notes(&notes);
    P::sign(&mut parts, &credentials, P::method(input.variant), &moment).expect("a signature");
    let generated = SigningReport::of_parts(&parts, notes, &credentials.secrets()).expect("a report");
    assert_eq!(interpreted.to_string(), generated.to_string());
    assert_eq!(interpreted.parameters(), generated.parameters());
    assert_eq!(interpreted.steps(), generated.steps());
    assert_eq!(interpreted.is_body_signed(), generated.is_body_signed());
    assert_eq!(interpreted.request().uri(), generated.request().uri());
    interpreted
}

fn assert_vectors<P: Generated>(specs: &str, platform: &str) {
    let scheme = scheme(specs, platform);
    assert!(!scheme.vectors.is_empty());
    for vector in &scheme.vectors {
        let report = same_report::<P>(&scheme, &Input::of(vector));
        let text = report.text_to_sign().expect("a text to sign");
        assert_eq!(report.compare(text), Comparison::Same, "{}", vector.name);
        let (shown, credentials) = (report.to_string(), scheme.credentials.iter().zip(&vector.credentials));
        for (known, value) in credentials.filter(|(known, _)| known.kind != recipe::CredentialKind::Id) {
            // Some published examples have words as secrets that are also names.
            let value = value.as_deref().filter(|value| value.len() > 4);
            assert!(value.is_none_or(|value| !shown.contains(value)), "{}: {}", vector.name, known.name);
        }
    }
}

#[test]
fn the_recipe_and_the_generated_code_give_the_same_reports_of_vectors() {
    assert_vectors::<Top>("specs", "top");
    assert_vectors::<Nio>("specs", "nio");
    assert_vectors::<bare::Bare>("tests/golden/signing/specs", "bare");
    assert_vectors::<behind::Behind>("tests/golden/signing/specs", "behind");
    assert_vectors::<stages::Stages>("tests/golden/signing/specs", "stages");
}

/// Text without white space at its ends.
fn word() -> impl Strategy<Value = String> {
    "[a-z刘%&=+\"][a-z0-9刘%&=+\" ]{0,10}[a-z刘%&=+\"]"
}

/// Values of credentials, which may be equal to each other or contain each other.
fn words() -> impl Strategy<Value = Vec<String>> {
    (prop::collection::vec(prop_oneof![word(), "[ab]{1,2}"], 5), 0..6_usize).prop_map(|(mut words, equal)| {
        let first = words[0].clone();
        words.iter_mut().take(equal).for_each(|word| word.clone_from(&first));
        words
    })
}

fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec(("[a-z_]{0,4}", prop_oneof![word(), "[ \t]{0,2}"]), 0..5)
}

fn random_parts(query: &[(String, String)], form: &[(String, String)]) -> Parts {
    let mut parts = Parts::new("POST", "https://gw.example/rest").expect("a URL");
    query.iter().for_each(|(name, value)| parts.push(Location::Query, name, value));
    form.iter().for_each(|(name, value)| parts.push(Location::Form, name, value));
    parts
}

#[test]
fn the_recipe_and_the_generated_code_give_the_same_reports_of_any_request() {
    let top = scheme("specs", "top");
    let behind = scheme("tests/golden/signing/specs", "behind");
    let stages = scheme("tests/golden/signing/specs", "stages");
    let config = ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() };
    let strategy = (pairs(), pairs(), words(), any::<bool>(), 0..3_usize, 1..4_000_000_000_u64);
    proptest!(config, |((query, form, words, has_options, variant, now) in strategy)| {
        let optional = |word: &String| has_options.then(|| word.clone());
        let known: Vec<Option<String>> = words.iter().cloned().map(Some).collect();
        let of_top = [known[0].clone(), known[1].clone(), optional(&words[2])];
        let of_stages = [known[0].clone(), optional(&words[1]), known[2].clone(), optional(&words[3]), known[4].clone()];
        let parts = random_parts(&query, &form).with_facts(&[("action", "Save")]);
        let input = |variant, credentials, parts| Input { variant, credentials, parts, now, nonces: vec![("uuid", "1"), ("tag", "2"), ("word", "3"), ("pin", "4"), ("serial", "5")] };
        same_report::<Top>(&top, &input(variant, &of_top, &parts));
        same_report::<behind::Behind>(&behind, &input(variant, &known[..2], &parts));
        same_report::<stages::Stages>(&stages, &input(0, &of_stages, &parts));
    });
}

/// The published example P2, in which all credentials are the same word.
#[test]
fn equal_credentials_are_named_by_their_sources() {
    let scheme = scheme("specs", "top");
    let mut parts = Parts::new("POST", "https://gw.example/rest").expect("a URL");
    let fixed = [("method", "taobao.user.seller.get"), ("format", "xml"), ("fields", "nick")];
    fixed.into_iter().for_each(|(name, value)| parts.push(Location::Query, name, value));
    let credentials = ["test"; 3].map(|word| Some(word.to_owned()));
    // 2013-05-06 13:52:03 in Beijing.
    let input = Input { variant: 0, credentials: &credentials, parts: &parts, now: 1_367_819_523, nonces: Vec::new() };
    let report = same_report::<Top>(&scheme, &input);
    let expected = "<app_secret>app_keytestfieldsnickformatxmlmethodtaobao.user.seller.getsession<session>\
                    sign_methodmd5timestamp2013-05-06 13:52:03v2.0<app_secret>";
    assert_eq!(report.text_to_sign(), Some(expected));
    assert_eq!(report.signature(), Some("72CB4D809B375A54502C09360D879C64"));
    let text = expected.replace("<app_secret>", "test").replace("<session>", "test");
    assert_eq!(report.compare(&text), Comparison::Same);
    assert!(report.to_string().contains("&app_key=test&session=<session>&"), "{report}");
}

#[test]
fn a_secret_that_is_the_key_is_masked_at_its_place_only() {
    let scheme = scheme("specs", "nio");
    let parts = Parts::new("POST", "https://gw.example/a").expect("a URL");
    let credentials = ["same", "same"].map(|word| Some(word.to_owned()));
    let input = Input { variant: 0, credentials: &credentials, parts: &parts, now: 1_630_468_800, nonces: Vec::new() };
    let report = same_report::<Nio>(&scheme, &input);
    assert_eq!(report.text_to_sign(), Some("same<api_secret>1630468800"));
    assert!(report.to_string().contains("\nApi-Key: same\n"), "{report}");
}

fn top_report(method: SignMethod) -> SigningReport {
    let credentials = top::Credentials::new("12345678", "helloworld").expect("credentials");
    let client =
        Client::<Top>::new(credentials).with_sign_method(method).with_clock(FixedClock::at_unix(1_767_294_245));
    let customer = CustomerSaveOpenReq::new().name("刘德华").remark("备注");
    let call = CrmOpenCustomerSave::new().param_customer_save_open_req(customer);
    client.call(&call).checks(apograph_apis::Checks::Off).session("token-1").explain().expect("a report")
}

const PARAMETERS: &str = "app_key12345678formatjsonmethodalibaba.alsc.crm.open.customer.save\
    param_customer_save_open_req{\"name\":\"刘德华\",\"remark\":\"备注\"}session<session>sign_methodMETHODsimplifytrue\
    timestamp2026-01-02 03:04:05v2.0";

#[test]
fn the_text_to_sign_of_each_method_of_top() {
    for (method, word, steps) in [
        (SignMethod::Md5, "md5", ["params", "sign", "signature"]),
        (SignMethod::Hmac, "hmac", ["params", "mac", "signature"]),
        (SignMethod::HmacSha256, "hmac-sha256", ["params", "mac", "signature"]),
    ] {
        let report = top_report(method);
        let parameters = PARAMETERS.replace("METHOD", word);
        let text = if word == "md5" { format!("<app_secret>{parameters}<app_secret>") } else { parameters };
        assert_eq!(report.text_to_sign(), Some(&*text));
        assert_eq!(report.steps().iter().map(|step| step.name()).collect::<Vec<_>>(), steps);
        let signed = |coverage| report.parameters().iter().filter(move |known| known.coverage() == coverage);
        assert_eq!(signed(Coverage::Signature).map(|known| known.name()).collect::<Vec<_>>(), ["sign"]);
        assert_eq!(signed(Coverage::Unsigned).map(|known| known.name()).collect::<Vec<_>>(), ["Content-Type"]);
        assert!(!report.to_string().contains("token-1"), "{report}");
    }
}

#[test]
fn the_text_of_another_method_is_recognised() {
    let other = PARAMETERS.replace("METHOD", "md5");
    let wrapped = format!("helloworld{other}helloworld");
    for (method, text, expected) in [
        (SignMethod::Md5, &other, "your text lacks `app_secret` here"),
        (SignMethod::Hmac, &wrapped, "your text contains `app_secret` here, which this signature does not"),
        (SignMethod::Hmac, &other, "the value of `sign_method` differs"),
    ] {
        let found = top_report(method).compare(text).to_string();
        assert!(found.ends_with(expected), "{found}");
    }
    let foreign = format!("geheim{}geheim", PARAMETERS.replace("METHOD", "hmac"));
    let found = top_report(SignMethod::Hmac).compare(&foreign).to_string();
    assert!(found.contains("your text contains more here") && !found.contains("geheim"), "{found}");
}

#[test]
fn secrets_of_another_app_in_the_other_text_are_not_shown() {
    let call = CrmOpenCustomerSave::new();
    let client = Client::<Top>::new(top::Credentials::new("12345678", "helloworld").expect("credentials"));
    let client = client.with_sign_method(SignMethod::HmacSha256).with_checks(apograph_apis::Checks::Off);
    let report = client.call(&call).param("source", "web").explain().expect("a report");
    let text = report.text_to_sign().expect("a text to sign");
    let rest = text.strip_prefix("app_key12345678").expect("the key");
    for (other, expected) in [
        (format!("a9f8e7d6geheim{text}"), "your text contains more here"),
        (format!("{text}v0geheimgeheim"), "your text contains more here"),
        (format!("v0geheimgeheim{text}"), "your text contains more here"),
        (format!("sourcegeheim{rest}"), "the texts differ"),
        (text.replacen("sign_method", "sessionOTHERgeheimsign_method", 1), "your text signs `session`"),
    ] {
        let found = report.compare(&other).to_string();
        assert!(found.contains(expected) && !found.contains("geheim") && !found.contains("found"), "{found}");
    }
}

#[test]
fn signatures_are_compared_without_regard_to_case() {
    let report = top_report(SignMethod::HmacSha256);
    let signature = report.signature().expect("a signature").to_owned();
    assert_eq!(report.compare(&signature), Comparison::SameSignature);
    assert_eq!(report.compare(&signature.to_lowercase()), Comparison::SignatureCase);
    assert_eq!(report.compare(&signature.replace(['0', '1', '2'], "A")), Comparison::OtherSignature);
}

#[test]
fn headers_that_are_signed_by_their_sources_are_marked() {
    let client = Client::<Nio>::new(nio::Credentials::new("bDqJFiq9", "7bz1lzh9").expect("credentials"));
    let call = ImportCustomer::new().app_id("a").job_id(1).customer_persons([CustomerPerson::new().name("张三")]);
    let report = client.with_clock(FixedClock::at_unix(1_630_468_800)).explain(&call).expect("a report");
    assert_eq!(report.text_to_sign(), Some("bDqJFiq9<api_secret>1630468800"));
    let shown: Vec<_> = report.parameters().iter().map(|known| (known.name(), known.coverage())).collect();
    let expected = [
        ("Content-Type", Coverage::Unsigned),
        ("Api-Key", Coverage::Signed),
        ("Timestamp", Coverage::Signed),
        ("Sign", Coverage::Signature),
    ];
    assert_eq!((shown.as_slice(), report.is_body_signed()), (&expected[..], false));
    for (text, expected) in [
        ("bDqJFiq97bz1lzh91630468800", "the texts are the same"),
        ("bDqJFiq91630468800", "your text lacks `api_secret` here"),
        ("bDqJFiq97bz1lzh91630468800000", "your text contains more here"),
        ("bD8JFiq97bz1lzh91630468800", "the value of `Api-Key` differs"),
        ("bDqJFiq97bz1lzh91630468801", "the value of `Timestamp` differs"),
        ("bDqJFiq9", "your text lacks `api_secret` here"),
    ] {
        let found = report.compare(text).to_string();
        assert!(found.contains(expected), "{text}: {found}");
    }
}
