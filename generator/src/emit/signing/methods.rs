//! The signing function of a scheme with variants: what all methods do is written once, the rest in a `match`.

use proc_macro2::TokenStream;
use quote::quote;

use super::expression::{Writer, parameter};
use super::function::{self, Statement};
use crate::names::{Identifier, SchemeNames};
use crate::recipe::{Plan, Scheme};

/// The statements of a variant that are not written yet.
struct Rest<'a> {
    variant: &'a Identifier,
    statements: std::vec::IntoIter<Statement>,
}

/// Returns the function.
pub(super) fn item(scheme: &Scheme, names: &SchemeNames) -> TokenStream {
    let plans: Vec<&Plan> = scheme.plans().map(|(_, plan)| plan).collect();
    let mut rests: Vec<Rest<'_>> = Vec::new();
    for (plan, locals) in plans.iter().copied().zip(&names.plans) {
        let statements = Writer { scheme, plan, names, locals }.statements().into_iter();
        rests.extend(locals.variant.as_ref().map(|variant| Rest { variant, statements }));
    }
    let mut statements = Vec::new();
    let mut is_chosen = false;
    while let Some(shared) = shared(&rests) {
        is_chosen |= matches!(shared, Shared::Choice(_));
        statements.push(shared.into_tokens());
        rests.iter_mut().for_each(|rest| drop(rest.statements.next()));
    }
    if rests.iter().any(|rest| rest.statements.len() > 0) {
        is_chosen = true;
        let arms = rests.into_iter().map(|Rest { variant, statements }| {
            let statements = statements.map(|statement| statement.tokens);
            quote! { SignMethod::#variant => { #(#statements)* } }
        });
        statements.push(quote! { match method { #(#arms)* } });
    }
    function::signature(&plans, Some(parameter(is_chosen, quote! { method })), statements.into_iter())
}

/// A statement that is written once for all variants.
enum Shared {
    /// It is the same in all of them.
    Same(TokenStream),
    /// It sets the same field to another constant in each.
    Choice(TokenStream),
}

impl Shared {
    fn into_tokens(self) -> TokenStream {
        match self {
            Self::Same(tokens) | Self::Choice(tokens) => tokens,
        }
    }
}

/// Returns the next statement of all variants, if it can be written once.
fn shared(rests: &[Rest<'_>]) -> Option<Shared> {
    let mut next = Vec::new();
    for rest in rests {
        next.push((rest.variant, rest.statements.as_slice().first()?));
    }
    let (_, first) = next.first()?;
    let text = first.tokens.to_string();
    if next.iter().all(|(_, statement)| statement.tokens.to_string() == text) {
        return Some(Shared::Same(first.tokens.clone()));
    }
    let (location, name, _) = first.constant.as_ref()?;
    let mut arms = Vec::new();
    for (variant, statement) in &next {
        let (_, _, text) = statement.constant.as_ref().filter(|known| (&known.0, &known.1) == (location, name))?;
        arms.push(quote! { SignMethod::#variant => #text });
    }
    Some(Shared::Choice(function::put(*location, name, &quote! { match method { #(#arms),* } })))
}
