//! What goes wrong on purpose: errors, delays, lost and broken answers.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::StatusCode;

use crate::selection::Selection;

/// What goes wrong on purpose. The same seed gives the same decisions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults {
    /// Errors. The first that is due is sent. Each counts the requests to APIs that it applies to; one whose code the
    /// platform does not document does not apply.
    pub fail: Vec<Fail>,
    /// Delay of every answer.
    pub latency: Option<Latency>,
    /// Which answers are lost: the connection is closed instead.
    pub drop: Option<Every>,
    /// Which answers break off in their middle.
    pub truncate: Option<Every>,
    /// Chooses delays and the requests of a `rate`.
    pub seed: u64,
}

/// An error that is sent on purpose: `code=7,every=5`.
#[derive(Clone, Debug, PartialEq)]
pub struct Fail {
    /// What is sent.
    pub error: FailWith,
    /// How often.
    pub every: Every,
    /// For which APIs.
    pub api: Selection,
}

/// What is sent in place of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FailWith {
    /// An error of the platform, with a sub code.
    Code(String, Option<String>),
    /// An HTTP status with a short text.
    Status(StatusCode),
}

/// Which requests something happens to.
#[derive(Copy, Clone, Debug, PartialEq)]
pub enum Every {
    /// Each one whose number is a multiple of this: `every=5`.
    Nth(u64),
    /// Each one with this probability: `rate=0.1`.
    Rate(f64),
}

/// A delay, or a range from which each delay is chosen: `200ms` or `200ms..1s`.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Latency {
    /// The shortest delay.
    pub min: Duration,
    /// The longest delay.
    pub max: Duration,
}

/// What happens to one answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// What to send in place of the answer: the first that the platform can send.
    pub fails: Vec<FailWith>,
    /// How late the answer is.
    pub delay: Duration,
    /// Whether the answer is lost.
    pub is_dropped: bool,
    /// Whether the answer breaks off.
    pub is_truncated: bool,
}

impl Decision {
    /// Returns the words for what happens, for the log.
    pub(super) fn words(&self) -> Vec<String> {
        let late = (!self.delay.is_zero()).then(|| format!("{} ms late", self.delay.as_millis()));
        let lost = self.is_dropped.then(|| "dropped".to_owned());
        let broken = (self.is_truncated && !self.is_dropped).then(|| "truncated".to_owned());
        late.into_iter().chain(lost).chain(broken).collect()
    }
}

/// What a number is drawn for, so that one seed gives independent decisions.
#[derive(Copy, Clone)]
enum Draw {
    Fail(u64),
    Latency,
    Drop,
    Truncate,
}

/// Decides what happens to answers, and counts for each error the requests that it applies to.
#[derive(Debug)]
pub struct Decider {
    faults: Faults,
    /// The number of requests up to now, for each of `faults.fail`.
    counts: Vec<AtomicU64>,
}

impl Decider {
    /// Creates a decider that has seen no request.
    #[must_use]
    pub fn new(faults: Faults) -> Self {
        let counts = faults.fail.iter().map(|_| AtomicU64::new(0)).collect();
        Self { faults, counts }
    }

    /// Decides what happens to the answer of the request with this number. `applies` returns whether an error may be the
    /// answer to it.
    #[must_use]
    pub fn decide(&self, number: u64, applies: impl Fn(&Fail) -> bool) -> Decision {
        let faults = &self.faults;
        let is_hit =
            |every: Option<Every>, draw| every.is_some_and(|every| every.hits(number, faults.draw(number, draw)));
        let fails = faults.fail.iter().zip(&self.counts).zip(0..).filter(|((fail, count), index)| {
            applies(fail) && {
                let number = count.fetch_add(1, Ordering::Relaxed) + 1;
                fail.every.hits(number, faults.draw(number, Draw::Fail(*index)))
            }
        });
        Decision {
            fails: fails.map(|((fail, _), _)| fail.error.clone()).collect(),
            delay: faults.latency.map_or(Duration::ZERO, |latency| latency.at(faults.draw(number, Draw::Latency))),
            is_dropped: is_hit(faults.drop, Draw::Drop),
            is_truncated: is_hit(faults.truncate, Draw::Truncate),
        }
    }
}

impl Faults {
    /// Returns a number from 0 to 1 that depends on the seed, the request and the purpose.
    fn draw(&self, number: u64, draw: Draw) -> f64 {
        let purpose = match draw {
            Draw::Latency => 1,
            Draw::Drop => 2,
            Draw::Truncate => 3,
            Draw::Fail(index) => 4 + index,
        };
        let mixed = mix(mix(mix(self.seed) ^ number) ^ purpose);
        f64::from(u32::try_from(mixed >> 32).unwrap_or_default()) / f64::from(u32::MAX)
    }
}

