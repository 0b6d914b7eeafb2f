//! Explains a wrong signature: what the server signed, beside what it received.

use std::fmt;

use apograph_runtime::sign::{Location, Parts, is_blank};

use super::field::{FieldName, line, shown};
use super::mistake::Mistake;
use super::{Check, locations};
use crate::recipe::Filter;
use crate::recipe::interpret::Trace;
use crate::recipe::reach::is_digest;
use crate::recipe::scheme::{Assignment, CredentialKind, Piece, Source, Step, Template};

/// Most bytes that the steps of one explanation may read again, so that a large request cannot keep the server busy.
pub(super) const BUDGET: usize = 8 << 20;

/// A signature that is not the one of the received request. No text in it contains a secret or a session.
#[derive(Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The field of the signature.
    pub field: FieldName,
    /// The received signature.
    pub received: String,
    /// The signature of what was received.
    pub expected: String,
    /// The texts that the server digested, with secrets and sessions replaced by their names in angle brackets.
    pub texts: Vec<ShownStep>,
    /// The received fields, in order, without headers that the signature does not cover.
    pub fields: Vec<ShownField>,
    /// A mistake after which the request would have the received signature.
    pub mistake: Option<Mistake>,
}

/// A text that the server digested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownStep {
    /// Its name in the scheme.
    pub name: String,
    /// The text.
    pub text: String,
}

/// A received field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownField {
    /// Where it was received.
    pub location: Location,
    /// Its name.
    pub name: String,
    /// Its value; a session is replaced by its name in angle brackets.
    pub value: String,
    /// Whether the signature covers it.
    pub is_signed: bool,
}

impl Check<'_> {
    pub(super) fn explain(&self, field: &Assignment, received: &str, expected: &str, trace: &Trace) -> Mismatch {
        let inputs = Trace { clocks: trace.clocks.clone(), nonces: trace.nonces.clone(), lets: Vec::new() };
        let texts = self.texts(&inputs).into_iter().map(|(name, text)| ShownStep { name, text: self.masked(text) });
        let mistake = self.mistake(field, received, expected, &inputs);
        Mismatch {
            field: FieldName::of(field),
            received: self.masked(received.to_owned()),
            expected: expected.to_owned(),
            texts: texts.collect(),
            fields: self.fields(field, expected, &inputs),
            mistake,
        }
    }

    /// Replaces secrets that a value of the request repeats.
    fn masked(&self, text: String) -> String {
        let secrets = self.server.scheme.credentials.iter().zip(&self.credentials);
        let mut secrets: Vec<_> = secrets.filter(|(known, _)| known.kind != CredentialKind::Id).collect();
        secrets.sort_by_key(|(_, value)| std::cmp::Reverse(value.as_ref().map_or(0, String::len)));
        secrets.into_iter().fold(text, |text, (known, value)| match value {
            Some(value) if value.len() >= 4 => text.replace(value.as_str(), &format!("<{}>", known.name)),
            _ => text,
        })
    }

    /// Returns the texts that are digested, by running the steps with names in place of secrets and sessions.
    fn texts(&self, inputs: &Trace) -> Vec<(String, String)> {
        let mut masked = Check::new(self.server, self.plan, self.received);
        masked.credentials.clone_from(&self.credentials);
        for (known, value) in self.server.scheme.credentials.iter().zip(&mut masked.credentials) {
            if known.kind != CredentialKind::Id && value.is_some() {
                *value = Some(format!("<{}>", known.name));
            }
        }
        for field in self.plan.puts.iter().filter(|field| self.reads_token(&field.template)) {
            for location in locations(field.location) {
                let value = masked.with_run(|run| run.value(&field.template, &masked.signed, inputs));
                if let (Some(_), Ok(Some(value))) = (masked.signed.get(location, &field.name), value) {
                    masked.signed.put(location, &field.name, value);
                }
            }
        }
        let mut trace = Trace { clocks: inputs.clocks.clone(), nonces: inputs.nonces.clone(), lets: Vec::new() };
        if masked.with_run(|run| run.run_steps(&masked.signed, &mut trace)).is_err() {
            return Vec::new();
        }
        let mut texts = Vec::new();
        for step in self.plan.lets.iter().filter(|step| step.used) {
            for template in self.digested(&step.step) {
                let text = masked.with_run(|run| run.value(&template, &masked.signed, &trace));
                texts.extend(text.ok().flatten().map(|text| (self.name_of(&template, &step.name), text)));
            }
        }
        texts
    }

    /// Returns what a step digests, without what is itself made from digests.
    fn digested(&self, step: &Step) -> Vec<Template> {
        let whole = |source: &Source| Template {
            pieces: vec![Piece::Value { source: source.clone(), filters: Vec::new() }],
            ..Template::default()
        };
        let found = match step {
            Step::Pairs(_) => Vec::new(),
            Step::Hmac { over, .. } => vec![over.clone()],
            Step::Text(template) => {
                let pieces = template.pieces.iter().filter_map(|piece| match piece {
                    Piece::Value { source, filters } if matches!(filters.first(), Some(Filter::Digest(_))) => {
                        Some(whole(source))
                    }
                    _ => None,
                });
                pieces.collect()
            }
        };
        let is_secret = |template: &Template| matches!(template.pieces.as_slice(), [Piece::Value { source: Source::Credential(index), .. }] if self.is_secret(*index));
        found.into_iter().filter(|template| !is_digest(self.plan, template) && !is_secret(template)).collect()
    }

    fn is_secret(&self, index: usize) -> bool {
        self.server.scheme.credentials.get(index).is_some_and(|known| known.kind == CredentialKind::Secret)
    }

    fn name_of(&self, template: &Template, step: &str) -> String {
        let name = match template.pieces.as_slice() {
            [Piece::Value { source: Source::Let(index), .. }] => self.plan.lets.get(*index).map(|known| &known.name),
            _ => None,
        };
        name.map_or_else(|| step.to_owned(), String::clone)
    }

    /// Returns the received fields. A field is signed if another value of it would give another signature.
    fn fields(&self, signature: &Assignment, expected: &str, inputs: &Trace) -> Vec<ShownField> {
        let mut budget = BUDGET / size(&self.signed).max(1);
        let mut fields = Vec::new();
        for location in [Location::Query, Location::Form, Location::Headers] {
            for (at, (name, value)) in self.signed.pairs(location).iter().enumerate() {
                let carries = self.carries_signed(location, name) || {
                    budget = budget.saturating_sub(1);
                    let changed = || changed(&self.signed, location, at, &format!("{value}~"));
                    budget > 0 && self.outcome(signature, &changed(), inputs).as_deref() != Some(expected)
                };
                let value = self.shown_value(location, name, value);
                fields.push(ShownField { location, name: name.clone(), value, is_signed: carries });
            }
        }
        fields.retain(|field| field.is_signed || field.location != Location::Headers);
        fields
    }

    fn shown_value(&self, location: Location, name: &str, value: &str) -> String {
        let tokens = self.plan.puts.iter().filter(|field| self.reads_token(&field.template));
        let is_token = tokens
            .filter(|field| field.name == name)
            .any(|field| locations(field.location).any(|known| known == location));
        let tokens = self.server.scheme.credentials.iter().filter(|known| known.kind == CredentialKind::Token);
        match tokens.map(|known| format!("<{}>", known.name)).next() {
            Some(masked) if is_token => masked,
            _ => self.masked(value.to_owned()),
        }
    }

    /// Whether a step reads a value that the scheme puts into this field.
    fn carries_signed(&self, location: Location, name: &str) -> bool {
        let fields = self.plan.puts.iter().filter(|field| field.location == location && field.name == name);
        let mut carried = fields
            .flat_map(|field| field.template.sources())
            .filter(|source| matches!(source, Source::Clock(_) | Source::Nonce(_) | Source::Credential(_)));
        let steps = || self.plan.lets.iter().filter(|step| step.used).flat_map(|step| step.step.templates());
        carried.any(|source| steps().flat_map(Template::sources).any(|read| read == source))
    }

    /// Returns the text of the signature for changed parts of the request.
    pub(super) fn outcome(&self, field: &Assignment, parts: &Parts, inputs: &Trace) -> Option<String> {
        let mut trace = Trace { clocks: inputs.clocks.clone(), nonces: inputs.nonces.clone(), lets: Vec::new() };
        self.with_run(|run| run.run_steps(parts, &mut trace)).ok()?;
        self.with_run(|run| run.value(&field.template, parts, &trace)).ok()?
    }
}

