//! A mock in the process, of the generated platforms: requests and answers with every field of their specs come through.

use apograph::spec::{EndpointSpec, Entries, FieldSpec};
use apograph_apis::nio::Nio;
use apograph_apis::nio::aivoice::ImportCustomer;
use apograph_apis::testing::{AnswerLayout, Failure, Mock, MockCall};
use apograph_apis::top::Top;
use apograph_apis::top::alsc::CrmOpenCustomerSave;
use apograph_apis::top::lingyang::UtouchSubmitInitiativeBatchTask;
use apograph_apis::top::lvms::LvrImportcallcustomer;
use apograph_apis::{Answer, AsyncClient, BlockingClient, Checks, CoercionKind, Coercions, Error, Platform, from_json};
use apograph_runtime::testing::TestCredentials;
use apograph_runtime::{Endpoint, Object};
use apograph_tests::answers::{Marks, of_spec};
use apograph_tests::crates::golden_names::odd::Odd;
use apograph_tests::specs;

/// An object with every field of a spec.
fn filled<T: Object + Default>(fields: &Entries<FieldSpec>) -> T {
    let json = of_spec(fields, false, &mut Marks::new()).json();
    from_json(&json).expect("an object").0
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(future)
}

/// Kinds of deviations other than that a value is not listed, which no encoding can prevent.
fn kinds(coercions: &Coercions) -> Vec<CoercionKind> {
    let kinds = coercions.iter().map(|coercion| coercion.kind());
    kinds.filter(|kind| *kind != CoercionKind::UnlistedValue).collect()
}

/// The answers of both drivers.
fn send<E>(mock: &Mock<E::Platform>, call: &E) -> [Result<Answer<E::Response>, Error>; 2]
where
    E: Endpoint<Platform: Platform<Credentials: TestCredentials>>,
{
    // The values break limits of the page.
    let client = mock.client().with_checks(Checks::Off);
    let blocking = BlockingClient::new(client.clone(), mock.clone()).send(call);
    [blocking, block_on(AsyncClient::new(client, mock.clone()).send(call))]
}

/// Sends a request with all fields, and answers it with all fields, in each layout.
fn check<E>(api: &str)
where
    E: Endpoint<Response: Clone + PartialEq + 'static, Platform: Platform<Credentials: TestCredentials>>,
    E: Default + PartialEq,
{
    let EndpointSpec { request, response, .. } = specs::endpoint(api);
    let (call, value): (E, E::Response) = (filled(&request), filled(&response));
    for layout in [AnswerLayout::Simplified, AnswerLayout::Wrapped, AnswerLayout::Xml] {
        let mock = Mock::<E::Platform>::new().with_layout(layout);
        let expected = value.clone();
        mock.on::<E>(move |_| Ok(expected.clone()));
        for answer in send(&mock, &call) {
            let answer = answer.unwrap_or_else(|error| panic!("{api}: {error}"));
            assert!(answer.value == value, "{api} {layout:?}: {}", apograph_apis::to_json(&answer.value));
            let is_text = layout == AnswerLayout::Xml && answer.body().starts_with(b"<");
            assert!(is_text || kinds(&answer.coercions).is_empty(), "{api} {layout:?}: {:?}", answer.coercions);
        }
        let calls: Vec<MockCall<E>> = mock.calls_of();
        assert_eq!(calls.len(), 2, "{api}");
        for received in calls {
            assert!(received.request == call, "{api}: {}", apograph_apis::to_json(&received.request));
            assert_eq!(kinds(&received.coercions), [], "{api}");
        }
        // Every failure ends in an error that names what happened.
        mock.on::<E>(|_| Err(Failure::platform("-77").with_message("m")));
        for answer in send(&mock, &call) {
            assert_eq!(answer.err().and_then(|error| error.code().map(str::to_owned)).as_deref(), Some("-77"), "{api}");
        }
    }
}

#[test]
fn every_field_of_the_generated_apis_comes_through() {
    check::<CrmOpenCustomerSave>("alibaba.alsc.crm.open.customer.save");
    check::<LvrImportcallcustomer>("alibaba.lvms.lvr.importcallcustomer");
    check::<UtouchSubmitInitiativeBatchTask>("alibaba.lingyang.utouch.submit.initiative.batch.task");
    check::<ImportCustomer>("aivoice.importCustomer");
}

#[test]
fn credentials_for_tests_can_sign() {
    let mock = Mock::<Top>::new();
    mock.on_raw("some.api", |call| {
        assert!(call.parameter("sign").is_some_and(|sign| sign.len() == 64));
        assert_eq!(call.parameter("app_key").as_deref(), Some("test-app_key"));
        assert_eq!(call.parameter("session").as_deref(), Some("s"));
        Ok(r#"{"some_api_response":{"a":1}}"#.into())
    });
    let answer = mock.blocking_client().raw("some.api").session("s").send().expect("an answer");
    assert_eq!(answer.value.as_str(), r#"{"a":1}"#);
    let nio = Mock::<Nio>::new();
    nio.on_raw("/some/path", |call| {
        assert!(call.headers().contains_key("sign") && call.parameter("b").as_deref() == Some("2"));
        Ok(r#"{"status":"0"}"#.into())
    });
    let call = nio.blocking_client();
    assert!(call.raw("x").path("/some/path").param("b", 2).send().is_ok());
    // A platform of a crate with odd names has them too.
    assert!(Mock::<Odd>::new().blocking_client().raw("x").send().is_err());
}
