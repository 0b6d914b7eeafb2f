//! Resolves names in templates.

use apograph_runtime::sign::Location;

use super::flow::Flow;
use super::report::{Report, Spot};
use crate::diagnostic::{Code, Diagnostic, nearest, quoted};
use crate::recipe::scheme::{Clock, Credential, CredentialKind, Fact, NonceName, Piece, RequestText, Source, Template};
use crate::recipe::template::{self, Hole, RawPiece};
use crate::recipe::{Filter, filter::FilterError};

/// The names that a template of one variant may use.
pub(super) struct Scope<'a> {
    pub(super) credentials: &'a [Credential],
    pub(super) facts: &'a [Fact],
    pub(super) clocks: &'a [Clock],
    pub(super) nonces: &'a [NonceName],
    /// Names of the secrets that may be sent.
    pub(super) revealed: &'a [String],
    /// Whether fields of the body are put before signing.
    pub(super) puts_body: bool,
    /// The sets, with what is put into them.
    pub(super) sets: Vec<(String, Flow)>,
    /// The steps above, with the values that they produce.
    pub(super) lets: Vec<(&'a str, Flow)>,
    /// Every step of the variant, to explain why a name is unknown here.
    pub(super) all_lets: Vec<&'a str>,
    /// Steps that exist only in other variants.
    pub(super) other_lets: Vec<&'a str>,
    /// The variant's name and its place in the file.
    pub(super) variant: Option<(&'a str, Spot)>,
}

/// The section of a template.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Set before signing.
    Put(Location),
    /// A step.
    Let,
    /// Set after signing.
    Place(Location),
}

