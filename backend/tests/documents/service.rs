//! `deploy/tally.service`, and what the console says of itself.

use backend::config::keys::KEYS;

const SERVICE: &str = include_str!("../../../deploy/tally.service");

#[test]
fn the_service_waits_for_longer_than_the_console_takes_to_stop() {
    let patience = SERVICE.lines().find_map(|line| line.strip_prefix("TimeoutStopSec=")).expect("it says how long");
    let shutdown = KEYS.iter().find(|key| key.name == "timeouts.shutdown").expect("a key").default;
    let seconds = |text: &str| text.parse::<u64>().expect("seconds");
    assert!(seconds(patience) >= seconds(shutdown) + 5, "{patience} s, and timeouts.shutdown is {shutdown} s");
}
