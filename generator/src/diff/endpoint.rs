//! Compares one API in two revisions.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::model::{Endpoint, Protocol, Side, SideName};
use crate::resolve::{self, Opened, TypeRules};
use crate::source::{FileId, Sources, SpecPath};
use crate::spec::{EndpointSpec, EndpointSpecs, FieldSpec, Origins};
use crate::terms::{FieldPlace, FileForm, HttpMethod, SessionNeed};

use super::fields::{self, Fields, Setting};
use super::rules::{Rules, Sending};
use super::{Change, Kind, prose, tables};

/// Returns every difference between two revisions of an API, in the order of the new page.
///
/// Compares the specs as given: raw transcripts, or transcripts with their fixes applied.
pub fn endpoint(old: &EndpointSpec, new: &EndpointSpec, rules: &Rules<'_>) -> Vec<Change> {
    if old == new {
        return Vec::new();
    }
    let file = Sources::new().add("", "");
    let [old, new] = [old, new].map(|spec| Alone::new(file, spec.clone(), rules));
    between([old.revision(rules), new.revision(rules)], true)
}

/// A transcript that is resolved without its platform.
pub(super) struct Alone {
    pub(super) specs: EndpointSpecs,
    sides: [Side; 2],
}

impl Alone {
    /// Resolves a transcript. A field whose type has no meaning becomes a JSON value.
    pub(super) fn new(file: FileId, spec: EndpointSpec, rules: &Rules<'_>) -> Self {
        let (family, leaf, origins) = (String::new(), String::new(), Origins::default());
        let specs = EndpointSpecs { family, leaf, file, fix_file: None, spec, origins };
        let types = TypeRules { words: rules.words, lists: rules.lists, files: rules.files == FileForm::Multipart };
        let sides = resolve::sides(&specs, &types, &Opened::whole(&specs.spec), &mut Diagnostics::new());
        Self { specs, sides }
    }

    pub(super) fn revision(&self, rules: &Rules<'_>) -> ApiRevision<'_> {
        let page = &self.specs.spec;
        let method = page.method.unwrap_or(rules.method);
        let session = page.session.unwrap_or(SessionNeed::None);
        ApiRevision { page, types: self.sides.each_ref(), method, session, sending: rules.sending }
    }
}

/// One revision of an API: what the page contains, and what that means.
#[derive(Copy, Clone)]
pub(super) struct ApiRevision<'a> {
    page: &'a EndpointSpec,
    /// Of request and response.
    types: [&'a Side; 2],
    method: HttpMethod,
    session: SessionNeed,
    sending: Sending,
}

impl<'a> ApiRevision<'a> {
    /// Combines a transcript with its resolved form.
    pub(super) fn new(page: &'a EndpointSpec, model: &'a Endpoint, protocol: &Protocol) -> Self {
        let Endpoint { method, session, .. } = *model;
        Self { page, types: [&model.request, &model.response], method, session, sending: Sending::of(protocol) }
    }

