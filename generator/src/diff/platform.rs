//! Compares two revisions of a platform file.

use crate::source::SpecPath;
use crate::spec::{
    API_NAME, Entries, EnvironmentSpec, FamilySpec, FeatureSpec, ParametersSpec, PlatformSpec, RetrySpec, ValuesSpec,
};

use super::listed::At;
use super::{Change, Kind, error_table, order, response, signing};

/// Returns every difference between two revisions of a platform file.
pub fn platform(old: &PlatformSpec, new: &PlatformSpec) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut at = At { path: SpecPath::root(), to: &mut changes };
    at.text("title", Kind::DocPlatform, &old.title, &new.title);
    environments(old, new, &mut at.key("environments"));
    families(old, new, &mut at.key("families"));
    features(old, new, &mut at.key("features"));
    request(old, new, &mut at.key("request"));
    values(&old.values, &new.values, &mut at.key("values"));
    response::compare(&old.response, &new.response, &mut at.key("response"));
    retry(&old.retry, &new.retry, &mut at.key("retry"));
    error_table::compare(&old.errors, &new.errors, &mut at.key("errors"));
    signing::compare(&old.signing, &new.signing, &mut at.key("signing"));
    changes
}

/// Returns what a reviewer must see of a new platform, beside the fact that it is new.
pub(super) fn added(new: &PlatformSpec) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut at = At { path: SpecPath::root().key("environments"), to: &mut changes };
    for (name, environment) in new.environments.iter() {
        insecure(None, environment, &mut at.key(name));
    }
    changes
}

fn environments(old: &PlatformSpec, new: &PlatformSpec, at: &mut At<'_>) {
    let (old, new) = (&old.environments, &new.environments);
    for (name, environment) in new.iter() {
        let before = old.get(name);
        let kind = before.map_or(Kind::HostAdded, |before| address(&before.url, &environment.url));
        at.fact(name, kind, before.map(|before| before.url.clone()), Some(environment.url.clone()));
        insecure(before, environment, &mut at.key(name));
    }
    for (name, environment) in old.iter().filter(|(name, _)| new.get(name).is_none()) {
        at.fact(name, Kind::HostRemoved, Some(environment.url.clone()), None);
    }
    let first = |names: &Entries<EnvironmentSpec>| names.names().next().map(str::to_owned);
    let (before, after) = (first(old), first(new));
    if before != after
        && let Some(name) = after.clone()
    {
        at.to.push(Change::new(Kind::HostDefault, at.path.key(name), before, after));
    } else if order::differs(old.names(), new.names()) {
        at.to.push(Change::new(Kind::OrderTables, at.path.clone(), None, None));
    }
}

/// Classifies another address of a known gateway.
fn address(old: &str, new: &str) -> Kind {
    match (old.split_once("://"), new.split_once("://")) {
        (Some(("https", old)), Some(("http", new))) if old == new => Kind::SchemeDowngraded,
        (Some(("http", old)), Some(("https", new))) if old == new => Kind::SchemeChanged,
        _ => Kind::HostChanged,
    }
}

fn insecure(old: Option<&EnvironmentSpec>, new: &EnvironmentSpec, at: &mut At<'_>) {
    let mark = |insecure: bool| insecure.then(|| true.to_string());
    let kind = if new.insecure { Kind::HostInsecure } else { Kind::HostSecured };
    at.fact("insecure", kind, mark(old.is_some_and(|old| old.insecure)), mark(new.insecure));
}

fn families(old: &PlatformSpec, new: &PlatformSpec, at: &mut At<'_>) {
    let prefixes = |family: &FamilySpec| Some(family.prefixes.join(", "));
    for (name, family) in new.families.iter() {
        match old.families.get(name) {
            None => at.fact(name, Kind::FamilyDeclared, None, prefixes(family)),
            Some(before) => {
                let mut at = at.key(name);
                at.text("title", Kind::DocFamily, &before.title, &family.title);
                at.set("prefixes", Kind::FamilyPrefixes, &before.prefixes, &family.prefixes);
            }
        }
    }
    for (name, family) in old.families.iter().filter(|(name, _)| new.families.get(name).is_none()) {
        at.fact(name, Kind::FamilyUndeclared, prefixes(family), None);
    }
}

