//! Names of one endpoint: module, request, response and everything nested.

use super::types::{self, EnumNames, TypeNames};
use super::{FieldNames, Identifier, fields, identifier, reserved, useless, words};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Endpoint, EnumId, ObjectId, Side};

/// Identifiers of one endpoint.
#[derive(Debug)]
pub struct EndpointNames {
    /// Its module, `crm_open_customer_save`.
    pub module: Identifier,
    /// Its request type, `CrmOpenCustomerSave`.
    pub request: Identifier,
    /// Its response type, `CrmOpenCustomerSaveResponse`.
    pub response: Identifier,
    /// Names inside the request.
    pub request_side: SideNames,
    /// Names inside the response.
    pub response_side: SideNames,
}

/// Identifiers of one half of a call.
#[derive(Debug)]
pub struct SideNames {
    /// Fields of the request or response itself.
    pub root: FieldNames,
    /// Name and fields of each object.
    pub objects: Vec<(Identifier, FieldNames)>,
    /// Names of each enum.
    pub enums: Vec<EnumNames>,
}

impl SideNames {
    /// The name of an object.
    #[must_use]
    pub fn object(&self, id: ObjectId) -> &Identifier {
        &self.objects[id.0].0
    }

    /// The name of an enum.
    #[must_use]
    pub fn enumeration(&self, id: EnumId) -> &Identifier {
        &self.enums[id.0].name
    }
}

/// Names one endpoint.
pub(super) fn names(endpoint: &Endpoint, diagnostics: &mut Diagnostics) -> EndpointNames {
    let leaf = words::snake(&endpoint.stem);
    check_file_name(endpoint, &leaf, diagnostics);
    let request = request_name(endpoint, diagnostics);
    let response = response_name(endpoint, &request, diagnostics);
    let mut types = TypeNames::new(&request, &response, [&endpoint.request, &endpoint.response]);
    let request_side = side_names(&endpoint.request, &mut types, diagnostics);
    let response_side = side_names(&endpoint.response, &mut types, diagnostics);
    let module = match &endpoint.locked {
        Some(locked) => locked.module.0.clone(),
        None => module(endpoint),
    };
    let module = Identifier::or_report(module, &endpoint.api, &endpoint.origin, diagnostics);
    EndpointNames { module, request, response, request_side, response_side }
}

/// The module of an endpoint that no lock knows.
pub(super) fn module(endpoint: &Endpoint) -> String {
    identifier::lead(reserved::escape_keyword(words::snake(&endpoint.stem)))
}

/// The transcript's file name is the module's, so that each is found from the other; only a lock parts them.
fn check_file_name(endpoint: &Endpoint, leaf: &str, diagnostics: &mut Diagnostics) {
    // What only the lock knows has no transcript.
    if endpoint.file_stem != leaf && !endpoint.removed {
        diagnostics.push(Diagnostic::new(
            Code::MisnamedFile,
            endpoint.origin.clone(),
            format!("the transcript of `{}` should be called `{leaf}.yaml`", endpoint.api),
        ));
    }
}

fn request_name(endpoint: &Endpoint, diagnostics: &mut Diagnostics) -> Identifier {
    let own = words::pascal(&endpoint.stem);
    // An API called like a name of the prelude keeps the vendor's whole name.
    let own = if reserved::is_taken_type(&own) { words::pascal(&endpoint.api) } else { own };
    let Some((wanted, place)) = &endpoint.rust_name else {
        let locked = endpoint.locked.as_ref().and_then(|locked| types::checked_lock(&locked.request, diagnostics));
        return locked.unwrap_or_else(|| Identifier::or_report(own, &endpoint.api, &endpoint.origin, diagnostics));
    };
    if *wanted == own {
        let locked = endpoint.locked.as_ref().map(|locked| &locked.request);
        diagnostics.push(useless("the request", &own, place, "rust_name", locked));
    }
    types::checked_override(wanted, place, diagnostics)
        .unwrap_or_else(|| Identifier::or_report(own, &endpoint.api, &endpoint.origin, diagnostics))
}

/// Called after the request, if a fix names that.
fn response_name(endpoint: &Endpoint, request: &Identifier, diagnostics: &mut Diagnostics) -> Identifier {
    let locked = endpoint.locked.as_ref().filter(|_| endpoint.rust_name.is_none());
    let locked = locked.and_then(|locked| types::checked_lock(&locked.response, diagnostics));
    let own = |diagnostics: &mut Diagnostics| {
        Identifier::or_report(format!("{request}Response"), &endpoint.api, &endpoint.origin, diagnostics)
    };
    locked.unwrap_or_else(|| own(diagnostics))
}

fn side_names(side: &Side, types: &mut TypeNames, diagnostics: &mut Diagnostics) -> SideNames {
    let (object_names, enums) = types.assign(side, diagnostics);
    let root = fields::names(&side.root, diagnostics);
    let mut objects = Vec::new();
    for (object, name) in side.objects.iter().zip(object_names) {
        objects.push((name, fields::names(&object.fields, diagnostics)));
    }
    SideNames { root, objects, enums }
}
