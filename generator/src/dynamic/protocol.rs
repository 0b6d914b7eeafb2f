//! A platform's protocol as the runtime's table.

use apograph_runtime::sign::Location;
use apograph_runtime::{self as rt, ErrorTable, Zone};

use super::leak;
use crate::model::{self, Envelope, EnvelopeNames, KnownError, Parameter, ParameterValue, Protocol};
use crate::terms::{
    AbsentStatus, BlankRule, BodyForm, DecimalForm, IntegerForm, JsonForm, KeyOrder, NullForm, ParameterPlace,
    ScalarListForm,
};

/// Returns the table.
pub(super) fn table(protocol: &Protocol) -> rt::Protocol {
    rt::Protocol {
        request: request(protocol),
        values: values(protocol),
        response: rt::ResponseRules {
            envelope: envelope(&protocol.envelope),
            request_id_header: protocol.request_id_header.as_deref().map(leak::text),
        },
        retry: retry(&protocol.retry),
        errors: errors(&protocol.errors),
    }
}

fn request(protocol: &Protocol) -> rt::RequestRules {
    rt::RequestRules {
        body: body_form(protocol.body),
        content_type: leak::text(&protocol.content_type),
        parameters: leak::table(protocol.parameters.iter().map(parameter)),
        blank: match protocol.blank {
            BlankRule::Drop => rt::Blank::Drop,
            BlankRule::Keep => rt::Blank::Keep,
        },
        scalar_lists: match protocol.scalar_lists {
            ScalarListForm::Comma => rt::ScalarLists::Comma,
            ScalarListForm::Json => rt::ScalarLists::Json,
        },
        wrapper: protocol.wrapper.as_deref().map(leak::text),
        xml_root: protocol.xml_root.as_deref().map_or(rt::RequestRules::COMMON.xml_root, leak::text),
        signed_path: leak::table(protocol.signed_path.iter().map(|name| leak::text(name))),
    }
}

/// Converts the form of a body.
pub(super) fn body_form(body: BodyForm) -> rt::BodyForm {
    match body {
        BodyForm::Form => rt::BodyForm::Form,
        BodyForm::Json => rt::BodyForm::Json,
        BodyForm::Xml => rt::BodyForm::Xml,
        BodyForm::Multipart => rt::BodyForm::Multipart,
        BodyForm::Raw => rt::BodyForm::Raw,
    }
}

fn parameter(parameter: &Parameter) -> rt::Parameter {
    rt::Parameter {
        location: match parameter.place {
            ParameterPlace::Query => Location::Query,
            ParameterPlace::Form => Location::Form,
            ParameterPlace::Headers => Location::Headers,
        },
        name: leak::text(&parameter.name),
        value: match &parameter.value {
            ParameterValue::Api => rt::ParameterValue::Api,
            ParameterValue::Fixed(text) => rt::ParameterValue::Fixed(leak::text(text)),
        },
    }
}

fn values(protocol: &Protocol) -> rt::ValueRules {
    rt::ValueRules {
        date: rt::DateForm {
            pattern: leak::text(&protocol.date.pattern),
            zone: Zone::east(protocol.date.offset_seconds),
        },
        decimal: match protocol.decimal {
            DecimalForm::Text => rt::DecimalForm::Text,
            DecimalForm::Number => rt::DecimalForm::Number,
        },
        integer: match protocol.integer {
            IntegerForm::Number => rt::IntegerForm::Number,
            IntegerForm::Text => rt::IntegerForm::Text,
        },
        json: match protocol.json {
            JsonForm::Text => rt::JsonForm::Text,
            JsonForm::Value => rt::JsonForm::Value,
        },
        nulls: match protocol.nulls {
            NullForm::Omit => rt::NullForm::Omit,
            NullForm::Write => rt::NullForm::Write,
        },
        keys: match protocol.keys {
            KeyOrder::Page => rt::KeyOrder::Page,
            KeyOrder::Sorted => rt::KeyOrder::Sorted,
        },
    }
}

fn envelope(envelope: &Envelope) -> rt::Envelope {
    match envelope {
        Envelope::Root(root) => rt::Envelope::Root(rt::RootEnvelope {
            suffix: leak::text(&root.suffix),
            error: leak::text(&root.error),
            names: names(&root.names),
            success: leak::texts(&root.success),
        }),
        Envelope::Status(status) => rt::Envelope::Status(rt::StatusEnvelope {
            names: names(&status.names),
            success: leak::texts(&status.success),
            absent: match status.absent {
                AbsentStatus::Error => rt::Absent::Error,
                AbsentStatus::Success => rt::Absent::Success,
            },
        }),
        Envelope::Http(http) => rt::Envelope::Http(rt::HttpEnvelope { names: names(&http.names) }),
    }
}

fn names(names: &EnvelopeNames) -> rt::EnvelopeNames {
    let EnvelopeNames { code, message, sub_code, sub_message, request_id, beside, data: _ } = names;
    rt::EnvelopeNames {
        code: leak::texts(code),
        message: leak::texts(message),
        sub_code: leak::texts(sub_code),
        sub_message: leak::texts(sub_message),
        request_id: leak::texts(request_id),
        beside: leak::texts(beside),
    }
}

fn retry(retry: &model::Retry) -> rt::RetryRules {
    rt::RetryRules {
        codes: leak::texts(&retry.codes),
        sub_codes: leak::texts(&retry.sub_codes),
        except_sub_codes: leak::texts(&retry.except_sub_codes),
        wait: retry.wait.as_ref().map(|(before, after)| (leak::text(before), leak::text(after))),
    }
}

fn errors(errors: &model::ErrorTable) -> ErrorTable {
    let [codes, sub_codes, texts] = [&errors.codes, &errors.sub_codes, &errors.texts]
        .map(|errors| leak::table(errors.iter().map(known_error)) as &'static [_]);
    ErrorTable { codes, sub_codes, texts }
}

fn known_error(error: &KnownError) -> rt::KnownError {
    let known = rt::KnownError::new(leak::text(&error.key), leak::text(&error.meaning));
    let known = match &error.hint {
        Some(hint) => known.hint(leak::text(hint)),
        None => known,
    };
    let known = match &error.message {
        Some(message) => known.message(leak::text(message)),
        None => known,
    };
    if error.clock { known.clock() } else { known }
}
