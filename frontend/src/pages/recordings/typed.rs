//! What is typed into the form, as it is typed; the request is made from it.

use super::facts::Kept;
use crate::components::fields::whole;
use crate::shared::session;
use crate::shared::tag_editor::TagsTyped;
use crate::view::prelude::*;
use contract::recording_configuration::{
    CreateRecordingConfiguration, DestinationConfiguration, RecordingConfiguration, RecordingMode, RenditionConfiguration,
    RenditionConfigurationRendition, RenditionConfigurationRenditionSelection, S3DestinationConfiguration, ThumbnailConfiguration,
    ThumbnailConfigurationStorage,
};
use contract::tag::{self, Tags};
use contract::{FieldError, FieldErrors};

/// Where the seconds between thumbnails are said.
pub(super) const INTERVAL: &str = "thumbnailConfiguration.targetIntervalSeconds";
/// Where the reconnect window is said.
pub(super) const WINDOW: &str = "recordingReconnectWindowSeconds";
/// Where the renditions are said.
pub(super) const RENDITIONS: &str = "renditionConfiguration.renditions";
/// The sizes of renditions and thumbnails, from the largest.
pub(super) const SIZES: [&str; 4] = ["FULL_HD", "HD", "SD", "LOWEST_RESOLUTION"];
/// Both kinds of storage, as the form has them.
pub(super) const BOTH: &str = "BOTH";

/// One signal for each thing one can choose.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    pub(super) name: RwSignal<String>,
    pub(super) bucket: RwSignal<String>,
    pub(super) mode: RwSignal<String>,
    pub(super) interval: RwSignal<String>,
    pub(super) resolution: RwSignal<String>,
    pub(super) storage: RwSignal<String>,
    pub(super) selection: RwSignal<String>,
    /// By [`SIZES`].
    pub(super) renditions: [RwSignal<bool>; 4],
    pub(super) window: RwSignal<String>,
    pub(super) tags: TagsTyped,
}

impl Typed {
    /// IVS's own defaults, or what another has.
    pub(super) fn of(copied: Option<&RecordingConfiguration>) -> Self {
        let from = copied.cloned().unwrap_or_default();
        let thumbnails = from.thumbnail_configuration.unwrap_or_default();
        let renditions = from.rendition_configuration.unwrap_or_default();
        let text = |text: Option<String>, or: &str| RwSignal::new(text.filter(|text| !text.is_empty()).unwrap_or_else(|| or.to_owned()));
        let storage = thumbnails.storage.unwrap_or_default();
        let storage = match storage.as_slice() {
            [] => ThumbnailConfigurationStorage::Sequential.as_str(),
            [one] => one.as_str(),
            _ => BOTH,
        };
        let kept = renditions.renditions.unwrap_or_default();
        let ours = Signal::derive(|| usize::from(session::me().is_some_and(|me| me.operation_tag)));
        Self {
            name: text(from.name, ""),
            bucket: text(from.destination_configuration.s3.map(|s3| s3.bucket_name), ""),
            mode: text(thumbnails.recording_mode.map(|mode| mode.to_string()), RecordingMode::Interval.as_str()),
            interval: text(thumbnails.target_interval_seconds.map(|seconds| seconds.to_string()), "60"),
            resolution: text(thumbnails.resolution.map(|resolution| resolution.to_string()), ""),
            storage: RwSignal::new(storage.to_owned()),
            selection: text(
                renditions.rendition_selection.map(|selection| selection.to_string()),
                RenditionConfigurationRenditionSelection::All.as_str(),
            ),
            renditions: SIZES.map(|size| RwSignal::new(kept.iter().any(|rendition| rendition.as_str() == size))),
            window: text(from.recording_reconnect_window_seconds.map(|seconds| seconds.to_string()), "0"),
            tags: TagsTyped::new(&copied.map_or_else(Tags::new, |from| tag::given(&from.tags)), ours),
        }
    }

    pub(super) fn thumbs(self) -> bool {
        self.mode.with(|mode| mode == RecordingMode::Interval.as_str())
    }

    pub(super) fn custom(self) -> bool {
        self.selection.with(|selection| selection == RenditionConfigurationRenditionSelection::Custom.as_str())
    }

    /// What would be kept.
    pub(super) fn kept(self) -> Kept {
        let request = self.request();
        Kept::by(request.thumbnail_configuration.as_ref(), request.rendition_configuration.as_ref())
    }

    fn chosen(self) -> Vec<RenditionConfigurationRendition> {
        let on = SIZES.iter().zip(self.renditions).filter(|(_, on)| on.get());
        on.map(|(size, _)| RenditionConfigurationRendition::from(*size)).collect()
    }

    /// What would be sent, and what of the numbers is none. What is as IVS has it anyway is left out.
    fn read(self) -> (CreateRecordingConfiguration, FieldErrors) {
        let mut errors = FieldErrors::default();
        let some = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let interval = if self.thumbs() { whole(INTERVAL, &self.interval.get(), &mut errors) } else { None };
        let window = whole(WINDOW, &self.window.get(), &mut errors);
        let storage = match self.storage.get().as_str() {
            BOTH => Some(vec![ThumbnailConfigurationStorage::Sequential, ThumbnailConfigurationStorage::Latest]),
            "SEQUENTIAL" => None,
            one => Some(vec![one.into()]),
        };
        let thumbnails = if self.thumbs() {
            ThumbnailConfiguration {
                recording_mode: None,
                target_interval_seconds: interval.filter(|seconds| *seconds != 60),
                resolution: some(self.resolution.get()).map(|size| size.as_str().into()),
                storage,
            }
        } else {
            ThumbnailConfiguration { recording_mode: Some(RecordingMode::Disabled), ..ThumbnailConfiguration::default() }
        };
        let selection = RenditionConfigurationRenditionSelection::from(self.selection.get().as_str());
        let renditions = (selection != RenditionConfigurationRenditionSelection::All)
            .then(|| RenditionConfiguration { renditions: self.custom().then(|| self.chosen()), rendition_selection: Some(selection) });
        let request = CreateRecordingConfiguration {
            name: some(self.name.get()),
            destination_configuration: DestinationConfiguration {
                s3: Some(S3DestinationConfiguration { bucket_name: self.bucket.get().trim().to_owned() }),
            },
            tags: self.tags.tags(),
            thumbnail_configuration: Some(thumbnails).filter(|given| *given != ThumbnailConfiguration::default()),
            recording_reconnect_window_seconds: window.filter(|seconds| *seconds != 0),
            rendition_configuration: renditions,
        };
        (request, errors)
    }

    /// What would be sent.
    pub(super) fn request(self) -> CreateRecordingConfiguration {
        self.read().0
    }

    /// What of what is typed cannot be read.
    pub(super) fn unread(self) -> FieldErrors {
        let mut errors = self.read().1;
        if self.custom() && self.chosen().is_empty() {
            errors.0.push(FieldError { field: RENDITIONS.to_owned(), message: "Choose at least one.".to_owned() });
        }
        errors
    }
}
