//! Viewer sessions: disconnecting viewers of private channels (`docs/ivs-behaviour.md` 2.10).
//!
//! An unknown viewer is no error in IVS either.

use crate::choices::BATCH_NOT_FOUND_CODE;
use crate::store::{Behave, Ctx, Region, not_found};
use contract::ApiError;
use contract::viewer_session::{
    BatchStartViewerSessionRevocation, BatchStartViewerSessionRevocationError, BatchStartViewerSessionRevocationResponse, Empty,
    StartViewerSessionRevocation,
};

impl Behave for StartViewerSessionRevocation {
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<Empty, ApiError> {
        region.channel(&self.channel_arn)?;
        region.playback.revoke(self.channel_arn, self.viewer_id, self.viewer_session_versions_less_than_or_equal_to);
        Ok(Empty {})
    }
}

impl Behave for BatchStartViewerSessionRevocation {
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<BatchStartViewerSessionRevocationResponse, ApiError> {
        let (known, unknown): (Vec<_>, Vec<_>) =
            self.viewer_sessions.into_iter().partition(|viewer| region.channels.get(&viewer.channel_arn).is_some());
        for viewer in known {
            region.playback.revoke(viewer.channel_arn, viewer.viewer_id, viewer.viewer_session_versions_less_than_or_equal_to);
        }
        let errors = unknown.into_iter().map(|viewer| BatchStartViewerSessionRevocationError {
            message: Some(not_found(&viewer.channel_arn).message),
            channel_arn: viewer.channel_arn,
            viewer_id: viewer.viewer_id,
            code: Some(BATCH_NOT_FOUND_CODE.to_owned()),
        });
        Ok(BatchStartViewerSessionRevocationResponse { errors: errors.collect() })
    }
}
