//! What a platform documents about its errors for all APIs, and how it explains one error.

use core::fmt;

use crate::operation::{ErrorRow, Operation};
use crate::protocol::Protocol;
use crate::show::Sentence;

/// Errors that mean the same in all APIs of a platform.
#[derive(Debug)]
pub struct ErrorTable {
    /// By code, or by status. An API's own row for a status replaces the entry here.
    pub codes: &'static [KnownError],
    /// By sub code, or by the start of sub codes if the key ends in `*`.
    pub sub_codes: &'static [KnownError],
    /// By the text that an API's own table has for the code or status.
    pub texts: &'static [KnownError],
}

/// An error that means the same in all APIs of a platform.
#[derive(Debug, PartialEq, Eq)]
pub struct KnownError {
    key: &'static str,
    meaning: &'static str,
    hint: Option<&'static str>,
    clock: bool,
}

impl KnownError {
    /// Describes the error with this code, sub code or text.
    pub const fn new(key: &'static str, meaning: &'static str) -> Self {
        Self { key, meaning, hint: None, clock: false }
    }

    /// Sets what to do about the error.
    pub const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Marks the error as one that rejects the time of the request.
    pub const fn clock(mut self) -> Self {
        self.clock = true;
        self
    }
}

impl ErrorTable {
    /// A table without entries.
    pub const NONE: Self = Self { codes: &[], sub_codes: &[], texts: &[] };

    /// Returns the entry of a sub code: its own, or that without the detail after a colon, or the longest start of it.
    fn sub_code(&self, sub_code: &str) -> Option<&'static KnownError> {
        let general = sub_code.split_once(':').map_or(sub_code, |(general, _)| general);
        let starts = self.sub_codes.iter().filter_map(|entry| Some((entry.key.strip_suffix('*')?, entry)));
        let longest = || starts.filter(|(start, _)| sub_code.starts_with(start)).max_by_key(|(start, _)| start.len());
        find(self.sub_codes, sub_code)
            .or_else(|| find(self.sub_codes, general))
            .or_else(|| longest().map(|(_, entry)| entry))
    }
}

fn find(entries: &'static [KnownError], key: &str) -> Option<&'static KnownError> {
    entries.iter().find(|entry| entry.key == key)
}

/// What is documented about one error, best source first.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Explanation {
    /// Meaning in the API's own table.
    own: Option<&'static str>,
    /// Advice in the API's own table.
    advice: Option<&'static str>,
    /// The platform's entry for the API's own text or for the sub code.
    specific: Option<&'static KnownError>,
    /// The platform's entry for the code.
    general: Option<&'static KnownError>,
}

impl Explanation {
    /// Explains an error with a code and perhaps a sub code; `row` is that of the API's own table.
    pub(crate) fn of_code(
        protocol: &Protocol,
        row: Option<&'static ErrorRow>,
        code: &str,
        sub_code: Option<&str>,
    ) -> Self {
        let table = &protocol.errors;
        let filled = |text: &'static str| Some(text).filter(|text| !text.trim().is_empty());
        let own = row.and_then(|row| filled(row.message));
        let sub_code = sub_code.and_then(|sub_code| table.sub_code(sub_code));
        Self {
            own,
            advice: row.and_then(|row| filled(row.solution)),
            specific: own.and_then(|own| find(table.texts, own)).or(sub_code),
            general: find(table.codes, code),
        }
    }

    /// Explains a status. A status has the meaning of the API's own table there, whatever it means elsewhere.
    // specs/nio/PROTOCOL.md#status-codes
    pub(crate) fn of_status(protocol: &Protocol, operation: &Operation, status: &str) -> Self {
        let table = &protocol.errors;
        match operation.meaning(status) {
            Some(own) => Self { own: Some(own), specific: find(table.texts, own), ..Self::default() },
            None => Self { general: find(table.codes, status), ..Self::default() },
        }
    }

