//! A family's module: one public module per endpoint, with its request and response re-exported.

use super::docs;
use crate::model::Family;
use crate::names::FamilyNames;
use crate::render::SourceFile;
use crate::render::text::{self, Around};
use crate::terms::REMOVED;

/// Returns the `mod.rs` of one family.
pub(super) fn file(family: &Family, names: &FamilyNames, origin: String) -> SourceFile {
    let modules = names.endpoints.iter().map(|names| format!("pub mod {};\n", names.module));
    let exports = names.endpoints.iter().map(|names| {
        let (module, request, response) = (&names.module, &names.request, &names.response);
        text::fitted(format!("pub use self::{module}::{{{request}, {response}}};\n"), Around::Nothing)
    });
    SourceFile::new(origin, module_docs(family, names), modules.chain(exports))
}

/// `Cargo feature `top-alsc`.`
fn features(family: &Family) -> String {
    let former: Vec<String> = family.former_features.iter().map(|former| docs::code(former)).collect();
    let former = if former.is_empty() { String::new() } else { format!("; also enabled by {}", former.join(", ")) };
    format!("Cargo feature {}{former}.", docs::code(&family.feature))
}

fn module_docs(family: &Family, names: &FamilyNames) -> Vec<String> {
    let title = docs::prose(&family.title).into_iter().next().unwrap_or_else(|| docs::code(&family.name));
    let mut table = vec!["| API | request | title |".to_owned(), "|---|---|---|".to_owned()];
    for (endpoint, names) in family.endpoints.iter().zip(&names.endpoints) {
        let mut title = docs::first_line(&endpoint.title);
        if endpoint.origin.is_lock() {
            title = REMOVED.to_owned();
        }
        let api = docs::code(&endpoint.api);
        table.push(format!("| {api} | [`{request}`] | {title} |", request = names.request));
    }
    docs::paragraphs([vec![title], vec![features(family)], table])
}
