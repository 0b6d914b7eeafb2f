//! The repository itself: citations, imports, packages, the length of functions, the English of texts, and the examples of
//! the README.

mod citations;
mod files;
mod function_lengths;
mod imports;
mod packages;
mod readme;
mod security;
mod voice;
