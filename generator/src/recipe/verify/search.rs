//! Tries the usual mistakes on a wrong signature.

use std::rc::Rc;

use apograph_runtime::Secret;
use apograph_runtime::sign::{Location, Parts, is_blank, percent_decoded};

use super::explain::{BUDGET, changed, size};
use super::mistake::Mistake;
use super::{Check, locations, same_field};
use crate::recipe::interpret::Trace;
use crate::recipe::scheme::{Assignment, CredentialKind, ItemPiece, PairOrder, PairsStep, Piece, Plan, Source, Step};
use crate::recipe::{Algorithm, Filter};

/// Most mistakes that are tried on one request.
const TRIALS: usize = 400;

/// What a client may have signed: the request, credentials and plan, each changed or not.
struct Trial {
    mistake: Mistake,
    parts: Option<Parts>,
    credentials: Option<Vec<Option<Secret>>>,
    plan: Option<Plan>,
}

impl Trial {
    fn parts(mistake: Mistake, parts: Parts) -> Self {
        Self { mistake, parts: Some(parts), credentials: None, plan: None }
    }

    fn plan(mistake: Mistake, plan: Plan) -> Self {
        Self { mistake, parts: None, credentials: None, plan: Some(plan) }
    }
}

impl Check<'_> {
    /// Returns a mistake after which the request has the received signature.
    pub(super) fn mistake(
        &self,
        field: &Assignment,
        received: &str,
        expected: &str,
        inputs: &Trace,
    ) -> Option<Mistake> {
        if received.eq_ignore_ascii_case(expected) {
            return Some(Mistake::LetterCase);
        }
        let limit = TRIALS.min(BUDGET / size(&self.signed).max(1));
        let trials = self.of_variants().chain(self.of_secrets()).chain(self.of_steps(field)).chain(self.of_values());
        let mut trials = trials.chain(self.of_fields()).take(limit);
        let is_it = |trial: &Trial| {
            let made = self.made(trial, field, inputs);
            made.is_some_and(|made| made.eq_ignore_ascii_case(received) && !made.is_empty())
        };
        let found = trials.find(is_it).map(|trial| trial.mistake);
        let (received, expected) = (received.chars().count(), expected.chars().count());
        found.or_else(|| (received != expected).then_some(Mistake::Length { received, expected }))
    }

    fn made(&self, trial: &Trial, field: &Assignment, inputs: &Trace) -> Option<String> {
        let plan = trial.plan.as_ref().unwrap_or(self.plan);
        let place = plan.places.iter().find(|place| same_field(place, field))?;
        let credentials = trial.credentials.as_ref().unwrap_or(&self.credentials).clone();
        let parts = trial.parts.as_ref().unwrap_or(&self.signed);
        let other = Check {
            server: self.server,
            plan,
            received: self.received,
            signed: Parts::new("GET", "http://h/").ok()?,
            credentials,
            problems: Vec::new(),
            signatures: Rc::clone(&self.signatures),
        };
        other.outcome(place, parts, inputs)
    }

    fn of_variants(&self) -> impl Iterator<Item = Trial> {
        let others = self.server.scheme.plans().filter(|(_, plan)| !std::ptr::eq(*plan, self.plan));
        others.filter_map(|(name, plan)| Some(Trial::plan(Mistake::OtherVariant(name?.to_owned()), plan.clone())))
    }

    fn of_secrets(&self) -> impl Iterator<Item = Trial> {
        let secrets = self.server.scheme.credentials.iter().enumerate();
        secrets.filter(|(_, known)| known.kind == CredentialKind::Secret).flat_map(move |(index, known)| {
            let value = self.credentials.get(index).and_then(Option::as_ref).map_or("", Secret::expose);
            let name = known.name.clone();
            let mut tried = vec![(Mistake::SecretMissing(name.clone()), Secret::from(""))];
            for (other, text) in self.server.scheme.credentials.iter().zip(&self.credentials) {
                if let (true, Some(text)) = (other.name != name, text) {
                    let mistake = Mistake::SecretIs { secret: name.clone(), used: other.name.clone() };
                    tried.push((mistake, text.clone()));
                }
            }
            let spaced = [value.trim().to_owned(), format!("{value}\n"), format!("{value} "), format!(" {value}")];
            tried.extend(spaced.map(|text| (Mistake::SecretWhiteSpace(name.clone()), Secret::from(text))));
            tried.into_iter().map(move |(mistake, text)| {
                let mut credentials = self.credentials.clone();
                if let Some(slot) = credentials.get_mut(index) {
                    *slot = Some(text);
                }
                Trial { mistake, parts: None, credentials: Some(credentials), plan: None }
            })
        })
    }

    /// Mistakes in the steps of the signature.
    fn of_steps(&self, field: &Assignment) -> impl Iterator<Item = Trial> {
        let mut trials = Vec::new();
        for (index, step) in self.plan.lets.iter().enumerate() {
            match &step.step {
                Step::Pairs(pairs) => {
                    let kinds = pair_mistakes(pairs);
                    trials.extend(kinds.into_iter().map(|(mistake, pairs)| (mistake, index, Step::Pairs(pairs))));
                }
                Step::Text(template) => {
                    for (at_start, position) in [(true, 0), (false, template.pieces.len().saturating_sub(1))] {
                        if let Some(secret) = self.secret_at(template.pieces.get(position)) {
                            let mut changed = template.clone();
                            changed.pieces.remove(position);
                            trials.push((Mistake::SecretOnce { secret, at_start }, index, Step::Text(changed)));
                        }
                    }
                    let mut changed = template.clone();
                    changed.pieces.push(Piece::Literal("\n".to_owned()));
                    trials.push((Mistake::LineFeed, index, Step::Text(changed)));
                }
                Step::Join(_) | Step::PkSign { .. } => {}
                Step::Hmac { algorithm, key, over } => {
                    let mut over = over.clone();
                    over.pieces.push(Piece::Literal("\n".to_owned()));
                    let step = Step::Hmac { algorithm: *algorithm, key: key.clone(), over };
                    trials.push((Mistake::LineFeed, index, step));
                }
            }
        }
        let steps = trials.into_iter().map(|(mistake, index, step)| {
            let mut plan = self.plan.clone();
            if let Some(known) = plan.lets.get_mut(index) {
                known.step = step;
            }
            Trial::plan(mistake, plan)
        });
        steps.chain(self.of_encodings(field)).chain(self.of_digests(field))
    }

    fn secret_at(&self, piece: Option<&Piece>) -> Option<String> {
        let Some(Piece::Value { source: Source::Credential(index), .. }) = piece else { return None };
        let known = self.server.scheme.credentials.get(*index)?;
        (known.kind == CredentialKind::Secret).then(|| known.name.clone())
    }

    fn of_encodings(&self, field: &Assignment) -> impl Iterator<Item = Trial> {
        let encodings = [Filter::Hex, Filter::Base64, Filter::Base64Url];
        encodings.into_iter().map(|encoding| {
            let mut plan = self.plan.clone();
            let steps = plan.lets.iter_mut().filter_map(|known| match &mut known.step {
                Step::Text(template) => Some(template),
                _ => None,
            });
            let places = plan.places.iter_mut().filter(|place| same_field(place, field));
            for template in steps.chain(places.map(|place| &mut place.template)) {
                template.pieces.iter_mut().for_each(|piece| re_encode(piece, encoding));
            }
            Trial::plan(Mistake::OtherEncoding, plan)
        })
    }

    /// The same steps with another digest everywhere.
    fn of_digests(&self, field: &Assignment) -> impl Iterator<Item = Trial> {
        Algorithm::ALL.iter().map(|(word, algorithm)| {
            let mut plan = self.plan.clone();
            for step in &mut plan.lets {
                match &mut step.step {
                    Step::Text(template) => template.pieces.iter_mut().for_each(|piece| re_digest(piece, *algorithm)),
                    Step::Hmac { algorithm: known, .. } => *known = *algorithm,
                    Step::Pairs(_) | Step::Join(_) | Step::PkSign { .. } => {}
                }
            }
            for place in plan.places.iter_mut().filter(|place| same_field(place, field)) {
                place.template.pieces.iter_mut().for_each(|piece| re_digest(piece, *algorithm));
            }
            Trial::plan(Mistake::OtherDigest(word), plan)
        })
    }

    /// Parameters that were not signed.
    fn of_fields(&self) -> impl Iterator<Item = Trial> {
        let mut trials = Vec::new();
        let without = |locations: &[Location], keep: &dyn Fn(&str) -> bool| {
            let mut parts = self.signed.clone();
            for location in locations {
                let pairs = self.signed.pairs(*location).iter().filter(|(name, _)| !keep(name));
                pairs.for_each(|(name, _)| parts.remove(*location, name));
            }
            parts
        };
        trials.push(Trial::parts(Mistake::FormUnsigned, without(&[Location::Form], &|_| false)));
        trials.push(Trial::parts(Mistake::QueryUnsigned, without(&[Location::Query], &|_| false)));
        if !self.signed.body().is_empty() {
            trials.push(Trial::parts(Mistake::BodyUnsigned, self.signed.clone().with_body(Vec::new())));
        }
        let put: Vec<&str> = self.plan.puts.iter().map(|field| field.name.as_str()).collect();
        let own: Vec<String> = self.names().filter(|name| !put.contains(name)).map(str::to_owned).collect();
        let both = [Location::Query, Location::Form];
        trials.push(Trial::parts(Mistake::Unsigned(own), without(&both, &|name| put.contains(&name))));
        let single = self.names().map(|name| name.to_owned()).collect::<Vec<_>>().into_iter().map(move |name| {
            let parts = without(&both, &|known| known != name);
            Trial::parts(Mistake::Unsigned(vec![name]), parts)
        });
        trials.into_iter().chain(single)
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        locations(Location::Query).flat_map(|location| self.signed.pairs(location)).map(|(name, _)| name.as_str())
    }

    /// Values that were signed in another form.
    fn of_values(&self) -> impl Iterator<Item = Trial> {
        type Form = fn(&str) -> String;
        let forms: [(Mistake, Form); 7] = [
            (Mistake::PercentEncoded, |value| form_urlencoded(value).replace('+', "%20")),
            (Mistake::PercentEncoded, form_urlencoded),
            (Mistake::PercentEncoded, |value| {
                form_urlencoded(value).replace('+', "%20").replace("%7E", "~").replace('*', "%2A")
            }),
            (Mistake::EncodedTwice, form_decoded),
            (Mistake::PlusAsSpace, |value| value.replace(' ', "+")),
            (Mistake::NotUtf8, |value| value.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect()),
            (Mistake::Trimmed, |value| value.trim().to_owned()),
        ];
        let clocks: Vec<&str> = self.clock_fields().collect();
        let whole = forms.into_iter().flat_map(move |(mistake, form)| {
            let all = mapped(&self.signed, |_, value| form(value));
            let own =
                mapped(&self.signed, |name, value| if clocks.contains(&name) { value.to_owned() } else { form(value) });
            [all, own].map(|parts| Trial::parts(mistake.clone(), parts))
        });
        whole.chain(self.of_texts())
    }

    fn clock_fields(&self) -> impl Iterator<Item = &str> {
        let is_clock = |field: &&Assignment| field.template.sources().any(|source| matches!(source, Source::Clock(_)));
        self.plan.puts.iter().filter(is_clock).map(|field| field.name.as_str())
    }

    /// JSON that was signed in another form than it was sent.
    fn of_texts(&self) -> impl Iterator<Item = Trial> {
        type Form = fn(&str) -> String;
        const FORMS: [(&str, Form); 7] = [
            ("`[object Object]`: convert it to JSON once, and sign and send that text", |_| {
                "[object Object]".to_owned()
            }),
            ("`Array`: convert it to JSON once, and sign and send that text", |_| "Array".to_owned()),
            ("JSON without white space", |text| respaced(text, "", false)),
            ("JSON with spaces after `,` and `:`", |text| respaced(text, " ", false)),
            ("JSON with `\\u` escapes", |text| respaced(text, "", true)),
            ("JSON with `\\u` escapes and spaces", |text| respaced(text, " ", true)),
            ("JSON with `/` written as `\\/`", |text| text.replace('/', "\\/")),
        ];
        let all = FORMS.into_iter().map(|(form, change)| {
            let parts = mapped(&self.signed, |_, value| if is_json(value) { change(value) } else { value.to_owned() });
            let body = self.signed.body();
            let parts = match std::str::from_utf8(body) {
                Ok(text) if is_json(text) => parts.with_body(change(text)),
                _ => parts,
            };
            Trial::parts(Mistake::OtherText { name: None, form }, parts)
        });
        let each = locations(Location::Query).flat_map(move |location| {
            let pairs = self.signed.pairs(location).iter().enumerate().filter(|(_, (_, value))| is_json(value));
            pairs.flat_map(move |(at, (name, value))| {
                FORMS.into_iter().map(move |(form, change)| {
                    let parts = changed(&self.signed, location, at, &change(value));
                    Trial::parts(Mistake::OtherText { name: Some(name.clone()), form }, parts)
                })
            })
        });
        each.chain(all)
    }
}