/// Mixes the bits of a number (splitmix64).
fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

impl Every {
    fn hits(self, number: u64, drawn: f64) -> bool {
        match self {
            Self::Nth(each) => number.is_multiple_of(each),
            Self::Rate(rate) => drawn < rate,
        }
    }
}

impl Latency {
    fn at(self, drawn: f64) -> Duration {
        self.min + self.max.saturating_sub(self.min).mul_f64(drawn)
    }
}

/// Why a fault cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultError(String);

impl fmt::Display for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FaultError {}

fn error<T>(message: impl Into<String>) -> Result<T, FaultError> {
    Err(FaultError(message.into()))
}

/// Splits `name=value,name=value`.
fn settings(text: &str) -> Result<Vec<(&str, &str)>, FaultError> {
    let mut settings: Vec<(&str, &str)> = Vec::new();
    for setting in text.split(',') {
        let (name, value) = setting.split_once('=').unwrap_or_default();
        let (name, value) = (name.trim(), value.trim());
        if name.is_empty() || value.is_empty() {
            return error(format!("`{setting}` is not of the form `name=value`"));
        }
        if settings.iter().any(|(known, _)| *known == name) {
            return error(format!("`{name}` occurs twice"));
        }
        settings.push((name, value));
    }
    Ok(settings)
}

fn every(name: &str, value: &str) -> Result<Every, FaultError> {
    match name {
        "every" => match value.parse() {
            Ok(each) if each > 0 => Ok(Every::Nth(each)),
            _ => error(format!("`every={value}`: expected a whole number from 1")),
        },
        "rate" => match value.parse() {
            Ok(rate) if (0.0..=1.0).contains(&rate) => Ok(Every::Rate(rate)),
            _ => error(format!("`rate={value}`: expected a number from 0 to 1")),
        },
        _ => error(format!("unknown setting `{name}`: expected `every` or `rate`")),
    }
}

impl FromStr for Every {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        match settings(text)?.as_slice() {
            [(name, value)] => every(name, value),
            _ => error("expected one of `every=N` and `rate=P`"),
        }
    }
}

impl FromStr for Fail {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let (mut code, mut sub_code, mut status, mut how_often) = (None, None, None, None);
        let mut api = Selection::default();
        for (name, value) in settings(text)? {
            match name {
                "code" => code = Some(value.to_owned()),
                "sub_code" => sub_code = Some(value.to_owned()),
                "api" => api = Selection::new(&[value.to_owned()]),
                "status" => match value.parse::<StatusCode>() {
                    Ok(parsed) if parsed.as_u16() >= 300 => status = Some(parsed),
                    _ => return error(format!("`status={value}`: expected an HTTP status from 300")),
                },
                "every" | "rate" if how_often.is_some() => return error("expected one of `every=N` and `rate=P`"),
                "every" | "rate" => how_often = Some(every(name, value)?),
                _ => {
                    let known = "`code`, `sub_code`, `status`, `every`, `rate` or `api`";
                    return error(format!("unknown setting `{name}`: expected {known}"));
                }
            }
        }
        let with = match (code, sub_code, status) {
            (Some(code), sub_code, None) => FailWith::Code(code, sub_code),
            (None, None, Some(status)) => FailWith::Status(status),
            _ => return error("expected `code=…` (with `sub_code=…` or without) or `status=…`"),
        };
        Ok(Self { error: with, every: how_often.unwrap_or(Every::Nth(1)), api })
    }
}

impl FromStr for Latency {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let (min, max) = text.split_once("..").unwrap_or((text, text));
        let (min, max) = (duration(min)?, duration(max)?);
        if min > max {
            return error(format!("`{text}`: the first delay is longer than the second"));
        }
        Ok(Self { min, max })
    }
}

