//! A changed sentence, shown once with the differences marked.

use crate::diff::prose::{Piece, marked};

/// Characters of equal text that are kept beside a difference.
const AROUND: usize = 24;

/// Maximum characters of one difference.
const MOST: usize = 240;

/// Returns the sentences that differ as one line: `at most [-100-]{+50+} pages`.
pub(super) fn merged(old: &str, new: &str) -> String {
    let marked = marked(old, new);
    let stretches = stretches(&marked.old, &marked.new);
    let last = stretches.len().saturating_sub(1);
    let text = stretches.iter().enumerate().map(|(index, stretch)| match stretch {
        Stretch::Same(text) => around(text, index > 0, index < last),
        Stretch::Old(text) => format!("[-{}-]", cut(text)),
        Stretch::New(text) => format!("{{+{}+}}", cut(text)),
    });
    let text: String = text.collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(PartialEq, Eq, Debug)]
enum Stretch {
    Same(String),
    Old(String),
    New(String),
}

/// Merges both sides of a changed text.
fn stretches(old: &[Piece], new: &[Piece]) -> Vec<Stretch> {
    let (mut old, mut new) = (Reader::new(old), Reader::new(new));
    let mut merged = Vec::new();
    while !(old.is_at_end() && new.is_at_end()) {
        let (gone, fresh) = (old.differing(), new.differing());
        merged.extend((!gone.is_empty()).then_some(Stretch::Old(gone)));
        merged.extend((!fresh.is_empty()).then_some(Stretch::New(fresh)));
        let same = same(&mut old, &mut new);
        merged.extend((!same.is_empty()).then_some(Stretch::Same(same)));
    }
    merged
}

/// Reads equal text up to the next difference on either side.
fn same(old: &mut Reader<'_>, new: &mut Reader<'_>) -> String {
    let mut text = String::new();
    loop {
        match (old.equal(), new.equal()) {
            (Some(left), Some(right)) if left == right => {
                old.step();
                new.step();
                text.push(left);
            }
            // A blank between two differences belongs to them, so it may be equal on one side only.
            (Some(left), Some(right)) if !left.is_whitespace() && right.is_whitespace() => {
                new.step();
                text.push(right);
            }
            (Some(left), _) => {
                old.step();
                text.push(left);
            }
            (None, Some(right)) => {
                new.step();
                text.push(right);
            }
            (None, None) => return text,
        }
        if old.is_at_difference() || new.is_at_difference() {
            return text;
        }
    }
}

/// Reads one side, character by character.
struct Reader<'p> {
    chars: std::iter::Peekable<Box<dyn Iterator<Item = (char, bool)> + 'p>>,
}

impl<'p> Reader<'p> {
    fn new(pieces: &'p [Piece]) -> Self {
        let chars = pieces.iter().flat_map(|piece| piece.text.chars().map(|c| (c, piece.differs)));
        let chars: Box<dyn Iterator<Item = (char, bool)> + 'p> = Box::new(chars);
        Self { chars: chars.peekable() }
    }

    fn is_at_end(&mut self) -> bool {
        self.chars.peek().is_none()
    }

    fn is_at_difference(&mut self) -> bool {
        self.chars.peek().is_some_and(|(_, differs)| *differs)
    }

    /// Returns the next character if it is equal on both sides.
    fn equal(&mut self) -> Option<char> {
        self.chars.peek().filter(|(_, differs)| !differs).map(|(c, _)| *c)
    }

    fn step(&mut self) {
        self.chars.next();
    }

    /// Reads the difference that starts here; empty if there is none.
    fn differing(&mut self) -> String {
        let mut text = String::new();
        while let Some((c, _)) = self.chars.next_if(|(_, differs)| *differs) {
            text.push(c);
        }
        text
    }
}

/// Returns the ends of an equal stretch that have a difference beside them.
fn around(text: &str, before: bool, after: bool) -> String {
    let count = text.chars().count();
    let [head, tail] = [before, after].map(|keep| if keep { AROUND } else { 0 });
    if count <= head + tail + AROUND {
        return text.to_owned();
    }
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(count - tail).collect();
    format!("{start}…{end}")
}

fn cut(text: &str) -> String {
    let shown: String = text.chars().take(MOST).collect();
    if shown.len() < text.len() { shown + "…" } else { shown }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_sentence_is_shown_once() {
        for (old, new, shown) in [
            ("每页数量,最大值100", "每页数量,最大值50", "每页数量,最大值[-100-]{+50+}"),
            ("a b c", "a c d", "a [-b -]c{+ d+}"),
            ("one", "two", "[-one-]{+two+}"),
            ("Whether it left", "Whether it left, at most 5", "Whether it left{+, at most 5+}"),
            ("x y z", "x z", "x [-y -]z"),
        ] {
            assert_eq!(merged(old, new), shown);
        }
        let long = "字".repeat(200);
        let shown = merged(&format!("{long}1{long}"), &format!("{long}2{long}"));
        assert_eq!(shown, format!("…{0}[-1-]{{+2+}}{0}…", "字".repeat(AROUND)));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn both_sides_are_in_it(old in "[ab1 ,最大]{0,30}", new in "[ab1 ,最大]{0,30}") {
            let marked = marked(&old, &new);
            let stretches = stretches(&marked.old, &marked.new);
            let side = |wanted: fn(&Stretch) -> Option<&str>| -> String {
                stretches.iter().filter_map(wanted).collect::<String>().replace(' ', "")
            };
            let text = |pieces: &[Piece]| -> String {
                pieces.iter().map(|piece| piece.text.as_str()).collect::<String>().replace(' ', "")
            };
            let old = side(|stretch| match stretch { Stretch::Same(text) | Stretch::Old(text) => Some(text), Stretch::New(_) => None });
            let new = side(|stretch| match stretch { Stretch::Same(text) | Stretch::New(text) => Some(text), Stretch::Old(_) => None });
            prop_assert_eq!((old, new), (text(&marked.old), text(&marked.new)));
        }
    }
}
