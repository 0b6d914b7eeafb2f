//! Finds the family that an API belongs to, and the file for its transcript.

use std::collections::BTreeMap;
use std::fmt;

use crate::names::reserved::is_taken_module;
use crate::names::words;
use crate::spec::{NameForm, PlatformSpec, undeclared_prefix};
use crate::terms::is_folder_name;

/// The known families: those that are declared, and those that existing transcripts imply.
///
/// The family of an API follows from its name, the platform file and the transcripts that exist, and from nothing else that is
/// read with it: a catalogue that is read in parts gets the families of one that is read at once.
#[derive(Clone, Debug, Default)]
pub struct Families {
    /// The vendor's own root: the families of its APIs are called after the second segment alone. Other roots can have the same
    /// segments, so theirs are called after both.
    root: String,
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
    pub undeclared: Option<Prefix>,
}

/// The prefix of a family that is not declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// The prefix of this family alone.
    Own(String),
    /// A whole root (`acme`, of the API `acme.time`): declared, it would take the APIs of families to come.
    Root(String),
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
    /// Takes the families that the file of a platform declares.
    pub fn new(platform: &str, spec: &PlatformSpec) -> Self {
        let mut known = Self { root: root(platform, spec), ..Self::default() };
        for (name, family) in &spec.families {
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
            None => self.made_for(prefix, segment, form),
        };
        if self.made.get(&family).is_some_and(|made| made.as_deref() != Some(prefix)) {
            return Err(HomeError::Taken(family));
        }
        let is_root = form == NameForm::Rooted && !prefix.contains('.');
        let undeclared = if is_root { Prefix::Root } else { Prefix::Own }(prefix.to_owned());
        let home = home(family, rest(api, prefix), Some(undeclared))?;
        self.made.entry(home.family.clone()).or_insert_with(|| Some(prefix.to_owned()));
        Ok(home)
    }

    /// Returns the folder that already has APIs of this prefix; otherwise the segment, or the whole prefix where another
    /// root can use the segment, or another family has its name.
    fn made_for(&self, prefix: &str, segment: &str, form: NameForm) -> String {
        if let Some((known, _)) = self.made.iter().find(|(_, made)| made.as_deref() == Some(prefix)) {
            return known.clone();
        }
        let short = words::snake(segment);
        let is_of_root = prefix.split('.').next() == Some(self.root.as_str()) && segment != self.root;
        let is_own = form == NameForm::Path || is_of_root || prefix == segment;
        let is_free = is_own && self.made.get(&short).is_none_or(|made| made.as_deref() == Some(prefix));
        let is_short = is_free && short.starts_with(|c: char| c.is_ascii_lowercase());
        let made = if is_short && !is_taken_module(&short) { short } else { words::snake(prefix) };
        if is_taken_module(&made) { format!("{made}_api") } else { made }
    }
}

/// Returns the root of the vendor's own APIs: the one that keys of answers drop (`taobao.`), else that of most declared
/// families that are called after a segment, else the platform's name.
fn root(platform: &str, spec: &PlatformSpec) -> String {
    let envelope = spec.response.envelope.root.as_ref();
    let dropped = envelope.and_then(|root| root.strip.as_deref()).and_then(|strip| strip.split('.').next());
    if let Some(root) = dropped.filter(|root| !root.is_empty()) {
        return root.to_owned();
    }
    let mut roots: Vec<(&str, usize)> = Vec::new();
    for (name, prefix) in
        spec.families.iter().flat_map(|(name, family)| family.prefixes.iter().map(move |of| (name, of)))
    {
        let Some((root, _)) = prefix.split_once('.').filter(|(_, segment)| words::snake(segment) == name) else {
            continue;
        };
        match roots.iter_mut().find(|(known, _)| *known == root) {
            Some((_, count)) => *count += 1,
            None => roots.push((root, 1)),
        }
    }
    // The first of those with the same number.
    let most = roots.iter().rev().max_by_key(|(_, count)| *count);
    most.map_or(platform, |(root, _)| root).to_owned()
}

fn home(family: String, rest: &str, undeclared: Option<Prefix>) -> Result<Home, HomeError> {
    let leaf = words::snake(rest);
    let is_name =
        |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !is_folder_name(&family) {
        return Err(HomeError::BadFamily(family));
    }
    if !is_name(&leaf) {
        return Err(HomeError::NoLeaf);
    }
    Ok(Home { family, leaf, undeclared })
}

