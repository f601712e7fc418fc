//! Timed metadata: a text that every viewer's player gets at the same moment of the picture.

mod templates;

use super::{Shown, on_air};
use crate::api::{Change, Mutation, Problem};
use crate::components::action::{Action, Look, Off};
use crate::components::badge::{Tone, badge};
use crate::components::copy::CodeBox;
use crate::components::fields::TextArea;
use crate::components::form::FormState;
use crate::components::load::problem;
use crate::components::time::Ago;
use crate::components::{dom, locale, page};
use crate::shared::{as_code, clock, session, toasts};
use crate::view::prelude::*;
use contract::constraint::Check;
use contract::secret::Secret;
use contract::stream::PutMetadata;
use templates::Templates;
use web_sys::wasm_bindgen::JsCast;

/// Bytes of UTF-8 that IVS takes (`docs/ivs-behaviour.md` 2.6).
const MOST: usize = 1024;

/// So many of those that were sent are shown.
const SHOWN: usize = 50;

/// How sending one ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Going,
    Done,
    Refused,
    NotKnown,
}

/// One that was sent.
#[derive(Clone, Debug, PartialEq)]
struct Sent {
    number: usize,
    at: f64,
    text: String,
    end: End,
    /// Of one that was done.
    receipt: String,
}

/// Sending metadata from this page. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct Metadata {
    shown: Shown,
    open: RwSignal<bool>,
    text: RwSignal<String>,
    /// In this visit to the page, the last first. It is kept nowhere else.
    sent: RwSignal<Vec<Sent>>,
    templates: Templates,
    put: Mutation,
}

impl Metadata {
    pub(super) fn new(shown: Shown) -> Self {
        let put = Mutation::in_form();
        let (text, sent) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()));
        let this = Self { shown, open: RwSignal::new(false), text, sent, templates: Templates::kept(), put };
        effect(move || {
            let (busy, problem) = (put.busy().get(), put.problem().get());
            // What ended without a word was kept from the console: nobody is signed in any more.
            let end = if problem.is_some_and(|problem| problem.untold()) { End::NotKnown } else { End::Refused };
            // Only one is under way at a time, and it is the last.
            if !busy {
                this.ended(untrack(|| this.sent.with(Vec::len)), end, String::new());
            }
        });
        this
    }

    /// Opens the card, with the focus where one types.
    pub(super) fn open(self) {
        self.open.set(true);
        dom::after_paint(|| dom::focus(document().body().and_then(|body| dom::find(&body, ".metadata textarea"))));
    }

    fn send(self, text: String) {
        if self.put.busy().get_untracked() {
            return;
        }
        let number = self.begun(&text);
        let (scope, name) = (self.shown.scope.get_untracked(), untrack(|| self.shown.name()));
        let request = untrack(|| request(self.shown, text));
        let change = Change::new(scope, request, format!("Metadata sent to the viewers of {name}"));
        self.put.run_here(change, move |receipt| self.ended(number, End::Done, toasts::facts(None, Some(&receipt))));
    }

    /// The number of its line in the list. The very same again, while nobody knows the end of the first, is sent to nobody: it is
    /// asked for again.
    fn begun(self, text: &str) -> usize {
        let open = untrack(|| self.put.problem().with(|problem| problem.as_ref().is_some_and(Problem::uncertain)));
        let mut list = self.sent.get_untracked();
        let number = match list.first_mut().filter(|last| open && last.text == text) {
            Some(last) => {
                last.end = End::Going;
                last.number
            }
            None => {
                let number = list.len() + 1;
                let (at, text) = (js_sys::Date::now(), text.to_owned());
                list.insert(0, Sent { number, at, text, end: End::Going, receipt: String::new() });
                number
            }
        };
        self.sent.set(list);
        number
    }

    fn ended(self, number: usize, end: End, receipt: String) {
        // Whoever left the page meanwhile has left its list.
        let Some(mut sent) = self.sent.try_get_untracked() else { return };
        if let Some(sent) = sent.iter_mut().find(|sent| sent.number == number && sent.end != End::Done) {
            (sent.end, sent.receipt) = (end, receipt);
        }
        self.sent.try_set(sent);
    }
}

