//! Pages of the Taobao Open Platform.

pub(crate) mod json;
pub(crate) mod lines;
pub(crate) mod outline;
pub(crate) mod rows;
pub(crate) mod text;
