//! Fields as read from a page, with their doubts, before they become a transcript.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::SpecPath;
use crate::spec::{DoubtSpec, Entries, FieldSpec};
use crate::terms::{About, BodyForm, FieldPlace, Note, Required};

/// Maximum nesting depth of fields in a transcript.
pub(crate) const DEEPEST: usize = 28;
/// The message that rejects deeper pages.
pub(crate) const TOO_DEEP: &str = "objects are nested too deeply for a transcript";

/// One field of a request or response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Field {
    /// Wire name.
    pub(crate) name: String,
    /// The vendor's word, `[]` without a blank.
    pub(crate) type_word: String,
    /// The word for the elements of an untyped list.
    pub(crate) items: Option<String>,
    /// The place that the page names for it.
    pub(crate) place: Option<FieldPlace>,
    /// The form of the body that the page names with the place.
    pub(crate) body: Option<BodyForm>,
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

/// The vendor's label of the kinds of files that a parameter accepts.
pub(crate) const FILE_KINDS: &str = "支持的文件类型";

impl Field {
    /// Adds the kinds of files that a parameter accepts to its description: specs have no fact for them.
    pub(crate) fn accept_files(&mut self, kinds: &str) {
        let Some(kinds) = filled(kinds) else { return };
        let description = self.description.take().unwrap_or_default();
        self.description = filled(&format!("{description} {FILE_KINDS}:{kinds}"));
    }
}

/// How many fields there are, members included.
pub(crate) fn count(fields: &[Field]) -> usize {
    fields.iter().map(|field| 1 + count(&field.fields)).sum()
}

/// How many levels there are.
pub(crate) fn depth(fields: &[Field]) -> usize {
    fields.iter().map(|field| 1 + depth(&field.fields)).max().unwrap_or(0)
}

/// Turns fields into those of a transcript, and their doubts into the transcript's.
///
/// If a level has a name twice, the first is kept, with doubts about the name and about each fact in which the other one
/// differs.
pub(crate) fn entries(fields: Vec<Field>, above: &SpecPath, doubts: &mut Vec<DoubtSpec>) -> Entries<FieldSpec> {
    let mut known: BTreeMap<String, (Facts, BTreeSet<About>)> = BTreeMap::new();
    let mut entries = Vec::with_capacity(fields.len());
    for field in fields {
        let at = above.key(&field.name);
        if let Some((kept, doubted)) = known.get_mut(&field.name) {
            let differing = kept.differing(&Facts::of(&field));
            let moved = field.doubts.into_iter().filter(|(about, _)| *about == About::Nesting);
            let repeated = [About::Name].into_iter().chain(differing).map(|about| (about, Note::Repeated));
            for (about, note) in moved.chain(repeated) {
                if doubted.insert(about) {
                    doubts.push(DoubtSpec { at: at.clone(), about, note });
                }
            }
            continue;
        }
        let doubted = field.doubts.iter().map(|(about, _)| *about).collect();
        known.insert(field.name.clone(), (Facts::of(&field), doubted));
        let own = field.doubts.iter().map(|(about, note)| DoubtSpec { at: at.clone(), about: *about, note: *note });
        doubts.extend(own);
        let members = entries_below(field.fields, &at, doubts);
        let spec = FieldSpec {
            type_word: field.type_word,
            items: field.items,
            place: field.place,
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

/// The facts of a row, to compare with another row of the same name.
struct Facts([(About, Option<String>); 6]);

impl Facts {
    fn of(field: &Field) -> Self {
        let limits = [field.max_length, field.max_items].map(|most| most.map(|most| most.to_string()));
        let limits = limits.into_iter().chain([field.default.clone(), field.min.clone(), field.max.clone()]);
        let limits: Vec<String> = limits.map(Option::unwrap_or_default).collect();
        let members: Vec<&str> = field.fields.iter().map(|member| member.name.as_str()).collect();
        Self([
            (About::Type, Some(format!("{} {}", field.type_word, field.items.as_deref().unwrap_or_default()))),
            (About::Required, Some(field.required.word().unwrap_or_default().to_owned())),
            (About::Default, Some(limits.join("\n"))),
            (About::Example, field.example.clone()),
            (About::Description, field.description.clone()),
            (About::Nesting, Some(members.join("\n"))),
        ])
    }

    /// What the two rows do not agree in.
    fn differing(&self, other: &Self) -> Vec<About> {
        let pairs = self.0.iter().zip(&other.0);
        pairs.filter(|(one, other)| one.1 != other.1).map(|(one, _)| one.0).collect()
    }
}

fn entries_below(fields: Vec<Field>, at: &SpecPath, doubts: &mut Vec<DoubtSpec>) -> Entries<FieldSpec> {
    if fields.is_empty() { Entries::new() } else { entries(fields, &at.key("fields"), doubts) }
}

/// The text without white space around it; nothing if nothing is left.
pub(crate) fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
