//! The rows of a page's response table that belong to the envelope, and the root key of an answer.

use crate::model::{Envelope, Protocol};
use crate::spec::{EndpointSpec, FieldSpec};

/// Names of this API's status and message members, where it has its own.
pub(super) struct OwnNames<'a> {
    /// Of the status.
    pub(super) status: &'a [String],
    /// Of the message.
    pub(super) message: &'a [String],
}

/// The names of envelope members that the fixes of a transcript set.
pub(super) fn own_names(spec: &EndpointSpec) -> OwnNames<'_> {
    OwnNames { status: &spec.envelope.status, message: &spec.envelope.message }
}

/// The rows of the response table that the envelope takes: the first documented name of status and of message.
pub(super) fn members<'a>(spec: &'a EndpointSpec, protocol: &'a Protocol) -> Vec<&'a str> {
    let Envelope::Status(envelope) = &protocol.envelope else { return Vec::new() };
    let own = own_names(spec);
    let pick = |own: &'a [String], common: &'a [String]| {
        let names = if own.is_empty() { common } else { own };
        names.iter().map(String::as_str).find(|name| spec.response.get(name).is_some_and(is_scalar))
    };
    [pick(own.status, &envelope.status), pick(own.message, &envelope.message)].into_iter().flatten().collect()
}

fn is_scalar(field: &FieldSpec) -> bool {
    field.fields.is_empty()
}

/// Returns the key of the answer's root member; empty on platforms without one.
// specs/top/PROTOCOL.md#answer-envelope
pub(super) fn root_key(api: &str, protocol: &Protocol) -> String {
    match &protocol.envelope {
        Envelope::Root(envelope) => {
            let name = api.strip_prefix(&envelope.strip).unwrap_or(api);
            name.replace('.', "_") + &envelope.suffix
        }
        Envelope::Status(_) => String::new(),
    }
}
