//! The schema of each file, for the parser that knows positions.

mod json;
mod pages;
mod platform;
mod signing;

pub use json::{json_schema, schema_names};
pub(super) use pages::PAGES;
pub(super) use platform::{PACKAGE, PLATFORM};

use crate::terms::{About, BodyForm, Cause, FieldPlace, HttpMethod, Layout, Note, SessionNeed};
use crate::yaml::schema::{Key, Kinds, Record, Shape, Spelling, fix_only, may, must, must_unless};

/// `<leaf>.yaml`
pub(super) static TRANSCRIPT: Shape = Shape::Record(&Record {
    what: "a transcript",
    keys: &[
        must("api", Shape::Text),
        may("title", Shape::Text),
        may("description", Shape::Text),
        may("category", Shape::Text),
        may("method", Shape::Words(HttpMethod::WORDS)),
        may("path", Shape::Text),
        may("body", Shape::Words(BodyForm::WORDS)),
        may("session", Shape::Words(SessionNeed::WORDS)),
        must("source", Shape::Record(&SOURCE)),
        may("request", Shape::Entries(&FIELD)),
        may("response", Shape::Entries(&FIELD)),
        may("errors", Shape::List(&ERROR)),
        may("statuses", Shape::Entries(&Shape::Text)),
        may("samples", Shape::Entries(&Shape::Text)),
        may("doubts", Shape::List(&DOUBT)),
        fix_only("rust_name"),
        fix_only("deprecated"),
        fix_only("idempotent"),
        fix_only("op"),
        fix_only("envelope"),
    ],
});

static SOURCE: Record = Record {
    what: "a source",
    keys: &[may("page", Shape::Text), must("layout", LAYOUT), must_unless("sha256", Shape::Text, "layout", "hand")],
};

const LAYOUT: Shape =
    Shape::Spelled(&Spelling { what: Layout::SPELLING, fits: Layout::is_word, pattern: Layout::PATTERN });

static FIELD: Shape = Shape::Record(&Record { what: "a field", keys: &FIELD_KEYS });

// A static, because it refers to the shape of a field, and a constant cannot refer to a static.
static FIELD_KEYS: [Key; 18] = [
    must("type", Shape::Text),
    may("items", Shape::Text),
    may("in", Shape::Words(FieldPlace::WORDS)),
    may("required", Shape::BoolOr(&["unknown"])),
    may("default", Shape::Text),
    may("example", Shape::Text),
    may("max_length", Shape::Number),
    may("max_items", Shape::Number),
    may("min", Shape::Text),
    may("max", Shape::Text),
    may("description", Shape::Text),
    may("fields", Shape::Entries(&FIELD)),
    fix_only("values"),
    fix_only("rust_name"),
    fix_only("rust_type"),
    fix_only("deprecated"),
    fix_only("renamed_from"),
    fix_only("log"),
];

static ERROR: Shape = Shape::Record(&Record {
    what: "a row of the error table",
    keys: &[may("code", Shape::Text), may("message", Shape::Text), may("solution", Shape::Text)],
});

static DOUBT: Shape = Shape::Record(&Record {
    what: "a doubt",
    keys: &[
        must("at", Shape::Path),
        must("about", Shape::Words(About::WORDS)),
        must("note", Shape::Words(Note::WORDS)),
    ],
});

/// `<leaf>.fix.yaml`
pub(super) static FIXES: Shape = Shape::List(&Shape::Record(&Record {
    what: "a fix",
    keys: &[
        must("at", Shape::Path),
        may("was", Shape::Quoted),
        may("now", Shape::ByKind(&Kinds { scalar: Some(Shape::Quoted), list: None, mapping: Some(VALUES) })),
        may("from", Shape::Path),
        may("quote", Shape::Text),
        must("why", Shape::Text),
        may("link", Shape::Text),
    ],
}));

/// `approvals.yaml`
pub(super) static APPROVALS: Shape = Shape::List(&Shape::Record(&Record {
    what: "an approval",
    keys: &[
        must("fingerprint", Shape::Text),
        must("cause", Shape::Words(Cause::WORDS)),
        must("reason", Shape::Text),
        must("who", Shape::Text),
        must("until", Shape::Text),
    ],
}));

const VALUES: Shape = Shape::Entries(&Shape::Record(&Record {
    what: "a documented value",
    keys: &[must("name", Shape::Text), may("doc", Shape::Text)],
}));

#[cfg(test)]
mod tests;
