//! The signing section of `platform.yaml`.

use crate::yaml::schema::{Kinds, Record, Shape, may, must};

const TEXTS: Shape = Shape::List(&Shape::Text);
const NAMED_TEXTS: Shape = Shape::Entries(&Shape::Text);
/// Location (`query`, `form`, …, `set.<name>`) → name → template.
const PLACED: Shape = Shape::Entries(&NAMED_TEXTS);
const CLOCKS: Shape = Shape::Entries(&CLOCK);
const STEPS: Shape = Shape::Entries(&STEP);

pub(super) static SCHEME: Shape = Shape::Record(&Record {
    what: "a signing scheme",
    keys: &[
        may("default", Shape::Text),
        may("credentials", NAMED_TEXTS),
        may("optional", TEXTS),
        may("reveal", TEXTS),
        may("any_case", TEXTS),
        may("clock", CLOCKS),
        may("nonce", NAMED_TEXTS),
        may("op", TEXTS),
        may("put", PLACED),
        may("let", STEPS),
        may("place", PLACED),
        may("variants", Shape::Entries(&VARIANT)),
        may(
            "vectors",
            Shape::ByKind(&Kinds { scalar: None, list: Some(Shape::List(&VECTOR)), mapping: Some(NO_VECTORS) }),
        ),
    ],
});

static CLOCK: Shape = Shape::Record(&Record {
    what: "a clock",
    keys: &[must("format", Shape::Text), may("zone", Shape::Text), may("plus", Shape::Integer)],
});

static VARIANT: Shape = Shape::Record(&Record {
    what: "a variant",
    keys: &[may("clock", CLOCKS), may("put", PLACED), may("let", STEPS), may("place", PLACED)],
});

static STEP: Shape = Shape::Record(&Record {
    what: "a step",
    keys: &[
        may("text", Shape::Text),
        may("join", Shape::Record(&JOIN)),
        may("pairs", Shape::Record(&PAIRS)),
        may("hmac", Shape::Record(&HMAC)),
        may("pk_sign", Shape::Record(&PK_SIGN)),
    ],
});

static JOIN: Record = Record {
    what: "a join step",
    keys: &[
        may("sep", Shape::Text),
        must("parts", TEXTS),
        may("skip_empty", Shape::BoolOr(&[])),
        may("sort", Shape::BoolOr(&[])),
    ],
};

static PK_SIGN: Record = Record {
    what: "a pk_sign step",
    keys: &[must("alg", Shape::Text), must("key", Shape::Text), must("over", Shape::Text)],
};

static PAIRS: Record = Record {
    what: "a pairs step",
    keys: &[
        must("from", TEXTS),
        may("only", TEXTS),
        may("except", TEXTS),
        may("drop", TEXTS),
        may("name", TEXTS),
        may("value", TEXTS),
        may("merge", Shape::Text),
        may("sort", Shape::ByKind(&Kinds { scalar: Some(Shape::Quoted), list: Some(TEXTS), mapping: None })),
        may("item", Shape::Text),
        may("item_empty", Shape::Text),
        may("join", Shape::Text),
    ],
};

static HMAC: Record = Record {
    what: "an hmac step",
    keys: &[must("alg", Shape::Text), must("key", Shape::Text), must("over", Shape::Text)],
};

static VECTOR: Shape = Shape::Record(&Record {
    what: "a vector",
    keys: &[
        must("name", Shape::Text),
        must("source", Shape::Text),
        may("variant", Shape::Text),
        may("credentials", NAMED_TEXTS),
        may("clock", Shape::Text),
        may("nonce", NAMED_TEXTS),
        may("op", NAMED_TEXTS),
        may("api", Shape::Text),
        must("request", Shape::Record(&VECTOR_REQUEST)),
        must("expect", NAMED_TEXTS),
    ],
});

/// Name → value, or a list of values.
const REPEATED: Shape =
    Shape::Entries(&Shape::ByKind(&Kinds { scalar: Some(Shape::Text), list: Some(TEXTS), mapping: None }));

static VECTOR_REQUEST: Record = Record {
    what: "a vector's request",
    keys: &[
        must("method", Shape::Text),
        must("url", Shape::Text),
        may("api_path", Shape::Text),
        may("query", REPEATED),
        may("form", REPEATED),
        may("headers", REPEATED),
        may("files", TEXTS),
        may("body", Shape::Text),
    ],
};

const NO_VECTORS: Shape =
    Shape::Record(&Record { what: "the reason for no vectors", keys: &[must("none", Shape::Text)] });
