//! Random schemes that obey every rule of the recipe language, and random requests for them.

use std::fmt::Write as _;
use std::time::Duration;

use apograph_runtime::sign::Location;

use super::sample::{Request, Sample};
use crate::mutation::Random;

/// What the body of a scheme's requests is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    Form,
    Json,
    Xml,
    Text,
}

impl Body {
    fn location(self) -> Option<&'static str> {
        match self {
            Self::Form => Some("form"),
            Self::Json => Some("json"),
            Self::Xml => Some("xml"),
            Self::Text => None,
        }
    }
}

/// A name of a template, and whether it stands for bytes.
#[derive(Clone)]
struct Name {
    word: String,
    is_raw: bool,
}

struct Writer {
    random: Random,
    body: Body,
    sets: bool,
    /// Position of the first step's name in [`WORDS`].
    words: usize,
    /// Steps so far.
    steps: Vec<Name>,
}

const TEXT_FILTERS: &[&str] = &[
    "lower",
    "upper",
    "trim",
    "squeeze",
    "title",
    "rfc3986",
    "rfc3986_path",
    "form",
    "component",
    "unpercent",
    "json",
    "normalize_path",
    "slash_end",
    "nopad",
    "sort_json",
    "hex",
    "HEX",
    "base64",
    "base64url",
    "len:3",
];
const DIGESTS: &[&str] =
    &["md5", "sha1", "sha256", "sha384", "sha512", "hex|unhex", "base64|unbase64", "base64url|unbase64"];
const ENCODERS: &[&str] = &["hex", "HEX", "base64", "base64url", "len:1"];
const OPEN: &[&str] = &[
    "id",
    "token?",
    "t",
    "n",
    "op.f",
    "op.g?",
    "method",
    "scheme",
    "host",
    "path",
    "url",
    "api",
    "api_path",
    "header.X-A?",
    "header.content-type",
    "header.Host",
];
/// Names of steps: keywords of Rust, and names of functions, types and variables in the code that signs.
const WORDS: &[&str] = &[
    "parts",
    "credentials",
    "moment",
    "Method",
    "k",
    "v",
    "name",
    "value",
    "sign",
    "s",
    "Secret",
    "self",
    "Self",
    "super",
    "crate",
    "true",
    "false",
    "as",
    "async",
    "await",
    "break",
    "const",
    "continue",
    "dyn",
    "else",
    "enum",
    "extern",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "pub",
    "ref",
    "return",
    "static",
    "struct",
    "trait",
    "try",
    "type",
    "union",
    "unsafe",
    "use",
    "where",
    "while",
    "yield",
    "Ok",
    "Err",
    "Some",
    "None",
    "location",
    "pairs",
    "header_x-a",
    "op_f",
    "Token",
];
const LITERALS: &[&str] = &["", "&", "{{", "}}", "中", "/a b", ":\\n", "%2F", "\\\\"];

/// Returns the sample of a seed.
#[must_use]
pub fn sample(seed: u64) -> Sample {
    let mut random = Random::new(seed);
    let body = [Body::Form, Body::Json, Body::Xml, Body::Text][random.below(4)];
    let sets = random.below(2) == 0;
    let words = random.below(WORDS.len());
    let mut writer = Writer { random, body, sets, words, steps: Vec::new() };
    let variants = if writer.random.below(3) == 0 { vec!["one", "two"] } else { Vec::new() };
    let signing = writer.scheme(&variants);
    let requests = (0..3).map(|_| writer.request(variants.len())).collect();
    Sample { name: format!("p{seed}"), signing, variants, requests }
}

