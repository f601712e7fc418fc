//! Every way a call can fail has its own code, sentence and certainty, and a change is on the wire once whatever happens.
//! The server is a socket: it can answer anything, or break.

#[path = "ivs/mod.rs"]
mod ivs;

use aws_config::SdkConfig;
use aws_config::profile::ProfileFileCredentialsProvider;
#[expect(deprecated, reason = "their new home is a crate that nothing else of ours needs")]
use aws_config::profile::profile_file::{ProfileFileKind, ProfileFiles};
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{SharedCredentialsProvider, future};
use backend::error::{Certainty, Failure};
use backend::ivs::client::{Clients, READ_ATTEMPTS, Timing};
use backend::ivs::wire::Execute;
use contract::channel::{CreateChannel, GetChannel};
use contract::stream::InsertAdBreak;
use contract::{Code, Operation};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with each request.
#[derive(Clone, Debug)]
enum Does {
    /// Answers: status, code in the header (none: no header), body.
    Answer(u16, &'static str, String),
    /// Answers 200, promises more than it sends, and closes.
    CutShort,
    /// Answers 200 and stops in the middle of the body.
    Stalls,
    /// Reads the request and never answers.
    Hangs,
    /// Reads the request and closes.
    ResetsAfter,
    /// Closes without reading.
    ResetsBefore,
}

struct Server {
    address: SocketAddr,
    does: Arc<Mutex<Does>>,
    requests: Arc<AtomicU32>,
}

impl Server {
    async fn start(does: Does) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let server = Self { address: listener.local_addr().expect("bound"), does: Arc::new(Mutex::new(does)), requests: Arc::default() };
        let (does, requests) = (server.does.clone(), server.requests.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let does = does.lock().expect("nobody panicked").clone();
                tokio::spawn(connection(stream, does, requests.clone()));
            }
        });
        server
    }

    fn clients(&self, region: &str, timing: Timing) -> Clients {
        Clients::new(&ivs::config(self.address, ivs::credentials()), region, timing)
    }

    fn now(&self, does: Does) {
        *self.does.lock().expect("nobody panicked") = does;
        self.requests.store(0, Ordering::SeqCst);
    }

    fn requests(&self) -> u32 {
        self.requests.load(Ordering::SeqCst)
    }
}

async fn connection(mut stream: TcpStream, does: Does, requests: Arc<AtomicU32>) {
    if matches!(does, Does::ResetsBefore) {
        requests.fetch_add(1, Ordering::SeqCst);
        return;
    }
    read_request(&mut stream).await;
    requests.fetch_add(1, Ordering::SeqCst);
    let head = |status: u16, code: &str, length: usize| {
        let code = if code.is_empty() { String::new() } else { format!("x-amzn-ErrorType: {code}\r\n") };
        format!("HTTP/1.1 {status} Status\r\nx-amzn-requestid: request-7\r\n{code}content-length: {length}\r\nconnection: close\r\n\r\n")
    };
    let answer = match does {
        Does::Answer(status, code, ref body) => head(status, code, body.len()) + body,
        Does::CutShort | Does::Stalls => head(200, "", 500) + r#"{"channel": {"arn":"#,
        Does::Hangs | Does::ResetsAfter | Does::ResetsBefore => String::new(),
    };
    stream.write_all(answer.as_bytes()).await.ok();
    if matches!(does, Does::Hangs | Does::Stalls) {
        // Until the client gives up.
        tokio::io::copy(&mut stream, &mut tokio::io::sink()).await.ok();
    }
}

async fn read_request(stream: &mut TcpStream) {
    let mut request = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&request).to_ascii_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()).map_or(0, |n| n.parse().unwrap_or(0));
            if body.len() >= length {
                return;
            }
        }
        match stream.read_buf(&mut request).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// The real deadlines, but reads are tried again at once.
fn prompt() -> Timing {
    Timing { backoff: Duration::from_millis(1), ..Timing::default() }
}

fn impatient() -> Timing {
    let (read, attempt) = (Duration::from_millis(300), Duration::from_millis(700));
    Timing { read, attempt, ..prompt() }
}

