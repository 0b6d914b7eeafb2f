//! `apograph transcribe`: pages in, specs out.

mod assign;
mod documents;
mod faults;
mod frame;
mod frame_breaks;
mod layouts;
mod mutated_pages;
mod nio;
mod nio_trees;
mod nio_words;
mod page_bounds;
mod pages;
mod retranscribe;
mod round_trip;
mod truncated_pages;
