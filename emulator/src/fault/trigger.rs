//! Faults by name: what a person types as the name of a new resource, so that they can be tried in the demo.

use super::{Fault, When};
use crate::http::Seen;
use contract::Effect;

/// A name, the fault that it triggers on every create that bears it, and what a person sees of it.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// What to type.
    pub name: &'static str,
    /// What happens.
    pub fault: Fault,
    /// What that means.
    pub meaning: &'static str,
}

const fn trigger(name: &'static str, fault: Fault, meaning: &'static str) -> Trigger {
    Trigger { name, fault, meaning }
}

/// All of them. `docs/emulator.md` has the same table; a test compares.
pub const TRIGGERS: &[Trigger] = &[
    trigger("fault-500", Fault::Status { status: 500, when: When::Before }, "IVS fails; nothing is made"),
    trigger("fault-503", Fault::Status { status: 503, when: When::Before }, "IVS is unavailable; nothing is made"),
    trigger("fault-html", Fault::Html, "a load balancer answers with a page of HTML; nothing is made"),
    trigger("fault-throttle", Fault::Throttle { code: true }, "called too often, as IVS says it; nothing is made"),
    trigger("fault-throttle-bare", Fault::Throttle { code: false }, "called too often, without a code; nothing is made"),
    trigger("fault-slow", Fault::Delay { millis: 3_000 }, "made after three seconds"),
    trigger("fault-hang", Fault::Stall { when: When::Before }, "never answered; nothing is made"),
    trigger("fault-hang-after", Fault::Stall { when: When::After }, "made, and never answered"),
    trigger("fault-late", Fault::Delay { millis: 30_000 }, "made after half a minute, when every client has given up"),
    trigger("fault-reset", Fault::Reset { when: When::Before }, "the connection breaks; nothing is made"),
    trigger("fault-lost", Fault::Reset { when: When::After }, "made, and the connection breaks before the answer"),
    trigger("fault-lost-500", Fault::Status { status: 500, when: When::After }, "made, and IVS fails to say so"),
    trigger("fault-truncated", Fault::Truncated, "made, and the answer ends in the middle"),
    trigger("fault-wrong-type", Fault::WrongTyped, "made, and the answer is not what the model says"),
    trigger("fault-huge", Fault::Huge { bytes: 64 << 20 }, "made, and the answer is 64 MiB long"),
    trigger("fault-expired", Fault::ExpiredToken, "the credentials have expired; nothing is made"),
    trigger("fault-denied", Fault::AccessDenied, "the credentials may not do this; nothing is made"),
];

/// The fault that a request asks for by its name.
pub(super) fn of(seen: &Seen<'_>) -> Option<Fault> {
    if seen.operation?.effect() != Effect::Creates || !contains(seen.request.body(), b"fault-") {
        return None;
    }
    let name = seen.member("name")?;
    TRIGGERS.iter().find(|trigger| trigger.name == name).map(|trigger| trigger.fault.clone())
}

/// Spares every other create the reading of its body.
fn contains(body: &[u8], text: &[u8]) -> bool {
    body.windows(text.len()).any(|window| window == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_names_and_stand_in_the_documentation() {
        let text = include_str!("../../../docs/emulator.md");
        for Trigger { name, meaning, .. } in TRIGGERS {
            assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'), "{name} can be typed as a name");
            let row = format!("| `{name}` | {meaning} |");
            assert!(text.contains(&row), "docs/emulator.md lacks: {row}");
        }
        assert_eq!(text.matches("\n| `fault-").count(), TRIGGERS.len(), "docs/emulator.md has a name too many");
    }
}
