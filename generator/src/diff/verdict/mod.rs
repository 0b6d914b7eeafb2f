//! What a change means for whom: callers' source, binaries that run already, behaviour, docs.
//!
//! The table in `table.rs` says what a kind of change does to a running program. What it does to callers' source is
//! not guessed from the kind: the Rust items of both revisions, as the generator names and types them, are compared.

mod cause;
mod table;

use std::fmt;

use serde::Serialize;

use super::{Change, Kind};
use table::{Row, Touch, row};

/// What happens to callers' source when the crate is generated anew.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Nothing.
    Unaffected,
    /// There is more to use.
    Additive,
    /// It depends on what of the crate is used.
    Depends,
    /// Something that compiled does not compile any more.
    Breaks,
}

/// What happens to binaries that run already when the vendor changes.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wire {
    /// They go on working.
    Works,
    /// It depends on what they send or read.
    Depends,
    /// Their calls fail, or they misread the answers.
    Fails,
}

/// The part of the version number that a change asks for; while it begins with 0, one part further right.
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

/// How much attention a change asks of a reviewer.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Not shown unless asked for.
    Hidden,
    /// Words only.
    Doc,
    /// Good to know.
    Info,
    /// To be looked at.
    Warning,
    /// Somebody's program breaks.
    Error,
}

/// The four planes of a change, and what follows from them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Verdict {
    /// Callers' source against the new crate.
    pub source: Source,
    /// Old binaries against the vendor's new behaviour.
    pub wire: Wire,
    /// Whether a program that compiles and talks acts differently.
    pub behaviour: bool,
    /// Whether the crate's documentation changes.
    pub docs: bool,
    /// The version number that it asks for.
    pub bump: Bump,
    /// Whether old binaries fail, so that their users must take the new release.
    pub must_upgrade: bool,
    /// How much attention it asks for.
    pub level: Level,
    /// Why, in one sentence.
    pub why: String,
}

/// A generated item that a change is about, before and after; nothing where there is none.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Items {
    /// In the crate of the old revision.
    pub old: Option<Item>,
    /// In the crate of the new one.
    pub new: Option<Item>,
}

/// A struct field of the generated crate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// The struct.
    pub owner: String,
    /// The field.
    pub name: String,
    /// Its type.
    pub ty: String,
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}::{}: {}", self.owner, self.name, self.ty)
    }
}

/// What a lock makes of the names that a change would take from callers.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Kept {
    /// Nothing: they go.
    Nothing,
    /// They stay, as names of what is there now.
    InUse,
    /// They stay, deprecated.
    AsTombstone,
}

/// Judges a change. Without items (a transcript outside of a specs folder) the kind alone decides.
pub fn judge(change: &Change, items: Option<&Items>) -> Verdict {
    judge_kept(change, items, Kept::Nothing)
}

/// The same, where a lock may keep what would go.
pub(super) fn judge_kept(change: &Change, items: Option<&Items>, kept: Kept) -> Verdict {
    let row = row(change.kind);
    let without = source(change, &row, items);
    let kept = if without == Source::Breaks { kept } else { Kept::Nothing };
    let source = match kept {
        Kept::Nothing => without,
        Kept::InUse => Source::Unaffected,
        Kept::AsTombstone => Source::Additive,
    };
    let must_upgrade = row.wire == Wire::Fails;
    // Neither source nor wire breaks.
    let most = if kept != Kept::Nothing && row.wire == Wire::Works { Level::Warning } else { Level::Error };
    let least = if source == Source::Breaks || must_upgrade { Level::Error } else { Level::Hidden };
    Verdict {
        source,
        wire: row.wire,
        behaviour: row.behaviour,
        docs: row.docs,
        bump: bump(source, &row),
        must_upgrade,
        level: row.level.min(most).max(least),
        why: if kept == Kept::Nothing { why(source, &row, items) } else { why_kept(kept, &row) },
    }
}

/// Whether the kind says that a field's type changed, or that the field is another one.
pub(super) fn tells_type(kind: Kind) -> bool {
    matches!(row(kind).touch, Touch::Type | Touch::Presence | Touch::Place)
}

/// Whether the kind is about a public item of the crate, so that showing the item helps.
pub(crate) fn shows_items(kind: Kind) -> bool {
    row(kind).touch != Touch::Nothing
}

/// Whether the kind needs no look at the Rust of both revisions. Order does: where a type is used first can name it.
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
        Kept::AsTombstone => "the lock keeps the Rust item, deprecated",
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
            Some(format!("`{old}` is `{}` now", new.ty))
        }
        (Source::Breaks, Some(old), Some(new)) => Some(format!("`{old}` is `{new}` now")),
        (Source::Breaks, Some(old), None) => Some(format!("`{old}` is gone")),
        (Source::Unaffected, Some(_), Some(_)) => Some("the Rust item stays as it is".to_owned()),
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
            Self::Unaffected => "compiles",
            Self::Additive => "has more",
            Self::Depends => "depends",
            Self::Breaks => "breaks",
        })
    }
}

impl fmt::Display for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Works => "works",
            Self::Depends => "depends",
            Self::Fails => "fails",
        })
    }
}

impl Bump {
    /// The word for people.
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
    /// The word for people.
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
