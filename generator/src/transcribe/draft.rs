//! Builds a transcript from what was read.

use std::collections::BTreeSet;

use super::Refusal;
use super::field::{self, DEEPEST, Field, TOO_DEEP};
use super::page::Page;
use super::row::Side;
use super::tidy::{is_nameless, tidy};
use crate::diagnostic::Code;
use crate::source::SpecPath;
use crate::spec::{DoubtSpec, EndpointSpec, MOST_FIELDS, SourceSpec};
use crate::terms::{About, Layout, Note};

/// A transcript in the making.
#[derive(Debug)]
pub(crate) struct Draft {
    /// What is known so far.
    pub(crate) spec: EndpointSpec,
    /// The facts that have been doubted one by one: pages have too many rows to search the doubts for each.
    doubted: BTreeSet<(SpecPath, About)>,
}

impl Draft {
    /// A transcript that contains only its source.
    pub(crate) fn new(layout: &'static str, page: &Page<'_>, api: &str) -> Self {
        let source = SourceSpec { page: None, layout: Layout::known(layout), sha256: Some(page.sha256.clone()) };
        let spec = EndpointSpec::new(api, source);
        Self { spec, doubted: BTreeSet::new() }
    }

    /// Notes a doubt; the first note about a fact stays.
    pub(crate) fn doubt(&mut self, at: SpecPath, about: About, note: Note) {
        if self.doubted.insert((at.clone(), about)) {
            self.spec.doubts.push(DoubtSpec { at, about, note });
        }
    }

    /// Notes that nothing shows that the page ends where its text ends.
    pub(crate) fn doubt_end(&mut self, note: Note) {
        self.doubt(SpecPath::root(), About::End, note);
    }

    /// Adds a status. One that a page has twice has both meanings.
    pub(crate) fn status(&mut self, code: String, meaning: String, doubt: Option<Note>) {
        let known = self.spec.statuses.get(&code).filter(|known| **known != meaning);
        let meaning = known.map(|known| format!("{known} | {meaning}")).unwrap_or(meaning);
        if let Some(note) = doubt {
            self.doubt(SpecPath::root().key("statuses").key(&code), About::Status, note);
        }
        self.spec.statuses.insert(code, meaning);
    }

    /// Adds a sample under the first free name of its kind: `request_json`, `request_json_2`. A sample without text is not added.
    pub(crate) fn sample(&mut self, kind: &str, text: &str, doubt: Option<Note>) {
        if text.trim().is_empty() {
            return;
        }
        let others = (2..).map(|number| format!("{kind}_{number}"));
        let mut names = std::iter::once(kind.to_owned()).chain(others);
        let Some(name) = names.find(|name| self.spec.samples.get(name).is_none()) else { return };
        if let Some(note) = doubt {
            self.doubt(SpecPath::root().key("samples").key(&name), About::Sample, note);
        }
        self.spec.samples.insert(name, text.to_owned());
    }

    /// Adds the fields of one side, if a transcript can express them.
    pub(crate) fn fields(&mut self, side: Side, mut fields: Vec<Field>) -> Result<(), Refusal> {
        let (name, entries) = match side {
            Side::Request => ("request", &mut self.spec.request),
            Side::Response => ("response", &mut self.spec.response),
        };
        if field::depth(&fields) > DEEPEST {
            return Err(Refusal::of_page(Code::TooLarge, TOO_DEEP));
        }
        if field::count(&fields) > MOST_FIELDS {
            let message = format!("the page has more than {MOST_FIELDS} fields");
            return Err(Refusal::of_page(Code::PageTooLarge, message));
        }
        tidy(&mut fields);
        if is_nameless(&fields) {
            return Err(Refusal::of_page(Code::StrayLine, format!("a row of the {name} table has no name")));
        }
        *entries = field::entries(fields, &SpecPath::root().key(name), &mut self.spec.doubts);
        Ok(())
    }
}
