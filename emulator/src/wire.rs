//! IVS's wire: paths, statuses, headers, errors (`docs/ivs-behaviour.md` 2.1).

use crate::choices::{WRONG_METHOD_STATUS, status};
use contract::constraint::FieldErrors;
use contract::{ApiError, Code, Operation};
use http::header::{ALLOW, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, Method};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// What comes in: all of it.
pub type Request = http::Request<Vec<u8>>;
/// What goes out.
pub type Reply = http::Response<Vec<u8>>;

/// Where a request goes.
pub(crate) enum Route<'a> {
    /// An operation, and the ARN in its path as it was sent.
    Operation(Operation, Option<&'a str>),
    /// STS, which the emulator answers at `POST /`.
    Sts,
    /// A path of IVS's with a method that is not.
    WrongMethod(&'static str),
    /// Nothing of IVS's.
    Unknown,
}

/// Reads a path as it was sent. A tag operation's ARN may hold its slash as `%2F` or as itself.
pub(crate) fn route<'a>(method: &Method, path: &'a str) -> Route<'a> {
    if let Some(arn) = path.strip_prefix("/tags/").filter(|arn| !arn.is_empty()) {
        let tags = [Operation::ListTagsForResource, Operation::TagResource, Operation::UntagResource];
        let found = tags.into_iter().find(|operation| operation.wire().0 == method.as_str());
        return found.map_or(Route::WrongMethod("GET, POST, DELETE"), |operation| Route::Operation(operation, Some(arn)));
    }
    let named = path.strip_prefix('/').unwrap_or_default().parse::<Operation>();
    match named.ok().filter(|operation| operation.wire().1 == path) {
        Some(operation) if method == Method::POST => Route::Operation(operation, None),
        Some(_) => Route::WrongMethod("POST"),
        None if path == "/" && method == Method::POST => Route::Sts,
        None => Route::Unknown,
    }
}

/// The request as one JSON object: its body, with what a tag operation has in its path and query.
pub(crate) fn input(operation: Operation, target: Option<&str>, request: &Request) -> Result<Vec<u8>, ApiError> {
    let Some(target) = target else { return Ok(body(request)) };
    let Ok(Value::Object(mut members)) = serde_json::from_slice::<Value>(&body(request)) else {
        return Err(invalid(operation, FieldErrors::one("", "Is not JSON.")));
    };
    if members.contains_key("resourceArn") {
        return Err(invalid(operation, FieldErrors::one("resourceArn", "Belongs into the path.")));
    }
    members.insert("resourceArn".to_owned(), Value::String(percent_decode_str(target).decode_utf8_lossy().into_owned()));
    if operation == Operation::UntagResource {
        tag_keys(request.uri().query().unwrap_or_default(), &mut members);
    }
    Ok(Value::Object(members).to_string().into_bytes())
}

/// An absent body is an empty request.
fn body(request: &Request) -> Vec<u8> {
    if request.body().is_empty() { b"{}".to_vec() } else { request.body().clone() }
}

/// `tagKeys` repeats, a key each; none at all is a missing member.
fn tag_keys(query: &str, members: &mut Map<String, Value>) {
    let keys: Vec<Value> = pairs(query).filter(|(name, _)| name == "tagKeys").map(|(_, key)| Value::String(key)).collect();
    if !keys.is_empty() {
        members.insert("tagKeys".to_owned(), Value::Array(keys));
    }
}

/// The pairs of a query or a form, decoded: `+` is a space there.
pub(crate) fn pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    text.split('&').filter(|pair| !pair.is_empty()).map(move |pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    })
}

/// The ARN a request is about, for the text of a throttled call. `*` where it names none.
pub(crate) fn target(input: &[u8]) -> String {
    let input: Value = serde_json::from_slice(input).unwrap_or_default();
    let member = ["arn", "channelArn", "resourceArn"].into_iter().find_map(|member| input.get(member)?.as_str());
    member.unwrap_or("*").to_owned()
}

/// What is wrong with a request, in IVS's words where they are known.
pub(crate) fn invalid(operation: Operation, errors: FieldErrors) -> ApiError {
    let text = |field: &str, message: &str| match message {
        "Is required." => format!("{operation}.{field} is a required attribute"),
        _ if message.starts_with("Metadata size exceeds payload limit") => "Metadata size exceeds payload limit".to_owned(),
        _ if field.is_empty() => message.to_owned(),
        _ => format!("{operation}.{field}: {message}"),
    };
    let message = errors.0.iter().map(|error| text(&error.field, &error.message)).collect::<Vec<_>>().join("; ");
    ApiError { fields: errors, ..ApiError::new(Code::ValidationException, message) }
}

