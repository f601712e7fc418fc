//! The heading: names, and which way the list is sorted.

use super::select::Chooser;
use super::{Column, Direction, TableState};
use crate::view::prelude::*;

pub(super) fn head(state: TableState, chooser: Option<Chooser>, menu: bool) -> View {
    let cells = move || state.columns.get().into_iter().map(|column| heading(column, state)).collect::<View>();
    view! {
        <thead>
            <tr aria-rowindex="1">
                {chooser.map(Chooser::head)}
                {cells}
                {menu.then(|| view! { <th scope="col" class="more"><span class="unseen">"Actions"</span></th> })}
            </tr>
        </thead>
    }
}

fn heading(column: &'static Column, state: TableState) -> View {
    if !column.sorts {
        return view! { <th scope="col" data-column=column.id class=column.class>{column.label}</th> };
    }
    let way = Memo::new(move |_| state.sort.with(|(by, direction)| (by == column.id).then_some(*direction)));
    let aria = move || match way.get() {
        Some(Direction::Up) => "ascending",
        Some(Direction::Down) => "descending",
        None => "none",
    };
    let mark = move || match way.get() {
        Some(Direction::Up) => "↑",
        Some(Direction::Down) => "↓",
        None => "",
    };
    view! {
        <th scope="col" data-column=column.id class=column.class aria-sort=aria>
            <button type="button" on:click=move |_| state.sort_by(column.id)>
                {column.label}
                <span aria-hidden="true">{mark}</span>
            </button>
        </th>
    }
}
