//! Reads times, nonces and credentials back from the fields that carry them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use apograph_runtime::sign::{Location, Moment, is_blank};
use apograph_runtime::{Secret, SystemNonce};
use jiff::Timestamp;
use jiff::civil::Time;
use jiff::fmt::strtime;
use jiff::tz::{Offset, TimeZone};

use super::{Check, FieldName, Problem, find, is_unseen};
use crate::recipe::interpret::{Trace, filtered};
use crate::recipe::scheme::{Assignment, Clock, ClockFormat, CredentialKind, Piece, Source, Template};

/// A source and the text that was received for it.
pub(super) type Captured = (Source, String);

/// How a received text fits a template.
enum Fit {
    /// The text of the only open source.
    Text(Source, String),
    /// The rest of the template differs.
    Differs,
    /// No source can be read on its own.
    Hidden,
}

/// The steps of a clock, in seconds, from fine to coarse.
const STEPS: [u64; 4] = [1, 60, 3600, 86_400];

impl Check<'_> {
    /// Returns the text of the field's only unknown source, and reports a field that is missing or does not fit.
    pub(super) fn capture(&mut self, field: &Assignment) -> Option<Captured> {
        if matches!(field.location, Location::Set(_)) || is_unseen(self.received, field) {
            return None;
        }
        let Some(received) = find(self.received, field).filter(|value| !is_blank(value)) else {
            if !self.may_be_absent(&field.template) {
                self.problems.push(Problem::Missing(FieldName::of(field)));
            }
            return None;
        };
        let is_open = |source: &Source| match source {
            Source::Clock(_) | Source::Nonce(_) => true,
            Source::Credential(index) => {
                self.server.scheme.credentials.get(*index).is_some_and(|known| known.kind != CredentialKind::Secret)
            }
            _ => false,
        };
        let is_made = |source: &Source| matches!(source, Source::Clock(_) | Source::Nonce(_));
        let (captured, template) = (received.into_owned(), &field.template);
        let fit = match self.unify(template, &captured, is_open) {
            Fit::Hidden => self.unify(template, &captured, is_made),
            fit => fit,
        };
        match fit {
            Fit::Text(source, text) => {
                if let Source::Credential(index) = source {
                    self.check_credential(field, index, &text);
                }
                Some((source, text))
            }
            Fit::Differs => {
                let field = FieldName::of(field);
                let received = self.masked(&captured);
                self.problems.push(Problem::WrongValue { field, received, expected: None });
                None
            }
            Fit::Hidden => None,
        }
    }

    /// Whether every optional value of the template may be absent, and there is one.
    fn may_be_absent(&self, template: &Template) -> bool {
        template.sources().any(|source| match source {
            Source::Credential(index) => self.server.scheme.credentials.get(*index).is_some_and(|known| known.optional),
            Source::Fact(index) => self
                .server
                .scheme
                .facts
                .get(*index)
                .is_some_and(|known| known.optional && self.received.optional_fact(&known.name).is_none()),
            Source::OptionalHeader(name) => self.received.optional_header(name).is_none(),
            _ => false,
        })
    }

    fn check_credential(&mut self, field: &Assignment, index: usize, text: &str) {
        let Some(known) = self.server.scheme.credentials.get(index) else { return };
        let is_token = known.kind == CredentialKind::Token;
        match self.credentials.get_mut(index) {
            Some(Some(expected)) if expected.expose() == text => {}
            Some(slot @ None) if is_token => *slot = Some(Secret::from(text)),
            _ => self.problems.push(Problem::UnknownCredential {
                field: FieldName::of(field),
                credential: known.name.clone(),
                received: (!is_token).then(|| self.masked(text)),
                secret: self.secret_of(text),
            }),
        }
    }

    /// Returns the name of the secret with this value.
    fn secret_of(&self, value: &str) -> Option<String> {
        let mut known = self.server.scheme.credentials.iter().zip(&self.credentials);
        let is_it = |known: CredentialKind, text: &Option<Secret>| {
            known == CredentialKind::Secret && text.as_ref().is_some_and(|text| text.expose() == value)
        };
        known.find(|(known, text)| is_it(known.kind, text)).map(|(known, _)| known.name.clone())
    }

    /// Reads the text of the template's only open source.
    fn unify(&self, template: &Template, received: &str, is_open: impl Fn(&Source) -> bool) -> Fit {
        let is_hole = |piece: &&Piece| matches!(piece, Piece::Value { source, .. } if is_open(source));
        let mut holes = template.pieces.iter().filter(is_hole);
        let Some(Piece::Value { source, filters, .. }) = holes.next() else { return Fit::Hidden };
        let at = template.pieces.iter().position(|piece| is_hole(&piece)).unwrap_or_default();
        let (before, after) = template.pieces.split_at(at);
        let ends = (self.known_text(before), self.known_text(after.get(1..).unwrap_or_default()));
        let (Some(before), Some(after), None, true) = (ends.0, ends.1, holes.next(), filters.is_empty()) else {
            return Fit::Hidden;
        };
        let text = received.strip_prefix(before.as_str()).and_then(|rest| rest.strip_suffix(after.as_str()));
        text.filter(|text| !text.is_empty()).map_or(Fit::Differs, |text| Fit::Text(source.clone(), text.to_owned()))
    }

    fn known_text(&self, pieces: &[Piece]) -> Option<String> {
        let mut bytes = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Literal(text) => bytes.extend_from_slice(text.as_bytes()),
                Piece::Value { source, filters, .. } => {
                    let trace = Trace::default();
                    let value = self.with_run(|run| run.source(source, &self.signed, &trace)).ok()??;
                    bytes.extend_from_slice(&filters.iter().try_fold(value, filtered).ok()?);
                }
            }
        }
        String::from_utf8(bytes).ok()
    }

    /// Returns the text of every clock: as received, or else written from the time that was received. Checks the time.
    pub(super) fn clocks(&mut self, captured: &[Captured]) -> Option<Vec<String>> {
        let mut times = Vec::new();
        for (index, clock) in self.plan.clocks.iter().enumerate() {
            let Some((_, text)) = captured.iter().find(|(source, _)| *source == Source::Clock(index)) else { continue };
            match instant(clock, text) {
                Some(time) => times.push((step(clock, time), time, index)),
                None => self.unreadable(index, text),
            }
        }
        let best = times.into_iter().min();
        if let Some((step, time, index)) = best {
            self.check_time(index, time, step);
        }
        let mut texts = Vec::new();
        for (index, clock) in self.plan.clocks.iter().enumerate() {
            let received = captured.iter().find(|(source, _)| *source == Source::Clock(index));
            let text = match (received, best) {
                (Some((_, text)), _) => Some(text.clone()),
                (None, Some((_, time, _))) => write(clock, time),
                (None, None) if clock.used => {
                    self.hidden(&clock.name);
                    return None;
                }
                (None, None) => None,
            };
            texts.push(text.unwrap_or_default());
        }
        Some(texts)
    }

    fn unreadable(&mut self, index: usize, received: &str) {
        let format = match self.plan.clocks.get(index).map(|clock| &clock.format) {
            Some(ClockFormat::Pattern { pattern, .. }) => Some(pattern.clone()),
            _ => None,
        };
        if let Some(field) = self.carrier(index) {
            self.problems.push(Problem::UnreadableTime { field, received: self.masked(received), format });
        }
    }

    fn check_time(&mut self, index: usize, time: i64, step: u64) {
        let now = seconds(self.server.now);
        let tolerance = self.server.tolerance;
        let ahead = time.saturating_sub(now);
        let limit = tolerance.as_secs().saturating_add(step - 1);
        if let (true, Some(field)) = (ahead.unsigned_abs() > limit, self.carrier(index)) {
            self.problems.push(Problem::Expired { field, ahead, tolerance });
        }
    }

    fn carrier(&self, index: usize) -> Option<FieldName> {
        let carries = |field: &&Assignment| field.template.sources().any(|source| *source == Source::Clock(index));
        self.plan.puts.iter().find(carries).map(FieldName::of)
    }
}

