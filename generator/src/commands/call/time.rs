//! The time of a request that the user names.

use std::time::SystemTime;

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

use crate::recipe::{Clock, ClockFormat, Plan};

/// Parses a time: Unix seconds, RFC 3339, or the text that a clock of the recipe writes.
///
/// # Errors
///
/// The message for the user.
pub(super) fn parse(text: &str, plan: &Plan) -> Result<SystemTime, String> {
    let seconds = || text.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let by_clock = || plan.clocks.iter().find_map(|clock| of_clock(text, clock));
    let time = seconds().or_else(|| text.parse().ok()).or_else(by_clock);
    time.map(SystemTime::from).ok_or_else(|| {
        let forms = plan.clocks.iter().filter_map(|clock| match &clock.format {
            ClockFormat::Pattern { pattern, .. } => Some(format!(", or a time in the format `{pattern}`")),
            ClockFormat::Unix | ClockFormat::UnixMillis | ClockFormat::HttpDate => None,
        });
        let form = forms.take(1).collect::<String>();
        format!(
            "`--timestamp` is not a time\nhelp: expected Unix seconds, or RFC 3339 such as 2026-01-02T03:04:05+08:00{form}"
        )
    })
}

/// Parses what a clock writes.
fn of_clock(text: &str, clock: &Clock) -> Option<Timestamp> {
    let ClockFormat::Pattern { pattern, zone } = &clock.format else { return None };
    let zone = TimeZone::fixed(Offset::from_seconds(*zone).ok()?);
    let time = DateTime::strptime(pattern, text).ok()?.to_zoned(zone).ok()?;
    time.timestamp().checked_sub(clock.plus.seconds()).ok()
}
