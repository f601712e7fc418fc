//! What was on air in the two weeks before the demo begins, what is on air now, and what comes: all of it planned as
//! scripts, of which the past happens at once.

use super::channels::{Air, Extra, Row, Show, Trouble};
use crate::clock::{DAY, HOUR, MINUTE, Millis, SECOND};
use crate::id::{Ids, hash};
use crate::scenario::{Action, Script, Sender};
use crate::store::Region;

/// How far the past goes back.
const PAST: Millis = 14 * DAY;
/// How far the future is planned.
const COMING: Millis = 2 * DAY;
/// What is on air now goes on for so long.
const GOES_ON: Millis = 3 * HOUR;

/// Plans a channel's past, present and future.
pub(super) fn plan(region: &mut Region, row: &Row, channel: &str, now: Millis) {
    let busy = row.air.map(|air| now - Millis::from(air.since) * MINUTE..now + GOES_ON);
    for (at, length) in row.show.between(now - PAST, now + COMING) {
        let mut luck = Ids::seeded(hash(channel) ^ at.unsigned_abs());
        // Nobody is on time to the second.
        let at = at + Millis::from(luck.number() as u8) * SECOND;
        // What is on air now takes the place of a show at the same time; so that no show is cut, nor is one on air by chance.
        let free = busy.as_ref().is_none_or(|busy| at + length + HOUR < busy.start || busy.end < at);
        if free && !(at..at + length).contains(&now) {
            region.play(at, channel, &show(row, length, &mut luck));
        }
    }
    if let Some(air) = row.air {
        region.play(now - Millis::from(air.since) * MINUTE, channel, &on_air(row, air));
    }
}

fn begin(row: &Row) -> Script {
    let begin = Script::new().then(0, Action::GoLive { encoder: Sender::Named(row.encoder.to_owned()) });
    if row.extras.contains(&Extra::Reconnects) { begin.then(0, Action::ReconnectAfter { seconds: Some(10) }) } else { begin }
}

/// A show, as they mostly go: one in eight starves for a while, one in forty sends more than the channel takes.
fn show(row: &Row, length: Millis, luck: &mut Ids) -> Script {
    let mut script = begin(row);
    let mut passed = 0;
    if luck.number().is_multiple_of(8) {
        passed = length / 3;
        let starving = 20 * SECOND + Millis::from(luck.number() as u8) * SECOND / 2;
        script = script.then(passed, Action::Starve).then(starving, Action::Recover);
        passed += starving;
    }
    if luck.number().is_multiple_of(40) {
        script = script.then(MINUTE, Action::Breach { limit: "Ingest Bitrate".to_owned() });
        passed += MINUTE;
    }
    script.then(length - passed, Action::End)
}

fn on_air(row: &Row, air: Air) -> Script {
    let script = begin(row).then(0, Action::Audience { viewers: air.audience });
    let passed = Millis::from(air.since) * MINUTE;
    let script = match air.trouble {
        Trouble::None => return script.then(passed + GOES_ON, Action::End),
        Trouble::Starving => script.then(passed / 2, Action::Starve).then(70 * SECOND, Action::Recover).then(passed / 4, Action::Starve),
        Trouble::RecordingFailed => script.then(passed / 3, Action::FailRecording),
    };
    script.then(GOES_ON + passed, Action::End)
}

impl Show {
    /// When it begins, and for how long it goes, between two moments.
    fn between(self, from: Millis, to: Millis) -> Vec<(Millis, Millis)> {
        let (hour, minutes) = match self {
            Self::Quiet => return Vec::new(),
            Self::Daily(hour, minutes) | Self::Weekdays(hour, minutes) | Self::Weekends(hour, minutes) | Self::Weekly(_, hour, minutes) => {
                (hour, minutes)
            }
        };
        let days = from.div_euclid(DAY)..=to.div_euclid(DAY);
        let starts = days.filter(|day| self.falls_on(*day)).map(|day| day * DAY + Millis::from(hour) * HOUR);
        starts.filter(|at| (from..to).contains(at)).map(|at| (at, Millis::from(minutes) * MINUTE)).collect()
    }

    /// Is it on that day, counted from 1970, which began on a Thursday?
    fn falls_on(self, day: i64) -> bool {
        let weekday = (day + 4).rem_euclid(7);
        match self {
            Self::Quiet => false,
            Self::Daily(..) => true,
            Self::Weekdays(..) => (1..=5).contains(&weekday),
            Self::Weekends(..) => weekday == 0 || weekday == 6,
            Self::Weekly(on, ..) => weekday == i64::from(on),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_fall_on_their_days() {
        // 2026-11-21 is a Saturday.
        let saturday = 1_795_219_200_000;
        let days = |show: Show| -> Vec<Millis> {
            show.between(saturday, saturday + 7 * DAY).iter().map(|(at, _)| (at - saturday) / DAY).collect()
        };
        assert_eq!(days(Show::Weekends(10, 60)), [0, 1]);
        assert_eq!(days(Show::Weekdays(10, 60)), [2, 3, 4, 5, 6]);
        assert_eq!(days(Show::Weekly(6, 10, 60)), [0]);
        assert_eq!(days(Show::Quiet), [] as [Millis; 0]);
        assert_eq!(Show::Daily(10, 60).between(saturday, saturday + DAY), [(saturday + 10 * HOUR, HOUR)]);
    }
}
