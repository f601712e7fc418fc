//! IVS's playback hosts, at `/playback/{host}/…`: playlists of what is live, for whom the channel lets watch
//! (`docs/ivs-behaviour.md` 2.9, 2.10, 4). There is no picture.
//!
//! Playback starts with the multivariant playlist, at the channel's playback URL: everything is looked at there. It makes a
//! [`Viewing`], which the playlists and segments of the renditions belong to; they look at the origin where that is enforced
//! strictly, and at revocation.

mod path;
mod playlist;
mod reply;
mod token;

use crate::clock::{Millis, SECOND};
use crate::emulator::Emulator;
use crate::id::{Ids, hash};
use crate::shelf::Shelf;
use crate::store::Region;
use crate::wire::{Reply, Request};
use contract::channel::Channel;
use contract::origin::let_in;
use contract::playback_token::claim;
use http::Method;
use p384::ecdsa::VerifyingKey;
use path::{Path, What};
use reply::Refusal;
use std::collections::BTreeMap;

/// So many viewings are remembered; then the oldest is forgotten.
const MANY: usize = 10_000;

/// Who watches the channels of a region, and with what.
#[derive(Clone, Debug, Default)]
pub(crate) struct Playback {
    /// What verifies tokens, by the ARN of the key pair.
    pub(crate) keys: BTreeMap<String, VerifyingKey>,
    /// Up to which version the sessions of a channel's viewer are revoked.
    revoked: BTreeMap<(String, String), i64>,
    /// The single-use tokens that are used up, with the time at which they would have expired.
    used: BTreeMap<String, Millis>,
    viewings: Shelf<Viewing>,
    began: u64,
}

/// Somebody who watches.
#[derive(Clone, Debug)]
struct Viewing {
    channel: String,
    stream_id: String,
    /// The origins of which each request must have one; `None`: only the first was looked at. Empty: any.
    strict: Option<Vec<String>>,
    /// The viewer's id and session version, where the token has them.
    viewer: Option<(String, i64)>,
}

/// What the rules are asked about.
#[derive(Debug)]
struct Asked {
    token: Option<String>,
    origin: Option<String>,
    country: Option<String>,
}

impl Playback {
    /// Ends the sessions of a viewer up to a version, and lets none of them begin again.
    pub(crate) fn revoke(&mut self, channel: String, viewer: String, up_to: Option<i32>) {
        let version = self.revoked.entry((channel, viewer)).or_insert(i64::MIN);
        *version = (*version).max(i64::from(up_to.unwrap_or_default()));
    }

    fn still_may(&self, channel: &str, viewer: Option<&(String, i64)>) -> Result<(), Refusal> {
        let revoked =
            |(id, version): &(String, i64)| self.revoked.get(&(channel.to_owned(), id.clone())).is_some_and(|up_to| version <= up_to);
        if viewer.is_some_and(revoked) { Err(Refusal::auth("viewer session revoked")) } else { Ok(()) }
    }

    fn begin(&mut self, viewing: Viewing, now: Millis) -> String {
        self.began += 1;
        let id = Ids::seeded(hash(&format!("{} {} {}", viewing.channel, viewing.stream_id, self.began))).alnum(22);
        self.viewings.add(&id, viewing, now);
        self.viewings.keep(MANY);
        id
    }
}

impl Emulator {
    /// Answers a player, as IVS's playback hosts do.
    pub fn watch(&self, request: &Request) -> Reply {
        let method = request.method();
        if method == Method::OPTIONS {
            return reply::preflight();
        }
        if method != Method::GET && method != Method::HEAD {
            return reply::refusal(&Refusal {
                status: 405,
                code: "method_not_allowed",
                error: "GET is all that a player needs".to_owned(),
            });
        }
        let asked = Asked::of(request);
        let path = Path::parse(request.uri().path());
        let answer = path.and_then(|path| self.there(&path.account, &path.region, |region, now| region.watch(&path, &asked, now)));
        match answer.unwrap_or_else(|| Err(Refusal::not_found("no such channel"))) {
            Ok((kind, body)) => reply::reply(200, kind, body),
            Err(refusal) => reply::refusal(&refusal),
        }
    }
}

impl Asked {
    fn of(request: &Request) -> Self {
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
        let token = crate::wire::pairs(request.uri().query().unwrap_or_default()).find(|(name, _)| name == "token");
        Self { token: token.map(|(_, token)| token), origin: header("origin"), country: header(reply::COUNTRY) }
    }

    fn origin(&self, allowed: &[String], strict: bool) -> Result<(), Refusal> {
        match self.origin.as_deref() {
            None if strict => Err(Refusal::auth("origin required")),
            Some(origin) if !let_in(allowed.iter().map(String::as_str), origin) => Err(Refusal::auth("origin not allowed")),
            None | Some(_) => Ok(()),
        }
    }
}

