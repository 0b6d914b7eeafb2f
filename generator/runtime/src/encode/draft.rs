//! Turns a typed request into the parts that are signed and sent.

use super::encoder::{Checks, Encoder, Rules};
use super::extra::Extra;
use super::multipart::FilePart;
use super::place::Rest;
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
    /// Whether the form is sent as `multipart/form-data`, with or without files.
    pub(crate) is_multipart: bool,
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
    let Filled { path, fields: mut left_out, names } =
        template::fill(path, object, extra, protocol.request.signed_path, &mut encoder);
    left_out.extend(extra.replaced(object.shape()));
    let extra = extra.outside(&names);
    encoder.check_extra(&extra, object.shape());
    let form = operation.body_form(protocol.request.body);
    let parts = Parts::new(operation.method().as_str(), base)?.with_operation_path(&path).with_api(name);
    let mut parts = parts.with_facts(operation.signing_facts());
    for (name, value) in facts {
        parts = parts.with_fact(name, value);
    }
    let fields = if form.is_some() { Location::Form } else { Location::Query };
    if let Some(form) = form {
        parts.put_header("Content-Type", protocol.request.content_type_of(form));
    }
    for parameter in protocol.request.parameters {
        let value = match parameter.value {
            ParameterValue::Api => name,
            ParameterValue::Fixed(text) => text,
        };
        parts.put(params::destination(parameter.location, fields), parameter.name, value);
    }
    let rest = Rest { object, left_out, extra, rules: &protocol.request };
    let (mut parts, files) = rest.put(form, parts, &mut encoder);
    Violations::of(encoder.violations)?;
    for part in &files {
        parts = parts.with_file(part.name);
    }
    Ok(Draft { parts, is_multipart: form == Some(BodyForm::Multipart) || !files.is_empty(), files })
}
