//! Names that nodes of an endpoint have already, because callers use them.
//!
//! Entries are in the order of the model; a node without an entry is named as if it were new.

use crate::source::Place;

/// A Rust name, and the place in the lock that keeps it.
pub(crate) type KeptName = (String, Place);

/// Names of an endpoint that stay.
#[derive(Debug, Default)]
pub(crate) struct KeptNames {
    pub(crate) module: Option<KeptName>,
    pub(crate) request: Option<KeptName>,
    pub(crate) response: Option<KeptName>,
    pub(crate) request_side: KeptSide,
    pub(crate) response_side: KeptSide,
}

/// Names of one half of a call that stay.
#[derive(Debug, Default)]
pub(crate) struct KeptSide {
    /// Fields of the request or response itself.
    pub(crate) root: Vec<Option<KeptName>>,
    pub(crate) objects: Vec<KeptObject>,
    pub(crate) enums: Vec<KeptEnum>,
}

/// Names of a struct and its fields that stay.
#[derive(Debug, Default)]
pub(crate) struct KeptObject {
    pub(crate) name: Option<KeptName>,
    pub(crate) fields: Vec<Option<KeptName>>,
}

/// Names of a value set and its variants that stay.
#[derive(Debug, Default)]
pub(crate) struct KeptEnum {
    pub(crate) name: Option<KeptName>,
    pub(crate) variants: Vec<Option<String>>,
}

impl KeptSide {
    /// The kept name of an object.
    pub(super) fn object(&self, index: usize) -> Option<&KeptName> {
        self.objects.get(index)?.name.as_ref()
    }

    /// The kept names of an object's fields.
    pub(super) fn fields(&self, index: usize) -> &[Option<KeptName>] {
        self.objects.get(index).map_or(&[], |object| &object.fields)
    }

    /// The kept name of a value set.
    pub(super) fn enumeration(&self, index: usize) -> Option<&KeptName> {
        self.enums.get(index)?.name.as_ref()
    }

    /// The kept names of a value set's variants.
    pub(super) fn variants(&self, index: usize) -> &[Option<String>] {
        self.enums.get(index).map_or(&[], |set| &set.variants)
    }

    /// The names of types that stay.
    pub(super) fn types(&self) -> impl Iterator<Item = &str> {
        let objects = self.objects.iter().filter_map(|object| object.name.as_ref());
        let enums = self.enums.iter().filter_map(|set| set.name.as_ref());
        objects.chain(enums).map(|(name, _)| name.as_str())
    }
}
