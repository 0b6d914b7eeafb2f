//! Sentences about events of several findings, in both languages.

use crate::diff::event::{Event, EventKind, Told, first_names};
use crate::diff::output::markdown::{code, phrase};
use crate::diff::report::Report;

use super::{Language, what};

/// Describes an event without the name of its only API.
pub(super) fn told(event: &Event, report: &Report, language: Language) -> String {
    match language {
        Language::English => phrase(&event.sentence(report)),
        Language::Chinese => event.told(report).map(|told| chinese(event.kind, &told)).unwrap_or_default(),
    }
}

fn chinese(kind: EventKind, told: &Told<'_>) -> String {
    let (fields, apis) = (told.names.len(), told.subjects);
    match kind {
        EventKind::Single | EventKind::SameEdit => same_edit(told),
        EventKind::ObjectRenamed => format!("对象更名：{}", between(told)),
        EventKind::ObjectToList => format!("对象与列表互换：{}", between(told)),
        EventKind::FieldsMoved => format!("{fields} 个字段移动位置（{}）：{}", between(told), names(told)),
        EventKind::FieldsGone => format!("{}移除 {fields} 个字段：{}", objects(told), names(told)),
        EventKind::FieldsAdded => format!("{}新增 {fields} 个字段：{}", objects(told), names(told)),
        EventKind::ApisGone => format!("{apis} 个 API 已移除：{}", names(told)),
        EventKind::ApisAdded => format!("新增 {apis} 个 API：{}", names(told)),
        EventKind::FamilyMoved if apis == 1 => what(told.worst, Language::Chinese),
        EventKind::FamilyMoved if told.is_renamed() => format!("{apis} 个 API 更名：{}", between(told)),
        EventKind::FamilyMoved => format!("{apis} 个 API 移动位置：{}", between(told)),
    }
}

fn same_edit(told: &Told<'_>) -> String {
    let language = Language::Chinese;
    let what =
        if told.is_alike() { language.what(told.worst.change.kind).to_owned() } else { what(told.worst, language) };
    let name = told.field.map(|name| code(name) + " ").unwrap_or_default();
    let (places, apis) = (told.findings, told.subjects);
    match apis {
        1 => format!("{name}共 {places} 处：{what}"),
        _ if apis == places => format!("{name}涉及 {apis} 个 API：{what}"),
        _ => format!("{name}共 {places} 处，涉及 {apis} 个 API：{what}"),
    }
}

fn between(told: &Told<'_>) -> String {
    match &told.ends {
        Some([old, new]) => format!("{} → {}", code(old), code(new)),
        None => what(told.worst, Language::Chinese),
    }
}

fn objects(told: &Told<'_>) -> String {
    match told.objects.as_slice() {
        [object] => format!("{} ", code(object)),
        objects => format!("{} 个对象均", objects.len()),
    }
}

fn names(told: &Told<'_>) -> String {
    let (shown, more) = first_names(&told.names);
    let shown = shown.iter().map(|name| code(name)).collect::<Vec<_>>().join("、");
    if more > 0 { format!("{shown} 等") } else { shown }
}
