//! From what was read to a transcript.

use super::page::Page;
use super::top::rows::Side;
use super::tree::{self, Field};
use crate::source::SpecPath;
use crate::spec::{About, DoubtSpec, EndpointSpec, Layout, Note, SourceSpec};

/// A transcript in the making.
#[derive(Debug)]
pub(crate) struct Draft {
    /// What is known so far.
    pub(crate) spec: EndpointSpec,
}

impl Draft {
    /// A transcript that says only where it comes from.
    pub(crate) fn new(layout: Layout, page: &Page<'_>, api: &str) -> Self {
        let source = SourceSpec { page: None, layout, sha256: page.sha256.clone() };
        let spec = EndpointSpec::new(api, source);
        Self { spec }
    }

    /// Notes a doubt.
    pub(crate) fn doubt(&mut self, at: SpecPath, about: About, note: Note) {
        self.spec.doubts.push(DoubtSpec { at, about, note });
    }

    /// Adds the fields of one half.
    pub(crate) fn fields(&mut self, side: Side, fields: Vec<Field>) {
        let (name, entries) = match side {
            Side::Request => ("request", &mut self.spec.request),
            Side::Response => ("response", &mut self.spec.response),
        };
        *entries = tree::entries(fields, &SpecPath::root().key(name), &mut self.spec.doubts);
    }
}
