//! The limits that requests share, and what is said when one is exceeded.
//!
//! Each request's own `look` names its members and their limits once; the form shows what it finds while typing, the
//! backend refuses with it, the emulator answers `ValidationException` with it. Numbers are IVS's (`model/model.json`,
//! checked by `tests/limits.rs`); patterns are read as whole-string matches.

use crate::arn::{Arn, Resource};
use crate::open::Open;
use crate::public_key;
use crate::secret::Secret;
use crate::tag::Tags;
use crate::unicode::letter_number_or_separator;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// One member that IVS would refuse, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Its path as on IVS's wire: `name`, `tags.team`, `arns[3]`, `destinationConfiguration.s3.bucketName`.
    pub field: String,
    /// A sentence for the person who typed it.
    pub message: String,
}

/// Everything that IVS would refuse about one request, in the order of its members. Never empty inside an `Err`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    /// A single one.
    pub fn one(field: &str, message: impl Into<String>) -> Self {
        Self(vec![FieldError { field: field.to_owned(), message: message.into() }])
    }

    /// The first message about a member or anything inside it.
    pub fn at(&self, field: &str) -> Option<&str> {
        let inside = |path: &str| path.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
        self.0.iter().find(|error| inside(&error.field)).map(|error| error.message.as_str())
    }
}

impl std::fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            let (between, colon) = (if index == 0 { "" } else { "; " }, if error.field.is_empty() { "" } else { ": " });
            write!(f, "{between}{}{colon}{}", error.field, error.message)?;
        }
        Ok(())
    }
}

/// A request, or a part of one, that knows its own limits.
pub trait Check {
    /// Notes everything that IVS would refuse whatever the state of the account.
    fn look(&self, e: &mut Findings);

    /// The same as a result.
    ///
    /// # Errors
    /// Every member outside its limits.
    fn check(&self) -> Result<(), FieldErrors> {
        let mut findings = Findings::default();
        self.look(&mut findings);
        if findings.errors.0.is_empty() { Ok(()) } else { Err(findings.errors) }
    }
}

/// Collects what is wrong while a request is looked through. The methods are IVS's limits, by name.
#[derive(Debug, Default)]
pub struct Findings {
    errors: FieldErrors,
    prefix: String,
}

