//! Between our types and the SDK's: what every operation's mapping has in common.

use crate::error::Failure;
use contract::Call;

/// What IVS answered.
#[derive(Clone, Debug)]
pub struct Answer<R> {
    /// Its reply, secrets included.
    pub response: R,
    /// Its request id (`x-amzn-requestid`).
    pub request_id: Option<String>,
    /// How often it was asked until it answered.
    pub attempts: u32,
}

/// An operation that can be sent through the SDK. Implemented once for each, beside its mapping.
pub trait Execute: Call {
    /// Sends it once (a change) or as often as the SDK retries (a read), and maps the reply or the error.
    fn execute(self, client: &aws_sdk_ivs::Client) -> impl Future<Output = Result<Answer<Self::Response>, Failure>> + Send;
}
