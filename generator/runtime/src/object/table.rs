//! The machine's half of a generated type, written once.

use super::access::Value;

/// Implements [`Object`](crate::Object), `Debug`, `PartialEq` and, with the feature `serde`, `Serialize` and
/// `Deserialize` for a struct whose fields are all `Option`s. Each line names a field, its wire name, and its
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
/// The impls only call this crate. Of the forms measured this one costs callers least to compile: constants without
/// calls, one array per borrow of all fields, and no derive.
#[doc(hidden)]
#[macro_export]
macro_rules! object {
    ($name:ident; $($field:ident: $wire:literal $([$($mark:ident $(($value:literal))?),+])?;)*) => {
        impl $crate::Object for $name {
            #[inline]
            fn shape(&self) -> &'static $crate::Shape {
                &$crate::Shape {
                    name: stringify!($name),
                    fields: &[$($crate::Field {
                        wire: $wire,
                        marks: &[$($($crate::Mark::$mark $(($value))?),+)?],
                    }),*],
                    content: $crate::Content::Members,
                }
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
#[cfg(feature = "serde")]
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
#[cfg(not(feature = "serde"))]
#[macro_export]
macro_rules! object_serde {
    ($name:ident) => {};
}

/// Implements `Object::fields`.
pub fn list_of<'a, const N: usize>(fields: [&'a dyn Value; N]) -> Vec<&'a dyn Value> {
    fields.into()
}

/// Implements `Object::fields_mut`.
pub fn list_of_mut<'a, const N: usize>(fields: [&'a mut dyn Value; N]) -> Vec<&'a mut dyn Value> {
    fields.into()
}
