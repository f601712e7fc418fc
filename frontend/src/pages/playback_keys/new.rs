//! Import playback key pair; or make one here and import its public half.

use super::generate::{self, Generated};
use super::{SLOTS, import, keys, material};
use crate::api::{Pages, Query};
use crate::components::action::Off;
use crate::components::fields::{Choice, Choices, TextField};
use crate::routes::Noun;
use crate::shared::resource::{Making, new_page};
use crate::shared::tag_editor::{TagEditor, TagsTyped};
use crate::shared::{p384, place, toasts};
use crate::view::prelude::*;
use contract::playback_key_pair::{ImportPlaybackKeyPair, ImportPlaybackKeyPairResponse, PlaybackKeyPairSummary};
use contract::{FieldError, FieldErrors};

/// The pair is made here.
const HERE: &str = "here";

const WHENCE: &[Choice] = &[
    Choice { value: "", label: "Import one I have", text: "Paste its public half, or read it from a file" },
    Choice { value: HERE, label: "Generate here", text: "This browser makes it, and you keep the private half" },
];

/// The form.
#[component]
pub(crate) fn New() -> View {
    let scope = place::scope();
    let list = keys(scope);
    let (name, whence) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let pasted = RwSignal::new(String::new());
    let generated = Generated::new();
    let made = generated.public;
    let tags = TagsTyped::for_new();
    let here = Memo::new(move |_| whence.with(|whence| whence == HERE));
    // As far as is known: what could not be looked up takes no slot.
    let full = list_full(list);
    let public = move || if here.get() { made.get() } else { pasted.get() };
    let request = Memo::new(move |_| ImportPlaybackKeyPair {
        public_key_material: material::sent(&public()),
        name: Some(name.with(|name| name.trim().to_owned())).filter(|name| !name.is_empty()),
        tags: tags.tags(),
    });
    let unread = Signal::derive(move || match (here.get(), made.with(String::is_empty), generated.unsaved.get()) {
        (true, true, _) => wrong("Generate a key pair first."),
        (true, false, true) => wrong("Save the private key first: it is offered once."),
        _ => FieldErrors::default(),
    });
    new_page(Making {
        noun: Noun::PlaybackKey,
        scope,
        request,
        untouched: ImportPlaybackKeyPair::default(),
        unread,
        tags,
        named: |request| request.name.as_deref(),
        made: Callback::new(move |reply| compared(reply, &request.with_untracked(|request| request.public_key_material.clone()))),
        leads: None,
        again: Callback::new(move |()| list.refetch()),
        title: None,
        off: full,
        below: "A region takes three.",
        fields: Box::new(move || {
            view! {
                <TextField label="Name" path="name" value=name example="playback-2026-c" help="For people; it need not be unique. Letters, digits, - and _, at most 128."/>
                <Choices label="Key pair" path="" value=whence choices=WHENCE/>
                {move || if here.get() { generate::card(generated, name, full) } else { import::field(pasted) }}
                <TagEditor tags=tags/>
            }
        }),
        beside: View::Nothing,
    })
}

/// Why there is no place for another.
fn list_full(list: Query<Pages<PlaybackKeyPairSummary>>) -> Off {
    let taken = Memo::new(move |_| list.with(|state| state.value().is_some_and(|pages| pages.items.len() >= SLOTS)));
    let why = "All slots of this region are taken, and IVS takes no fourth. Delete a pair that nothing signs with any more.";
    Signal::derive(move || taken.get().then(|| why.to_owned()))
}

fn wrong(message: &str) -> FieldErrors {
    FieldErrors(vec![FieldError { field: material::PATH.to_owned(), message: message.to_owned() }])
}

/// Is what IVS has the key that was sent? Its fingerprint says so.
fn compared(reply: ImportPlaybackKeyPairResponse, public: &str) -> Option<String> {
    let pair = reply.key_pair?;
    let ours = material::der(public).map(|der| p384::fingerprint(&der));
    if ours.is_some() && ours != pair.fingerprint {
        toasts::say(
            toasts::Tone::Warn,
            "The fingerprint that IVS answers is not that of the key that was sent. Do not sign with it: look at both.",
        );
    } else if ours.is_some() {
        toasts::say(toasts::Tone::Good, "The fingerprint that IVS answers is that of the key that was sent");
    }
    pair.arn
}
