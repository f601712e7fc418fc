//! A form whose settings are texts already.

use super::Texts;
use crate::view::prelude::*;

/// A setting of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    /// What the form calls it.
    pub(crate) label: &'static str,
    /// The member on IVS's wire, where its errors stand.
    pub(crate) path: &'static str,
    /// What is typed, as it would be sent: two ways to type the same are the same.
    pub(crate) read: fn(&str) -> String,
    /// A value as the form shows it.
    pub(crate) said: fn(&str) -> String,
}

/// Without the space around it.
pub(crate) fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

/// As it is; what is empty is none.
pub(crate) fn as_it_is(text: &str) -> String {
    if text.is_empty() { "none".to_owned() } else { text.to_owned() }
}

/// The settings and what is typed for each.
pub(crate) struct Plain {
    pub(crate) settings: &'static [Setting],
    pub(crate) values: Vec<RwSignal<String>>,
}

impl Plain {
    /// The signals of a form, with what is there.
    pub(crate) fn values<const N: usize>(texts: &[String]) -> [RwSignal<String>; N] {
        std::array::from_fn(|at| RwSignal::new(texts.get(at).cloned().unwrap_or_default()))
    }
}

impl Texts for Plain {
    fn text(&self, setting: usize) -> String {
        (self.settings[setting].read)(&self.values[setting].get())
    }

    fn put(&self, setting: usize, text: &str) {
        self.values[setting].set(text.to_owned());
    }

    fn label(&self, setting: usize) -> &'static str {
        self.settings[setting].label
    }

    fn said(&self, setting: usize, text: &str) -> String {
        (self.settings[setting].said)(text)
    }
}