impl Findings {
    /// Notes an error at a member of what is being looked at.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        let field = if self.prefix.is_empty() { field.to_owned() } else { format!("{}.{field}", self.prefix) };
        self.errors.0.push(FieldError { field, message: message.into() });
    }

    /// What was noted.
    pub(crate) fn take(self) -> FieldErrors {
        self.errors
    }

    /// Looks at an optional member if it is there.
    pub fn given<T: ?Sized>(&mut self, field: &str, value: Option<&T>, look: impl FnOnce(&mut Self, &str, &T)) {
        if let Some(value) = value {
            look(self, field, value);
        }
    }

    /// Looks at each item of a list, as `field[index]`.
    pub fn each<T>(&mut self, field: &str, items: &[T], mut look: impl FnMut(&mut Self, &str, &T)) {
        for (index, item) in items.iter().enumerate() {
            look(self, &format!("{field}[{index}]"), item);
        }
    }

    /// Looks at a part that has limits of its own.
    pub fn inside(&mut self, field: &str, part: &impl Check) {
        let outer = self.prefix.clone();
        self.prefix = if outer.is_empty() { field.to_owned() } else { format!("{outer}.{field}") };
        part.look(self);
        self.prefix = outer;
    }

    /// Characters, counted as Unicode code points.
    pub fn length(&mut self, field: &str, text: &str, least: usize, most: usize) {
        let length = text.chars().count();
        if length == 0 && least > 0 {
            self.add(field, "Is required.");
        } else if length < least {
            self.add(field, format!("Needs at least {least} characters; this has {length}."));
        } else if length > most {
            self.add(field, format!("May have at most {most} characters; this has {length}."));
        }
    }

    fn only(&mut self, field: &str, text: &str, allowed: fn(char) -> bool, say: &str) {
        if let Some(odd) = text.chars().find(|c| !allowed(*c)) {
            let odd = if odd == ' ' { "Spaces are".to_owned() } else { format!("“{}” is", odd.escape_debug()) };
            self.add(field, format!("{say} {odd} not allowed."));
        }
    }

    /// How many items a list may have.
    pub fn count(&mut self, field: &str, items: usize, least: usize, most: usize) {
        if items < least {
            self.add(field, format!("Needs at least {least}."));
        } else if items > most {
            self.add(field, format!("May have at most {most}; there are {items}."));
        }
    }

    /// A whole number within limits.
    pub fn range(&mut self, field: &str, value: i64, limits: RangeInclusive<i64>) {
        if !limits.contains(&value) {
            self.add(field, format!("Must be between {} and {}; this is {value}.", limits.start(), limits.end()));
        }
    }

    /// A name: letters, digits, `-`, `_`, at most 128.
    pub fn name(&mut self, field: &str, text: &str) {
        self.only(field, text, |c| c.is_ascii_alphanumeric() || c == '-' || c == '_', "Use letters, digits, - and _ only.");
        self.length(field, text, 0, 128);
    }

    /// A value of an enumeration that IVS knows.
    pub fn known<T: Open>(&mut self, field: &str, value: &T) {
        if !value.known() {
            self.add(field, format!("Must be one of {}.", T::values().join(", ")));
        }
    }

    /// An ARN of one kind.
    pub fn arn(&mut self, field: &str, text: &str, resource: Resource) {
        if text.is_empty() {
            self.add(field, "Is required.");
        } else if Arn::parse(text).is_none_or(|arn| arn.resource != resource) {
            self.add(field, format!("Must be an ARN such as arn:aws:ivs:eu-west-1:123456789012:{}/abcdABCDefgh.", resource.as_str()));
        }
    }

    /// An ARN of one kind, or `""` for none.
    pub fn arn_or_empty(&mut self, field: &str, text: &str, resource: Resource) {
        if !text.is_empty() {
            self.arn(field, text, resource);
        }
    }

    /// An ARN of any resource of IVS.
    pub fn any_arn(&mut self, field: &str, text: &str) {
        if text.is_empty() {
            self.add(field, "Is required.");
        } else if Arn::parse(text).is_none() {
            self.add(field, "Must be the ARN of a resource of IVS, such as arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh.");
        }
    }

    /// An ARN of a MediaTailor playback configuration, at most 128 characters.
    pub fn media_tailor_arn(&mut self, field: &str, text: &str) {
        let parts = |text: &str| {
            let (region, rest) = text.strip_prefix("arn:aws:mediatailor:")?.split_once(':')?;
            let (account, id) = rest.split_once(":playbackConfiguration/")?;
            let all = |text: &str, ok: fn(u8) -> bool| !text.is_empty() && text.bytes().all(ok);
            Some(
                all(region, |b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                    && all(account, |b| b.is_ascii_digit())
                    && all(id, |b| b.is_ascii_alphanumeric() || b == b'-'),
            )
        };
        if text.is_empty() {
            self.add(field, "Is required.");
        } else if text.len() > 128 || parts(text) != Some(true) {
            self.add(field, "Must be an ARN such as arn:aws:mediatailor:eu-west-1:123456789012:playbackConfiguration/0a1b2c3d.");
        }
    }

    /// A page token, as IVS gave it.
    pub fn page_token(&mut self, field: &str, text: &str) {
        self.only(field, text, |c| c.is_ascii_alphanumeric() || "+/=_-".contains(c), "A page token is used as IVS gave it.");
        self.length(field, text, 0, 1024);
    }

    /// `st-` and letters and digits, 26 characters.
    pub fn stream_id(&mut self, field: &str, text: &str) {
        let ok = text.len() == 26 && text.strip_prefix("st-").is_some_and(|id| id.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !ok {
            self.add(field, "Must be st- and 23 letters or digits.");
        }
    }

    /// 12 letters and digits.
    pub fn ad_break_id(&mut self, field: &str, text: &str) {
        if text.len() != 12 || !text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            self.add(field, "Must be 12 letters or digits.");
        }
    }

    /// A bucket: lower-case letters, digits, dots and hyphens, 3 to 63.
    pub fn bucket_name(&mut self, field: &str, text: &str) {
        self.only(
            field,
            text,
            |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.',
            "Use lower-case letters, digits, - and . only.",
        );
        self.length(field, text, 3, 63);
    }

    /// A country: exactly two characters (ISO 3166-1 alpha-2).
    pub fn country(&mut self, field: &str, text: &str) {
        if text.chars().count() != 2 {
            self.add(field, "Must be two letters, such as DE.");
        }
    }

    /// Timed metadata: 1 to 1,024 bytes of UTF-8.
    pub fn metadata(&mut self, field: &str, text: &Secret) {
        let bytes = text.expose().len();
        if bytes == 0 {
            self.add(field, "Is required.");
        } else if bytes > 1024 {
            self.add(field, format!("Metadata size exceeds payload limit: 1,024 bytes; this has {bytes}."));
        }
    }

    /// PEM of one public key. What has a private key beside it, or in its place, is refused before anything is sent or
    /// journaled, and never echoed.
    pub fn public_key(&mut self, field: &str, text: &str) {
        if public_key::letters(text).is_some() {
            return;
        }
        self.add(
            field,
            if text.to_ascii_lowercase().contains("private") {
                "This may be a private key. Import the public one alone; the private one stays with you."
            } else if text.trim_start().starts_with(public_key::BEGIN) {
                "Must be one ECDSA key on the curve P-384 (secp384r1), and nothing else."
            } else {
                "Must be a public key as PEM, beginning with -----BEGIN PUBLIC KEY-----."
            },
        );
    }

    /// RFC 3339, such as `2026-05-05T21:55:38Z`.
    pub fn timestamp(&mut self, field: &str, text: &str) {
        if !crate::time::is_rfc3339(text) {
            self.add(field, "Must be a time such as 2026-05-05T21:55:38Z.");
        }
    }

    /// Tags: at most 50, each with a key and a value within their limits.
    pub fn tags(&mut self, field: &str, tags: &Tags) {
        self.count(field, tags.len(), 0, crate::tag::MOST);
        for (key, value) in tags {
            self.tag_key(&format!("{field}.{key}"), key);
            self.tag_value(&format!("{field}.{key}"), value);
        }
    }

    /// A tag's key: 1 to 128 letters, digits, separators and `_.:/=+-@`; `aws:` is reserved.
    pub fn tag_key(&mut self, field: &str, key: &str) {
        if crate::tag::is_reserved(key) {
            self.add(field, "Keys that begin with aws: are reserved.");
        }
        self.only(field, key, tag_character, "Use letters, digits, spaces and _ . : / = + - @ only.");
        self.length(field, key, 1, 128);
    }

    /// A tag's value: to 256 of the same characters.
    pub fn tag_value(&mut self, field: &str, value: &str) {
        self.only(field, value, tag_character, "Use letters, digits, spaces and _ . : / = + - @ only.");
        self.length(field, value, 0, 256);
    }
}

fn tag_character(c: char) -> bool {
    "_.:/=+-@".contains(c) || letter_number_or_separator(c)
}
