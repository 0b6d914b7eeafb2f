//! Runs a plan on a request as the generated code does, and keeps every intermediate value.

use apograph_runtime::sign::{self, Moment, Notes, Order, Parts, SignError, StepValue};
use apograph_runtime::{Secret, SigningReport};
use zeroize::Zeroizing;

pub(super) use self::filtered::filtered;
use self::filtered::{chosen, formatted, strs};
use super::CredentialKind;
use super::cover::{Cover, cover, input_name};
use super::origin::{field_origins, step_origins};
use super::scheme::{
    Assignment, Clock, ClockFormat, JoinStep, Kind, Let, PairOrder, PairsStep, Piece, Plan, RequestText, Scheme,
    Secrecy, Source, Step, Template,
};
use super::signatures::Signatures;

mod filtered;
#[cfg(test)]
mod tests;

/// Returns the texts with their names.
fn named<'t>(names: &[&'t str], texts: &'t [Zeroizing<String>]) -> Vec<(&'t str, &'t str)> {
    names.iter().copied().zip(texts.iter().map(|text| text.as_str())).collect()
}

/// The values of a run, in the plan's order.
#[derive(Default)]
pub(super) struct Trace {
    pub(super) clocks: Vec<String>,
    pub(super) nonces: Vec<String>,
    pub(super) lets: Vec<Made>,
}

/// Text or bytes, stored as bytes. They may contain a secret, so they are zeroed on drop, and there is no `Debug`.
#[derive(Clone)]
pub(super) struct Made {
    bytes: Zeroizing<Vec<u8>>,
    kind: Kind,
}

impl Made {
    /// Returns the text, or bytes as lower-case hexadecimal.
    pub(super) fn text(&self) -> String {
        match self.kind {
            Kind::Text => String::from_utf8_lossy(&self.bytes).into_owned(),
            Kind::Raw => sign::hex(&self.bytes),
        }
    }

    /// Returns the value as a report of the signature takes it.
    fn noted(&self, secrecy: Secrecy) -> StepValue<'_> {
        match (self.kind, std::str::from_utf8(&self.bytes)) {
            (Kind::Text, Ok(text)) => StepValue::Text(text),
            _ if secrecy.is_closed() => StepValue::Key(&self.bytes),
            _ => StepValue::Bytes(&self.bytes),
        }
    }
}

/// Signs a request with the variant at this index. The credentials are in the scheme's order; `None` is an optional one
/// that is absent. Without a variant at the index, nothing is signed.
///
/// # Errors
///
/// As for the generated code.
pub fn sign(
    scheme: &Scheme,
    variant: usize,
    credentials: &[Option<Secret>],
    moment: &Moment<'_>,
    parts: &mut Parts,
) -> Result<(), SignError> {
    let Some((_, plan)) = scheme.plans().nth(variant) else { return Ok(()) };
    Run { scheme, plan, credentials, moment, signatures: &Signatures::default() }.sign(parts).map(|_| ())
}

/// Signs a request as [`sign`] does, and reports how.
///
/// # Errors
///
/// As for [`sign`], and if the parts are not a valid request.
pub fn explain(
    scheme: &Scheme,
    variant: usize,
    credentials: &[Option<Secret>],
    moment: &Moment<'_>,
    parts: &mut Parts,
) -> Result<SigningReport, apograph_runtime::Error> {
    let notes = Notes::default();
    sign(scheme, variant, credentials, &moment.with_notes(&notes), parts)?;
    report(scheme, credentials, notes, parts)
}

/// Makes the report of a request that was signed, or checked, with notes.
pub(super) fn report(
    scheme: &Scheme,
    credentials: &[Option<Secret>],
    notes: Notes,
    parts: &Parts,
) -> Result<SigningReport, apograph_runtime::Error> {
    let values = scheme.credentials.iter().zip(credentials);
    let confidential = values.filter(|(known, _)| known.kind != CredentialKind::Id);
    let secrets: Vec<(&str, Option<&Secret>)> =
        confidential.map(|(known, value)| (known.name.as_str(), value.as_ref())).collect();
    SigningReport::of_parts(parts, notes, &secrets)
}

