//! What the field tables of the runtime say about a field: those of generated types and those made at run time.

use apograph_runtime::Mark;

use super::{Field, Item, ValueForm};
use crate::terms::FieldPlace;

impl Field {
    /// Returns the marks and limits of the field. It `is_superseded` if an earlier field of its type has its wire name.
    #[must_use]
    pub fn marks(&self, is_superseded: bool) -> Vec<Mark<'_>> {
        let mark = |is_set: bool, mark: Mark<'static>| is_set.then_some(mark);
        let limits = &self.limits;
        let marks = [
            mark(self.required, Mark::Required),
            self.list_key.as_deref().map(Mark::List),
            mark(self.item == Item::Opaque, Mark::Opaque),
            mark(self.form == ValueForm::Text, Mark::AsText),
            mark(is_superseded, Mark::Superseded),
            mark(self.log_shown, Mark::Shown),
            mark(self.place == Some(FieldPlace::Query), Mark::Query),
            mark(self.place == Some(FieldPlace::Header), Mark::Header),
            limits.max_length.map(count).map(Mark::MaxLength),
            limits.max_items.map(count).map(Mark::MaxItems),
            limits.min.as_deref().map(Mark::Min),
            limits.max.as_deref().map(Mark::Max),
        ];
        marks.into_iter().flatten().collect()
    }
}

/// Returns a limit as the runtime counts. A limit beyond its numbers is never reached.
fn count(limit: u64) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}
