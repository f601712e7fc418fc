//! The playback restriction policies of a region.

use super::policies;
use crate::components::locale;
use crate::components::table::{Column, Usual};
use crate::routes::Noun;
use crate::shared::resource::{Fact, ListPage, Listed, column, list_page, listed, names};
use crate::shared::{place, session};
use crate::view::prelude::*;
use contract::playback_restriction_policy::{CreatePlaybackRestrictionPolicy, PlaybackRestrictionPolicySummary};

const COLUMNS: &[Column] = &[
    column("name", "Name", "main", true),
    column("country", "Countries", "", true),
    column("origin", "Origins", "narrow-1", true),
    column("strict", "Origin is checked", "narrow-2", true),
    column("used", "Channels", "num", true),
    column("tags", "Tags", "narrow-3", false),
    column("arn", "ARN", "narrow-4", false),
];

const USUAL: Usual = Usual {
    list: "playback-restriction-policies",
    sort: "name",
    columns: COLUMNS,
    names: |word| names(word, &["country:", "origin:", "strict:"]),
    fields: "Fields are name:, country:, origin: and tag:key=value.",
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
        query: query.bare(),
        rows: listed(query, row),
        create: ("Create restriction policy", session::off::<CreatePlaybackRestrictionPolicy>()),
        what_for: "A playback restriction policy says in which countries, and on which web pages, the streams of a public channel may be watched. Private channels ignore it: there the viewer's token decides.",
        beside: "",
        above: View::Nothing,
        looked_up: None,
        example: "Name, country, https://…, tag:team=sports…",
    })
}

/// Some by name, the others counted; nothing listed is everything allowed.
fn some(all: &[String]) -> String {
    match all {
        [] => "All".to_owned(),
        [one] => one.clone(),
        [one, two] => format!("{one}, {two}"),
        [one, two, rest @ ..] => format!("{one}, {two} +{}", rest.len()),
    }
}

fn row(item: &PlaybackRestrictionPolicySummary) -> Listed {
    let codes: Vec<&str> = item.allowed_countries.iter().map(String::as_str).collect();
    let strict = if item.enable_strict_origin_enforcement == Some(true) { "On every request" } else { "At the start" };
    Listed {
        arn: item.arn.clone(),
        name: item.name.clone().unwrap_or_default(),
        tags: item.tags.clone(),
        facts: vec![
            ("country", Fact::Text(some(&locale::countries(&codes)))),
            ("origin", Fact::Text(some(&item.allowed_origins))),
            ("strict", Fact::Text(if item.allowed_origins.is_empty() { String::new() } else { strict.to_owned() })),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::some;

    #[test]
    fn an_empty_list_allows_everything_and_a_long_one_is_counted() {
        let all = |texts: &[&str]| some(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        assert_eq!([all(&[]), all(&["a"]), all(&["a", "b"]), all(&["a", "b", "c", "d"])], ["All", "a", "a, b", "a, b +2"]);
    }
}