/// A plan with the credentials and the time of an attempt.
pub(super) struct Run<'a> {
    pub(super) scheme: &'a Scheme,
    pub(super) plan: &'a Plan,
    /// In the scheme's order; `None` for an optional credential that is absent.
    pub(super) credentials: &'a [Option<Secret>],
    pub(super) moment: &'a Moment<'a>,
    pub(super) signatures: &'a Signatures,
}

impl Run<'_> {
    /// Signs the request.
    pub(super) fn sign(&self, parts: &mut Parts) -> Result<Trace, SignError> {
        let trace = self.prepare(parts)?;
        self.note_signature();
        for field in &self.plan.places {
            self.assign(field, parts, &trace)?;
        }
        Ok(trace)
    }

    /// Puts the fields that are signed, and runs the steps.
    pub(super) fn prepare(&self, parts: &mut Parts) -> Result<Trace, SignError> {
        let mut trace = Trace::default();
        for clock in &self.plan.clocks {
            trace.clocks.push(self.clock(clock)?);
        }
        for nonce in &self.plan.nonces {
            trace.nonces.push(self.moment.nonce(&nonce.name, nonce.form)?);
        }
        for field in &self.plan.puts {
            self.assign(field, parts, &trace)?;
        }
        self.run_steps(parts, &mut trace)?;
        Ok(trace)
    }

    /// Notes which field is the signature, and what it covers.
    pub(super) fn note_signature(&self) {
        if let Some(Cover { field, text, fields }) = cover(self.plan) {
            self.moment.note_signature(field.location, &field.name, &text, &fields);
        }
    }

    /// Runs the steps on the request as it is, and appends their values to the trace.
    pub(super) fn run_steps(&self, parts: &Parts, trace: &mut Trace) -> Result<(), SignError> {
        for step in &self.plan.lets {
            self.note_masks(step, parts, trace)?;
            self.note_pieces(step, parts, trace)?;
            let made = self.step(step, parts, trace)?;
            self.note(step, &made);
            trace.lets.push(made);
        }
        Ok(())
    }

    pub(super) fn clock(&self, clock: &Clock) -> Result<String, SignError> {
        match &clock.format {
            ClockFormat::Unix => Ok(self.moment.unix(clock.plus)),
            ClockFormat::UnixMillis => Ok(self.moment.unix_ms(clock.plus)),
            ClockFormat::HttpDate => self.moment.http_date(clock.plus),
            ClockFormat::Pattern { pattern, zone } => self.moment.datetime(pattern, *zone, clock.plus),
        }
    }

    fn assign(&self, field: &Assignment, parts: &mut Parts, trace: &Trace) -> Result<(), SignError> {
        if let Some(value) = self.value(&field.template, parts, trace)? {
            self.note_field(field, parts, trace)?;
            parts.try_put(field.location, &field.name, value)?;
        }
        Ok(())
    }

    /// Returns the text of a field. `None` if an optional value in it is absent.
    pub(super) fn value(&self, template: &Template, parts: &Parts, trace: &Trace) -> Result<Option<String>, SignError> {
        for source in template.sources() {
            if self.source(source, parts, trace)?.is_none() {
                return Ok(None);
            }
        }
        Ok(Some(self.fill(template, parts, trace)?.text()))
    }

    /// Notes what a field with credentials is made of. Its values are present.
    pub(super) fn note_field(&self, field: &Assignment, parts: &Parts, trace: &Trace) -> Result<(), SignError> {
        if let Some(names) = field_origins(self.scheme, self.plan, field) {
            let texts = self.texts(&field.template, parts, trace)?;
            self.moment.note_field(field.location, &field.name, &named(&names, &texts));
        }
        Ok(())
    }

    /// Notes what the text of a step is made of.
    fn note_pieces(&self, step: &Let, parts: &Parts, trace: &Trace) -> Result<(), SignError> {
        let (name, template) = match &step.step {
            Step::Text(template) => (Some(step.name.clone()), template),
            Step::Hmac { over, .. } | Step::PkSign { over, .. } => (input_name(step), over),
            Step::Pairs(_) | Step::Join(_) => return Ok(()),
        };
        let names = step_origins(self.scheme, self.plan, step).filter(|_| step.used);
        if let Some((name, names)) = name.zip(names) {
            let texts = self.texts(template, parts, trace)?;
            self.moment.note_pieces(&name, &named(&names, &texts));
        }
        Ok(())
    }

    /// Returns the text of each piece of a template.
    fn texts(&self, template: &Template, parts: &Parts, trace: &Trace) -> Result<Vec<Zeroizing<String>>, SignError> {
        let text = |piece: &Piece| {
            let bytes = self.piece(piece, parts, trace)?;
            Ok(Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned()))
        };
        template.pieces.iter().map(text).collect()
    }

    fn step(&self, step: &Let, parts: &Parts, trace: &Trace) -> Result<Made, SignError> {
        match &step.step {
            Step::Text(template) => self.fill(template, parts, trace),
            Step::Pairs(pairs) => self.pairs(step, pairs, parts),
            Step::Join(join) => self.join(step, join, parts, trace),
            Step::PkSign { algorithm, key, over } => {
                let input = self.fill(over, parts, trace)?;
                self.note_input(step, over, &input);
                let key = self.credentials.get(*key).and_then(Option::as_ref).ok_or(SignError::PrivateKey)?;
                let bytes = self.signatures.sign(key, *algorithm, &input.bytes)?;
                Ok(Made { bytes: Zeroizing::new(bytes), kind: Kind::Raw })
            }
            Step::Hmac { algorithm, key, over } => {
                let (key, input) = (self.fill(key, parts, trace)?, self.fill(over, parts, trace)?);
                self.note_input(step, over, &input);
                Ok(Made { bytes: Zeroizing::new(algorithm.hmac(&key.bytes, &input.bytes)), kind: Kind::Raw })
            }
        }
    }

    /// Notes the input of a digest or signature, unless it is a step, which is noted already.
    fn note_input(&self, step: &Let, over: &Template, input: &Made) {
        if let Some(name) = input_name(step).filter(|_| step.used) {
            self.moment.note(&name, input.noted(over.secrecy));
        }
    }

    fn pairs(&self, step: &Let, pairs: &PairsStep, parts: &Parts) -> Result<Made, SignError> {
        let names: Vec<&str> = match &pairs.order {
            PairOrder::Names(names) => strs(names),
            _ => Vec::new(),
        };
        let chosen = chosen(pairs, parts)?.sorted(match &pairs.order {
            PairOrder::Name => Order::Name,
            PairOrder::Item => Order::Item,
            PairOrder::Value => Order::Value,
            PairOrder::None => Order::None,
            PairOrder::Names(_) => Order::Names(&names),
        });
        let chosen = if step.used { chosen.noted(self.moment) } else { chosen };
        let text = chosen.secret_join(&pairs.separator, |name, value| formatted(pairs, name, value))?;
        Ok(Made { bytes: Zeroizing::new(text.expose().as_bytes().to_vec()), kind: Kind::Text })
    }

    fn join(&self, step: &Let, join: &JoinStep, parts: &Parts, trace: &Trace) -> Result<Made, SignError> {
        let made = join.parts.iter().map(|part| self.fill(part, parts, trace));
        let mut made = made.collect::<Result<Vec<Made>, _>>()?;
        made.retain(|part| !(join.skip_empty && part.bytes.is_empty()));
        if join.is_sorted {
            made.sort_by(|one, other| one.bytes.cmp(&other.bytes));
        }
        let texts: Vec<&[u8]> = made.iter().map(|part| part.bytes.as_slice()).collect();
        Ok(Made { bytes: Zeroizing::new(texts.join(join.separator.as_bytes())), kind: step.kind })
    }

    /// Notes a step as the generated code does, which only contains the steps that a request depends on.
    fn note(&self, step: &Let, made: &Made) {
        match step.used {
            false => {}
            true if step.is_key => self.moment.note_key(&step.name, made.noted(step.secrecy)),
            true => self.moment.note(&step.name, made.noted(step.secrecy)),
        }
    }

    /// Notes the values in a step that are made from secrets, such as their digests.
    fn note_masks(&self, step: &Let, parts: &Parts, trace: &Trace) -> Result<(), SignError> {
        for piece in step.masked_pieces() {
            let (Some(name), Piece::Value { source, filters, .. }) = (piece.mask(), piece) else { continue };
            let value = self.source(source, parts, trace)?.unwrap_or_default();
            self.moment.note_mask(name, || filters.iter().try_fold(value, filtered).unwrap_or_default().to_vec());
        }
        Ok(())
    }

    pub(super) fn fill(&self, template: &Template, parts: &Parts, trace: &Trace) -> Result<Made, SignError> {
        let pieces = template.pieces.iter().map(|piece| self.piece(piece, parts, trace));
        let pieces = pieces.collect::<Result<Vec<_>, _>>()?;
        // In one allocation, because growing would leave copies in memory.
        let pieces: Vec<&[u8]> = pieces.iter().map(|piece| piece.as_slice()).collect();
        Ok(Made { bytes: Zeroizing::new(pieces.concat()), kind: template.kind })
    }

    fn piece(&self, piece: &Piece, parts: &Parts, trace: &Trace) -> Result<Zeroizing<Vec<u8>>, SignError> {
        match piece {
            Piece::Literal(literal) => Ok(Zeroizing::new(literal.as_bytes().to_vec())),
            Piece::Value { source, filters, .. } => {
                let value = self.source(source, parts, trace)?.unwrap_or_default();
                filters.iter().try_fold(value, filtered)
            }
        }
    }

    /// Returns the value. `None` if it is optional and absent.
    pub(super) fn source(
        &self,
        source: &Source,
        parts: &Parts,
        trace: &Trace,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, SignError> {
        let text = match source {
            Source::Credential(index) => {
                let known = self.credentials.get(*index).and_then(Option::as_ref);
                known.map(|known| known.expose().to_owned())
            }
            Source::Fact(index) => self.fact(*index, parts)?,
            Source::Clock(index) => trace.clocks.get(*index).cloned(),
            Source::Nonce(index) => trace.nonces.get(*index).cloned(),
            Source::Let(index) => return Ok(trace.lets.get(*index).map(|made| made.bytes.clone())),
            Source::Request(text) => Some(request_text(*text, parts)?),
            Source::Header(name) => Some(parts.header(name)?.to_owned()),
            Source::OptionalHeader(name) => parts.optional_header(name).map(str::to_owned),
        };
        Ok(text.map(|text| Zeroizing::new(text.into_bytes())))
    }

    fn fact(&self, index: usize, parts: &Parts) -> Result<Option<String>, SignError> {
        match self.scheme.facts.get(index) {
            Some(fact) if fact.optional => Ok(parts.optional_fact(&fact.name).map(str::to_owned)),
            Some(fact) => parts.fact(&fact.name).map(|value| Some(value.to_owned())),
            None => Ok(None),
        }
    }
}

fn request_text(text: RequestText, parts: &Parts) -> Result<String, SignError> {
    Ok(match text {
        RequestText::Method => parts.method().to_owned(),
        RequestText::Scheme => parts.scheme().to_owned(),
        RequestText::Host => parts.host().to_owned(),
        RequestText::Path => parts.path().into_owned(),
        RequestText::Query => parts.query_text(),
        RequestText::PathQuery => parts.path_query(),
        RequestText::Url => parts.url(),
        RequestText::Body => parts.body_text()?.into_owned(),
        RequestText::Api => parts.api().to_owned(),
        RequestText::ApiPath => parts.api_path().to_owned(),
    })
}
