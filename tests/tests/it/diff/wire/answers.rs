//! Answers as a server of the new page sends them, decoded by the types of the old one.

use apograph::dynamic::Platform;
use apograph::pipeline::Checked;
use apograph_runtime::testing::read_answer;
use apograph_runtime::{View, http};

use super::pages::{Form, Pair};
use super::{Cell, Fate, field};

/// The generated types of the old page.
pub struct Decoder<'m> {
    platform: Platform<'m>,
    is_nested: bool,
}

impl<'m> Decoder<'m> {
    pub fn new(old: &'m Checked, form: &Form) -> Self {
        Self { platform: Platform::new(&old.model.platforms[0]), is_nested: form.is_nested }
    }

    pub fn cell(&self, pair: Pair) -> Cell {
        let values = pair.new.answered().into_iter();
        Cell(values.map(|value| (value.clone(), self.fate(pair, &value))).collect())
    }

    fn fate(&self, pair: Pair, value: &str) -> Fate {
        let (api, wire) = (self.platform.api(&pair.api()).expect("the API").1, pair.wire());
        let member = format!("{{\"{wire}\":{value}}}");
        let body = if self.is_nested { format!("{{\"whole\":{member}}}") } else { member };
        let mut answer = api.response();
        let response = http::Response::new(body.into_bytes());
        let Ok(coercions) = read_answer(response, self.platform.protocol(), api.operation(), &mut answer) else {
            return Fate::Failed;
        };
        let is_kept = is_kept(&field(&answer, &wire, self.is_nested));
        match (is_kept, coercions.is_empty()) {
            (false, _) => Fate::Lost,
            (true, false) => Fate::Coerced,
            (true, true) => Fate::Kept,
        }
    }
}

/// Whether a field has a value. An object without any member is as good as none, and so is a list without items.
fn is_kept(view: &View<'_>) -> bool {
    match view {
        View::Absent => false,
        View::Object(object) => object.fields().into_iter().any(|value| is_kept(&value.view())),
        View::List(list) => list.count() > 0 && (0..list.count()).all(|index| is_kept(&list.item(index))),
        _ => true,
    }
}
