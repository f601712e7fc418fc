//! The two addresses of a sign-in, which the browser goes to by itself: away to the provider, and back. Neither is of the API, and
//! what is given along with them leads nowhere but to pages of this console.

use super::super::{Auth, Way};
use super::logout::LoggedOut;
use super::token::Answered;
use super::{Arrived, Failed, Oidc};
use crate::auth::jws::LONGEST as LONGEST_TOKEN;
use crate::auth::measure::OK;
use crate::auth::registry::EndedBy;
use crate::auth::{Origin, cookie};
use crate::journal::{Decision, Intent, Kind};
use crate::router::{Came, from};
use crate::state::State;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, RawQuery, State as Extract};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use contract::Code;
use contract::session::{LOGIN, SIGN_IN, SignInProblem};
use http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use http::{HeaderMap, StatusCode};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Where the provider sends people back to.
pub(crate) const CALLBACK: &str = "/auth/callback";
/// Where the provider says that a session has ended.
pub(crate) const LOGOUT: &str = "/auth/logout";
/// Bytes of what is given along.
const LONGEST: usize = 8 * 1024;
/// As in the journal.
const NAME: &str = "SignIn";

/// The routes, where people sign in so; else none.
pub(crate) fn routes(router: Router<State>, auth: &Auth) -> Router<State> {
    match &auth.way {
        Way::Launch(_) | Way::ProxyHeader(_) | Way::ProxyJwt(_) => router,
        // The page in between has no icon, and a browser asks for one all the same.
        Way::Oidc(_) => {
            let icon = get(async || StatusCode::NO_CONTENT);
            let router = router.route(LOGIN, get(login)).route(CALLBACK, get(callback)).route("/favicon.ico", icon);
            router.route(LOGOUT, post(logout).layer(DefaultBodyLimit::max(2 * LONGEST_TOKEN)))
        }
    }
}

async fn login(Extract(state): Extract<State>, came: Came, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let Some(oidc) = oidc(&state) else { return StatusCode::NOT_FOUND.into_response() };
    let (given, origin) = (Given::of(query.as_deref()), from(&came, &state, &headers));
    let to = page(given.one("to").unwrap_or("/"));
    // A link on somebody else's page signs nobody in unseen: they come to the page with the button.
    if headers.get_all("sec-fetch-site").iter().any(|site| site != "same-origin" && site != "none") {
        let to: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
        return hop(&format!("{SIGN_IN}?to={to}"), &[]);
    }
    if !oidc.asked.once_more(origin.client_ip) {
        return refused(oidc, &state, &headers, &origin, too_often(), &to).await;
    }
    let Ok(_place) = oidc.places.try_acquire() else { return refused(oidc, &state, &headers, &origin, too_many(), &to).await };
    match oidc.begin(&headers, &to).await {
        Ok(away) => (StatusCode::SEE_OTHER, [(LOCATION, away.location), (SET_COOKIE, away.cookie)]).into_response(),
        Err(failed) => refused(oidc, &state, &headers, &origin, failed, &to).await,
    }
}

async fn callback(Extract(state): Extract<State>, came: Came, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let Some(oidc) = oidc(&state) else { return StatusCode::NOT_FOUND.into_response() };
    let (given, origin) = (Given::of(query.as_deref()), from(&came, &state, &headers));
    let said = |name| given.one(name).map(str::to_owned);
    let state_said = said("state").unwrap_or_default();
    let answered = Answered { state: state_said, code: said("code"), issuer: said("iss"), error: said("error") };
    // Whoever comes back from where this browser was sent is not counted: there may be a company behind the address.
    if !oidc.has_begun(&headers, &answered) && !oidc.asked.once_more(origin.client_ip) {
        return refused(oidc, &state, &headers, &origin, too_often(), "/").await;
    }
    let Ok(_place) = oidc.places.try_acquire() else { return refused(oidc, &state, &headers, &origin, too_many(), "/").await };
    match oidc.end(&headers, &origin, &answered).await {
        Ok(arrived) => welcome(oidc, &state, &headers, &origin, arrived).await,
        Err((failed, to)) => refused(oidc, &state, &headers, &origin, failed, &to).await,
    }
}

