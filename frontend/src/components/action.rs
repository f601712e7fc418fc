//! Buttons. One that is off stays in reach and says why.

use super::dom;
use crate::view::prelude::*;

/// How much a button weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Look {
    /// One of several.
    #[default]
    Plain,
    /// The one thing this place is for. At most one on a page.
    Primary,
    /// Leads to something that cannot be undone.
    Danger,
    /// Does it.
    Stop,
    /// Without a border, inside other parts.
    Quiet,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "btn",
            Self::Primary => "btn primary",
            Self::Danger => "btn danger",
            Self::Stop => "btn stop",
            Self::Quiet => "btn quiet small",
        }
    }
}

/// Why a control is off; `None` while it may be used.
pub(crate) type Off = Signal<Option<String>>;

/// A control that is never off.
pub(crate) fn always() -> Off {
    Signal::stored(None)
}

/// A button. While it is off it keeps its place in the tab order, so that its reason can be heard and read.
#[component]
pub(crate) fn Action(
    /// What it does: a verb and its object.
    #[prop(into)]
    label: TextProp,
    /// Its whole name, where what is to be read is shorter: several buttons on the page say `Copy`.
    #[prop(optional, into)]
    name: Option<TextProp>,
    /// Does it.
    #[prop(into)]
    on: Callback<()>,
    /// How much it weighs.
    #[prop(optional)]
    look: Look,
    /// Why it is off.
    #[prop(optional, into)]
    off: Option<Off>,
    /// Is it at work?
    #[prop(optional, into)]
    busy: Signal<bool>,
) -> View {
    let off = off.unwrap_or_else(always);
    let id = dom::fresh_id("why");
    let described = id.clone();
    let blocked = move || busy.get() || off.with(Option::is_some);
    view! {
        <span class="action">
            <button
                type="button"
                class=look.class()
                aria-label=move || name.as_ref().map(|name| name.get().into_owned())
                aria-disabled=move || blocked().then_some("true")
                aria-busy=move || busy.get().then_some("true")
                aria-describedby=move || off.with(Option::is_some).then(|| described.clone())
                on:click=move |_| if !blocked() { on.run(()) }
            >
                {move || label.get()}
            </button>
            {move || off.get().map(|reason| reason_of(&id, reason))}
        </span>
    }
}

/// The way to a page: a link, so that it opens in another tab too. While it is off it is a button, which says why.
#[component]
pub(crate) fn Way(
    /// What is done there.
    #[prop(into)]
    label: TextProp,
    /// The page's address.
    #[prop(into)]
    to: Signal<String>,
    /// How much it weighs.
    #[prop(optional)]
    look: Look,
    /// Why it is off.
    off: Off,
) -> View {
    let show = move || match off.with(Option::is_some) {
        true => view! { <Action label=label.clone() look=look off=off on=|()| ()/> },
        false => view! { <a class=look.class() href=move || to.get()>{label.get()}</a> },
    };
    show.into_view()
}

/// Where a control that is off says why: on hover and focus beside buttons, always below fields.
pub(crate) fn reason_of(id: &str, reason: String) -> View {
    view! { <span class="reason" role="note" id=id.to_owned()>{reason}</span> }
}