fn request(shown: Shown, text: String) -> PutMetadata {
    PutMetadata { channel_arn: shown.arn(), metadata: Secret::from(text) }
}

/// Because of the person's role, or because nobody is watching.
fn off(shown: Shown) -> Off {
    let role = session::off::<PutMetadata>();
    Signal::derive(move || role.get().or_else(|| on_air::off(shown)))
}

/// The button that opens the card.
pub(super) fn button(metadata: Metadata) -> View {
    view! { <Action label="Put metadata…" off=off(metadata.shown) on=move |()| metadata.open()/> }
}

/// The card, while it is open.
pub(super) fn card(metadata: Metadata) -> View {
    (move || metadata.open.get().then(|| opened(metadata))).into_view()
}

fn opened(metadata: Metadata) -> View {
    let Metadata { shown, text, put, open, templates, .. } = metadata;
    provide_context(FormState::new(move || request(shown, text.get()).check().err().unwrap_or_default()));
    let off = off(shown);
    let why: Off = Signal::derive(move || off.get().or_else(|| text.with(|text| wrong(text, locale::count))));
    let line = Signal::derive(move || shown.scope.with(|scope| as_code::command(scope, &request(shown, text.get()))));
    let close = view! { <Action label="Close" name="Close timed metadata" look=Look::Quiet on=move |()| open.set(false)/> };
    let body = view! {
        <div class="stack metadata">
            {move || off.get().map(|why| view! { <p class="note warn" role="status">{why}</p> })}
            <TextArea
                label="Metadata"
                path="metadata"
                value=text
                rows="4"
                example="{\"cue\":\"goal\"}"
                help="Every viewer gets it. The journal keeps it; this browser does not, unless you save it as a template."
            />
            {meter(text)}
            {move || put.problem().get().map(problem)}
            <div class="row">
                <Action label="Send to all viewers" look=Look::Primary off=why busy=put.busy() on=move |()| metadata.send(text.get_untracked())/>
                {templates.save(text)}
            </div>
            {templates.list(text)}
            {sent(metadata, off)}
            <details>
                <summary>"as aws ivs"</summary>
                <CodeBox name="Copy command" text=line/>
            </details>
        </div>
    };
    page::card("Timed metadata", close, body)
}

/// How many bytes it has, and what it is.
fn meter(text: RwSignal<String>) -> View {
    let bytes = Memo::new(move |_| text.with(String::len));
    let json = Memo::new(move |_| text.with(|text| said(text, broken(text))));
    let over = Memo::new(move |_| bytes.get() > MOST);
    view! {
        <p class="row bytes" class:over=over>
            <meter aria-label="Bytes" min="0" max=MOST.to_string() high=(MOST - MOST / 8).to_string() prop:value=move || bytes.get().to_string()></meter>
            <span>{move || of_most(bytes.get())}</span>
            {move || match json.get() {
                Said::Plain(said) => view! { <span class="soft">{said}</span> },
                Said::Broken(why) => view! { <span class="row">{badge(Tone::Warn, "Broken JSON")} {why}</span> },
            }}
        </p>
    }
}

/// Why the browser cannot read it as JSON, in its own words, which say where.
fn broken(text: &str) -> Option<String> {
    let error = js_sys::JSON::parse(text).err()?;
    Some(error.dyn_into::<js_sys::Error>().map(|error| error.message().into()).unwrap_or_default())
}

fn of_most(bytes: usize) -> String {
    let most = locale::count(MOST);
    if bytes > MOST {
        format!("{} of {most} bytes, {} too many", locale::count(bytes), locale::count(bytes - MOST))
    } else {
        format!("{} of {most} bytes", locale::count(bytes))
    }
}

