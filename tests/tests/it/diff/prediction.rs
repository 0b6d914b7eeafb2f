//! What `apograph diff` predicts for callers' source, against what really becomes of the generated crate's public
//! interface, for every case of `diff/`: a prediction that the generator does not keep is a defect.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use apograph::diagnostic::{Color, Diagnostics, render};
use apograph::diff::verdict::Source;
use apograph::diff::{self, Texts};
use apograph::source::Sources;
use apograph_tests::{corpus, folder, fuzz, generation};
use quote::ToTokens;
use syn::{Attribute, Fields, ImplItem, Item, Type, Visibility};

/// Cases that a lock of the old side makes no crate of: `generate` refuses.
const NOT_WITH_LOCK: &[&str] = &["platform-removed"];

/// What becomes of some cases over a lock.
const OVER_A_LOCK: &[(&str, Source)] = &[
    ("api-removed", Source::Additive),
    ("req-field-removed-opt", Source::Additive),
    ("resp-field-removed", Source::Additive),
    ("resp-enum-value-removed", Source::Additive),
    ("api-moved", Source::Unaffected),
    ("req-type-renamed", Source::Unaffected),
    ("resp-type-renamed", Source::Unaffected),
    ("lock-let-go", Source::Breaks),
];

/// One side of a case.
struct Side {
    files: folder::Texts,
    lock: Option<String>,
}

/// What callers can name in a file, once it is parsed.
type Names = Arc<OnceLock<BTreeSet<String>>>;

/// What callers can name in files of generated code, by module and text: most files are the same in most cases, and in
/// both tests.
static MODULES: Mutex<BTreeMap<(String, String), Names>> = Mutex::new(BTreeMap::new());

/// The public interface of the crate that comes out of specs, one line for each thing that a caller can name.
fn interface(side: &Side) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for (path, text) in generation::files(&side.files, side.lock.as_deref()).iter() {
        if path == "Cargo.toml" {
            manifest(text, &mut lines);
        } else if let Some(module) = path.strip_prefix("src/").and_then(|path| path.strip_suffix(".rs")) {
            let module = module.trim_end_matches("/mod").replace('/', "::");
            let key = (module.clone(), text.clone());
            let names = Names::clone(MODULES.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
            lines.extend(names.get_or_init(|| module_items(&module, text)).iter().cloned());
        }
    }
    defaults_as_items(lines)
}

/// Replaces default features by the items that they enable: callers that rely on a default do not name its feature.
fn defaults_as_items(lines: BTreeSet<String>) -> BTreeSet<String> {
    let enabled = |line: &String| {
        let Some(default) = line.strip_prefix("default ") else { return vec![line.clone()] };
        let suffix = format!(" has feature {}", default.trim_matches('"'));
        let items = lines.iter().filter_map(|line| line.strip_suffix(&suffix));
        let items: Vec<String> = items.map(|item| format!("default {item}")).collect();
        if items.is_empty() { vec![line.clone()] } else { items }
    };
    lines.iter().flat_map(enabled).collect()
}

/// Name of the package and its features: callers write both.
fn manifest(text: &str, to: &mut BTreeSet<String>) {
    for line in text.lines() {
        if line.starts_with("name = ") {
            to.insert(format!("package {line}"));
        } else if let Some(features) = line.strip_prefix("default = ") {
            to.extend(features.trim_matches(['[', ']']).split(", ").map(|feature| format!("default {feature}")));
        } else if let Some(feature) = line.strip_suffix(" = []") {
            to.insert(format!("feature {feature}"));
        }
    }
    to.remove("default ");
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn attributes(of: &str, attributes: &[Attribute], to: &mut BTreeSet<String>) {
    for attribute in attributes {
        if attribute.path().is_ident("deprecated") {
            to.insert(format!("deprecated {of}"));
        } else if attribute.path().is_ident("derive") {
            to.insert(format!("{of} has {}", text(&attribute.meta)));
        } else if attribute.path().is_ident("cfg") {
            // Each feature of a condition enables the item by itself.
            let condition = text(&attribute.meta);
            let features = condition.split("feature = \"").skip(1).filter_map(|rest| rest.split('"').next());
            to.extend(features.map(|feature| format!("{of} has feature {feature}")));
        }
    }
}

fn module_items(module: &str, source: &str) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    let to = &mut lines;
    let file = syn::parse_file(source).expect("generated Rust");
    for item in file.items {
        match item {
            Item::Struct(item) if is_public(&item.vis) => {
                let name = format!("{module}::{}", item.ident);
                attributes(&name, &item.attrs, to);
                to.insert(format!("struct {name}"));
                let Fields::Named(fields) = item.fields else { continue };
                for field in fields.named.iter().filter(|field| is_public(&field.vis)) {
                    let field_name = format!("{name}::{}", field.ident.as_ref().expect("a name"));
                    attributes(&field_name, &field.attrs, to);
                    to.insert(format!("{field_name}: {}", text(&field.ty)));
                }
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let name = format!("{module}::{}", item.ident);
                attributes(&name, &item.attrs, to);
                to.insert(format!("enum {name}"));
                for variant in &item.variants {
                    let variant_name = format!("{name}::{}", variant.ident);
                    attributes(&variant_name, &variant.attrs, to);
                    to.insert(format!("{variant_name}{}", text(&variant.fields)));
                }
            }
            Item::Impl(item) => {
                let Type::Path(ty) = item.self_ty.as_ref() else { continue };
                let name = format!("{module}::{}", text(ty));
                if let Some((of, _)) = &item.trait_ {
                    to.insert(format!("impl {} for {name}", text(of)));
                    continue;
                }
                for member in item.items {
                    let ImplItem::Fn(member) = member else { continue };
                    if is_public(&member.vis) {
                        to.insert(format!("{name}: {}", text(&member.sig)));
                    }
                }
            }
            Item::Mod(item) if is_public(&item.vis) => {
                let name = format!("{module}::{}", item.ident);
                attributes(&name, &item.attrs, to);
                to.insert(format!("mod {name}"));
            }
            // Callers write what the runtime's macros implement: numbers for an enum that is sent as one.
            Item::Macro(item) => {
                let table = item.mac.tokens.to_string();
                let (first, _) = table.split_once(';').expect("a table's first line");
                if let Some((name, "Number")) = first.split_once(':').map(|(name, wire)| (name.trim(), wire.trim())) {
                    to.insert(format!("impl From < i64 > for {module}::{name}"));
                }
            }
            Item::Use(item) if is_public(&item.vis) => {
                to.insert(format!("{module} shows {}", text(&item.tree)));
            }
            _ => {}
        }
    }
    lines
}

