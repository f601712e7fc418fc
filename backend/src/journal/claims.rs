//! What the rows must agree with beside each other: statements of the file, statements and heads that were kept elsewhere.

use super::error::JournalError;
use super::head::{Head, Kept};
use super::signed::{Keys, Said, Statement, StatementKind};
use super::store::Location;
use sqlx::AnyConnection;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a file is verified against, beside itself.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// A last row that was kept elsewhere: the file must still contain it.
    pub kept: Option<Kept>,
    /// Statements that were kept elsewhere, such as in a log.
    pub statements: Vec<Statement>,
    /// The keys that statements are signed with. Without them a signature is taken for what it says it is.
    pub keys: Option<Arc<Keys>>,
    /// Is it no fault that rows were let go and no key is there to know by whom? For a copy, which is better than none.
    pub lenient: bool,
}

/// So long after a row a console that runs has signed it, in microseconds: two checkpoints' time.
const SIGNED_WITHIN: i64 = 120_000_000;

/// What is still to be seen in the rows.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// By the row's number: its hash, and who says so.
    rows: BTreeMap<i64, Vec<([u8; 32], &'static str)>>,
    /// The last row that went.
    pub(super) pruned: Option<Said>,
    /// The last row that a checkpoint of the file covers.
    covered: Option<i64>,
    pub(super) checkpoints: u64,
    /// Must it be known who let rows go?
    pub(super) strict: bool,
    /// Is there a key to know signatures by?
    pub(super) must_be_signed: bool,
}

impl Claims {
    /// Those of the file, and those from elsewhere. Faults with them go to `fault`.
    pub(super) async fn gather(
        location: &Location,
        read: &mut AnyConnection,
        expected: Expected,
        mut fault: impl FnMut(Option<i64>, String),
    ) -> Result<Self, JournalError> {
        let mut claims = Self { must_be_signed: expected.keys.is_some(), strict: !expected.lenient, ..Self::default() };
        let vouched = |statement: &Statement| expected.keys.as_ref().is_none_or(|keys| keys.vouch(statement));
        for (kind, seq, text) in statements(location, read).await? {
            match text.parse::<Statement>() {
                Ok(statement) if (statement.said.kind.as_str(), statement.said.seq) == (&*kind, seq) && vouched(&statement) => {
                    claims.own(statement.said);
                }
                Ok(_) | Err(()) => fault(Some(seq), format!("Its {kind} is not signed with the key.")),
            }
        }
        if let Some(kept) = expected.kept {
            claims.row(kept.seq, kept.hash, "It is not there, or is another than the one that was kept.");
        }
        claims.elsewhere(read, &expected, vouched, fault).await?;
        Ok(claims)
    }

    fn own(&mut self, said: Said) {
        match said.kind {
            StatementKind::Checkpoint => {
                self.checkpoints += 1;
                self.covered = self.covered.max(Some(said.seq));
                self.row(said.seq, said.hash, "It is not there, or is another than the one of its checkpoint.");
            }
            StatementKind::Prune if self.pruned.as_ref().is_none_or(|earlier| earlier.seq < said.seq) => self.pruned = Some(said),
            StatementKind::Prune => {}
        }
    }

    async fn elsewhere(
        &mut self,
        read: &mut AnyConnection,
        expected: &Expected,
        vouched: impl Fn(&Statement) -> bool,
        mut fault: impl FnMut(Option<i64>, String),
    ) -> Result<(), JournalError> {
        let chain: Option<String> = sqlx::query_scalar("SELECT chain FROM journal ORDER BY seq LIMIT 1")
            .fetch_optional(read)
            .await
            .map_err(JournalError::reading)?;
        let of_this = |statement: &&Statement| Some(&statement.said.chain) == chain.as_ref();
        // Of whoever puts another journal in its location, the console signs the new one too: that there was one before is the trace.
        let others: BTreeMap<&str, i64> = expected
            .statements
            .iter()
            .filter(|statement| !of_this(statement))
            .map(|statement| (&*statement.said.chain, statement.said.seq))
            .collect();
        for (chain, seq) in others {
            fault(
                None,
                format!("A checkpoint that was given is of row {seq} of another journal, {chain}: this one is another, or was begun anew."),
            );
        }
        for statement in expected.statements.iter().filter(of_this) {
            if vouched(statement) {
                self.row(
                    statement.said.seq,
                    statement.said.hash,
                    "It is not there, or is another than the one of a checkpoint that was given.",
                );
            } else {
                fault(Some(statement.said.seq), "A checkpoint of it that was given is not signed with the key.".to_owned());
            }
        }
        Ok(())
    }

    fn row(&mut self, seq: i64, hash: [u8; 32], otherwise: &'static str) {
        self.rows.entry(seq).or_default().push((hash, otherwise));
    }

    /// Where the rows begin: after the last one that went.
    pub(super) fn begins(&mut self) -> Option<Head> {
        let said = self.pruned.as_ref()?;
        let head = Head { chain: said.chain.clone(), seq: said.seq, hash: said.hash };
        // Of what went before it nothing can be said any more; of the last that went, its hash.
        self.rows = self.rows.split_off(&said.seq);
        Some(head)
    }

    /// The row that stands here: what is said of it that is not so?
    pub(super) fn meet(&mut self, seq: i64, hash: [u8; 32]) -> Vec<&'static str> {
        let claims = self.rows.remove(&seq).unwrap_or_default();
        claims.into_iter().filter(|(said, _)| *said != hash).map(|(_, otherwise)| otherwise).collect()
    }

    /// What is said of rows that were not met.
    pub(super) fn missed(self) -> impl Iterator<Item = (i64, &'static str)> {
        self.rows.into_iter().flat_map(|(seq, claims)| claims.into_iter().map(move |(_, otherwise)| (seq, otherwise)))
    }

    /// Should this row have been signed by now, and was not?
    pub(super) fn unsigned(&self, seq: i64, at: i64, last: i64) -> bool {
        self.must_be_signed && last.saturating_sub(at) > SIGNED_WITHIN && self.covered.is_none_or(|covered| covered < seq)
    }
}

/// Those of the file; a schema of before has none.
async fn statements(location: &Location, read: &mut AnyConnection) -> Result<Vec<(String, i64, String)>, JournalError> {
    let there =
        location.sql("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'journal_statement'", "SELECT CAST(1 AS BIGINT)");
    let there: i64 = sqlx::query_scalar(there).fetch_one(&mut *read).await.map_err(JournalError::reading)?;
    if there == 0 {
        return Ok(Vec::new());
    }
    sqlx::query_as("SELECT kind, seq, text FROM journal_statement ORDER BY kind, seq").fetch_all(read).await.map_err(JournalError::reading)
}
