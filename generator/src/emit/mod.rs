//! Turns model and names into files: one file of this folder per kind of output. Nothing here can fail, and nothing
//! here depends on a vendor: differences between vendors are data in the model.

mod alias;
mod conserve;
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

pub use conserve::{check as check_text, check_tree};
pub use listing::{is_listing, listing};
pub use manifest::{RuntimeSource, Workspace};
pub use rt::RUNTIME_VERSION;

use embedded::Embedded;

use crate::license;
use crate::model::{Model, Platform};
use crate::names::{Identifier, Names, PlatformNames};
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
    insert(&mut tree, &["src", "lib.rs"], &root::file(model, names, embedded.is_some()));
    insert(&mut tree, &["tests", "signing.rs"], &vectors::file(model, names));
    for (platform, platform_names) in model.platforms.iter().zip(&names.platforms) {
        platform_files(platform, platform_names, &names.package, &mut tree);
    }
    tree
}

fn platform_files(platform: &Platform, names: &PlatformNames, package: &Identifier, tree: &mut Tree) {
    let module = names.module.as_str();
    insert(tree, &["src", module, "mod.rs"], &platform::file(platform, names));
    insert(tree, &["src", module, "signing.rs"], &signing::file(platform, names));
    if let Some(document) = &platform.protocol_document {
        tree.insert(TreePath::new(&["src", module, DOCUMENT]), platform::document(platform, document));
    }
    for (family, family_names) in platform.families.iter().zip(&names.families) {
        let folder = family_names.module.as_str();
        let origin = format!("specs/{}/{}", platform.name, family.name);
        insert(tree, &["src", module, folder, "mod.rs"], &family::file(family, family_names, origin));
        for (endpoint, endpoint_names) in family.endpoints.iter().zip(&family_names.endpoints) {
            let file = format!("{}.rs", endpoint_names.module);
            let family = &family_names.module;
            let path = example::Path { package, protocol: &platform.protocol, platform: names, family };
            insert(tree, &["src", module, folder, &file], &endpoint::file(endpoint, endpoint_names, path));
        }
    }
}

fn insert(tree: &mut Tree, steps: &[&str], file: &SourceFile) {
    tree.insert(TreePath::new(steps), render::rust(file));
}
