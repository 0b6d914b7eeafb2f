//! The position of a field in its type tree and in its transcript.

use crate::source::{Place, SpecPath};
use crate::spec::EndpointSpecs;

/// The way from a side's root to a field.
#[derive(Clone, Debug)]
pub(super) struct Step {
    wires: Vec<String>,
    path: SpecPath,
}

impl Step {
    /// The side itself, whose fields are the mapping at `path`.
    pub(super) fn root(path: SpecPath) -> Self {
        Self { wires: Vec::new(), path }
    }

    /// Returns the step to a field of the object at this step.
    pub(super) fn field(&self, wire: &str) -> Self {
        let mut wires = self.wires.clone();
        wires.push(wire.to_owned());
        Self { wires, path: self.members().key(wire) }
    }

    /// The path of the mapping that contains the members.
    pub(super) fn members(&self) -> SpecPath {
        if self.wires.is_empty() { self.path.clone() } else { self.path.key("fields") }
    }

    /// The wire names from the root on.
    pub(super) fn wires(&self) -> Vec<String> {
        self.wires.clone()
    }

    /// The field's own wire name; empty for the side itself.
    pub(super) fn wire(&self) -> &str {
        self.wires.last().map(String::as_str).unwrap_or_default()
    }

    /// Whether the field is a parameter of the request, or a member of the answer, itself.
    pub(super) fn is_top_level(&self) -> bool {
        self.wires.len() == 1
    }
}

/// The field in its transcript.
pub(super) fn field_place(spec: &EndpointSpecs, step: &Step) -> Place {
    spec.key(&step.path)
}

/// One fact of the field: in the fix file if a fix sets it, else in the transcript.
pub(super) fn fact_place(spec: &EndpointSpecs, step: &Step, key: &str) -> Place {
    spec.value(&step.path.key(key))
}
