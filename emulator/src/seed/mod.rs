//! What an emulator begins with: nothing, or the demo's account.
//!
//! The demo is a broadcaster with some sixty channels in two regions: a dozen live, one of them starving and one whose
//! recording failed, two private, two weeks of past broadcasts and the shows of the next two days still to come. The same
//! seed at the same time makes the same account, to the last id.

mod channels;
mod history;
mod supplies;

use crate::clock::{DAY, Millis};
use crate::emulator::Emulator;
use crate::store::{Behave, Ctx, Region};
use channels::{CHANNELS, Row};
use serde::{Deserialize, Serialize};
use supplies::Supplies;

/// What an emulator begins with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Seed {
    /// An account without anything.
    #[default]
    Empty,
    /// A broadcaster's.
    Demo,
}

impl Seed {
    /// Puts it into an emulator that has nothing yet.
    pub fn plant(self, emulator: &Emulator) {
        match self {
            Self::Empty => empty(emulator),
            Self::Demo => demo(emulator),
        }
    }
}

impl std::str::FromStr for Seed {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "empty" => Ok(Self::Empty),
            "demo" => Ok(Self::Demo),
            other => Err(format!("`{other}` is no seed: demo or empty")),
        }
    }
}

/// An account without anything.
pub const fn empty(_: &Emulator) {}

/// The demo's account.
pub fn demo(emulator: &Emulator) {
    let now = emulator.now();
    for region in ["eu-west-1", "us-west-2"] {
        let supplies = Supplies::make(emulator, region, now - 250 * DAY);
        let rows = CHANNELS.iter().filter(|row| row.region == region).zip(0..);
        let made = rows.map(|(row, place): (&Row, Millis)| {
            let at = now - 240 * DAY + place * 5 * DAY;
            (row, emulator.edit_at(region, at, |region, ctx| row.make(&supplies, region, ctx)))
        });
        let made: Vec<(&Row, String)> = made.collect();
        emulator.edit(region, |region, ctx| {
            for (row, channel) in &made {
                history::plan(region, row, channel, ctx.now);
            }
            region.catch_up(ctx);
        });
    }
}

/// Carries out what cannot be refused: the seed is within all limits, which its test proves.
#[expect(clippy::expect_used, reason = "the seed is constant; its test plants it")]
fn done<C: Behave>(request: C, region: &mut Region, ctx: &mut Ctx<'_>) -> C::Response {
    request.behave(region, ctx).expect("the seed is valid")
}

impl Row {
    /// Makes the channel; answers its ARN.
    fn make(&self, supplies: &Supplies, region: &mut Region, ctx: &mut Ctx<'_>) -> String {
        let made = done(self.request(supplies), region, ctx);
        made.channel.and_then(|channel| channel.arn).unwrap_or_default()
    }
}
