//! Compares one API in two revisions.

use std::collections::BTreeSet;

use crate::model::SideName;
use crate::source::SpecPath;
use crate::spec::EndpointSpec;
use crate::terms::SessionNeed;

use super::shape::Rules;
use super::{Change, Kind, fields, prose, tables};

/// Returns every difference between two revisions of an API, in the order of the new page.
///
/// Compares the specs as given: raw transcripts, or transcripts with their fixes applied.
pub fn endpoint(old: &EndpointSpec, new: &EndpointSpec, rules: &Rules<'_>) -> Vec<Change> {
    between([old, new], [rules, rules])
}

/// Compares an API where the platform's rules may differ too.
pub(super) fn between([old, new]: [&EndpointSpec; 2], rules: [&Rules<'_>; 2]) -> Vec<Change> {
    let mut changes = Vec::new();
    api(old, new, rules, &mut changes);
    let method = old.method.unwrap_or(rules[0].method);
    for (side, old, new) in
        [(SideName::Request, &old.request, &new.request), (SideName::Response, &old.response, &new.response)]
    {
        fields::compare(side, old, new, method, rules, &mut changes);
    }
    tables::compare(old, new, &mut changes);
    changes
}

fn api(old: &EndpointSpec, new: &EndpointSpec, rules: [&Rules<'_>; 2], to: &mut Vec<Change>) {
    let root = SpecPath::root();
    let mut fact = |key: &str, kind: Kind, old: Option<String>, new: Option<String>| {
        if old != new {
            to.push(Change::new(kind, root.key(key), old, new));
        }
    };
    fact("api", Kind::ApiWireRenamed, Some(old.api.clone()), Some(new.api.clone()));
    fact("rust_name", Kind::ApiRustRenamed, old.rust_name.clone(), new.rust_name.clone());
    // A page that now names the platform's default method changes nothing.
    let method = |spec: &EndpointSpec, rules: &Rules<'_>| Some(spec.method.unwrap_or(rules.method).word().to_owned());
    let [before, after] = rules;
    fact("method", Kind::MethodChanged, method(old, before), method(new, after));
    fact("path", Kind::PathChanged, old.path.clone(), new.path.clone());
    let [was, is] = [old, new].map(|spec| spec.session.unwrap_or(SessionNeed::None));
    let word = |need: SessionNeed| Some(need.word().to_owned());
    fact("session", auth(was, is), word(was), word(is));
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
    fact("sha256", Kind::DocRetrieved, Some(was.sha256.clone()), Some(is.sha256.clone()));
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
}

/// Finds request fields of both revisions that only one of them sends in the path.
fn path_parameters(old: &EndpointSpec, new: &EndpointSpec, to: &mut Vec<Change>) {
    if old.path == new.path {
        return;
    }
    let [was, is] = [old, new].map(placeholders);
    for (wire, _) in new.request.iter().filter(|(wire, _)| old.request.get(wire).is_some()) {
        if was.contains(wire) != is.contains(wire) {
            let place = |in_path| Some(if in_path { "path" } else { "body" }.to_owned());
            let path = SpecPath::root().key("request").key(wire);
            let (before, now) = (place(was.contains(wire)), place(is.contains(wire)));
            to.push(Change::new(Kind::ParamLocation, path, before, now));
        }
    }
}

fn placeholders(spec: &EndpointSpec) -> BTreeSet<&str> {
    let steps = spec.path.as_deref().unwrap_or_default().split('/');
    steps.filter_map(|step| step.strip_prefix('{').and_then(|open| open.strip_suffix('}'))).collect()
}
