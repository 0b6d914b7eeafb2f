//! Speed and memory of the lingyang API, compared with code that a user would write by hand with serde_json.
//!
//! `cargo bench -p apograph-tests --features bench` prints divan's table, and then the ratio of the generated code to the
//! handwritten code for each task. Goals: a speed of at least 0.9 (request) and 0.8 (answer), and at most 1.3 times the
//! peak memory.

mod answer;
mod ratio;
mod request;

use std::hint::black_box;

use divan::AllocProfiler;
use peak_alloc::PeakAlloc;

/// divan counts allocations; the other allocator knows how much memory is in use.
#[global_allocator]
static MEMORY: AllocProfiler<PeakAlloc> = AllocProfiler::new(PeakAlloc);

fn main() {
    request::assert_same();
    answer::assert_same();
    divan::main();
    // Cargo passes this to `cargo bench`, and not to `cargo test --benches`.
    if std::env::args().any(|argument| argument == "--bench") {
        print_ratios();
    }
}

fn print_ratios() {
    let (generated, handwritten) = (request::generated(), request::handwritten());
    ratio::print("request with 100 tasks: build, sign, encode", &|| drop(black_box(generated())), &|| {
        drop(black_box(handwritten()));
    });
    let (generated, handwritten) = (answer::generated(), answer::handwritten());
    ratio::print("answer of 1 MB: decode", &|| drop(black_box(generated())), &|| drop(black_box(handwritten())));
}