/// Returns the parts with another value of one pair.
pub(super) fn changed(parts: &Parts, location: Location, at: usize, value: &str) -> Parts {
    let mut others = parts.clone();
    let pairs = parts.pairs(location);
    pairs.iter().for_each(|(name, _)| others.remove(location, name));
    for (index, (name, old)) in pairs.iter().enumerate() {
        others.push(location, name.clone(), if index == at { value } else { old });
    }
    others
}

/// Returns the bytes that the steps may read.
pub(super) fn size(parts: &Parts) -> usize {
    let pairs = [Location::Query, Location::Form, Location::Headers].into_iter().flat_map(|at| parts.pairs(at));
    pairs.map(|(name, value)| name.len() + value.len()).sum::<usize>() + parts.body().len() + 64
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} is wrong: received `{}`, expected `{}`", self.field, line(&self.received), self.expected)?;
        match &self.mistake {
            Some(mistake) => write!(f, "; {mistake}"),
            None => f.write_str(
                "; no usual mistake explains it: probably another secret was used, or a value changed after it was signed",
            ),
        }
    }
}

/// Values may be personal data.
impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mismatch").field("field", &self.field).field("mistake", &self.mistake).finish_non_exhaustive()
    }
}

impl Mismatch {
    /// Returns the texts that were digested beside the received fields, for people. The texts are exact, so that they can
    /// be compared with what a client signed; only control characters are escaped.
    #[must_use]
    pub fn details(&self) -> String {
        let mut details = String::new();
        for step in &self.texts {
            let text: String = step.text.chars().flat_map(shown).collect();
            details.push_str(&format!("text to sign (`{}`):\n{text}\n", line(&step.name)));
        }
        details.push_str("received (* = signed):\n");
        let longest = self.fields.iter().map(|field| field.name.chars().count()).max().unwrap_or(0).min(40);
        for field in &self.fields {
            let mark = if field.is_signed { '*' } else { ' ' };
            let place = match field.location {
                Location::Query => "query",
                Location::Form => "form",
                Location::Headers => "header",
            };
            let value = if is_blank(&field.value) { format!("{:?}", field.value) } else { line(&field.value) };
            details.push_str(&format!("  {mark} {place:<6} {:<longest$}  {value}\n", line(&field.name)));
        }
        details
    }
}
