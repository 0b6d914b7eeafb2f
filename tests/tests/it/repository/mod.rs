//! The repository itself: what its files cite, the English of its texts, the length of its functions.

mod citations;
mod function_lengths;
mod voice;
