//! Which errors are temporary, and how long to wait.

use core::time::Duration;

use http::header::{DATE, RETRY_AFTER};
use jiff::Timestamp;
use jiff::fmt::rfc2822;

use crate::protocol::RetryRules;
use crate::received::Received;
use crate::skew::ClockSkew;

/// Longest wait that is reported; longer ones are cut to a day, because platforms count their limits per day.
// specs/top/PROTOCOL.md#quotas
const MAX_WAIT: Duration = Duration::from_secs(24 * 3600);

/// Prospects of another attempt after an error.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outlook {
    /// Whether the same call may succeed later.
    pub(crate) retryable: bool,
    /// How long to wait before it, if the answer states a time.
    pub(crate) after: Option<Duration>,
    /// How far the clocks differ, if the platform rejected the request's time.
    pub(crate) skew: Option<ClockSkew>,
}

impl RetryRules {
    /// Returns the prospects after `code`, with the sub code and message of the same answer.
    pub(crate) fn outlook(&self, code: &str, sub_code: Option<&str>, message: Option<&str>) -> Outlook {
        let starts =
            |prefixes: &[&str]| sub_code.is_some_and(|code| prefixes.iter().any(|prefix| code.starts_with(prefix)));
        let passing = self.codes.contains(&code) || starts(self.sub_codes);
        let retryable = passing && !starts(self.except_sub_codes);
        let after = self.wait.zip(message).and_then(|(around, text)| wait(around, text));
        Outlook { retryable, after: after.filter(|_| retryable), skew: None }
    }
}

/// Parses the seconds between two texts in `message`.
fn wait((before, after): (&str, &str), message: &str) -> Option<Duration> {
    let (_, rest) = message.split_once(before)?;
    let digits = rest.len() - rest.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    let (number, rest) = rest.split_at_checked(digits)?;
    rest.starts_with(after).then(|| seconds(number))?
}

/// Parses a decimal number of seconds, limited to the longest wait.
fn seconds(number: &str) -> Option<Duration> {
    let all_digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    // More digits than 64 bits hold are beyond the longest wait too.
    let seconds = all_digits.then(|| number.parse().unwrap_or(u64::MAX))?;
    Some(Duration::from_secs(seconds).min(MAX_WAIT))
}

/// Returns the prospects after an HTTP error status.
pub(crate) fn http_outlook(received: &Received) -> Outlook {
    let retryable = matches!(received.status.as_u16(), 429 | 502 | 503 | 504);
    let after = if retryable { retry_after(received) } else { None };
    Outlook { retryable, after, skew: None }
}

/// Parses `Retry-After`: seconds, or a date. The date is compared with that of the answer, because this machine's clock
/// may differ from the server's.
fn retry_after(received: &Received) -> Option<Duration> {
    let text = received.header(&RETRY_AFTER)?.trim();
    seconds(text).or_else(|| {
        let (later, now) = (http_date(text)?, http_date(received.header(&DATE)?)?);
        // Without a positive difference, the usual wait is the right one.
        let wait = Duration::try_from(later.duration_since(now)).ok().filter(|wait| !wait.is_zero())?;
        Some(wait.min(MAX_WAIT))
    })
}

fn http_date(text: &str) -> Option<Timestamp> {
    Some(rfc2822::parse(text.trim()).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: RetryRules = RetryRules {
        codes: &["7"],
        sub_codes: &["isp."],
        except_sub_codes: &["isp.top-parse-error"],
        wait: Some(("will last for ", " more second")),
    };

    #[test]
    fn codes_and_sub_codes_decide() {
        let retryable = |code, sub_code| RULES.outlook(code, sub_code, None).retryable;
        assert!(retryable("7", None));
        assert!(retryable("7", Some("accesscontrol.limited-by-app-access-count")));
        assert!(retryable("15", Some("isp.remote-service-error-tmall")));
        assert!(!retryable("15", Some("isp.top-parse-error")));
        assert!(!retryable("15", Some("isv.invalid-parameter")));
        assert!(!retryable("25", None));
    }

    #[test]
    fn the_wait_is_read_out_of_the_sentence() {
        let after = |message| RULES.outlook("7", None, Some(message)).after.map(|wait| wait.as_secs());
        assert_eq!(after("This ban will last for 1 more seconds"), Some(1));
        assert_eq!(after("This ban will last for 31062 more seconds"), Some(31_062));
        assert_eq!(after("This ban will last for 99999999999999999999999 more seconds"), Some(86_400));
        assert_eq!(after("This ban will last for ever"), None);
        assert_eq!(after("This ban will last for  more seconds"), None);
        assert_eq!(RULES.outlook("25", None, Some("will last for 1 more second")).after, None);
    }

    #[test]
    fn http_statuses_that_pass() {
        let outlook = |status: u16, retry_after: &str| {
            let response = http::Response::builder().status(status).header("Retry-After", retry_after);
            http_outlook(&response.body(Vec::new()).expect("a response").into())
        };
        assert_eq!(outlook(503, "120").after, Some(Duration::from_secs(120)));
        assert_eq!(outlook(503, "Fri, 31 Dec 1999 23:59:59 GMT").after, None);
        assert!(outlook(429, "").retryable);
        assert_eq!(outlook(500, "120"), Outlook::default());
    }
}
