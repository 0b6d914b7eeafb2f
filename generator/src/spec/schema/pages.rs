//! `pages.yaml`.

use crate::terms::Section;
use crate::yaml::schema::{Record, Shape, may, must};

const TEXTS: Shape = Shape::List(&Shape::Text);

/// `pages.yaml`
pub(in crate::spec) static PAGES: Shape = Shape::Record(&Record {
    what: "pages.yaml",
    keys: &[
        may("columns", Shape::Record(&COLUMNS)),
        may("sections", Shape::Record(&SECTIONS)),
        may("tables", Shape::List(&TABLE)),
        may("marks", Shape::Record(&MARKS)),
        may("types", Shape::Entries(&TEXTS)),
        may("labels", Shape::Record(&LABELS)),
        may("places", Shape::Record(&PLACES)),
        may("bodies", Shape::Record(&BODIES)),
        may("parts", Shape::Record(&PARTS)),
        may("titles", TEXTS),
        may("calls", TEXTS),
        may("nesting", TEXTS),
        may("empty", TEXTS),
        may("omit", TEXTS),
        may("endpoint", Shape::Record(&ENDPOINT)),
        may("address", Shape::Text),
    ],
});

static COLUMNS: Record = Record {
    what: "the section `columns`",
    keys: &[
        may("name", TEXTS),
        may("label", TEXTS),
        may("type", TEXTS),
        may("required", TEXTS),
        may("example", TEXTS),
        may("description", TEXTS),
        may("default", TEXTS),
        may("max_length", TEXTS),
        may("location", TEXTS),
        may("code", TEXTS),
        may("status", TEXTS),
        may("message", TEXTS),
        may("solution", TEXTS),
        may("value", TEXTS),
        may("ignore", TEXTS),
    ],
};

static SECTIONS: Record = Record {
    what: "the section `sections`",
    keys: &[
        may("request", TEXTS),
        may("response", TEXTS),
        may("errors", TEXTS),
        may("statuses", TEXTS),
        may("headers", TEXTS),
        may("common", TEXTS),
        may("sample", TEXTS),
        may("end", TEXTS),
        may("ignore", TEXTS),
    ],
};

static TABLE: Shape = Shape::Record(&Record {
    what: "a table",
    keys: &[must("header", TEXTS), must("section", Shape::Words(Section::WORDS))],
});

static MARKS: Record = Record {
    what: "the section `marks`",
    keys: &[may("required", TEXTS), may("optional", TEXTS), may("conditional", TEXTS)],
};

static LABELS: Record = Record {
    what: "the section `labels`",
    keys: &[
        may("example", TEXTS),
        may("default", TEXTS),
        may("max_length", TEXTS),
        may("max_items", TEXTS),
        may("min", TEXTS),
        may("max", TEXTS),
    ],
};

static PLACES: Record = Record {
    what: "the section `places`",
    keys: &[may("query", TEXTS), may("header", TEXTS), may("path", TEXTS), may("body", TEXTS)],
};

static BODIES: Record = Record {
    what: "the section `bodies`",
    keys: &[may("form", TEXTS), may("json", TEXTS), may("xml", TEXTS), may("multipart", TEXTS), may("raw", TEXTS)],
};

static PARTS: Record = Record { what: "the section `parts`", keys: &[may("element", TEXTS), may("entry", TEXTS)] };

static ENDPOINT: Record = Record {
    what: "the section `endpoint`",
    keys: &[
        may("api", Shape::Record(&FINDER)),
        may("method", Shape::Record(&FINDER)),
        may("path", Shape::Record(&FINDER)),
        may("body", Shape::Record(&FINDER)),
        may("title", Shape::Record(&FINDER)),
        may("description", Shape::Record(&FINDER)),
    ],
};

static FINDER: Record = Record {
    what: "a way to find a fact",
    keys: &[may("labels", TEXTS), may("patterns", TEXTS), may("form", Shape::Text)],
};
