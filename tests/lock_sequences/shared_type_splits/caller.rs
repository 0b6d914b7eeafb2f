use acme_apis::acme::depot::CrateSendResponse;
use acme_apis::acme::depot::crate_send::Spot;

pub fn to(answer: &CrateSendResponse) -> Option<i64> {
    let to: &Spot = answer.to.as_ref()?;
    to.x.or(to.y)
}
