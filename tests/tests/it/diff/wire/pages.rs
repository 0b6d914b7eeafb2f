//! Two pages with a field for every pair of types, and what becomes of them.

use std::collections::BTreeMap;

use apograph::diagnostic::{Color, Diagnostics, render};
use apograph::diff::verdict::Wire;
use apograph::diff::{self, Texts};
use apograph::pipeline::Checked;
use apograph::source::Sources;
use apograph_tests::{folder, generation};

use super::super::{PACKAGE, PLATFORM, TRANSCRIPT};
use super::types::Type;

/// How the platform writes requests and answers, as replacements in the invented platform, and where the fields are.
pub struct Form {
    pub name: &'static str,
    replacements: &'static [(&'static str, &'static str)],
    /// Whether the fields are members of an object.
    pub is_nested: bool,
    /// Whether it makes a difference to requests.
    pub is_of_requests: bool,
    /// Whether it makes a difference to answers.
    pub is_of_answers: bool,
}

const BODY: (&str, &str) = ("body: form", "body: json");
const JSON: (&str, &str) = ("application/x-www-form-urlencoded", "application/json");
const NO_FILES: (&str, &str) = ("files: multipart", "files: none");
const JSON_LISTS: (&str, &str) = ("scalar_lists: comma", "scalar_lists: json");
const JSON_VALUES: (&str, &str) = ("json: text", "json: value");

pub const FORMS: &[Form] = &[
    Form::new("form, lists with commas", &[]).of_answers(),
    Form::new("form, lists as JSON", &[JSON_LISTS]),
    Form { is_nested: true, ..Form::new("object in a form", &[]) },
    Form::new("body, JSON as text", &[BODY, JSON, NO_FILES, JSON_LISTS]),
    Form::new("body, JSON as value", &[BODY, JSON, NO_FILES, JSON_LISTS, JSON_VALUES]),
    Form { is_of_requests: false, ..Form::new("bare lists", &[("lists: wrapped", "lists: bare")]).of_answers() },
];

impl Form {
    const fn new(name: &'static str, replacements: &'static [(&'static str, &'static str)]) -> Self {
        Self { name, replacements, is_nested: false, is_of_requests: true, is_of_answers: false }
    }

    const fn of_answers(mut self) -> Self {
        self.is_of_answers = true;
        self
    }

    fn platform(&self) -> String {
        self.replacements.iter().fold(PLATFORM.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        })
    }

    /// Whether files can be sent.
    pub fn has_uploads(&self) -> bool {
        !self.is_nested && !self.replacements.contains(&NO_FILES)
    }
}

/// Two types: the field of `Pair` is of the old one before, and of the new one after.
#[derive(Copy, Clone)]
pub struct Pair {
    pub old: Type,
    pub new: Type,
    /// Numbers of both types.
    numbers: [usize; 2],
}

impl Pair {
    /// All pairs.
    pub fn all() -> Vec<Self> {
        let types: Vec<(usize, Type)> = Type::all().into_iter().enumerate().collect();
        let pair = |&(from, old): &(usize, Type), &(to, new): &(usize, Type)| Self { old, new, numbers: [from, to] };
        types.iter().flat_map(|old| types.iter().map(move |new| pair(old, new))).collect()
    }

    /// The API that has the field: one for each old type.
    pub fn api(self) -> String {
        format!("acme.depot.from{}", self.numbers[0])
    }

    /// The field's wire name.
    pub fn wire(self) -> String {
        format!("to{}", self.numbers[1])
    }
}

/// Both revisions of the pages.
pub struct Pages {
    revisions: [folder::Texts; 2],
    is_nested: bool,
}

impl Pages {
    pub fn new(form: &Form) -> Self {
        let pairs = Pair::all();
        let revisions = [false, true].map(|is_new| {
            let mut texts = folder::Texts::from([
                ("crate.yaml".to_owned(), PACKAGE.to_owned()),
                ("acme/platform.yaml".to_owned(), form.platform()),
            ]);
            for pairs in pairs.chunk_by(|one, other| one.numbers[0] == other.numbers[0]) {
                page(form, pairs, is_new, &mut texts);
            }
            texts
        });
        Self { revisions, is_nested: form.is_nested }
    }

    /// The models of the old and the new pages.
    pub fn models(&self) -> [Checked; 2] {
        self.revisions.each_ref().map(|texts| generation::check(texts, None))
    }

    /// What `apograph diff` predicts for binaries of the old pages, by API and path: the worst of all findings.
    pub fn predictions(&self) -> BTreeMap<(String, String), Wire> {
        let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
        let texts = self.revisions.each_ref().map(|files| Texts { files: files.clone(), ..Texts::default() });
        let revisions = diff::read(texts, &mut sources, &mut diagnostics);
        let [old, new] = revisions.unwrap_or_else(|| panic!("{}", render(&diagnostics, &sources, Color::Never)));
        let mut predictions = BTreeMap::new();
        for finding in diff::compare(old, new).findings {
            let Some(path) = finding.change.field() else { continue };
            let key = (finding.subject.name().to_owned(), path.to_string());
            let worst = predictions.entry(key).or_insert(Wire::Works);
            *worst = finding.verdict.wire.max(*worst);
        }
        predictions
    }

    /// Path of the field of a pair.
    pub fn path(&self, side: &str, pair: Pair) -> String {
        format!("{side}.{}{}", if self.is_nested { "whole.fields." } else { "" }, pair.wire())
    }
}

/// Adds a page and its fix file: the one with the fields of `pairs`, which have the old type in common.
fn page(form: &Form, pairs: &[Pair], is_new: bool, to: &mut folder::Texts) {
    let Some(first) = pairs.first() else { return };
    let (mut transcript, mut fixes) = (TRANSCRIPT.replacen("acme.depot.crate.send", &first.api(), 1), String::new());
    transcript.truncate(transcript.find("request:").expect("a request"));
    for side in ["request", "response"] {
        let (head, above) = if form.is_nested {
            (format!("{side}:\n  whole:\n    type: Whole\n    fields:\n"), format!("{side}.whole.fields"))
        } else {
            (format!("{side}:\n"), side.to_owned())
        };
        transcript.push_str(&head);
        for pair in pairs {
            let (ty, wire) = (if is_new { pair.new } else { pair.old }, pair.wire());
            let indent = if form.is_nested { "      " } else { "  " };
            transcript.push_str(&format!("{indent}{wire}: {}\n", ty.spec()));
            fixes.extend(ty.fix(&format!("{above}.{wire}")));
        }
    }
    let stem = format!("acme/depot/from{}", first.numbers[0]);
    to.insert(format!("{stem}.yaml"), transcript);
    // A fix file cannot be empty.
    to.extend((!fixes.is_empty()).then(|| (format!("{stem}.fix.yaml"), fixes)));
}
