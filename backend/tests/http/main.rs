//! What every request passes, whatever the route: driven from outside, by router and by raw socket.

mod console;
mod files;
mod gate;
mod headers;
mod hosts;
mod process;
mod strangers;
