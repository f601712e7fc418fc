//! The lines below the palette's field: what fits what was typed, and which of them is chosen.

use super::find::{Act, Found, Ground, find};
use super::{Asked, Pressed, close};
use crate::components::guard::leave;
use crate::components::locale::lower;
use crate::routes::{ask, tags_of};
use crate::shared::{channels, place, session};
use crate::view::prelude::*;
use leptos_router::hooks::use_navigate;

#[component]
pub(super) fn Lines() -> View {
    let Asked { typed, chosen, pressed, active } = Asked::here();
    let scope = place::scope();
    let found = found(typed);
    let navigate = use_navigate();
    let go = move |act: Act| match act {
        Act::Go(page) => navigate(&page.path(), Default::default()),
        Act::Ask(page, question) => navigate(&ask(&page, question), Default::default()),
        Act::Tags(arn) => navigate(&tags_of(&arn), Default::default()),
        Act::Theme(theme) => theme.choose(),
        Act::Off => {}
    };
    let act = StoredValue::new_local(move |found: Found| {
        // What is off stays where it is, with its reason.
        if found.act == Act::Off {
            return;
        }
        close();
        let go = go.clone();
        // Only what leaves the page may lose something that was typed in it.
        if matches!(found.act, Act::Theme(_)) { go(found.act) } else { leave(move || go(found.act)) }
    });
    let act = move |found| act.with_value(|act| act(found));
    effect(move || {
        let Some(key) = pressed.get() else { return };
        pressed.set(None);
        let count = found.with_untracked(Vec::len).max(1);
        match key {
            Pressed::Down => chosen.update(|at| *at = (*at + 1) % count),
            Pressed::Up => chosen.update(|at| *at = (*at + count - 1) % count),
            Pressed::Enter => {
                found.with_untracked(|found| found.get(chosen.get_untracked()).cloned()).into_iter().for_each(act);
            }
        }
    });
    effect(move || active.set(found.with(|found| (!found.is_empty()).then(|| format!("palette-{}", chosen.get())))));
    view! {
        <div class="palette-lines" id="palette-lines" role="listbox" aria-label="Found">
            {move || found.get().into_iter().enumerate().map(|(at, line)| row(at, line, found, chosen, act)).collect::<View>()}
        </div>
        <p class="palette-none soft" role="status">{move || found.with(Vec::is_empty).then(|| format!("Nothing of that name in {}.", scope.get().region))}</p>
    }
}
/// What fits what was typed, among what is loaded. The lists are asked for only while the palette is open.
fn found(typed: RwSignal<String>) -> Memo<Vec<Found>> {
    let scope = place::scope();
    let (channels, streams) = (channels::channels(move || scope.get()), channels::streams(move || scope.get()));
    let live = Memo::new(move |_| {
        streams.with(|state| {
            let items = state.value().map(|pages| pages.items.as_slice()).unwrap_or_default();
            items.iter().filter_map(|stream| stream.channel_arn.clone()).collect::<Vec<_>>()
        })
    });
    Memo::new(move |_| {
        let (Some(me), scope) = (session::me(), scope.get()) else { return Vec::new() };
        channels.with(|state| {
            let channels = state.value().map(|pages| pages.items.as_slice()).unwrap_or_default();
            live.with(|live| find(&typed.get(), &Ground { me: &me, scope: &scope, channels, live }, lower))
        })
    })
}

fn row(at: usize, line: Found, all: Memo<Vec<Found>>, chosen: RwSignal<usize>, act: impl Fn(Found) + Copy + 'static) -> View {
    let first = all.with_untracked(|all| at == 0 || all.get(at - 1).is_none_or(|before| before.group != line.group));
    let heading = first.then(|| view! { <div class="palette-group" role="presentation">{line.group}</div> });
    let (this, off) = (line.clone(), (line.act == Act::Off).then_some("true"));
    view! {
        {heading}
        <div
            class="palette-line"
            role="option"
            id=format!("palette-{at}")
            aria-disabled=off
            aria-selected=move || if chosen.get() == at { "true" } else { "false" }
            on:pointermove=move |_| chosen.set(at)
            on:click=move |_| act(this.clone())
        >
            {line.live.then(|| view! { <span class="badge live">"LIVE"</span> })}
            <span>{line.label}</span>
            <span class="faint">{line.note}</span>
        </div>
    }
}
