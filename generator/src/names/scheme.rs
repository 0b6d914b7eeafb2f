//! Names of a platform's signature: credentials, variants, and the local variables of each signing function.

use super::scope::{RENAME, Scope};
use super::{Identifier, reserved, words};
use crate::diagnostic::Diagnostics;
use crate::recipe::{Plan, Scheme, Source};
use crate::source::Place;

/// Identifiers of one platform's signature.
#[derive(Debug)]
pub struct SchemeNames {
    /// One entry per credential.
    pub credentials: Vec<CredentialNames>,
    /// Names of the facts, where a local variable holds one.
    pub facts: Vec<Identifier>,
    /// Names of the headers that may be absent, where a local variable holds one.
    pub headers: Vec<(String, Identifier)>,
    /// One entry per plan, in the order of [`Scheme::plans`].
    pub plans: Vec<PlanNames>,
}

/// Identifiers of one credential.
#[derive(Debug)]
pub struct CredentialNames {
    /// Its field, parameter and local variable, `app_key`.
    pub field: Identifier,
    /// Its setter if it is optional, `with_session`.
    pub setter: Identifier,
}

/// Identifiers of one plan.
#[derive(Debug)]
pub struct PlanNames {
    /// Its variant of `SignMethod`, `HmacSha256`; `None` if there is no choice.
    pub variant: Option<Identifier>,
    /// Local variables of the clock names.
    pub clocks: Vec<Identifier>,
    /// Local variables of the nonces.
    pub nonces: Vec<Identifier>,
    /// Local variables of the steps.
    pub lets: Vec<Identifier>,
}

/// The parameters of every signing function and of the closures in them.
const TAKEN: &[&str] = &["parts", "credentials", "moment", "k", "v"];

/// The parameter of a signing function with variants.
const METHOD: &str = "method";

/// Names everything in a platform's scheme.
pub(crate) fn names(scheme: &Scheme, diagnostics: &mut Diagnostics) -> SchemeNames {
    let origin = &scheme.origin;
    let mut scope = Scope::new(RENAME);
    let has_variants = scheme.plans().any(|(variant, _)| variant.is_some());
    for name in TAKEN.iter().copied().chain(has_variants.then_some(METHOD)) {
        let name = local(name, origin, diagnostics);
        scope.claim(&name, "a parameter of the signing function", origin, diagnostics);
    }
    let mut credentials = Vec::new();
    for credential in &scheme.credentials {
        let field = local(&credential.name, &credential.origin, diagnostics);
        scope.claim(&field, &credential.name, &credential.origin, diagnostics);
        let setter = format!("with_{}", words::snake(&credential.name));
        let setter = Identifier::or_report(setter, &credential.name, &credential.origin, diagnostics);
        credentials.push(CredentialNames { field, setter });
    }
    let mut facts = Vec::new();
    for fact in &scheme.facts {
        let name = local(&format!("op_{}", fact.name), &fact.origin, diagnostics);
        scope.claim(&name, &fact.name, &fact.origin, diagnostics);
        facts.push(name);
    }
    let mut headers: Vec<(String, Identifier)> = Vec::new();
    for (header, origin) in optional_headers(scheme) {
        if !headers.iter().any(|(known, _)| known == header) {
            let name = local(&format!("header_{header}"), origin, diagnostics);
            scope.claim(&name, header, origin, diagnostics);
            headers.push((header.to_owned(), name));
        }
    }
    SchemeNames { credentials, facts, headers, plans: plans(scheme, &scope, diagnostics) }
}

/// Returns the headers that a field reads and that may be absent.
fn optional_headers(scheme: &Scheme) -> impl Iterator<Item = (&str, &Place)> {
    let fields = scheme.plans().flat_map(|(_, plan)| plan.puts.iter().chain(&plan.places));
    fields.flat_map(|field| {
        field.template.sources().filter_map(move |source| match source {
            Source::OptionalHeader(name) => Some((name.as_str(), &field.origin)),
            _ => None,
        })
    })
}

fn plans(scheme: &Scheme, scope: &Scope, diagnostics: &mut Diagnostics) -> Vec<PlanNames> {
    let mut variants = Scope::new(RENAME);
    let mut plans = Vec::new();
    for (name, plan) in scheme.plans() {
        let mut names = plan_names(plan, scope.clone(), diagnostics);
        if let Some(name) = name {
            let variant = Identifier::or_report(words::pascal(name), name, &scheme.origin, diagnostics);
            variants.claim(&variant, name, &scheme.origin, diagnostics);
            names.variant = Some(variant);
        }
        plans.push(names);
    }
    plans
}

fn plan_names(plan: &Plan, mut scope: Scope, diagnostics: &mut Diagnostics) -> PlanNames {
    let mut claim = |name: &str, origin: &Place| {
        let variable = local(name, origin, diagnostics);
        scope.claim(&variable, name, origin, diagnostics);
        variable
    };
    let clocks = plan.clocks.iter().map(|clock| claim(&clock.name, &clock.origin)).collect();
    let nonces = plan.nonces.iter().map(|nonce| claim(&nonce.name, &nonce.origin)).collect();
    let lets = plan.lets.iter().map(|step| claim(&step.name, &step.origin)).collect();
    PlanNames { variant: None, clocks, nonces, lets }
}

fn local(word: &str, origin: &Place, diagnostics: &mut Diagnostics) -> Identifier {
    Identifier::or_report(reserved::escape_keyword(words::snake(word)), word, origin, diagnostics)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipe::sound_scheme;

    fn named(yaml: &str) -> (SchemeNames, Diagnostics) {
        let scheme = sound_scheme(yaml);
        let mut diagnostics = Diagnostics::new();
        let names = names(&scheme, &mut diagnostics);
        (names, diagnostics)
    }

    #[test]
    fn wire_words_become_rust_names() {
        let (names, diagnostics) = named(
            "credentials: {AppKey: id, type: secret}
clock: {Timestamp: {format: unix}}
let: {m: {text: '{type}{AppKey}{Timestamp}'}}
variants: {hmac-sha256: {place: {query: {s: '{m|md5|hex}'}}}}
default: hmac-sha256
vectors:
- {name: 'Known answer, 1', source: here, variant: hmac-sha256, credentials: {AppKey: a, type: b}, clock: '1970-01-01T00:00:00Z',
   request: {method: GET, url: 'http://h'}, expect: {Timestamp: '0'}}
",
        );
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let fields: Vec<&str> = names.credentials.iter().map(|credential| credential.field.as_str()).collect();
        assert_eq!(fields, ["app_key", "type_"]);
        assert_eq!(names.credentials[0].setter.as_str(), "with_app_key");
        let plan = &names.plans[0];
        assert_eq!(plan.variant.as_ref().map(Identifier::as_str), Some("HmacSha256"));
        assert_eq!((plan.clocks[0].as_str(), plan.lets[0].as_str()), ("timestamp", "m"));
    }

    #[test]
    fn names_that_differ_in_case_only_clash() {
        let (_, diagnostics) = named(
            "credentials: {app_key: id, AppKey: secret, parts: id}
put: {query: {a: '{app_key}{parts}'}}
let: {m: {text: '{AppKey}{app_key}'}}
place: {query: {s: '{m|md5|hex}'}}
vectors: {none: made up}
",
        );
        assert_eq!(diagnostics.len(), 2, "{diagnostics:?}");
    }
}
