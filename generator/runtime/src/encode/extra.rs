//! Parameters that a caller adds by name, because the page does not document them.

use std::borrow::Cow;

use super::encoder::Encoder;
use super::params::destination;
use crate::error::{Rule, Violation, Violations};
use crate::object::Shape;
use crate::protocol::{Blank, Parameter, ParameterValue, RequestRules};
use crate::sign::{Location, Parts, is_blank};
use crate::value::MapValue;

/// Parameters by wire name; each name occurs once.
#[derive(Copy, Clone, Default)]
pub(crate) struct Extra<'a>(pub(crate) &'a [(String, MapValue)]);

impl<'a> Extra<'a> {
    /// Returns the indices of the fields that the parameters replace.
    pub(super) fn replaced(self, shape: Shape) -> impl Iterator<Item = usize> + use<'a> {
        self.0.iter().filter_map(|(name, _)| shape.find(name).map(|(index, _)| index)).collect::<Vec<_>>().into_iter()
    }

    /// Returns the value of the parameter `name`.
    pub(super) fn get(self, name: &str) -> Option<&'a MapValue> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Returns the parameters that the path does not contain. `in_path` are the names of its placeholders.
    pub(super) fn outside(self, in_path: &[&str]) -> Vec<&'a (String, MapValue)> {
        self.0.iter().filter(|(name, _)| !in_path.contains(&name.as_str())).collect()
    }

    /// Checks that signing has not set a parameter with the same name.
    pub(crate) fn check(self, parts: &Parts) -> Result<(), Violations> {
        let pairs = || parts.pairs(Location::Query).iter().chain(parts.pairs(Location::Form));
        let is_intact = |name: &str, value: &MapValue| {
            let mut same = pairs().filter(|(known, _)| known == name).map(|(_, text)| text);
            same.next().is_none_or(|text| *text == text_of(value)) && same.next().is_none()
        };
        let reserved = self.0.iter().filter(|(name, value)| !is_intact(name, value));
        Violations::of(reserved.map(|(name, _)| Violation { path: name.clone(), rule: Rule::Reserved }).collect())
    }
}

/// Returns the text of a value outside of JSON.
fn text_of(value: &MapValue) -> Cow<'_, str> {
    match value {
        MapValue::Null => Cow::Borrowed(""),
        MapValue::Bool(true) => Cow::Borrowed("true"),
        MapValue::Bool(false) => Cow::Borrowed("false"),
        MapValue::Number(number) => Cow::Borrowed(number.as_str()),
        MapValue::Text(text) => Cow::Borrowed(text),
        MapValue::Json(json) => Cow::Borrowed(json.as_str()),
    }
}

impl Encoder {
    /// Checks the parameters `extra` in a request of fields like `shape`. A required field cannot be replaced with a blank
    /// value.
    pub(super) fn check_extra(&mut self, extra: &[&(String, MapValue)], shape: Shape) {
        for (name, value) in extra {
            let mark = self.path.key(name);
            let field = shape.find(name).map(|(_, field)| field);
            if is_blank(name) {
                self.violation(Rule::BlankName);
            } else if let Some(field) = field.filter(|_| is_blank(&text_of(value))) {
                self.missing(field);
            }
            self.path.back(mark);
        }
    }

    /// Adds the parameters to the query or form at `location`. Parameters that every request has are replaced where they
    /// are, except the one with the API's name.
    pub(super) fn extra_pairs(
        &mut self,
        extra: &[&(String, MapValue)],
        rules: &RequestRules,
        parts: &mut Parts,
        location: Location,
    ) {
        for (name, value) in extra {
            let mark = self.path.key(name);
            let text = self.extra_text(value);
            match rules.parameters.iter().find(|parameter| parameter.name == name) {
                Some(Parameter { value: ParameterValue::Api, .. }) => self.violation(Rule::Reserved),
                Some(parameter) => parts.put(destination(parameter.location, location), name, text),
                None if rules.blank == Blank::Drop && is_blank(&text) => {}
                None => parts.push(location, name, text),
            }
            self.path.back(mark);
        }
    }

    /// Returns the text of a value outside of JSON.
    pub(super) fn extra_text<'a>(&mut self, value: &'a MapValue) -> Cow<'a, str> {
        if let MapValue::Number(number) = value {
            self.finite(number);
        }
        text_of(value)
    }

    /// Adds the parameters to the JSON object that has just been written.
    pub(super) fn extra_members(&mut self, extra: &[&(String, MapValue)]) {
        if extra.is_empty() || self.out.pop() != Some('}') {
            return;
        }
        for (name, value) in extra {
            let mark = self.path.key(name);
            self.entry(1, name, value);
            self.path.back(mark);
        }
        self.out.push('}');
    }
}
