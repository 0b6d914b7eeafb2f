//! Turns a typed request into the parts that are signed and sent.

use super::encoder::{Checks, Encoder, Rules};
use super::multipart::FilePart;
use super::{params, template};
use crate::base_url;
use crate::error::{Error, Violations};
use crate::object::Object;
use crate::operation::Operation;
use crate::protocol::{BodyForm, ParameterValue, Protocol};
use crate::sign::{Location, Parts};

/// A request that is ready to be signed, with its files.
pub(crate) struct Draft<'a> {
    pub(crate) parts: Parts,
    pub(crate) files: Vec<FilePart<'a>>,
}

/// Turns `call` into the parts of a request to `base`.
pub(crate) fn draft<'a>(
    call: &'a dyn Object,
    operation: &Operation,
    protocol: &Protocol,
    base: &str,
    checks: Checks,
) -> Result<Draft<'a>, Error> {
    // Whether it may be insecure was decided when the client got it.
    base_url::check_insecure(base)?;
    let mut encoder = Encoder::new(Rules::wire(&protocol.values), checks);
    let (path, used) = template::fill(operation.path(), call, &mut encoder);
    let has_body = operation.method().has_body();
    let mut parts =
        Parts::new(operation.method().as_str(), base)?.with_operation_path(&path).with_facts(operation.signing_facts());
    if has_body {
        parts.put_header("Content-Type", protocol.request.content_type);
    }
    for parameter in protocol.request.parameters {
        let value = match parameter.value {
            ParameterValue::Api => operation.name(),
            ParameterValue::Fixed(text) => text,
        };
        parts.put(destination(parameter.location, has_body), parameter.name, value);
    }
    let mut files = Vec::new();
    match (has_body, protocol.request.body) {
        (true, BodyForm::Json) => {
            encoder.members(call, &used);
            parts = parts.with_body(core::mem::take(&mut encoder.out));
        }
        (true, BodyForm::Form) => {
            let mut flat = params::Flat::new(&protocol.request, &mut parts, Location::Form);
            flat.fields(call, &used, &mut encoder);
            files = flat.files;
        }
        (false, _) => {
            let mut flat = params::Flat::new(&protocol.request, &mut parts, Location::Query);
            flat.fields(call, &used, &mut encoder);
        }
    }
    Violations::of(encoder.violations)?;
    for part in &files {
        parts = parts.with_file(part.name);
    }
    Ok(Draft { parts, files })
}

/// Returns where a parameter is sent: a request without a body has no form.
fn destination(location: Location, has_body: bool) -> Location {
    match location {
        Location::Form if !has_body => Location::Query,
        location => location,
    }
}