/// The provider itself asks, with no browser and no cookie: the token says everything.
async fn logout(Extract(state): Extract<State>, came: Came, headers: HeaderMap, body: Bytes) -> Response {
    let Some(oidc) = oidc(&state) else { return StatusCode::NOT_FOUND.into_response() };
    let origin = from(&came, &state, &headers);
    let said = Given(url::form_urlencoded::parse(&body).into_owned().collect());
    let Ok(_place) = oidc.places.try_acquire() else { return no_store(StatusCode::SERVICE_UNAVAILABLE) };
    let told = match said.one("logout_token") {
        Some(token) => oidc.logged_out(token).await,
        None => Err("not exactly one token".to_owned()),
    };
    let LoggedOut { which, actor } = match told {
        Ok(told) => told,
        Err(cause) => {
            tracing::warn!(cause, "what was said to be the provider's word of an end is none");
            return no_store((StatusCode::BAD_REQUEST, Json(serde_json::json!({ "error": "invalid_request" }))));
        }
    };
    let caller = origin.caller(actor, super::super::held::Held::default(), &headers);
    let ended = oidc.sessions.end(&which, None, EndedBy::Provider).await;
    let journaled = match &ended {
        Ok(0) => Ok(()),
        Ok(ended) => {
            let params = serde_json::json!({ "ended": ended, "by": "provider" });
            let event = Intent { params, ..caller.intent(Kind::Auth, "SignOut", None) };
            state.journal.event(&event, &Decision::Allowed).await.map(drop)
        }
        Err(_) => Ok(()),
    };
    match ended.and_then(|ended| journaled.map(|()| ended)) {
        Ok(ended) => {
            tracing::info!(ended, "the provider ended sessions");
            no_store(StatusCode::OK)
        }
        // It will tell again.
        Err(error) => {
            tracing::error!(%error, "sessions that the provider ended could not be ended");
            no_store(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

fn no_store(answer: impl IntoResponse) -> Response {
    ([(CACHE_CONTROL, "no-store")], answer).into_response()
}

fn too_many() -> Failed {
    Failed::new(SignInProblem::ProviderUnreachable, "too many wait for it already")
}

fn too_often() -> Failed {
    Failed::new(SignInProblem::TooOften, "more than is asked for by people")
}

fn oidc(state: &State) -> Option<&Oidc> {
    match &state.auth.way {
        Way::Launch(_) | Way::ProxyHeader(_) | Way::ProxyJwt(_) => None,
        Way::Oidc(oidc) => Some(oidc),
    }
}

/// What stands behind the `?`, taken apart. What is there twice is not there: nobody knows which one counts.
struct Given(Vec<(String, String)>);

impl Given {
    fn of(query: Option<&str>) -> Self {
        let query = query.filter(|query| query.len() <= LONGEST).unwrap_or_default();
        Self(url::form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    fn one(&self, name: &str) -> Option<&str> {
        let mut all = self.0.iter().filter(|(given, _)| given == name);
        let (_, value) = all.next()?;
        all.next().is_none().then_some(&**value)
    }
}

/// Letters that a path and its `?…` keep in an address; the rest is written as `%…`.
const KEPT: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'\\').add(b'^').add(b'{').add(b'|').add(b'}').add(b'\'');

/// A page of this console, whatever was given: a path that begins with one slash, and is not of the API or of signing in.
fn page(given: &str) -> String {
    let path = given.split('#').next().unwrap_or_default();
    let ours = path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\");
    let elsewhere = ["/api", "/auth", SIGN_IN]
        .iter()
        .any(|taken| path.strip_prefix(taken).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?'])));
    if ours && !elsewhere && path.len() <= 2048 { utf8_percent_encode(path, KEPT).to_string() } else { "/".to_owned() }
}

/// In, but not before that is journaled: without the cookie the session is nobody's. A page in between, since a Strict cookie is not sent with a redirect that began elsewhere.
async fn welcome(oidc: &Oidc, state: &State, headers: &HeaderMap, origin: &Origin, arrived: Arrived) -> Response {
    let caller = origin.caller(arrived.actor, arrived.held, headers);
    let event = caller.intent(Kind::Auth, NAME, None);
    if let Err(error) = state.journal.event(&event, &Decision::Allowed).await {
        let failed = Failed::new(SignInProblem::NotJournaled, error.to_string());
        return refused(oidc, state, headers, origin, failed, &arrived.to).await;
    }
    state.auth.signed_in(OK);
    hop(&arrived.to, &[&arrived.cookie, &cookie::gone(cookie::LOGIN)])
}

/// Not in: what for is for the log and the journal; the page says what it means.
async fn refused(oidc: &Oidc, state: &State, headers: &HeaderMap, origin: &Origin, failed: Failed, to: &str) -> Response {
    let news = oidc.is_news(&failed, origin);
    let Failed { problem, cause, actor } = failed;
    state.auth.signed_in(problem.as_str());
    tracing::warn!(problem = problem.as_str(), cause, "a sign-in failed");
    let caller = origin.caller(actor, super::super::held::Held::default(), headers);
    let event = Intent { actor: caller.actor.clone(), ..caller.intent(Kind::Auth, NAME, None) };
    let denial = Decision::Denied { code: Code::SignInRequired, message: problem.as_str().to_owned() };
    if news && let Err(error) = state.journal.event(&event, &denial).await {
        tracing::error!(%error, "a failed sign-in could not be journaled");
    }
    let to: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
    // Of another sign-in that was begun here, nothing is known to be wrong.
    let gone = cookie::gone(cookie::LOGIN);
    let cookies: &[&str] = if problem == SignInProblem::TooOften { &[] } else { &[&gone] };
    hop(&format!("{SIGN_IN}?why={}&to={to}", problem.as_str()), cookies)
}

/// A page that goes on to a page of ours, which is given as an address of this host: so it is one, whatever it says.
fn hop(to: &str, cookies: &[&str]) -> Response {
    let to: String = to.chars().flat_map(escaped).collect();
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>Tally</title>\
         <meta http-equiv=refresh content=\"0;url={to}\"><p><a href=\"{to}\">Go on to the console</a></p></html>"
    );
    let mut response = Html(page).into_response();
    for cookie in cookies.iter().filter_map(|cookie| cookie.parse().ok()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

fn escaped(letter: char) -> impl Iterator<Item = char> {
    let text = match letter {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => "",
    };
    text.chars().chain(text.is_empty().then_some(letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use url::Url;

    #[test]
    fn pages_of_the_console_are_kept_and_nothing_else() {
        for kept in
            ["/", "/demo/eu-west-1/channels", "/demo/eu-west-1/channels?q=tag%3Ateam%3Dsports&sort=-name", "/tags?arn=arn%3Aaws%3Aivs"]
        {
            assert_eq!(page(kept), kept);
        }
        for other in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "\\\\evil",
            "evil",
            "/api/me",
            "/api",
            "/auth/login?to=/",
            "/auth",
            "/sign-in?why=no-access",
            "data:text/html,x",
            " /x",
            "\t//evil",
            "\u{202e}/x",
        ] {
            assert_eq!(page(other), "/", "{other}");
        }
        assert_eq!(page("/a#/evil"), "/a");
        assert_eq!(page("/authors"), "/authors");
    }

    #[tokio::test]
    async fn nothing_in_an_address_becomes_markup() {
        let response = hop("/x\"><script>alert(1)</script>&'", &[]);
        let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(!text.contains("<script>") && text.contains("/x&quot;&gt;&lt;script&gt;"), "{text}");
    }

    #[test]
    fn of_two_values_none_counts() {
        let given = Given::of(Some("state=a&code=b&state=c&code2=%00"));
        assert_eq!((given.one("state"), given.one("code")), (None, Some("b")));
        assert_eq!(Given::of(Some(&format!("state={}", "a".repeat(LONGEST)))).one("state"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn whatever_is_given_stays_on_this_host(given in "[/\\\\:@?#%.a-z\\s\\PC]{0,24}") {
            let base = Url::parse("https://tally.example.com/auth/callback").unwrap();
            let to = page(&given);
            let there = base.join(&to).unwrap();
            prop_assert_eq!(there.origin(), base.origin(), "{} → {}", given, to);
            prop_assert!(to.starts_with('/'));
            prop_assert!(http::HeaderValue::from_str(&to).is_ok());
        }
    }
}
