//! Resolves the merged sections of one variant into a plan.

use std::collections::BTreeSet;

use apograph_runtime::sign::Location;

use super::declare;
use super::flow::Flow;
use super::merge::{Merged, Named, RawField};
use super::report::{Report, Spot};
use super::scope::{Phase, Scope};
use super::steps;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::recipe::fields;
use crate::recipe::scheme::{
    Assignment, Clock, Credential, Fact, Let, NonceName, Plan, Secrecy, Source, Step, Template,
};
use crate::source::Place;
use crate::spec::recipe::StepSpec;

/// The declarations that all variants of a scheme share.
pub(super) struct Shared<'a> {
    pub(super) credentials: &'a [Credential],
    pub(super) facts: &'a [Fact],
    pub(super) nonces: &'a [NonceName],
    /// Names of the secrets that may be sent.
    pub(super) revealed: &'a [String],
    /// Names of the steps of every variant.
    pub(super) steps: &'a BTreeSet<&'a str>,
}

/// Resolves the plan of one variant.
pub(super) fn plan(
    merged: &Merged<'_>,
    shared: &Shared<'_>,
    variant: Option<(&str, Spot)>,
    report: &mut Report,
) -> Plan {
    let clocks: Vec<Clock> =
        merged.clocks.iter().map(|clock| declare::clock(clock.name, clock.spec, &clock.spot, report)).collect();
    names_differ(merged, shared, report);
    let all_lets: Vec<&str> = merged.lets.iter().map(|step| step.name).collect();
    let mut scope = Scope {
        credentials: shared.credentials,
        facts: shared.facts,
        clocks: &clocks,
        nonces: shared.nonces,
        revealed: shared.revealed,
        puts_body: merged.puts.iter().any(|field| matches!(field.location, "form" | "json" | "xml")),
        sets: sets(merged, report).into_iter().map(|name| (name, Flow::LITERAL)).collect(),
        lets: Vec::new(),
        other_lets: shared.steps.iter().copied().filter(|name| !all_lets.contains(name)).collect(),
        all_lets,
        variant,
    };
    let mut puts: Vec<Assignment> = Vec::new();
    for field in &merged.puts {
        let Some((put, flow)) = assignment(field, &scope, Phase::Put, report) else { continue };
        if let Location::Set(index) = put.location {
            scope.sets.get_mut(usize::from(index)).into_iter().for_each(|(_, known)| *known = known.and(flow));
        }
        puts.push(put);
    }
    puts.sort_by_key(|field| field.location);
    let mut lets = Vec::new();
    for step in &merged.lets {
        lets.push(make_let(step, &mut scope, report));
    }
    let places = merged.places.iter().filter_map(|field| assignment(field, &scope, Phase::Place, report));
    let places: Vec<Assignment> = places.map(|(place, _)| place).collect();
    let sets = scope.sets.into_iter().map(|(name, _)| name).collect();
    let mut plan = Plan { nonces: shared.nonces.to_vec(), clocks, sets, puts, lets, places };
    mark_used(&mut plan);
    plan
}

/// Returns the names of the sets that the plan fills.
fn sets(merged: &Merged<'_>, report: &mut Report) -> Vec<String> {
    let mut sets: Vec<String> = Vec::new();
    for field in &merged.puts {
        let Some(name) = field.location.strip_prefix(fields::SET) else { continue };
        if name.is_empty() || sets.len() == usize::from(u8::MAX) {
            let message = format!("{} cannot be a set", quoted(field.location));
            report.add(Diagnostic::new(Code::RecipeName, field.location_spot.name(), message));
        } else if !sets.iter().any(|known| known == name) {
            sets.push(name.to_owned());
        }
    }
    sets
}

fn make_let<'a>(step: &Named<'a, StepSpec>, scope: &mut Scope<'a>, report: &mut Report) -> Let {
    declare::name_is_valid(step.name, &step.spot, report);
    let (made, flow) = steps::step(step.spec, &step.spot, scope, report);
    scope.lets.push((step.name, flow));
    Let {
        name: step.name.to_owned(),
        step: made,
        kind: flow.kind,
        secrecy: flow.secrecy,
        is_key: flow.is_key(),
        used: false,
        origin: step.spot.name(),
    }
}

fn assignment(
    field: &RawField<'_>,
    scope: &Scope<'_>,
    phase: fn(Location) -> Phase,
    report: &mut Report,
) -> Option<(Assignment, Flow)> {
    let sets: Vec<String> = scope.sets.iter().map(|(name, _)| name.clone()).collect();
    let location = fields::location(field.location, &sets);
    let is_placed = location.is_some_and(|location| phase(location) == Phase::Place(location));
    let Some(location) = location.filter(|location| !(is_placed && matches!(location, Location::Set(_)))) else {
        let known = fields::words(if is_placed { &[] } else { &sets });
        let known = known.iter().map(String::as_str);
        report.unknown_word(field.location_spot.name(), "location", field.location, known);
        return None;
    };
    if let Some(problem) = fields::name_problem(location, field.name) {
        let message = format!("{} {problem}", quoted(field.name));
        report.add(Diagnostic::new(Code::RecipeName, field.spot.name(), message));
        return None;
    }
    let (template, flow) = scope.template(field.template, &field.spot, phase(location), report);
    steps::is_text(&template, &field.spot, report);
    if location == Location::Headers && flow.has_control {
        let message = "a header cannot contain a line break or another control character";
        report.add(Diagnostic::new(Code::RecipeTemplate, field.spot.value(), message));
    }
    let secret = template.secrecy.secret().and_then(|index| scope.credentials.get(index));
    let is_revealed = secret.is_some_and(|secret| scope.revealed.contains(&secret.name));
    if !is_revealed && !matches!(location, Location::Set(_)) {
        is_open(&template, scope.credentials, &field.spot, report);
    }
    Some((Assignment { location, name: field.name.to_owned(), template, origin: field.spot.value() }, flow))
}

