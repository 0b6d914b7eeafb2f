//! Comparing a cell of a table with what a sample prints for it.

/// The signs that pages write as entities.
const ENTITIES: [(&str, char); 7] =
    [("&quot;", '"'), ("&#34;", '"'), ("&#39;", '\''), ("&apos;", '\''), ("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&')];

/// Whether a cell and a literal are one text: white space, entities and, at worst, quotes do not count.
pub(crate) fn same(cell: &str, literal: &str) -> bool {
    if cell == literal {
        return true;
    }
    let has_signs = bare(cell).next().is_some();
    // The common start needs no folding, because entities contain no blanks.
    let start = cell.bytes().zip(literal.bytes()).take_while(|(one, other)| one == other).count();
    let blank = cell.as_bytes().get(..start).and_then(|same| same.iter().rposition(|byte| *byte == b' ')).unwrap_or(0);
    let (one, other) = (cell.get(blank..).unwrap_or_default(), literal.get(blank..).unwrap_or_default());
    bare(one).eq(bare(other)) && (has_signs || fold(cell).eq(fold(literal)))
}

/// The signs of a text without white space, entities resolved.
pub(crate) fn fold(text: &str) -> impl Iterator<Item = char> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let sign = rest.chars().next()?;
        let entity = ENTITIES.iter().filter(|_| sign == '&').find(|(entity, _)| rest.starts_with(entity));
        let (length, sign) = entity.map_or((sign.len_utf8(), sign), |(entity, sign)| (entity.len(), *sign));
        rest = rest.get(length..).unwrap_or_default();
        Some(sign)
    })
}

/// Without quotes and backslashes too.
fn bare(text: &str) -> impl Iterator<Item = char> {
    fold(text).filter(|c| !matches!(c, '"' | '\\' | '\''))
}

/// Cuts a row's rest where the literal ends: the literal's part and what follows its blank.
pub(crate) fn cut<'a>(rest: &'a str, literal: &str) -> Option<(&'a str, &'a str)> {
    let parts = |at: usize| rest.split_at_checked(at).map(|(head, tail)| (head, tail.trim_start()));
    if let Some(at) = plain_end(rest, literal) {
        return parts(at);
    }
    // Only where as many signs stand before a blank can the literal end there.
    let wanted = bare(literal).count();
    let mut count = 0;
    let mut at = 0;
    for word in rest.split_inclusive(' ') {
        count += bare(word).count();
        let end = at + word.trim_end_matches(' ').len();
        at += word.len();
        if count > wanted {
            return None;
        }
        if count == wanted && rest.get(..end).is_some_and(|head| same(head, literal)) {
            return parts(end);
        }
    }
    None
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
