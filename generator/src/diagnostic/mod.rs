//! Findings about the files of a run: collected, coded, located, and rendered with the source.

mod code;
mod explain;
mod finding;
mod json;
mod kept;
mod order;
mod render;
mod text;
mod view;
mod wrap;

pub use code::{Code, Severity};
pub use explain::explanation;
pub use finding::{Diagnostic, Diagnostics};
pub(crate) use json::{JsonFinding, json_findings};
pub(crate) use kept::KeptFinding;
pub use order::Extent;
pub use render::{Color, position, render, render_some, summary};
pub(crate) use render::{Footer, Shown, Tone, show};
pub use text::{counted, differing, nearest, quoted};
pub(crate) use text::{cut, cut_to_difference, is_hidden, safe, safe_json};
pub(crate) use wrap::wrapped;
