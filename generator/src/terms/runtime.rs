//! Names of the runtime crate.

use super::define::terms;

terms! {
    /// A name of the runtime that an endpoint's file may import. No generated type may have one of these names.
    pub enum RuntimeName {
        /// A date.
        Date = "Date",
        /// A decimal number.
        Decimal = "Decimal",
        /// The trait of requests.
        Endpoint = "Endpoint",
        /// A row of an endpoint's error table.
        ErrorRow = "ErrorRow",
        /// A file to upload.
        File = "File",
        /// A JSON value.
        Json = "Json",
        /// A map from text to JSON scalars.
        Map = "Map",
        /// An HTTP method.
        Method = "Method",
        /// The facts about an endpoint.
        Operation = "Operation",
        /// Whether an endpoint needs a session.
        Session = "Session",
        /// A value that a value set does not list.
        UnknownValue = "UnknownValue",
    }
}
