//! Signing recipes: a platform's signature as data, parsed, checked, and run on its test vectors.
//!
//! [`check()`] turns the recipe of a platform file into a [`Scheme`], in which every name is resolved and every variant
//! is a flat list of statements. The emitter generates Rust from it; the interpreter here runs the same statements on
//! the recipe's vectors, so that a wrong recipe fails before any code is generated.
//!
//! # The language
//!
//! ```yaml
//! signing:
//!   example:                                  # the scheme's name
//!     credentials: {key: id, secret: secret, session: token}
//!     optional: [session]                     # credentials, and facts as `op.<name>`, that may be absent
//!     clock: {time: {format: '%Y-%m-%d %H:%M:%S', zone: '+08:00', plus: 0}}   # or unix, unix_ms, http_date
//!     nonce: {once: uuid4}                    # or hex:N, alnum:N, digits:N, increasing
//!     op: [action]                            # facts that every operation provides
//!     put: {query: {key: '{key}', session: '{session?}', time: '{time}'}}     # before signing, by location
//!     let:                                    # steps; each can use the ones above it
//!       pairs: {pairs: {from: [query, form], except: [sign], drop: [empty, file], item: '{k}{v}', join: ''}}
//!       mac: {hmac: {alg: sha256, key: '{secret}', over: '{op.action}{pairs}'}}
//!       hex: {text: '{mac|HEX}'}
//!     place: {query: {sign: '{hex}'}}         # after signing
//!     any_case: [sign]                        # fields of `place` that the platform compares without case
//!     vectors: [ … ]                          # test vectors, or `{none: <why>}`
//! ```
//!
//! * `id` and `token` may be sent, a `secret` never. Values made from a secret stay secret until they are digested
//!   together with something else. A digest of secrets alone may be used as a key, and is never sent either.
//! * Steps: `text` fills a template; `pairs` selects pairs (`only`, `except`: names, or a prefix and `*`; `drop`), filters
//!   them (`name`, `value`), merges equal names (`merge`), sorts them (`sort`), formats each with `item` (`item_empty` for an
//!   empty value) and joins them; `join` joins templates; `hmac` is a keyed digest, `pk_sign` a signature with a private key.
//! * Pairs come from `query`, `form`, `headers`, the members of a `json` or `xml` body, and from sets (`set.<name>`), which are
//!   put and never sent. Fields are put and placed in all of these but sets, and in placeholders of the `path`.
//! * Templates name credentials, clocks, nonces, steps above, `{op.x}`, and the request: `{method}`, `{scheme}`,
//!   `{host}`, `{path}`, `{query}`, `{path_query}`, `{url}` (without the query), `{body}`, `{header.x}`, `{api}`, `{api_path}`.
//!   `{x?}` is empty if `x` is absent; a field to put or place is then omitted. `{{` and `}}` are literal braces.
//! * Filters: [`Filter`]. Steps accept raw bytes; sent values and pairs must be encoded.
//! * `variants: {name: {clock, put, let, place}}` are merged over these sections by name; `default` names the variant
//!   that a new client uses. `reveal` names secrets that may be sent as they are.
//! * The body is serialised after all of it is put and before the headers are. It must not change once it is read.
//! * A vector has `name`, `source`, `variant`, `credentials`, `clock` (RFC 3339, or Unix seconds or milliseconds), `nonce`, `op`,
//!   `api`, `request` (`method`, `url`, `api_path`, `query`, `form`, `headers`, `files`, `body`) and `expect`: the expected
//!   texts of steps, clocks and fields (`query.sign`), with bytes as hexadecimal.

mod check;
mod cover;
mod fields;
mod filter;
mod interpret;
mod joined;
mod known;
mod origin;
mod reach;
mod resolved;
mod scheme;
mod signatures;
mod template;
mod vector;
mod verify;
mod vocabulary;
mod zone;

pub use check::check;
pub(crate) use check::is_clock_pattern;
pub use cover::{Cover, cover, input_name};
pub(crate) use fields::{parameter_problem, word as location_word};
pub use filter::{Algorithm, Filter, TextFilter};
pub use interpret::{explain, sign};
pub use known::known_fields;
pub use origin::{field_origins, has_credential, step_origins};
pub use reach::{Reach, reach};
pub use scheme::{
    Assignment, Clock, ClockFormat, Credential, CredentialKind, Fact, ItemPiece, JoinStep, KeyAlgorithm, Kind, Let,
    Location, Methods, NonceForm, NonceName, PairOrder, PairsStep, Piece, Plan, RequestText, Scheme, Secrecy, Source,
    Step, Template, Variant,
};
pub use vector::{Expectation, Target, Vector};
pub use verify::{FieldName, Mismatch, Mistake, Problem, ShownField, ShownStep, Verdict, Verifier, masked};
pub use vocabulary::{Vocabulary, vocabulary};
pub use zone::zone_offset;

#[cfg(test)]
pub(crate) use check::tests::sound as sound_scheme;
