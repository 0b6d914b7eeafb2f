//! The repository itself: what its files cite, and the English of its texts.

mod citations;
mod voice;
