//! Reads what a cell contains about a field's type.

use crate::terms::{KnownType, Mark, TypeMeaning};
use crate::transcribe::dialect::Dialect;

/// What a type cell contains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TypeCell {
    /// The type word as transcripts write it; empty if the cell has none.
    pub(crate) word: String,
    /// The type as printed, without length and mark.
    pub(crate) printed: String,
    /// The name of the type without what makes it a list: a type of the page, if the dictionary does not know it.
    pub(crate) base: String,
    /// How much the dictionary knows about it.
    pub(crate) kind: Kind,
    /// Whether it is a list.
    pub(crate) is_list: bool,
    /// Maximum characters, as in `string(64)`.
    pub(crate) max_length: Option<u64>,
    /// A required mark beside the type.
    pub(crate) mark: Option<Mark>,
}

/// What a type word means.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A text, or a date in one.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// True or false.
    Boolean,
    /// Bytes, or another scalar that JSON does not have.
    Bytes,
    /// A list of unnamed elements.
    List,
    /// An unnamed object.
    Object,
    /// An object with names of the caller's own.
    Map,
    /// A word that can be the name of a type of the page.
    Named,
    /// `null`, `none`: no type.
    Nothing,
    /// No word, or one that cannot be read.
    #[default]
    Unknown,
}

impl TypeCell {
    /// Whether it is a list of scalars or of maps, whose elements have no rows.
    pub(crate) fn is_plain_list(&self) -> bool {
        self.is_list && (self.kind.is_scalar() || self.kind == Kind::Map)
    }

    /// Whether a field of the type can have members, as far as its word tells.
    pub(crate) fn can_open(&self) -> bool {
        !self.kind.is_scalar() && !matches!(self.kind, Kind::Map | Kind::Nothing)
    }
}

impl Kind {
    /// The word for the type of a value in JSON.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::List => "Array",
            Self::Integer => "Long",
            Self::Decimal => "Double",
            Self::Boolean => "Boolean",
            Self::Text => "String",
            _ => "Object",
        }
    }

    /// Whether it is a scalar.
    pub(crate) fn is_scalar(self) -> bool {
        matches!(self, Self::Text | Self::Integer | Self::Decimal | Self::Boolean | Self::Bytes)
    }
}

/// Maximum bytes of a type. A longer text is not one.
const LONGEST: usize = 200;

/// Reads a type cell.
pub(crate) fn read(cell: &str, dialect: &Dialect) -> TypeCell {
    let text = cell.split_whitespace().collect::<Vec<_>>().join(" ").replace("~~", "");
    let mut read = TypeCell::default();
    if text.len() > LONGEST {
        return read;
    }
    let text = without_mark(&text, &mut read.mark, dialect);
    let text = without_length(&text, &mut read.max_length);
    read.printed.clone_from(&text);
    if text.is_empty() {
        return read;
    }
    if let Some(word) = dialect.type_word(&text) {
        let kind = kind(word.strip_suffix("[]").unwrap_or(&word));
        let is_list = kind == Kind::List || word.ends_with("[]") && word != "byte[]";
        return TypeCell { base: String::new(), is_list, kind, word, ..read };
    }
    // The class of a language, with its package.
    if let Some((package, class)) = text.rsplit_once('.')
        && package.split('.').all(is_type_name)
    {
        let class = self::read(class, dialect);
        return TypeCell { max_length: read.max_length, mark: read.mark, ..class };
    }
    match element(&text) {
        Some(element) => list(&text, element.trim(), read, dialect),
        None => single(&text, read, dialect),
    }
}

/// Whether a text is a known type, and not a description that names one: a word, perhaps with type arguments or brackets
/// behind it.
pub(crate) fn is_type(text: &str, dialect: &Dialect) -> bool {
    let head = text.split('<').next().unwrap_or_default();
    let word = head.strip_suffix("[]").unwrap_or(head).trim_end();
    let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if word.len() == text.len() {
        return is_word && (dialect.type_word(word).is_some() || is_nothing(word));
    }
    let found = is_word && (head.len() == text.len() || text.ends_with('>'));
    found && !matches!(read(text, dialect), TypeCell { kind: Kind::Named | Kind::Unknown, is_list: false, .. })
}

