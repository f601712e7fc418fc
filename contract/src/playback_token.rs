//! Playback tokens: what opens a private channel. A JWT that whoever holds the private half of an imported key pair signs; IVS
//! only reads it. Source: `docs/ivs-behaviour.md` 4.

use crate::arn::Resource;
use crate::constraint::{Check, FieldErrors, Findings};
use crate::origin;

/// The only algorithm (RFC 7518): ECDSA on P-384 with SHA-384, the signature as r and s in 96 bytes.
pub const ALGORITHM: &str = "ES384";

/// How far ahead a token with a viewer id or a single use may expire, in seconds.
pub const LIFE: f64 = 600.0;

/// How many origins a token may have under strict enforcement.
pub const MOST_ORIGINS: usize = 5;

/// How many characters a viewer id may have.
pub const VIEWER_ID: usize = 40;

/// How many bytes the parameters for ads may have.
pub const ADS_PARAMS: usize = 1_000;

/// The largest session version that StartViewerSessionRevocation reaches.
const LAST_VERSION: f64 = i32::MAX as f64;

/// From here on a number of seconds is one of milliseconds: it would be the year 5138.
pub const MILLISECONDS: f64 = 1e11;

/// The names of the claims.
pub mod claim {
    /// The channel that the token opens.
    pub const CHANNEL: &str = "aws:channel-arn";
    /// When it expires, in seconds since 1970. Looked at only when playback starts.
    pub const EXPIRES: &str = "exp";
    /// Where web pages may play it, separated by commas. Default: everywhere.
    pub const ORIGINS: &str = "aws:access-control-allow-origin";
    /// Must every request carry one of the origins, not only the first?
    pub const STRICT: &str = "aws:strict-origin-enforcement";
    /// A UUID: the token is dead once it was used.
    pub const SINGLE_USE: &str = "aws:single-use-uuid";
    /// Whose session it is: what revocation names.
    pub const VIEWER: &str = "aws:viewer-id";
    /// Which of the viewer's sessions. Default 0.
    pub const VERSION: &str = "aws:viewer-session-version";
    /// The largest rendition.
    pub const RESOLUTION: &str = "aws:maximum-resolution";
    /// Without ads?
    pub const ADS_OPT_OUT: &str = "aws:ads-opt-out";
    /// Which MediaTailor configuration of the channel's ad configuration.
    pub const ADS_CONFIG: &str = "aws:ads-playback-config-name";
    /// What MediaTailor is told.
    pub const ADS_PARAMS: &str = "aws:ads-player-params";
    /// Who reports what was seen of the ads.
    pub const ADS_REPORTING: &str = "aws:ads-reporting-mode";

    /// All of them.
    pub const ALL: [&str; 12] =
        [CHANNEL, EXPIRES, ORIGINS, STRICT, SINGLE_USE, VIEWER, VERSION, RESOLUTION, ADS_OPT_OUT, ADS_CONFIG, ADS_PARAMS, ADS_REPORTING];
}

/// The values of [`claim::RESOLUTION`].
pub const RESOLUTIONS: [&str; 3] = ["SD", "HD", "FULL_HD"];

/// The values of [`claim::ADS_REPORTING`].
pub const REPORTING: [&str; 2] = ["CLIENT", "SERVER"];

/// What a claim holds, as JSON.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string.
    Text(String),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// Anything else, as it is written.
    Other(String),
}

/// What a token says, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims(pub Vec<(String, Value)>);