fn pair_mistakes(pairs: &PairsStep) -> Vec<(Mistake, PairsStep)> {
    let drop_empty = !pairs.drop_empty;
    let mut found = vec![(Mistake::EmptySigned, PairsStep { drop_empty, ..pairs.clone() })];
    for (between, separator) in [("=", "&"), ("", ""), ("=", ""), ("", "&")] {
        let item =
            vec![ItemPiece::Key(Vec::new()), ItemPiece::Literal(between.to_owned()), ItemPiece::Value(Vec::new())];
        let joined = PairsStep { item, item_empty: None, separator: separator.to_owned(), ..pairs.clone() };
        found.push((Mistake::Joined(format!("name{between}value{separator}…")), joined));
    }
    let orders =
        [("name", PairOrder::Name), ("value", PairOrder::Value), ("item", PairOrder::Item), ("none", PairOrder::None)];
    for (word, order) in orders {
        found.push((Mistake::OtherOrder(word), PairsStep { order, ..pairs.clone() }));
    }
    found
}

fn re_digest(piece: &mut Piece, algorithm: Algorithm) {
    let Piece::Value { filters, .. } = piece else { return };
    let digests = filters.iter_mut().filter(|filter| matches!(filter, Filter::Digest(_)));
    digests.for_each(|filter| *filter = Filter::Digest(algorithm));
}

