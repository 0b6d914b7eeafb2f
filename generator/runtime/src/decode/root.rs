//! Answers with a root member per API, and simplified ones without it.
// specs/top/PROTOCOL.md#answer-envelope

use core::borrow::Borrow;

use super::envelope::{Metadata, Opening, Refusal, candidates};
use super::http::text_in;
use super::paths;
use super::raw::{Form, Member, Raw};
use crate::coercion::CoercionKind;
use crate::error::PlatformError;
use crate::object::{Object, Shape};
use crate::protocol::{EnvelopeNames, RootEnvelope};
use crate::sign::is_blank;

impl<'a> Opening<'a> {
    /// Opens an answer with a root member per API, or a simplified one without it.
    pub(super) fn root(&mut self, envelope: &RootEnvelope, target: &mut dyn Object) -> Result<Metadata, Refusal> {
        let members = self.members()?;
        let layout = Layout { envelope, names: &envelope.names, shape: target.shape(), members: &members };
        let own = layout.last(|member| Some(member.name.as_ref()) == self.operation.root_key());
        if let Some(failure) = layout.failure(own, self.root) {
            let error = |value| Box::new(self.platform_error(&layout, value));
            return Err(match failure {
                Failure::Enclosed(value) => Refusal::Platform(error(value)),
                Failure::Bare(whole) => Refusal::Bare(error(whole)),
            });
        }
        Ok(match own.or_else(|| layout.similar()) {
            Some(root) => self.enclosed(&layout, root, target),
            None => {
                let ids = [layout.names.request_id, layout.names.beside];
                self.opened(&layout, &members, target, &ids)
            }
        })
    }

    /// Decodes the business members inside the root member. Empty answers are `{}`, `""` or `null`.
    fn enclosed(&mut self, layout: &Layout<'_, 'a>, root: &Member<'a>, target: &mut dyn Object) -> Metadata {
        let names = layout.names;
        let beside: Vec<&str> =
            names.all().into_iter().flatten().copied().filter(|path| paths::is_absolute(path)).collect();
        let known = [names.request_id, names.beside, &beside];
        for member in layout.members {
            if !core::ptr::eq(member, root) && !known.iter().any(|names| paths::leads(names, &member.name)) {
                self.decoder.note_member(&member.name, CoercionKind::UnknownField);
            }
        }
        let inside = self.decoder.members(root.value);
        match root.value.form() {
            Form::Object | Form::Null => {}
            Form::Text if is_blank(&root.value.text().0) => self.decoder.note(CoercionKind::EmptyText),
            _ => self.decoder.note(CoercionKind::Misfit),
        }
        self.opened(layout, &inside, target, &[names.request_id])
    }

