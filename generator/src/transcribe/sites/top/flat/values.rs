//! Values as the words of a row show them, where no sample does.

use serde::de::IgnoredAny;

/// Words that say something about a value that stands before them.
const EXPLAINS: &[&str] = &["表示", "代表", "指", "为", "是", "则", "时", "即", "或", "到", "至"];

/// Returns whether a row's first word is its example and the other words are its description: the first is a value of the
/// type, and the others neither explain the value nor contain another one.
pub(super) fn is_settled(first: &str, more: &str, type_word: &str) -> bool {
    let explains = EXPLAINS.iter().any(|word| more.starts_with(word));
    let is_text = more.chars().next().is_some_and(char::is_alphabetic) && !more.is_ascii();
    let is_value = match type_word {
        "Boolean" => matches!(first, "true" | "false") && !more.contains("true") && !more.contains("false"),
        "Number" => is_number(first),
        _ => false,
    };
    is_value && is_text && !explains && !more.contains(|c: char| c.is_ascii_digit())
}

fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns where the JSON object or array ends that a text begins with.
pub(super) fn json_end(text: &str) -> Option<usize> {
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    Some(values.byte_offset())
}

/// Returns where the bracket ends that a text begins with. Brackets in quotes do not count.
pub(super) fn bracket_end(text: &str) -> Option<usize> {
    let (mut depth, mut quoted) = (0_usize, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return (at > 0).then_some(at + c.len_utf8());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_settles_which_word_is_the_example() {
        for (first, more, word) in [("true", "完成", "Boolean"), ("12", "件数", "Number"), ("-1", "余量", "Number")]
        {
            assert!(is_settled(first, more, word), "{first} {more}");
        }
        for (first, more, word) in [
            ("true", "表示完成", "Boolean"),
            ("true", "完成 false 未完成", "Boolean"),
            ("1", "待发货 2 已发货", "Number"),
            ("1", "crates", "Number"),
            ("1", "件数", "String"),
            ("red", "标签", "Number"),
        ] {
            assert!(!is_settled(first, more, word), "{first} {more}");
        }
    }

    #[test]
    fn brackets_end_outside_of_quotes() {
        assert_eq!(json_end("{\"a\": \"}\", \"b\": [1]} 箱子"), Some(20));
        assert_eq!((json_end("{a} 箱子"), json_end("箱子")), (None, None));
        assert_eq!((bracket_end("{a [b]} 箱"), bracket_end("{a"), bracket_end("a]")), (Some(7), None, None));
    }
}