/// Returns the time of the request in Unix seconds, from the text of a clock.
///
/// A time that is documented as a date may also be milliseconds since 1970: servers accept them from SDKs that send
/// them, although the pages do not mention it.
fn instant(clock: &Clock, text: &str) -> Option<i64> {
    let time = match &clock.format {
        ClockFormat::Unix => digits(text, 1..=12)?,
        ClockFormat::UnixMillis => digits(text, 1..=15)? / 1000,
        ClockFormat::HttpDate => parsed("%a, %d %b %Y %H:%M:%S GMT", 0, text)?,
        ClockFormat::Pattern { pattern, zone } => match digits(text, 13..=13) {
            Some(milliseconds) => milliseconds / 1000,
            None => parsed(pattern, *zone, text)?,
        },
    };
    time.checked_sub(clock.plus)
}

fn digits(text: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<i64> {
    let plain = lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn parsed(pattern: &str, zone: i32, text: &str) -> Option<i64> {
    let broken = strtime::parse(pattern, text).ok()?;
    let civil = broken.to_datetime().or_else(|_| broken.to_date().map(|date| date.to_datetime(Time::midnight())));
    let offset = Offset::from_seconds(zone).ok()?;
    let at_zone = |civil: jiff::civil::DateTime| Some(civil.to_zoned(TimeZone::fixed(offset)).ok()?.timestamp());
    let time: Timestamp = broken.to_timestamp().ok().or_else(|| civil.ok().and_then(at_zone))?;
    Some(time.as_second())
}

/// Returns the text of a clock at a time.
fn write(clock: &Clock, time: i64) -> Option<String> {
    let source = SystemNonce::default();
    let moment = Moment::new(at(time)?, &source);
    match &clock.format {
        ClockFormat::Unix => Some(moment.unix(clock.plus)),
        ClockFormat::UnixMillis => Some(moment.unix_ms(clock.plus)),
        ClockFormat::HttpDate => moment.http_date(clock.plus).ok(),
        ClockFormat::Pattern { pattern, zone } => moment.datetime(pattern, *zone, clock.plus).ok(),
    }
}

/// Returns the number of seconds for which the text of a clock stays the same.
fn step(clock: &Clock, time: i64) -> u64 {
    let text = write(clock, time);
    let changes = |step: &u64| i64::try_from(*step).ok().is_some_and(|step| write(clock, time + step) != text);
    STEPS.into_iter().find(changes).unwrap_or(86_400)
}

fn at(time: i64) -> Option<SystemTime> {
    let span = Duration::from_secs(time.unsigned_abs());
    if time < 0 { UNIX_EPOCH.checked_sub(span) } else { UNIX_EPOCH.checked_add(span) }
}

fn seconds(time: SystemTime) -> i64 {
    let whole = |span: Duration| i64::try_from(span.as_secs()).unwrap_or(i64::MAX);
    time.duration_since(UNIX_EPOCH).map_or_else(|before| -whole(before.duration()), whole)
}
