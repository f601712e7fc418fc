//! How much of an answer is read. The SDK reads a reply to its end, however long it is; what answers in place of AWS must
//! not be able to use up the memory.

use aws_sdk_ivs::config::interceptors::BeforeDeserializationInterceptorContextMut;
use aws_sdk_ivs::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_ivs::error::BoxError;
use aws_smithy_types::body::SdkBody;
use http_body_util::Limited;

/// The largest answer that is read, in bytes: 8 MiB. IVS's largest is a page of 100 channels with 50 tags each, of 128 and
/// 256 characters: some 2 MB in ASCII, and less than 8 MB where each character takes four bytes.
pub const LARGEST_ANSWER: usize = 8 << 20;

/// Breaks off whatever is longer than [`LARGEST_ANSWER`] with [`http_body_util::LengthLimitError`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct AnswerLimit;

impl Intercept for AnswerLimit {
    fn name(&self) -> &'static str {
        "AnswerLimit"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response_mut();
        let body = std::mem::replace(response.body_mut(), SdkBody::taken());
        *response.body_mut() = SdkBody::from_body_1_x(Limited::new(body, LARGEST_ANSWER));
        Ok(())
    }
}
