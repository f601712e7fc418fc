//! The card that shows it: beside a form what is typed, on a page what is there. Which language a person reads is remembered.

use super::again::Again;
use super::code::Code;
use super::kind::{Kind, made_by};
use super::{cli, cloudformation, json, terraform};
use crate::api::{self, Scope};
use crate::components::copy::Copy;
use crate::components::page::card;
use crate::components::remembered::{recall, remember};
use crate::view::prelude::*;
use contract::{Call, Operation};
use web_sys::wasm_bindgen::JsCast as _;

const TITLE: &str = "Same thing, as code";

const REMEMBERED: &str = "tally.code";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    Cli,
    Json,
    Terraform,
    CloudFormation,
}

impl Language {
    const ALL: [Self; 4] = [Self::Cli, Self::Json, Self::Terraform, Self::CloudFormation];

    /// As it is shown and remembered.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Cli => "aws ivs",
            Self::Json => "JSON",
            Self::Terraform => "Terraform",
            Self::CloudFormation => "CloudFormation",
        }
    }

    /// The one that was read last.
    fn remembered() -> Self {
        let name = recall(REMEMBERED);
        Self::ALL.into_iter().find(|language| Some(language.as_str()) == name.as_deref()).unwrap_or(Self::Cli)
    }
}

/// What is shown as code.
#[derive(Clone, Copy)]
struct Shown {
    operation: Operation,
    /// The kind that the operation makes one of: what makes none is a command alone.
    kind: Option<&'static Kind>,
    scope: Memo<Scope>,
    /// The request.
    json: Signal<String>,
    /// The ARN of what is there.
    arn: Option<Signal<String>>,
    language: RwSignal<Language>,
}

impl Shown {
    fn new(operation: Operation, scope: Memo<Scope>, json: Signal<String>, arn: Option<Signal<String>>) -> Self {
        let kind = made_by(operation);
        let language = if kind.is_some() { Language::remembered() } else { Language::Cli };
        Self { operation, kind, scope, json, arn, language: RwSignal::new(language) }
    }

    fn code(self) -> Memo<Code> {
        Memo::new(move |_| {
            let Self { operation, kind, scope, json, arn, language } = self;
            let (scope, json) = (scope.get(), json.get());
            match (language.get(), kind) {
                (Language::Json, Some(_)) => json::code(operation, &scope, &api::tree(&json)),
                (Language::Terraform, Some(kind)) => terraform::code(kind, &scope, api::tree(&json), arn.map(|arn| arn.get()).as_deref()),
                (Language::CloudFormation, Some(kind)) => cloudformation::code(kind, &scope, api::tree(&json)),
                (Language::Cli, _) | (_, None) => Code { text: cli::line(operation, &scope, &json), notes: Vec::new() },
            }
        })
    }
}

/// Beside a form.
pub(crate) fn beside_form<R: Call + PartialEq>(scope: Memo<Scope>, request: Signal<R>) -> View {
    let shown = Shown::new(R::OPERATION, scope, Signal::derive(move || request.with(api::write)), None);
    let code = shown.code();
    card(TITLE, copy(shown, code), body(shown, code))
}

/// On the page of one that is there: closed, since most who come look for something else.
pub(crate) fn of_page<T: Again + Send + Sync + 'static>(scope: Memo<Scope>, one: Signal<T>, arn: Signal<String>) -> View {
    let json = Signal::derive(move || one.with(|one| api::write(&one.again())));
    closed(Shown::new(T::Request::OPERATION, scope, json, Some(arn)))
}

fn closed(shown: Shown) -> View {
    let open = RwSignal::new(false);
    let code = shown.code();
    let toggle = move |event: web_sys::Event| {
        let details = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        open.set(details.is_some_and(|details| details.has_attribute("open")));
    };
    let body = view! {
        <details class="as-code" on:toggle=toggle>
            <summary>"What would make another like it"</summary>
            {move || open.get().then(|| body(shown, code))}
        </details>
    };
    card(TITLE, view! { {move || open.get().then(|| copy(shown, code))} }, body)
}

/// Where there is something to copy.
fn copy(shown: Shown, code: Memo<Code>) -> View {
    let there = Memo::new(move |_| code.with(|code| !code.text.is_empty()));
    let text = Signal::derive(move || code.with(|code| code.text.clone()));
    let name = if shown.kind.is_some() { "Copy code" } else { "Copy command" };
    view! { {move || there.get().then(|| view! { <Copy name=name text=text/> })} }
}

fn body(shown: Shown, code: Memo<Code>) -> View {
    let lines = Memo::new(move |_| {
        code.with(|code| {
            let head = code.text.lines().next().unwrap_or_default();
            let head = head.strip_suffix(" \\").unwrap_or(head);
            (head.to_owned(), code.text[head.len()..].to_owned())
        })
    });
    let notes = move || code.with(|code| code.notes.iter().map(|note| view! { <p class="help">{note.clone()}</p> }).collect::<View>());
    let there = Memo::new(move |_| code.with(|code| !code.text.is_empty()));
    let pre = move || there.get().then(|| view! { <pre class="cli"><b>{move || lines.get().0}</b>{move || lines.get().1}</pre> });
    view! { {shown.kind.is_some().then(|| choice(shown.language))} {pre} {notes} }
}

fn choice(language: RwSignal<Language>) -> View {
    let button = move |one: Language| {
        let choose = move |_| {
            remember(REMEMBERED, Some(one.as_str()));
            language.set(one);
        };
        view! { <button type="button" aria-pressed=move || (language.get() == one).to_string() on:click=choose>{one.as_str()}</button> }
    };
    view! { <div class="segmented" role="group" aria-label="Language">{Language::ALL.map(button).into_iter().collect::<View>()}</div> }
}