/// What became of the interface. Re-exports go with what they name, a deprecation only warns.
fn really(old: &BTreeSet<String>, new: &BTreeSet<String>) -> (Source, Vec<String>) {
    let counts = |line: &&String| !line.contains(" shows ");
    let gone: Vec<_> = old.difference(new).filter(counts).filter(|line| !line.starts_with("deprecated ")).collect();
    let fresh: Vec<_> = new.difference(old).filter(counts).collect();
    let source = match (gone.is_empty(), fresh.is_empty()) {
        (false, _) => Source::Breaks,
        (true, false) => Source::Additive,
        (true, true) => Source::Unaffected,
    };
    let signed = |sign: char, lines: Vec<&String>| {
        lines.into_iter().map(move |line| format!("  {sign} {line}")).collect::<Vec<_>>()
    };
    (source, [signed('-', gone), signed('+', fresh)].concat())
}

fn predicted(old: Side, new: Side) -> Source {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let sides = [("before", old), ("after", new)].map(|(root, Side { files, lock })| Texts {
        root: root.to_owned(),
        files,
        lock,
        ..Texts::default()
    });
    let revisions = diff::read(sides, &mut sources, &mut diagnostics);
    let [old, new] = revisions.unwrap_or_else(|| panic!("{}", render(&diagnostics, &sources, Color::Never)));
    assert!(!diagnostics.has_errors(), "{}", render(&diagnostics, &sources, Color::Never));
    let report = diff::compare(old, new);
    report.findings.iter().map(|finding| finding.verdict.source).max().unwrap_or(Source::Unaffected)
}

/// Compares prediction and crate for every case, or for a sample of them unless the run is a whole one; returns what became of
/// the crates.
fn compare(with_lock: bool) -> BTreeMap<String, Source> {
    let (mut wrong, mut seen) = (Vec::new(), BTreeMap::new());
    for (index, case) in corpus::cases("diff").into_iter().enumerate() {
        let name = case.name.clone();
        let is_known = with_lock && OVER_A_LOCK.iter().any(|(case, _)| *case == name);
        let is_sampled = index % if with_lock { 7 } else { 4 } == 0;
        let is_tried = is_known || fuzz::is_whole() || is_sampled;
        if !is_tried || with_lock && NOT_WITH_LOCK.contains(&name.as_str()) {
            continue;
        }
        let [mut old, mut new] = ["before", "after"].map(|side| {
            let (files, lock) = case.specs(side);
            Side { files, lock }
        });
        if with_lock && old.lock.is_none() {
            old.lock = Some(generation::check(&old.files, None).lock());
        }
        // What `generate` would do: a new revision without a lock is made over the old one.
        let own = new.lock.clone();
        new.lock = own.clone().or_else(|| old.lock.clone());
        let (real, lines) = really(&interface(&old), &interface(&new));
        let predicted = predicted(old, Side { lock: own, ..new });
        // "Depends" is for what the kind alone cannot tell.
        if predicted != real && predicted != Source::Depends {
            wrong.push(format!("{name}: predicted {predicted:?}, and it is {real:?}\n{}", lines.join("\n")));
        }
        seen.insert(name, real);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    seen
}

#[test]
fn predictions_are_what_becomes_of_the_crate() {
    let seen: BTreeSet<Source> = compare(false).into_values().collect();
    assert_eq!(seen, BTreeSet::from([Source::Unaffected, Source::Additive, Source::Breaks]));
}

#[test]
fn predictions_are_what_becomes_of_the_crate_over_a_lock() {
    let seen = compare(true);
    for (case, source) in OVER_A_LOCK {
        assert_eq!(seen.get(*case), Some(source), "{case}");
    }
}
