use acme_apis::acme::depot::{CrateSend, CrateSendResponse};
use acme_apis::{Date, Decimal, Json};

pub fn send() -> CrateSend {
    CrateSend::new().price(12).when(std::time::SystemTime::UNIX_EPOCH).extra(Json::from("{}")).prices([1, 2])
}

pub fn when(answer: &CrateSendResponse) -> (Option<&Decimal>, Option<&Date>, Option<&Json>) {
    (answer.price.as_ref(), answer.when.as_ref(), answer.extra.as_ref())
}
