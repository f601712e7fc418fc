//! The fields, in the order in which people decide: where to, what of it, how.

use super::typed::{BOTH, INTERVAL, RENDITIONS, SIZES, Typed, WINDOW};
use crate::components::action::always;
use crate::components::fields::{Choice, Choices, Choose, SelectField, TextField, group};
use crate::shared::tag_editor::TagEditor;
use crate::view::prelude::*;

const fn choice(value: &'static str, label: &'static str, text: &'static str) -> Choice {
    Choice { value, label, text }
}

const MODES: &[Choice] =
    &[choice("INTERVAL", "At intervals", "A picture every so many seconds"), choice("DISABLED", "Off", "No pictures are kept")];
const STORAGE: &[Choice] = &[
    choice("SEQUENTIAL", "Every one", "Numbered, one after the other"),
    choice("LATEST", "Only the newest", "One file, overwritten each time"),
    choice(BOTH, "Both", "Every one, and the newest under a name of its own"),
];
const SELECTIONS: &[Choice] = &[
    choice("ALL", "All", "Whatever viewers were offered"),
    choice("NONE", "None", "No video is kept: thumbnails alone"),
    choice("CUSTOM", "Some", "Those you choose. Has no effect on Basic channels"),
];
/// In words, by [`SIZES`].
const NAMES: [&str; 4] = ["Full HD, to 1080 lines", "HD, to 720 lines", "SD, to 480 lines", "Lowest, 160 to 360 lines"];

/// All fields.
pub(super) fn fields(typed: Typed) -> View {
    view! {
        <TextField label="Name" path="name" value=typed.name example="vod-eu" help="For people; it need not be unique. Letters, digits, - and _, at most 128."/>
        <TextField
            label="S3 bucket"
            path="destinationConfiguration.s3.bucketName"
            value=typed.bucket
            example="my-recordings"
            help="It must be there already, in the region of the channels. IVS gets the right to write to it when this is created."
        />
        <Choices label="Thumbnails" path="thumbnailConfiguration.recordingMode" value=typed.mode choices=MODES/>
        {move || typed.thumbs().then(|| thumbnails(typed))}
        <Choices label="Renditions" path="renditionConfiguration.renditionSelection" value=typed.selection choices=SELECTIONS/>
        {move || typed.custom().then(|| renditions(typed))}
        {move || typed.kept().is_empty().then(nothing)}
        <TextField
            label="Reconnect window, in seconds"
            path=WINDOW
            kind="number"
            value=typed.window
            help="0 to 300. A stream that comes back within it, with the same picture and codecs, goes on in the same recording. The end of each recording is told that much later."
        />
        <TagEditor tags=typed.tags/>
    }
}

fn nothing() -> View {
    view! { <p class="note warn" role="status">"Neither video nor thumbnails: nothing of a broadcast is kept but what its events say."</p> }
}

fn thumbnails(typed: Typed) -> View {
    let choose = |value: &str, label: &str| Choose { value: value.to_owned(), label: label.to_owned() };
    let mut sizes = vec![choose("", "The source's")];
    sizes.extend(SIZES.iter().zip(NAMES).map(|(size, name)| choose(size, name)));
    view! {
        <TextField label="Seconds between thumbnails" path=INTERVAL kind="number" value=typed.interval help="1 to 60."/>
        <SelectField label="Size of thumbnails" path="thumbnailConfiguration.resolution" value=typed.resolution choices=sizes/>
        <Choices label="Which thumbnails are kept" path="thumbnailConfiguration.storage" value=typed.storage choices=STORAGE/>
    }
}

fn renditions(typed: Typed) -> View {
    group("Renditions to record", RENDITIONS, "", always(), move |wiring| {
        let boxes = NAMES.iter().zip(typed.renditions).map(|(name, on)| {
            let (invalid, described, left) = (wiring.invalid, wiring.described, wiring.left);
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=on
                        aria-invalid=move || invalid.get().then_some("true")
                        aria-describedby=described
                        on:change=move |event| {
                            on.set(event_target_checked(&event));
                            left.run(());
                        }
                    />
                    {*name}
                </label>
            }
        });
        view! { <div class="checks">{boxes.collect::<View>()}</div> }
    })
}
