//! Which columns show, and in which order.

use super::super::{Column, TableState};
use crate::components::action::{Action, Look};
use crate::components::dom;
use crate::view::prelude::*;
use web_sys::wasm_bindgen::JsCast as _;

/// Up or down by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Up,
    Down,
}

pub(super) fn columns(state: TableState) -> View {
    // Those that show in their order, then the others.
    let all = move || {
        let shown = state.columns.get();
        let others: Vec<_> = state.usual.columns.iter().filter(|column| !shown.contains(column)).collect();
        shown
            .into_iter()
            .skip(1)
            .chain(others.into_iter().filter(|column| Some(*column) != state.usual.columns.first()))
            .collect::<Vec<_>>()
    };
    let usual = move || state.columns.with(|columns| *columns == state.usual.shown());
    let reset = move |()| state.set_columns(state.usual.shown());
    let off = Signal::derive(move || usual().then(|| "They are as usual.".to_owned()));
    view! {
        <section aria-label="Columns">
            <div class="row"><h2>"Columns"</h2><Action label="As usual" name="Columns as usual" look=Look::Quiet off=off on=reset/></div>
            <p class="help">"As usual, those that do not fit are left out. Once you choose, all that you choose show."</p>
            <ul class="column-list">{each(all, |column| column.id, move |column| line(state, column))}</ul>
        </section>
    }
}

fn line(state: TableState, column: &'static Column) -> View {
    let shown = move || state.columns.with(|columns| columns.contains(&column));
    let turn = move |event: web_sys::Event| {
        let mut columns = state.columns.get_untracked();
        match columns.iter().position(|there| *there == column) {
            Some(at) => drop(columns.remove(at)),
            None => columns.push(column),
        }
        state.set_columns(columns);
        stay(event.current_target());
    };
    view! {
        <li>
            <label class="check"><input type="checkbox" prop:checked=shown on:change=turn/>{column.label}</label>
            {step(state, column, Move::Up)}
            {step(state, column, Move::Down)}
        </li>
    }
}

/// Keeps the focus: the line is moved, and what is moved loses it.
fn stay(control: Option<web_sys::EventTarget>) {
    let control = control.and_then(|control| control.dyn_into().ok());
    dom::after_paint(move || dom::focus(control));
}

/// At its end, and where the column does not show, it is off: it keeps its place, so that the next press finds it.
fn step(state: TableState, column: &'static Column, way: Move) -> View {
    let (mark, verb) = match way {
        Move::Up => ("↑", "up"),
        Move::Down => ("↓", "down"),
    };
    let to = move |columns: &[&'static Column]| {
        let at = columns.iter().position(|there| *there == column)?;
        let to = if way == Move::Up { at - 1 } else { at + 1 };
        // The first column stays the first.
        (to > 0 && to < columns.len()).then_some((at, to))
    };
    let off = move || state.columns.with(|columns| to(columns)).is_none();
    let go = move |event: web_sys::MouseEvent| {
        let mut columns = state.columns.get_untracked();
        if let Some((at, to)) = to(&columns) {
            columns.swap(at, to);
            state.set_columns(columns);
            stay(event.current_target());
        }
    };
    let name = format!("Move {} {verb}", column.label);
    view! {
        <button type="button" class="btn quiet small" aria-label=name aria-disabled=move || off().then_some("true") on:click=go>{mark}</button>
    }
}