impl Writer {
    fn pick(&mut self, items: &[&'static str]) -> &'static str {
        items[self.random.below(items.len())]
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.random.below(count) == 0
    }

    fn scheme(&mut self, variants: &[&str]) -> String {
        let clock = match self.random.below(5) {
            0 => "format: unix, plus: -61",
            1 => "format: unix_ms, plus: 5",
            2 => "format: http_date",
            3 => "format: '%Y-%m-%d %H:%M:%S%.3f%z', zone: '-05:30'",
            _ => "format: '%Y%m%dT%H%M%SZ', plus: 300",
        };
        let mut text = format!(
            "signing:\n  scheme:\n    credentials: {{id: id, secret: secret, token: token}}\n    \
             optional: [token, op.g]\n    clock: {{t: {{{clock}}}}}\n    nonce: {{n: 'hex:4'}}\n    op: [f, g]\n"
        );
        text.push_str("    put:\n");
        self.puts(&mut text);
        text.push_str("    let:\n");
        for index in 0..3 + self.random.below(6) {
            let word = WORDS[(self.words + index) % WORDS.len()].to_owned();
            let (step, is_raw) = self.step();
            let _ = writeln!(text, "      '{word}': {step}");
            self.steps.push(Name { word, is_raw });
        }
        // Everything is declared, so everything must be signed.
        let steps: String = self
            .steps
            .iter()
            .map(|step| format!("{{{}{}}}\\n", step.word, if step.is_raw { "|hex" } else { "" }))
            .collect();
        let _ = writeln!(text, "      all: {{text: \"{steps}{{id}}{{secret}}{{token?}}{{t}}{{n}}{{op.f}}{{op.g?}}\"}}");
        let alg = self.pick(&["md5", "sha1", "sha256", "sha384", "sha512"]);
        if variants.is_empty() {
            let _ = writeln!(text, "      mac: {{hmac: {{alg: {alg}, key: '{{secret|unbase64}}', over: '{{all}}'}}}}");
        } else {
            text.push_str("    default: one\n    variants:\n");
            let _ = writeln!(
                text,
                "      one: {{let: {{mac: {{hmac: {{alg: {alg}, key: 'k{{secret}}', over: '{{all}}'}}}}}}}}\n      \
                 two: {{put: {{query: {{method: two}}}}, let: {{mac: {{text: '{{all|sha256|hex|md5}}'}}}}}}"
            );
        }
        let place = self.pick(&["query: {sign", "headers: {Sign"]);
        let _ = writeln!(text, "    place: {{{place}: 'v1 {{mac|base64}}'}}}}\n    vectors: {{none: a random scheme}}");
        text
    }

    fn puts(&mut self, text: &mut String) {
        let mut locations = vec!["query"];
        locations.extend(self.body.location());
        locations.push("headers");
        if self.sets {
            locations.extend(["set.a", "set.b"]);
        }
        for location in locations {
            let fields: Vec<String> = (0..1 + self.random.below(2))
                .map(|index| {
                    let name = if location == "headers" { format!("X-Put{index}") } else { format!("put{index}") };
                    format!("{name}: \"{}\"", self.put_template(location))
                })
                .collect();
            let _ = writeln!(text, "      {location}: {{{}}}", fields.join(", "));
        }
    }

    fn put_template(&mut self, location: &str) -> String {
        let mut text = String::new();
        for _ in 0..1 + self.random.below(2) {
            let literal = self.pick(&["", "a", "中", "{{", "a b"]);
            let source = match location {
                "headers" | "set.a" => {
                    self.pick(&["id", "token?", "t", "n", "op.g?", "path", "body", "query", "header.X-A?"])
                }
                "set.b" => self.pick(&["secret", "id", "op.f"]),
                _ => self.pick(&["id", "token?", "t", "n", "op.f", "op.g?", "method", "host", "api", "header.X-A?"]),
            };
            // A header cannot have other characters.
            let filters = if location == "headers" { "|rfc3986".to_owned() } else { self.filters(false, true) };
            let literal = if location == "headers" { "" } else { literal };
            let _ = write!(text, "{literal}{{{source}{filters}}}");
        }
        text
    }

    /// Returns filters of text, each after a `|`; the result is text if `to_text`.
    fn filters(&mut self, mut is_raw: bool, to_text: bool) -> String {
        let mut text = String::new();
        for _ in 0..self.random.below(4) {
            let filter = match (is_raw, self.one_in(3)) {
                (true, false) => self.pick(ENCODERS),
                (true, true) => self.pick(&DIGESTS[..4]),
                (false, true) => self.pick(DIGESTS),
                (false, false) => self.pick(TEXT_FILTERS),
            };
            is_raw = DIGESTS.contains(&filter);
            let _ = write!(text, "|{filter}");
        }
        if is_raw && to_text {
            let _ = write!(text, "|{}", self.pick(ENCODERS));
        }
        text
    }

    /// Whether filters of text, or of bytes, end in bytes.
    fn ends_raw(filters: &str, is_raw: bool) -> bool {
        match filters.rsplit('|').next() {
            None | Some("") => is_raw,
            Some(last) => ["md5", "sha1", "sha256", "sha384", "sha512", "unhex", "unbase64"].contains(&last),
        }
    }

    /// Returns a template and whether it makes bytes.
    fn template(&mut self) -> (String, bool) {
        let (mut text, mut any_raw) = (String::new(), false);
        for _ in 0..1 + self.random.below(3) {
            text.push_str(self.pick(LITERALS));
            let known = self.steps.len();
            let name = if known > 0 && self.one_in(2) {
                self.steps[self.random.below(known)].clone()
            } else if self.one_in(5) {
                Name { word: "secret".to_owned(), is_raw: false }
            } else if self.one_in(5) {
                Name { word: self.pick(&["query", "path_query", "body"]).to_owned(), is_raw: false }
            } else {
                Name { word: self.pick(OPEN).to_owned(), is_raw: false }
            };
            let filters = self.filters(name.is_raw, false);
            any_raw |= Self::ends_raw(&filters, name.is_raw);
            let _ = write!(text, "{{{}{filters}}}", name.word);
        }
        (text, any_raw)
    }

    fn step(&mut self) -> (String, bool) {
        match self.random.below(6) {
            0 | 1 => {
                let (template, is_raw) = self.template();
                (format!("{{text: \"{template}\"}}"), is_raw)
            }
            2 => {
                let (key, _) = self.template();
                let (over, _) = self.template();
                let alg = self.pick(&["md5", "sha1", "sha256", "sha384", "sha512"]);
                (format!("{{hmac: {{alg: {alg}, key: \"{key}\", over: \"{over}\"}}}}"), true)
            }
            3 => {
                let parts: Vec<(String, bool)> = (0..1 + self.random.below(4)).map(|_| self.template()).collect();
                let is_raw = parts.iter().any(|(_, is_raw)| *is_raw);
                let parts: Vec<String> = parts.into_iter().map(|(part, _)| format!("\"{part}\"")).collect();
                let (skip, sort) = (self.one_in(2), self.one_in(2));
                let sep = self.pick(&["", "\\n", "&"]);
                let parts = parts.join(", ");
                (format!("{{join: {{sep: \"{sep}\", parts: [{parts}], skip_empty: {skip}, sort: {sort}}}}}"), is_raw)
            }
            _ => (self.pairs(), false),
        }
    }

    fn pairs(&mut self) -> String {
        let mut known = vec!["query", "headers"];
        known.extend(self.body.location());
        if self.sets {
            known.extend(["set.a", "set.b"]);
        }
        let from: Vec<&str> = known.iter().copied().filter(|_| !self.one_in(2)).collect();
        let from = if from.is_empty() { known } else { from };
        let mut text = format!("{{pairs: {{from: [{}], except: [sign", from.join(", "));
        text.push_str(self.pick(&["]", ", 'x-*']", ", a]"]));
        text.push_str(self.pick(&["", ", only: ['*']", ", only: [a, b, 'put*', 'X-*', host]"]));
        text.push_str(self.pick(&["", ", drop: [empty]", ", drop: [empty, file]"]));
        for key in ["name", "value"] {
            if self.one_in(2) {
                let filters = self.filters(false, true);
                let list: Vec<&str> = filters.split('|').skip(1).collect();
                let _ = write!(text, ", {key}: [{}]", list.join(", "));
            }
        }
        if self.one_in(4) && !text.contains(", value:") {
            text.push_str(", value: [json, trim]");
        }
        text.push_str(self.pick(&["", "", ", merge: ','"]));
        text.push_str(self.pick(&[
            "",
            ", sort: name",
            ", sort: item",
            ", sort: value",
            ", sort: none",
            ", sort: [b, put0, a]",
        ]));
        if self.one_in(2) {
            let (k, v) = (self.filters(false, true), self.filters(false, true));
            let _ = write!(text, ", item: \"{{k{k}}}:{{v{v}}}\"");
        }
        if self.one_in(3) {
            let _ = write!(text, ", item_empty: \"{{k{}}}\"", self.filters(false, true));
        }
        text.push_str(self.pick(&["", ", join: '&'", ", join: \"\\n\""]));
        text.push_str("}}");
        text
    }

    fn value(&mut self) -> String {
        self.pick(&[
            "",
            " ",
            "1",
            "-2.50",
            "a b",
            "a+b&c=d",
            "中文",
            "👍é",
            "%2F%zz",
            "/x/./y/../z//",
            "{\"b\":1,\"a\":[{\"d\":2,\"c\":1}]}",
            "\"q\\",
            "x  y ",
            "ÄÖ",
        ])
        .to_owned()
    }

    fn request(&mut self, variants: usize) -> Request {
        let mut pairs = Vec::new();
        for _ in 0..self.random.below(4) {
            pairs.push((Location::Query, self.pick(&["a", "b", "Aa", "a[]", "中"]), self.value()));
        }
        if self.body == Body::Form {
            for _ in 0..self.random.below(4) {
                pairs.push((Location::Form, self.pick(&["a", "b", "c d", "put0"]), self.value()));
            }
        }
        for _ in 0..self.random.below(4) {
            pairs.push((Location::Headers, self.pick(&["X-A", "x-a", "B", "Content-Type", "Host"]), self.value()));
        }
        let body = match self.body {
            Body::Form => "",
            Body::Json => self.pick(&[
                "",
                "{}",
                "{\"a\": 1.50, \"b\":\"x\\u0041\", \"n\":null,\"o\":{\"z\": [1, 2]}}",
                "{\"put0\":true,\"a\":\"\"}",
                "[1]",
            ]),
            Body::Xml => self.pick(&["", "<xml></xml>", "<r><a>1 &lt;</a><b><![CDATA[<x>]]></b><put0/></r>", "<a>"]),
            Body::Text => self.pick(&["", "plain 中", "{\"b\":1,\"a\":2}"]),
        };
        let mut facts = vec![("f", self.value())];
        if self.one_in(2) {
            facts.push(("g", self.value()));
        }
        Request {
            method: self.pick(&["GET", "POST"]),
            url: self
                .pick(&["https://h.example", "http://h.example:8080/base/?q=%20+1&q=", "https://h.example/a/b"])
                .to_owned(),
            api: self.pick(&["a.b.c", ""]),
            api_path: self.pick(&["", "/x/y", "z/"]),
            pairs,
            body: body.to_owned(),
            facts,
            token: self.one_in(2).then_some("t0ken"),
            time: Duration::new(
                self.random.next_u64() % 4_000_000_000,
                (self.random.next_u64() % 1_000_000_000) as u32,
            ),
            variant: self.random.below(variants),
        }
    }
}
