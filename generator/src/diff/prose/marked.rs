//! Compares two texts for display: the sentences that differ, with the differing pieces marked.

use super::tokens::{Kind, Token, tokens};

/// Maximum tokens of each text that are compared one by one, because the comparison is quadratic. Longer stretches are
/// marked as a whole.
const MOST: usize = 600;

/// A piece of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether the other text differs here.
    pub differs: bool,
}

/// Both sides of a changed sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Marked {
    /// The old text.
    pub old: Vec<Piece>,
    /// The new text.
    pub new: Vec<Piece>,
}

/// Returns the differing sentences of both texts, with the differing pieces marked. Leaves out sentences that are equal.
pub fn marked(old: &str, new: &str) -> Marked {
    let (before, after) = (sentences(old), sentences(new));
    let [keep_old, keep_new] = common(&before, &after);
    let changed = |sentences: &[&str], keep: &[bool]| -> String {
        sentences.iter().zip(keep).filter(|(_, keep)| !**keep).map(|(sentence, _)| *sentence).collect()
    };
    let (old, new) = (changed(&before, &keep_old), changed(&after, &keep_new));
    let (old_tokens, new_tokens) = (tokens(old.trim()), tokens(new.trim()));
    let [same_old, same_new] = common(&old_tokens, &new_tokens);
    Marked { old: pieces(&old_tokens, &same_old), new: pieces(&new_tokens, &same_new) }
}

/// Splits after signs that end a sentence, and after line breaks.
fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(['。', '！', '？', '；', '\n']).collect()
}

fn pieces(tokens: &[Token<'_>], same_at: &[bool]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (index, (token, same)) in tokens.iter().zip(same_at).enumerate() {
        // A blank between two words that differ belongs to them: one mark is easier to read than two.
        let next_differs = same_at.get(index + 1).is_some_and(|same| !same);
        let is_bridge = token.kind == Kind::Blank && next_differs && pieces.last().is_some_and(|piece| piece.differs);
        let differs = !same || is_bridge;
        match pieces.last_mut() {
            Some(piece) if piece.differs == differs => piece.text.push_str(token.text),
            _ => pieces.push(Piece { text: token.text.to_owned(), differs }),
        }
    }
    pieces
}

/// Returns for each item of both lists whether it belongs to their longest common subsequence.
fn common<T: PartialEq>(old: &[T], new: &[T]) -> [Vec<bool>; 2] {
    let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
    let mut same = [old.len(), new.len()]
        .map(|length| (0..length).map(|index| index < start || index >= length - end).collect::<Vec<bool>>());
    let inner = |list: &'_ [T]| start..list.len() - end;
    let (Some(left), Some(right)) = (old.get(inner(old)), new.get(inner(new))) else { return same };
    if left.len() <= MOST && right.len() <= MOST {
        for (i, j) in longest_common(left, right) {
            for (same, index) in same.iter_mut().zip([start + i, start + j]) {
                if let Some(same) = same.get_mut(index) {
                    *same = true;
                }
            }
        }
    }
    same
}

/// Returns the index pairs of the longest common subsequence.
fn longest_common<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut lengths = vec![0u32; (old.len() + 1) * width];
    let at = |lengths: &[u32], i: usize, j: usize| lengths.get(i * width + j).copied().unwrap_or(0);
    for (i, left) in old.iter().enumerate().rev() {
        for (j, right) in new.iter().enumerate().rev() {
            let length = if left == right {
                at(&lengths, i + 1, j + 1) + 1
            } else {
                at(&lengths, i + 1, j).max(at(&lengths, i, j + 1))
            };
            if let Some(cell) = lengths.get_mut(i * width + j) {
                *cell = length;
            }
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while let (Some(left), Some(right)) = (old.get(i), new.get(j)) {
        if left == right {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if at(&lengths, i + 1, j) >= at(&lengths, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| if piece.differs { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect()
    }

    #[test]
    fn what_differs_is_marked_and_the_rest_left_out() {
        let marked = marked("订单列表。每页数量,最大值100。倒序", "订单列表。每页数量,最大值50。倒序");
        assert_eq!(
            (shown(&marked.old), shown(&marked.new)),
            ("每页数量,最大值[100]。".into(), "每页数量,最大值[50]。".into())
        );
        let marked = super::marked("a b c", "a c d");
        assert_eq!((shown(&marked.old), shown(&marked.new)), ("a [b ]c".into(), "a c[ d]".into()));
        let marked = super::marked("", "new");
        assert_eq!((shown(&marked.old), shown(&marked.new)), (String::new(), "[new]".into()));
    }

    #[test]
    fn long_texts_take_no_time() {
        let (old, new) = ("甲".repeat(200_000), "乙".repeat(200_000));
        assert_eq!(super::marked(&old, &new).new.len(), 1);
    }
}
