use acme_apis::acme::depot::{CrateSend, CrateSendResponse};

pub fn send() -> CrateSend {
    CrateSend::new().status("s").status_integer(1)
}

pub fn states(answer: &CrateSendResponse) -> Option<&Vec<String>> {
    answer.state_text_list.as_ref()
}
