//! What the demo begins with.
