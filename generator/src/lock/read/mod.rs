//! Parses the text of a lock. A line that cannot be parsed stops the run, because the names that it keeps would be lost.

mod holds;
mod line;
mod modules;
mod part;

use std::collections::{BTreeMap, BTreeSet};

pub use self::modules::{LockedModule, modules};
pub use self::part::entries_of;

use self::holds::Held;
use self::line::Line;
use super::types::VALUES;
use super::types::{LockedApi, LockedEnum, LockedField, LockedItem, LockedObject, LockedSide, LockedValue};
use super::write::VERSION;
use super::{Lock, LockedApis};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Arity;
use crate::names::reserved::{is_keyword, is_taken_module};
use crate::names::{Identifier, KeptName};
use crate::source::characters::{BadCharacter, bad_characters};
use crate::source::{FileId, Place, Position, Sources};
use crate::terms::{EnumWire, is_folder_name};

/// Maximum number of findings. A file with more is not a lock, or a merge went wrong.
const MOST_FINDINGS: usize = 10;

/// Maximum number of lines of an API. The largest API has 629 fields, each of which takes a line, and removed fields stay.
const MOST_LINES: usize = 20_000;

/// What Git writes around the two sides of a conflict.
const MERGE_MARKS: [&str; 3] = ["<<<<<<<", "=======", ">>>>>>>"];

