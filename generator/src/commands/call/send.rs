//! Sends a call, and prints its answer.

use apograph_runtime::{BlockingClient, HttpOptions, RetryPolicy, UreqTransport, to_json_pretty};

use super::ready::Ready;
use crate::cli::CallArgs;
use crate::commands::outcome::Outcome;
use crate::commands::terminal::Terminal;
use crate::diagnostic::safe_json;

/// Sends a call: the decoded answer on standard output as JSON, everything else on standard error.
pub(super) fn send(ready: &Ready<'_>, args: &CallArgs, terminal: &mut Terminal<'_>) -> Outcome {
    let options = HttpOptions::new().with_user_agent(concat!("apograph/", env!("CARGO_PKG_VERSION")));
    let transport = match UreqTransport::new(&options) {
        Ok(transport) => transport,
        Err(error) => return terminal.fail(error),
    };
    let retries = RetryPolicy::standard().with_attempts(args.retries.saturating_add(1));
    let client =
        ready.signer.client.clone().with_timeout(args.timeout).with_attempt_timeout(args.timeout).with_retries(retries);
    let answer = match ready.sent(&BlockingClient::new(client, transport)) {
        Ok(answer) => answer,
        Err(error) => return ready.report(&error, terminal),
    };
    terminal.write(&format!("{}\n", safe_json(&to_json_pretty(&answer.value))));
    if let Some(id) = &answer.request_id {
        terminal.complain(format_args!("request id: {id}"));
    }
    if let Some(status) = &answer.status {
        terminal.complain(format_args!("status: {status}"));
    }
    for coercion in &answer.coercions {
        terminal.complain(format_args!("warning: the answer is not as documented: {coercion}"));
    }
    if answer.coercions.dropped() > 0 {
        terminal.complain(format_args!("warning: and at {} other places", answer.coercions.dropped()));
    }
    Outcome::Done
}
