//! Answers without an envelope: the HTTP status reports success, and errors have a code.

use http::StatusCode;

use super::envelope::{Metadata, Opening, Refusal, candidates, text_of};
use super::paths::is_absolute;
use super::raw::{Member, Raw};
use crate::error::{DecodeProblem, PlatformError};
use crate::explanation::Explanation;
use crate::object::Object;
use crate::protocol::{EnvelopeNames, HttpEnvelope, Paths};
use crate::received::Received;

impl<'a> Opening<'a> {
    /// Opens an answer with this HTTP status.
    pub(super) fn http(
        &mut self,
        HttpEnvelope { names }: &HttpEnvelope,
        status: StatusCode,
        target: &mut dyn Object,
    ) -> Result<Metadata, Refusal> {
        let members = self.members()?;
        if !status.is_success() {
            let code = text_of(&candidates(&members, names.code, None));
            let code = code.ok_or(Refusal::Problem(DecodeProblem::MissingStatus))?;
            return Err(Refusal::Http(Box::new(self.error_with(code, None, names, &members))));
        }
        let data = self.data(&members);
        let shape = self.shape_beside(target);
        let ids = candidates(&members, names.request_id, shape);
        self.fill(&members, data, target, &[names.request_id, names.beside]);
        Ok(Metadata { request_id: self.decoder.metadata(&ids), ..Metadata::default() })
    }

    /// Builds an error with this code, and with the other facts of an error. They are members of `error`, if there is one,
    /// or else of the whole answer.
    pub(super) fn error_with(
        &self,
        code: String,
        error: Option<Raw<'_>>,
        names: &EnvelopeNames,
        members: &[Member<'_>],
    ) -> PlatformError {
        let inside: Option<Vec<_>> = error.map(|error| error.members().collect());
        let text = |paths| text_in(inside.as_deref(), members, paths);
        let (msg, sub_code, sub_msg) = (text(names.message), text(names.sub_code), text(names.sub_message));
        // A platform without sub messages can only state a wait in its message.
        let stated = if names.sub_message.is_empty() { &msg } else { &sub_msg };
        let documented = self.operation.documented(sub_code.as_deref(), &code);
        let explanation = Explanation::of_code(self.protocol, documented, &code, sub_code.as_deref());
        PlatformError {
            outlook: self.protocol.retry.outlook(&code, sub_code.as_deref(), stated.as_deref()),
            documented,
            meaning: explanation.meaning(),
            explanation,
            request_id: text(names.request_id).or_else(|| text_of(&candidates(members, names.request_id, None))),
            msg,
            code,
            sub_code,
            sub_msg,
            // The message is that of the API, which may quote values of the request.
            is_bare: true,
            received: Received::default(),
        }
    }
}

/// Returns the text at the first of `paths` that has one: among the members `inside`, if there are any, unless the path
/// starts at the whole answer.
pub(super) fn text_in(inside: Option<&[Member<'_>]>, members: &[Member<'_>], paths: Paths) -> Option<String> {
    paths.iter().find_map(|path| {
        let inside = inside.filter(|_| !is_absolute(path)).unwrap_or(members);
        text_of(&candidates(inside, core::slice::from_ref(path), None))
    })
}
