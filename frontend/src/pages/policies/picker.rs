//! Choosing countries: by name, and by set.

use super::countries::{ALL, EEA_BESIDE, EU, codes, fits};
use crate::components::action::{Action, Look, always};
use crate::components::fields::group;
use crate::components::locale;
use crate::view::prelude::*;

/// The field. `value` has the codes that are chosen, with spaces between.
pub(super) fn picker(label: &'static str, path: &'static str, value: RwSignal<String>) -> View {
    let typed = RwSignal::new(String::new());
    let chosen = Memo::new(move |_| value.with(|value| codes(value)));
    let all = codes(ALL);
    let names = locale::countries(&all);
    let mut countries: Vec<(String, String)> = all.into_iter().zip(names).collect();
    locale::sort(&mut countries, |(_, name)| name);
    let searched = StoredValue::new(countries.iter().map(|(_, name)| locale::folded(name)).collect::<Vec<_>>());
    let countries = StoredValue::new(countries);
    let put = move |mut with: Vec<String>| {
        with.sort();
        with.dedup();
        value.set(with.join(" "));
    };
    // Those that are chosen stand first. What is ticked or unticked stays where it is: nothing moves under the pointer.
    let looked = RwSignal::new(0_u32);
    let first = Memo::new(move |_| {
        typed.track();
        looked.track();
        chosen.get_untracked()
    });
    let toggle = move |code: &str, on: bool| {
        let mut now = chosen.get_untracked();
        now.retain(|other| other != code);
        if on {
            now.push(code.to_owned());
        }
        put(now);
    };
    let add = move |set: &'static str| {
        let mut now = chosen.get_untracked();
        now.extend(codes(set));
        put(now);
        looked.update(|times| *times += 1);
    };
    let fitting = move || {
        let word = typed.with(|typed| locale::folded(typed.trim()));
        // What is meant most likely, then what is chosen, each in its order.
        let mut found = [const { Vec::new() }; 8];
        for (country, name) in countries.get_value().into_iter().zip(searched.get_value()) {
            if let Some(rank) = fits(&country.0, &name, &word) {
                let ahead = first.with(|first| first.contains(&country.0));
                found[rank * 2 + usize::from(!ahead)].push(country);
            }
        }
        found.into_iter().flatten().collect::<Vec<_>>()
    };
    let said = move || match chosen.with(Vec::len) {
        0 => "All countries: an empty list allows every one.".to_owned(),
        1 => "1 country may watch, all others may not.".to_owned(),
        many => format!("{many} countries may watch, all others may not."),
    };
    let strange = move || {
        let chosen = chosen.get();
        countries
            .with_value(|countries| chosen.into_iter().filter(|code| countries.iter().all(|(known, _)| known != code)).collect::<Vec<_>>())
    };
    let row = move |(code, name): (String, String)| {
        let (mine, shown) = (code.clone(), code.clone());
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || chosen.with(|chosen| chosen.contains(&mine))
                    on:change=move |event| toggle(&code, event_target_checked(&event))
                />
                <span>{name}</span>
                <small class="faint">{shown}</small>
            </label>
        }
    };
    group(label, path, "", always(), move |wiring| {
        view! {
            <p class="help" role="status">{said}</p>
            <div class="row">
                <input
                    class="input picker-search"
                    type="search"
                    aria-label="Find a country"
                    placeholder="Find a country…"
                    aria-describedby=wiring.described
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:keydown=|event| if event.key() == "Enter" { event.prevent_default() }
                />
                <Action label="Add the EU" look=Look::Quiet on=move |()| add(EU)/>
                <Action label="Add the EEA" look=Look::Quiet on=move |()| { add(EU); add(EEA_BESIDE); }/>
                <Action label="Clear" name="Clear: all countries" look=Look::Quiet on=move |()| put(Vec::new())/>
            </div>
            <div class="picker" tabindex="-1">
                {each(strange, Clone::clone, move |code| row((code.clone(), code)))}
                {each(fitting, |(code, _)| code.clone(), row)}
                {move || fitting().is_empty().then(|| view! { <p class="soft">"No country is called so."</p> })}
            </div>
        }
    })
}
