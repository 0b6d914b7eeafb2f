//! The crate file: what the generated package is called, and which families are on by default.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::{Package, Platform};
use crate::source::{FileId, Place, SpecPath};
use crate::spec::Specs;

/// The package; `None` where there is no crate file, which loading has reported.
pub(super) fn resolve(specs: &Specs, platforms: &[Platform], diagnostics: &mut Diagnostics) -> Option<Package> {
    let loaded = specs.crate_spec.as_ref()?;
    let spec = &loaded.spec;
    let default_features = default_features(&spec.default_families, loaded.file, platforms, diagnostics);
    let mut check = |key: &str, value: &str, is_fine: bool, expected: &str| {
        if !is_fine {
            let place = Place::value(loaded.file, SpecPath::root().key(key));
            diagnostics.push(Diagnostic::new(Code::BadPackage, place, format!("`{value}` is not {expected}")));
        }
    };
    check("name", &spec.name, is_package_name(&spec.name), "a package name: small letters, digits, `-` and `_`");
    check("version", &spec.version, is_version(&spec.version, 3), "a version like `0.1.0`");
    let has_rust_version = is_version(&spec.rust_version, 2) || is_version(&spec.rust_version, 3);
    check("rust-version", &spec.rust_version, has_rust_version, "a Rust version like `1.88`");
    Some(Package {
        name: spec.name.clone(),
        version: spec.version.clone(),
        description: spec.description.clone(),
        license: spec.license.clone(),
        rust_version: spec.rust_version.clone(),
        default_features,
    })
}

fn is_package_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(plain) && name.len() <= 64
}

/// Dotted numbers; a full version may carry a pre-release behind a dash.
fn is_version(text: &str, parts: usize) -> bool {
    let (numbers, pre) = text.split_once('-').map_or((text, None), |(numbers, pre)| (numbers, Some(pre)));
    let is_number = |part: &str| part.parse::<u64>().is_ok_and(|number| number.to_string() == part);
    let pre_is_plain =
        |pre: &str| !pre.is_empty() && pre.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
    numbers.split('.').count() == parts
        && numbers.split('.').all(is_number)
        && pre.is_none_or(|pre| parts == 3 && pre_is_plain(pre))
}

/// The features that are on by default, each a family that there is.
fn default_features(
    wanted: &[String],
    file: FileId,
    platforms: &[Platform],
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let known: Vec<&str> =
        platforms.iter().flat_map(|platform| &platform.families).map(|family| family.feature.as_str()).collect();
    // A family may be missing only because its transcripts have errors.
    let wanted_families = if diagnostics.has_errors() { &[] } else { wanted };
    for (index, feature) in wanted_families.iter().enumerate().filter(|(_, feature)| !known.contains(&feature.as_str()))
    {
        let place = Place::value(file, SpecPath::root().key("default_families").index(index));
        let mut diagnostic = Diagnostic::new(Code::UnknownFamily, place, format!("there is no family `{feature}`"));
        if let Some(near) = nearest(feature, known.iter().copied()) {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        }
        diagnostics.push(diagnostic);
    }
    let mut features = wanted.to_vec();
    features.sort();
    features.dedup();
    features
}
