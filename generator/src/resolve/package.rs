//! The crate file: name, version and metadata of the generated package, and its default families.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::model::Package;
use crate::source::{FileId, Place, SpecPath};
use crate::spec::{CrateSpec, FoundRuntime, RuntimeSpec, Specs};
use crate::terms::is_requirement;

/// The runtime's `rust-version`, which is this program's.
const OWN_RUST_VERSION: &str = env!("CARGO_PKG_RUST_VERSION");

/// Number of keywords, and of categories, that crates.io accepts.
const MOST_WORDS: usize = 5;

/// Name of the package if there is no crate file.
const UNNAMED: &str = "apis";

/// Returns the package. Without a crate file, which loading has reported, only its name is set.
pub(super) fn resolve(specs: &Specs) -> Package {
    let Some(loaded) = specs.crate_spec.as_ref() else {
        return Package { name: UNNAMED.to_owned(), ..Package::default() };
    };
    let spec = &loaded.spec;
    Package {
        name: spec.name.clone(),
        version: spec.version.clone(),
        description: spec.description.clone(),
        license: spec.license.clone(),
        keywords: spec.keywords.clone(),
        categories: spec.categories.clone(),
        rust_version: spec.rust_version.clone(),
        default_features: spec.default_families.clone(),
        origin: Some(Place::value(loaded.file, SpecPath::root().key("name"))),
    }
}

/// Reports what Cargo or a registry would refuse in the crate file.
pub fn check(specs: &Specs, diagnostics: &mut Diagnostics) {
    let Some(loaded) = specs.crate_spec.as_ref() else { return };
    let spec = &loaded.spec;
    let mut check = |key: &str, value: &str, is_fine: bool, expected: &str| {
        if !is_fine {
            let place = Place::value(loaded.file, SpecPath::root().key(key));
            diagnostics.push(Diagnostic::new(Code::BadPackage, place, format!("`{value}` is not {expected}")));
        }
    };
    check(
        "name",
        &spec.name,
        is_package_name(&spec.name),
        "a valid package name: lower-case letters, digits, `-` and `_`, and not the name of the runtime",
    );
    check("version", &spec.version, is_version(&spec.version), "a version such as `0.1.0`");
    let is_recent =
        rust_version(&spec.rust_version).is_some_and(|version| Some(version) >= rust_version(OWN_RUST_VERSION));
    check(
        "rust-version",
        &spec.rust_version,
        is_recent,
        &format!("a Rust version of at least {OWN_RUST_VERSION}, which the runtime needs"),
    );
    for (key, text) in [("description", &spec.description), ("license", &spec.license)] {
        check(key, text, !text.chars().any(char::is_control), "a single line of text");
    }
    for words in search_words(spec) {
        check_words(&words, loaded.file, diagnostics);
    }
    if let Some(out) = &spec.out {
        let is_fine = is_folder(out);
        let expected =
            "a relative path such as `../crates/apis`, with `/` between its steps and `..` only at its start";
        report(
            loaded.file,
            SpecPath::root().key("out"),
            is_fine,
            format!("{} is not {expected}", quoted(out)),
            diagnostics,
        );
    }
    if let Some(RuntimeSpec::Found(found)) = &spec.runtime {
        check_runtime(found, loaded.file, diagnostics);
    }
}

fn report(file: FileId, path: SpecPath, is_fine: bool, message: String, diagnostics: &mut Diagnostics) {
    if !is_fine {
        diagnostics.push(Diagnostic::new(Code::BadPackage, Place::value(file, path), message));
    }
}

