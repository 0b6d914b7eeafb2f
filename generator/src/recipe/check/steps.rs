//! Checks the steps.

use apograph_runtime::sign::Location;

use super::flow::Flow;
use super::report::{Report, Spot};
use super::scope::{self, Phase, Scope};
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::recipe::scheme::{
    CredentialKind, ItemPiece, JoinStep, KeyAlgorithm, Kind, PairOrder, PairsStep, Step, Template,
};
use crate::recipe::template::{self, RawPiece};
use crate::recipe::{Algorithm, Filter, fields};
use crate::spec::recipe::{HmacSpec, JoinSpec, PairsSpec, PkSignSpec, SortSpec, StepSpec};

/// Resolves a step and the value that it produces. An invalid step is reported and produces an empty text.
pub(super) fn step(spec: &StepSpec, spot: &Spot, scope: &Scope<'_>, report: &mut Report) -> (Step, Flow) {
    exactly_one(spec, spot, report);
    if let Some(text) = &spec.text {
        let (template, flow) = scope.template(text, &spot.key("text"), Phase::Let, report);
        (Step::Text(template), flow)
    } else if let Some(pairs) = &spec.pairs {
        let step = pairs_step(pairs, &spot.key("pairs"), scope, report);
        let flow = pairs_flow(&step, scope);
        (Step::Pairs(step), flow)
    } else if let Some(hmac) = &spec.hmac {
        hmac_step(hmac, &spot.key("hmac"), scope, report)
    } else if let Some(join) = &spec.join {
        join_step(join, &spot.key("join"), scope, report)
    } else if let Some(pk_sign) = &spec.pk_sign {
        pk_sign_step(pk_sign, &spot.key("pk_sign"), scope, report)
    } else {
        (Step::Text(Template::default()), Flow::OPEN)
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

fn join_step(spec: &JoinSpec, spot: &Spot, scope: &Scope<'_>, report: &mut Report) -> (Step, Flow) {
    if spec.parts.is_empty() {
        report.add(Diagnostic::new(Code::RecipeStep, spot.name(), "`join` needs at least one part in `parts`"));
    }
    let (mut parts, mut flow) = (Vec::new(), Flow::literal(&spec.sep));
    for (index, text) in spec.parts.iter().enumerate() {
        let (part, of_part) = scope.template(text, &spot.key("parts").index(index), Phase::Let, report);
        parts.push(part);
        flow = flow.and(of_part);
    }
    let step = JoinStep { separator: spec.sep.clone(), parts, skip_empty: spec.skip_empty, is_sorted: spec.sort };
    (Step::Join(step), flow)
}

pub(in crate::recipe) const KEY_ALGORITHMS: &[(&str, KeyAlgorithm)] =
    &[("rsa-sha256", KeyAlgorithm::RsaSha256), ("rsa-sha1", KeyAlgorithm::RsaSha1)];

fn pk_sign_step(spec: &PkSignSpec, spot: &Spot, scope: &Scope<'_>, report: &mut Report) -> (Step, Flow) {
    let known = KEY_ALGORITHMS.iter().find(|(word, _)| *word == spec.alg).map(|(_, algorithm)| *algorithm);
    if known.is_none() {
        let words: Vec<&str> = KEY_ALGORITHMS.iter().map(|(word, _)| *word).collect();
        report.unknown_word(spot.key("alg").value(), "algorithm", &spec.alg, words);
    }
    let keys = scope.credentials.iter().enumerate().filter(|(_, known)| known.kind == CredentialKind::PrivateKey);
    let key = keys.clone().find(|(_, known)| known.name == spec.key).map(|(index, _)| index);
    if key.is_none() {
        let names: Vec<&str> = keys.map(|(_, known)| known.name.as_str()).collect();
        report.unknown_word(spot.key("key").value(), "private key", &spec.key, names);
    }
    let (over, _) = scope.template(&spec.over, &spot.key("over"), Phase::Let, report);
    let algorithm = known.unwrap_or(KeyAlgorithm::RsaSha256);
    (Step::PkSign { algorithm, key: key.unwrap_or_default(), over }, Flow::SIGNED)
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

/// Returns how the text of pairs may be used: a set may contain secrets, everything else was going to be sent.
fn pairs_flow(step: &PairsStep, scope: &Scope<'_>) -> Flow {
    let flows = step.from.iter().map(|location| match location {
        Location::Set(index) => scope.sets.get(usize::from(*index)).map_or(Flow::LITERAL, |(_, flow)| *flow),
        _ => Flow::OPEN,
    });
    let literals = step.items().map(|piece| match piece {
        ItemPiece::Literal(literal) => literal.as_str(),
        ItemPiece::Key(_) | ItemPiece::Value(_) => "",
    });
    let literals = literals.chain([step.separator.as_str()]).chain(step.merge.as_deref()).map(Flow::literal);
    flows.chain(literals).fold(Flow::LITERAL, Flow::and)
}

/// The kinds of pairs that a step can leave out.
pub(in crate::recipe) const DROPPED: &[&str] = &["empty", "file"];

/// The orders that are words.
pub(in crate::recipe) const ORDERS: &[(&str, PairOrder)] =
    &[("name", PairOrder::Name), ("item", PairOrder::Item), ("value", PairOrder::Value), ("none", PairOrder::None)];

fn pairs_step(spec: &PairsSpec, spot: &Spot, scope: &Scope<'_>, report: &mut Report) -> PairsStep {
    let from = locations(&spec.from, &spot.key("from"), scope, report);
    let (mut drop_empty, mut drop_files) = (false, false);
    for (index, word) in spec.drop.iter().enumerate() {
        match word.as_str() {
            "empty" => drop_empty = true,
            "file" => drop_files = true,
            _ => report.unknown_word(
                spot.key("drop").index(index).value(),
                "kind of pair",
                word,
                DROPPED.iter().copied(),
            ),
        }
    }
    let item = |text: &str, key: &str, report: &mut Report| item(text, &spot.key(key), report);
    PairsStep {
        from,
        only: spec.only.clone(),
        except: spec.except.clone(),
        drop_empty,
        drop_files,
        names: filters(&spec.name, &spot.key("name"), report),
        values: filters(&spec.value, &spot.key("value"), report),
        merge: spec.merge.clone(),
        order: order(spec.sort.as_ref(), &spot.key("sort"), report),
        item: item(spec.item.as_deref().unwrap_or("{k}={v}"), "item", report),
        item_empty: spec.item_empty.as_deref().map(|text| item(text, "item_empty", report)),
        separator: spec.join.clone(),
    }
}

fn locations(words: &[String], spot: &Spot, scope: &Scope<'_>, report: &mut Report) -> Vec<Location> {
    let sets: Vec<String> = scope.sets.iter().map(|(name, _)| name.clone()).collect();
    let mut locations = Vec::new();
    if words.is_empty() {
        report.add(Diagnostic::new(Code::RecipeStep, spot.name(), "`pairs` needs at least one location in `from`"));
    }
    for (index, word) in words.iter().enumerate() {
        let place = spot.index(index).value();
        match fields::location(word, &sets) {
            Some(Location::Path) => {
                report.add(Diagnostic::new(Code::RecipeStep, place, "a path has no pairs: use `{path}` in a template"));
            }
            Some(location) if locations.contains(&location) => {
                report.add(Diagnostic::new(Code::RecipeStep, place, format!("`{word}` is listed twice")));
            }
            Some(location) => locations.push(location),
            None if word.starts_with(fields::SET) => {
                let finding =
                    Diagnostic::new(Code::RecipeUnknownName, place, format!("there is no set {}", quoted(word)));
                report.add(finding.help(format!("fill it in `put`: `{word}: {{name: '{{template}}'}}`")));
            }
            None => {
                let known = fields::words(&sets);
                report.unknown_word(place, "location", word, known.iter().map(String::as_str));
            }
        }
    }
    locations
}

fn order(spec: Option<&SortSpec>, spot: &Spot, report: &mut Report) -> PairOrder {
    match spec {
        None => PairOrder::Name,
        Some(SortSpec::Names(names)) => PairOrder::Names(names.clone()),
        Some(SortSpec::Word(word)) => {
            let known = ORDERS.iter().find(|(known, _)| known == word).map(|(_, order)| order.clone());
            if known.is_none() {
                report.unknown_word(spot.value(), "order", word, ORDERS.iter().map(|(word, _)| *word));
            }
            known.unwrap_or_default()
        }
    }
}

/// Resolves filters of a text whose result must be text.
fn filters(words: &[String], spot: &Spot, report: &mut Report) -> Vec<Filter> {
    let filters = scope::filters(words, spot, report);
    let flow =
        filters.iter().fold(Flow::OPEN, |flow, (filter, word)| flow.filtered(*filter, word, &spot.value(), report));
    if flow.kind == Kind::Raw {
        let finding = Diagnostic::new(Code::RecipeKind, spot.value(), "the text of pairs cannot contain raw bytes");
        report.add(finding.help("encode them: `hex`, `HEX`, `base64` or `base64url`"));
    }
    filters.into_iter().map(|(filter, _)| filter).collect()
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
            RawPiece::Hole(hole) => match (hole.name.as_str(), hole.question) {
                ("k", false) => pieces.push(ItemPiece::Key(filters(&hole.filters, spot, report))),
                ("v", false) => pieces.push(ItemPiece::Value(filters(&hole.filters, spot, report))),
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
