//! The texts that a platform sends with an error.

use super::phrase::fill;
use crate::error_table::{ErrorTable, KnownError, find};
use crate::operation::Operation;
use crate::protocol::{Envelope, Protocol};

/// An error as a platform writes it: a code with its texts, or a status with its message.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerError {
    /// The code or status.
    pub code: String,
    /// The name of the parameter that the error is about; written as a part of messages only.
    pub parameter: Option<String>,
    /// The message.
    pub message: Option<String>,
    /// The sub code; not written on platforms without sub codes.
    pub sub_code: Option<String>,
    /// The sub message; not written on platforms without sub messages.
    pub sub_message: Option<String>,
}

impl AnswerError {
    /// Adds the texts that the platform sends with the code and the sub code, as far as the tables contain them. Texts that
    /// are set stay.
    #[must_use]
    pub fn with_known_texts(self, protocol: &Protocol, operation: &Operation) -> Self {
        let table = &protocol.errors;
        let message = self.message.clone().or_else(|| match protocol.response.envelope {
            Envelope::Root(_) | Envelope::Http(_) => self.phrase(find(table.codes, &self.code)),
            Envelope::Status(_) => self.status_message(table, operation),
        });
        let sub_message = self.sub_message.clone().or_else(|| {
            let sub_code = self.sub_code.as_deref()?;
            let own = operation.documented(Some(sub_code), sub_code).map(|row| row.message);
            own.filter(|own| !own.trim().is_empty())
                .map(str::to_owned)
                .or_else(|| self.phrase(table.sub_code(sub_code)))
        });
        Self { message, sub_message, ..self }
    }

    /// Returns the message of a status. A status has the meaning of the API's own table there, whatever it means elsewhere.
    // specs/nio/PROTOCOL.md#status-codes
    fn status_message(&self, table: &ErrorTable, operation: &Operation) -> Option<String> {
        match operation.meaning(&self.code) {
            Some(own) => self.phrase(find(table.texts, own)).or_else(|| Some(own.to_owned())),
            None => self.phrase(find(table.codes, &self.code)),
        }
    }

    fn phrase(&self, known: Option<&KnownError>) -> Option<String> {
        let phrase = known?.message?;
        Some(fill(phrase, self.parameter.as_deref(), self.sub_code.as_deref()))
    }
}
