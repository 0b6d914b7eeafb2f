//! Recognises a text with the right parameters that are joined in another way.

use super::Comparison;
use crate::explain::mask::mask;
use crate::explain::{Item, SigningReport};

/// How names are separated from values.
const MARKS: [&str; 3] = ["=", ":", ""];

/// How parameters are separated from each other.
const SEPARATORS: [&str; 6] = ["&", "", ",", "|", "\n", ";"];

/// How a text joins its parameters.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Form<'a> {
    mark: &'a str,
    separator: &'a str,
}

/// Returns how the other text joins the parameters, if its form is the only difference. A secret at its ends may be missing
/// or be added.
pub(super) fn find(report: &SigningReport, expected: &str, found: &str) -> Option<Comparison> {
    let items: Vec<&Item> = report.items.iter().filter(|item| !item.text.is_empty()).collect();
    let (first, second) = (items.first()?, items.get(1)?);
    let start = expected.find(&*first.text)?;
    let (before, rest) = (expected.get(..start)?, expected.get(start + first.text.len()..)?);
    let own = Form { mark: mark_of(first)?, separator: rest.get(..rest.find(&*second.text)?)? };
    // Other parts of the text would have to be moved, too.
    let rest = expected.get(start..)?.strip_prefix(&*own.joined(&items))?;
    let forms = MARKS.into_iter().flat_map(|mark| SEPARATORS.map(|separator| Form { mark, separator }));
    let secrets: Vec<String> = report.masks.names().map(mask).collect();
    for form in forms.filter(|form| *form != own) {
        let joined = form.joined(&items);
        let Some(at) = found.find(&*joined) else { continue };
        let (start, end) = (found.get(..at)?, found.get(at + joined.len()..)?);
        let is_known =
            |text: &str, own: &str| text.is_empty() || text == own || secrets.iter().any(|known| known == text);
        if is_known(start, before) && is_known(end, rest) {
            return Some(Comparison::Joined(own.shown(before, rest, &secrets), form.shown(start, end, &secrets)));
        }
    }
    None
}

/// Returns what separates the name of an item from its value.
fn mark_of(item: &Item) -> Option<&str> {
    let mark = item.text.strip_prefix(&*item.name)?.strip_suffix(&*item.value)?;
    (!item.name.is_empty()).then_some(mark)
}

impl Form<'_> {
    fn joined(self, items: &[&Item]) -> String {
        let texts = items.iter().map(|item| format!("{}{}{}", item.name, self.mark, item.value));
        texts.collect::<Vec<_>>().join(self.separator)
    }

    /// Returns an example of the form, with the secrets at its ends.
    fn shown(self, before: &str, after: &str, secrets: &[String]) -> String {
        let end = |text: &str| {
            if text.is_empty() || secrets.iter().any(|known| known == text) {
                text.to_owned()
            } else {
                "…".to_owned()
            }
        };
        let separator = self.separator.replace('\n', "\\n");
        format!("{}k{mark}v{separator}k{mark}v{}", end(before), end(after), mark = self.mark)
    }
}
