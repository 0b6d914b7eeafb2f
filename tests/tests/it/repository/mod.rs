//! The repository itself: citations, dependencies, imports, packages, the length of functions, the English of texts, and
//! the examples of the README.

mod citations;
mod dependencies;
mod files;
mod function_lengths;
mod imports;
mod packages;
mod readme;
mod security;
mod voice;
