//! Values that are followed: Leptos's signals, each knowing what it holds.
//!
//! Leptos compiles its signals again for every type that one holds, which was an eighth of what a browser loads. Here they all
//! hold one type, `kept::Kept`, and are compiled once; a [`Handle`] gives and takes what is inside by its own type.

mod effect;
mod handle;
mod kept;
mod memo;
mod read;
mod rw;

pub(crate) use effect::Effect;
pub(crate) use handle::{Handle, Source};
pub(crate) use memo::Memo;
pub(crate) use read::Signal;
pub(crate) use rw::RwSignal;

use leptos::prelude::{LocalStorage, StoredValue};

/// Runs soon, and again when a signal changes that it read, until what made it is gone.
pub(crate) fn effect(run: impl FnMut() + 'static) {
    keep_up(Box::new(run));
}

fn keep_up(run: Box<dyn FnMut()>) {
    StoredValue::<_, LocalStorage>::new_local(Effect::soon(run));
}