impl Region {
    fn watch(&mut self, path: &Path, asked: &Asked, now: Millis) -> Result<reply::Content, Refusal> {
        match &path.what {
            What::Channel(id) => self.start(path, id, asked, now),
            What::Playlist(viewing, rendition) => {
                let started = self.goes_on(viewing, asked)?;
                Ok((reply::PLAYLIST, playlist::media(path, viewing, rendition, now - started).into_bytes()))
            }
            What::Segment(viewing, number) => {
                let started = self.goes_on(viewing, asked)?;
                if *number > playlist::newest(now - started) {
                    return Err(Refusal::not_found("no such segment"));
                }
                Ok((reply::SEGMENT, playlist::segment()))
            }
        }
    }

    /// Playback starts: may it?
    fn start(&mut self, path: &Path, id: &str, asked: &Asked, now: Millis) -> Result<reply::Content, Refusal> {
        let url = path.url();
        let channel = self.channels.iter().find(|channel| channel.playback_url.as_deref() == Some(&url));
        let channel = channel.filter(|_| !id.is_empty()).ok_or_else(|| Refusal::not_found("no such channel"))?.clone();
        let (viewing, resolution) = if channel.authorized == Some(true) {
            self.with_token(&channel, asked, now)?
        } else {
            (self.with_policy(&channel, asked)?, None)
        };
        let encoder = self.live.get(&viewing.channel).map(|live| live.encoder.clone()).unwrap_or_default();
        let viewing = self.playback.begin(viewing, now);
        let text = playlist::multivariant(path, &viewing, &playlist::renditions(&channel, &encoder, resolution.as_deref()));
        Ok((reply::PLAYLIST, text.into_bytes()))
    }

    /// A private channel: the token decides, whatever the policy says.
    fn with_token(&mut self, channel: &Channel, asked: &Asked, now: Millis) -> Result<(Viewing, Option<String>), Refusal> {
        let arn = channel.arn.clone().unwrap_or_default();
        let token = asked.token.as_deref().ok_or_else(|| Refusal::auth("token required"))?;
        let claims = token::verified(token, self.playback.keys.values())?;
        if claims.text(claim::CHANNEL) != Some(&arn) {
            return Err(Refusal::auth("the token is for another channel"));
        }
        token::check(&claims, now)?;
        let (origins, strict) = (claims.origins().into_iter().map(ToOwned::to_owned).collect::<Vec<_>>(), claims.on(claim::STRICT));
        asked.origin(&origins, strict)?;
        let viewer = claims.text(claim::VIEWER).map(|viewer| (viewer.to_owned(), claims.version().unwrap_or_default() as i64));
        self.playback.still_may(&arn, viewer.as_ref())?;
        let once = claims.text(claim::SINGLE_USE).map(str::to_ascii_lowercase);
        if once.as_ref().is_some_and(|once| self.playback.used.contains_key(once)) {
            return Err(Refusal::auth("the token was for a single use"));
        }
        // What is refused has not used it up.
        let stream_id = self.on_air(&arn)?;
        if let Some(once) = once {
            self.playback.used.retain(|_, expires| *expires > now);
            self.playback.used.insert(once, (claims.number(claim::EXPIRES).unwrap_or_default() * SECOND as f64) as Millis);
        }
        let resolution = claims.text(claim::RESOLUTION).map(ToOwned::to_owned);
        Ok((Viewing { channel: arn, stream_id, strict: strict.then_some(origins), viewer }, resolution))
    }

    /// A public channel: its policy decides, as it was when the stream began. What token comes with it is not looked at.
    fn with_policy(&self, channel: &Channel, asked: &Asked) -> Result<Viewing, Refusal> {
        let arn = channel.arn.clone().unwrap_or_default();
        let stream_id = self.on_air(&arn)?;
        let policy = self.live.get(&arn).and_then(|live| live.policy.clone()).unwrap_or_default();
        let strict = policy.enable_strict_origin_enforcement == Some(true);
        let abroad = |country: &String| !policy.allowed_countries.is_empty() && !policy.allowed_countries.contains(country);
        if asked.country.as_ref().is_some_and(abroad) {
            return Err(Refusal::auth("country not allowed"));
        }
        asked.origin(&policy.allowed_origins, strict)?;
        Ok(Viewing { channel: arn, stream_id, strict: strict.then_some(policy.allowed_origins), viewer: None })
    }

    fn on_air(&self, channel: &str) -> Result<String, Refusal> {
        let live = self.live.get(channel).map(|live| live.stream_id.clone());
        live.ok_or_else(|| Refusal::not_found("the channel is not live"))
    }

    /// Playback goes on: neither the token's expiry nor its key is looked at again. Answers when the stream began.
    fn goes_on(&self, viewing: &str, asked: &Asked) -> Result<Millis, Refusal> {
        let gone = || Refusal::not_found("playback has ended");
        let viewing = self.playback.viewings.get(viewing).ok_or_else(gone)?;
        let live = self.live.get(&viewing.channel).filter(|live| live.stream_id == viewing.stream_id).ok_or_else(gone)?;
        if let Some(origins) = &viewing.strict {
            asked.origin(origins, true)?;
        }
        self.playback.still_may(&viewing.channel, viewing.viewer.as_ref())?;
        Ok(live.started)
    }
}
