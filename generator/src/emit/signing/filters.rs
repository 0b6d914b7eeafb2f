//! Filters as calls of the runtime.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::value::{Expression, Form};
use crate::recipe::{Algorithm, Filter, TextFilter};

/// Applies a filter.
pub(super) fn filtered(value: Expression, filter: &Filter) -> Expression {
    if let Some(decoder) = decoder(*filter) {
        let text = value.as_text();
        return Expression::new(Form::NewBytes, quote! { sign::#decoder(#text)? });
    }
    infallible(value, *filter)
}

/// Applies a filter. What it refuses becomes empty.
pub(super) fn filtered_or_empty(value: Expression, filter: &Filter) -> Expression {
    if let Some(decoder) = decoder(*filter) {
        let text = value.as_text();
        return Expression::new(Form::NewBytes, quote! { sign::#decoder(#text).unwrap_or_default() });
    }
    infallible(value, *filter)
}

fn decoder(filter: Filter) -> Option<TokenStream> {
    match filter {
        Filter::Unbase64 => Some(quote! { unbase64 }),
        Filter::Unhex => Some(quote! { unhex }),
        _ => None,
    }
}

fn infallible(value: Expression, filter: Filter) -> Expression {
    let new_text = |tokens| Expression::new(Form::NewText, tokens);
    if let Filter::Text(filter) = filter {
        let (function, text) = (text_filter(filter), value.as_text());
        return new_text(quote! { sign::#function(#text) });
    }
    let bytes = value.as_bytes();
    match filter {
        Filter::Digest(algorithm) => {
            let digest = digest(algorithm);
            Expression::new(Form::NewBytes, quote! { sign::#digest(#bytes) })
        }
        Filter::Hex => new_text(quote! { sign::hex(#bytes) }),
        Filter::HexUpper => new_text(quote! { sign::hex_upper(#bytes) }),
        Filter::Base64 => new_text(quote! { sign::base64(#bytes) }),
        Filter::Base64Url => new_text(quote! { sign::base64_url(#bytes) }),
        Filter::Length(digits) => {
            let digits = Literal::u8_unsuffixed(digits);
            new_text(quote! { sign::byte_length(#bytes, #digits) })
        }
        Filter::Unbase64 | Filter::Unhex | Filter::Text(_) => value,
    }
}

fn text_filter(filter: TextFilter) -> TokenStream {
    match filter {
        TextFilter::Lower => quote! { lower },
        TextFilter::Upper => quote! { upper },
        TextFilter::Trim => quote! { trim },
        TextFilter::Squeeze => quote! { squeeze },
        TextFilter::Title => quote! { title },
        TextFilter::Rfc3986 => quote! { rfc3986 },
        TextFilter::Rfc3986Path => quote! { rfc3986_path },
        TextFilter::Form => quote! { form },
        TextFilter::Component => quote! { component },
        TextFilter::Unpercent => quote! { percent_decoded },
        TextFilter::NormalizePath => quote! { normalize_path },
        TextFilter::SlashEnd => quote! { slash_end },
        TextFilter::NoPad => quote! { nopad },
        TextFilter::Json => quote! { json_text },
        TextFilter::SortJson => quote! { sort_json },
    }
}

fn digest(algorithm: Algorithm) -> TokenStream {
    match algorithm {
        Algorithm::Md5 => quote! { md5 },
        Algorithm::Sha1 => quote! { sha1 },
        Algorithm::Sha256 => quote! { sha256 },
        Algorithm::Sha384 => quote! { sha384 },
        Algorithm::Sha512 => quote! { sha512 },
    }
}
