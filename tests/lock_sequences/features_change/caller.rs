use acme_apis::acme::depot::CrateSend;
use acme_apis::acme::fleet::VanFind;

pub fn send() -> CrateSend {
    CrateSend::new().label("fragile")
}

pub fn find() -> VanFind {
    VanFind::new().label("red")
}
