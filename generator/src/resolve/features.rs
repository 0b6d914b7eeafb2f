//! The Cargo features that the platform file declares for several families.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest, quoted};
use crate::model::Feature;
use crate::source::{Place, SpecPath};
use crate::spec::{FeatureSpec, PlatformSpecs};
use crate::terms::{MORE, feature_name, is_folder_name};

/// Returns the features, sorted by name. What is wrong with one is reported, and it is left out.
pub(super) fn declared(specs: &PlatformSpecs, diagnostics: &mut Diagnostics) -> Vec<Feature> {
    // Family → the feature that has it.
    let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
    let mut features = Vec::new();
    for (name, spec) in &specs.spec.features {
        let before = diagnostics.errors();
        let at = SpecPath::root().key("features").key(name);
        let origin = Place::key(specs.file, at.clone());
        if let Some(problem) = problem(name, spec) {
            diagnostics.push(Diagnostic::new(Code::BadFeature, origin.clone(), problem));
        }
        let names = at.key("families");
        for (index, family) in spec.families.iter().enumerate() {
            let place = Place::value(specs.file, names.index(index));
            if specs.spec.families.get(family).is_none() {
                diagnostics.push(unknown(family, place, specs));
            } else if let Some(other) = taken.insert(family, name) {
                let message = format!("the family `{family}` is already in the feature `{other}`");
                let help = "a family has one feature; callers of a former one keep it by the lock";
                diagnostics.push(Diagnostic::new(Code::BadFeature, place, message).help(help));
            }
        }
        if diagnostics.errors() == before {
            let (title, families) = (spec.title.clone(), spec.families.clone());
            features.push(Feature { name: feature_name(&specs.name, name), title, families, origin });
        }
    }
    features.sort_by(|one, other| one.name.cmp(&other.name));
    features
}

/// Returns what is wrong with a feature itself.
fn problem(name: &str, spec: &FeatureSpec) -> Option<String> {
    if !is_folder_name(name) {
        Some(format!(
            "{} is not a valid name: lower-case letters, digits and `_`, starting with a letter",
            quoted(name)
        ))
    } else if name == MORE {
        Some(format!("the feature `{MORE}` is reserved for the smallest families of a large crate"))
    } else {
        spec.families.is_empty().then(|| format!("the feature `{name}` has no families"))
    }
}

fn unknown(family: &str, place: Place, specs: &PlatformSpecs) -> Diagnostic {
    let message = format!("the family {} is not declared under `families`", quoted(family));
    let finding = Diagnostic::new(Code::BadFeature, place, message);
    match nearest(family, specs.spec.families.names()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}
