//! Fields of a spec by their paths.

use crate::source::SpecPath;
use crate::spec::{EndpointSpec, Entries, FieldSpec};

use super::{Change, Mark};

/// Returns the vendor's description of a field that was added or removed.
pub(super) fn description(change: &Change, [old, new]: [Option<&EndpointSpec>; 2]) -> Option<String> {
    let (spec, path) = match change.mark() {
        Mark::Added => (new?, &change.path),
        Mark::Removed => (old?, change.path_before()),
        Mark::Changed => return None,
    };
    field(spec, path)?.description.clone()
}

/// Returns the field at a path.
pub(super) fn field<'a>(spec: &'a EndpointSpec, path: &SpecPath) -> Option<&'a FieldSpec> {
    let parent = path.parent()?;
    level(spec, parent)?.get(path.last_key()?)
}

/// Returns the fields of a side, or of the object that has `fields`.
fn level<'a>(spec: &'a EndpointSpec, path: &SpecPath) -> Option<&'a Entries<FieldSpec>> {
    let above = path.parent()?;
    match path.last_key()? {
        "request" if above.is_root() => Some(&spec.request),
        "response" if above.is_root() => Some(&spec.response),
        _ => field(spec, above).map(|field| &field.fields),
    }
}
