//! The usual envelopes of answers that are no errors.

use super::reader::{Envelope, Reader, Seen};
use crate::coercion::{Coercions, Ledger};
use crate::decode::budget::Budget;
use crate::decode::decoder::{Decoder, JsonText, clear};
use crate::decode::envelope::{Metadata, candidates};
use crate::decode::status::failed_status;
use crate::object::Object;
use crate::operation::Operation;
use crate::protocol::{self, Protocol, RootEnvelope, StatusEnvelope};

/// Decodes the whole answer `body` into the empty object `target`. Returns `None`, and leaves `target` empty, if the
/// tolerant reader must decode it.
pub(in crate::decode) fn answer(
    body: &[u8],
    operation: &Operation,
    protocol: &Protocol,
    target: &mut dyn Object,
) -> Option<(Metadata, Coercions)> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let text = core::str::from_utf8(body).ok()?;
    or_clear(target, |target| {
        let mut reader =
            Reader::new(text, Decoder::new(protocol.values.json.into(), Ledger::default(), Budget::of(body.len())));
        let metadata = match &protocol.response.envelope {
            protocol::Envelope::Root(names) => reader.root(names, operation, target),
            protocol::Envelope::Status(names) => reader.status(names, operation, target),
        }?;
        Some((metadata, reader.finish(target)?))
    })
}

/// Decodes the caller's own JSON into the empty object `target`. Returns `None`, and leaves `target` empty, if the tolerant
/// reader must decode it.
pub(in crate::decode) fn object(json: &str, target: &mut dyn Object) -> Option<Coercions> {
    or_clear(target, |target| {
        let mut reader = Reader::new(json, Decoder::new(JsonText::Always, Ledger::default(), Budget::of(json.len())));
        reader.fill(target, &mut Envelope::of(&[]))?;
        reader.finish(target)
    })
}

fn or_clear<T>(target: &mut dyn Object, read: impl FnOnce(&mut dyn Object) -> Option<T>) -> Option<T> {
    let outcome = read(target);
    if outcome.is_none() {
        clear(target);
    }
    outcome
}

impl Reader<'_> {
    /// Reads an answer with the API's own root member only, or a simplified one without it.
    fn root(&mut self, names: &RootEnvelope, operation: &Operation, target: &mut dyn Object) -> Option<Metadata> {
        let start = self.scanner.position();
        self.scanner.require(b'{')?;
        let is_own = |root: &&str| *root != names.error && *root != names.request_id;
        let own = operation.root_key().filter(is_own);
        if let Some(root) = own
            && self.scanner.name()?.is(root)
        {
            return self.enclosed(names, target);
        }
        self.scanner.back(start);
        self.simplified(names, operation, target)
    }

    fn enclosed(&mut self, names: &RootEnvelope, target: &mut dyn Object) -> Option<Metadata> {
        let (id, shape) = ([names.request_id], target.shape());
        let named = [id.as_slice()];
        let mut envelope = Envelope::of(&named);
        self.fill(target, &mut envelope)?;
        self.scanner.require(b'}')?;
        let request_id = self.decoder.metadata(&candidates(&envelope.members, &id, Some(shape)));
        Some(Metadata { request_id, ..Metadata::default() })
    }

    /// Reads an answer with a documented member and without anything that may report a failure.
    fn simplified(&mut self, names: &RootEnvelope, operation: &Operation, target: &mut dyn Object) -> Option<Metadata> {
        let (id, shape) = ([names.request_id], target.shape());
        let other = [names.error, operation.root_key().unwrap_or(names.error)];
        let named = [id.as_slice(), &other];
        let mut envelope = Envelope::of(&named);
        let seen: Seen = self.fill(target, &mut envelope)?;
        let is_id = |name: &str| name == names.request_id;
        if !seen.has_other_than(shape.find(names.request_id).map(|(index, _)| index))
            || envelope.members.iter().any(|m| !is_id(&m.name))
        {
            return None;
        }
        let request_id = self.decoder.metadata(&candidates(&envelope.members, &id, Some(shape)));
        Some(Metadata { request_id, ..Metadata::default() })
    }

    /// Reads an answer with a status that means success.
    fn status(&mut self, names: &StatusEnvelope, operation: &Operation, target: &mut dyn Object) -> Option<Metadata> {
        let shape = Some(target.shape());
        let named = [operation.status_keys(names.status), operation.message_keys(names.message)];
        let mut envelope = Envelope::of(&named);
        self.fill(target, &mut envelope)?;
        let [statuses, messages] = named.map(|names| candidates(&envelope.members, names, shape));
        if failed_status(&statuses, names.success)?.is_some() {
            return None;
        }
        let (status, message) = (self.decoder.metadata(&statuses), self.decoder.metadata(&messages));
        Some(Metadata { status, message, request_id: None })
    }
}