fn list(text: &str, element: &str, read: TypeCell, dialect: &Dialect) -> TypeCell {
    let singular = element.strip_suffix('s').filter(|word| dialect.type_word(word).is_some());
    let inner = self::read(singular.unwrap_or(element), dialect);
    let is_nested = inner.is_list && inner.kind != Kind::List;
    let is_known = !is_nested && !matches!(inner.kind, Kind::Unknown | Kind::List) && !inner.word.contains(['<', ' ']);
    // The page's own spelling stays if transcripts can read it.
    let is_plain = !text.contains(' ') && (text.ends_with("[]") || is_generic(text)) && text.contains(&inner.word);
    let word = match (is_known, is_plain) {
        (true, true) => text.to_owned(),
        (true, false) => format!("{}[]", inner.word),
        (false, _) => "Array".to_owned(),
    };
    let kind = match inner.kind {
        Kind::List | Kind::Unknown => Kind::List,
        kind => kind,
    };
    TypeCell { word, base: inner.base, kind, is_list: true, ..read }
}

fn is_generic(text: &str) -> bool {
    let head = text.split('<').next().unwrap_or_default().to_lowercase();
    text.ends_with('>') && matches!(head.as_str(), "list" | "array" | "arraylist" | "set")
}

fn single(text: &str, read: TypeCell, dialect: &Dialect) -> TypeCell {
    // `Crate object`, `object Crate`, `object(Crate)`
    let words: Vec<&str> = text.split([' ', '(', ')', '<', '>']).filter(|word| !word.is_empty()).collect();
    let is_object =
        |word: &str| dialect.type_word(word).is_some_and(|word| matches!(kind(&word), Kind::Object | Kind::Map));
    let name = match words.as_slice() {
        [name, object] if is_object(object) && dialect.type_word(name).is_none() => Some(*name),
        [object, name] if is_object(object) && dialect.type_word(name).is_none() => Some(*name),
        [name] if *name == text => Some(*name),
        _ => None,
    };
    if let Some(name) = name.filter(|name| is_type_name(name)) {
        let kind = if is_nothing(name) { Kind::Nothing } else { Kind::Named };
        return TypeCell { word: name.to_owned(), base: name.to_owned(), kind, ..read };
    }
    let is_map =
        words.first().and_then(|word| dialect.type_word(word)).is_some_and(|word| word.to_lowercase().ends_with("map"));
    if is_map && text.ends_with('>') {
        return TypeCell { word: text.replace(' ', ""), kind: Kind::Map, ..read };
    }
    // Of several words, the first one that is known is the best guess.
    let parts = text.split([' ', '|', '/', ',', '、', '或', '(', '<', '[', ':']);
    let guess = parts.filter_map(|word| dialect.type_word(word)).next();
    TypeCell { word: guess.unwrap_or_default(), kind: Kind::Unknown, ..read }
}

/// What a list contains: `Array of Crates`, `Crate[]`, `[]Crate`, `List<Crate>`, `array[Crate]`, `Crate 数组`.
fn element(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    for start in ["array of ", "list of ", "arrays of "] {
        if lower.starts_with(start) {
            let inner = text.get(start.len()..)?;
            return Some(
                inner
                    .strip_suffix(" objects")
                    .or_else(|| inner.strip_suffix(" object"))
                    .filter(|inner| !inner.is_empty())
                    .unwrap_or(inner),
            );
        }
    }
    for start in ["array ", "list "] {
        let word = text.get(start.len()..).filter(|word| lower.starts_with(start) && is_type_name(word));
        if word.is_some_and(|word| !lower.ends_with("list") && !lower.ends_with("array") && word.len() > 1) {
            return word;
        }
    }
    if let Some(inner) = text.strip_suffix("[]").or_else(|| text.strip_prefix("[]")) {
        return Some(inner).filter(|inner| !inner.is_empty());
    }
    for suffix in ["数组", "列表", " array", " Array", " list", " List"] {
        if let Some(inner) = text.strip_suffix(suffix).filter(|inner| !inner.trim().is_empty()) {
            return Some(inner);
        }
    }
    let (head, inner) = ["<", "[", "("].into_iter().find_map(|open| text.split_once(open))?;
    let is_list = matches!(
        head.trim().to_ascii_lowercase().as_str(),
        "array" | "list" | "arraylist" | "set" | "jsonarray" | "数组" | "列表"
    );
    let inner = inner.strip_suffix(['>', ']', ')'])?;
    (is_list && !inner.is_empty()).then_some(inner)
}

