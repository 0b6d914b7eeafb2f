//! Building blocks of generated signing code: the [`Parts`] of a request, the [`Moment`] of an attempt, digests and
//! encodings. The generator compiles a platform's signing recipe to straight-line Rust that uses them.

mod blank;
mod chosen;
mod digest;
mod encode;
mod error;
mod form;
mod location;
mod members;
mod moment;
mod nonce;
mod notes;
mod pairs;
mod parts;
mod percent;
mod private_key;
#[cfg(feature = "rsa")]
mod rsa;
mod secret;
mod url;
mod words;

pub use self::blank::is_blank;
pub(crate) use self::chosen::covers;
#[cfg(all(feature = "hmac", feature = "md5"))]
pub use self::digest::hmac_md5;
#[cfg(all(feature = "hmac", feature = "sha1"))]
pub use self::digest::hmac_sha1;
#[cfg(feature = "md5")]
pub use self::digest::md5;
#[cfg(feature = "sha1")]
pub use self::digest::sha1;
#[cfg(all(feature = "hmac", feature = "sha2"))]
pub use self::digest::{hmac_sha256, hmac_sha384, hmac_sha512};
#[cfg(feature = "sha2")]
pub use self::digest::{sha256, sha384, sha512};
pub use self::encode::{
    base64, base64_url, byte_length, concat, concat_bytes, hex, hex_upper, join, join_bytes, nopad, unbase64, unhex,
};
pub use self::error::SignError;
pub use self::location::Location;
pub(crate) use self::location::same_name;
pub use self::moment::Moment;
pub use self::nonce::NonceForm;
pub(crate) use self::notes::{Noted, NotedField, NotedPair, NotedPiece, NotedSignature, NotedStep, StepForm};
pub use self::notes::{Notes, StepValue};
pub use self::pairs::{Order, Pairs};
pub use self::parts::Parts;
pub use self::percent::{component, form, normalize_path, percent_decoded, rfc3986, rfc3986_path, slash_end};
pub use self::private_key::{KeyAlgorithm, KeySource, PrivateKey, Signer, UnreadableKey, private_key};
pub use self::secret::{SecretBytes, SecretText};
pub use self::words::{json_text, lower, sort_json, squeeze, title, trim, upper};
