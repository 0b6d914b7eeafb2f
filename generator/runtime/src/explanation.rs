//! How the tables of an API and of its platform explain one error.

use core::fmt;

use crate::error_table::{KnownError, find};
use crate::operation::{ErrorRow, Operation};
use crate::protocol::Protocol;
use crate::show::Sentence;

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
    pub(crate) fn of_status(protocol: &Protocol, operation: &Operation, status: &str, sub_code: Option<&str>) -> Self {
        let table = &protocol.errors;
        if let Some(own) = operation.meaning(status) {
            return Self { own: Some(own), specific: find(table.texts, own), ..Self::default() };
        }
        match operation.documented(sub_code, status) {
            None if sub_code.is_none() => Self { general: find(table.codes, status), ..Self::default() },
            row => Self::of_code(protocol, row, status, sub_code),
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
    use crate::error_table::ErrorTable;

    const TABLE: ErrorTable = ErrorTable {
        codes: &[KnownError::new("27", "27").hint("renew")],
        sub_codes: &[KnownError::new("isp.*", "isp.*").hint("wait"), KnownError::new("isv.missing", "isv.missing")],
        texts: &[],
    };

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
