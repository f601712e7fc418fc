//! What the demo's channels share: recording configurations, policies, key pairs, an ad configuration and a slate.

use super::done;
use crate::clock::Millis;
use crate::emulator::Emulator;
use crate::store::{Ctx, Region};
use contract::ad_configuration::{CreateAdConfiguration, MediaTailorPlaybackConfiguration, PostRollConfiguration};
use contract::failover_slate_configuration::CreateFailoverSlateConfiguration;
use contract::playback_key_pair::ImportPlaybackKeyPair;
use contract::playback_restriction_policy::CreatePlaybackRestrictionPolicy;
use contract::recording_configuration::{
    CreateRecordingConfiguration, DestinationConfiguration, RenditionConfiguration, RenditionConfigurationRendition,
    RenditionConfigurationRenditionSelection, S3DestinationConfiguration, ThumbnailConfiguration, ThumbnailConfigurationStorage,
};
use contract::tag::Tags;

/// Public halves only; the private ones were thrown away.
const KEYS: [(&str, &str, &str); 3] = [
    (
        "eu-west-1",
        "playback-2026-a",
        "-----BEGIN PUBLIC KEY-----\n\
         MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEcecXYDlHerkk1SYdZHaRn+0YiC0UwmpA\n\
         SZiwG/ubMHJLneBBUN6MQ6x2VjNtkZflF9LFpgXRvr0BrLM/AmdH4RuoCN/LmJqK\n\
         jiQPwkw4Z5vjKF5ZVYX3tndWPOBfgmcj\n\
         -----END PUBLIC KEY-----\n",
    ),
    (
        "eu-west-1",
        "playback-2026-b",
        "-----BEGIN PUBLIC KEY-----\n\
         MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEHB2VS0e6jweGOezR7boD3Hha+mktFgXx\n\
         U9kPVMYnbLNRyfTqoukg9J1vYmsKJ3v5X+cwb5SXVbd3E8tXI9rotlYbRfECxahy\n\
         ntlBHMBLs/OST5ubuOobwc1pr8ozA5HR\n\
         -----END PUBLIC KEY-----\n",
    ),
    (
        "us-west-2",
        "playback-2026-west",
        "-----BEGIN PUBLIC KEY-----\n\
         MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEwUsWoXYZT00a6csG318Ocu0DXSVjCR8I\n\
         fqF3NR+CMqDRmXnUZoBYM8ClzWA4ynUiqMOUQ2bz+PZsgRgoP6JyGKcJRdRHrjbH\n\
         hjTQBFPjdUFTZlPsngWAioMbBbg0sCg3\n\
         -----END PUBLIC KEY-----\n",
    ),
];

/// The ARNs of what a region's channels share.
#[derive(Debug)]
pub(super) struct Supplies {
    pub(super) archive: String,
    pub(super) policy: String,
    pub(super) ads: String,
    pub(super) slate: String,
}

impl Supplies {
    pub(super) fn make(emulator: &Emulator, name: &str, at: Millis) -> Self {
        emulator.edit_at(name, at, |region, ctx| {
            keys(region, ctx);
            Self { archive: recordings(region, ctx), policy: policies(region, ctx), ads: ads(region, ctx), slate: slate(region, ctx) }
        })
    }
}

