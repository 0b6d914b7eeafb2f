//! Descriptions of the APIs for other tools: OpenAPI 3.1 and JSON Schema 2020-12.
//!
//! They are made from the model, so fixes count and what only the lock keeps is left out. Names of types and files are the Rust
//! names, which the lock keeps. [`export`] returns the documents, and [`Folder`] writes them.

mod answer;
mod api;
mod folder;
mod gateway;
mod json_schema;
mod node;
mod openapi;
mod operation;
mod prose;
mod recipe_text;
mod request;
mod rules;
mod schema;
mod system;
mod value;

use api::{Api, Source};

pub use folder::{Folder, Plan};

use crate::model::Model;
use crate::names::Names;
use crate::spec::Specs;

/// The format of an export.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// OpenAPI 3.1.
    OpenApi,
    /// JSON Schema 2020-12.
    JsonSchema,
}

impl Format {
    /// Returns the end of the names of its files.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::OpenApi => ".openapi.json",
            Self::JsonSchema => ".schema.json",
        }
    }

    /// Returns the member that marks a document as written by this program: the second one of every document.
    fn mark(self) -> &'static str {
        match self {
            Self::OpenApi => "x-generated-by",
            Self::JsonSchema => "$comment",
        }
    }

    fn command(self) -> &'static str {
        match self {
            Self::OpenApi => "apograph export openapi",
            Self::JsonSchema => "apograph export json-schema",
        }
    }
}

/// A file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its path below the folder of the export, with `/` between the steps.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Describes the APIs of a model: a document for each platform, and documents for each API. Samples are those of the specs. Platforms
/// without APIs are left out.
#[must_use]
pub fn export(format: Format, model: &Model, names: &Names, specs: &Specs) -> Vec<Document> {
    let mut documents = Vec::new();
    for (platform, names) in model.platforms.iter().zip(&names.platforms) {
        let specs = specs.platforms.iter().find(|specs| specs.name == platform.name);
        let source = Source::new(platform, names, &model.package.version, specs);
        let apis = source.apis();
        if !apis.is_empty() {
            of_platform(format, &source, &apis, &mut documents);
        }
    }
    documents
}

fn of_platform(format: Format, source: &Source<'_>, apis: &[Api<'_>], documents: &mut Vec<Document>) {
    let whole = match format {
        Format::OpenApi => openapi::of_platform(source, apis),
        Format::JsonSchema => json_schema::of_platform(source, apis),
    };
    let module = &source.names.module;
    documents.push(Document { path: format!("{module}{}", format.ending()), text: whole.document() });
    for api in apis {
        let path = format!("{module}/{}/{}", api.family_names.module, api.names.module);
        let mut add = |part: &str, node: node::Node| {
            documents.push(Document { path: format!("{path}{part}{}", format.ending()), text: node.document() });
        };
        match format {
            Format::OpenApi => add("", openapi::of_api(source, api)),
            Format::JsonSchema => {
                let [request, answer] = json_schema::of_api(source, api);
                add(".request", request);
                add(".answer", answer);
            }
        }
    }
}
