//! The machine's half of a generated type, written once.

use super::access::Value;

/// Implements [`Object`](crate::Object), `Clone`, `Debug`, `Default`, `PartialEq` and, with the feature `serde`,
/// `Serialize` and `Deserialize` for a struct whose fields are all `Option`s. Each line names a field, its wire name, and its
/// [`Mark`](crate::Mark)s if it has any:
///
/// ```text
/// rt::object! {
///     CallCustomerDto;
///     name: "name";
///     phone_number: "phoneNumber" [Required, MaxLength(11)];
/// }
/// ```
///
/// The impls only call this crate. Of the forms measured this one costs callers least to compile: the table of fields is
/// one text, there is one array per borrow of all fields, and nothing is derived. `#[inline]` keeps methods that nobody
/// calls out of the crate's own machine code.
#[doc(hidden)]
#[macro_export]
macro_rules! object {
    ($name:ident; $($field:ident: $wire:literal $([$($mark:ident $(($value:literal))?),+])?;)*) => {
        impl $crate::Object for $name {
            #[inline]
            fn table(&self) -> &'static str {
                concat!($($wire, $($("\u{1}", stringify!($mark) $(, " ", $value)?,)+)? "\0",)* stringify!($name))
            }

            #[inline]
            fn fields(&self) -> Vec<&dyn $crate::Value> {
                $crate::list_of([$(&self.$field),*])
            }

            #[inline]
            fn fields_mut(&mut self) -> Vec<&mut dyn $crate::Value> {
                $crate::list_of_mut([$(&mut self.$field),*])
            }
        }

        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                $crate::cloned(self)
            }
        }

        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                Self { $($field: None),* }
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::debug(self, f)
            }
        }

        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::equal(self, other)
            }
        }

        $crate::object_serde! { $name }
    };
}

/// Implements serde's traits.
#[doc(hidden)]
#[cfg(any(feature = "serde", test))]
#[macro_export]
macro_rules! object_serde {
    ($name:ident) => {
        impl $crate::serde::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::deserialize(deserializer)
            }
        }
    };
}

/// Implements nothing, without the feature `serde`.
#[doc(hidden)]
#[cfg(not(any(feature = "serde", test)))]
#[macro_export]
macro_rules! object_serde {
    ($name:ident) => {};
}

/// Implements [`OpenEnum`](crate::OpenEnum), [`Element`](crate::Element), `Display` and the conversions for setters, which
/// accept the wire value as well as the enum. The first line states how the values are sent, the others list them:
///
/// ```text
/// rt::open_enum! {
///     Gender: Number;
///     Female: "0";
///     Male: "1";
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    ($name:ident: Number; $($row:tt)*) => {
        $crate::open_enum! { @Number $name; $($row)* }

        impl ::core::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                $crate::open_enum(value.to_string())
            }
        }
    };
    ($name:ident: Text; $($row:tt)*) => {
        $crate::open_enum! { @Text $name; $($row)* }
    };
    (@$wire:ident $name:ident; $($variant:ident: $value:literal;)*) => {
        impl $crate::OpenEnum for $name {
            const WIRE: $crate::Wire = $crate::Wire::$wire;
            const VALUES: &'static [(&'static str, Self)] = &[$(($value, Self::$variant)),*];

            #[inline]
            fn unknown(value: $crate::UnknownValue) -> Self {
                Self::Unknown(value)
            }

            #[inline]
            fn as_unknown(&self) -> Option<&$crate::UnknownValue> {
                match self {
                    Self::Unknown(value) => Some(value),
                    _ => None,
                }
            }
        }

        impl $crate::Element for $name {
            const KIND: $crate::Kind = $crate::Kind::Enum;

            #[inline]
            fn view(&self) -> $crate::View<'_> {
                $crate::enum_view(self)
            }

            #[inline]
            fn slot(slot: &mut Option<Self>) -> $crate::Slot<'_> {
                $crate::enum_slot(slot)
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str($crate::wire_value(self))
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                $crate::open_enum(value)
            }
        }

        impl ::core::convert::From<String> for $name {
            fn from(value: String) -> Self {
                $crate::open_enum(value)
            }
        }
    };
}

/// Sets a field. A setter that only calls this is cheaper to compile than one that assigns.
pub fn set<T>(field: &mut Option<T>, value: impl Into<T>) {
    *field = Some(value.into());
}

/// Sets a field that contains a list.
pub fn set_list<T>(field: &mut Option<Vec<T>>, items: impl IntoIterator<Item = impl Into<T>>) {
    *field = Some(items.into_iter().map(Into::into).collect());
}

/// Implements `Object::fields`.
pub fn list_of<const N: usize>(fields: [&dyn Value; N]) -> Vec<&dyn Value> {
    fields.into()
}

/// Implements `Object::fields_mut`.
pub fn list_of_mut<const N: usize>(fields: [&mut dyn Value; N]) -> Vec<&mut dyn Value> {
    fields.into()
}
