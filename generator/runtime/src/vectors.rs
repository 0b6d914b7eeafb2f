//! Known signatures of a platform, and the check of them: a change of any signed value changes the signature, while the
//! order of the parameters and an earlier signature do not matter. The tests of a generated crate are tables of [`Case`]s.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::{Duration, UNIX_EPOCH};

use crate::error::CredentialsError;
use crate::nonce::{Nonce, NonceError};
use crate::protocol::Platform;
use crate::sign::{Location, Moment, Parts};

/// Names and their values.
pub type Pairs = &'static [(&'static str, &'static str)];

/// Makes credentials from their values, in the order of the platform file. Optional ones may be absent.
pub type Build<P> = fn(&[Option<&str>]) -> Result<<P as Platform>::Credentials, CredentialsError>;

/// A request before it is signed, with everything that its signatures depend on. `M` is the platform's choice of methods.
#[derive(Clone, Copy, Debug)]
pub struct Case<M: 'static> {
    /// HTTP method.
    pub method: &'static str,
    /// URL without its query.
    pub url: &'static str,
    /// Name of the API.
    pub api: &'static str,
    /// Path of the API, below the URL's.
    pub api_path: &'static str,
    /// Parameters in the query.
    pub query: Pairs,
    /// Parameters in the form.
    pub form: Pairs,
    /// Headers.
    pub headers: Pairs,
    /// Body that is not a form.
    pub body: &'static str,
    /// Names of the file parts.
    pub files: &'static [&'static str],
    /// Facts of the operation.
    pub facts: Pairs,
    /// Values of the credentials, for [`Build`].
    pub credentials: &'static [Option<&'static str>],
    /// Time of the attempt, in Unix seconds.
    pub seconds: u64,
    /// Nanoseconds after `seconds`.
    pub nanos: u32,
    /// Values of the nonces.
    pub nonces: Pairs,
    /// Known values of fields other than the signature.
    pub placed: &'static [(Location, &'static str, &'static str)],
    /// The members of the body that are signed.
    pub members: &'static [(Location, &'static str)],
    /// The field with the signature.
    pub signature: Option<(Location, &'static str)>,
    /// Parts that are not checked, because the signature does not depend on them as on the others.
    pub unchecked: &'static [Part],
    /// The known signatures.
    pub vectors: &'static [Vector<M>],
}

/// A known signature of a [`Case`].
#[derive(Clone, Copy, Debug)]
pub struct Vector<M> {
    /// Name and source.
    pub name: &'static str,
    /// The method of signing.
    pub method: M,
    /// The signature; `None` if only other fields are known.
    pub signature: Option<&'static str>,
}

/// A part of a [`Case`] that is changed before it is signed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The value of a parameter or header.
    Value(Location, &'static str),
    /// The body.
    Body,
    /// The time of the attempt.
    Clock,
    /// The credential with this index.
    Credential(usize),
    /// The order of the parameters, which must not matter.
    Order,
    /// A signature that is already there, which must not matter.
    Signature,
}

/// What a part is changed to. It is valid hexadecimal and base64, because a recipe may decode it.
const ALTERED: &str = "a17e4ed0";

impl<M: Copy> Case<M> {
    /// A case with nothing in it.
    pub const EMPTY: Self = Self {
        method: "",
        url: "",
        api: "",
        api_path: "",
        query: &[],
        form: &[],
        headers: &[],
        body: "",
        files: &[],
        facts: &[],
        credentials: &[],
        seconds: 0,
        nanos: 0,
        nonces: &[],
        placed: &[],
        members: &[],
        signature: None,
        unchecked: &[],
        vectors: &[],
    };

    fn pairs(&self) -> [(Location, Pairs); 3] {
        [(Location::Query, self.query), (Location::Form, self.form), (Location::Headers, self.headers)]
    }

    /// Returns the parts that can be changed and are to be checked.
    fn checked_parts(&self) -> impl Iterator<Item = Part> {
        let named =
            self.pairs().into_iter().flat_map(|(location, pairs)| pairs.iter().map(move |(name, _)| (location, *name)));
        let named: BTreeSet<_> = named.chain(self.members.iter().copied()).collect();
        let credentials = self.credentials.iter().enumerate().filter_map(|(index, value)| value.map(|_| index));
        let has_order = self.query.len() > 1 || self.form.len() > 1;
        let parts = named.into_iter().map(|(location, name)| Part::Value(location, name));
        let parts = parts.chain((!self.body.is_empty()).then_some(Part::Body)).chain([Part::Clock]);
        let parts = parts.chain(credentials.map(Part::Credential)).chain(has_order.then_some(Part::Order));
        parts.chain([Part::Signature]).filter(|part| !self.unchecked.contains(part))
    }

