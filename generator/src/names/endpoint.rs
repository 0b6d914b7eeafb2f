//! Names of one endpoint: module, request, response and everything nested.

use super::types::{self, EnumNames, TypeNames};
use super::{FieldNames, Identifier, KeptNames, KeptSide, fields, reserved, useless, words};
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
    /// What is wrong with these names, until [`check`](super::check()) reports it.
    pub(crate) findings: Diagnostics,
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

/// Names one endpoint around the names that it keeps.
pub(super) fn names(endpoint: &Endpoint, kept: &KeptNames) -> EndpointNames {
    let mut findings = Diagnostics::new();
    let leaf = words::snake(&endpoint.stem);
    check_file_name(endpoint, &leaf, &mut findings);
    let request = request_name(endpoint, kept, &mut findings);
    let response = response_name(endpoint, &request, kept, &mut findings);
    let mut types = TypeNames::new(&request, &response, kept);
    let request_side = side_names(&endpoint.request, &kept.request_side, &mut types, &mut findings);
    let response_side = side_names(&endpoint.response, &kept.response_side, &mut types, &mut findings);
    let module = match &kept.module {
        Some((module, _)) => module.clone(),
        None => reserved::escape_keyword(leaf),
    };
    let module = Identifier::or_report(module, &endpoint.api, endpoint.origin.place(), &mut findings);
    EndpointNames { module, request, response, request_side, response_side, findings }
}

/// The transcript's file name is the module's, so that each is found from the other; only a lock parts them.
fn check_file_name(endpoint: &Endpoint, leaf: &str, findings: &mut Diagnostics) {
    // A tombstone has no transcript.
    if endpoint.file_stem != leaf && !endpoint.origin.is_lock() {
        findings.push(Diagnostic::new(
            Code::MisnamedFile,
            endpoint.origin.place().clone(),
            format!("the transcript of `{}` must be named `{leaf}.yaml`", endpoint.api),
        ));
    }
}

fn request_name(endpoint: &Endpoint, kept: &KeptNames, findings: &mut Diagnostics) -> Identifier {
    let origin = endpoint.origin.place();
    let own = words::pascal(&endpoint.stem);
    // An API called like a name of the prelude keeps the vendor's whole name.
    let own = if reserved::is_taken_type(&own) { words::pascal(&endpoint.api) } else { own };
    let Some((wanted, place)) = &endpoint.rust_name else {
        let kept = kept.request.as_ref().and_then(|kept| types::checked_kept(kept, findings));
        return kept.unwrap_or_else(|| Identifier::or_report(own, &endpoint.api, origin, findings));
    };
    if *wanted == own {
        findings.push(useless("the request", &own, place, "rust_name", kept.request.as_ref()));
    }
    types::checked_override(wanted, place, findings)
        .unwrap_or_else(|| Identifier::or_report(own, &endpoint.api, origin, findings))
}

/// The response is called after the request if a fix names that.
fn response_name(
    endpoint: &Endpoint,
    request: &Identifier,
    kept: &KeptNames,
    findings: &mut Diagnostics,
) -> Identifier {
    let kept = kept.response.as_ref().filter(|_| endpoint.rust_name.is_none());
    let kept = kept.and_then(|kept| types::checked_kept(kept, findings));
    kept.unwrap_or_else(|| {
        let own = format!("{request}Response");
        Identifier::or_report(own, &endpoint.api, endpoint.origin.place(), findings)
    })
}

fn side_names(side: &Side, kept: &KeptSide, types: &mut TypeNames, findings: &mut Diagnostics) -> SideNames {
    let (object_names, enums) = types.assign(side, kept, findings);
    let root = fields::names(&side.root, &kept.root, findings);
    let mut objects = Vec::new();
    for (index, (object, name)) in side.objects.iter().zip(object_names).enumerate() {
        objects.push((name, fields::names(&object.fields, kept.fields(index), findings)));
    }
    SideNames { root, objects, enums }
}
