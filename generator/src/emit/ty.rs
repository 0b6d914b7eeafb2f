//! Field types, and their imports.

use super::rt::Imports;
use crate::model::Field;
use crate::names::{Identifier, RustItem, RustType, SideNames};

/// Returns the type of a field, such as `Option<Vec<String>>`.
pub(super) fn field<'a>(field: &Field, names: &'a SideNames, imports: &mut Imports) -> RustType<&'a Identifier> {
    let ty = names.rust_type(field);
    if let RustItem::Runtime(name) = ty.item {
        imports.name(name);
    }
    ty
}
