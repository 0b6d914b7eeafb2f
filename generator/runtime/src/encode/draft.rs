//! Turns a typed request into the parts that are signed and sent.

use super::encoder::{Checks, Encoder, Rules};
use super::extra::Extra;
use super::multipart::FilePart;
use super::template::Filled;
use super::{params, template};
use crate::base_url;
use crate::client::Outgoing;
use crate::error::{Error, Violations};
use crate::protocol::{BodyForm, ParameterValue, Protocol};
use crate::sign::{Location, Parts};

/// A request that is ready to be signed, with its files.
pub(crate) struct Draft<'a> {
    pub(crate) parts: Parts,
    pub(crate) files: Vec<FilePart<'a>>,
}

/// Turns a call into the parts of a request to `base`. `extra` are parameters by name; they replace fields.
pub(crate) fn draft<'a>(
    outgoing: &Outgoing<'a>,
    extra: Extra<'_>,
    protocol: &Protocol,
    base: &str,
    checks: Checks,
) -> Result<Draft<'a>, Error> {
    // Whether it may be insecure was decided when the client got it.
    base_url::check_insecure(base)?;
    let mut encoder = Encoder::new(Rules::wire(&protocol.values), checks);
    let Outgoing { name, path, operation, facts, object } = *outgoing;
    let Filled { path, fields: mut left_out, names } = template::fill(path, object, extra, &mut encoder);
    left_out.extend(extra.replaced(object.shape()));
    let extra = extra.outside(&names);
    encoder.check_extra(&extra, object.shape());
    let has_body = operation.method().has_body();
    let parts = Parts::new(operation.method().as_str(), base)?.with_operation_path(&path).with_api(name);
    let mut parts = parts.with_facts(operation.signing_facts());
    for (name, value) in facts {
        parts = parts.with_fact(name, value);
    }
    let fields = if has_body { Location::Form } else { Location::Query };
    if has_body {
        parts.put_header("Content-Type", protocol.request.content_type);
    }
    for parameter in protocol.request.parameters {
        let value = match parameter.value {
            ParameterValue::Api => name,
            ParameterValue::Fixed(text) => text,
        };
        parts.put(params::destination(parameter.location, fields), parameter.name, value);
    }
    let mut files = Vec::new();
    if has_body && protocol.request.body == BodyForm::Json {
        encoder.members(object, &left_out);
        encoder.extra_members(&extra);
        parts = parts.with_body(core::mem::take(&mut encoder.out));
    } else {
        let mut flat = params::Flat::new(&protocol.request, &mut parts, fields);
        flat.fields(object, &left_out, &mut encoder);
        files = flat.files;
        encoder.extra_pairs(&extra, &protocol.request, &mut parts, fields);
    }
    Violations::of(encoder.violations)?;
    for part in &files {
        parts = parts.with_file(part.name);
    }
    Ok(Draft { parts, files })
}
