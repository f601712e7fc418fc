//! The recording configurations of a region.

use super::{facts, recordings};
use crate::components::table::{Column, Usual};
use crate::routes::Noun;
use crate::shared::resource::{Fact, ListPage, Listed, list_page, listed, names};
use crate::shared::{place, session};
use crate::view::prelude::*;
use contract::recording_configuration::{CreateRecordingConfiguration, ListRecordingConfigurations, RecordingConfigurationSummary};

const COLUMNS: &[Column] = &[
    Column::usual("name", "Name", "main"),
    Column::usual("state", "State", "state"),
    Column::usual("bucket", "Bucket", "narrow-0"),
    Column::usual("used", "Channels", "num narrow-1"),
    Column::unsorted("tags", "Tags", "narrow-2"),
    Column::unsorted("arn", "ARN", "narrow-3"),
];

const USUAL: Usual = Usual {
    list: "recording-configurations",
    sort: "name",
    columns: COLUMNS,
    names: |word| names(word, &["state:", "bucket:"]),
    fields: "Fields are name:, state:, bucket: and tag:key=value.",
};

/// The page.
#[component]
pub(crate) fn List() -> View {
    let scope = place::scope();
    let query = recordings(scope);
    list_page(ListPage {
        noun: Noun::Recording,
        scope,
        usual: USUAL,
        found: listed::<ListRecordingConfigurations>(query, row),
        head: "name,arn,state,destinationConfiguration.s3.bucketName,tags",
        off: session::off::<CreateRecordingConfiguration>(),
        what_for: "A recording configuration says where the broadcasts of a channel are kept: in which S3 bucket, with which thumbnails and renditions. One serves as many channels as you like.",
        above: View::Nothing,
        looked_up: None,
        example: "Name, bucket, state:ACTIVE, tag:team=sports…",
    })
}

fn row(item: &RecordingConfigurationSummary) -> Listed {
    let (tone, state) = facts::state(&item.state);
    Listed {
        arn: item.arn.clone(),
        name: item.name.clone().unwrap_or_default(),
        tags: item.tags.clone(),
        facts: vec![("state", Fact::Badge(tone, state)), ("bucket", Fact::Code(facts::bucket(&item.destination_configuration)))],
    }
}
