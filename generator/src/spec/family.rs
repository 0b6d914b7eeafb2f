//! Families that the platform file does not declare: what they would declare.

use super::EndpointSpec;

/// How a platform names its APIs.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum NameForm {
    /// `alibaba.alsc.crm.open.customer.save`: the vendor's root, then the family.
    Rooted,
    /// `aivoice.importCustomer`, the steps of a path: the family first, perhaps behind a version (`v3.cc.seat.add`).
    Path,
}

impl NameForm {
    /// The form of an API's name: one that has a path of its own is named after it.
    pub fn of(spec: &EndpointSpec) -> Self {
        if spec.path.is_some() { Self::Path } else { Self::Rooted }
    }
}

/// What an undeclared family of this API would declare, and the segment that names it; nothing for a name of one
/// segment. A name of two keeps its first as prefix.
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
