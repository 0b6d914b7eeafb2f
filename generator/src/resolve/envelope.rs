//! The rows of a page's response table that belong to the envelope: the root member, the member with the data, and the facts
//! beside them.

use crate::model::{Arity, Envelope, Protocol};
use crate::source::SpecPath;
use crate::spec::{EndpointSpec, Entries, FieldSpec};
use crate::terms::TypeMeaning;

use super::types::{self, TypeWord};

/// A response table without its envelope.
#[derive(Debug)]
pub(crate) struct Opened<'a> {
    /// The levels around the business rows, from the outermost: each row of them belongs to the envelope.
    pub(super) above: Vec<Level<'a>>,
    /// The level with the business rows.
    pub(super) level: Level<'a>,
    /// Rows of that level that belong to the envelope.
    pub(super) members: Vec<&'a str>,
    /// Key of the answer's root member; empty on platforms without one.
    pub(super) root: String,
    /// Path of the member with the data, if answers have one.
    pub(super) data: Option<String>,
}

/// Rows of a table, which are the mapping at a path of the transcript.
#[derive(Clone, Debug)]
pub(super) struct Level<'a> {
    pub(super) path: SpecPath,
    pub(super) rows: &'a Entries<FieldSpec>,
}

impl<'a> Level<'a> {
    fn of(spec: &'a EndpointSpec) -> Self {
        Self { path: SpecPath::root().key("response"), rows: &spec.response }
    }

    /// The members of the row `wire`, if it is one object.
    fn members(&self, wire: &str, words: &Entries<TypeMeaning>) -> Option<Self> {
        let row = self.rows.get(wire).filter(|row| !row.fields.is_empty())?;
        let is_one = matches!(types::read(row, words), Ok(TypeWord { arity: Arity::One, .. }));
        is_one.then(|| Self { path: self.path.key(wire).key("fields"), rows: &row.fields })
    }

    /// The only row besides those that `is_envelope` takes.
    fn only(&self, is_envelope: impl Fn(&str) -> bool) -> Option<&'a str> {
        let mut names = self.rows.names().filter(|name| !is_envelope(name));
        names.next().filter(|_| names.next().is_none())
    }
}

impl<'a> Opened<'a> {
    /// Takes the whole table, as that of a transcript without its platform.
    pub(crate) fn whole(spec: &'a EndpointSpec) -> Self {
        Self { above: Vec::new(), level: Level::of(spec), members: Vec::new(), root: String::new(), data: None }
    }

    /// Opens the envelope of `protocol` around the response. `words` are the platform's type words.
    pub(crate) fn of(spec: &'a EndpointSpec, protocol: &'a Protocol, words: &Entries<TypeMeaning>) -> Self {
        let mut opened = Self::whole(spec);
        if let Envelope::Root(_) = &protocol.envelope {
            opened.open_root(spec, protocol, words);
        }
        opened.members = members(spec, opened.level.rows, protocol);
        opened.open_data(spec, protocol, words);
        opened
    }

    /// Returns the rows of the response, and the names of those that belong to the envelope.
    pub(crate) fn rows(&self) -> (&'a Entries<FieldSpec>, Vec<&'a str>) {
        let above = self.above.iter().flat_map(|level| level.rows.names());
        (self.level.rows, above.chain(self.members.iter().copied()).collect())
    }

    fn descend(&mut self, level: Level<'a>) {
        let above = std::mem::replace(&mut self.level, level);
        self.above.push(above);
    }

    /// Opens the root member, if the table has a row for it.
    fn open_root(&mut self, spec: &'a EndpointSpec, protocol: &Protocol, words: &Entries<TypeMeaning>) {
        let Envelope::Root(envelope) = &protocol.envelope else { return };
        let computed = root_key(&spec.api, protocol);
        let names = &envelope.names;
        let is_beside =
            |name: &str| [&names.request_id, &names.beside].into_iter().flatten().any(|path| head(path) == name);
        let own = spec.envelope.root.as_deref();
        let row = self.level.only(is_beside).filter(|wire| match own {
            Some(own) => *wire == own,
            None => *wire == computed || wire.ends_with(&envelope.suffix),
        });
        let inner = row.and_then(|wire| Some((wire, self.level.members(wire, words)?)));
        self.root = own.or(inner.as_ref().map(|(wire, _)| *wire)).map_or(computed, str::to_owned);
        if let Some((_, level)) = inner {
            self.descend(level);
        }
    }

