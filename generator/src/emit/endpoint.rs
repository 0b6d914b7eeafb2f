//! The file of one endpoint: request, `impl Endpoint`, response, then the nested types of each side, depth first. Items
//! for the compiler only (field tables, std traits) come last.

use super::rt::Imports;
use super::structure::Struct;
use super::{alias, docs, enumeration, example, object, operation};
use crate::model::{Endpoint, Enum, Object, Origin, Side};
use crate::names::{EndpointNames, EnumNames, PlatformNames, SideNames};
use crate::render::{Item, SourceFile};
use crate::terms::{REMOVED, SessionNeed};

/// Returns the file of one endpoint.
pub(super) fn file(endpoint: &Endpoint, names: &EndpointNames, path: example::Path<'_>) -> SourceFile {
    let mut imports = Imports::default();
    let (request, response) = (request(endpoint, names, path), response(endpoint, names, path));
    let sides = [(&endpoint.request, &names.request_side), (&endpoint.response, &names.response_side)];
    let mut items: Vec<Item> = texts(object::readable(&request, &mut imports)).collect();
    items.push(operation::endpoint_impl(endpoint, names, path.platform, &mut imports).into());
    items.extend(texts(object::readable(&response, &mut imports)));
    for (side, names) in sides {
        for object in nested(side, names, &endpoint.origin) {
            items.extend(texts(object::readable(&object, &mut imports)));
        }
        for (set, names) in sets(side, names) {
            items.extend(texts(enumeration::readable(set, names, &endpoint.origin, &mut imports)));
        }
    }
    items.extend(texts([request, response].iter().map(object::plumbing)));
    for (side, names) in sides {
        items.extend(texts(nested(side, names, &endpoint.origin).map(|nested| object::plumbing(&nested))));
        items.extend(texts(sets(side, names).map(|(set, names)| enumeration::plumbing(set, names))));
    }
    items.insert(0, imports.statement().into());
    SourceFile { origin: format!("specs/{}", endpoint.spec_path), docs: module_docs(endpoint), items }
}

fn texts(items: impl IntoIterator<Item = String>) -> impl Iterator<Item = Item> {
    items.into_iter().map(Item::Text)
}

/// `` `alibaba.alsc.crm.open.customer.save`: 保存和更新顾客 ``
fn headline(endpoint: &Endpoint) -> String {
    let api = docs::code(&endpoint.api);
    match docs::prose(&endpoint.title).first() {
        Some(title) => format!("{api}: {title}"),
        None => api,
    }
}

fn module_docs(endpoint: &Endpoint) -> Vec<String> {
    let description = if endpoint.description == endpoint.title { "" } else { &endpoint.description };
    let errors = endpoint.errors.iter().map(|row| [row.code.as_str(), &row.message, &row.solution]);
    let statuses = endpoint.statuses.iter().map(|(code, meaning)| [code.as_str(), meaning]);
    docs::paragraphs([
        vec![headline(endpoint)],
        docs::removed(endpoint.origin.is_lock()),
        docs::prose(description),
        docs::prose(&endpoint.page),
        docs::table(["error", "meaning", "solution"], errors),
        docs::table(["status", "meaning"], statuses),
    ])
}

fn request<'a>(endpoint: &'a Endpoint, names: &'a EndpointNames, path: example::Path<'_>) -> Struct<'a> {
    let session = match endpoint.session {
        SessionNeed::None => Vec::new(),
        SessionNeed::Optional => vec!["Sends a user's session if the client has one.".to_owned()],
        SessionNeed::Required => vec![needs_session(path.platform)],
    };
    Struct {
        name: &names.request,
        docs: docs::paragraphs([vec![headline(endpoint)], session, example::call(endpoint, names, path)]),
        aliases: alias::request(&endpoint.api, alias::prefix(&path.protocol.envelope), &names.request),
        members: &endpoint.request.root,
        member_names: &names.request_side.root,
        names: &names.request_side,
        side: endpoint.request.name,
        deprecated: endpoint.deprecated.as_deref(),
        origin: &endpoint.origin,
    }
}

/// Where the session comes from. The example of such an API does not show how its client was created.
fn needs_session(platform: &PlatformNames) -> String {
    format!(
        "Needs a user's session: create the client with [`Credentials`](crate::{}::Credentials) that have one.",
        platform.module
    )
}

fn response<'a>(endpoint: &'a Endpoint, names: &'a EndpointNames, path: example::Path<'_>) -> Struct<'a> {
    Struct {
        name: &names.response,
        docs: vec![format!("The answer to [`{}`].", names.request)],
        aliases: alias::response(&endpoint.api, alias::prefix(&path.protocol.envelope), &names.response),
        members: &endpoint.response.root,
        member_names: &names.response_side.root,
        names: &names.response_side,
        side: endpoint.response.name,
        deprecated: None,
        origin: &endpoint.origin,
    }
}

/// The nested objects of a side of the endpoint `owner`, depth first.
fn nested<'a>(side: &'a Side, names: &'a SideNames, owner: &'a Origin) -> impl Iterator<Item = Struct<'a>> {
    side.objects.iter().zip(&names.objects).map(move |(object, (name, member_names))| Struct {
        name,
        docs: nested_docs(object),
        aliases: Vec::new(),
        members: &object.fields,
        member_names,
        names,
        side: side.name,
        deprecated: object.origin.is_tombstone_in(owner).then_some(REMOVED),
        origin: &object.origin,
    })
}

/// The value sets of a side.
fn sets<'a>(side: &'a Side, names: &'a SideNames) -> impl Iterator<Item = (&'a Enum, &'a EnumNames)> {
    side.enums.iter().zip(&names.enums)
}

/// Documents the path of a nested type, and the vendor's name if it differs.
fn nested_docs(object: &Object) -> Vec<String> {
    if object.origin.is_lock() {
        return docs::removed(true);
    }
    let path = docs::code(&object.path.join("."));
    let vendor_name = docs::code(&object.vendor_name);
    if object.vendor_name.is_empty() {
        vec![format!("Type of {path}.")]
    } else {
        vec![format!("Type of {path}: {vendor_name}.")]
    }
}
