//! One connection: hyper's server over a blocking socket, on a thread of its own.

use std::cell::Cell;
use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::server::conn::http1;
use hyper::service::service_fn;

use super::body::{self, Lost, Outgoing, ReadError};
use super::entry::Unread;
use super::shared::Shared;

/// Most bytes that are read from a socket at once.
const CHUNK: usize = 16 << 10;

/// Most bytes that are read of a body that is too long, so that its client sees the answer.
const LINGER_BYTES: usize = 64 << 20;

/// How long a client with a body that is too long may go on sending.
const LINGER: Duration = Duration::from_secs(2);

/// Serves the requests of a connection until the client or a limit ends it.
pub(super) fn serve(stream: TcpStream, shared: &Arc<Shared>) {
    let limits = shared.limits;
    let deadline = Rc::new(Cell::new(Instant::now() + limits.idle));
    if stream.set_nodelay(true).and_then(|()| stream.set_write_timeout(Some(limits.request))).is_err() {
        return;
    }
    let stream = Rc::new(stream);
    let socket = Socket { stream: Rc::clone(&stream), deadline: Rc::clone(&deadline), may_block: false };
    let service = service_fn(move |request| {
        let (shared, deadline, stream) = (Arc::clone(shared), Rc::clone(&deadline), Rc::clone(&stream));
        async move {
            deadline.set(Instant::now() + limits.request);
            let answer = answer(&shared, request, &stream).await;
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

async fn answer(shared: &Shared, request: Request<Incoming>, stream: &TcpStream) -> Result<Response<Outgoing>, Lost> {
    let (head, body) = request.into_parts();
    let limit = shared.limits.body;
    let refuse = |unread| (shared.log)(&shared.gateway.refuse(&head, unread));
    let body = match body::read(body, limit).await {
        Ok(body) => body,
        Err(ReadError::TooLong) => {
            refuse(Unread::TooLong { limit });
            // The client has gone if this fails.
            drop(too_long(stream));
            return Err(Lost);
        }
        Err(ReadError::Broken(error)) => {
            refuse(Unread::Broken(error.to_string()));
            return Err(Lost);
        }
    };
    let reply = shared.gateway.answer(&Request::from_parts(head, body));
    (shared.log)(&reply.entry);
    shared.pause(reply.decision.delay);
    if reply.decision.is_dropped {
        return Err(Lost);
    }
    Ok(reply.response.map(|body| Outgoing::new(body, reply.decision.is_truncated)))
}

/// Refuses a body that is too long. hyper would read the rest of it before it sends an answer, and a client that
/// is sending may not see the answer if the connection is closed at once.
fn too_long(mut stream: &TcpStream) -> io::Result<()> {
    const TEXT: &str = "the body is too large\n";
    let head = "HTTP/1.1 413 Payload Too Large\r\nContent-Type: text/plain;charset=UTF-8\r\nConnection: close\r\n";
    stream.write_all(format!("{head}Content-Length: {}\r\n\r\n{TEXT}", TEXT.len()).as_bytes())?;
    stream.shutdown(Shutdown::Write)?;
    let deadline = Instant::now() + LINGER;
    let (mut chunk, mut total) = ([0; CHUNK], 0);
    while total < LINGER_BYTES {
        let rest = deadline.saturating_duration_since(Instant::now());
        if rest.is_zero() {
            break;
        }
        stream.set_read_timeout(Some(rest))?;
        match stream.read(&mut chunk)? {
            0 => break,
            count => total += count,
        }
    }
    Ok(())
}

/// A blocking socket. What is read must have arrived by the deadline.
struct Socket {
    stream: Rc<TcpStream>,
    deadline: Rc<Cell<Instant>>,
    /// Whether the next read may block, because hyper has done everything else since the last one.
    may_block: bool,
}

impl Read for Socket {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        // hyper reads the body before it passes the head on, but a client may wait for an answer to the head.
        this.may_block = !this.may_block;
        if this.may_block {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let rest = this.deadline.get().saturating_duration_since(Instant::now());
        if rest.is_zero() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        let mut chunk = [0; CHUNK];
        let room = buffer.remaining().min(CHUNK);
        let read = this.stream.set_read_timeout(Some(rest));
        let read = read.and_then(|()| (&*this.stream).read(chunk.get_mut(..room).unwrap_or_default()));
        Poll::Ready(read.map(|count| buffer.put_slice(chunk.get(..count).unwrap_or_default())))
    }
}

impl Write for Socket {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready((&*self.stream).write(bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready((&*self.stream).flush())
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.stream.shutdown(Shutdown::Write))
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
