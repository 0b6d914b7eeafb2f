//! From a call to a signed request: which settings, which session, which time.

use std::borrow::Cow;

use super::options::CallOptions;
use super::subject::Outgoing;
use super::trace::SessionUse;
use super::{Client, check_documented};
use crate::encode::{self, Extra};
use crate::error::{Error, Rule, Violation, Violations};
use crate::explain::SigningReport;
use crate::operation::{Operation, Session};
use crate::protocol::{Credentials, Platform};
use crate::request::Unsigned;
use crate::secret::Secret;
use crate::sign::{Moment, Notes, is_blank};

impl<P: Platform> Client<P> {
    /// Encodes and signs a call.
    pub(super) fn sign(
        &self,
        outgoing: &Outgoing<'_>,
        options: &CallOptions<P>,
    ) -> Result<http::Request<Vec<u8>>, Error> {
        check_documented(outgoing.operation)?;
        let credentials = self.credentials_for(outgoing.operation, options)?;
        self.signed(outgoing, options, &credentials, None)?.finish()
    }

    /// Encodes and signs a call in the same way, and reports how.
    pub(super) fn report(&self, outgoing: &Outgoing<'_>, options: &CallOptions<P>) -> Result<SigningReport, Error> {
        check_documented(outgoing.operation)?;
        let credentials = self.credentials_for(outgoing.operation, options)?;
        let notes = Notes::default();
        let unsigned = self.signed(outgoing, options, &credentials, Some(&notes))?;
        // The client's session is also masked where this call has another one.
        let mut secrets = credentials.secrets();
        secrets.extend(self.credentials.secrets());
        SigningReport::new(unsigned, notes, &secrets)
    }

    /// Encodes a call, signs it with the given credentials, and notes the steps if there are notes.
    fn signed<'a>(
        &self,
        outgoing: &Outgoing<'a>,
        options: &CallOptions<P>,
        credentials: &P::Credentials,
        notes: Option<&Notes>,
    ) -> Result<Unsigned<'a>, Error> {
        let base = options.base_url.as_ref().unwrap_or(&self.base_url);
        let extra = Extra(&options.extra);
        let checks = options.checks.unwrap_or(self.checks);
        let draft = encode::draft(outgoing, extra, self.protocol, base, checks)?;
        let mut unsigned = Unsigned::new(draft);
        let now = self.clock.now();
        let now = self.correction.as_ref().map_or(now, |correction| correction.apply(now));
        let mut moment = Moment::new(now, &*self.nonce);
        if let Some(notes) = notes {
            moment = moment.with_notes(notes);
        }
        P::sign(unsigned.parts(), credentials, options.sign_method.unwrap_or(self.sign_method), &moment)?;
        extra.check(unsigned.parts())?;
        Ok(unsigned)
    }

    /// Returns the credentials with the session that this call sends.
    fn credentials_for(
        &self,
        operation: &Operation,
        options: &CallOptions<P>,
    ) -> Result<Cow<'_, P::Credentials>, Error> {
        let with = |session| P::Credentials::clone(&self.credentials).with_session(session);
        if let Some(session) = &options.session {
            let credentials = with(Some(session.clone()));
            let rule = match credentials.session() {
                None => Rule::NotUsed,
                Some(_) if !is_usable(session) => Rule::Missing,
                Some(_) => return Ok(Cow::Owned(credentials)),
            };
            Violations::of(vec![Violation { path: "session".to_owned(), rule }])?;
        }
        match (self.session_use(operation, options), operation.session_need()) {
            (SessionUse::Sent, _) => Ok(Cow::Borrowed(&self.credentials)),
            (_, Session::Required) => Err(Error::MissingSession { api: operation.name() }),
            // Only endpoints that use the token see it.
            _ if self.credentials.session().is_some() => Ok(Cow::Owned(with(None))),
            _ => Ok(Cow::Borrowed(&self.credentials)),
        }
    }

    /// Returns what happens to the session: one that was given with the call is always sent, that of the client only if
    /// the API's page asks for one.
    pub(super) fn session_use(&self, operation: &Operation, options: &CallOptions<P>) -> SessionUse {
        let has_common = self.credentials.session().is_some_and(is_usable);
        match (options.session.is_some(), has_common, operation.session_need()) {
            (true, _, _) | (_, true, Session::Required | Session::Optional) => SessionUse::Sent,
            (false, true, Session::None) => SessionUse::Withheld,
            (false, false, _) => SessionUse::None,
        }
    }
}

/// Whether a session is not blank. A blank one counts as missing: the signature leaves it out, so it must not be sent.
// specs/top/PROTOCOL.md#blank-values
fn is_usable(session: &Secret) -> bool {
    !is_blank(session.expose())
}
