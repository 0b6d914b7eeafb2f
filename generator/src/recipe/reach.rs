//! Determines what a signature covers. The tests generated from a vector alter exactly these parts.

use std::collections::BTreeSet;

use apograph_runtime::sign::is_blank;

use super::fields;
use super::scheme::{Assignment, Location, PairOrder, PairsStep, Plan, RequestText, Source, Step, Template};
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
    /// Locations whose pairs are signed in the order of the request.
    pub ordered: BTreeSet<Location>,
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
        [Location::Query, Location::Form]
            .into_iter()
            .any(|location| self.ordered.contains(&location) || self.reads_whole(location, vector))
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
            Location::Json | Location::Xml => reads(RequestText::Body),
            Location::Path => [RequestText::Path, RequestText::PathQuery, RequestText::Url, RequestText::ApiPath]
                .into_iter()
                .any(reads),
            Location::Headers | Location::Set(_) => false,
        }
    }
}

/// Returns what the signature of a vector covers. `None` if the plan places no digest.
#[must_use]
pub fn reach(plan: &Plan, vector: &Vector) -> Option<Reach> {
    let field = plan.places.iter().find(|field| is_digest(plan, &field.template))?;
    let (values, sources, ordered) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut walk = Walk { plan, vector, values, sources, ordered };
    walk.template(&field.template);
    let Walk { values, sources, ordered, .. } = walk;
    Some(Reach { location: field.location, field: field.name.clone(), values, sources, ordered })
}

pub(super) fn is_digest(plan: &Plan, template: &Template) -> bool {
    let filters = template.pieces.iter().flat_map(super::scheme::Piece::filters);
    let mut filters = filters.filter(|filter| matches!(filter, Filter::Digest(_)));
    filters.next().is_some()
        || template.sources().any(|source| match source {
            Source::Let(index) => plan.lets.get(*index).is_some_and(|step| match &step.step {
                Step::Hmac { .. } | Step::PkSign { .. } => true,
                Step::Pairs(_) => false,
                Step::Text(template) => is_digest(plan, template),
                Step::Join(join) => join.parts.iter().any(|part| is_digest(plan, part)),
            }),
            _ => false,
        })
}

struct Walk<'a> {
    plan: &'a Plan,
    vector: &'a Vector,
    values: BTreeSet<(Location, String)>,
    sources: BTreeSet<Source>,
    ordered: BTreeSet<Location>,
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
                    Step::Pairs(pairs) => self.pairs(pairs),
                    other => {
                        self.sources.extend(other.key().map(Source::Credential));
                        other.templates().into_iter().for_each(|template| self.template(template));
                    }
                }
            }
            Source::Request(RequestText::Query | RequestText::PathQuery) => self.fields(Location::Query, |_, _| true),
            Source::Request(RequestText::Body) => self.fields(Location::Form, |_, _| true),
            Source::Header(header) | Source::OptionalHeader(header) => {
                self.fields(Location::Headers, |name, _| fields::covers(header, Location::Headers, name));
            }
            Source::Credential(_) | Source::Fact(_) | Source::Clock(_) | Source::Nonce(_) | Source::Request(_) => {}
        }
    }

    fn pairs(&mut self, pairs: &PairsStep) {
        if pairs.order == PairOrder::None || pairs.merge.is_some() {
            self.ordered.extend(&pairs.from);
        }
        for &location in &pairs.from {
            self.fields(location, |name, value| is_chosen(pairs, location, name, value));
            if location == Location::Headers && is_chosen(pairs, location, "Host", None) {
                self.sources.insert(Source::Request(RequestText::Host));
            }
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
        for (name, value) in self.vector.request.all(location) {
            if !is_put(&name) && is_chosen(&name, Some(&value)) {
                self.values.insert((location, name.into_owned()));
            }
        }
    }
}

fn is_chosen(pairs: &PairsStep, location: Location, name: &str, value: Option<&str>) -> bool {
    let covers = |pattern: &String| fields::covers(pattern, location, name);
    let is_dropped = pairs.drop_empty && (is_blank(name) || value.is_some_and(is_blank));
    pairs.reads_values()
        && !is_dropped
        && pairs.only.as_ref().is_none_or(|only| only.iter().any(covers))
        && !pairs.except.iter().any(covers)
}
