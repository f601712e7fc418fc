//! Enumerations that IVS may add values to. A value this build does not know survives a round trip and shows as itself.

/// Declares one: `open_enum! { /// doc  Name { /// doc  Variant = "WIRE", } }`.
macro_rules! open_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $wire:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)*
            /// A value that this build does not know, as IVS wrote it.
            Unknown(String),
        }

        impl $name {
            /// The values this build knows.
            pub const KNOWN: &'static [$name] = &[$($name::$variant,)*];

            /// As on IVS's wire.
            pub fn as_str(&self) -> &str {
                match self { $(Self::$variant => $wire,)* Self::Unknown(text) => text }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                // Looked up, not matched: a comparison with each is as fast and a tenth of the code.
                let known = Self::KNOWN.iter().find(|value| value.as_str() == text);
                known.cloned().unwrap_or_else(|| Self::Unknown(text.to_owned()))
            }
        }

        impl Default for $name {
            /// No value at all: `""`, as IVS sends where a value does not apply.
            fn default() -> Self { Self::Unknown(String::new()) }
        }

        impl crate::open::Open for $name {
            fn known(&self) -> bool { !matches!(self, Self::Unknown(_)) }
            fn values() -> Vec<&'static str> { Self::KNOWN.iter().map(|value| match value { $(Self::$variant => $wire,)* Self::Unknown(_) => "" }).collect() }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> { to.serialize_str(self.as_str()) }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(from)?;
                Ok(Self::from(&*text))
            }
        }
    };
}
pub(crate) use open_enum;

/// What all of them can say.
pub trait Open {
    /// Does this build know the value? IVS refuses the others in a request.
    fn known(&self) -> bool;
    /// The values this build knows, as on IVS's wire.
    fn values() -> Vec<&'static str>;
}
