//! What knows IVS and is used by two pages or more, and what every page shares: who is signed in, the time, the theme.

pub(crate) mod arn;
pub(crate) mod as_code;
pub(crate) mod channels;
pub(crate) mod clock;
pub(crate) mod csv;
pub(crate) mod encoder;
pub(crate) mod endpoints;
pub(crate) mod first_frame;
pub(crate) mod jobs;
pub(crate) mod on_air;
pub(crate) mod p384;
pub(crate) mod place;
pub(crate) mod resource;
pub(crate) mod resource_select;
pub(crate) mod resources;
pub(crate) mod reveal;
pub(crate) mod session;
pub(crate) mod sheet;
pub(crate) mod stream_badge;
pub(crate) mod tag_editor;
pub(crate) mod tags_card;
pub(crate) mod theme;
pub(crate) mod toasts;
pub(crate) mod words;
