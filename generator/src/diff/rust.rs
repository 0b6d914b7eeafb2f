//! The generated Rust of one API, as far as a change can affect it: taken from the model and the table of names.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Endpoint, Family, Field, Item as Ty, Side};
use crate::names::{EndpointNames, FieldNames, Identifier, RustType, SideNames};
use crate::source::{Segment, SpecPath};

use super::verdict::Item;

/// One API of a revision, with its names.
#[derive(Clone)]
pub(super) struct Generated<'a> {
    pub(super) endpoint: &'a Endpoint,
    pub(super) names: &'a EndpointNames,
    /// The family, by whose Cargo features it is enabled.
    pub(super) family: &'a Family,
    /// Modules around its own, `acme::depot`.
    pub(super) above: String,
    /// Positions of the fields of request and response.
    positions: [Positions<'a>; 2],
}

/// Positions of fields by struct and wire name: of the first one, if a tombstone has the same wire name. The root struct
/// has no number.
type Positions<'a> = BTreeMap<(Option<usize>, &'a str), usize>;

fn positions(side: &Side) -> Positions<'_> {
    let objects = side.objects.iter().enumerate().map(|(id, object)| (Some(id), object.fields.as_slice()));
    let mut positions = Positions::new();
    for (owner, fields) in std::iter::once((None, side.root.as_slice())).chain(objects) {
        for (index, field) in fields.iter().enumerate() {
            positions.entry((owner, field.wire.as_str())).or_insert(index);
        }
    }
    positions
}

/// A field of the generated crate, with its model and its owner.
pub(super) struct Member<'a> {
    owner: &'a Identifier,
    name: &'a Identifier,
    field: &'a Field,
    side: &'a Side,
    names: &'a SideNames,
}

impl<'a> Generated<'a> {
    /// Creates the view of an API in a family with the modules `above`.
    pub(super) fn new(endpoint: &'a Endpoint, names: &'a EndpointNames, family: &'a Family, above: String) -> Self {
        let positions = [&endpoint.request, &endpoint.response].map(positions);
        Self { endpoint, names, family, above, positions }
    }

    /// Path of the module, without the crate.
    pub(super) fn module(&self) -> String {
        format!("{}::{}", self.above, self.names.module)
    }

    fn side(&self, key: &str) -> Option<(&'a Side, &'a SideNames, &'a Identifier)> {
        let (endpoint, names) = (self.endpoint, self.names);
        match key {
            "request" => Some((&endpoint.request, &names.request_side, &names.request)),
            "response" => Some((&endpoint.response, &names.response_side, &names.response)),
            _ => None,
        }
    }

    /// Whether callers find module, request and response of another one under the same names.
    pub(super) fn is_found_like(&self, other: &Self) -> bool {
        let names =
            |code: &Self| [&code.names.module, &code.names.request, &code.names.response].map(ToString::to_string);
        self.above == other.above && names(self) == names(other)
    }

    /// Whether a side has a variant, `Gender::Female`.
    pub(super) fn has_variant(&self, side: &str, path: &str) -> bool {
        let enums = self.side(side).map(|(_, names, _)| names.enums.as_slice()).unwrap_or_default();
        path.split_once("::").is_some_and(|(owner, name)| {
            let sets = enums.iter().filter(|set| set.name.as_str() == owner);
            sets.flat_map(|set| &set.variants).any(|variant| variant.as_str() == name)
        })
    }

    /// Returns whether callers find a field of that owner, name and type.
    pub(super) fn has_item(&self, item: &Item) -> bool {
        let sides = ["request", "response"].into_iter().filter_map(|key| self.side(key));
        // Types are written out only for the few members with the right names.
        let mut owners = sides.flat_map(Level::all).filter(|level| *level.owner == item.owner);
        owners.any(|level| level.members().any(|member| *member.name == item.name && member.item() == *item))
    }

    /// The field that a path leads to, or to a fact of which it leads.
    pub(super) fn member(&self, path: &SpecPath) -> Option<Member<'a>> {
        let mut steps = path.segments().into_iter().filter_map(|segment| match segment {
            Segment::Key(key) => Some(key.as_str()),
            Segment::Index(_) => None,
        });
        let key = steps.next()?;
        let (side, names, mut owner) = self.side(key)?;
        let [request, response] = &self.positions;
        let positions = if key == "request" { request } else { response };
        let (mut fields, mut field_names): (&[Field], &FieldNames) = (&side.root, &names.root);
        let mut object_id = None;
        let mut found = None;
        while let Some(wire) = steps.next() {
            let index = *positions.get(&(object_id, wire))?;
            let (field, name) = fields.get(index).zip(field_names.0.get(index))?;
            found = Some(Member { owner, name, field, side, names });
            // A field's name is followed by one of its facts, or by `fields` and another name.
            if steps.next() != Some("fields") {
                break;
            }
            let Ty::Object(id) = field.item else { break };
            let Some((object, (object_name, member_names))) = side.objects.get(id.0).zip(names.objects.get(id.0))
            else {
                break;
            };
            (fields, field_names, owner, object_id) = (&object.fields, member_names, object_name, Some(id.0));
        }
        found
    }
}

