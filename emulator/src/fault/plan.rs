//! The plan: which request a fault strikes.

use super::Fault;
use crate::http::Seen;
use crate::id::Ids;
use contract::Operation;
use serde::{Deserialize, Serialize};

/// Which requests a fault strikes. Without more words: the next call of the operation, once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// Calls of this operation; of any where absent.
    #[serde(default)]
    pub operation: Option<Operation>,
    /// What happens.
    pub fault: Fault,
    /// From this call on: 1 is the next one.
    #[serde(default = "one")]
    pub nth: u64,
    /// At most so often; `null` for ever.
    #[serde(default = "once")]
    pub count: Option<u64>,
    /// How likely, 0 to 1, by [`Rule::seed`].
    #[serde(default = "certain")]
    pub probability: f64,
    /// Where its chances begin: the same seed strikes the same calls.
    #[serde(default)]
    pub seed: u64,
}

const fn one() -> u64 {
    1
}

#[expect(clippy::unnecessary_wraps, reason = "serde's default of an optional member")]
const fn once() -> Option<u64> {
    Some(1)
}

const fn certain() -> f64 {
    1.0
}

impl Rule {
    /// Strikes the next call of an operation, once.
    pub const fn on(operation: Operation, fault: Fault) -> Self {
        Self { operation: Some(operation), fault, nth: 1, count: Some(1), probability: 1.0, seed: 0 }
    }

    /// Strikes the next call of anything, once.
    pub const fn on_any(fault: Fault) -> Self {
        Self { operation: None, fault, nth: 1, count: Some(1), probability: 1.0, seed: 0 }
    }

    /// From the nth call on; 1 is the next one.
    #[must_use]
    pub const fn nth(self, nth: u64) -> Self {
        Self { nth, ..self }
    }

    /// So often, instead of once.
    #[must_use]
    pub const fn times(self, count: u64) -> Self {
        Self { count: Some(count), ..self }
    }

    /// Every time.
    #[must_use]
    pub const fn always(self) -> Self {
        Self { count: None, ..self }
    }

    /// Each time with a probability, 0 to 1; the same seed strikes the same calls.
    #[must_use]
    pub const fn chance(self, probability: f64, seed: u64) -> Self {
        Self { probability, seed, ..self }
    }

    /// Why it makes no sense, if so.
    pub(crate) fn nonsense(&self) -> Option<&'static str> {
        let chance = (!(0.0..=1.0).contains(&self.probability)).then_some("probability must be 0 to 1");
        self.fault.nonsense().or(chance)
    }

    fn concerns(&self, seen: &Seen<'_>) -> bool {
        let operation = self.operation.is_none_or(|operation| seen.operation == Some(operation));
        operation && (self.fault != Fault::DyingTokens || seen.member("nextToken").is_some_and(|token| !token.is_empty()))
    }
}

/// A rule of the plan, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Planned {
    /// Its number, from 1.
    pub number: u64,
    /// The rule.
    #[serde(flatten)]
    pub rule: Rule,
    /// Requests it concerned, whether it fired or not.
    pub met: u64,
    /// How often it fired.
    pub fired: u64,
}

#[derive(Debug)]
struct Slot {
    planned: Planned,
    chances: Ids,
}

/// Rules in their order.
#[derive(Debug, Default)]
pub(super) struct Plan {
    slots: Vec<Slot>,
    last: u64,
}

impl Plan {
    pub(super) fn add(&mut self, rule: Rule) -> u64 {
        self.last += 1;
        let chances = Ids::seeded(rule.seed);
        self.slots.push(Slot { planned: Planned { number: self.last, rule, met: 0, fired: 0 }, chances });
        self.last
    }

    pub(super) fn planned(&self) -> Vec<Planned> {
        self.slots.iter().map(|slot| slot.planned.clone()).collect()
    }

    pub(super) fn remove(&mut self, number: u64) -> bool {
        let before = self.slots.len();
        self.slots.retain(|slot| slot.planned.number != number);
        self.slots.len() < before
    }

    pub(super) fn clear(&mut self) {
        self.slots.clear();
    }

