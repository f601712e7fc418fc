//! Every URL of the console, built and read here and nowhere else.
//!
//! `/{account}/{region}/…` for what lives in IVS, one word for what does not. What a person can choose on a page
//! (filter, sort, tab, open panel) stands in the query, so that any view can be pasted to a colleague.

mod escape;
mod noun;

pub(crate) use noun::{At, Noun};

use crate::api::Scope;
use contract::session::SIGN_IN;
use escape::{decode, encode};
use std::mem::{Discriminant, discriminant};

/// What makes a page another page, and not the same about something else.
pub(crate) type Kind = (Discriminant<Page>, Option<(Noun, Discriminant<At>)>, Option<Scope>);

/// A page of the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    /// `/`: leads to the first account and region, or to those of last time.
    Home,
    /// The channels of a region.
    Channels(Scope),
    /// The form that creates one.
    NewChannel(Scope),
    /// The form that creates many, from a file.
    Provision(Scope),
    /// One channel, by the last part of its ARN.
    Channel(Scope, String),
    /// The form that changes one.
    EditChannel(Scope, String),
    /// The first channel, step by step: for a region that has none.
    Welcome(Scope),
    /// The stream keys of a region's channels.
    StreamKeys(Scope),
    /// What is live in a region.
    Streams(Scope),
    /// Disconnecting viewers of private channels.
    Viewers(Scope),
    /// The stream sessions of a channel, which stands in the query.
    Sessions(Scope),
    /// One of them: the last part of the channel's ARN, and the id of the stream.
    Session(Scope, String, String),
    /// What channels are configured with: a list of one kind, or what is in it.
    Resource(Scope, Noun, At),
    /// Playback tokens, made and read in the browser.
    Tokens(Scope),
    /// The jobs: work of more than one call.
    Jobs,
    /// One of them, by its id.
    Job(String),
    /// The tags of any resource, whose ARN stands in the query.
    Tags,
    /// What `tally check` says.
    Setup,
    /// What this is, and what it is not.
    About,
    /// What was asked, by whom, and how it ended.
    Journal,
    /// Why a sign-in did not work, and how to begin another.
    SignIn,
    /// Where one is signed in, and for admins who is.
    SignedIn,
}

impl Page {
    /// Its URL's path, each part percent-encoded.
    pub(crate) fn path(&self) -> String {
        let within = |scope: &Scope, rest: &str| format!("/{}/{}/{rest}", encode(&scope.account), encode(&scope.region));
        match self {
            Self::Home => "/".to_owned(),
            Self::Channels(scope) => within(scope, "channels"),
            Self::NewChannel(scope) => within(scope, "channels/new"),
            Self::Provision(scope) => within(scope, "channels/from-a-file"),
            Self::Channel(scope, id) => within(scope, &format!("channels/{}", encode(id))),
            Self::EditChannel(scope, id) => within(scope, &format!("channels/{}/edit", encode(id))),
            Self::Welcome(scope) => within(scope, "welcome"),
            Self::StreamKeys(scope) => within(scope, "stream-keys"),
            Self::Streams(scope) => within(scope, "streams"),
            Self::Viewers(scope) => within(scope, "viewer-sessions"),
            Self::Sessions(scope) => within(scope, "sessions"),
            Self::Session(scope, channel, stream) => within(scope, &format!("sessions/{}/{}", encode(channel), encode(stream))),
            Self::Resource(scope, noun, at) => within(scope, &format!("{}{}", noun.path(), at.path())),
            Self::Tokens(scope) => within(scope, "playback-tokens"),
            Self::Jobs => "/jobs".to_owned(),
            Self::Job(id) => format!("/jobs/{}", encode(id)),
            Self::Tags => "/tags".to_owned(),
            Self::Setup => "/setup".to_owned(),
            Self::About => "/about".to_owned(),
            Self::Journal => "/journal".to_owned(),
            Self::SignIn => SIGN_IN.to_owned(),
            Self::SignedIn => "/signed-in".to_owned(),
        }
    }

    /// What kind of page it is.
    pub(crate) fn kind(&self) -> Kind {
        let of = if let Self::Resource(_, noun, at) = self { Some((*noun, discriminant(at))) } else { None };
        // What was asked of one place is not shown as if it had been asked of another.
        let here = if let Self::Viewers(scope) = self { Some(scope.clone()) } else { None };
        (discriminant(self), of, here)
    }

    /// The id of the channel that it is about, if it is about one.
    pub(crate) fn channel(&self) -> Option<&str> {
        if let Self::Channel(_, id) | Self::EditChannel(_, id) = self { Some(id) } else { None }
    }

