//! The proxies that are known, each as its own documentation shows its tokens; and keys that are replaced.

use crate::signer::{ALB_KEY, With};
use crate::world::{AUDIENCE, Token, World, now};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use contract::access::Role;
use serde_json::{Value, json};

const ALB: &str = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/tally/50dc6c495c0c9188";

/// What of its header and its claims is otherwise.
type Lie = fn(&mut Value, &mut Value);

/// As a load balancer writes it: padded, with who signed, for whom and until when in the header.
fn by_alb(header: &Value, claims: &Value, with: With) -> String {
    let text = format!("{}.{}", URL_SAFE.encode(header.to_string()), URL_SAFE.encode(claims.to_string()));
    format!("{text}.{}", URL_SAFE.encode(with.sign(text.as_bytes())))
}

fn alb_header(issuer: &str) -> Value {
    json!({"typ": "JWT", "kid": ALB_KEY, "alg": "ES256", "iss": issuer, "client": AUDIENCE, "signer": ALB, "exp": now() + 120})
}

async fn alb() -> World {
    let said = format!(
        "proxy = \"alb\"\nissuer = \"https://login.example.com\"\naudience = {AUDIENCE:?}\nalb_arn = {ALB:?}\nkeys_url = \"{{}}/alb\""
    );
    World::with(&said, "sign_out_url = \"https://login.example.com/logout\"").await
}

#[tokio::test]
async fn a_load_balancer_s_token_gets_in_and_no_other_load_balancer_s() {
    let world = alb().await;
    let issuer = "https://login.example.com";
    let claims = json!({"sub": "u-1", "name": "Ann Ö", "groups": "ivs-operators", "email": "ann@example.com"});
    let shown = async |token: String| world.me(&[("x-amzn-oidc-data", &token)]).await;
    let good = shown(by_alb(&alb_header(issuer), &claims, With::Ec)).await;
    assert_eq!((good.status, &good.json["name"]), (200, &"Ann Ö".into()), "{good:?}");
    assert_eq!(good.json["signOutUrl"], "https://login.example.com/logout");
    let mut more = claims.clone();
    (more["iss"], more["exp"]) = (issuer.into(), (now() + 120).into());
    assert_eq!(shown(by_alb(&alb_header(issuer), &more, With::Ec)).await.status, 200, "it may say so in the claims, too");
    assert_eq!(world.signer.times(), 1, "its key is asked for once");

    let lies: [(&str, Lie); 16] = [
        ("another load balancer", |h, _| h["signer"] = ALB.replace("50dc", "60dc").into()),
        ("another account's load balancer", |h, _| h["signer"] = ALB.replace("123456789012", "210987654321").into()),
        ("a load balancer and more", |h, _| h["signer"] = format!("{ALB}0").into()),
        ("no load balancer", |h, _| drop(h.as_object_mut().unwrap().remove("signer"))),
        ("a list of load balancers", |h, _| h["signer"] = json!([ALB])),
        ("another client", |h, _| h["client"] = "another".into()),
        ("no client", |h, _| drop(h.as_object_mut().unwrap().remove("client"))),
        ("another provider", |h, _| h["iss"] = "https://evil.example".into()),
        ("another provider in the claims", |_, c| c["iss"] = "https://evil.example".into()),
        ("no provider", |h, _| drop(h.as_object_mut().unwrap().remove("iss"))),
        ("over", |h, _| h["exp"] = (now() - 61).into()),
        ("over, in the claims", |_, c| c["exp"] = (now() - 61).into()),
        ("no end", |h, _| drop(h.as_object_mut().unwrap().remove("exp"))),
        ("another key", |h, _| h["kid"] = "0198f3c4-7d1e-4000-8000-000000000002".into()),
        ("a key whose name is a path", |h, _| h["kid"] = "..%2f..%2fmine".into()),
        ("no subject", |_, c| drop(c.as_object_mut().unwrap().remove("sub"))),
    ];
    for (name, lie) in lies {
        let (mut header, mut said) = (alb_header(issuer), claims.clone());
        lie(&mut header, &mut said);
        let answer = shown(by_alb(&header, &said, With::Ec)).await;
        assert_eq!((answer.status, answer.code()), (403, "ProxyRefused"), "{name}: {answer:?}");
    }
    assert_eq!(shown(by_alb(&alb_header(issuer), &claims, With::OthersEc)).await.code(), "ProxyRefused", "signed by another");
}

#[tokio::test]
async fn names_of_keys_that_are_made_up_do_not_make_the_console_ask_for_each() {
    let world = alb().await;
    for n in 0..40 {
        let mut header = alb_header("https://login.example.com");
        header["kid"] = format!("0198f3c4-7d1e-4000-8000-0000001{n:05}").into();
        let token = by_alb(&header, &json!({"sub": "u-1"}), With::Ec);
        assert_eq!(world.me(&[("x-amzn-oidc-data", &token)]).await.code(), "ProxyRefused");
    }
    assert_eq!(world.signer.times(), 10);
}

