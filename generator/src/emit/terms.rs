//! The runtime's variant for each shared term.

use proc_macro2::Ident;

use super::rt::fixed;
use crate::terms::{
    AbsentStatus, BlankRule, BodyForm, DecimalForm, EnumWire, HttpMethod, IntegerForm, JsonForm, KeyOrder, NullForm,
    ParameterPlace, ScalarListForm, SessionNeed,
};

/// A term that generated code names as a variant of one of the runtime's enums.
pub(super) trait RuntimeVariant {
    /// Returns the variant's name.
    fn variant(self) -> Ident;
}

/// Implements [`RuntimeVariant`]: one line for each term, under the name of the enum in the runtime.
macro_rules! variants {
    ($($term:ident { $($variant:ident => $name:literal,)+ })+) => {$(
        impl RuntimeVariant for $term {
            fn variant(self) -> Ident {
                fixed(match self { $(Self::$variant => $name,)+ })
            }
        }
    )+};
}

variants! {
    // rt::Method
    HttpMethod { Get => "Get", Post => "Post", Put => "Put", Delete => "Delete", Patch => "Patch", }
    // rt::Session
    SessionNeed { None => "None", Optional => "Optional", Required => "Required", }
    // rt::BodyForm
    BodyForm { Form => "Form", Json => "Json", Xml => "Xml", Multipart => "Multipart", Raw => "Raw", }
    // rt::Location
    ParameterPlace { Query => "Query", Form => "Form", Headers => "Headers", }
    // rt::Blank
    BlankRule { Drop => "Drop", Keep => "Keep", }
    // rt::ScalarLists
    ScalarListForm { Comma => "Comma", Json => "Json", }
    // rt::DecimalForm
    DecimalForm { Text => "Text", Number => "Number", }
    // rt::IntegerForm
    IntegerForm { Number => "Number", Text => "Text", }
    // rt::NullForm
    NullForm { Omit => "Omit", Write => "Write", }
    // rt::KeyOrder
    KeyOrder { Page => "Page", Sorted => "Sorted", }
    // rt::JsonForm
    JsonForm { Text => "Text", Value => "Value", }
    // rt::Absent
    AbsentStatus { Error => "Error", Success => "Success", }
    // rt::Wire
    EnumWire { Text => "Text", Number => "Number", }
}
