//! Nothing is lost or renamed between our types and IVS's wire, both ways, for every member of the model: documents made
//! from the model go through our type and the SDK to a server that writes down what arrives, and its answer, made from the
//! model too, comes back through the SDK and our type.

#[path = "ivs/mod.rs"]
mod ivs;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::IntoResponse;
use backend::ivs::client::{Clients, Timing};
use backend::ivs::wire::Execute;
use contract::{Call, Operation};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

/// Which document is made of a shape.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Style {
    /// Required members only.
    Least,
    /// Every member, no value twice, nothing empty; each round takes the next value of an enumeration.
    Most(usize),
    /// Every member, at its oddest: unknown enumeration values, `""`, empty lists and maps, 0, `false`.
    Odd,
    /// Anything that fits the shapes, from this seed.
    Any(u64),
}

fn styles() -> impl Iterator<Item = Style> {
    [Style::Least, Style::Odd].into_iter().chain((0..5).map(Style::Most)).chain((1..=10).map(Style::Any))
}

/// The shape of a reply where the model has none.
const NOTHING: &str = "Nothing";

/// Texts that a careless writer or reader of JSON, or of URLs, changes.
const STRINGS: [&str; 10] =
    ["", " ", "\u{0}\u{1f}\r\n\t", "\"\\/", "%2F%", "a=b&c;d?e#f+g", "ÄÖ漢字\u{301}", "👩‍👩‍👧\u{202e}", "null", "\u{feff}\u{2028}"];

/// From the first to the last that RFC 3339 can write.
const TIMES: [&str; 5] = [
    "0001-01-01T00:00:00Z",
    "1969-12-31T23:59:59.999999Z",
    "2024-02-29T12:00:00.5Z",
    "2026-01-31T00:00:00Z",
    "9999-12-31T23:59:59.999999Z",
];

/// Makes documents from the model, and notes what they contained.
struct Maker {
    model: Value,
    style: Style,
    count: i64,
    random: u64,
    members: BTreeSet<(String, String)>,
    values: BTreeSet<(String, String)>,
}

impl Maker {
    fn new() -> Self {
        let text =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../contract/model/model.json")).expect("the model is there");
        let mut model: Value = serde_json::from_str(&text).expect("the model is JSON");
        model["shapes"][NOTHING] = json!({"type": "structure", "members": {}});
        Self { model, style: Style::Least, count: 0, random: 0, members: BTreeSet::new(), values: BTreeSet::new() }
    }

    fn shape(&self, name: &str) -> Value {
        self.model["shapes"][name].clone()
    }

    fn operation(&self, operation: Operation) -> Value {
        self.model["operations"][operation.name()].clone()
    }

    /// A number below `limit`, by xorshift.
    fn dice(&mut self, limit: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        usize::try_from(self.random % limit as u64).expect("it is below a usize")
    }

    /// Anything of a simple shape.
    fn any(&mut self, kind: &str) -> Value {
        match kind {
            "string" => json!(STRINGS[self.dice(STRINGS.len())]),
            "timestamp" => json!(TIMES[self.dice(TIMES.len())]),
            "boolean" => json!(self.dice(2) == 0),
            "integer" => json!([i32::MIN, -1, 0, 1, i32::MAX][self.dice(5)]),
            "long" => json!([i64::MIN, -1, 0, 1, i64::MAX][self.dice(5)]),
            other => panic!("the model has a type this test does not know: {other}"),
        }
    }

