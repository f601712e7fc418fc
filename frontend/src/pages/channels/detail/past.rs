//! The latest stream sessions, and the way to all of them.

use super::Shown;
use crate::api::query;
use crate::components::badge::{Tone, badge};
use crate::components::load::{load, skeleton_lines};
use crate::components::{locale, page};
use crate::routes::{Page, sessions_of};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::stream_session::{ListStreamSessions, StreamSessionSummary};

/// So many are here.
const LATEST: i32 = 3;

pub(super) fn card(shown: Shown) -> View {
    let arn = Memo::new(move |_| shown.arn());
    let query = query::call(move || {
        let channel_arn = Some(arn.get()).filter(|arn| !arn.is_empty())?;
        Some((shown.scope.get(), ListStreamSessions { channel_arn, max_results: Some(LATEST), ..ListStreamSessions::default() }))
    });
    // What goes on air or off is another session, or the end of one.
    let stream =
        Memo::new(move |_| shown.on_air.with(|on_air| (on_air.known(), on_air.stream().and_then(|stream| stream.stream_id.clone()))));
    let before = StoredValue::new(None);
    effect(move || {
        let now = stream.get();
        let before = before.try_update_value(|before| before.replace(now.clone())).flatten();
        if now.0.is_some() && before.is_some_and(|before| before.0.is_some() && before != now) {
            query.refetch();
        }
    });
    let id = move || Arn::short(&arn.get()).to_owned();
    let row = move |session: StreamSessionSummary| {
        line(&Page::Session(shown.scope.get_untracked(), untrack(id), stream_id(&session)).path(), &session)
    };
    let body = load(
        query,
        || skeleton_lines(2),
        move |found| {
            let none = Memo::new(move |_| found.with(|found| found.stream_sessions.is_empty()));
            let key =
                |session: &StreamSessionSummary| format!("{} {:?} {:?}", stream_id(session), session.end_time, session.has_error_event);
            view! {
                {move || none.get().then(|| view! { <p class="soft">"None in the last 60 days."</p> })}
                <ul class="used-by">{each(move || found.with(|found| found.stream_sessions.clone()), key, row)}</ul>
            }
        },
    );
    let all = move || sessions_of(&shown.scope.get(), &id());
    page::card("Latest sessions", view! { <a class="btn quiet small" href=all>"All sessions"</a> }, body)
}

fn stream_id(session: &StreamSessionSummary) -> String {
    session.stream_id.clone().unwrap_or_default()
}

fn line(to: &str, session: &StreamSessionSummary) -> View {
    let time = |text: &Option<String>| text.as_deref().and_then(locale::parse_time);
    let (started, ended) = (time(&session.start_time), time(&session.end_time));
    let errors = (session.has_error_event == Some(true)).then(|| badge(Tone::Bad, "Errors"));
    let length = started.zip(ended).map(|(started, ended)| view! { <span class="soft small">{locale::clock(ended - started)}</span> });
    let live = session.end_time.is_none().then(|| badge(Tone::Live, "LIVE"));
    view! {
        <li class="row">
            <a class="link" href=to.to_owned() title=started.map(locale::utc)>{started.map_or_else(|| stream_id(session), locale::date_time)}</a>
            <span class="row">{errors}{length}{live}</span>
        </li>
    }
}
