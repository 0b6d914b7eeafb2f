//! Where the fields of a request travel, and the form of its body: written only where they differ from what the platform has for
//! all APIs, and in doubt where the page contradicts itself or the platform.

use std::collections::BTreeSet;

use super::facts::Facts;
use crate::source::SpecPath;
use crate::spec::EndpointSpec;
use crate::terms::{About, BodyForm, FieldPlace, HttpMethod, Note, is_header_name, is_own_header};
use crate::transcribe::dialect::Dialect;
use crate::transcribe::draft::Draft;
use crate::transcribe::field::Field;
use crate::transcribe::path;
use crate::transcribe::row::Side;
use crate::transcribe::rules::Rules;

/// What is known about the places of the fields of a request.
pub(super) struct Placing<'a> {
    /// The transcript with method and path.
    pub(super) spec: &'a EndpointSpec,
    /// The rules of the platform.
    pub(super) rules: &'a Rules,
    /// The words for places.
    pub(super) dialect: &'a Dialect,
    /// The names in the query of the API's address.
    pub(super) queries: &'a BTreeSet<&'a str>,
}

/// Notes the form of the body that the page names, if the platform has another one.
pub(super) fn body(draft: &mut Draft, facts: &Facts, rules: &Rules) {
    let method = draft.spec.method.or(rules.method);
    let Some(form) = facts.body.value().copied().filter(|_| method.is_none_or(HttpMethod::has_body)) else { return };
    if facts.body.is_ambiguous {
        draft.doubt(SpecPath::root(), About::Body, Note::Ambiguous);
    }
    // A form with a file is multipart.
    let is_usual = rules.body == Some(form) || rules.body == Some(BodyForm::Form) && form == BodyForm::Multipart;
    if is_usual || facts.body.is_ambiguous && rules.body.is_some() {
        return;
    }
    if rules.is_body_shared {
        draft.doubt(SpecPath::root(), About::Body, Note::Ambiguous);
    } else {
        draft.spec.body = Some(form);
    }
}

/// Settles the places of the fields of one side. Only fields of the request itself have one.
pub(super) fn settle(fields: &mut Vec<Field>, side: Side, placing: &Placing<'_>) {
    if side == Side::Response {
        return clear(fields);
    }
    lift(fields, placing.dialect);
    // The client sets them.
    fields.retain(|field| field.place != Some(FieldPlace::Header) || !is_own_header(&field.name));
    for field in fields {
        clear(&mut field.fields);
        placing.settle(field);
    }
}

/// Puts the members of a row about the whole body in its place.
fn lift(fields: &mut Vec<Field>, dialect: &Dialect) {
    let is_body = |field: &Field| {
        let named = dialect.place(&field.name).is_some_and(|(place, _)| place == FieldPlace::Body);
        named && field.place == Some(FieldPlace::Body) && !field.fields.is_empty()
    };
    let Some(at) = fields.iter().position(is_body) else { return };
    let mut members = std::mem::take(&mut fields.remove(at).fields);
    members.iter_mut().for_each(|member| member.doubt(About::Nesting, Note::Derived));
    fields.splice(at..at, members);
}

fn clear(fields: &mut [Field]) {
    for field in fields {
        (field.place, field.body) = (None, None);
        field.doubts.retain(|(about, _)| *about != About::In);
        clear(&mut field.fields);
    }
}

impl Placing<'_> {
    fn settle(&self, field: &mut Field) {
        let in_path = path::placeholders(self.spec.path.as_deref().unwrap_or_default()).any(|name| name == field.name);
        let in_query = || Some(FieldPlace::Query).filter(|_| self.queries.contains(field.name.as_str()));
        let is_doubted = field.doubts.iter().any(|(about, _)| *about == About::In);
        let Some(place) = field.place.or_else(in_query).filter(|_| !is_doubted) else { return };
        let method = self.spec.method.or(self.rules.method);
        let fits = match place {
            // Both are in the address, and its placeholders are certain.
            FieldPlace::Path | FieldPlace::Query if in_path => true,
            FieldPlace::Path => false,
            _ if in_path => false,
            FieldPlace::Header => is_header_name(&field.name),
            FieldPlace::Body => method.is_none_or(HttpMethod::has_body),
            FieldPlace::Query => true,
        };
        let usual = method.map(|method| self.rules.places.usual(&field.name, method));
        field.place = Some(place).filter(|place| fits && !in_path && usual != Some(*place));
        if !fits {
            field.doubt(About::In, Note::Ambiguous);
        }
    }
}
