//! Calls by tables are those of the generated crate: the same bytes are sent, and the same values are decoded.

use apograph::dynamic::{Credentials, Interpreted, Platform};
use apograph_runtime::{
    self as rt, BlockingClient, Checks, Client, Endpoint, File, FixedClock, Map, MapValue, Object, RetryPolicy, Secret,
    Slot, SystemNonce, TableRequest, TransportError, Value, http, to_json,
};
use apograph_tests::{crates, folder, generation, root};

const CLOCK: u64 = 1_767_294_245;

/// Sets every field, of nested objects down to `depth` levels. Only a form can have files.
fn fill(object: &mut dyn Object, depth: usize, files: bool) {
    for (index, value) in object.fields_mut().into_iter().enumerate() {
        fill_value(value, index, depth, files);
    }
}

fn fill_value(value: &mut dyn Value, index: usize, depth: usize, files: bool) {
    match value.slot() {
        Slot::Text(slot) => *slot = Some(format!("文本 &=+%/\"{index}")),
        Slot::Integer(slot) => *slot = i64::try_from(index).ok(),
        Slot::Boolean(slot) => *slot = Some(true),
        Slot::Date(slot) => *slot = Some("2024-03-12 14:05:56".into()),
        Slot::Decimal(slot) => *slot = Some("12.50".into()),
        Slot::Json(slot) => *slot = Some("{\"a\":[1]}".into()),
        Slot::Map(slot) => {
            *slot = Some(Map::from([("k", MapValue::from("值")), ("n", MapValue::Number("1.50".into()))]));
        }
        Slot::File(slot) => *slot = files.then(|| File::new("文件.txt", *b"content").with_content_type("text/plain")),
        Slot::Enum(slot) => drop(slot.set("1")),
        Slot::Object(slot) if depth > 0 => fill(slot.fresh(), depth - 1, false),
        Slot::Object(_) => {}
        Slot::List(slot) => {
            slot.start();
            for item in 0..2 {
                slot.push(&mut |value| fill_value(value, item, depth, false));
            }
        }
    }
}

/// Compares an endpoint of a platform. `values` are the platform's credentials in the order of its recipe.
fn compare<E: Endpoint + Default>(
    platform: &Platform<'_>,
    credentials: <E::Platform as rt::Platform>::Credentials,
    values: &[&str],
) {
    let name = E::OPERATION.name();
    let (_, api) = platform.api(name).expect("the API");
    let (mut typed, mut record) = (E::default(), api.request());
    for object in [&mut typed as &mut dyn Object, &mut record] {
        fill(object, 3, true);
    }
    assert_eq!(to_json(&typed), to_json(&record), "{name}");
    let body = api.read_request(&to_json(&typed));
    assert!(body.problems.iter().all(|problem| problem.fault.is_warning()), "{name}: {:?}", body.problems);
    assert!(body.record == record, "{name}");

    let model = platform.model();
    let generated =
        Client::<E::Platform>::with_sources(credentials, FixedClock::at_unix(CLOCK), SystemNonce::default());
    let variant = model.scheme.variant(None).expect("the default");
    let values = values.iter().map(|value| Some(Secret::from(*value)).filter(|_| !value.is_empty())).collect();
    let interpreted = Interpreted::client(platform, Credentials::new(&model.scheme, variant, values, Vec::new()));
    let interpreted = interpreted.with_clock(FixedClock::at_unix(CLOCK));
    let interpreted = interpreted.with_base_url(&model.environments[0].url).expect("a gateway");
    // The values violate limits of the pages.
    let (generated, interpreted) = (generated.with_checks(Checks::Off), interpreted.with_checks(Checks::Off));
    let answer = || api.response();
    let by_table = || TableRequest { operation: api.operation(), object: &record, answer: &answer };
    let sent =
        [generated.request(&typed).expect("a request"), interpreted.by_table(by_table()).request().expect("a request")];
    let [one, other] = sent.map(|request| {
        let (parts, body) = request.into_parts();
        (parts.method, parts.uri, parts.headers, String::from_utf8_lossy(&body).into_owned())
    });
    assert_eq!(one, other, "{name}");
    let report = interpreted.by_table(by_table()).explain().expect("a report");
    assert_eq!(report.to_string(), generated.explain(&typed).expect("a report").to_string(), "{name}");

    let mut response = E::Response::default();
    fill(&mut response, 3, false);
    let members = to_json(&response);
    for body in [
        members.replacen('{', "{\"status\":\"0\",", 1),
        members.replacen('{', "{\"status\":\"0\",\"x_y\":[],\"x\":1,", 1),
    ] {
        let body = body.replace(",}", "}");
        let transport = move |_: http::Request<Vec<u8>>| -> Result<_, TransportError> {
            Ok(http::Response::new(body.clone().into_bytes()))
        };
        let one = BlockingClient::new(generated.clone().with_retries(RetryPolicy::off()), transport.clone());
        let other = BlockingClient::new(interpreted.clone().with_retries(RetryPolicy::off()), transport);
        let one = one.send(&typed).unwrap_or_else(|error| panic!("{name}: {error}"));
        let other = other.by_table(by_table()).send().unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(to_json(&one.value), to_json(&other.value), "{name}");
        assert_eq!(one.coercions, other.coercions, "{name}");
    }
}

