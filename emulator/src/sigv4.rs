//! The arithmetic of Signature Version 4.

use crate::sign::Parts;
use crate::wire::Request;
use contract::{ApiError, Code};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// How far a request's time may be from ours.
const SKEW_SECONDS: i64 = 15 * 60;

/// Verifies a request's signature with a secret, and its time against the machine's clock: that is what clients sign by.
pub(crate) fn verify(request: &Request, parts: &Parts<'_>, secret: &str) -> Result<(), ApiError> {
    let refused = |message: String| ApiError::new(Code::InvalidSignatureException, message);
    let date = header(request, "x-amz-date");
    let time = jiff::fmt::strtime::parse("%Y%m%dT%H%M%SZ", &date).and_then(|time| time.to_datetime());
    let time = time
        .and_then(|time| time.to_zoned(jiff::tz::TimeZone::UTC))
        .map_err(|_| refused(format!("Date must be in ISO-8601 'basic format'. Got '{date}'.")))?;
    if !date.starts_with(parts.date) {
        return Err(refused(format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' != '{date}'.",
            parts.date
        )));
    }
    let age = jiff::Timestamp::now().as_second() - time.timestamp().as_second();
    if age.abs() > SKEW_SECONDS {
        return Err(refused(format!("Signature expired: {date} is {age} s from the time of the service.")));
    }
    if !parts.headers.split(';').any(|name| name == "host") {
        return Err(refused("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.".to_owned()));
    }
    signature(request, parts, &date, secret).verify_slice(&unhex(parts.signature)).map_err(|_| refused(MISMATCH.to_owned()))
}

const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key \
                        and signing method. Consult the service documentation for details.";

/// The signature that a request should have.
fn signature(request: &Request, parts: &Parts<'_>, date: &str, secret: &str) -> Hmac<Sha256> {
    let scope = [parts.date, parts.region, parts.service, "aws4_request"];
    let canonical = hex(&Sha256::digest(canonical(request, parts.headers)));
    let text = format!("AWS4-HMAC-SHA256\n{date}\n{}\n{canonical}", scope.join("/"));
    let mut key = format!("AWS4{secret}").into_bytes();
    for part in scope {
        key = mac(&key).chain_update(part).finalize().into_bytes().to_vec();
    }
    mac(&key).chain_update(text)
}

#[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
fn mac(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("any length")
}

/// The values of a header, joined and trimmed.
fn header(request: &Request, name: &str) -> String {
    let values = request.headers().get_all(name).iter().map(|value| value.to_str().unwrap_or_default());
    values.map(|value| value.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(",")
}

fn canonical(request: &Request, signed: &str) -> String {
    let mut query: Vec<&str> = request.uri().query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()).collect();
    query.sort_unstable();
    let headers: String = signed.split(';').map(|name| format!("{name}:{}\n", header(request, name))).collect();
    // What the client says of the body counts only if it is true, so the hash is taken here.
    let body = hex(&Sha256::digest(request.body()));
    // Every service but S3 signs the path encoded once more than it is sent.
    let path = percent_encoding::utf8_percent_encode(request.uri().path(), PATH);
    format!("{}\n{path}\n{}\n{headers}\n{signed}\n{body}", request.method(), query.join("&"))
}

const PATH: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Nothing for what is no hexadecimal text, which then fits no signature.
fn unhex(text: &str) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    text.as_bytes()
        .chunks(2)
        .map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?))
        .collect::<Option<_>>()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `get-vanilla` of the test suite that AWS publishes.
    #[test]
    fn the_published_example_verifies() {
        let request = http::Request::get("/").header("host", "example.amazonaws.com").header("x-amz-date", "20150830T123600Z");
        let request = request.body(Vec::new()).expect("a request");
        let parts = Parts {
            key: "AKIDEXAMPLE",
            date: "20150830",
            region: "us-east-1",
            service: "service",
            headers: "host;x-amz-date",
            signature: "",
        };
        let signature = signature(&request, &parts, "20150830T123600Z", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        assert_eq!(hex(&signature.finalize().into_bytes()), "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }
}
