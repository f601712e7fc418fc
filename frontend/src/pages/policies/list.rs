//! The playback restriction policies of a region.

use super::policies;
use crate::components::locale;
use crate::components::table::{Column, Usual};
use crate::routes::Noun;
use crate::shared::resource::{Fact, ListPage, Listed, list_page, listed, names};
use crate::shared::{place, session};
use crate::view::prelude::*;
use contract::playback_restriction_policy::{
    CreatePlaybackRestrictionPolicy, ListPlaybackRestrictionPolicies, PlaybackRestrictionPolicySummary,
};

const COLUMNS: &[Column] = &[
    Column::usual("name", "Name", "main"),
    Column::usual("country", "Countries", ""),
    Column::usual("origin", "Origins", "narrow-1"),
    Column::usual("strict", "Strict origin enforcement", "narrow-2"),
    Column::usual("used", "Channels", "num"),
    Column::unsorted("tags", "Tags", "narrow-3"),
    Column::unsorted("arn", "ARN", "narrow-4"),
];

const USUAL: Usual = Usual {
    list: "playback-restriction-policies",
    sort: "name",
    columns: COLUMNS,
    names: |word| names(word, &["country:", "origin:", "strict:"]),
    fields: "Fields are name:, country:, origin:, strict: and tag:key=value.",
};

/// The page.
#[component]
pub(crate) fn List() -> View {
    let scope = place::scope();
    let query = policies(scope);
    list_page(ListPage {
        noun: Noun::Policy,
        scope,
        usual: USUAL,
        found: listed::<ListPlaybackRestrictionPolicies>(query, row),
        head: "name,arn,allowedCountries,allowedOrigins,enableStrictOriginEnforcement,tags",
        off: session::off::<CreatePlaybackRestrictionPolicy>(),
        what_for: "A playback restriction policy says in which countries, and on which web pages, the streams of a public channel may be watched. Private channels ignore it: there the viewer's token decides.",
        above: View::Nothing,
        looked_up: None,
        example: "Name, country, https://…, tag:team=sports…",
    })
}

fn row(item: &PlaybackRestrictionPolicySummary) -> Listed {
    let strict = if item.enable_strict_origin_enforcement == Some(true) { "On" } else { "Off" };
    Listed {
        arn: item.arn.clone(),
        name: item.name.clone().unwrap_or_default(),
        tags: item.tags.clone(),
        facts: vec![
            ("country", Fact::Many(locale::countries(&item.allowed_countries), "All")),
            ("origin", Fact::Many(item.allowed_origins.clone(), "All")),
            ("strict", Fact::Text(if item.allowed_origins.is_empty() { String::new() } else { strict.to_owned() })),
        ],
    }
}
