//! What is counted of requests, around everything else: what is refused early counts too.

use super::code;
use super::instruments::{Counts, Times};
use super::page::Page;
use super::table;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use contract::own::Route;
use contract::session::LOGIN;
use contract::{Code, Operation};
use http::StatusCode;
use std::sync::Arc;
use std::time::Instant;

/// The counters of one listener.
#[derive(Debug)]
pub struct Requests {
    answered: Counts<2>,
    seconds: Times,
    errors: Counts<1>,
}

impl Default for Requests {
    fn default() -> Self {
        let errors = Counts::from_zero(Code::KNOWN.iter().map(|known| [code(known)]));
        Self { answered: Counts::default(), seconds: Times::default(), errors }
    }
}

impl Requests {
    /// Counts every request to these routes.
    pub fn around(self: &Arc<Self>, router: Router) -> Router {
        router.layer(middleware::from_fn_with_state(Arc::clone(self), count))
    }

    pub(super) fn write(&self, page: &mut Page) {
        page.counts(table::HTTP_REQUESTS, &self.answered);
        page.times(table::HTTP_SECONDS, &self.seconds);
        page.counts(table::HTTP_ERRORS, &self.errors);
    }
}

async fn count(State(requests): State<Arc<Requests>>, request: Request, next: Next) -> Response {
    let (began, route) = (Instant::now(), route(request.uri().path()));
    let response = next.run(request).await;
    requests.answered.count([route, class(response.status())]);
    requests.seconds.took(route, began.elapsed());
    if let Some(told) = response.extensions().get::<Code>() {
        requests.errors.count([code(told)]);
    }
    response
}

/// Which route a path is, by the tables; the account and the region in it are left out.
fn route(path: &str) -> &'static str {
    let Some(rest) = path.strip_prefix("/api/") else {
        return match path {
            "/healthz" | "/readyz" => "probe",
            LOGIN => "sign-in",
            crate::auth::CALLBACK => "callback",
            crate::auth::LOGOUT => "logout",
            _ => "file",
        };
    };
    if let Some(own) = Route::ALL.iter().find(|own| own.path() == path) {
        return own.name();
    }
    let operation = rest.strip_prefix("ivs/").filter(|rest| rest.split('/').count() == 3).and_then(|rest| rest.rsplit('/').next());
    operation.and_then(|name| name.parse::<Operation>().ok()).map_or("unknown", Operation::name)
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_named_by_the_tables_and_nothing_of_a_path_is_kept() {
        for operation in Operation::ALL {
            assert_eq!(route(&format!("/api/ivs/main/eu-west-1/{operation}")), operation.name());
        }
        for own in Route::ALL {
            assert_eq!(route(own.path()), own.name());
        }
        for (path, named) in [
            ("/", "file"),
            ("/healthz", "probe"),
            ("/auth/login", "sign-in"),
            ("/auth/callback", "callback"),
            ("/auth/logout", "logout"),
            ("/api", "file"),
            ("/api/", "unknown"),
            ("/api/ivs/main/eu-west-1/Nonsense", "unknown"),
            ("/api/ivs/main/GetChannel", "unknown"),
            ("/api/ivs/a/b/c/GetChannel", "unknown"),
            ("/metrics", "file"),
        ] {
            assert_eq!(route(path), named, "{path}");
        }
    }
}
