//! A platform's protocol, as a constant of the runtime's types.

use proc_macro2::TokenStream;
use quote::quote;

use super::rt::fixed;
use super::terms::RuntimeVariant;
use crate::model::{
    Envelope, EnvelopeNames, ErrorTable, KnownError, Parameter, ParameterValue, Protocol, RootEnvelope, StatusEnvelope,
};
use crate::terms::{IntegerForm, KeyOrder, NullForm};

/// Returns the expression for `Platform::PROTOCOL`.
pub(super) fn value(protocol: &Protocol) -> TokenStream {
    let request = request(protocol);
    let values = values(protocol);
    let envelope = match &protocol.envelope {
        Envelope::Root(envelope) => root(envelope),
        Envelope::Status(envelope) => status(envelope),
        Envelope::Http(envelope) => {
            let names = envelope_names(&envelope.names);
            quote! { rt::Envelope::Http(rt::HttpEnvelope { names: #names }) }
        }
    };
    let header = match &protocol.request_id_header {
        Some(name) => quote! { Some(#name) },
        None => quote! { None },
    };
    let retry = retry(protocol);
    let errors = errors(&protocol.errors);
    quote! {
        rt::Protocol {
            request: #request,
            values: #values,
            response: rt::ResponseRules { envelope: #envelope, request_id_header: #header },
            retry: #retry,
            errors: #errors,
        }
    }
}

fn request(protocol: &Protocol) -> TokenStream {
    let body = protocol.body.variant();
    let blank = protocol.blank.variant();
    let scalar_lists = protocol.scalar_lists.variant();
    let content_type = &protocol.content_type;
    let parameters = protocol.parameters.iter().map(parameter);
    let own = [
        protocol.wrapper.as_ref().map(|name| quote! { wrapper: Some(#name), }),
        protocol.xml_root.as_ref().map(|root| quote! { xml_root: #root, }),
        (!protocol.signed_path.is_empty()).then(|| {
            let names = &protocol.signed_path;
            quote! { signed_path: &[#(#names),*], }
        }),
    ];
    let rest = rest(&own, "RequestRules");
    quote! {
        rt::RequestRules {
            body: rt::BodyForm::#body,
            content_type: #content_type,
            parameters: &[#(#parameters),*],
            blank: rt::Blank::#blank,
            scalar_lists: rt::ScalarLists::#scalar_lists,
            #(#own)*
            #rest
        }
    }
}

/// Returns the common rules for those of a type that are not set.
fn rest(own: &[Option<TokenStream>], of: &str) -> Option<TokenStream> {
    let of = fixed(of);
    own.iter().any(Option::is_none).then(|| quote! { ..rt::#of::COMMON })
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let place = parameter.place.variant();
    let name = &parameter.name;
    let value = match &parameter.value {
        ParameterValue::Api => quote! { rt::ParameterValue::Api },
        ParameterValue::Fixed(text) => quote! { rt::ParameterValue::Fixed(#text) },
    };
    quote! { rt::Parameter { location: rt::Location::#place, name: #name, value: #value } }
}

fn values(protocol: &Protocol) -> TokenStream {
    let decimal = protocol.decimal.variant();
    let json = protocol.json.variant();
    let pattern = &protocol.date.pattern;
    let offset = proc_macro2::Literal::i32_unsuffixed(protocol.date.offset_seconds);
    let (integer, nulls, keys) = (protocol.integer.variant(), protocol.nulls.variant(), protocol.keys.variant());
    let own = [
        (protocol.integer != IntegerForm::default()).then(|| quote! { integer: rt::IntegerForm::#integer, }),
        (protocol.nulls != NullForm::default()).then(|| quote! { nulls: rt::NullForm::#nulls, }),
        (protocol.keys != KeyOrder::default()).then(|| quote! { keys: rt::KeyOrder::#keys, }),
    ];
    let rest = rest(&own, "ValueRules");
    quote! {
        rt::ValueRules {
            date: rt::DateForm { pattern: #pattern, zone: rt::Zone::east(#offset) },
            decimal: rt::DecimalForm::#decimal,
            json: rt::JsonForm::#json,
            #(#own)*
            #rest
        }
    }
}

fn root(envelope: &RootEnvelope) -> TokenStream {
    let RootEnvelope { strip: _, suffix, is_fixed: _, error, names, success } = envelope;
    let names = envelope_names(names);
    quote! {
        rt::Envelope::Root(rt::RootEnvelope {
            suffix: #suffix,
            error: #error,
            names: #names,
            success: &[#(#success),*],
        })
    }
}

fn status(envelope: &StatusEnvelope) -> TokenStream {
    let StatusEnvelope { names, success, absent } = envelope;
    let (names, absent) = (envelope_names(names), absent.variant());
    quote! {
        rt::Envelope::Status(rt::StatusEnvelope {
            names: #names,
            success: &[#(#success),*],
            absent: rt::Absent::#absent,
        })
    }
}

/// Returns the paths of an envelope that has some; the constant `NONE` has the rest.
fn envelope_names(names: &EnvelopeNames) -> TokenStream {
    let EnvelopeNames { code, message, sub_code, sub_message, request_id, beside, data: _ } = names;
    let all = [
        ("code", code),
        ("message", message),
        ("sub_code", sub_code),
        ("sub_message", sub_message),
        ("request_id", request_id),
        ("beside", beside),
    ];
    let is_complete = all.iter().all(|(_, paths)| !paths.is_empty());
    let fields = all.into_iter().filter(|(_, paths)| !paths.is_empty()).map(|(name, paths)| {
        let name = fixed(name);
        quote! { #name: &[#(#paths),*] }
    });
    let rest = (!is_complete).then(|| quote! { ..rt::EnvelopeNames::NONE });
    quote! { rt::EnvelopeNames { #(#fields,)* #rest } }
}

fn retry(protocol: &Protocol) -> TokenStream {
    let retry = &protocol.retry;
    let (codes, sub_codes, except_sub_codes) = (&retry.codes, &retry.sub_codes, &retry.except_sub_codes);
    let wait = match &retry.wait {
        Some((before, after)) => quote! { Some((#before, #after)) },
        None => quote! { None },
    };
    quote! {
        rt::RetryRules {
            codes: &[#(#codes),*],
            sub_codes: &[#(#sub_codes),*],
            except_sub_codes: &[#(#except_sub_codes),*],
            wait: #wait,
        }
    }
}

fn errors(table: &ErrorTable) -> TokenStream {
    let ErrorTable { codes, sub_codes, texts } = table;
    if [codes, sub_codes, texts].into_iter().all(Vec::is_empty) {
        return quote! { rt::ErrorTable::NONE };
    }
    let [codes, sub_codes, texts] = [codes, sub_codes, texts].map(|errors| {
        let errors = errors.iter().map(known_error);
        quote! { &[#(#errors),*] }
    });
    quote! { rt::ErrorTable { codes: #codes, sub_codes: #sub_codes, texts: #texts } }
}

fn known_error(error: &KnownError) -> TokenStream {
    let KnownError { key, meaning, hint, message, clock, http: _, when: _ } = error;
    let hint = hint.as_ref().map(|hint| quote! { .hint(#hint) });
    let message = message.as_ref().map(|message| quote! { .message(#message) });
    let clock = clock.then(|| quote! { .clock() });
    quote! { rt::KnownError::new(#key, #meaning) #hint #message #clock }
}
