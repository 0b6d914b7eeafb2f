//! `platform.yaml` and `crate.yaml`.

use crate::terms::{
    AbsentStatus, BlankRule, BodyForm, DecimalForm, FileForm, HttpMethod, IntegerForm, JsonForm, KeyOrder, ListForm,
    NullForm, ScalarListForm, TypeMeaning,
};
use crate::yaml::schema::{Kinds, Record, Shape, may, must};

use super::signing::SCHEME;
use crate::spec::package::EMBEDDED;

const TEXTS: Shape = Shape::List(&Shape::Text);
const NAMED_TEXTS: Shape = Shape::Entries(&Shape::Text);

/// `specs/crate.yaml`
pub(in crate::spec) static PACKAGE: Shape = Shape::Record(&Record {
    what: "crate.yaml",
    keys: &[
        must("name", Shape::Text),
        must("version", Shape::Text),
        must("description", Shape::Text),
        must("license", Shape::Text),
        may("keywords", TEXTS),
        may("categories", TEXTS),
        must("rust-version", Shape::Text),
        may("default_families", TEXTS),
        may("only", TEXTS),
        may("out", Shape::Text),
        may("runtime", RUNTIME),
        may("standalone", Shape::BoolOr(&[])),
    ],
});

const RUNTIME: Shape = Shape::ByKind(&Kinds {
    scalar: Some(Shape::Words(&[EMBEDDED])),
    list: None,
    mapping: Some(Shape::Record(&FOUND_RUNTIME)),
});

static FOUND_RUNTIME: Record = Record {
    what: "a runtime",
    keys: &[
        may("path", Shape::Text),
        may("version", Shape::Text),
        may("git", Shape::Text),
        may("rev", Shape::Text),
        may("tag", Shape::Text),
        may("branch", Shape::Text),
    ],
};

/// `platform.yaml`
pub(in crate::spec) static PLATFORM: Shape = Shape::Record(&Record {
    what: "platform.yaml",
    keys: &[
        must("title", Shape::Text),
        must("environments", Shape::Entries(&ENVIRONMENT)),
        may("families", Shape::Entries(&FAMILY)),
        may("features", Shape::Entries(&FEATURE)),
        must("request", Shape::Record(&REQUEST)),
        may("values", Shape::Record(&VALUES)),
        must("response", Shape::Record(&RESPONSE)),
        may("retry", Shape::Record(&RETRY)),
        may("errors", Shape::Record(&ERRORS)),
        must("signing", Shape::Entries(&SCHEME)),
    ],
});

static ENVIRONMENT: Shape =
    Shape::ByKind(&Kinds { scalar: Some(Shape::Quoted), list: None, mapping: Some(Shape::Record(&MARKED)) });

static MARKED: Record =
    Record { what: "an environment", keys: &[must("url", Shape::Text), may("insecure", Shape::BoolOr(&[]))] };

static FAMILY: Shape =
    Shape::Record(&Record { what: "a family", keys: &[must("title", Shape::Text), must("prefixes", TEXTS)] });

static FEATURE: Shape =
    Shape::Record(&Record { what: "a feature", keys: &[must("title", Shape::Text), must("families", TEXTS)] });

static REQUEST: Record = Record {
    what: "the section `request`",
    keys: &[
        must("body", Shape::Words(BodyForm::WORDS)),
        must("method", Shape::Words(HttpMethod::WORDS)),
        must("content_type", Shape::Text),
        may("parameters", Shape::Record(&PARAMETERS)),
        may("blank", Shape::Words(BlankRule::WORDS)),
        may("scalar_lists", Shape::Words(ScalarListForm::WORDS)),
        may("files", Shape::Words(FileForm::WORDS)),
        may("wrapper", Shape::Text),
        may("xml_root", Shape::Text),
        may("json_keys", Shape::Words(KeyOrder::WORDS)),
        may("places", Shape::Record(&PLACES)),
    ],
};

static PLACES: Record = Record { what: "the section `places`", keys: &[may("query", TEXTS), may("headers", TEXTS)] };

static PARAMETERS: Record = Record {
    what: "the section `parameters`",
    keys: &[may("query", NAMED_TEXTS), may("form", NAMED_TEXTS), may("headers", NAMED_TEXTS)],
};

static VALUES: Record = Record {
    what: "the section `values`",
    keys: &[
        may("date", Shape::Record(&DATE)),
        may("decimal", Shape::Words(DecimalForm::WORDS)),
        may("integer", Shape::Words(IntegerForm::WORDS)),
        may("json", Shape::Words(JsonForm::WORDS)),
        may("nulls", Shape::Words(NullForm::WORDS)),
        may("types", Shape::Entries(&Shape::Words(TypeMeaning::WORDS))),
    ],
};

static DATE: Record =
    Record { what: "the form of a date", keys: &[must("format", Shape::Text), must("zone", Shape::Text)] };

static RESPONSE: Record = Record {
    what: "the section `response`",
    keys: &[
        must("lists", Shape::Words(ListForm::WORDS)),
        must("envelope", Shape::Record(&ENVELOPE)),
        may("request_id_header", Shape::Text),
    ],
};

static ENVELOPE: Record = Record {
    what: "the envelope",
    keys: &[
        may("root", Shape::Record(&ROOT)),
        may("status", Shape::Record(&STATUS)),
        may("http", Shape::Record(&HTTP)),
    ],
};

/// One path, or several.
const PATHS: Shape = Shape::ByKind(&Kinds { scalar: Some(Shape::Quoted), list: Some(TEXTS), mapping: None });

static ROOT: Record = Record {
    what: "an envelope with a root",
    keys: &[
        may("strip", Shape::Text),
        may("suffix", Shape::Text),
        may("name", Shape::Text),
        must("error", Shape::Text),
        must("code", PATHS),
        must("message", PATHS),
        may("sub_code", PATHS),
        may("sub_message", PATHS),
        may("request_id", PATHS),
        may("success", TEXTS),
        may("data", Shape::Text),
        may("beside", PATHS),
    ],
};

static STATUS: Record = Record {
    what: "an envelope with a status",
    keys: &[
        must("status", PATHS),
        must("message", PATHS),
        must("success", TEXTS),
        may("absent", Shape::Words(AbsentStatus::WORDS)),
        may("sub_code", PATHS),
        may("sub_message", PATHS),
        may("request_id", PATHS),
        may("data", Shape::Text),
        may("beside", PATHS),
    ],
};

static HTTP: Record = Record {
    what: "an envelope without a member of its own",
    keys: &[
        must("code", PATHS),
        must("message", PATHS),
        may("sub_code", PATHS),
        may("sub_message", PATHS),
        may("request_id", PATHS),
        may("data", Shape::Text),
        may("beside", PATHS),
    ],
};

static RETRY: Record = Record {
    what: "the section `retry`",
    keys: &[may("codes", TEXTS), may("sub_codes", TEXTS), may("except_sub_codes", TEXTS), may("wait", Shape::Text)],
};

static ERRORS: Record = Record {
    what: "the section `errors`",
    keys: &[may("codes", KNOWN_ERRORS), may("sub_codes", KNOWN_ERRORS), may("texts", KNOWN_ERRORS)],
};

const KNOWN_ERRORS: Shape = Shape::Entries(&KNOWN_ERROR);

static KNOWN_ERROR: Shape = Shape::Record(&Record {
    what: "an error",
    keys: &[
        must("meaning", Shape::Text),
        may("hint", Shape::Text),
        may("message", Shape::Text),
        may("clock", Shape::BoolOr(&[])),
        may("http", Shape::Number),
        may("when", TEXTS),
    ],
});
