//! Hostile answers: none makes the decoder panic, no failure looks like success, no value is in the wrong place, and none
//! disappears without a count. What is read in one pass is what the tolerant reader makes of it.
//!
//! Some thousands in an ordinary run; [`apograph_tests::fuzz`] tells how to try more.

use std::panic::{self, AssertUnwindSafe};

use apograph::diagnostic::Diagnostics;
use apograph::source::Sources;
use apograph::spec::{self, EndpointSpec, Entries, FieldSpec};
use apograph_apis::nio::aivoice::ImportCustomer;
use apograph_apis::nio::{self, Nio};
use apograph_apis::top::alsc::CrmOpenCustomerSave;
use apograph_apis::top::lingyang::UtouchSubmitInitiativeBatchTask;
use apograph_apis::top::lvms::LvrImportcallcustomer;
use apograph_apis::top::{self, Top};
use apograph_runtime::{Client, Endpoint, Error, Object, from_json, readers_agree, readers_agree_on_text, to_json};
use apograph_tests::answers::{Answer, Decoded, Marks, Node, Platform, Verdict, answer, check, of_json, of_spec};
use apograph_tests::crates::golden_envelopes::status::call::{RecordGet, RecordQuery};
use apograph_tests::crates::golden_envelopes::status::{self, Status};
use apograph_tests::crates::golden_names::odd::shop::Recursion;
use apograph_tests::crates::golden_names::odd::{self, Odd};
use apograph_tests::crates::golden_types::form::values::Save;
use apograph_tests::crates::golden_types::form::{self, Form};
use apograph_tests::fuzz::Seeds;
use apograph_tests::mutation::Random;
use apograph_tests::samples::{ListForm, xml_root, xml_to_json};
use apograph_tests::{root, specs};
use serde_json::Value;

/// Answers of a whole run.
const CASES: u64 = 3_000;

type Decode = Box<dyn Fn(&[u8]) -> Result<Decoded, Error>>;

/// Whether the answer is read in one pass, or how the readers differ.
type Agree = fn(&[u8]) -> Result<bool, String>;

/// An API, or an object that is read from the caller's own JSON.
struct Api {
    platform: Platform,
    sample: Sample,
    decode: Decode,
    agree: Agree,
}

enum Sample {
    /// The page's own, with bare lists and with enclosed ones.
    Page(Vec<Value>),
    /// One of the spec's fields.
    Fields(Entries<FieldSpec>),
}

impl Sample {
    fn node(&self, random: &mut Random, marks: &mut Marks) -> Node {
        match self {
            Self::Page(samples) => of_json(&samples[random.below(samples.len())], marks),
            Self::Fields(fields) => of_spec(fields, random.below(2) == 0, marks),
        }
    }
}

const IDS: &[&str] = &["request_id"];
const STATUSES: &[&str] = &["status", "code"];
const MESSAGES: &[&str] = &["reason", "msg"];

fn decode<E: Endpoint + 'static>(
    client: Client<E::Platform>,
    statuses: &'static [&'static str],
    messages: &'static [&'static str],
) -> Decode
where
    E::Response: Object,
{
    Box::new(move |body| {
        let answer = client.answer::<E>(http::Response::new(body))?;
        let metadata = [(IDS, answer.request_id), (statuses, answer.status), (messages, answer.message)];
        Ok(Decoded {
            json: to_json(&answer.value),
            metadata: metadata.into_iter().filter_map(|(names, text)| Some((names, text?))).collect(),
            coercions: answer.coercions,
        })
    })
}

fn plain<T: Object + Default>(fields: &Entries<FieldSpec>) -> Api {
    let decode = |body: &[u8]| {
        let (value, coercions) = from_json::<T>(&String::from_utf8_lossy(body))?;
        Ok(Decoded { json: to_json(&value), metadata: Vec::new(), coercions })
    };
    let agree = |body: &[u8]| readers_agree_on_text::<T>(&String::from_utf8_lossy(body));
    Api { platform: Platform::Plain, sample: Sample::Fields(fields.clone()), decode: Box::new(decode), agree }
}

/// An API of the repository with its page's sample in XML.
fn top_api<E: Endpoint<Platform = Top> + 'static>(api: &str) -> Api
where
    E::Response: Object,
{
    let spec = specs::endpoint(api);
    let xml = spec.samples.get("response_xml").expect("the spec has the page's sample");
    let forms = [ListForm::Bare, ListForm::Wrapped];
    Api {
        platform: Platform::Root(xml_root(xml)),
        sample: Sample::Page(forms.map(|lists| xml_to_json(xml, &spec.response, lists)).to_vec()),
        decode: decode::<E>(Client::new(top::Credentials::new("k", "s").expect("credentials")), STATUSES, MESSAGES),
        agree: readers_agree::<E>,
    }
}

/// An API of a golden case.
fn golden(case: &str, api: &str) -> EndpointSpec {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let folder = root().join("tests/golden").join(case).join("specs");
    let specs = spec::load_dir(&folder, &mut sources, &mut diagnostics);
    let mut endpoints = specs.platforms.into_iter().flat_map(|platform| platform.endpoints);
    endpoints.find(|endpoint| endpoint.spec.api == api).expect("an API of the case").spec
}

fn golden_root<E: Endpoint + 'static>(case: &str, api: &str, client: Client<E::Platform>) -> Api
where
    E::Response: Object,
{
    Api {
        platform: Platform::Root(format!("{}_response", api.replace('.', "_"))),
        sample: Sample::Fields(golden(case, api).response),
        decode: decode::<E>(client, STATUSES, MESSAGES),
        agree: readers_agree::<E>,
    }
}

