//! An ad break: all viewers see ads for so long, now or at a time that is said.

use super::{Shown, on_air};
use crate::api::{Change, Mutation, Problem};
use crate::components::action::{Action, Off};
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::components::copy::{CodeBox, Copy};
use crate::components::fields::{TextField, field, whole};
use crate::components::form::FormState;
use crate::components::load::problem;
use crate::components::locale;
use crate::shared::{as_code, session, stream_badge};
use crate::view::prelude::*;
use contract::channel::{Channel, ContainerFormat};
use contract::constraint::Check;
use contract::stream::{InsertAdBreak, InsertAdBreakResponse};
use contract::{Code, FieldError, FieldErrors};
use js_sys::Date;
use web_sys::wasm_bindgen::JsValue;

const STARTS: &str = "targetStartAt";

/// What is said where nobody has typed another length, in seconds.
const USUAL: &str = "30";

/// Inserting an ad break. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct AdBreak {
    shown: Shown,
    open: RwSignal<bool>,
    seconds: RwSignal<String>,
    /// In the person's own zone, as the field gives it; empty for now.
    starts: RwSignal<String>,
    /// Has it been sent since it was asked? What failed before is not news.
    tried: RwSignal<bool>,
    /// What IVS answered last, and how long the break is.
    inserted: RwSignal<Option<(InsertAdBreakResponse, i32)>>,
    insert: Mutation,
}

impl AdBreak {
    pub(super) fn new(shown: Shown) -> Self {
        let starts = RwSignal::new(String::new());
        let seconds = RwSignal::new(USUAL.to_owned());
        let [open, tried] = [(); 2].map(|()| RwSignal::new(false));
        Self { shown, open, seconds, starts, tried, inserted: RwSignal::new(None), insert: Mutation::in_form() }
    }

    /// Asks.
    pub(super) fn ask(self) {
        self.starts.set(String::new());
        self.tried.set(false);
        self.open.set(true);
    }

    /// What would be sent, and what is wrong with it.
    fn read(self) -> (InsertAdBreak, FieldErrors) {
        let mut errors = FieldErrors::default();
        let seconds = self.seconds.get();
        let duration = whole("durationSeconds", &seconds, &mut errors);
        let target = self.starts.with(|starts| (!starts.is_empty()).then(|| locale::parse_time(starts)));
        let late = target.is_some_and(|at| at.is_none_or(|at| at < Date::now()));
        if late {
            let message = "Must be a time that is still to come. Leave it empty for a break at once.".to_owned();
            errors.0.push(FieldError { field: STARTS.to_owned(), message });
        }
        let request = InsertAdBreak {
            channel_arn: self.shown.arn(),
            duration_seconds: duration.unwrap_or_default(),
            ad_break_id: None,
            target_start_at: target.flatten().map(|at| Date::new(&JsValue::from_f64(at)).to_iso_string().into()),
        };
        if errors.at("durationSeconds").is_none() {
            errors.0.extend(request.check().err().unwrap_or_default().0);
        }
        (request, errors)
    }
}

/// Why the channel takes no ad break, whatever is on air (`docs/ivs-behaviour.md` 2.12).
fn cannot(channel: &Channel) -> Option<&'static str> {
    if channel.container_format == Some(ContainerFormat::FragmentedMp4) {
        return Some("Ad breaks need the container format TS; this channel has fragmented MP4.");
    }
    let without = channel.ad_configuration_arn.as_deref().unwrap_or_default().is_empty();
    without.then_some("The channel has no ad configuration. Connect one first, while it is offline.")
}

/// Because of the person's role, of what the channel is, or because nobody is watching.
pub(super) fn off(shown: Shown) -> Off {
    let role = session::off::<InsertAdBreak>();
    Signal::derive(move || {
        let cannot = || shown.channel.with(|channel| cannot(channel).map(ToOwned::to_owned));
        role.get().or_else(cannot).or_else(|| on_air::off(shown))
    })
}

/// The button that asks.
pub(super) fn button(ad_break: AdBreak) -> View {
    view! { <Action label="Insert ad break…" off=off(ad_break.shown) busy=ad_break.insert.busy() on=move |()| ad_break.ask()/> }
}

/// What IVS answered last.
pub(super) fn answered(ad_break: AdBreak) -> View {
    let said = move || {
        ad_break.inserted.get().map(|(answer, seconds)| {
            let id = answer.ad_break_id.unwrap_or_default();
            let at = answer.target_start_at.unwrap_or_default();
            let when = match locale::parse_time(&at) {
                Some(at) => view! { <time title=locale::utc(at)>{locale::exact_time(at)}</time> },
                None => at.into_view(),
            };
            let copy = (!id.is_empty()).then(|| view! { <Copy name="Copy ad break id" text=Signal::stored(id.clone())/> });
            view! { <p class="note">"Ad break " <code>{id}</code> {copy} " of " {seconds.to_string()} " s, starting " {when} "."</p> }
        })
    };
    view! { <div role="status">{said}</div> }
}

