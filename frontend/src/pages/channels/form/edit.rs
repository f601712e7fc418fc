//! Edit channel: only what is changed is sent, and nothing that somebody else has changed meanwhile is overwritten.

use super::draft::Draft;
use super::settings::{Setting, Settings};
use super::{fields, summary};
use crate::api::{Change, Mutation, Query, Scope, query};
use crate::components::form::{Form, FormState, Purpose};
use crate::components::load::{load, skeleton_lines};
use crate::components::page::{Head, card};
use crate::pages::channels::one;
use crate::routes::Page;
use crate::shared::on_air::OnAir;
use crate::shared::resources::Offers;
use crate::shared::sheet::{changes, meanwhile};
use crate::shared::{arn, as_code, channels, place, session};
use crate::view::prelude::*;
use contract::Code;
use contract::arn::Arn;
use contract::channel::{self, Channel, GetChannel, GetChannelResponse, UpdateChannel, UpdateChannelResponse};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// How often it is looked whether somebody else has changed it, in milliseconds.
const EVERY: f64 = 15_000.0;

/// What is edited.
#[derive(Clone, Copy)]
struct Edited {
    scope: Memo<Scope>,
    query: Query<GetChannelResponse>,
    channel: Memo<Channel>,
}

impl Edited {
    fn name(self) -> String {
        self.channel.with(|channel| arn::called(channel.name.as_deref(), channel.arn.as_deref().unwrap_or_default()).to_owned())
    }
}

/// The page.
#[component]
pub(crate) fn Edit() -> View {
    // Query
    let scope = place::scope();
    let (id, arn) = one::of_page(scope);
    let query = query::call(move || Some((scope.get(), GetChannel { arn: arn.get()? }))).every(EVERY);
    // While nothing is known for a moment, nothing has changed.
    let channel = Memo::new(move |before: Option<&Channel>| {
        query.with(|state| state.value().and_then(|reply| reply.channel.clone())).or_else(|| before.cloned()).unwrap_or_default()
    });
    let edited = Edited { scope, query, channel };

    // View
    let above = Signal::derive(move || Page::Channel(scope.get(), id.get()).path());
    let title = move || {
        let there = channel.with(|channel| Arn::short(channel.arn.as_deref().unwrap_or_default()) == id.get());
        format!("Edit {}", if there { edited.name() } else { id.get() })
    };
    // Another channel is another draft.
    let body = move || {
        id.track();
        load(query, || card("Settings", View::Nothing, skeleton_lines(8)), move |_| form(edited))
    };
    view! {
        <Head above=("Channel", above) title=TextProp::from(title) below=move || view! { <span>"Tags are edited on the channel's page."</span> }/>
        {body}
    }
}

fn form(edited: Edited) -> View {
    let Edited { scope, query, channel } = edited;
    let list = channels::channels(move || scope.get());
    let streams = channels::streams(move || scope.get());

    // What is typed
    let offers = Offers::of(scope);
    let draft = Draft::new(channel.into(), offers);
    let state = FormState::new(move || draft.check());
    // Gone with the form.
    let here = RwSignal::new(());
    let dirty = Signal::derive(move || draft.sheet.changed.with(|changed| !changed.is_empty()));

    // Actions
    let save = Mutation::in_form();
    let navigate = use_navigate();
    let back = Callback::new(move |()| {
        let id = channel.with_untracked(|channel| Arn::short(channel.arn.as_deref().unwrap_or_default()).to_owned());
        navigate(&Page::Channel(scope.get_untracked(), id).path(), NavigateOptions::default());
    });
    let then = move |reply: UpdateChannelResponse| {
        // Whoever left the form meanwhile is not called back to it.
        let here = here.try_set(());
        let Some(channel) = reply.channel else { return };
        if here {
            draft.sheet.saved(Settings::of(&channel).texts());
        }
        query.update(|known| {
            // Another channel may be in its place by now.
            if known.channel.as_ref().is_some_and(|known| known.arn == channel.arn) {
                known.channel = Some(channel.clone());
            }
        });
        list.update(|pages| {
            if let Some(listed) = pages.items.iter_mut().find(|listed| listed.arn == channel.arn) {
                *listed = summary(channel);
            }
        });
        // What was typed since it was sent stays to be saved.
        if here && draft.sheet.untouched() {
            back.run(());
        }
    };
    let submit = Callback::new(move |()| {
        if draft.sheet.untouched() {
            back.run(());
            return;
        }
        draft.sheet.decided.set(false);
        let (request, seen) = untrack(|| (draft.request(), draft.seen()));
        let done = format!("Channel {} saved", untrack(|| edited.name()));
        save.run(Change { seen: Some(seen), ..Change::new(scope.get_untracked(), request, done) }, then);
    });
    effect(move || {
        if let Some(problem) = save.problem().get() {
            let mut fields = problem.fields;
            for error in &mut fields.0 {
                // The form has it as one.
                if error.field == Setting::Multitrack.member() {
                    Setting::Multitrack.path().clone_into(&mut error.field);
                }
            }
            state.refuse(fields);
            // What refused it may be news: somebody else was quicker, or it has gone live.
            query.refetch();
            streams.refetch();
        }
    });

    // View
    let live = Memo::new(move |_| {
        let arn = channel.with(|channel| channel.arn.clone()).unwrap_or_default();
        streams.with(|state| OnAir::of(state, &arn).known() == Some(true))
    });
    let gone = Memo::new(move |_| {
        query.with(|state| state.problem().is_some_and(|problem| problem.code == Some(Code::ResourceNotFoundException)))
    });
    let role = session::off::<UpdateChannel>();
    let off = Signal::derive(move || {
        let locked =
            || channel::locked(live.get()).map(|why| format!("{why} What you change is kept here: save it when the stream has ended."));
        let gone = || gone.get().then(|| "Somebody else deleted this channel. There is nothing left to save to.".to_owned());
        role.get().or_else(gone).or_else(locked)
    });
    // Once it is decided which one holds, nothing has failed any more.
    let error = Signal::derive(move || {
        save.problem()
            .get()
            .filter(|problem| problem.code != Some(Code::StateChanged) || !draft.sheet.decided.get() || !draft.sheet.conflicts().is_empty())
    });
    let rarer = channel.with_untracked(has_rarer);
    let aside = view! {
        <div class="stack">
            {changes(draft.sheet)}
            {as_code::beside_form::<UpdateChannel>(scope, Signal::derive(move || draft.request()))}
        </div>
    };
    view! {
        <Form purpose=Purpose::Save("channel") state=state submit=submit error=error busy=save.busy() looked_for=save.looked_for() dirty=dirty off=off cancel=back aside=aside>
            {meanwhile(draft.sheet)}
            {fields::fields(draft.typed, offers, rarer, View::Nothing)}
        </Form>
    }
}

/// Does it use any of the rarer settings?
fn has_rarer(channel: &Channel) -> bool {
    let (plain, settings) = (Settings::of(&Channel::default()), Settings::of(channel));
    let rarer = [Setting::Container, Setting::Multitrack, Setting::Ads, Setting::Slate, Setting::Insecure];
    rarer.into_iter().any(|setting| settings.get(setting) != plain.get(setting))
}
