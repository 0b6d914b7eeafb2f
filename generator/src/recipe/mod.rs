//! Signing recipes: a platform's signature as data, read, checked, and tried on its known answers.
//!
//! [`check()`] turns the recipe of a platform file into a [`Scheme`], in which every name is resolved and every variant
//! is one straight list of statements. The emitter writes Rust from it; the interpreter here runs the same statements on
//! the recipe's vectors, so that a wrong recipe stops before a line is written.
//!
//! # The language
//!
//! ```yaml
//! signing:
//!   example:                                  # the scheme's name
//!     credentials: {key: id, secret: secret, session: token}
//!     optional: [session]                     # credentials, and facts as `op.<name>`, that may be absent
//!     clock: {time: {format: '%Y-%m-%d %H:%M:%S', zone: '+08:00', plus: 0}}   # or `format: unix`
//!     nonce: {once: uuid4}                    # or hex:N, alnum:N, digits:N, increasing
//!     op: [action]                            # facts that every operation supplies
//!     put: {query: {key: '{key}', session: '{session?}', time: '{time}'}}     # before signing: query, form, headers
//!     let:                                    # steps, each sees those above it
//!       pairs: {pairs: {from: [query, form], except: [sign], drop: [empty, file], item: '{k}{v}', join: ''}}
//!       mac: {hmac: {alg: sha256, key: '{secret}', over: '{op.action}{pairs}'}}
//!       hex: {text: '{mac|HEX}'}
//!     place: {query: {sign: '{hex}'}}         # after signing
//!     vectors: [ … ]                          # known answers, or `{none: <why>}`
//! ```
//!
//! * `id` and `token` may be sent; a `secret` never is. What is made from a secret stays secret until it is digested
//!   together with something else; a digest of nothing but secrets may be a key, and is never sent either.
//! * Steps: `text` fills a template; `pairs` chooses pairs (`only`, `except`: names, or their start and `*`; `drop`),
//!   sorts them by name then value as bytes, writes each by `item` (`item_empty` for an empty value) and joins them;
//!   `hmac` is a keyed digest.
//! * Templates name credentials, clocks, nonces, steps above, `{op.x}`, and the request: `{method}`, `{scheme}`,
//!   `{host}`, `{path}`, `{query}`, `{path_query}`, `{url}` (without the query), `{body}`, `{header.x}`. `{x?}` is empty
//!   where `x` is absent; a field to put or place is then left out. `{{` and `}}` are literal braces.
//! * Filters: `md5 sha1 sha256 sha512` make raw bytes, `hex HEX base64 base64url` make text of raw bytes, `len:N` is
//!   the length in bytes in at least N digits. Raw bytes may go into `text` and `hmac`, and must be encoded to travel.
//! * `variants: {name: {clock, put, let, place}}` are merged over these sections by name; `default` names the variant of
//!   a new client.
//! * The body is serialised after query and form are put and before the headers are; once read it must not change.
//! * A vector gives `name`, `source`, `variant`, `credentials`, `clock` (RFC 3339), `nonce`, `op`, `request` (`method`,
//!   `url`, `query`, `form`, `headers`, `files`, `body`) and `expect`: the texts of steps, clocks and fields
//!   (`query.sign`); bytes as hexadecimal.
//!
//! Encoding filters, other orders, `join`, pairs of headers, of JSON and of sets belong to stage 3 of the language,
//! `pk_sign` and private keys to stage 4: they are recognised and refused.

mod check;
mod fields;
mod filter;
mod interpret;
mod reach;
mod scheme;
mod template;
mod terms;
mod vector;
mod zone;

pub use check::check;
pub(crate) use check::is_clock_pattern;
pub use filter::{Algorithm, Filter};
pub use reach::{Reach, reach};
pub use scheme::{
    Assignment, Clock, ClockFormat, Credential, CredentialKind, Fact, ItemPiece, Kind, Let, Location, Methods,
    NonceForm, NonceName, PairsStep, Piece, Plan, RequestText, Scheme, Secrecy, Source, Step, Template, Variant,
};
pub use vector::{Expectation, Target, Vector};
pub use zone::zone_offset;

#[cfg(test)]
pub(crate) use check::tests::sound as sound_scheme;
