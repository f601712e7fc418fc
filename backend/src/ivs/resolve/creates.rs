//! Creates: found by their operation tag, which every list of IVS shows.

use super::{Found, Look, Resolve, Sent, gone, same};
use crate::error::Failure;
use contract::Call;
use contract::ad_configuration::{CreateAdConfiguration, GetAdConfiguration, ListAdConfigurations};
use contract::call::Candidate;
use contract::channel::{CreateChannel, CreateChannelResponse, GetChannel, ListChannels};
use contract::failover_slate_configuration::{
    CreateFailoverSlateConfiguration, GetFailoverSlateConfiguration, ListFailoverSlateConfigurations,
};
use contract::playback_key_pair::{GetPlaybackKeyPair, ImportPlaybackKeyPair, ListPlaybackKeyPairs};
use contract::playback_restriction_policy::{
    CreatePlaybackRestrictionPolicy, GetPlaybackRestrictionPolicy, ListPlaybackRestrictionPolicies,
};
use contract::recording_configuration::{CreateRecordingConfiguration, GetRecordingConfiguration, ListRecordingConfigurations};
use contract::stream_key::{CreateStreamKey, GetStreamKey, ListStreamKeys};
use contract::tag::{OPERATION_TAG, Tags};

/// What a search for a create came to.
enum Search {
    Found(String),
    Nothing,
    /// No tag to go by, and these have the same name.
    Candidates(Vec<Candidate>),
    Failed,
}

/// A listed resource, as far as the search needs it.
struct Listed {
    arn: String,
    name: Option<String>,
    tags: Tags,
}

/// Compares what is listed with what was to be made.
struct Sought<'a> {
    tag: Option<&'a str>,
    name: Option<&'a str>,
    candidates: Vec<Candidate>,
}

impl<'a> Sought<'a> {
    fn new(look: &Look<'_>, sent: Sent<'a>, name: Option<&'a str>) -> Self {
        Self { tag: look.ivs.operation_tag().then_some(sent.tag), name, candidates: Vec::new() }
    }

    fn see(&mut self, listed: Listed) -> Option<String> {
        match self.tag {
            Some(tag) => (listed.tags.get(OPERATION_TAG).map(String::as_str) == Some(tag)).then_some(listed.arn),
            None => {
                // IVS lists what has no name with none or an empty one.
                let same = listed.name.as_deref().unwrap_or_default() == self.name.unwrap_or_default();
                if same && self.candidates.len() < Candidate::MOST {
                    self.candidates.push(Candidate { arn: listed.arn, name: listed.name });
                }
                None
            }
        }
    }

    fn end(self) -> Search {
        if self.tag.is_some() { Search::Nothing } else { Search::Candidates(self.candidates) }
    }
}

/// Goes through the pages of a list until the sought resource is there.
macro_rules! search {
    ($look:expr, $sought:expr, $list:expr, $items:ident, |$item:ident| $listed:expr) => {{
        let mut sought: Sought<'_> = $sought;
        let mut list = $list;
        'pages: loop {
            let Ok(page) = $look.read(list.clone()).await else { break Search::Failed };
            for $item in page.$items {
                if let Some(arn) = sought.see($listed) {
                    break 'pages Search::Found(arn);
                }
            }
            match page.next_token {
                Some(token) if !token.is_empty() => list.next_token = Some(token),
                Some(_) | None => break sought.end(),
            }
        }
    }};
}

/// That nothing of it is listed does not say that it was never made: somebody may have deleted it since.
fn unfound<R>(search: Search) -> Found<R> {
    match search {
        Search::Candidates(candidates) if !candidates.is_empty() => Found::OneOf(candidates),
        Search::Candidates(_) | Search::Nothing => Found::NotSeen,
        Search::Found(_) | Search::Failed => Found::Unreadable,
    }
}

/// What is listed is there; its own reply, read after it, is what the create would have answered.
fn read_back<A: serde::Serialize, R: Call>(read: Result<A, Failure>) -> Found<R::Response> {
    match read {
        Ok(reply) => same::<_, R>(&reply).map_or(Found::Unreadable, Found::Made),
        Err(failure) if gone(&failure) => Found::NotSeen,
        Err(_) => Found::Unreadable,
    }
}

