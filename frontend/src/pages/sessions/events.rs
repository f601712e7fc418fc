//! The events of a session on a line in time.

use super::explained::Explained;
use super::moments::{MOST, Moment, attention, moments};
use super::one::Shown;
use crate::components::badge::{Tone, badge};
use crate::components::{locale, page};
use crate::view::prelude::*;

/// The card.
pub(super) fn card(shown: Shown) -> View {
    let all = Memo::new(move |_| shown.session.with(|session| moments(shown.started(), &session.truncated_events, locale::parse_time)));
    let count = Memo::new(move |_| all.with(|all| (all.len(), all.iter().filter(|moment| attention(moment.tone)).count())));
    let said = move || match count.get() {
        (all, 0) => format!("{all}, as they should be"),
        (all, 1) => format!("{all}, of which 1 wants attention"),
        (all, wrong) => format!("{all}, of which {wrong} want attention"),
    };
    let most = move || match count.get().0 {
        MOST.. => {
            view! { <p class="note warn above">"IVS tells the newest 500 events of a session. This one had at least as many, so its beginning may be missing."</p> }
        }
        0 => view! { <p class="soft">"IVS has told of none yet."</p> },
        _ => View::Nothing,
    };
    let body = view! {
        {most}
        <ol class="moments">{each(move || all.get(), |moment| moment.key.clone(), row)}</ol>
        <p class="faint small">"The oldest first. IVS tells the newest 500 at most, and explains none of them: the explanations are the console's."</p>
    };
    page::card("Events", view! { <span class="soft small" role="status">{said}</span> }, body)
}

fn row(moment: Moment) -> View {
    let mark = match moment.tone {
        Tone::Warn => badge(Tone::Warn, "Attention"),
        Tone::Bad => badge(Tone::Bad, "Error"),
        Tone::Plain | Tone::Live | Tone::Good => View::Nothing,
    };
    let when = moment.at.map(|at| view! { <time title=locale::utc(at)>{locale::exact_time(at)}</time> });
    let lasted = moment.lasted.map(|lasted| view! { <span class="soft">"after " {locale::clock(lasted)}</span> });
    let code = (!moment.code.is_empty()).then(|| view! { <code>{moment.code}</code> });
    view! {
        <li class=class(moment.tone)>
            <div class="when"><b>{moment.after.map(offset)}</b>{when}</div>
            <div class="row">
                <b>{if moment.name.is_empty() { "Without a name".to_owned() } else { moment.name }}</b>
                {mark} {lasted} {code}
                <span class="faint">{moment.kind}</span>
            </div>
            {moment.said.into_iter().map(explanation).collect::<View>()}
        </li>
    }
}

fn explanation(said: Explained) -> View {
    let advice = (!said.advice.is_empty()).then(|| view! { <p>"→ " {said.advice}</p> });
    view! { <p class="soft">{said.means}</p> {advice} }
}

const fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain | Tone::Live => "",
        Tone::Good => "tone-good",
        Tone::Warn => "tone-warn",
        Tone::Bad => "tone-bad",
    }
}

/// How long after the start; what came before it has a minus.
fn offset(after: f64) -> String {
    // Below a second there is nothing to tell.
    let sign = if after <= -1_000.0 { "−" } else { "+" };
    format!("{sign}{}", locale::clock(after.abs()))
}
