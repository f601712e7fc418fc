//! Stream sessions.

use super::wire::{execute, replies};
use aws_sdk_ivs::{operation as sdk, types};
use contract::stream_session::*;

execute! {
    GetStreamSession { channel_arn, stream_id },
    client => client.get_stream_session().channel_arn(channel_arn).set_stream_id(stream_id)
}
execute! {
    ListStreamSessions { channel_arn, next_token, max_results },
    client => client.list_stream_sessions().channel_arn(channel_arn).set_next_token(next_token).set_max_results(max_results)
}

replies! {
    sdk::get_stream_session::GetStreamSessionOutput => GetStreamSessionResponse { stream_session }
    sdk::list_stream_sessions::ListStreamSessionsOutput => ListStreamSessionsResponse { stream_sessions, next_token }

    types::StreamSession => StreamSession {
        stream_id, start_time, end_time, channel, ingest_configuration, ingest_configurations, recording_configuration,
        truncated_events, failover_slate_configuration,
    }
    types::StreamSessionSummary => StreamSessionSummary { stream_id, start_time, end_time, has_error_event }
    types::StreamEvent => StreamEvent { name, kind = r#type, event_time, code }
    types::IngestConfiguration => IngestConfiguration { video, audio }
    types::IngestConfigurations => IngestConfigurations { video_configurations, audio_configurations }
    types::VideoConfiguration => VideoConfiguration {
        avc_profile, avc_level, codec, encoder, target_bitrate, target_framerate, video_height, video_width, level, track, profile,
    }
    types::AudioConfiguration => AudioConfiguration { codec, target_bitrate, sample_rate, channels, track }
}
