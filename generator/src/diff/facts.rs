//! The facts of one field: type, marks, limits, texts.

use crate::model::{Item, SideName};
use crate::spec::FieldSpec;
use crate::terms::Required;

use super::limits::{self, Trend};
use super::pair::Pair;
use super::types::{self, Step};
use super::verdict;
use super::{Change, Kind, prose, values};

/// A field's type as the page writes it.
pub(super) fn type_text(field: &FieldSpec) -> String {
    match &field.items {
        Some(items) => format!("{} of {items}", field.type_word),
        None => field.type_word.clone(),
    }
}

/// A field's type and how many members it has.
pub(super) fn whole_type(field: &FieldSpec) -> String {
    match field.fields.len() {
        0 => type_text(field),
        1 => format!("{} with 1 member", type_text(field)),
        members => format!("{} with {members} members", type_text(field)),
    }
}

/// Compares the field itself, not its members.
pub(super) fn compare(pair: &Pair<'_>, to: &mut Vec<Change>) {
    types(pair, to);
    required(pair, to);
    default(pair, to);
    limits(pair, to);
    log(pair, to);
    values::compare(pair, to);
    pair.text(
        "rust_name",
        |field| &field.rust_name,
        pair.kind(Kind::ReqFieldRustRenamed, Kind::RespFieldRustRenamed),
        to,
    );
    pair.text(
        "rust_type",
        |field| &field.rust_type,
        pair.kind(Kind::ReqTypeRustRenamed, Kind::RespTypeRustRenamed),
        to,
    );
    deprecated(pair, to);
    pair.text("renamed_from", |field| &field.renamed_from, Kind::DocRenamedFrom, to);
    description(pair, to);
    pair.text("example", |field| &field.example, Kind::DocExample, to);
}

/// Text that changes a fact which the structured keys do not state is more than text.
fn description(pair: &Pair<'_>, to: &mut Vec<Change>) {
    let (old, new) = (&pair.old.description, &pair.new.description);
    if old == new {
        return;
    }
    let marks = [pair.old, pair.new].map(prose::Marks::of);
    let judgement = prose::judge(old.as_deref(), new.as_deref(), &marks);
    let kind = match judgement.finding {
        prose::Finding::Words => Kind::DocField,
        prose::Finding::Suspect => Kind::DocFieldSuspect,
        prose::Finding::Deprecated if pair.new.deprecated.is_none() => Kind::DocDeprecatedText,
        prose::Finding::Undeprecated if pair.new.deprecated.is_none() => Kind::DocUndeprecatedText,
        prose::Finding::Deprecated | prose::Finding::Undeprecated => Kind::DocField,
    };
    let facts = if kind == Kind::DocField { Vec::new() } else { judgement.facts };
    let change = pair.change(kind, "description", old.clone(), new.clone());
    to.push(Change { facts, ..change });
}

fn types(pair: &Pair<'_>, to: &mut Vec<Change>) {
    let [old, new] = pair.types;
    let [mut before, mut after] = [pair.old, pair.new].map(type_text);
    // The vendor's own word for the elements can also be the key that a list is wrapped in.
    let [old_key, new_key] = [old, new].map(|ty| ty.field.list_key.clone());
    let rewrapped = old_key.is_some() && new_key.is_some() && old_key != new_key;
    let Some(step) = types::compare(old, new) else {
        if before != after {
            let kind = if rewrapped { Kind::RespListWrapper } else { pair.kind(Kind::ReqTypeWord, Kind::RespTypeWord) };
            to.push(pair.change(kind, type_key(pair), Some(before), Some(after)));
        }
        return;
    };
    if before == after {
        [before, after] = [pair.old, pair.new].map(whole_type);
    }
    let wire = verdict::retyped(pair.side, pair.written, old.form(), new.form());
    let change = pair.change(retyped(pair, step), type_key(pair), Some(before), Some(after));
    to.push(Change { wire: Some(wire), ..change });
    if rewrapped && step == Step::Renamed {
        to.push(pair.change(Kind::RespListWrapper, type_key(pair), old_key, new_key));
    }
}

