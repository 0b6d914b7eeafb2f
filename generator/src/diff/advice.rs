//! Help lines: what a reviewer can do about a finding in the fix file.

use crate::spec::EndpointSpec;

use super::lookup::field;
use super::{Change, Kind, Phrase};

/// Returns the fix that settles the finding. `None` if there is no such fix, or the spec already has it.
pub(super) fn advice(change: &Change, new: &EndpointSpec) -> Option<Phrase> {
    let at = &change.path;
    match change.kind {
        Kind::ReqFieldRenamed | Kind::RespFieldRenamed => {
            let before = change.path_before().last_key()?;
            let confirmed = field(new, at)?.renamed_from.as_deref() == Some(before);
            let fix = Phrase::new("if both are the same field, confirm the rename in the fix file: ");
            let fix = fix.code(&format!("at: {at}.renamed_from")).words(", ").code(&format!("now: {before}"));
            (!confirmed).then_some(fix)
        }
        Kind::DocDeprecatedText => {
            let thing = at.parent().cloned().unwrap_or_default().key("deprecated");
            let fix = Phrase::new("mark it in the fix file: ").code(&format!("at: {thing}")).words(", ");
            Some(fix.code("now:").words(" what to use instead, ").code("why:").words(" the vendor's sentence"))
        }
        Kind::DocFieldSuspect => {
            let thing = at.parent()?;
            let fix = Phrase::new("if the structure changed too, record that in the fix file: ");
            let fix = fix.code(&format!("{thing}.required"));
            let others = [".default", ".max", ".values"].into_iter();
            Some(others.fold(fix, |fix, other| fix.words(", ").code(other)).words(", …"))
        }
        _ => None,
    }
}