/// Reports a field that would send a secret or an equally sensitive value.
fn is_open(template: &Template, credentials: &[Credential], spot: &Spot, report: &mut Report) {
    let name = |index: usize| credentials.get(index).map_or("", |credential| credential.name.as_str());
    let finding = match template.secrecy {
        Secrecy::Open => return,
        Secrecy::Secret(index) => {
            let message = format!("this would send the secret `{}`", name(index));
            Diagnostic::new(Code::RecipeSecret, spot.value(), message)
                .help("only a digest of a secret together with something else may be sent")
                .help(format!(
                    "if the platform asks for the secret itself, let the recipe say so: `reveal: [{}]`",
                    name(index)
                ))
        }
        Secrecy::Key(index) => {
            let message = format!("this would send a digest of the secret `{}` alone", name(index));
            Diagnostic::new(Code::RecipeSecret, spot.value(), message)
                .help("such a digest is as sensitive as the secret: use it as a key only, or digest it together with something else")
        }
    };
    report.add(finding);
}

/// Reports names that are declared twice: credentials, clocks, nonces and steps share one namespace.
fn names_differ(merged: &Merged<'_>, shared: &Shared<'_>, report: &mut Report) {
    let declared = shared.credentials.iter().map(|known| (known.name.as_str(), &known.origin));
    let declared = declared.chain(shared.nonces.iter().map(|known| (known.name.as_str(), &known.origin)));
    let mut seen: Vec<(&str, Place)> = declared.map(|(name, origin)| (name, origin.clone())).collect();
    let clocks = merged.clocks.iter().map(|clock| (clock.name, &clock.spot));
    let own = clocks.chain(merged.lets.iter().map(|step| (step.name, &step.spot)));
    seen.extend(own.map(|(name, spot)| (name, spot.name())));
    for (index, (name, place)) in seen.iter().enumerate() {
        if let Some((_, first)) = seen.iter().take(index).find(|(known, _)| known == name) {
            let finding =
                Diagnostic::new(Code::RecipeName, place.clone(), format!("{} is declared twice", quoted(name)));
            report.add(finding.label(first.clone(), "first declared here"));
        }
    }
}

/// Marks everything that a request depends on, from its fields backwards.
fn mark_used(plan: &mut Plan) {
    let fields = plan.puts.iter().chain(&plan.places);
    let mut wanted: Vec<Source> = fields.flat_map(|field| field.template.sources()).cloned().collect();
    while let Some(source) = wanted.pop() {
        match source {
            Source::Clock(index) => plan.clocks.get_mut(index).into_iter().for_each(|clock| clock.used = true),
            Source::Nonce(index) => plan.nonces.get_mut(index).into_iter().for_each(|nonce| nonce.used = true),
            Source::Let(index) => {
                let Some(step) = plan.lets.get_mut(index).filter(|step| !step.used) else { continue };
                step.used = true;
                wanted.extend(step.step.templates().into_iter().flat_map(Template::sources).cloned());
            }
            _ => {}
        }
    }
}

/// Checks the rules about a whole plan.
pub(super) fn rules(plan: &Plan, report: &mut Report) {
    body_stays(plan, report);
    nothing_signs_itself(plan, report);
}

/// Reports fields that would change the body after it was read.
fn body_stays(plan: &Plan, report: &mut Report) {
    let steps =
        plan.lets.iter().flat_map(|step| step.step.templates().into_iter().map(|template| (template, &step.origin)));
    let puts = plan.puts.iter().map(|field| (&field.template, &field.origin));
    let Some((_, reader)) = puts.chain(steps).find(|(template, _)| steps::reads_body(template)) else { return };
    let in_body = |field: &&Assignment| matches!(field.location, Location::Form | Location::Json | Location::Xml);
    for field in plan.places.iter().filter(in_body) {
        let (name, location) = (&field.name, fields::word(field.location, &plan.sets));
        let message = format!("placing `{name}` in the {location} changes the body, which was already read");
        let finding = Diagnostic::new(Code::RecipeUnsettled, field.origin.clone(), message);
        report.add(finding.label(reader.clone(), "the body is read here"));
    }
}

/// Reports placed fields that are among the signed pairs: signing a request twice would then sign the signature.
fn nothing_signs_itself(plan: &Plan, report: &mut Report) {
    for step in &plan.lets {
        let Step::Pairs(pairs) = &step.step else { continue };
        for field in plan.places.iter().filter(|field| pairs.from.contains(&field.location)) {
            let covers = |pattern: &String| fields::covers(pattern, field.location, &field.name);
            let chosen = pairs.only.as_ref().is_none_or(|only| only.iter().any(covers));
            if chosen && !pairs.except.iter().any(covers) {
                let message = format!(
                    "`{}` is placed in the {} after signing, but it is also one of the signed pairs",
                    field.name,
                    fields::word(field.location, &plan.sets)
                );
                let finding = Diagnostic::new(Code::RecipeSignsItself, step.origin.clone(), message);
                let finding = finding.label(field.origin.clone(), "placed here");
                report.add(finding.help(format!("add `{}` to `except`", field.name)));
            }
        }
    }
}
