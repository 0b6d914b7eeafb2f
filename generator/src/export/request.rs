//! Requests: parameters in path, query and headers, and the body.

use super::node::{Members, Node};
use super::rules::{Rules, Text};
use super::schema::{Types, documented};
use super::system::SystemField;
use super::value::is_scalar;
use crate::model::{Arity, Endpoint, Field, Item, Protocol};
use crate::recipe::Location;
use crate::terms::{BodyForm, FieldPlace, ScalarListForm};

/// The media type of JSON.
pub(super) const JSON: &str = "application/json";
const MULTIPART: &str = "multipart/form-data";

/// One API's request.
pub(super) struct Request<'m> {
    pub(super) endpoint: &'m Endpoint,
    pub(super) protocol: &'m Protocol,
    pub(super) types: &'m Types<'m>,
    pub(super) system: &'m [SystemField],
}

/// The body of a request, and the schema of its own component if it is one object.
pub(super) struct RequestBody {
    /// The object for `requestBody`.
    pub(super) body: Members,
    /// The schema of the whole body.
    pub(super) component: Option<Members>,
}

/// Returns the form of an API's body. `None` if its method has no body.
pub(super) fn body_form(endpoint: &Endpoint, protocol: &Protocol) -> Option<BodyForm> {
    endpoint.method.has_body().then(|| endpoint.body.unwrap_or(protocol.body))
}

/// How a field is written outside of JSON and XML.
enum Written {
    /// As the text of a scalar, or as a file.
    Text,
    /// As texts with commas between them.
    Commas,
    /// As JSON.
    Json,
}

