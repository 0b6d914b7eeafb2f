//! What the structured keys of a node state. A text that states the same tells nothing new.

use crate::spec::{EndpointSpec, FieldSpec};
use crate::terms::{Required, SessionNeed};

use super::classes::{AT_LEAST, AT_MOST, MULTIPLE, OPTIONAL, REQUIRED, RETIRED, SINGLE};
use super::fact::{Class, Fact};

/// What the structured keys of a node state in one revision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::diff) struct Marks {
    required: Required,
    is_list: bool,
    /// Whether a single text can hold several values.
    is_text: bool,
    is_deprecated: bool,
    needs_session: bool,
    default: Option<String>,
    least: Option<String>,
    /// Upper limits of value, length and elements.
    most: Vec<String>,
    /// Wire values.
    values: Vec<String>,
}

impl Default for Marks {
    /// Nothing is known.
    fn default() -> Self {
        Self {
            required: Required::Unknown,
            is_list: false,
            is_text: true,
            is_deprecated: false,
            needs_session: false,
            default: None,
            least: None,
            most: Vec::new(),
            values: Vec::new(),
        }
    }
}

impl Marks {
    /// Returns what the keys of a field state.
    pub(in crate::diff) fn of(field: &FieldSpec) -> Self {
        let counts = [field.max_length, field.max_items].into_iter().flatten().map(|count| count.to_string());
        Self {
            required: field.required,
            is_list: field.type_word.ends_with("[]") || field.items.is_some(),
            is_text: field.type_word.eq_ignore_ascii_case("string"),
            is_deprecated: field.deprecated.is_some(),
            needs_session: false,
            default: field.default.as_ref().map(|default| default.to_lowercase()),
            least: field.min.clone(),
            most: field.max.iter().cloned().chain(counts).collect(),
            values: field.values.names().map(str::to_lowercase).collect(),
        }
    }

    /// Returns what the keys of an API state.
    pub(in crate::diff) fn of_api(api: &EndpointSpec) -> Self {
        let needs_session = api.session.is_some_and(|need| need != SessionNeed::None);
        Self { is_deprecated: api.deprecated.is_some(), needs_session, ..Self::default() }
    }

    /// Returns whether the keys state the fact. `other` contains the keys of the other revision.
    pub(super) fn state(&self, fact: &Fact, other: &Self) -> bool {
        let key = fact.key.as_str();
        match fact.class {
            Class::Requiredness => match key {
                REQUIRED => self.required == Required::Yes,
                OPTIONAL => self.required == Required::No,
                _ => false,
            },
            Class::Number => {
                let limits = self.most.iter().chain(&self.least).chain(&self.default).chain(&self.values);
                limits.into_iter().any(|limit| limit == key)
            }
            Class::Value => {
                let value = key.split_once('=').map_or(key, |(value, _)| value);
                self.values.iter().chain(&self.default).any(|known| known == value)
            }
            Class::Default => self.default.as_deref() == Some(key),
            Class::Comparison => match key {
                AT_MOST => !self.most.is_empty(),
                AT_LEAST => self.least.is_some(),
                _ => false,
            },
            Class::Multiplicity => match key {
                MULTIPLE => self.is_list,
                // A text can hold several values, unless the field has just ceased to be a list.
                SINGLE => !self.is_list && (!self.is_text || other.is_list),
                _ => false,
            },
            Class::Access => key == "authorization" && self.needs_session,
            Class::Retirement => key == RETIRED && self.is_deprecated,
            Class::Unit => key == "character" && !self.most.is_empty(),
            Class::Format | Class::Negation | Class::Secrecy => false,
        }
    }
}
