//! One row, one way to say to be somebody. `{s}` is the secret, so that each row lacks one thing alone.

use crate::behind::copy;
use crate::world::{Console, RULES, SECRET};

const GOOD: &str = "x-tally-proxy-secret: {s}\r\nx-forwarded-user: ann@example.com\r\nx-forwarded-groups: staff,ivs-operators\r\n";

/// What is sent instead, and why it is refused.
const SPOOFS: &[(&str, &str)] = &[
    ("nothing at all", ""),
    ("no secret", "x-forwarded-user: root@example.com\r\n"),
    ("an empty secret", "x-tally-proxy-secret: \r\nx-forwarded-user: root@example.com\r\n"),
    ("another secret", "x-tally-proxy-secret: 00000000000000000000000000000000\r\nx-forwarded-user: root@example.com\r\n"),
    ("the beginning of the secret", "x-tally-proxy-secret: 4f0c1e2d3b4a5968\r\nx-forwarded-user: root@example.com\r\n"),
    ("more than the secret", "x-tally-proxy-secret: {s}0\r\nx-forwarded-user: root@example.com\r\n"),
    ("the secret in capitals", "x-tally-proxy-secret: {S}\r\nx-forwarded-user: root@example.com\r\n"),
    ("the secret twice", "x-tally-proxy-secret: {s}\r\nx-tally-proxy-secret: {s}\r\nx-forwarded-user: root@example.com\r\n"),
    ("the secret after another", "x-tally-proxy-secret: guess\r\nx-tally-proxy-secret: {s}\r\nx-forwarded-user: root@example.com\r\n"),
    ("the secret before another", "x-tally-proxy-secret: {s}\r\nx-tally-proxy-secret: guess\r\nx-forwarded-user: root@example.com\r\n"),
    ("the secret in another header", "authorization: Bearer {s}\r\nx-forwarded-user: root@example.com\r\n"),
    ("the secret as a cookie", "cookie: x-tally-proxy-secret={s}\r\nx-forwarded-user: root@example.com\r\n"),
    ("no user", "x-tally-proxy-secret: {s}\r\n"),
    ("an empty user", "x-tally-proxy-secret: {s}\r\nx-forwarded-user: \r\n"),
    (
        "two users, the first by hand",
        "x-tally-proxy-secret: {s}\r\nx-forwarded-user: root@example.com\r\nx-forwarded-user: ann@example.com\r\n",
    ),
    (
        "two users, the second by hand",
        "x-tally-proxy-secret: {s}\r\nx-forwarded-user: ann@example.com\r\nx-forwarded-user: root@example.com\r\n",
    ),
    ("the same user twice", "x-tally-proxy-secret: {s}\r\nx-forwarded-user: ann@example.com\r\nx-forwarded-user: ann@example.com\r\n"),
    (
        "a user in capitals beside",
        "x-tally-proxy-secret: {s}\r\nx-forwarded-user: ann@example.com\r\nX-Forwarded-User: root@example.com\r\n",
    ),
    ("underscores", "x-tally-proxy-secret: {s}\r\nx-forwarded-user: ann@example.com\r\nx_forwarded_user: root@example.com\r\n"),
    ("one underscore", "x-tally-proxy-secret: {s}\r\nx-forwarded-user: ann@example.com\r\nx-forwarded_user: root@example.com\r\n"),
    ("an underscore in the secret", "x-tally-proxy-secret: {s}\r\nx-forwarded-user: ann@example.com\r\nx-tally-proxy_secret: {s}\r\n"),
    ("an underscore in the groups", "{g}x_forwarded_groups: ivs-admins\r\n"),
    ("an underscore in the name", "{g}x_forwarded_preferred_username: Root\r\n"),
    ("groups twice", "{g}x-forwarded-groups: ivs-operators\r\n"),
    ("a name twice", "{g}x-forwarded-preferred-username: Ann\r\nx-forwarded-preferred-username: Root\r\n"),
    ("a user of two lines", "x-tally-proxy-secret: {s}\r\nx-forwarded-user: ann\u{b}root@example.com\r\n"),
    ("a user with a tab", "x-tally-proxy-secret: {s}\r\nx-forwarded-user: ann\troot\r\n"),
    ("a user that turns text around", "x-tally-proxy-secret: {s}\r\nx-forwarded-user: \u{202e}nna\r\n"),
    ("a user that is not seen", "x-tally-proxy-secret: {s}\r\nx-forwarded-user: ann\u{200b}\r\n"),
    ("a user that is no UTF-8", "x-tally-proxy-secret: {s}\r\nx-forwarded-user: ann{ff}\r\n"),
    ("a user of 300 bytes", "x-tally-proxy-secret: {s}\r\nx-forwarded-user: {300}\r\n"),
    ("201 groups", "x-tally-proxy-secret: {s}\r\nx-forwarded-user: ann@example.com\r\nx-forwarded-groups: {201}\r\n"),
    ("a folded line", "x-tally-proxy-secret: {s}\r\nx-forwarded-user: ann\r\n @example.com\r\n"),
    ("a blank before the colon", "x-tally-proxy-secret: {s}\r\nx-forwarded-user : root@example.com\r\n"),
    ("Connection names the user", "{g}Connection: close, x-forwarded-user\r\n"),
    ("Connection names the secret", "{g}Connection: x-tally-proxy-secret\r\n"),
    ("Connection names something", "{g}Connection: keep-alive, x-anything\r\n"),
    ("Connection twice", "{g}Connection: close\r\nConnection: x-forwarded-groups\r\n"),
    ("a proxy's address that is forwarded", "x-forwarded-for: 127.0.0.1\r\nx-forwarded-user: root@example.com\r\n"),
    ("a host that is forwarded", "x-forwarded-host: localhost\r\nx-forwarded-user: root@example.com\r\n"),
    ("the session of another mode", "cookie: __Host-Http-tally_s=AAAA; tally_4500=0123456789abcdef\r\n"),
    (
        "the user as the original had it",
        "x-tally-proxy-secret: {s}\r\nx-original-user: root@example.com\r\nremote-user: root@example.com\r\n",
    ),
];

