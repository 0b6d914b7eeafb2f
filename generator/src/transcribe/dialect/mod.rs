//! The words by which a page is read: the built-in dictionary, and the words of a platform.

mod fold;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use crate::spec::{self, EndpointWords, Finder, PagesSpec, Words};
use crate::terms::{BodyForm, Column, FieldPlace, Label, Mark, Part, Required, Section};

pub(crate) use fold::{bare, fold, is_unseen};

/// The built-in dictionary. It cannot fail to be read: a test reads it.
static BUILT_IN: LazyLock<PagesSpec> = LazyLock::new(|| read(include_str!("words.yaml")));

/// Maximum bytes of a heading or mark. A longer text is not compared with the words.
const LONGEST: usize = 200;

/// Reads words of the program's own.
fn read(text: &str) -> PagesSpec {
    spec::load_pages("words.yaml", text.to_owned(), &mut Sources::new(), &mut Diagnostics::new()).unwrap_or_default()
}

/// The words of a platform and the built-in ones, folded for comparison.
#[derive(Debug, Default)]
pub(crate) struct Dialect {
    columns: BTreeMap<String, Column>,
    sections: BTreeMap<String, Section>,
    marks: BTreeMap<String, Mark>,
    types: BTreeMap<String, String>,
    labels: BTreeMap<String, Label>,
    places: BTreeMap<String, FieldPlace>,
    bodies: BTreeMap<String, BodyForm>,
    parts: BTreeMap<String, Part>,
    titles: Vec<String>,
    calls: Vec<String>,
    /// Longest first.
    nesting: Vec<String>,
    empty: Vec<String>,
    omit: Vec<String>,
    /// The tables that the platform lists by their headers.
    tables: BTreeMap<Vec<String>, Section>,
    /// The characters with which columns, sections, marks, labels and words for nothing begin.
    initials: BTreeSet<char>,
    /// How facts about the API are found; the platform's way first.
    pub(crate) endpoint: Endpoint,
}

/// How the facts about an API are found.
#[derive(Debug, Default)]
pub(crate) struct Endpoint {
    /// The name.
    pub(crate) api: Found,
    /// The HTTP method.
    pub(crate) method: Found,
    /// The address or path.
    pub(crate) path: Found,
    /// The form of the body.
    pub(crate) body: Found,
    /// The title.
    pub(crate) title: Found,
    /// The description.
    pub(crate) description: Found,
}

/// How one fact is found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Folded labels, each with its rank: a lower one is preferred.
    labels: BTreeMap<String, usize>,
    patterns: Vec<(String, String)>,
    form: Option<String>,
}

impl Dialect {
    /// The built-in dictionary, with the words of a platform over it.
    pub(crate) fn new(own: Option<&PagesSpec>) -> Self {
        Self::of([&*BUILT_IN].into_iter().chain(own))
    }

    /// The words of a built-in site alone.
    pub(crate) fn only(text: &str) -> Self {
        Self::of([&read(text)])
    }