fn golden_status<E: Endpoint<Platform = Status> + 'static>(
    api: &str,
    statuses: &'static [&'static str],
    messages: &'static [&'static str],
) -> Api
where
    E::Response: Object,
{
    let mut fields = Entries::new();
    for (name, field) in golden("envelopes", api).response.iter() {
        if !statuses.contains(&name) && !messages.contains(&name) {
            fields.insert(name.to_owned(), field.clone());
        }
    }
    Api {
        platform: Platform::Status(statuses, messages),
        sample: Sample::Fields(fields),
        decode: decode::<E>(Client::new(status::Credentials::new("k", "s").expect("credentials")), statuses, messages),
        agree: readers_agree::<E>,
    }
}

fn apis() -> Vec<Api> {
    let import = specs::endpoint("aivoice.importCustomer");
    let task = specs::endpoint("alibaba.lingyang.utouch.submit.initiative.batch.task");
    let customer = specs::endpoint("alibaba.alsc.crm.open.customer.save");
    let sample: Value =
        serde_json::from_str(import.samples.get("response_json").expect("the page's sample")).expect("JSON");
    let data = Value::Object([("data".to_owned(), sample["data"].clone())].into_iter().collect());
    vec![
        top_api::<LvrImportcallcustomer>("alibaba.lvms.lvr.importcallcustomer"),
        top_api::<UtouchSubmitInitiativeBatchTask>("alibaba.lingyang.utouch.submit.initiative.batch.task"),
        top_api::<CrmOpenCustomerSave>("alibaba.alsc.crm.open.customer.save"),
        Api {
            platform: Platform::Status(STATUSES, MESSAGES),
            sample: Sample::Page(vec![data]),
            decode: decode::<ImportCustomer>(
                Client::<Nio>::new(nio::Credentials::new("k", "s").expect("credentials")),
                STATUSES,
                MESSAGES,
            ),
            agree: readers_agree::<ImportCustomer>,
        },
        golden_root::<Save>(
            "types",
            "form.values.save",
            Client::<Form>::new(form::Credentials::new("k", "s").expect("credentials")),
        ),
        golden_root::<Recursion>(
            "names",
            "odd.shop.recursion",
            Client::<Odd>::new(odd::Credentials::new("k", "s").expect("credentials")),
        ),
        golden_status::<RecordGet>("call.record.get", STATUSES, MESSAGES),
        golden_status::<RecordQuery>("call.record.query", &["state"], &["text"]),
        plain::<Save>(&golden("types", "form.values.save").request),
        plain::<Recursion>(&golden("names", "odd.shop.recursion").request),
        plain::<ImportCustomer>(&import.request),
        plain::<UtouchSubmitInitiativeBatchTask>(&task.request),
        plain::<CrmOpenCustomerSave>(&customer.request),
    ]
}

/// What became of the answers of a run.
#[derive(Debug, Default)]
struct Tally {
    decoded: u64,
    coerced: u64,
    refused: u64,
    in_one_pass: u64,
}

#[test]
fn hostile_answers_are_decoded_refused_and_never_lost() {
    let mut seeds = Seeds::of(CASES);
    let apis = apis();
    let mut tally = Tally::default();
    for seed in seeds.by_ref() {
        let (mut random, mut marks) = (Random::new(seed), Marks::new());
        let api = &apis[random.below(apis.len())];
        let sample = api.sample.node(&mut random, &mut marks);
        let answer = answer(&api.platform, sample, &mut random, &mut marks);
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| judge(api, &answer, &mut tally)));
        let body = || String::from_utf8_lossy(&answer.body);
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(reason)) => panic!("answer of seed {seed}: {reason}\n{}", body()),
            Err(_) => panic!("answer of seed {seed} makes the decoder panic\n{}", body()),
        }
    }
    let cases = seeds.given();
    eprintln!("{cases} hostile answers: {tally:?}");
    // Most are decoded, and most of these have coercions; else the generator tests nothing.
    assert!(tally.decoded * 2 > cases && tally.coerced * 3 > tally.decoded && tally.refused * 20 > cases, "{tally:?}");
    // Both readers get their share.
    assert!(tally.in_one_pass * 3 > tally.decoded && tally.in_one_pass * 10 < tally.decoded * 9, "{tally:?}");
}

#[test]
fn documented_answers_are_read_in_one_pass() {
    for api in apis() {
        for seed in 0..10 {
            let (mut random, mut marks) = (Random::new(seed), Marks::new());
            let sample = api.sample.node(&mut random, &mut marks).json();
            let bodies = match &api.platform {
                Platform::Plain => vec![sample],
                Platform::Root(root) => vec![format!("{{\"{root}\":{sample}}}"), sample],
                Platform::Status(statuses, _) => {
                    vec![sample.replacen('{', &format!("{{\"{}\":\"0\",", statuses[0]), 1)]
                }
            };
            for body in bodies {
                assert_eq!((api.agree)(body.as_bytes()), Ok(true), "{body}");
            }
        }
    }
}

fn judge(api: &Api, answer: &Answer, tally: &mut Tally) -> Result<(), String> {
    tally.in_one_pass += u64::from((api.agree)(&answer.body)?);
    match (api.decode)(&answer.body) {
        Ok(_) if answer.verdict == Verdict::Refused => Err("a failure looks like success".to_owned()),
        Ok(decoded) => {
            tally.decoded += 1;
            tally.coerced += u64::from(!decoded.coercions.is_empty());
            check(&answer.leaves, &decoded).map_err(|reason| format!("{reason}\n{decoded:?}"))
        }
        Err(error) if answer.verdict == Verdict::Decoded => Err(format!("refused: {error}")),
        Err(error) if error.body() != Some(&answer.body) && answer.verdict != Verdict::Broken => {
            Err("the error lacks the body".to_owned())
        }
        Err(_) => {
            tally.refused += 1;
            Ok(())
        }
    }
}