fn lines(row: &str) -> Vec<u8> {
    let groups: Vec<String> = (0..200).map(|at| format!("g{at}")).chain(["ivs-operators".to_owned()]).collect();
    let text = row.replace("{g}", GOOD).replace("{s}", SECRET).replace("{S}", &SECRET.to_uppercase());
    let text = text.replace("{300}", &"a".repeat(300)).replace("{201}", &groups.join(","));
    match text.split_once("{ff}") {
        Some((before, after)) => [before.as_bytes(), &[0xff], after.as_bytes()].concat(),
        None => text.into_bytes(),
    }
}

#[tokio::test]
async fn nobody_says_to_be_somebody_in_the_proxy_s_place() {
    let console = Console::trusting("127.0.0.1").await;
    for (name, row) in SPOOFS {
        let answer = console.me(&lines(row)).await;
        // What is not HTTP at all is not even asked who it is.
        let refused = answer.code() == "ProxyRefused" && answer.status == 403 || answer.status == 400;
        assert!(refused, "{name}: {answer:?}");
    }
    println!("{} spoofs refused", SPOOFS.len());
    assert_eq!(console.me(&lines(GOOD)).await.json["rights"]["role"], "operator", "the control");
    let journaled = console.journaled().await;
    let violations = journaled.iter().filter(|(operation, ..)| operation == "ProxyViolation").count();
    assert_eq!(violations, 1, "of one address, one in a minute: {journaled:?}");
}

#[tokio::test]
async fn from_another_network_not_even_the_secret_helps() {
    let console = Console::trusting("10.0.0.0/8").await;
    let answer = console.me(&lines(GOOD)).await;
    assert_eq!((answer.status, answer.code()), (403, "ProxyRefused"));
    let forwarded = format!("{GOOD}x-forwarded-for: 10.0.0.1\r\n");
    assert_eq!(console.me(&lines(&forwarded)).await.code(), "ProxyRefused");
}