    fn sides(&self) -> [Fields<'a>; 2] {
        let [request, response] = self.types;
        let page = self.page;
        [Fields { page: &page.request, types: request }, Fields { page: &page.response, types: response }]
    }
}

/// Compares an API. `same_rules` states whether equal pages have equal types.
pub(super) fn between([old, new]: [ApiRevision<'_>; 2], same_rules: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    api([old, new], &mut changes);
    let sides = old.sides().into_iter().zip(new.sides());
    for (side, (was, is)) in [SideName::Request, SideName::Response].into_iter().zip(sides) {
        let setting = Setting { side, sending: old.sending.with_body(old.page.body), method: old.method, same_rules };
        fields::compare([was, is], setting, &mut changes);
    }
    tables::compare(old.page, new.page, &mut changes);
    changes
}

fn api([was, is]: [ApiRevision<'_>; 2], to: &mut Vec<Change>) {
    let (old, new) = (was.page, is.page);
    let root = SpecPath::root();
    let mut fact = |key: &str, kind: Kind, old: Option<String>, new: Option<String>| {
        if old != new {
            to.push(Change::new(kind, root.key(key), old, new));
        }
    };
    fact("api", Kind::ApiWireRenamed, Some(old.api.clone()), Some(new.api.clone()));
    fact("rust_name", Kind::ApiRustRenamed, old.rust_name.clone(), new.rust_name.clone());
    let method = |revision: ApiRevision<'_>| Some(revision.method.word().to_owned());
    fact("method", Kind::MethodChanged, method(was), method(is));
    fact("path", Kind::PathChanged, old.path.clone(), new.path.clone());
    let body = |spec: &EndpointSpec| spec.body.map(|body| body.word().to_owned());
    fact("body", Kind::ReqEncoding, body(old), body(new));
    let word = |revision: ApiRevision<'_>| Some(revision.session.word().to_owned());
    fact("session", auth(was.session, is.session), word(was), word(is));
    let deprecation = match (&old.deprecated, &new.deprecated) {
        (None, _) => Kind::ApiDeprecated,
        (_, None) => Kind::ApiUndeprecated,
        _ => Kind::DocDeprecation,
    };
    fact("deprecated", deprecation, old.deprecated.clone(), new.deprecated.clone());
    let repeatable = if new.idempotent { Kind::IdempotentGained } else { Kind::IdempotentLost };
    fact("idempotent", repeatable, Some(old.idempotent.to_string()), Some(new.idempotent.to_string()));
    fact("category", Kind::DocCategory, old.category.clone(), new.category.clone());
    text("title", [&old.title, &new.title], [Kind::DocTitle, Kind::DocTitle], [old, new], to);
    let kinds = [Kind::DocApi, Kind::DocApiSuspect];
    text("description", [&old.description, &new.description], kinds, [old, new], to);
    source(old, new, to);
    envelope(old, new, to);
    path_parameters(old, new, to);
}

/// Compares a text of the API: `words`, `suspect`, or a deprecation that no fix marks.
fn text(
    key: &str,
    [before, after]: [&Option<String>; 2],
    [words, suspect]: [Kind; 2],
    apis: [&EndpointSpec; 2],
    to: &mut Vec<Change>,
) {
    if before == after {
        return;
    }
    let judgement = prose::judge(before.as_deref(), after.as_deref(), &apis.map(prose::Marks::of_api));
    let is_marked = apis[1].deprecated.is_some();
    let kind = match judgement.finding {
        prose::Finding::Suspect => suspect,
        prose::Finding::Deprecated if !is_marked => Kind::DocDeprecatedText,
        prose::Finding::Undeprecated if !is_marked => Kind::DocUndeprecatedText,
        _ => words,
    };
    let change = Change::new(kind, SpecPath::root().key(key), before.clone(), after.clone());
    let facts = if kind == words { Vec::new() } else { judgement.facts };
    to.push(Change { facts, ..change });
}

fn auth(old: SessionNeed, new: SessionNeed) -> Kind {
    match (old, new) {
        (SessionNeed::None, SessionNeed::Required) => Kind::AuthNoneToRequired,
        (SessionNeed::None, _) => Kind::AuthNoneToOptional,
        (_, SessionNeed::None) => Kind::AuthRemoved,
        (_, SessionNeed::Required) => Kind::AuthOptionalToRequired,
        (_, SessionNeed::Optional) => Kind::AuthRequiredToOptional,
    }
}

fn source(old: &EndpointSpec, new: &EndpointSpec, to: &mut Vec<Change>) {
    let root = SpecPath::root().key("source");
    let mut fact = |key: &str, kind: Kind, old: Option<String>, new: Option<String>| {
        if old != new {
            to.push(Change::new(kind, root.key(key), old, new));
        }
    };
    let [was, is] = [&old.source, &new.source];
    fact("page", Kind::DocUrl, was.page.clone(), is.page.clone());
    fact("layout", Kind::DocLayout, Some(was.layout.word().to_owned()), Some(is.layout.word().to_owned()));
    // A digest that only one revision has follows from its layout.
    if was.sha256.is_some() && is.sha256.is_some() {
        fact("sha256", Kind::DocRetrieved, was.sha256.clone(), is.sha256.clone());
    }
}

fn envelope(old: &EndpointSpec, new: &EndpointSpec, to: &mut Vec<Change>) {
    let root = SpecPath::root().key("envelope");
    let mut names = |key: &str, old: &[String], new: &[String]| {
        if old != new {
            let listed = |names: &[String]| (!names.is_empty()).then(|| names.join(", "));
            to.push(Change::new(Kind::RespEnvelopeOwn, root.key(key), listed(old), listed(new)));
        }
    };
    names("status", &old.envelope.status, &new.envelope.status);
    names("message", &old.envelope.message, &new.envelope.message);
    let mut text = |key: &str, old: &Option<String>, new: &Option<String>| {
        if old != new {
            to.push(Change::new(Kind::RespEnvelopeOwn, root.key(key), old.clone(), new.clone()));
        }
    };
    text("root", &old.envelope.root, &new.envelope.root);
    text("data", &old.envelope.data, &new.envelope.data);
}

/// Finds request fields of both revisions that they send in different places.
fn path_parameters(old: &EndpointSpec, new: &EndpointSpec, to: &mut Vec<Change>) {
    let [was, is] = [old, new].map(placeholders);
    for (wire, field) in new.request.iter() {
        let Some(before) = old.request.get(wire) else { continue };
        let place = |field: &FieldSpec, in_path: &BTreeSet<&str>| match (in_path.contains(wire), field.place) {
            (true, _) => Some(FieldPlace::Path),
            (false, place) => place,
        };
        let (before, now) = (place(before, &was), place(field, &is));
        if before != now {
            // Without a place of its own, a field is where most are.
            let word = |place: Option<FieldPlace>| Some(place.unwrap_or(FieldPlace::Body).word().to_owned());
            let path = SpecPath::root().key("request").key(wire);
            to.push(Change::new(Kind::ParamLocation, path, word(before), word(now)));
        }
    }
}

fn placeholders(spec: &EndpointSpec) -> BTreeSet<&str> {
    let steps = spec.path.as_deref().unwrap_or_default().split('/');
    steps.filter_map(|step| step.strip_prefix('{').and_then(|open| open.strip_suffix('}'))).collect()
}
