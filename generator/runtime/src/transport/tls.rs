//! Which servers are trusted: the built-in roots and those of the options.

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::error::{TransportError, TransportProblem};

/// Reads root certificates in PEM.
pub(super) fn roots(texts: &[Vec<u8>]) -> Result<Vec<CertificateDer<'static>>, TransportError> {
    let mut roots = Vec::new();
    for pem in texts {
        let before = roots.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|error| unusable(error.to_string()))?;
            // One of the libraries would ignore a certificate that cannot be a root.
            let checked = RootCertStore::empty().add(certificate.clone());
            checked.map_err(|error| unusable(error.to_string()))?;
            roots.push(certificate);
        }
        if roots.len() == before {
            return Err(unusable("it contains no certificate in PEM".to_owned()));
        }
    }
    Ok(roots)
}

fn unusable(why: String) -> TransportError {
    TransportError::new(TransportProblem::Configuration).with_cause(format!("unusable root certificate: {why}"))
}

/// Returns the settings of TLS for the built-in roots and `roots`.
#[cfg(feature = "async")]
pub(super) fn client_config(roots: Vec<CertificateDer<'static>>) -> Result<rustls::ClientConfig, TransportError> {
    let mut store = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for root in roots {
        store.add(root).map_err(|error| unusable(error.to_string()))?;
    }
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| super::failure::tls_failure(&error))?;
    Ok(config.with_root_certificates(store).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_certificates_are_roots() {
        assert_eq!(roots(&[]).expect("no roots"), []);
        let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        let empty = "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n";
        let cut = "-----BEGIN CERTIFICATE-----\nAAAA";
        let wrong = "-----BEGIN CERTIFICATE-----\n????\n-----END CERTIFICATE-----\n";
        for text in ["", "text", key, empty, cut, wrong] {
            let error = roots(&[text.into()]).expect_err(text);
            assert_eq!(error.problem(), TransportProblem::Configuration, "{text}");
        }
    }
}
