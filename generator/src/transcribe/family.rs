//! The family that an API belongs to, and the file that its transcript is.

use std::collections::BTreeMap;
use std::fmt;

use crate::names::words;
use crate::spec::{Entries, FamilySpec, NameForm, undeclared_prefix};

/// The families that are known: those declared, and those that transcripts have made.
#[derive(Clone, Debug, Default)]
pub struct Families {
    /// Prefix → family, those declared.
    declared: Vec<(String, String)>,
    /// Names of all families with the prefix that made them; declared ones have none.
    made: BTreeMap<String, Option<String>>,
}

/// Where a transcript lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The family's folder.
    pub family: String,
    /// The file's name without `.yaml`.
    pub leaf: String,
    /// The prefix to declare, if the family is not declared.
    pub undeclared: Option<String>,
}

/// Why there is no place for an API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HomeError {
    /// The name has no segments.
    NoSegments,
    /// The name does not begin with a prefix of the family that was asked for.
    OtherFamily(String),
    /// The family has another prefix already.
    Taken(String),
    /// A family of this name cannot become a module.
    BadFamily(String),
    /// Nothing is left of the name that could be a file's.
    NoLeaf,
}

impl fmt::Display for HomeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSegments => f.write_str("the API's name has no segments that a family could be found by"),
            Self::OtherFamily(family) => write!(f, "the API's name belongs to the family `{family}`"),
            Self::Taken(family) => write!(f, "the family `{family}` has other prefixes; name another with --family"),
            Self::BadFamily(family) => write!(f, "`{family}` is no name of a family: small letters, digits and `_`"),
            Self::NoLeaf => f.write_str("nothing of the API's name is left to name a file by"),
        }
    }
}

impl Families {
    /// The families of a platform file.
    pub fn new(families: &Entries<FamilySpec>) -> Self {
        let mut known = Self::default();
        for (name, family) in families {
            known.made.insert(name.clone(), None);
            known.declared.extend(family.prefixes.iter().map(|prefix| (prefix.clone(), name.clone())));
        }
        known
    }

    /// Learns of a folder that is not declared, from the name of an API in it.
    pub fn learn(&mut self, folder: &str, api: &str, form: NameForm) {
        if let Some((prefix, _)) = undeclared_prefix(api, form) {
            self.made.entry(folder.to_owned()).or_insert(Some(prefix.to_owned()));
        }
    }

    /// Finds an API's place. A family that is new is known from then on.
    pub fn place(&mut self, api: &str, form: NameForm, wanted: Option<&str>) -> Result<Home, HomeError> {
        let fitting = self.declared.iter().filter(|(prefix, _)| !rest(api, prefix).is_empty());
        if let Some((prefix, family)) = fitting.max_by_key(|(prefix, _)| prefix.len()) {
            if wanted.is_some_and(|wanted| wanted != family) {
                return Err(HomeError::OtherFamily(family.clone()));
            }
            return home(family.clone(), rest(api, prefix), None);
        }
        let (prefix, segment) = undeclared_prefix(api, form).ok_or(HomeError::NoSegments)?;
        let family = match wanted {
            Some(wanted) => wanted.to_owned(),
            None => self.made_for(prefix, segment),
        };
        if self.made.get(&family).is_some_and(|made| made.as_deref() != Some(prefix)) {
            return Err(HomeError::Taken(family));
        }
        let home = home(family, rest(api, prefix), Some(prefix))?;
        self.made.entry(home.family.clone()).or_insert_with(|| Some(prefix.to_owned()));
        Ok(home)
    }

    /// The folder that has such APIs already; else the segment, or with what is before it where another root has taken
    /// that.
    fn made_for(&self, prefix: &str, segment: &str) -> String {
        if let Some((known, _)) = self.made.iter().find(|(_, made)| made.as_deref() == Some(prefix)) {
            return known.clone();
        }
        let short = words::snake(segment);
        let is_free = self.made.get(&short).is_none_or(|made| made.as_deref() == Some(prefix));
        if is_free && short.starts_with(|c: char| c.is_ascii_lowercase()) { short } else { words::snake(prefix) }
    }
}

fn home(family: String, rest: &str, undeclared: Option<&str>) -> Result<Home, HomeError> {
    let leaf = words::snake(rest);
    let is_name =
        |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !is_name(&family) {
        return Err(HomeError::BadFamily(family));
    }
    if !is_name(&leaf) {
        return Err(HomeError::NoLeaf);
    }
    Ok(Home { family, leaf, undeclared: undeclared.map(str::to_owned) })
}

/// The name without the prefix and its dot; empty where the prefix does not fit or nothing is left.
fn rest<'a>(api: &'a str, prefix: &str) -> &'a str {
    api.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('.')).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_makes_a_family_once() {
        let mut families = Families::default();
        let mut place = |api: &str| families.place(api, NameForm::Rooted, None).map(|home| (home.family, home.leaf));
        assert_eq!(place("acme.crate.send"), Ok(("crate".into(), "send".into())));
        assert_eq!(place("other.crate.get.all"), Ok(("other_crate".into(), "get_all".into())));
        assert_eq!(place("acme.crate.getAll"), Ok(("crate".into(), "get_all".into())));
        assert_eq!(place("crate.send"), Err(HomeError::Taken("crate".into())));
        assert_eq!(place("send"), Err(HomeError::NoSegments));
    }

    #[test]
    fn a_folder_that_people_chose_is_found_again() {
        let mut families = Families::default();
        families.learn("boxes", "acme.crate.send", NameForm::Rooted);
        let home = families.place("acme.crate.get", NameForm::Rooted, None).expect("a place");
        assert_eq!((home.family.as_str(), home.leaf.as_str()), ("boxes", "get"));
        let bad = families.place("zeta.crate.get", NameForm::Rooted, Some("../x"));
        assert_eq!(bad, Err(HomeError::BadFamily("../x".into())));
    }

    #[test]
    fn the_family_of_a_path_is_its_first_step_that_is_no_version() {
        let mut families = Families::default();
        let mut place = |api: &str| {
            let home = families.place(api, NameForm::Path, None).expect("a place");
            (home.family, home.leaf, home.undeclared.unwrap_or_default())
        };
        let home = |family: &str, leaf: &str, prefix: &str| (family.to_owned(), leaf.to_owned(), prefix.to_owned());
        assert_eq!(place("voice.group.call.send"), home("voice", "group_call_send", "voice"));
        assert_eq!(place("v3.cc.seat.addSeatList"), home("cc", "seat_add_seat_list", "v3.cc"));
        assert_eq!(place("otp.backfillRate"), home("otp", "backfill_rate", "otp"));
    }
}
