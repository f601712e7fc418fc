//! Reading a token that somebody has: what it says, what is wrong with it, and whether the key here has signed it.

use super::held::Held;
use super::jwt::{self, Token};
use crate::api::{Pages, Scope};
use crate::components::action::always;
use crate::components::badge::{Tone, badge};
use crate::components::fields::field;
use crate::components::locale;
use crate::components::page::card as frame;
use crate::shared::arn::called;
use crate::shared::clock;
use crate::view::prelude::*;
use contract::channel::ChannelSummary;
use contract::playback_token::{ALGORITHM, AtStart, Claims, MILLISECONDS, Value, claim, doubts};
use contract::{Check as _, FieldError, FieldErrors};
use leptos::task::spawn_local;

/// How a finding weighs, where, and what it is.
type Finding = (Tone, String, String);

/// Has its signature the length of one?
fn is_whole(token: &Token) -> bool {
    token.signature.as_ref().is_some_and(|signature| signature.len() == 96)
}

/// What is wrong with the header and the signature.
fn envelope(token: &Token) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut say = |tone, at: &str, text: &str| found.push((tone, at.to_owned(), text.to_owned()));
    if token.header.text("alg") != Some(ALGORITHM) {
        say(Tone::Bad, "alg", "Must be ES384: IVS takes no other.");
    }
    if token.header.get("typ").is_none_or(|kind| *kind != Value::Text("JWT".to_owned())) {
        say(Tone::Warn, "typ", "Is JWT in what IVS documents.");
    }
    if token.header.get("crit").is_some() {
        say(Tone::Bad, "crit", "Wants something that IVS does not document.");
    }
    match &token.signature {
        None => say(Tone::Bad, "signature", "Is not base64url without padding."),
        Some(_) if is_whole(token) => {}
        Some(signature) if signature.first() == Some(&0x30) => {
            say(Tone::Bad, "signature", "Is DER, as OpenSSL writes it. A JWT has r and s one after the other, 96 bytes.");
        }
        Some(_) => say(Tone::Bad, "signature", "Must be r and s one after the other, 96 bytes."),
    }
    found
}

/// Everything that can be said without a key.
fn findings(token: &Token, now: f64) -> Vec<Finding> {
    let mut found = envelope(token);
    let with = |tone, errors: FieldErrors| errors.0.into_iter().map(move |FieldError { field, message }| (tone, field, message));
    let refused = AtStart { claims: &token.claims, now }.check().err().unwrap_or_default();
    found.extend(with(Tone::Bad, refused));
    // One that never ends is no matter of taste, though IVS takes it.
    let weight = |(tone, at, text): Finding| (if at == claim::EXPIRES { Tone::Bad } else { tone }, at, text);
    found.extend(with(Tone::Warn, doubts(&token.claims)).map(weight));
    found
}

/// The channel, as this region knows it.
fn channel(claims: &Claims, region: &str, known: Option<&Pages<ChannelSummary>>) -> Option<Finding> {
    let (arn, known) = (claims.text(claim::CHANNEL)?, known?);
    let say = |tone, text: String| Some((tone, claim::CHANNEL.to_owned(), text));
    match known.items.iter().find(|channel| channel.arn.as_deref() == Some(arn)) {
        // It may be among those that are still to come.
        None if !known.complete => None,
        None => say(Tone::Warn, format!("There is no such channel in {region}.")),
        Some(channel) if channel.authorized == Some(true) => say(Tone::Good, format!("Opens {}.", called(channel.name.as_deref(), arn))),
        Some(channel) => say(Tone::Warn, format!("{} is public: it is open without a token.", called(channel.name.as_deref(), arn))),
    }
}

/// When it expires, or has, as people read it.
fn expiry(claims: &Claims, now: f64) -> Option<Finding> {
    // What looks like milliseconds is said to be that, and is no date in a far future.
    let expires = claims.number(claim::EXPIRES).filter(|expires| *expires < MILLISECONDS)? * 1000.0;
    let now = now * 1000.0;
    let left = if expires > now { format!("in {}", locale::clock(expires - now)) } else { locale::ago(expires, now) };
    Some((Tone::Plain, claim::EXPIRES.to_owned(), format!("{} · {}, {left}", locale::date_time(expires), locale::utc(expires))))
}