    /// Opens the member with the data, if it is the only row besides those of the envelope. A table without a row for it has
    /// its members. Where the data is a list or a text, and where other rows are beside it, it is a field.
    fn open_data(&mut self, spec: &'a EndpointSpec, protocol: &'a Protocol, words: &Entries<TypeMeaning>) {
        let own = spec.envelope.data.as_deref();
        let Some(path) = own.or(protocol.envelope.names().data.as_deref()).filter(|path| !path.is_empty()) else {
            return;
        };
        if self.level.rows.get(head(path)).is_none() {
            self.data = Some(path.to_owned());
            return;
        }
        let mut levels = vec![self.level.clone()];
        for (depth, name) in path.split('.').enumerate() {
            let Some(level) = levels.last() else { return };
            let only = level.only(|wire| depth == 0 && self.members.contains(&wire));
            let Some(inner) = only.filter(|wire| *wire == name).and_then(|wire| level.members(wire, words)) else {
                return;
            };
            levels.push(inner);
        }
        self.data = Some(path.to_owned());
        self.members.clear();
        levels.into_iter().skip(1).for_each(|level| self.descend(level));
    }
}

/// The first name of a path.
fn head(path: &str) -> &str {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.split('.').next().unwrap_or_default()
}

/// The rows that the envelope takes: the first documented name of each fact, and what is beside the data.
fn members<'a>(spec: &'a EndpointSpec, rows: &'a Entries<FieldSpec>, protocol: &'a Protocol) -> Vec<&'a str> {
    let names = protocol.envelope.names();
    let own = &spec.envelope;
    let or = |own: &'a Vec<String>, common: &'a Vec<String>| if own.is_empty() { common } else { own };
    let (code, message) = (or(&own.status, &names.code), or(&own.message, &names.message));
    let facts = match &protocol.envelope {
        // Without a code of its own, the root member contains nothing but data.
        Envelope::Root(root) if root.success.is_empty() => Vec::new(),
        Envelope::Root(_) | Envelope::Status(_) => {
            vec![code, message, &names.sub_code, &names.sub_message, &names.request_id]
        }
        // An error has the other facts, and no answer.
        Envelope::Http(_) => vec![&names.request_id],
    };
    let first = |paths: &'a Vec<String>| {
        paths.iter().map(String::as_str).find(|name| rows.get(name).is_some_and(|row| row.fields.is_empty()))
    };
    let beside = names.beside.iter().map(|path| head(path)).filter(|name| rows.get(name).is_some());
    facts.into_iter().filter_map(first).chain(beside).collect()
}

/// Names of this API's status and message members, where it has its own.
pub(super) struct OwnNames<'a> {
    /// Of the status.
    pub(super) status: &'a [String],
    /// Of the message.
    pub(super) message: &'a [String],
}

/// The names of envelope members that the fixes of a transcript set.
pub(super) fn own_names(spec: &EndpointSpec) -> OwnNames<'_> {
    OwnNames { status: &spec.envelope.status, message: &spec.envelope.message }
}

/// Returns the key of the answer's root member; empty on platforms without one.
// specs/top/PROTOCOL.md#answer-envelope
fn root_key(api: &str, protocol: &Protocol) -> String {
    match &protocol.envelope {
        Envelope::Root(envelope) if envelope.is_fixed => envelope.suffix.clone(),
        Envelope::Root(envelope) => {
            let name = api.strip_prefix(&envelope.strip).unwrap_or(api);
            name.replace('.', "_") + &envelope.suffix
        }
        Envelope::Status(_) | Envelope::Http(_) => String::new(),
    }
}
