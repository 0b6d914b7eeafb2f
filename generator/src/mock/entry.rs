//! The lines of the log.

use std::fmt;

/// What happened to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The sample was sent.
    Success,
    /// An error was sent, for these reasons.
    Refused {
        /// The code or status.
        code: String,
        /// The reasons, most important first.
        reasons: Vec<String>,
        /// The text to sign beside what was received, if the signature is wrong.
        details: Option<String>,
    },
    /// This error was sent because `--fail` asked for it.
    Failed(String),
    /// No platform has this path: HTTP status 404.
    Nowhere,
    /// The request cannot be read: HTTP status 400.
    Unreadable(String),
    /// The body of the request was not read.
    Unread(Unread),
}

/// Why the body of a request was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is too long: HTTP status 413.
    TooLong {
        /// Maximum size in bytes.
        limit: usize,
    },
    /// It did not arrive, or is malformed: the connection was closed.
    Broken(String),
}

/// One request in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The number of the request, from 1.
    pub number: u64,
    /// HTTP method and path.
    pub line: String,
    /// Name of the API, if it is known.
    pub api: Option<String>,
    /// What happened.
    pub outcome: Outcome,
    /// What is unusual, but accepted.
    pub notes: Vec<String>,
    /// What happens to the answer besides: `dropped`, `truncated`, a delay.
    pub faults: Vec<String>,
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let api = self.api.as_deref().unwrap_or("-");
        write!(f, "#{} {} {api}: ", self.number, self.line)?;
        match &self.outcome {
            Outcome::Success => f.write_str("success")?,
            Outcome::Refused { code, reasons, .. } => write!(f, "error {code}: {}", reasons.join("; "))?,
            Outcome::Failed(what) => write!(f, "{what}, because of --fail")?,
            Outcome::Nowhere => f.write_str("HTTP status 404: no platform has this path")?,
            Outcome::Unreadable(reason) => write!(f, "HTTP status 400: {reason}")?,
            Outcome::Unread(Unread::TooLong { limit }) => {
                write!(f, "HTTP status 413: the body has more than {limit} bytes")?;
            }
            Outcome::Unread(Unread::Broken(reason)) => write!(f, "closed: the body cannot be read: {reason}")?,
        }
        for fault in &self.faults {
            write!(f, ", {fault}")?;
        }
        for note in &self.notes {
            write!(f, "; note: {note}")?;
        }
        match &self.outcome {
            Outcome::Refused { details: Some(details), .. } => write!(f, "\n{}", details.trim_end()),
            _ => Ok(()),
        }
    }
}