fn retyped(pair: &Pair<'_>, step: Step) -> Kind {
    // A value set with another base stays the same type, but its values have another wire form.
    let both_sets = pair.types.iter().all(|ty| matches!(ty.field.item, Item::Enum(_)));
    match step {
        Step::Widened if both_sets => pair.kind(Kind::ReqEnumToText, Kind::RespEnumToText),
        Step::Narrowed if both_sets => pair.kind(Kind::ReqEnumToNumber, Kind::RespEnumToNumber),
        Step::Widened => pair.kind(Kind::ReqTypeWidened, Kind::RespTypeWidened),
        Step::Narrowed => pair.kind(Kind::ReqTypeNarrowed, Kind::RespTypeNarrowed),
        Step::Replaced => pair.kind(Kind::ReqTypeIncompatible, Kind::RespTypeIncompatible),
        Step::JsonForm => pair.kind(Kind::ReqReprJson, Kind::RespReprJson),
        Step::ToList => pair.kind(Kind::ReqScalarToList, Kind::RespScalarToList),
        Step::ToSingle => pair.kind(Kind::ReqListToScalar, Kind::RespListToScalar),
        Step::ToJson => pair.kind(Kind::ReqStructToJson, Kind::RespStructToJson),
        Step::ToObject => pair.kind(Kind::ReqJsonToStruct, Kind::RespJsonToStruct),
        Step::Map => pair.kind(Kind::ReqMapTypes, Kind::RespMapTypes),
        Step::Recursion => pair.kind(Kind::ReqRecursion, Kind::RespRecursion),
        Step::Renamed => pair.kind(Kind::ReqTypeRenamed, Kind::RespTypeRenamed),
    }
}

/// The key that holds what differs.
fn type_key(pair: &Pair<'_>) -> &'static str {
    if pair.old.type_word == pair.new.type_word && pair.old.items != pair.new.items { "items" } else { "type" }
}

fn required(pair: &Pair<'_>, to: &mut Vec<Change>) {
    let (old, new) = (pair.old.required, pair.new.required);
    if old == new {
        return;
    }
    let kind = match (pair.side, old, new) {
        (SideName::Response, ..) => Kind::RespPresence,
        (SideName::Request, _, Required::Yes) => Kind::ReqOptionalToRequired,
        (SideName::Request, Required::Yes, _) => Kind::ReqRequiredToOptional,
        (SideName::Request, ..) => Kind::ReqRequiredUnknown,
    };
    let word = |mark: Required| Some(mark.word().unwrap_or("false").to_owned());
    to.push(pair.change(kind, "required", word(old), word(new)));
}

fn default(pair: &Pair<'_>, to: &mut Vec<Change>) {
    let request = match (&pair.old.default, &pair.new.default) {
        (None, _) => Kind::ReqDefaultAdded,
        (_, None) => Kind::ReqDefaultRemoved,
        _ => Kind::ReqDefaultChanged,
    };
    pair.text("default", |field| &field.default, pair.kind(request, Kind::RespDefault), to);
}

fn deprecated(pair: &Pair<'_>, to: &mut Vec<Change>) {
    let kind = match (&pair.old.deprecated, &pair.new.deprecated) {
        (None, _) => pair.kind(Kind::ReqDeprecated, Kind::RespDeprecated),
        (_, None) => pair.kind(Kind::ReqUndeprecated, Kind::RespUndeprecated),
        _ => Kind::DocDeprecation,
    };
    pair.text("deprecated", |field| &field.deprecated, kind, to);
}

fn log(pair: &Pair<'_>, to: &mut Vec<Change>) {
    let (old, new) = (pair.old.log_shown, pair.new.log_shown);
    if old != new {
        let kind = if new { Kind::LogShown } else { Kind::LogHidden };
        let word = |shown: bool| shown.then(|| "show".to_owned());
        to.push(pair.change(kind, "log", word(old), word(new)));
    }
}

fn limits(pair: &Pair<'_>, to: &mut Vec<Change>) {
    let (old, new) = (pair.old, pair.new);
    let mut limit = |key: &str, trend: Option<Trend>, [tightened, loosened]: [Kind; 2], values: [Option<String>; 2]| {
        let Some(trend) = trend else { return };
        let request = match trend {
            Trend::Tightened => tightened,
            Trend::Loosened => loosened,
        };
        let [before, after] = values;
        to.push(pair.change(pair.kind(request, Kind::RespLimits), key, before, after));
    };
    let number = |number: Option<u64>| number.map(|number| number.to_string());
    let length = [Kind::ReqLenTightened, Kind::ReqLenLoosened];
    let items = [Kind::ReqItemsTightened, Kind::ReqItemsLoosened];
    let range = [Kind::ReqRangeTightened, Kind::ReqRangeLoosened];
    limit(
        "max_length",
        limits::counts(old.max_length, new.max_length),
        length,
        [old.max_length, new.max_length].map(number),
    );
    limit("max_items", limits::counts(old.max_items, new.max_items), items, [old.max_items, new.max_items].map(number));
    limit("min", limits::minima(&old.min, &new.min), range, [old.min.clone(), new.min.clone()]);
    limit("max", limits::maxima(&old.max, &new.max), range, [old.max.clone(), new.max.clone()]);
}
