//! Splits a text of a page into clauses, without changing it: a quote must be a part of the text.

/// Signs that end a clause.
const ENDS: &str = "，,；;。！!？?、\n()（）[]【】{}";

/// Signs that end a sentence.
const SENTENCE_ENDS: &str = "；;。！!？?\n";

/// Signs at which a quote of several clauses can begin or end.
const JOINTS: &str = ":： \t";

/// A clause of a text.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct Clause<'t> {
    /// The clause without white space around it.
    pub(super) text: &'t str,
    /// The part of its sentence before it.
    pub(super) before: &'t str,
}

/// Returns the clauses of a text that are not blank.
pub(super) fn clauses(text: &str) -> Vec<Clause<'_>> {
    let (mut clauses, mut start, mut sentence) = (Vec::new(), 0, 0);
    let ends = breaks(text).map(|(at, length)| (at, at + length));
    for (end, next) in ends.chain([(text.len(), text.len())]) {
        let clause = text.get(start..end).unwrap_or_default().trim();
        if !clause.is_empty() {
            clauses.push(Clause { text: clause, before: text.get(sentence..start).unwrap_or_default() });
        }
        start = next;
        if text.get(end..next).is_some_and(|sign| sign.contains(|c| SENTENCE_ENDS.contains(c) || c == '<')) {
            sentence = next;
        }
    }
    clauses
}

/// Returns the positions at which a quote can begin or end, in ascending order.
pub(super) fn joints(text: &str) -> Vec<usize> {
    let signs = breaks(text).flat_map(|(at, length)| [at, at + length]);
    let spaces = text.char_indices().filter(|(_, c)| JOINTS.contains(*c)).flat_map(|(at, c)| [at, at + c.len_utf8()]);
    let mut joints: Vec<usize> = signs.chain(spaces).chain([0, text.len()]).collect();
    joints.sort_unstable();
    joints.dedup();
    joints
}

/// Returns position and length of the signs and tags between clauses.
fn breaks(text: &str) -> impl Iterator<Item = (usize, usize)> {
    text.char_indices().filter_map(move |(at, c)| {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let next = rest.chars().next().unwrap_or(' ');
        let is_break = match c {
            // A thousands separator, or a decimal point.
            ',' | '，' => !(next.is_ascii_digit() && is_after_digit(text, at)),
            '.' => next.is_whitespace(),
            '<' => return tag(rest).map(|length| (at, 1 + length)),
            c => ENDS.contains(c),
        };
        is_break.then_some((at, c.len_utf8()))
    })
}

fn is_after_digit(text: &str, at: usize) -> bool {
    text.get(..at).and_then(|text| text.chars().next_back()).is_some_and(|c| c.is_ascii_digit())
}

/// Returns the length of a tag behind its `<`.
fn tag(text: &str) -> Option<usize> {
    let is_tag = text.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic());
    text.find('>').filter(|end| is_tag && *end < 100).map(|end| end + 1)
}

/// Returns the number of ideographs, numbers and Latin words of a text.
pub(super) fn words(text: &str) -> usize {
    let (mut count, mut inside) = (0, false);
    for c in text.chars() {
        let is_part = c.is_ascii_alphanumeric();
        count += usize::from(is_part && !inside || !is_part && c.is_alphabetic());
        inside = is_part;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_end_at_signs_and_tags() {
        let text = "编号列表，最多1,000个(必填)。单位<br/>1.5元, in all. Max 3";
        let found: Vec<&str> = clauses(text).iter().map(|clause| clause.text).collect();
        assert_eq!(found, ["编号列表", "最多1,000个", "必填", "单位", "1.5元", "in all", "Max 3"]);
        let found = clauses("若为空，最多3个；最多5个");
        assert_eq!(found.iter().map(|clause| clause.before).collect::<Vec<_>>(), ["", "若为空，", ""]);
    }

    #[test]
    fn words_are_counted_in_both_scripts() {
        assert_eq!([words("最多100条"), words("at most 3 items"), words("【】")], [4, 4, 0]);
    }
}
