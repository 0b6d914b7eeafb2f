//! The effects of a change: on callers' source, on old binaries (built before the change), on behaviour and on docs.
//!
//! The table in `table.rs` defines what each kind of change does to a running program. Its effect on callers' source
//! is not guessed from the kind: it comes from comparing the Rust items that the generator makes of both revisions.

mod cause;
mod table;
mod wire;

use std::fmt;

use serde::Serialize;

use super::kind::{Edit, Fact};
use super::{Change, Kind};
use crate::model::SideName;
use crate::names::{Identifier, RustType};
use table::{Row, Touch, row};
pub use wire::Wire;
pub(super) use wire::{Container, Content, Form, Written, retyped};

/// The effect on callers' source when the crate is regenerated.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Nothing.
    Unaffected,
    /// The crate gains items.
    Additive,
    /// Callers may break, depending on what they use.
    Depends,
    /// Some code that compiled no longer compiles.
    Breaks,
}

/// The part of the version number that a change requires to be raised. Before 1.0, one part further right.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bump {
    /// No new version.
    None,
    /// The last number.
    Patch,
    /// The number in the middle.
    Minor,
    /// The first number.
    Major,
}

/// How much attention a change needs from a reviewer.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Not shown by default.
    Hidden,
    /// Documentation only.
    Doc,
    /// Good to know.
    Info,
    /// Needs review.
    Warning,
    /// Some caller's source or some running request fails; or secrets are exposed, or calls go elsewhere or are made twice.
    Error,
}

/// The four effects of a change, and the conclusions.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Verdict {
    /// Callers' source against the new crate.
    pub source: Source,
    /// Old binaries against the vendor's new behaviour.
    pub wire: Wire,
    /// Whether a program that still compiles and works behaves differently.
    pub behaviour: bool,
    /// Whether the crate's documentation changes.
    pub docs: bool,
    /// The version bump that the change requires.
    pub bump: Bump,
    /// Whether old binaries fail and the new crate mends it, so that their users must take the new release.
    pub must_upgrade: bool,
    /// How much attention the change needs.
    pub level: Level,
    /// The reason, in one sentence.
    pub why: String,
}

/// The generated item that a change affects, in both crates. `None` where a crate has no such item.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Items {
    /// The item in the old crate.
    pub old: Option<Item>,
    /// The item in the new crate.
    pub new: Option<Item>,
}

/// A struct field of the generated crate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// The struct.
    pub owner: Identifier,
    /// The field.
    pub name: Identifier,
    /// Its type.
    pub ty: RustType<Identifier>,
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}::{}: {}", self.owner, self.name, self.ty)
    }
}

/// What the lock keeps of the names that a change would take from callers.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Kept {
    /// Nothing: the names disappear.
    Nothing,
    /// The names, for items that still exist.
    InUse,
    /// The names, as deprecated tombstones.
    AsTombstone,
}

/// Judges a change. Without items (a transcript outside a specs folder), the kind alone decides.
pub fn judge(change: &Change, items: Option<&Items>) -> Verdict {
    judge_kept(change, items, Kept::Nothing)
}

/// Judges a change where a lock may keep names that would otherwise disappear.
pub(super) fn judge_kept(change: &Change, items: Option<&Items>, kept: Kept) -> Verdict {
    let kind = change.kind;
    let row = change.wire.map_or(row(kind), |wire| row(kind).on_wire(kind, wire));
    let without = source(change, &row, items);
    let kept = if without == Source::Breaks { kept } else { Kept::Nothing };
    let source = match kept {
        Kept::Nothing => without,
        Kept::InUse => Source::Unaffected,
        Kept::AsTombstone => Source::Additive,
    };
    Verdict {
        source,
        wire: row.wire,
        behaviour: row.behaviour,
        docs: row.docs,
        bump: bump(source, &row),
        must_upgrade: row.wire == Wire::Fails && is_mended_by_an_upgrade(kind, source),
        level: level(kind, source, &row),
        why: if kept == Kept::Nothing { why(source, &row, items) } else { why_kept(kept, &row) },
    }
}

/// Returns whether the new crate makes calls work that fail with the old one. What the vendor removed does not come back, a
/// field that is now required could be set with the old crate, too, and values of a Rust type that stays are sent as before,
/// unless JSON is packed in another way.
fn is_mended_by_an_upgrade(kind: Kind, source: Source) -> bool {
    let stays = source == Source::Unaffected && kind.fact == Fact::Type && kind.edit != Edit::JsonRepacked;
    !stays && !matches!(kind.edit, Edit::Removed | Edit::OptionalToRequired)
}

/// Returns the level. A change is an error if some caller's source or some running request fails. A field of an answer
/// that stays empty fails no request.
fn level(kind: Kind, source: Source, row: &Row) -> Level {
    let breaks_source = matches!(source, Source::Breaks | Source::Depends);
    let breaks_requests = row.wire == Wire::Fails && kind.side != Some(SideName::Response);
    if breaks_source || breaks_requests { Level::Error } else { row.level }
}

