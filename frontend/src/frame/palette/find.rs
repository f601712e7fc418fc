//! What the palette finds.

use crate::api::Scope;
use crate::nav;
use crate::routes::{Ask, At, Noun, Page};
use crate::shared::arn::{called, find as find_arn};
use crate::shared::resource::{page_of, purpose};
use crate::shared::theme::Theme;
use contract::Operation;
use contract::arn::Arn;
use contract::channel::ChannelSummary;
use contract::session::Me;

/// So many channels at most: whoever wants more filters the list.
const CHANNELS: usize = 8;

/// What happens when one is chosen.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Act {
    /// Goes to a page.
    Go(Page),
    /// Goes to a page that asks this first.
    Ask(Page, Ask),
    /// Goes to the tags of this ARN.
    Tags(String),
    /// Shows other colours.
    Theme(Theme),
    /// Nothing: the note says why it may not be done.
    Off,
}

/// A line of the palette.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) group: &'static str,
    pub(super) label: String,
    /// What tells it from others of the same name.
    pub(super) note: String,
    pub(super) live: bool,
    pub(super) act: Act,
}

/// Where it is looked for.
pub(super) struct Ground<'a> {
    pub(super) me: &'a Me,
    pub(super) scope: &'a Scope,
    pub(super) channels: &'a [ChannelSummary],
    /// The ARNs of the channels that are live.
    pub(super) live: &'a [String],
}

/// Everything that fits what was typed: what can be done with a channel where that was begun to be said, then channels, then the
/// rest. `lower` is the browser's lower case.
pub(super) fn find(typed: &str, ground: &Ground<'_>, lower: impl Fn(&str) -> String) -> Vec<Found> {
    let typed = typed.trim();
    if let Some(found) = by_arn(typed, ground.me) {
        return vec![found];
    }
    let words: Vec<String> = lower(typed).split_whitespace().map(str::to_owned).collect();
    let mut found = deeds(&words, ground, &lower);
    found.extend(channels(&words, ground, &lower));
    // Who types “setup” means “Set-up”.
    let text = |label: &str| lower(&format!("{label} {}", label.replace('-', "")));
    found.extend(others(ground).into_iter().filter(|other| rank(&text(&other.label), &words).is_some()));
    found
}

/// A pasted ARN leads to its page, loaded or not; that of a stream key to its tags.
fn by_arn(typed: &str, me: &Me) -> Option<Found> {
    let (scope, arn) = find_arn(typed, me).ok()?;
    let (note, id) = (format!("{} · {}", scope.account, scope.region), arn.id.clone());
    let kind = arn.resource.as_str().replace('-', " ");
    let (label, act) = match page_of(scope, arn) {
        Some(page) => (format!("{}{} {id}", kind[..1].to_ascii_uppercase(), &kind[1..]), Act::Go(page)),
        None => (format!("Tags of {kind} {id}"), Act::Tags(typed.to_owned())),
    };
    Some(Found { group: "ARN", label, note, live: false, act })
}

/// What can be done with a channel, as it begins to be typed: `stop arena`.
const DEEDS: [(&str, Option<Ask>); 7] = [
    ("Edit", None),
    ("Put metadata on", Some(Ask::Metadata)),
    ("Insert ad break into", Some(Ask::AdBreak)),
    ("Stop stream of", Some(Ask::Stop)),
    ("Take off air", Some(Ask::OffAir)),
    ("Reset stream key of", Some(Ask::Reset)),
    ("Delete", Some(Ask::Delete)),
];

/// What it takes to do it.
const fn needs(ask: Option<Ask>) -> Operation {
    match ask {
        None => Operation::UpdateChannel,
        Some(Ask::Metadata) => Operation::PutMetadata,
        Some(Ask::AdBreak) => Operation::InsertAdBreak,
        Some(Ask::Stop) => Operation::StopStream,
        Some(Ask::Reset | Ask::DeleteKey | Ask::OffAir) => Operation::DeleteStreamKey,
        Some(Ask::Delete) => Operation::DeleteChannel,
    }
}

/// So many letters say which is meant, where a word follows.
const SAID: usize = 3;

