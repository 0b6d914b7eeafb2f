//! The Cargo features of families: what each enables, and the condition under which a family is compiled.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::model::{Family, Platform};
use crate::terms::{MORE, feature_name};

/// A Cargo feature that enables families of a platform.
pub(super) struct Feature<'a> {
    pub(super) name: &'a str,
    pub(super) platform: &'a Platform,
    /// The families that it enables, sorted by name.
    families: Vec<&'a Family>,
}

/// Returns the features of all platforms, by name.
pub(super) fn all(platforms: &[Platform]) -> Vec<Feature<'_>> {
    platforms.iter().flat_map(of_platform).collect()
}

fn of_platform(platform: &Platform) -> impl Iterator<Item = Feature<'_>> {
    let mut families: BTreeMap<&str, Vec<&Family>> = BTreeMap::new();
    for family in &platform.families {
        family.features().for_each(|name| families.entry(name).or_default().push(family));
    }
    families.into_iter().map(move |(name, families)| Feature { name, platform, families })
}

impl Feature<'_> {
    /// Whether new callers should enable it. Otherwise it is kept for the callers that do.
    pub(super) fn is_current(&self) -> bool {
        self.families.iter().any(|family| family.feature == self.name)
    }

    /// Returns the number of APIs that it enables.
    pub(super) fn apis(&self) -> usize {
        self.families.iter().map(|family| family.endpoints.len()).sum()
    }

    /// Returns what it enables, in words. `title` prepares a title from a spec for the text that shows it.
    pub(super) fn content(&self, title: impl Fn(&str) -> String) -> String {
        let names = || self.families.iter().map(|family| docs::code(&family.name)).collect::<Vec<_>>().join(", ");
        let own = self.families.iter().find(|family| feature_name(&self.platform.name, &family.name) == self.name);
        let declared = self.platform.features.iter().find(|declared| declared.name == self.name);
        match (own, declared) {
            (_, Some(declared)) => format!("{} ({})", title(&declared.title), names()),
            _ if !self.is_current() => format!("kept for callers of {}", names()),
            (Some(family), None) => title(&family.title),
            (None, None) if self.name == feature_name(&self.platform.name, MORE) => self.few(),
            (None, None) => names(),
        }
    }

    /// The content of the feature that the smallest families share.
    fn few(&self) -> String {
        match self.families.len() {
            1 => "1 family with few APIs".to_owned(),
            count => format!("{count} families with few APIs"),
        }
    }
}

/// Returns the condition under which a family is compiled: `feature = "top-alsc"`.
pub(super) fn condition(family: &Family) -> TokenStream {
    any(family.features())
}

/// Returns the condition that one of these features is enabled.
pub(super) fn any<'a>(features: impl Iterator<Item = &'a str>) -> TokenStream {
    let features: Vec<&str> = features.collect();
    match features.as_slice() {
        [feature] => quote! { feature = #feature },
        features => quote! { any(#(feature = #features),*) },
    }
}