impl Request<'_> {
    fn form(&self) -> Option<BodyForm> {
        body_form(self.endpoint, self.protocol)
    }

    /// Returns where a field is sent.
    fn place(&self, field: &Field) -> FieldPlace {
        match field.place {
            _ if placeholders(&self.endpoint.path).any(|name| name == field.wire) => FieldPlace::Path,
            Some(place) => place,
            None if self.form().is_some() => FieldPlace::Body,
            None => FieldPlace::Query,
        }
    }

    fn at(&self, place: FieldPlace) -> impl Iterator<Item = &Field> {
        documented(&self.endpoint.request.root).filter(move |field| self.place(field) == place)
    }

    fn written(&self, field: &Field) -> Written {
        match (field.arity, is_scalar(field.item)) {
            (Arity::Many, true) if self.protocol.scalar_lists == ScalarListForm::Comma => Written::Commas,
            (_, _) if field.item == Item::File => Written::Text,
            (Arity::One | Arity::Boxed, true) => Written::Text,
            (Arity::One | Arity::Boxed, _) if field.item == Item::Json => Written::Text,
            _ => Written::Json,
        }
    }

    /// Returns the parameters of the API itself; `reference` returns those that all APIs share.
    pub(super) fn parameters(&self, reference: impl Fn(&SystemField, bool) -> Option<Members>) -> Vec<Members> {
        let mut parameters = Vec::new();
        for field in self.system.iter().filter(|field| field.security_name().is_none() && !field.is_left_out()) {
            let (Some(place), Some(need)) = (self.parameter_place(field), field.need(self.endpoint.session)) else {
                continue;
            };
            parameters.push(
                reference(field, need).unwrap_or_else(|| system_parameter(field, place, need, &self.endpoint.api)),
            );
        }
        for (place, word) in [(FieldPlace::Path, "path"), (FieldPlace::Query, "query"), (FieldPlace::Header, "header")]
        {
            let is_wrapped = place == FieldPlace::Query && self.form().is_none() && self.protocol.wrapper.is_some();
            let fields = self.at(place).filter(|field| !is_wrapped || field.place == Some(FieldPlace::Query));
            parameters.extend(fields.map(|field| self.parameter(field, word)));
        }
        parameters.extend(self.wrapper_parameter());
        parameters
    }

    /// Returns the place of a system field, if it is a parameter. A request without a body has the fields of a form in its query.
    fn parameter_place(&self, field: &SystemField) -> Option<&'static str> {
        match field.location {
            Location::Query => Some("query"),
            Location::Headers => Some("header"),
            Location::Path => placeholders(&self.endpoint.path).any(|name| name == field.name).then_some("path"),
            Location::Form if self.form().is_none() => Some("query"),
            Location::Form | Location::Json | Location::Xml | Location::Set(_) => None,
        }
    }

    fn parameter(&self, field: &Field, place: &str) -> Members {
        let written = self.written(field);
        let text = if matches!(written, Written::Json) { Text::Json } else { Text::Parameters };
        let schema = self.types.field(field, &Rules::of_requests(self.protocol, text));
        let parameter = described(&field.wire, place, field.required || place == "path", schema.clone());
        let mut schema = schema;
        schema.take("description");
        schema.take("deprecated");
        match written {
            Written::Text => parameter.with("schema", schema),
            Written::Commas if place == "query" => {
                parameter.with("style", "form").with("explode", false).with("schema", schema)
            }
            Written::Commas => parameter.with("schema", schema),
            Written::Json => parameter.with("content", content(JSON, schema)),
        }
    }

    /// Returns the parameter with all fields of a request without a body, on platforms with such a parameter.
    fn wrapper_parameter(&self) -> Option<Members> {
        let wrapper = self.protocol.wrapper.as_deref().filter(|_| self.form().is_none())?;
        let fields = self.at(FieldPlace::Query).filter(|field| field.place.is_none());
        let schema = self.types.object(fields, &self.types.rules);
        let parameter = Members::new().with("name", wrapper).with("in", "query").with("required", true);
        Some(parameter.with("description", "The fields of the API as JSON.").with("content", content(JSON, schema)))
    }

    /// Returns the body. `None` if the request has none. `home` is the reference to the component of the body.
    pub(super) fn body(&self, home: &str, example: Option<Node>) -> Option<RequestBody> {
        match self.form()? {
            BodyForm::Json => Some(self.whole(home, self.media_type(JSON), Location::Json, example)),
            BodyForm::Xml => Some(self.whole(home, self.media_type("text/xml"), Location::Xml, None)),
            BodyForm::Raw => self.raw(),
            BodyForm::Form => self.flat(home, false),
            BodyForm::Multipart => self.flat(home, true),
        }
    }

    /// Returns the media type of the platform, if it is for bodies of the API's form.
    fn media_type(&self, usual: &str) -> String {
        let own = self.form() == Some(self.protocol.body);
        let own = Some(self.protocol.content_type.as_str()).filter(|text| own && !text.is_empty());
        own.unwrap_or(usual).split(';').next().unwrap_or(usual).trim().to_owned()
    }

    /// Returns a body that is one JSON object or XML element.
    fn whole(&self, home: &str, media_type: String, location: Location, example: Option<Node>) -> RequestBody {
        let mut schema = Members::new();
        if location == Location::Xml {
            schema.put("xml", Members::new().with("name", self.protocol.xml_root.as_deref().unwrap_or("xml")));
        }
        let mut schema = schema.and(self.types.object(self.at(FieldPlace::Body), &self.types.rules));
        self.add_system(&mut schema, location);
        let media = Members::new().with("schema", Members::reference(home)).with_some("example", example);
        let body = Members::new().with("required", true).with("content", Members::new().with(media_type, media));
        RequestBody { body, component: Some(schema) }
    }

    /// Adds the fields that all requests have at `location` of the body.
    fn add_system(&self, schema: &mut Members, location: Location) {
        let fields = self.system.iter().filter(|field| field.location == location);
        for field in fields {
            let Some(need) = field.need(self.endpoint.session) else { continue };
            add_property(schema, &field.name, field.schema(&self.endpoint.api).into(), need);
        }
    }

    fn raw(&self) -> Option<RequestBody> {
        let field = self.at(FieldPlace::Body).next()?;
        let schema = self.types.field(field, &Rules::of_requests(self.protocol, Text::Parameters));
        let media_type = match field.item {
            // That of the file.
            Item::File => "*/*".to_owned(),
            _ => self.media_type("text/plain"),
        };
        let body = Members::new().with("required", field.required).with("content", content(&media_type, schema));
        Some(RequestBody { body, component: None })
    }

    /// Returns a form: in its usual encoding unless it must have a file, and as multipart if it can have one.
    fn flat(&self, home: &str, is_multipart: bool) -> Option<RequestBody> {
        let files = || self.at(FieldPlace::Body).filter(|field| field.item == Item::File);
        let needs_file = files().any(|field| field.required);
        let (schema, encoding) = self.form_schema(false);
        let usual = (!is_multipart && !needs_file).then(|| {
            let media = Members::new().with("schema", Members::reference(home)).with_filled("encoding", encoding);
            (self.media_type("application/x-www-form-urlencoded"), media)
        });
        let multipart = (is_multipart || files().next().is_some()).then(|| {
            let (whole, encoding) = self.form_schema(true);
            (MULTIPART.to_owned(), Members::new().with("schema", whole).with_filled("encoding", encoding))
        });
        let is_empty = !schema.has("properties") && multipart.is_none();
        let component = usual.as_ref().map(|_| schema.clone());
        let is_required = usual.is_none() || schema.has("required");
        let content: Members = usual.into_iter().chain(multipart).map(|(name, media)| (name, media.into())).collect();
        let body = Members::new().with("required", is_required).with("content", content);
        (!is_empty).then_some(RequestBody { body, component })
    }

    /// Returns the schema of a form and the encodings of its fields.
    fn form_schema(&self, has_files: bool) -> (Members, Members) {
        let mut schema = Members::new().with("type", "object");
        let mut encoding = Members::new();
        self.add_system(&mut schema, Location::Form);
        let fields = self.at(FieldPlace::Body).filter(|field| has_files || field.item != Item::File);
        let (inside, outside): (Vec<&Field>, Vec<&Field>) =
            fields.partition(|field| self.protocol.wrapper.is_some() && field.item != Item::File);
        if let Some(wrapper) = &self.protocol.wrapper {
            let json = self.types.object(inside.into_iter(), &self.types.rules);
            let json = json.with("description", "The fields of the API as JSON.");
            add_property(&mut schema, wrapper, json.into(), true);
            encoding.put(wrapper, Members::new().with("contentType", JSON));
        }
        for field in outside {
            let written = self.written(field);
            let text = if matches!(written, Written::Json) { Text::Json } else { Text::Parameters };
            let property = self.types.field(field, &Rules::of_requests(self.protocol, text));
            add_property(&mut schema, &field.wire, property.into(), field.required);
            match written {
                Written::Text => {}
                Written::Commas => {
                    encoding.put(&field.wire, Members::new().with("style", "form").with("explode", false))
                }
                Written::Json => encoding.put(&field.wire, Members::new().with("contentType", JSON)),
            }
        }
        (schema, encoding)
    }
}