/// A verb and what the channel is called. What is about a stream is offered for what is live.
fn deeds(words: &[String], ground: &Ground<'_>, lower: &impl Fn(&str) -> String) -> Vec<Found> {
    let Some((verb, words)) = words.split_first() else { return Vec::new() };
    // The verb alone must be whole: a channel may begin like it.
    let means = |label: &str| {
        lower(label)
            .split(' ')
            .next()
            .is_some_and(|whole| whole == verb || !words.is_empty() && verb.len() >= SAID && whole.starts_with(verb.as_str()))
    };
    let Some((label, ask)) = DEEDS.into_iter().find(|(label, _)| means(label)) else { return Vec::new() };
    // Who types the whole of it means the same.
    let said = |word: &String| word != "channel" && label.split(' ').all(|said| said != word);
    let others: Vec<String> = words.iter().filter(|word| said(word)).cloned().collect();
    let may = ground.me.rights_in(&ground.scope.account, &ground.scope.region).demand(needs(ask).permission()).err().map(ToOwned::to_owned);
    let live = |found: &Found| found.live || !matches!(ask, Some(Ask::Metadata | Ask::AdBreak | Ask::Stop));
    let deed = |found: Found| {
        let act = match (found.act, ask) {
            (Act::Go(page), Some(ask)) => Act::Ask(page, ask),
            (Act::Go(Page::Channel(scope, id)), None) => Act::Go(Page::EditChannel(scope, id)),
            (act @ (Act::Go(_) | Act::Ask(..) | Act::Tags(_) | Act::Theme(_) | Act::Off), _) => act,
        };
        let (act, note) = may.clone().map_or((act, found.note), |why| (Act::Off, why));
        Found {
            group: "Actions on channels",
            label: format!("{label} {}{}", found.label, if ask.is_some() { "…" } else { "" }),
            act,
            note,
            ..found
        }
    };
    fitting(&others, ground, lower).filter(live).take(CHANNELS).map(deed).collect()
}

fn channels(words: &[String], ground: &Ground<'_>, lower: &impl Fn(&str) -> String) -> Vec<Found> {
    fitting(words, ground, lower).take(CHANNELS).collect()
}

/// The channels that fit, the best first.
fn fitting<'a>(words: &[String], ground: &'a Ground<'_>, lower: &impl Fn(&str) -> String) -> impl Iterator<Item = Found> + 'a {
    let fits = |channel: &ChannelSummary| {
        // The id, not the whole ARN: every ARN has the region in it, and `es` is in `eu-west-1`.
        let id = Arn::short(channel.arn.as_deref().unwrap_or_default());
        let text = format!("{} {id}", channel.name.as_deref().unwrap_or_default());
        rank(&lower(&text), words)
    };
    let ranked: Vec<_> = ground.channels.iter().filter_map(|channel| Some((fits(channel)?, channel))).collect();
    let mut in_order = ranked;
    in_order.sort_by_key(|(rank, _)| *rank);
    in_order.into_iter().filter_map(|(_, channel)| line(channel, ground))
}

fn line(channel: &ChannelSummary, ground: &Ground<'_>) -> Option<Found> {
    let arn = channel.arn.as_deref()?;
    let id = Arn::short(arn).to_owned();
    let label = called(channel.name.as_deref(), arn).to_owned();
    let act = Act::Go(Page::Channel(ground.scope.clone(), id.clone()));
    Some(Found { group: "Channels", label, note: id, live: ground.live.iter().any(|live| live == arn), act })
}

fn others(ground: &Ground<'_>) -> Vec<Found> {
    let scope = ground.scope;
    let line = |group, label: String, act| Found { group, label, note: String::new(), live: false, act };
    let pages = nav::groups(scope).into_iter().flat_map(|group| group.links);
    let mut all: Vec<Found> = pages.map(|link| line("Go to", link.label.to_owned(), Act::Go(link.page))).collect();
    for account in &ground.me.accounts {
        for region in account.regions.iter().filter(|region| (&account.name, *region) != (&scope.account, &scope.region)) {
            let there = Scope { account: account.name.clone(), region: region.clone() };
            let label = format!("{} · {region} · {}", account.name, contract::region::place(region));
            all.push(line("Go to", label, Act::Go(Page::Channels(there))));
        }
    }
    all.push(line("Actions", "Create channel".to_owned(), Act::Go(Page::NewChannel(scope.clone()))));
    all.push(line("Actions", "Create channels from a file".to_owned(), Act::Go(Page::Provision(scope.clone()))));
    let make = |noun| line("Actions", purpose(noun).label(), Act::Go(Page::Resource(scope.clone(), noun, At::New)));
    all.extend(Noun::ALL.map(make));
    all.push(line("Actions", "First channel, step by step".to_owned(), Act::Go(Page::Welcome(scope.clone()))));
    all.extend(Theme::ALL.map(|theme| line("Actions", format!("Theme: {}", theme.label()), Act::Theme(theme))));
    all
}