/// Returns whether the kind already reports a changed type, or a field that was replaced.
pub(super) fn tells_type(kind: Kind) -> bool {
    matches!(row(kind).touch, Touch::Type | Touch::Presence | Touch::Place)
}

/// Returns whether the kind affects a public item of the crate, so that reports show the item.
pub(crate) fn shows_items(kind: Kind) -> bool {
    row(kind).touch != Touch::Nothing
}

/// Returns whether the kind can be judged without the generated Rust. Order cannot: a type may be named after its first
/// use.
pub(super) fn is_aside(kind: Kind) -> bool {
    let is_order = matches!(kind, Kind::OrderFieldsReq | Kind::OrderFieldsResp);
    !shows_items(kind) && !is_order
}

fn source(change: &Change, row: &Row, items: Option<&Items>) -> Source {
    let by_items = |kept: fn(&Item, &Item) -> bool| items.map(|items| compared(items, kept));
    let assumed = if change.old.is_some() { Source::Breaks } else { Source::Additive };
    match row.touch {
        Touch::Nothing => Source::Unaffected,
        Touch::Adds => Source::Additive,
        Touch::Depends => Source::Depends,
        Touch::Breaks => Source::Breaks,
        Touch::Presence => by_items(|_, _| true).unwrap_or(assumed),
        Touch::Name => by_items(|old, new| old.name == new.name).unwrap_or(Source::Breaks),
        Touch::Place => by_items(|old, new| old.owner == new.owner && old.name == new.name).unwrap_or(Source::Breaks),
        Touch::Type => by_items(|old, new| old.ty == new.ty).unwrap_or(Source::Breaks),
    }
}

fn compared(items: &Items, kept: fn(&Item, &Item) -> bool) -> Source {
    match (&items.old, &items.new) {
        // Members of the envelope are in no struct.
        (None, None) => Source::Unaffected,
        (None, Some(_)) => Source::Additive,
        (Some(_), None) => Source::Breaks,
        (Some(old), Some(new)) if kept(old, new) => Source::Unaffected,
        (Some(_), Some(_)) => Source::Breaks,
    }
}

fn bump(source: Source, row: &Row) -> Bump {
    let by_source = match source {
        Source::Breaks | Source::Depends => Bump::Major,
        Source::Additive => Bump::Minor,
        Source::Unaffected => Bump::None,
    };
    let by_wire = if row.wire == Wire::Fails { Bump::Minor } else { Bump::None };
    let by_text = if row.behaviour || row.docs { Bump::Patch } else { Bump::None };
    by_source.max(by_wire).max(by_text).max(row.least)
}

fn why_kept(kept: Kept, row: &Row) -> String {
    let rust = match kept {
        Kept::AsTombstone => "the lock keeps the Rust item and marks it deprecated",
        Kept::InUse | Kept::Nothing => "the lock keeps the Rust names",
    };
    match row.kept.unwrap_or(row.why) {
        "" => rust.to_owned(),
        wire => format!("{rust}; {wire}"),
    }
}

fn why(source: Source, row: &Row, items: Option<&Items>) -> String {
    let rust = items.filter(|_| row.is_about_items()).and_then(|items| match (source, &items.old, &items.new) {
        (Source::Breaks, Some(old), Some(new)) if old.owner == new.owner && old.name == new.name => {
            Some(format!("`{old}` is now `{}`", new.ty))
        }
        (Source::Breaks, Some(old), Some(new)) => Some(format!("`{old}` is now `{new}`")),
        (Source::Breaks, Some(old), None) => Some(format!("`{old}` is gone")),
        (Source::Unaffected, Some(_), Some(_)) => Some("the Rust item does not change".to_owned()),
        _ => None,
    });
    match rust {
        Some(rust) if row.why.is_empty() => rust,
        Some(rust) => format!("{rust}; {}", row.why),
        None => row.why.to_owned(),
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unaffected => "source compiles",
            Self::Additive => "source gains items",
            Self::Depends => "source may break",
            Self::Breaks => "source breaks",
        })
    }
}

impl fmt::Display for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Works => "old binaries work",
            Self::Depends => "old binaries may fail",
            Self::Fails => "old binaries fail",
        })
    }
}

impl Verdict {
    /// Describes the effects in words: `source breaks, old binaries work, docs change`.
    pub(super) fn effects(&self) -> String {
        let mut effects = vec![self.source.to_string(), self.wire.to_string()];
        effects.extend(self.behaviour.then(|| "behaviour changes".to_owned()));
        effects.extend(self.docs.then(|| "docs change".to_owned()));
        effects.join(", ")
    }
}

impl Bump {
    /// Returns the word that reports show.
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl Level {
    /// Returns the word that reports show.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Doc => "doc",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

#[cfg(test)]
mod tests;
