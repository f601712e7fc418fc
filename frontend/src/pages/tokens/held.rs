//! The key that signs: whoever has it brings it, the browser keeps it, and it goes with the page.

use crate::api::{Pages, Scope, query};
use crate::components::action::{Action, always};
use crate::components::fields::field;
use crate::components::file::{file_button, read_text};
use crate::components::page::{card as frame, out_of_sight};
use crate::components::properties::{properties, property};
use crate::routes::{At, Noun, Page};
use crate::shared::arn::called;
use crate::shared::p384::signer::Signer;
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::playback_key_pair::{GetPlaybackKeyPair, ListPlaybackKeyPairs, PlaybackKeyPair, PlaybackKeyPairSummary};
use leptos::task::spawn_local;
use std::future::ready;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Event, HtmlTextAreaElement};

/// A key is some hundred bytes.
const MOST_BYTES: f64 = 16_384.0;

/// So many key pairs a region has.
const SLOTS: usize = 3;

/// A key, if there is one. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct Held {
    signer: StoredValue<Option<Signer>, LocalStorage>,
    /// Its fingerprint.
    pub(super) print: RwSignal<Option<String>>,
    said: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    /// Raised by whatever takes the key away: what was begun before puts none back.
    turn: StoredValue<u32>,
}

impl Held {
    pub(super) fn new() -> Self {
        let held = Self {
            signer: StoredValue::new_local(None),
            print: RwSignal::new(None),
            said: RwSignal::new(None),
            busy: RwSignal::new(false),
            turn: StoredValue::new(0),
        };
        // Nobody is signed in any more, or the page is covered.
        let hidden = out_of_sight();
        effect(move || {
            if hidden.get() {
                held.forget();
            }
        });
        on_cleanup(move || held.forget());
        held
    }

    /// The key, to sign with or to compare.
    pub(super) fn signer(self) -> Option<Signer> {
        self.signer.try_get_value().flatten()
    }

    fn forget(self) {
        self.turn.try_update_value(|turn| *turn += 1);
        self.signer.try_set_value(None);
        self.print.try_set(None);
        self.busy.try_set(false);
    }

    /// Takes the key of a text that is there, or comes.
    fn take(self, text: impl Future<Output = Result<String, String>> + 'static) {
        self.forget();
        self.said.set(None);
        self.busy.set(true);
        let turn = self.turn.get_value();
        spawn_local(async move {
            let imported = match text.await {
                Ok(text) => Signer::import(text).await,
                Err(why) => Err(why),
            };
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.busy.set(false);
            match imported {
                Ok(signer) => {
                    self.print.set(Some(signer.fingerprint.clone()));
                    self.signer.set_value(Some(signer));
                }
                Err(why) => self.said.set(Some(why)),
            }
        });
    }
}

/// The card.
pub(super) fn card(scope: Memo<Scope>, held: Held) -> View {
    let known = known(scope, held);
    let body = move || match held.print.get() {
        None => ask(held),
        Some(print) => {
            let forget = move |()| held.forget();
            view! {
                {properties(vec![property("Fingerprint", view! { <code>{print}</code> }), property("In IVS", { let known = known.clone(); move || known.run() })])}
                <p class="row field-after"><Action label="Forget key" on=forget/></p>
            }
        }
    };
    frame("Private key", View::Nothing, body.into_view())
}

/// Where the key is given. What is typed is in no signal, and is gone from the field as soon as there is a whole key.
fn ask(held: Held) -> View {
    let area = |event: &Event| event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
    let whole = move |event: Event, whole: bool| {
        let Some(area) = area(&event) else { return };
        let text = area.value();
        // Pasted, it comes whole; what is typed letter by letter is whole when the field is left.
        let whole = whole || text.split_once("-----END ").is_some_and(|(_, end)| end.contains("KEY-----"));
        if !whole || text.trim().is_empty() {
            return;
        }
        area.set_value("");
        held.take(ready(Ok(text)));
    };
    let help = "As PEM, PKCS#8 or SEC1, on the curve P-384. The browser keeps it where not even this page can read it, until you leave; it is sent to nobody.";
    let control = field("Private key", "", help, always(), move |wiring| {
        view! {
            <textarea
                class="input area masked"
                id=wiring.id
                rows="3"
                placeholder="-----BEGIN PRIVATE KEY-----"
                autocomplete="off"
                spellcheck="false"
                aria-describedby=wiring.described
                on:input=move |event| whole(event, false)
                on:change=move |event| whole(event, true)
            ></textarea>
        }
    });
    view! {
        {control}
        <p class="field-after">{file_button("Read the private key from a file", ".pem,.key,.txt", move |file| held.take(read_text(file, MOST_BYTES, "a key")))}</p>
        <p class="soft" role="status">{move || if held.busy.get() { "Reading the key…" } else { "" }}</p>
        {move || held.said.get().map(|why| view! { <p class="note warn" role="alert">{why}</p> })}
    }
}

/// Which of the region's key pairs it is. Its list does not say their fingerprints: each is looked up, and only once there is a key.
fn known(scope: Memo<Scope>, held: Held) -> ViewFn {
    let ask =
        move || held.print.with(Option::is_some).then(|| (scope.get(), ListPlaybackKeyPairs { max_results: Some(100), next_token: None }));
    let list = query::pages(ask);
    let arn = move |at: usize| {
        let arn = |pages: &Pages<PlaybackKeyPairSummary>| pages.items.get(at).and_then(|item| item.arn.clone());
        list.with(|state| state.value().and_then(arn))
    };
    let looked_up: [_; SLOTS] = std::array::from_fn(|at| query::call(move || Some((scope.get(), GetPlaybackKeyPair { arn: arn(at)? }))));
    let there = move || list.with(|state| state.value().filter(|pages| pages.complete).map(|pages| pages.items.len()));
    let found = move |print: &str| -> Option<PlaybackKeyPair> {
        let fits = |pair: &PlaybackKeyPair| pair.fingerprint.as_deref() == Some(print);
        looked_up.iter().find_map(|query| query.with(|state| state.value().and_then(|reply| reply.key_pair.clone()).filter(fits)))
    };
    let failed = move || list.bare().problem().is_some() || looked_up.iter().any(|query| query.bare().problem().is_some());
    let all = move || there().is_some_and(|count| looked_up.iter().take(count).all(|query| query.bare().is_there()));
    (move || {
        let print = held.print.get().unwrap_or_default();
        if let Some(pair) = found(&print) {
            let arn = pair.arn.unwrap_or_default();
            let to = Page::Resource(scope.get(), Noun::PlaybackKey, At::One(Arn::short(&arn).to_owned())).path();
            return view! { <a class="link" href=to target="_blank" rel="noopener">{called(pair.name.as_deref(), &arn).to_owned()}</a> };
        }
        if all() {
            let region = scope.get().region;
            return view! { <span class="warned">{format!("IVS does not know it in {region}: what it signs opens nothing until its public half is imported.")}</span> };
        }
        let said = if failed() { "could not be looked up" } else { "…" };
        view! { <span class="soft">{said}</span> }
    })
    .into()
}