    /// Signs the request, with one part changed. An error is returned as text.
    fn signed<P: Platform<SignMethod = M>>(
        &self,
        method: M,
        build: Build<P>,
        altered: Option<Part>,
    ) -> Result<Parts, String> {
        let parts = Parts::new(self.method, self.url).map_err(|error| error.to_string())?;
        let parts = parts.with_body(self.body).with_facts(self.facts).with_api(self.api);
        let parts = if self.api_path.is_empty() { parts } else { parts.with_operation_path(self.api_path) };
        let mut parts = self.files.iter().fold(parts, |parts, file| parts.with_file(*file));
        for (location, pairs) in self.pairs() {
            pairs.iter().for_each(|(name, value)| parts.push(location, *name, *value));
        }
        let (mut credentials, mut seconds) = (self.credentials.to_vec(), self.seconds);
        match altered {
            None => {}
            Some(Part::Value(location, name)) => parts.put(location, name, ALTERED),
            Some(Part::Body) => parts = parts.with_body(altered_body(self.body)),
            // Another day, hour, minute and second.
            Some(Part::Clock) => seconds += 400 * 86_400 + 3_661,
            Some(Part::Credential(index)) => {
                credentials.get_mut(index).into_iter().for_each(|value| *value = Some(ALTERED));
            }
            Some(Part::Order) => {
                [Location::Query, Location::Form].into_iter().for_each(|location| parts.reverse(location))
            }
            Some(Part::Signature) => {
                self.signature
                    .into_iter()
                    .for_each(|(location, name)| parts.put(location, name, "an earlier signature"));
            }
        }
        let credentials = build(&credentials).map_err(|error| error.to_string())?;
        let moment =
            Moment::new(UNIX_EPOCH + Duration::new(seconds, self.nanos), &NoNonce).with_known_nonces(self.nonces);
        P::sign(&mut parts, &credentials, method, &moment).map_err(|error| error.to_string())?;
        Ok(parts)
    }
}

/// Another body of the same kind: a signature may read the members of JSON and XML.
fn altered_body(body: &str) -> &'static str {
    match body.trim_start().as_bytes().first() {
        Some(b'{') => r#"{"altered":"altered"}"#,
        Some(b'<') => "<xml><altered>altered</altered></xml>",
        _ => ALTERED,
    }
}

/// Signs every case with the methods of its vectors, and describes what comes out otherwise. Empty if nothing does.
pub fn deviations<P: Platform>(cases: &[Case<P::SignMethod>], build: Build<P>) -> String {
    let mut found = String::new();
    for (case, vector) in cases.iter().flat_map(|case| case.vectors.iter().map(move |vector| (case, vector))) {
        match case.signed::<P>(vector.method, build, None) {
            Ok(signed) => {
                check_values(case, vector, &signed, &mut found);
                check_parts::<P>(case, vector, build, &signed, &mut found);
            }
            Err(error) => note(&mut found, vector.name, &format!("the request cannot be signed: {error}"), &[]),
        }
    }
    found
}

/// Compares the known values with those of the signed request.
fn check_values<M>(case: &Case<M>, vector: &Vector<M>, signed: &Parts, found: &mut String) {
    let signature = case.signature.zip(vector.signature).map(|((location, name), value)| (location, name, value));
    for (location, name, expected) in case.placed.iter().copied().chain(signature) {
        let actual = signed.field(location, name);
        if actual.as_deref() != Some(expected) {
            let texts = [("expected", Some(expected)), ("actual", actual.as_deref())];
            note(found, vector.name, &format!("wrong value of `{name}` ({location:?})"), &texts);
        }
    }
}

/// Changes one part after the other, and compares the signatures.
fn check_parts<P: Platform>(
    case: &Case<P::SignMethod>,
    vector: &Vector<P::SignMethod>,
    build: Build<P>,
    signed: &Parts,
    found: &mut String,
) {
    let Some((location, name)) = case.signature else { return };
    let before = signed.field(location, name);
    for part in case.checked_parts() {
        let altered = match case.signed::<P>(vector.method, build, Some(part)) {
            Ok(altered) => altered,
            Err(error) => {
                note(found, vector.name, &format!("the request cannot be signed with another {part:?}: {error}"), &[]);
                continue;
            }
        };
        let after = altered.field(location, name);
        let must_differ = !matches!(part, Part::Order | Part::Signature);
        if (before != after) != must_differ {
            let verb = if must_differ { "does not change" } else { "changes" };
            let texts = [("before", before.as_deref()), ("after", after.as_deref())];
            note(found, vector.name, &format!("another {part:?} {verb} the signature"), &texts);
        }
    }
}

