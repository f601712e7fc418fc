//! The events of a session in the order of time, each with how long after the start it was.

use super::explained::{self, Explained};
use crate::components::badge::Tone;
use contract::stream_session::StreamEvent;

/// As many as IVS tells of a session.
pub(super) const MOST: usize = 500;

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Moment {
    /// What tells it from every other.
    pub(super) key: String,
    /// When, in milliseconds since 1970.
    pub(super) at: Option<f64>,
    /// How long after the start of the session.
    pub(super) after: Option<f64>,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) code: String,
    pub(super) tone: Tone,
    /// What it means, and what its code means: said the first time, since a line that starves does so a hundred times.
    pub(super) said: Vec<Explained>,
    /// How long what ends with it has lasted.
    pub(super) lasted: Option<f64>,
}

/// Those of a session, oldest first. IVS gives them newest first; `read` reads a time.
pub(super) fn moments(start: Option<f64>, events: &[StreamEvent], read: fn(&str) -> Option<f64>) -> Vec<Moment> {
    let (mut moments, mut starving) = (Vec::<Moment>::with_capacity(events.len()), None);
    for event in events.iter().rev() {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (name, kind, code) = (text(&event.name), text(&event.kind), text(&event.code));
        let at = event.event_time.as_deref().and_then(read);
        let lasted = match name.as_str() {
            "Starvation Start" => {
                starving = at;
                None
            }
            "Starvation End" => starving.take().zip(at).map(|(from, to)| to - from),
            _ => None,
        };
        let of_event = explained::event(&kind, &name);
        let of_code = explained::code(&code);
        let again = moments.iter().any(|before| (&before.name, &before.kind, &before.code) == (&name, &kind, &code));
        moments.push(Moment {
            key: format!("{} {kind} {name} {code} {again} {}", text(&event.event_time), same(&moments, at, &name)),
            at,
            after: at.zip(start).map(|(at, start)| at - start),
            tone: worst(of_event, of_code),
            said: if again { Vec::new() } else { of_event.into_iter().chain(of_code).collect() },
            lasted,
            name,
            kind,
            code,
        });
    }
    moments
}

/// A code is a reason why something was refused, whatever the event is.
fn worst(event: Option<Explained>, code: Option<Explained>) -> Tone {
    code.or(event).map_or(Tone::Plain, |explained| explained.tone)
}

/// How many of the same moment there are already.
fn same(moments: &[Moment], at: Option<f64>, name: &str) -> usize {
    moments.iter().rev().take_while(|before| before.at == at).filter(|before| before.name == name).count()
}

/// Does it want attention?
pub(super) fn attention(tone: Tone) -> bool {
    matches!(tone, Tone::Warn | Tone::Bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(at: &str, kind: &str, name: &str, code: Option<&str>) -> StreamEvent {
        let text = |text: &str| Some(text.to_owned());
        StreamEvent { name: text(name), kind: text(kind), event_time: text(at), code: code.and_then(text) }
    }

    fn read(text: &str) -> Option<f64> {
        text.parse().ok()
    }

    #[test]
    fn the_oldest_comes_first_and_what_is_said_once_is_not_said_again() {
        let health = "IVS Stream Health Change";
        let newest_first = [
            event("90000", health, "Starvation End", None),
            event("80000", health, "Starvation Start", None),
            event("61000", health, "Starvation End", None),
            event("60000", health, "Starvation Start", None),
            event("5000", "IVS Stream State Change", "Session Created", None),
        ];
        let moments = moments(Some(10_000.0), &newest_first, read);
        let after: Vec<_> = moments.iter().map(|moment| moment.after).collect();
        assert_eq!(after, [-5_000.0, 50_000.0, 51_000.0, 70_000.0, 80_000.0].map(Some));
        assert_eq!(moments.iter().map(|moment| moment.said.len()).collect::<Vec<_>>(), [1, 1, 1, 0, 0]);
        assert_eq!(moments.iter().map(|moment| moment.lasted).collect::<Vec<_>>(), [None, None, Some(1_000.0), None, Some(10_000.0)]);
        assert_eq!(moments[3].tone, Tone::Warn);
    }

    #[test]
    fn a_code_makes_an_end_an_error() {
        let ended = event("1", "IVS Stream State Change", "Session Ended", Some("MultitrackInputRequired"));
        let moments = moments(None, &[ended], read);
        assert_eq!((moments[0].tone, moments[0].said.len(), moments[0].after), (Tone::Bad, 2, None));
    }

    #[test]
    fn what_is_not_known_is_there_without_an_explanation_and_keys_differ() {
        let strange = event("never", "IVS Weather Change", "<b>Rain</b>", Some("Heavy"));
        let moments = moments(Some(0.0), &[strange.clone(), strange.clone(), strange], read);
        assert!(moments.iter().all(|moment| moment.said.is_empty() && moment.at.is_none() && moment.tone == Tone::Plain));
        assert_eq!((moments[0].name.as_str(), moments[0].code.as_str()), ("<b>Rain</b>", "Heavy"));
        assert!(moments[0].key != moments[1].key && moments[1].key != moments[2].key);
    }
}
