//! The macro that defines terms.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};

/// Defines enums whose variants have a fixed word, with conversions in both directions and serde by word.
macro_rules! terms {
    ($(
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+
        }
    )+) => {$(
        $(#[$meta])*
        #[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
        $vis enum $name {
            $($(#[$variant_meta])* $variant,)+
        }

        impl $name {
            /// Every term, in the order of declaration.
            $vis const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word of every term, in the same order.
            $vis const WORDS: &'static [&'static str] = &[$($word,)+];

            /// Returns the word of the term.
            #[must_use]
            $vis const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// Returns the term with this word.
            #[must_use]
            $vis fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::terms::define::read(deserializer, Self::from_word, Self::WORDS)
            }
        }
    )+};
}

pub(super) use terms;

/// Deserializes a term from its word.
pub(super) fn read<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    from_word: fn(&str) -> Option<T>,
    words: &'static [&'static str],
) -> Result<T, D::Error> {
    deserializer.deserialize_str(Reader { from_word, words, term: PhantomData })
}

struct Reader<T> {
    from_word: fn(&str) -> Option<T>,
    words: &'static [&'static str],
    term: PhantomData<T>,
}

impl<T> Visitor<'_> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one of {}", self.words.join(", "))
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<T, E> {
        (self.from_word)(word).ok_or_else(|| E::unknown_variant(word, self.words))
    }
}

#[cfg(test)]
mod tests {
    terms! {
        /// What the tests are about.
        enum Fruit {
            /// `pear`
            Pear = "pear",
            /// `blood-orange`
            BloodOrange = "blood-orange",
        }
    }

    #[test]
    fn terms_and_words_convert_into_each_other() {
        for (term, word) in Fruit::ALL.iter().zip(Fruit::WORDS) {
            assert_eq!((term.word(), Fruit::from_word(word)), (*word, Some(*term)));
        }
        assert_eq!(Fruit::from_word("Pear"), None);
    }

    #[test]
    fn serde_uses_the_word() {
        let text = serde_yaml::to_string(&Fruit::BloodOrange).expect("a term serializes");
        assert_eq!(text.trim(), "blood-orange");
        assert_eq!(serde_yaml::from_str::<Fruit>(&text).ok(), Some(Fruit::BloodOrange));
    }

    #[test]
    fn an_unknown_word_is_answered_with_the_known_ones() {
        let error = serde_yaml::from_str::<Fruit>("plum").expect_err("an unknown word").to_string();
        assert_eq!(error, "unknown variant `plum`, expected `pear` or `blood-orange`");
        let error = serde_yaml::from_str::<Fruit>("[pear]").expect_err("not a word").to_string();
        assert!(error.contains("expected one of pear, blood-orange"), "{error}");
    }
}
