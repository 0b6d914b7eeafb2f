//! Reads the headings that a walk over a page comes to: they begin the sections, with their sides and places.

use super::super::facts::{self, Fact};
use super::{LINE, Walk, identifiers, side_of};
use crate::terms::Section;
use crate::transcribe::dialect::bare;
use crate::transcribe::row::Side;

impl Walk<'_> {
    /// Reads a heading.
    pub(super) fn heading(&mut self, level: u8, text: &str) {
        self.out.facts.line(bare(text), self.out.tables.is_empty(), self.dialect);
        if self.headings == 0 && !self.out.is_described {
            // What is above the title belongs to the site.
            self.out.prose.clear();
        }
        self.headings += 1;
        self.is_aside = false;
        self.columns = None;
        self.above.clear();
        self.is_answer_above = false;
        self.pending = None;
        self.is_describing = false;
        // An address may contain the words of a section.
        let is_address = facts::line_address(text, self.dialect).is_some() && self.value(text);
        if is_address || self.status(text) || self.begins(level, text, true) || self.value(text) {
            return;
        }
        self.names = identifiers(text);
        let is_apart = matches!(self.section, Some(Section::Headers | Section::Ignore | Section::Common));
        match self.outer.filter(|(outer, ..)| is_apart && *outer < level && level <= self.level) {
            // What is beside headers is about the side that they are part of.
            Some((level, section, side)) => {
                (self.level, self.section, self.side) = (level, Some(section), Some(side));
                self.place = self.dialect.place(text).map(|(place, _)| place).filter(|_| side == Side::Request);
            }
            None if level <= self.level && self.names.is_empty() => (self.section, self.side) = (None, None),
            None => {}
        }
    }

    /// Begins a section, or the part behind a label, if the text is the heading of one.
    pub(super) fn begins(&mut self, level: u8, text: &str, is_heading: bool) -> bool {
        if let Some(section) = self.dialect.section(text).filter(|_| is_heading || facts::is_short(text)) {
            // "Parameters" may be those of the answer, if that is what the page is about there.
            let is_open = section == Section::Request && self.side == Some(Side::Response);
            let is_answer = is_open && self.dialect.side(bare(text)).is_none();
            self.start(if is_answer { Section::Response } else { section }, level, text);
            self.names.clear();
            return true;
        }
        if let Some(fact) = facts::label(text, self.dialect) {
            self.pending = Some(fact);
            self.is_describing = fact == Fact::Description;
            if self.is_describing {
                self.describe(None);
            }
            return true;
        }
        match facts::section(text, is_heading, self.dialect) {
            Some(section) => {
                self.start(section, level, text);
                self.names = if section == Section::Sample { Vec::new() } else { identifiers(text) };
                true
            }
            None => false,
        }
    }

    /// Begins the description, with the text behind its label. Prose above the title belongs to the site.
    pub(super) fn describe(&mut self, first: Option<String>) {
        self.out.has_other_prose |= self.headings > 0 && !self.out.prose.is_empty();
        self.out.is_described = true;
        self.out.prose = first.into_iter().collect();
    }

    pub(super) fn start(&mut self, section: Section, level: u8, heading: &str) {
        // Lists of links above a page contain the words of what ends it.
        if section == Section::End && !self.out.has_heading[1] {
            self.is_aside = true;
            return;
        }
        // The captions of tabs are lines below each other, and the page shows what the first of them is about.
        let is_caption = self.caption == Some(self.blocks) && level == LINE && section == Section::Common;
        if is_caption && self.section.is_some() {
            return;
        }
        // A line about headers within their section is a caption, whatever else it contains.
        let is_of_headers = self.section == Some(Section::Headers) && self.dialect.names_headers(heading);
        if level == LINE && is_of_headers {
            return;
        }
        // A line below a heading about headers, or about one place of parameters, does not tell more than the heading.
        let is_headed =
            level == LINE && section == Section::Request && self.headed.is_some_and(|at| at + 1 == self.blocks);
        if is_headed
            && (self.section == Some(Section::Headers) || self.section == Some(section) && self.place.is_some())
        {
            return;
        }
        self.headed = (level < LINE).then_some(self.blocks).or(self.headed);
        self.caption = (level == LINE).then_some(self.blocks + 1);
        self.is_describing = false;
        // The caption of a table does not end the answer that it is about.
        self.is_foreign &= level == LINE && section == Section::Response;
        self.may_continue = false;
        self.level = level;
        let (place, form) = self.dialect.place(heading).filter(|_| section == Section::Request).unzip();
        self.place = place;
        form.flatten().into_iter().for_each(|form| self.out.facts.placed(form));
        self.side = match section {
            Section::Request => Some(Side::Request),
            Section::Response => Some(Side::Response),
            Section::Sample => {
                side_of(heading, self.dialect).or(self.dialect.is_call(heading).then_some(Side::Request)).or(self.side)
            }
            _ => None,
        };
        self.shows_side = section != Section::Sample || side_of(heading, self.dialect).is_some();
        match section {
            Section::Request => self.out.has_heading[0] = true,
            Section::Response => self.out.has_heading[1] = true,
            _ => {}
        }
        self.section = Some(section);
        if let (Some(side), Section::Request | Section::Response) = (self.side, section)
            && self.outer.is_none_or(|(outer, ..)| level <= outer)
        {
            self.outer = Some((level, section, side));
        }
    }
}