/// Checks where the runtime is found: one place, and at most one revision, which only a repository has.
fn check_runtime(found: &FoundRuntime, file: FileId, diagnostics: &mut Diagnostics) {
    let runtime = SpecPath::root().key("runtime");
    let places = [&found.path, &found.version, &found.git].into_iter().flatten().count();
    let message = "`runtime` needs exactly one of `path`, `version` and `git`".to_owned();
    report(file, runtime.clone(), places == 1, message, diagnostics);
    let revisions = [("rev", &found.rev), ("tag", &found.tag), ("branch", &found.branch)];
    let named: Vec<&str> = revisions.iter().filter_map(|(key, name)| name.as_ref().map(|_| *key)).collect();
    for key in named.iter().skip(usize::from(found.git.is_some())) {
        let message = match found.git {
            Some(_) => format!("`{}` already names the revision", named[0]),
            None => format!("`{key}` names a revision of a git repository, but there is no `git`"),
        };
        report(file, runtime.key(*key), false, message, diagnostics);
    }
    let texts = [("path", &found.path), ("version", &found.version), ("git", &found.git)];
    for (key, text) in texts.into_iter().chain(revisions) {
        let Some(text) = text else { continue };
        let is_fine = match key {
            "version" => is_requirement(text),
            _ => !text.trim().is_empty() && !text.contains(char::is_control),
        };
        let expected = if key == "version" { "a version such as `0.1.0`" } else { "a single line of text" };
        report(file, runtime.key(key), is_fine, format!("{} is not {expected}", quoted(text)), diagnostics);
    }
}

/// Whether this is a relative path with plain steps.
fn is_folder(text: &str) -> bool {
    let mut steps = text.split('/').skip_while(|step| *step == "..").peekable();
    let is_plain = |step: &str| {
        !matches!(step, "" | "." | "..") && !step.contains(|c: char| c.is_control() || matches!(c, '\\' | ':'))
    };
    steps.peek().is_some() && steps.all(is_plain)
}

/// Checks a list of search words by the rules of crates.io, which rejects a package that breaks them.
fn check_words(words: &Words<'_>, file: FileId, diagnostics: &mut Diagnostics) {
    let path = SpecPath::root().key(words.key);
    for (index, word) in words.list.iter().enumerate().filter(|(_, word)| !(words.is_fine)(word)) {
        let message = format!("`{word}` is not {}", words.expected);
        diagnostics.push(Diagnostic::new(Code::BadPackage, Place::value(file, path.index(index)), message));
    }
    if words.list.len() > MOST_WORDS {
        let message = format!("crates.io accepts at most {MOST_WORDS} {}", words.key);
        diagnostics.push(Diagnostic::new(Code::BadPackage, Place::key(file, path), message));
    }
}

/// A list of search words in the crate file.
struct Words<'a> {
    key: &'a str,
    list: &'a [String],
    is_fine: fn(&str) -> bool,
    expected: &'a str,
}

/// The lists of search words that the crate file may have.
fn search_words(spec: &CrateSpec) -> [Words<'_>; 2] {
    [
        Words {
            key: "keywords",
            list: &spec.keywords,
            is_fine: is_keyword,
            expected: "a keyword: at most 20 letters, digits, `-`, `_` and `+`, starting with a letter or digit",
        },
        Words {
            key: "categories",
            list: &spec.categories,
            is_fine: is_category,
            expected: "the slug of a category, such as `web-programming::http-client`",
        },
    ]
}

fn is_keyword(text: &str) -> bool {
    text.len() <= 20
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+'))
}

/// Whether this may be a slug; only crates.io itself knows which categories exist.
fn is_category(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.split("::").all(|part| !part.is_empty() && part.chars().all(plain))
}

fn is_package_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let is_runtime = name.replace('-', "_") == "apograph_runtime";
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(plain) && name.len() <= 64 && !is_runtime
}

/// Three numbers, and perhaps a pre-release behind a dash.
fn is_version(text: &str) -> bool {
    let (numbers, pre) = text.split_once('-').map_or((text, None), |(numbers, pre)| (numbers, Some(pre)));
    let is_plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let is_identifier =
        |part: &str| is_plain(part) && (number(part).is_some() || !part.chars().all(|c| c.is_ascii_digit()));
    numbers.split('.').count() == 3
        && numbers.split('.').all(|part| number(part).is_some())
        && pre.is_none_or(|pre| pre.split('.').all(is_identifier))
}

/// `1.88` or `1.88.0`, as numbers that can be compared.
fn rust_version(text: &str) -> Option<(u64, u64, u64)> {
    let numbers: Vec<u64> = text.split('.').map(number).collect::<Option<_>>()?;
    match numbers.as_slice() {
        [major, minor] => Some((*major, *minor, 0)),
        [major, minor, patch] => Some((*major, *minor, *patch)),
        _ => None,
    }
}

/// A number without leading zeros.
fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}
