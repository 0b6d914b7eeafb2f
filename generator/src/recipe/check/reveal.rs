//! Checks the secrets that a recipe reveals: all that are sent as they are must be listed, and no others.

use std::collections::BTreeSet;

use super::report::{Report, Spot};
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::recipe::Filter;
use crate::recipe::scheme::{
    Assignment, CredentialKind, Location, PairsStep, Piece, Plan, Scheme, Source, Step, Template,
};
use crate::spec::recipe::SchemeSpec;

/// Reports secrets that are sent beside a revealed one, and names under `reveal` that have no effect.
pub(super) fn check(scheme: &Scheme, spec: &SchemeSpec, spot: &Spot, report: &mut Report) {
    if spec.reveal.is_empty() {
        return;
    }
    let mut all_sent = BTreeSet::new();
    for (_, plan) in scheme.plans() {
        for field in plan.puts.iter().chain(&plan.places).filter(|field| !matches!(field.location, Location::Set(_))) {
            let mut sent = BTreeSet::new();
            Sent { scheme, plan, found: &mut sent }.template(&field.template);
            hidden_ones(scheme, spec, field, &sent, report);
            all_sent.extend(sent);
        }
    }
    for (index, name) in spec.reveal.iter().enumerate() {
        let known = scheme.credentials.iter().position(|known| known.name == *name);
        if known.is_some_and(|known| !all_sent.contains(&known)) {
            let place = spot.key("reveal").index(index).value();
            let message = format!("nothing that is sent contains {}", quoted(name));
            report.add(Diagnostic::new(Code::RecipeUnused, place, message).help("remove it from `reveal`"));
        }
    }
}

/// Reports secrets in a field that are not revealed, although another one is. Fields without a revealed secret were checked
/// when they were resolved.
fn hidden_ones(scheme: &Scheme, spec: &SchemeSpec, field: &Assignment, sent: &BTreeSet<usize>, report: &mut Report) {
    let is_revealed =
        |index: &usize| scheme.credentials.get(*index).is_some_and(|known| spec.reveal.contains(&known.name));
    if !field.template.secrecy.secret().is_some_and(|index| is_revealed(&index)) {
        return;
    }
    for secret in sent.iter().filter(|index| !is_revealed(index)).filter_map(|index| scheme.credentials.get(*index)) {
        if secret.kind == CredentialKind::Secret {
            let message = format!("this would send the secret `{}`, too", secret.name);
            let finding = Diagnostic::new(Code::RecipeSecret, field.origin.clone(), message);
            report.add(finding.help(format!("add it to `reveal` if the platform asks for it: `{}`", secret.name)));
        }
    }
}

/// Collects the secrets and tokens that a value contains as they are, or as a digest of nothing else.
struct Sent<'a> {
    scheme: &'a Scheme,
    plan: &'a Plan,
    found: &'a mut BTreeSet<usize>,
}

impl Sent<'_> {
    fn template(&mut self, template: &Template) {
        for piece in &template.pieces {
            let Piece::Value { source, filters, mask } = piece else { continue };
            // A digest of secrets alone has a mask.
            let is_digested = mask.is_none() && filters.iter().any(|filter| matches!(filter, Filter::Digest(_)));
            match source {
                _ if is_digested => {}
                Source::Credential(index) => {
                    let known = self.scheme.credentials.get(*index);
                    let is_confidential =
                        known.is_some_and(|known| matches!(known.kind, CredentialKind::Secret | CredentialKind::Token));
                    self.found.extend(is_confidential.then_some(*index));
                }
                Source::Let(index) => self.step(*index),
                _ => {}
            }
        }
    }

    fn step(&mut self, index: usize) {
        let plan = self.plan;
        let Some(step) = plan.lets.get(index) else { return };
        match &step.step {
            Step::Text(template) => self.template(template),
            Step::Join(join) => join.parts.iter().for_each(|part| self.template(part)),
            Step::Pairs(pairs) => self.pairs(pairs),
            Step::Hmac { key, over, .. } if step.secrecy.is_closed() => {
                [key, over].into_iter().for_each(|part| self.template(part))
            }
            Step::Hmac { .. } | Step::PkSign { .. } => {}
        }
    }

    fn pairs(&mut self, pairs: &PairsStep) {
        let plan = self.plan;
        let puts = plan.puts.iter().filter(|field| pairs.from.contains(&field.location));
        puts.for_each(|field| self.template(&field.template));
    }
}
