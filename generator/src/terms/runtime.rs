//! Names of the runtime crate.

use super::define::terms;

terms! {
    /// A name of the runtime that an endpoint's file may import. No generated type may have one of these names.
    pub enum RuntimeName {
        /// A date.
        Date = "Date",
        /// A decimal number.
        Decimal = "Decimal",
        /// The trait of everything that a field can hold.
        Element = "Element",
        /// The trait of requests.
        Endpoint = "Endpoint",
        /// A row of an endpoint's error table.
        ErrorRow = "ErrorRow",
        /// A row of a struct's field table.
        Field = "Field",
        /// A file to upload.
        File = "File",
        /// A JSON value.
        Json = "Json",
        /// The kind of an element.
        Kind = "Kind",
        /// A map from text to JSON scalars.
        Map = "Map",
        /// An HTTP method.
        Method = "Method",
        /// The trait of structs with a field table.
        Object = "Object",
        /// The trait of documented value sets.
        OpenEnum = "OpenEnum",
        /// The facts about an endpoint.
        Operation = "Operation",
        /// Whether an endpoint needs a session.
        Session = "Session",
        /// A struct's field table.
        Shape = "Shape",
        /// A field to decode into.
        Slot = "Slot",
        /// A value that a value set does not list.
        UnknownValue = "UnknownValue",
        /// The trait of field values.
        Value = "Value",
        /// A field to encode.
        View = "View",
        /// How a value set travels.
        Wire = "Wire",
    }
}
