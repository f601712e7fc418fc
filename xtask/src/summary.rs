//! Steps one after another, each timed, none hidden by an earlier one's failure.

use std::time::{Duration, Instant};

use anyhow::bail;

/// How a test runner ended, and the line in which it says so itself.
pub(crate) struct Ran {
    pub(crate) ended: anyhow::Result<()>,
    pub(crate) closing: Option<String>,
}

/// What was run, and how it ended.
#[derive(Default)]
pub(crate) struct Summary {
    steps: Vec<(&'static str, Duration, Result<(), String>)>,
    closing: Vec<(&'static str, String)>,
}

impl Summary {
    /// Runs one step; a failure is shown now and again at the end. Says whether it passed.
    pub(crate) fn step(&mut self, name: &'static str, step: impl FnOnce() -> anyhow::Result<()>) -> bool {
        println!("\n── {name}");
        let begun = Instant::now();
        let ended = step().map_err(|error| format!("{error:#}"));
        if let Err(error) = &ended {
            println!("── {name} failed: {error}");
        }
        let passed = ended.is_ok();
        self.steps.push((name, begun.elapsed(), ended));
        passed
    }

    /// A step that ends with its runner's own count.
    pub(crate) fn runner(&mut self, name: &'static str, step: impl FnOnce() -> anyhow::Result<Ran>) {
        let mut line = None;
        self.step(name, || {
            let ran = step()?;
            line = ran.closing;
            ran.ended
        });
        self.closing.extend(line.map(|line| (name, line)));
    }

    /// Records a step that another's failure made impossible: it counts as failed.
    pub(crate) fn not_run(&mut self, name: &'static str, why: &str) {
        self.steps.push((name, Duration::ZERO, Err(format!("not run: {why}"))));
    }

    /// Prints the table and the runners' closing lines.
    ///
    /// # Errors
    /// When any step failed, with their names.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        println!("\n── summary");
        for (name, took, ended) in &self.steps {
            println!("  {:<44} {:>7.1} s  {}", name, took.as_secs_f64(), ended.as_ref().map_or_else(String::as_str, |()| "ok"));
        }
        let total: Duration = self.steps.iter().map(|(_, took, _)| *took).sum();
        println!("  {:<44} {:>7.1} s\n", "together", total.as_secs_f64());
        for (name, line) in &self.closing {
            println!("{name}: {line}");
        }
        let failed: Vec<_> = self.steps.iter().filter(|(_, _, ended)| ended.is_err()).map(|(name, ..)| *name).collect();
        if !failed.is_empty() {
            bail!("failed: {}", failed.join(", "));
        }
        Ok(())
    }
}
