//! Pages that break off, held against the whole page: a fact that is changed, added or missing must be in doubt.

use std::fmt::Debug;

use apograph::source::SpecPath;
use apograph::spec::{EndpointSpec, Entries, FieldSpec};
use apograph::terms::About;

/// Returns what the transcript of a page's start states differently from that of the whole page, without a doubt.
///
/// A changed or added fact needs a doubt of its own. Facts that are missing need the doubt about the page's end, which also
/// covers the last sample.
#[must_use]
pub fn undoubted(whole: &EndpointSpec, start: &EndpointSpec) -> Vec<String> {
    let mut differences = Differences { start, found: Vec::new() };
    differences.api(whole);
    let root = SpecPath::root();
    differences.fields(&root.key("request"), &whole.request, &start.request);
    differences.fields(&root.key("response"), &whole.response, &start.response);
    for index in 0..whole.errors.len().max(start.errors.len()) {
        differences.entry(
            &root.key("errors").index(index),
            About::Error,
            whole.errors.get(index),
            start.errors.get(index),
        );
    }
    differences.entries("statuses", About::Status, &whole.statuses, &start.statuses);
    differences.entries("samples", About::Sample, &whole.samples, &start.samples);
    differences.found
}

struct Differences<'a> {
    start: &'a EndpointSpec,
    found: Vec<String>,
}

impl Differences<'_> {
    fn is_doubted(&self, at: &SpecPath, about: About) -> bool {
        self.start.doubts.iter().any(|doubt| doubt.at == *at && doubt.about == about)
    }

    fn fact<T: PartialEq + Debug + Default>(&mut self, at: &SpecPath, about: About, whole: &T, start: &T) {
        let is_missing = *start == T::default() && self.is_end_doubted();
        if whole != start && !is_missing && !self.is_doubted(at, about) {
            self.found.push(format!("`{at}`, {}: {start:?} instead of {whole:?}", about.word()));
        }
    }

    fn is_end_doubted(&self) -> bool {
        self.is_doubted(&SpecPath::root(), About::End)
    }

    fn missing(&mut self, at: &SpecPath) {
        if !self.is_end_doubted() {
            self.found.push(format!("`{at}` is missing"));
        }
    }

    fn api(&mut self, whole: &EndpointSpec) {
        let (root, start) = (SpecPath::root(), self.start);
        self.fact(&root, About::Name, &whole.api, &start.api);
        self.fact(&root, About::Name, &whole.title, &start.title);
        self.fact(&root, About::Description, &whole.description, &start.description);
        self.fact(&root, About::Description, &whole.category, &start.category);
        self.fact(&root, About::Session, &whole.session, &start.session);
        self.fact(&root, About::Method, &whole.method, &start.method);
        self.fact(&root, About::Path, &whole.path, &start.path);
    }

    fn entries(&mut self, group: &str, about: About, whole: &Entries<String>, start: &Entries<String>) {
        let at = |name: &str| SpecPath::root().key(group).key(name);
        for (name, text) in whole {
            self.entry(&at(name), about, Some(text), start.get(name));
        }
        for (name, text) in start.iter().filter(|(name, _)| whole.get(name).is_none()) {
            self.entry(&at(name), about, None, Some(text));
        }
    }

    fn entry<T: PartialEq + Debug>(&mut self, at: &SpecPath, about: About, whole: Option<T>, start: Option<T>) {
        let is_last_sample = about == About::Sample && self.is_end_doubted();
        match start {
            None => self.missing(at),
            start if !is_last_sample => self.fact(at, about, &whole, &start),
            Some(_) => {}
        }
    }

    fn fields(&mut self, above: &SpecPath, whole: &Entries<FieldSpec>, start: &Entries<FieldSpec>) {
        for (name, field) in whole {
            let at = above.key(name);
            match start.get(name) {
                None => self.missing(&at),
                Some(read) => {
                    self.facts(&at, field, read);
                    self.fields(&at.key("fields"), &field.fields, &read.fields);
                }
            }
        }
        for (name, field) in start.iter().filter(|(name, _)| whole.get(name).is_none()) {
            self.added(&above.key(name), field);
        }
    }

    fn added(&mut self, at: &SpecPath, field: &FieldSpec) {
        if !self.is_doubted(at, About::Name) && !self.is_doubted(at, About::Nesting) {
            self.found.push(format!("`{at}` is added"));
        }
        for (name, member) in &field.fields {
            self.added(&at.key("fields").key(name), member);
        }
    }

    fn facts(&mut self, at: &SpecPath, whole: &FieldSpec, start: &FieldSpec) {
        self.fact(at, About::Type, &whole.type_word, &start.type_word);
        self.fact(at, About::Type, &whole.items, &start.items);
        self.fact(at, About::Required, &Some(whole.required), &Some(start.required));
        self.fact(at, About::Default, &whole.default, &start.default);
        self.fact(at, About::Default, &whole.max_length, &start.max_length);
        self.fact(at, About::Default, &whole.max_items, &start.max_items);
        self.fact(at, About::Default, &whole.min, &start.min);
        self.fact(at, About::Default, &whole.max, &start.max);
        self.fact(at, About::Example, &whole.example, &start.example);
        self.fact(at, About::Description, &whole.description, &start.description);
    }
}
