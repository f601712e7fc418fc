//! A deleted channel's configuration, brought back into the form that creates one: from the journal's row of its deletion.

use super::settings::{Setting, Settings};
use super::typed::Typed;
use crate::api::{self, Problem, client};
use crate::components::load::problem;
use crate::view::prelude::*;
use contract::channel::{Channel, GetChannelResponse};
use contract::journal::GetJournalEntry;
use contract::tag::is_ours;
use leptos_router::hooks::use_query_map;

/// How far it is.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    Looking,
    Filled(String),
    Failed(Problem),
    NothingKept,
}

/// Fills the form where its address names a row, and says so above it.
pub(super) fn notice(typed: Typed) -> View {
    let Some(id) = use_query_map().with_untracked(|query| query.get("from")).filter(|id| !id.is_empty()) else { return View::Nothing };
    let stage = RwSignal::new(Stage::Looking);
    wasm_bindgen_futures::spawn_local(async move {
        let now = match client::own(&GetJournalEntry { id }).await {
            Err(problem) => Stage::Failed(problem),
            Ok(detail) => match detail.before.and_then(|text| kept(&text)) {
                None => Stage::NothingKept,
                Some(channel) => {
                    fill(typed, &channel);
                    Stage::Filled(channel.name.unwrap_or_default())
                }
            },
        };
        // Whoever has left the form needs it no more.
        let _gone = stage.try_set(now);
    });
    let said = move || match stage.get() {
        Stage::Looking => View::Nothing,
        Stage::Filled(name) => {
            view! {
                <p class="note" role="status">
                    "Filled with what " <b>{name}</b>
                    " was before it was deleted. ARN, stream key and playback URL will be new, and what it used may be gone too."
                </p>
            }
        }
        Stage::Failed(what) => problem(what),
        Stage::NothingKept => {
            view! { <p class="note warn" role="status">"That row of the journal has no channel."</p> }
        }
    };
    said.into_view()
}

/// The journal keeps what GetChannel answered.
fn kept(before: &str) -> Option<Channel> {
    api::read_each::<GetChannelResponse>(before, "", &[]).ok()?.pop()?.1.ok()?.channel
}

fn fill(typed: Typed, channel: &Channel) {
    let settings = Settings::of(channel);
    for setting in Setting::ALL {
        typed.put(setting, settings.get(setting));
    }
    for (key, value) in channel.tags.iter().filter(|(key, _)| !is_ours(key)) {
        typed.tags.put(key, Some(value));
    }
}
