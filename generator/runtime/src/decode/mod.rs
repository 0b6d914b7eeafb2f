//! Decodes answers: tolerant, and every coercion is counted.

mod agreement;
mod answer;
mod budget;
mod bytes;
mod decoder;
mod elements;
mod ends;
mod envelope;
mod http;
mod list;
mod load;
mod object;
mod one_pass;
mod paths;
mod raw;
#[cfg(any(feature = "testing", test))]
mod request;
mod root;
mod scalar;
mod status;
mod text;
mod tree;
mod xml;

pub use agreement::{readers_agree, readers_agree_on_text};
pub(crate) use answer::answer;
pub(crate) use elements::character;
pub use load::{from_json, load};
pub(crate) use raw::{Form, Raw};
#[cfg(any(feature = "testing", test))]
pub(crate) use request::{Place, RequestReader};
pub use tree::{Branch, Tree};

#[cfg(test)]
mod tests;
