//! The rows in the page, between two spacers that stand for all the others.

use super::menu::Menu;
use super::select::Chooser;
use super::window::{Slot, Slots, Viewport};
use super::{Column, Rows, TableState};
use crate::components::dom;
use crate::view::prelude::*;
use web_sys::wasm_bindgen::JsCast;

pub(super) fn body(
    rows: Rows,
    state: TableState,
    chooser: Option<Chooser>,
    menu: Option<Menu>,
    slots: Memo<Slots>,
    viewport: Viewport,
    loading: Signal<bool>,
) -> View {
    // The answer is often there before anything is painted: rows that stand for others would only cost time then.
    let late = RwSignal::new(false);
    dom::after_paint(move || late.set(true));
    let (chooses, menus) = (chooser.is_some(), menu.is_some());
    let waiting = Memo::new(move |_| late.get() && loading.get());
    view! {
        <tbody>
            {spacer(viewport, move || slots.with(|slots| slots.above))}
            {each(move || slots.with(|slots| slots.rows.clone()), |slot| slot.key.clone(), move |slot| row(&rows, state, chooser.as_ref(), menu.as_ref(), slots, slot))}
            {spacer(viewport, move || slots.with(|slots| slots.below))}
            {move || waiting.get().then(|| (0..viewport.capacity()).map(|_| skeleton(&state.columns.get(), chooses, menus)).collect::<View>())}
        </tbody>
    }
}

/// One cell: more would be columns of their own where narrow pages hide some. It keeps its size whatever shows: the height
/// comes from the object model, since the policy refuses style attributes.
#[expect(clippy::cast_precision_loss, reason = "a list has fewer than 2^52 rows")]
fn spacer(viewport: Viewport, hidden: impl Fn() -> usize + Send + Sync + 'static) -> View {
    view! {
        <tr class="spacer" aria-hidden="true">
            <td style:height=move || format!("{}px", (hidden() as f64 * viewport.row.get()) as u64)></td>
        </tr>
    }
}

fn row(rows: &Rows, state: TableState, chooser: Option<&Chooser>, menu: Option<&Menu>, slots: Memo<Slots>, first: Slot) -> View {
    let open = rows.open;
    // A row stays while its place changes, so that the focus in it does; one that leaves keeps its last place.
    let slot = Memo::new(move |before: Option<&Slot>| {
        let last = before.unwrap_or(&first);
        slots.with(|slots| slots.rows.iter().find(|slot| slot.key == last.key).unwrap_or(last).clone())
    });
    let index = Memo::new(move |_| slot.with(|slot| slot.index));
    let cells = (rows.cells)(index.into());
    let choose = chooser.map(|chooser| chooser.cell(slot));
    let cell = move |column: &'static Column| view! { <td class=column.class>{cells(column.id)}</td> };
    let cells = move || state.columns.get().into_iter().map(&cell).collect::<View>();
    let menu = menu.map(|menu| menu.cell(index));
    view! {
        <tr
            aria-rowindex=move || slot.with(|slot| slot.position + 2)
            tabindex=move || if slot.with(|slot| slot.position == 0) { "0" } else { "-1" }
            data-row=move || slot.with(|slot| slot.position)
            on:click=move |event| if on_row(&event) { open.run(slot.with_untracked(|slot| slot.index)) }
        >
            {choose}
            {cells}
            {menu}
        </tr>
    }
}

/// A click on the row itself: what is in it has clicks of its own, who marks text does not want to leave, and who wants
/// another tab takes the link.
fn on_row(event: &web_sys::MouseEvent) -> bool {
    let other = event.ctrl_key() || event.meta_key() || event.shift_key();
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let inside = element.is_some_and(|element| element.closest("a, button, input, label").is_ok_and(|found| found.is_some()));
    let marked = window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed());
    !inside && !marked && !other
}

fn skeleton(columns: &[&'static Column], chooses: bool, menus: bool) -> View {
    let cells = columns.iter().map(|column| view! { <td class=column.class><span class="skeleton"></span></td> }).collect::<View>();
    let choose = chooses.then(|| view! { <td class="choose"></td> });
    let menu = menus.then(|| view! { <td class="more"></td> });
    view! { <tr aria-hidden="true">{choose} {cells} {menu}</tr> }
}
