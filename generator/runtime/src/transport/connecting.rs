//! The deadline of an exchange, for the connection that it opens.
//!
//! An exchange whose time has expired while it connects has sent nothing, so the call may be repeated. `reqwest` has one
//! limit for all connections of a client, and does not report how far an exchange has come. So the deadline is passed
//! to the connector, which fails first: the library returns its error only if no byte of the request was sent.

use core::cell::Cell;
use core::future::{Future, poll_fn};
use core::pin::{Pin, pin};
use core::task::Poll;
use std::io;

use tokio::time::Instant;
use tower_layer::Layer;
use tower_service::Service;

thread_local! {
    /// The deadline of the exchange that this thread is polling.
    static DEADLINE: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Runs an exchange. A connection that it opens fails once `deadline` has passed.
pub(super) async fn until<T>(deadline: Instant, exchange: impl Future<Output = T>) -> T {
    let mut exchange = pin!(exchange);
    poll_fn(|context| {
        let outer = DEADLINE.replace(Some(deadline));
        let poll = exchange.as_mut().poll(context);
        DEADLINE.set(outer);
        poll
    })
    .await
}

/// Gives connectors the deadline of the exchange that opens the connection.
#[derive(Copy, Clone, Debug)]
pub(super) struct Deadlines;

/// A connector that fails with [`io::ErrorKind::TimedOut`] after the deadline.
#[derive(Clone, Debug)]
pub(super) struct Punctual<S>(S);

impl<S> Layer<S> for Deadlines {
    type Service = Punctual<S>;

    fn layer(&self, connector: S) -> Punctual<S> {
        Punctual(connector)
    }
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;

impl<S, R> Service<R> for Punctual<S>
where
    S: Service<R, Error: Into<BoxError>, Future: Send + 'static>,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut core::task::Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, target: R) -> Self::Future {
        let (deadline, connecting) = (DEADLINE.get(), self.0.call(target));
        Box::pin(async move {
            let mut connecting = pin!(connecting);
            poll_fn(|context| match connecting.as_mut().poll(context) {
                // The timer of the exchange wakes this future too.
                Poll::Pending if deadline.is_some_and(|deadline| Instant::now() >= deadline) => {
                    Poll::Ready(Err(io::Error::from(io::ErrorKind::TimedOut).into()))
                }
                poll => poll.map_err(Into::into),
            })
            .await
        })
    }
}
