//! The specs folder in memory.

use std::collections::BTreeMap;

use crate::source::{FileId, Part, Place, SpecPath};

use super::fix::Origins;
use super::{CrateSpec, EndpointSpec, PagesSpec, PlatformSpec};

/// Everything that could be loaded, sorted by name. The rest is in the diagnostics.
#[derive(Debug, Default)]
pub struct Specs {
    /// `crate.yaml`.
    pub crate_spec: Option<Loaded<CrateSpec>>,
    /// The platforms whose `platform.yaml` could be loaded.
    pub platforms: Vec<PlatformSpecs>,
}

impl Specs {
    /// Returns the names of all APIs, in the order of their files.
    pub fn apis(&self) -> Vec<&str> {
        let endpoints = self.platforms.iter().flat_map(|platform| &platform.endpoints);
        endpoints.map(|endpoint| endpoint.spec.api.as_str()).collect()
    }
}

/// A parsed file.
#[derive(Debug)]
pub struct Loaded<T> {
    /// The file.
    pub file: FileId,
    /// Its content.
    pub spec: T,
}

/// One platform's folder.
#[derive(Debug)]
pub struct PlatformSpecs {
    /// Name of the folder.
    pub name: String,
    /// `platform.yaml`.
    pub file: FileId,
    /// Its content.
    pub spec: PlatformSpec,
    /// `pages.yaml`, if there is one and it is valid.
    pub pages: Option<PagesSpec>,
    /// Text of `PROTOCOL.md`, which the generated crate carries a copy of.
    pub protocol_document: Option<String>,
    /// Private keys for vectors, by the paths of their files in this folder. `None` where nothing but YAML files was read.
    pub keys: Option<BTreeMap<String, String>>,
    /// The transcripts, sorted by family and leaf.
    pub endpoints: Vec<EndpointSpecs>,
}

/// A transcript with its fixes applied.
#[derive(Debug)]
pub struct EndpointSpecs {
    /// Name of the folder.
    pub family: String,
    /// Name of the file without `.yaml`.
    pub leaf: String,
    /// The transcript.
    pub file: FileId,
    /// The fix file beside it.
    pub fix_file: Option<FileId>,
    /// The transcript with its fixes applied.
    pub spec: EndpointSpec,
    /// Which facts and field positions come from a fix.
    pub origins: Origins,
}

impl EndpointSpecs {
    /// Returns where a fact of `spec` comes from: the transcript, or the fix that set it.
    pub fn place(&self, path: &SpecPath, part: Part) -> Place {
        self.origins.place(self.file, path, part)
    }

    /// Returns the place of the value at `path`.
    pub fn value(&self, path: &SpecPath) -> Place {
        self.place(path, Part::Value)
    }

    /// Returns the place of the key at `path`.
    pub fn key(&self, path: &SpecPath) -> Place {
        self.place(path, Part::Key)
    }
}
