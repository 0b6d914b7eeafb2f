//! A scheme with requests, for the interpreter and for programs.

use std::fmt::Write as _;
use std::time::Duration;

use apograph_runtime::sign::{Location, Parts};

/// A scheme and requests that it signs.
pub struct Sample {
    /// Name of the platform.
    pub name: String,
    /// Its `signing`.
    pub signing: String,
    /// The names of its variants; none if it has a single one.
    pub variants: Vec<&'static str>,
    /// Requests and who sends them.
    pub requests: Vec<Request>,
}

/// A request before it is signed, and everything else that its signature depends on.
pub struct Request {
    /// HTTP method.
    pub method: &'static str,
    /// URL.
    pub url: String,
    /// Name of the API.
    pub api: &'static str,
    /// Path of the API.
    pub api_path: &'static str,
    /// Pairs by location.
    pub pairs: Vec<(Location, &'static str, String)>,
    /// Body that is not a form.
    pub body: String,
    /// Facts of the operation.
    pub facts: Vec<(&'static str, String)>,
    /// The optional credentials.
    pub token: Option<&'static str>,
    /// Time of the attempt, since 1970.
    pub time: Duration,
    /// The variant.
    pub variant: usize,
}

/// The value of the public credential.
pub const ID: &str = "me&+";
/// The value of the secret. It is hexadecimal and base64, so that it can be decoded.
pub const SECRET: &str = "0badc0de";
/// The value of the nonce.
pub const NONCE: &str = "0n4e";

impl Request {
    /// The request in parts.
    ///
    /// # Panics
    ///
    /// If the URL is none.
    #[must_use]
    pub fn parts(&self) -> Parts {
        let mut parts = Parts::new(self.method, &self.url).expect("a URL").with_body(self.body.as_str());
        parts = parts.with_api(self.api).with_operation_path(self.api_path);
        for (name, value) in &self.facts {
            parts = parts.with_fact(*name, value.as_str());
        }
        self.pairs.iter().for_each(|(location, name, value)| parts.push(*location, *name, value.as_str()));
        parts
    }

    /// The statements that build the parts and the credentials in a program, and sign.
    #[must_use]
    pub fn statements(&self, sample: &Sample) -> String {
        let Sample { name, variants, .. } = sample;
        let mut text = format!(
            "let mut parts = Parts::new({:?}, {:?}).unwrap().with_body({:?}).with_api({:?}).with_operation_path({:?});\n",
            self.method, self.url, self.body, self.api, self.api_path
        );
        for (fact, value) in &self.facts {
            let _ = writeln!(text, "parts = parts.with_fact({fact:?}, {value:?});");
        }
        for (location, field, value) in &self.pairs {
            let _ = writeln!(text, "parts.push(Location::{location:?}, {field:?}, {value:?});");
        }
        let _ = writeln!(text, "let keys = recipes::{name}::Credentials::new({ID:?}, {SECRET:?}).unwrap();");
        if let Some(token) = self.token {
            let _ = writeln!(text, "let keys = keys.with_token({token:?});");
        }
        let method = variants.get(self.variant).map_or("()".to_owned(), |variant| {
            format!("recipes::{name}::SignMethod::{}{}", variant[..1].to_uppercase(), &variant[1..])
        });
        let marker = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
        let (seconds, nanos) = (self.time.as_secs(), self.time.subsec_nanos());
        let _ = writeln!(
            text,
            "let moment = Moment::new(UNIX_EPOCH + Duration::new({seconds}, {nanos}), &nonce).with_known_nonces(&[(\"n\", {NONCE:?})]);\n\
             let signed = <recipes::{name}::{marker} as Platform>::sign(&mut parts, &keys, {method}, &moment);\n\
             print!(\"{{}}\", dump(&parts, signed));"
        );
        text
    }
}
