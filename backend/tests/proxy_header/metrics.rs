//! What the metrics say of people: how many, and of nobody; and that nobody uses up the others' share.

use crate::world::{Console, RULES, SECRET};
use backend::metrics::gather;

const ANN: &str = "x-forwarded-user: ann-canary@example.com\r\nx-forwarded-groups: ivs-operators,canary-group\r\n\
                   x-forwarded-preferred-username: Ann Canary\r\nuser-agent: canary-agent/1\r\n";

fn lines(secret: &str) -> Vec<u8> {
    format!("x-tally-proxy-secret: {secret}\r\n{ANN}").into_bytes()
}

#[tokio::test]
async fn violations_and_sign_ins_are_counted_each_and_nobody_is_named() {
    let console = Console::on(tempfile::tempdir().unwrap(), "127.0.0.0/8", RULES).await;
    for _ in 0..3 {
        assert_eq!(console.me(&lines("guess")).await.code(), "ProxyRefused");
    }
    let me = console.me(&lines(SECRET)).await;
    assert_eq!((me.status, me.json["name"].as_str()), (200, Some("Ann Canary")), "{me:?}");
    assert_eq!(console.me(&lines(SECRET)).await.status, 200, "the same, once more");
    let stranger = format!("x-tally-proxy-secret: {SECRET}\r\nx-forwarded-user: bob-canary@example.com\r\n");
    assert_eq!(console.me(stranger.as_bytes()).await.code(), "RoleForbidden");
    let made = r#"{"request":{"name":"canary-channel"}}"#;
    let denied = console.post("/api/ivs/main/eu-west-1/CreateChannel", &lines(SECRET), made).await;
    assert_eq!(denied.code(), "RoleForbidden", "an operator makes no channel: {denied:?}");

    let page = gather(&console.state, &console.requests).await;
    for line in [
        "tally_http_errors_total{code=\"ProxyRefused\"} 3",
        "tally_http_errors_total{code=\"RoleForbidden\"} 2",
        "tally_http_errors_total{code=\"CrossOrigin\"} 0",
        "tally_http_requests_total{route=\"Me\",status=\"2xx\"} 2",
        "tally_http_requests_total{route=\"Me\",status=\"4xx\"} 4",
        "tally_http_requests_total{route=\"CreateChannel\",status=\"4xx\"} 1",
        "tally_http_request_seconds_count{route=\"Me\"} 6",
        "tally_sign_ins_total{outcome=\"ok\"} 1",
        "tally_sign_ins_total{outcome=\"no-access\"} 1",
        "tally_denied_total{permission=\"manage\"} 1",
        "tally_sessions 1",
    ] {
        assert!(page.lines().any(|said| said == line), "{line} is not in\n{page}");
    }
    let journaled = format!("{:?}", console.journaled().await);
    assert!(journaled.contains("Ann Canary"), "the control: the journal names her");
    // Nor where: the accounts are called so, and are in these regions.
    for part in ["canary", "Canary", "example.com", SECRET, "main", "eu-west-1", "127.0.0.1", "123456789012", "arn:"] {
        assert!(!page.contains(part), "{part} is in\n{page}");
    }
}

#[tokio::test]
async fn whoever_asks_more_than_people_do_is_refused_and_nobody_else() {
    let console = Console::on(tempfile::tempdir().unwrap(), "127.0.0.0/8", RULES).await;
    let key = "arn:aws:ivs:eu-west-1:123456789012:stream-key/abcdefghijkl";
    let reveal = format!(r#"{{"account":"main","region":"eu-west-1","arn":"{key}"}}"#);
    let person = |name: &str| {
        format!("x-tally-proxy-secret: {SECRET}\r\nx-forwarded-user: {name}@example.com\r\nx-forwarded-groups: ivs-operators\r\n")
            .into_bytes()
    };
    let (ann, bob) = (person("ann"), person("bob"));
    let mut answers = Vec::new();
    let refused = loop {
        let answer = console.post("/api/reveal/stream-key", &ann, &reveal).await;
        if answer.code() == "TooManyRequests" {
            break answer;
        }
        answers.push(answer.code().to_owned());
        assert!(answers.len() < 100, "she is never refused");
    };
    assert!(answers.len() >= 20 && answers.iter().all(|code| code == "RoleForbidden"), "{answers:?}");
    assert_eq!((refused.status, refused.json["error"]["retryAfter"].as_u64(), &*refused.retry_after), (429, Some(1), "1"), "{refused:?}");
    assert_eq!(console.me(&ann).await.status, 200, "she may look");
    assert_eq!(console.post("/api/reveal/stream-key", &bob, &reveal).await.code(), "RoleForbidden", "nobody pays for another");
    let page = gather(&console.state, &console.requests).await;
    assert!(page.contains("tally_http_errors_total{code=\"TooManyRequests\"} 1\n"), "{page}");
}
