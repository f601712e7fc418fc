//! Every read operation, tried once. Those that need a resource are asked for one that does not exist: “not found” says
//! that looking is allowed.

use crate::error::Failure;
use crate::ivs::{Ivs, Scope};
use contract::arn::{Arn, Resource};
use contract::{Call, Operation};
use futures::FutureExt;
use futures::future::BoxFuture;

/// An id that no resource has: IVS's have letters and digits without a meaning.
const NOBODY: &str = "tallycheck00";

type Tried<'a> = BoxFuture<'a, (Operation, Result<(), Failure>)>;

macro_rules! probes {
    ($ivs:ident, $scope:ident; $($noun:ident::$operation:ident $members:tt)*) => {
        vec![$({
            let request = contract::$noun::$operation $members;
            async move { (contract::$noun::$operation::OPERATION, $ivs.try_read($scope, request).await) }.boxed()
        }),*]
    };
}

/// All of them; `tests` compare them with the table.
pub(super) fn all<'a>(ivs: &'a Ivs, scope: &'a Scope, account: &str) -> Vec<Tried<'a>> {
    let arn = |resource| Arn { region: scope.region.clone(), account: account.to_owned(), resource, id: NOBODY.to_owned() }.to_string();
    let (channel, stream_key, key_pair) = (arn(Resource::Channel), arn(Resource::StreamKey), arn(Resource::PlaybackKey));
    probes! { ivs, scope;
        ad_configuration::GetAdConfiguration { arn: arn(Resource::AdConfiguration) }
        ad_configuration::ListAdConfigurations { ..Default::default() }
        channel::BatchGetChannel { arns: vec![channel.clone()] }
        channel::GetChannel { arn: channel.clone() }
        channel::ListChannels { ..Default::default() }
        failover_slate_configuration::GetFailoverSlateConfiguration { arn: arn(Resource::FailoverSlateConfiguration) }
        failover_slate_configuration::ListFailoverSlateConfigurations { ..Default::default() }
        playback_key_pair::GetPlaybackKeyPair { arn: key_pair }
        playback_key_pair::ListPlaybackKeyPairs { ..Default::default() }
        playback_restriction_policy::GetPlaybackRestrictionPolicy { arn: arn(Resource::PlaybackRestrictionPolicy) }
        playback_restriction_policy::ListPlaybackRestrictionPolicies { ..Default::default() }
        recording_configuration::GetRecordingConfiguration { arn: arn(Resource::RecordingConfiguration) }
        recording_configuration::ListRecordingConfigurations { ..Default::default() }
        stream::GetStream { channel_arn: channel.clone() }
        stream::ListStreams { ..Default::default() }
        stream_key::BatchGetStreamKey { arns: vec![stream_key.clone()] }
        stream_key::GetStreamKey { arn: stream_key }
        stream_key::ListStreamKeys { channel_arn: channel.clone(), next_token: None, max_results: None }
        stream_session::GetStreamSession { channel_arn: channel.clone(), stream_id: None }
        stream_session::ListStreamSessions { channel_arn: channel.clone(), next_token: None, max_results: None }
        tag::ListTagsForResource { resource_arn: channel }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ivs::Terms;
    use std::collections::{BTreeMap, BTreeSet};

    #[tokio::test]
    async fn every_read_operation_is_tried() {
        let folder = tempfile::tempdir().unwrap();
        let journal = crate::journal::Journal::open(&folder.path().join("journal.db")).await.unwrap();
        let terms = Terms { operation_tag: true, patience: std::time::Duration::from_secs(15), held_of: Box::new(|_| None) };
        let ivs = Ivs::new(BTreeMap::new(), journal, tokio_util::task::TaskTracker::new(), terms);
        let scope = Scope { account: "none".into(), region: "eu-west-1".into() };
        let tried = futures::future::join_all(all(&ivs, &scope, "123456789012")).await;
        let tried: BTreeSet<Operation> = tried.into_iter().map(|(operation, _)| operation).collect();
        let reads: BTreeSet<Operation> = Operation::ALL.iter().copied().filter(|operation| operation.reads()).collect();
        assert_eq!(tried, reads);
    }
}
