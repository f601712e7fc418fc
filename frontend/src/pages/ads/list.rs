//! The ad configurations of a region.

use super::{ads, post_roll};
use crate::components::table::{Column, Usual};
use crate::routes::Noun;
use crate::shared::resource::{Fact, ListPage, Listed, list_page, listed, names};
use crate::shared::{place, session};
use crate::view::prelude::*;
use contract::ad_configuration::{AdConfigurationSummary, CreateAdConfiguration, ListAdConfigurations};
use contract::arn::Arn;

const COLUMNS: &[Column] = &[
    Column::usual("name", "Name", "main"),
    Column::usual("default", "MediaTailor, default", "narrow-0"),
    Column::usual("others", "Others", "num narrow-2"),
    Column::usual("post-roll", "Post-roll", "narrow-1"),
    Column::usual("used", "Channels", "num"),
    Column::unsorted("tags", "Tags", "narrow-3"),
    Column::unsorted("arn", "ARN", "narrow-4"),
];

const USUAL: Usual = Usual {
    list: "ad-configurations",
    sort: "name",
    columns: COLUMNS,
    names: |word| names(word, &["default:"]),
    fields: "Fields are name:, default: and tag:key=value.",
};

/// The page.
#[component]
pub(crate) fn List() -> View {
    let scope = place::scope();
    let query = ads(scope);
    list_page(ListPage {
        noun: Noun::Ads,
        scope,
        usual: USUAL,
        found: listed::<ListAdConfigurations>(query, row),
        head: "name,arn,mediaTailorPlaybackConfigurations.playbackConfigurationArn,postRollConfiguration.enabled,postRollConfiguration.durationSeconds,tags",
        off: session::off::<CreateAdConfiguration>(),
        what_for: "An ad configuration names up to three MediaTailor playback configurations: with it, ad breaks can be inserted into the live streams of its channels.",
        above: View::Nothing,
        looked_up: None,
        example: "Name, MediaTailor id, tag:team=sports…",
    })
}

fn row(item: &AdConfigurationSummary) -> Listed {
    let tailors = &item.media_tailor_playback_configurations;
    let first = tailors.first().and_then(|first| first.playback_configuration_arn.as_deref()).map(Arn::short).unwrap_or_default();
    let others = i64::try_from(tailors.len().saturating_sub(1)).unwrap_or_default();
    Listed {
        arn: item.arn.clone(),
        name: item.name.clone().unwrap_or_default(),
        tags: item.tags.clone(),
        facts: vec![
            ("default", Fact::Code(first.to_owned())),
            ("others", Fact::Number(others, "")),
            ("post-roll", Fact::Text(post_roll(item.post_roll_configuration.as_ref()))),
        ],
    }
}