    /// Decodes the business members among `members`, of which the `envelope` takes the first names of some paths.
    fn opened(
        &mut self,
        layout: &Layout<'_, 'a>,
        members: &[Member<'a>],
        target: &mut dyn Object,
        envelope: &[&[&str]],
    ) -> Metadata {
        let data = self.data(members);
        let shape = self.shape_beside(target);
        let EnvelopeNames { code, message, sub_code, sub_message, request_id, beside: _ } = layout.names;
        let mut ids = candidates(members, request_id, shape);
        if !core::ptr::eq(members, layout.members) {
            ids.extend(candidates(layout.members, request_id, None));
        }
        if layout.envelope.success.is_empty() {
            self.fill(members, data, target, envelope);
            return Metadata { request_id: self.decoder.metadata(&ids), ..Metadata::default() };
        }
        // The root member contains a code, too.
        let facts: [&[&str]; 4] = [code, message, sub_code, sub_message];
        self.fill(members, data, target, &[envelope, &facts].concat());
        let text = |paths| text_in(Some(members), layout.members, paths);
        let (status, message) = (text(code), text(message));
        Metadata { request_id: self.decoder.metadata(&ids), status, message }
    }

    /// Builds the error from an object with the error's members, or from the only text or number that there is.
    fn platform_error(&self, layout: &Layout<'_, 'a>, error: Raw<'a>) -> PlatformError {
        let Layout { names, members, .. } = *layout;
        let lone = |is_lone: bool| error.scalar().filter(|_| is_lone).map(|(text, _)| text.into_owned());
        let inside: Vec<_> = error.members().collect();
        let code = text_in(Some(&inside), members, names.code).or_else(|| lone(error.form() != Form::Text));
        let is_own = |member: &Member<'_>| member.name == layout.envelope.error && member.value.form() != Form::Null;
        let built = self.error_with(code.unwrap_or_default(), Some(error), names, members);
        PlatformError {
            msg: built.msg.clone().or_else(|| lone(error.form() == Form::Text)),
            is_bare: !members.iter().any(is_own),
            ..built
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
    envelope: &'m RootEnvelope,
    names: &'m EnvelopeNames,
    shape: Shape,
    members: &'m [Member<'a>],
}

impl<'m, 'a> Layout<'m, 'a> {
    fn last(&self, is_wanted: impl Fn(&Member<'a>) -> bool) -> Option<&'m Member<'a>> {
        self.members.iter().rfind(|member| is_wanted(member))
    }

    /// Whether any of `members` is a field of the API's answer. The request id and what else is of the envelope are not: errors
    /// have them too. Without types,
    /// every member is a field, except the error's own one.
    fn has_field<'x>(&self, mut members: impl Iterator<Item: Borrow<Member<'x>>>) -> bool {
        members.any(|member| {
            let name = &member.borrow().name;
            let is_field = if self.shape.is_whole() { *name != self.envelope.error } else { self.shape.has(name) };
            let is_envelope =
                [self.names.request_id, self.names.beside].iter().any(|names| names.contains(&name.as_ref()));
            !is_envelope && is_field
        })
    }

    /// Returns the value that reports a failure, if there is one.
    ///
    /// The error's own member always does, except for `null` beside an answer. Everything that the API documents is
    /// data. So of the rest only an object without any documented member can report a failure: the whole answer if it
    /// lacks the API's root member, or another root member. Without types, nothing is known to be documented, and each root
    /// member may be the API's own: only an answer that consists of an error's members reports a failure.
    // specs/top/PROTOCOL.md#errors
    fn failure(&self, own: Option<&Member<'a>>, whole: Raw<'a>) -> Option<Failure<'a>> {
        let is_simplified = self.has_field(self.members.iter());
        let has_own = own.is_some_and(|own| own.value.form() != Form::Null);
        if let Some(error) = self.error_member(has_own || is_simplified) {
            return Some(Failure::Enclosed(error));
        }
        if let Some(root) = own.or_else(|| self.similar()).filter(|root| self.is_refused(root.value)) {
            return Some(Failure::Enclosed(root.value));
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
            self.last(|member| member.name == self.envelope.error && is_wanted(member.value.form()))
        };
        let with_content = last(|form| form == Form::Object).or_else(|| last(|form| form != Form::Null));
        with_content.or_else(|| last(|_| true).filter(|_| !has_answer)).map(|member| member.value)
    }

    /// Whether `members` are those of an error that lacks its root, and none of them is a field of the API's answer.
    fn is_bare_error<'x>(&self, members: impl Iterator<Item: Borrow<Member<'x>>> + Clone) -> bool {
        self.has_error(members.clone()) && !self.has_field(members)
    }

    /// Whether a root member contains a code that does not mean success.
    fn is_refused(&self, root: Raw<'a>) -> bool {
        let success = self.envelope.success;
        let inside: Vec<_> = root.members().collect();
        let code = || text_in(Some(&inside), self.members, self.names.code);
        !success.is_empty() && code().is_some_and(|code| !success.contains(&code.as_str()))
    }

    /// Whether the whole answer consists of the members of an error.
    fn is_only_error(&self) -> bool {
        let known = self.names.all();
        let is_known = |member: &Member<'_>| known.iter().any(|paths| paths::leads(paths, &member.name));
        self.has_error(self.members.iter()) && self.members.iter().all(is_known)
    }

    /// Whether `members` contain an error: a message, and a code other than that of success.
    fn has_error<'x>(&self, members: impl Iterator<Item: Borrow<Member<'x>>> + Clone) -> bool {
        let any = |paths: &[&str], is_wanted: &dyn Fn(Raw<'_>) -> bool| {
            let mut members = members.clone();
            members.any(|member| {
                let Member { name, value, .. } = member.borrow();
                paths
                    .iter()
                    .map(|path| paths::split(path))
                    .any(|(first, rest)| name == first && paths::below(*value, rest).is_some_and(is_wanted))
            })
        };
        let success: &[&str] = if self.envelope.success.is_empty() { &[SUCCESS] } else { self.envelope.success };
        let is_code = |value: Raw<'_>| {
            value.scalar().is_some_and(|(text, _)| !is_blank(&text) && !success.contains(&text.as_ref()))
        };
        let is_set = |value: Raw<'_>| value.form() != Form::Null;
        any(self.names.message, &is_set) && (any(self.names.code, &is_code) || any(self.names.sub_code, &is_code))
    }

    /// Iterates over the objects that are named like root members and are not fields of the API's answer.
    fn roots(&self) -> impl Iterator<Item = &'m Member<'a>> {
        self.members.iter().filter(|member| {
            let is_root = member.name.ends_with(self.envelope.suffix) && member.value.form() == Form::Object;
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

/// The code that means success unless the platform states others, in the official clients' own check.
const SUCCESS: &str = "0";
