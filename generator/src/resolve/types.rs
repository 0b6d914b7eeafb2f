//! Parses the vendor's type words. `suggest` uses the same parser for pages that have no model yet.

use crate::model::{Arity, Item};
use crate::spec::{Entries, FieldSpec};
use crate::terms::TypeMeaning;

/// What a type word means, before its members are looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TypeWord {
    /// One element.
    pub(crate) element: Element,
    /// One or many.
    pub(crate) arity: Arity,
    /// The element's word as the vendor writes it: inner keys of lists are made from it.
    pub(crate) word: String,
}

/// What one element is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Element {
    /// A scalar, or a value without members of its own.
    Value(Item),
    /// A type of the vendor's with this name; an object if it has members.
    Named(String),
    /// An unnamed object, if it has members.
    Unnamed,
}

/// The reason why a word has no meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotAType;

/// Type words that pages of every platform use, in lower case.
// specs/top/PROTOCOL.md#type-words, specs/nio/PROTOCOL.md#type-words
const COMMON: &[(&str, Item)] = &[
    ("string", Item::Text),
    ("char", Item::Text),
    ("localdatetime", Item::Text),
    ("number", Item::Integer),
    ("long", Item::Integer),
    ("int", Item::Integer),
    ("integer", Item::Integer),
    ("short", Item::Integer),
    ("double", Item::Decimal),
    ("float", Item::Decimal),
    ("price", Item::Decimal),
    ("bigdecimal", Item::Decimal),
    ("boolean", Item::Boolean),
    ("bool", Item::Boolean),
    ("date", Item::Date),
    ("datetime", Item::Date),
    ("json", Item::Json),
    ("map", Item::Map),
    ("hashmap", Item::Map),
    ("byte", Item::File),
    ("byte[]", Item::File),
];

/// Words for a list of unspecified elements, in lower case.
const LISTS: &[&str] = &["array", "arraylist", "jsonarray", "list", "set"];

/// Words for an object of any shape, in small letters; a missing type is one.
const OBJECTS: &[&str] = &["", "jsonobject", "null", "object"];

/// Reads a field's type word.
pub(crate) fn read(field: &FieldSpec, own: &Entries<TypeMeaning>) -> Result<TypeWord, NotAType> {
    let word: String = field.type_word.split_whitespace().collect();
    if let Some(item) = value_of(&word, own) {
        return Ok(TypeWord { element: Element::Value(item), arity: Arity::One, word });
    }
    let (element_word, arity) = match list_element(&word) {
        Some(ListElement::Written(element)) => (element, Arity::Many),
        Some(ListElement::Elsewhere) => {
            (field.items.as_deref().unwrap_or_default().split_whitespace().collect(), Arity::Many)
        }
        None => (word, Arity::One),
    };
    // The platforms' own clients cannot read lists of lists either: their elements stay JSON.
    let is_list_again = value_of(&element_word, own).is_none() && list_element(&element_word).is_some();
    let element = if is_list_again { Element::Value(Item::Opaque) } else { element(&element_word, own)? };
    Ok(TypeWord { element, arity, word: element_word })
}

enum ListElement {
    /// `T[]`, `List<T>`.
    Written(String),
    /// `Array`: the element is described under `items` or `fields`.
    Elsewhere,
}

fn list_element(word: &str) -> Option<ListElement> {
    if let Some(element) = word.strip_suffix("[]") {
        return Some(ListElement::Written(element.to_owned()));
    }
    let (head, argument) = generic(word);
    if !LISTS.contains(&head.to_lowercase().as_str()) {
        return None;
    }
    Some(argument.map_or(ListElement::Elsewhere, |element| ListElement::Written(element.to_owned())))
}

/// `List<String>` → `List` and `String`.
fn generic(word: &str) -> (&str, Option<&str>) {
    match word.strip_suffix('>').and_then(|open| open.split_once('<')) {
        Some((head, argument)) => (head, Some(argument)),
        None => (word, None),
    }
}

fn value_of(word: &str, own: &Entries<TypeMeaning>) -> Option<Item> {
    if let Some(meaning) = own.get(word) {
        return Some(item_of(*meaning));
    }
    let (head, argument) = generic(word);
    let head = head.to_lowercase();
    let (_, item) = COMMON.iter().find(|(common, _)| *common == head)?;
    // Only maps have type arguments among the values.
    (argument.is_none() || *item == Item::Map).then_some(*item)
}

