//! Tokens and attributes as text.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// Whether the visibility is public.
pub(super) fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

/// Whether it is hidden from the documentation.
pub(super) fn is_hidden(item: &syn::Item) -> bool {
    let attributes: &[syn::Attribute] = match item {
        syn::Item::Use(found) => &found.attrs,
        syn::Item::Mod(found) => &found.attrs,
        syn::Item::Struct(found) => &found.attrs,
        syn::Item::Enum(found) => &found.attrs,
        _ => &[],
    };
    attributes.iter().any(|attribute| flat(&attribute.meta) == "doc(hidden)")
}

/// Returns the attributes that matter to callers, to append to an item.
pub(super) fn marks(attributes: &[syn::Attribute]) -> String {
    let mark = |attribute: &syn::Attribute| {
        let path = attribute.path();
        if path.is_ident("cfg") {
            return Some(format!(" #[{}]", flat(&attribute.meta)));
        }
        let noticed = ["deprecated", "non_exhaustive"].into_iter().find(|name| path.is_ident(name));
        noticed.map(|name| format!(" #[{name}]"))
    };
    attributes.iter().filter_map(mark).collect()
}

/// Returns what a `use` imports: the path before the name, and the name.
pub(super) fn uses(tree: &syn::UseTree) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(tree, &mut Vec::new(), &mut found);
    found
}

fn collect(tree: &syn::UseTree, path: &mut Vec<String>, found: &mut Vec<(String, String)>) {
    match tree {
        syn::UseTree::Path(step) => {
            path.push(step.ident.to_string());
            collect(&step.tree, path, found);
            path.pop();
        }
        syn::UseTree::Name(name) => found.push((path.join("::"), name.ident.to_string())),
        syn::UseTree::Rename(name) => found.push((path.join("::"), name.rename.to_string())),
        syn::UseTree::Glob(_) => found.push((path.join("::"), "*".to_owned())),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| collect(tree, path, found)),
    }
}

/// Formats tokens as people write them: `Option<Vec<String>>`, `impl Into<String>`.
pub(super) fn flat(tokens: &impl ToTokens) -> String {
    let mut text = String::new();
    write(tokens.to_token_stream(), &mut text);
    text
}

fn write(tokens: TokenStream, text: &mut String) {
    let mut after_word = false;
    let mut after_joint = false;
    for token in tokens {
        match token {
            TokenTree::Ident(word) => {
                if after_word || (text.ends_with(['>', ')']) && !after_joint) {
                    text.push(' ');
                }
                text.push_str(&word.to_string());
                (after_word, after_joint) = (true, false);
            }
            TokenTree::Literal(literal) => {
                if after_word {
                    text.push(' ');
                }
                text.push_str(&literal.to_string());
                (after_word, after_joint) = (true, false);
            }
            TokenTree::Punct(mark) => {
                let sign = mark.as_char();
                let wide = matches!(sign, '=' | '+');
                if wide && !text.ends_with(' ') {
                    text.push(' ');
                }
                text.push(sign);
                if (wide || matches!(sign, ',' | ';')) && mark.spacing() == Spacing::Alone {
                    text.push(' ');
                }
                (after_word, after_joint) = (false, mark.spacing() == Spacing::Joint);
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                write(group.stream(), text);
                text.push_str(close);
                (after_word, after_joint) = (false, false);
            }
        }
    }
}
