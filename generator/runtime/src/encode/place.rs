//! Puts the fields of a call where the API has them: into the query, the headers and the body.

use super::encoder::Encoder;
use super::multipart::FilePart;
use super::params::Flat;
use super::sent::Sent;
use crate::object::{Field, Kind, Object, View};
use crate::protocol::{BodyForm, RequestRules, ScalarLists};
use crate::sign::{Location, Parts};
use crate::value::MapValue;

/// What is left of a call when its path has been filled in.
pub(super) struct Rest<'c, 'a> {
    pub(super) object: &'a dyn Object,
    /// Indices of the fields that are elsewhere.
    pub(super) left_out: Vec<usize>,
    /// Parameters by name.
    pub(super) extra: Vec<&'c (String, MapValue)>,
    pub(super) rules: &'c RequestRules,
}

impl<'a> Rest<'_, 'a> {
    /// Returns the request with the fields, and the files among them. `form` is that of the body, if the method has one.
    pub(super) fn put(
        mut self,
        form: Option<BodyForm>,
        mut parts: Parts,
        encoder: &mut Encoder,
    ) -> (Parts, Vec<FilePart<'a>>) {
        if self.object.shape().has_places() {
            self.located(Location::Query, Field::is_in_query, &mut parts, encoder);
            self.located(Location::Headers, Field::is_in_header, &mut parts, encoder);
        }
        let fields = if form.is_some() { Location::Form } else { Location::Query };
        match (form, self.rules.wrapper) {
            (Some(BodyForm::Json), _) => (parts.with_body(self.json(encoder)), Vec::new()),
            (Some(BodyForm::Xml), _) => {
                let Self { object, left_out, extra, rules } = self;
                (parts.with_body(encoder.xml_text(rules.xml_root, object, &left_out, &extra)), Vec::new())
            }
            (Some(BodyForm::Raw), _) => (self.raw(parts, encoder), Vec::new()),
            (Some(BodyForm::Form | BodyForm::Multipart) | None, Some(wrapper)) => {
                let files = self.wrapped(wrapper, fields, &mut parts, encoder);
                (parts, files)
            }
            (Some(BodyForm::Form | BodyForm::Multipart) | None, None) => {
                let mut flat = Flat::new(self.rules, &mut parts, fields);
                flat.fields(self.object, |index| !self.left_out.contains(&index), encoder);
                let files = flat.files;
                encoder.extra_pairs(&self.extra, self.rules, &mut parts, fields);
                (parts, files)
            }
        }
    }

    /// Puts the fields with a mark for `location` there, and the parameters that replace them.
    fn located(&mut self, location: Location, is_there: fn(Field) -> bool, parts: &mut Parts, encoder: &mut Encoder) {
        let shape = self.object.shape();
        let there: Vec<usize> =
            shape.fields().enumerate().filter(|(_, field)| is_there(*field)).map(|(index, _)| index).collect();
        if there.is_empty() {
            return;
        }
        let mut flat = Flat::new(self.rules, parts, location);
        flat.fields(self.object, |index| there.contains(&index) && !self.left_out.contains(&index), encoder);
        let is_here = |name: &str| shape.find(name).is_some_and(|(index, _)| there.contains(&index));
        let (extra, others) = self.extra.drain(..).partition(|(name, _)| is_here(name));
        self.extra = others;
        encoder.extra_pairs(&extra, &RequestRules { parameters: &[], ..*self.rules }, parts, location);
        self.left_out.extend(there);
    }

    fn json(&self, encoder: &mut Encoder) -> String {
        encoder.json_text(|encoder| {
            encoder.members(self.object, &self.left_out);
            encoder.extra_members(&self.extra);
        })
    }

    /// Puts all fields into one parameter as JSON, except files. A parameter that every request has stays one.
    fn wrapped(
        mut self,
        wrapper: &'static str,
        location: Location,
        parts: &mut Parts,
        encoder: &mut Encoder,
    ) -> Vec<FilePart<'a>> {
        let files: Vec<usize> = Sent::of(self.object)
            .iter()
            .filter(|(index, _, view)| is_file(view) && !self.left_out.contains(index))
            .map(|(index, ..)| index)
            .collect();
        let rules = self.rules;
        let is_common = |name: &str| name == wrapper || rules.parameters.iter().any(|known| known.name == name);
        let (common, others) = self.extra.drain(..).partition(|(name, _)| is_common(name));
        (self.extra, self.left_out) = (others, [self.left_out.as_slice(), &files].concat());
        parts.put(location, wrapper, self.json(encoder));
        let mut flat = Flat::new(rules, parts, location);
        flat.fields(self.object, |index| files.contains(&index), encoder);
        let sent = flat.files;
        encoder.extra_pairs(&common, rules, parts, location);
        sent
    }

    /// Makes the only field the body.
    fn raw(self, mut parts: Parts, encoder: &mut Encoder) -> Parts {
        let sent = Sent::of(self.object);
        let mut fields = sent.iter().filter(|(index, ..)| !self.left_out.contains(index));
        if let Some((_, field, view)) = fields.next() {
            let mark = encoder.path.member(field.wire);
            match view {
                View::Absent => drop(encoder.missing(field)),
                View::File(file) => {
                    encoder.content_type(file);
                    parts.put_header("Content-Type", file.content_type());
                    parts = parts.with_body(file.bytes());
                }
                view if encoder.missing_text(field, &view) => {}
                view => parts = parts.with_body(encoder.flat_text(field, &view, ScalarLists::Json)),
            }
            encoder.path.back(mark);
        }
        encoder.extra_pairs(&self.extra, self.rules, &mut parts, Location::Query);
        parts
    }
}

fn is_file(view: &View<'_>) -> bool {
    match view {
        View::File(_) => true,
        View::List(list) => list.kind() == Kind::File,
        _ => false,
    }
}
