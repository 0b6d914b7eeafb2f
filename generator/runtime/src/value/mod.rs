//! Value types that Rust's standard library lacks.

mod conversions;
mod date;
mod date_text;
mod decimal;
mod file;
mod json;
mod map;
mod open_enum;

pub use date::Date;
pub use decimal::Decimal;
pub(crate) use decimal::{integer, is_number};
pub use file::File;
pub use json::{Json, JsonError, JsonKind};
pub(crate) use json::{MAX_NESTING, nests_within};
pub use map::{Map, MapValue};
pub use open_enum::{OpenEnum, UnknownValue, Wire, find_value, open_enum, wire_value};
