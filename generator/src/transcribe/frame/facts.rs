//! The facts about the API itself: its name, method, path, title and description.

use std::ops::Range;

use super::addresses::{SCHEMES, is_address, is_address_only, is_name_sign, is_relative, method, path, query};
use super::best::Best;
use super::markup;
use crate::terms::{BodyForm, HttpMethod, Section};
use crate::transcribe::dialect::{Dialect, bare};
use crate::transcribe::page::block::{Block, Kind, Table};

/// What was found of the facts.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// The name.
    pub(super) api: Best<String>,
    /// The method.
    pub(super) method: Best<HttpMethod>,
    /// The path, with its placeholders in braces.
    pub(super) path: Best<String>,
    /// The path that a sample calls, if nothing else shows one.
    pub(super) called: Option<String>,
    /// The names in the queries of addresses, by path.
    pub(super) queries: Vec<(String, Vec<String>)>,
    /// The form of the body.
    pub(super) body: Best<BodyForm>,
    /// The title.
    pub(super) title: Best<String>,
    /// The description.
    pub(super) description: Best<String>,
}

/// A fact that a label is about.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    Api,
    Method,
    Path,
    Body,
    Title,
    Description,
}

/// Ranks: patterns come first, then labels, then what only looks like the fact.
const PATTERN: usize = 0;
pub(super) const LABEL: usize = 1;
pub(super) const LOOKS: usize = 1_000;

impl Facts {
    /// Takes the facts that the platform's patterns find in a line or cell.
    pub(super) fn captured(&mut self, text: &str, dialect: &Dialect) {
        let endpoint = &dialect.endpoint;
        if let Some(api) = endpoint.api.capture(text) {
            self.api.offer(PATTERN, endpoint.api.formed(api));
        }
        if let Some(method) = endpoint.method.capture(text).and_then(method) {
            self.method.offer(PATTERN, method);
        }
        if let Some(path) = endpoint.path.capture(text) {
            self.address(PATTERN, path, dialect);
        }
        if let Some(title) = endpoint.title.capture(text) {
            self.title.offer(PATTERN, endpoint.title.formed(title));
        }
    }

    /// Takes the facts that a line of any kind contains, apart from those behind a label. Only at the head of a page, a line that
    /// looks like an address or a name is the API's.
    pub(super) fn line(&mut self, text: &str, is_head: bool, dialect: &Dialect) {
        self.captured(text, dialect);
        if !is_head {
            return;
        }
        let endpoint = &dialect.endpoint;
        let mut words = text.split_whitespace();
        if let (Some(first), Some(address), None | Some("HTTP/1.1")) = (words.next(), words.next(), words.next())
            && is_address(address)
            && let Some(methods) = first.split('/').map(method).collect::<Option<Vec<_>>>()
        {
            methods.into_iter().for_each(|method| self.method.offer(LOOKS, method));
            self.address(LOOKS, address, dialect);
        }
        if is_address(text) && !text.contains(char::is_whitespace) {
            self.address(LOOKS, text, dialect);
        }
        let methods: Vec<Option<HttpMethod>> = text.split(['/', ',', ' ']).map(method).collect();
        if methods.iter().all(Option::is_some) {
            methods.into_iter().flatten().for_each(|method| self.method.offer(LOOKS, method));
        }
        // The name may be in quotes, and its title behind it, perhaps without anything between.
        let text = text.trim_start_matches(QUOTES);
        let end = text.find(|c: char| !is_name_sign(c)).unwrap_or(text.len());
        let (name, title) = text.split_at(end);
        let title = title.trim_start_matches(QUOTES);
        let is_title =
            title.is_empty() || title.ends_with([')', '\u{ff09}']) || !title.starts_with(|c: char| c.is_ascii());
        if is_api_name(name) && is_title {
            self.api.offer(LOOKS, endpoint.api.formed(name));
            if let Some(title) = Some(title)
                .map(|title| title.trim().trim_matches(['(', ')', '\u{ff08}', '\u{ff09}']))
                .filter(|title| !title.is_empty())
            {
                self.title.offer(LOOKS, title.to_owned());
            }
        }
    }

    /// Takes the name of an API that samples name in the query of one address: `https://…/?Action=SendCrate`.
    pub(super) fn action(&mut self, sample: &str, dialect: &Dialect) {
        let pairs = sample.split(['?', '&', '\n', ' ', '\'', '"']);
        let mut names = pairs.filter_map(|pair| pair.trim().strip_prefix("Action="));
        if let Some(name) = names.next().filter(|name| !name.is_empty() && name.chars().all(is_name_sign)) {
            self.api.offer(LOOKS + 1, dialect.endpoint.api.formed(name));
        }
    }

