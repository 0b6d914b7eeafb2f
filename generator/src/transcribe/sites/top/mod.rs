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
