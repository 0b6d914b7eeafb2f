//! The statements of a plan: clocks, nonces, puts, steps, places, one each.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::expression::{self, Writer, parameter};
use super::pairs;
use crate::names::{CredentialNames, Identifier, PlanNames, SchemeNames};
use crate::recipe::{
    self, Assignment, Clock, ClockFormat, Cover, JoinStep, KeyAlgorithm, Kind, Let, Location, NonceForm, Piece, Plan,
    Scheme, Source, Step,
};

/// A statement of a plan.
pub(super) struct Statement {
    pub(super) tokens: TokenStream,
    /// The field and the text, if the statement sets a field to a constant.
    pub(super) constant: Option<(Location, String, String)>,
}

impl Statement {
    fn new(tokens: TokenStream) -> Self {
        Self { tokens, constant: None }
    }
}

/// Returns the only function of a scheme without variants.
pub(super) fn item(scheme: &Scheme, plan: &Plan, names: &SchemeNames, locals: &PlanNames) -> TokenStream {
    let statements = Writer { scheme, plan, names, locals }.statements().into_iter().map(|statement| statement.tokens);
    signature(&[plan], None, statements)
}

/// Returns the function with its documentation and parameters. `method` is the parameter of a scheme with variants.
pub(super) fn signature(
    plans: &[&Plan],
    method: Option<TokenStream>,
    statements: impl Iterator<Item = TokenStream>,
) -> TokenStream {
    let credentials = parameter(plans.iter().any(|plan| reads_credentials(plan)), quote! { credentials });
    let moment = parameter(plans.iter().any(|plan| reads_moment(plan)), quote! { moment });
    let docs = if method.is_some() { "Signs a request with the chosen method." } else { "Signs a request." };
    let docs = docs::attributes(&[docs.to_owned()]);
    let method = method.map(|method| quote! { #method: SignMethod, });
    quote! {
        #docs
        pub(super) fn sign(
            parts: &mut Parts,
            #credentials: &Credentials,
            #method
            #moment: &Moment<'_>,
        ) -> Result<(), SignError> {
            #(#statements)*
            Ok(())
        }
    }
}

fn reads_credentials(plan: &Plan) -> bool {
    let mut sources = plan.used_templates().flat_map(|template| template.sources());
    sources.any(|source| matches!(source, Source::Credential(_)))
        || plan.lets.iter().any(|step| step.used && step.step.key().is_some())
}

fn reads_moment(plan: &Plan) -> bool {
    // Every step and every field with credentials is noted in the moment.
    let reads = [plan.clocks.iter().any(|clock| clock.used), plan.nonces.iter().any(|nonce| nonce.used)];
    let mut fields = plan.puts.iter().chain(&plan.places);
    reads.contains(&true) || plan.lets.iter().any(|step| step.used) || fields.any(recipe::has_credential)
}

impl Writer<'_> {
    pub(super) fn statements(&self) -> Vec<Statement> {
        let (plan, locals) = (self.plan, self.locals);
        let clocks = plan.clocks.iter().zip(&locals.clocks).filter(|(clock, _)| clock.used);
        let clocks = clocks.map(|(clock, local)| {
            let value = clock_value(clock);
            Statement::new(quote! { let #local = #value; })
        });
        let nonces = plan.nonces.iter().zip(&locals.nonces).filter(|(nonce, _)| nonce.used);
        let nonces = nonces.map(|(nonce, local)| {
            let (name, form) = (&nonce.name, nonce_form(nonce.form));
            Statement::new(quote! { let #local = moment.nonce(#name, #form)?; })
        });
        let lets = plan.lets.iter().zip(&locals.lets).filter(|(step, _)| step.used);
        let lets = lets.map(|(step, local)| {
            let (masks, value, note) = (self.masks(step), self.step(step), note(step, local));
            Statement::new(quote! { #(#masks)* let #local = #value; #note })
        });
        let puts = plan.puts.iter().map(|field| self.assignment(field));
        let places = plan.places.iter().map(|field| self.assignment(field));
        clocks.chain(nonces).chain(puts).chain(lets).chain(self.covered()).chain(places).collect()
    }

    /// States which field is the signature, for reports.
    fn covered(&self) -> Option<Statement> {
        let Cover { field, text, fields } = recipe::cover(self.plan)?;
        let (location, name) = (super::location(field.location), &field.name);
        let fields = fields.into_iter().map(|(location, name)| {
            let location = super::location(location);
            quote! { (#location, #name) }
        });
        Some(Statement::new(quote! { moment.note_signature(#location, #name, #text, &[#(#fields),*]); }))
    }

    /// Notes the values in a step that are made from secrets, for reports.
    fn masks(&self, step: &Let) -> Vec<TokenStream> {
        let masked = step.masked_pieces().filter_map(|piece| {
            let (name, value) = (piece.mask()?, self.masked(piece));
            Some(quote! { moment.note_mask(#name, || #value); })
        });
        masked.collect()
    }

    fn step(&self, step: &Let) -> TokenStream {
        match &step.step {
            Step::Text(template) => self.made(step, template),
            Step::Pairs(pairs) => pairs::value(pairs, step.secrecy.is_closed()),
            Step::Join(join) => self.join(step, join),
            Step::PkSign { algorithm, key, over } => {
                let field = self.names.credentials.get(*key).map(|names| &names.field);
                let (algorithm, over) = (key_algorithm(*algorithm), self.input(step, over));
                let is_optional = self.scheme.credentials.get(*key).is_some_and(|known| known.optional);
                let present = is_optional.then(|| quote! { .as_ref().ok_or(SignError::PrivateKey)? });
                quote! { credentials.#field #present.sign(#algorithm, #over)? }
            }
            Step::Hmac { algorithm, key, over } => {
                let (function, key, over) = (expression::hmac(*algorithm), self.bytes(key), self.input(step, over));
                let mac = quote! { #function(#key, #over) };
                if step.secrecy.is_closed() {
                    quote! { SecretBytes::concat(&[&#mac]) }
                } else {
                    mac
                }
            }
        }
    }

    fn join(&self, step: &Let, join: &JoinStep) -> TokenStream {
        let (separator, skip_empty, is_sorted) = (&join.separator, join.skip_empty, join.is_sorted);
        match step.kind {
            Kind::Text => {
                let parts = join.parts.iter().map(|part| self.part_text(part));
                let join = if step.secrecy.is_closed() {
                    quote! { SecretText::join }
                } else {
                    quote! { sign::join }
                };
                quote! { #join(#separator, &[#(#parts),*], #skip_empty, #is_sorted) }
            }
            Kind::Raw => {
                let parts = join.parts.iter().map(|part| self.bytes(part));
                let separator = Literal::byte_string(separator.as_bytes());
                let join = if step.secrecy.is_closed() {
                    quote! { SecretBytes::join }
                } else {
                    quote! { sign::join_bytes }
                };
                quote! { #join(#separator, &[#(#parts),*], #skip_empty, #is_sorted) }
            }
        }
    }

    /// Sets a field if its optional values are present.
    fn assignment(&self, field: &Assignment) -> Statement {
        let put = put(field.location, &field.name, &self.assigned(&field.template));
        let note = self.note_field(field);
        let statement = quote! { #note #put };
        let optional: Vec<(TokenStream, TokenStream)> = self.optional_values(field);
        let tokens = match optional.as_slice() {
            [] => statement,
            [(local, value)] => quote! { if let Some(#local) = #value { #statement } },
            many => {
                let (locals, values): (Vec<_>, Vec<_>) = many.iter().cloned().unzip();
                quote! { if let (#(Some(#locals)),*) = (#(#values),*) { #statement } }
            }
        };
        let constant = match field.template.pieces.as_slice() {
            [Piece::Literal(text)] => Some((field.location, field.name.clone(), text.clone())),
            _ => None,
        };
        Statement { tokens, constant }
    }

    /// Notes what a field with credentials is made of, for reports.
    fn note_field(&self, field: &Assignment) -> Option<TokenStream> {
        let (location, name, pieces) = (super::location(field.location), &field.name, self.named_pieces(field)?);
        Some(quote! { moment.note_field(#location, #name, #pieces); })
    }

    /// Returns, for each optional value of a field, a local variable and the `Option` that it comes from.
    fn optional_values(&self, field: &Assignment) -> Vec<(TokenStream, TokenStream)> {
        let mut sources: Vec<&Source> = field.template.sources().collect();
        sources.sort();
        sources.dedup();
        sources.into_iter().filter_map(|source| self.optional_value(source)).collect()
    }

    fn optional_value(&self, source: &Source) -> Option<(TokenStream, TokenStream)> {
        match source {
            Source::Credential(index) if self.scheme.credentials.get(*index)?.optional => {
                let CredentialNames { field, local, .. } = self.names.credentials.get(*index)?;
                Some((quote! { #local }, quote! { &credentials.#field }))
            }
            Source::Fact(index) if self.scheme.facts.get(*index)?.optional => {
                let (local, name) = (self.names.facts.get(*index)?, &self.scheme.facts.get(*index)?.name);
                Some((quote! { #local }, quote! { parts.optional_fact(#name).map(str::to_owned) }))
            }
            Source::OptionalHeader(name) => {
                let (_, local) = self.names.headers.iter().find(|(known, _)| known == name)?;
                Some((quote! { #local }, quote! { parts.optional_header(#name).map(str::to_owned) }))
            }
            _ => None,
        }
    }
}

/// Sets a field.
pub(super) fn put(location: Location, name: &str, value: &TokenStream) -> TokenStream {
    match location {
        Location::Path => quote! { parts.put_path(#name, #value)?; },
        Location::Json => quote! { parts.put_json(#name, #value)?; },
        Location::Xml => quote! { parts.put_xml(#name, #value)?; },
        Location::Set(index) => {
            let index = Literal::u8_unsuffixed(index);
            quote! { parts.put_set(#index, #name, #value); }
        }
        Location::Query => quote! { parts.put_query(#name, #value); },
        Location::Form => quote! { parts.put_form(#name, #value); },
        Location::Headers => quote! { parts.put_header(#name, #value); },
    }
}

/// Notes the value of a step, for reports.
fn note(step: &Let, local: &Identifier) -> TokenStream {
    let name = &step.name;
    if step.is_key {
        quote! { moment.note_key(#name, &#local); }
    } else {
        quote! { moment.note(#name, &#local); }
    }
}

fn key_algorithm(algorithm: KeyAlgorithm) -> TokenStream {
    match algorithm {
        KeyAlgorithm::RsaSha1 => quote! { KeyAlgorithm::RsaSha1 },
        _ => quote! { KeyAlgorithm::RsaSha256 },
    }
}

fn clock_value(clock: &Clock) -> TokenStream {
    let plus = number(clock.plus);
    match &clock.format {
        ClockFormat::Unix => quote! { moment.unix(#plus) },
        ClockFormat::UnixMillis => quote! { moment.unix_ms(#plus) },
        ClockFormat::HttpDate => quote! { moment.http_date(#plus)? },
        ClockFormat::Pattern { pattern, zone } => {
            let zone = offset(*zone);
            quote! { moment.datetime(#pattern, #zone, #plus)? }
        }
    }
}

/// Formats seconds as hours and a rest.
fn offset(seconds: i32) -> TokenStream {
    let magnitude = seconds.unsigned_abs();
    let (hours, rest) = (number((magnitude / 3600).into()), number((magnitude % 3600).into()));
    let offset = match (magnitude / 3600, magnitude % 3600) {
        (0, _) => rest,
        (_, 0) => quote! { #hours * 3600 },
        _ => quote! { #hours * 3600 + #rest },
    };
    if seconds < 0 {
        quote! { -(#offset) }
    } else {
        offset
    }
}

/// Returns a number whose minus sign is a separate token.
fn number(value: i64) -> TokenStream {
    let magnitude = Literal::u64_unsuffixed(value.unsigned_abs());
    if value < 0 {
        quote! { -#magnitude }
    } else {
        quote! { #magnitude }
    }
}

fn nonce_form(form: NonceForm) -> TokenStream {
    let count = |count: u8| Literal::u8_unsuffixed(count);
    match form {
        NonceForm::Uuid4 => quote! { NonceForm::Uuid4 },
        NonceForm::Hex(digits) => {
            let digits = count(digits);
            quote! { NonceForm::Hex(#digits) }
        }
        NonceForm::Alnum(digits) => {
            let digits = count(digits);
            quote! { NonceForm::Alnum(#digits) }
        }
        NonceForm::Digits(digits) => {
            let digits = count(digits);
            quote! { NonceForm::Digits(#digits) }
        }
        NonceForm::Increasing => quote! { NonceForm::Increasing },
    }
}