fn features(old: &PlatformSpec, new: &PlatformSpec, at: &mut At<'_>) {
    let families = |feature: &FeatureSpec| Some(feature.families.join(", "));
    for (name, feature) in new.features.iter() {
        match old.features.get(name) {
            None => at.fact(name, Kind::FeatureDeclared, None, families(feature)),
            Some(before) => {
                let mut at = at.key(name);
                at.text("title", Kind::DocFeature, &before.title, &feature.title);
                at.set("families", Kind::FeatureFamilies, &before.families, &feature.families);
            }
        }
    }
    for (name, feature) in old.features.iter().filter(|(name, _)| new.features.get(name).is_none()) {
        at.fact(name, Kind::FeatureUndeclared, families(feature), None);
    }
}

fn request(old: &PlatformSpec, new: &PlatformSpec, at: &mut At<'_>) {
    let (old, new) = (&old.request, &new.request);
    at.whole("body", Kind::ReqEncoding, Some(&old.body), Some(&new.body));
    at.text("method", Kind::MethodDefault, old.method.word(), new.method.word());
    at.text("content_type", Kind::ReqEncoding, &old.content_type, &new.content_type);
    parameters(&old.parameters, &new.parameters, &mut at.key("parameters"));
    at.whole("blank", Kind::ReqNullRule, Some(&old.blank), Some(&new.blank));
    at.whole("scalar_lists", Kind::ReqListEncoding, Some(&old.scalar_lists), Some(&new.scalar_lists));
    at.whole("files", Kind::ReqFileForm, Some(&old.files), Some(&new.files));
    at.fact("wrapper", Kind::ReqEncoding, old.wrapper.clone(), new.wrapper.clone());
    at.fact("xml_root", Kind::ReqEncoding, old.xml_root.clone(), new.xml_root.clone());
    at.whole("json_keys", Kind::ReqEncoding, Some(&old.json_keys), Some(&new.json_keys));
    at.key("places").set("query", Kind::ParamLocation, &old.places.query, &new.places.query);
    at.key("places").set("headers", Kind::ParamLocation, &old.places.headers, &new.places.headers);
}

/// Compares the common parameters. Those that tell the gateway which API is called decide where a request ends up, like a
/// path; so does another one of the same name, which the gateway may read instead.
fn parameters(old: &ParametersSpec, new: &ParametersSpec, at: &mut At<'_>) {
    let places = [old, new].into_iter().flat_map(|spec| [&spec.query, &spec.form, &spec.headers]);
    let naming = places.flat_map(|entries| entries.iter()).filter(|(_, text)| *text == API_NAME);
    let naming: Vec<&str> = naming.map(|(name, _)| name).collect();
    let names_api = |name: &str| naming.iter().any(|known| known.eq_ignore_ascii_case(name));
    let part = |entries: &Entries<String>, naming: bool| -> Entries<String> {
        let part = entries.iter().filter(|(name, _)| names_api(name) == naming);
        part.map(|(name, text)| (name, text.clone())).collect()
    };
    let common = [Kind::CommonParamAdded, Kind::CommonParamChanged, Kind::CommonParamRemoved];
    let header = [Kind::HeaderAdded, Kind::HeaderChanged, Kind::HeaderRemoved];
    let places = [
        ("query", common, &old.query, &new.query),
        ("form", common, &old.form, &new.form),
        ("headers", header, &old.headers, &new.headers),
    ];
    for (place, kinds, old, new) in places {
        at.key(place).entries([Kind::ApiParamChanged; 3], &part(old, true), &part(new, true));
        at.key(place).entries(kinds, &part(old, false), &part(new, false));
    }
}

fn values(old: &ValuesSpec, new: &ValuesSpec, at: &mut At<'_>) {
    at.whole("date", Kind::DateFormat, old.date.as_ref(), new.date.as_ref());
    at.whole("decimal", Kind::DecimalForm, Some(&old.decimal), Some(&new.decimal));
    at.whole("integer", Kind::ReqEncoding, Some(&old.integer), Some(&new.integer));
    at.whole("json", Kind::JsonForm, Some(&old.json), Some(&new.json));
    at.whole("nulls", Kind::ReqNullRule, Some(&old.nulls), Some(&new.nulls));
    at.key("types").entries([Kind::TypeTable; 3], &old.types, &new.types);
}

fn retry(old: &RetrySpec, new: &RetrySpec, at: &mut At<'_>) {
    at.set("codes", Kind::ErrRetryClass, &old.codes, &new.codes);
    at.set("sub_codes", Kind::ErrRetryClass, &old.sub_codes, &new.sub_codes);
    at.set("except_sub_codes", Kind::ErrRetryClass, &old.except_sub_codes, &new.except_sub_codes);
    at.fact("wait", Kind::ErrWait, old.wait.clone(), new.wait.clone());
}
