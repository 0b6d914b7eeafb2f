//! The runtime's sources as the module `rt` of the generated crate, for crates that depend on nothing of ours.
//!
//! A source is rewritten in three places only: paths from the crate's root get the step `rt`, features that every generated
//! crate lacks become constants, and unit tests are left out. The rest stays as people wrote it.

use std::collections::BTreeSet;

use apograph_runtime::sources::{DEPENDENCIES, Dependency, FEATURES, FILES};

use super::rt::RUNTIME_VERSION;
use crate::license;
use crate::model::Platform;
use crate::names::Identifier;
use crate::terms::FIXED_FEATURES;
use crate::tree::{BANNER, Tree, TreePath};

/// The line in front of the module that lists the sources.
const SOURCES: &str = "#[cfg(feature = \"sources\")]";

/// In the first empty line of the root: constants in place of features are not as short as people would write them.
const CONSTANTS: &str = "\n\n#![allow(clippy::non_minimal_cfg)]\n\n";

/// Path of the root of the runtime, among its sources.
const ROOT: &str = "lib.rs";

/// What the platforms of a crate need of the runtime.
#[derive(Debug)]
pub(super) struct Embedded {
    /// The features that are always on, because signatures use them. Those they enable are among them.
    used: BTreeSet<&'static str>,
}

impl Embedded {
    /// Returns what these platforms need.
    pub(super) fn new(platforms: &[Platform]) -> Self {
        let mut open: Vec<&str> = platforms.iter().flat_map(|platform| platform.scheme.runtime_features()).collect();
        let mut used = BTreeSet::new();
        while let Some(name) = open.pop() {
            let Some((name, enabled)) = FEATURES.iter().find(|(feature, _)| *feature == name) else { continue };
            if used.insert(*name) {
                open.extend(enabled.iter().copied());
            }
        }
        Self { used }
    }

    /// Adds the files of the module.
    pub(super) fn insert(&self, package: &Identifier, tree: &mut Tree) {
        for (path, text) in FILES {
            let mut text = self.source(text, package);
            if *path == ROOT {
                text = text.replacen("\n\n", CONSTANTS, 1) + &macros();
            }
            let steps = path.split('/').map(|step| if step == ROOT { "mod.rs" } else { step });
            let steps: Vec<&str> = ["src", "rt"].into_iter().chain(steps).collect();
            tree.insert(TreePath::new(&steps), text);
        }
        for license in license::of_runtime() {
            tree.insert(TreePath::new(&["src", "rt", license.file]), license.text.to_owned());
        }
    }

    fn source(&self, text: &str, package: &Identifier) -> String {
        let mut text = in_module(&without_tests(text)).replace("apograph_runtime::", &format!("{package}::"));
        for (feature, _) in FEATURES.iter().filter(|(feature, _)| !is_fixed(feature)) {
            // A predicate that always holds, and one that never does.
            let constant = if self.used.contains(feature) { "all()" } else { "any()" };
            text = text.replace(&format!("feature = \"{feature}\""), constant);
        }
        format!("// {BANNER} from apograph-runtime {RUNTIME_VERSION}. Do not edit.\n\n{text}")
    }

    /// Returns what a feature of the generated crate enables.
    pub(super) fn enabled(&self, feature: &str) -> Vec<String> {
        let items = items(feature).iter().filter_map(|item| match Enabled::read(item) {
            Enabled::Feature(name) => Some(name.to_owned()),
            // What is needed in any case is not enabled, and what is missing cannot be.
            Enabled::Dependency(name) => (self.need(name)? == Need::ByFeatures).then(|| (*item).to_owned()),
            Enabled::FeatureOf { dependency, feature, is_weak } => {
                let mark = if is_weak && self.need(dependency)? == Need::ByFeatures { "?" } else { "" };
                self.need(dependency).map(|_| format!("{dependency}{mark}/{feature}"))
            }
        });
        items.collect()
    }