/// Returns the name without the prefix and its dot. Empty if the prefix does not fit or nothing is left.
fn rest<'a>(api: &'a str, prefix: &str) -> &'a str {
    api.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('.')).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::spec::FamilySpec;

    #[test]
    fn a_segment_makes_a_family_once() {
        let mut families = Families { root: "acme".to_owned(), ..Families::default() };
        let mut place = |api: &str| families.place(api, NameForm::Rooted, None).map(|home| (home.family, home.leaf));
        assert_eq!(place("acme.depot.send"), Ok(("depot".into(), "send".into())));
        assert_eq!(place("other.depot.get.all"), Ok(("other_depot".into(), "get_all".into())));
        assert_eq!(place("acme.depot.getAll"), Ok(("depot".into(), "get_all".into())));
        assert_eq!(place("depot.send"), Err(HomeError::Taken("depot".into())));
        assert_eq!(place("send"), Err(HomeError::NoSegments));
    }

    #[test]
    fn no_family_has_the_name_of_a_module_of_the_crate_or_of_rust() {
        let mut families = Families { root: "acme".to_owned(), ..Families::default() };
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
            (home.family, home.leaf, home.undeclared)
        };
        let home = |family: &str, leaf: &str, prefix: &str| {
            (family.to_owned(), leaf.to_owned(), Some(Prefix::Own(prefix.to_owned())))
        };
        assert_eq!(place("voice.group.call.send"), home("voice", "group_call_send", "voice"));
        assert_eq!(place("v3.cc.seat.addSeatList"), home("cc", "seat_add_seat_list", "v3.cc"));
        assert_eq!(place("otp.backfillRate"), home("otp", "backfill_rate", "otp"));
    }

    const PLATFORM: &str = "title: A\nenvironments: {p: 'https://a.example.com'}\nrequest: {body: form, method: POST, content_type: text/plain}\nresponse: {lists: bare, envelope: {http: {code: c, message: m}}}\nsigning: {}\n";

    fn platform(families: &str, strip: Option<&str>) -> PlatformSpec {
        let mut spec: PlatformSpec =
            serde_yaml::from_str(&format!("{PLATFORM}families: {families}\n")).expect("a spec");
        let root = strip.map(|strip| format!("strip: {strip}\nerror: e\ncode: c\nmessage: m\n"));
        spec.response.envelope.root = root.map(|root| serde_yaml::from_str(&root).expect("an envelope"));
        spec
    }

    #[test]
    fn the_vendors_own_root_is_left_out() {
        for (families, strip, expected) in [
            ("{}", None, "acme"),
            ("{}", Some("other."), "other"),
            ("{boxes: {title: B, prefixes: [more.boxes]}}", None, "more"),
            ("{boxes: {title: B, prefixes: [more.boxes]}}", Some("other."), "other"),
            // A name with its root shows no root that is left out.
            ("{more_boxes: {title: B, prefixes: [more.boxes]}, seat: {title: S, prefixes: [seat]}}", None, "acme"),
            ("{a: {title: A, prefixes: [x.a, y.a]}, b: {title: B, prefixes: [y.b]}}", None, "y"),
        ] {
            assert_eq!(root("acme", &platform(families, strip)), expected, "{families}");
        }
    }

    /// Family and file name by API.
    type Places = BTreeMap<String, (String, String)>;

    /// Reads APIs as one run does, behind those that were read before.
    fn read(apis: &[String], before: &Places, spec: &PlatformSpec) -> (Places, BTreeMap<String, String>) {
        let mut families = Families::new("acme", spec);
        for (api, (family, _)) in before {
            families.learn(family, api, NameForm::Rooted);
        }
        let mut apis: Vec<&String> = apis.iter().collect();
        apis.sort();
        let (mut places, mut undeclared) = (before.clone(), BTreeMap::new());
        for api in apis {
            let home = families.place(api, NameForm::Rooted, None).expect("a place");
            if let Some(Prefix::Own(prefix)) = home.undeclared {
                undeclared.insert(home.family.clone(), prefix);
            }
            places.insert(api.clone(), (home.family, home.leaf));
        }
        (places, undeclared)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_catalogue_that_is_read_in_parts_gets_the_same_families(
            apis in proptest::collection::btree_set("(acme|other|third)(\\.(crate|box|o2o|3d|acme|type))?\\.[a-c](\\.get)?", 1..24),
            parts in proptest::collection::vec(0_u8..3, 24),
            is_declared in any::<bool>(),
        ) {
            let apis: Vec<String> = apis.into_iter().collect();
            let (at_once, _) = read(&apis, &Places::new(), &platform("{}", None));
            let mut spec = platform("{}", None);
            let mut places = Places::new();
            for part in 0..3 {
                let of_part = apis.iter().zip(&parts).filter(|(_, of)| **of == part).map(|(api, _)| api.clone());
                let (read, undeclared) = read(&of_part.collect::<Vec<_>>(), &places, &spec);
                places = read;
                for (family, prefix) in undeclared.into_iter().filter(|_| is_declared) {
                    let declared = FamilySpec { title: family.clone(), prefixes: vec![prefix] };
                    spec.families.insert(family, declared);
                }
            }
            prop_assert_eq!(places, at_once);
        }
    }
}