fn element(word: &str, own: &Entries<TypeMeaning>) -> Result<Element, NotAType> {
    if let Some(item) = value_of(word, own) {
        return Ok(Element::Value(item));
    }
    let (head, _) = generic(word);
    if OBJECTS.contains(&head.to_lowercase().as_str()) {
        return Ok(Element::Unnamed);
    }
    let is_name = head.starts_with(char::is_alphabetic) && head.chars().all(|c| c.is_alphanumeric() || c == '_');
    if is_name { Ok(Element::Named(head.to_owned())) } else { Err(NotAType) }
}

fn item_of(meaning: TypeMeaning) -> Item {
    match meaning {
        TypeMeaning::Text => Item::Text,
        TypeMeaning::Integer => Item::Integer,
        TypeMeaning::Decimal => Item::Decimal,
        TypeMeaning::Boolean => Item::Boolean,
        TypeMeaning::Date => Item::Date,
        TypeMeaning::Json => Item::Json,
        TypeMeaning::Map => Item::Map,
        TypeMeaning::File => Item::File,
    }
}

/// The common word that a name was probably meant to be.
pub(super) fn likely_meant(name: &str) -> Option<&'static str> {
    const SPELLINGS: &[&str] = &[
        "String",
        "Number",
        "Long",
        "Int",
        "Integer",
        "Double",
        "Price",
        "BigDecimal",
        "Boolean",
        "Date",
        "Json",
        "Map",
        "Array",
        "List",
    ];
    crate::diagnostic::nearest(name, SPELLINGS.iter().copied()).filter(|word| *word != name)
}

/// Returns the key of a wrapped list's only member: every capital letter of the element's type starts a segment.
///
/// `CallCustomerDto` → `call_customer_dto`, `ShelfDTO` → `shelf_d_t_o`.
// specs/top/PROTOCOL.md#list-keys
pub(super) fn inner_list_key(word: &str) -> String {
    let mut key = String::with_capacity(word.len() + 4);
    for (index, c) in word.chars().enumerate() {
        if c.is_uppercase() && index > 0 {
            key.push('_');
        }
        key.extend(c.to_lowercase());
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_word(word: &str, items: Option<&str>) -> Result<(Element, Arity), NotAType> {
        let field = FieldSpec { type_word: word.to_owned(), items: items.map(str::to_owned), ..FieldSpec::default() };
        read(&field, &Entries::default()).map(|word| (word.element, word.arity))
    }

    #[test]
    fn the_platforms_words_are_known() {
        use Arity::{Many, One};
        let value = Element::Value;
        for (word, items, expected) in [
            ("String", None, (value(Item::Text), One)),
            ("String []", None, (value(Item::Text), Many)),
            ("byte[]", None, (value(Item::File), One)),
            ("byte []", None, (value(Item::File), One)),
            ("byte[][]", None, (value(Item::File), Many)),
            ("Map <String>", None, (value(Item::Map), One)),
            ("Map<String, String>", None, (value(Item::Map), One)),
            ("List<Integer>", None, (value(Item::Integer), Many)),
            ("Array", Some("String"), (value(Item::Text), Many)),
            ("JSONArray", None, (Element::Unnamed, Many)),
            ("JSONObject", None, (Element::Unnamed, One)),
            ("", None, (Element::Unnamed, One)),
            ("List<List<String>>", None, (value(Item::Opaque), Many)),
            ("UseBookInfo", None, (Element::Named("UseBookInfo".to_owned()), One)),
            ("CallCustomerDto []", None, (Element::Named("CallCustomerDto".to_owned()), Many)),
        ] {
            assert_eq!(read_word(word, items), Ok(expected), "{word}");
        }
        assert_eq!(read_word("导入 3!", None), Err(NotAType));
    }

    #[test]
    fn every_capital_of_an_inner_key_opens_a_segment() {
        for (word, key) in [
            ("InitiativeTaskResponse", "initiative_task_response"),
            ("OpenShopItemInfoDTO", "open_shop_item_info_d_t_o"),
            ("FormComponentVo3", "form_component_vo3"),
            ("String", "string"),
            ("T", "t"),
        ] {
            assert_eq!(inner_list_key(word), key, "{word}");
        }
    }
}