/// Parses a lock and reports the problems in it.
pub fn read(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> Lock {
    read_some(file, &|_, _| true, sources, diagnostics)
}

/// Parses the entries that `wanted` accepts by platform and API. Problems in the others are not found.
pub(crate) fn read_some(
    file: FileId,
    wanted: &dyn Fn(&str, &str) -> bool,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Lock {
    let (platforms, found) = (BTreeMap::new(), Vec::new());
    let mut reader = Reader { file, wanted, platforms, api: None, passes_over: false, diagnostics: found };
    let text = sources.text(file);
    let bad: Vec<Diagnostic> = bad_characters(text).take(MOST_FINDINGS).map(|bad| bad_character(file, bad)).collect();
    if !bad.is_empty() {
        diagnostics.extend(bad);
        return Lock::default();
    }
    let mut lines = line::lines(text).peekable();
    match lines.next_if(|line| line.text == VERSION) {
        Some(_) => lines.for_each(|line| reader.line(&line)),
        None => {
            let place = lines.peek().map_or_else(|| Place::file(file), |line| Place::bytes(file, line.bytes()));
            let message = format!("expected `{VERSION}`, the version of the lock format that this apograph supports");
            reader.diagnostics.push(Diagnostic::new(Code::BadLock, place, message));
        }
    }
    reader.end_api();
    diagnostics.extend(reader.diagnostics.into_iter().take(MOST_FINDINGS));
    Lock { platforms: reader.platforms }
}

fn bad_character(file: FileId, bad: BadCharacter) -> Diagnostic {
    let message = bad.message();
    Diagnostic::new(Code::BadLock, Place::bytes(file, bad.span), message)
}

/// Whether a text begins like a lock, whatever follows.
#[must_use]
pub fn is_lock(text: &str) -> bool {
    line::lines(text).next().is_some_and(|line| line.text == VERSION)
}

/// The byte range and message of a finding.
type Wrong = (std::ops::Range<usize>, String);

struct Reader<'a> {
    file: FileId,
    wanted: &'a dyn Fn(&str, &str) -> bool,
    platforms: BTreeMap<String, LockedApis>,
    api: Option<Draft>,
    /// Whether the lines are of an API that is not wanted.
    passes_over: bool,
    diagnostics: Vec<Diagnostic>,
}

/// The API whose lines are being read.
struct Draft {
    platform: String,
    api: String,
    /// The Cargo features that enable the family.
    features: BTreeSet<String>,
    /// The family's module and the API's own.
    module: Option<(String, KeptName)>,
    sides: [DraftSide; 2],
    /// The type that the next fields or values belong to: its side and kind.
    open: Option<(usize, Kind)>,
    /// Wire names that another field or value of that type cannot have.
    taken: BTreeSet<String>,
    /// Number of lines so far.
    lines: usize,
    removed: bool,
    origin: Place,
}

#[derive(Default)]
struct DraftSide {
    side: LockedSide,
    has_root: bool,
    /// Fields whose type is a name: object, field, name and byte range.
    mentions: Vec<(usize, usize, String, std::ops::Range<usize>)>,
    /// The fields that hold another struct without a box, by object.
    holds: BTreeMap<usize, Vec<Held>>,
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum Kind {
    Struct,
    Enum,
}

const SIDES: [&str; 2] = ["request", "response"];

impl Reader<'_> {
    fn line(&mut self, line: &Line<'_>) {
        if self.diagnostics.len() >= MOST_FINDINGS {
            return;
        }
        if MERGE_MARKS.iter().any(|mark| line.text.starts_with(mark)) {
            let place = Place::bytes(self.file, line.bytes());
            let help = "keep the lines of both sides in any order: `apograph generate` sorts them";
            self.diagnostics.push(Diagnostic::new(Code::BadLock, place, "unresolved merge conflict").help(help));
            return;
        }
        if line.level != Some(0) && self.passes_over {
            return;
        }
        if line.level != Some(0)
            && let Some(draft) = &mut self.api
        {
            draft.lines += 1;
            match draft.lines.checked_sub(MOST_LINES) {
                None | Some(0) => {}
                Some(1) => {
                    let message = format!("`{}` has more than {MOST_LINES} lines", draft.api);
                    let place = Place::bytes(self.file, line.bytes());
                    self.diagnostics.push(Diagnostic::new(Code::TooLarge, place, message));
                    return;
                }
                Some(_) => return,
            }
        }
        let read = match (line.level, &mut self.api) {
            (Some(0), _) => {
                self.end_api();
                let started = Draft::start(line, self.file);
                self.passes_over = started.as_ref().is_ok_and(|draft| !(self.wanted)(&draft.platform, &draft.api));
                started.map(|draft| self.api = (!self.passes_over).then_some(draft))
            }
            (Some(1), Some(draft)) => draft.entry(line, self.file),
            (Some(2), Some(draft)) => draft.member(line, self.file),
            _ => Err((line.bytes(), "unexpected line".to_owned())),
        };
        if let Err(wrong) = read {
            self.report(wrong);
        }
    }

    fn report(&mut self, (bytes, message): Wrong) {
        let place = Place::bytes(self.file, bytes);
        self.diagnostics.push(Diagnostic::new(Code::BadLock, place, message));
    }

    fn end_api(&mut self) {
        // An API with too many lines has been reported.
        let Some(draft) = self.api.take().filter(|draft| draft.lines <= MOST_LINES) else { return };
        let (platform, api, origin) = (draft.platform.clone(), draft.api.clone(), draft.origin.clone());
        let known = self.platforms.entry(platform).or_default();
        if known.contains_key(&api) {
            let message = format!("duplicate API `{api}`");
            self.diagnostics.push(Diagnostic::new(Code::BadLock, origin, message));
            return;
        }
        match draft.finish() {
            Ok(locked) => {
                known.insert(api, locked);
            }
            Err(Some(wrong)) => self.report(wrong),
            Err(None) => {
                let message = format!("`{api}` needs a feature, module, request and response");
                self.diagnostics.push(Diagnostic::new(Code::BadLock, origin, message));
            }
        }
    }
}

impl Draft {
    /// `top alibaba.alsc.crm.open.customer.save [removed]`
    fn start(line: &Line<'_>, file: FileId) -> Result<Self, Wrong> {
        let mut words = line.words()?;
        let (platform, bytes) = words.plain_at("the name of a platform")?;
        if !platform.starts_with(|c: char| c.is_ascii_lowercase()) {
            return Err((bytes, format!("`{platform}` is not a valid platform name")));
        }
        let api = words.plain("the name of an API")?;
        let removed = words.removed();
        words.end()?;
        Ok(Self {
            platform,
            api,
            features: BTreeSet::new(),
            module: None,
            sides: Default::default(),
            open: None,
            taken: BTreeSet::new(),
            lines: 0,
            removed,
            origin: Place::bytes(file, line.bytes()),
        })
    }

    /// A line of the API itself: feature, module, or the head of a type.
    fn entry(&mut self, line: &Line<'_>, file: FileId) -> Result<(), Wrong> {
        self.open = None;
        self.taken.clear();
        let mut words = line.words()?;
        let word = words.plain("`feature`, `module`, `request` or `response`")?;
        match word.as_str() {
            "feature" => {
                let (feature, bytes) = words.plain_at("a Cargo feature")?;
                check_feature(&feature, &self.platform).map_err(|message| (bytes.clone(), message))?;
                if !self.features.insert(feature.clone()) {
                    return Err((bytes, format!("duplicate `{feature}`")));
                }
                words.end()
            }
            "module" if self.module.is_none() => {
                let (path, bytes) = words.plain_at("a module")?;
                let name = |text: &str| Identifier::new(text).map(|name| name.to_string());
                let parts = path.split_once("::").and_then(|(family, own)| Some((name(family)?, name(own)?)));
                let (family, own) =
                    parts.ok_or((bytes.clone(), "expected a module of the form `family::api`".to_owned()))?;
                self.module = Some((family, (own, Place::bytes(file, bytes))));
                words.end()
            }
            _ => match SIDES.iter().position(|side| *side == word) {
                Some(side) => self.head(side, words, file),
                None => Err((line.bytes(), format!("unexpected `{word}`"))),
            },
        }
    }

    /// `request CrmOpenCustomerSave`, `request struct CustomerSaveOpenReq`, `response enum Level: number`
    fn head(&mut self, side: usize, mut words: line::Words<'_>, file: FileId) -> Result<(), Wrong> {
        let draft = &mut self.sides[side];
        let (word, bytes) = words.plain_at("a type")?;
        match word.as_str() {
            "enum" => {
                let name = words.identifier(file)?;
                words.colon()?;
                let (wire, bytes) = words.plain_at("`text` or `number`")?;
                let wire = EnumWire::from_word(&wire).ok_or((bytes, "expected `text` or `number`".to_owned()))?;
                draft.side.enums.push(LockedEnum { name, wire, values: Vec::new() });
                self.open = Some((side, Kind::Enum));
                words.removed();
            }
            "struct" if draft.has_root => {
                let name = words.identifier(file)?;
                let removed = words.removed() || self.removed;
                draft.side.objects.push(LockedObject { name, fields: Vec::new(), removed });
                self.open = Some((side, Kind::Struct));
            }
            name if !draft.has_root => {
                let Some(name) = Identifier::new(name) else {
                    return Err((bytes, format!("`{name}` is not a valid Rust name")));
                };
                let name = (name.to_string(), Place::bytes(file, bytes));
                draft.side.objects.push(LockedObject { name, fields: Vec::new(), removed: self.removed });
                draft.has_root = true;
                self.open = Some((side, Kind::Struct));
            }
            other => return Err((bytes, format!("expected `struct` or `enum`, found `{other}`"))),
        }
        words.end()
    }

    /// Parses a field or value of the type whose head came last.
    fn member(&mut self, line: &Line<'_>, file: FileId) -> Result<(), Wrong> {
        let Some((side, kind)) = self.open else {
            return Err((line.bytes(), "this line does not belong to a type".to_owned()));
        };
        let draft = &mut self.sides[side];
        let mut words = line.words()?;
        let (wire, bytes) = words.any("a wire name")?;
        let repeated = || (bytes.clone(), format!("duplicate `{wire}`"));
        let name = words.name_or(&wire, &bytes, file)?;
        match kind {
            Kind::Enum => {
                let Some(set) = draft.side.enums.last_mut() else { return Ok(()) };
                if !self.taken.insert(wire.clone()) {
                    return Err(repeated());
                }
                set.values.push(LockedValue { wire, variant: name.0 });
                words.removed();
            }
            Kind::Struct => {
                words.colon()?;
                let object = draft.side.objects.len().saturating_sub(1);
                let Some(open) = draft.side.objects.last_mut() else { return Ok(()) };
                let (item, arity) = words.item()?;
                let list_key = words.list_key()?;
                let place = words.place()?;
                let removed = words.removed() || open.removed;
                // A field that came back with another type has the wire name of its own tombstone.
                if !removed && !self.taken.insert(wire.clone()) {
                    return Err(repeated());
                }
                let value = VALUES.iter().find(|(word, _)| *word == item.0).map(|(_, value)| *value);
                if value.is_none() {
                    draft.mentions.push((object, open.fields.len(), item.0, item.1));
                }
                // A placeholder until all types of the side are read.
                let item = LockedItem::Value(value.unwrap_or(crate::model::Item::Opaque));
                open.fields.push(LockedField { wire, name, item, arity, list_key, place, removed });
            }
        }
        words.end()
    }

    fn finish(self) -> Result<LockedApi, Option<Wrong>> {
        let [request, response] = self.sides;
        let (request, response) = (request.finish()?, response.finish()?);
        let (family_module, module) = self.module.ok_or(None)?;
        if self.features.is_empty() {
            return Err(None);
        }
        let family = family_of(&family_module).map_err(|message| match &module.1.at {
            Position::Bytes(bytes) => Some((bytes.clone(), message)),
            _ => None,
        })?;
        Ok(LockedApi { family, features: self.features, module, request, response, origin: self.origin })
    }
}

/// Checks that a Cargo feature is one of the platform's.
fn check_feature(feature: &str, platform: &str) -> Result<(), String> {
    let name = feature.strip_prefix(platform).and_then(|rest| rest.strip_prefix('-'));
    let name = name.ok_or_else(|| format!("a feature of this platform starts with `{platform}-`"))?;
    if is_folder_name(name) { Ok(()) } else { Err(format!("`{name}` is not a valid name of a feature")) }
}

/// Returns the family of a module: a folder of the platform that may be a module.
fn family_of(module: &str) -> Result<String, String> {
    let keyword = module.strip_suffix('_').filter(|folder| is_keyword(folder));
    let family = keyword.unwrap_or(module);
    if !is_folder_name(family) {
        return Err(format!("`{family}` is not a valid family name"));
    }
    if is_taken_module(family) {
        return Err(format!("a module cannot be named `{family}`"));
    }
    Ok(family.to_owned())
}

impl DraftSide {
    /// Resolves the names of types.
    fn finish(mut self) -> Result<LockedSide, Option<Wrong>> {
        if !self.has_root {
            return Err(None);
        }
        let mut types: BTreeMap<&str, LockedItem> = BTreeMap::new();
        for (index, object) in self.side.objects.iter().enumerate().skip(1) {
            types.entry(&object.name.0).or_insert(LockedItem::Object(index));
        }
        for (index, set) in self.side.enums.iter().enumerate() {
            types.entry(&set.name.0).or_insert(LockedItem::Enum(index));
        }
        let items = self.mentions.iter().map(|(_, _, name, _)| types.get(name.as_str()).copied());
        let items: Vec<Option<LockedItem>> = items.collect();
        for ((object, field, name, bytes), item) in std::mem::take(&mut self.mentions).into_iter().zip(items) {
            let Some(item) = item else {
                return Err(Some((bytes, format!("`{name}` is neither a scalar nor a type of this side"))));
            };
            let Some(field) = self.side.objects.get_mut(object).and_then(|object| object.fields.get_mut(field)) else {
                continue;
            };
            field.item = item;
            if let (LockedItem::Object(target), Arity::One) = (item, field.arity) {
                let held = Held { target, wire: field.wire.clone(), bytes };
                self.holds.entry(object).or_default().push(held);
            }
        }
        if let Some(Held { wire, bytes, .. }) = holds::closing(&self.holds) {
            let message = format!("`{wire}` needs `boxed`: its type would contain itself");
            return Err(Some((bytes.clone(), message)));
        }
        Ok(self.side)
    }
}

#[cfg(test)]
mod tests;