#[tokio::test]
async fn cloudflare_access_and_pomerium_have_seen_the_address_proved_themselves() {
    for (said, header, kid, alg, with, way_out) in [
        ("proxy = \"cloudflare-access\"\nissuer = \"{}\"", "cf-access-jwt-assertion", "rsa", "RS256", With::Rsa, "/cdn-cgi/access/logout"),
        ("proxy = \"pomerium\"\nissuer = \"{}\"", "x-pomerium-jwt-assertion", "ec", "ES256", With::Ec, "/.pomerium/sign_out"),
    ] {
        let world = World::with(&format!("{said}\naudience = {AUDIENCE:?}\nkeys_url = \"{{}}/jwks\""), "").await;
        let mut token = Token { header: json!({"alg": alg, "kid": kid}), with, ..world.good() };
        token.claims["aud"] = json!([AUDIENCE]);
        token.claims["email"] = "root@example.com".into();
        token.claims.as_object_mut().unwrap().remove("groups");
        let me = world.me(&[(header, &token.signed())]).await;
        assert_eq!((me.status, &me.json["rights"]["role"], &me.json["signOutUrl"]), (200, &"admin".into(), &way_out.into()), "{me:?}");
        token.header["alg"] = if alg == "RS256" { "ES256" } else { "RS256" }.into();
        assert_eq!(world.me(&[(header, &token.signed())]).await.code(), "ProxyRefused", "{header}: the other algorithm");
    }
}

#[tokio::test]
async fn oauth2_proxy_hands_on_the_provider_s_own_token() {
    let said = format!("proxy = \"oauth2-proxy\"\nissuer = \"{{}}\"\naudience = {AUDIENCE:?}");
    let world = World::with(&said, "").await;
    let token = world.good().signed();
    let me = world.me(&[("authorization", &format!("Bearer {token}"))]).await;
    assert_eq!((me.status, &me.json["signOutUrl"]), (200, &"/oauth2/sign_out".into()), "{me:?}");
    for odd in [token.clone(), format!("Basic {token}"), format!("Bearer  {token}"), format!("Bearer{token}"), "Bearer ".to_owned()] {
        assert_eq!(world.me(&[("authorization", &odd)]).await.code(), "ProxyRefused", "{odd}");
    }
    // Anybody may have typed an address into their profile at a provider.
    let mut root = world.good();
    root.claims["email"] = "root@example.com".into();
    root.claims["groups"] = json!([]);
    assert_eq!(world.me(&[("authorization", &format!("Bearer {}", root.signed()))]).await.code(), "RoleForbidden");
    root.claims["email_verified"] = true.into();
    assert_eq!(world.me(&[("authorization", &format!("Bearer {}", root.signed()))]).await.json["rights"]["role"], "admin");
}

#[tokio::test]
async fn where_the_proxy_s_network_is_named_no_other_will_do() {
    let said = format!("header = \"x-id-token\"\nissuer = \"{{}}\"\naudience = {AUDIENCE:?}\nkeys_url = \"{{}}/jwks\"");
    let here = World::with(&said, "sign_out_url = \"/logout\"\ntrusted = [\"127.0.0.0/8\"]").await;
    assert_eq!(here.shown(&here.good().signed()).await.status, 200);
    let elsewhere = World::with(&said, "sign_out_url = \"/logout\"\ntrusted = [\"10.0.0.0/8\"]").await;
    assert_eq!(elsewhere.shown(&elsewhere.good().signed()).await.code(), "ProxyRefused");
}

#[tokio::test]
async fn a_key_that_says_for_which_algorithm_it_is_does_for_no_other() {
    let said = format!(
        "header = \"x-id-token\"\nissuer = \"{{}}\"\naudience = {AUDIENCE:?}\nkeys_url = \"{{}}/jwks\"\nalgorithms = [\"RS256\", \"PS256\"]"
    );
    let world = World::with(&said, "sign_out_url = \"/logout\"").await;
    let shown = async |kid: &str| {
        let token = Token { header: json!({"alg": "PS256", "kid": kid}), with: With::Pss, ..world.good() };
        world.shown(&token.signed()).await.status
    };
    assert_eq!((shown("any").await, shown("rsa").await), (200, 403));
}

#[tokio::test]
async fn a_key_that_is_no_longer_shown_holds_until_the_set_is_read_again() {
    let world = World::generic().await;
    *world.signer.shows.lock().unwrap() = json!({"keys": []});
    assert_eq!(world.shown(&world.good().signed()).await.code(), "ProxyRefused");
    assert_eq!(world.shown(&world.good().signed()).await.code(), "ProxyRefused");
    assert_eq!(world.signer.times(), 1, "what is not in it is looked for once in half a minute");
}

#[tokio::test]
async fn a_job_goes_by_what_its_person_held_last() {
    let world = World::generic().await;
    world.shown(&world.good().signed()).await;
    let subject = format!("{} u-1", world.signer.url);
    let held = || world.state.auth.held_of(&subject).map(|held| held.anywhere().role);
    assert_eq!(held(), Some(Some(Role::Operator)));
    let mut without = world.good();
    without.claims["groups"] = json!(["staff"]);
    assert_eq!(world.shown(&without.signed()).await.code(), "RoleForbidden");
    assert_eq!(held(), None);
}
