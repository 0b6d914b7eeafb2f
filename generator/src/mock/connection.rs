//! One connection: hyper's server over a blocking socket, on a thread of its own.

use std::cell::Cell;
use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use http::header::{CONNECTION, CONTENT_TYPE};
use http::{HeaderValue, Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::server::conn::http1;
use hyper::service::service_fn;

use super::body::{self, Lost, Outgoing, ReadError};
use super::shared::Shared;

/// Most bytes that are read from a socket at once.
const CHUNK: usize = 16 << 10;

/// Serves the requests of a connection until the client or a limit ends it.
pub(super) fn serve(stream: TcpStream, shared: &Arc<Shared>) {
    let limits = shared.limits;
    let deadline = Rc::new(Cell::new(Instant::now() + limits.idle));
    if stream.set_nodelay(true).and_then(|()| stream.set_write_timeout(Some(limits.request))).is_err() {
        return;
    }
    let socket = Socket { stream, deadline: Rc::clone(&deadline) };
    let service = service_fn(move |request| {
        let (shared, deadline) = (Arc::clone(shared), Rc::clone(&deadline));
        async move {
            deadline.set(Instant::now() + limits.request);
            let answer = answer(&shared, request).await;
            deadline.set(Instant::now() + limits.idle);
            answer
        }
    });
    // While a request is answered, the socket is not read: a read would block the answer.
    let connection = http1::Builder::new()
        .half_close(true)
        .header_read_timeout(None)
        .max_buf_size(limits.head)
        .serve_connection(socket, service);
    // The client has gone, has sent no HTTP, or was too slow; hyper has answered where that is possible.
    drop(block_on(connection));
}

async fn answer(shared: &Shared, request: Request<Incoming>) -> Result<Response<Outgoing>, Lost> {
    let (head, body) = request.into_parts();
    let body = match body::read(body, shared.limits.body).await {
        Ok(body) => body,
        Err(ReadError::TooLong) => return Ok(too_long()),
        Err(ReadError::Broken) => return Err(Lost),
    };
    let reply = shared.gateway.answer(&Request::from_parts(head, body));
    (shared.log)(&reply.entry);
    if !reply.decision.delay.is_zero() {
        thread::sleep(reply.decision.delay);
    }
    if reply.decision.is_dropped {
        return Err(Lost);
    }
    Ok(reply.response.map(|body| Outgoing::new(body, reply.decision.is_truncated)))
}

fn too_long() -> Response<Outgoing> {
    let mut response = Response::new(Outgoing::new(b"the body is too large\n".to_vec(), false));
    *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain;charset=UTF-8"));
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// A blocking socket. What is read must have arrived by the deadline.
struct Socket {
    stream: TcpStream,
    deadline: Rc<Cell<Instant>>,
}

impl Read for Socket {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, mut buffer: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let rest = this.deadline.get().saturating_duration_since(Instant::now());
        if rest.is_zero() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        let mut chunk = [0; CHUNK];
        let room = buffer.remaining().min(CHUNK);
        let read = this.stream.set_read_timeout(Some(rest));
        let read = read.and_then(|()| this.stream.read(chunk.get_mut(..room).unwrap_or_default()));
        Poll::Ready(read.map(|count| buffer.put_slice(chunk.get(..count).unwrap_or_default())))
    }
}

impl Write for Socket {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(self.get_mut().stream.write(bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.get_mut().stream.flush())
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.get_mut().stream.shutdown(std::net::Shutdown::Write))
    }
}

/// Wakes the thread of a connection.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Runs a future on this thread. Sockets block, so a future only waits for itself.
fn block_on<F: Future>(future: F) -> F::Output {
    /// A future that waits for nothing that would wake it is polled again after this time.
    const PATIENCE: Duration = Duration::from_millis(100);
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        thread::park_timeout(PATIENCE);
    }
}
