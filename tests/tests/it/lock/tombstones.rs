//! Callers of what the pages no longer have: their code compiles, what they set is sent, what still comes is read, and
//! a removed API answers without a network.

use apograph_runtime::{BlockingClient, Client, Error};
use apograph_tests::crates::{lock_names, lock_removed};
use apograph_tests::form;

mod removed {
    //! Code of the time before the removal, word for word.
    #![allow(deprecated)]

    use apograph_tests::crates::lock_removed::acme::depot::crate_send::{
        CrateSend, CrateSendResponse, Label, Level, Route, Stop,
    };
    use apograph_tests::crates::lock_removed::acme::depot::{CrateCancel, CrateCancelResponse, crate_cancel::Reason};
    use apograph_tests::crates::lock_removed::acme::yard::GateOpen;

    pub fn send() -> CrateSend {
        CrateSend::new().to("Ulm").weight(7).label(Label::new().text("fragile")).level(Level::High)
    }

    pub fn stops(answer: &CrateSendResponse) -> Option<Vec<&str>> {
        let stops: &Vec<Stop> = answer.stops.as_ref()?;
        Some(stops.iter().filter_map(|stop| stop.place.as_deref()).collect())
    }

    pub fn route() -> Route {
        Route::new().via("Jena")
    }

    pub fn cancel() -> CrateCancel {
        CrateCancel::new().crate_id(1).reason(Reason::new().kind("late"))
    }

    pub fn done(answer: CrateCancelResponse) -> Option<bool> {
        answer.done
    }

    pub fn open() -> GateOpen {
        GateOpen::new().gate("north")
    }

    pub fn eta(answer: &CrateSendResponse) -> Option<&str> {
        answer.eta.as_ref()?.as_text()
    }
}

fn client() -> Client<lock_removed::acme::Acme> {
    Client::new(lock_removed::acme::Credentials::new("key", "secret").expect("credentials"))
}

#[test]
fn a_removed_field_is_sent_if_it_is_set() {
    let request = client().request(&removed::send()).expect("a request");
    let sent = form::pairs(std::str::from_utf8(request.body()).expect("a form"));
    let value = |name: &str| form::value(&sent, name);
    assert_eq!((value("to"), value("weight"), value("level")), (Some("Ulm"), Some("7"), Some("high")));
    assert_eq!(value("label"), Some(r#"{"text":"fragile"}"#));
    // It was required, and nobody asks for it any more.
    let plain = lock_removed::acme::depot::CrateSend::new().to("Ulm");
    let request = client().request(&plain).expect("a request");
    assert!(!String::from_utf8_lossy(request.body()).contains("weight"));
    assert_eq!(removed::route(), removed::route());
}

#[test]
fn a_removed_member_is_read_if_it_still_comes() {
    let body = r#"{"acme_depot_crate_send_response": {"crate_id": 5, "eta": "2026-01-02 03:04:05",
        "stops": {"stop": [{"place": "Gera"}, {"place": "Hof"}]}}}"#;
    let answer = client().answer::<lock_removed::acme::depot::CrateSend>(http::Response::new(body)).expect("an answer");
    assert_eq!(removed::eta(&answer.value), Some("2026-01-02 03:04:05"));
    assert_eq!(removed::stops(&answer.value), Some(vec!["Gera", "Hof"]));
    assert!(answer.coercions.is_empty(), "{:?}", answer.coercions);
    let body = r#"{"acme_depot_crate_send_response": {"crate_id": 5}}"#;
    let answer = client().answer::<lock_removed::acme::depot::CrateSend>(http::Response::new(body)).expect("an answer");
    assert_eq!((removed::eta(&answer.value), removed::stops(&answer.value)), (None, None));
}

#[test]
fn a_removed_api_fails_with_its_name_and_without_a_network() {
    struct NoNetwork;
    impl apograph_runtime::Transport for NoNetwork {
        fn send(
            &self,
            _: http::Request<Vec<u8>>,
            _: std::time::Duration,
        ) -> Result<http::Response<Vec<u8>>, apograph_runtime::TransportError> {
            panic!("nothing is sent")
        }
    }
    let error = BlockingClient::new(client(), NoNetwork).send(&removed::cancel()).expect_err("a removed API");
    assert!(matches!(error, Error::Removed { api: "acme.depot.crate.cancel" }), "{error:?}");
    assert!(!error.is_retryable() && error.to_string().contains("acme.depot.crate.cancel was removed"), "{error}");
    assert!(matches!(client().request(&removed::open()), Err(Error::Removed { .. })));
    assert_eq!(removed::done(Default::default()), None);
}

#[test]
fn names_stay_when_the_page_would_give_others() {
    use apograph_tests::crates::lock_names::acme::depot::crate_send::{
        Address, CrateSend, FromAddress, Item, Parcel, Party, Person,
    };
    // The family is `stock` by now, and the API stays where callers have it.
    use apograph_tests::crates::lock_names::acme::depot::stock_list::StockList;
    let call = CrateSend::new()
        .from_(FromAddress::new().gate("3"))
        .to(Address::new().street("Ring").floor(2))
        .items([Item::new().sku("a").count(1)])
        .order_no("8")
        .memo("wet")
        .sender(Person::new().name("Ana"))
        .receiver(Party::new().name("Bo"));
    let client = Client::<lock_names::acme::Acme>::new(
        lock_names::acme::Credentials::new("key", "secret").expect("credentials"),
    );
    let request = client.request(&call).expect("a request");
    let sent = form::pairs(std::str::from_utf8(request.body()).expect("a form"));
    let value = |name: &str| form::value(&sent, name);
    assert_eq!(value("note"), Some("wet"), "the Rust name is the old one, the wire name the new one");
    assert_eq!(value("order_no"), Some("8"));
    assert_eq!(value("receiver"), Some(r#"{"name":"Bo"}"#));
    let body = r#"{"acme_depot_crate_send_response": {"parcels": {"parcel_v_o": [{"id": 4}]}}}"#;
    let answer = client.answer::<CrateSend>(http::Response::new(body)).expect("an answer");
    let parcels: &Vec<Parcel> = answer.value.parcels.as_ref().expect("parcels");
    assert_eq!(parcels[0].id, Some(4));
    assert!(client.request(&StockList::new().page(1)).is_ok());
}
