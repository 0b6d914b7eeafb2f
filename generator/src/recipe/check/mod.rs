//! Turns a scheme as written into a checked one, or reports everything that is wrong with it.
//!
//! The rules of the language: every name is declared above its use, raw bytes are encoded before they are sent, secrets
//! are never sent, the body does not change once it is read, a signature does not cover itself, every declaration is
//! used, and every vector passes.

mod case;
mod declare;
mod flow;
mod merge;
mod mismatch;
mod plan;
mod report;
mod reveal;
mod run;
mod scope;
mod steps;
mod vectors;

use std::collections::BTreeSet;

pub(crate) use self::declare::is_clock_pattern;
pub(super) use self::declare::{CLOCK_FORMATS, CREDENTIAL_KINDS, NONCE_FORMS};
use self::merge::Merged;
use self::plan::Shared;
use self::report::{Report, Spot};
pub(super) use self::steps::{DROPPED, KEY_ALGORITHMS, ORDERS};
use self::vectors::Keys;
use super::scheme::{Methods, Plan, Scheme, Source, Variant};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::source::{FileId, Place, SpecPath};
use crate::spec::PlatformSpecs;
use crate::spec::recipe::SchemeSpec;

/// Checks the signing scheme of a platform file, runs its vectors, and resolves it.
///
/// Findings point below `signing` in the platform file. Returns `None` if there are errors or no scheme.
pub fn check(specs: &PlatformSpecs, diagnostics: &mut Diagnostics) -> Option<Scheme> {
    let (name, spec) = specs.spec.signing.iter().next()?;
    check_scheme(name, spec, specs.file, &specs.keys, diagnostics)
}

fn check_scheme(
    name: &str,
    spec: &SchemeSpec,
    file: FileId,
    keys: &Keys,
    diagnostics: &mut Diagnostics,
) -> Option<Scheme> {
    let spot = Spot::new(file, SpecPath::root().key("signing").key(name));
    let mut report = Report::default();
    let scheme = resolve(name, spec, &spot, &mut report);
    if !report.has_errors() {
        // If a name is unresolved, the declaration that it should refer to would be reported as unused.
        unused(&scheme, spec, &spot, &mut report);
        reveal::check(&scheme, spec, &spot, &mut report);
    }
    let scheme = vectors::check(scheme, spec, keys, &spot, &mut report);
    let is_sound = !report.has_errors();
    report.give(diagnostics);
    is_sound.then_some(scheme)
}

fn resolve(name: &str, spec: &SchemeSpec, spot: &Spot, report: &mut Report) -> Scheme {
    let credentials = declare::credentials(spec, spot, report);
    let facts = declare::facts(spec, spot, report);
    let nonces = declare::nonces(spec, spot, report);
    declare::optional_names(spec, spot, report);
    declare::any_case_names(spec, spot, report);
    declare::revealed_names(spec, spot, report);
    let steps = steps_of_all(spec);
    let shared =
        Shared { credentials: &credentials, facts: &facts, nonces: &nonces, revealed: &spec.reveal, steps: &steps };
    let methods = methods(spec, spot, &shared, report);
    Scheme {
        name: name.to_owned(),
        credentials,
        facts,
        methods,
        any_case: spec.any_case.clone(),
        vectors: Vec::new(),
        origin: spot.name(),
    }
}

fn steps_of_all(spec: &SchemeSpec) -> BTreeSet<&str> {
    spec.lets.names().chain(spec.variants.values().flat_map(|variant| variant.lets.names())).collect()
}

fn methods(spec: &SchemeSpec, spot: &Spot, shared: &Shared<'_>, report: &mut Report) -> Methods {
    let default = default_variant(spec, spot, report);
    if spec.variants.is_empty() {
        return Methods::Single(checked_plan(&merge::merge(spec, spot, None), shared, None, report));
    }
    let mut all = Vec::new();
    for (name, variant) in spec.variants.iter() {
        let at = spot.key("variants").key(name);
        let merged = merge::merge(spec, spot, Some((variant, &at)));
        let plan = checked_plan(&merged, shared, Some((name, at.clone())), report);
        all.push(Variant { name: name.to_owned(), plan, origin: at.name() });
    }
    Methods::Variants { all, default }
}