impl Claims {
    /// What a claim holds.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(claim, _)| claim == name).map(|(_, value)| value)
    }

    /// The text of a claim that is text.
    pub fn text(&self, name: &str) -> Option<&str> {
        if let Some(Value::Text(text)) = self.get(name) { Some(text) } else { None }
    }

    /// The number of a claim that is one.
    pub fn number(&self, name: &str) -> Option<f64> {
        if let Some(Value::Number(number)) = self.get(name) { Some(*number) } else { None }
    }

    /// Is the claim there, and true?
    pub fn on(&self, name: &str) -> bool {
        self.get(name) == Some(&Value::Bool(true))
    }

    /// The origins of web pages that may play it; none are all.
    pub fn origins(&self) -> Vec<&str> {
        let list = self.text(claim::ORIGINS).unwrap_or_default();
        list.split(',').map(str::trim).filter(|origin| !origin.is_empty()).collect()
    }

    /// The session version, whether it is a number or, as in one example of AWS's, a text.
    pub fn version(&self) -> Option<f64> {
        match self.get(claim::VERSION)? {
            Value::Number(number) => Some(*number),
            Value::Text(text) => text.parse::<i64>().ok().map(|version| version as f64),
            Value::Bool(_) | Value::Other(_) => None,
        }
    }

    /// Does it belong to one viewer or one use, so that it may not live for longer than [`LIFE`]?
    pub fn is_short_lived(&self) -> bool {
        self.get(claim::VIEWER).is_some() || self.get(claim::SINGLE_USE).is_some()
    }
}

/// A token at a moment. What its `check` finds, IVS refuses; the fields are the names of the claims.
#[derive(Clone, Copy, Debug)]
pub struct AtStart<'a> {
    /// What it says.
    pub claims: &'a Claims,
    /// When playback is to start, in seconds since 1970.
    pub now: f64,
}

impl Check for AtStart<'_> {
    fn look(&self, e: &mut Findings) {
        match self.claims.get(claim::CHANNEL) {
            None => e.add(claim::CHANNEL, "Is required."),
            Some(Value::Text(arn)) => e.arn(claim::CHANNEL, arn, Resource::Channel),
            Some(_) => e.add(claim::CHANNEL, "Must be a text."),
        }
        self.expiry(e);
        self.origin(e);
        self.viewer(e);
        for name in [claim::STRICT, claim::ADS_OPT_OUT] {
            if self.claims.get(name).is_some_and(|value| !matches!(value, Value::Bool(_))) {
                e.add(name, "Must be true or false.");
            }
        }
        self.text(e, claim::ADS_CONFIG, |e, name, text| {
            if text.is_empty() {
                e.add(name, "Is empty.");
            }
        });
        self.text(e, claim::RESOLUTION, |e, name, text| one_of(e, name, text, &RESOLUTIONS));
        self.text(e, claim::ADS_REPORTING, |e, name, text| one_of(e, name, text, &REPORTING));
        if let Some(Value::Text(params) | Value::Other(params)) = self.claims.get(claim::ADS_PARAMS)
            && params.len() > ADS_PARAMS
        {
            e.add(claim::ADS_PARAMS, format!("May have at most {ADS_PARAMS} bytes; this has {}.", params.len()));
        }
    }
}

impl AtStart<'_> {
    fn text(&self, e: &mut Findings, name: &str, look: impl FnOnce(&mut Findings, &str, &str)) {
        match self.claims.get(name) {
            None => {}
            Some(Value::Text(text)) => look(e, name, text),
            Some(_) => e.add(name, "Must be a text."),
        }
    }

    fn expiry(&self, e: &mut Findings) {
        match self.claims.get(claim::EXPIRES) {
            None => e.add(claim::EXPIRES, "Is required."),
            Some(Value::Number(expires)) if *expires <= self.now => e.add(claim::EXPIRES, "Has passed: the token has expired."),
            Some(Value::Number(expires)) if self.claims.is_short_lived() && expires - self.now > LIFE => {
                e.add(claim::EXPIRES, "May be at most ten minutes ahead, since the token has a viewer id or a single use.");
            }
            Some(Value::Number(_)) => {}
            Some(_) => e.add(claim::EXPIRES, "Must be a number: seconds since 1970."),
        }
    }

    fn origin(&self, e: &mut Findings) {
        self.text(e, claim::ORIGINS, |_, _, _| ());
        let origins = self.claims.origins();
        if let Some(wrong) = origins.iter().find(|origin| **origin != "*" && !origin::is_pattern(origin)) {
            let like =
                "One looks like https://www.example.com, https://*.example.com or https://example.com:8443: no path, no slash at its end.";
            e.add(claim::ORIGINS, format!("{wrong} is no origin. {like}"));
        }
        if self.claims.on(claim::STRICT) {
            e.count(claim::ORIGINS, origins.len(), 0, MOST_ORIGINS);
        }
    }

    fn viewer(&self, e: &mut Findings) {
        self.text(e, claim::SINGLE_USE, |e, name, text| {
            if !is_uuid(text) {
                e.add(name, "Must be a UUID, such as 3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b.");
            }
        });
        self.text(e, claim::VIEWER, |e, name, text| e.length(name, text, 1, VIEWER_ID));
        if self.claims.get(claim::VERSION).is_none() {
            return;
        }
        if self.claims.version().is_none_or(|version| version < 0.0 || version.fract() != 0.0) {
            e.add(claim::VERSION, "Must be a whole number, 0 or more.");
        } else if self.claims.get(claim::VIEWER).is_none() {
            e.add(claim::VERSION, "Needs a viewer id: it counts the sessions of one viewer.");
        }
    }
}