    /// Takes the fact behind a label.
    pub(super) fn labelled(&mut self, label: &str, value: &str, dialect: &Dialect) -> Option<Fact> {
        let endpoint = &dialect.endpoint;
        let value = markup::value(value.trim().trim_matches('`').trim());
        if value.is_empty() {
            return None;
        }
        if let Some(rank) = endpoint.method.label(label) {
            let words = value.split([' ', '/', ',', '\u{ff0c}', '、', '(', '\u{ff08}']);
            let words = words.skip_while(|word| word.eq_ignore_ascii_case("http"));
            let found: Vec<HttpMethod> = words.map_while(method).collect();
            if !found.is_empty() {
                // Of several methods, the first is the best guess.
                found.into_iter().for_each(|method| self.method.offer(LABEL + rank, method));
                // The form of the body may be in brackets.
                let bracket = value.split(['(', ')', '\u{ff08}', '\u{ff09}']).nth(1);
                bracket.and_then(|form| dialect.body(form)).into_iter().for_each(|form| self.placed(form));
                // The address may be behind it.
                if let Some(at) = SCHEMES.iter().filter_map(|scheme| value.find(scheme)).min() {
                    self.address(LOOKS, value.get(at..).unwrap_or_default(), dialect);
                }
                return Some(Fact::Method);
            }
        }
        if let Some(rank) = endpoint.path.label(label) {
            if is_relative(value) {
                return self.address(LABEL + rank, &format!("/{value}"), dialect).then_some(Fact::Path);
            }
            return self.address(LABEL + rank, value, dialect).then_some(Fact::Path);
        }
        if let Some(rank) = endpoint.api.label(label) {
            if is_address(value) && !value.contains(char::is_whitespace) {
                return self.address(LABEL + rank, value, dialect).then_some(Fact::Path);
            }
            let captured = endpoint.api.capture(value).unwrap_or(value);
            if !captured.is_empty() && captured.chars().all(is_name_sign) {
                self.api.offer(LABEL + rank, endpoint.api.formed(captured));
                return Some(Fact::Api);
            }
        }
        if let Some(rank) = endpoint.body.label(label)
            && let Some(form) = dialect.body(value)
        {
            self.body.offer(LABEL + rank, form);
            return Some(Fact::Body);
        }
        if let Some(rank) = endpoint.title.label(label) {
            self.title.offer(LABEL + rank, value.to_owned());
            return Some(Fact::Title);
        }
        if let Some(rank) = endpoint.description.label(label) {
            self.description.offer(LABEL + rank, value.to_owned());
            return Some(Fact::Description);
        }
        None
    }

    /// Takes the facts that an element has as attributes: `<Address method="GET" url="/crates" />`.
    pub(super) fn attributes(&mut self, element: &str, dialect: &Dialect) {
        let endpoint = &dialect.endpoint;
        for (name, value) in markup::attributes(element) {
            if endpoint.method.label(name).is_some() || endpoint.path.label(name).is_some() {
                self.labelled(name, value, dialect);
            }
        }
    }

    /// Takes the facts of a table with labels in its first column. Returns whether it is one: it has the method or the address.
    pub(super) fn table(&mut self, table: &Table, dialect: &Dialect) -> bool {
        let pairs = || {
            table.rows.iter().filter_map(|row| match row.cells.as_slice() {
                [label, value, ..] => Some((label.trimmed(), value.trimmed().lines().next().unwrap_or_default())),
                _ => None,
            })
        };
        let mut found = Self::default();
        let is_about_api = |fact: Option<Fact>| matches!(fact, Some(Fact::Method | Fact::Path | Fact::Api));
        let has_facts = pairs().any(|(label, value)| is_about_api(found.labelled(label, value, dialect)));
        for (label, value) in pairs() {
            if has_facts {
                self.labelled(label, value, dialect);
            }
            self.line(&format!("{label} {value}"), true, dialect);
        }
        has_facts
    }

    /// Takes the path of an address.
    fn address(&mut self, rank: usize, text: &str, dialect: &Dialect) -> bool {
        let mut text = text;
        if let Some((first, rest)) = text.split_once(char::is_whitespace)
            && let Some(found) = method(first)
        {
            self.method.offer(rank, found);
            text = rest.trim();
        }
        let address = text.split_whitespace().next().unwrap_or_default();
        let captured = dialect.endpoint.path.capture(address).unwrap_or(address);
        match path(captured) {
            Some(path) => {
                let path = dialect.endpoint.path.formed(&path);
                self.queries.extend(query(address).map(|names| (path.clone(), names)));
                self.path.offer(rank, path);
                true
            }
            None => false,
        }
    }
}

