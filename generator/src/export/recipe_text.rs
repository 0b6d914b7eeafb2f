//! A platform's signature in words, as Markdown.

use crate::markdown::code;
use crate::recipe::{
    Assignment, ClockFormat, CredentialKind, Filter, ItemPiece, KeyAlgorithm, Let, PairOrder, PairsStep, Piece, Plan,
    RequestText, Scheme, Source, Step, Template, location_word,
};

/// Explains how requests are signed.
pub(super) fn explained(scheme: &Scheme) -> String {
    let mut lines = vec!["# Signature".to_owned(), String::new(), credentials(scheme), String::new()];
    for (number, (variant, plan)) in plans(scheme).into_iter().enumerate() {
        if let Some(variant) = variant {
            let note = if number == 0 { " (default)" } else { "" };
            lines.extend([format!("## Variant {}{note}", code(variant)), String::new()]);
        }
        let steps = Words { scheme, plan }.steps();
        lines.extend(steps.iter().enumerate().map(|(number, step)| format!("{}. {step}", number + 1)));
        lines.push(String::new());
    }
    lines.join("\n").trim_end().to_owned()
}

/// Returns the variants of a signature with their names, the default first.
pub(super) fn plans(scheme: &Scheme) -> Vec<(Option<&str>, &Plan)> {
    let default = scheme.variant(None);
    let mut plans: Vec<_> = scheme.plans().enumerate().collect();
    plans.sort_by_key(|(index, _)| Some(*index) != default);
    plans.into_iter().map(|(_, plan)| plan).collect()
}

fn credentials(scheme: &Scheme) -> String {
    let known = scheme.credentials.iter().map(|credential| {
        let kind = match credential.kind {
            CredentialKind::Id => "public",
            CredentialKind::Token => "a token",
            CredentialKind::Secret => "secret, never sent",
            CredentialKind::PrivateKey => "a private key, never sent",
        };
        format!("{} ({kind}{})", code(&credential.name), if credential.optional { ", optional" } else { "" })
    });
    format!("Credentials: {}.", known.collect::<Vec<_>>().join(", "))
}

/// Returns the form of a time.
pub(super) fn clock(format: &ClockFormat) -> String {
    match format {
        ClockFormat::Unix => "Unix time in seconds".to_owned(),
        ClockFormat::UnixMillis => "Unix time in milliseconds".to_owned(),
        ClockFormat::HttpDate => "date of HTTP, `Sun, 06 Nov 1994 08:49:37 GMT`".to_owned(),
        ClockFormat::Pattern { pattern, zone } => {
            let (sign, minutes) = (if *zone < 0 { '-' } else { '+' }, zone.unsigned_abs() / 60);
            format!("{} in UTC{sign}{:02}:{:02}", code(pattern), minutes / 60, minutes % 60)
        }
    }
}

/// The words for the parts of a plan.
pub(super) struct Words<'s> {
    pub(super) scheme: &'s Scheme,
    pub(super) plan: &'s Plan,
}

