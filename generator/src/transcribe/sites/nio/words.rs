//! The words of iTNIO's pages, Chinese and English.

use crate::terms::{HttpMethod, Required};

/// A part of a page.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    /// Title, method, address, description.
    #[default]
    Head,
    /// Parameters.
    Request,
    /// Sample calls.
    Call,
    /// Members of the answer.
    Response,
    /// Sample answers.
    Answer,
    /// Statuses.
    Statuses,
    /// Names of languages.
    Languages,
    /// A sample in one language.
    Code,
    /// What belongs to the site.
    End,
}

/// The part that a heading opens.
pub(super) fn heading(text: &str) -> Option<Part> {
    let text = text.trim_end_matches([':', ' ']).to_lowercase();
    Some(match text.as_str() {
        "请求参数" | "request parameters" | "request parameter" | "request params" => Part::Request,
        "请求示例" | "request sample" | "request samples" | "request example" | "request examples" => Part::Call,
        "响应参数" | "返回参数" | "response parameters" | "response parameter" | "response params" => {
            Part::Response
        }
        "响应示例" | "返回示例" | "response sample" | "response samples" | "response example" | "response examples"
        | "responseexample" => Part::Answer,
        "响应状态码" | "状态码" | "response status code" | "response status codes" | "status code" | "status codes" => {
            Part::Statuses
        }
        "language" | "languages" => Part::Languages,
        "feedback" | "was this page helpful?" | "need help?" => Part::End,
        _ => return None,
    })
}

/// Returns whether a line shows that the page documents a callback.
pub(super) fn is_push(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("push address") || text.contains("callback address") || text.contains("推送地址")
}

/// A label in a sample call, for the text that follows.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// `Request URL:`
    Url,
    /// `Request Method:`
    Method,
    /// `Request Headers:`
    Headers,
    /// `Request Body:`
    Body,
}

/// Returns the label that a line starts with, and the text after it.
pub(super) fn label(text: &str) -> Option<(Label, &str)> {
    let (word, rest) = text.trim().split_once(':')?;
    let label = match word.trim().to_lowercase().as_str() {
        "request url" => Label::Url,
        "request method" => Label::Method,
        "request headers" | "request header" => Label::Headers,
        "request body" => Label::Body,
        _ => return None,
    };
    Some((label, rest.trim()))
}

/// Returns whether a text begins with a label, as labels are written behind other texts of their line.
pub(super) fn begins_with_label(text: &str) -> bool {
    ["Request URL:", "Request Method:", "Request Headers:", "Request Header:", "Request Body:"]
        .iter()
        .any(|label| text.starts_with(label))
}

/// The languages that samples are in, with the ends of their names in transcripts.
pub(super) fn language(text: &str) -> Option<&'static str> {
    Some(match text.to_lowercase().as_str() {
        "java" => "java",
        "php" => "php",
        "curl" => "curl",
        "python" => "python",
        "c#" | "csharp" => "csharp",
        "c++" => "cpp",
        "go" => "go",
        "node.js" | "nodejs" => "nodejs",
        "javascript" => "javascript",
        _ => return None,
    })
}

/// The method that a line is.
pub(super) fn method(text: &str) -> Option<HttpMethod> {
    HttpMethod::from_word(text.trim())
}

/// The mark that a cell is.
pub(super) fn mark(text: &str) -> Option<Required> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "是" | "必填" | "必须" | "必传" | "required" => Some(Required::Yes),
        "no" | "n" | "false" | "否" | "非必填" | "选填" | "可选" | "optional" | "not required" => {
            Some(Required::No)
        }
        _ => None,
    }
}

/// Returns whether a text states when a parameter is required.
pub(super) fn has_condition(text: &str) -> bool {
    let text = text.to_lowercase();
    let ends = ["required", "must pass", "must be passed", "必填", "必传"];
    let says = ["required when", "required if", "yes if", "yes when", "must pass when", "must pass if"];
    ends.iter().any(|end| text.ends_with(end)) || says.iter().any(|word| text.contains(word))
}