async fn attempt<R: Execute + Default>(clients: &Clients) -> Failure {
    let mut request = serde_json::to_value(R::default()).expect("a request is JSON");
    if let Some(arn) = request.get_mut("resourceArn") {
        *arn = "arn:aws:ivs:eu-west-1:123456789012:channel/aBcD".into();
    }
    let request: R = serde_json::from_value(request).expect("it reads what it wrote");
    request.execute(clients.of(R::OPERATION)).await.err().unwrap_or_else(|| panic!("{} was meant to fail", R::OPERATION))
}

macro_rules! by_name {
    ($($noun:ident $operation:ident;)*) => {
        async fn attempt_any(operation: Operation, clients: &Clients) -> Failure {
            match operation { $(Operation::$operation => Box::pin(attempt::<contract::$noun::$operation>(clients)).await,)* }
        }
    };
}
contract::for_each_operation!(by_name);

/// What became of a read and of a create.
async fn both(server: &Server, clients: &Clients, does: Does) -> (Failure, Failure) {
    server.now(does.clone());
    let read = attempt::<GetChannel>(clients).await;
    assert_eq!(server.requests(), read.attempts, "{does:?}");
    server.now(does.clone());
    let create = attempt::<CreateChannel>(clients).await;
    assert_eq!((server.requests(), create.attempts), (1, 1), "a create is on the wire once: {does:?}");
    assert_eq!(read.api.code, create.api.code, "{does:?}");
    assert!(!create.api.message.is_empty() && create.cause.is_some(), "{does:?}");
    (read, create)
}

fn said(message: &str) -> String {
    serde_json::json!({ "exceptionMessage": message }).to_string()
}

/// Declared errors and throttling, for all 46. IVS's own words, its request id, and no more than one change on the wire.
#[tokio::test]
async fn every_operation_tells_ivss_errors_apart() {
    let server = Server::start(Does::Hangs).await;
    let clients = server.clients("us-east-1", prompt());
    for &operation in Operation::ALL {
        for code in operation.errors().chain([Code::ThrottlingException]) {
            let name: &'static str = Code::KNOWN.iter().find(|known| **known == code).expect("it is known").as_str();
            server.now(Does::Answer(code.status(), name, said("In IVS's words.")));
            let failure = attempt_any(operation, &clients).await;
            let context = format!("{operation} {code}");

            assert_eq!(failure.api.code, code, "{context}");
            assert_eq!(failure.api.request_id.as_deref(), Some("request-7"), "{context}");
            assert!(failure.api.message.contains("In IVS's words."), "{context}: {}", failure.api.message);
            let expected = if code.status() < 500 { Certainty::Refused } else { Certainty::Unknown };
            assert_eq!(failure.certainty, expected, "{context}");
            let retried = operation.reads() && (code == Code::ThrottlingException || code.status() >= 500);
            assert_eq!(failure.attempts, if retried { READ_ATTEMPTS } else { 1 }, "{context}");
            assert_eq!(server.requests(), failure.attempts, "{context}");
        }
    }
}

#[tokio::test]
async fn answers_that_no_operation_declares() {
    use Certainty::{Refused, Unknown};
    let html = || "<html><body>Bad Gateway</body></html>".to_owned();
    let server = Server::start(Does::Hangs).await;
    let clients = server.clients("us-west-2", prompt());
    // What is answered; what it means; may a create have happened; how often a read is sent.
    let rows = [
        (Does::Answer(403, "ExpiredTokenException", said("expired")), Code::ExpiredTokenException, Refused, 1),
        (Does::Answer(400, "ExpiredToken", said("expired")), Code::ExpiredTokenException, Refused, 1),
        (Does::Answer(403, "UnrecognizedClientException", said("who?")), Code::UnrecognizedClientException, Refused, 1),
        (Does::Answer(403, "InvalidSignatureException", said("no")), Code::InvalidSignatureException, Refused, 1),
        (Does::Answer(403, "MissingAuthenticationTokenException", said("no")), Code::MissingAuthenticationTokenException, Refused, 1),
        (Does::Answer(404, "UnknownOperationException", String::new()), Code::UnknownOperationException, Refused, 1),
        (Does::Answer(429, "", String::new()), Code::Busy, Refused, 1),
        (Does::Answer(429, "", html()), Code::Busy, Refused, 1),
        (Does::Answer(429, "TooManyRequestsException", said("slower")), Code::ThrottlingException, Refused, 3),
        (Does::Answer(500, "InternalFailure", said("oh")), Code::InternalServerException, Unknown, 3),
        (Does::Answer(500, "", String::new()), Code::InternalServerException, Unknown, 3),
        (Does::Answer(503, "", "{}".to_owned()), Code::ServiceUnavailable, Unknown, 3),
        (Does::Answer(502, "", html()), Code::UpstreamUnreadable, Unknown, 3),
        (Does::Answer(403, "", html()), Code::UpstreamUnreadable, Unknown, 1),
        (Does::Answer(404, "", String::new()), Code::UpstreamUnreadable, Unknown, 1),
        (Does::Answer(400, "SomethingNewException", said("new")), Code::Unknown("SomethingNewException".to_owned()), Unknown, 1),
        (Does::Answer(403, "RoleForbidden", said("not ours")), Code::UpstreamUnreadable, Unknown, 1),
        (Does::Answer(301, "", String::new()), Code::UpstreamUnreadable, Unknown, 1),
    ];
    for (does, code, certainty, attempts) in rows {
        let (read, create) = both(&server, &clients, does.clone()).await;
        assert_eq!((&create.api.code, create.certainty), (&code, certainty), "{does:?}");
        assert_eq!(read.attempts, attempts, "{does:?}");
        let later = matches!(code, Code::ThrottlingException | Code::Busy);
        assert_eq!(read.api.retry_after, later.then_some(1), "{does:?}");
    }
}

