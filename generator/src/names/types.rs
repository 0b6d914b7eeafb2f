//! Names of nested types: objects and enums of one endpoint, which share its module.
//!
//! A type keeps the vendor's name in Rust case. If that is ambiguous, the name is prefixed by as many steps of its field
//! path as are needed, never by a counter, so that a name changes only when that path does.

use std::collections::{BTreeMap, BTreeSet};

use super::{Identifier, KeptName, KeptNames, KeptSide, reserved, useless, words};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Enum, EnumValue, Object, Side, SideName};
use crate::source::Place;

/// Names of one enum.
#[derive(Debug)]
pub struct EnumNames {
    /// The type.
    pub name: Identifier,
    /// Its documented variants, in their order.
    pub variants: Vec<Identifier>,
}

/// The variant for values that the page does not list.
const UNKNOWN: &str = "Unknown";

/// What a type of the response has behind its name where the request has a type of that name.
const IN_RESPONSE: &str = "InResponse";

/// Maximum number of rounds in which types of one name are told apart. A path has at most 31 steps, and only a few types of
/// an API are alike along all of it.
const MOST_ROUNDS: usize = 200;

/// The type names given out in one endpoint's module.
pub(super) struct TypeNames {
    endpoint: String,
    /// Names that are kept on either side: no other type gets one.
    kept: BTreeSet<String>,
    taken: BTreeSet<String>,
    on_request_side: BTreeSet<String>,
}

/// A nested type that waits for its name.
struct Unnamed<'a> {
    /// The vendor's name in Rust case; empty for unnamed types.
    base: String,
    path: &'a [String],
    wanted: Option<&'a (String, Place)>,
    kept: Option<&'a KeptName>,
    origin: &'a Place,
}

impl TypeNames {
    /// A scope in which only the endpoint's own two types and the kept types are taken.
    pub(super) fn new(request: &Identifier, response: &Identifier, kept: &KeptNames) -> Self {
        Self {
            endpoint: request.to_string(),
            kept: kept.request_side.types().chain(kept.response_side.types()).map(str::to_owned).collect(),
            taken: BTreeSet::from([request.to_string(), response.to_string()]),
            on_request_side: BTreeSet::new(),
        }
    }

    /// Names the objects and enums of one side; the request's must come first.
    pub(super) fn assign(
        &mut self,
        side: &Side,
        kept: &KeptSide,
        diagnostics: &mut Diagnostics,
    ) -> (Vec<Identifier>, Vec<EnumNames>) {
        let objects = side.objects.iter().enumerate();
        let objects = objects.map(|(index, object)| unnamed_object(object, kept.object(index)));
        let enums = side.enums.iter().enumerate().map(|(index, set)| unnamed_enum(set, kept.enumeration(index)));
        let unnamed: Vec<Unnamed<'_>> = objects.chain(enums).collect();
        let mut names = self.overrides(&unnamed, diagnostics);
        self.keep(&unnamed, &mut names, diagnostics);
        for members in groups(&unnamed, &names) {
            for (index, name) in self.group_names(&members, &unnamed, side.name) {
                let name =
                    Identifier::or_report(name, &unnamed[index].path.join("."), unnamed[index].origin, diagnostics);
                self.take(&name, &unnamed[index], diagnostics);
                names.insert(index, name);
            }
        }
        if side.name == SideName::Request {
            self.on_request_side.clone_from(&self.taken);
        }
        let mut names = names.into_values();
        let objects = names.by_ref().take(side.objects.len()).collect();
        let enums = names.zip(&side.enums).enumerate();
        let enums = enums.map(|(index, (name, set))| enum_names(name, set, kept.variants(index), diagnostics));
        (objects, enums.collect())
    }

