//! Which platforms are compiled only with a feature of one of their families.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::feature;
use crate::model::{Family, Platform};

/// The runtime's feature for signatures with RSA keys. It adds many packages, so only users of such a platform build them.
pub(super) const RSA: &str = "rsa";

/// Whether the platform signs with RSA keys, and has families whose features can enable that.
pub(super) fn is_gated(platform: &Platform) -> bool {
    platform.scheme.runtime_features().contains(RSA) && !platform.families.is_empty()
}

/// Returns the condition under which a platform is compiled, if it has one.
pub(super) fn attribute(platform: &Platform) -> Option<TokenStream> {
    attribute_of_any(&[platform])
}

/// Returns the condition under which any of these platforms is compiled. `None` if one of them has no condition.
pub(super) fn attribute_of_any(platforms: &[&Platform]) -> Option<TokenStream> {
    platforms.iter().all(|platform| is_gated(platform)).then(|| {
        let families = platforms.iter().flat_map(|platform| &platform.families);
        let features: BTreeSet<&str> = families.flat_map(Family::features).collect();
        let condition = feature::any(features.into_iter());
        quote! { #[cfg(#condition)] }
    })
}
