//! Names of a platform's signature: credentials, variants, and the local variables of each signing function.

use std::collections::BTreeSet;

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
    /// Its field and parameter, `app_key`.
    pub field: Identifier,
    /// The local variable that holds it if it is optional and present, `session`.
    pub local: Identifier,
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

/// The parameters of every signing function.
const TAKEN: &[&str] = &["parts", "credentials", "moment"];

/// The parameter of a signing function with variants.
const METHOD: &str = "method";

/// Names of local variables in use. Nobody sees them, so a clash is not an error: the later one gets another name.
#[derive(Clone, Default)]
struct Locals(BTreeSet<String>);

impl Locals {
    fn name(&mut self, word: &str, origin: &Place, diagnostics: &mut Diagnostics) -> Identifier {
        let mut name = reserved::escape_keyword(words::snake(word));
        while !self.0.insert(name.clone()) {
            name.push('_');
        }
        Identifier::or_report(name, word, origin, diagnostics)
    }
}

/// Names everything in a platform's scheme.
pub(crate) fn names(scheme: &Scheme, diagnostics: &mut Diagnostics) -> SchemeNames {
    let has_variants = scheme.plans().any(|(variant, _)| variant.is_some());
    let taken = TAKEN.iter().copied().chain(has_variants.then_some(METHOD));
    let mut locals = Locals(taken.map(str::to_owned).collect());
    let mut fields = Scope::new(RENAME);
    let mut credentials = Vec::new();
    for credential in &scheme.credentials {
        let origin = &credential.origin;
        let field = reserved::escape_keyword(words::snake(&credential.name));
        let field = Identifier::or_report(field, &credential.name, origin, diagnostics);
        fields.claim(&field, &credential.name, origin, diagnostics);
        let setter = format!("with_{}", words::snake(&credential.name));
        let setter = Identifier::or_report(setter, &credential.name, origin, diagnostics);
        // Only an optional credential is ever in a local variable.
        let local =
            if credential.optional { locals.name(&credential.name, origin, diagnostics) } else { field.clone() };
        credentials.push(CredentialNames { field, setter, local });
    }
    let mut facts = Vec::new();
    for fact in &scheme.facts {
        facts.push(locals.name(&format!("op_{}", fact.name), &fact.origin, diagnostics));
    }
    let mut headers: Vec<(String, Identifier)> = Vec::new();
    for (header, origin) in optional_headers(scheme) {
        if !headers.iter().any(|(known, _)| known == header) {
            headers.push((header.to_owned(), locals.name(&format!("header_{header}"), origin, diagnostics)));
        }
    }
    SchemeNames { credentials, facts, headers, plans: plans(scheme, &locals, diagnostics) }
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

fn plans(scheme: &Scheme, locals: &Locals, diagnostics: &mut Diagnostics) -> Vec<PlanNames> {
    let mut variants = Scope::new(RENAME);
    let mut plans = Vec::new();
    for (name, plan) in scheme.plans() {
        let mut names = plan_names(plan, locals.clone(), diagnostics);
        if let Some(name) = name {
            let variant = reserved::escape_keyword(words::variant(name));
            let variant = Identifier::or_report(variant, name, &scheme.origin, diagnostics);
            variants.claim(&variant, name, &scheme.origin, diagnostics);
            names.variant = Some(variant);
        }
        plans.push(names);
    }
    plans
}

fn plan_names(plan: &Plan, mut locals: Locals, diagnostics: &mut Diagnostics) -> PlanNames {
    let mut name = |name: &str, origin: &Place| locals.name(name, origin, diagnostics);
    let clocks = plan.clocks.iter().map(|clock| name(&clock.name, &clock.origin)).collect();
    let nonces = plan.nonces.iter().map(|nonce| name(&nonce.name, &nonce.origin)).collect();
    let lets = plan.lets.iter().map(|step| name(&step.name, &step.origin)).collect();
    PlanNames { variant: None, clocks, nonces, lets }
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
    fn credentials_that_differ_in_case_only_clash() {
        let (_, diagnostics) = named(
            "credentials: {app_key: id, AppKey: secret}
put: {query: {a: '{app_key}'}}
let: {m: {text: '{AppKey}{app_key}'}}
place: {query: {s: '{m|md5|hex}'}}
vectors: {none: made up}
",
        );
        assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
    }

    #[test]
    fn local_variables_never_clash() {
        let (names, diagnostics) = named(
            "credentials: {parts: token, secret: secret}
optional: [parts]
clock: {moment: {format: unix}}
nonce: {self: uuid4}
put: {query: {a: '{parts?}', t: '{moment}', n: '{self}'}}
let:
  k: {text: '{secret}{moment}'}
  Parts: {text: '{k|md5|hex}'}
  credentials: {text: '{Parts}{parts?}'}
place: {query: {s: '{credentials|md5|hex}'}}
vectors: {none: made up}
",
        );
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let credential = &names.credentials[0];
        assert_eq!((credential.field.as_str(), credential.local.as_str()), ("parts", "parts_"));
        let plan = &names.plans[0];
        assert_eq!((plan.clocks[0].as_str(), plan.nonces[0].as_str()), ("moment_", "self_"));
        let lets: Vec<&str> = plan.lets.iter().map(Identifier::as_str).collect();
        assert_eq!(lets, ["k", "parts__", "credentials_"]);
    }
}