/// Writes a deviation with its texts, one per line.
fn note(found: &mut String, vector: &str, problem: &str, texts: &[(&str, Option<&str>)]) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(found, "{vector}: {problem}");
    for (label, text) in texts {
        let _ = writeln!(found, "  {label}: {text:?}");
    }
}

/// A source that has none: the vectors name every nonce.
struct NoNonce;

impl Nonce for NoNonce {
    fn fill(&self, _: &mut [u8]) -> Result<(), NonceError> {
        Err(NonceError)
    }

    fn increasing(&self, millis: u64) -> u64 {
        millis
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{FormPlatform, Keys, Site};
    use crate::sign::SignError;

    /// Signs key, secret, `a`, `b` and the time by writing them down.
    struct Readable;

    impl Platform for Readable {
        type Credentials = Keys;
        type SignMethod = ();
        type Environment = Site;
        const PROTOCOL: crate::Protocol = FormPlatform::PROTOCOL;

        fn sign(parts: &mut Parts, keys: &Keys, (): (), moment: &Moment<'_>) -> Result<(), SignError> {
            let value = |name| parts.get(Location::Query, name).unwrap_or_default();
            let time = moment.unix(0);
            let text = [value("a"), value("b"), &keys.key, keys.secret.expose(), &time].join(".");
            parts.put_query("sign", text);
            parts.put_header("Key", &keys.key);
            Ok(())
        }
    }

    #[allow(clippy::unnecessary_wraps, reason = "as generated crates do")]
    fn keys(values: &[Option<&str>]) -> Result<Keys, CredentialsError> {
        let value = |index: usize| values[index].unwrap_or_default();
        Ok(Keys { key: value(0).to_owned(), secret: value(1).into(), session: None })
    }

    const SOUND: Case<()> = Case {
        method: "GET",
        url: "http://host/path",
        query: &[("a", "1"), ("b", "2")],
        credentials: &[Some("key"), Some("secret")],
        seconds: 7,
        placed: &[(Location::Headers, "Key", "key")],
        signature: Some((Location::Query, "sign")),
        vectors: &[Vector { name: "sound (here)", method: (), signature: Some("1.2.key.secret.7") }],
        ..Case::EMPTY
    };

    fn found(case: Case<()>) -> String {
        deviations::<Readable>(&[case], keys)
    }

    #[test]
    fn a_sound_case_has_no_deviations() {
        assert_eq!(found(SOUND), "");
    }

    #[test]
    fn wrong_values_are_shown_beside_the_known_ones() {
        let vectors = &[Vector { name: "wrong", method: (), signature: Some("x") }];
        assert_eq!(
            found(Case { vectors, placed: &[(Location::Headers, "Key", "y")], ..SOUND }),
            "wrong: wrong value of `Key` (Headers)\n  expected: Some(\"y\")\n  actual: Some(\"key\")\n\
             wrong: wrong value of `sign` (Query)\n  expected: Some(\"x\")\n  actual: Some(\"1.2.key.secret.7\")\n"
        );
    }

    #[test]
    fn what_is_not_signed_is_seen_unless_the_case_excepts_it() {
        let unsigned = Case { form: &[("c", "3")], body: "body", ..SOUND };
        let same = "  before: Some(\"1.2.key.secret.7\")\n  after: Some(\"1.2.key.secret.7\")\n";
        assert_eq!(
            found(unsigned),
            format!(
                "sound (here): another Value(Form, \"c\") does not change the signature\n{same}\
                 sound (here): another Body does not change the signature\n{same}"
            )
        );
        let unchecked = &[Part::Value(Location::Form, "c"), Part::Body];
        assert_eq!(found(Case { unchecked, ..unsigned }), "");
    }

    #[test]
    fn what_must_not_matter_is_seen() {
        // The second value of a name is not read, so the order matters.
        let repeated = Case { query: &[("a", "1"), ("a", "0"), ("b", "2")], ..SOUND };
        assert!(found(repeated).contains("another Order changes the signature\n  before: Some(\"1.2.key.secret.7\")"));
        let signs_itself = Case { signature: Some((Location::Headers, "X")), headers: &[("X", "1")], ..SOUND };
        assert!(found(signs_itself).contains("another Signature changes the signature"));
    }

    #[test]
    fn a_request_that_cannot_be_signed_is_described() {
        assert!(found(Case { url: "no URL", ..SOUND }).starts_with("sound (here): the request cannot be signed: "));
    }
}