    /// The page of a path; `None` where there is none.
    pub(crate) fn parse(path: &str) -> Option<Self> {
        let parts: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(decode).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let scope = |account: &str, region: &str| Scope { account: account.to_owned(), region: region.to_owned() };
        Some(match parts.as_slice() {
            [] => Self::Home,
            ["jobs"] => Self::Jobs,
            ["jobs", id] => Self::Job((*id).to_owned()),
            ["tags"] => Self::Tags,
            ["setup"] => Self::Setup,
            ["about"] => Self::About,
            ["journal"] => Self::Journal,
            ["sign-in"] => Self::SignIn,
            ["signed-in"] => Self::SignedIn,
            [account, region, "welcome"] => Self::Welcome(scope(account, region)),
            [account, region, "stream-keys"] => Self::StreamKeys(scope(account, region)),
            [account, region, "streams"] => Self::Streams(scope(account, region)),
            [account, region, "viewer-sessions"] => Self::Viewers(scope(account, region)),
            [account, region, "playback-tokens"] => Self::Tokens(scope(account, region)),
            [account, region, "channels"] => Self::Channels(scope(account, region)),
            [account, region, "channels", "new"] => Self::NewChannel(scope(account, region)),
            [account, region, "channels", "from-a-file"] => Self::Provision(scope(account, region)),
            [account, region, "channels", id] => Self::Channel(scope(account, region), (*id).to_owned()),
            [account, region, "channels", id, "edit"] => Self::EditChannel(scope(account, region), (*id).to_owned()),
            [account, region, "sessions"] => Self::Sessions(scope(account, region)),
            [account, region, "sessions", channel, stream] => {
                Self::Session(scope(account, region), (*channel).to_owned(), (*stream).to_owned())
            }
            [account, region, noun, at @ ..] => Self::Resource(scope(account, region), Noun::named(noun)?, At::of(at)?),
            _ => return None,
        })
    }

    /// The account and region it is about, where it is about one.
    pub(crate) fn scope(&self) -> Option<&Scope> {
        match self {
            Self::Channels(scope)
            | Self::NewChannel(scope)
            | Self::Provision(scope)
            | Self::Channel(scope, _)
            | Self::EditChannel(scope, _)
            | Self::Welcome(scope)
            | Self::StreamKeys(scope)
            | Self::Streams(scope)
            | Self::Viewers(scope)
            | Self::Tokens(scope)
            | Self::Sessions(scope)
            | Self::Session(scope, ..)
            | Self::Resource(scope, ..) => Some(scope),
            Self::Home
            | Self::Jobs
            | Self::Job(_)
            | Self::Tags
            | Self::Setup
            | Self::About
            | Self::Journal
            | Self::SignIn
            | Self::SignedIn => None,
        }
    }

    /// The page of the sidebar that it belongs to.
    pub(crate) fn listed_in(&self) -> Self {
        match self {
            Self::NewChannel(scope)
            | Self::Provision(scope)
            | Self::Channel(scope, _)
            | Self::EditChannel(scope, _)
            | Self::Welcome(scope) => Self::Channels(scope.clone()),
            Self::Session(scope, ..) => Self::Sessions(scope.clone()),
            Self::Resource(scope, noun, _) => Self::Resource(scope.clone(), *noun, At::List),
            Self::Job(_) => Self::Jobs,
            Self::Home
            | Self::Channels(_)
            | Self::StreamKeys(_)
            | Self::Streams(_)
            | Self::Viewers(_)
            | Self::Tokens(_)
            | Self::Sessions(_)
            | Self::Jobs
            | Self::Tags
            | Self::Setup
            | Self::About
            | Self::Journal
            | Self::SignIn
            | Self::SignedIn => self.clone(),
        }
    }

    /// The same page in another account or region: the list where this very thing cannot be there.
    pub(crate) fn within(&self, scope: Scope) -> Self {
        match self {
            Self::Home
            | Self::Jobs
            | Self::Job(_)
            | Self::Tags
            | Self::Setup
            | Self::About
            | Self::Journal
            | Self::SignIn
            | Self::SignedIn
            | Self::Channels(_)
            | Self::Channel(..)
            | Self::EditChannel(..) => Self::Channels(scope),
            Self::NewChannel(_) => Self::NewChannel(scope),
            Self::Provision(_) => Self::Provision(scope),
            Self::Welcome(_) => Self::Welcome(scope),
            Self::StreamKeys(_) => Self::StreamKeys(scope),
            Self::Streams(_) => Self::Streams(scope),
            Self::Viewers(_) => Self::Viewers(scope),
            Self::Tokens(_) => Self::Tokens(scope),
            Self::Sessions(_) | Self::Session(..) => Self::Sessions(scope),
            Self::Resource(_, noun, at) => Self::Resource(scope, *noun, if *at == At::New { At::New } else { At::List }),
        }
    }
}

/// A question that a channel's page asks before it does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// What metadata to send to its viewers?
    Metadata,
    /// Insert an ad break?
    AdBreak,
    /// Stop its stream?
    Stop,
    /// Take it off air, and keep it off?
    OffAir,
    /// Reset its stream key?
    Reset,
    /// Delete its stream key?
    DeleteKey,
    /// Delete it?
    Delete,
}

