//! The token that was made, and how to try it.

use super::typed::Typed;
use crate::api::Scope;
use crate::components::action::{Action, Look};
use crate::components::copy::{CodeBox, CopyBox};
use crate::components::page::card as frame;
use crate::components::{dom, locale};
use crate::shared::session;
use crate::view::prelude::*;
use contract::playback_token::Claims;

/// Where playback is: of the emulator, where one plays the account.
fn address(playback_url: &str, endpoint: Option<&str>) -> String {
    match (endpoint, playback_url.strip_prefix("https://")) {
        (Some(endpoint), Some(rest)) => format!("{}/playback/{rest}", endpoint.trim_end_matches('/')),
        (Some(_), None) | (None, _) => playback_url.to_owned(),
    }
}

/// Asks as a web page of the first origin would. Nothing in a URL or an origin that passed needs more quotes than these.
fn curl(url: &str, claims: &Claims) -> String {
    let origin = claims.origins().into_iter().next().filter(|origin| *origin != "*").map(|origin| origin.replace("*.", "www."));
    let header = origin.map(|origin| format!(" -H 'Origin: {origin}'")).unwrap_or_default();
    format!("curl -s{header} '{url}'")
}

const TITLE: &str = "Signed token";

/// The card.
pub(super) fn card(
    scope: Memo<Scope>,
    typed: Typed,
    playback: Memo<Option<String>>,
    token: RwSignal<Option<String>>,
    pasted: RwSignal<String>,
) -> View {
    let text = Signal::derive(move || token.get().unwrap_or_default());
    let with_token = move |url: String| token.with(|token| token.as_ref().map(|token| format!("{url}?token={token}")).unwrap_or_default());
    let url = Signal::derive(move || playback.get().map(with_token).unwrap_or_default());
    let endpoint = Memo::new(move |_| session::endpoint(&scope.get().account));
    let tried = Signal::derive(move || playback.get().map(|url| with_token(address(&url, endpoint.get().as_deref()))).unwrap_or_default());
    let command = Signal::derive(move || curl(&tried.get(), &typed.claims(0.0)));
    let look = move |()| pasted.set(text.get_untracked());
    let there = Memo::new(move |_| token.with(Option::is_some));
    let at = Memo::new(move |_| token.with(|token| token.as_ref().map(|_| locale::exact_time(js_sys::Date::now()))));
    let known = Memo::new(move |_| playback.with(Option::is_some));
    let emulated = move || {
        endpoint.get().map(|_| {
            view! {
                <p><a class="link" href=tried target="_blank" rel="noopener noreferrer">"Open it in the emulator"</a>
                <span class="soft">" · a link sends no Origin"</span></p>
            }
        })
    };
    let place = move || match known.get() {
        false => view! { <p class="soft">"The playback URL of the channel is being looked up, or could not be."</p> },
        true => view! {
            <CopyBox label="Playback URL" text=url/>
            {emulated}
            <CodeBox name="Copy command" text=command/>
            <p class="soft">"403: the token does not open it, and the answer says why. 404: the channel is offline."</p>
        },
    };
    let body = move || match there.get() {
        false => view! { <p class="soft">"What you sign appears here. Change a claim, and it is gone."</p> },
        true => view! {
            <p class="soft">"Signed at " {at}</p>
            <CopyBox label="Token" text=text/>
            {place}
            <p class="soft">"For trying it out. Sign the tokens of your viewers on a server, a new one for each playback."</p>
            <p class="row"><Action label="Check this token" look=Look::Quiet on=look/></p>
        },
    };
    frame(
        TITLE,
        View::Nothing,
        view! {
            // Not the token itself: it would be read out letter by letter.
            <p class="unseen" role="status">{move || there.get().then_some("Token signed")}</p>
            <div class="stack">{body}</div>
        },
    )
}

/// Goes there: on a phone it is far below the button that makes one.
pub(super) fn show() {
    dom::after_paint(|| {
        let heading = document().body().and_then(|page| dom::find(&page, &format!("[aria-label='{TITLE}'] h2")));
        if let Some(heading) = heading {
            heading.set_tab_index(-1);
            dom::focus(Some(heading));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::playback_token::{Value, claim};

    #[test]
    fn the_emulator_has_the_host_in_its_path() {
        let url = "https://0a1b.eu-west-1.playback.live-video.net/api/video/v1/x.m3u8";
        assert_eq!(
            address(url, Some("http://127.0.0.1:4510/")),
            "http://127.0.0.1:4510/playback/0a1b.eu-west-1.playback.live-video.net/api/video/v1/x.m3u8"
        );
        assert_eq!(address(url, None), url);
    }

    #[test]
    fn a_command_asks_as_a_page_that_may() {
        let claims = |origins: &str| Claims(vec![(claim::ORIGINS.to_owned(), Value::Text(origins.to_owned()))]);
        assert_eq!(curl("u", &claims("https://*.a.example,https://b")), "curl -s -H 'Origin: https://www.a.example' 'u'");
        assert_eq!(curl("u", &Claims::default()), "curl -s 'u'");
    }
}
