//! A value that stays closed: dots until it is asked for, then half a minute, then gone from the page and from memory
//! that the page can reach. Copying does not show it.

use super::action::{Action, Look, Off};
use super::copy::to_clipboard;
use super::page::out_of_sight;
use crate::view::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use std::{future::Future, pin::Pin, sync::Arc};

/// How long a value stays open, in seconds.
const OPEN: u32 = 30;

/// Fetches the value. `None` where it was refused: whoever fetches says so.
pub(crate) type Reveal = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Option<String>>>> + Send + Sync>;

/// What the box holds at the moment.
#[derive(Clone, Copy)]
struct Held {
    value: RwSignal<Option<String>>,
    left: RwSignal<u32>,
    busy: RwSignal<bool>,
    said: RwSignal<&'static str>,
    opened: StoredValue<u32>,
}

impl Held {
    fn open(self, value: String) {
        self.opened.update_value(|times| *times += 1);
        self.value.set(Some(value));
        self.left.set(OPEN);
        self.tick(self.opened.get_value());
    }

    fn close(self) {
        self.value.set(None);
    }

    /// Counts down for one opening; a later one, or a page that is gone, ends it.
    fn tick(self, opened: u32) {
        let step = move || {
            if self.opened.try_get_value() != Some(opened) || self.value.with_untracked(Option::is_none) {
                return;
            }
            self.left.update(|left| *left -= 1);
            if self.left.get_untracked() == 0 { self.close() } else { self.tick(opened) }
        };
        set_timeout(step, Duration::from_secs(1));
    }
}

/// A secret value, closed.
#[component]
pub(crate) fn SecretBox(
    /// What it is: `Stream key`.
    label: &'static str,
    /// What may be seen of it while it is closed.
    #[prop(default = "")]
    prefix: &'static str,
    /// Why it may not be seen.
    off: Off,
    /// Fetches it.
    reveal: Reveal,
) -> View {
    let held = Held {
        value: RwSignal::new(None),
        left: RwSignal::new(0),
        busy: RwSignal::new(false),
        said: RwSignal::new(""),
        opened: StoredValue::new(0),
    };
    let hidden = out_of_sight();
    effect(move || {
        if hidden.get() {
            held.close();
        }
    });
    let reveal = StoredValue::new(reveal);
    let fetch = move |then: fn(Held, String)| {
        held.busy.set(true);
        let asked = reveal.with_value(|reveal| reveal());
        spawn_local(async move {
            let value = asked.await;
            if held.busy.try_set(false)
                && let Some(value) = value
            {
                then(held, value);
            }
        });
    };
    let show = move |()| if held.value.with_untracked(Option::is_some) { held.close() } else { fetch(Held::open) };
    let verb = move || if held.value.with(Option::is_some) { "Hide" } else { "Reveal" };
    let busy = Signal::from(held.busy);
    view! {
        <div class="labelled secret">
            <div class="above">
                <p>{label}</p>
                <p class="help" role="status">
                    {move || if held.value.with(Option::is_some) { format!("Closes in {} s", held.left.get()) } else { held.said.get().to_owned() }}
                </p>
            </div>
            <div class="copy">
                <code>{move || held.value.get().unwrap_or_else(|| format!("{prefix}••••••••••"))}</code>
                <Action label=TextProp::from(verb) name=TextProp::from(move || format!("{} {label}", verb())) look=Look::Quiet off=off busy=busy on=show/>
                <Action label="Copy" name=format!("Copy {label}") look=Look::Quiet off=off busy=busy on=move |()| fetch(copy)/>
            </div>
        </div>
    }
}

fn copy(held: Held, value: String) {
    spawn_local(async move {
        let said = to_clipboard(&value).await.map_or_else(|refused| refused, |()| "Copied without showing it");
        held.said.set(said);
        set_timeout(
            move || {
                held.said.set("");
            },
            Duration::from_secs(4),
        );
    });
}
