//! specs/README.md: each block and each row with an example is run as what it documents, and every key, word, step and filter
//! that the program knows has one.

mod context;
mod files;
mod keys;
mod pages;
mod recipes;
mod words;