/// How well a text fits: 0 begins with the first word, 1 has it at the start of a part, 2 has it anywhere. `None` where
/// a word is missing.
fn rank(text: &str, words: &[String]) -> Option<u8> {
    let Some(first) = words.first() else { return Some(0) };
    if !words.iter().all(|word| text.contains(word.as_str())) {
        return None;
    }
    let at = text.find(first.as_str())?;
    let before = text.get(..at)?.chars().next_back();
    Some(match before {
        None => 0,
        Some(letter) if !letter.is_alphanumeric() => 1,
        Some(_) => 2,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::access::{Rights, Role};
    use contract::session::Account;

    fn me() -> Me {
        let account = Account {
            name: "production".into(),
            id: Some("123456789012".into()),
            endpoint_url: None,
            regions: vec!["eu-west-1".into(), "us-west-2".into()],
        };
        let rights = Rights { role: Some(Role::Admin), grants: vec![] };
        Me {
            name: "local".into(),
            subject: "local".into(),
            rights,
            places: vec![],
            throughout: None,
            named: false,
            sign_out_url: None,
            demo: true,
            accounts: vec![account],
            version: "0".into(),
            operation_tag: true,
            jobs: false,
        }
    }

    fn channel(name: &str, id: &str) -> ChannelSummary {
        let arn = format!("arn:aws:ivs:eu-west-1:123456789012:channel/{id}");
        ChannelSummary { name: Some(name.into()), arn: Some(arn), ..ChannelSummary::default() }
    }

    fn labels(typed: &str, channels: &[ChannelSummary]) -> Vec<String> {
        let (me, scope) = (me(), Scope { account: "production".into(), region: "eu-west-1".into() });
        let ground = Ground { me: &me, scope: &scope, channels, live: &[] };
        find(typed, &ground, str::to_lowercase).into_iter().map(|found| found.label).collect()
    }

    #[test]
    fn what_begins_with_the_words_comes_first() {
        let channels = [channel("besports", "a"), channel("eu-esports", "b"), channel("ESPORTS-1", "c"), channel("studio", "d")];
        assert_eq!(labels("esp", &channels), ["ESPORTS-1", "eu-esports", "besports"]);
    }

    #[test]
    fn the_region_in_every_arn_finds_nothing() {
        assert!(labels("west", &[channel("studio", "a")]).iter().all(|label| label != "studio"));
    }

    #[test]
    fn a_pasted_arn_of_another_region_is_found_without_its_list() {
        assert_eq!(labels(" arn:aws:ivs:us-west-2:123456789012:channel/abcDEF123456 ", &[]), ["Channel abcDEF123456"]);
        assert!(labels("arn:aws:ivs:us-west-2:999999999999:channel/abcDEF123456", &[]).is_empty());
    }

    #[test]
    fn what_can_be_done_is_found_by_its_verb() {
        let channels = [channel("arena-main", "a"), channel("studio", "b")];
        assert_eq!(labels("edit are", &channels), ["Edit arena-main"]);
        assert_eq!(labels("del arena", &channels), ["Delete arena-main…"]);
        assert_eq!(labels("reset stream key of stu", &channels), ["Reset stream key of studio…"]);
        assert!(labels("stop arena", &channels).is_empty(), "nothing is live");
        assert_eq!(labels("edi", &[channel("edinburgh", "c"), channel("arena", "a")]), ["edinburgh"]);
    }

    #[test]
    fn what_may_not_be_done_says_why() {
        let viewer = Me { rights: Rights { role: Some(Role::Viewer), grants: vec![] }, ..me() };
        let scope = Scope { account: "production".into(), region: "eu-west-1".into() };
        let ground = Ground { me: &viewer, scope: &scope, channels: &[channel("arena", "a")], live: &[] };
        let found = find("delete are", &ground, str::to_lowercase);
        assert_eq!(found.first().map(|found| (&found.act, found.note.is_empty())), Some((&Act::Off, false)), "{found:?}");
    }

    #[test]
    fn every_word_must_be_there() {
        assert_eq!(labels("crea chan", &[]), ["Create channel", "Create channels from a file"]);
        assert!(labels("crea zzz", &[]).is_empty());
        assert_eq!(labels("setup", &[]), ["Set-up"]);
    }

    #[test]
    fn so_many_channels_and_no_more() {
        let many: Vec<_> = (0..50).map(|n| channel(&format!("x{n}"), &n.to_string())).collect();
        assert_eq!(labels("x", &many).iter().filter(|label| label.starts_with('x')).count(), CHANNELS);
    }
}
