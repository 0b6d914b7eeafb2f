//! Steps that join pairs or templates.

use apograph_runtime::sign::Location;

use super::Filter;
use super::resolved::Template;

/// Selected pairs, joined.
#[derive(Clone, Debug)]
pub struct PairsStep {
    /// The locations to take pairs from.
    pub from: Vec<Location>,
    /// Names to keep; a trailing `*` matches any suffix.
    pub only: Option<Vec<String>>,
    /// Names to leave out; a trailing `*` matches any suffix.
    pub except: Vec<String>,
    /// Whether blank names and values are left out.
    pub drop_empty: bool,
    /// Whether file parts are left out.
    pub drop_files: bool,
    /// Filters of names.
    pub names: Vec<Filter>,
    /// Filters of values.
    pub values: Vec<Filter>,
    /// The separator between values of equal names, if they are merged.
    pub merge: Option<String>,
    /// The order.
    pub order: PairOrder,
    /// The format of a pair.
    pub item: Vec<ItemPiece>,
    /// The format of a pair without a value, if it differs.
    pub item_empty: Option<Vec<ItemPiece>>,
    /// The separator between two pairs.
    pub separator: String,
}

/// The order of pairs. Texts are compared as bytes, after filters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PairOrder {
    /// By name, then value.
    #[default]
    Name,
    /// By the whole item.
    Item,
    /// By value, then name.
    Value,
    /// As they are in the request.
    None,
    /// These names first, in this order.
    Names(Vec<String>),
}

/// Joined templates.
#[derive(Clone, Debug)]
pub struct JoinStep {
    /// The separator.
    pub separator: String,
    /// The parts.
    pub parts: Vec<Template>,
    /// Whether empty parts are left out.
    pub skip_empty: bool,
    /// Whether the parts are sorted.
    pub is_sorted: bool,
}

/// A part of a pair's format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemPiece {
    /// Literal text.
    Literal(String),
    /// The name.
    Key(Vec<Filter>),
    /// The value.
    Value(Vec<Filter>),
}

impl ItemPiece {
    /// Returns the filters.
    #[must_use]
    pub fn filters(&self) -> &[Filter] {
        match self {
            Self::Literal(_) => &[],
            Self::Key(filters) | Self::Value(filters) => filters,
        }
    }
}

impl PairsStep {
    /// Returns every filter.
    pub fn filters(&self) -> impl Iterator<Item = &Filter> {
        let of_items = self.items().flat_map(ItemPiece::filters);
        self.names.iter().chain(&self.values).chain(of_items)
    }

    /// Returns the parts of both formats.
    pub fn items(&self) -> impl Iterator<Item = &ItemPiece> {
        self.item.iter().chain(self.item_empty.iter().flatten())
    }

    /// Whether the text contains values.
    #[must_use]
    pub fn reads_values(&self) -> bool {
        self.item.iter().any(|piece| matches!(piece, ItemPiece::Value(_)))
    }
}
