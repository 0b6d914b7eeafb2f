//! Splitting and casing of vendor words: the only place that calls heck.

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::reserved::is_keyword;

/// `importCustomer`, `crm.open.customer.save` → `import_customer`, `crm_open_customer_save`.
///
/// Empty if no character of the word can be part of a Rust identifier.
#[must_use]
pub fn snake(word: &str) -> String {
    words_of(word).to_snake_case()
}

/// `ivrImportCustomerDTO`, `use_book_info` → `IvrImportCustomerDto`, `UseBookInfo`.
///
/// Empty if no character of the word can be part of a Rust identifier.
#[must_use]
pub fn pascal(word: &str) -> String {
    words_of(word).to_upper_camel_case()
}

/// `on_hold` → `OnHold`; a variant that would start with a digit gets an underscore in front.
#[must_use]
pub fn variant(word: &str) -> String {
    lead(pascal(word))
}

/// Puts an underscore in front of a name that would start with a digit.
pub(super) fn lead(text: String) -> String {
    if text.starts_with(|c: char| c.is_ascii_digit()) { format!("_{text}") } else { text }
}

/// Turns every character that cannot be part of an identifier into a word border.
///
/// heck splits at what is not alphanumeric, and a few alphanumeric characters (`²`, `½`) are not identifier characters.
fn words_of(word: &str) -> String {
    let keep = |c: char| c == '_' || unicode_ident_continue(c);
    word.chars().map(|c| if keep(c) { c } else { ' ' }).collect()
}

/// Whether the character can be part of an identifier. Uses syn's rule, so that both always agree.
fn unicode_ident_continue(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && is_identifier(&format!("a{c}")))
}

/// Whether the text is a Rust identifier and not a keyword.
///
/// syn skips blanks and comments around an identifier and accepts raw ones, so its result is compared with the text.
#[must_use]
pub fn is_identifier(text: &str) -> bool {
    if text.is_ascii() {
        // Most names: parsing each of them would take longer than all other work on it.
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let starts = text.starts_with(|c: char| c.is_ascii_alphabetic()) || (text.starts_with('_') && text.len() > 1);
        return starts && text.chars().all(is_plain) && !is_keyword(text);
    }
    let is_whole = || syn::parse_str::<syn::Ident>(text).is_ok_and(|identifier| identifier == text);
    !text.starts_with("r#") && !is_keyword(text) && is_whole()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vendor_words_become_snake_case() {
        for (word, expected) in [
            ("crm.open.customer.save", "crm_open_customer_save"),
            ("importCustomer.del", "import_customer_del"),
            ("ivr_import_customer_d_t_o", "ivr_import_customer_d_t_o"),
            ("CreateAppForBid.2013-07-01", "create_app_for_bid_2013_07_01"),
            ("is_3D", "is_3d"),
            ("_t", "t"),
            ("客户", "客户"),
            ("²", ""),
        ] {
            assert_eq!(snake(word), expected, "{word}");
        }
    }

    #[test]
    fn vendor_words_become_pascal_case() {
        for (word, expected) in [
            ("utouch.submit.initiative.batch.task", "UtouchSubmitInitiativeBatchTask"),
            ("FooDTO", "FooDto"),
            ("customerPersons", "CustomerPersons"),
            ("hmac-sha256", "HmacSha256"),
            ("-", ""),
        ] {
            assert_eq!(pascal(word), expected, "{word}");
        }
    }

    #[test]
    fn ascii_identifiers_are_those_of_syn() {
        let firsts = ["", "a", "Z", "_", "3", "-", "r#", " ", "a b", "type", "self", "Self", "union", "async", "try"];
        for text in firsts.iter().flat_map(|first| ["", "a", "_", "9", "-", "#"].map(|rest| format!("{first}{rest}"))) {
            let of_syn = syn::parse_str::<syn::Ident>(&text).is_ok_and(|identifier| identifier == text.as_str());
            let expected = of_syn && !text.starts_with("r#") && !is_keyword(&text);
            assert_eq!(is_identifier(&text), expected, "{text:?}");
        }
    }

    #[test]
    fn keywords_are_no_identifiers() {
        assert!(is_identifier("type_"));
        assert!(!is_identifier("type"));
        assert!(!is_identifier("3d"));
        assert!(!is_identifier("a b"));
    }
}
