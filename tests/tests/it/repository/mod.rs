//! The repository itself: citations, dependencies, imports, packages, the length of functions, the English of texts, the
//! examples of the README, and the example service.

mod citations;
mod dependencies;
mod embedding;
mod example_service;
mod files;
mod function_lengths;
mod imports;
mod packages;
mod readme;
mod schemas;
mod security;
mod voice;