/// Cuts a length off the end: `string(64)`, `string[1,32]`.
fn without_length(text: &str, length: &mut Option<u64>) -> String {
    let ends: [(char, char); 3] = [('(', ')'), ('[', ']'), ('\u{ff08}', '\u{ff09}')];
    for (open, close) in ends {
        let Some((before, inner)) = text.strip_suffix(close).and_then(|inner| inner.rsplit_once(open)) else {
            continue;
        };
        let bounds: Vec<&str> = inner.split([',', '\u{ff0c}', '-', '~']).map(str::trim).collect();
        let is_number =
            |text: &&str| !text.is_empty() && text.len() < 10 && text.bytes().all(|byte| byte.is_ascii_digit());
        if bounds.is_empty() || bounds.len() > 2 || !bounds.iter().all(is_number) || before.trim().is_empty() {
            continue;
        }
        // The two numbers of a decimal are its digits; those of a text are its lengths.
        let is_text =
            ["string", "varchar", "char", "text", "字符"].iter().any(|word| before.to_lowercase().contains(word));
        if is_text {
            *length = bounds.last().and_then(|bound| bound.parse().ok());
        }
        return before.trim().to_owned();
    }
    text.to_owned()
}

/// Cuts a required mark off: `String 必填`, `String, optional`.
fn without_mark(text: &str, mark: &mut Option<Mark>, dialect: &Dialect) -> String {
    let Some((before, last)) = text.rsplit_once([' ', ',', '\u{ff0c}', '(', '\u{ff08}']) else {
        return text.to_owned();
    };
    let last = last.trim_end_matches([')', '\u{ff09}']);
    let found = dialect.mark(last).filter(|_| last.chars().count() > 1 && dialect.type_word(last).is_none());
    match found {
        Some(found) => {
            *mark = Some(found);
            before.trim_end_matches([' ', ',', '\u{ff0c}']).to_owned()
        }
        None => text.to_owned(),
    }
}

/// Whether a word means that there is no type.
fn is_nothing(word: &str) -> bool {
    word.eq_ignore_ascii_case("null") || word.eq_ignore_ascii_case("none")
}

/// Whether a word can be the name of a type.
fn is_type_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$'))
}

/// What a type word of transcripts means.
pub(crate) fn kind(word: &str) -> Kind {
    match KnownType::of(word) {
        Some(KnownType::List) => Kind::List,
        Some(KnownType::Object) => Kind::Object,
        Some(KnownType::Value(meaning)) => match meaning {
            TypeMeaning::Json => Kind::Object,
            TypeMeaning::Map => Kind::Map,
            TypeMeaning::Integer => Kind::Integer,
            TypeMeaning::Decimal => Kind::Decimal,
            TypeMeaning::Boolean => Kind::Boolean,
            TypeMeaning::File => Kind::Bytes,
            TypeMeaning::Text | TypeMeaning::Date => Kind::Text,
        },
        None => Kind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(cell: &str) -> (String, Kind, bool) {
        let read = read(cell, &Dialect::new(None));
        (read.word, read.kind, read.is_list)
    }

    #[test]
    fn lists_are_written_in_many_ways() {
        for (cell, expected, kind) in [
            ("Array of Crate objects", "Crate[]", Kind::Named),
            ("Array of strings", "string[]", Kind::Text),
            ("Array<Int64>", "Long[]", Kind::Integer),
            ("List<String>", "List<String>", Kind::Text),
            ("array[string]", "string[]", Kind::Text),
            ("array int", "int[]", Kind::Integer),
            ("list Crate", "Crate[]", Kind::Named),
            ("array object", "object[]", Kind::Object),
            ("array<object>", "array<object>", Kind::Object),
            ("[]Crate", "Crate[]", Kind::Named),
            ("object[]", "object[]", Kind::Object),
            ("obj[]", "Object[]", Kind::Object),
            ("字符串数组", "String[]", Kind::Text),
            ("Array", "Array", Kind::List),
        ] {
            assert_eq!(word(cell), (expected.to_owned(), kind, true), "{cell}");
        }
    }

    #[test]
    fn single_types_keep_the_spelling_of_the_page() {
        for (cell, expected, kind) in [
            ("LONG", "LONG", Kind::Integer),
            ("int32", "Int", Kind::Integer),
            ("Crate object", "Crate", Kind::Named),
            ("string | null", "string", Kind::Unknown),
            ("Map<String, String>", "Map<String,String>", Kind::Map),
            ("随便", "", Kind::Unknown),
        ] {
            assert_eq!(word(cell), (expected.to_owned(), kind, false), "{cell}");
        }
    }

    #[test]
    fn lengths_and_marks_are_cut_off() {
        let dialect = Dialect::new(None);
        let read = |cell| {
            let read = read(cell, &dialect);
            (read.word, read.max_length, read.mark)
        };
        assert_eq!(read("string[1,32]"), ("string".into(), Some(32), None));
        assert_eq!(read("String(64) 必填"), ("String".into(), Some(64), Some(Mark::Required)));
        assert_eq!(read("decimal(10,2)"), ("BigDecimal".into(), None, None));
    }
}
