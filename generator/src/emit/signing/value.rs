//! Expressions and their types.

use proc_macro2::TokenStream;
use quote::quote;

/// An expression and the type it has.
pub(super) struct Expression {
    pub(super) tokens: TokenStream,
    pub(super) form: Form,
}

/// The type of an expression.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// `&str`, not borrowed from the request.
    Text,
    /// `String`, owned by a credential or a local variable.
    KeptText,
    /// `&str`, borrowed from the request.
    RequestText,
    /// `Cow<str>`, possibly borrowed from the request.
    RequestCow,
    /// `String`.
    NewText,
    /// `[u8; N]` or `Vec<u8>`.
    NewBytes,
    /// `&[u8]`.
    Bytes,
}

impl Expression {
    pub(super) fn new(form: Form, tokens: TokenStream) -> Self {
        Self { tokens, form }
    }

    /// Returns the expression where a `&str` is expected.
    pub(super) fn as_text(&self) -> TokenStream {
        let tokens = &self.tokens;
        match self.form {
            Form::Text | Form::RequestText | Form::Bytes => quote! { #tokens },
            Form::KeptText | Form::RequestCow | Form::NewText | Form::NewBytes => quote! { &#tokens },
        }
    }

    /// Returns the expression where a `&[u8]` is expected.
    pub(super) fn as_bytes(&self) -> TokenStream {
        let tokens = &self.tokens;
        match self.form {
            Form::NewBytes => quote! { &#tokens },
            Form::Bytes => quote! { #tokens },
            _ => quote! { #tokens.as_bytes() },
        }
    }

    /// Returns the expression where a `String` is expected.
    pub(super) fn into_owned(self) -> TokenStream {
        match self.form {
            Form::NewText => self.tokens,
            _ => {
                let text = self.tokens;
                quote! { #text.to_owned() }
            }
        }
    }

    /// Returns the expression where an `impl Into<String>` is expected while the request is changed.
    pub(super) fn into_text(self) -> TokenStream {
        let tokens = self.tokens;
        match self.form {
            Form::KeptText => quote! { &#tokens },
            Form::RequestText => quote! { #tokens.to_owned() },
            Form::RequestCow => quote! { #tokens.into_owned() },
            _ => tokens,
        }
    }
}