#[tokio::test]
async fn whom_the_proxy_names_is_in_with_what_the_rules_give() {
    let console = Console::trusting("127.0.0.0/8").await;
    let named = format!("{GOOD}x-forwarded-preferred-username: Ann Ö\r\nx-forwarded-for: 1.2.3.4, 203.0.113.7\r\n");
    let me = console.me(&lines(&named)).await;
    assert_eq!((me.status, &me.json["name"], &me.json["signOutUrl"]), (200, &"Ann Ö".into(), &"/logout".into()), "{me:?}");
    for odd in ["", "{300}", "Ann\u{200b}"] {
        let me = console.me(&lines(&format!("{GOOD}x-forwarded-preferred-username: {odd}\r\n"))).await;
        assert_eq!(me.json["name"], "ann@example.com", "a name decides nothing: {odd:?}");
    }
    let root = console.me(&lines("x-tally-proxy-secret: {s}\r\nx-forwarded-user: root@example.com\r\n")).await;
    assert_eq!(root.json["rights"]["role"], "admin");
    let nobody = console.me(&lines("x-tally-proxy-secret: {s}\r\nx-forwarded-user: nora@example.com\r\nx-forwarded-groups: \r\n")).await;
    assert_eq!((nobody.status, nobody.code()), (403, "RoleForbidden"));
    let part = console
        .me(&lines("x-tally-proxy-secret: {s}\r\nx-forwarded-user: pat\r\nx-forwarded-groups: ivs-operators-not, xivs-operators\r\n"))
        .await;
    assert_eq!(part.code(), "RoleForbidden", "a part of a name is no name");
    let sessions =
        console.post("/api/sessions/all", &lines("x-tally-proxy-secret: {s}\r\nx-forwarded-user: root@example.com\r\n"), "{}").await;
    let list = sessions.json["sessions"].as_array().unwrap();
    assert!(list.iter().any(|seen| seen["person"] == "Ann Ö" && seen["clientIp"] == "203.0.113.7"), "{list:?}");
    let ends = r#"{"subject":"proxy-header ann@example.com"}"#;
    let ended =
        console.post("/api/sessions/end-of", &lines("x-tally-proxy-secret: {s}\r\nx-forwarded-user: root@example.com\r\n"), ends).await;
    assert_eq!(ended.json["ended"], 1);
    assert_eq!(console.state.auth.held_of("proxy-header ann@example.com"), None, "and her jobs stop");
    let signed_in: Vec<_> = console.journaled().await.into_iter().map(|(operation, person, _)| (operation, person)).collect();
    let count = |person: &str| signed_in.iter().filter(|row| **row == ("SignIn".to_owned(), person.to_owned())).count();
    assert_eq!([count("Ann Ö"), count("root@example.com"), count("nora@example.com")], [1, 1, 1], "once each: {signed_in:?}");
}

#[tokio::test]
async fn a_job_goes_by_what_its_person_held_last_after_a_restart_too() {
    let console = Console::trusting("127.0.0.1").await;
    console.me(&lines(GOOD)).await;
    let held = |console: &Console| console.state.auth.held_of("proxy-header ann@example.com").map(|held| held.anywhere().role);
    let operator = Some(Some(contract::access::Role::Operator));
    assert_eq!(held(&console), operator);
    assert_eq!(console.state.auth.held_of("proxy-header nobody"), None);
    // Their group is taken away, and the next request says so.
    let without = GOOD.replace("ivs-operators", "others");
    assert_eq!(console.me(&lines(&without)).await.code(), "RoleForbidden");
    assert_eq!(held(&console), None);
    console.me(&lines(GOOD)).await;
    assert_eq!(held(&console), operator);
    let folder = copy(&console.folder);
    assert_eq!(held(&Console::on(copy(&folder), "127.0.0.1", RULES).await), operator);
    assert_eq!(held(&Console::on(folder, "127.0.0.1", &RULES.replace("operator\"", "viewer\"")).await), None, "under other rules");
}
