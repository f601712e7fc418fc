//! Parts of the app that are loaded when they are first needed: what opens the console carries no form with it.
//!
//! `wasm_split` marks the functions that begin a part, and `cargo xtask finish-dist` cuts it out of the app.

use super::action::{Action, Look};
use super::load::{Stage, failed_load, skeleton_lines};
use crate::api::Problem;
use crate::view::prelude::*;
use futures::FutureExt as _;
use std::future::Future;
use std::pin::Pin;

/// A part could not be loaded.
pub(crate) use leptos::wasm_split::SplitLoaderError as Missing;

thread_local! {
    static ARRIVED: RwSignal<()> = RwSignal::new(());
}

/// What comes with a part. [`in_part`] makes one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    /// Loads the part; at once where it is there.
    pub(crate) fetch: fn() -> Coming<()>,
    /// Makes what is shown, once the part is there.
    pub(crate) show: fn() -> Coming<View>,
}

/// What there is as soon as a part is.
pub(crate) type Coming<T> = Pin<Box<dyn Future<Output = Result<T, Missing>>>>;

impl Part {
    /// Begins to load it: somebody seems about to need it. Whoever then does says so if it cannot be had.
    pub(crate) fn begin(self) {
        wasm_bindgen_futures::spawn_local((self.fetch)().map(drop));
    }
}

/// Marks a view as what a part begins with, and names it as a [`Part`]. The views of one part are loaded together.
macro_rules! in_part {
    ($part:ident: $($(#[$meta:meta])* $name:ident = $show:ident or $fetch:ident => $view:expr;)+) => {
        $(
            $(#[$meta])*
            pub(crate) const $name: $crate::components::part::Part =
                $crate::components::part::Part { fetch: || Box::pin($fetch()), show: || Box::pin($show()) };

            #[leptos::wasm_split::wasm_split($part, wasm_split_path = ::leptos::wasm_split, preload($fetch), fallible)]
            fn $show() -> Result<$crate::view::View, $crate::components::part::Missing> {
                Ok($view)
            }
        )+
    };
}
pub(crate) use in_part;

/// Shows what comes with a part: at once where that is there, else as soon as it is.
pub(crate) fn part(part: Part) -> View {
    or_else(part, || view! { <div aria-busy="true">{skeleton_lines(6)}</div> }, |again| failed_load(Problem::part(), again))
}

/// The same where there is little room: nothing while it is on its way, and a button to try again where it does not come.
pub(crate) fn small_part(part: Part, failed: &'static str) -> View {
    or_else(part, View::default, move |again| view! { <Action label=failed look=Look::Quiet on=again/> })
}

fn or_else(part: Part, waiting: fn() -> View, failed: impl Fn(Callback<()>) -> View + 'static) -> View {
    let stage = RwSignal::new(Stage::Waiting);
    let ask = Callback::new(move |()| ask(part, stage));
    ask.run(());
    let view = move || match stage.get() {
        Stage::Waiting => waiting(),
        Stage::Failed => failed(ask),
        Stage::There => (part.show)().now_or_never().and_then(Result::ok).unwrap_or_default(),
    };
    view.into_view()
}

fn ask(part: Part, stage: RwSignal<Stage>) {
    let mut fetching = (part.fetch)();
    if let Some(fetched) = fetching.as_mut().now_or_never() {
        return stage.set(reached(&fetched));
    }
    stage.set(Stage::Waiting);
    wasm_bindgen_futures::spawn_local(async move {
        stage.set(reached(&fetching.await));
        ARRIVED.with(|arrived| arrived.set(()));
    });
}

fn reached(fetched: &Result<(), Missing>) -> Stage {
    if fetched.is_ok() { Stage::There } else { Stage::Failed }
}

/// Told on whenever a part has come while what shows it is on the screen. To be taken where it lives as long as the app.
pub(crate) fn arrivals() -> RwSignal<()> {
    ARRIVED.with(|arrived| *arrived)
}
