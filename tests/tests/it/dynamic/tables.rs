//! The tables that the tool makes from the model equal the constants of generated crates.

use std::path::Path;

use apograph::dynamic::{Api, Platform};
use apograph::emit::Workspace;
use apograph::pipeline::Checked;
use apograph_runtime::{self as rt, Endpoint, Object, Slot, Value, View};
use apograph_tests::{corpus, crates, folder, generation, root};

/// Compares every endpoint of a crate's platform, and that none is left out.
macro_rules! compare {
    ($folder:literal, $lock:expr, $(($marker:ty: $($endpoint:ty),+),)+) => {{
        let specs = root().join($folder);
        let lock: Option<&str> = $lock;
        let checked = checked(&specs, lock);
        let mut platforms = checked.model.platforms.iter().map(Platform::new);
        $(
            let platform = platforms.next().expect("another platform");
            assert_eq!(
                format!("{:?}", platform.protocol()),
                format!("{:?}", <$marker as rt::Platform>::PROTOCOL)
            );
            let compared = [$(same::<$endpoint>(&platform)),+];
            assert_eq!(compared.len(), platform.endpoints().count(), "{}", platform.model().name);
        )+
        assert!(platforms.next().is_none(), "a platform is not compared");
    }};
}

fn checked(specs: &Path, lock: Option<&str>) -> Checked {
    generation::check(&folder::read(specs), lock)
}

/// Compares the tables of an endpoint and of all its types.
fn same<E: Endpoint + Default>(platform: &Platform<'_>) {
    let (_, api) = platform.api(E::OPERATION.name()).expect("the API");
    let api: &Api = api;
    assert_eq!(format!("{:?}", api.operation()), format!("{:?}", E::OPERATION));
    same_objects(&mut E::default(), &mut api.request(), &mut Vec::new());
    same_objects(&mut E::Response::default(), &mut api.response(), &mut Vec::new());
}

/// Compares two object types, except for their names. `above` are the types that contain them.
fn same_objects(generated: &mut dyn Object, dynamic: &mut dyn Object, above: &mut Vec<&'static str>) {
    let (one, other) = (generated.shape(), dynamic.shape());
    assert_eq!(format!("{:#?}", one.fields()), format!("{:#?}", other.fields()), "{}", one.name());
    if above.contains(&one.name()) {
        return;
    }
    above.push(one.name());
    let (fields, others) = (generated.fields_mut(), dynamic.fields_mut());
    assert_eq!((fields.len(), others.len()), (one.fields().count(), one.fields().count()));
    for (index, (one, other)) in fields.into_iter().zip(others).enumerate() {
        let path = format!("{above:?}, field {index}");
        same_values(one, other, &path, above);
    }
    above.pop();
}

fn same_values(generated: &mut dyn Value, dynamic: &mut dyn Value, path: &str, above: &mut Vec<&'static str>) {
    match (generated.slot(), dynamic.slot()) {
        (Slot::Text(_), Slot::Text(_))
        | (Slot::Integer(_), Slot::Integer(_))
        | (Slot::Boolean(_), Slot::Boolean(_))
        | (Slot::Date(_), Slot::Date(_))
        | (Slot::Decimal(_), Slot::Decimal(_))
        | (Slot::Json(_), Slot::Json(_))
        | (Slot::Map(_), Slot::Map(_))
        | (Slot::File(_), Slot::File(_)) => {}
        (Slot::Enum(one), Slot::Enum(other)) => {
            assert_eq!(one.wire(), other.wire(), "{path}");
            for value in ["", "0", "1", "1.0", "7.00", "x", "wechat", "001", "MALE"] {
                assert_eq!(one.set(value), other.set(value), "{path}: {value}");
            }
        }
        (Slot::Object(one), Slot::Object(other)) => same_objects(one.fresh(), other.fresh(), above),
        (Slot::List(one), Slot::List(other)) => {
            assert_eq!(one.kind(), other.kind(), "{path}");
            one.start();
            other.start();
            one.push(&mut |one| {
                let mut one = Some(one);
                other.push(&mut |other| {
                    if let Some(one) = one.take() {
                        same_values(one, other, path, above);
                    }
                });
            });
        }
        _ => panic!("{path}: the types differ"),
    }
    same_views(&generated.view(), &dynamic.view(), path);
}

/// Compares what was set while the types were compared.
fn same_views(one: &View<'_>, other: &View<'_>, path: &str) {
    if let (View::Enum { value: one, listed: is_listed, .. }, View::Enum { value: other, listed, .. }) = (one, other) {
        assert_eq!((one, is_listed), (other, listed), "{path}");
    }
    assert_eq!(matches!(one, View::Absent), matches!(other, View::Absent), "{path}");
}

