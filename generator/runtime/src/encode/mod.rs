//! Encodes typed requests.

#[cfg(any(feature = "testing", test))]
mod answer;
mod check;
mod draft;
mod dump;
mod encoder;
mod extra;
mod json;
mod multipart;
mod params;
mod place;
mod sent;
mod template;
mod xml;

#[cfg(any(feature = "testing", test))]
pub(crate) use answer::{json as answer_json, xml as answer_xml};
pub use check::integer_against;
pub(crate) use draft::{Draft, draft};
pub(crate) use dump::dump;
pub use dump::{to_json, to_json_pretty};
pub use encoder::Checks;
#[cfg(any(feature = "testing", test))]
pub(crate) use encoder::Lists;
pub(crate) use extra::Extra;
pub(crate) use json::push_text;
pub(crate) use multipart::{boundary, multipart};
#[cfg(any(feature = "testing", test))]
pub(crate) use xml::push_element;

#[cfg(test)]
mod tests;