/// What a word for a type is, as far as samples can show it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// True or false.
    Boolean,
    /// A list of scalars.
    Scalars,
    /// A list whose element type the word does not name.
    List,
    /// Names of the caller's own.
    Map,
    /// An object.
    Object,
    /// `null`, `none`: no type.
    Nothing,
    /// A word that is not known.
    Unknown,
}

/// Reads a word for a type.
pub(super) fn kind(word: &str) -> Kind {
    let word: String = word.split_whitespace().collect::<String>().to_lowercase();
    let (head, argument) = match word.strip_suffix('>').and_then(|open| open.split_once('<')) {
        Some((head, argument)) => (head, Some(argument)),
        None => (word.strip_suffix("[]").unwrap_or(&word), word.strip_suffix("[]")),
    };
    let is_scalar =
        |word: &str| matches!(kind_of(word), Kind::Text | Kind::Integer | Kind::Decimal | Kind::Boolean | Kind::Map);
    match (kind_of(head), argument) {
        (Kind::Map, _) => Kind::Map,
        (Kind::List, Some(argument)) if is_scalar(argument) => Kind::Scalars,
        (_, Some(argument)) if word.ends_with("[]") && is_scalar(argument) => Kind::Scalars,
        (_, Some(_)) if word.ends_with("[]") => Kind::List,
        (kind, None) | (kind @ Kind::List, Some(_)) => kind,
        _ => Kind::Unknown,
    }
}

fn kind_of(word: &str) -> Kind {
    match word {
        "string" | "str" | "char" | "text" | "localdatetime" | "datetime" | "date" => Kind::Text,
        "int" | "integer" | "long" | "short" | "number" => Kind::Integer,
        "double" | "float" | "bigdecimal" | "decimal" => Kind::Decimal,
        "boolean" | "bool" => Kind::Boolean,
        "array" | "jsonarray" | "list" | "arraylist" | "set" => Kind::List,
        "map" | "hashmap" => Kind::Map,
        "object" | "jsonobject" | "json" => Kind::Object,
        "null" | "none" => Kind::Nothing,
        _ => Kind::Unknown,
    }
}

/// Cuts the type off the end of a row: `Map <String>` is one.
pub(super) fn split_type(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let starts = text.rmatch_indices(' ').map(|(at, _)| at + 1).chain([0]);
    for start in starts.take(4) {
        let (before, word) = text.split_at_checked(start)?;
        if word.starts_with('<') {
            continue;
        }
        if is_spelled(word) && kind(word) != Kind::Unknown {
            return Some((before.trim_end(), word));
        }
        if !text.ends_with('>') {
            return None;
        }
    }
    None
}

/// Whether a word is spelled as types are; `number` and `date` end too many descriptions.
fn is_spelled(word: &str) -> bool {
    let head = word.split(['<', '[', ' ']).next().unwrap_or_default();
    match head {
        "string" | "int" | "integer" | "long" | "double" | "boolean" | "null" | "none" => true,
        "Number" | "Text" | "Date" | "Set" | "Short" | "Char" | "Str" | "None" | "Null" | "Decimal" => false,
        head => head.starts_with(|c: char| c.is_ascii_uppercase()),
    }
}

/// Whether a word can be the name of a field.
pub(super) fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_cut_off_from_the_right() {
        assert_eq!(split_type("ids of crates List<String>"), Some(("ids of crates", "List<String>")));
        assert_eq!(split_type("tags Map <String>"), Some(("tags", "Map <String>")));
        assert_eq!(split_type("tags No Map<String, String>"), Some(("tags No", "Map<String, String>")));
        assert_eq!(split_type("no type here"), None);
        assert_eq!(split_type("a > b"), None);
        assert_eq!(split_type("Long"), Some(("", "Long")));
    }

    #[test]
    fn kinds_follow_the_words() {
        let kinds = ["string", "List<Integer>", "JSONArray", "List<Crate>", "Map<String, String>", "Crate", "String[]"];
        let expected = [Kind::Text, Kind::Scalars, Kind::List, Kind::List, Kind::Map, Kind::Unknown, Kind::Scalars];
        assert_eq!(kinds.map(kind), expected);
    }
}
