//! The vocabulary that several stages of the pipeline share, each word in one place.
//!
//! A term is an enum whose variants have a fixed word: the word is what people write in YAML, what messages show and
//! what the lock keeps. All of them are made by one macro, `define::terms`.

mod change;
mod decimal;
mod define;
mod dialect;
mod feature;
mod folder;
mod glob;
mod header;
mod layout;
mod page;
mod required;
mod runtime;
mod type_word;
mod wire;

pub use change::{Cause, REMOVED};
pub use decimal::DecimalText;
pub use dialect::{Column, Label, Mark, Part, Section};
pub use feature::{FIXED_FEATURES, FULL, FixedFeature, MORE, SYSTEM, feature_name};
pub use folder::{is_folder_name, is_leaf_name};
pub use glob::{glob, is_pattern};
pub use header::{is_header_name, is_own_header};
pub use layout::Layout;
pub use page::{About, Note};
pub use required::Required;
pub use runtime::{GitReference, RuntimeName, is_requirement};
pub(crate) use type_word::KnownType;
pub use wire::{
    AbsentStatus, BlankRule, BodyForm, DecimalForm, EnumWire, FieldPlace, FileForm, HttpMethod, IntegerForm, JsonForm,
    KeyOrder, ListForm, NullForm, ParameterPlace, ScalarListForm, SessionNeed, TypeMeaning,
};
