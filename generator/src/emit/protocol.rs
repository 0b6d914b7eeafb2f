//! A platform's protocol, as a constant of the runtime's types.

use proc_macro2::TokenStream;
use quote::quote;

use super::terms::RuntimeVariant;
use crate::model::{
    Envelope, ErrorTable, KnownError, Parameter, ParameterValue, Protocol, RootEnvelope, StatusEnvelope,
};

/// Returns the expression for `Platform::PROTOCOL`.
pub(super) fn value(protocol: &Protocol) -> TokenStream {
    let request = request(protocol);
    let values = values(protocol);
    let envelope = match &protocol.envelope {
        Envelope::Root(envelope) => root(envelope),
        Envelope::Status(envelope) => status(envelope),
    };
    let retry = retry(protocol);
    let errors = errors(&protocol.errors);
    quote! {
        rt::Protocol {
            request: #request,
            values: #values,
            response: rt::ResponseRules { envelope: #envelope },
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
    quote! {
        rt::RequestRules {
            body: rt::BodyForm::#body,
            content_type: #content_type,
            parameters: &[#(#parameters),*],
            blank: rt::Blank::#blank,
            scalar_lists: rt::ScalarLists::#scalar_lists,
        }
    }
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
    quote! {
        rt::ValueRules {
            date: rt::DateForm { pattern: #pattern, zone: rt::Zone::east(#offset) },
            decimal: rt::DecimalForm::#decimal,
            json: rt::JsonForm::#json,
        }
    }
}

fn root(envelope: &RootEnvelope) -> TokenStream {
    let RootEnvelope { strip: _, suffix, error, code, message, sub_code, sub_message, request_id } = envelope;
    quote! {
        rt::Envelope::Root(rt::RootEnvelope {
            suffix: #suffix,
            error: #error,
            code: #code,
            message: #message,
            sub_code: #sub_code,
            sub_message: #sub_message,
            request_id: #request_id,
        })
    }
}

fn status(envelope: &StatusEnvelope) -> TokenStream {
    let StatusEnvelope { status, message, success } = envelope;
    quote! {
        rt::Envelope::Status(rt::StatusEnvelope {
            status: &[#(#status),*],
            message: &[#(#message),*],
            success: &[#(#success),*],
        })
    }
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
    let KnownError { key, meaning, hint, message, clock, when: _ } = error;
    let hint = hint.as_ref().map(|hint| quote! { .hint(#hint) });
    let message = message.as_ref().map(|message| quote! { .message(#message) });
    let clock = clock.then(|| quote! { .clock() });
    quote! { rt::KnownError::new(#key, #meaning) #hint #message #clock }
}
