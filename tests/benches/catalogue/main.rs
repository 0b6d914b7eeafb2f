//! What a whole catalogue costs, from pages to a crate that compiles, and how the cost grows with the number of APIs.
//!
//! ```text
//! cargo bench -p apograph-tests --features bench --bench catalogue
//! cargo bench -p apograph-tests --features bench --bench catalogue -- --sizes 250,937 --compile
//! cargo bench -p apograph-tests --features bench --bench catalogue -- --pages PAGES --later PAGES
//! ```
//!
//! `--program APOGRAPH --runtime FOLDER --platform FILE` measures another revision: its program, runtime and platform file.
//!
//! The catalogues are invented, of the shape that `apograph_tests::catalogue` describes, or the JSON pages of a folder. Each
//! step is a process of its own that is measured with all of its children: wall time, CPU time, and the most memory that one
//! of them used. Everything is in a temporary folder.

mod meter;
mod options;
mod steps;
mod table;
mod workplace;

use std::process::ExitCode;

use options::Options;
use table::Table;
use workplace::{Pages, Workplace};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(rest) = arguments.split_first().filter(|(first, _)| *first == meter::FLAG).map(|(_, rest)| rest) {
        return meter::child(rest);
    }
    let result = Options::parse(arguments).and_then(|options| run(&options));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    let mut tables = Vec::new();
    for pages in Pages::all(options) {
        let place = Workplace::new(&pages, options)?;
        let mut table = Table::new(place.apis);
        for step in steps::all(options) {
            eprintln!("{} APIs: {}", place.apis, step.name);
            let measured = (step.run)(&place).map_err(|message| format!("{}: {message}", step.name))?;
            table.push(step.name, measured);
        }
        print!("{table}");
        tables.push(table);
    }
    print!("{}", table::growth(&tables));
    Ok(())
}
