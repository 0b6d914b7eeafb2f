//! What the specs have, for people who choose APIs: a list, a search by words, and all that is known about one API.

mod chosen;
mod field;
mod fold;
mod list;
mod locations;
mod page;
mod query;
mod search;

pub use chosen::Chosen;
pub use field::{ShownField, ShownRust, ShownValue};
pub use fold::position;
pub use list::{ListedApi, list};
pub use locations::{Location, Locations};
pub use page::{ShownApi, ShownCall, ShownModule, ShownSide, ShownSource, ShownStatus, show};
pub use query::{Query, may_be_selected};
pub use search::{Hit, Kind, Occurrence, search};
