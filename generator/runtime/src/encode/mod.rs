//! From a typed request to the parts that are signed and sent.

mod check;
mod dump;
mod json;
mod multipart;
mod params;
mod template;

pub(crate) use dump::dump;
pub use dump::{to_json, to_json_pretty};
pub(crate) use json::push_text;
pub(crate) use multipart::{FilePart, boundary, multipart};

use crate::base_url;
use crate::error::{Error, Rule, Violation, Violations};
use crate::object::Object;
use crate::operation::Operation;
use crate::path::Path;
use crate::protocol::{BodyForm, DateForm, DecimalForm, JsonForm, ParameterValue, Place, Protocol, ValueRules};
use crate::sign::{Location, Parts};

/// Whether a request is checked against its page's marks and limits before it is sent.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Checks {
    /// Required marks and limits are checked; every finding is reported at once.
    #[default]
    On,
    /// Only what makes the request impossible is an error: pages are not always right.
    Off,
}

/// Objects in objects are written down to this depth, so that no request overflows the stack.
const DEEPEST: usize = 64;

/// A request ready to be signed, with the files that go beside it.
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
    base_url::check(base)?;
    let mut encoder = Encoder::new(Rules::wire(&protocol.values), checks);
    let (path, used) = template::fill(operation.path(), call, &mut encoder);
    let has_body = operation.method().has_body();
    let mut parts =
        Parts::new(operation.method().as_str(), base)?.with_operation_path(&path).with_facts(operation.signing_facts());
    parts.put_header("Content-Type", protocol.request.content_type);
    for parameter in protocol.request.parameters {
        let value = match parameter.value {
            ParameterValue::Api => operation.name(),
            ParameterValue::Fixed(text) => text,
        };
        parts.put(location(parameter.place, has_body), parameter.name, value);
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

/// Where a parameter goes: a request without a body has no form.
fn location(place: Place, has_body: bool) -> Location {
    match place {
        Place::Form if has_body => Location::Form,
        Place::Query | Place::Form => Location::Query,
        Place::Headers => Location::Headers,
    }
}

/// How values are written inside JSON.
#[derive(Copy, Clone)]
struct Rules {
    date: DateForm,
    decimal: DecimalForm,
    json: JsonForm,
    purpose: Purpose,
}

/// What JSON is written for.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Purpose {
    /// For a server: what cannot be written as documented is a violation.
    Wire,
    /// For the caller's own use: everything can be written, and read again.
    Dump,
}

impl Rules {
    fn wire(values: &ValueRules) -> Self {
        Self { date: values.date, decimal: values.decimal, json: values.json, purpose: Purpose::Wire }
    }
}

/// Writes JSON, checks on the way, and collects what it finds.
struct Encoder {
    rules: Rules,
    checks: Checks,
    out: String,
    path: Path,
    depth: usize,
    violations: Vec<Violation>,
}

impl Encoder {
    fn new(rules: Rules, checks: Checks) -> Self {
        Self { rules, checks, out: String::new(), path: Path::default(), depth: 0, violations: Vec::new() }
    }

    /// Records that the value at the present path breaks `rule`.
    fn violation(&mut self, rule: Rule) {
        self.violations.push(Violation { path: self.path.as_str().to_owned(), rule });
    }
}

#[cfg(test)]
mod tests;