/// Returns the names of the placeholders in a path.
pub(super) fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// Returns a parameter that the protocol or the signature sets.
pub(super) fn system_parameter(field: &SystemField, place: &str, is_required: bool, api: &str) -> Members {
    let schema = field.schema(api);
    let parameter = described(&field.name, place, is_required || place == "path", schema.clone());
    let mut schema = schema;
    schema.take("description");
    parameter.with("schema", schema)
}

/// Returns a parameter with the description of its schema.
fn described(name: &str, place: &str, is_required: bool, mut schema: Members) -> Members {
    Members::new()
        .with("name", name)
        .with("in", place)
        .with_some("required", is_required.then_some(true))
        .with_some("description", schema.take("description"))
        .with_some("deprecated", schema.take("deprecated"))
}

/// Returns the content of one media type.
pub(super) fn content(media_type: &str, schema: Members) -> Members {
    Members::new().with(media_type, Members::new().with("schema", schema))
}

/// Adds a property to the schema of an object.
pub(super) fn add_property(schema: &mut Members, name: &str, property: Node, is_required: bool) {
    if !schema.has("properties") {
        schema.put("properties", Members::new());
    }
    if let Some(Node::Object(properties)) = schema.get_mut("properties")
        && !properties.has(name)
    {
        properties.put(name, property);
    }
    if !is_required {
        return;
    }
    match schema.get_mut("required") {
        Some(Node::List(names)) => names.push(name.into()),
        _ => schema.put("required", vec![name]),
    }
}
