//! Texts for users are plain English: none of the constructions that only work in German.
//!
//! Checked are the string literals of program and runtime (messages, help, labels, emitted docs), the doc comments that
//! become `--help` or the docs of the runtime, what platform files explain to callers, and the documents for readers.
//! Tests and code are not.

use std::fs;

use apograph_tests::code::rust_files;
use apograph_tests::root;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use serde_yaml::{Mapping, Value};
use syn::{Attribute, Expr, ExprLit, Fields, ImplItem, Item, Lit, Meta, TraitItem, Visibility};

/// What is banned, and what to write instead. Words match whole words; `…` matches up to three words. [`is_no`] adds to it.
const BANNED: &[(&str, &str)] = &[
    ("is none", "is not one, is absent, there is no …"),
    ("are none", "are missing, there are no …"),
    ("stand in", "are in, appear in"),
    ("stand at", "are at"),
    ("stand for", "represent"),
    ("stands in", "is in, appears in"),
    ("stands at", "is at"),
    ("stands for", "represents"),
    ("nothing tells", "it is unclear"),
    ("nothing says", "it is not stated"),
    ("says", "contains, states, returns"),
    ("go on with", "continue with"),
    ("goes on with", "continues with"),
    ("let go of", "release"),
    ("lets go of", "releases"),
    ("letting go", "releasing"),
    ("anew", "again, from scratch"),
    ("is over", "has expired, has ended"),
    ("of it there", "there are … of it"),
    ("so many … are", "that many"),
    ("so many … is", "that many"),
    ("as bad as", "at or above this level"),
    ("whichever … is of", "the one that it belongs to"),
];

/// `is no character`, for `is not a character`.
const IS_NO: (&str, &str) = ("is no …", "is not a …");

/// Folders whose string literals users can see.
const CODE: [&str; 2] = ["generator/src", "generator/runtime/src"];

/// Folders whose public doc comments users can see: as API docs, and as `--help`.
const DOCUMENTED: [&str; 2] = ["generator/runtime/src", "generator/src/cli"];

/// Documents for readers.
const DOCUMENTS: [&str; 18] = [
    ".github/CONTRIBUTING.md",
    ".github/SECURITY.md",
    "README.md",
    "CHANGELOG.md",
    "generated/README.md",
    "generator/README.md",
    "generator/runtime/README.md",
    "specs/README.md",
    "tests/README.md",
    "tests/frame/README.md",
    "tests/recipes/README.md",
    "specs/alipay/PROTOCOL.md",
    "specs/jd/PROTOCOL.md",
    "specs/lazada/PROTOCOL.md",
    "specs/nio/PROTOCOL.md",
    "specs/pinduoduo/PROTOCOL.md",
    "specs/top/PROTOCOL.md",
    "specs/wechatpay/PROTOCOL.md",
];

/// Folder of the documents that `apograph explain` prints.
const EXPLANATIONS: &str = "generator/src/diagnostic/explanations";

