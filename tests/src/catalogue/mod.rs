//! An invented catalogue of any size, shaped like the public catalogue of TOP: for measuring how cost grows with it.
//!
//! The shape is that of the 5,312 public APIs in 2022: 491 families, of which the largest has hundreds of APIs and every
//! other one a handful; 22 fields per API on average and 629 at most; 2.5 types besides request and answer; up to seven
//! levels. The same number and seed give the same bytes. A smaller catalogue has fewer and smaller families.

mod age;
mod shape;
mod specs;
mod words;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Value, json};

use crate::mutation::Random;
use crate::pages::Api;
use words::{NOUNS, TITLES, VERBS};

/// A catalogue.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// Names of families, which are the second segments of the APIs' names; the largest family first.
    pub families: Vec<String>,
    /// The APIs, family after family.
    pub apis: Vec<Entry>,
}

/// An API of a catalogue.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its family.
    pub family: String,
    /// What it does, in a sentence or more.
    pub description: String,
    /// Its fields.
    pub api: Api,
}

impl Catalogue {
    /// Invents a catalogue of so many APIs.
    #[must_use]
    pub fn new(apis: usize, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let sizes = family_sizes(apis);
        let families: Vec<String> = (0..sizes.len()).map(family_name).collect();
        let mut all = Vec::with_capacity(apis);
        for (family, size) in families.iter().zip(sizes) {
            let mut names = BTreeSet::new();
            all.extend((0..size).map(|_| entry(family, &mut names, &mut random)));
        }
        Self { families, apis: all }
    }

    /// The same catalogue a year later: a quarter of its APIs has changed, most in order or in words only.
    #[must_use]
    pub fn aged(mut self, seed: u64) -> Self {
        let mut random = Random::new(seed ^ 1);
        for entry in &mut self.apis {
            if random.below(4) == 0 {
                age::age(&mut entry.api, &mut random);
            }
        }
        self
    }

    /// Writes a JSON page per API, as the document service gives it.
    ///
    /// # Errors
    ///
    /// If a file cannot be written.
    pub fn write_pages(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        for entry in &self.apis {
            fs::write(folder.join(format!("{}.json", entry.api.name)), entry.record().to_string())?;
        }
        Ok(())
    }

    /// Writes the folder `specs/` of the catalogue, for an invented platform.
    ///
    /// # Errors
    ///
    /// If a file cannot be written.
    pub fn write_specs(&self, folder: &Path) -> io::Result<()> {
        specs::write(self, folder)
    }
}

impl Entry {
    /// The record of the document service.
    #[must_use]
    pub fn record(&self) -> Value {
        let mut record = self.api.record();
        if let Some(data) = record.get_mut("data") {
            data["description"] = json!(self.description);
        }
        record
    }
}

/// The number of APIs in each family, the largest first: the n-th family has 1/n of it, and none is empty.
fn family_sizes(apis: usize) -> Vec<usize> {
    let families = (apis * 491).div_ceil(5_312);
    let weights: Vec<f64> = (1..=families).map(|rank| 1.0 / rank as f64).collect();
    let whole: f64 = weights.iter().sum();
    let size = |weight: &f64| ((weight / whole * apis as f64) as usize).max(1);
    let mut sizes: Vec<usize> = weights.iter().map(size).collect();
    // What rounding leaves over goes to the largest ones.
    let left = apis.saturating_sub(sizes.iter().sum());
    sizes.iter_mut().take(left).for_each(|size| *size += 1);
    sizes
}

/// One noun for the first families, two for the others, and a number behind that if nouns do not suffice.
fn family_name(index: usize) -> String {
    let noun = |index: usize| NOUNS.get(index % NOUNS.len()).copied().unwrap_or_default();
    let (first, rest) = (noun(index), index / NOUNS.len());
    match rest.checked_sub(1) {
        None => first.to_owned(),
        Some(second) if second < NOUNS.len() => format!("{first}{}", noun(second)),
        Some(number) => format!("{first}{number}"),
    }
}

fn entry(family: &str, names: &mut BTreeSet<String>, random: &mut Random) -> Entry {
    let mut name = format!("acme.{family}.{}.{}", random.pick(NOUNS), random.pick(VERBS));
    while !names.insert(name.clone()) {
        let verb = random.pick(VERBS);
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        name = format!("{stem}.{}.{verb}", random.pick(NOUNS));
    }
    let title = random.pick(TITLES);
    let (request, response) = shape::sides(random);
    Entry {
        family: family.to_owned(),
        description: shape::description(title, random),
        api: Api { name, title: title.to_owned(), session: random.below(5) < 2, request, response },
    }
}
