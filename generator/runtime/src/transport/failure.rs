//! What a failure of an HTTP library means. Both transports use this table.

use std::io;

use crate::error::{TransportError, TransportProblem};

/// How far an exchange had come when it failed.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Connecting, which includes the TLS handshake: no byte of the request was sent.
    Connecting,
    /// Unknown, or later.
    Unknown,
}

/// Returns the error for an I/O error, with a cause that shows no URL.
pub(super) fn io_failure(error: &io::Error, stage: Stage) -> TransportError {
    match rustls_error(error) {
        Some(error) => tls_failure(error),
        None => TransportError::new(io_problem(error, stage)).with_cause(error.kind().to_string()),
    }
}

/// Returns the error for an error of TLS.
pub(super) fn tls_failure(error: &rustls::Error) -> TransportError {
    use rustls::Error as Tls;
    let problem = match error {
        Tls::InvalidCertificate(_) | Tls::NoCertificatesPresented => TransportProblem::Certificate,
        _ => TransportProblem::Tls,
    };
    TransportError::new(problem).with_cause(error.to_string())
}

fn io_problem(error: &io::Error, stage: Stage) -> TransportProblem {
    use io::ErrorKind as Kind;
    match error.kind() {
        // The operating system reports these two for attempts to connect only.
        Kind::ConnectionRefused | Kind::AddrNotAvailable => TransportProblem::Connect,
        Kind::InvalidData | Kind::InvalidInput => TransportProblem::Protocol,
        _ if stage == Stage::Connecting || is_lookup(error) => TransportProblem::Connect,
        // Resets, ends of the stream, lost networks, and time-outs of the operating system.
        _ => TransportProblem::Broken,
    }
}

/// Whether the name of a host could not be looked up. The standard library has no kind for this, only a text and, on
/// Windows, the codes of the operating system.
fn is_lookup(error: &io::Error) -> bool {
    let is_code = |code| cfg!(windows) && (11001..=11004).contains(&code);
    match error.raw_os_error() {
        Some(code) => is_code(code),
        None => error.to_string().starts_with("failed to lookup address information"),
    }
}

/// Finds the TLS error in an I/O error.
fn rustls_error(error: &io::Error) -> Option<&rustls::Error> {
    let inner = error.get_ref()?;
    inner.downcast_ref().or_else(|| rustls_error(inner.downcast_ref()?))
}

/// Finds the first error of type `T` in a chain of causes.
#[cfg(feature = "async")]
pub(super) fn cause<'a, T: std::error::Error + 'static>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a T> {
    error.downcast_ref().or_else(|| cause(error.source()?))
}

#[cfg(test)]
mod tests {
    use io::ErrorKind as Kind;

    use super::*;

    fn problem(error: io::Error, stage: Stage) -> TransportProblem {
        io_failure(&error, stage).problem()
    }

    #[test]
    fn only_failures_to_connect_say_that_nothing_was_sent() {
        for kind in [Kind::ConnectionReset, Kind::UnexpectedEof, Kind::HostUnreachable, Kind::TimedOut, Kind::Other] {
            assert_eq!(problem(kind.into(), Stage::Unknown), TransportProblem::Broken, "{kind}");
            assert_eq!(problem(kind.into(), Stage::Connecting), TransportProblem::Connect, "{kind}");
        }
        for stage in [Stage::Unknown, Stage::Connecting] {
            assert_eq!(problem(Kind::ConnectionRefused.into(), stage), TransportProblem::Connect);
            assert_eq!(problem(Kind::InvalidData.into(), stage), TransportProblem::Protocol);
        }
        let lookup = io::Error::other("failed to lookup address information: Name or service not known");
        assert_eq!(problem(lookup, Stage::Unknown), TransportProblem::Connect);
    }

    #[test]
    fn tls_errors_are_found_inside_of_io_errors() {
        let certificate = rustls::Error::InvalidCertificate(rustls::CertificateError::Expired);
        let inner = io::Error::new(Kind::InvalidData, certificate);
        assert_eq!(problem(io::Error::other(inner), Stage::Unknown), TransportProblem::Certificate);
        let other = io::Error::new(Kind::InvalidData, rustls::Error::HandshakeNotComplete);
        assert_eq!(problem(other, Stage::Connecting), TransportProblem::Tls);
    }

    #[test]
    fn causes_do_not_show_texts_of_io_errors() {
        let failure = io_failure(&io::Error::other("https://host/?session=token"), Stage::Unknown);
        assert!(!format!("{failure} {failure:?}").contains("token"));
    }
}
