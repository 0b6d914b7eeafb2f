//! The type words that have a meaning on every platform.

use super::TypeMeaning;

/// What a type word means, apart from what a platform says about it.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum KnownType {
    /// A value without members.
    Value(TypeMeaning),
    /// A list of elements that the word does not name.
    List,
    /// An object without a name.
    Object,
}

/// Values: the spelling for messages, and the meaning. Letter case does not matter.
// specs/top/PROTOCOL.md#type-words, specs/nio/PROTOCOL.md#type-words
const VALUES: &[(&str, TypeMeaning)] = &[
    ("String", TypeMeaning::Text),
    ("Char", TypeMeaning::Text),
    ("Character", TypeMeaning::Text),
    ("CharSequence", TypeMeaning::Text),
    ("Str", TypeMeaning::Text),
    ("Text", TypeMeaning::Text),
    ("Varchar", TypeMeaning::Text),
    ("Uuid", TypeMeaning::Text),
    ("Uri", TypeMeaning::Text),
    ("Url", TypeMeaning::Text),
    // Java writes these in a form of its own, which is not that of the platform's dates.
    ("LocalDateTime", TypeMeaning::Text),
    ("LocalDate", TypeMeaning::Text),
    ("LocalTime", TypeMeaning::Text),
    ("OffsetDateTime", TypeMeaning::Text),
    ("ZonedDateTime", TypeMeaning::Text),
    ("Instant", TypeMeaning::Text),
    ("Time", TypeMeaning::Text),
    ("Number", TypeMeaning::Integer),
    ("Long", TypeMeaning::Integer),
    ("Int", TypeMeaning::Integer),
    ("Integer", TypeMeaning::Integer),
    ("Short", TypeMeaning::Integer),
    ("BigInt", TypeMeaning::Integer),
    ("BigInteger", TypeMeaning::Integer),
    ("SmallInt", TypeMeaning::Integer),
    ("TinyInt", TypeMeaning::Integer),
    ("Int8", TypeMeaning::Integer),
    ("Int16", TypeMeaning::Integer),
    ("Int32", TypeMeaning::Integer),
    ("Int64", TypeMeaning::Integer),
    ("UInt", TypeMeaning::Integer),
    ("UInt8", TypeMeaning::Integer),
    ("UInt16", TypeMeaning::Integer),
    ("UInt32", TypeMeaning::Integer),
    ("UInt64", TypeMeaning::Integer),
    ("i32", TypeMeaning::Integer),
    ("i64", TypeMeaning::Integer),
    ("u32", TypeMeaning::Integer),
    ("u64", TypeMeaning::Integer),
    ("Double", TypeMeaning::Decimal),
    ("Float", TypeMeaning::Decimal),
    ("Float32", TypeMeaning::Decimal),
    ("Float64", TypeMeaning::Decimal),
    ("Price", TypeMeaning::Decimal),
    ("BigDecimal", TypeMeaning::Decimal),
    ("Decimal", TypeMeaning::Decimal),
    ("Boolean", TypeMeaning::Boolean),
    ("Bool", TypeMeaning::Boolean),
    ("Date", TypeMeaning::Date),
    ("DateTime", TypeMeaning::Date),
    ("Date-Time", TypeMeaning::Date),
    ("Timestamp", TypeMeaning::Date),
    ("Json", TypeMeaning::Json),
    ("Any", TypeMeaning::Json),
    ("Map", TypeMeaning::Map),
    ("HashMap", TypeMeaning::Map),
    ("Dict", TypeMeaning::Map),
    ("Dictionary", TypeMeaning::Map),
    ("byte[]", TypeMeaning::File),
    ("Byte", TypeMeaning::File),
    ("Bytes", TypeMeaning::File),
    ("Binary", TypeMeaning::File),
    ("File", TypeMeaning::File),
    ("MultipartFile", TypeMeaning::File),
];

/// Values whose words vendors also give to objects of their own: with members, the field is such an object.
const NOUNS: &[&str] = &[
    "Any",
    "Binary",
    "Bytes",
    "Character",
    "Date-Time",
    "Dict",
    "Dictionary",
    "File",
    "Instant",
    "Text",
    "Time",
    "Timestamp",
    "Uri",
    "Url",
];

const LISTS: &[&str] = &["Array", "ArrayList", "JSONArray", "List", "Set"];

const OBJECTS: &[&str] = &["JSONObject", "Object"];

impl KnownType {
    /// Returns the meaning of a word without type arguments.
    pub(crate) fn of(word: &str) -> Option<Self> {
        let is = |known: &&str| known.eq_ignore_ascii_case(word);
        if let Some((_, meaning)) = VALUES.iter().find(|(known, _)| is(known)) {
            return Some(Self::Value(*meaning));
        }
        let is_list = LISTS.iter().any(is);
        let is_object = || OBJECTS.iter().any(is);
        if is_list { Some(Self::List) } else { is_object().then_some(Self::Object) }
    }

    /// Returns whether a word of a value can also be the name of an object of the vendor's.
    pub(crate) fn is_noun(word: &str) -> bool {
        NOUNS.iter().any(|noun| noun.eq_ignore_ascii_case(word))
    }

    /// Returns all words, as messages spell them.
    pub(crate) fn words() -> impl Iterator<Item = &'static str> {
        VALUES.iter().map(|(word, _)| *word).chain(LISTS.iter().chain(OBJECTS).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_has_two_meanings() {
        let mut words: Vec<String> = KnownType::words().map(str::to_lowercase).collect();
        words.sort_unstable();
        assert!(words.windows(2).all(|pair| pair[0] != pair[1]), "{words:?}");
    }

    #[test]
    fn every_noun_is_a_value() {
        for noun in NOUNS {
            assert!(matches!(KnownType::of(noun), Some(KnownType::Value(_))), "{noun}");
        }
    }

    #[test]
    fn letter_case_does_not_matter() {
        assert_eq!(KnownType::of("INT64"), Some(KnownType::Value(TypeMeaning::Integer)));
        assert_eq!(KnownType::of("date-time"), Some(KnownType::Value(TypeMeaning::Date)));
        assert_eq!(
            (KnownType::of("jsonarray"), KnownType::of("OBJECT")),
            (Some(KnownType::List), Some(KnownType::Object))
        );
        assert_eq!(KnownType::of(""), None);
    }
}