    /// Returns the meaning: that of the API's own table, or else that of the platform's.
    pub(crate) fn meaning(&self) -> Option<&'static str> {
        self.own.or_else(|| self.entries().next().map(|entry| entry.meaning))
    }

    /// Returns the advice: that of the API's own table, or else that of the platform's.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        self.advice.or_else(|| self.entries().find_map(|entry| entry.hint))
    }

    /// Whether the error means that the platform rejected the time of the request.
    pub(crate) fn is_clock(&self) -> bool {
        self.entries().any(|entry| entry.clock)
    }

    /// Whether any table lists the error.
    pub(crate) fn is_documented(&self) -> bool {
        *self != Self::default()
    }

    fn entries(&self) -> impl Iterator<Item = &'static KnownError> {
        [self.specific, self.general].into_iter().flatten()
    }

    /// Writes ` (documented: …)`: the API's own text, and the platform's meaning of it.
    pub(crate) fn write_meaning(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An own text explains the sub code if there is one, so the meaning of the code is another one.
        let known = if self.own.is_some() { self.specific } else { self.entries().next() };
        let mut texts =
            [self.own, known.map(|entry| entry.meaning)].into_iter().flatten().filter(|text| !text.trim().is_empty());
        let Some(first) = texts.next() else { return Ok(()) };
        write!(f, " (documented: {}", Sentence(first))?;
        if let Some(second) = texts.next() {
            write!(f, ": {}", Sentence(second))?;
        }
        f.write_str(")")
    }

    /// Writes `; hint: …`.
    pub(crate) fn write_hint(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.hint().map_or(Ok(()), |hint| write!(f, "; hint: {}", Sentence(hint)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: ErrorTable = ErrorTable {
        codes: &[KnownError::new("27", "27").hint("renew")],
        sub_codes: &[
            KnownError::new("isp.*", "isp.*").hint("wait"),
            KnownError::new("isp.top-*", "isp.top-*"),
            KnownError::new("isv.missing", "isv.missing"),
        ],
        texts: &[],
    };

    #[test]
    fn sub_codes_are_found_by_name_then_by_the_longest_start() {
        let key = |sub_code| TABLE.sub_code(sub_code).map(|entry| entry.key);
        assert_eq!(key("isv.missing"), Some("isv.missing"));
        assert_eq!(key("isv.missing:nicks"), Some("isv.missing"));
        assert_eq!(key("isp.busy"), Some("isp.*"));
        assert_eq!(key("isp.top-parse-error"), Some("isp.top-*"));
        assert_eq!(key("isv.missing-more"), None);
        assert_eq!(key("*"), None);
    }

    #[test]
    fn the_best_source_comes_first_and_gaps_are_filled() {
        const ROW: ErrorRow = ErrorRow { code: "isp.a", message: "own", solution: "" };
        let protocol = Protocol { errors: TABLE, ..<crate::fixture::FormPlatform as crate::Platform>::PROTOCOL };
        let explain = |row, code, sub_code| Explanation::of_code(&protocol, row, code, sub_code);
        let told = |explanation: Explanation| (explanation.meaning(), explanation.hint());
        assert_eq!(told(explain(Some(&ROW), "15", Some("isp.a"))), (Some("own"), Some("wait")));
        assert_eq!(told(explain(None, "27", Some("isv.missing"))), (Some("isv.missing"), Some("renew")));
        assert_eq!(told(explain(None, "27", None)), (Some("27"), Some("renew")));
        assert!(!explain(None, "28", Some("x")).is_documented());
    }

    #[test]
    fn every_documented_text_is_cut() {
        struct Shown(Explanation);

        impl fmt::Display for Shown {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.write_meaning(f)?;
                self.0.write_hint(f)
            }
        }

        let text: &'static str = Box::leak("长\n".repeat(10_000).into_boxed_str());
        let entry: &'static KnownError = Box::leak(Box::new(KnownError::new(text, text).hint(text)));
        let explanation = Explanation { own: Some(text), specific: Some(entry), ..Explanation::default() };
        let shown = Shown(explanation).to_string();
        assert!(shown.chars().count() < 1_200 && !shown.contains('\n'), "{shown}");
        assert!(shown.starts_with(" (documented: 长") && shown.contains("…: 长") && shown.ends_with('…'), "{shown}");
    }
}