/// Parses a span of time such as `200ms`, `1.5s` or `10m`, below a day.
///
/// # Errors
///
/// [`FaultError`] if the text is anything else.
pub fn duration(text: &str) -> Result<Duration, FaultError> {
    let span = text.trim().parse::<jiff::SignedDuration>().ok();
    let span = span.filter(|_| text.contains(|c: char| c.is_ascii_alphabetic()));
    let parsed = span.and_then(|span| Duration::try_from(span).ok()).filter(|span| span.as_secs() < 86_400);
    parsed.map_or_else(|| error(format!("`{text}`: expected a time such as `200ms`, `1s` or `10m`, below a day")), Ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_read() {
        let code = |code: &str, sub_code: Option<&str>| FailWith::Code(code.to_owned(), sub_code.map(str::to_owned));
        let fail = |text: &str| text.parse::<Fail>().unwrap();
        assert_eq!(
            fail("code=7,every=5"),
            Fail { error: code("7", None), every: Every::Nth(5), api: Selection::default() }
        );
        assert_eq!(
            fail("code=15,sub_code=isp.x,rate=0.5,api=a.*"),
            Fail {
                error: code("15", Some("isp.x")),
                every: Every::Rate(0.5),
                api: Selection::new(&["a.*".to_owned()])
            }
        );
        assert_eq!(fail("status=503").error, FailWith::Status(StatusCode::SERVICE_UNAVAILABLE));
        let span = |min, max| Latency { min: Duration::from_millis(min), max: Duration::from_millis(max) };
        assert_eq!("200ms..1s".parse(), Ok(span(200, 1000)));
        assert_eq!("1.5s".parse(), Ok(span(1500, 1500)));
        assert_eq!("every=7".parse(), Ok(Every::Nth(7)));
    }

    #[test]
    fn what_is_no_fault_is_refused() {
        let message = |text: &str| text.parse::<Fail>().unwrap_err().to_string();
        assert_eq!(message("7"), "`7` is not of the form `name=value`");
        assert_eq!(
            message("code=7,evry=5"),
            "unknown setting `evry`: expected `code`, `sub_code`, `status`, `every`, `rate` or `api`"
        );
        assert_eq!(message("every=5"), "expected `code=…` (with `sub_code=…` or without) or `status=…`");
        assert_eq!(message("code=7,every=0"), "`every=0`: expected a whole number from 1");
        assert_eq!(message("code=7,rate=2"), "`rate=2`: expected a number from 0 to 1");
        assert_eq!(message("status=200"), "`status=200`: expected an HTTP status from 300");
        assert_eq!(message("code=7,code=8"), "`code` occurs twice");
        assert_eq!(message("code=7,every=5,every=6"), "`every` occurs twice");
        assert_eq!(message("code=7,every=5,rate=0.1"), "expected one of `every=N` and `rate=P`");
        for text in ["", "5", "1s..", "2s..1s", "-1s", "1d", "soon"] {
            assert!(text.parse::<Latency>().is_err(), "{text}");
        }
    }

    #[test]
    fn each_error_counts_the_requests_that_it_applies_to() {
        let fail = vec!["code=7,every=2,api=a".parse().unwrap(), "code=8,every=3".parse().unwrap()];
        let decider = Decider::new(Faults { fail, ..Faults::default() });
        let due = |number, api: &str| {
            let applies = |fail: &Fail| fail.api.contains(api);
            let decision = decider.decide(number, applies);
            decision.fails.iter().map(|fail| format!("{fail:?}").contains("\"7\"")).collect::<Vec<_>>()
        };
        // Of requests that take turns, `every=2` would otherwise hit all or none of `a`.
        let found: Vec<_> = (1..=8).map(|number| due(number, if number % 2 == 1 { "a" } else { "b" })).collect();
        assert_eq!(found, [vec![], vec![], vec![true, false], vec![], vec![], vec![false], vec![true], vec![]]);
    }

    #[test]
    fn decisions_depend_on_seed_and_number_only() {
        let faults = |seed| Faults {
            fail: vec!["code=7,every=5".parse().unwrap(), "status=503,rate=0.5,api=b".parse().unwrap()],
            latency: Some("0s..1s".parse().unwrap()),
            drop: Some(Every::Nth(7)),
            truncate: Some(Every::Rate(0.25)),
            seed,
        };
        let all = |seed, api: &str| {
            let decider = Decider::new(faults(seed));
            let applies = |fail: &Fail| fail.api.contains(api);
            (1..=1000).map(|number| decider.decide(number, applies)).collect::<Vec<_>>()
        };
        assert_eq!(all(1, "b"), all(1, "b"));
        assert_ne!(all(1, "b"), all(2, "b"));
        let count = |list: &[Decision], is: fn(&Decision) -> bool| list.iter().filter(|decision| is(decision)).count();
        let of_a = all(1, "a");
        assert_eq!(count(&of_a, |decision| decision.fails.iter().any(|fail| matches!(fail, FailWith::Code(..)))), 200);
        assert_eq!(count(&of_a, |decision| decision.is_dropped), 142);
        assert_eq!(
            count(&of_a, |decision| decision.fails.iter().any(|fail| matches!(fail, FailWith::Status(_)))),
            0,
            "only for b"
        );
        assert!((200..300).contains(&count(&of_a, |decision| decision.is_truncated)));
        assert!((300..500).contains(&count(&all(1, "b"), |decision| {
            decision.fails.iter().any(|fail| matches!(fail, FailWith::Status(_)))
        })));
        assert!(of_a.iter().all(|decision| decision.delay <= Duration::from_secs(1)));
    }
}
