//! Badges and tags: facts in a word, with a shape beside the colour.

use crate::view::prelude::*;
use std::borrow::Cow;

/// What a fact means. Colour never speaks alone: each meaning has its mark, and a badge always has a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Neither good nor bad.
    Plain,
    /// On air.
    Live,
    /// As it should be.
    Good,
    /// Wants attention.
    Warn,
    /// Failed.
    Bad,
}

impl Tone {
    /// Its class in the style sheets.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Plain => "badge",
            Self::Live => "badge live",
            Self::Good => "badge good",
            Self::Warn => "badge warn",
            Self::Bad => "badge bad",
        }
    }

    /// Its shape, for eyes that do not tell the colours apart.
    pub(crate) const fn mark(self) -> &'static str {
        match self {
            Self::Plain | Self::Live => "",
            Self::Good => "●",
            Self::Warn => "▲",
            Self::Bad => "■",
        }
    }
}

/// A fact in a word.
pub(crate) fn badge(tone: Tone, text: impl Into<Cow<'static, str>>) -> View {
    view! {
        <span class=tone.class()>
            {(!tone.mark().is_empty()).then(|| view! { <span aria-hidden="true">{tone.mark()}</span> })}
            {text.into()}
        </span>
    }
}

/// A tag: its key and its value.
pub(crate) fn tag(key: &str, value: &str) -> View {
    view! {
        <span class="tag">
            <b>{key.to_owned()}</b>
            <span>{value.to_owned()}</span>
        </span>
    }
}

/// Nothing to show: a dash that is read as such.
pub(crate) fn none() -> View {
    view! { <span class="faint" aria-label="None">"–"</span> }
}
