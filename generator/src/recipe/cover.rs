//! Determines which field of a plan is the signature, which text it is made of, and what that text contains besides pairs.

use std::collections::BTreeSet;

use super::reach::is_digest;
use super::scheme::{Assignment, Location, Piece, Plan, RequestText, Source, Step, Template};
use super::{Filter, Let};

/// The signature of a plan, as a report explains it.
#[derive(Debug)]
pub struct Cover<'p> {
    /// The field with the signature.
    pub field: &'p Assignment,
    /// Name of the step with the text to sign.
    pub text: String,
    /// The fields that the text contains besides its pairs; `*` means a whole location.
    pub fields: Vec<(Location, &'p str)>,
}

/// Returns what the signature of a plan covers. `None` if the plan places no digest of a step.
#[must_use]
pub fn cover(plan: &Plan) -> Option<Cover<'_>> {
    let field = plan.places.iter().find(|field| is_digest(plan, &field.template))?;
    let text = signed_text(plan, &field.template)?;
    let mut sources = BTreeSet::new();
    collect(plan, &field.template, &mut sources);
    Some(Cover { field, text, fields: fields(plan, &sources) })
}

/// Returns the name under which the input of an HMAC or public-key signature is noted. `None` if it is a step or a constant.
#[must_use]
pub fn input_name(step: &Let) -> Option<String> {
    let over = step.step.over()?;
    let is_noted = over.sources().next().is_some() && bare_step(over).is_none();
    is_noted.then(|| format!("{}.over", step.name))
}

fn signed_text(plan: &Plan, template: &Template) -> Option<String> {
    template.pieces.iter().find_map(|piece| {
        let Piece::Value { source: Source::Let(index), filters, .. } = piece else { return None };
        let step = plan.lets.get(*index)?;
        if filters.iter().any(|filter| matches!(filter, Filter::Digest(_))) {
            return Some(step.name.clone());
        }
        match &step.step {
            Step::Hmac { over, .. } | Step::PkSign { over, .. } => match bare_step(over) {
                Some(index) => plan.lets.get(index).map(|step| step.name.clone()),
                None => input_name(step),
            },
            Step::Text(template) => signed_text(plan, template),
            Step::Join(join) => join.parts.iter().find_map(|part| signed_text(plan, part)),
            Step::Pairs(_) => None,
        }
    })
}

/// Returns the step that a template consists of.
fn bare_step(template: &Template) -> Option<usize> {
    match template.pieces.as_slice() {
        [Piece::Value { source: Source::Let(index), filters, .. }] if filters.is_empty() => Some(*index),
        _ => None,
    }
}

fn collect(plan: &Plan, template: &Template, sources: &mut BTreeSet<Source>) {
    for source in template.sources() {
        let is_new = sources.insert(source.clone());
        let Source::Let(index) = source else { continue };
        let step = plan.lets.get(*index).filter(|_| is_new);
        for template in step.iter().flat_map(|step| step.step.templates()) {
            collect(plan, template, sources);
        }
    }
}

/// Returns the name of a header as the plan puts it, or else as it is read.
fn header<'p>(plan: &'p Plan, name: &'p str) -> &'p str {
    let is_same = |field: &&Assignment| field.location == Location::Headers && field.name.eq_ignore_ascii_case(name);
    plan.puts.iter().find(is_same).map_or(name, |field| &field.name)
}

fn fields<'p>(plan: &'p Plan, sources: &BTreeSet<Source>) -> Vec<(Location, &'p str)> {
    let mut fields = BTreeSet::new();
    for text in [RequestText::Query, RequestText::PathQuery] {
        fields.extend(sources.contains(&Source::Request(text)).then_some((Location::Query, "*")));
    }
    for text in [RequestText::Path, RequestText::PathQuery, RequestText::Url, RequestText::ApiPath] {
        fields.extend(sources.contains(&Source::Request(text)).then_some((Location::Path, "*")));
    }
    fields.extend(sources.contains(&Source::Request(RequestText::Body)).then_some((Location::Form, "*")));
    let read = plan.used_templates().flat_map(Template::sources).filter(|source| sources.contains(source));
    fields.extend(read.filter_map(|source| match source {
        Source::Header(name) | Source::OptionalHeader(name) => Some((Location::Headers, header(plan, name))),
        _ => None,
    }));
    // The text contains everything that such a field is made of.
    let is_contained = |field: &&Assignment| {
        let mut made_of = field.template.sources().peekable();
        made_of.peek().is_some() && made_of.all(|source| sources.contains(source))
    };
    fields.extend(plan.puts.iter().filter(is_contained).map(|field| (field.location, field.name.as_str())));
    fields.into_iter().collect()
}
