//! Removes what encloses the business members of an answer: see `root`, `status` and `http` for the kinds of envelope.

use http::StatusCode;

use super::decoder::Decoder;
use super::paths;
use super::raw::{Form, Member, Raw};
use crate::coercion::CoercionKind;
use crate::error::{DecodeProblem, PlatformError, StatusError};
use crate::object::{Object, Shape};
use crate::operation::Operation;
use crate::protocol::{Paths, Protocol};
use crate::sign::is_blank;

/// What an envelope contains besides the business members.
#[derive(Default, PartialEq)]
pub(super) struct Metadata {
    pub(super) request_id: Option<String>,
    pub(super) status: Option<String>,
    pub(super) message: Option<String>,
}

/// Why there are no business members.
pub(super) enum Refusal {
    Problem(DecodeProblem),
    /// An error in the platform's own envelope.
    Platform(Box<PlatformError>),
    /// The members of an error without an envelope.
    Bare(Box<PlatformError>),
    /// The members of an error that the HTTP status reports.
    Http(Box<PlatformError>),
    Status(Box<StatusError>),
}

impl Refusal {
    /// Whether a proxy or another server behind the gateway wrote the answer, and not the platform.
    ///
    /// Many servers write a JSON object with a `status` or `code` beside an HTTP error status. Such a code is the platform's
    /// if any of its tables lists it. Otherwise it is foreign if the server failed, or if it repeats the HTTP status.
    pub(super) fn is_foreign(&self, http: StatusCode) -> bool {
        let (code, is_listed) = match self {
            Self::Problem(_) => return true,
            Self::Platform(_) => return false,
            Self::Bare(error) => (&error.code, error.is_listed()),
            Self::Http(error) => return !error.is_listed() && error.code == http.as_str(),
            Self::Status(error) => (&error.status, error.is_listed()),
        };
        !is_listed && (http.is_server_error() || code == http.as_str())
    }
}

/// An answer whose envelope is being opened.
pub(super) struct Opening<'a> {
    pub(super) decoder: &'a mut Decoder,
    pub(super) root: Raw<'a>,
    pub(super) operation: &'a Operation,
    pub(super) protocol: &'a Protocol,
}

impl<'a> Opening<'a> {
    /// Returns the members of the whole answer.
    pub(super) fn members(&mut self) -> Result<Vec<Member<'a>>, Refusal> {
        match self.root.form() {
            Form::Object => {
                let members = self.decoder.members(self.root);
                // Each may become a candidate.
                self.decoder.budget.spend(members.len() * size_of::<Candidate<'_>>());
                self.decoder.budget.check().map_err(Refusal::Problem)?;
                Ok(members)
            }
            _ => Err(Refusal::Problem(DecodeProblem::NotAnObject)),
        }
    }

    /// Returns the shape of `target` if members of the envelope may fill it, too: if it has the members beside them.
    pub(super) fn shape_beside(&self, target: &dyn Object) -> Option<Shape> {
        self.operation.data_path().is_none().then(|| target.shape())
    }

    /// Returns the value of the member that contains the business members, if `members` have it.
    pub(super) fn data(&self, members: &[Member<'a>]) -> Option<Raw<'a>> {
        paths::find(members, self.operation.data_path()?)
    }

    /// Fills `target` with the business members: those of `data`, or else `members`. Those of the envelope are the first
    /// names of the paths `envelope`. Empty answers are `{}`, `""` or `null`.
    pub(super) fn fill(
        &mut self,
        members: &[Member<'a>],
        data: Option<Raw<'a>>,
        target: &mut dyn Object,
        envelope: &[&[&str]],
    ) {
        let Some(path) = self.operation.data_path() else {
            return self.decoder.fill_with(members, target, envelope);
        };
        let is_envelope = |name: &str| envelope.iter().any(|names| paths::leads(names, name));
        let Some(data) = data else {
            // A field may have the name of a member of the envelope.
            let others = members.iter().filter(|member| !is_envelope(&member.name));
            return self.decoder.fill_with(others, target, envelope);
        };
        self.unknown(members, &[envelope, &[&[path]]].concat());
        match data.form() {
            Form::Object => self.decoder.fill(data, target),
            Form::Null => {}
            Form::Text if is_blank(&data.text().0) => self.decoder.note(CoercionKind::EmptyText),
            _ => self.decoder.note_member(path, CoercionKind::Misfit),
        }
    }

    /// Counts the members that are not of the envelope.
    pub(super) fn unknown(&mut self, members: &[Member<'a>], envelope: &[&[&str]]) {
        for member in members {
            if !envelope.iter().any(|names| paths::leads(names, &member.name)) {
                self.decoder.note_member(&member.name, CoercionKind::UnknownField);
            }
        }
    }
}

/// A member that may contain metadata, and whether it also fills a field of the answer's type, which counts its
/// coercions then.
#[derive(Copy, Clone)]
pub(super) struct Candidate<'a> {
    /// Name of the member, or its path.
    pub(super) name: &'static str,
    pub(super) value: Raw<'a>,
    pub(super) is_field: bool,
}

/// Returns the members at `paths`, best first: in the order of the paths, and the last of several members with one name
/// first. `shape` is that of the object which the members fill, if they do.
pub(super) fn candidates<'a>(members: &[Member<'a>], paths: Paths, shape: Option<Shape>) -> Vec<Candidate<'a>> {
    let is_field = |name: &str| shape.is_some_and(|shape| shape.has(name));
    let at = |path: &'static str| {
        let (name, rest) = paths::split(path);
        members.iter().rev().filter(move |member| member.name == name).filter_map(move |member| {
            let called = if rest.is_some() { path } else { name };
            Some((called, name, paths::below(member.value, rest)?))
        })
    };
    let found = paths.iter().copied().flat_map(at);
    let mut candidates = Vec::with_capacity(found.clone().count());
    candidates.extend(found.map(|(called, name, value)| Candidate { name: called, value, is_field: is_field(name) }));
    candidates
}

/// Returns the text of the best candidate, without counting anything.
pub(super) fn text_of(candidates: &[Candidate<'_>]) -> Option<String> {
    candidates.iter().find_map(|candidate| candidate.value.scalar()).map(|(text, _)| text.into_owned())
}

impl Decoder {
    /// Returns the text of the best candidate, and counts what the other ones contain.
    pub(super) fn metadata(&mut self, candidates: &[Candidate<'_>]) -> Option<String> {
        let mut used = None;
        for Candidate { name, value, is_field } in candidates {
            let kind = match value.scalar() {
                Some((text, sound)) if used.is_none() => {
                    used = Some(self.keep(text));
                    (!sound).then_some(CoercionKind::InvalidText)
                }
                Some(_) => Some(CoercionKind::Duplicate),
                None => (value.form() != Form::Null).then_some(CoercionKind::Misfit),
            };
            if let Some(kind) = kind.filter(|_| !is_field) {
                self.note_member(name, kind);
            }
        }
        used
    }
}
