//! Compares two revisions of specs and reports which changes break whom.
//!
//! The comparison is by meaning, never by text: order, YAML style and moved files make no difference. Types are those of the
//! resolved models, before a lock is applied; marks, limits and texts are the page's. [`endpoint`],
//! [`platform()`] and [`package()`] return facts: flat, typed [`Change`]s without a verdict, which [`listing`] prints.
//! [`read`] and [`compare`] take whole revisions and judge four effects of each change ([`verdict`]): on callers' source,
//! on binaries built against the old crate, on behaviour and on docs. The effect on source is computed, not estimated: it compares the
//! generated items of both revisions, with names from `names` and types as `emit` writes them. Each crate uses its own
//! lock; a new revision without a lock uses the old one. [`prose`] finds facts in descriptions that no structured key
//! records. [`mod@output`] writes the report.
//!
//! # What the spec format cannot express
//!
//! Changes of these kinds are invisible, or appear as [`Kind::DocFieldSuspect`], until the format gains the key:
//!
//! | change | missing key |
//! |---|---|
//! | version of an API or of the protocol | `version` of an API (a fixed parameter `v` shows as [`Kind::CommonParamChanged`]) |
//! | sunset date; replacement; stability | `sunset`, `replaced_by`, `stability` of an API (today: words of `deprecated`) |
//! | permission package, white list, price; IP allow-list | `access` of an API; `allow_list` of a platform |
//! | format or charset of answers | `format`, `charset` of `response` (today: `request.parameters`, `content_type`) |
//! | clock skew; routing advice | `window` of `clock`; `routing` of a platform |
//! | common parameters that callers set | `parameters` that are `required: true` and have no template |
//! | required under a condition; one of, both or none | `required_if`, `one_of` of a field or API |
//! | pattern; decimal places; size and type of a file | `pattern`, `scale`, `max_bytes`, `media_types` of a field |
//! | date format, unit of one field | `format`, `unit` of a field (the platform's format is [`Kind::DateFormat`]) |
//! | null against empty against absent, of one field | `null` of a field (the platform's rule is [`Kind::ReqNullRule`]) |
//! | encrypted, masked, secret, personal | `encrypted`, `secret` of a field |
//! | idempotency key | `idempotency_key` of an API |
//! | deprecated value of a set | `deprecated` of a value |
//! | number or string, form of a boolean, in answers | `wire` of a field (decoding takes both, and counts) |
//! | promised or null in answers | `present`, `nullable` of a field of an answer |
//! | layer or HTTP status of an error | `layer`, `http_status` of an error |
//! | rate limit; timeout; page style, base and size | `rate`, `timeout`, `pages` of an API |
//! | asynchronous result; batch | `async`, `batch` of an API |
//! | callbacks: added, removed, payload, signature, answer, redelivery | `callbacks` of an API or platform |
//! | questions and answers; translations | `faq`, `translations` of an API |
//! | version of the format; cause of a change | `format` of `crate.yaml` (of single changes: `approvals.yaml`) |
//!
//! Changes of the generator itself (its version, its output, the runtime's interface, derives, naming) are not changes
//! of specs: `generate --check` shows them. Moved files, YAML style and the order of files are not changes at all.

mod advice;
mod api;
mod approvals;
mod change;
mod chosen;
mod common;
mod compare;
mod compared;
mod digest_only;
mod endpoint;
mod equal;
mod error_table;
mod event;
mod facts;
mod fields;
mod kind;
mod limits;
mod listed;
mod listing;
mod locked;
mod lookup;
mod matching;
mod order;
pub mod output;
mod package;
mod pair;
mod phrase;
mod platform;
pub mod prose;
mod renamed;
mod report;
mod response;
mod revision;
mod rows;
mod rules;
mod rust;
mod selection;
mod shared;
mod signing;
mod similar;
mod tables;
mod texts;
mod threads;
mod trouble;
mod types;
mod values;
pub mod verdict;
mod version;
mod witness;

pub use approvals::{Scope, approve};
pub use change::{Change, Mark};
pub use common::common_apis;
pub use compare::{compare, compare_loose};
pub use endpoint::endpoint;
pub use event::{ApiCounts, EffectCounts, Event, EventKind, KindCount, Overview, Section, SectionName};
pub use kind::Kind;
pub use listing::listing;
pub use locked::LockOf;
pub use package::package;
pub use phrase::Phrase;
pub use platform::platform;
pub use report::{Finding, Report, Subject};
pub use revision::{Revision, read};
pub use rules::{Rules, Sending};
pub use selection::{Criterion, Selection, select};
pub use texts::{Texts, Unreadable};
pub use version::numbers;

#[cfg(test)]
mod tests;
