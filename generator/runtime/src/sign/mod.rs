//! Building blocks of generated signing code: the [`Parts`] of a request, the [`Moment`] of an attempt, digests and
//! encodings. The generator compiles a platform's signing recipe to straight-line Rust that uses them.

mod digest;
mod encode;
mod error;
mod form;
mod moment;
mod nonce;
mod notes;
mod pairs;
mod parts;
mod secret;
mod url;

#[cfg(all(feature = "hmac", feature = "md5"))]
pub use self::digest::hmac_md5;
#[cfg(all(feature = "hmac", feature = "sha1"))]
pub use self::digest::hmac_sha1;
#[cfg(feature = "md5")]
pub use self::digest::md5;
#[cfg(feature = "sha1")]
pub use self::digest::sha1;
#[cfg(all(feature = "hmac", feature = "sha2"))]
pub use self::digest::{hmac_sha256, hmac_sha512};
#[cfg(feature = "sha2")]
pub use self::digest::{sha256, sha512};
pub use self::encode::{base64, base64_url, byte_length, concat, concat_bytes, hex, hex_upper, percent_decoded};
pub use self::error::SignError;
pub use self::moment::Moment;
pub use self::nonce::NonceForm;
pub(crate) use self::notes::{Noted, NotedField, NotedPair, NotedPiece, NotedSignature, NotedStep, StepForm};
pub use self::notes::{Notes, StepValue};
pub(crate) use self::pairs::covers;
pub use self::pairs::{Pairs, is_blank};
pub(crate) use self::parts::same_name;
pub use self::parts::{Location, Parts};
pub use self::secret::{SecretBytes, SecretText};