    /// Returns the dependencies of the module, each with its features and with whether only features enable it.
    pub(super) fn dependencies(&self) -> Vec<(&'static Dependency, Vec<&'static str>, bool)> {
        let all = DEPENDENCIES.iter().filter_map(|dependency| Some((dependency, self.need(dependency.name)?)));
        all.map(|(dependency, need)| {
            let used = self.used.iter().flat_map(|feature| items(feature));
            let of_used = used.filter_map(|item| match Enabled::read(item) {
                Enabled::FeatureOf { dependency: name, feature, .. } if name == dependency.name => Some(feature),
                _ => None,
            });
            let features: BTreeSet<&str> = dependency.features.iter().copied().chain(of_used).collect();
            (dependency, features.into_iter().collect(), need == Need::ByFeatures)
        })
        .collect()
    }

    /// Returns who needs a dependency, or `None` if nobody does.
    fn need(&self, name: &str) -> Option<Need> {
        let enables =
            |feature: &str| items(feature).iter().any(|item| Enabled::read(item) == Enabled::Dependency(name));
        let dependency = DEPENDENCIES.iter().find(|dependency| dependency.name == name)?;
        if !dependency.optional || self.used.iter().any(|feature| enables(feature)) {
            return Some(Need::Always);
        }
        FIXED_FEATURES.iter().any(|feature| enables(feature.name)).then_some(Need::ByFeatures)
    }
}

/// Who needs a dependency.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Need {
    /// The crate.
    Always,
    /// Features that every crate has.
    ByFeatures,
}

/// What a feature enables.
#[derive(PartialEq, Eq, Debug)]
enum Enabled<'a> {
    /// Another feature.
    Feature(&'a str),
    /// `dep:name`
    Dependency(&'a str),
    /// `name/feature`, or `name?/feature`, which does not enable the dependency itself.
    FeatureOf { dependency: &'a str, feature: &'a str, is_weak: bool },
}

impl<'a> Enabled<'a> {
    fn read(item: &'a str) -> Self {
        match (item.strip_prefix("dep:"), item.split_once('/')) {
            (Some(name), _) => Self::Dependency(name),
            (None, Some((dependency, feature))) => {
                let name = dependency.trim_end_matches('?');
                Self::FeatureOf { dependency: name, feature, is_weak: name != dependency }
            }
            (None, None) => Self::Feature(item),
        }
    }
}

/// Returns what a feature of the runtime enables, as its manifest has it.
fn items(feature: &str) -> &'static [&'static str] {
    FEATURES.iter().find(|(name, _)| *name == feature).map(|(_, enabled)| *enabled).unwrap_or_default()
}

fn is_fixed(feature: &str) -> bool {
    FIXED_FEATURES.iter().any(|fixed| fixed.name == feature)
}

/// Re-exports the macros, which Rust puts at the root of the crate, where the paths of the module expect them.
fn macros() -> String {
    let mut names: Vec<&str> = FILES.iter().flat_map(|(_, text)| exported_macros(text)).collect();
    names.sort_unstable();
    names.dedup();
    format!("\n#[doc(hidden)]\npub use crate::{{{}}};\n", names.join(", "))
}

fn exported_macros(text: &str) -> impl Iterator<Item = &str> {
    let behind = text.split("#[macro_export]\nmacro_rules! ").skip(1);
    behind.filter_map(|behind| behind.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next())
}

/// Adds a step to all paths that begin at the root of the crate. Attributes of the whole crate are left out.
fn in_module(text: &str) -> String {
    const PATH: &str = "crate::";
    let mut moved = String::with_capacity(text.len() + text.len() / 32);
    for line in text.split_inclusive('\n').filter(|line| !line.starts_with("#![")) {
        let mut rest = line;
        while let Some((before, after)) = rest.split_once(PATH) {
            // Not the end of another name.
            let is_root = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
            moved.push_str(before);
            moved.push_str(if is_root { "crate::rt::" } else { PATH });
            rest = after;
        }
        moved.push_str(rest);
    }
    moved
}

