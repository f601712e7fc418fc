//! The failover slates of a region.

use super::{slates, state};
use crate::components::table::{Column, Usual};
use crate::routes::Noun;
use crate::shared::resource::{Fact, ListPage, Listed, list_page, listed, names};
use crate::shared::{place, session};
use crate::view::prelude::*;
use contract::failover_slate_configuration::{
    CreateFailoverSlateConfiguration, FailoverSlateConfigurationSummary, ListFailoverSlateConfigurations,
};

const COLUMNS: &[Column] = &[
    Column::usual("name", "Name", "main"),
    Column::usual("state", "State", "state"),
    Column::usual("after", "Shown after", "num narrow-1"),
    Column::usual("least", "For at least", "num narrow-2"),
    Column::usual("most", "For at most", "num narrow-2"),
    Column::usual("used", "Channels", "num narrow-0"),
    Column::unsorted("tags", "Tags", "narrow-3"),
    Column::unsorted("arn", "ARN", "narrow-4"),
];

const USUAL: Usual = Usual {
    list: "failover-slates",
    sort: "name",
    columns: COLUMNS,
    names: |word| names(word, &["state:"]),
    fields: "Fields are name:, state: and tag:key=value.",
};

/// The page.
#[component]
pub(crate) fn List() -> View {
    let scope = place::scope();
    let query = slates(scope);
    list_page(ListPage {
        noun: Noun::Slate,
        scope,
        usual: USUAL,
        found: listed::<ListFailoverSlateConfigurations>(query, row),
        head: "name,arn,state,activationThresholdSeconds,minSlateDisplaySeconds,maxSlateDisplaySeconds,tags",
        off: session::off::<CreateFailoverSlateConfiguration>(),
        what_for: "A failover slate is what viewers see while the encoder of a channel is gone: it says how soon it is shown, and for how long.",
        above: View::Nothing,
        looked_up: None,
        example: "Name, state:CREATED, tag:team=sports…",
    })
}

fn row(item: &FailoverSlateConfigurationSummary) -> Listed {
    let (tone, word) = state(&item.state);
    let seconds = |seconds: Option<i32>, default| Fact::Number(i64::from(seconds.unwrap_or(default)), " s");
    Listed {
        arn: item.arn.clone(),
        name: item.name.clone().unwrap_or_default(),
        tags: item.tags.clone(),
        facts: vec![
            ("state", Fact::Badge(tone, word)),
            ("after", seconds(item.activation_threshold_seconds, 3)),
            ("least", seconds(item.min_slate_display_seconds, 3)),
            ("most", seconds(item.max_slate_display_seconds, 60)),
        ],
    }
}
