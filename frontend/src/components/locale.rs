//! Numbers, dates and lower case in the person's own locale, by the browser: it does them better than a crate would,
//! and they cost no bytes.

use js_sys::{Array, Date, Function, Intl, JsString, Object, Reflect};
use leptos::prelude::window;
use std::thread::LocalKey;
use web_sys::wasm_bindgen::{JsCast, JsValue};

fn language() -> JsValue {
    window().navigator().language().map_or(JsValue::UNDEFINED, JsValue::from)
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in pairs {
        // Setting a member of a fresh object cannot fail.
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    options
}

fn dates(pairs: &[(&str, &str)]) -> Function {
    Intl::DateTimeFormat::new(&Array::of1(&language()), &options(pairs)).format()
}

thread_local! {
    // Made once each: it takes the browser longer than a row of a list.
    static NUMBER: Function = Intl::NumberFormat::new(&Array::of1(&language()), &Object::new()).format();
    static LOCAL: Function = dates(&[("dateStyle", "medium"), ("timeStyle", "short")]);
    static EXACT: Function = dates(&[("dateStyle", "medium"), ("timeStyle", "medium")]);
    static UTC: Function = dates(&[("dateStyle", "medium"), ("timeStyle", "medium"), ("timeZone", "UTC")]);
    static AGO: Intl::RelativeTimeFormat = Intl::RelativeTimeFormat::new(&Array::of1(&language()), &options(&[("numeric", "auto")]));
}

fn formatted(format: &'static LocalKey<Function>, value: f64) -> String {
    let text = format.with(|format| format.call1(&JsValue::UNDEFINED, &JsValue::from_f64(value)));
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// A whole number, such as `2,418`.
pub(crate) fn number(value: f64) -> String {
    formatted(&NUMBER, value)
}

/// The same of things that are counted.
#[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 of anything here")]
pub(crate) fn count(of: usize) -> String {
    number(of as f64)
}

/// As `1 viewer`, `1,200 viewers`.
pub(crate) fn counted(of: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(of), if of == 1 { one } else { many })
}

/// Milliseconds since 1970 from RFC 3339 text, as IVS writes times. `None` for anything else.
pub(crate) fn parse_time(text: &str) -> Option<f64> {
    Some(Date::parse(text)).filter(|millis| !millis.is_nan())
}

/// A point in time in the viewer's zone, such as `21 Nov 2026, 18:02`.
pub(crate) fn date_time(millis: f64) -> String {
    formatted(&LOCAL, millis)
}

/// The same to the second.
pub(crate) fn exact_time(millis: f64) -> String {
    formatted(&EXACT, millis)
}

/// The same in UTC and to the second: what logs and colleagues elsewhere say.
pub(crate) fn utc(millis: f64) -> String {
    format!("{} UTC", formatted(&UTC, millis))
}

/// Year, month, day, hour and minute of a point in time, in UTC.
pub(crate) fn utc_parts(millis: f64) -> [u32; 5] {
    let at = Date::new(&JsValue::from_f64(millis));
    // The browser counts months from zero.
    [at.get_utc_full_year(), at.get_utc_month() + 1, at.get_utc_date(), at.get_utc_hours(), at.get_utc_minutes()]
}

/// How long ago, such as `3 minutes ago` or `now`.
pub(crate) fn ago(millis: f64, now: f64) -> String {
    let seconds = ((now - millis) / 1000.0).max(0.0);
    let (value, unit) = match seconds {
        s if s < 60.0 => (s, "second"),
        s if s < 3600.0 => (s / 60.0, "minute"),
        s if s < 86_400.0 => (s / 3600.0, "hour"),
        s => (s / 86_400.0, "day"),
    };
    AGO.with(|format| format.format(-value.trunc(), unit).into())
}

/// How long, as a clock: `1:42:07`, or `4:09` below an hour.
pub(crate) fn clock(millis: f64) -> String {
    let seconds = (millis.max(0.0) / 1000.0) as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// The names of countries, by their two letters; a code that the browser does not know is its own name.
pub(crate) fn countries(codes: &[String]) -> Vec<String> {
    let names = || {
        let intl = Reflect::get(&window(), &JsValue::from_str("Intl")).ok()?;
        let class = Reflect::get(&intl, &JsValue::from_str("DisplayNames")).ok()?.dyn_into::<Function>().ok()?;
        let names = Reflect::construct(&class, &Array::of2(&language(), &options(&[("type", "region")]))).ok()?;
        let of = Reflect::get(&names, &JsValue::from_str("of")).ok()?.dyn_into::<Function>().ok()?;
        Some((names, of))
    };
    let names = names();
    let name = |code: &String| {
        let (names, of) = names.as_ref()?;
        of.call1(names, &JsValue::from_str(code)).ok()?.as_string()
    };
    codes.iter().map(|code| name(code).unwrap_or_else(|| code.clone())).collect()
}

/// Puts texts into the order of the person's language, by what `key` reads: letters with accents beside those without.
pub(crate) fn sort<T>(items: &mut [T], key: impl Fn(&T) -> &str) {
    let compare = Intl::Collator::new(&Array::of1(&language()), &Object::new()).compare();
    items.sort_by(|a, b| {
        let order = compare.call2(&JsValue::UNDEFINED, &JsValue::from_str(key(a)), &JsValue::from_str(key(b)));
        order.ok().and_then(|order| order.as_f64()).unwrap_or_default().total_cmp(&0.0)
    });
}

/// For searching: in lower case, and without accents.
pub(crate) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let text = String::from(JsString::from(text).normalize("NFD").to_lower_case());
    text.chars()
        .filter(|letter| !('\u{300}'..='\u{36f}').contains(letter))
        .map(|letter| if letter == '’' { '\'' } else { letter })
        .collect()
}

/// For searching: the browser's lower case, since the tables of Unicode would cost more bytes than the search.
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { JsString::from(text).to_lower_case().into() }
}
