//! Answers with a root member per API, and simplified ones without it.
// specs/top/PROTOCOL.md#answer-envelope

use core::borrow::Borrow;

use super::envelope::{Metadata, Opening, Refusal, candidates, text_of};
use super::raw::{Form, Member, Raw};
use crate::coercion::CoercionKind;
use crate::error::PlatformError;
use crate::explanation::Explanation;
use crate::object::{Object, Shape};
use crate::protocol::RootEnvelope;
use crate::received::Received;
use crate::sign::is_blank;

impl<'a> Opening<'a> {
    /// Opens an answer with a root member per API, or a simplified one without it.
    pub(super) fn root(&mut self, names: &RootEnvelope, target: &mut dyn Object) -> Result<Metadata, Refusal> {
        let members = self.members()?;
        let layout = Layout { names, shape: target.shape(), members: &members };
        let own = layout.last(|member| Some(member.name.as_ref()) == self.operation.root_key());
        if let Some(failure) = layout.failure(own, self.root) {
            let error = |value| Box::new(self.platform_error(names, value, &members));
            return Err(match failure {
                Failure::Enclosed(value) => Refusal::Platform(error(value)),
                Failure::Bare(whole) => Refusal::Bare(error(whole)),
            });
        }
        let request_id = match own.or_else(|| layout.similar()) {
            Some(root) => self.enclosed(&layout, root, target),
            None => self.simplified(&layout, target),
        };
        Ok(Metadata { request_id, ..Metadata::default() })
    }

    /// Decodes the business members inside the root member. Empty answers are `{}`, `""` or `null`.
    fn enclosed(&mut self, layout: &Layout<'_, 'a>, root: &Member<'a>, target: &mut dyn Object) -> Option<String> {
        let id = [layout.names.request_id];
        for member in layout.members {
            if !core::ptr::eq(member, root) && member.name != layout.names.request_id {
                self.decoder.note_member(&member.name, CoercionKind::UnknownField);
            }
        }
        let inside = self.decoder.members(root.value);
        match root.value.form() {
            Form::Object => self.decoder.fill_with(&inside, target, &[&id]),
            Form::Null => {}
            Form::Text if is_blank(&root.value.text().0) => self.decoder.note(CoercionKind::EmptyText),
            _ => self.decoder.note(CoercionKind::Misfit),
        }
        let mut ids = candidates(&inside, &id, Some(layout.shape));
        ids.extend(candidates(layout.members, &id, None));
        self.decoder.metadata(&ids)
    }

    /// Decodes an answer whose business members are not enclosed.
    fn simplified(&mut self, layout: &Layout<'_, 'a>, target: &mut dyn Object) -> Option<String> {
        let id = [layout.names.request_id];
        self.decoder.fill_with(layout.members, target, &[&id]);
        self.decoder.metadata(&candidates(layout.members, &id, Some(layout.shape)))
    }

    /// Builds the error from an object with the error's members, or from the only text or number that there is.
    fn platform_error(&self, names: &RootEnvelope, error: Raw<'_>, members: &[Member<'_>]) -> PlatformError {
        let text = |name: &str| {
            let named = error.members().filter(|member| member.name == name);
            named.filter_map(|member| member.value.scalar()).last().map(|(text, _)| text.into_owned())
        };
        let lone = |is_lone: bool| error.scalar().filter(|_| is_lone).map(|(text, _)| text.into_owned());
        let code = text(names.code).or_else(|| lone(error.form() != Form::Text)).unwrap_or_default();
        let (sub_code, sub_msg) = (text(names.sub_code), text(names.sub_message));
        let documented = self.operation.documented(sub_code.as_deref(), &code);
        let explanation = Explanation::of_code(self.protocol, documented, &code, sub_code.as_deref());
        let is_own = |member: &Member<'_>| member.name == names.error && member.value.form() != Form::Null;
        PlatformError {
            outlook: self.protocol.retry.outlook(&code, sub_code.as_deref(), sub_msg.as_deref()),
            documented,
            meaning: explanation.meaning(),
            explanation,
            msg: text(names.message).or_else(|| lone(error.form() == Form::Text)),
            request_id: text(names.request_id).or_else(|| text_of(&candidates(members, &[names.request_id], None))),
            code,
            sub_code,
            sub_msg,
            is_bare: !members.iter().any(is_own),
            received: Received::default(),
        }
    }
}

/// The value that reports a failure.
enum Failure<'a> {
    /// The value of the error's member, or of a root member.
    Enclosed(Raw<'a>),
    /// The whole answer.
    Bare(Raw<'a>),
}

/// The members of a whole answer, and what is known about their names.
struct Layout<'m, 'a> {
    names: &'m RootEnvelope,
    shape: Shape,
    members: &'m [Member<'a>],
}

