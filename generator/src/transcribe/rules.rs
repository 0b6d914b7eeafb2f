//! How the requests of a platform are made.

use crate::spec::{EnvelopeSpec, PlacesSpec, PlatformSpec};
use crate::terms::{BodyForm, HttpMethod};

/// How the requests of a platform are made, as far as its `platform.yaml` is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    /// The method of APIs whose page names none.
    pub(crate) method: Option<HttpMethod>,
    /// The form of bodies.
    pub(crate) body: Option<BodyForm>,
    /// Whether the platform puts fields of its own into bodies, so that all of them must have its form.
    pub(crate) is_body_shared: bool,
    /// The places of fields.
    pub(crate) places: PlacesSpec,
    /// The member of answers that contains what pages describe.
    pub(crate) data: Option<String>,
}

impl Rules {
    /// The rules of a platform.
    pub(crate) fn new(platform: &PlatformSpec) -> Self {
        let request = &platform.request;
        let in_body = |location: &str| matches!(location, "form" | "json" | "xml");
        let schemes = platform.signing.iter();
        let mut locations = schemes.flat_map(|(_, scheme)| scheme.put.names().chain(scheme.place.names()));
        Self {
            method: Some(request.method),
            body: Some(request.body),
            is_body_shared: !request.parameters.form.is_empty() || locations.any(in_body),
            places: request.places.clone(),
            data: data(&platform.response.envelope),
        }
    }
}

fn data(envelope: &EnvelopeSpec) -> Option<String> {
    let root = envelope.root.as_ref().and_then(|root| root.data.as_ref());
    let status = || envelope.status.as_ref().and_then(|status| status.data.as_ref());
    let http = || envelope.http.as_ref().and_then(|http| http.data.as_ref());
    root.or_else(status).or_else(http).cloned()
}
