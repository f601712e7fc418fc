//! Viewer sessions: disconnecting viewers of private channels (`docs/ivs-behaviour.md` 2.10).
//!
//! There are no viewers here to disconnect, so only the channel is looked at: an unknown viewer is no error in IVS either.

use crate::choices::BATCH_NOT_FOUND_CODE;
use crate::store::{Behave, Ctx, Region, not_found};
use contract::ApiError;
use contract::viewer_session::{
    BatchStartViewerSessionRevocation, BatchStartViewerSessionRevocationError, BatchStartViewerSessionRevocationResponse, Empty,
    StartViewerSessionRevocation,
};

impl Behave for StartViewerSessionRevocation {
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<Empty, ApiError> {
        region.channel(&self.channel_arn).map(|_| Empty {})
    }
}

impl Behave for BatchStartViewerSessionRevocation {
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<BatchStartViewerSessionRevocationResponse, ApiError> {
        let unknown = self.viewer_sessions.into_iter().filter(|viewer| region.channels.get(&viewer.channel_arn).is_none());
        let errors = unknown.map(|viewer| BatchStartViewerSessionRevocationError {
            message: Some(not_found(&viewer.channel_arn).message),
            channel_arn: viewer.channel_arn,
            viewer_id: viewer.viewer_id,
            code: Some(BATCH_NOT_FOUND_CODE.to_owned()),
        });
        Ok(BatchStartViewerSessionRevocationResponse { errors: errors.collect() })
    }
}
