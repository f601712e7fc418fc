//! TLS of the console's own: a certificate that is read again when its file changes, so that a renewal needs no restart.

use rustls::crypto::aws_lc_rs;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio_rustls::TlsAcceptor;

/// So often the files are looked at by a console that runs.
pub const LOOK: Duration = Duration::from_secs(10);

/// The certificate with its chain, and its key, if they belong together.
///
/// # Errors
/// In words, which of the two cannot be used and why.
pub fn certified(cert: &Path, key: &Path) -> Result<Arc<CertifiedKey>, String> {
    let chain = certificates(cert)?;
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| format!("{} holds no private key: {error}.", key.display()))?;
    CertifiedKey::from_der(chain, secret, &aws_lc_rs::default_provider())
        .map(Arc::new)
        .map_err(|error| format!("{} and {} do not belong together: {error}.", cert.display(), key.display()))
}

/// The certificates of a file, at least one.
///
/// # Errors
/// In words, why there is none.
pub fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let unread = |error| format!("{} holds no certificate: {error}.", path.display());
    let all = CertificateDer::pem_file_iter(path).map_err(unread)?.collect::<Result<Vec<_>, _>>().map_err(unread)?;
    if all.is_empty() { Err(format!("{} holds no certificate.", path.display())) } else { Ok(all) }
}

/// The certificate as it is now.
#[derive(Debug)]
pub struct Certificate {
    files: [PathBuf; 2],
    now: RwLock<Arc<CertifiedKey>>,
}

impl Certificate {
    /// Reads it.
    ///
    /// # Errors
    /// As [`certified`].
    pub fn read(cert: &Path, key: &Path) -> Result<Arc<Self>, String> {
        let now = RwLock::new(certified(cert, key)?);
        Ok(Arc::new(Self { files: [cert.to_owned(), key.to_owned()], now }))
    }

    /// What connections are accepted with.
    ///
    /// # Errors
    /// The library has no protocol version that it holds safe.
    pub fn acceptor(self: &Arc<Self>) -> Result<TlsAcceptor, String> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = config.map_err(|error| error.to_string())?.with_no_client_auth();
        let mut config = config.with_cert_resolver(Arc::clone(self) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    /// Looks at the files for ever, that often, and reads them when one has changed. While the new ones cannot be used, the old
    /// ones are.
    pub async fn follow(self: Arc<Self>, every: Duration) {
        let mut seen = self.stamps();
        loop {
            tokio::time::sleep(every).await;
            let now = self.stamps();
            // What could not be used is tried again: its owner or its mode may be put right without another sign.
            if now != seen && self.read_again() {
                seen = now;
            }
        }
    }

    fn read_again(&self) -> bool {
        let [cert, key] = &self.files;
        match certified(cert, key) {
            Ok(read) => {
                *self.now.write().unwrap_or_else(PoisonError::into_inner) = read;
                tracing::info!(file = %cert.display(), "the certificate was read again");
                true
            }
            Err(error) => {
                tracing::error!(%error, "the certificate has changed and cannot be used; the one before is");
                false
            }
        }
    }

    /// What changes when a file is written or another one is put in its place.
    fn stamps(&self) -> [Option<(u64, i64, i64, u64)>; 2] {
        self.files.each_ref().map(|path| {
            let file = std::fs::metadata(path).ok()?;
            Some((file.ino(), file.mtime(), file.mtime_nsec(), file.len()))
        })
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner)))
    }
}