    fn of<'s>(specs: impl IntoIterator<Item = &'s PagesSpec>) -> Self {
        let mut dialect = Self::default();
        specs.into_iter().for_each(|spec| dialect.add(spec));
        dialect.nesting.sort_by_key(|mark| std::cmp::Reverse(mark.len()));
        let words = (dialect.columns.keys().chain(dialect.sections.keys()).chain(dialect.marks.keys()))
            .chain(dialect.labels.keys())
            .chain(&dialect.empty);
        dialect.initials = words.filter_map(|word| word.chars().next()).collect();
        dialect
    }

    fn add(&mut self, spec: &PagesSpec) {
        add(&mut self.columns, spec.columns.lists());
        add(&mut self.sections, spec.sections.lists());
        add(&mut self.marks, spec.marks.lists());
        add(&mut self.labels, spec.labels.lists());
        add(&mut self.places, spec.places.lists());
        add(&mut self.bodies, spec.bodies.lists());
        add(&mut self.parts, spec.parts.lists());
        self.titles.extend(spec.titles.0.iter().cloned());
        self.calls.extend(spec.calls.0.iter().cloned());
        for (word, others) in &spec.types {
            let all = others.0.iter().map(String::as_str).chain([word.as_str()]);
            self.types.extend(all.map(|other| (fold(other), word.clone())));
        }
        self.nesting.extend(spec.nesting.0.iter().cloned());
        self.empty.extend(spec.empty.0.iter().map(|word| fold(word)));
        self.omit.extend(spec.omit.0.iter().cloned());
        for table in &spec.tables {
            self.tables.insert(table.header.0.iter().map(|word| fold(word)).collect(), table.section);
        }
        self.endpoint.add(&spec.endpoint);
    }

    /// Whether a column, section, mark, label or word for nothing begins with this character, in lower case: other texts need not
    /// be looked up.
    pub(crate) fn may_begin(&self, first: char) -> bool {
        self.initials.contains(&first)
    }

    /// What a column with this header contains.
    pub(crate) fn column(&self, header: &str) -> Option<Column> {
        let is = |text: &str| self.columns.get(&fold(text)).copied();
        // Headers in two languages: `示例 Example`.
        let all = || {
            let mut found = header.split_whitespace().map(is);
            let first = found.next().flatten()?;
            found.all(|other| other == Some(first)).then_some(first)
        };
        is(header).or_else(|| is(fold::without_bracket(header)?)).or_else(all)
    }

    /// The section that the platform lists for a table with these headers.
    pub(crate) fn table(&self, headers: &[&str]) -> Option<Section> {
        let folded: Vec<String> = headers.iter().map(|header| fold(header)).collect();
        self.tables.get(&folded).copied()
    }

    /// The section whose word is the whole of a heading, apart from numbers and signs around it.
    pub(crate) fn section(&self, heading: &str) -> Option<Section> {
        let text = bare(heading);
        let is = |text: &str| self.sections.get(&fold(text)).copied();
        is(text).or_else(|| is(fold::without_bracket(text)?))
    }

    /// The section whose word is the whole of a line.
    pub(crate) fn heading(&self, line: &str) -> Option<Section> {
        (line.len() <= LONGEST).then(|| self.sections.get(&fold(line)).copied()).flatten()
    }

    /// The section with the longest word that a heading contains.
    pub(crate) fn section_within(&self, heading: &str) -> Option<Section> {
        let text = fold(bare(heading));
        let longest = |is: &dyn Fn(&str, Section) -> bool| {
            let words =
                self.sections.iter().filter(|(word, section)| is(word, **section) && text.contains(word.as_str()));
            words.max_by_key(|(word, _)| word.len()).map(|(_, section)| *section)
        };
        // The heading "sample of the request parameters" contains the words of two sections.
        let found = longest(&|_, section| section == Section::Sample)
            .or_else(|| longest(&|word, _| fold::is_distinctive(word)));
        // "Parameters" are those of the answer if another word of the heading is about it.
        let is_answer = found == Some(Section::Request) && self.side(heading) == Some(Section::Response);
        if is_answer { Some(Section::Response) } else { found }
    }

    /// The side whose longest word a text contains, short ones included. Words that are headers of any table, such as
    /// "parameter", show no side.
    pub(crate) fn side(&self, text: &str) -> Option<Section> {
        let text = fold(text);
        let sides =
            || self.sections.iter().filter(|(_, section)| matches!(section, Section::Request | Section::Response));
        let is_plain = |word: &str| {
            let shows = |part: &str| part.len() < word.len() && word.contains(part) && !self.columns.contains_key(part);
            self.columns.contains_key(word) && !sides().any(|(part, _)| shows(part))
        };
        let found = sides().filter(|(word, _)| text.contains(word.as_str()) && !is_plain(word));
        found.max_by_key(|(word, _)| word.len()).map(|(_, section)| *section)
    }

    /// Whether a text begins with a word for the answer: `返回 string`.
    pub(crate) fn begins_answer(&self, text: &str) -> bool {
        let text = fold(bare(text));
        let mut answers = self.sections.iter().filter(|(_, section)| **section == Section::Response);
        answers.any(|(word, _)| text.starts_with(word.as_str()))
    }

    /// The type words in a text: Chinese ones need no blanks around them.
    pub(crate) fn types_within(&self, text: &str) -> Vec<String> {
        let folded = fold(text);
        let chinese = self.types.iter().filter(|(word, _)| !word.is_ascii() && folded.contains(word.as_str()));
        let latin = text.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(|word| self.type_word(word));
        chinese.map(|(_, word)| word.clone()).chain(latin).collect()
    }

    /// Whether a text contains a word for headers.
    pub(crate) fn names_headers(&self, text: &str) -> bool {
        let text = fold(text);
        let mut words = self.sections.iter().filter(|(_, section)| **section == Section::Headers);
        words.any(|(word, _)| text.contains(word.as_str()))
    }

    /// What a required mark means.
    pub(crate) fn mark(&self, cell: &str) -> Option<Mark> {
        (cell.len() <= LONGEST).then(|| self.marks.get(&fold(cell)).copied()).flatten()
    }

    /// Whether a required mark makes a field required. One that depends on a condition does not.
    pub(crate) fn required(&self, cell: &str) -> Option<Required> {
        self.mark(cell).map(|mark| if mark == Mark::Required { Required::Yes } else { Required::No })
    }

    /// The type word of transcripts for a page's word. A word that transcripts know already keeps its spelling.
    pub(crate) fn type_word(&self, word: &str) -> Option<String> {
        let known = self.types.get(&fold(word))?;
        Some(if fold(known) == fold(word) { word.to_owned() } else { known.clone() })
    }

    /// The fact that has this label in a description.
    pub(crate) fn label(&self, text: &str) -> Option<Label> {
        self.labels.get(&fold(text)).copied()
    }

    /// The place of fields that a cell or heading names, and the form of the body if it names that: `Body (JSON)`.
    pub(crate) fn place(&self, text: &str) -> Option<(FieldPlace, Option<BodyForm>)> {
        if text.len() > LONGEST {
            return None;
        }
        let is = |text: &str| {
            let place = self.places.get(&fold(text)).map(|place| (*place, None));
            place.or_else(|| self.body(text).map(|form| (FieldPlace::Body, Some(form))))
        };
        // All words must agree: `Body 请求体参数`.
        let all = |text: &str| {
            let mut found = text.split_whitespace().map(is);
            let first = found.next().flatten()?;
            found.all(|other| other.is_some_and(|(place, _)| place == first.0)).then_some(first)
        };
        let named = |text: &str| {
            let plain = text.strip_suffix("参数").unwrap_or(text);
            is(text).or_else(|| is(plain)).or_else(|| all(plain))
        };
        let text = bare(text);
        named(text).or_else(|| {
            let (outer, inner) = fold::bracketed(text)?;
            match (named(outer), named(inner)) {
                (Some((FieldPlace::Body, None)), Some((FieldPlace::Body, form))) => Some((FieldPlace::Body, form)),
                (outer, inner) => outer.or(inner),
            }
        })
    }

    /// The form of a body, from a word for it or from a media type.
    pub(crate) fn body(&self, text: &str) -> Option<BodyForm> {
        let word = text.split(';').next().unwrap_or_default();
        (word.len() <= LONGEST).then(|| self.bodies.get(&fold(word)).copied()).flatten()
    }

    /// What a row with this text in place of a name is about.
    pub(crate) fn part(&self, name: &str) -> Option<Part> {
        self.parts.get(&fold(name)).copied()
    }

    /// Whether a line between the rows of a table is a title.
    pub(crate) fn is_title(&self, line: &str) -> bool {
        self.titles.iter().any(|title| line.starts_with(title))
    }

    /// Whether a heading or label of a sample shows that the API is called there.
    pub(crate) fn is_call(&self, heading: &str) -> bool {
        self.calls.iter().any(|word| heading.contains(word))
    }

    /// Whether a cell with this text means the same as an empty one.
    pub(crate) fn is_empty(&self, cell: &str) -> bool {
        let text = cell.trim();
        text.is_empty() || self.empty.contains(&fold(text))
    }

    /// Whether the platform sets a field on every call.
    pub(crate) fn omits(&self, name: &str) -> bool {
        self.omit.iter().any(|omitted| omitted == name)
    }

    /// The longest nesting mark at the start of a text.
    pub(crate) fn nesting_mark(&self, text: &str) -> Option<&str> {
        self.nesting.iter().map(String::as_str).find(|mark| text.starts_with(mark))
    }
}

