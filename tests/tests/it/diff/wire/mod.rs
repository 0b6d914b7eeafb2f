//! What `apograph diff` predicts for binaries of the old crate, against what really becomes of values, for every pair of
//! types: answers of the new page are decoded by the old type, and requests of the old type are read by the new page.
//!
//! A prediction is `Works` if no value is lost, `Depends` if some are, and `Fails` if all are.

mod answers;
mod pages;
mod requests;
mod types;

use std::fmt;

use apograph::diff::verdict::Wire;
use apograph_runtime::{Object, View};
use apograph_tests::fuzz;
use pages::{FORMS, Form, Pages, Pair};

/// What becomes of a value.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Fate {
    Kept,
    /// Kept with a deviation that is counted.
    Coerced,
    /// The field stays empty, or the request has a value that the page does not document.
    Lost,
    /// The whole call fails.
    Failed,
}

/// What becomes of each value of a cell.
struct Cell(Vec<(String, Fate)>);

impl Cell {
    fn wire(&self) -> Wire {
        let lost = self.0.iter().filter(|(_, fate)| matches!(fate, Fate::Lost | Fate::Failed)).count();
        match lost {
            0 => Wire::Works,
            _ if lost < self.0.len() => Wire::Depends,
            _ => Wire::Fails,
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fates: Vec<String> = self.0.iter().map(|(value, fate)| format!("{value} {fate:?}")).collect();
        f.write_str(&fates.join(", "))
    }
}

/// The field of an object, or of the object that all fields are in.
fn field<'a>(object: &'a dyn Object, wire: &str, is_nested: bool) -> View<'a> {
    let of = |object: &'a dyn Object, wire: &str| {
        let index = object.shape().fields().position(|field| field.wire() == wire);
        index.and_then(|index| object.fields().into_iter().nth(index)).map_or(View::Absent, |value| value.view())
    };
    match of(object, if is_nested { "whole" } else { wire }) {
        View::Object(inner) if is_nested => of(inner, wire),
        view => view,
    }
}

/// Compares the predictions with the cells of a side.
fn compare(side: &str, form: &Form, pages: &Pages, cell: impl Fn(Pair) -> Cell) {
    let predictions = pages.predictions();
    let mut wrong = Vec::new();
    for pair in Pair::all() {
        let predicted = predictions.get(&(pair.api(), pages.path(side, pair))).copied().unwrap_or(Wire::Works);
        let cell = cell(pair);
        assert!(!cell.0.is_empty(), "{} → {}: no values", pair.old.name(), pair.new.name());
        if predicted != cell.wire() {
            let (old, new, wire) = (pair.old.name(), pair.new.name(), cell.wire());
            wrong.push(format!("{old} → {new}: predicted {predicted:?}, and it is {wire:?}: {cell}"));
        }
    }
    let count = wrong.len();
    assert!(wrong.is_empty(), "{side}, {}: {count} predictions are wrong\n{}", form.name, wrong.join("\n"));
}

/// The forms that a run tries: ordinary runs try all pairs of types in every third form.
fn tried(is_of_side: fn(&Form) -> bool) -> impl Iterator<Item = &'static Form> {
    let step = if fuzz::is_whole() { 1 } else { 3 };
    FORMS.iter().filter(move |form| is_of_side(form)).step_by(step)
}

#[test]
fn answers_are_decoded_as_predicted() {
    for form in tried(|form| form.is_of_answers) {
        let pages = Pages::new(form);
        let [old, _] = pages.models();
        let decoder = answers::Decoder::new(&old, form);
        compare("response", form, &pages, |pair| decoder.cell(pair));
    }
}

#[test]
fn requests_are_accepted_as_predicted() {
    for form in tried(|form| form.is_of_requests) {
        let pages = Pages::new(form);
        let [old, new] = pages.models();
        let reader = requests::Reader::new([&old, &new], form);
        compare("request", form, &pages, |pair| reader.cell(pair));
    }
}
