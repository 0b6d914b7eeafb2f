//! What the platforms' servers check, written from their pages and not from the product: it reads what has arrived and
//! uses the digests' own packages.

use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use sha2::Sha256;

use crate::form::value;

/// Whether TOP accepts the signature of what arrived in query and form.
///
/// Everything that arrived counts, blank values included: what is not signed must not be sent either.
// specs/top/PROTOCOL.md#signature
#[must_use]
pub fn top_accepts(arrived: &[(String, String)], secret: &str) -> bool {
    value(arrived, "sign").is_some_and(|sign| Some(sign) == top_signature(arrived, secret).as_deref())
}

/// The signature that TOP expects; nothing if it does not know the method.
#[must_use]
pub fn top_signature(arrived: &[(String, String)], secret: &str) -> Option<String> {
    let text = sorted(arrived, "");
    let digest = match value(arrived, "sign_method")? {
        "md5" => hex(&Md5::digest(format!("{secret}{text}{secret}"))),
        "hmac" => hmac_hex::<Hmac<Md5>>(secret, &text),
        "hmac-sha256" => hmac_hex::<Hmac<Sha256>>(secret, &text),
        _ => return None,
    };
    Some(digest.to_uppercase())
}

/// HMAC-SHA256 over `name=value` of what has arrived, in small hex digits: the signature of the golden case `types`.
#[must_use]
pub fn plain_signature(arrived: &[(String, String)], secret: &str) -> String {
    hmac_hex::<Hmac<Sha256>>(secret, &sorted(arrived, "="))
}

/// Whether NIO accepts the signature in these headers. The case of the hex digits does not matter.
// specs/nio/PROTOCOL.md#signature
#[must_use]
pub fn nio_accepts(sign: &str, key: &str, secret: &str, timestamp: &str) -> bool {
    sign.eq_ignore_ascii_case(&hex(&Md5::digest(format!("{key}{secret}{timestamp}"))))
}

/// Names and values but the signature's, sorted by the bytes of the names.
fn sorted(arrived: &[(String, String)], between: &str) -> String {
    let mut signed: Vec<_> = arrived.iter().filter(|(name, _)| name != "sign").collect();
    signed.sort_by_key(|(name, _)| name.as_bytes());
    signed.into_iter().map(|(name, value)| format!("{name}{between}{value}")).collect()
}

fn hmac_hex<M: Mac + KeyInit>(key: &str, text: &str) -> String {
    let mac = <M as KeyInit>::new_from_slice(key.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    hex(&mac.chain_update(text).finalize().into_bytes())
}

/// SHA-256 in small hex digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
