//! Texts of pages as descriptions, which are Markdown.

use crate::markdown;
use crate::model::{Endpoint, ErrorTable, KnownError};

/// Returns a vendor's text as Markdown that shows it as it is.
pub(super) fn markdown(text: &str) -> String {
    markdown::prose(text).join("\n")
}

/// Returns a vendor's text, and sentences of our own below it.
pub(super) fn described(text: &str, notes: Vec<String>) -> String {
    let notes = if notes.is_empty() { notes } else { vec![notes.join(" ")] };
    markdown::paragraphs([markdown::prose(text), notes]).join("\n")
}

/// Joins paragraphs, leaving out empty ones.
pub(super) fn sections(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

/// Returns the tables of errors and statuses of an API. Empty if its page has none.
pub(super) fn tables(endpoint: &Endpoint) -> String {
    let errors = endpoint.errors.iter().map(|row| [row.code.as_str(), &row.message, &row.solution]);
    let statuses = endpoint.statuses.iter().map(|(code, meaning)| [code.as_str(), meaning.as_str()]);
    sections([
        titled("**Errors of this API**", &markdown::table(["code", "message", "solution"], errors)),
        titled("**Statuses of this API**", &markdown::table(["status", "meaning"], statuses)),
    ])
}

/// Returns the tables of the errors that all APIs of a platform share. Empty if there are none.
pub(super) fn common_tables(errors: &ErrorTable) -> String {
    let table = |errors: &[KnownError], head| {
        let rows = errors.iter().map(|error| {
            [
                error.key.as_str(),
                &error.meaning,
                error.hint.as_deref().unwrap_or(""),
                error.message.as_deref().unwrap_or(""),
            ]
        });
        markdown::table([head, "meaning", "what to do", "message"], rows)
    };
    let [codes, sub_codes, texts] =
        [(&errors.codes, "code"), (&errors.sub_codes, "sub code"), (&errors.texts, "text in the API's own table")]
            .map(|(errors, head)| table(errors, head).join("\n"));
    let tables = sections([codes, sub_codes, texts]);
    if tables.is_empty() { tables } else { format!("# Errors of all APIs\n\n{tables}") }
}

fn titled(title: &str, table: &[String]) -> String {
    if table.is_empty() { String::new() } else { format!("{title}\n\n{}", table.join("\n")) }
}
