//! What knows IVS and is used by two pages or more, and what every page shares: who is signed in, the time, the theme.

pub(crate) mod channels;
pub(crate) mod cli;
pub(crate) mod clock;
pub(crate) mod jobs;
pub(crate) mod place;
pub(crate) mod session;
pub(crate) mod theme;
pub(crate) mod toasts;
