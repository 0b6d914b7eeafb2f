//! Removes what encloses the business members of an answer: see `root` and `status` for the two kinds of envelope.

use http::StatusCode;

use super::decoder::Decoder;
use super::raw::{Form, Member, Raw};
use crate::coercion::CoercionKind;
use crate::error::{DecodeProblem, PlatformError, StatusError};
use crate::object::Shape;
use crate::operation::Operation;
use crate::protocol::Protocol;

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
                self.decoder.budget.spend(members.len() * size_of::<Candidate<'_, '_>>());
                self.decoder.budget.check().map_err(Refusal::Problem)?;
                Ok(members)
            }
            _ => Err(Refusal::Problem(DecodeProblem::NotAnObject)),
        }
    }
}

/// A member that may contain metadata, and whether it also fills a field of the answer's type, which counts its
/// coercions then.
#[derive(Copy, Clone)]
pub(super) struct Candidate<'m, 'a> {
    pub(super) member: &'m Member<'a>,
    pub(super) is_field: bool,
}

/// Returns the members that are called like one of `names`, best first: in the order of the names, and the last of
/// several members with one name first. `shape` is that of the object which the members fill, if they do.
pub(super) fn candidates<'m, 'a>(
    members: &'m [Member<'a>],
    names: &[&str],
    shape: Option<Shape>,
) -> Vec<Candidate<'m, 'a>> {
    let is_field = |name: &str| shape.is_some_and(|shape| shape.has(name));
    let called = |name| members.iter().rev().filter(move |member| member.name == name);
    let named = names.iter().copied().flat_map(called);
    let mut candidates = Vec::with_capacity(named.clone().count());
    candidates.extend(named.map(|member| Candidate { member, is_field: is_field(&member.name) }));
    candidates
}

/// Returns the text of the best candidate, without counting anything.
pub(super) fn text_of(candidates: &[Candidate<'_, '_>]) -> Option<String> {
    candidates.iter().find_map(|candidate| candidate.member.value.scalar()).map(|(text, _)| text.into_owned())
}

impl Decoder {
    /// Returns the text of the best candidate, and counts what the other ones contain.
    pub(super) fn metadata(&mut self, candidates: &[Candidate<'_, '_>]) -> Option<String> {
        let mut used = None;
        for Candidate { member, is_field } in candidates {
            let kind = match member.value.scalar() {
                Some((text, sound)) if used.is_none() => {
                    used = Some(self.keep(text));
                    (!sound).then_some(CoercionKind::InvalidText)
                }
                Some(_) => Some(CoercionKind::Duplicate),
                None => (member.value.form() != Form::Null).then_some(CoercionKind::Misfit),
            };
            if let Some(kind) = kind.filter(|_| !is_field) {
                self.note_member(&member.name, kind);
            }
        }
        used
    }
}
