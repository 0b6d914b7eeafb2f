//! The model as the runtime's own tables: with them, the tool encodes, checks and decodes calls of any API by the code that
//! generated crates use, without generated code.
//!
//! A [`Platform`] holds the tables of one platform, an [`Api`] those of one endpoint, and a [`Record`] is a value of any of
//! its types. Generated crates have the same tables as constants; a test compares them.
//!
//! The runtime's tables refer to texts of the program (`&'static`). The tool leaks them: each API that a run uses once, when
//! it is first used.

mod api;
mod body;
mod deviation;
mod interpreted;
mod leak;
mod operation;
mod platform;
mod protocol;
mod record;
mod sample;
mod shape;

pub use api::Api;
pub use body::{Body, Fault, Problem};
pub use deviation::deviation;
pub use interpreted::{Credentials, Interpreted};
pub use platform::Platform;
pub use record::Record;
pub use sample::{is_answer, sample_answer};
