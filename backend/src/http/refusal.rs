//! The one shape in which anything is refused.

use axum::Json;
use axum::response::{IntoResponse, Response};
use contract::call::CallFailure;
use contract::{ApiError, Code};
use http::header::RETRY_AFTER;
use http::{HeaderValue, StatusCode};

/// An answer that refuses: the status of the code, and the error as [`CallFailure`], the same for a page, a file and a call.
#[derive(Clone, Debug)]
pub struct Refusal(pub ApiError);

impl Refusal {
    /// With a code of ours and its sentence.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self(ApiError::new(code, message))
    }

    /// There is no such thing at this path.
    pub fn not_found(what: impl Into<String>) -> Self {
        Self::new(Code::NotFound, what)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let (wait, code) = (self.0.retry_after, self.0.code.clone());
        let mut response = (status, Json(CallFailure { error: self.0, receipt: None })).into_response();
        // For who counts.
        response.extensions_mut().insert(code);
        if let Some(seconds) = wait {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
