//! Findings about the files of a run: collected, coded, located, and rendered with the source.

mod code;
mod finding;
mod render;
mod text;
mod view;

pub use code::{Code, Severity};
pub use finding::{Diagnostic, Diagnostics};
pub use render::{Color, position, render, summary};
pub(crate) use render::{Footer, Shown, Tone, show};
pub(crate) use text::safe;
pub use text::{counted, differing, nearest, quoted};