/// The question, which names the channel and who would see it.
pub(super) fn dialog(ad_break: AdBreak) -> View {
    let AdBreak { shown, open, insert, .. } = ad_break;
    let read = Memo::new(move |_| ad_break.read());
    let channel = off(shown);
    let why: Off = Signal::derive(move || {
        let wrong = || read.with(|(_, errors)| errors.0.first().map(|error| error.message.clone()));
        channel.get().or_else(wrong)
    });
    let on = Callback::new(move |()| {
        // Read again: the time that was to come may have passed since it was typed.
        let (request, errors) = untrack(|| ad_break.read());
        if !errors.0.is_empty() {
            ad_break.starts.update(|_| ());
            return;
        }
        ad_break.tried.set(true);
        let (seconds, done) = (request.duration_seconds, untrack(|| format!("Ad break inserted into {}", shown.name())));
        insert.run(Change::new(shown.scope.get_untracked(), request, done), move |answer| {
            ad_break.inserted.try_set(Some((answer, seconds)));
            ad_break.open.try_set(false);
        });
    });
    let line = Signal::derive(move || shown.scope.with(|scope| read.with(|(request, _)| as_code::command(scope, request))));
    view! {
        <Confirm
            open=open
            title=TextProp::from(move || format!("Insert an ad break into {}?", shown.name()))
            verb="Insert ad break"
            off=why
            busy=insert.busy()
            on=on
        >
            {consequences(shown)}
            {fields(ad_break, read)}
            {move || insert.problem().get().filter(|_| ad_break.tried.get()).map(|why| refused(ad_break, why))}
            <details>
                <summary>"Same thing, as code"</summary>
                <CodeBox name="Copy command" text=line/>
            </details>
        </Confirm>
    }
}

/// Why it was not inserted, and where that is the break before it, until when that runs.
fn refused(ad_break: AdBreak, why: Problem) -> View {
    let last = ad_break.inserted.get_untracked().filter(|_| why.code == Some(Code::ConflictException));
    let until = last.and_then(|(answer, seconds)| ends(locale::parse_time(&answer.target_start_at?)?, seconds, Date::now()));
    let until = until.map(|until| {
        view! { <p class="note" role="status">"The break inserted here before ends at " <time title=locale::utc(until)>{locale::exact_time(until)}</time> "."</p> }
    });
    view! { {until} {problem(why)} }
}

/// When a break that begins at `start` ends, unless that is past.
fn ends(start: f64, seconds: i32, now: f64) -> Option<f64> {
    Some(start + f64::from(seconds) * 1000.0).filter(|end| *end > now)
}

fn consequences(shown: Shown) -> View {
    let viewers = move || shown.on_air.with(|on_air| on_air.stream().map(|stream| stream_badge::watching(stream.viewer_count)));
    view! {
        <p>"It is live with " <b>{viewers}</b> "."</p>
        <ul class="facts">
            {fact(Tone::Warn, "They all see ads instead of the picture for so long. A break that has begun cannot be taken back.")}
            {fact(Tone::Plain, "While one runs, IVS refuses another.")}
        </ul>
    }
}

fn fields(ad_break: AdBreak, read: Memo<(InsertAdBreak, FieldErrors)>) -> View {
    provide_context(FormState::new(move || read.get().1));
    let starts = ad_break.starts;
    let input = field("Starts", STARTS, "In your own zone. Empty: as soon as IVS can.", Signal::stored(None), move |wiring| {
        view! {
            <input
                class="input"
                type="datetime-local"
                step="1"
                id=wiring.id
                aria-describedby=wiring.described
                aria-invalid=move || wiring.invalid.get().then_some("true")
                prop:value=starts
                on:input=move |event| starts.set(event_target_value(&event))
                on:blur=move |_| wiring.left.run(())
            />
        }
    });
    view! {
        <TextField label="Seconds" path="durationSeconds" kind="number" value=ad_break.seconds help="1 to 300."/>
        {input}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_that_is_over_is_not_told_of() {
        assert_eq!(ends(1_000.0, 30, 5_000.0), Some(31_000.0));
        assert_eq!(ends(1_000.0, 30, 31_000.0), None);
    }

    #[test]
    fn a_channel_without_ads_or_without_ts_says_so() {
        let ads = Some("arn:aws:ivs:eu-west-1:123456789012:ad-configuration/abcdABCDefgh".to_owned());
        let channel = |ads, container_format| Channel { ad_configuration_arn: ads, container_format, ..Channel::default() };
        assert_eq!(cannot(&channel(ads.clone(), Some(ContainerFormat::Ts))), None);
        assert_eq!(cannot(&channel(ads.clone(), None)), None, "IVS's default is TS");
        assert!(cannot(&channel(ads, Some(ContainerFormat::FragmentedMp4))).is_some_and(|why| why.contains("TS")));
        assert!(cannot(&channel(Some(String::new()), None)).is_some_and(|why| why.contains("ad configuration")));
    }
}
