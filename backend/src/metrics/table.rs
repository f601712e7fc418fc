//! The one table of metrics: each with its name, what it is, its labels and what it says. The page, the documentation and the
//! test of the alert rules are made from it.

/// Something that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metric {
    /// As Prometheus knows it.
    pub name: &'static str,
    /// How it moves.
    pub kind: Kind,
    /// What its series are told apart by. Never a person, an ARN, an account or anything that a request brings.
    pub labels: &'static [&'static str],
    /// What it says.
    pub help: &'static str,
}

/// How a metric moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Only up, from 0 at each start.
    Counter,
    /// Up and down.
    Gauge,
    /// Counts of what took at most so long.
    Histogram,
}

impl Kind {
    /// As in the text format.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

macro_rules! metrics {
    ($($id:ident $kind:ident $name:literal [$($label:literal)*] $help:literal;)*) => {
        $(#[doc = $help] pub const $id: Metric = Metric { name: $name, kind: Kind::$kind, labels: &[$($label),*], help: $help };)*
        /// All of them, in the order of the page.
        pub const ALL: &[Metric] = &[$($id),*];
    };
}

metrics! {
    BUILD Gauge "tally_build_info" ["version"] "Always 1: the version that runs.";
    STARTED Gauge "tally_start_time_seconds" [] "When the process started, in seconds since 1970.";
    READY Gauge "tally_ready" [] "1 while changes may be made: the account check has passed; else 0.";
    PANICS Counter "tally_panics_total" [] "Faults of the console's own; each ended a request or a task, and the log says where.";

    HTTP_REQUESTS Counter "tally_http_requests_total" ["route" "status"] "Requests answered, by route and class of status.";
    HTTP_SECONDS Histogram "tally_http_request_seconds" ["route"] "From the head of a request to the head of its answer.";
    HTTP_ERRORS Counter "tally_http_errors_total" ["code"] "Requests refused or failed, by the code of the error: IVS's own, or the console's.";

    SIGN_INS Counter "tally_sign_ins_total" ["outcome"] "Sign-ins, by how they ended.";
    SESSIONS Gauge "tally_sessions" [] "Sessions that last; behind a proxy, people seen lately.";
    PROVIDER_KEYS_AGE Gauge "tally_provider_keys_age_seconds" [] "Since the keys of the OpenID provider, or of a proxy that signs, were read last: once an hour at most, when they are needed. Absent before the first time, and behind a load balancer.";
    DENIED Counter "tally_denied_total" ["permission"] "What somebody was refused for want of a right, in a job too, by the right.";
    REVEALED Counter "tally_revealed_secrets_total" ["route"] "Stream keys and passphrases that were shown to somebody.";

    UPSTREAM_CALLS Counter "tally_upstream_calls_total" ["operation" "code"] "Calls of IVS, by how they ended: ok, or the error's code. Attempts of one call count once.";
    UPSTREAM_SECONDS Histogram "tally_upstream_call_seconds" ["operation"] "From sending a call of IVS to its end, attempts included; waiting for a turn is not.";
    CLOCK_SKEW Gauge "tally_aws_clock_skew_seconds" [] "AWS's clock minus the console's at the latest answer, to the second; absent before the first.";
    CREDENTIALS_EXPIRY Gauge "tally_credentials_expiry_seconds" [] "Until the first of the AWS credentials in use end; below 0 they have. The SDK gets new ones shortly before. Absent where none of them end.";

    GOVERNOR_WAIT Histogram "tally_governor_wait_seconds" ["lane"] "Waiting for a turn within IVS's call rate, by who waits.";
    GOVERNOR_REFUSALS Counter "tally_governor_refusals_total" ["lane"] "Calls not sent since too many were waiting for their turn.";

    JOURNAL_OPEN Gauge "tally_journal_open_intents" [] "Changes and reveals that were begun and have no end in the journal. Absent where the journal cannot be read.";
    JOURNAL_OLDEST Gauge "tally_journal_oldest_open_intent_seconds" [] "The age of the oldest of them; 0 if there is none.";
    JOURNAL_UNKNOWN Gauge "tally_journal_unknown_intents" [] "Changes whose answer was lost and that are being looked up.";
    JOURNAL_LOST Gauge "tally_journal_lost_intents" [] "Changes whose answer was lost and of which reading will never tell. They stay.";
    JOURNAL_FAILURES Counter "tally_journal_write_failures_total" [] "Rows that could not be written: nothing was changed, and no secret shown.";

    REPLICAS Gauge "tally_replicas" [] "Consoles that share the journal, as this one counts them; 1 where it is alone.";

    JOB_STEPS Counter "tally_job_steps_total" ["outcome"] "Items of jobs that came to an end, by which; one that is looked up or retried may come to several.";
}