#[test]
fn calls_of_the_checked_in_crate_are_the_same() {
    use apograph_apis::{nio, top};
    let checked = generation::check(&folder::read(&root().join("specs")), None);
    let platforms: Vec<Platform<'_>> = checked.model.platforms.iter().map(Platform::new).collect();
    let tables = |name: &str| platforms.iter().find(|platform| platform.model().name == name).expect("the platform");
    let (nio_tables, top_tables) = (tables("nio"), tables("top"));
    compare::<nio::aivoice::ImportCustomer>(
        nio_tables,
        nio::Credentials::new("key", "secret-text").expect("credentials"),
        &["key", "secret-text"],
    );
    let credentials = || top::Credentials::new("key", "secret-text").expect("credentials");
    let values = ["key", "secret-text", ""];
    compare::<top::alsc::CrmOpenCustomerSave>(top_tables, credentials(), &values);
    compare::<top::lvms::LvrImportcallcustomer>(top_tables, credentials(), &values);
    compare::<top::lingyang::UtouchSubmitInitiativeBatchTask>(top_tables, credentials(), &values);
}

#[test]
fn calls_with_every_type_of_value_are_the_same() {
    use crates::golden_types::form;
    let checked = generation::check(&folder::read(&root().join("tests/golden/types/specs")), None);
    let platform = Platform::new(&checked.model.platforms[0]);
    let credentials = || form::Credentials::new("key", "secret-text").expect("credentials");
    compare::<form::values::Save>(&platform, credentials(), &["key", "secret-text"]);
    compare::<form::plain::Ping>(&platform, credentials(), &["key", "secret-text"]);
}

#[test]
fn calls_with_fields_in_every_place_are_the_same() {
    use crates::golden_wire::{inside, named, pathed, plain, signed};
    let checked = generation::check(&folder::read(&root().join("tests/golden/wire/specs")), None);
    let platform = |name: &str| {
        let model = checked.model.platforms.iter().find(|platform| platform.name == name);
        Platform::new(model.expect("a platform"))
    };
    let values = ["key", "secret-text"];
    let credentials = || inside::Credentials::new("key", "secret-text").expect("credentials");
    compare::<inside::shop::OrderGet>(&platform("inside"), credentials(), &values);
    let credentials = || named::Credentials::new("key", "secret-text").expect("credentials");
    compare::<named::buy::OrderList>(&platform("named"), credentials(), &values);
    let credentials = || pathed::Credentials::new("key", "secret-text").expect("credentials");
    compare::<pathed::store::OrderChange>(&platform("pathed"), credentials(), &values);
    let credentials = || signed::Credentials::new("key", "secret-text").expect("credentials");
    compare::<signed::pay::TradeQuery>(&platform("signed"), credentials(), &values);
    let (plain_tables, credentials) =
        (platform("plain"), || plain::Credentials::new("key", "secret-text").expect("credentials"));
    compare::<plain::v3::BillUpload>(&plain_tables, credentials(), &values);
    compare::<plain::v3::ImagePut>(&plain_tables, credentials(), &values);
    compare::<plain::v3::LegacyPay>(&plain_tables, credentials(), &values);
    compare::<plain::v3::OrderGet>(&plain_tables, credentials(), &values);
}
