//! Conservation: every row of the specs is in the model, in the place where it was written, and the model has nothing else.
//!
//! A field that got lost between spec and crate would be missing in production without a word. Rows are counted by a walk
//! of its own over specs and model, after the lock has been applied, so a defect in any pass up to there stops the run;
//! `emit` compares the model with the emitted text.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Counts, Endpoint, Field, Item, Model, ObjectId, Side};
use crate::source::{Place, SpecPath};
use crate::spec::{EndpointSpecs, Entries, FieldSpec, Specs};

use super::envelope::Opened;

/// Compares the rows of the specs with the fields of the model, which has the names and types of the lock already. Counts
/// both, by platform and API.
pub fn check(specs: &Specs, model: &Model, diagnostics: &mut Diagnostics) -> BTreeMap<(String, String), Counts> {
    let mut counts = BTreeMap::new();
    for (specs, platform) in specs.platforms.iter().zip(&model.platforms) {
        let endpoints = platform.families.iter().flat_map(|family| &family.endpoints);
        let endpoints = endpoints.filter(|endpoint| !endpoint.origin.is_lock());
        let by_api: BTreeMap<&str, &Endpoint> = endpoints.map(|endpoint| (endpoint.api.as_str(), endpoint)).collect();
        let words = &specs.spec.values.types;
        for spec in &specs.endpoints {
            let api = &spec.spec.api;
            let counted = match by_api.get(api.as_str()) {
                Some(endpoint) => count(spec, endpoint, &Opened::of(&spec.spec, &platform.protocol, words)),
                None => Err(format!("the API `{api}` is missing from the model")),
            };
            match counted {
                Ok(counted) => drop(counts.insert((specs.name.clone(), api.clone()), counted)),
                Err(lost) => diagnostics.push(not_conserved(lost, Place::file(spec.file))),
            }
        }
    }
    counts
}

/// The finding for something that was lost, or came from nowhere.
pub fn not_conserved(lost: String, place: Place) -> Diagnostic {
    let message = format!("{lost}: this is a bug in apograph");
    Diagnostic::new(Code::NotConserved, place, message).help("please report it with this spec")
}

/// Counts an API, or says what of it is not conserved.
fn count(spec: &EndpointSpecs, endpoint: &Endpoint, opened: &Opened<'_>) -> Result<Counts, String> {
    let mut sent = Walk::new(&endpoint.request);
    sent.rows(&spec.spec.request, &SpecPath::root().key("request"), None, &[])?;
    let mut received = Walk::new(&endpoint.response);
    for level in &opened.above {
        let all: Vec<&str> = level.rows.names().collect();
        received.left_out(level.rows, &level.path, &all)?;
    }
    let level = &opened.level;
    received.rows(level.rows, &level.path, None, &opened.members)?;
    let (sent, received) = (sent.finish()?, received.finish()?);
    Ok(Counts { apis: 1, ..[sent, received].into_iter().sum() })
}

/// A walk along the rows of one side.
struct Walk<'a> {
    side: &'a Side,
    rows: usize,
    /// The fields that rows led to, by their owners: the side itself, or one of its objects.
    reached: BTreeSet<(Option<ObjectId>, &'a str)>,
}

impl<'a> Walk<'a> {
    fn new(side: &'a Side) -> Self {
        Self { side, rows: 0, reached: BTreeSet::new() }
    }

    /// Follows rows to the fields of `owner`. Those that are `left_out`, and members of values that have none in Rust, are
    /// outside of the types.
    fn rows(
        &mut self,
        specs: &Entries<FieldSpec>,
        path: &SpecPath,
        owner: Option<ObjectId>,
        left_out: &[&str],
    ) -> Result<(), String> {
        let side = self.side;
        let fields = owner.map_or(&side.root, |id| &side.object(id).fields);
        // A tombstone may have the same name.
        let known = fields.iter().filter(|field| !field.origin.is_lock());
        let by_wire: BTreeMap<&str, &Field> = known.map(|field| (field.wire.as_str(), field)).collect();
        self.left_out(specs, path, left_out)?;
        for (wire, spec) in specs.iter().filter(|(wire, _)| !left_out.contains(wire)) {
            let Some(field) = by_wire.get(wire) else { return Err(missing(wire)) };
            self.rows += 1;
            self.reached.insert((owner, &field.wire));
            let below = path.key(wire).key("fields");
            match (field.item, side.outside.get(&below)) {
                _ if spec.fields.is_empty() => {}
                (Item::Object(id), _) => self.rows(&spec.fields, &below, Some(id), &[])?,
                (_, Some(outside)) => self.outside(&spec.fields, &below, outside)?,
                (_, None) => return Err(missing(wire)),
            }
        }
        Ok(())
    }

    /// Looks for the rows that belong to no type, without those below them, which have a level of their own.
    fn left_out(&mut self, specs: &Entries<FieldSpec>, path: &SpecPath, wires: &[&str]) -> Result<(), String> {
        let outside = self.side.outside.get(path).map(|outside| outside.root.as_slice()).unwrap_or_default();
        for (wire, _) in specs.iter().filter(|(wire, _)| wires.contains(wire)) {
            self.rows += 1;
            if !outside.iter().any(|field| field.wire == wire) {
                return Err(missing(wire));
            }
        }
        Ok(())
    }

    /// Follows the members of a value that has none in Rust.
    fn outside(&mut self, specs: &Entries<FieldSpec>, path: &SpecPath, outside: &'a Side) -> Result<(), String> {
        let mut walk = Walk::new(outside);
        walk.rows(specs, path, None, &[])?;
        self.rows += walk.rows;
        Ok(())
    }

    /// Counts the types and fields that the pages have, each of which a row must have led to.
    fn finish(self) -> Result<Counts, String> {
        let objects = self.side.objects.iter().enumerate();
        let owners = objects.map(|(index, object)| (Some(ObjectId(index)), &object.fields));
        let owners = owners.chain([(None, &self.side.root)]);
        let fields = owners.flat_map(|(owner, fields)| fields.iter().map(move |field| (owner, field)));
        for (owner, field) in fields.filter(|(_, field)| !field.origin.is_lock()) {
            if !self.reached.contains(&(owner, &field.wire)) {
                return Err(format!("the field `{}` is in the model, and in no row of the page", field.wire));
            }
        }
        let nodes = self.side.objects.iter().map(|object| &object.origin);
        let nodes = nodes.chain(self.side.enums.iter().map(|set| &set.origin));
        let types = 1 + nodes.filter(|origin| !origin.is_lock()).count();
        Ok(Counts { apis: 0, rows: self.rows, types, fields: self.reached.len() })
    }
}

fn missing(wire: &str) -> String {
    format!("the field `{wire}` is missing from the model")
}
