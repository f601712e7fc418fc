//! What every file with markup needs: the markup, and Leptos's signals and components.

pub(crate) use super::{Child, Children, ChildrenFn, NodeRef, Show, View, ViewFn, each};
pub(crate) use crate::signal::{Memo, RwSignal, Signal, effect};
pub(crate) use leptos::callback::{Callable, Callback};
pub(crate) use leptos::component;
pub(crate) use leptos::leptos_dom::helpers::*;
pub(crate) use leptos::reactive::graph::untrack;
pub(crate) use leptos::reactive::owner::{LocalStorage, StoredValue, expect_context, on_cleanup, provide_context, use_context};
pub(crate) use leptos::reactive::prelude::*;
pub(crate) use leptos::text_prop::TextProp;
pub(crate) use markup::view;