/// The reply of an operation.
pub(crate) fn reply(operation: Operation, answer: Result<Vec<u8>, ApiError>, request_id: &str) -> Reply {
    match answer {
        Ok(body) => {
            // A reply without members has no body at all.
            let body = if body == b"{}" { Vec::new() } else { body };
            let mut reply = json(operation.success(), body, request_id);
            if SHOWS_HEADERS.contains(&operation) {
                modelled_headers(&mut reply);
            }
            reply
        }
        Err(error) => refusal(status(&error.code), error.code.as_str(), &error.message, request_id),
    }
}

/// The operations whose success is modelled with the headers of an error.
const SHOWS_HEADERS: [Operation; 3] =
    [Operation::BatchGetChannel, Operation::BatchGetStreamKey, Operation::BatchStartViewerSessionRevocation];

/// The headers that the model gives to errors and to the three batch operations. Their values are not documented.
const MODELLED_HEADERS: [(HeaderName, HeaderValue); 7] = [
    (http::header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (http::header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("x-amzn-ErrorType,x-amzn-RequestId,Date")),
    (http::header::CACHE_CONTROL, HeaderValue::from_static("no-store, no-cache")),
    (http::header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'self'; upgrade-insecure-requests;")),
    (http::header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=47304000; includeSubDomains")),
    (http::header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (http::header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
];

fn modelled_headers(reply: &mut Reply) {
    for (name, value) in &MODELLED_HEADERS {
        reply.headers_mut().insert(name.clone(), value.clone());
    }
}

/// A reply with a body of JSON, or none. `Date` is added by the server, from the machine's clock: clients correct their
/// own by it.
fn json(status: u16, body: Vec<u8>, request_id: &str) -> Reply {
    let mut reply = Reply::new(body);
    *reply.status_mut() = http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    if status != 204 {
        reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    header(&mut reply, "x-amzn-requestid", request_id);
    reply
}

fn header(reply: &mut Reply, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        reply.headers_mut().insert(HeaderName::from_static(name), value);
    }
}

/// An error as IVS sends it: its code in a header and in `__type`, its text in `message` and in `exceptionMessage`.
pub(crate) fn refusal(status: u16, code: &str, message: &str, request_id: &str) -> Reply {
    let body = serde_json::json!({ "__type": code, "message": message, "exceptionMessage": message });
    let mut reply = json(status, body.to_string().into_bytes(), request_id);
    header(&mut reply, "x-amzn-errortype", code);
    modelled_headers(&mut reply);
    reply
}

pub(crate) fn unknown_operation(request_id: &str) -> Reply {
    let code = Code::UnknownOperationException;
    refusal(code.status(), code.as_str(), "The requested operation is not supported", request_id)
}

pub(crate) fn wrong_method(allowed: &'static str, request_id: &str) -> Reply {
    let code = Code::UnknownOperationException;
    let mut reply = refusal(WRONG_METHOD_STATUS, code.as_str(), "The requested operation is not supported", request_id);
    reply.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_as_they_were_sent() {
        fn tag(path: &str) -> Option<String> {
            let route = route(&Method::DELETE, path);
            if let Route::Operation(Operation::UntagResource, Some(arn)) = route { Some(arn.to_owned()) } else { None }
        }
        assert_eq!(tag("/tags/arn%3Aaws%2Fx").as_deref(), Some("arn%3Aaws%2Fx"));
        assert_eq!(tag("/tags/arn:aws/x").as_deref(), Some("arn:aws/x"));
        assert!(matches!(route(&Method::POST, "/TagResource"), Route::Unknown), "it is at /tags alone");
        assert!(matches!(route(&Method::GET, "/GetChannel"), Route::WrongMethod("POST")));
        assert!(matches!(route(&Method::POST, "/"), Route::Sts));
    }

    #[test]
    fn a_query_is_a_list_of_pairs() {
        let keys: Vec<_> = pairs("tagKeys=a%20b&tagKeys=x%2By&tagKeys=a+b&&tagKeys").map(|(_, key)| key).collect();
        assert_eq!(keys, ["a b", "x+y", "a b", ""]);
    }
}
