//! Deletes, what acts on live streams, and the reads, which change nothing.

use super::{Before, Found, Look, Resolve, Sent, gone, unread};
use crate::error::Failure;
use crate::ivs::wire::Execute;
use contract::ad_configuration::{DeleteAdConfiguration, GetAdConfiguration, ListAdConfigurations};
use contract::call::Expect;
use contract::channel::{BatchGetChannel, DeleteChannel, GetChannel, ListChannels};
use contract::failover_slate_configuration::{
    DeleteFailoverSlateConfiguration, GetFailoverSlateConfiguration, ListFailoverSlateConfigurations,
};
use contract::playback_key_pair::{DeletePlaybackKeyPair, GetPlaybackKeyPair, ListPlaybackKeyPairs};
use contract::playback_restriction_policy::{
    DeletePlaybackRestrictionPolicy, GetPlaybackRestrictionPolicy, ListPlaybackRestrictionPolicies,
};
use contract::recording_configuration::{DeleteRecordingConfiguration, GetRecordingConfiguration, ListRecordingConfigurations};
use contract::stream::{GetStream, InsertAdBreak, ListStreams, PutMetadata, StopStream};
use contract::stream_key::{BatchGetStreamKey, DeleteStreamKey, GetStreamKey, ListStreamKeys};
use contract::stream_session::{GetStreamSession, ListStreamSessions};
use contract::tag::ListTagsForResource;
use contract::viewer_session::{BatchStartViewerSessionRevocation, StartViewerSessionRevocation};
use contract::{Code, Empty};

/// ARNs are never given twice: what is there was not deleted.
async fn deleted<Q: Execute>(look: &Look<'_>, get: Q) -> Found<Empty> {
    match look.read(get).await {
        Ok(_) => Found::NotMade,
        Err(failure) if gone(&failure) => Found::Made(Empty {}),
        Err(_) => Found::Unreadable,
    }
}

macro_rules! deletes {
    ($($delete:ident seen by $get:ident;)*) => {
        $(impl Resolve for $delete {
            async fn before(&self, look: &Look<'_>) -> Before {
                look.image($get { arn: self.arn.clone() }).await
            }

            async fn find_out(&self, look: &Look<'_>, _: Sent<'_>) -> Found<Empty> {
                deleted(look, $get { arn: self.arn.clone() }).await
            }
        })*
    };
}

deletes! {
    DeleteChannel seen by GetChannel;
    DeletePlaybackKeyPair seen by GetPlaybackKeyPair;
    DeleteRecordingConfiguration seen by GetRecordingConfiguration;
    DeletePlaybackRestrictionPolicy seen by GetPlaybackRestrictionPolicy;
    DeleteAdConfiguration seen by GetAdConfiguration;
    DeleteFailoverSlateConfiguration seen by GetFailoverSlateConfiguration;
}

impl Resolve for DeleteStreamKey {
    async fn before(&self, look: &Look<'_>) -> Before {
        look.image(GetStreamKey { arn: self.arn.clone() }).await
    }

    /// The image has all but the value, and may be missing: a key that has leaked is not kept for the sake of its tags, nor
    /// where the console's credentials may not read keys.
    fn precondition(&self, _: &Before, expect: &Expect) -> Result<(), Failure> {
        super::no_stream(expect)?;
        super::no_tags(expect)
    }

    async fn find_out(&self, look: &Look<'_>, _: Sent<'_>) -> Found<Empty> {
        deleted(look, GetStreamKey { arn: self.arn.clone() }).await
    }
}

impl Resolve for StopStream {
    async fn before(&self, look: &Look<'_>) -> Before {
        match look.image(GetStream { channel_arn: self.channel_arn.clone() }).await {
            Err(failure) if failure.api.code == Code::ChannelNotBroadcasting => Ok(None),
            read => read,
        }
    }

    /// IVS stops whatever is live; the person saw one stream and means that one. Who saw none may stop unread what is live:
    /// a show that must end does not wait for a read.
    fn precondition(&self, before: &Before, expect: &Expect) -> Result<(), Failure> {
        super::no_tags(expect)?;
        let Some(seen) = &expect.stream_id else { return Ok(()) };
        let stream = before.as_ref().map_err(unread)?;
        let live = stream.as_ref().and_then(|image| image.pointer("/stream/streamId")?.as_str());
        if live == Some(seen) {
            return Ok(());
        }
        let now = live.map_or_else(|| "nothing is live now".to_owned(), |now| format!("what is live now is {now}"));
        let said = format!("The stream {seen} has ended; {now}. Nothing was stopped.");
        Err(Failure::refused(Code::StateChanged, said))
    }

    /// The encoder may be back already, with another stream than the one that was to be stopped.
    async fn find_out(&self, look: &Look<'_>, sent: Sent<'_>) -> Found<Empty> {
        let live = match look.read(GetStream { channel_arn: self.channel_arn.clone() }).await {
            Ok(reply) => reply.stream.and_then(|stream| stream.stream_id),
            Err(failure) if failure.api.code == Code::ChannelNotBroadcasting || gone(&failure) => return Found::Made(Empty {}),
            Err(_) => return Found::Unreadable,
        };
        let seen = sent.expect.and_then(|expect| expect.stream_id.as_deref());
        let meant = seen.or_else(|| sent.before?.pointer("/stream/streamId")?.as_str());
        match (meant, live) {
            (Some(meant), Some(live)) if meant == live => Found::NotMade,
            (Some(_), Some(_)) => Found::Made(Empty {}),
            (None, _) | (_, None) => Found::NotSeen,
        }
    }
}

macro_rules! unseen {
    ($($operation:ident: $why:literal;)*) => {
        $(impl Resolve for $operation {
            async fn find_out(&self, _: &Look<'_>, _: Sent<'_>) -> Found<Self::Response> {
                Found::Cannot($why.to_owned())
            }
        })*
    };
}

impl Resolve for PutMetadata {
    async fn find_out(&self, _: &Look<'_>, _: Sent<'_>) -> Found<Empty> {
        Found::Cannot("IVS does not say which metadata was sent. Sending it again may show it to viewers twice.".to_owned())
    }
}

// What IVS shows nothing of afterwards.
unseen! {
    InsertAdBreak: "The events of the session show whether the break was inserted.";
    StartViewerSessionRevocation: "IVS does not say who was disconnected. Revoking again is harmless.";
    BatchStartViewerSessionRevocation: "IVS does not say who was disconnected. Revoking again is harmless.";
}

macro_rules! reads {
    ($($operation:ident)*) => {
        $(impl Resolve for $operation {
            async fn find_out(&self, _: &Look<'_>, _: Sent<'_>) -> Found<Self::Response> {
                Found::Cannot("A read changes nothing.".to_owned())
            }
        })*
    };
}

reads! {
    BatchGetChannel GetChannel ListChannels BatchGetStreamKey GetStreamKey ListStreamKeys GetStream ListStreams
    GetStreamSession ListStreamSessions GetPlaybackKeyPair ListPlaybackKeyPairs GetRecordingConfiguration
    ListRecordingConfigurations GetPlaybackRestrictionPolicy ListPlaybackRestrictionPolicies GetAdConfiguration
    ListAdConfigurations GetFailoverSlateConfiguration ListFailoverSlateConfigurations ListTagsForResource
}
