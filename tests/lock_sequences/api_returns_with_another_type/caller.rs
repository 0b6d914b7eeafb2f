use acme_apis::acme::depot::crate_find::Place;
use acme_apis::acme::depot::{CrateFind, CrateFindResponse};

pub fn find() -> CrateFind {
    CrateFind::new().status("s").near(Place::new().name("Ulm").zone("north"))
}

pub fn found(answer: &CrateFindResponse) -> Option<bool> {
    answer.found
}
