//! What a run was asked to do.

use std::path::PathBuf;

use crate::cli::TranscribeArgs;

/// The arguments, and the specs folder that they lead to.
pub(super) struct Request<'a> {
    pub(super) args: &'a TranscribeArgs,
    pub(super) specs: PathBuf,
}