fn one_of(e: &mut Findings, name: &str, text: &str, values: &[&str]) {
    if !values.contains(&text) {
        e.add(name, format!("Must be one of {}.", values.join(", ")));
    }
}

/// What IVS lets pass, and what is hardly meant.
pub fn doubts(claims: &Claims) -> FieldErrors {
    let mut e = Findings::default();
    for (name, _) in claims.0.iter().filter(|(name, _)| !claim::ALL.contains(&name.as_str())) {
        e.add(name, "Is no claim that IVS documents: nothing comes of it.");
    }
    if claims.number(claim::EXPIRES).is_some_and(|expires| expires >= MILLISECONDS) {
        e.add(claim::EXPIRES, "Looks like milliseconds. It is read as seconds: the token would live for thousands of years.");
    }
    if claims.text(claim::ORIGINS).is_some() && claims.origins().is_empty() {
        e.add(claim::ORIGINS, "Is empty: every web page may play it, as without the claim.");
    }
    if claims.on(claim::STRICT) && claims.origins().is_empty() {
        e.add(claim::STRICT, "Without origins it only wants that there is an Origin.");
    }
    if claims.version().is_some_and(|version| version > LAST_VERSION) {
        e.add(claim::VERSION, "Is beyond 2,147,483,647: no revocation reaches it.");
    }
    e.take()
}

