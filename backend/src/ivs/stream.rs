//! Live streams.

use super::wire::{IntoWire, empty_replies, enumerations, execute, replies, time};
use aws_sdk_ivs::{operation as sdk, types};
use contract::stream::*;

execute! { GetStream { channel_arn }, client => client.get_stream().channel_arn(channel_arn) }
execute! {
    InsertAdBreak { channel_arn, duration_seconds, ad_break_id, target_start_at },
    client => client
        .insert_ad_break()
        .channel_arn(channel_arn)
        .duration_seconds(duration_seconds)
        .set_ad_break_id(ad_break_id)
        .set_target_start_at(target_start_at.map(|text| time("targetStartAt", &text)).transpose()?)
}
execute! {
    ListStreams { filter_by, next_token, max_results },
    client => client.list_streams().set_filter_by(filter_by.wire()).set_next_token(next_token).set_max_results(max_results)
}
execute! {
    PutMetadata { channel_arn, metadata },
    client => client.put_metadata().channel_arn(channel_arn).metadata(metadata.expose())
}
execute! { StopStream { channel_arn }, client => client.stop_stream().channel_arn(channel_arn) }

replies! {
    sdk::get_stream::GetStreamOutput => GetStreamResponse { stream }
    sdk::insert_ad_break::InsertAdBreakOutput => InsertAdBreakResponse { ad_break_id, target_start_at }
    sdk::list_streams::ListStreamsOutput => ListStreamsResponse { streams, next_token }

    types::Stream => Stream { channel_arn, stream_id, playback_url, start_time, state, health, viewer_count }
    types::StreamSummary => StreamSummary { channel_arn, stream_id, state, health, viewer_count, start_time }
}
empty_replies! { sdk::put_metadata::PutMetadataOutput sdk::stop_stream::StopStreamOutput }
enumerations! { StreamState StreamHealth }

impl IntoWire<types::StreamFilters> for StreamFilters {
    fn wire(self) -> types::StreamFilters {
        let Self { health } = self;
        types::StreamFilters::builder().set_health(health.wire()).build()
    }
}