/// The card.
pub(super) fn card(scope: Memo<Scope>, known: Memo<Option<Pages<ChannelSummary>>>, held: Held, pasted: RwSignal<String>) -> View {
    let now = clock::now();
    let token = Memo::new(move |_| pasted.with(|pasted| (!pasted.trim().is_empty()).then(|| jwt::read(pasted))));
    let read = Memo::new(move |_| token.get().and_then(Result::ok));
    let fits = signed_by(held, read);
    let found = Memo::new(move |_| {
        let token = read.get()?;
        let now = (now.get() / 1000.0).floor();
        let mut found = findings(&token, now);
        if pasted.with(|pasted| jwt::is_queried_twice(pasted)) {
            found.push((
                Tone::Bad,
                "URL".to_owned(),
                "Has two question marks. It is the playback URL, then ?token= and the token.".to_owned(),
            ));
        }
        if found.is_empty() {
            found.push((Tone::Good, "claims".to_owned(), "Every rule that IVS documents is kept.".to_owned()));
        }
        found.extend(known.with(|known| channel(&token.claims, &scope.get().region, known.as_ref())));
        found.extend(expiry(&token.claims, now));
        Some(found)
    });
    let control = field("Token to check", "", "Or a URL that has one. It is read here, and sent to nobody.", always(), move |wiring| {
        view! {
            <textarea
                class="input area"
                id=wiring.id
                rows="3"
                autocomplete="off"
                spellcheck="false"
                aria-describedby=wiring.described
                prop:value=pasted
                on:input=move |event| pasted.set(event_target_value(&event))
            ></textarea>
        }
    });
    let row = |(tone, at, text): Finding| view! { <li>{badge(tone, at)} " " <span>{text}</span></li> };
    // Of one that cannot be a signature it is said already, and nothing else is to be compared.
    let signed = move || read.with(|read| read.as_ref().is_some_and(is_whole)).then(|| row(fits.get()));
    let body = move || match token.with(|token| token.as_ref().map(|read| read.as_ref().err().copied())) {
        None => View::Nothing,
        Some(Some(why)) => view! { <p class="note warn" role="alert">{why}</p> },
        Some(None) => view! {
            <ul class="findings" aria-label="Findings">{each(move || found.get().unwrap_or_default(), |(_, at, text)| format!("{at} {text}"), row)} {signed}</ul>
            <pre class="cli" aria-label="Header">{move || read.with(|read| read.as_ref().map(|read| jwt::pretty(&read.header)))}</pre>
            <pre class="cli" aria-label="Claims of the token">{move || read.with(|read| read.as_ref().map(|read| jwt::pretty(&read.claims)))}</pre>
        },
    };
    frame("Check a token", View::Nothing, view! { {control} <div class="stack">{body}</div> })
}

/// Has the key here signed it?
fn signed_by(held: Held, read: Memo<Option<Token>>) -> RwSignal<Finding> {
    let say = |tone, text: &str| (tone, "signature".to_owned(), text.to_owned());
    let fits = RwSignal::new(say(Tone::Plain, ""));
    effect(move || {
        let print = held.print.get();
        let (Some(token), Some(signer)) = (read.get(), held.signer().filter(|_| print.is_some())) else {
            fits.set(say(Tone::Plain, "Give it the private key, and it says whether that has signed it."));
            return;
        };
        fits.set(say(Tone::Plain, "…"));
        spawn_local(async move {
            let signature = token.signature.clone().unwrap_or_default();
            let good = signer.verifies(token.signed.as_bytes(), &signature).await;
            // The answer for a token that has been replaced meanwhile, or of a key that has, is nobody's.
            let same = untrack(|| held.print.try_get() == Some(print) && read.try_get().flatten() == Some(token));
            if same {
                fits.try_set(if good {
                    say(Tone::Good, "The key held here has signed it.")
                } else {
                    say(Tone::Bad, "Is not of the key held here.")
                });
            }
        });
    });
    fits
}
