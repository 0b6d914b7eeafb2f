//! What can be wrong with a received request.

use std::fmt;
use std::time::Duration;

use apograph_runtime::sign::SignError;

use super::explain::Mismatch;
use super::field::{FieldName, line};

/// What is wrong with a received request. Secrets and sessions in received values are replaced by their names in angle
/// brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A required field is missing or blank.
    Missing(FieldName),
    /// No variant of the signature has the received value.
    UnknownVariant {
        /// The field that names the variant.
        field: FieldName,
        /// The received value. `None` if the field is missing or blank.
        received: Option<String>,
        /// The values of all variants.
        known: Vec<String>,
    },
    /// A field has another value than the scheme gives it.
    WrongValue {
        /// The field.
        field: FieldName,
        /// The received value.
        received: String,
        /// The expected value. `None` if it is confidential.
        expected: Option<String>,
    },
    /// A credential is not one that the server knows.
    UnknownCredential {
        /// The field that carries it.
        field: FieldName,
        /// Its name in the scheme.
        credential: String,
        /// The received value. `None` if it is confidential.
        received: Option<String>,
        /// The secret that was received in place of the credential.
        secret: Option<String>,
    },
    /// A time is not in the documented format.
    UnreadableTime {
        /// The field that carries it.
        field: FieldName,
        /// The received value.
        received: String,
        /// The documented format. `None` for Unix seconds.
        format: Option<String>,
    },
    /// The time of the request differs too much from the server's.
    Expired {
        /// The field that carries the time.
        field: FieldName,
        /// Seconds by which the request is ahead of the server (negative: behind).
        ahead: i64,
        /// The greatest accepted difference.
        tolerance: Duration,
    },
    /// The signature is not the one of the received request.
    Signature(Box<Mismatch>),
    /// The signature covers something that the request lacks, or that is not text.
    Unreadable(SignError),
    /// The signature covers a time or nonce that the request does not carry, so no server can check it.
    Uncheckable {
        /// The name of the time or nonce in the scheme.
        name: String,
    },
}

impl Problem {
    /// Returns the field that the problem is about.
    #[must_use]
    pub fn field(&self) -> Option<&FieldName> {
        match self {
            Self::Missing(field)
            | Self::UnknownVariant { field, .. }
            | Self::WrongValue { field, .. }
            | Self::UnknownCredential { field, .. }
            | Self::UnreadableTime { field, .. }
            | Self::Expired { field, .. } => Some(field),
            Self::Signature(mismatch) => Some(&mismatch.field),
            Self::Unreadable(_) | Self::Uncheckable { .. } => None,
        }
    }

    /// Whether a field is missing, rather than wrong.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing(_) | Self::UnknownVariant { received: None, .. })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(field) => write!(f, "the {field} is missing"),
            Self::UnknownVariant { field, received: None, known } => {
                write!(f, "the {field} is missing; known values: {}", known.join(", "))
            }
            Self::UnknownVariant { field, received: Some(received), known } => {
                write!(f, "the {field} has the unknown value `{}`; known values: {}", line(received), known.join(", "))
            }
            Self::WrongValue { field, received, expected: Some(expected) } => {
                write!(f, "the {field} is `{}`, expected `{}`", line(received), line(expected))
            }
            Self::WrongValue { field, expected: None, .. } => write!(f, "the {field} has a wrong value"),
            Self::UnknownCredential { field, credential, secret: Some(secret), .. } => {
                write!(
                    f,
                    "the {field} is not the expected `{credential}`: it is the `{secret}`; key and secret are swapped"
                )
            }
            Self::UnknownCredential { field, credential, received: Some(received), .. } => {
                write!(f, "the {field} is not the expected `{credential}`: `{}`", line(received))
            }
            Self::UnknownCredential { field, credential, .. } => {
                write!(f, "the {field} is not the expected `{credential}`")
            }
            Self::UnreadableTime { field, received, format: None } => {
                write!(f, "the {field} is `{}`, which is not Unix seconds", line(received))
            }
            Self::UnreadableTime { field, received, format: Some(format) } => {
                write!(f, "the {field} is `{}`, which is not a time of the form `{format}`", line(received))
            }
            Self::Expired { field, ahead, tolerance } => expired(f, field, *ahead, *tolerance),
            Self::Signature(mismatch) => write!(f, "{mismatch}"),
            Self::Unreadable(error) => write!(f, "the signature cannot be checked: {error}"),
            Self::Uncheckable { name } => {
                write!(f, "the signature cannot be checked: it covers `{name}`, which the request does not carry")
            }
        }
    }
}

fn expired(f: &mut fmt::Formatter<'_>, field: &FieldName, ahead: i64, tolerance: Duration) -> fmt::Result {
    let direction = if ahead < 0 { "behind" } else { "ahead of" };
    let limit = span(tolerance.as_secs());
    write!(f, "the {field} is {} {direction} the server's time (limit: {limit})", span(ahead.unsigned_abs()))?;
    match in_hours(ahead, tolerance) {
        Some(hours) => {
            let direction = if hours < 0 { "behind" } else { "ahead" };
            let unit = if hours.abs() == 1 { "hour" } else { "hours" };
            write!(f, "; it seems to be written in a time zone that is {} {unit} {direction}", hours.abs())
        }
        None => Ok(()),
    }
}

/// Returns by how many whole hours a clock seems to be in a wrong time zone.
fn in_hours(ahead: i64, tolerance: Duration) -> Option<i64> {
    let hours = (ahead + ahead.signum() * 1800) / 3600;
    let rest = (ahead - hours * 3600).unsigned_abs();
    ((1..=14).contains(&hours.unsigned_abs()) && rest <= tolerance.as_secs().min(60)).then_some(hours)
}

fn span(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{} min {} s", seconds / 60, seconds % 60).replace(" min 0 s", " min"),
        7200..172_800 => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
        _ => format!("{} days", seconds / 86_400),
    }
}