impl Words<'_> {
    fn steps(&self) -> Vec<String> {
        let plan = self.plan;
        let puts = plan.puts.iter().map(|field| self.assignment(field));
        let lets = plan.lets.iter().filter(|step| step.used).map(|step| self.step(step));
        puts.chain(lets).chain(plan.places.iter().map(|field| self.assignment(field))).collect()
    }

    fn assignment(&self, field: &Assignment) -> String {
        let place = location_word(field.location, &self.plan.sets);
        format!("Set {} ({place}) to {}.", code(&field.name), self.template(&field.template))
    }

    fn step(&self, step: &Let) -> String {
        let name = code(&step.name);
        match &step.step {
            Step::Text(template) => format!("{name} is {}.", self.template(template)),
            Step::Pairs(pairs) => format!("{name} is made of {}.", self.pairs(pairs)),
            Step::Join(join) => {
                let parts: Vec<String> = join.parts.iter().map(|part| self.template(part)).collect();
                let skipped = if join.skip_empty { ", without empty parts" } else { "" };
                let sorted = if join.is_sorted { ", sorted" } else { "" };
                format!("{name} is {}{skipped}{sorted}, joined with {}.", parts.join(", "), shown(&join.separator))
            }
            Step::Hmac { algorithm, key, over } => {
                let algorithm = Filter::Digest(*algorithm).written();
                format!(
                    "{name} is the HMAC ({algorithm}) of {} with the key {}.",
                    self.template(over),
                    self.template(key)
                )
            }
            Step::PkSign { algorithm, key, over } => {
                let algorithm = match algorithm {
                    KeyAlgorithm::RsaSha1 => "RSA with SHA-1",
                    KeyAlgorithm::RsaSha256 => "RSA with SHA-256",
                    _ => "public key",
                };
                let key = self.scheme.credentials.get(*key).map_or("", |known| &known.name);
                format!("{name} is the signature ({algorithm}) of {} with the key {}.", self.template(over), code(key))
            }
        }
    }

    fn pairs(&self, pairs: &PairsStep) -> String {
        let from: Vec<String> = pairs.from.iter().map(|location| location_word(*location, &self.plan.sets)).collect();
        let listed = |names: &[String]| names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ");
        let mut parts = vec![format!("the pairs of {}", from.join(" and "))];
        parts.extend(pairs.only.as_ref().map(|names| format!("only {}", listed(names))));
        parts.extend((!pairs.except.is_empty()).then(|| format!("without {}", listed(&pairs.except))));
        parts.extend(pairs.drop_empty.then(|| "without empty ones".to_owned()));
        parts.extend(pairs.drop_files.then(|| "without files".to_owned()));
        parts.extend(filtered("names", &pairs.names));
        parts.extend(filtered("values", &pairs.values));
        parts.extend(pairs.merge.as_ref().map(|merge| format!("values of equal names joined with {}", shown(merge))));
        parts.push(match &pairs.order {
            PairOrder::Name => "sorted by name".to_owned(),
            PairOrder::Item => "sorted as a whole".to_owned(),
            PairOrder::Value => "sorted by value".to_owned(),
            PairOrder::None => "in the order of the request".to_owned(),
            PairOrder::Names(names) => format!("in the order {}", listed(names)),
        });
        parts.push(format!("each as {}", item(&pairs.item)));
        parts.extend(pairs.item_empty.as_ref().map(|empty| format!("or as {} without a value", item(empty))));
        parts.push(format!("joined with {}", shown(&pairs.separator)));
        parts.join(", ")
    }

    /// Returns a template as a recipe has it, as code.
    pub(super) fn template(&self, template: &Template) -> String {
        let pieces = template.pieces.iter().map(|piece| match piece {
            Piece::Literal(text) => text.escape_debug().to_string().replace("\\\"", "\"").replace("\\'", "'"),
            Piece::Value { source, filters, .. } => format!("{{{}{}}}", self.source(source), chain(filters)),
        });
        let text: String = pieces.collect();
        if text.is_empty() { "an empty text".to_owned() } else { code(&text) }
    }

    fn source(&self, source: &Source) -> String {
        let named = |name: Option<&String>| name.cloned().unwrap_or_default();
        match source {
            Source::Credential(index) => named(self.scheme.credentials.get(*index).map(|known| &known.name)),
            Source::Fact(index) => {
                format!("op.{}", named(self.scheme.facts.get(*index).map(|known| &known.name)))
            }
            Source::Clock(index) => named(self.plan.clocks.get(*index).map(|known| &known.name)),
            Source::Nonce(index) => named(self.plan.nonces.get(*index).map(|known| &known.name)),
            Source::Let(index) => named(self.plan.lets.get(*index).map(|known| &known.name)),
            Source::Request(part) => RequestText::word(*part).to_owned(),
            Source::Header(name) => format!("header.{name}"),
            Source::OptionalHeader(name) => format!("header.{name}?"),
        }
    }
}

fn chain(filters: &[Filter]) -> String {
    filters.iter().map(|filter| format!("|{}", filter.written())).collect()
}

fn filtered(what: &str, filters: &[Filter]) -> Option<String> {
    (!filters.is_empty()).then(|| format!("{what} filtered by {}", code(chain(filters).trim_start_matches('|'))))
}

fn item(pieces: &[ItemPiece]) -> String {
    let pieces = pieces.iter().map(|piece| match piece {
        ItemPiece::Literal(text) => text.escape_debug().to_string(),
        ItemPiece::Key(filters) => format!("{{k{}}}", chain(filters)),
        ItemPiece::Value(filters) => format!("{{v{}}}", chain(filters)),
    });
    code(&pieces.collect::<String>())
}

fn shown(separator: &str) -> String {
    if separator.is_empty() { "nothing".to_owned() } else { code(&separator.escape_debug().to_string()) }
}
