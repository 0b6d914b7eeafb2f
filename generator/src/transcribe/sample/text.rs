//! Comparing a cell of a table with what a sample prints for it.

/// The signs that pages write as entities.
const ENTITIES: [(&str, &str); 7] =
    [("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];

/// Whether a cell and a literal are one text: white space, entities and, at worst, quotes do not count.
pub(crate) fn same(cell: &str, literal: &str) -> bool {
    if cell == literal {
        return true;
    }
    let (one, other) = (fold(cell), fold(literal));
    if one == other {
        return true;
    }
    let (one, other) = (bare(&one), bare(&other));
    !one.is_empty() && one == other
}

/// Without white space and entities.
pub(crate) fn fold(text: &str) -> String {
    let mut text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.contains('&') {
        for (entity, sign) in ENTITIES {
            text = text.replace(entity, sign);
        }
    }
    text
}

/// Without quotes and backslashes too.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '"' | '\\' | '\'')).collect()
}

/// So long a literal is compared at every blank; a longer one only if it is printed as in the row.
const LONGEST_LENIENT: usize = 2048;

/// Cuts a row's rest where the literal ends: the literal's part and what follows its blank.
pub(crate) fn cut<'a>(rest: &'a str, literal: &str) -> Option<(&'a str, &'a str)> {
    let parts = |at: usize| rest.split_at_checked(at).map(|(head, tail)| (head, tail.trim_start()));
    if let Some(at) = plain_end(rest, literal) {
        return parts(at);
    }
    if literal.len() > LONGEST_LENIENT {
        return None;
    }
    let borders = rest.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at).chain([rest.len()]);
    let most = literal.len().saturating_mul(6).saturating_add(64);
    let mut borders = borders.take_while(|at| *at <= most);
    borders.find(|at| rest.get(..*at).is_some_and(|head| same(head, literal))).and_then(parts)
}

/// Where the literal ends if only white space differs.
fn plain_end(rest: &str, literal: &str) -> Option<usize> {
    let mut signs = rest.char_indices().filter(|(_, c)| !c.is_whitespace());
    let mut end = 0;
    for wanted in literal.chars().filter(|c| !c.is_whitespace()) {
        let (at, _) = signs.next().filter(|(_, found)| *found == wanted)?;
        end = at + wanted.len_utf8();
    }
    let stops = rest.get(end..).is_some_and(|tail| tail.is_empty() || tail.starts_with(' '));
    (end > 0 && stops).then_some(end)
}

/// Whether a text is one single CJK sign: such cells disappear from flattened pages.
pub(crate) fn is_lost_cell(text: &str) -> bool {
    let mut chars = text.trim().chars();
    matches!((chars.next(), chars.next()), (Some(sign), None) if is_cjk(sign))
}

fn is_cjk(sign: char) -> bool {
    matches!(u32::from(sign), 0x2e80..=0x9fff | 0xf900..=0xfaff | 0xff00..=0xffef | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_and_literals_are_compared_leniently() {
        assert!(same("red 7", "red  7") && same("{\"k\":1}", "{\\\"k\\\":1}") && same("a&b", "a&amp;b"));
        assert!(!same("red", "rod") && !same("", "x") && !same("x", ""));
    }

    #[test]
    fn rows_are_cut_at_a_blank() {
        assert_eq!(cut("a b c free text", "a b c"), Some(("a b c", "free text")));
        assert_eq!(cut("abc", "abc"), Some(("abc", "")));
        assert_eq!(cut("abcd free", "abc"), None);
    }

    #[test]
    fn single_cjk_signs_get_lost() {
        assert!(is_lost_cell("区") && !is_lost_cell("x") && !is_lost_cell("地区"));
    }
}
