use acme_apis::acme::depot::{CrateSend, CrateSendResponse};

pub fn send() -> CrateSend {
    CrateSend::new().label("fragile").height(7)
}

pub fn depot(answer: &CrateSendResponse) -> Option<&str> {
    answer.depot.as_deref()
}
