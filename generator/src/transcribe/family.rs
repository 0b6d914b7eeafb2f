//! Finds the family that an API belongs to, and the file for its transcript.

use std::collections::BTreeMap;
use std::fmt;

use crate::names::reserved::is_taken_module;
use crate::names::words;
use crate::spec::{Entries, FamilySpec, NameForm, undeclared_prefix};
use crate::terms::is_folder_name;

/// The known families: those that are declared, and those that existing transcripts imply.
#[derive(Clone, Debug, Default)]
pub struct Families {
    /// Prefix → family, for declared families.
    declared: Vec<(String, String)>,
    /// Family → the prefix that implied it. `None` for declared families.
    made: BTreeMap<String, Option<String>>,
}

/// Where a transcript is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The family's folder.
    pub family: String,
    /// The file name without `.yaml`.
    pub leaf: String,
    /// The prefix to declare, if the family is not declared.
    pub undeclared: Option<String>,
}

/// Why no place was found for an API's transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HomeError {
    /// The name has no segments.
    NoSegments,
    /// The API belongs to this declared family, not to the requested one.
    OtherFamily(String),
    /// The family already has another prefix.
    Taken(String),
    /// The family's name cannot become a module name.
    BadFamily(String),
    /// Nothing is left of the API's name for a file name.
    NoLeaf,
}

impl fmt::Display for HomeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSegments => f.write_str("the API's name has no segments to derive a family from"),
            Self::OtherFamily(family) => write!(f, "the API belongs to the declared family `{family}`"),
            Self::Taken(family) => {
                write!(f, "the family `{family}` already has another prefix; choose another family with --family")
            }
            Self::BadFamily(family) => {
                write!(
                    f,
                    "`{family}` is not a valid family name: use lower-case letters, digits and `_`, starting with a letter"
                )
            }
            Self::NoLeaf => f.write_str("the API's name has no part left for a file name"),
        }
    }
}

impl Families {
    /// Takes the families that a platform file declares.
    pub fn new(families: &Entries<FamilySpec>) -> Self {
        let mut known = Self::default();
        for (name, family) in families {
            known.made.insert(name.clone(), None);
            known.declared.extend(family.prefixes.iter().map(|prefix| (prefix.clone(), name.clone())));
        }
        known
    }

    /// Registers an undeclared folder, from the name of an API in it.
    pub fn learn(&mut self, folder: &str, api: &str, form: NameForm) {
        if let Some((prefix, _)) = undeclared_prefix(api, form) {
            self.made.entry(folder.to_owned()).or_insert(Some(prefix.to_owned()));
        }
    }

    /// Finds the place for an API's transcript, and remembers its family.
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

    /// Returns the folder that already has APIs of this prefix; otherwise the segment, or the whole prefix where another
    /// root uses the segment.
    fn made_for(&self, prefix: &str, segment: &str) -> String {
        if let Some((known, _)) = self.made.iter().find(|(_, made)| made.as_deref() == Some(prefix)) {
            return known.clone();
        }
        let short = words::snake(segment);
        let is_free = self.made.get(&short).is_none_or(|made| made.as_deref() == Some(prefix));
        let is_short = is_free && short.starts_with(|c: char| c.is_ascii_lowercase());
        let made = if is_short && !is_taken_module(&short) { short } else { words::snake(prefix) };
        if is_taken_module(&made) { format!("{made}_api") } else { made }
    }
}

fn home(family: String, rest: &str, undeclared: Option<&str>) -> Result<Home, HomeError> {
    let leaf = words::snake(rest);
    let is_name =
        |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !is_folder_name(&family) {
        return Err(HomeError::BadFamily(family));
    }
    if !is_name(&leaf) {
        return Err(HomeError::NoLeaf);
    }
    Ok(Home { family, leaf, undeclared: undeclared.map(str::to_owned) })
}

/// Returns the name without the prefix and its dot. Empty if the prefix does not fit or nothing is left.
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
        assert_eq!(place("acme.depot.send"), Ok(("depot".into(), "send".into())));
        assert_eq!(place("other.depot.get.all"), Ok(("other_depot".into(), "get_all".into())));
        assert_eq!(place("acme.depot.getAll"), Ok(("depot".into(), "get_all".into())));
        assert_eq!(place("depot.send"), Err(HomeError::Taken("depot".into())));
        assert_eq!(place("send"), Err(HomeError::NoSegments));
    }

    #[test]
    fn no_family_has_the_name_of_a_module_of_the_crate_or_of_rust() {
        let mut families = Families::default();
        let mut place = |api: &str| families.place(api, NameForm::Rooted, None).map(|home| home.family);
        assert_eq!(place("acme.test.get"), Ok("acme_test".into()));
        assert_eq!(place("acme.type.get"), Ok("type".into()));
        let home = families.place("signing.keys.get", NameForm::Path, None).expect("a place");
        assert_eq!((home.family.as_str(), home.leaf.as_str()), ("signing_api", "keys_get"));
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