/// A reply that came but cannot be read: the change has probably happened.
#[tokio::test]
async fn replies_that_cannot_be_read() {
    let server = Server::start(Does::Hangs).await;
    let clients = server.clients("eu-west-1", prompt());
    let key = r#"{"channel": 7, "streamKey": {"value": "sk_eu-west-1_CANARY"}}"#;
    let bodies = [
        "<html>",
        r#"{"channel": {"arn": "arn"#,
        key,
        r#"{"streamKey": {"value": "sk_CANARY"}, "channel": {"authorized": "yes"}}"#,
        "null,",
    ];
    for does in bodies.map(|body| Does::Answer(200, "", body.to_owned())).into_iter().chain([Does::CutShort]) {
        let (read, create) = both(&server, &clients, does.clone()).await;
        assert_eq!((&create.api.code, create.certainty), (&Code::UpstreamUnreadable, Certainty::Unknown), "{does:?}");
        assert_eq!(create.api.request_id.as_deref(), Some("request-7"), "{does:?}");
        for failure in [read, create] {
            assert!(!format!("{failure:?}").contains("CANARY"), "a stream key leaves no trace: {failure:?}");
        }
    }
}

#[tokio::test]
async fn answers_that_do_not_come() {
    let server = Server::start(Does::Hangs).await;
    let rows = [
        (Does::Hangs, impatient(), Code::UpstreamTimeout),
        (Does::Stalls, impatient(), Code::UpstreamTimeout),
        (Does::ResetsAfter, prompt(), Code::UpstreamUnreachable),
        (Does::ResetsBefore, prompt(), Code::UpstreamUnreachable),
    ];
    for (does, timing, code) in rows {
        let (read, create) = both(&server, &server.clients("eu-central-1", timing), does.clone()).await;
        assert_eq!((&create.api.code, create.certainty), (&code, Certainty::Unknown), "{does:?}: {create:?}");
        assert_eq!(read.attempts, READ_ATTEMPTS, "{does:?}");
    }
}

/// No connection, so nothing was sent: a refused port, a name that is none, TLS that is none.
#[tokio::test]
async fn connections_that_do_not_come_about() {
    let server = Server::start(Does::ResetsBefore).await;
    let gone = TcpListener::bind("127.0.0.1:0").await.expect("a free port").local_addr().expect("bound");
    let base = ivs::config(gone, ivs::credentials());
    for endpoint in [format!("http://{gone}"), "http://ivs.invalid".to_owned(), format!("https://{}", server.address)] {
        let timing = Timing { connect: Duration::from_millis(500), ..prompt() };
        let clients = Clients::new(&base.clone().into_builder().endpoint_url(&endpoint).build(), "ap-south-1", timing);
        let (read, create) = (attempt::<GetChannel>(&clients).await, attempt::<CreateChannel>(&clients).await);
        assert_eq!((&create.api.code, create.certainty), (&Code::UpstreamUnreachable, Certainty::Refused), "{endpoint}: {create:?}");
        assert_eq!((read.api.code, read.attempts, create.attempts), (Code::UpstreamUnreachable, READ_ATTEMPTS, 1), "{endpoint}");
    }
}

