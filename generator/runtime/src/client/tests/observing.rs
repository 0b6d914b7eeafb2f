//! What observers see of calls: the hook, and spans.

use super::retries::{BANNED, World};
use super::*;

/// What the hook saw: number, HTTP status, code, request id, milliseconds, whether a wait follows.
type Seen = (u32, Option<u16>, Option<String>, Option<String>, u128, bool);

#[test]
fn the_hook_sees_each_attempt() {
    let answered = Ok(r#"{"a_form_call_response":{"code":"x","request_id":"r"}}"#);
    let world = World::new([(1_500, Err(TransportProblem::Connect)), (20, BANNED), (30, answered)]);
    let seen: Arc<std::sync::Mutex<Vec<Seen>>> = Arc::default();
    let log = Arc::clone(&seen);
    let client = world.client().with_on_attempt(move |attempt| {
        assert_eq!((attempt.api, attempt.sent_bytes > 0), ("a.form.call", true));
        assert_eq!(attempt.received_bytes.is_some(), attempt.http_status.is_some());
        let code = attempt.error.and_then(Error::code).map(str::to_owned);
        let id = attempt.request_id.map(str::to_owned);
        let line =
            (attempt.number, attempt.http_status, code, id, attempt.duration.as_millis(), attempt.retry_in.is_some());
        log.lock().expect("no panic").push(line);
    });
    assert!(BlockingClient::new(client, world.clone()).call(&call()).idempotent().send().is_ok());
    let expected = [
        (1, None, None, None, 1_500, true),
        (2, Some(200), Some("7".to_owned()), None, 20, true),
        (3, Some(200), None, Some("r".to_owned()), 30, false),
    ];
    assert_eq!(*seen.lock().expect("no panic"), expected);
}

#[cfg(feature = "tracing")]
mod spans {
    use core::fmt::{Debug, Write};
    use core::sync::atomic::{AtomicU64, Ordering};
    use std::sync::Mutex;

    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Metadata, Subscriber};

    use super::super::retries::GOOD;
    use super::*;

    /// Writes everything that is traced as one text.
    #[derive(Clone, Default)]
    struct Log(Arc<(Mutex<String>, AtomicU64)>);

    struct Fields<'a>(&'a mut String);

    impl Visit for Fields<'_> {
        fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
            write!(self.0, " {field}={value:?}").expect("a string takes everything");
        }
    }

    impl Log {
        fn line(&self, what: &str, record: impl FnOnce(&mut Fields<'_>)) {
            let mut text = self.0.0.lock().expect("no panic");
            text.push_str(what);
            record(&mut Fields(&mut text));
            text.push('\n');
        }
    }

    impl Subscriber for Log {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }

        fn new_span(&self, span: &Attributes<'_>) -> Id {
            self.line(span.metadata().name(), |fields| span.record(fields));
            Id::from_u64(self.0.1.fetch_add(1, Ordering::Relaxed) + 1)
        }

        fn record(&self, _: &Id, values: &Record<'_>) {
            self.line("record", |fields| values.record(fields));
        }

        fn record_follows_from(&self, _: &Id, _: &Id) {}

        fn event(&self, event: &Event<'_>) {
            self.line("event", |fields| event.record(fields));
        }

        fn enter(&self, _: &Id) {}

        fn exit(&self, _: &Id) {}
    }

    fn traced(run: impl FnOnce()) -> String {
        let log = Log::default();
        tracing::subscriber::with_default(log.clone(), run);
        log.0.0.lock().expect("no panic").clone()
    }

    #[test]
    fn a_call_and_its_attempts_have_spans_without_values() {
        let world = World::new([(20, BANNED), (30, GOOD)]);
        let client = BlockingClient::new(world.client().with_session("token"), world.clone());
        let text = traced(|| assert!(client.call(&call()).idempotent().send().is_ok()));
        for part in [
            "call api=\"a.form.call\" session=\"sent\"",
            "attempt number=1",
            "record http_status=200",
            "record code=\"7\"",
            "record duration_ms=20",
            "record retry_in_ms=2",
            "attempt number=2",
            "event message=answered",
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        assert!(!text.contains("token") && !text.contains("刘"), "{text}");
    }

    #[test]
    fn details_of_codes_are_not_traced() {
        let failed = r#"{"error_response":{"code":15,"sub_code":"isv.invalid-parameter:18717866218"}}"#;
        let world = World::new([(0, Ok(failed))]);
        let text = traced(|| drop(BlockingClient::new(world.client(), world.clone()).send(&call())));
        assert!(text.contains("sub_code=\"isv.invalid-parameter\"") && !text.contains("1871"), "{text}");
    }

    #[test]
    fn a_session_that_is_not_sent_is_named() {
        let world = World::new([(0, Ok(r#"{"status":0}"#))]);
        let client = client::<JsonPlatform>().with_session("token").with_clock(world.clone());
        let item = crate::fixture::Item { id: Some(1), ..crate::fixture::Item::default() };
        let text = traced(|| drop(BlockingClient::new(client, world.clone()).send(&item)));
        assert!(text.contains("session=\"withheld\""), "{text}");
    }
}
