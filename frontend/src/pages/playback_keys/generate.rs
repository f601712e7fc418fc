//! Making a pair here: the private half is offered once, and goes nowhere else.

use super::material;
use crate::components::action::{Action, Look, Off, always};
use crate::components::dom;
use crate::components::download::download;
use crate::components::fields::group;
use crate::components::page::out_of_sight;
use crate::shared::p384::{self, pair::Pair};
use crate::view::prelude::*;
use leptos::task::spawn_local;

/// How far a pair is. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct Generated {
    /// The private half, until it has been saved; gone with the page, and with the session.
    pair: StoredValue<Option<Pair>, LocalStorage>,
    /// The public half, as PEM; empty where there is none.
    pub(super) public: RwSignal<String>,
    /// Is there one that has not been saved?
    pub(super) unsaved: RwSignal<bool>,
    saved: RwSignal<bool>,
    failed: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    /// Raised by whatever takes the pair away: one that was begun before is not put back.
    turn: StoredValue<u32>,
}

impl Generated {
    pub(super) fn new() -> Self {
        let generated = Self {
            pair: StoredValue::new_local(None),
            public: RwSignal::new(String::new()),
            unsaved: RwSignal::new(false),
            saved: RwSignal::new(false),
            failed: RwSignal::new(None),
            busy: RwSignal::new(false),
            turn: StoredValue::new(0),
        };
        // Nobody is signed in any more: whoever is next has not made it.
        let hidden = out_of_sight();
        effect(move || {
            if hidden.get() {
                generated.forget();
            }
        });
        generated
    }

    /// Without its private half the public one is of no use. What has been saved is somebody's own.
    fn forget(self) {
        self.turn.update_value(|turn| *turn += 1);
        self.busy.set(false);
        if self.unsaved.get_untracked() {
            self.pair.set_value(None);
            self.public.set(String::new());
            self.unsaved.set(false);
            self.failed.set(Some("The session ended before the private half was saved: the pair is gone. Generate another.".to_owned()));
        }
    }

    /// `then` is called once there is a pair.
    fn make(self, then: impl FnOnce() + 'static) {
        self.busy.set(true);
        let turn = self.turn.get_value();
        spawn_local(async move {
            let made = Pair::make().await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.busy.try_set(false);
            match made {
                Ok(pair) => {
                    self.public.try_set(pair.public.clone());
                    self.pair.try_set_value(Some(pair));
                    self.unsaved.try_set(true);
                    self.saved.try_set(false);
                    self.failed.try_set(None);
                    then();
                }
                Err(why) => drop(self.failed.try_set(Some(why))),
            }
        });
    }

    /// `then` is called once it is saved.
    fn save(self, name: String, then: impl FnOnce() + 'static) {
        let Some(pair) = self.pair.get_value() else { return };
        let turn = self.turn.get_value();
        spawn_local(async move {
            let private = pair.private().await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            let saved = match private {
                Ok(text) => download(&name, &text).map_err(|_| "The browser did not save it.".to_owned()),
                Err(why) => Err(why),
            };
            match saved {
                Ok(()) => {
                    // From here on nobody has it but whoever saved it.
                    self.pair.try_set_value(None);
                    self.unsaved.try_set(false);
                    self.saved.try_set(true);
                    self.failed.try_set(None);
                    then();
                }
                Err(why) => drop(self.failed.try_set(Some(why))),
            }
        });
    }
}

/// The buttons, and what there is so far. `name`: what the pair is to be called; `full`: why IVS would not take it.
pub(super) fn card(generated: Generated, name: RwSignal<String>, full: Off) -> View {
    let Generated { public, unsaved, saved, failed, busy, .. } = generated;
    let file = move || {
        let name = name.with(|name| name.trim().to_owned());
        format!("{}.private.pem", if name.is_empty() { "playback-key".to_owned() } else { name })
    };
    let print = move || public.with(|public| material::der(public)).map(|der| p384::fingerprint(&der));
    let off: Off = Signal::derive(move || {
        full.get().or_else(|| unsaved.get().then(|| "Save the private half of this one first, or leave the form.".to_owned()))
    });
    let row = NodeRef::<web_sys::HtmlElement>::new();
    // To what is to be done next: the button that was pressed is off, or gone.
    let first = move || dom::after_paint(move || dom::focus(row.get_untracked().and_then(|row| dom::find(&row, "button"))));
    let help = "The browser makes it. Its private half is offered once, as a file: keep it where your tokens are signed. It is sent to nobody, not to IVS and not to this console.";
    group("Key pair made here", material::PATH, help, always(), move |wiring| {
        view! {
            <div class="row" node_ref=row aria-invalid=move || wiring.invalid.get().then_some("true")>
                {move || unsaved.get().then(|| view! { <Action label="Save the private key" look=Look::Primary on=move |()| generated.save(file(), first)/> })}
                <Action label=move || if print().is_some() { "Generate another" } else { "Generate key pair" } off=off busy=busy on=move |()| generated.make(first)/>
            </div>
            <p class="soft" role="status">
                {move || match (unsaved.get(), saved.get()) {
                    (true, _) => "There is a pair. Save its private half: without it, what is imported opens nothing.",
                    (false, true) => "The private half is saved; it is not here any more.",
                    (false, false) => "",
                }}
            </p>
            {move || print().map(|print| view! { <p class="soft">"Fingerprint " <code>{print}</code></p> })}
            {move || failed.get().map(|why| view! { <p class="error" role="alert">{why}</p> })}
        }
    })
}
