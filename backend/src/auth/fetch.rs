//! Asking a provider over HTTP: briefly, without following it elsewhere, and reading no more than it can have to say.

use http::StatusCode;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::{Certificate, Client, redirect::Policy};
use std::fmt;
use std::path::Path;
use std::pin::Pin;
use std::time::Duration;

/// For a connection.
const CONNECT: Duration = Duration::from_secs(3);
/// For an answer, whole.
const ANSWER: Duration = Duration::from_secs(8);
/// Bytes of an answer: a document of a provider has a few thousand, its keys some more.
const MOST: usize = 256 * 1024;

#[derive(Clone, Debug)]
pub(super) struct Http(Client);

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Unanswered {
    Http(reqwest::Error),
    TooLarge,
    Malformed(http::Error),
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // The address may carry what is nobody's business.
            Self::Http(_) => f.write_str("no answer"),
            Self::TooLarge => write!(f, "an answer of more than {} KiB", MOST / 1024),
            Self::Malformed(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Unanswered {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Http(error) => error.source(),
            Self::TooLarge | Self::Malformed(_) => None,
        }
    }
}

impl Http {
    /// `to`: an address of whoever is asked. Where that is https, nothing is asked in the clear.
    pub(super) fn new(to: &str, ca: Option<&Path>) -> Result<Self, String> {
        let client = Client::builder()
            .redirect(Policy::none())
            .connect_timeout(CONNECT)
            .timeout(ANSWER)
            .https_only(to.starts_with("https:"))
            .user_agent(concat!("tally/", env!("CARGO_PKG_VERSION")));
        let client = match ca {
            None => client,
            Some(path) => {
                let all = crate::tls::certificates(path)?;
                let all = all.iter().map(|der| Certificate::from_der(der)).collect::<Result<Vec<_>, _>>();
                client.tls_certs_only(all.map_err(|error| format!("{} cannot be used: {error}.", path.display()))?)
            }
        };
        client.build().map(Self).map_err(|error| error.to_string())
    }

    /// What stands at an address.
    pub(super) async fn get(&self, url: &str) -> Result<Vec<u8>, String> {
        let request = http::Request::get(url).body(Vec::new()).map_err(|error| error.to_string())?;
        let answer = self.clone().ask(request).await.map_err(|error| super::oidc::described(&error))?;
        if answer.status() == StatusCode::OK { Ok(answer.into_body()) } else { Err(format!("it answered {}", answer.status())) }
    }

    async fn ask(self, request: HttpRequest) -> Result<HttpResponse, Unanswered> {
        let request = reqwest::Request::try_from(request).map_err(Unanswered::Http)?;
        let mut answer = self.0.execute(request).await.map_err(Unanswered::Http)?;
        let mut response = http::Response::builder().status(answer.status());
        if let Some(headers) = response.headers_mut() {
            headers.clone_from(answer.headers());
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(Unanswered::Http)? {
            if body.len() + chunk.len() > MOST {
                return Err(Unanswered::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        response.body(body).map_err(Unanswered::Malformed)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = Unanswered;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Unanswered>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.clone().ask(request))
    }
}
