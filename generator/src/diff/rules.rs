//! Platform settings that decide the meaning of a transcript.

use crate::model::Protocol;
use crate::spec::{Entries, PlatformSpec};
use crate::terms::{BodyForm, FieldPlace, FileForm, HttpMethod, JsonForm, ListForm, ScalarListForm, TypeMeaning};

use super::verdict::{Container, Written};

/// Settings for a transcript that is compared without its platform.
#[derive(Copy, Clone, Debug)]
pub struct Rules<'a> {
    /// The vendor's type words, in addition to the common ones.
    pub words: &'a Entries<TypeMeaning>,
    /// HTTP method of pages that do not name one.
    pub method: HttpMethod,
    /// Form of lists in responses.
    pub lists: ListForm,
    /// Form of files.
    pub files: FileForm,
    /// How requests are written.
    pub sending: Sending,
}

impl<'a> Rules<'a> {
    /// Takes the settings from a platform file.
    pub fn of(platform: &'a PlatformSpec) -> Self {
        let request = &platform.request;
        let sending = Sending {
            body: request.body,
            is_wrapped: request.wrapper.is_some(),
            scalar_lists: request.scalar_lists,
            json: platform.values.json,
        };
        let (method, files) = (request.method, request.files);
        Self { words: &platform.values.types, method, lists: platform.response.lists, files, sending }
    }
}

/// How a platform's requests are written, as far as it decides what becomes of values.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Sending {
    /// Form of the body.
    pub body: BodyForm,
    /// Whether the fields of a form are one JSON text.
    pub is_wrapped: bool,
    /// Form of lists of scalars at the top level of a form.
    pub scalar_lists: ScalarListForm,
    /// Form of JSON inside JSON.
    pub json: JsonForm,
}

impl Sending {
    /// A form with lists joined with commas, the common case.
    pub const FORM: Self =
        Self { body: BodyForm::Form, is_wrapped: false, scalar_lists: ScalarListForm::Comma, json: JsonForm::Text };

    /// Takes the settings from a platform.
    pub(super) fn of(protocol: &Protocol) -> Self {
        let is_wrapped = protocol.wrapper.is_some();
        Self { body: protocol.body, is_wrapped, scalar_lists: protocol.scalar_lists, json: protocol.json }
    }

    /// Takes the form of the body from an API that has its own.
    pub(super) fn with_body(self, body: Option<BodyForm>) -> Self {
        Self { body: body.unwrap_or(self.body), ..self }
    }

    /// Returns how a field is written in requests with that HTTP method. `place` is that of a field which is not where most
    /// are.
    pub(super) fn written(self, method: HttpMethod, is_top: bool, place: Option<FieldPlace>) -> Written {
        // A request without a body has its fields in the query.
        let is_parameter = place.is_some()
            || match self.body {
                BodyForm::Json => !method.has_body(),
                BodyForm::Form | BodyForm::Multipart => !self.is_wrapped,
                BodyForm::Xml | BodyForm::Raw => true,
            };
        let container = match self.scalar_lists {
            _ if !is_top || !is_parameter => Container::Json,
            ScalarListForm::Comma => Container::CommaParameter,
            ScalarListForm::Json => Container::Parameter,
        };
        Written { container, json: self.json }
    }
}