impl Ask {
    const ALL: [Ask; 7] = [Self::Metadata, Self::AdBreak, Self::Stop, Self::OffAir, Self::Reset, Self::DeleteKey, Self::Delete];

    const fn word(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::AdBreak => "ad-break",
            Self::Stop => "stop",
            Self::OffAir => "off-air",
            Self::Reset => "reset",
            Self::DeleteKey => "delete-key",
            Self::Delete => "delete",
        }
    }

    /// The question that the value of `ask` in a query means.
    pub(crate) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ask| ask.word() == word)
    }
}

/// A page that begins with a question.
pub(crate) fn ask(page: &Page, ask: Ask) -> String {
    format!("{}?ask={}", page.path(), ask.word())
}

/// Where the tags of a resource are.
pub(crate) fn tags_of(arn: &str) -> String {
    format!("{}?arn={}", Page::Tags.path(), encode(arn))
}

/// The form that creates a channel, filled with what one was before the deletion that this row of the journal tells of.
pub(crate) fn bring_back(scope: Scope, row: &str) -> String {
    format!("{}?from={}", Page::NewChannel(scope).path(), encode(row))
}

/// What the journal has of a resource.
pub(crate) fn journal_of(arn: &str) -> String {
    format!("{}?arn={}", Page::Journal.path(), encode(arn))
}

/// What it has of a person.
pub(crate) fn journal_of_person(subject: &str) -> String {
    format!("{}?person={}", Page::Journal.path(), encode(subject))
}

/// Where the stream sessions of a channel are: by its id, or by its ARN where it is not one of this place.
pub(crate) fn sessions_of(scope: &Scope, channel: &str) -> String {
    of_channel(&Page::Sessions(scope.clone()), channel)
}

/// A page of a region that begins with one of its channels, by the last part of its ARN.
pub(crate) fn of_channel(page: &Page, channel: &str) -> String {
    format!("{}?channel={}", page.path(), encode(channel))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope() -> Scope {
        Scope { account: "live events/ü".into(), region: "eu-west-1".into() }
    }

    #[test]
    fn every_page_is_read_back_from_its_own_path() {
        let pages = [
            Page::Home,
            Page::Channels(scope()),
            Page::NewChannel(scope()),
            Page::Provision(scope()),
            Page::Channel(scope(), "abcdABCDefgh".into()),
            Page::EditChannel(scope(), "abcdABCDefgh".into()),
            Page::Welcome(scope()),
            Page::StreamKeys(scope()),
            Page::Streams(scope()),
            Page::Viewers(scope()),
            Page::Sessions(scope()),
            Page::Session(scope(), "abcdABCDefgh".into(), "st-1A1234567890ABCDEFGHIJK".into()),
            Page::Resource(scope(), Noun::Recording, At::List),
            Page::Resource(scope(), Noun::Slate, At::New),
            Page::Resource(scope(), Noun::Policy, At::One("abcdABCDefgh".into())),
            Page::Resource(scope(), Noun::Ads, At::Edit("abcdABCDefgh".into())),
            Page::Tokens(scope()),
            Page::Jobs,
            Page::Job("0193-7".into()),
            Page::Tags,
            Page::Setup,
            Page::About,
            Page::Journal,
            Page::SignIn,
            Page::SignedIn,
        ];
        for page in pages {
            assert_eq!(Page::parse(&page.path()), Some(page.clone()), "{}", page.path());
        }
    }

    #[test]
    fn an_account_name_cannot_add_a_part_to_the_path() {
        assert_eq!(Page::Channels(scope()).path(), "/live%20events%2F%C3%BC/eu-west-1/channels");
    }

    #[test]
    fn what_is_no_page_is_none() {
        for path in [
            "/nothing",
            "/a/b",
            "/jobs/a/b",
            "/a/b/streams/c",
            "/a/b/fleet",
            "/a/b/sessions/c",
            "/a/b/sessions/c/d/e",
            "/a/b/channels/c/d",
            "/a/b/c/d/e/f",
            "/a/b/failover-slates/c/d",
            "/a/b/failover-slates/c/edit/d",
        ] {
            assert_eq!(Page::parse(path), None, "{path}");
        }
    }

    #[test]
    fn a_broken_escape_is_kept_as_text() {
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%41"), "%zzA");
    }

    #[test]
    fn another_region_keeps_the_form_but_not_the_resource() {
        let other = Scope { account: "a".into(), region: "us-west-2".into() };
        assert_eq!(Page::NewChannel(scope()).within(other.clone()), Page::NewChannel(other.clone()));
        assert_eq!(Page::Channel(scope(), "x".into()).within(other.clone()), Page::Channels(other));
    }
}
