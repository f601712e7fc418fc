//! The parts every page is made of. They know no operation of IVS and begin no call: they take values, closures, and queries that
//! a page has begun.

pub(crate) mod action;
pub(crate) mod badge;
pub(crate) mod confirm;
pub(crate) mod copy;
pub(crate) mod detail;
pub(crate) mod dialog;
pub(crate) mod dom;
pub(crate) mod download;
pub(crate) mod fields;
pub(crate) mod file;
pub(crate) mod form;
pub(crate) mod guard;
pub(crate) mod load;
pub(crate) mod locale;
pub(crate) mod page;
pub(crate) mod part;
pub(crate) mod properties;
pub(crate) mod remembered;
pub(crate) mod secret_box;
pub(crate) mod table;
pub(crate) mod time;
