//! The layouts that lose what tables show, so that each has a reader of its own.

pub(crate) mod nio;
pub(crate) mod recognise;
pub(crate) mod top;