/// 32 hexadecimal digits in five groups (RFC 9562).
fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: f64 = 1_778_018_138.0;

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    /// A token that is good, with one claim more or another value of one.
    fn with(more: &[(&str, Value)]) -> Claims {
        let mut claims = Claims(vec![
            (claim::CHANNEL.to_owned(), text("arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh")),
            (claim::EXPIRES.to_owned(), Value::Number(NOW + 60.0)),
        ]);
        for (name, value) in more {
            claims.0.retain(|(there, _)| there != name);
            claims.0.push(((*name).to_owned(), value.clone()));
        }
        claims
    }

    fn refused(claims: &Claims) -> Vec<String> {
        let errors = AtStart { claims, now: NOW }.check().err().unwrap_or_default();
        errors.0.into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn what_is_right_passes() {
        let all = [
            (claim::ORIGINS, text("https://a.example, https://*.b.example,https://c.example:8443,http://localhost:1,*")),
            (claim::STRICT, Value::Bool(true)),
            (claim::SINGLE_USE, text("3F2B8C1E-5a4d-4e6f-9b7a-0c1d2e3f4a5b")),
            (claim::VIEWER, text(&"é".repeat(40))),
            (claim::VERSION, text("7")),
            (claim::RESOLUTION, text("FULL_HD")),
            (claim::ADS_OPT_OUT, Value::Bool(false)),
            (claim::ADS_CONFIG, text("main")),
            (claim::ADS_PARAMS, text(&"é".repeat(500))),
            (claim::ADS_REPORTING, text("SERVER")),
            (claim::EXPIRES, Value::Number(NOW + LIFE)),
        ];
        let claims = with(&all);
        assert_eq!(refused(&claims), Vec::<String>::new());
        assert_eq!(doubts(&claims), FieldErrors::default());
        assert_eq!(claims.0.len(), claim::ALL.len(), "every claim is looked at");
        assert_eq!(claims.version(), Some(7.0));
    }

    #[test]
    fn each_rule_refuses_at_its_claim() {
        let six = (1..=6).map(|n| format!("https://{n}.example")).collect::<Vec<_>>().join(",");
        let viewer = (claim::VIEWER, text("v"));
        let late = (claim::EXPIRES, Value::Number(NOW + LIFE + 1.0));
        let cases: [(&[(&str, Value)], &str); 19] = [
            (&[(claim::CHANNEL, text("arn:aws:ivs:eu-west-1:123456789012:stream-key/abcdABCDefgh"))], claim::CHANNEL),
            (&[(claim::CHANNEL, Value::Number(1.0))], claim::CHANNEL),
            (&[(claim::EXPIRES, text("1778018200"))], claim::EXPIRES),
            (&[(claim::EXPIRES, Value::Number(NOW))], claim::EXPIRES),
            (&[late.clone(), viewer.clone()], claim::EXPIRES),
            (&[late.clone(), (claim::SINGLE_USE, text("3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b"))], claim::EXPIRES),
            (&[(claim::ORIGINS, text("https://a.example/"))], claim::ORIGINS),
            (&[(claim::ORIGINS, Value::Other("[]".into()))], claim::ORIGINS),
            (&[(claim::ORIGINS, text(&six)), (claim::STRICT, Value::Bool(true))], claim::ORIGINS),
            (&[(claim::STRICT, text("true"))], claim::STRICT),
            (&[(claim::SINGLE_USE, text("once"))], claim::SINGLE_USE),
            (&[(claim::VIEWER, text(""))], claim::VIEWER),
            (&[(claim::VIEWER, text(&"x".repeat(41)))], claim::VIEWER),
            (&[(claim::VERSION, Value::Number(1.0))], claim::VERSION),
            (&[viewer.clone(), (claim::VERSION, Value::Number(1.5))], claim::VERSION),
            (&[(claim::RESOLUTION, text("UHD"))], claim::RESOLUTION),
            (&[(claim::ADS_OPT_OUT, Value::Number(1.0))], claim::ADS_OPT_OUT),
            (&[(claim::ADS_PARAMS, text(&"é".repeat(501)))], claim::ADS_PARAMS),
            (&[(claim::ADS_REPORTING, text("client"))], claim::ADS_REPORTING),
        ];
        for (claims, at) in cases {
            assert_eq!(refused(&with(claims)), [at], "{claims:?}");
        }
        assert_eq!(refused(&with(&[late])), Vec::<String>::new(), "a token of nobody may live for longer");
        assert_eq!(refused(&with(&[(claim::ORIGINS, text(&six))])), Vec::<String>::new(), "so many only under strict enforcement");
        assert_eq!(refused(&Claims::default()), [claim::CHANNEL, claim::EXPIRES]);
    }

    #[test]
    fn what_is_hardly_meant_is_said() {
        let doubted = |name, value| doubts(&with(&[(name, value)])).0.into_iter().map(|doubt| doubt.field).collect::<Vec<_>>();
        assert_eq!(doubted("iat", Value::Number(NOW)), ["iat"]);
        assert_eq!(doubted("aws:viewerid", text("v")), ["aws:viewerid"]);
        assert_eq!(doubted(claim::EXPIRES, Value::Number(NOW * 1000.0)), [claim::EXPIRES], "as in AWS's own sample");
        assert_eq!(doubted(claim::STRICT, Value::Bool(true)), [claim::STRICT]);
        assert_eq!(doubted(claim::ORIGINS, text(" ")), [claim::ORIGINS]);
        assert_eq!(doubted(claim::VERSION, Value::Number(3e9)), [claim::VERSION]);
        assert_eq!(doubted(claim::ADS_OPT_OUT, Value::Bool(true)), Vec::<String>::new());
    }
}
