//! Words about what travels: requests, responses and the values in them.

use super::define::terms;

terms! {
    /// An HTTP method.
    pub enum HttpMethod {
        /// `GET`
        Get = "GET",
        /// `POST`
        Post = "POST",
        /// `PUT`
        Put = "PUT",
        /// `DELETE`
        Delete = "DELETE",
        /// `PATCH`
        Patch = "PATCH",
    }

    /// Whether a call needs a user's session.
    pub enum SessionNeed {
        /// `none`: no session is sent.
        None = "none",
        /// `optional`: the session is sent if the client has one.
        Optional = "optional",
        /// `required`: the call fails without a session.
        Required = "required",
    }

    /// The form of a request body.
    pub enum BodyForm {
        /// `form`: percent-encoded names and values, one parameter per top-level field; multipart once a file is sent.
        Form = "form",
        /// `json`: one JSON object.
        Json = "json",
        /// `xml`: one XML element with an element per field.
        Xml = "xml",
        /// `multipart`: a form that is always multipart, with or without files.
        Multipart = "multipart",
        /// `raw`: the text or file of the only field in the body.
        Raw = "raw",
    }

    /// Where a field of a request travels.
    pub enum FieldPlace {
        /// `query`: in the query of the URL.
        Query = "query",
        /// `header`: in a header.
        Header = "header",
        /// `path`: in the path, which has a placeholder for it.
        Path = "path",
        /// `body`: in the body.
        Body = "body",
    }

    /// In which order the members of JSON objects are written in requests.
    #[derive(Default)]
    pub enum KeyOrder {
        /// `page`: in the order of the page.
        #[default]
        Page = "page",
        /// `sorted`: by their names in byte order, within every object.
        Sorted = "sorted",
    }

    /// Where a parameter travels.
    pub enum ParameterPlace {
        /// `query`: in the query of the URL.
        Query = "query",
        /// `form`: in the form body.
        Form = "form",
        /// `headers`: in a header.
        Headers = "headers",
    }

    /// What happens to blank (empty or white space) top-level text values of forms and queries.
    #[derive(Default)]
    pub enum BlankRule {
        /// `drop`: blank values are not sent.
        Drop = "drop",
        /// `keep`: blank values are sent.
        #[default]
        Keep = "keep",
    }

    /// How a list of scalars is written at the top level of a form.
    #[derive(Default)]
    pub enum ScalarListForm {
        /// `comma`: elements joined by commas.
        Comma = "comma",
        /// `json`: a JSON array.
        #[default]
        Json = "json",
    }

    /// How files travel.
    #[derive(Default)]
    pub enum FileForm {
        /// `multipart`: a request with files becomes a multipart form.
        Multipart = "multipart",
        /// `none`: the platform takes no files.
        #[default]
        None = "none",
    }

    /// How a decimal number is written inside JSON.
    #[derive(Default)]
    pub enum DecimalForm {
        /// `text`: as a JSON string.
        #[default]
        Text = "text",
        /// `number`: as a JSON number.
        Number = "number",
    }

    /// How an integer is written inside JSON.
    #[derive(Default)]
    pub enum IntegerForm {
        /// `number`: as a JSON number.
        #[default]
        Number = "number",
        /// `text`: as a JSON string.
        Text = "text",
    }

    /// What is written for a member without a value inside JSON.
    #[derive(Default)]
    pub enum NullForm {
        /// `omit`: nothing.
        #[default]
        Omit = "omit",
        /// `write`: its name, with `null` as its value.
        Write = "write",
    }

    /// How a member of type `Json` is written inside JSON.
    #[derive(Default)]
    pub enum JsonForm {
        /// `text`: as a JSON string that holds JSON.
        #[default]
        Text = "text",
        /// `value`: as the JSON value itself.
        Value = "value",
    }

    /// How lists are written in responses.
    pub enum ListForm {
        /// `wrapped`: in an object, under a key made from the element's type word.
        Wrapped = "wrapped",
        /// `bare`: as JSON arrays.
        Bare = "bare",
    }

    /// What an answer without a status means, on platforms whose answers have one.
    #[derive(Default)]
    pub enum AbsentStatus {
        /// `error`: the answer cannot be decoded.
        #[default]
        Error = "error",
        /// `success`: only errors have a status.
        Success = "success",
    }

    /// How a value of a documented value set is written inside JSON.
    pub enum EnumWire {
        /// `text`: as a JSON string.
        Text = "text",
        /// `number`: as a JSON number.
        Number = "number",
    }

    /// What a vendor's type word means.
    pub enum TypeMeaning {
        /// `text`
        Text = "text",
        /// `integer`
        Integer = "integer",
        /// `decimal`
        Decimal = "decimal",
        /// `boolean`
        Boolean = "boolean",
        /// `date`
        Date = "date",
        /// `json`
        Json = "json",
        /// `map`
        Map = "map",
        /// `file`
        File = "file",
    }
}

impl HttpMethod {
    /// Whether a request with this method has its fields in the body.
    #[must_use]
    pub const fn has_body(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch)
    }
}