impl Endpoint {
    fn add(&mut self, words: &EndpointWords) {
        self.api.add(&words.api);
        self.method.add(&words.method);
        self.path.add(&words.path);
        self.body.add(&words.body);
        self.title.add(&words.title);
        self.description.add(&words.description);
    }
}

impl Found {
    fn add(&mut self, finder: &Finder) {
        for label in &finder.labels.0 {
            let rank = self.labels.len();
            self.labels.entry(fold(label)).or_insert(rank);
        }
        let halves = finder.patterns.0.iter().filter_map(|pattern| pattern.split_once("{}"));
        self.patterns.extend(halves.map(|(before, behind)| (before.trim().to_owned(), behind.trim().to_owned())));
        self.form = finder.form.clone().or(self.form.take());
    }

    /// The rank of a label.
    pub(crate) fn label(&self, text: &str) -> Option<usize> {
        self.labels.get(&fold(bare(text))).copied()
    }

    /// One of the labels.
    pub(crate) fn any_label(&self) -> Option<&str> {
        self.labels.keys().next().map(String::as_str)
    }

    /// What the first pattern that fits a line captures.
    pub(crate) fn capture<'t>(&self, line: &'t str) -> Option<&'t str> {
        let line = line.trim();
        self.patterns.iter().find_map(|(before, behind)| {
            let rest = line.strip_prefix(before.as_str())?.strip_suffix(behind.as_str())?.trim();
            (!rest.is_empty()).then_some(rest)
        })
    }

    /// The fact as the transcript has it.
    pub(crate) fn formed(&self, fact: &str) -> String {
        self.form.as_ref().map_or_else(|| fact.to_owned(), |form| form.replacen("{}", fact, 1))
    }
}

fn add<'w, T: Copy>(known: &mut BTreeMap<String, T>, lists: impl Iterator<Item = (T, &'w Words)>) {
    for (term, words) in lists {
        known.extend(words.0.iter().map(|word| (fold(word), term)));
    }
}

#[cfg(test)]
mod tests;