pub(super) fn tags(tags: &[(&str, &str)]) -> Tags {
    tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn keys(region: &mut Region, ctx: &mut Ctx<'_>) {
    let here = region.name.clone();
    for (_, name, pem) in KEYS.into_iter().filter(|(of, ..)| *of == here) {
        let import = ImportPlaybackKeyPair {
            public_key_material: pem.to_owned(),
            name: some(name),
            tags: tags(&[("team", "platform"), ("rotation", "yearly")]),
        };
        done(import, region, ctx);
    }
}

fn recording(name: &str, bucket: &str) -> CreateRecordingConfiguration {
    let s3 = Some(S3DestinationConfiguration { bucket_name: bucket.to_owned() });
    CreateRecordingConfiguration {
        name: some(name),
        destination_configuration: DestinationConfiguration { s3 },
        tags: tags(&[("team", "archive")]),
        ..CreateRecordingConfiguration::default()
    }
}

/// Three in Ireland, of which one failed since its bucket was never made; one in Oregon.
fn recordings(region: &mut Region, ctx: &mut Ctx<'_>) -> String {
    let archive = CreateRecordingConfiguration {
        recording_reconnect_window_seconds: Some(60),
        thumbnail_configuration: Some(ThumbnailConfiguration {
            target_interval_seconds: Some(30),
            storage: Some(vec![ThumbnailConfigurationStorage::Sequential, ThumbnailConfigurationStorage::Latest]),
            ..ThumbnailConfiguration::default()
        }),
        ..recording("archive", &format!("northlight-archive-{}", region.name))
    };
    let made = done(archive, region, ctx).recording_configuration.map(|made| made.arn);
    if region.name == "eu-west-1" {
        let highlights = RenditionConfiguration {
            rendition_selection: Some(RenditionConfigurationRenditionSelection::Custom),
            renditions: Some(vec![RenditionConfigurationRendition::FullHd, RenditionConfigurationRendition::Hd]),
        };
        let bucket = "northlight-highlights";
        done(CreateRecordingConfiguration { rendition_configuration: Some(highlights), ..recording("highlights", bucket) }, region, ctx);
        done(recording("archive-2019", "missing-northlight-2019"), region, ctx);
    }
    made.unwrap_or_default()
}

fn policies(region: &mut Region, ctx: &mut Ctx<'_>) -> String {
    let policy = |name: &str, countries: &[&str], origins: &[&str], strict| CreatePlaybackRestrictionPolicy {
        name: some(name),
        allowed_countries: Some(countries.iter().map(|country| (*country).to_owned()).collect()),
        allowed_origins: Some(origins.iter().map(|origin| (*origin).to_owned()).collect()),
        enable_strict_origin_enforcement: Some(strict),
        tags: tags(&[("team", "rights")]),
    };
    let rights = match region.name.as_str() {
        "eu-west-1" => policy("rights-europe", &["DE", "ES", "FR", "GB", "IE", "IT", "NL", "PL", "PT"], &[], false),
        _ => policy("rights-north-america", &["CA", "MX", "US"], &[], false),
    };
    let made = done(rights, region, ctx).playback_restriction_policy.map(|made| made.arn);
    let sites = ["https://www.northlight.example", "https://partners.northlight.example"];
    done(policy("partner-sites", &[], &sites, true), region, ctx);
    made.unwrap_or_default()
}

fn ads(region: &mut Region, ctx: &mut Ctx<'_>) -> String {
    if region.name != "us-west-2" {
        return String::new();
    }
    let arn = format!("arn:aws:mediatailor:{}:{}:playbackConfiguration/northlight-sport", region.name, region.account);
    let create = CreateAdConfiguration {
        name: some("sport-breaks"),
        media_tailor_playback_configurations: vec![MediaTailorPlaybackConfiguration { playback_configuration_arn: Some(arn) }],
        post_roll_configuration: Some(PostRollConfiguration { enabled: true, duration_seconds: 30 }),
        tags: tags(&[("team", "ad-sales")]),
    };
    done(create, region, ctx).ad_configuration.arn
}

fn slate(region: &mut Region, ctx: &mut Ctx<'_>) -> String {
    if region.name != "eu-west-1" {
        return String::new();
    }
    let create = CreateFailoverSlateConfiguration {
        name: some("be-right-back"),
        max_slate_display_seconds: Some(120),
        tags: tags(&[("team", "playout")]),
        ..CreateFailoverSlateConfiguration::default()
    };
    done(create, region, ctx).failover_slate_configuration.arn
}
