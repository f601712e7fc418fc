//! Viewer sessions.

use super::wire::{IntoWire, empty_replies, execute, replies};
use aws_sdk_ivs::{operation as sdk, types};
use contract::viewer_session::*;

execute! {
    BatchStartViewerSessionRevocation { viewer_sessions },
    client => client.batch_start_viewer_session_revocation().set_viewer_sessions(Some(viewer_sessions.wire()))
}
execute! {
    StartViewerSessionRevocation { channel_arn, viewer_id, viewer_session_versions_less_than_or_equal_to },
    client => client
        .start_viewer_session_revocation()
        .channel_arn(channel_arn)
        .viewer_id(viewer_id)
        .set_viewer_session_versions_less_than_or_equal_to(viewer_session_versions_less_than_or_equal_to)
}

replies! {
    sdk::batch_start_viewer_session_revocation::BatchStartViewerSessionRevocationOutput =>
        BatchStartViewerSessionRevocationResponse { errors }
    types::BatchStartViewerSessionRevocationError => BatchStartViewerSessionRevocationError { channel_arn, viewer_id, code, message }
}
empty_replies! { sdk::start_viewer_session_revocation::StartViewerSessionRevocationOutput }

/// The SDK leaves version 0 out of the request, which means the same to IVS.
impl IntoWire<types::BatchStartViewerSessionRevocationViewerSession> for BatchStartViewerSessionRevocationViewerSession {
    fn wire(self) -> types::BatchStartViewerSessionRevocationViewerSession {
        let Self { channel_arn, viewer_id, viewer_session_versions_less_than_or_equal_to } = self;
        types::BatchStartViewerSessionRevocationViewerSession::builder()
            .channel_arn(channel_arn)
            .viewer_id(viewer_id)
            .set_viewer_session_versions_less_than_or_equal_to(viewer_session_versions_less_than_or_equal_to)
            .build()
            .expect("both required members are set")
    }
}