impl<'m, 'a> Layout<'m, 'a> {
    fn last(&self, is_wanted: impl Fn(&Member<'a>) -> bool) -> Option<&'m Member<'a>> {
        self.members.iter().rfind(|member| is_wanted(member))
    }

    /// Whether any of `members` is a field of the API's answer. The request id is not: errors have one too. Without types,
    /// every member is a field, except the error's own one.
    fn has_field<'x>(&self, mut members: impl Iterator<Item: Borrow<Member<'x>>>) -> bool {
        members.any(|member| {
            let name = &member.borrow().name;
            let is_field = if self.shape.is_whole() { *name != self.names.error } else { self.shape.has(name) };
            *name != self.names.request_id && is_field
        })
    }

    /// Returns the value that reports a failure, if there is one.
    ///
    /// The error's own member always does, except for `null` beside an answer. Everything that the API documents is
    /// data. So of the rest only an object without any documented member can report a failure: the whole answer if it
    /// lacks the API's root member, or another root member. Without types, nothing is known to be documented, and each root
    /// member may be the API's own: only an answer that consists of an error's members reports a failure.
    // specs/top/PROTOCOL.md#errors
    fn failure(&self, own: Option<&Member<'_>>, whole: Raw<'a>) -> Option<Failure<'a>> {
        let is_simplified = self.has_field(self.members.iter());
        let has_own = own.is_some_and(|own| own.value.form() != Form::Null);
        if let Some(error) = self.error_member(has_own || is_simplified) {
            return Some(Failure::Enclosed(error));
        }
        if self.shape.is_whole() {
            return self.is_only_error().then_some(Failure::Bare(whole));
        }
        if is_simplified {
            return None;
        }
        if !has_own && self.is_bare_error(self.members.iter()) {
            return Some(Failure::Bare(whole));
        }
        let others = self.roots().filter(|member| own.is_none_or(|own| own.name != member.name));
        let mut values = others.map(|member| member.value);
        values.find(|value| self.is_bare_error(value.members())).map(Failure::Enclosed)
    }

    /// Returns the value of the error's own member: of several, an object rather than anything else.
    fn error_member(&self, has_answer: bool) -> Option<Raw<'a>> {
        let last = |is_wanted: fn(Form) -> bool| {
            self.last(|member| member.name == self.names.error && is_wanted(member.value.form()))
        };
        let with_content = last(|form| form == Form::Object).or_else(|| last(|form| form != Form::Null));
        with_content.or_else(|| last(|_| true).filter(|_| !has_answer)).map(|member| member.value)
    }

    /// Whether `members` are those of an error that lacks its root, and none of them is a field of the API's answer.
    fn is_bare_error<'x>(&self, members: impl Iterator<Item: Borrow<Member<'x>>> + Clone) -> bool {
        self.has_error(members.clone()) && !self.has_field(members)
    }

    /// Whether the whole answer consists of the members of an error.
    fn is_only_error(&self) -> bool {
        let RootEnvelope { code, message, sub_code, sub_message, request_id, .. } = *self.names;
        let known = [code, message, sub_code, sub_message, request_id];
        self.has_error(self.members.iter()) && self.members.iter().all(|member| known.contains(&&*member.name))
    }

    /// Whether `members` contain an error: a message, and a code other than that of success.
    fn has_error<'x>(&self, members: impl Iterator<Item: Borrow<Member<'x>>> + Clone) -> bool {
        let any = |name: &str, is_wanted: &dyn Fn(Raw<'_>) -> bool| {
            members.clone().any(|member| member.borrow().name == name && is_wanted(member.borrow().value))
        };
        let is_code = |value: Raw<'_>| value.scalar().is_some_and(|(text, _)| !is_blank(&text) && text != SUCCESS);
        let is_set = |value: Raw<'_>| value.form() != Form::Null;
        any(self.names.message, &is_set) && (any(self.names.code, &is_code) || any(self.names.sub_code, &is_code))
    }

    /// Iterates over the objects that are named like root members and are not fields of the API's answer.
    fn roots(&self) -> impl Iterator<Item = &'m Member<'a>> {
        self.members.iter().filter(|member| {
            let is_root = member.name.ends_with(self.names.suffix) && member.value.form() == Form::Object;
            is_root && !self.shape.has(&member.name)
        })
    }

    /// Returns the only root member, if the answer has no documented member beside it.
    fn similar(&self) -> Option<&'m Member<'a>> {
        let mut roots = self.roots();
        let only = roots.next().filter(|_| roots.next().is_none())?;
        let others = self.members.iter().filter(|member| !core::ptr::eq(*member, only));
        (!self.has_field(others)).then_some(only)
    }
}

/// The code that means success, in the official clients' own check.
const SUCCESS: &str = "0";
