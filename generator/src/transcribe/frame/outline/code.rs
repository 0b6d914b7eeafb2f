//! Reads the code that a walk over a page comes to: samples, and facts about the API.

use super::super::embedded::{self, Part};
use super::super::facts::{self, Fact};
use super::super::markup;
use super::super::parts::{Home, Sample};
use super::super::samples;
use super::{Walk, side_of};
use crate::terms::Section;
use crate::transcribe::row::Side;

/// Lines of code that are searched for the address of an API.
const MOST_ADDRESSES: usize = 3;

/// Lines below the first one of code that may have facts about the API.
const MOST_FACTS: usize = 8;

impl Walk<'_> {
    /// Reads a block of code.
    pub(super) fn code(&mut self, text: &str) {
        if let Some((command, answer)) = embedded::answer(text) {
            self.whole(command);
            if !matches!(self.section, Some(Section::Common | Section::Ignore | Section::Headers | Section::Errors)) {
                self.sample(Some(Side::Response), answer);
            }
            return;
        }
        let parts = embedded::parts(text, self.dialect);
        if parts.is_empty() { self.whole(text) } else { self.parts(&parts) }
    }

    /// Reads a text with JSON behind labels. A label at its start is a line above the JSON.
    pub(super) fn parts(&mut self, parts: &[Part<'_>]) {
        let mut is_address = false;
        for (at, part) in parts.iter().enumerate() {
            match *part {
                Part::Text(text) if at > 0 && !text.contains('\n') => self.line(text),
                Part::Text(text) => {
                    is_address |= text.lines().any(|line| facts::line_address(line, self.dialect).is_some());
                    self.whole(text);
                }
                Part::Json { label, json } => {
                    if at == 0 && !label.is_empty() {
                        self.line(label);
                    }
                    let section = embedded::section(label, self.dialect);
                    let is_request = is_address || self.dialect.is_call(label) || facts::has_method(label);
                    let side = side_of(label, self.dialect).or(is_request.then_some(Side::Request)).or(self.side);
                    let own = self.section.filter(|_| label.is_empty()).unwrap_or(section);
                    if !matches!(own, Section::Common | Section::Ignore | Section::Headers | Section::Errors) {
                        self.sample(side, json);
                    }
                }
            }
        }
    }

    /// Reads code without labels in it.
    fn whole(&mut self, text: &str) {
        self.above.clear();
        if markup::is_component(text) {
            return self.out.facts.attributes(text, self.dialect);
        }
        let is_comment = |line: &&str| line.is_empty() || line.starts_with("# ") || line.starts_with("//");
        let mut lines = text.lines().map(str::trim).filter(|line| !is_comment(line));
        let first = lines.next().unwrap_or_default();
        let is_head = self.out.tables.is_empty();
        text.lines().take(MOST_ADDRESSES).for_each(|line| self.address(line));
        self.out.facts.line(first, is_head, self.dialect);
        if is_head && !first.starts_with(['{', '<']) {
            self.facts(first, lines.take(MOST_FACTS));
        }
        if let Some(fact) = self.pending.take()
            && self.fact(fact, first)
        {
            return;
        }
        let is_line = text.trim().lines().count() == 1 && !first.contains(['{', '<']) && !samples::is_value(first);
        let is_about_api =
            !matches!(self.section, Some(Section::Common | Section::Ignore | Section::Headers | Section::Errors));
        if is_about_api && !self.is_foreign {
            self.out.facts.action(text, self.dialect);
        }
        if is_about_api && !self.is_foreign && (!is_line || self.section == Some(Section::Sample)) {
            self.sample(self.side, text);
        }
    }

    /// Takes the facts of code that has labels, as it has them above a sample. A method may have the address below it.
    fn facts<'t>(&mut self, first: &str, rest: impl Iterator<Item = &'t str>) {
        let mut found =
            facts::split(first).and_then(|(label, value)| self.out.facts.labelled(label, value, self.dialect));
        for line in rest {
            let endpoint = &self.dialect.endpoint;
            let own = facts::split(line)
                .filter(|(label, _)| endpoint.method.label(label).is_some() || endpoint.path.label(label).is_some());
            if found == Some(Fact::Method) && own.is_none() {
                self.out.facts.line(line, true, self.dialect);
            }
            found = own.and_then(|(label, value)| self.out.facts.labelled(label, value, self.dialect));
        }
    }

    fn sample(&mut self, heading: Option<Side>, text: &str) {
        let side = samples::own_side(text).or(heading);
        if side != Some(Side::Response) {
            self.out.facts.content_type(text, self.dialect);
            self.out.facts.command(text);
        }
        let is_below_answer = self.out.tables.iter().any(|table| table.home == Home::Side(Side::Response));
        self.out.samples.push(Sample { side, is_below_answer, at: self.at.clone(), text: text.to_owned() });
    }
}
