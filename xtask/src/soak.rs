//! `cargo xtask soak`: what is too long for `test`. Its last run is written down in `docs/performance.md`.

use crate::binary::{self, Profile};
use crate::postgres::{self, Postgres};
use crate::summary::Summary;
use crate::tools::Tool;
use crate::{front, shell, test};

/// A property test tries 256 cases in `test`.
const CASES: &str = "100000";
/// Each browser test, so that one which fails now and then is found.
const REPEATS: &str = "--repeat-each=20";

pub(crate) fn run(_: &[String]) -> anyhow::Result<()> {
    println!("the property tests with {CASES} cases each, then every browser test 20 times: some hours on 2 cores");
    front::install_tools()?;
    front::build()?;
    let tally = binary::build(Profile::Dev)?;
    Tool::nextest().install()?;
    let postgres = Postgres::start()?;
    let mut summary = Summary::default();
    summary.runner("property tests", || {
        let mut cargo = test::nextest()?;
        cargo.args(["--cargo-quiet", "--profile", "soak"]).env("PROPTEST_CASES", CASES).env(postgres::VARIABLE, postgres.url());
        shell::run_for_closing_line(&mut cargo, test::is_nextest_summary)
    });
    summary.runner("browser tests", || test::browser::run(&tally, &postgres, &[REPEATS]));
    summary.finish()
}
