//! The invented catalogue that benchmarks measure has the shape that it promises, or their numbers mean nothing.

use std::collections::BTreeSet;

use apograph_tests::catalogue::Catalogue;
use apograph_tests::pages::Field;

/// Fields, objects and levels of a table.
fn shape(fields: &[Field]) -> (usize, usize, usize) {
    fields.iter().fold((0, 0, 0), |(all, objects, levels), field| {
        let below = shape(&field.fields);
        let is_object = usize::from(!field.fields.is_empty());
        (all + 1 + below.0, objects + is_object + below.1, levels.max(1 + below.2))
    })
}

#[test]
fn it_is_shaped_like_the_public_one() {
    let catalogue = Catalogue::new(5_312, 7);
    let shapes: Vec<_> =
        catalogue.apis.iter().map(|entry| (shape(&entry.api.request), shape(&entry.api.response))).collect();
    let fields: Vec<usize> = shapes.iter().map(|(request, response)| request.0 + response.0).collect();
    let mean = |sum: usize| sum * 10 / shapes.len();
    assert!((210..=250).contains(&mean(fields.iter().sum())), "fields per API");
    assert!((500..=629).contains(fields.iter().max().expect("APIs")), "fields of the largest API");
    let objects = shapes.iter().map(|(request, response)| request.1 + response.1).sum();
    assert!((20..=28).contains(&mean(objects)), "objects per API");
    assert_eq!(shapes.iter().map(|(request, response)| request.2.max(response.2)).max(), Some(7));

    assert_eq!(catalogue.families.len(), 491);
    let names: BTreeSet<&str> = catalogue.apis.iter().map(|entry| entry.api.name.as_str()).collect();
    assert_eq!(names.len(), 5_312);
    let of = |family: &String| catalogue.apis.iter().filter(|entry| entry.family == *family).count();
    assert!(catalogue.families.iter().all(|family| of(family) > 0));
    assert!((600..=900).contains(&of(&catalogue.families[0])), "APIs of the largest family");
}

#[test]
fn a_seed_gives_one_catalogue() {
    let pages = |seed| -> Vec<String> {
        Catalogue::new(20, seed).apis.iter().map(|entry| entry.record().to_string()).collect()
    };
    assert_eq!(pages(1), pages(1));
    assert_ne!(pages(1), pages(2));
}
