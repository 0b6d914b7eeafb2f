//! Writes an invented catalogue, for measuring:
//! `cargo run --release -p apograph-tests --features reports --example write_catalogue -- FOLDER [APIS] [SEED]` makes
//! the specs `FOLDER/before` and `FOLDER/after`, which are a year apart, and the JSON pages `FOLDER/pages` of the former.
//! [`apograph_tests::catalogue`] describes its shape.

use std::path::Path;

use apograph_tests::catalogue::Catalogue;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize, default| arguments.get(index).and_then(|text| text.parse().ok()).unwrap_or(default);
    let folder = Path::new(arguments.first().map_or("catalogue", String::as_str));
    let seed = number(2, 7);
    let catalogue = Catalogue::new(usize::try_from(number(1, 5_312)).unwrap_or(usize::MAX), seed);
    catalogue.write_pages(&folder.join("pages"))?;
    catalogue.write_specs(&folder.join("before"))?;
    catalogue.aged(seed).write_specs(&folder.join("after"))
}
