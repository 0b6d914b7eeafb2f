//! Turns model and names into files: one file of this folder per kind of output. Nothing here can fail, and nothing
//! here depends on a vendor: differences between vendors are data in the model.

mod alias;
mod docs;
mod embedded;
mod endpoint;
mod enumeration;
mod example;
mod family;
mod feature;
mod field_docs;
mod gate;
mod listing;
mod literal;
mod manifest;
mod mentions;
mod object;
mod operation;
mod platform;
mod protocol;
mod readme;
mod root;
mod rt;
mod sample;
mod setters;
mod signing;
mod structure;
mod terms;
mod ty;
mod vectors;

pub(crate) use example::examples;
pub use listing::{is_listing, listing};
pub use manifest::{RuntimeSource, Workspace};
pub use rt::RUNTIME_VERSION;

use embedded::Embedded;

use crate::license;
use crate::model::{Endpoint, Family, Model, Platform};
use crate::names::{EndpointNames, FamilyNames, Names, PlatformNames};
use crate::parallel;
use crate::render::{self, SourceFile};
use crate::tree::{Tree, TreePath};

/// Name of the file that describes a platform's protocol, in the platform's folder of specs and of generated code.
const DOCUMENT: &str = "PROTOCOL.md";

/// Where the generated package is, and how it finds the runtime.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the package finds the runtime.
    pub runtime: RuntimeSource,
    /// How the package relates to a workspace around it.
    pub workspace: Workspace,
}

/// Returns all files of the generated package.
#[must_use]
pub fn emit(model: &Model, names: &Names, options: &Options) -> Tree {
    emit_around(model, names, options, &|_, _| false)
}

/// Returns the files of the package, where the files of some endpoints, by platform and API, are in the folder as they are to be.
/// Nothing else is read of these endpoints than what [`emit`] reads for the files above theirs.
#[must_use]
pub(crate) fn emit_around(
    model: &Model,
    names: &Names,
    options: &Options,
    is_kept: &dyn Fn(&str, &str) -> bool,
) -> Tree {
    let mut tree = Tree::default();
    let embedded = (options.runtime == RuntimeSource::Embedded).then(|| Embedded::new(&model.platforms));
    if let Some(embedded) = &embedded {
        embedded.insert(&names.package, &mut tree);
    }
    tree.insert(TreePath::new(&["Cargo.toml"]), manifest::cargo_toml(model, options, embedded.as_ref()));
    tree.insert(TreePath::new(&["rustfmt.toml"]), manifest::rustfmt_toml());
    tree.insert(TreePath::new(&["README.md"]), readme::file(model, names, embedded.is_some()));
    for license in license::named_by(&model.package.license) {
        tree.insert(TreePath::new(&[license.file]), license.text.to_owned());
    }
    for (platform, names) in model.platforms.iter().zip(&names.platforms) {
        if let Some(document) = &platform.protocol_document {
            let path = TreePath::new(&["src", names.module.as_str(), DOCUMENT]);
            tree.insert(path, platform::document(platform, document));
        }
    }
    let (kept, new): (Vec<_>, Vec<_>) = sources(model, names).into_iter().partition(|source| match source {
        Source::Endpoint((platform, _), _, (endpoint, _)) => is_kept(&platform.name, &endpoint.api),
        _ => false,
    });
    kept.iter().for_each(|source| tree.keep(source.path()));
    // Each is rendered at once: the tokens of all files would take several times the memory of their text.
    let rendered =
        parallel::map(new, |source| (source.path(), render::rust(&source.file(model, names, embedded.is_some()))));
    for (path, text) in rendered {
        tree.insert(path, text);
    }
    tree
}

/// Returns the path of an endpoint's file.
pub(crate) fn endpoint_path(platform: &PlatformNames, family: &FamilyNames, endpoint: &EndpointNames) -> TreePath {
    let file = format!("{}.rs", endpoint.module);
    TreePath::new(&["src", platform.module.as_str(), family.module.as_str(), &file])
}

/// A Rust file of the package, apart from the runtime's.
enum Source<'a> {
    Root,
    Vectors,
    Platform(Of<'a, Platform, PlatformNames>),
    Signing(Of<'a, Platform, PlatformNames>),
    Family(Of<'a, Platform, PlatformNames>, Of<'a, Family, FamilyNames>),
    Endpoint(Of<'a, Platform, PlatformNames>, &'a FamilyNames, Of<'a, Endpoint, EndpointNames>),
}

/// A node of the model with its names.
type Of<'a, T, N> = (&'a T, &'a N);

/// Returns all Rust files of the package, those that take longest first.
fn sources<'a>(model: &'a Model, names: &'a Names) -> Vec<Source<'a>> {
    let mut sources = vec![Source::Root, Source::Vectors];
    let platforms = || model.platforms.iter().zip(&names.platforms);
    sources.extend(platforms().flat_map(|platform| [Source::Platform(platform), Source::Signing(platform)]));
    for platform in platforms() {
        for family in platform.0.families.iter().zip(&platform.1.families) {
            sources.push(Source::Family(platform, family));
            let endpoints = family.0.endpoints.iter().zip(&family.1.endpoints);
            sources.extend(endpoints.map(|endpoint| Source::Endpoint(platform, family.1, endpoint)));
        }
    }
    sources
}

impl Source<'_> {
    fn path(&self) -> TreePath {
        match *self {
            Self::Root => TreePath::new(&["src", "lib.rs"]),
            Self::Vectors => TreePath::new(&["tests", "signing.rs"]),
            Self::Platform((_, platform)) => TreePath::new(&["src", platform.module.as_str(), "mod.rs"]),
            Self::Signing((_, platform)) => TreePath::new(&["src", platform.module.as_str(), "signing.rs"]),
            Self::Family((_, platform), (_, family)) => {
                TreePath::new(&["src", platform.module.as_str(), family.module.as_str(), "mod.rs"])
            }
            Self::Endpoint((_, platform), family, (_, endpoint)) => endpoint_path(platform, family, endpoint),
        }
    }

    fn file(&self, model: &Model, names: &Names, is_embedded: bool) -> SourceFile {
        match *self {
            Self::Root => root::file(model, names, is_embedded),
            Self::Vectors => vectors::file(model, names),
            Self::Platform((platform, names)) => platform::file(platform, names),
            Self::Signing((platform, names)) => signing::file(platform, names),
            Self::Family((platform, _), (family, names)) => {
                family::file(family, names, format!("specs/{}/{}", platform.name, family.name))
            }
            Self::Endpoint((platform, platform_names), family, (endpoint, endpoint_names)) => {
                let path = example::Path {
                    package: &names.package,
                    protocol: &platform.protocol,
                    platform: platform_names,
                    family: &family.module,
                };
                endpoint::file(endpoint, endpoint_names, path)
            }
        }
    }
}
