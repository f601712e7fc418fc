//! The pages. Each is a recipe from shared parts: query, columns, actions, view.

pub(crate) mod about;
pub(crate) mod channels;
pub(crate) mod home;
pub(crate) mod not_found;
pub(crate) mod setup;
pub(crate) mod welcome;
