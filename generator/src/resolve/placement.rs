//! Where the fields of a request travel: by the page, by the platform's rules, or where all others do.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::model::{Parameter, Side};
use crate::recipe::parameter_problem;
use crate::source::{Place, SpecPath};
use crate::spec::{EndpointSpecs, Entries, FieldSpec};
use crate::terms::{BodyForm, FieldPlace, HttpMethod, ParameterPlace};

use super::context::Context;

/// The place of each field of a request, by wire name.
pub(super) type Places<'a> = BTreeMap<&'a str, FieldPlace>;

/// Resolves the place of every field, and reports those that a request cannot have.
pub(super) fn resolve<'a>(
    spec: &'a EndpointSpecs,
    method: HttpMethod,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Places<'a> {
    let path = spec.spec.path.as_deref().unwrap_or_default();
    let in_path = path.split('/').filter_map(|step| step.strip_prefix('{')?.strip_suffix('}')).collect();
    let mut reader = Reader { spec, method, context, in_path, diagnostics };
    let fields = spec.spec.request.iter();
    let places: Places<'a> = fields.map(|(wire, field)| (wire, reader.place(wire, field))).collect();
    for (wire, place) in &places {
        reader.check_name(wire, *place);
    }
    reader.check_raw(&places);
    for (wire, field) in spec.spec.request.iter() {
        reader.nested(&field.fields, &SpecPath::root().key("request").key(wire).key("fields"));
    }
    reader.nested(&spec.spec.response, &SpecPath::root().key("response"));
    places
}

/// Marks the fields that do not travel where the others do.
pub(super) fn mark(request: &mut Side, places: &Places<'_>, method: HttpMethod) {
    for field in &mut request.root {
        field.place = match places.get(field.wire.as_str()) {
            Some(FieldPlace::Query) if method.has_body() => Some(FieldPlace::Query),
            Some(FieldPlace::Header) => Some(FieldPlace::Header),
            _ => None,
        };
    }
}

struct Reader<'a, 'c> {
    spec: &'a EndpointSpecs,
    method: HttpMethod,
    context: &'c Context<'c>,
    /// Names of the path's placeholders.
    in_path: Vec<&'a str>,
    diagnostics: &'c mut Diagnostics,
}

impl<'a> Reader<'a, '_> {
    fn report(&mut self, path: &SpecPath, message: String, help: &str) {
        let finding = Diagnostic::new(Code::BadPlacement, self.spec.value(&path.key("in")), message);
        self.diagnostics.push(finding.help(help));
    }

    fn place(&mut self, wire: &'a str, field: &FieldSpec) -> FieldPlace {
        let path = SpecPath::root().key("request").key(wire);
        match (field.place, self.in_path.contains(&wire)) {
            (Some(FieldPlace::Path), false) => {
                let message = format!("the path has no placeholder `{{{wire}}}`");
                self.report(&path, message, "add it to `path`, or correct the place in the fix file");
            }
            (Some(place), true) if place != FieldPlace::Path => {
                let message = format!("{} is a placeholder of the path", quoted(wire));
                self.report(&path, message, "correct or remove the place in the fix file");
            }
            (Some(FieldPlace::Body), false) if !self.method.has_body() => {
                let message = format!("a request with the method `{}` has no body", self.method.word());
                self.report(&path, message, "correct the place or the method in the fix file");
            }
            _ => {}
        }
        if self.in_path.contains(&wire) {
            return FieldPlace::Path;
        }
        field.place.unwrap_or_else(|| self.context.specs.spec.request.places.usual(wire, self.method))
    }

    /// Reports a field with the name of a parameter or header that the protocol or the signature sets.
    // specs/top/PROTOCOL.md#reserved-parameter-names
    fn check_name(&mut self, wire: &str, place: FieldPlace) {
        let protocol = self.context.protocol;
        let body = self.spec.spec.body.unwrap_or(protocol.body);
        let is_form = matches!(body, BodyForm::Form | BodyForm::Multipart) && protocol.wrapper.is_none();
        let is_parameter = match place {
            FieldPlace::Query => self.method.has_body() || protocol.wrapper.is_none(),
            FieldPlace::Body => is_form,
            FieldPlace::Path if self.context.scheme.path_names().any(|name| name == wire) => {
                return self.reserved(wire, "a part of the path");
            }
            FieldPlace::Path => is_form,
            FieldPlace::Header => return self.check_header(wire),
        };
        let common = protocol.parameters.iter().filter(|known| is_form || known.place != ParameterPlace::Headers);
        let mut reserved = common.map(|known| known.name.as_str()).chain(self.context.scheme.parameter_names());
        if is_parameter && reserved.any(|name| name == wire) {
            self.reserved(wire, "a parameter");
        }
    }

    fn check_header(&mut self, wire: &str) {
        let is_header = |place: ParameterPlace| place == ParameterPlace::Headers;
        let of_protocol = |known: &&Parameter| is_header(known.place);
        let common = self.context.protocol.parameters.iter().filter(of_protocol).map(|known| known.name.as_str());
        let signed = self.context.scheme.fields().filter(|(place, _)| is_header(*place)).map(|(_, name)| name);
        if common.chain(signed).any(|name| name.eq_ignore_ascii_case(wire)) {
            self.reserved(wire, "a header");
        } else if let Some(problem) = parameter_problem(ParameterPlace::Headers, wire) {
            let path = SpecPath::root().key("request").key(wire);
            self.report(&path, format!("{} {problem}", quoted(wire)), "correct the place in the fix file");
        }
    }

    fn reserved(&mut self, wire: &str, what: &str) {
        let place = Place::key(self.spec.file, SpecPath::root().key("request").key(wire));
        let message = format!("`{wire}` has the name of {what} that is set on every call");
        self.diagnostics.push(Diagnostic::new(Code::ReservedParameter, place, message));
    }

    /// A raw body is one field.
    fn check_raw(&mut self, places: &Places<'_>) {
        let body = self.spec.spec.body.unwrap_or(self.context.protocol.body);
        let count = places.values().filter(|place| **place == FieldPlace::Body).count();
        if body == BodyForm::Raw && self.method.has_body() && count != 1 {
            let message = format!("a raw body is one field, but {count} fields are in the body");
            let place = match self.spec.spec.body {
                Some(_) => self.spec.value(&SpecPath::root().key("body")),
                None => Place::key(self.spec.file, SpecPath::root().key("request")),
            };
            let finding = Diagnostic::new(Code::BadPlacement, place, message);
            self.diagnostics.push(finding.help("set `in` of the other fields in the fix file"));
        }
    }

    /// Only fields of the request itself have a place.
    fn nested(&mut self, fields: &Entries<FieldSpec>, above: &SpecPath) {
        for (wire, field) in fields.iter() {
            let path = above.key(wire);
            if field.place.is_some() {
                let message = format!("{} is not a field of the request itself", quoted(wire));
                self.report(&path, message, "remove the place in the fix file");
            }
            self.nested(&field.fields, &path.key("fields"));
        }
    }
}
