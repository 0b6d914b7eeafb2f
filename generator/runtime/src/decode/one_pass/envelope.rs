//! The usual envelopes of answers that are not errors.

use super::reader::{Envelope, Reader, Seen};
use crate::coercion::{Coercions, Ledger};
use crate::decode::budget::Budget;
use crate::decode::decoder::{Decoder, JsonText, clear};
use crate::decode::envelope::{Metadata, candidates};
use crate::decode::paths::is_name;
use crate::decode::status::failed_status;
use crate::object::Object;
use crate::operation::Operation;
use crate::protocol::{self, HttpEnvelope, Paths, Protocol, RootEnvelope, StatusEnvelope};

/// Decodes the whole answer `body` into the empty object `target`. Returns `None`, and leaves `target` empty, if the
/// tolerant reader must decode it.
pub(in crate::decode) fn answer(
    body: &[u8],
    operation: &Operation,
    protocol: &Protocol,
    target: &mut dyn Object,
) -> Option<(Metadata, Coercions)> {
    if !is_plain(operation, protocol) {
        return None;
    }
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let text = core::str::from_utf8(body).ok()?;
    or_clear(target, |target| {
        let mut reader =
            Reader::new(text, Decoder::new(protocol.values.json.into(), Ledger::default(), Budget::of(body.len())));
        let metadata = match &protocol.response.envelope {
            protocol::Envelope::Root(names) => reader.root(names, operation, target),
            protocol::Envelope::Status(names) => reader.status(names, operation, target),
            protocol::Envelope::Http(names) => reader.http(names, target),
        }?;
        Some((metadata, reader.finish(target)?))
    })
}

/// Whether the business members and the facts of the envelope are where one pass finds them.
fn is_plain(operation: &Operation, protocol: &Protocol) -> bool {
    let are_names = |lists: &[Paths]| lists.iter().copied().flatten().all(|path| is_name(path));
    operation.data_path().is_none()
        && match &protocol.response.envelope {
            protocol::Envelope::Root(root) => root.success.is_empty() && are_names(&[root.names.request_id]),
            protocol::Envelope::Status(status) => are_names(&status.names.all()),
            protocol::Envelope::Http(http) => are_names(&[http.names.request_id, http.names.beside]),
        }
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
    fn root(&mut self, root: &RootEnvelope, operation: &Operation, target: &mut dyn Object) -> Option<Metadata> {
        let start = self.scanner.position();
        self.scanner.require(b'{')?;
        let is_own = |name: &&str| *name != root.error && !root.names.request_id.contains(name);
        let own = operation.root_key().filter(is_own);
        if let Some(own) = own
            && self.scanner.name()?.is(own)
        {
            let metadata = self.without_status(&[root.names.request_id], root.names.request_id, target)?;
            self.scanner.require(b'}')?;
            return Some(metadata);
        }
        self.scanner.back(start);
        self.simplified(root, operation, target)
    }

    /// Reads an object of business members and members of the envelope, none of which reports a failure.
    fn without_status(&mut self, named: &[Paths], ids: Paths, target: &mut dyn Object) -> Option<Metadata> {
        let shape = target.shape();
        let mut envelope = Envelope::of(named);
        self.fill(target, &mut envelope)?;
        let request_id = self.decoder.metadata(&candidates(&envelope.members, ids, Some(shape)));
        Some(Metadata { request_id, ..Metadata::default() })
    }

    /// Reads an answer with a documented member and without anything that may report a failure.
    fn simplified(&mut self, root: &RootEnvelope, operation: &Operation, target: &mut dyn Object) -> Option<Metadata> {
        let (ids, shape) = (root.names.request_id, target.shape());
        let other = [root.error, operation.root_key().unwrap_or(root.error)];
        let named = [ids, &other, root.names.beside];
        let mut envelope = Envelope::of(&named);
        let seen: Seen = self.fill(target, &mut envelope)?;
        let id_fields: Vec<usize> = ids.iter().filter_map(|id| shape.find(id)).map(|(index, _)| index).collect();
        if !seen.has_other_than(&id_fields) || envelope.members.iter().any(|m| other.contains(&m.name.as_ref())) {
            return None;
        }
        let request_id = self.decoder.metadata(&candidates(&envelope.members, ids, Some(shape)));
        Some(Metadata { request_id, ..Metadata::default() })
    }

    /// Reads an answer with a status that means success.
    fn status(
        &mut self,
        StatusEnvelope { names, success, absent: _ }: &StatusEnvelope,
        operation: &Operation,
        target: &mut dyn Object,
    ) -> Option<Metadata> {
        let shape = Some(target.shape());
        let (status_names, message_names) = (operation.status_keys(names.code), operation.message_keys(names.message));
        let named = [status_names, message_names, names.sub_code, names.sub_message, names.request_id, names.beside];
        let mut envelope = Envelope::of(&named);
        self.fill(target, &mut envelope)?;
        let [statuses, messages, ids] =
            [status_names, message_names, names.request_id].map(|names| candidates(&envelope.members, names, shape));
        if failed_status(&statuses, success)?.is_some() {
            return None;
        }
        let (status, message) = (self.decoder.metadata(&statuses), self.decoder.metadata(&messages));
        Some(Metadata { status, message, request_id: self.decoder.metadata(&ids) })
    }

    /// Reads the answer to a call that succeeded by its HTTP status.
    fn http(&mut self, HttpEnvelope { names }: &HttpEnvelope, target: &mut dyn Object) -> Option<Metadata> {
        self.without_status(&[names.request_id, names.beside], names.request_id, target)
    }
}
