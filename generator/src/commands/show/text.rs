//! An API as text: its facts, and its fields as trees.

use crate::catalogue::{ShownApi, ShownField, ShownSide};
use crate::diagnostic::{safe, wrapped};
use crate::spec::{DoubtSpec, ErrorSpec};
use crate::terms::{FieldPlace, Required};

/// Columns of a level of the tree.
const INDENT: usize = 2;

/// Returns the page of an API.
pub(super) fn page(api: &ShownApi, width: usize) -> String {
    let mut page = Page { lines: Vec::new(), width };
    page.line(0, &format!("{}  {}", api.api, api.title));
    page.prose(1, "", &api.description);
    page.gap();
    for (name, fact) in facts(api) {
        page.line(0, &format!("{name:10}  {fact}"));
    }
    page.side("request", &api.request);
    page.side("response", &api.response);
    if !api.envelope.is_empty() {
        page.line(1, &format!("in the envelope: {}", api.envelope.join(", ")));
    }
    page.section("errors", api.errors.iter().map(error));
    page.section("statuses", api.statuses.iter().map(|row| format!("{}  {}", row.status, row.meaning)));
    page.section("doubts", api.doubts.iter().map(doubt));
    page.lines.join("\n")
}

/// The facts about the API as a whole.
fn facts(api: &ShownApi) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    let mut add = |name, fact: String| facts.extend((!fact.is_empty()).then_some((name, fact)));
    add("removed", if api.removed { "only the lock still has it; calls fail".to_owned() } else { String::new() });
    add("deprecated", api.deprecated.clone().filter(|_| !api.removed).unwrap_or_default());
    add("module", api.rust.module.clone());
    add("feature", api.rust.feature.clone());
    if !api.removed {
        let call = &api.call;
        let body = call.body.map(|body| format!("{} body", body.word()));
        let call_facts = [
            Some(format!("{} {}", call.method.word(), call.path).trim_end().to_owned()),
            body,
            Some(format!("session {}", call.session.word())),
            call.idempotent.then(|| "idempotent".to_owned()),
        ];
        add("call", call_facts.into_iter().flatten().collect::<Vec<_>>().join(", "));
    }
    add("spec", api.source.spec.clone().unwrap_or_default());
    add("fixes", api.source.fixes.clone().unwrap_or_default());
    add("page", api.source.page.clone());
    facts
}

fn error(row: &ErrorSpec) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let solution = row.solution.as_ref().map(|solution| format!(" → {solution}")).unwrap_or_default();
    format!("{}  {}{solution}", text(&row.code), text(&row.message))
}

fn doubt(doubt: &DoubtSpec) -> String {
    format!("{}: {}", doubt.at.key(doubt.about.word()), doubt.note.reason())
}

struct Page {
    lines: Vec<String>,
    width: usize,
}

impl Page {
    fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// Adds a line, broken where it is too long.
    fn line(&mut self, level: usize, text: &str) {
        let indent = level * INDENT;
        let text = safe(text.trim_end(), false);
        self.lines.push(wrapped(&format!("{}{text}", " ".repeat(indent)), self.width, indent + INDENT));
    }

    /// Adds a text of the page, each paragraph on a line of its own.
    fn prose(&mut self, level: usize, sign: &str, text: &str) {
        for paragraph in text.lines().map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
            self.line(level, &format!("{sign}{paragraph}"));
        }
    }

    fn section(&mut self, name: &str, rows: impl ExactSizeIterator<Item = String>) {
        if rows.len() > 0 {
            self.gap();
            self.line(0, name);
            rows.for_each(|row| self.line(1, &row));
        }
    }

    fn side(&mut self, name: &str, side: &ShownSide) {
        self.gap();
        self.line(0, &format!("{name} {}", side.rust_type));
        self.fields(1, &side.fields);
    }

    fn fields(&mut self, level: usize, fields: &[ShownField]) {
        for field in fields {
            self.line(level, &field_line(field));
            self.prose(level + 1, "# ", field.description.as_deref().unwrap_or_default());
            for value in &field.values {
                let removed = if value.removed { ", removed" } else { "" };
                self.line(level + 1, &format!("{} as {}{removed}  {}", value.value, value.variant, value.doc));
            }
            self.fields(level + 1, &field.fields);
        }
    }
}

/// `from as from_: Address → FromAddress, required, at most 50 characters, example 1`
fn field_line(field: &ShownField) -> String {
    let mut line = field.name.clone();
    if let Some(rust) = field.rust.as_ref().filter(|rust| rust.name != field.name) {
        line.push_str(&format!(" as {}", rust.name));
    }
    let rust_type = field.rust.as_ref().map(|rust| rust.value_type.as_str());
    line.push_str(&match (field.type_word.as_str(), rust_type) {
        ("", rust_type) => format!(": {}", rust_type.unwrap_or_default()),
        (word, Some(rust_type)) if rust_type != word => format!(": {word} → {rust_type}"),
        (word, _) => format!(": {word}"),
    });
    for mark in marks(field) {
        line.push_str(&format!(", {mark}"));
    }
    line
}

/// The marks, limits and values of a field, as words.
fn marks(field: &ShownField) -> Vec<String> {
    let counted = |count: u64, noun: &str| format!("at most {count} {noun}{}", if count == 1 { "" } else { "s" });
    let required = match field.required {
        Required::No => None,
        Required::Yes => Some("required"),
        Required::Unknown => Some("perhaps required"),
    };
    let place = field.place.map(|place| match place {
        FieldPlace::Query => "in the query",
        FieldPlace::Header => "in a header",
        FieldPlace::Path => "in the path",
        FieldPlace::Body => "in the body",
    });
    let removed = field.removed.then_some("removed");
    let text = |what: &str, value: &Option<String>| {
        let value = value.as_ref().filter(|value| !value.is_empty());
        value.map(|value| format!("{what} {}", value.split_whitespace().collect::<Vec<_>>().join(" ")))
    };
    let words = [removed, required, place].map(|word| word.map(str::to_owned));
    let facts = [
        field.max_length.map(|count| counted(count, "character")),
        field.max_items.map(|count| counted(count, "item")),
        text("at least", &field.min),
        text("at most", &field.max),
        text("default", &field.default),
        text("example", &field.example),
        text("deprecated:", &field.deprecated.clone().filter(|_| !field.removed)),
    ];
    words.into_iter().chain(facts).flatten().collect()
}
