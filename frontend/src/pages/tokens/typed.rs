//! The claims while they are being typed.

use crate::components::fields::whole;
use crate::view::prelude::*;
use contract::playback_token::{AtStart, Claims, Value, claim};
use contract::{Check as _, FieldError, FieldErrors};

/// What is typed. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    pub(super) channel: RwSignal<String>,
    /// Minutes from now.
    pub(super) expires: RwSignal<String>,
    pub(super) viewer: RwSignal<String>,
    pub(super) version: RwSignal<String>,
    pub(super) once: RwSignal<String>,
    /// One a line.
    pub(super) origins: RwSignal<String>,
    pub(super) strict: RwSignal<bool>,
    pub(super) resolution: RwSignal<String>,
    pub(super) no_ads: RwSignal<bool>,
    pub(super) ads_config: RwSignal<String>,
    pub(super) ads_params: RwSignal<String>,
    pub(super) ads_reporting: RwSignal<String>,
}

impl Typed {
    pub(super) fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            channel: text(),
            expires: RwSignal::new("10".to_owned()),
            viewer: text(),
            version: text(),
            once: text(),
            origins: text(),
            strict: RwSignal::new(false),
            resolution: text(),
            no_ads: RwSignal::new(false),
            ads_config: text(),
            ads_params: text(),
            ads_reporting: text(),
        }
    }

    /// The claims of a token that is made then, in seconds since 1970; and what is no number.
    fn read(self, now: f64) -> (Claims, FieldErrors) {
        let (mut claims, mut errors) = (Claims::default(), FieldErrors::default());
        let mut put = |name: &str, value| claims.0.push((name.to_owned(), value));
        let mut text = |name, signal: RwSignal<String>| {
            let text = signal.with(|text| text.trim().to_owned());
            if !text.is_empty() {
                put(name, Value::Text(text));
            }
        };
        text(claim::CHANNEL, self.channel);
        text(claim::VIEWER, self.viewer);
        text(claim::SINGLE_USE, self.once);
        text(claim::RESOLUTION, self.resolution);
        text(claim::ADS_CONFIG, self.ads_config);
        text(claim::ADS_PARAMS, self.ads_params);
        text(claim::ADS_REPORTING, self.ads_reporting);
        let origins = self.origins.with(|origins| origins.split(|c: char| c.is_whitespace() || c == ',').collect::<Vec<_>>().join(","));
        let origins: Vec<&str> = origins.split(',').filter(|origin| !origin.is_empty()).collect();
        if !origins.is_empty() {
            put(claim::ORIGINS, Value::Text(origins.join(",")));
        }
        for (name, on) in [(claim::STRICT, self.strict), (claim::ADS_OPT_OUT, self.no_ads)] {
            if on.get() {
                put(name, Value::Bool(true));
            }
        }
        if let Some(version) = self.version.with(|text| whole::<i64>(claim::VERSION, text, &mut errors)) {
            put(claim::VERSION, Value::Number(version as f64));
        }
        match self.expires.with(|text| whole::<u32>(claim::EXPIRES, text, &mut errors)) {
            Some(0) => errors.0.push(FieldError { field: claim::EXPIRES.to_owned(), message: "Must be 1 or more.".to_owned() }),
            Some(minutes) => put(claim::EXPIRES, Value::Number(now.floor() + f64::from(minutes) * 60.0)),
            None => {}
        }
        (claims, errors)
    }

    /// The claims of a token that is made then, in seconds since 1970.
    pub(super) fn claims(self, now: f64) -> Claims {
        self.read(now).0
    }

    /// What IVS would refuse. It does not depend on the time: what expires is so many minutes ahead.
    pub(super) fn check(self) -> FieldErrors {
        let (claims, mut errors) = self.read(0.0);
        if let Err(found) = (AtStart { claims: &claims, now: 0.0 }).check() {
            errors.0.extend(found.0);
        }
        errors
    }
}