macro_rules! creates {
    ($($create:ident in $list:ident . $items:ident of $page:literal, then $get:ident;)*) => {
        $(impl Resolve for $create {
            async fn find_out(&self, look: &Look<'_>, sent: Sent<'_>) -> Found<Self::Response> {
                let list = $list { max_results: Some($page), ..$list::default() };
                let found = search!(look, Sought::new(look, sent, self.name.as_deref()), list, $items, |item| Listed {
                    arn: item.arn.into(),
                    name: item.name,
                    tags: item.tags,
                });
                let Search::Found(arn) = found else { return unfound(found) };
                read_back::<_, Self>(look.read($get { arn }).await)
            }
        })*
    };
}

creates! {
    CreateRecordingConfiguration in ListRecordingConfigurations.recording_configurations of 100, then GetRecordingConfiguration;
    CreatePlaybackRestrictionPolicy in ListPlaybackRestrictionPolicies.playback_restriction_policies of 100, then GetPlaybackRestrictionPolicy;
    CreateAdConfiguration in ListAdConfigurations.ad_configurations of 100, then GetAdConfiguration;
    CreateFailoverSlateConfiguration in ListFailoverSlateConfigurations.failover_slate_configurations of 100, then GetFailoverSlateConfiguration;
}

impl Resolve for ImportPlaybackKeyPair {
    async fn find_out(&self, look: &Look<'_>, sent: Sent<'_>) -> Found<Self::Response> {
        let list = ListPlaybackKeyPairs { max_results: Some(100), ..ListPlaybackKeyPairs::default() };
        let sought = Sought::new(look, sent, self.name.as_deref());
        let found =
            search!(look, sought, list, key_pairs, |item| Listed { arn: item.arn.unwrap_or_default(), name: item.name, tags: item.tags });
        let Search::Found(arn) = found else { return unfound(found) };
        read_back::<_, Self>(look.read(GetPlaybackKeyPair { arn }).await)
    }
}

impl Resolve for CreateStreamKey {
    async fn find_out(&self, look: &Look<'_>, sent: Sent<'_>) -> Found<Self::Response> {
        let list = ListStreamKeys { channel_arn: self.channel_arn.clone(), next_token: None, max_results: Some(50) };
        let sought = Sought::new(look, sent, None);
        let found =
            search!(look, sought, list, stream_keys, |item| Listed { arn: item.arn.unwrap_or_default(), name: None, tags: item.tags });
        let Search::Found(arn) = found else { return unfound(found) };
        read_back::<_, Self>(look.read(GetStreamKey { arn }).await)
    }
}

impl Resolve for CreateChannel {
    async fn find_out(&self, look: &Look<'_>, sent: Sent<'_>) -> Found<Self::Response> {
        let list = ListChannels { max_results: Some(100), ..ListChannels::default() };
        let sought = Sought::new(look, sent, self.name.as_deref());
        let found =
            search!(look, sought, list, channels, |item| Listed { arn: item.arn.unwrap_or_default(), name: item.name, tags: item.tags });
        let Search::Found(arn) = found else { return unfound(found) };
        let channel = match look.read(GetChannel { arn: arn.clone() }).await {
            Ok(reply) => reply.channel,
            Err(failure) if gone(&failure) => return Found::NotSeen,
            Err(_) => return Found::Unreadable,
        };
        // IVS makes the stream key together with the channel; its value is not read, since nobody asked to see it.
        let keys = look.read(ListStreamKeys { channel_arn: arn, next_token: None, max_results: Some(1) }).await;
        let stream_key = keys.ok().and_then(|mut keys| keys.stream_keys.pop()).map(|key| contract::stream_key::StreamKey {
            arn: key.arn,
            value: None,
            channel_arn: key.channel_arn,
            tags: key.tags,
        });
        Found::Made(CreateChannelResponse { channel, stream_key })
    }
}
