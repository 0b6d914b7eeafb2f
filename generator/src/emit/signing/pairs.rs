//! The expression for selected pairs.

use proc_macro2::TokenStream;
use quote::quote;

use super::expression::parameter;
use super::filters::filtered;
use super::value::{Expression, Form};
use crate::recipe::{Filter, ItemPiece, Location, PairOrder, PairsStep, TextFilter};

/// Returns the text of the pairs: a `String`, or a `SecretText` if some of them are secrets.
pub(super) fn value(pairs: &PairsStep, is_secret: bool) -> TokenStream {
    let from = pairs.from.iter().map(|location| super::location(*location));
    let read = if pairs.from.iter().any(|location| matches!(location, Location::Json | Location::Xml)) {
        quote! { Pairs::read(parts, &[#(#from),*])? }
    } else {
        quote! { Pairs::of(parts, &[#(#from),*]) }
    };
    let only = pairs.only.as_ref().map(|names| quote! { .only(&[#(#names),*]) });
    let except = &pairs.except;
    let except = (!except.is_empty()).then(|| quote! { .except(&[#(#except),*]) });
    let empty = pairs.drop_empty.then(|| quote! { .without_empty() });
    let files = pairs.drop_files.then(|| quote! { .without_files() });
    let filters = filters(pairs);
    let merged = pairs.merge.as_ref().map(|separator| quote! { .merged(#separator) });
    let sorted = order(&pairs.order).map(|order| quote! { .sorted(#order) });
    let joined = joined(pairs, is_secret);
    quote! { #read #only #except #empty #files #filters #merged #sorted .noted(moment) #joined }
}

/// Returns the calls that filter names and values.
fn filters(pairs: &PairsStep) -> TokenStream {
    let names = (!pairs.names.is_empty()).then(|| {
        let name = text(quote! { name }, &pairs.names).into_owned();
        quote! { .names(|name| Ok(#name))? }
    });
    let (json, values) = match pairs.values.split_first() {
        Some((Filter::Text(TextFilter::Json), rest)) => (Some(quote! { .json_values() }), rest),
        _ => (None, pairs.values.as_slice()),
    };
    let values = (!values.is_empty()).then(|| {
        let value = text(quote! { value }, values).into_owned();
        quote! { .values(|value| Ok(#value))? }
    });
    quote! { #json #names #values }
}

fn text(variable: TokenStream, filters: &[Filter]) -> Expression {
    filters.iter().fold(Expression::new(Form::Text, variable), filtered)
}

fn order(order: &PairOrder) -> Option<TokenStream> {
    match order {
        PairOrder::Name => None,
        PairOrder::Item => Some(quote! { Order::Item }),
        PairOrder::Value => Some(quote! { Order::Value }),
        PairOrder::None => Some(quote! { Order::None }),
        PairOrder::Names(names) => Some(quote! { Order::Names(&[#(#names),*]) }),
    }
}

/// Returns the call that formats and joins the pairs.
fn joined(pairs: &PairsStep, is_secret: bool) -> TokenStream {
    let (separator, (parameters, item)) = (&pairs.separator, item(pairs));
    let can_fail = pairs.items().flat_map(ItemPiece::filters).any(|filter| filter.can_fail());
    match (is_secret, can_fail) {
        (true, _) => quote! { .secret_join(#separator, #parameters Ok(#item))? },
        (false, true) => quote! { .try_join(#separator, #parameters Ok(#item))? },
        (false, false) => quote! { .join(#separator, #parameters #item) },
    }
}

/// Returns the parameters and the body of the closure that formats one pair.
fn item(pairs: &PairsStep) -> (TokenStream, TokenStream) {
    let value = pieces(&pairs.item);
    let value = match &pairs.item_empty {
        None => value,
        Some(empty) => {
            let empty = pieces(empty);
            quote! { if v.is_empty() { #empty } else { #value } }
        }
    };
    let reads = |is_it: fn(&ItemPiece) -> bool| pairs.items().any(is_it);
    let k = parameter(reads(|piece| matches!(piece, ItemPiece::Key(_))), quote! { k });
    let reads_value = reads(|piece| matches!(piece, ItemPiece::Value(_))) || pairs.item_empty.is_some();
    let v = parameter(reads_value, quote! { v });
    (quote! { |#k, #v| }, value)
}

fn pieces(pieces: &[ItemPiece]) -> TokenStream {
    let pieces = pieces.iter().map(|piece| match piece {
        ItemPiece::Literal(literal) => quote! { #literal },
        ItemPiece::Key(filters) => text(quote! { k }, filters).as_text(),
        ItemPiece::Value(filters) => text(quote! { v }, filters).as_text(),
    });
    quote! { sign::concat(&[#(#pieces),*]) }
}
