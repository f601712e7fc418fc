//! A menu behind a button: the platform's popover, so Esc and a click elsewhere close it.

use super::action::Off;
use super::dom;
use leptos::{html, prelude::*};

/// One thing to do.
#[derive(Clone)]
pub(crate) struct Item {
    /// A verb and its object.
    pub(crate) label: &'static str,
    /// Does it.
    pub(crate) on: Callback<()>,
    /// Why it is off.
    pub(crate) off: Off,
    /// Does it lead to something that cannot be undone?
    pub(crate) danger: bool,
}

/// A button with a menu. The items are made when it opens, so a menu in each row of a table costs one button.
#[component]
pub(crate) fn Menu(
    /// What it is about, for the button's name: `Actions on studio-a`.
    #[prop(into)]
    label: String,
    /// The items, asked for at each opening.
    items: Callback<(), Vec<Item>>,
) -> impl IntoView {
    let id = dom::fresh_id("menu");
    let target = id.clone();
    let (button, list) = (NodeRef::<html::Button>::new(), NodeRef::<html::Div>::new());
    let (shown, set_shown) = signal(Vec::new());
    let open = move |_| {
        set_shown.set(items.run(()));
        place(button, list);
    };
    view! {
        <button type="button" class="btn quiet small more" node_ref=button popovertarget=target aria-haspopup="true" aria-label=label on:click=open>
            <span aria-hidden="true">"⋯"</span>
        </button>
        <div class="menu" id=id popover="auto" node_ref=list>
            {move || shown.get().into_iter().map(|item| row(item, list)).collect_view()}
        </div>
    }
}

fn row(item: Item, list: NodeRef<html::Div>) -> AnyView {
    let off = item.off;
    let choose = move |_| {
        if off.read_untracked().is_none() {
            if let Some(list) = list.get_untracked() {
                // Closing a popover that is closed already is what we want anyway.
                let _ = list.hide_popover();
            }
            item.on.run(());
        }
    };
    view! {
        <button type="button" class="item" class:danger=item.danger aria-disabled=move || off.read().is_some().then_some("true") on:click=choose>
            {item.label}
            {move || off.get().map(|reason| view! { <small>{reason}</small> })}
        </button>
    }
    .into_any()
}

/// Puts the menu under its button, at the button's right edge: it floats above everything, so CSS alone cannot.
fn place(button: NodeRef<html::Button>, list: NodeRef<html::Div>) {
    let (Some(button), Some(list)) = (button.get_untracked(), list.get_untracked()) else { return };
    let at = button.get_bounding_client_rect();
    let width = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or_default();
    let style = web_sys::HtmlElement::style(&list);
    // Both properties exist in every browser that has popovers.
    let _ = style.set_property("top", &format!("{}px", at.bottom() + 4.0));
    let _ = style.set_property("right", &format!("{}px", (width - at.right()).max(8.0)));
}
