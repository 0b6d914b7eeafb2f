//! Words about the tables and headings of doc pages.

use super::define::terms;

terms! {
    /// What a column of a table contains.
    pub enum Column {
        /// `name`: names of fields.
        Name = "name",
        /// `label`: short texts for people, beside the names.
        Label = "label",
        /// `type`: type words.
        Type = "type",
        /// `required`: marks of required fields.
        Required = "required",
        /// `example`: examples.
        Example = "example",
        /// `description`: descriptions.
        Description = "description",
        /// `default`: default values.
        Default = "default",
        /// `max_length`: maximum lengths.
        MaxLength = "max_length",
        /// `location`: where a parameter travels.
        Location = "location",
        /// `code`: error codes.
        Code = "code",
        /// `status`: statuses.
        Status = "status",
        /// `message`: messages of errors.
        Message = "message",
        /// `solution`: what to do about errors.
        Solution = "solution",
        /// `value`: values beside labels.
        Value = "value",
        /// `ignore`: facts that transcripts do not contain.
        Ignore = "ignore",
    }

    /// A part of a page.
    pub enum Section {
        /// `request`: parameters of the API.
        Request = "request",
        /// `response`: members of the answer.
        Response = "response",
        /// `errors`: error codes.
        Errors = "errors",
        /// `statuses`: statuses.
        Statuses = "statuses",
        /// `headers`: headers, which belong to the platform.
        Headers = "headers",
        /// `common`: parameters and members that all APIs of the platform have.
        Common = "common",
        /// `sample`: samples, of the request or of the answer.
        Sample = "sample",
        /// `end`: the end of what is about the API.
        End = "end",
        /// `ignore`: a part that contains no facts about the API.
        Ignore = "ignore",
    }

    /// What a required mark means.
    pub enum Mark {
        /// `required`
        Required = "required",
        /// `optional`
        Optional = "optional",
        /// `conditional`: required in some cases.
        Conditional = "conditional",
    }

    /// What a row is about that is not a field of its own.
    pub enum Part {
        /// `element`: the elements of the list in the row above.
        Element = "element",
        /// `entry`: the keys or values of the map in the row above.
        Entry = "entry",
    }

    /// A fact in a description that has a label in front of it.
    pub enum Label {
        /// `example`
        Example = "example",
        /// `default`
        Default = "default",
        /// `max_length`
        MaxLength = "max_length",
        /// `max_items`
        MaxItems = "max_items",
        /// `min`
        Min = "min",
        /// `max`
        Max = "max",
    }
}
