//! What is said of a recording configuration, in words.

use crate::components::badge::Tone;
use crate::shared::resource::{MAKING, NOT_MADE};
use contract::recording_configuration::{
    DestinationConfiguration, RecordingConfigurationState, RecordingMode, RenditionConfiguration, RenditionConfigurationRenditionSelection,
    ThumbnailConfiguration, ThumbnailConfigurationStorage,
};

/// How far it is, and what that means.
pub(super) fn state(state: &RecordingConfigurationState) -> (Tone, String) {
    let tone = match state {
        RecordingConfigurationState::Active => Tone::Good,
        RecordingConfigurationState::CreateFailed => Tone::Bad,
        RecordingConfigurationState::Creating | RecordingConfigurationState::Unknown(_) => Tone::Plain,
    };
    (tone, state.as_str().to_owned())
}

/// Why no channel can have it now.
pub(super) const fn unready(state: &RecordingConfigurationState) -> Option<&'static str> {
    match state {
        RecordingConfigurationState::Creating => Some(MAKING),
        RecordingConfigurationState::CreateFailed => Some(NOT_MADE),
        RecordingConfigurationState::Active | RecordingConfigurationState::Unknown(_) => None,
    }
}

/// What of a broadcast is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    /// Video, in whichever renditions.
    pub(super) video: bool,
    /// Every thumbnail.
    pub(super) every: bool,
    /// The newest thumbnail.
    pub(super) latest: bool,
}

impl Kept {
    /// By a configuration.
    pub(super) fn by(thumbnails: Option<&ThumbnailConfiguration>, renditions: Option<&RenditionConfiguration>) -> Self {
        let given = thumbnails.cloned().unwrap_or_default();
        let on = given.recording_mode != Some(RecordingMode::Disabled);
        let storage = given.storage.unwrap_or_default();
        let keeps = |one| storage.contains(&one) || storage.is_empty() && one == ThumbnailConfigurationStorage::Sequential;
        Self {
            video: renditions.is_none_or(|given| given.rendition_selection != Some(RenditionConfigurationRenditionSelection::None)),
            every: on && keeps(ThumbnailConfigurationStorage::Sequential),
            latest: on && keeps(ThumbnailConfigurationStorage::Latest),
        }
    }

    /// Nothing at all?
    pub(super) const fn is_empty(self) -> bool {
        !self.video && !self.every && !self.latest
    }
}

/// The bucket; empty where there is none.
pub(super) fn bucket(destination: &DestinationConfiguration) -> String {
    destination.s3.as_ref().map(|s3| s3.bucket_name.clone()).unwrap_or_default()
}

/// When a thumbnail is kept, how large, and which.
pub(super) fn thumbnails(given: Option<&ThumbnailConfiguration>) -> String {
    let given = given.cloned().unwrap_or_default();
    if given.recording_mode == Some(RecordingMode::Disabled) {
        return "Off".to_owned();
    }
    let size = given.resolution.map_or_else(|| "the source's size".to_owned(), |resolution| resolution.to_string());
    let storage = match given.storage.unwrap_or_default().as_slice() {
        [] | [ThumbnailConfigurationStorage::Sequential] => "every one (SEQUENTIAL)".to_owned(),
        [ThumbnailConfigurationStorage::Latest] => "only the newest (LATEST)".to_owned(),
        [other] => other.to_string(),
        more => format!("both ({})", more.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")),
    };
    format!("Every {} s · {size} · {storage}", given.target_interval_seconds.unwrap_or(60))
}

/// Which renditions are kept.
pub(super) fn renditions(given: Option<&RenditionConfiguration>) -> String {
    let given = given.cloned().unwrap_or_default();
    match given.rendition_selection {
        None | Some(RenditionConfigurationRenditionSelection::All) => "All".to_owned(),
        Some(RenditionConfigurationRenditionSelection::None) => "None: no video is kept".to_owned(),
        Some(RenditionConfigurationRenditionSelection::Custom) => {
            format!(
                "Some (CUSTOM): {}",
                given.renditions.unwrap_or_default().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            )
        }
        Some(RenditionConfigurationRenditionSelection::Unknown(other)) => other,
    }
}

/// For how long a stream that comes back is the same recording.
pub(super) fn window(seconds: Option<i32>) -> String {
    match seconds {
        None | Some(0) => "None: a stream that comes back is another recording".to_owned(),
        Some(seconds) => format!("{seconds} s: a stream that comes back within it goes on in the same recording"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::recording_configuration::RenditionConfigurationRendition;

    #[test]
    fn what_ivs_leaves_out_is_said_as_its_default() {
        assert_eq!(thumbnails(None), "Every 60 s · the source's size · every one (SEQUENTIAL)");
        assert_eq!(renditions(None), "All");
        assert_eq!(Kept::by(None, None), Kept { video: true, every: true, latest: false });
    }

    #[test]
    fn a_storage_of_tomorrow_shows_itself() {
        let given = ThumbnailConfiguration { storage: Some(vec!["SPRITES".into()]), ..ThumbnailConfiguration::default() };
        assert!(thumbnails(Some(&given)).ends_with(" · SPRITES"));
    }

    #[test]
    fn no_rendition_is_no_video_and_without_thumbnails_nothing() {
        let none = RenditionConfiguration { rendition_selection: Some("NONE".into()), renditions: None };
        assert_eq!(Kept::by(None, Some(&none)), Kept { video: false, every: true, latest: false });
        let off = ThumbnailConfiguration { recording_mode: Some(RecordingMode::Disabled), ..ThumbnailConfiguration::default() };
        assert!(Kept::by(Some(&off), Some(&none)).is_empty() && !Kept::by(Some(&off), None).is_empty());
    }

    #[test]
    fn what_is_chosen_is_said() {
        let storage = Some(vec![ThumbnailConfigurationStorage::Sequential, ThumbnailConfigurationStorage::Latest]);
        let given = ThumbnailConfiguration { target_interval_seconds: Some(5), storage, ..ThumbnailConfiguration::default() };
        assert_eq!(thumbnails(Some(&given)), "Every 5 s · the source's size · both (SEQUENTIAL and LATEST)");
        let given = RenditionConfiguration {
            rendition_selection: Some(RenditionConfigurationRenditionSelection::Custom),
            renditions: Some(vec![RenditionConfigurationRendition::Hd, RenditionConfigurationRendition::Unknown("UHD".into())]),
        };
        assert_eq!(renditions(Some(&given)), "Some (CUSTOM): HD, UHD");
    }
}
