//! Determines what a signature covers. The tests generated from a vector alter exactly these parts.

use std::collections::BTreeSet;

use apograph_runtime::sign::is_blank;

use super::fields;
use super::scheme::{Assignment, ItemPiece, Location, PairsStep, Plan, RequestText, Source, Step, Template};
use super::vector::Vector;
use crate::recipe::Filter;

/// The parts that the signature of a vector covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The location of the signature.
    pub location: Location,
    /// The field name of the signature.
    pub field: String,
    /// The vector's own parameters and headers that are signed.
    pub values: BTreeSet<(Location, String)>,
    /// All other sources; steps are replaced by their own sources.
    pub sources: BTreeSet<Source>,
}

impl Reach {
    /// Whether the signature covers the clock.
    #[must_use]
    pub fn reads_clock(&self) -> bool {
        self.sources.iter().any(|source| matches!(source, Source::Clock(_)))
    }

    /// Whether the signature covers a body that is not a form.
    #[must_use]
    pub fn reads_body(&self, vector: &Vector) -> bool {
        self.sources.contains(&Source::Request(RequestText::Body)) && !vector.request.body().is_empty()
    }

    /// Whether the signature covers the order of the parameters.
    #[must_use]
    pub fn reads_order(&self, vector: &Vector) -> bool {
        self.reads_whole(Location::Query, vector) || self.reads_whole(Location::Form, vector)
    }

    /// Whether the signature covers a signature that is already in the request.
    #[must_use]
    pub fn reads_itself(&self, vector: &Vector) -> bool {
        self.reads_whole(self.location, vector)
    }

    fn reads_whole(&self, location: Location, vector: &Vector) -> bool {
        let reads = |text| self.sources.contains(&Source::Request(text));
        match location {
            Location::Query => reads(RequestText::Query) || reads(RequestText::PathQuery),
            Location::Form => reads(RequestText::Body) && vector.request.body().is_empty(),
            Location::Headers => false,
        }
    }
}

/// Returns what the signature of a vector covers. `None` if the plan places no digest.
#[must_use]
pub fn reach(plan: &Plan, vector: &Vector) -> Option<Reach> {
    let field = plan.places.iter().find(|field| is_digest(plan, &field.template))?;
    let mut walk = Walk { plan, vector, values: BTreeSet::new(), sources: BTreeSet::new() };
    walk.template(&field.template);
    let Walk { values, sources, .. } = walk;
    Some(Reach { location: field.location, field: field.name.clone(), values, sources })
}

pub(super) fn is_digest(plan: &Plan, template: &Template) -> bool {
    let filters = template.pieces.iter().flat_map(super::scheme::Piece::filters);
    let mut filters = filters.filter(|filter| matches!(filter, Filter::Digest(_)));
    filters.next().is_some()
        || template.sources().any(|source| match source {
            Source::Let(index) => plan.lets.get(*index).is_some_and(|step| match &step.step {
                Step::Hmac { .. } => true,
                Step::Pairs(_) => false,
                Step::Text(template) => is_digest(plan, template),
            }),
            _ => false,
        })
}

struct Walk<'a> {
    plan: &'a Plan,
    vector: &'a Vector,
    values: BTreeSet<(Location, String)>,
    sources: BTreeSet<Source>,
}

impl Walk<'_> {
    fn template(&mut self, template: &Template) {
        template.sources().for_each(|source| self.source(source));
    }

    fn source(&mut self, source: &Source) {
        if !self.sources.insert(source.clone()) {
            return;
        }
        match source {
            Source::Let(index) => {
                let Some(step) = self.plan.lets.get(*index) else { return };
                match &step.step {
                    Step::Pairs(pairs) => pairs.from.iter().for_each(|location| {
                        self.fields(*location, |name, value| is_chosen(pairs, *location, name, value));
                    }),
                    other => other.templates().into_iter().for_each(|template| self.template(template)),
                }
            }
            Source::Request(RequestText::Query | RequestText::PathQuery) => self.fields(Location::Query, |_, _| true),
            Source::Request(RequestText::Body) => self.fields(Location::Form, |_, _| true),
            Source::Header(header) => {
                self.fields(Location::Headers, |name, _| fields::covers(header, Location::Headers, name));
            }
            Source::Credential(_) | Source::Fact(_) | Source::Clock(_) | Source::Nonce(_) | Source::Request(_) => {}
        }
    }

    /// Returns the fields of a location: those that the plan puts there and the request's own.
    fn fields(&mut self, location: Location, is_chosen: impl Fn(&str, Option<&str>) -> bool) {
        let plan = self.plan;
        let puts: Vec<&Assignment> = plan.puts.iter().filter(|field| field.location == location).collect();
        for field in puts.iter().filter(|field| is_chosen(&field.name, None)) {
            self.template(&field.template);
        }
        let is_put = |name: &str| puts.iter().any(|field| fields::covers(&field.name, location, name));
        for (name, value) in self.vector.request.pairs(location) {
            if !is_put(name) && is_chosen(name, Some(value)) {
                self.values.insert((location, name.clone()));
            }
        }
    }
}

fn is_chosen(pairs: &PairsStep, location: Location, name: &str, value: Option<&str>) -> bool {
    let covers = |pattern: &String| fields::covers(pattern, location, name);
    let is_dropped = pairs.drop_empty && (is_blank(name) || value.is_some_and(is_blank));
    pairs.item.contains(&ItemPiece::Value)
        && !is_dropped
        && pairs.only.as_ref().is_none_or(|only| only.iter().any(covers))
        && !pairs.except.iter().any(covers)
}
