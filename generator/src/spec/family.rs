//! Prefixes for families that the platform file does not declare.

use super::EndpointSpec;

/// How a platform names its APIs.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum NameForm {
    /// `alibaba.alsc.crm.open.customer.save`: the vendor's root, then the family.
    Rooted,
    /// `aivoice.importCustomer`, the steps of a path: the family first, or a version and then the family
    /// (`v3.cc.seat.add`).
    Path,
}

impl NameForm {
    /// Returns the form of an API's name: an API with its own path is named after the path.
    pub fn of(spec: &EndpointSpec) -> Self {
        if spec.path.is_some() { Self::Path } else { Self::Rooted }
    }
}

/// Returns whether a text contains only characters that names of APIs have: letters, digits, `.`, `-` and `_`.
pub fn is_api_name(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

/// Returns the prefix that a family for this API would declare, and the segment that names the family. Returns `None`
/// for a name with one segment. A name with two segments keeps its first as the prefix.
pub fn undeclared_prefix(api: &str, form: NameForm) -> Option<(&str, &str)> {
    let mut dots = api.match_indices('.').map(|(at, _)| at);
    let (first, second) = (dots.next()?, dots.next());
    let (root, behind) = (api.get(..first)?, first + 1);
    match (form, second) {
        (NameForm::Path, _) if !is_version(root) => Some((root, root)),
        (_, Some(second)) => Some((api.get(..second)?, api.get(behind..second)?)),
        (_, None) => Some((root, root)),
    }
}

/// `v3`
fn is_version(step: &str) -> bool {
    step.strip_prefix('v').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}
