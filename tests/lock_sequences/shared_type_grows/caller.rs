use acme_apis::acme::depot::crate_send::{Spot, SpotInResponse};
use acme_apis::acme::depot::{CrateSend, CrateSendResponse};

pub fn send() -> CrateSend {
    let spot = Spot::new().x(1).y(2);
    CrateSend::new().spots([spot.clone()]).main_spot(spot)
}

pub fn main_spot(answer: &CrateSendResponse) -> Option<&SpotInResponse> {
    let spots: &Vec<SpotInResponse> = answer.spots.as_ref()?;
    answer.main_spot.as_ref().or(spots.first())
}
