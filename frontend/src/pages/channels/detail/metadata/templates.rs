//! Texts that are sent again and again. This browser keeps them, for whoever uses it.

use super::wrong;
use crate::components::action::{Action, Look, Off};
use crate::components::locale;
use crate::components::remembered::{recall, remember};
use crate::shared::toasts;
use crate::view::prelude::*;

const REMEMBERED: &str = "tally.metadata";

/// More nobody finds again.
const MOST: usize = 20;

/// Those that are kept. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct Templates(RwSignal<Vec<String>>);

impl Templates {
    /// As this browser has them.
    pub(super) fn kept() -> Self {
        Self(RwSignal::new(recall(REMEMBERED).map(|text| read(&text)).unwrap_or_default()))
    }

    /// Keeps them from now on. A browser that does not is said to.
    fn keep(self, templates: Vec<String>) {
        let text = write(&templates);
        remember(REMEMBERED, Some(&text).filter(|text| !text.is_empty()).map(String::as_str));
        if recall(REMEMBERED).unwrap_or_default() != text {
            toasts::say(toasts::Tone::Warn, "This browser does not keep templates");
        }
        self.0.set(templates);
    }

    /// The button that keeps what is typed.
    pub(super) fn save(self, text: RwSignal<String>) -> View {
        let off: Off = Signal::derive(move || {
            // What cannot be sent is no template.
            let wrong = text.with(|text| wrong(if text.trim().is_empty() { "" } else { text }, locale::count));
            let kept = |text: &String| self.0.with(|all| (all.contains(text), all.len() >= MOST));
            wrong.or_else(|| match text.with(kept) {
                (true, _) => Some("It is kept already.".to_owned()),
                (false, true) => Some("Twenty are kept. Forget one first.".to_owned()),
                (false, false) => None,
            })
        });
        let on = move |()| {
            let mut templates = self.0.get_untracked();
            templates.push(text.get_untracked());
            self.keep(templates);
        };
        view! { <Action label="Save as template" off=off on=on/> }
    }

    /// The templates, each with the way into the field.
    pub(super) fn list(self, text: RwSignal<String>) -> View {
        let line = move |template: String| {
            let (used, forgotten) = (template.clone(), template.clone());
            let (label, use_it) = (format!("Forget the template {template}"), format!("Use the template {template}"));
            view! {
                <li class="row">
                    <code title=template.clone()>{template}</code>
                    <Action label="Use" name=use_it look=Look::Quiet on=move |()| text.set(used.clone())/>
                    <Action
                        label="Forget"
                        name=label
                        look=Look::Quiet
                        on=move |()| self.keep(self.0.get_untracked().into_iter().filter(|kept| *kept != forgotten).collect())
                    />
                </li>
            }
        };
        let any = Memo::new(move |_| self.0.with(|all| !all.is_empty()));
        let show = move || {
            any.get().then(|| {
                view! {
                    <section aria-label="Templates">
                        <h3>"Templates"</h3>
                        <p class="help">"Kept by this browser, in the clear, for whoever uses it."</p>
                        <ul class="lines">{each(move || self.0.get(), Clone::clone, line)}</ul>
                    </section>
                }
            })
        };
        show.into_view()
    }
}

/// A line each, in which the ends of lines are escaped.
fn write(templates: &[String]) -> String {
    let line = |text: &String| format!("{}\n", text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r"));
    templates.iter().map(line).collect()
}

fn read(text: &str) -> Vec<String> {
    text.lines().take(MOST).map(unescaped).collect()
}

fn unescaped(line: &str) -> String {
    let (mut text, mut letters) = (String::with_capacity(line.len()), line.chars());
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => text.push(match letters.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                other => other.unwrap_or('\\'),
            }),
            (letter, false) => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_written_and_read_whatever_is_in_them() {
        let templates = ["{\"a\":\"b\\nc\"}", "two\nlines\r\n", "\\", "ü"].map(str::to_owned);
        assert_eq!(read(&write(&templates)), templates);
        assert_eq!(read(""), Vec::<String>::new());
        assert_eq!(read("broken\\"), ["broken\\"]);
        assert_eq!(read(&"x\n".repeat(99)).len(), MOST);
    }
}