    /// The names that fixes ask for: they are given first.
    fn overrides(&mut self, unnamed: &[Unnamed<'_>], diagnostics: &mut Diagnostics) -> BTreeMap<usize, Identifier> {
        let mut names = BTreeMap::new();
        for (index, entry) in unnamed.iter().enumerate() {
            let Some((wanted, place)) = entry.wanted else { continue };
            if *wanted == entry.candidate(0) {
                diagnostics.push(useless("the type", wanted, place, "rust_type", entry.kept));
            }
            if let Some(name) = checked_override(wanted, place, diagnostics) {
                self.take(&name, entry, diagnostics);
                names.insert(index, name);
            }
        }
        names
    }

    /// The names that are kept: they come after those that fixes ask for, before those that are made.
    fn keep(
        &mut self,
        unnamed: &[Unnamed<'_>],
        names: &mut BTreeMap<usize, Identifier>,
        diagnostics: &mut Diagnostics,
    ) {
        for (index, entry) in unnamed.iter().enumerate() {
            let Some(kept) = entry.kept.filter(|_| !names.contains_key(&index)) else { continue };
            if let Some(name) = checked_kept(kept, diagnostics) {
                self.take(&name, entry, diagnostics);
                names.insert(index, name);
            }
        }
    }

    fn take(&mut self, name: &Identifier, entry: &Unnamed<'_>, diagnostics: &mut Diagnostics) {
        if !self.taken.insert(name.to_string()) {
            let path = entry.path.join(".");
            diagnostics.push(
                Diagnostic::new(
                    Code::NameClash,
                    entry.origin.clone(),
                    format!("the type of `{path}` would be named `{name}`, like another type of this API"),
                )
                .help("give it a `rust_type` in the fix file"),
            );
        }
    }

    /// Names for the types that one base name stands for: one, or several of different shape.
    ///
    /// Each takes as many steps of its path as it needs to be free; those with most of their path left move first, so
    /// that short paths keep short names. Beyond the path there is the endpoint's name.
    fn group_names(&self, members: &[usize], unnamed: &[Unnamed<'_>], side: SideName) -> Vec<(usize, String)> {
        let entries: Vec<&Unnamed<'_>> = members.iter().map(|&index| &unnamed[index]).collect();
        let mut steps = vec![usize::from(entries.len() > 1); entries.len()];
        // A kept name may even begin with the endpoint's; then the side's name is added until the name is free.
        let beyond = self.kept.len();
        let named = entries.iter().zip(&steps).map(|(entry, &steps)| self.name_at(entry, steps, side));
        let mut names: Vec<String> = named.collect();
        for _ in 0..MOST_ROUNDS {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            names.iter().for_each(|name| *counts.entry(name).or_default() += 1);
            let is_free = |at: usize| {
                let name = names[at].as_str();
                !self.taken.contains(name) && !self.kept.contains(name) && counts.get(name) == Some(&1)
            };
            let left = |at: usize| (entries[at].path.len() + 1 + beyond).saturating_sub(steps[at]);
            let clashing: Vec<usize> = (0..names.len()).filter(|&at| !is_free(at)).collect();
            let most = clashing.iter().map(|&at| left(at)).max().unwrap_or(0);
            if most == 0 {
                break;
            }
            // Two that both took the endpoint's name would be no further apart.
            let movers = if most <= 1 + beyond { 1 } else { clashing.len() };
            let moving: Vec<usize> = clashing.into_iter().filter(|&at| left(at) == most).take(movers).collect();
            for at in moving {
                steps[at] += 1;
                names[at] = self.name_at(entries[at], steps[at], side);
            }
        }
        // Names that still clash are reported when they are taken.
        members.iter().copied().zip(names).collect()
    }

    /// The name with so many steps of its path, prefixed by the endpoint's where Rust or the emitter has it or no step
    /// is left, suffixed where the request has it.
    fn name_at(&self, entry: &Unnamed<'_>, steps: usize, side: SideName) -> String {
        let name = entry.candidate(steps);
        let prefixed = needs_prefix(&name) || steps > entry.path.len();
        let name = if prefixed { format!("{}{name}", self.endpoint) } else { name };
        let suffix = match side {
            SideName::Request => "InRequest",
            SideName::Response => IN_RESPONSE,
        };
        let name = name + &suffix.repeat(steps.saturating_sub(entry.path.len() + 1));
        let on_request_side = side == SideName::Response && self.on_request_side.contains(&name);
        if on_request_side { name + IN_RESPONSE } else { name }
    }
}

/// Whether a type cannot be called so on its own.
fn needs_prefix(name: &str) -> bool {
    reserved::is_taken_type(name) || name.starts_with(|c: char| c.is_ascii_digit())
}

impl Unnamed<'_> {
    /// The base name prefixed by the last `steps` steps of the field path; a type without a base has at least one.
    fn candidate(&self, steps: usize) -> String {
        let steps = if self.base.is_empty() { steps.max(1) } else { steps };
        let from = self.path.len().saturating_sub(steps);
        let prefix: String = self.path[from..].iter().map(|step| words::pascal(step)).collect();
        prefix + &self.base
    }
}

fn unnamed_object<'a>(object: &'a Object, kept: Option<&'a KeptName>) -> Unnamed<'a> {
    Unnamed {
        base: words::pascal(&object.vendor_name),
        path: &object.path,
        wanted: object.rust_type.as_ref(),
        kept,
        origin: object.origin.place(),
    }
}

fn unnamed_enum<'a>(set: &'a Enum, kept: Option<&'a KeptName>) -> Unnamed<'a> {
    Unnamed { base: String::new(), path: &set.path, wanted: set.rust_type.as_ref(), kept, origin: set.origin.place() }
}

/// Types that would share a name, in order of first use; those that have a name already are left out.
fn groups(unnamed: &[Unnamed<'_>], named: &BTreeMap<usize, Identifier>) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    for (index, entry) in unnamed.iter().enumerate().filter(|(index, _)| !named.contains_key(index)) {
        let group = *by_name.entry(entry.candidate(0)).or_insert(groups.len());
        match groups.get_mut(group) {
            Some(members) => members.push(index),
            None => groups.push(vec![index]),
        }
    }
    groups
}

/// A name that people wrote, if a type may be called so.
pub(super) fn checked_override(wanted: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<Identifier> {
    let name = Identifier::new(wanted).filter(|name| words::pascal(name.as_str()) == *wanted && !needs_prefix(wanted));
    if name.is_none() {
        diagnostics.push(
            Diagnostic::new(Code::UnusableName, place.clone(), format!("`{wanted}` cannot be the name of a type"))
                .help("a type name must be in PascalCase and must not be used by Rust or generated code"),
        );
    }
    name
}

/// A kept name, if a type may still be called so.
pub(super) fn checked_kept((name, place): &KeptName, diagnostics: &mut Diagnostics) -> Option<Identifier> {
    let usable = Identifier::new(name).filter(|_| !needs_prefix(name));
    if usable.is_none() {
        diagnostics.push(
            Diagnostic::new(Code::UnusableName, place.clone(), format!("`{name}` cannot be the name of a type"))
                .help("`apograph generate --unlock` gives the API new names"),
        );
    }
    usable
}

fn enum_names(name: Identifier, set: &Enum, kept: &[Option<String>], diagnostics: &mut Diagnostics) -> EnumNames {
    let mut variants: Vec<Identifier> = Vec::new();
    let mut given = BTreeSet::new();
    for (index, value) in set.values.iter().enumerate() {
        let kept = kept.get(index).and_then(Option::as_ref).and_then(|kept| Identifier::new(kept));
        let usable = kept.filter(|kept| kept.as_str() != UNKNOWN);
        let variant = usable.unwrap_or_else(|| variant_name(value, diagnostics));
        if !given.insert(variant.clone()) {
            diagnostics.push(Diagnostic::new(
                Code::NameClash,
                set.origin.place().clone(),
                format!("two values would both be named `{variant}`"),
            ));
        }
        variants.push(variant);
    }
    EnumNames { name, variants }
}

fn variant_name(value: &EnumValue, diagnostics: &mut Diagnostics) -> Identifier {
    let name = words::pascal(&value.name);
    let origin = value.origin.place();
    if name == UNKNOWN || name == "Self" {
        diagnostics.push(Diagnostic::new(
            Code::UnusableName,
            origin.clone(),
            format!("`{name}` cannot be the name of a value: it is reserved"),
        ));
    }
    Identifier::or_report(if name == "Self" { "Self_".to_owned() } else { name }, &value.name, origin, diagnostics)
}
