//! How values are written in the texts that a schema describes.

use crate::model::{DateFormat, Protocol};
use crate::terms::{DecimalForm, IntegerForm, JsonForm, NullForm, ScalarListForm};

/// How values are written.
#[derive(Copy, Clone)]
pub(super) struct Rules<'m> {
    date: &'m DateFormat,
    pub(super) decimal: DecimalForm,
    pub(super) integer: IntegerForm,
    pub(super) json: JsonForm,
    pub(super) nulls: NullForm,
    /// How pages write lists of scalars in one text.
    pub(super) lists: ScalarListForm,
    /// Whether lists are members of an object with one member.
    pub(super) has_wrapped_lists: bool,
    /// What contains the values.
    pub(super) text: Text,
}

/// What contains values.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// A JSON text.
    Json,
    /// An XML text.
    Xml,
    /// Parameters: a form, a query, headers or a path.
    Parameters,
}

impl<'m> Rules<'m> {
    /// Returns the rules for values in a body of JSON or XML, or in the JSON of a parameter.
    pub(super) fn of_requests(protocol: &'m Protocol, text: Text) -> Self {
        let Protocol { decimal, integer, json, nulls, scalar_lists: lists, .. } = *protocol;
        let date = &protocol.date;
        let common = Self { date, decimal, integer, json, nulls, lists, has_wrapped_lists: false, text };
        match text {
            Text::Json => common,
            Text::Xml => Self { nulls: NullForm::Omit, integer: IntegerForm::Number, json: JsonForm::Text, ..common },
            Text::Parameters => Self {
                nulls: NullForm::Omit,
                integer: IntegerForm::Number,
                decimal: DecimalForm::Text,
                json: JsonForm::Text,
                ..common
            },
        }
    }

    /// Returns the rules for values in answers to requests with the platform's fixed parameters.
    pub(super) fn of_answers(protocol: &'m Protocol, has_wrapped_lists: bool, text: Text) -> Self {
        let rules = Self::of_requests(protocol, text);
        Self { integer: IntegerForm::Number, nulls: NullForm::Omit, has_wrapped_lists, ..rules }
    }

    /// Returns the form of dates as a sentence in Markdown.
    pub(super) fn date_sentence(&self) -> String {
        let seconds = self.date.offset_seconds;
        let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs() / 60);
        format!("Form: `{}`, in UTC{sign}{:02}:{:02}.", self.date.pattern, minutes / 60, minutes % 60)
    }
}