    /// The fault of the first rule that fires. The rules behind it do not meet the request.
    pub(super) fn fire(&mut self, seen: &Seen<'_>) -> Option<Fault> {
        self.slots.iter_mut().find_map(|slot| slot.fire(seen))
    }
}

impl Slot {
    fn fire(&mut self, seen: &Seen<'_>) -> Option<Fault> {
        let Planned { rule, met, fired, .. } = &mut self.planned;
        if !rule.concerns(seen) || rule.count.is_some_and(|count| *fired >= count) {
            return None;
        }
        *met += 1;
        // 53 bits are what a double holds exactly.
        let chance = (self.chances.number() >> 11) as f64 / (1_u64 << 53) as f64;
        let fires = *met >= rule.nth && chance < rule.probability;
        *fired += u64::from(fires);
        fires.then(|| rule.fault.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Request;

    fn fires(plan: &mut Plan, operation: Operation, body: &str) -> bool {
        let request = Request::new(body.as_bytes().to_vec());
        plan.fire(&Seen { operation: Some(operation), request: &request }).is_some()
    }

    fn plan(rule: Rule) -> Plan {
        let mut plan = Plan::default();
        plan.add(rule);
        plan
    }

    #[test]
    fn a_rule_strikes_the_next_call_once() {
        let mut plan = plan(Rule::on(Operation::GetChannel, Fault::Html));
        assert!(!fires(&mut plan, Operation::ListChannels, "{}"));
        assert!(fires(&mut plan, Operation::GetChannel, "{}"));
        assert!(!fires(&mut plan, Operation::GetChannel, "{}"));
        assert_eq!(plan.planned()[0].fired, 1);
    }

    #[test]
    fn a_rule_waits_for_its_turn_and_counts() {
        let mut plan = plan(Rule::on_any(Fault::Html).nth(3).times(2));
        let struck: Vec<bool> = (0..6).map(|_| fires(&mut plan, Operation::GetChannel, "{}")).collect();
        assert_eq!(struck, [false, false, true, true, false, false]);
    }

    #[test]
    fn chances_come_from_the_seed() {
        let struck = |seed| {
            let mut plan = plan(Rule::on_any(Fault::Html).always().chance(0.3, seed));
            (0..1_000).map(|_| fires(&mut plan, Operation::GetChannel, "{}")).collect::<Vec<bool>>()
        };
        assert_eq!(struck(1), struck(1));
        assert_ne!(struck(1), struck(2));
        let many = struck(1).into_iter().filter(|struck| *struck).count();
        assert!((250..350).contains(&many), "{many} of 1,000 at 0.3");
    }

    #[test]
    fn the_first_that_holds_fires_and_the_next_waits() {
        let mut plan = plan(Rule::on(Operation::GetChannel, Fault::Html));
        plan.add(Rule::on_any(Fault::ExpiredToken));
        let request = Request::new(Vec::new());
        let seen = Seen { operation: Some(Operation::GetChannel), request: &request };
        assert_eq!(plan.fire(&seen), Some(Fault::Html));
        assert_eq!(plan.fire(&seen), Some(Fault::ExpiredToken));
        assert_eq!(plan.fire(&seen), None);
    }

    #[test]
    fn dying_tokens_concern_only_requests_with_a_token() {
        let mut plan = plan(Rule::on(Operation::ListChannels, Fault::DyingTokens));
        assert!(!fires(&mut plan, Operation::ListChannels, "{}"));
        assert!(!fires(&mut plan, Operation::ListChannels, r#"{"nextToken":""}"#));
        assert!(fires(&mut plan, Operation::ListChannels, r#"{"nextToken":"abc"}"#));
    }

    #[test]
    fn a_rule_is_read_from_json() {
        let rule: Rule = serde_json::from_str(r#"{"operation":"CreateChannel","fault":{"kind":"reset","when":"after"}}"#).expect("a rule");
        assert_eq!(rule, Rule::on(Operation::CreateChannel, Fault::Reset { when: super::super::When::After }));
        let odd = serde_json::from_str::<Rule>(r#"{"fault":{"kind":"reset","when":"after","why":1}}"#);
        assert!(odd.is_err(), "an unknown member is a mistake");
    }
}