/// What is said of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Said {
    Plain(&'static str),
    /// It was to be JSON, and is none. Why.
    Broken(String),
}

/// Whether it is JSON is said, and not asked for: IVS takes any text. `broken`: why it is none.
fn said(text: &str, broken: Option<String>) -> Said {
    match (text.trim_start().chars().next(), broken) {
        (None, _) => Said::Plain(""),
        (Some(_), None) => Said::Plain("Valid JSON"),
        (Some('{' | '['), Some(why)) => Said::Broken(why),
        (Some(_), Some(_)) => Said::Plain("No JSON: players get it as it is"),
    }
}

/// Why it cannot be sent. `number`: writes one for people.
fn wrong(text: &str, number: fn(usize) -> String) -> Option<String> {
    match text.len() {
        0 => Some("Type the metadata first.".to_owned()),
        bytes if bytes > MOST => Some(format!("IVS takes {} bytes; this has {}.", number(MOST), number(bytes))),
        _ => None,
    }
}

/// What was sent, each with a way to send it again.
fn sent(metadata: Metadata, off: Off) -> View {
    let (list, now) = (metadata.sent, clock::now());
    let line = move |sent: Sent| {
        let (text, whole, name) = (sent.text.clone(), sent.text.clone(), format!("Send again: {}", sent.text));
        view! {
            <li class="row">
                <code title=whole>{sent.text}</code>
                <span class="faint nowrap"><Ago at=Signal::stored(sent.at) now=now/></span>
                {ended(sent.end)}
                {(!sent.receipt.is_empty()).then(|| view! { <small class="faint">{sent.receipt}</small> })}
                <Action label="Send again" name=name look=Look::Quiet off=off busy=metadata.put.busy() on=move |()| metadata.send(text.clone())/>
            </li>
        }
    };
    let any = Memo::new(move |_| list.with(|list| !list.is_empty()));
    let rows = move || list.with(|list| list.iter().take(SHOWN).cloned().collect::<Vec<_>>());
    let show = move || {
        any.get().then(|| {
            view! {
                <section aria-label="Sent in this visit">
                    <h3>"Sent in this visit"</h3>
                    <ul class="lines">{each(rows, |sent| format!("{} {:?}", sent.number, sent.end), line)}</ul>
                </section>
            }
        })
    };
    show.into_view()
}

fn ended(end: End) -> View {
    match end {
        End::Going => view! { <span class="faint">"…"</span> },
        End::Done => badge(Tone::Good, "Sent"),
        End::Refused => badge(Tone::Bad, "Refused"),
        End::NotKnown => badge(Tone::Warn, "Not known"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_counted_and_not_letters() {
        let wrong = |text: &str| wrong(text, |number| format!("<{number}>"));
        assert_eq!(wrong(&"é".repeat(512)), None);
        assert_eq!(wrong(&"é".repeat(513)).as_deref(), Some("IVS takes <1024> bytes; this has <1026>."));
        assert!(wrong("").is_some());
        // As the contract has it, which the backend refuses by.
        for text in ["a".repeat(MOST), "a".repeat(MOST + 1)] {
            let arn = "arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh".to_owned();
            let refused = PutMetadata { channel_arn: arn, metadata: Secret::from(text.clone()) }.check().is_err();
            assert_eq!(refused, wrong(&text).is_some());
        }
    }

    #[test]
    fn json_is_said_and_nothing_is_said_of_nothing() {
        let broken = || Some("at position 1".to_owned());
        assert_eq!([said("", broken()), said(" \n", broken())], [Said::Plain(""), Said::Plain("")]);
        assert_eq!(said("{}", None), Said::Plain("Valid JSON"));
        assert!(matches!(said("goal", broken()), Said::Plain(said) if said.contains("No JSON")));
        for text in ["{", " ["] {
            assert_eq!(said(text, broken()), Said::Broken("at position 1".to_owned()));
        }
    }
}