fn checked_plan(merged: &Merged<'_>, shared: &Shared<'_>, variant: Option<(&str, Spot)>, report: &mut Report) -> Plan {
    let plan = plan::plan(merged, shared, variant, report);
    plan::rules(&plan, report);
    plan
}

/// Returns the index of the default variant; 0 if there are no variants or the default is invalid.
fn default_variant(spec: &SchemeSpec, spot: &Spot, report: &mut Report) -> usize {
    let (place, message) = match &spec.default {
        None if spec.variants.is_empty() => return 0,
        None => (spot.key("variants").name(), "`default` must name the variant that a new client uses".to_owned()),
        Some(name) => match spec.variants.names().position(|known| known == name) {
            Some(index) => return index,
            None => (spot.key("default").value(), format!("there is no variant {}", quoted(name))),
        },
    };
    let known: Vec<&str> = spec.variants.names().collect();
    let finding = Diagnostic::new(Code::RecipeVariant, place, message);
    report.add(if known.is_empty() {
        finding.help("a scheme without variants has no `default`")
    } else {
        finding.help(format!("variants: {}", known.join(", ")))
    });
    0
}

/// Reports declarations that no request depends on in any variant.
fn unused(scheme: &Scheme, spec: &SchemeSpec, spot: &Spot, report: &mut Report) {
    let plans: Vec<&Plan> = scheme.plans().map(|(_, plan)| plan).collect();
    let is_used = |source: Source| plans.iter().any(|plan| plan.uses(&source));
    for (index, credential) in scheme.credentials.iter().enumerate() {
        complain(!is_used(Source::Credential(index)), "credential", &credential.name, &credential.origin, report);
    }
    for (index, fact) in scheme.facts.iter().enumerate() {
        complain(!is_used(Source::Fact(index)), "fact", &fact.name, &fact.origin, report);
    }
    let nonces = plans.first().map_or(&[] as &[_], |plan| &plan.nonces);
    for (index, nonce) in nonces.iter().enumerate() {
        complain(!is_used(Source::Nonce(index)), "nonce", &nonce.name, &nonce.origin, report);
    }
    let clocks = plans.iter().flat_map(|plan| &plan.clocks).filter(|clock| clock.used).map(|clock| &clock.origin);
    let lets = plans.iter().flat_map(|plan| &plan.lets).filter(|step| step.used).map(|step| &step.origin);
    let used: Vec<&Place> = clocks.chain(lets).collect();
    for (what, name, place) in written(spec, spot) {
        complain(!used.contains(&&place), what, name, &place, report);
    }
}

fn complain(is_unused: bool, what: &str, name: &str, place: &Place, report: &mut Report) {
    if is_unused {
        report.add(Diagnostic::new(
            Code::RecipeUnused,
            place.clone(),
            format!("nothing that is sent depends on the {what} {}", quoted(name)),
        ));
    }
}

/// Returns every clock and step of the scheme and its variants, as written.
fn written<'a>(spec: &'a SchemeSpec, spot: &Spot) -> Vec<(&'static str, &'a str, Place)> {
    let own = (&spec.clock, &spec.lets, spot.clone());
    let variants = spec.variants.iter().map(|(name, variant)| {
        let spot = spot.key("variants").key(name);
        (&variant.clock, &variant.lets, spot)
    });
    let mut entries = Vec::new();
    for (clocks, lets, spot) in [own].into_iter().chain(variants) {
        entries.extend(clocks.names().map(|name| ("clock", name, spot.key("clock").key(name).name())));
        entries.extend(lets.names().map(|name| ("step", name, spot.key("let").key(name).name())));
    }
    entries
}

#[cfg(test)]
pub(crate) mod tests;
#[cfg(test)]
mod vector_tests;
