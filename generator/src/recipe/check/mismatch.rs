//! Explains why a recipe does not reproduce a vector: both values, what was signed, and a usual mistake that gives the vector's.
//!
//! Nothing is masked: the credentials of a vector are in the same file.

use super::case::Case;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::recipe::scheme::{Assignment, Kind, Let, Location, Piece, Plan, Source, Step, Template};
use crate::recipe::{Expectation, Filter, Target, fields, verify};

/// Most characters of a value before its first difference, and after it. The longest digest in hexadecimal has 128.
const SHOWN: (usize, usize) = (40, 128);

/// Most characters of a text to sign that are shown. The longest published one has about 1,000.
const LONGEST: usize = 4_000;

/// Returns the finding about a value that differs, or that the run did not produce.
pub(super) fn finding(case: &Case<'_>, expected: &Expectation, got: Option<&str>) -> Diagnostic {
    let name = quoted(&target_name(&expected.target, case.plan));
    let message = format!("the recipe does not reproduce {name} of the vector {}", quoted(&case.vector.name));
    let mut finding = Diagnostic::new(Code::VectorMismatch, expected.origin.clone(), message);
    let Some(got) = got else {
        return finding.help("the field is missing: an optional value in it is absent");
    };
    finding = finding.help(compared(&expected.text, got));
    let Some(field) = field(&expected.target, case.plan) else { return finding };
    for text in case.texts(&field.template) {
        finding = finding.help(text);
    }
    match case.mistake(&field, &expected.text, got) {
        Some(mistake) => finding.help(mistake),
        None => finding,
    }
}

fn target_name(target: &Target, plan: &Plan) -> String {
    match target {
        Target::Let(index) => plan.lets.get(*index).map(|step| step.name.clone()),
        Target::Clock(index) => plan.clocks.get(*index).map(|clock| clock.name.clone()),
        Target::Field(location, name) => Some(format!("{}.{name}", fields::word(*location, &plan.sets))),
    }
    .unwrap_or_default()
}

/// Returns the field with this value. A step is taken for a field of its own.
fn field(target: &Target, plan: &Plan) -> Option<Assignment> {
    match target {
        Target::Clock(_) => None,
        Target::Field(location, name) => {
            let is_it = |field: &&Assignment| field.location == *location && field.name == *name;
            plan.puts.iter().chain(&plan.places).find(is_it).cloned()
        }
        Target::Let(index) => {
            let step = plan.lets.get(*index)?;
            let filters = if step.kind == Kind::Raw { vec![Filter::Hex] } else { Vec::new() };
            let piece = Piece::Value { source: Source::Let(*index), filters, mask: None };
            let template = Template { pieces: vec![piece], kind: Kind::Text, secrecy: step.secrecy };
            Some(Assignment {
                location: Location::Query,
                name: step.name.clone(),
                template,
                origin: step.origin.clone(),
            })
        }
    }
}

/// What the digest of a field is made of.
struct Input {
    what: String,
    template: Template,
}

impl Case<'_> {
    /// Returns what is signed, line by line as it is: the key, if there is one, and the text.
    fn texts(&self, template: &Template) -> Vec<String> {
        let inputs = inputs(self.plan, template);
        let texts = self.with_run(|run| {
            let mut parts = self.vector.request.clone();
            let trace = run.prepare(&mut parts).ok()?;
            let shown = inputs.iter().map(|input| {
                let text = run.fill(&input.template, &parts, &trace).ok()?.text();
                let bytes = if input.template.kind == Kind::Raw { ", bytes in hexadecimal" } else { "" };
                Some(format!("{}{bytes}:\n{}", input.what, cut(&text)))
            });
            shown.collect::<Option<Vec<String>>>()
        });
        texts.unwrap_or_default()
    }

    fn mistake(&self, field: &Assignment, expected: &str, got: &str) -> Option<String> {
        self.with_run(|run| {
            let mut parts = self.vector.request.clone();
            let trace = run.prepare(&mut parts).ok()?;
            verify::advice(run, field, &parts, &trace, [expected, got])
        })
    }
}

