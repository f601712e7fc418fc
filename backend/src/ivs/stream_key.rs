//! Stream keys.

use super::wire::{IntoWire, empty_replies, execute, replies};
use aws_sdk_ivs::{operation as sdk, types};
use contract::stream_key::*;

execute! { BatchGetStreamKey { arns }, client => client.batch_get_stream_key().set_arns(Some(arns)) }
execute! {
    CreateStreamKey { channel_arn, tags },
    client => client.create_stream_key().channel_arn(channel_arn).set_tags(tags.wire())
}
execute! { DeleteStreamKey { arn }, client => client.delete_stream_key().arn(arn) }
execute! { GetStreamKey { arn }, client => client.get_stream_key().arn(arn) }
execute! {
    ListStreamKeys { channel_arn, next_token, max_results },
    client => client.list_stream_keys().channel_arn(channel_arn).set_next_token(next_token).set_max_results(max_results)
}

replies! {
    sdk::batch_get_stream_key::BatchGetStreamKeyOutput => BatchGetStreamKeyResponse { stream_keys, errors }
    sdk::create_stream_key::CreateStreamKeyOutput => CreateStreamKeyResponse { stream_key }
    sdk::get_stream_key::GetStreamKeyOutput => GetStreamKeyResponse { stream_key }
    sdk::list_stream_keys::ListStreamKeysOutput => ListStreamKeysResponse { stream_keys, next_token }

    types::StreamKey => StreamKey { arn, value, channel_arn, tags }
    types::StreamKeySummary => StreamKeySummary { arn, channel_arn, tags }
}
empty_replies! { sdk::delete_stream_key::DeleteStreamKeyOutput }
