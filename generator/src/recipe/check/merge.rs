//! Merges a variant over the scheme's own sections by name. A replaced entry keeps its position.

use super::report::Spot;
use crate::spec::Entries;
use crate::spec::recipe::{ClockSpec, SchemeSpec, StepSpec, VariantSpec};

/// The sections of one variant, merged.
pub(super) struct Merged<'a> {
    pub(super) clocks: Vec<Named<'a, ClockSpec>>,
    pub(super) puts: Vec<RawField<'a>>,
    pub(super) lets: Vec<Named<'a, StepSpec>>,
    pub(super) places: Vec<RawField<'a>>,
}

/// A named entry and its place in the file.
pub(super) struct Named<'a, T> {
    pub(super) name: &'a str,
    pub(super) spec: &'a T,
    pub(super) spot: Spot,
}

/// A field to set and its place in the file.
pub(super) struct RawField<'a> {
    pub(super) location: &'a str,
    pub(super) location_spot: Spot,
    pub(super) name: &'a str,
    pub(super) template: &'a str,
    pub(super) spot: Spot,
}

/// Merges the scheme's own sections with those of a variant, if there is one.
pub(super) fn merge<'a>(spec: &'a SchemeSpec, spot: &Spot, variant: Option<(&'a VariantSpec, &Spot)>) -> Merged<'a> {
    let mut merged = Merged {
        clocks: named(&spec.clock, &spot.key("clock")),
        puts: fields(&spec.put, &spot.key("put")),
        lets: named(&spec.lets, &spot.key("let")),
        places: fields(&spec.place, &spot.key("place")),
    };
    if let Some((variant, spot)) = variant {
        let same_name = |a: &Named<'_, _>, b: &Named<'_, _>| a.name == b.name;
        over(&mut merged.clocks, named(&variant.clock, &spot.key("clock")), same_name);
        let same_step = |a: &Named<'_, _>, b: &Named<'_, _>| a.name == b.name;
        over(&mut merged.lets, named(&variant.lets, &spot.key("let")), same_step);
        let same_field = |a: &RawField<'_>, b: &RawField<'_>| (a.location, a.name) == (b.location, b.name);
        over(&mut merged.puts, fields(&variant.put, &spot.key("put")), same_field);
        over(&mut merged.places, fields(&variant.place, &spot.key("place")), same_field);
    }
    merged
}

fn over<T>(base: &mut Vec<T>, variant: Vec<T>, same: impl Fn(&T, &T) -> bool) {
    for entry in variant {
        match base.iter_mut().find(|known| same(known, &entry)) {
            Some(known) => *known = entry,
            None => base.push(entry),
        }
    }
}

fn named<'a, T>(entries: &'a Entries<T>, spot: &Spot) -> Vec<Named<'a, T>> {
    entries.iter().map(|(name, spec)| Named { name, spec, spot: spot.key(name) }).collect()
}

fn fields<'a>(entries: &'a Entries<Entries<String>>, spot: &Spot) -> Vec<RawField<'a>> {
    let mut fields = Vec::new();
    for (location, templates) in entries.iter() {
        let location_spot = spot.key(location);
        for (name, template) in templates.iter() {
            let spot = location_spot.key(name);
            fields.push(RawField { location, location_spot: location_spot.clone(), name, template, spot });
        }
    }
    fields
}
