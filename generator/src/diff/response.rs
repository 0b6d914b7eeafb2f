//! Compares how a platform's responses are wrapped.

use crate::spec::{EnvelopeSpec, HttpSpec, PathsSpec, ResponseSpec, RootSpec, StatusSpec};

use super::Kind;
use super::listed::At;

/// Compares the section `response` of a platform file.
pub(super) fn compare(old: &ResponseSpec, new: &ResponseSpec, at: &mut At<'_>) {
    at.whole("lists", Kind::RespLists, Some(&old.lists), Some(&new.lists));
    envelope(&old.envelope, &new.envelope, &mut at.key("envelope"));
    let (before, after) = (old.request_id_header.clone(), new.request_id_header.clone());
    at.fact("request_id_header", Kind::ErrEnvelope, before, after);
}

fn envelope(old: &EnvelopeSpec, new: &EnvelopeSpec, at: &mut At<'_>) {
    match (&old.root, &new.root) {
        (Some(old), Some(new)) => root(old, new, &mut at.key("root")),
        (old, new) => at.whole("root", Kind::RespEnvelope, old.as_ref(), new.as_ref()),
    }
    match (&old.status, &new.status) {
        (Some(old), Some(new)) => status(old, new, &mut at.key("status")),
        (old, new) => at.whole("status", Kind::RespEnvelope, old.as_ref(), new.as_ref()),
    }
    match (&old.http, &new.http) {
        (Some(old), Some(new)) => http(old, new, &mut at.key("http")),
        (old, new) => at.whole("http", Kind::RespEnvelope, old.as_ref(), new.as_ref()),
    }
}

fn paths(key: &str, kind: Kind, PathsSpec(old): &PathsSpec, PathsSpec(new): &PathsSpec, at: &mut At<'_>) {
    at.list(key, kind, old, new);
}

fn root(old: &RootSpec, new: &RootSpec, at: &mut At<'_>) {
    at.fact("strip", Kind::RespEnvelope, old.strip.clone(), new.strip.clone());
    at.fact("suffix", Kind::RespEnvelope, old.suffix.clone(), new.suffix.clone());
    at.fact("name", Kind::RespEnvelope, old.name.clone(), new.name.clone());
    at.text("error", Kind::ErrEnvelope, &old.error, &new.error);
    paths("code", Kind::ErrEnvelope, &old.code, &new.code, at);
    paths("message", Kind::ErrEnvelope, &old.message, &new.message, at);
    paths("sub_code", Kind::ErrEnvelope, &old.sub_code, &new.sub_code, at);
    paths("sub_message", Kind::ErrEnvelope, &old.sub_message, &new.sub_message, at);
    paths("request_id", Kind::RespEnvelope, &old.request_id, &new.request_id, at);
    at.set("success", Kind::RespSuccessRule, &old.success, &new.success);
    at.fact("data", Kind::RespEnvelope, old.data.clone(), new.data.clone());
    paths("beside", Kind::RespEnvelope, &old.beside, &new.beside, at);
}

fn status(old: &StatusSpec, new: &StatusSpec, at: &mut At<'_>) {
    paths("status", Kind::RespEnvelope, &old.status, &new.status, at);
    paths("message", Kind::RespEnvelope, &old.message, &new.message, at);
    at.set("success", Kind::RespSuccessRule, &old.success, &new.success);
    at.whole("absent", Kind::RespSuccessRule, Some(&old.absent), Some(&new.absent));
    paths("sub_code", Kind::ErrEnvelope, &old.sub_code, &new.sub_code, at);
    paths("sub_message", Kind::ErrEnvelope, &old.sub_message, &new.sub_message, at);
    paths("request_id", Kind::RespEnvelope, &old.request_id, &new.request_id, at);
    at.fact("data", Kind::RespEnvelope, old.data.clone(), new.data.clone());
    paths("beside", Kind::RespEnvelope, &old.beside, &new.beside, at);
}

fn http(old: &HttpSpec, new: &HttpSpec, at: &mut At<'_>) {
    paths("code", Kind::ErrEnvelope, &old.code, &new.code, at);
    paths("message", Kind::ErrEnvelope, &old.message, &new.message, at);
    paths("sub_code", Kind::ErrEnvelope, &old.sub_code, &new.sub_code, at);
    paths("sub_message", Kind::ErrEnvelope, &old.sub_message, &new.sub_message, at);
    paths("request_id", Kind::RespEnvelope, &old.request_id, &new.request_id, at);
    at.fact("data", Kind::RespEnvelope, old.data.clone(), new.data.clone());
    paths("beside", Kind::RespEnvelope, &old.beside, &new.beside, at);
}