/// Nothing to sign with, so nothing was sent; a sign-in that is over says how to sign in.
#[tokio::test]
async fn credentials_that_are_not_there() {
    let server = Server::start(Does::Hangs).await;
    let config = |provider| -> SdkConfig { ivs::config(server.address, provider) };
    let rows = [
        (config(None), false),
        (config(Some(SharedCredentialsProvider::new(Nothing))), false),
        (config(Some(SharedCredentialsProvider::new(signed_out()))), true),
    ];
    for (config, sso) in rows {
        let clients = Clients::new(&config, "ap-northeast-1", prompt());
        let failures = [attempt::<GetChannel>(&clients).await, attempt::<CreateChannel>(&clients).await];
        for failure in failures {
            assert_eq!(
                (&failure.api.code, failure.certainty, failure.attempts),
                (&Code::CredentialsMissing, Certainty::Refused, 0),
                "{failure:?}"
            );
            assert_eq!(failure.api.message.contains("sign-in is over"), sso, "{failure:?}");
            assert!(failure.api.message.contains("aws sso login"), "{failure:?}");
        }
    }
    assert_eq!(server.requests(), 0);
}

#[derive(Debug)]
struct Nothing;

impl aws_credential_types::provider::ProvideCredentials for Nothing {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Err(CredentialsError::not_loaded("no provider in the chain has any")))
    }
}

#[expect(deprecated, reason = "as at the import")]
/// A profile of IAM Identity Center that nobody has signed in to.
fn signed_out() -> ProfileFileCredentialsProvider {
    let profile = "[profile operator]\nsso_session = nobody-signed-in\nsso_account_id = 123456789012\nsso_role_name = Operator\n\
                   [sso-session nobody-signed-in]\nsso_region = eu-west-1\nsso_start_url = https://nobody-signed-in.awsapps.com/start\n";
    let files = ProfileFiles::builder().with_contents(ProfileFileKind::Config, profile).build();
    let config = aws_config::provider_config::ProviderConfig::default().with_region(Some(aws_config::Region::new("eu-west-1")));
    ProfileFileCredentialsProvider::builder().configure(&config).profile_files(files).profile_name("operator").build()
}

#[tokio::test]
async fn a_missing_right_is_named() {
    let server = Server::start(Does::Hangs).await;
    let clients = server.clients("ap-northeast-2", prompt());
    let denied = |said_by_aws: &str| Does::Answer(403, "AccessDeniedException", said(said_by_aws));
    let who = "User: arn:aws:iam::123456789012:user/tally is not authorized to perform:";
    let rows = [
        (String::new(), "IAM action ivs:CreateChannel."),
        ("Denied by an SCP".to_owned(), "IAM action ivs:CreateChannel."),
        (format!("{who} ivs:TagResource on resource: arn:aws:ivs:eu-west-1:123456789012:channel/*"), "IAM action ivs:TagResource."),
    ];
    for (said_by_aws, named) in rows {
        server.now(denied(&said_by_aws));
        let failure = attempt::<CreateChannel>(&clients).await;
        assert!(failure.api.message.contains(named) && failure.api.message.contains(&said_by_aws), "{}", failure.api.message);
    }
}

/// The SDK writes times to the microsecond, in UTC: what it would change is refused at the field, and nothing is sent.
#[tokio::test]
async fn a_time_that_cannot_be_sent_as_it_is_written_is_refused() {
    let server = Server::start(Does::Hangs).await;
    let clients = server.clients("eu-west-1", prompt());
    for text in ["2026-01-31T12:00:00.123456789Z", "2026-01-31 12:00:00Z", "tomorrow", ""] {
        let target_start_at = Some(text.to_owned());
        let request = InsertAdBreak { target_start_at, ..InsertAdBreak::default() };
        let failure = request.execute(clients.of(Operation::InsertAdBreak)).await.expect_err("it is refused");
        assert_eq!((&failure.api.code, failure.certainty, failure.attempts), (&Code::ValidationException, Certainty::Refused, 0), "{text}");
        assert!(failure.api.fields.at("targetStartAt").is_some(), "{text}");
    }
    assert_eq!(server.requests(), 0);
}