    fn make(&mut self, name: &str) -> Value {
        let shape = self.shape(name);
        let wild = matches!(self.style, Style::Any(_));
        let several = if wild {
            self.dice(4)
        } else if matches!(self.style, Style::Most(_)) {
            2
        } else {
            1
        };
        self.count += 1;
        let (count, odd, most) = (self.count, self.style == Style::Odd, matches!(self.style, Style::Most(_)));
        match shape["type"].as_str().expect("a shape has a type") {
            "structure" => self.structure(name, &shape),
            "list" if odd => json!([]),
            "list" => (0..several).map(|_| self.make(text(&shape["member"]))).collect(),
            "map" if odd => json!({}),
            "map" => (0..if most { 2 } else { 1 })
                .map(|index| (format!("key {count}.{index}: +&/ü"), self.make(text(&shape["value"]))))
                .collect(),
            "string" if shape["enum"].is_array() => self.enumeration(name, &shape),
            kind if wild => self.any(kind),
            "string" if odd => json!(""),
            "string" => json!(format!("{name} {count} \"+&%/ü\" 漢")),
            "timestamp" if odd => json!("1969-12-31T23:59:59.5Z"),
            "timestamp" if most => json!(format!("2026-01-31T12:00:{:02}.{:05}1Z", count % 60, 10_000 + count)),
            "timestamp" => json!(format!("2026-01-31T12:00:{:02}Z", count % 60)),
            "boolean" => json!(!odd),
            "integer" => json!(if odd { 0 } else { count }),
            "long" => json!(if odd { 0 } else { 5_000_000_000 + count }),
            other => panic!("the model has a type this test does not know: {other}"),
        }
    }

    fn structure(&mut self, name: &str, shape: &Value) -> Value {
        let mut document = Map::new();
        for (member, target) in shape["members"].as_object().expect("a structure has members") {
            let header = target["in"] == "header";
            let required = shape["required"].as_array().is_some_and(|required| required.contains(&json!(member)));
            let left_out = match self.style {
                Style::Least => true,
                Style::Most(_) | Style::Odd => false,
                Style::Any(_) => self.dice(2) == 0,
            };
            if header || (left_out && !required) {
                continue;
            }
            self.members.insert((name.to_owned(), member.clone()));
            // A path needs something to stand in it.
            let value = if target["in"] == "path" {
                json!("arn:aws:ivs:eu-west-1:123456789012:channel/aBcD")
            } else {
                self.make(text(&target["shape"]))
            };
            document.insert(member.clone(), value);
        }
        Value::Object(document)
    }

    fn enumeration(&mut self, name: &str, shape: &Value) -> Value {
        let known = shape["enum"].as_array().expect("an enumeration has values");
        let value = match self.style {
            Style::Odd => json!("NOT_YET_KNOWN"),
            Style::Any(_) => [known[0].clone(), json!("NOT_YET_KNOWN"), json!("")][self.dice(3)].clone(),
            Style::Least => known[0].clone(),
            Style::Most(round) => known[round % known.len()].clone(),
        };
        self.values.insert((name.to_owned(), text(&value).to_owned()));
        value
    }