/// Returns the inputs of the digest that a template contains.
fn inputs(plan: &Plan, template: &Template) -> Vec<Input> {
    let found = template.pieces.iter().map(|piece| {
        let Piece::Value { source, filters, .. } = piece else { return Vec::new() };
        if let Some(at) = filters.iter().position(|filter| matches!(filter, Filter::Digest(_))) {
            let filters = filters.get(..at).unwrap_or_default().to_vec();
            return vec![digested(plan, source, filters)];
        }
        match source {
            Source::Let(index) => plan.lets.get(*index).map_or_else(Vec::new, |step| step_inputs(plan, step)),
            _ => Vec::new(),
        }
    });
    found.into_iter().find(|inputs| !inputs.is_empty()).unwrap_or_default()
}

fn step_inputs(plan: &Plan, step: &Let) -> Vec<Input> {
    let text = |over: &Template| Input {
        what: format!("text to sign (`over` of {})", quoted(&step.name)),
        template: over.clone(),
    };
    match &step.step {
        Step::Text(template) => inputs(plan, template),
        Step::Join(join) => {
            let parts = join.parts.iter().map(|part| inputs(plan, part));
            parts.into_iter().find(|inputs| !inputs.is_empty()).unwrap_or_default()
        }
        Step::Pairs(_) => Vec::new(),
        Step::PkSign { over, .. } => vec![text(over)],
        Step::Hmac { key, over, .. } => {
            let what = format!("key of {}", quoted(&step.name));
            vec![Input { what, template: key.clone() }, text(over)]
        }
    }
}

/// Returns the input of a digest that is a filter.
fn digested(plan: &Plan, source: &Source, filters: Vec<Filter>) -> Input {
    let step = match source {
        Source::Let(index) => plan.lets.get(*index),
        _ => None,
    };
    let kind = match filters.last() {
        None => step.map_or(Kind::Text, |step| step.kind),
        Some(Filter::Digest(_) | Filter::Unbase64 | Filter::Unhex) => Kind::Raw,
        Some(_) => Kind::Text,
    };
    let what = step.map_or_else(|| "text to sign".to_owned(), |step| format!("text to sign ({})", quoted(&step.name)));
    let piece = Piece::Value { source: source.clone(), filters, mask: None };
    Input { what, template: Template { pieces: vec![piece], kind, ..Template::default() } }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Returns both values around their first difference, one below the other, with a mark at the difference.
fn compared(expected: &str, got: &str) -> String {
    let same = expected.chars().zip(got.chars()).take_while(|(one, other)| one == other).count();
    let [(expected, before), (got, _)] = [expected, got].map(|text| window(text, same));
    format!("expected `{expected}`\n     got `{got}`\n{}^ first difference", " ".repeat("expected `".len() + before))
}

/// Returns the text around a character on one line, and the columns before that character.
fn window(text: &str, at: usize) -> (String, usize) {
    let start = if at > SHOWN.0 + 1 { at - SHOWN.0 } else { 0 };
    let mut shown = if start > 0 { "…".to_owned() } else { String::new() };
    let mut before = shown.chars().count();
    for (index, character) in text.chars().enumerate().skip(start) {
        if index == at + SHOWN.1 {
            shown.push('…');
            break;
        }
        let escaped = match character {
            '`' => "\\u{60}".to_owned(),
            c if crate::diagnostic::is_hidden(c) => c.escape_default().to_string(),
            c => c.to_string(),
        };
        if index < at {
            before +=
                escaped.chars().map(|c| if ('\u{1100}'..='\u{ffe6}').contains(&c) { 2 } else { 1 }).sum::<usize>();
        }
        shown.push_str(&escaped);
    }
    (shown, before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_below_the_first_difference() {
        assert_eq!(
            compared("ab\nc", "ab\nd"),
            "expected `ab\\nc`\n     got `ab\\nd`\n              ^ first difference"
        );
        assert_eq!(compared("客a", "客"), "expected `客a`\n     got `客`\n            ^ first difference");
        let long = "x".repeat(500);
        let shown = compared(&format!("{long}a"), &format!("{long}b"));
        assert!(shown.lines().all(|line| line.chars().count() < 80), "{shown}");
        let columns: Vec<usize> =
            shown.lines().map(|line| line.chars().position(|c| "ab^".contains(c)).unwrap_or(0)).collect();
        assert_eq!(columns[2], 10 + 1 + SHOWN.0);
    }
}