impl Member<'_> {
    /// The item, for verdicts.
    pub(super) fn item(&self) -> Item {
        Item { owner: self.owner.clone(), name: self.name.clone(), ty: self.ty().cloned() }
    }

    fn ty(&self) -> RustType<&Identifier> {
        self.names.rust_type(self.field)
    }

    /// The variant of a documented value, `Gender::Female`.
    pub(super) fn variant(&self, wire: &str) -> Option<String> {
        let Ty::Enum(id) = self.field.item else { return None };
        let (set, names) = self.side.enums.get(id.0).zip(self.names.enums.get(id.0))?;
        let (_, variant) = set.values.iter().zip(&names.variants).find(|(value, _)| value.wire == wire)?;
        Some(format!("{}::{variant}", names.name))
    }
}

/// A field in both revisions whose Rust type differs.
pub(super) struct Retyped {
    pub(super) path: SpecPath,
    pub(super) old: RustType<Identifier>,
    pub(super) new: RustType<Identifier>,
}

/// Returns the fields that are in the same place in both revisions and have another Rust type.
pub(super) fn retyped(old: &Generated<'_>, new: &Generated<'_>) -> Vec<Retyped> {
    let mut found = Vec::new();
    for key in ["request", "response"] {
        let (Some(old), Some(new)) = (old.side(key), new.side(key)) else { continue };
        let mut walk = Walk { around: Vec::new(), same: BTreeSet::new(), found: &mut found };
        walk.level(&SpecPath::root().key(key), &Level::root(old), &Level::root(new));
    }
    found
}

/// Maximum number of fields that are reported as retyped because of a change elsewhere.
const MOST_RETYPED: usize = 10_000;

/// The fields of one struct.
#[derive(Copy, Clone)]
struct Level<'a> {
    side: &'a Side,
    side_names: &'a SideNames,
    owner: &'a Identifier,
    fields: &'a [Field],
    names: &'a FieldNames,
}

impl<'a> Level<'a> {
    fn root((side, side_names, owner): (&'a Side, &'a SideNames, &'a Identifier)) -> Self {
        Self { side, side_names, owner, fields: &side.root, names: &side_names.root }
    }

    /// The fields of every struct of a side.
    fn all(side: (&'a Side, &'a SideNames, &'a Identifier)) -> impl Iterator<Item = Self> {
        let root = Self::root(side);
        let objects = root.side.objects.iter().zip(&root.side_names.objects);
        let nested = objects.map(move |(object, (owner, names))| Self { owner, fields: &object.fields, names, ..root });
        std::iter::once(root).chain(nested)
    }

    fn inside(&self, field: &Field) -> Option<(usize, Self)> {
        let Ty::Object(id) = field.item else { return None };
        let object = self.side.objects.get(id.0)?;
        let (owner, names) = self.side_names.objects.get(id.0)?;
        Some((id.0, Self { owner, fields: &object.fields, names, ..*self }))
    }

    /// The fields by wire name, in their order. A wire name can belong to a tombstone, too.
    fn by_wire(&self) -> BTreeMap<&'a str, Vec<Member<'a>>> {
        let mut members: BTreeMap<&str, Vec<Member<'_>>> = BTreeMap::new();
        self.members().for_each(|member| members.entry(&member.field.wire).or_default().push(member));
        members
    }

    fn members(&self) -> impl Iterator<Item = Member<'a>> {
        let (side, names, owner) = (self.side, self.side_names, self.owner);
        let fields = self.fields.iter().zip(&self.names.0);
        fields.map(move |(field, name)| Member { owner, name, field, side, names })
    }
}

/// The field that another revision has as `member`.
fn same_field<'m, 'a>(members: &'m BTreeMap<&'a str, Vec<Member<'a>>>, member: &Member<'_>) -> Option<&'m Member<'a>> {
    let same_wire = members.get(member.field.wire.as_str())?;
    let same_name = same_wire.iter().find(|before| before.name == member.name);
    same_name.or_else(|| same_wire.iter().find(|before| !before.field.origin.is_lock()))
}

struct Walk<'w> {
    /// Objects around the level, of both revisions: types may hold themselves.
    around: Vec<[usize; 2]>,
    /// Pairs of objects with nothing to report inside them. Types that share types have many more paths than types.
    same: BTreeSet<[usize; 2]>,
    found: &'w mut Vec<Retyped>,
}

impl Walk<'_> {
    fn level(&mut self, at: &SpecPath, old: &Level<'_>, new: &Level<'_>) {
        let before = old.by_wire();
        for member in new.members() {
            let Some(before) = same_field(&before, &member) else { continue };
            let path = at.key(&member.field.wire);
            let (was, is) = (before.ty(), member.ty());
            if was != is {
                self.found.push(Retyped { path: path.clone(), old: was.cloned(), new: is.cloned() });
            }
            let insides = old.inside(before.field).zip(new.inside(member.field));
            let Some(((from, old), (to, new))) = insides else { continue };
            let pair = [from, to];
            if self.found.len() < MOST_RETYPED && !self.same.contains(&pair) && !self.around.contains(&pair) {
                let found = self.found.len();
                self.around.push(pair);
                self.level(&path.key("fields"), &old, &new);
                self.around.pop();
                if self.found.len() == found {
                    self.same.insert(pair);
                }
            }
        }
    }
}
