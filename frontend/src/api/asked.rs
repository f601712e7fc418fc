//! What is asked for, without its types: where to send it, and how to read what comes back.

use super::json::{self, Unreadable, Value};
use super::{Pages, Scope};
use contract::own::Own;
use contract::{Call, Operation};
use serde::de::DeserializeOwned;
use std::any::{Any, TypeId};
use std::rc::Rc;

/// Reads an answer.
pub(super) type Read = fn(Value) -> Result<Rc<dyn Any>, Unreadable>;

/// Reads a page of a list, which follows what was read before. Is it the last?
pub(super) type ReadPage = fn(Option<Rc<dyn Any>>, Value, bool) -> Result<Rc<dyn Any>, Unreadable>;

/// What the answer is.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// That of a route of ours.
    Own(Read),
    /// That of an operation of IVS.
    One(Read),
    /// The pages of a list operation of IVS, whose items are in this member.
    Pages(&'static str, ReadPage),
}

/// What is asked for. Two that are equal share one answer.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) path: String,
    /// JSON.
    pub(super) request: String,
    pub(super) kind: Kind,
    of: TypeId,
}

impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.request == other.request && self.of == other.of
    }
}

impl Asked {
    /// A route of ours.
    pub(super) fn own<R: Own>(request: &R) -> Self {
        let kind = Kind::Own(read::<R::Reply>);
        Self { path: R::ROUTE.path().to_owned(), request: json::write(request), kind, of: TypeId::of::<R::Reply>() }
    }

    /// An operation of IVS.
    pub(super) fn call<R: Call>(scope: &Scope, request: &R) -> Self {
        let kind = Kind::One(read::<R::Response>);
        Self { path: path(scope, R::OPERATION), request: json::write(request), kind, of: TypeId::of::<R::Response>() }
    }

    /// A list operation of IVS, whose items are in this member: as many types of item as there are uses of it.
    pub(super) fn pages<R: Call, T: DeserializeOwned + Clone + 'static>(scope: &Scope, request: &R, member: &'static str) -> Self {
        let kind = Kind::Pages(member, read_page::<T>);
        Self { path: path(scope, R::OPERATION), request: json::write(request), kind, of: TypeId::of::<T>() }
    }

    /// Is it asked of IVS?
    pub(super) fn of_ivs(&self) -> bool {
        !matches!(self.kind, Kind::Own(_))
    }
}

/// Where an operation is sent to.
pub(super) fn path(scope: &Scope, operation: Operation) -> String {
    contract::call::path(&scope.account, &scope.region, operation)
}

fn read<T: DeserializeOwned + 'static>(value: Value) -> Result<Rc<dyn Any>, Unreadable> {
    Ok(Rc::new(json::read::<T>(value)?))
}

fn read_page<T: DeserializeOwned + Clone + 'static>(
    before: Option<Rc<dyn Any>>,
    page: Value,
    complete: bool,
) -> Result<Rc<dyn Any>, Unreadable> {
    let page: Vec<T> = json::read(page)?;
    let before = before.and_then(|before| before.downcast::<Pages<T>>().ok());
    // What is on the screen already stays as it is: whoever reads it holds it.
    let mut items = before.map(|before| before.items.clone()).unwrap_or_default();
    items.extend(page);
    Ok(Rc::new(Pages { items, complete }))
}
