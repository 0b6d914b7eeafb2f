//! Answers with a status member beside the business members.
// specs/nio/PROTOCOL.md#answer-envelope

use std::borrow::Cow;

use super::envelope::{Candidate, Metadata, Opening, Refusal, candidates, text_of};
use crate::error::{DecodeProblem, StatusError};
use crate::explanation::Explanation;
use crate::object::Object;
use crate::protocol::StatusEnvelope;
use crate::received::Received;

impl Opening<'_> {
    /// Opens an answer with a status member. Each of its statuses must mean success.
    pub(super) fn status(&mut self, names: &StatusEnvelope, target: &mut dyn Object) -> Result<Metadata, Refusal> {
        let members = self.members()?;
        let shape = Some(target.shape());
        let status_names = self.operation.status_keys(names.status);
        let message_names = self.operation.message_keys(names.message);
        let (statuses, messages) =
            (candidates(&members, status_names, shape), candidates(&members, message_names, shape));
        let failed = failed_status(&statuses, names.success);
        if let Some(failed) = failed.ok_or(Refusal::Problem(DecodeProblem::MissingStatus))? {
            return Err(self.refused(failed, text_of(&messages)));
        }
        self.decoder.fill_with(&members, target, &[status_names, message_names]);
        let (status, message) = (self.decoder.metadata(&statuses), self.decoder.metadata(&messages));
        Ok(Metadata { status, message, request_id: None })
    }

    fn refused(&self, status: String, message: Option<String>) -> Refusal {
        let explanation = Explanation::of_status(self.protocol, self.operation, &status);
        Refusal::Status(Box::new(StatusError {
            meaning: explanation.meaning(),
            explanation,
            outlook: self.protocol.retry.outlook(&status, None, message.as_deref()),
            status,
            message,
            received: Received::default(),
        }))
    }
}

/// Returns the first status that does not mean success, if there is one. Returns `None` if there is no status at all.
pub(super) fn failed_status(statuses: &[Candidate<'_, '_>], success: &[&str]) -> Option<Option<String>> {
    let first = statuses.iter().find(|candidate| candidate.member.value.scalar().is_some())?;
    // A member with another status name is data if the API documents it.
    let in_force = statuses.iter().filter(|other| !other.is_field || other.member.name == first.member.name);
    let mut texts = in_force.filter_map(|candidate| candidate.member.value.scalar()).map(|(text, _)| text);
    Some(texts.find(|status| !success.contains(&status.as_ref())).map(Cow::into_owned))
}
