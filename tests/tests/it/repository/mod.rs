//! The repository itself: what its files cite, the English of its texts, the length of its functions, its imports, its packages and
//! the examples of its README.

mod citations;
mod function_lengths;
mod imports;
mod packages;
mod readme;
mod voice;
