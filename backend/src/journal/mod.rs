//! What was asked, by whom, and how it ended: an intent row, synced to disk before anything is sent, and an outcome row
//! after. No intent, no change and no secret.