fn re_encode(piece: &mut Piece, encoding: Filter) {
    let Piece::Value { filters, .. } = piece else { return };
    let encoders = filters
        .iter_mut()
        .filter(|filter| matches!(filter, Filter::Hex | Filter::HexUpper | Filter::Base64 | Filter::Base64Url));
    encoders.for_each(|filter| *filter = encoding);
}

/// Returns the request with other values of its parameters.
fn mapped(parts: &Parts, change: impl Fn(&str, &str) -> String) -> Parts {
    let mut others = parts.clone();
    for location in locations(Location::Query) {
        let pairs = parts.pairs(location);
        pairs.iter().for_each(|(name, _)| others.remove(location, name));
        pairs.iter().for_each(|(name, value)| others.push(location, name.clone(), change(name, value)));
    }
    others
}

fn form_urlencoded(value: &str) -> String {
    let mut parts = Parts::new("GET", "http://h/").ok();
    let encoded = parts.as_mut().map(|parts| {
        parts.put_query("", value);
        parts.query_text()
    });
    encoded.and_then(|text| text.strip_prefix('=').map(str::to_owned)).unwrap_or_default()
}

/// Decodes a value of a form.
fn form_decoded(value: &str) -> String {
    percent_decoded(&value.replace('+', " "))
}

fn is_json(value: &str) -> bool {
    let text = value.trim();
    !is_blank(text) && (text.starts_with('{') && text.ends_with('}') || text.starts_with('[') && text.ends_with(']'))
}

/// Returns JSON with this text after each `,` and `:` and no other white space outside of texts, and with `\u` escapes if
/// wanted.
fn respaced(json: &str, space: &str, escapes: bool) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut in_text, mut is_escaped) = (false, false);
    for character in json.chars() {
        if !in_text && character.is_ascii_whitespace() {
            continue;
        }
        if escapes && !character.is_ascii() {
            let mut units = [0; 2];
            character.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        } else {
            out.push(character);
        }
        match character {
            '"' if !is_escaped => in_text = !in_text,
            ',' | ':' if !in_text => out.push_str(space),
            _ => {}
        }
        is_escaped = in_text && character == '\\' && !is_escaped;
    }
    out
}