#[test]
fn texts_for_users_are_plain_english() {
    let mut findings = Vec::new();
    let mut check = |path: &str, text: &str| {
        findings.extend(
            found(text).map(|(banned, instead)| format!("{path}: `{banned}` in {text:?}\n    instead: {instead}")),
        );
    };
    let explanations = fs::read_dir(root().join(EXPLANATIONS)).expect("the explanations");
    let explanations = explanations.map(|entry| entry.expect("an explanation").file_name());
    let explanations = explanations.map(|name| format!("{EXPLANATIONS}/{}", name.to_string_lossy()));
    for document in DOCUMENTS.map(str::to_owned).into_iter().chain(explanations) {
        for paragraph in read(&document).split("\n\n") {
            check(&document, paragraph);
        }
    }
    for path in CODE.iter().flat_map(|folder| rust_files(folder)) {
        let file = syn::parse_file(&read(&path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        let is_documented = DOCUMENTED.iter().any(|folder| path.starts_with(folder));
        texts(&file.items, is_documented).iter().for_each(|text| check(&path, text));
        if is_documented {
            let mut own = Vec::new();
            docs(&file.attrs, &mut own);
            own.iter().for_each(|text| check(&path, text));
        }
    }
    for path in platform_files() {
        let file = serde_yaml::from_str(&read(&path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        explanations_of_errors(&file).iter().for_each(|text| check(&path, text));
    }
    let total = findings.len();
    assert!(findings.is_empty(), "{}\n{total} findings; see BANNED in this test", findings.join("\n"));
}

#[test]
fn the_check_sees_constructions_and_nothing_else() {
    let count = |text: &str| found(text).count();
    for text in ["A larger page is\nnone.", "Nothing tells.", "It says so", "what is no page", "so many of them are"] {
        assert_eq!(count(text), 1, "{text}");
    }
    for text in [
        "essays",
        "there is nonempty text",
        "a standard format",
        "it is overridden",
        "what is now",
        "so many",
        "there is no page",
        "it is no longer used",
    ] {
        assert_eq!(count(text), 0, "{text}");
    }
    let file = "
        /// It says public.
        pub struct A { /// It says field.
            pub a: u8, /// It says private.
            b: u8 }
        /// It says crate.
        pub(crate) fn f() { g(\"it says text\", [\"it says \\n\", stringify!(\"in a macro it says\")]); }
        #[cfg(test)] mod tests { fn t() { g(\"it says test\"); } }";
    let file = syn::parse_file(file).expect("Rust");
    let count = |is_documented| texts(&file.items, is_documented).iter().filter(|text| found(text).count() > 0).count();
    assert_eq!((count(true), count(false)), (5, 3));
    let file = "errors: {codes: {'7': {meaning: x, hint: it says 1}}, texts: {x: {meaning: it says 2}}, other: {}}";
    let file = serde_yaml::from_str(file).expect("YAML");
    assert_eq!(explanations_of_errors(&file), ["x", "it says 1", "it says 2"]);
}

/// The banned constructions in a text.
fn found(text: &str) -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    let lower = text.to_lowercase();
    let words: Vec<String> = lower
        .split(|c: char| !(c.is_alphanumeric() || "'_-".contains(c)))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let has_is_no = words.windows(2).enumerate().any(|(at, pair)| is_no(pair) && is_inversion(&words, at));
    let banned = BANNED.iter().filter(move |(banned, _)| {
        // Few words begin a construction: only from these on it is compared whole.
        let first = banned.split(' ').next().unwrap_or_default();
        words.iter().enumerate().any(|(at, word)| word == first && starts(&words[at..], banned))
    });
    banned.chain(has_is_no.then_some(&IS_NO))
}

fn is_no(pair: &[String]) -> bool {
    pair.iter().eq(["is", "no"]) || pair.iter().eq(["are", "no"])
}

/// Whether the words are none of the usual ones: `there is no file`, `is no longer`.
fn is_inversion(words: &[String], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| words.get(at)).map(String::as_str);
    let after = words.get(at + 2).map(String::as_str);
    before != Some("there") && !matches!(after, Some("longer" | "more" | "such" | "need"))
}

/// Whether the words start with the construction.
fn starts(words: &[String], banned: &str) -> bool {
    let follows = |words: &[String], part: &str| {
        let mut words = words.iter();
        part.split_whitespace().all(|banned| words.next().is_some_and(|word| word == banned))
    };
    let Some((start, end)) = banned.split_once('…') else { return follows(words, banned) };
    let length = start.split_whitespace().count();
    follows(words, start) && (1..=3).any(|gap| words.get(length + gap..).is_some_and(|rest| follows(rest, end)))
}

/// The texts of a file that users can see.
fn texts(items: &[Item], is_documented: bool) -> Vec<String> {
    let mut found = Vec::new();
    for item in items {
        let attributes = attributes(item);
        if attributes.iter().any(is_test) {
            continue;
        }
        match item {
            Item::Mod(module) if module.content.is_some() => {
                let inner = module.content.iter().flat_map(|(_, items)| items).cloned().collect::<Vec<_>>();
                found.extend(texts(&inner, is_documented));
            }
            other => {
                // Doc comments inside of macros have no visibility: where docs are public, they count.
                let with_docs = is_documented && matches!(other, Item::Macro(_));
                literals(other.to_token_stream(), with_docs, &mut found);
            }
        }
        if is_documented {
            public_docs(item, &mut found);
        }
    }
    found
}

fn is_test(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") && attribute.to_token_stream().to_string().contains("test")
}

/// The string literals among tokens. Doc comments are attributes, `#[doc = "…"]`.
fn literals(tokens: TokenStream, with_docs: bool, found: &mut Vec<String>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' && !with_docs => {
                tokens.next_if(|next| matches!(next, TokenTree::Punct(mark) if mark.as_char() == '!'));
                tokens.next_if(is_doc);
            }
            TokenTree::Group(group) => literals(group.stream(), with_docs, found),
            TokenTree::Literal(literal) => {
                if let Lit::Str(text) = Lit::new(literal) {
                    found.push(text.value());
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// Whether a token is `[doc = …]`.
fn is_doc(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else { return false };
    matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(name)) if name == "doc")
}

/// The doc comments of a public item and of its public parts.
fn public_docs(item: &Item, found: &mut Vec<String>) {
    let is_public = |visibility: &Visibility| matches!(visibility, Visibility::Public(_));
    let mut fields = |fields: &Fields, all: bool| {
        fields.iter().filter(|field| all || is_public(&field.vis)).for_each(|field| docs(&field.attrs, found));
    };
    match item {
        Item::Struct(item) if is_public(&item.vis) => fields(&item.fields, false),
        Item::Enum(item) if is_public(&item.vis) => {
            item.variants.iter().for_each(|variant| fields(&variant.fields, true));
            item.variants.iter().for_each(|variant| docs(&variant.attrs, found));
        }
        Item::Trait(item) if is_public(&item.vis) => {
            for item in &item.items {
                if let TraitItem::Fn(item) = item {
                    docs(&item.attrs, found);
                }
            }
        }
        Item::Impl(item) => {
            for item in &item.items {
                match item {
                    ImplItem::Fn(item) if is_public(&item.vis) => docs(&item.attrs, found),
                    ImplItem::Const(item) if is_public(&item.vis) => docs(&item.attrs, found),
                    _ => {}
                }
            }
        }
        _ => {}
    }
    let visibility = match item {
        Item::Const(item) => &item.vis,
        Item::Enum(item) => &item.vis,
        Item::Fn(item) => &item.vis,
        Item::Mod(item) => &item.vis,
        Item::Static(item) => &item.vis,
        Item::Struct(item) => &item.vis,
        Item::Trait(item) => &item.vis,
        Item::Type(item) => &item.vis,
        _ => return,
    };
    if is_public(visibility) {
        docs(attributes(item), found);
    }
}

/// The doc comment among attributes, as one text.
fn docs(attributes: &[Attribute], found: &mut Vec<String>) {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    found.push(lines.collect::<Vec<_>>().join("\n"));
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// The platform files of the repository.
fn platform_files() -> Vec<String> {
    let folders = fs::read_dir(root().join("specs")).expect("the specs").map(|entry| entry.expect("an entry"));
    let files = folders.map(|folder| format!("specs/{}/platform.yaml", folder.file_name().to_string_lossy()));
    files.filter(|path| root().join(path).exists()).collect()
}

/// The texts of a platform file that callers see: what errors mean, and what to do.
fn explanations_of_errors(file: &Value) -> Vec<String> {
    let tables = file["errors"].as_mapping().into_iter().flat_map(Mapping::values);
    let errors = tables.filter_map(Value::as_mapping).flat_map(Mapping::values);
    let texts = errors.flat_map(|error| [&error["meaning"], &error["hint"]]);
    texts.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
