//! Parses the vendor's type words. `suggest` uses the same parser for pages that have no model yet.

use crate::model::{Arity, Item};
use crate::spec::{Entries, FieldSpec};
use crate::terms::{KnownType, TypeMeaning};

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

/// Reads a field's type word.
pub(crate) fn read(field: &FieldSpec, own: &Entries<TypeMeaning>) -> Result<TypeWord, NotAType> {
    let word: String = field.type_word.split_whitespace().collect();
    let has_members = !field.fields.is_empty();
    if let Some(item) = value_of(&word, own, has_members) {
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
    let is_list_again = value_of(&element_word, own, has_members).is_none() && list_element(&element_word).is_some();
    let element = if is_list_again { Element::Value(Item::Opaque) } else { element(&element_word, own, has_members)? };
    Ok(TypeWord { element, arity, word: without_package(&element_word).to_owned() })
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
    if KnownType::of(head) != Some(KnownType::List) {
        return None;
    }
    Some(argument.map_or(ListElement::Elsewhere, |element| ListElement::Written(element.to_owned())))
}

/// `List<String>` → `List` and `String`, `java.util.List<String>` likewise.
fn generic(word: &str) -> (&str, Option<&str>) {
    match word.strip_suffix('>').and_then(|open| open.split_once('<')) {
        Some((head, argument)) => (without_package(head), Some(argument)),
        None => (without_package(word), None),
    }
}

/// `java.lang.String` → `String`.
fn without_package(word: &str) -> &str {
    match word.rsplit_once('.') {
        Some((package, class)) if !class.is_empty() && package.split('.').all(is_name) => class,
        _ => word,
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_alphabetic) && word.chars().all(|c| c.is_alphanumeric() || c == '_')
}

fn value_of(word: &str, own: &Entries<TypeMeaning>, has_members: bool) -> Option<Item> {
    if let Some(meaning) = own.get(word) {
        return Some(item_of(*meaning));
    }
    let (head, argument) = generic(word);
    let KnownType::Value(meaning) = KnownType::of(head)? else { return None };
    let is_object = has_members && KnownType::is_noun(head);
    // Only maps have type arguments among the values.
    let is_value = !is_object && (argument.is_none() || meaning == TypeMeaning::Map);
    is_value.then_some(item_of(meaning))
}

/// Reads the word of one element. No word and `null` mean the same as `Object`.
fn element(word: &str, own: &Entries<TypeMeaning>, has_members: bool) -> Result<Element, NotAType> {
    if let Some(item) = value_of(word, own, has_members) {
        return Ok(Element::Value(item));
    }
    let (head, _) = generic(word);
    if head.is_empty() || head.eq_ignore_ascii_case("null") || KnownType::of(head) == Some(KnownType::Object) {
        return Ok(Element::Unnamed);
    }
    if is_name(head) { Ok(Element::Named(head.to_owned())) } else { Err(NotAType) }
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

/// The known word that a name was probably meant to be.
pub(super) fn likely_meant(name: &str) -> Option<&'static str> {
    crate::diagnostic::nearest(name, KnownType::words()).filter(|word| *word != name)
}

/// Whether a word is written like the class of a vendor: `ShelfDTO`, `PriceRange`.
pub(super) fn is_class(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_ascii_uppercase()).count();
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && capitals > 1
        && word.contains(|c: char| c.is_ascii_lowercase())
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
    fn words_of_languages_and_databases_are_known() {
        use Arity::{Many, One};
        let value = Element::Value;
        let named = |name: &str| Element::Named(name.to_owned());
        for (word, expected) in [
            ("int32", (value(Item::Integer), One)),
            ("Int64[]", (value(Item::Integer), Many)),
            ("array<uint64>", (value(Item::Integer), Many)),
            ("bigint", (value(Item::Integer), One)),
            ("Decimal", (value(Item::Decimal), One)),
            ("date-time", (value(Item::Date), One)),
            ("timestamp", (value(Item::Date), One)),
            ("Text", (value(Item::Text), One)),
            ("file", (value(Item::File), One)),
            ("object", (Element::Unnamed, One)),
            ("java.lang.String", (value(Item::Text), One)),
            ("java.util.List<java.lang.Long>", (value(Item::Integer), Many)),
            ("java.util.Map<java.lang.String, java.lang.Object>", (value(Item::Map), One)),
            ("com.acme.CrateDTO[]", (named("CrateDTO"), Many)),
        ] {
            assert_eq!(read_word(word, None), Ok(expected), "{word}");
        }
        for word in ["a..b", "1.x", ".x", "x."] {
            assert_eq!(read_word(word, None), Err(NotAType), "{word}");
        }
    }

    #[test]
    fn with_members_a_noun_is_the_name_of_an_object() {
        let read = |word: &str| {
            let fields = [("a".to_owned(), FieldSpec { type_word: "String".to_owned(), ..FieldSpec::default() })];
            let fields = fields.into_iter().collect();
            let field = FieldSpec { type_word: word.to_owned(), fields, ..FieldSpec::default() };
            read(&field, &Entries::default()).map(|word| word.element)
        };
        assert_eq!(read("Text"), Ok(Element::Named("Text".to_owned())));
        assert_eq!(read("File[]"), Ok(Element::Named("File".to_owned())));
        assert_eq!(read("Int64"), Ok(Element::Value(Item::Integer)));
    }

    #[test]
    fn a_platform_decides_first() {
        let own: Entries<TypeMeaning> = [("timestamp".to_owned(), TypeMeaning::Integer)].into_iter().collect();
        let field = FieldSpec { type_word: "timestamp".to_owned(), ..FieldSpec::default() };
        assert_eq!(read(&field, &own).map(|word| word.element), Ok(Element::Value(Item::Integer)));
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