impl Scope<'_> {
    /// Resolves a template. Names that cannot be resolved are reported and left out.
    pub(super) fn template(&self, text: &str, spot: &Spot, phase: Phase, report: &mut Report) -> (Template, Flow) {
        let raw = match template::parse(text) {
            Ok(raw) => raw,
            Err(message) => {
                let finding = Diagnostic::new(Code::RecipeTemplate, spot.value(), message);
                report.add(finding.help("double a literal brace: `{{` or `}}`"));
                return (Template::default(), Flow::BROKEN);
            }
        };
        let mut template = Template::default();
        let mut flow = Flow::LITERAL;
        for piece in raw {
            match piece {
                RawPiece::Literal(literal) => {
                    flow = flow.and(Flow::literal(&literal));
                    template.pieces.push(Piece::Literal(literal));
                }
                RawPiece::Hole(hole) => {
                    let (piece, of_piece) = self.hole(&hole, spot, phase, report).unzip();
                    template.pieces.extend(piece);
                    flow = flow.and(of_piece.unwrap_or(Flow::BROKEN));
                }
            }
        }
        (template.kind, template.secrecy) = (flow.kind, flow.secrecy);
        (template, flow)
    }

    fn hole(&self, hole: &Hole, spot: &Spot, phase: Phase, report: &mut Report) -> Option<(Piece, Flow)> {
        let filters = filters(&hole.filters, spot, report);
        let are_known = filters.len() == hole.filters.len();
        let (source, mut flow) = self.source(hole, spot, phase, report)?;
        self.question_mark_fits(hole, &source, spot, report);
        self.text_is_settled(&source, &hole.name, spot, phase, report);
        if !are_known {
            flow = Flow::BROKEN;
        }
        for (filter, word) in &filters {
            flow = flow.filtered(*filter, word, &spot.value(), report);
        }
        let words: Vec<&str> = filters.iter().map(|(_, word)| *word).collect();
        let is_masked = flow.secrecy.is_closed() && !words.is_empty();
        let mask = is_masked.then(|| format!("{}|{}", hole.name, words.join("|")));
        Some((Piece::Value { source, filters: filters.into_iter().map(|(filter, _)| filter).collect(), mask }, flow))
    }

    fn source(&self, hole: &Hole, spot: &Spot, phase: Phase, report: &mut Report) -> Option<(Source, Flow)> {
        let name = &hole.name;
        if let Some(header) = name.strip_prefix("header.") {
            let header = header.to_owned();
            let source = if hole.question { Source::OptionalHeader(header) } else { Source::Header(header) };
            return Some((source, Flow::OPEN));
        }
        let found = self.declared(name);
        if let Some((Source::Credential(index), _)) = found
            && self.credentials.get(index).is_some_and(|known| known.kind == CredentialKind::PrivateKey)
        {
            let message = format!("a template cannot contain the private key {}", quoted(name));
            let finding = Diagnostic::new(Code::RecipeSecret, spot.value(), message);
            report.add(finding.help(format!("sign with it: `pk_sign: {{alg: rsa-sha256, key: {name}, over: …}}`")));
            return None;
        }
        if found.is_none() {
            self.unknown(name, spot, phase, report);
        }
        found
    }

    fn declared(&self, name: &str) -> Option<(Source, Flow)> {
        if let Some(fact) = name.strip_prefix("op.") {
            let index = self.facts.iter().position(|known| known.name == fact)?;
            return Some((Source::Fact(index), Flow::OPEN));
        }
        if let Some((index, (_, flow))) = self.lets.iter().enumerate().rfind(|(_, (known, _))| *known == name) {
            return Some((Source::Let(index), *flow));
        }
        if let Some((index, credential)) = self.credentials.iter().enumerate().find(|(_, known)| known.name == name) {
            return Some((Source::Credential(index), Flow::credential(credential.kind, index)));
        }
        let clock = || self.clocks.iter().position(|known| known.name == name).map(Source::Clock);
        let nonce = || self.nonces.iter().position(|known| known.name == name).map(Source::Nonce);
        let text = || RequestText::ALL.iter().find(|(word, _)| *word == name).map(|(_, text)| Source::Request(*text));
        clock().or_else(nonce).or_else(text).map(|source| (source, Flow::OPEN))
    }

    fn unknown(&self, name: &str, spot: &Spot, phase: Phase, report: &mut Report) {
        let shown = quoted(name);
        if let (false, Some((variant, at))) = (self.all_lets.contains(&name), &self.variant)
            && self.other_lets.contains(&name)
        {
            let message = format!("the variant `{variant}` does not define {shown}");
            let finding = Diagnostic::new(Code::RecipeVariant, at.name(), message);
            report.add(finding.label(spot.value(), "used here"));
            return;
        }
        let finding = Diagnostic::new(Code::RecipeUnknownName, spot.value(), format!("unknown name {shown}"));
        report.add(if !self.all_lets.contains(&name) {
            finding.help(self.suggestion(name))
        } else if phase == Phase::Let {
            finding.help("a step can use only the steps above it")
        } else {
            finding.help("`put` is evaluated before the steps: use `place` for their results")
        });
    }

    fn suggestion(&self, name: &str) -> String {
        let facts: Vec<String> = self.facts.iter().map(|fact| format!("op.{}", fact.name)).collect();
        let own = self.credentials.iter().map(|known| &known.name);
        let own = own.chain(self.clocks.iter().map(|known| &known.name));
        let own = own.chain(self.nonces.iter().map(|known| &known.name)).chain(&facts);
        let known = own.map(String::as_str).chain(self.lets.iter().map(|(name, _)| *name));
        match nearest(name, known.chain(RequestText::ALL.iter().map(|(word, _)| *word))) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "declare it as a credential, a clock, a nonce or a step above".to_owned(),
        }
    }

    /// Whether the result may lack an optional value.
    pub(super) fn is_optional(&self, source: &Source) -> bool {
        match source {
            Source::Credential(index) => self.credentials.get(*index).is_some_and(|known| known.optional),
            Source::Fact(index) => self.facts.get(*index).is_some_and(|known| known.optional),
            Source::OptionalHeader(_) => true,
            _ => false,
        }
    }

    fn question_mark_fits(&self, hole: &Hole, source: &Source, spot: &Spot, report: &mut Report) {
        let message = match (hole.question, self.is_optional(source)) {
            (true, false) => format!("`{}` is never absent: write `{{{}}}`", hole.name, hole.name),
            (false, true) => format!("`{}` may be absent: write `{{{}?}}`", hole.name, hole.name),
            _ => return,
        };
        let finding = Diagnostic::new(Code::RecipeOptional, spot.value(), message);
        report.add(finding.help("names under `optional` may be absent"));
    }

    /// Reports a field that reads a part of the request which setting the field changes.
    fn text_is_settled(&self, source: &Source, name: &str, spot: &Spot, phase: Phase, report: &mut Report) {
        let (location, is_put) = match phase {
            Phase::Let => return,
            Phase::Put(location) => (location, true),
            Phase::Place(location) => (location, false),
        };
        let is_in = |locations: &[Location]| locations.contains(&location);
        let Source::Request(text) = source else { return };
        // Fields are put in the order of their locations.
        let changed = match text {
            RequestText::Body => {
                is_in(&[Location::Form, Location::Json, Location::Xml])
                    || is_put && self.puts_body && is_in(&[Location::Path, Location::Query])
            }
            RequestText::Query => is_in(&[Location::Query]) || is_put && is_in(&[Location::Path]),
            RequestText::PathQuery => is_in(&[Location::Path, Location::Query]),
            RequestText::Path | RequestText::Url | RequestText::ApiPath => is_in(&[Location::Path]),
            RequestText::Method | RequestText::Scheme | RequestText::Host | RequestText::Api => false,
        };
        if changed {
            let message = format!("`{{{name}}}` is not complete before this field is set");
            report.add(Diagnostic::new(Code::RecipeUnsettled, spot.value(), message));
        }
    }
}

/// Resolves the words of filters. Unknown ones are reported and left out.
pub(super) fn filters<'h>(words: &'h [String], spot: &Spot, report: &mut Report) -> Vec<(Filter, &'h str)> {
    let mut filters = Vec::new();
    for word in words {
        match Filter::parse(word) {
            Ok(filter) => filters.push((filter, word.as_str())),
            Err(FilterError::Argument(message)) => {
                report.add(Diagnostic::new(Code::RecipeWord, spot.value(), message).here(quoted(word)));
            }
            Err(FilterError::Unknown) => {
                report.unknown_word(spot.value(), "filter", word, Filter::words().collect::<Vec<_>>());
            }
        }
    }
    filters
}