    /// Leaves out what means the same as its absence: the model gives a number or boolean that is not boxed the default 0
    /// or `false`, and the SDK knows no difference between the two.
    fn without_defaults(&self, name: &str, document: Value) -> Value {
        let shape = self.shape(name);
        match document {
            Value::Object(members) if shape["type"] == "structure" => {
                let members = members.into_iter().filter_map(|(member, value)| {
                    let target = text(&shape["members"][&member]["shape"]);
                    let boxed = self.shape(target)["box"] == true;
                    let default = value == json!(0) || value == json!(false);
                    (boxed || !default).then(|| (member, self.without_defaults(target, value)))
                });
                Value::Object(members.collect())
            }
            Value::Array(items) => items.into_iter().map(|item| self.without_defaults(text(&shape["member"]), item)).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => document,
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("the model has a text here")
}

/// What the server answers next, and what it was asked.
#[derive(Default)]
struct Desk {
    status: u16,
    reply: Option<Value>,
    method: String,
    uri: Uri,
    body: Vec<u8>,
}

type Shared = Arc<Mutex<Desk>>;

async fn serve(State(desk): State<Shared>, request: Request) -> impl IntoResponse {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.expect("the body arrives");
    let mut desk = desk.lock().expect("nobody panicked");
    (desk.method, desk.uri, desk.body) = (parts.method.to_string(), parts.uri, body.to_vec());
    let reply = desk.reply.as_ref().map(Value::to_string).unwrap_or_default();
    (StatusCode::from_u16(desk.status).expect("a status"), [("x-amzn-requestid", "request-1")], reply)
}

async fn start() -> (Shared, Clients) {
    let desk = Shared::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    let router = Router::new().fallback(serve).with_state(desk.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (desk, Clients::new(&ivs::config(address, ivs::credentials()), "eu-west-1", Timing::default()))
}

async fn exchange<R: Execute>(request: Value, clients: &Clients) -> Value {
    let request: R = serde_json::from_value(request).expect("our type reads the request");
    let answer = request.execute(clients.of(R::OPERATION)).await.expect("the server answers");
    assert_eq!((answer.request_id.as_deref(), answer.attempts), (Some("request-1"), 1), "{}", R::OPERATION);
    serde_json::to_value(answer.response).expect("our type writes the reply")
}

fn reread<R: Call>(reply: Value) -> Value {
    let reply: R::Response = serde_json::from_value(reply).expect("our type reads the reply");
    serde_json::to_value(reply).expect("our type writes the reply")
}

macro_rules! by_name {
    ($($noun:ident $operation:ident;)*) => {
        async fn call(operation: Operation, request: Value, clients: &Clients) -> Value {
            match operation { $(Operation::$operation => Box::pin(exchange::<contract::$noun::$operation>(request, clients)).await,)* }
        }
        /// The same request or reply as our own type reads and writes it.
        fn ours(operation: Operation, request: Value, reply: Value) -> (Value, Value) {
            match operation { $(Operation::$operation => {
                let request: contract::$noun::$operation = serde_json::from_value(request).expect("our type reads the request");
                (serde_json::to_value(request).expect("our type writes it"), reread::<contract::$noun::$operation>(reply))
            })* }
        }
    };
}
contract::for_each_operation!(by_name);

/// The request as its members, wherever they stood.
fn arrived(desk: &Desk, operation: &Value, input: &Value) -> Value {
    let (path, body) = (desk.uri.path(), &desk.body);
    let mut document = if body.is_empty() { json!({}) } else { serde_json::from_slice(body).expect("the SDK sends JSON") };
    assert_eq!(desk.method, text(&operation["method"]));
    let decode = |part: &str| percent_encoding::percent_decode_str(part).decode_utf8().expect("UTF-8").into_owned();
    for (member, target) in input["members"].as_object().expect("a structure has members") {
        if target["in"] == "path" {
            let segment = path.strip_prefix("/tags/").expect("only tags have a path");
            assert!(!segment.contains('/'), "the ARN is one segment: {segment}");
            document[member] = json!(decode(segment));
        } else if target["in"] == "query" {
            let pairs = desk.uri.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
            document[member] =
                pairs.filter(|(name, _)| *name == text(&target["wireName"])).map(|(_, value)| json!(decode(value))).collect();
        }
    }
    if !text(&operation["uri"]).contains('{') {
        assert_eq!(path, text(&operation["uri"]));
    }
    document
}

#[tokio::test]
async fn every_member_of_every_operation_crosses_both_ways() {
    let (desk, clients) = start().await;
    let mut maker = Maker::new();
    for (&operation, style) in Operation::ALL.iter().flat_map(|operation| styles().map(move |style| (operation, style))) {
        maker.style = style;
        if let Style::Any(seed) = style {
            maker.random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ operation as u64;
        }
        let row = maker.operation(operation);
        let (input, output) = (text(&row["input"]).to_owned(), row["output"].as_str().unwrap_or(NOTHING).to_owned());
        let (request, reply) = (maker.make(&input), maker.make(&output));
        let status = u16::try_from(row["successStatus"].as_u64().expect("a status")).expect("a small number");
        *desk.lock().expect("nobody panicked") = Desk { status, reply: (status == 200).then(|| reply.clone()), ..Desk::default() };

        let got = call(operation, request.clone(), &clients).await;
        let sent = arrived(&desk.lock().expect("nobody panicked"), &row, &maker.shape(&input));

        if matches!(style, Style::Most(_)) {
            assert_eq!(sent, request, "{operation}: the request, {style:?}");
            assert_eq!(got, reply, "{operation}: the reply, {style:?}");
        } else {
            let (request, reply) = ours(operation, request, reply);
            assert_eq!(nested(&maker, &input, sent), nested(&maker, &input, request), "{operation}: the request, {style:?}");
            assert_eq!(maker.without_defaults(&output, got), maker.without_defaults(&output, reply), "{operation}: the reply, {style:?}");
        }
    }
    assert_all_seen(&maker);
}

/// A request's own members must arrive even at their defaults: only inside of them the SDK leaves defaults out.
fn nested(maker: &Maker, input: &str, document: Value) -> Value {
    let Value::Object(members) = document else { panic!("a request is an object") };
    let shape = maker.shape(input);
    let inside = |(member, value): (String, Value)| {
        let target = text(&shape["members"][&member]["shape"]).to_owned();
        (member, maker.without_defaults(&target, value))
    };
    Value::Object(members.into_iter().map(inside).collect())
}

/// The members that three operations' replies carry as headers of HTTP: they are for browsers, and we are none.
const HEADERS: [&str; 7] = [
    "accessControlAllowOrigin",
    "accessControlExposeHeaders",
    "cacheControl",
    "contentSecurityPolicy",
    "strictTransportSecurity",
    "xContentTypeOptions",
    "xFrameOptions",
];

fn assert_all_seen(maker: &Maker) {
    let shapes = maker.model["shapes"].as_object().expect("the model has shapes");
    let mut members = 0;
    for (name, shape) in shapes {
        for member in shape["members"].as_object().into_iter().flat_map(Map::keys) {
            let header = shape["members"][member]["in"] == "header" && HEADERS.contains(&member.as_str());
            assert!(header || maker.members.contains(&(name.clone(), member.clone())), "{name}.{member} never crossed");
            members += 1;
        }
        for value in shape["enum"].as_array().into_iter().flatten() {
            assert!(maker.values.contains(&(name.clone(), text(value).to_owned())), "{name} {value} never crossed");
        }
    }
    assert!(members > 300, "the model has some 340 members, not {members}");
}

#[test]
fn the_pinned_sdk_has_our_operations_and_our_secrets() {
    // One platform, so that cargo does not ask for the sources of packages that only others need.
    let host = format!("--filter-platform={}-unknown-linux-gnu", std::env::consts::ARCH);
    let metadata =
        std::process::Command::new(env!("CARGO")).args(["metadata", "--format-version=1", "--offline", "--locked", &host]).output();
    let metadata: Value = serde_json::from_slice(&metadata.expect("cargo runs").stdout).expect("cargo writes JSON");
    let package = metadata["packages"].as_array().expect("packages").iter().find(|package| package["name"] == "aws-sdk-ivs");
    let manifest = text(&package.expect("the SDK is a dependency")["manifest_path"]);
    let folder = std::path::Path::new(manifest).with_file_name("src").join("operation");

    let (mut operations, mut secrets) = (BTreeSet::new(), BTreeSet::new());
    for entry in std::fs::read_dir(folder).expect("the SDK's source is there") {
        let path = entry.expect("an entry").path();
        let Some(module) = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".rs")) else { continue };
        let source = std::fs::read_to_string(&path).expect("a source file");
        let name: String = module.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
        if source.contains("SensitiveOutput)") {
            secrets.insert(name.clone());
        }
        operations.insert(name);
    }
    let names =
        |of: &dyn Fn(&Operation) -> bool| Operation::ALL.iter().filter(|op| of(op)).map(|op| op.name().to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(operations, names(&|_| true));
    assert_eq!(secrets, names(&|operation| operation.secret()));
}
