use acme_apis::acme::depot::CrateSend;
use acme_apis::acme::depot::crate_send::Spot;

pub fn send() -> CrateSend {
    CrateSend::new().spots([Spot::new().x(1).z(3)]).main_spot(Spot::new().x(1))
}
