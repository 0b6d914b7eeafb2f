//! Encodes typed requests.

mod check;
mod draft;
mod dump;
mod encoder;
mod extra;
mod json;
mod multipart;
mod params;
mod sent;
mod template;

pub(crate) use draft::{Draft, draft};
pub(crate) use dump::dump;
pub use dump::{to_json, to_json_pretty};
pub use encoder::Checks;
pub(crate) use extra::Extra;
pub(crate) use json::push_text;
pub(crate) use multipart::{boundary, multipart};

#[cfg(test)]
mod tests;
