//! The instant and the nonces of an attempt.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use zeroize::{Zeroize, Zeroizing};

use super::notes::{Notes, StepValue};
use super::{Location, NonceForm, SecretText, SignError};
use crate::clock::{Zone, format_time};
use crate::nonce::Nonce;

/// The instant of one attempt to send a request, and the source of its nonces.
///
/// Every time in a signature is written from this one instant, so a header and the signed text cannot disagree. A retry
/// uses a new one: signed bytes are never sent twice.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    now: SystemTime,
    source: &'a dyn Nonce,
    known: &'a [(&'a str, &'a str)],
    notes: Option<&'a Notes>,
}

impl<'a> Moment<'a> {
    /// Creates the moment of an attempt at `now`, with nonces from `source`.
    pub fn new(now: SystemTime, source: &'a dyn Nonce) -> Self {
        Self { now, source, known: &[], notes: None }
    }

    /// Sets nonces in advance, by their names in the recipe, to reproduce a known signature.
    #[must_use]
    pub fn with_known_nonces(mut self, known: &'a [(&'a str, &'a str)]) -> Self {
        self.known = known;
        self
    }

    /// Sets where the signing function notes its steps.
    #[must_use]
    pub fn with_notes(mut self, notes: &'a Notes) -> Self {
        self.notes = Some(notes);
        self
    }

    /// Notes the value of a step, if the signature is to be explained.
    pub fn note<'v>(&self, step: &str, value: impl Into<StepValue<'v>>) {
        if let Some(notes) = self.notes {
            notes.step(step, value.into());
        }
    }

    /// Notes a step whose value is as sensitive as a key.
    pub fn note_key<'v>(&self, step: &str, value: impl Into<StepValue<'v>>) {
        if let Some(notes) = self.notes {
            notes.key(step, value.into());
        }
    }

    /// Notes a value that is made from secrets, such as a digest, and is a part of a step. A report shows the name in its
    /// place. The value is only made for a report.
    pub fn note_mask<T>(&self, name: &str, value: impl FnOnce() -> T)
    where
        T: Zeroize,
        for<'v> &'v T: Into<StepValue<'v>>,
    {
        if let Some(notes) = self.notes {
            let value = Zeroizing::new(value());
            notes.mask(name, (&*value).into());
        }
    }

    /// Concatenates the pieces of a step, and notes them. Each has the name of the credential, step or mask that it is, or an
    /// empty name.
    pub fn text(&self, step: &str, pieces: &[(&str, &str)]) -> String {
        self.note_pieces(step, pieces);
        pieces.iter().map(|(_, text)| *text).collect()
    }

    /// Concatenates the pieces of a step that contains a secret, and notes them as [`text`](Self::text) does.
    pub fn secret_text(&self, step: &str, pieces: &[(&str, &str)]) -> SecretText {
        self.note_pieces(step, pieces);
        let texts: Vec<&str> = pieces.iter().map(|(_, text)| *text).collect();
        SecretText::concat(&texts)
    }

    /// Notes the pieces of a step's text, with names as for [`text`](Self::text).
    pub fn note_pieces(&self, step: &str, pieces: &[(&str, &str)]) {
        if let Some(notes) = self.notes {
            notes.pieces(step, pieces);
        }
    }

    /// Notes what a field with a credential is made of, with names as for [`text`](Self::text).
    pub fn note_field(&self, location: Location, field: &str, pieces: &[(&str, &str)]) {
        if let Some(notes) = self.notes {
            notes.field(location, field, pieces);
        }
    }

    /// Notes the input of a digest, and returns it.
    pub fn noted<T>(&self, step: &str, value: T) -> T
    where
        for<'v> &'v T: Into<StepValue<'v>>,
    {
        self.note(step, &value);
        value
    }

    /// Notes which field is the signature, and which step is the text to sign. `covers` are the fields that the text
    /// contains besides its pairs; a name that ends in `*` matches every name with that prefix.
    pub fn note_signature(&self, location: Location, field: &str, text: &str, covers: &[(Location, &str)]) {
        if let Some(notes) = self.notes {
            notes.signature(location, field, text, covers);
        }
    }

    /// Returns where the signing function notes its steps, if the signature is to be explained.
    pub(super) fn notes(&self) -> Option<&'a Notes> {
        self.notes
    }

    /// Returns Unix seconds in decimal, `plus` seconds later.
    pub fn unix(&self, plus: i64) -> String {
        let whole = |span: Duration| i64::try_from(span.as_secs()).unwrap_or(i64::MAX);
        let seconds = match self.now.duration_since(UNIX_EPOCH) {
            Ok(after) => whole(after),
            Err(before) => -whole(before.duration() + Duration::from_nanos(999_999_999)),
        };
        seconds.saturating_add(plus).to_string()
    }

    /// Returns Unix milliseconds in decimal, `plus` seconds later.
    pub fn unix_ms(&self, plus: i64) -> String {
        let whole = |span: Duration| i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        let millis = match self.now.duration_since(UNIX_EPOCH) {
            Ok(after) => whole(after),
            Err(before) => -whole(before.duration() + Duration::from_nanos(999_999)),
        };
        millis.saturating_add(plus.saturating_mul(1000)).to_string()
    }

    /// Formats the instant `plus` seconds later as headers of HTTP do: `Sun, 06 Nov 1994 08:49:37 GMT`.
    ///
    /// # Errors
    ///
    /// As for [`datetime`](Self::datetime).
    pub fn http_date(&self, plus: i64) -> Result<String, SignError> {
        self.datetime("%a, %d %b %Y %H:%M:%S GMT", 0, plus)
    }

    /// Formats the instant `plus` seconds later with a `strftime` pattern, `zone` seconds east of UTC.
    ///
    /// # Errors
    ///
    /// [`SignError::Clock`] if the instant is out of range (years -9999 to 9999) or the pattern is invalid.
    pub fn datetime(&self, pattern: &str, zone: i32, plus: i64) -> Result<String, SignError> {
        let later = Duration::from_secs(plus.unsigned_abs());
        let instant = if plus < 0 { self.now.checked_sub(later) } else { self.now.checked_add(later) };
        let text = instant.and_then(|instant| format_time(instant, pattern, Zone::east(zone)));
        text.ok_or_else(|| SignError::Clock(pattern.to_owned()))
    }

    /// Returns the nonce that the recipe calls `name`.
    ///
    /// # Errors
    ///
    /// [`SignError::Nonce`] if the random source fails.
    pub fn nonce(&self, name: &str, form: NonceForm) -> Result<String, SignError> {
        if let Some((_, value)) = self.known.iter().find(|(known, _)| *known == name) {
            return Ok((*value).to_owned());
        }
        let since = self.now.duration_since(UNIX_EPOCH).unwrap_or_default();
        form.draw(self.source, u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }
}

