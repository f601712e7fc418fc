//! Showing it: Tally's console, a single-page app that runs in the browser.
//!
//! Start at [`app`] for what is on the screen, at [`routes`] for every URL, at [`api`] for how it asks the backend.
//! `components` know no word of IVS; `shared` does; a page in `pages` is a recipe: query, columns, actions, view.

#![expect(unreachable_pub, reason = "leptos makes a `pub` struct of the properties of each `pub(crate)` component")]

mod api;
mod app;
mod components;
mod frame;
mod nav;
mod pages;
mod routes;
mod shared;
mod signal;
mod view;

fn main() {
    app::start();
}
