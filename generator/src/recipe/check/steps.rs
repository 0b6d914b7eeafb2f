//! Checks the steps `text`, `pairs` and `hmac`; `join` and `pk_sign` are recognised.

use apograph_runtime::sign::Location;

use super::flow::Flow;
use super::report::{Report, Spot};
use super::scope::{Phase, Scope};
use crate::diagnostic::{Code, Diagnostic};
use crate::recipe::scheme::{ItemPiece, Kind, PairsStep, Step, Template};
use crate::recipe::template::{self, RawPiece};
use crate::recipe::{Algorithm, fields};
use crate::spec::recipe::{HmacSpec, PairsSpec, SortSpec, StepSpec};

/// Resolves a step and the value that it produces. An invalid step is reported and produces an empty text.
pub(super) fn step(spec: &StepSpec, spot: &Spot, scope: &Scope<'_>, report: &mut Report) -> (Step, Flow) {
    exactly_one(spec, spot, report);
    if spec.join.is_some() {
        report.later(spot.key("join").name(), "the step `join`", 3);
    }
    if spec.pk_sign.is_some() {
        report.later(spot.key("pk_sign").name(), "the step `pk_sign`", 4);
    }
    match (&spec.text, &spec.pairs, &spec.hmac) {
        (Some(text), ..) => {
            let (template, flow) = scope.template(text, &spot.key("text"), Phase::Let, report);
            (Step::Text(template), flow)
        }
        (None, Some(pairs), _) => (Step::Pairs(pairs_step(pairs, &spot.key("pairs"), report)), Flow::OPEN),
        (None, None, Some(hmac)) => hmac_step(hmac, &spot.key("hmac"), scope, report),
        (None, None, None) => (Step::Text(Template::default()), Flow::OPEN),
    }
}

fn exactly_one(spec: &StepSpec, spot: &Spot, report: &mut Report) {
    let steps = [
        ("text", spec.text.is_some()),
        ("pairs", spec.pairs.is_some()),
        ("hmac", spec.hmac.is_some()),
        ("join", spec.join.is_some()),
        ("pk_sign", spec.pk_sign.is_some()),
    ];
    let written: Vec<&str> = steps.iter().filter(|(_, is_written)| *is_written).map(|(word, _)| *word).collect();
    if written.len() != 1 {
        let message = match written.as_slice() {
            [] => "expected one of `text`, `pairs`, `hmac`, `join` and `pk_sign`".to_owned(),
            many => format!("a step must be a single operation, found {}", many.join(" and ")),
        };
        report.add(Diagnostic::new(Code::RecipeStep, spot.name(), message));
    }
}

fn hmac_step(spec: &HmacSpec, spot: &Spot, scope: &Scope<'_>, report: &mut Report) -> (Step, Flow) {
    let known = Algorithm::ALL.iter().find(|(word, _)| *word == spec.alg);
    if known.is_none() {
        let words: Vec<&str> = Algorithm::ALL.iter().map(|(word, _)| *word).collect();
        report.unknown_word(spot.key("alg").value(), "digest", &spec.alg, words);
    }
    let algorithm = known.map_or(Algorithm::Sha256, |(_, algorithm)| *algorithm);
    let (key, of_key) = scope.template(&spec.key, &spot.key("key"), Phase::Let, report);
    let (over, of_over) = scope.template(&spec.over, &spot.key("over"), Phase::Let, report);
    (Step::Hmac { algorithm, key, over }, of_key.and(of_over).digested())
}

fn pairs_step(spec: &PairsSpec, spot: &Spot, report: &mut Report) -> PairsStep {
    later_fields(spec, spot, report);
    let from = locations(&spec.from, &spot.key("from"), report);
    let (mut drop_empty, mut drop_files) = (false, false);
    for (index, word) in spec.drop.iter().enumerate() {
        match word.as_str() {
            "empty" => drop_empty = true,
            "file" => drop_files = true,
            _ => report.unknown_word(spot.key("drop").index(index).value(), "kind of pair", word, ["empty", "file"]),
        }
    }
    let item = |text: &str, key: &str, report: &mut Report| item(text, &spot.key(key), report);
    PairsStep {
        from,
        only: spec.only.clone(),
        except: spec.except.clone(),
        drop_empty,
        drop_files,
        item: item(spec.item.as_deref().unwrap_or("{k}={v}"), "item", report),
        item_empty: spec.item_empty.as_deref().map(|text| item(text, "item_empty", report)),
        separator: spec.join.clone(),
    }
}

fn locations(words: &[String], spot: &Spot, report: &mut Report) -> Vec<Location> {
    let mut locations = Vec::new();
    if words.is_empty() {
        report.add(Diagnostic::new(Code::RecipeStep, spot.name(), "`pairs` needs at least one location in `from`"));
    }
    for (index, word) in words.iter().enumerate() {
        let place = spot.index(index).value();
        match fields::location(word) {
            Ok(Location::Headers) => report.later(place, "pairs of headers", 3),
            Ok(location) if locations.contains(&location) => {
                report.add(Diagnostic::new(Code::RecipeStep, place, format!("`{word}` is listed twice")));
            }
            Ok(location) => locations.push(location),
            Err(error) => error.report(word, place, report),
        }
    }
    locations
}

fn later_fields(spec: &PairsSpec, spot: &Spot, report: &mut Report) {
    for (key, is_written) in
        [("name", !spec.name.is_empty()), ("value", !spec.value.is_empty()), ("merge", spec.merge.is_some())]
    {
        if is_written {
            report.later(spot.key(key).name(), &format!("`{key}` of `pairs`"), 3);
        }
    }
    let place = spot.key("sort").value();
    match &spec.sort {
        None => {}
        Some(SortSpec::Word(word)) if word == "name" => {}
        Some(SortSpec::Word(word)) if !["item", "value", "none"].contains(&word.as_str()) => {
            report.unknown_word(place, "order", word, ["name", "item", "value", "none"]);
        }
        Some(_) => report.later(place, "an order other than `name`", 3),
    }
}

fn item(text: &str, spot: &Spot, report: &mut Report) -> Vec<ItemPiece> {
    let raw = template::parse(text).unwrap_or_else(|message| {
        report.add(Diagnostic::new(Code::RecipeTemplate, spot.value(), message));
        Vec::new()
    });
    let mut pieces = Vec::new();
    for piece in raw {
        match piece {
            RawPiece::Literal(literal) => pieces.push(ItemPiece::Literal(literal)),
            RawPiece::Hole(hole) if !hole.filters.is_empty() => {
                report.later(spot.value(), "filters inside `item`", 3);
            }
            RawPiece::Hole(hole) => match (hole.name.as_str(), hole.question) {
                ("k", false) => pieces.push(ItemPiece::Key),
                ("v", false) => pieces.push(ItemPiece::Value),
                _ => {
                    let message = "`item` can use only `{k}` and `{v}`";
                    report.add(Diagnostic::new(Code::RecipeUnknownName, spot.value(), message));
                }
            },
        }
    }
    pieces
}

/// Whether a step reads the body.
pub(super) fn reads_body(template: &Template) -> bool {
    use crate::recipe::scheme::{RequestText, Source};
    template.sources().any(|source| *source == Source::Request(RequestText::Body))
}

/// Checks that a value to put or place is text.
pub(super) fn is_text(template: &Template, spot: &Spot, report: &mut Report) {
    if template.kind == Kind::Raw {
        let finding = Diagnostic::new(Code::RecipeKind, spot.value(), "raw bytes cannot be sent");
        report.add(finding.help("encode them: `{x|hex}`, `{x|HEX}`, `{x|base64}` or `{x|base64url}`"));
    }
}