impl fmt::Debug for Moment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Moment").field("now", &self.now).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nonce::SystemNonce;

    const TEXT: &str = "%Y-%m-%d %H:%M:%S";

    fn datetime(seconds: u64, pattern: &str, zone: i32, plus: i64) -> Result<String, SignError> {
        let now = UNIX_EPOCH + Duration::from_secs(seconds);
        Moment::new(now, &SystemNonce::default()).datetime(pattern, zone, plus)
    }

    #[test]
    fn datetimes_stand_at_a_fixed_offset() {
        assert_eq!(datetime(0, TEXT, 8 * 3600, 0).unwrap(), "1970-01-01 08:00:00");
        assert_eq!(datetime(1_767_294_245, TEXT, 28_800, 0).unwrap(), "2026-01-02 03:04:05");
        assert_eq!(datetime(1_767_294_245, "%Y-%m-%dT%H:%M:%SZ", 0, 60).unwrap(), "2026-01-01T19:05:05Z");
        assert_eq!(datetime(60, "%H:%M%z", -5400, -60).unwrap(), "22:30-0130");
    }

    #[test]
    fn seconds_are_whole_and_floored() {
        let source = SystemNonce::default();
        let unix = |now, plus| Moment::new(now, &source).unix(plus);
        assert_eq!(unix(UNIX_EPOCH - Duration::from_millis(500), 0), "-1");
        assert_eq!(unix(UNIX_EPOCH - Duration::from_secs(2), 0), "-2");
        assert_eq!(unix(UNIX_EPOCH + Duration::from_millis(1999), 300), "301");
    }

    #[test]
    fn milliseconds_are_whole_and_floored() {
        let source = SystemNonce::default();
        let unix = |now, plus| Moment::new(now, &source).unix_ms(plus);
        assert_eq!(unix(UNIX_EPOCH - Duration::from_micros(500), 0), "-1");
        assert_eq!(unix(UNIX_EPOCH + Duration::from_micros(1_999_999), 3), "4999");
    }

    /// RFC 9110, section 5.6.7.
    #[test]
    fn dates_of_headers_are_in_greenwich() {
        let source = SystemNonce::default();
        let moment = Moment::new(UNIX_EPOCH + Duration::from_secs(784_111_777), &source);
        assert_eq!(moment.http_date(0).unwrap(), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(moment.http_date(-7 * 3600).unwrap(), "Sun, 06 Nov 1994 01:49:37 GMT");
    }

    #[test]
    fn out_of_range_and_bad_patterns_are_errors() {
        let refused = |pattern: &str| Err(SignError::Clock(pattern.to_owned()));
        assert_eq!(datetime(0, TEXT, 0, i64::MAX), refused(TEXT));
        assert_eq!(datetime(0, TEXT, i32::MAX, 0), refused(TEXT));
        assert_eq!(datetime(0, "%", 0, 0), refused("%"));
    }

    #[test]
    fn known_nonces_are_not_drawn() {
        let source = SystemNonce::default();
        let known = [("n", "7")];
        let moment = Moment::new(UNIX_EPOCH, &source).with_known_nonces(&known);
        assert_eq!(moment.nonce("n", NonceForm::Increasing).unwrap(), "7");
        assert_eq!(moment.nonce("other", NonceForm::Digits(4)).unwrap().len(), 4);
    }
}
