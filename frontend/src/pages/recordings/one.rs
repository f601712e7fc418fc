//! One recording configuration: how far it is, where it writes to, what of a broadcast it keeps, which channels use it.

use super::facts::Kept;
use super::replace::{LOSES, Replace};
use super::{facts, paths, recordings};
use crate::api::{Scope, query};
use crate::components::action::{Look, Way};
use crate::components::badge::badge;
use crate::components::page::card;
use crate::components::properties::{properties, property};
use crate::routes::{At, Noun, Page};
use crate::shared::resource::{Known, Shown, Used, detail_page, of_page};
use crate::shared::{place, session};
use crate::view::prelude::*;
use contract::recording_configuration::{
    CreateRecordingConfiguration, DeleteRecordingConfiguration, GetRecordingConfiguration, RecordingConfiguration,
    RecordingConfigurationState,
};

/// The page.
#[component]
pub(crate) fn One() -> View {
    // Query
    let scope = place::scope();
    let (id, arn) = of_page(Noun::Recording, scope);
    let query = query::call(move || Some((scope.get(), GetRecordingConfiguration { arn: arn.get()? }))).every(60_000.0);
    let one =
        Memo::new(move |_| query.with(|state| state.value().and_then(|reply| reply.recording_configuration.clone())).unwrap_or_default());
    let state = Memo::new(move |_| one.with(|one| one.state.clone()));
    let query = query.every_while(2_000.0, move || state.with(|state| *state == RecordingConfigurationState::Creating));
    let shown = Shown::of(Noun::Recording, scope, id, query, |reply| {
        let one = reply.recording_configuration.as_ref()?;
        let unready = facts::unready(&one.state);
        Some(Known { arn: one.arn.clone(), name: one.name.clone().unwrap_or_default(), tags: one.tags.clone(), unready })
    });
    let list = recordings(scope);
    // A list that still says CREATING, once it is known better.
    let creating = Memo::new(move |_| state.with(|state| *state == RecordingConfigurationState::Creating));
    let followed = StoredValue::new(false);
    effect(move || {
        if creating.get() {
            followed.set_value(true);
        } else if followed.get_value() {
            followed.set_value(false);
            list.refetch();
        }
    });

    // Actions
    let used = Used::of(
        shown,
        |arn| DeleteRecordingConfiguration { arn },
        move |arn| {
            list.update(|pages| pages.items.retain(|item| item.arn != arn));
        },
    );
    let copy = Signal::derive(move || format!("{}?from={}", Page::Resource(scope.get(), Noun::Recording, At::New).path(), id.get()));
    let off = session::off::<CreateRecordingConfiguration>();

    // View
    let badges = move || {
        let (tone, word) = state.with(facts::state);
        badge(tone, word)
    };
    let actions = move || view! { <Way label="Change…" look=Look::Plain off=off to=copy/> {used.delete()} };
    detail_page(shown, badges, actions, move || {
        let replace = Replace::of(shown, used.users);
        let failed = Memo::new(move |_| state.with(|state| *state == RecordingConfigurationState::CreateFailed));
        let main = view! { {configuration(one)} {move || (!failed.get()).then(|| preview(scope, one))} {shown.code_card(one)} };
        view! {
            {replace.notice()}
            {move || state.with(|state| progress(state, &scope.get(), &one.with(|one| facts::bucket(&one.destination_configuration))))}
            {used.cards(main, replace.card(), LOSES)}
        }
    })
}

/// What is being waited for, or why there is nothing to wait for.
fn progress(state: &RecordingConfigurationState, scope: &Scope, bucket: &str) -> View {
    match state {
        RecordingConfigurationState::Creating => {
            view! { <p class="note above" role="status">"IVS is preparing it. It can be used as soon as it is ACTIVE; this page follows."</p> }
        }
        RecordingConfigurationState::CreateFailed => view! {
            <div class="problem" role="alert">
                <b>"IVS could not prepare it"</b>
                <p>"IVS does not say why. What it needs is that the bucket " <code>{bucket.to_owned()}</code> " exists, that it is in " {scope.region.clone()} ", and that neither its policy nor the account's refuses IVS."</p>
                <p class="soft">"It stays as it is. See to the bucket, then make another one from it (Change…) and delete this one."</p>
            </div>
        },
        RecordingConfigurationState::Active | RecordingConfigurationState::Unknown(_) => View::Nothing,
    }
}

fn configuration(one: Memo<RecordingConfiguration>) -> View {
    let read = move |read: fn(&RecordingConfiguration) -> String| Memo::new(move |_| one.with(read));
    let bucket = read(|one| facts::bucket(&one.destination_configuration));
    let list = vec![
        property("S3 bucket", move || view! { <code>{bucket.get()}</code> }),
        property("Thumbnails", read(|one| facts::thumbnails(one.thumbnail_configuration.as_ref()))),
        property("Renditions", read(|one| facts::renditions(one.rendition_configuration.as_ref()))),
        property("Reconnect window", read(|one| facts::window(one.recording_reconnect_window_seconds))),
    ];
    card("Configuration", View::Nothing, properties(list))
}

fn preview(scope: Memo<Scope>, one: Memo<RecordingConfiguration>) -> View {
    let bucket = Signal::derive(move || one.with(|one| facts::bucket(&one.destination_configuration)));
    let kept = Signal::derive(move || one.with(|one| Kept::by(one.thumbnail_configuration.as_ref(), one.rendition_configuration.as_ref())));
    paths::preview(scope, bucket, kept)
}
