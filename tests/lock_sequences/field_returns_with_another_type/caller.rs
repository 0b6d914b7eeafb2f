use acme_apis::acme::depot::crate_send::Crate;
use acme_apis::acme::depot::{CrateSend, CrateSendResponse};

pub fn send() -> CrateSend {
    CrateSend::new().label("fragile").status("s")
}

pub fn weight(answer: &CrateSendResponse) -> Option<i64> {
    let state: &Crate = answer.state.as_ref()?;
    state.weight
}
