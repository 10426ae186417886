//! HTTPS with a certificate of our own authority.

use std::sync::Arc;

use rcgen::SanType;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{ServerConfig, version};

use super::PhoneError;
use super::authority::Authority;

/// TLS 1.3 alone: every browser that can run the app speaks it.
pub(super) fn accept_with(
    authority: &Authority,
    names: &[SanType],
) -> Result<TlsAcceptor, PhoneError> {
    let (certificate, key) = authority.vouch(names)?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&version::TLS13])?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