/// Leaves out the modules that only tests have. rustfmt has written the sources, so each ends at a line of its own.
fn without_tests(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let is_left_out = ["#[cfg(test)]", "#[cfg(all(test, ", SOURCES].iter().any(|start| line.starts_with(start));
        let mut attributes = String::new();
        while let Some(attribute) = lines.next_if(|line| is_left_out && line.starts_with("#[")) {
            attributes.push_str(attribute);
        }
        match lines.peek().filter(|_| is_left_out).and_then(|line| module(line)) {
            Some(End::Line) => drop(lines.next()),
            Some(End::Brace) => drop(lines.by_ref().find(|line| *line == "}\n")),
            None => kept.extend([line, &attributes]),
        }
    }
    kept.truncate(kept.trim_end().len());
    kept + "\n"
}

/// Where a module ends.
enum End {
    /// With the line that declares it.
    Line,
    /// At the closing brace.
    Brace,
}

/// Returns where a module ends that begins with this line. `None` if the line begins something else.
fn module(line: &str) -> Option<End> {
    let visibility = ["pub(crate) ", "pub(super) ", "pub "].iter().find_map(|visibility| line.strip_prefix(visibility));
    let name = visibility.unwrap_or(line).strip_prefix("mod ")?;
    if name.ends_with(" {\n") { Some(End::Brace) } else { name.ends_with(";\n").then_some(End::Line) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_from_the_root_get_a_step() {
        let text = "#![cfg_attr(docsrs, feature(doc_cfg))]\nuse crate::{A, b};\n/// [`crate::C`]\npub(in crate::d) fn f() { $crate::E; subcrate::F; }\npub(crate) x;\n";
        let moved = "use crate::rt::{A, b};\n/// [`crate::rt::C`]\npub(in crate::rt::d) fn f() { $crate::rt::E; subcrate::F; }\npub(crate) x;\n";
        assert_eq!(in_module(text), moved);
    }

    #[test]
    fn test_modules_are_left_out() {
        let text = "a\n#[cfg(test)]\nmod fixture;\nb\n#[cfg(test)]\nc\n#[cfg(test)]\n#[path = \"x.rs\"]\nmod x;\n\n#[cfg(test)]\npub(super) mod tests {\n    fn f() {\n    }\n}\n";
        assert_eq!(without_tests(text), "a\nb\n#[cfg(test)]\nc\n");
        for (path, text) in FILES {
            let kept = without_tests(text);
            assert!(!kept.contains("proptest") && !kept.contains("mod tests"), "{path}");
            assert!(syn::parse_file(&kept).is_ok(), "{path}");
        }
    }

    #[test]
    fn features_of_every_crate_enable_no_others() {
        for feature in FIXED_FEATURES {
            assert!(FEATURES.iter().any(|(name, _)| *name == feature.name), "{}", feature.name);
            for item in items(feature.name) {
                let is_fixed = !matches!(Enabled::read(item), Enabled::Feature(name) if !is_fixed(name));
                assert!(is_fixed, "{}: {item}", feature.name);
            }
        }
    }

    #[test]
    fn dependencies_are_those_of_the_features() {
        let embedded = |used: &[&'static str]| Embedded { used: used.iter().copied().collect() };
        let of = |used: &[&'static str], name: &str| {
            let found = embedded(used).dependencies().into_iter().find(|(dependency, ..)| dependency.name == name);
            found.map(|(_, features, is_optional)| (features, is_optional))
        };
        assert_eq!(of(&[], "sha1"), None);
        assert_eq!(of(&["sha1"], "sha1"), Some((vec![], false)));
        assert_eq!(of(&["rsa", "sha1", "sha2"], "sha1"), Some((vec!["oid"], false)));
        assert_eq!(of(&[], "tokio"), Some((vec!["time"], true)));
        assert_eq!(embedded(&[]).enabled("system"), ["dep:getrandom"]);
        assert_eq!(embedded(&["rsa"]).enabled("system"), ["dep:getrandom", "rsa/getrandom"]);
    }
}
