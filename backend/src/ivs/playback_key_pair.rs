//! Playback key pairs.

use super::wire::{IntoWire, empty_replies, execute, replies};
use aws_sdk_ivs::{operation as sdk, types};
use contract::playback_key_pair::*;

execute! { DeletePlaybackKeyPair { arn }, client => client.delete_playback_key_pair().arn(arn) }
execute! { GetPlaybackKeyPair { arn }, client => client.get_playback_key_pair().arn(arn) }
execute! {
    ImportPlaybackKeyPair { public_key_material, name, tags },
    client => client
        .import_playback_key_pair()
        .public_key_material(public_key_material)
        .set_name(name)
        .set_tags(tags.wire())
}
execute! {
    ListPlaybackKeyPairs { next_token, max_results },
    client => client.list_playback_key_pairs().set_next_token(next_token).set_max_results(max_results)
}

replies! {
    sdk::get_playback_key_pair::GetPlaybackKeyPairOutput => GetPlaybackKeyPairResponse { key_pair }
    sdk::import_playback_key_pair::ImportPlaybackKeyPairOutput => ImportPlaybackKeyPairResponse { key_pair }
    sdk::list_playback_key_pairs::ListPlaybackKeyPairsOutput => ListPlaybackKeyPairsResponse { key_pairs, next_token }

    types::PlaybackKeyPair => PlaybackKeyPair { arn, name, fingerprint, tags }
    types::PlaybackKeyPairSummary => PlaybackKeyPairSummary { arn, name, tags }
}
empty_replies! { sdk::delete_playback_key_pair::DeletePlaybackKeyPairOutput }
