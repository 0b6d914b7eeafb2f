//! The folder with the fetched pages, and what their servers know them by.
//!
//! A page is in `<platform>/<family>/<leaf>.page`. The file with its validators begins with a dot, so that `transcribe`
//! does not take it for a page.

use std::path::{Path, PathBuf};

use super::fetch::Validators;
use crate::files::{self, Limit, WriteError};
use crate::spec::EndpointSpecs;
use crate::transcribe::LARGEST_PAGE;

/// Maximum size of a file with validators.
const LARGEST: Limit = Limit::bytes(64 * 1024);

/// The stored page of an API.
pub(super) struct Stored<'a> {
    root: &'a Path,
    page: PathBuf,
    validators: PathBuf,
}

impl<'a> Stored<'a> {
    pub(super) fn new(root: &'a Path, platform: &str, api: &EndpointSpecs) -> Self {
        let folder = root.join(platform).join(&api.family);
        let page = folder.join(format!("{}.page", api.leaf));
        Self { root, page, validators: folder.join(format!(".{}.json", api.leaf)) }
    }

    /// Returns the bytes of the page, if there is one that can be read.
    pub(super) fn page(&self) -> Option<Vec<u8>> {
        files::read(self.root, &self.page, Limit::bytes(LARGEST_PAGE as u64)).ok()
    }

    /// Returns the validators. Without them, the page is requested as if it were new.
    pub(super) fn validators(&self) -> Option<Validators> {
        let text = files::read_text(self.root, &self.validators, LARGEST).ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Replaces the page.
    pub(super) fn keep(&self, bytes: &[u8]) -> Result<(), WriteError> {
        files::replace(self.root, &self.page, bytes, &|_| true)
    }

    /// Replaces the validators. They belong to the page, so they are written after it.
    pub(super) fn keep_validators(&self, validators: &Validators) -> Result<(), WriteError> {
        // Two optional texts can always be written as JSON.
        let text = serde_json::to_string(validators).unwrap_or_default();
        files::replace(self.root, &self.validators, text, &|_| true)
    }
}
