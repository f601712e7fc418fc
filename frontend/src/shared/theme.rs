//! Light, dark, or as the system is. `boot.js` sets the remembered choice before the first paint.

use crate::components::remembered::remember;
use crate::view::prelude::*;

/// Where `boot.js` reads it too.
const REMEMBERED: &str = "tally.theme";

/// A choice of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system is.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All of them, in the order of the switch.
    pub(crate) const ALL: [Theme; 3] = [Self::System, Self::Light, Self::Dark];

    /// As it is remembered, and as the value of `data-theme`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// As it is shown.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    /// The one on the screen.
    pub(crate) fn current() -> Self {
        let name = document().document_element().and_then(|root| root.get_attribute("data-theme"));
        Self::ALL.into_iter().find(|theme| Some(theme.as_str()) == name.as_deref()).unwrap_or(Self::System)
    }

    /// Shows it from now on, and the next time.
    pub(crate) fn choose(self) {
        if let Some(root) = document().document_element() {
            // An attribute with a fixed name and value cannot be refused.
            let _set = root.set_attribute("data-theme", self.as_str());
        }
        remember(REMEMBERED, Some(self.as_str()));
    }
}
