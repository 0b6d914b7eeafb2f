//! Finds the names that emitted tokens mention, so that only those are imported.

use proc_macro2::{Spacing, TokenStream, TokenTree};

/// Whether the tokens contain the identifier.
pub(super) fn mentions(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// Whether anything is called as `<module>::…`.
pub(super) fn calls_module(tokens: &TokenStream, module: &str) -> bool {
    let mut trees = tokens.clone().into_iter().peekable();
    while let Some(tree) = trees.next() {
        let found = match tree {
            TokenTree::Ident(ident) if ident == module => {
                let next = trees.peek();
                matches!(next, Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
            }
            TokenTree::Group(group) => calls_module(&group.stream(), module),
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        };
        if found {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn names_are_found_at_any_depth() {
        let tokens = quote! { fn sign(a: A) { b(&[c::D]); } };
        assert!(mentions(&tokens, "D") && mentions(&tokens, "sign") && !mentions(&tokens, "E"));
        assert!(calls_module(&tokens, "c") && !calls_module(&tokens, "sign") && !calls_module(&tokens, "a"));
    }
}
