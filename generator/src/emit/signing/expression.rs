//! Expressions for templates and the values in them.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, quote};

use super::filters::{filtered, filtered_or_empty};
use super::value::{Expression, Form};
use crate::names::{PlanNames, SchemeNames};
use crate::recipe::{
    self, Algorithm, Assignment, CredentialKind, Kind, Let, Piece, Plan, RequestText, Scheme, Source, Template,
    input_name,
};

/// How an optional value without a value is written.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Absent {
    /// As empty text.
    Empty,
    /// Not at all: the statement only runs if a local variable of the same name has the value.
    Bound,
}

/// The names of the pieces of a step's text, for reports.
struct Named<'a> {
    step: String,
    origins: Vec<&'a str>,
}

/// Writes expressions of one plan.
pub(super) struct Writer<'a> {
    pub(super) scheme: &'a Scheme,
    pub(super) plan: &'a Plan,
    pub(super) names: &'a SchemeNames,
    pub(super) locals: &'a PlanNames,
}

impl Writer<'_> {
    /// Returns an expression for `impl Into<String>` that borrows nothing from the request, which is changed at the
    /// same time.
    pub(super) fn assigned(&self, template: &Template) -> TokenStream {
        match template.pieces.as_slice() {
            [] => quote! { "" },
            [piece] => self.piece(piece, Absent::Bound).into_text(),
            pieces => self.concat(pieces, Absent::Bound),
        }
    }

    /// Returns the owned value of a step: `String`, `SecretText`, bytes or `SecretBytes`.
    pub(super) fn made(&self, step: &Let, template: &Template) -> TokenStream {
        if let ([piece], false) = (template.pieces.as_slice(), template.secrecy.is_closed()) {
            let expression = self.piece(piece, Absent::Empty);
            if matches!(expression.form, Form::NewText | Form::NewBytes) && !is_variable(piece) {
                return expression.tokens;
            }
        }
        self.joined(template, self.named(step).as_ref())
    }

    /// Returns the names of the pieces of a step's text.
    fn named<'s>(&self, step: &'s Let) -> Option<Named<'s>>
    where
        Self: 's,
    {
        let name = input_name(step).unwrap_or_else(|| step.name.clone());
        recipe::step_origins(self.scheme, self.plan, step).map(|origins| Named { step: name, origins })
    }

    /// Returns the pieces of a field with their names, if it contains a credential.
    pub(super) fn named_pieces(&self, field: &Assignment) -> Option<TokenStream> {
        let origins = recipe::field_origins(self.scheme, self.plan, field)?;
        let pieces = field.template.pieces.iter().zip(origins).map(|(piece, name)| {
            let text = self.piece(piece, Absent::Bound).as_text();
            quote! { (#name, #text) }
        });
        Some(quote! { &[#(#pieces),*] })
    }

    /// Returns a template where its bytes are expected.
    pub(super) fn bytes(&self, template: &Template) -> TokenStream {
        if let [piece] = template.pieces.as_slice() {
            return self.piece_bytes(piece);
        }
        owned_bytes(template, &self.joined(template, None))
    }

    /// Returns the input of an HMAC where its bytes are expected. It is noted for reports unless it is a step, which is
    /// noted already.
    pub(super) fn input(&self, step: &Let, over: &Template) -> TokenStream {
        let Some(name) = input_name(step) else { return self.bytes(over) };
        let joined = self.joined(over, self.named(step).as_ref());
        owned_bytes(over, &quote! { moment.noted(#name, #joined) })
    }

    /// Returns the new value of a piece with filters, for a closure that cannot fail.
    pub(super) fn masked(&self, piece: &Piece) -> TokenStream {
        match piece {
            Piece::Literal(literal) => quote! { #literal },
            Piece::Value { source, filters, .. } => {
                filters.iter().fold(self.source(source, Absent::Empty), filtered_or_empty).tokens
            }
        }
    }

    /// Returns a template where its text is expected, for the length of a statement.
    pub(super) fn part_text(&self, template: &Template) -> TokenStream {
        match (template.pieces.as_slice(), template.secrecy.is_closed()) {
            ([piece], _) => self.piece(piece, Absent::Empty).as_text(),
            (_, false) => {
                let joined = self.joined(template, None);
                quote! { &#joined }
            }
            (_, true) => {
                let joined = self.joined(template, None);
                quote! { #joined.expose() }
            }
        }
    }

    fn joined(&self, template: &Template, named: Option<&Named<'_>>) -> TokenStream {
        let pieces = template.pieces.as_slice();
        match (template.kind, template.secrecy.is_closed()) {
            (Kind::Text, is_closed) => {
                let texts = pieces.iter().map(|piece| self.piece(piece, Absent::Empty).as_text());
                match (named, is_closed) {
                    (Some(Named { step, origins }), false) => {
                        quote! { moment.text(#step, &[#((#origins, #texts)),*]) }
                    }
                    (Some(Named { step, origins }), true) => {
                        quote! { moment.secret_text(#step, &[#((#origins, #texts)),*]) }
                    }
                    (None, false) => quote! { sign::concat(&[#(#texts),*]) },
                    (None, true) => quote! { SecretText::concat(&[#(#texts),*]) },
                }
            }
            (Kind::Raw, is_closed) => {
                let bytes = pieces.iter().map(|piece| self.piece_bytes(piece));
                let concat = if is_closed {
                    quote! { SecretBytes::concat }
                } else {
                    quote! { sign::concat_bytes }
                };
                quote! { #concat(&[#(#bytes),*]) }
            }
        }
    }

    fn concat(&self, pieces: &[Piece], absent: Absent) -> TokenStream {
        let texts = pieces.iter().map(|piece| self.piece(piece, absent).as_text());
        quote! { sign::concat(&[#(#texts),*]) }
    }

    fn piece_bytes(&self, piece: &Piece) -> TokenStream {
        match piece {
            Piece::Literal(literal) if literal.is_ascii() => {
                Literal::byte_string(literal.as_bytes()).into_token_stream()
            }
            _ => self.piece(piece, Absent::Empty).as_bytes(),
        }
    }

    fn piece(&self, piece: &Piece, absent: Absent) -> Expression {
        match piece {
            Piece::Literal(literal) => Expression::new(Form::Text, quote! { #literal }),
            Piece::Value { source, filters, .. } => filters.iter().fold(self.source(source, absent), filtered),
        }
    }

    fn source(&self, source: &Source, absent: Absent) -> Expression {
        match source {
            Source::Credential(index) => self.credential(*index, absent),
            Source::Fact(index) => self.fact(*index, absent),
            Source::Clock(index) => text_of(self.locals.clocks.get(*index)),
            Source::Nonce(index) => text_of(self.locals.nonces.get(*index)),
            Source::Let(index) => self.variable(*index),
            Source::Request(text) => request_text(*text),
            Source::Header(name) => Expression::new(Form::RequestText, quote! { parts.header(#name)? }),
            Source::OptionalHeader(name) => self.optional_header(name, absent),
        }
    }

    fn credential(&self, index: usize, absent: Absent) -> Expression {
        let Some((credential, names)) = self.scheme.credentials.get(index).zip(self.names.credentials.get(index))
        else {
            return Expression::new(Form::Text, quote! {});
        };
        let (field, local, is_id) = (&names.field, &names.local, credential.kind == CredentialKind::Id);
        match (credential.optional, absent) {
            (false, _) if is_id => Expression::new(Form::KeptText, quote! { credentials.#field }),
            (false, _) => Expression::new(Form::Text, quote! { credentials.#field.expose() }),
            (true, Absent::Bound) if is_id => Expression::new(Form::Text, quote! { #local }),
            (true, Absent::Bound) => Expression::new(Form::Text, quote! { #local.expose() }),
            (true, Absent::Empty) if is_id => {
                Expression::new(Form::Text, quote! { credentials.#field.as_deref().unwrap_or_default() })
            }
            (true, Absent::Empty) => {
                Expression::new(Form::Text, quote! { credentials.#field.as_ref().map_or("", Secret::expose) })
            }
        }
    }

    fn fact(&self, index: usize, absent: Absent) -> Expression {
        let Some((fact, local)) = self.scheme.facts.get(index).zip(self.names.facts.get(index)) else {
            return Expression::new(Form::Text, quote! {});
        };
        let name = &fact.name;
        match (fact.optional, absent) {
            (false, _) => Expression::new(Form::RequestText, quote! { parts.fact(#name)? }),
            (true, Absent::Bound) => Expression::new(Form::KeptText, quote! { #local }),
            (true, Absent::Empty) => {
                Expression::new(Form::RequestText, quote! { parts.optional_fact(#name).unwrap_or_default() })
            }
        }
    }

    fn optional_header(&self, name: &str, absent: Absent) -> Expression {
        match self.names.headers.iter().find(|(known, _)| known == name) {
            Some((_, local)) if absent == Absent::Bound => Expression::new(Form::KeptText, quote! { #local }),
            _ => Expression::new(Form::RequestText, quote! { parts.optional_header(#name).unwrap_or_default() }),
        }
    }

    fn variable(&self, index: usize) -> Expression {
        let Some((step, local)) = self.plan.lets.get(index).zip(self.locals.lets.get(index)) else {
            return Expression::new(Form::Text, quote! {});
        };
        match (step.kind, step.secrecy.is_closed()) {
            (Kind::Text, false) => Expression::new(Form::KeptText, quote! { #local }),
            (Kind::Text, true) => Expression::new(Form::Text, quote! { #local.expose() }),
            (Kind::Raw, false) => Expression::new(Form::NewBytes, quote! { #local }),
            (Kind::Raw, true) => Expression::new(Form::Bytes, quote! { #local.expose() }),
        }
    }
}

/// Returns the parameter's name, or a pattern if it is not used.
pub(super) fn parameter(is_read: bool, name: TokenStream) -> TokenStream {
    if is_read {
        name
    } else {
        quote! { _ }
    }
}

/// Returns an owned value of a template where its bytes are expected.
fn owned_bytes(template: &Template, value: &TokenStream) -> TokenStream {
    match (template.kind, template.secrecy.is_closed()) {
        (Kind::Text, false) => quote! { #value.as_bytes() },
        (Kind::Text, true) => quote! { #value.expose().as_bytes() },
        (Kind::Raw, false) => quote! { &#value },
        (Kind::Raw, true) => quote! { #value.expose() },
    }
}

/// Whether the piece is just a local variable, which a step must not move.
fn is_variable(piece: &Piece) -> bool {
    matches!(piece, Piece::Value { source: Source::Let(_), filters, .. } if filters.is_empty())
}

fn text_of(local: Option<&crate::names::Identifier>) -> Expression {
    Expression::new(Form::KeptText, quote! { #local })
}

fn request_text(text: RequestText) -> Expression {
    let (form, tokens) = match text {
        RequestText::Method => (Form::RequestText, quote! { parts.method() }),
        RequestText::Scheme => (Form::RequestText, quote! { parts.scheme() }),
        RequestText::Host => (Form::RequestText, quote! { parts.host() }),
        RequestText::Path => (Form::RequestCow, quote! { parts.path() }),
        RequestText::Query => (Form::NewText, quote! { parts.query_text() }),
        RequestText::PathQuery => (Form::NewText, quote! { parts.path_query() }),
        RequestText::Url => (Form::NewText, quote! { parts.url() }),
        RequestText::Body => (Form::RequestCow, quote! { parts.body_text()? }),
        RequestText::Api => (Form::RequestText, quote! { parts.api() }),
        RequestText::ApiPath => (Form::RequestText, quote! { parts.api_path() }),
    };
    Expression::new(form, tokens)
}

/// Returns the runtime's HMAC function.
pub(super) fn hmac(algorithm: Algorithm) -> TokenStream {
    match algorithm {
        Algorithm::Md5 => quote! { sign::hmac_md5 },
        Algorithm::Sha1 => quote! { sign::hmac_sha1 },
        Algorithm::Sha256 => quote! { sign::hmac_sha256 },
        Algorithm::Sha384 => quote! { sign::hmac_sha384 },
        Algorithm::Sha512 => quote! { sign::hmac_sha512 },
    }
}
