//! Pages of the Taobao Open Platform.

mod assemble;
mod block;
mod columns;
mod title;

pub(crate) mod foreign;
pub(crate) mod grid;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod lines;
pub(crate) mod outline;
pub(crate) mod pipes;
pub(crate) mod rows;
pub(crate) mod tabs;
pub(crate) mod text;

/// Flattened text, or a copy from a browser.
pub(crate) const TEXT: &str = "top-text";
/// The answer of the document service.
pub(crate) const JSON: &str = "top-json";
/// Tables with pipes.
pub(crate) const PIPES: &str = "top-pipes";
/// A saved page.
pub(crate) const HTML: &str = "top-html";
