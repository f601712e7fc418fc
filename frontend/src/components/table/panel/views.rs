//! Views that were saved: a name for a filter, an order and columns. They are kept by the browser, for whoever uses it.

use super::super::TableState;
use super::super::url::search;
use crate::components::action::Action;
use crate::components::dom;
use crate::components::remembered::{recall, remember};
use crate::view::prelude::*;

/// How long a name can be, in characters.
const LONGEST: usize = 60;

/// A view: its name, and the query of its address.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Saved {
    name: String,
    search: String,
}

pub(super) fn views(state: TableState) -> View {
    // Asked anew before each change: another tab may have kept one meanwhile.
    let list = state.usual.list;
    let kept = move || recall(&key_of(list)).map(|text| read(&text)).unwrap_or_default();
    let all = RwSignal::new(kept());
    let name = RwSignal::new(String::new());
    let said = RwSignal::new(String::new());
    let keep = Callback::new(move |(views, done): (Vec<Saved>, String)| {
        let text = write(&views);
        let key = key_of(list);
        remember(&key, Some(&text).filter(|text| !text.is_empty()).map(String::as_str));
        let kept = recall(&key).unwrap_or_default() == text;
        said.set(if kept { done } else { "The browser keeps nothing here, so it is forgotten when the page is closed.".to_owned() });
        all.set(views);
    });
    let now = move || search(&state.whole_words());
    let save = move || {
        let called = name.with_untracked(|name| named(name));
        if called.is_empty() {
            return said.set("Give the view a name first.".to_owned());
        }
        let mut views = kept();
        views.retain(|view| view.name != called);
        views.push(Saved { name: called.clone(), search: untrack(now) });
        views.sort_by(|a, b| a.name.cmp(&b.name));
        keep.run((views, format!("Saved as {called}.")));
        name.set(String::new());
    };
    let forget = move |name: String| {
        let mut views = kept();
        views.retain(|view| view.name != name);
        keep.run((views, format!("{name} is not kept any more.")));
        dom::focus(document().body().and_then(|body| dom::find(&body, "#view-name")));
    };
    let key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            save();
        }
    };
    view! {
        <section aria-label="Saved views">
            <h2>"Saved views"</h2>
            <Show when=move || all.with(Vec::is_empty)><p class="help">"None yet. A view is the filter, the order and the columns that show now."</p></Show>
            <ul class="view-list">{each(move || all.get(), |view| format!("{} {}", view.name, view.search), move |view| line(view, now, forget))}</ul>
            <div class="row">
                <input id="view-name" class="input" aria-label="Name of the view" placeholder="Name" maxlength="60" autocomplete="off" prop:value=name on:input=move |event| name.set(event_target_value(&event)) on:keydown=key/>
                <Action label="Save view" on=move |()| save()/>
            </div>
            <p class="help" role="status">{said}</p>
        </section>
    }
}

/// What they are kept by.
fn key_of(list: &str) -> String {
    format!("tally.views.{list}")
}

fn line(view: Saved, now: impl Fn() -> String + Copy + 'static, forget: impl Fn(String) + Copy + 'static) -> View {
    let Saved { name, search } = view;
    let (href, label, gone) = (search.clone(), format!("Forget {name}"), name.clone());
    view! {
        <li>
            <a class="link" href=href aria-current=move || (now() == search).then_some("true")>{name}</a>
            <button type="button" class="btn quiet small" aria-label=label on:click=move |_| forget(gone.clone())>"×"</button>
        </li>
    }
}

/// As it is kept: in one line, and not longer than anybody reads.
fn named(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect()
}

/// A line each: the name, a tab, the query, in which a tab is escaped.
fn write(views: &[Saved]) -> String {
    views.iter().map(|view| format!("{}\t{}\n", view.name, view.search)).collect()
}

fn read(text: &str) -> Vec<Saved> {
    // A query is a query: what else somebody has put there must not become the address of another place.
    let view = |line: &str| {
        let (name, search) = line.split_once('\t')?;
        search.starts_with('?').then(|| Saved { name: name.to_owned(), search: search.to_owned() })
    };
    text.lines().filter_map(view).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_are_written_and_read_and_lead_nowhere_else() {
        let views = ["?cols=name", "?q=a%09b"].map(|search| Saved { name: named("  live \t now "), search: search.to_owned() });
        assert_eq!(read(&write(&views)), views);
        assert_eq!(views.first().map(|view| view.name.as_str()), Some("live now"));
        assert!(read("x\thttps://elsewhere\ny\n").is_empty());
        assert_eq!(named(&"é".repeat(99)).chars().count(), LONGEST);
    }
}
