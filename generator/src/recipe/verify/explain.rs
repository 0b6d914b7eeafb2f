//! Explains a wrong signature: what the server signed, beside what it received.

use std::fmt;

use apograph_runtime::sign::{Location, Moment, Notes, Parts, is_blank};
use apograph_runtime::{Coverage, SentParameter, SigningReport, SystemNonce};

use super::Check;
use super::field::{FieldName, line, shown};
use super::mistake::Mistake;
use crate::recipe::cover::cover;
use crate::recipe::interpret::{self, Trace};
use crate::recipe::scheme::Assignment;

/// Most bytes that the steps of one explanation may read again, so that a large request cannot keep the server busy.
pub(super) const BUDGET: usize = 8 << 20;

/// Most parameters and headers of a request whose signature is explained. A search compares each with all others, and the
/// largest documented API has fewer than 100.
const PAIRS: usize = 500;

/// Most bytes of a request that is shown. More would help nobody, and finding secrets in them takes long.
const SHOWN: usize = 256 << 10;

/// A signature that is not the one of the received request. No text in it contains a secret or a session.
#[derive(Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The field of the signature.
    pub field: FieldName,
    /// The received signature.
    pub received: String,
    /// The signature of what was received.
    pub expected: String,
    /// The text to sign, with secrets and sessions replaced by their names in angle brackets. `None` if the request cannot be
    /// shown.
    pub text: Option<ShownStep>,
    /// The received fields, in order, without headers that the signature does not cover.
    pub fields: Vec<ShownField>,
    /// A mistake after which the request would have the received signature.
    pub mistake: Option<Mistake>,
    /// Whether mistakes were tried. They are not on requests with very many parameters.
    pub is_searched: bool,
    /// Whether the request contains characters outside of ASCII.
    pub has_wide_text: bool,
}

/// The text to sign.
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
        let is_searched = pairs(&self.signed).count() <= PAIRS;
        let report = is_searched.then(|| self.report(field, expected, &inputs)).flatten();
        let step = cover(self.plan).map(|cover| cover.text);
        let text = report.as_ref().and_then(SigningReport::text_to_sign).map(str::to_owned);
        Mismatch {
            field: FieldName::of(field),
            received: self.masked(received),
            expected: expected.to_owned(),
            text: step.zip(text).map(|(name, text)| ShownStep { name, text }),
            fields: report.iter().flat_map(SigningReport::parameters).filter_map(shown_field).collect(),
            mistake: is_searched.then(|| self.mistake(field, received, expected, &inputs)).flatten(),
            is_searched,
            has_wide_text: !self.signed.body().is_ascii() || pairs(&self.signed).any(|(_, value)| !value.is_ascii()),
        }
    }

    /// Returns the report of the request as the server would have signed it. `None` if the request is too large to be
    /// shown, or not one that could be sent again.
    fn report(&self, field: &Assignment, expected: &str, inputs: &Trace) -> Option<SigningReport> {
        if size(&self.signed) > SHOWN {
            return None;
        }
        let (notes, source) = (Notes::default(), SystemNonce::default());
        let moment = Moment::new(self.server.now, &source).with_notes(&notes);
        let run = self.run_at(&moment);
        let mut trace = Trace { clocks: inputs.clocks.clone(), nonces: inputs.nonces.clone(), lets: Vec::new() };
        for field in &self.plan.puts {
            if run.value(&field.template, &self.signed, &trace).ok()?.is_some() {
                run.note_field(field, &self.signed, &trace).ok()?;
            }
        }
        run.run_steps(&self.signed, &mut trace).ok()?;
        run.note_signature();
        let mut parts = self.signed.clone();
        parts.put(field.location, &field.name, expected);
        interpret::report(self.server.scheme, &self.credentials, notes, &parts).ok()
    }

    /// Returns the text of the signature for changed parts of the request.
    pub(super) fn outcome(&self, field: &Assignment, parts: &Parts, inputs: &Trace) -> Option<String> {
        let mut trace = Trace { clocks: inputs.clocks.clone(), nonces: inputs.nonces.clone(), lets: Vec::new() };
        let filled = self.with_sets(parts, &trace).ok()?;
        let parts = filled.as_ref().unwrap_or(parts);
        self.with_run(|run| run.run_steps(parts, &mut trace)).ok()?;
        self.with_run(|run| run.value(&field.template, parts, &trace)).ok()?
    }
}

/// Leaves out the signature, and headers that it does not cover.
fn shown_field(sent: &SentParameter) -> Option<ShownField> {
    let is_signed = sent.coverage() == Coverage::Signed;
    let is_other = sent.location() == Location::Headers && !is_signed;
    (sent.coverage() != Coverage::Signature && !is_other).then(|| ShownField {
        location: sent.location(),
        name: sent.name().to_owned(),
        value: sent.value().to_owned(),
        is_signed,
    })
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
    pairs(parts).map(|(name, value)| name.len() + value.len()).sum::<usize>() + parts.body().len() + 64
}

fn pairs(parts: &Parts) -> impl Iterator<Item = &(String, String)> {
    [Location::Query, Location::Form, Location::Headers].into_iter().flat_map(|at| parts.pairs(at))
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} is wrong: received `{}`, expected `{}`", self.field, line(&self.received), self.expected)?;
        match &self.mistake {
            Some(mistake) => write!(f, "; {mistake}"),
            None if !self.is_searched => {
                write!(
                    f,
                    "; the usual mistakes were not tried: the request has more than {PAIRS} parameters and headers"
                )
            }
            None => {
                f.write_str("; no usual mistake explains it: probably another secret was used, ")?;
                f.write_str(if self.has_wide_text {
                    "a value changed after it was signed, or the text was not digested as UTF-8 (perhaps GBK)"
                } else {
                    "or a value changed after it was signed"
                })
            }
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
    /// Returns the text to sign beside the received fields, for people. The text is exact, so that it can be
    /// compared with what a client signed; only control characters are escaped.
    #[must_use]
    pub fn details(&self) -> String {
        let Some(step) = &self.text else {
            return "the text to sign is not shown: the request is too large, or malformed\n".to_owned();
        };
        let text: String = step.text.chars().flat_map(shown).collect();
        let mut details = format!("text to sign (`{}`):\n{text}\n", line(&step.name));
        details.push_str("received (* = signed):\n");
        let longest = self.fields.iter().map(|field| field.name.chars().count()).max().unwrap_or(0).min(40);
        for field in &self.fields {
            let mark = if field.is_signed { '*' } else { ' ' };
            let place = match field.location {
                Location::Query => "query",
                Location::Form => "form",
                Location::Headers => "header",
                Location::Path => "path",
                Location::Json => "json",
                Location::Xml => "xml",
                Location::Set(_) => "set",
            };
            let value = if is_blank(&field.value) { format!("{:?}", field.value) } else { line(&field.value) };
            details.push_str(&format!("  {mark} {place:<6} {:<longest$}  {value}\n", line(&field.name)));
        }
        details
    }
}