#[test]
fn the_checked_in_crate_has_the_same_tables() {
    use apograph_apis::{alipay, jd, lazada, nio, pinduoduo, top, wechatpay};
    let lock = std::fs::read_to_string(root().join("specs/api.lock")).expect("the lock");
    compare!(
        "specs",
        Some(&lock),
        (alipay::Alipay: alipay::trade::Close, alipay::trade::Query),
        (jd::Jd: jd::eclp::MasterQueryShipper, jd::etms::WaybillcodeGet, jd::vender::ShopQuery),
        (lazada::Lazada: lazada::order::ReverseReturnHistoryList, lazada::order::ShipmentProvidersGet, lazada::seller::Get),
        (nio::Nio: nio::aivoice::ImportCustomer),
        (pinduoduo::Pinduoduo: pinduoduo::order::BasicListGet, pinduoduo::waybill::Search),
        (top::Top: top::alsc::CrmOpenCustomerSave, top::lingyang::UtouchSubmitInitiativeBatchTask, top::lvms::LvrImportcallcustomer),
        (wechatpay::Wechatpay: wechatpay::transactions::Native, wechatpay::transactions::OutTradeNo, wechatpay::transactions::OutTradeNoClose),
    );
}

#[test]
#[expect(deprecated, reason = "tombstones are")]
fn a_crate_with_tombstones_has_the_same_tables() {
    use crates::lock_removed::acme;
    let lock = std::fs::read_to_string(root().join("tests/lock/removed/expected.lock")).expect("the lock");
    compare!(
        "tests/lock/removed/after",
        Some(&lock),
        (acme::Acme: acme::depot::CrateCancel, acme::depot::CrateSend, acme::yard::GateOpen),
    );
}

/// The page had a field, dropped it, and has it again with another type. The lock keeps the first one.
#[test]
fn a_field_that_the_page_has_again_is_superseded() {
    let base = corpus::base();
    let spec = |field: &str| {
        let mut specs = base.clone();
        let text = specs.get_mut("acme/depot/crate_send.yaml").expect("the transcript");
        *text = text.replace("  label: {type: String, description: What stands on the lid}", field);
        specs
    };
    let mut lock = None;
    let mut fields = Vec::new();
    for field in ["  label: {type: String}", "  other: {type: String}", "  label: {type: Number}"] {
        let checked = generation::check(&spec(field), lock.as_deref());
        lock = Some(checked.lock());
        let platform = Platform::new(&checked.model.platforms[0]);
        let (_, api) = platform.api("acme.depot.crate.send").expect("the API");
        let table = api.request().shape().fields();
        fields = table.map(|field| (field.wire(), format!("{field:?}").contains("Superseded"))).collect();
        let emitted = generation::emit(&checked, "runtime", Workspace::Member);
        let file = emitted.files().find(|(path, _)| path.as_str().ends_with("crate_send.rs")).expect("the file").1;
        assert_eq!(file.matches("Superseded").count(), fields.iter().filter(|(_, is)| *is).count(), "{file}");
        if fields.iter().any(|(_, is_superseded)| *is_superseded) {
            // The first of the two is filled.
            let body = api.read_request(r#"{"label": 5}"#);
            assert!(!body.has_errors() && !body.record.fields().is_empty(), "{:?}", body.problems);
            assert_eq!(rt::to_json(&body.record), r#"{"label":5}"#);
        }
    }
    assert_eq!(fields.iter().filter(|(name, _)| *name == "label").count(), 2, "{fields:?}");
    assert_eq!(fields.iter().filter(|(_, is_superseded)| *is_superseded).count(), 1, "{fields:?}");
}

#[test]
fn the_golden_crates_have_the_same_tables() {
    use crates::{
        golden_envelopes as envelopes, golden_names as names, golden_texts as texts, golden_types as types,
        golden_wire as wire,
    };
    compare!(
        "tests/golden/envelopes/specs",
        None,
        (envelopes::status::Status: envelopes::status::call::RecordGet, envelopes::status::call::RecordQuery),
    );
    compare!(
        "tests/golden/names/specs",
        None,
        (names::odd::Odd: names::odd::async_::Type, names::odd::shop::CreateApp20130701, names::odd::shop::OddShopOption,
            names::odd::shop::Recursion, names::odd::shop::RenameShop),
    );
    compare!(
        "tests/golden/texts/specs",
        None,
        (texts::prose::Prose: texts::prose::book::Add, texts::prose::book::Turn),
    );
    compare!(
        "tests/golden/types/specs",
        None,
        (types::form::Form: types::form::plain::Limits, types::form::plain::Ping, types::form::plain::Sample, types::form::values::Save),
    );
    compare!(
        "tests/golden/wire/specs",
        None,
        (wire::flat::Flat: wire::flat::mall::OrderGet, wire::flat::mall::OrderNames),
        (wire::inside::Inside: wire::inside::shop::OrderGet),
        (wire::markup::Markup: wire::markup::pay::Order),
        (wire::named::Named: wire::named::buy::OrderClose, wire::named::buy::OrderList),
        (wire::pathed::Pathed: wire::pathed::store::OrderChange),
        (wire::plain::Plain: wire::plain::v3::BillUpload, wire::plain::v3::ImagePut, wire::plain::v3::LegacyPay,
            wire::plain::v3::NotePut, wire::plain::v3::OrderClose, wire::plain::v3::OrderCreate, wire::plain::v3::OrderGet),
        (wire::signed::Signed: wire::signed::pay::TradeQuery),
    );
}