/// The path of a line that is an address, perhaps with a method or a label in front of it.
pub(super) fn line_address(text: &str, dialect: &Dialect) -> Option<String> {
    let text = text.trim();
    let labelled = split(text).and_then(|(label, value)| {
        let endpoint = &dialect.endpoint;
        let is_labelled = endpoint.path.label(label).is_some() || endpoint.method.label(label).is_some();
        let absolute = || SCHEMES.iter().find_map(|scheme| value.find(scheme)).and_then(|at| value.get(at..));
        is_labelled.then(|| absolute().or_else(|| Some(value).filter(|value| is_address(value))))
    });
    let address = labelled.flatten().or_else(|| Some(text).filter(|text| is_address_only(text)))?;
    address.split_whitespace().find_map(path)
}

/// Which fact a heading or a line without a value is the label of.
pub(super) fn label(text: &str, dialect: &Dialect) -> Option<Fact> {
    let endpoint = &dialect.endpoint;
    let all = [
        (Fact::Path, &endpoint.path),
        (Fact::Method, &endpoint.method),
        (Fact::Api, &endpoint.api),
        (Fact::Title, &endpoint.title),
        (Fact::Description, &endpoint.description),
    ];
    all.into_iter().find(|(_, found)| found.label(text).is_some()).map(|(fact, _)| fact)
}

/// A line with a label and a value: `请求地址:/depot/crate`.
pub(super) fn split(line: &str) -> Option<(&str, &str)> {
    let is_fact = |value: &str| is_address(value) || method(value).is_some();
    let (label, value) = line
        .split_once([':', '\u{ff1a}'])
        .filter(|(_, value)| !value.starts_with("//"))
        .or_else(|| line.trim().split_once(' ').filter(|(_, value)| is_fact(value.trim())))?;
    (!value.starts_with("//") && label.chars().count() <= 20).then(|| (bare(label), value.trim()))
}

/// Whether a text has the word of a method that sends a body: "data of the POST".
pub(super) fn has_method(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(HttpMethod::from_word).any(HttpMethod::has_body)
}

/// Whether a text is a name with dots, as platforms with one gateway have.
fn is_api_name(text: &str) -> bool {
    let segments: Vec<&str> = text.split('.').collect();
    let is_segment = |segment: &&str| {
        segment.starts_with(|c: char| c.is_ascii_alphabetic())
            && segment.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
    };
    let is_host = ["com", "cn", "net", "org", "html", "md", "io", "js"].iter().any(|end| segments.last() == Some(end))
        || segments.first() == Some(&"www");
    segments.len() >= 3 && !is_host && segments.iter().all(is_segment)
}

/// Quotes around a name.
const QUOTES: [char; 3] = ['\'', '"', '`'];

/// The title of a page without one that is labelled: its first heading or line.
pub(super) fn first_title(blocks: &[Block], document: &str, dialect: &Dialect) -> Option<(String, Range<usize>)> {
    let is_title = |text: &str| {
        dialect.section(text).is_none()
            && label(text, dialect).is_none()
            && split(text).is_none_or(|(name, _)| label(name, dialect).is_none())
            && !is_address(text)
            && !is_api_name(text)
            && !text.starts_with(['-', '[', '*', '•'])
    };
    // A heading behind others that contains the word of a section is about that.
    let first = blocks.iter().position(|block| matches!(block.kind, Kind::Heading(..)));
    let is_own = |at: usize, text: &str| Some(at) == first || dialect.section_within(text).is_none();
    let heading = blocks.iter().enumerate().find_map(|(at, block)| match &block.kind {
        Kind::Heading(1 | 2, text) if is_title(text) && is_own(at, text) => Some((text.clone(), block.at.clone())),
        _ => None,
    });
    let first = || {
        // What is behind a sentence is a heading of its part, and not the page's title.
        let is_head = |block: &&Block| matches!(&block.kind, Kind::Heading(_, text) | Kind::Text(text) if label(text, dialect).is_none() && !text.contains('。'));
        blocks.iter().take(3).take_while(is_head).find_map(|block| match &block.kind {
            Kind::Heading(_, text) | Kind::Text(text) if is_title(text) && is_short(text) => {
                Some((text.clone(), block.at.clone()))
            }
            _ => None,
        })
    };
    let document = || (!document.is_empty()).then(|| (document.to_owned(), 0..0));
    heading.or_else(first).or_else(document)
}

/// Whether a line may be a title: sentences are longer, or have punctuation.
pub(super) fn is_short(text: &str) -> bool {
    is_title(text, 40)
}

/// Whether a text without the punctuation of a sentence has at most `most` characters.
pub(super) fn is_title(text: &str, most: usize) -> bool {
    text.chars().count() <= most
        && !text.contains(['。', '\u{ff0c}', '\u{ff1b}', '\t'])
        && !text.ends_with(['.', ',', ';'])
}

/// The section of a heading or of a short line.
pub(super) fn section(text: &str, is_heading: bool, dialect: &Dialect) -> Option<Section> {
    let may_contain = is_heading && text.chars().count() <= 60 || is_short(text) && text.chars().count() <= 30;
    dialect.section(text).or_else(|| dialect.section_within(text).filter(|_| may_contain))
}
