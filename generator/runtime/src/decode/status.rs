//! Answers with a status member beside the business members.
// specs/nio/PROTOCOL.md#answer-envelope

use std::borrow::Cow;

use super::envelope::{Candidate, Metadata, Opening, Refusal, candidates, text_of};
use super::raw::Member;
use crate::error::{DecodeProblem, StatusError};
use crate::explanation::Explanation;
use crate::object::Object;
use crate::protocol::{Absent, EnvelopeNames, StatusEnvelope};
use crate::received::Received;

impl<'a> Opening<'a> {
    /// Opens an answer with a status member. Each of its statuses must mean success.
    pub(super) fn status(&mut self, envelope: &StatusEnvelope, target: &mut dyn Object) -> Result<Metadata, Refusal> {
        let StatusEnvelope { names, success, absent } = envelope;
        let members = self.members()?;
        let data = self.data(&members);
        let shape = self.shape_beside(target);
        let status_names = self.operation.status_keys(names.code);
        let message_names = self.operation.message_keys(names.message);
        let (statuses, messages) =
            (candidates(&members, status_names, shape), candidates(&members, message_names, shape));
        match failed_status(&statuses, success) {
            Some(None) => {}
            None if *absent == Absent::Success => {}
            None => return Err(Refusal::Problem(DecodeProblem::MissingStatus)),
            Some(Some(failed)) => return Err(self.refused(failed, text_of(&messages), names, &members)),
        }
        let ids = candidates(&members, names.request_id, shape);
        let EnvelopeNames { sub_code, sub_message, request_id, beside, .. } = names;
        self.fill(&members, data, target, &[status_names, message_names, sub_code, sub_message, request_id, beside]);
        let (status, message) = (self.decoder.metadata(&statuses), self.decoder.metadata(&messages));
        Ok(Metadata { status, message, request_id: self.decoder.metadata(&ids) })
    }

    fn refused(
        &self,
        status: String,
        message: Option<String>,
        names: &EnvelopeNames,
        members: &[Member<'a>],
    ) -> Refusal {
        let [sub_code, sub_message, request_id] = [names.sub_code, names.sub_message, names.request_id]
            .map(|paths| text_of(&candidates(members, paths, None)));
        let explanation = Explanation::of_status(self.protocol, self.operation, &status, sub_code.as_deref());
        let text = sub_message.as_deref().or(message.as_deref());
        Refusal::Status(Box::new(StatusError {
            meaning: explanation.meaning(),
            explanation,
            outlook: self.protocol.retry.outlook(&status, sub_code.as_deref(), text),
            status,
            message,
            sub_code,
            sub_message,
            request_id,
            received: Received::default(),
        }))
    }
}

/// Returns the first status that does not mean success, if there is one. Returns `None` if there is no status at all.
pub(super) fn failed_status(statuses: &[Candidate<'_>], success: &[&str]) -> Option<Option<String>> {
    let first = statuses.iter().find(|candidate| candidate.value.scalar().is_some())?;
    // A member with another status name is data if the API documents it.
    let in_force = statuses.iter().filter(|other| !other.is_field || other.name == first.name);
    let mut texts = in_force.filter_map(|candidate| candidate.value.scalar()).map(|(text, _)| text);
    Some(texts.find(|status| !success.contains(&status.as_ref())).map(Cow::into_owned))
}
