//! Removes what encloses the business members of an answer.

use super::decoder::Decoder;
use super::raw::{Form, Member, Raw};
use crate::coercion::CoercionKind;
use crate::error::{DecodeProblem, PlatformError, StatusError};
use crate::object::Object;
use crate::operation::Operation;
use crate::protocol::{RetryRules, RootEnvelope, StatusEnvelope};
use crate::sign::is_blank;

/// What an envelope contains besides the business members.
#[derive(Default)]
pub(super) struct Metadata {
    pub(super) request_id: Option<String>,
    pub(super) status: Option<String>,
    pub(super) message: Option<String>,
}

/// Why there are no business members.
pub(super) enum Refusal {
    Problem(DecodeProblem),
    Platform(Box<PlatformError>),
    Status(Box<StatusError>),
}

/// An answer whose envelope is being opened.
pub(super) struct Opening<'a> {
    pub(super) decoder: &'a mut Decoder,
    pub(super) root: Raw<'a>,
    pub(super) operation: &'a Operation,
    pub(super) retry: &'a RetryRules,
}

impl Opening<'_> {
    /// Opens an answer with a root member per API, or a simplified one without it.
    // specs/top/PROTOCOL.md#answer-envelope
    pub(super) fn root(&mut self, names: &RootEnvelope, target: &mut dyn Object) -> Result<Metadata, Refusal> {
        if self.root.form() != Form::Object {
            return Err(Refusal::Problem(DecodeProblem::NotAnObject));
        }
        let members: Vec<Member<'_>> = self.root.members().collect();
        let chosen = match self.chosen(names, &members) {
            Chosen::Error(index) => {
                let error = members.get(index).map_or(self.root, |member| member.value);
                return Err(Refusal::Platform(Box::new(self.platform_error(names, error, &members))));
            }
            Chosen::Member(index) => Some(index),
            Chosen::Whole => None,
        };
        let business = chosen.and_then(|index| members.get(index)).map_or(self.root, |member| member.value);
        let known: &[&[&str]] = &[&[names.request_id]];
        if chosen.is_some() {
            self.beside(&members, chosen, names);
        }
        self.business(business, target, known);
        let request_id = inside(business, names.request_id).or_else(|| text_of(&members, names.request_id));
        Ok(Metadata { request_id, ..Metadata::default() })
    }

    /// Finds the root member to decode.
    fn chosen(&self, names: &RootEnvelope, members: &[Member<'_>]) -> Chosen {
        let exact = members.iter().rposition(|member| Some(member.name.as_ref()) == self.operation.root_key());
        if let Some(index) = exact {
            return Chosen::Member(index);
        }
        // Only this member means failure: business members may be called `code` too. specs/top/PROTOCOL.md#errors
        let is_object = |member: &Member<'_>| member.value.form() == Form::Object;
        if let Some(index) = members.iter().rposition(|member| member.name == names.error && is_object(member)) {
            return Chosen::Error(index);
        }
        let mut similar =
            members.iter().enumerate().filter(|(_, member)| member.name.ends_with(names.suffix) && is_object(member));
        match (similar.next(), similar.next()) {
            (Some((index, _)), None) => Chosen::Member(index),
            _ => Chosen::Whole,
        }
    }

    /// Counts unknown members beside the root member.
    fn beside(&mut self, members: &[Member<'_>], chosen: Option<usize>, names: &RootEnvelope) {
        for (index, member) in members.iter().enumerate() {
            if Some(index) != chosen && member.name != names.request_id {
                let mark = self.decoder.path.member(&member.name);
                self.decoder.note(CoercionKind::UnknownField);
                self.decoder.path.back(mark);
            }
        }
    }

    /// Decodes the business members. Empty answers are `{}`, `""` or `null`.
    fn business(&mut self, raw: Raw<'_>, target: &mut dyn Object, known: &[&[&str]]) {
        match raw.form() {
            Form::Object => self.decoder.fill(raw, target, known),
            Form::Null => {}
            Form::Text if is_blank(&raw.text().0) => self.decoder.note(CoercionKind::EmptyText),
            _ => self.decoder.note(CoercionKind::Misfit),
        }
    }

    fn platform_error(&self, names: &RootEnvelope, error: Raw<'_>, members: &[Member<'_>]) -> PlatformError {
        let code = inside(error, names.code).unwrap_or_default();
        let sub_code = inside(error, names.sub_code);
        let sub_msg = inside(error, names.sub_message);
        PlatformError {
            outlook: self.retry.outlook(&code, sub_code.as_deref(), sub_msg.as_deref()),
            documented: self.operation.documented(sub_code.as_deref(), &code),
            msg: inside(error, names.message),
            request_id: inside(error, names.request_id).or_else(|| text_of(members, names.request_id)),
            code,
            sub_code,
            sub_msg,
            body: Vec::new(),
        }
    }

    /// Opens an answer with a status member beside the business members.
    // specs/nio/PROTOCOL.md#answer-envelope
    pub(super) fn status(&mut self, names: &StatusEnvelope, target: &mut dyn Object) -> Result<Metadata, Refusal> {
        if self.root.form() != Form::Object {
            return Err(Refusal::Problem(DecodeProblem::NotAnObject));
        }
        let members: Vec<Member<'_>> = self.root.members().collect();
        let statuses = self.operation.status_keys(names.status);
        let messages = self.operation.message_keys(names.message);
        let first = |keys: &[&str]| keys.iter().find_map(|key| text_of(&members, key));
        let status = first(statuses).ok_or(Refusal::Problem(DecodeProblem::MissingStatus))?;
        let message = first(messages);
        if !names.success.contains(&status.as_str()) {
            return Err(Refusal::Status(Box::new(StatusError {
                meaning: self.operation.meaning(&status),
                outlook: self.retry.outlook(&status, None, message.as_deref()),
                status,
                message,
                body: Vec::new(),
            })));
        }
        self.decoder.fill(self.root, target, &[statuses, messages]);
        Ok(Metadata { status: Some(status), message, request_id: None })
    }
}

/// Where the business members are.
enum Chosen {
    Error(usize),
    Member(usize),
    /// At the root, without a root member.
    Whole,
}

/// Returns the text or number of the member `name` of an object.
fn inside(raw: Raw<'_>, name: &str) -> Option<String> {
    if raw.form() != Form::Object {
        return None;
    }
    let members: Vec<Member<'_>> = raw.members().filter(|member| member.name == name).collect();
    text_of(&members, name)
}

/// Returns the text or number of the last member called `name`.
fn text_of(members: &[Member<'_>], name: &str) -> Option<String> {
    let value = members.iter().rfind(|member| member.name == name)?.value;
    match value.form() {
        Form::Text => Some(value.text().0.into_owned()),
        Form::Number | Form::Boolean => Some(value.as_str().to_owned()),
        _ => None,
    }
}
