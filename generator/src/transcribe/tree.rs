//! What is read from a page before it becomes a transcript: fields with the doubts about them.

use std::collections::BTreeSet;

use crate::source::SpecPath;
use crate::spec::{About, DoubtSpec, Entries, FieldSpec, Note, Required};

/// A transcript says no more levels than this.
pub(crate) const DEEPEST: usize = 28;
/// Why a deeper page is refused.
pub(crate) const TOO_DEEP: &str = "objects are nested deeper than any page nests them";

/// One field of a request or response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Field {
    /// Wire name.
    pub(crate) name: String,
    /// The vendor's word, `[]` without a blank.
    pub(crate) type_word: String,
    /// The word for the elements of an untyped list.
    pub(crate) items: Option<String>,
    /// The required mark.
    pub(crate) required: Required,
    /// The default value.
    pub(crate) default: Option<String>,
    /// The example.
    pub(crate) example: Option<String>,
    /// Most characters.
    pub(crate) max_length: Option<u64>,
    /// Most elements.
    pub(crate) max_items: Option<u64>,
    /// Smallest value.
    pub(crate) min: Option<String>,
    /// Largest value.
    pub(crate) max: Option<String>,
    /// The description.
    pub(crate) description: Option<String>,
    /// Members.
    pub(crate) fields: Vec<Field>,
    /// What is in doubt about it.
    pub(crate) doubts: Vec<(About, Note)>,
}

impl Field {
    /// Notes a doubt; the first note about a fact stays.
    pub(crate) fn doubt(&mut self, about: About, note: Note) {
        if !self.doubts.iter().any(|(known, _)| *known == about) {
            self.doubts.push((about, note));
        }
    }
}

/// How many levels there are.
pub(crate) fn depth(fields: &[Field]) -> usize {
    fields.iter().map(|field| 1 + depth(&field.fields)).max().unwrap_or(0)
}

/// Whether one of the fields, or of those in them, has no name.
pub(crate) fn is_nameless(fields: &[Field]) -> bool {
    fields.iter().any(|field| field.name.is_empty() || is_nameless(&field.fields))
}

/// Turns fields into those of a transcript, and their doubts into the transcript's.
///
/// Of a name that stands twice on one level the first is kept; that it is not the only one is a doubt.
pub(crate) fn entries(fields: Vec<Field>, above: &SpecPath, doubts: &mut Vec<DoubtSpec>) -> Entries<FieldSpec> {
    let mut known = BTreeSet::new();
    let mut entries = Vec::with_capacity(fields.len());
    for field in fields {
        let at = above.key(&field.name);
        if !known.insert(field.name.clone()) {
            let moved = field.doubts.into_iter().filter(|(about, _)| *about == About::Nesting);
            for (about, note) in moved.chain([(About::Name, Note::Repeated)]) {
                if !doubts.iter().any(|doubt| doubt.at == at && doubt.about == about) {
                    doubts.push(DoubtSpec { at: at.clone(), about, note });
                }
            }
            continue;
        }
        let own = field.doubts.iter().map(|(about, note)| DoubtSpec { at: at.clone(), about: *about, note: *note });
        doubts.extend(own);
        let members = entries_below(field.fields, &at, doubts);
        let spec = FieldSpec {
            type_word: field.type_word,
            items: field.items,
            required: field.required,
            default: field.default,
            example: field.example,
            max_length: field.max_length,
            max_items: field.max_items,
            min: field.min,
            max: field.max,
            description: field.description,
            fields: members,
            ..FieldSpec::default()
        };
        entries.push((field.name, spec));
    }
    entries.into_iter().collect()
}

fn entries_below(fields: Vec<Field>, at: &SpecPath, doubts: &mut Vec<DoubtSpec>) -> Entries<FieldSpec> {
    if fields.is_empty() { Entries::new() } else { entries(fields, &at.key("fields"), doubts) }
}

/// The text without white space around it; nothing if nothing is left.
pub(crate) fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
