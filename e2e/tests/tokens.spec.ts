import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";

import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { ALL_THE_SAME, pasted } from "../fixtures/channels.ts";
import { expect, test } from "../fixtures/test.ts";
import { at, OTHER_REGION } from "../fixtures/place.ts";

// The token studio: what is made there opens a private channel of the emulator, and nothing of it leaves the browser.

const PRIVATE = "e2e-private";
const ORIGIN = "https://player.example.com";

type Channel = { arn: string; playbackUrl: string };
type Claims = Record<string, unknown>;

const key = (page: Page) => page.getByRole("region", { name: "Private key" });
const signed = (page: Page) => page.getByRole("region", { name: "Signed token" });
const checked = (page: Page) => page.getByRole("region", { name: "Check a token" });
const findings = (page: Page) => checked(page).getByRole("list", { name: "Findings" });
const signing = (page: Page) => page.getByRole("button", { name: "Sign token" });
const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true }).or(page.getByRole("spinbutton", { name, exact: true }));

const pair = (curve = "secp384r1") => generateKeyPairSync("ec", { namedCurve: curve });
const pem = (privateKey: KeyObject, type: "pkcs8" | "sec1" = "pkcs8"): string => privateKey.export({ format: "pem", type }) as string;

/** As IVS answers it: MD5 over the DER of the public half. */
function fingerprint(privateKey: KeyObject): string {
  const der = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return createHash("md5").update(der).digest("hex").match(/../g)!.join(":");
}

/** A token as somebody else's program makes it. */
function token(privateKey: KeyObject, claims: Claims, header: Claims = { alg: "ES384", typ: "JWT" }, dsaEncoding: "ieee-p1363" | "der" = "ieee-p1363"): string {
  const part = (part: Claims) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${sign("sha384", Buffer.from(text), { key: privateKey, dsaEncoding }).toString("base64url")}`;
}

const claimsOf = (token: string): Claims => JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString()) as Claims;
const inMinutes = (minutes: number): number => Math.floor(Date.now() / 1000) + minutes * 60;

/** The part of a key that no other text has. */
const secret = (pem: string): string => pem.split("\n")[2]!;

const it = test.extend<{ keys: { privateKey: KeyObject; publicKey: KeyObject }; live: Channel; player: (token: string, headers?: Record<string, string>) => Promise<[number, string]> }>({
  /** A key pair whose public half is imported. */
  keys: async ({ api }, use) => {
    const keys = pair();
    const publicKeyMaterial = keys.publicKey.export({ format: "pem", type: "spki" });
    await api.call("ImportPlaybackKeyPair", { name: "e2e-key", publicKeyMaterial });
    await use(keys);
  },
  /** A private channel that is live. */
  live: async ({ api, emulator }, use) => {
    const { channel } = await api.call<{ channel: Channel }>("CreateChannel", { name: PRIVATE, authorized: true });
    await emulator.scenario(channel.arn, "goLive", { encoder: "obs" });
    await use(channel);
  },
  /** Fetches the first playlist, as a player does. */
  player: async ({ live, demo }, use) => {
    const url = live.playbackUrl.replace("https://", `${demo.emulator}/playback/`);
    await use(async (token, headers = {}) => {
      const answer = await fetch(`${url}?token=${token}`, { headers });
      return [answer.status, await answer.text()];
    });
  },
});

async function open(page: Page, text?: string): Promise<void> {
  await page.goto(at("playback-tokens"));
  await expect(page.getByLabel("Channel", { exact: true }).locator("option", { hasText: PRIVATE })).toBeAttached();
  await page.getByLabel("Channel", { exact: true }).selectOption({ label: PRIVATE });
  if (text !== undefined) await give(page, text);
}

async function give(page: Page, text: string): Promise<void> {
  await key(page).getByRole("textbox").fill(text);
  await expect(key(page)).toContainText("Fingerprint");
}

/** Signs what is typed; answers the token. */
async function made(page: Page): Promise<string> {
  await signing(page).click();
  const code = signed(page).locator("code").first();
  await expect(code).toHaveText(/^[\w-]+\.[\w-]+\.[\w-]{128}$/);
  return (await code.textContent())!;
}

async function check(page: Page, text: string): Promise<void> {
  await field(page, "Token to check").fill(text);
  await expect(findings(page)).toBeVisible();
}

async function fair(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
}

for (const type of ["pkcs8", "sec1"] as const) {
  it(`a token signed with a key as ${type} opens the private channel, and the key is named`, async ({ page, keys, live, player }) => {
    await open(page, pem(keys.privateKey, type));
    await expect(key(page)).toContainText(fingerprint(keys.privateKey));
    await expect(key(page).getByRole("link", { name: "e2e-key" })).toBeVisible();
    const token = await made(page);
    const { exp, ...rest } = claimsOf(token);
    expect(rest).toEqual({ "aws:channel-arn": live.arn });
    expect(exp).toBeGreaterThan(inMinutes(9));
    expect(exp).toBeLessThanOrEqual(inMinutes(10));
    const [status, playlist] = await player(token);
    expect([status, playlist.split("\n")[0]]).toEqual([200, "#EXTM3U"]);
  });
}

it("a key whose file lacks its public half is read too, and a file as well as a paste", async ({ page, keys, player }) => {
  const { d } = keys.privateKey.export({ format: "jwk" });
  const number = Buffer.from(d!, "base64url");
  const der = Buffer.concat([Buffer.from("303e0201010430", "hex"), number, Buffer.from("a00706052b81040022", "hex")]);
  const text = `-----BEGIN EC PRIVATE KEY-----\n${der.toString("base64")}\n-----END EC PRIVATE KEY-----\n`;
  await open(page);
  await key(page).getByLabel("Read the private key from a file").setInputFiles({ name: "private.pem", mimeType: "text/plain", buffer: Buffer.from(text) });
  await expect(key(page)).toContainText(fingerprint(keys.privateKey));
  expect((await player(await made(page)))[0]).toBe(200);
});

it("a key that IVS does not know is said to be one, and its tokens open nothing", async ({ page, live, player }) => {
  const { privateKey } = pair();
  await open(page, pem(privateKey));
  expect(live.arn).toContain("channel/");
  await expect(key(page)).toContainText("IVS does not know it in eu-west-1");
  const [status, why] = await player(await made(page));
  expect([status, why]).toEqual([403, expect.stringContaining("no playback key pair of the region")]);
});

it("every claim goes into the token, and a foreign origin, another use and a later time do not pass", async ({ page, keys, live, player, emulator }) => {
  await open(page, pem(keys.privateKey));
  await field(page, "Expires after so many minutes").fill("5");
  await field(page, "Viewer id").fill("viewer-4711");
  await field(page, "Viewer session version").fill("3");
  await page.getByRole("button", { name: "Generate UUID" }).click();
  await field(page, "Origins of the web pages that may play").fill(`https://*.example.com\nhttps://example.org`);
  await page.getByRole("switch", { name: "Strict origin enforcement" }).check();
  await page.getByLabel("Maximum resolution").selectOption("HD");
  await page.getByText("for channels with an ad configuration").click();
  await page.getByRole("switch", { name: "No ads" }).check();
  await field(page, "MediaTailor configuration").fill("main");
  await field(page, "Player parameters").fill('{"a":"ü"}');
  await page.getByLabel("Reporting").selectOption("SERVER");
  await expect(page.getByRole("region", { name: "Claims", exact: true })).toContainText('"aws:viewer-session-version": 3');
  const token = await made(page);
  const { exp, "aws:single-use-uuid": once, ...rest } = claimsOf(token);
  expect(exp).toBeLessThanOrEqual(inMinutes(5));
  expect(once).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(rest).toEqual({
    "aws:channel-arn": live.arn,
    "aws:viewer-id": "viewer-4711",
    "aws:viewer-session-version": 3,
    "aws:access-control-allow-origin": "https://*.example.com,https://example.org",
    "aws:strict-origin-enforcement": true,
    "aws:maximum-resolution": "HD",
    "aws:ads-opt-out": true,
    "aws:ads-playback-config-name": "main",
    "aws:ads-player-params": '{"a":"ü"}',
    "aws:ads-reporting-mode": "SERVER",
  });
  await expect(signed(page).locator("pre")).toContainText("-H 'Origin: https://www.example.com'");
  expect(await player(token)).toEqual([403, expect.stringContaining("origin required")]);
  expect(await player(token, { origin: "https://evil.example" })).toEqual([403, expect.stringContaining("origin not allowed")]);
  const [status, playlist] = await player(token, { origin: ORIGIN });
  expect(status).toBe(200);
  expect(playlist).not.toContain("x1080");
  expect(await player(token, { origin: ORIGIN })).toEqual([403, expect.stringContaining("single use")]);

  await page.getByRole("button", { name: "Generate UUID" }).click();
  await expect(signed(page)).toContainText("What you sign appears here");
  const late = await made(page);
  await emulator.advance(301);
  expect(await player(late, { origin: ORIGIN })).toEqual([403, expect.stringContaining("expired")]);
});

it("what IVS would refuse is said while one types, and nothing is signed", async ({ page, keys, live }) => {
  expect(live.arn).toContain("channel/");
  await open(page, pem(keys.privateKey));
  const cases: [string, string, RegExp][] = [
    ["Viewer id", "x".repeat(41), /at most 40 characters; this has 41/],
    ["Expires after so many minutes", "11", /ten minutes ahead/],
    ["Viewer session version", "1.5", /whole number/],
    ["Single-use UUID", "once", /Must be a UUID/],
    ["Origins of the web pages that may play", "https://example.com/path", /is no origin/],
  ];
  for (const [name, text, why] of cases) {
    await field(page, name).fill(text);
    await field(page, name).blur();
    await expect(field(page, name)).toHaveAccessibleDescription(why);
  }
  await signing(page).click();
  await expect(signed(page)).toContainText("What you sign appears here");
  await expect(field(page, "Expires after so many minutes")).toBeFocused();
  await fair(page);
  for (const name of ["Viewer id", "Single-use UUID"]) await field(page, name).fill("");
  await expect(field(page, "Expires after so many minutes")).not.toHaveAccessibleDescription(/ten minutes ahead/);
  await field(page, "Viewer session version").fill("1");
  await expect(field(page, "Viewer session version")).toHaveAccessibleDescription(/Needs a viewer id/);
  await field(page, "Viewer session version").fill("");
  await field(page, "Origins of the web pages that may play").fill([1, 2, 3, 4, 5, 6].map((n) => `https://${n}.example`).join("\n"));
  await expect(field(page, "Origins of the web pages that may play")).not.toHaveAttribute("aria-invalid");
  await page.getByRole("switch", { name: "Strict origin enforcement" }).check();
  await expect(field(page, "Origins of the web pages that may play")).toHaveAccessibleDescription(/at most 5; there are 6/);
  await page.getByText("for channels with an ad configuration").click();
  await field(page, "Player parameters").fill("ü".repeat(501));
  await field(page, "Player parameters").blur();
  await expect(field(page, "Player parameters")).toHaveAccessibleDescription(/at most 1000 bytes; this has 1002/);
});

it("what is no key that IVS takes is refused, and is not in the field any more", async ({ page, live }) => {
  expect(live.arn).toContain("channel/");
  await open(page);
  await expect(signing(page)).toHaveAttribute("aria-disabled", "true");
  await signing(page).click(ALL_THE_SAME);
  const { privateKey, publicKey } = pair();
  const broken = pem(privateKey).replace(secret(pem(privateKey)), "AAAA");
  const mixed = privateKey.export({ format: "der", type: "pkcs8" });
  createPublicKey(pair().privateKey).export({ format: "der", type: "spki" }).copy(mixed, mixed.length - 96, 24);
  const halves = `-----BEGIN PRIVATE KEY-----\n${mixed.toString("base64")}\n-----END PRIVATE KEY-----`;
  const cases: [string, RegExp][] = [
    [pem(pair("prime256v1").privateKey), /P-384/],
    [pem(pair("prime256v1").privateKey, "sec1"), /P-384/],
    [publicKey.export({ format: "pem", type: "spki" }) as string, /public key/],
    [privateKey.export({ format: "pem", type: "pkcs8", cipher: "aes-256-cbc", passphrase: "x" }) as string, /encrypted/],
    [broken, /P-384|PEM/],
    [halves, /not the one of its private half/],
    ["hunter2", /no private key as PEM/],
  ];
  for (const [text, why] of cases) {
    await key(page).getByRole("textbox").fill(text);
    await key(page).getByRole("textbox").blur();
    await expect(key(page).getByRole("alert")).toHaveText(why);
    await expect(key(page).getByRole("textbox")).toHaveValue("");
  }
});

it("the key goes with a button, and with the page", async ({ page, keys, live }) => {
  expect(live.arn).toContain("channel/");
  await open(page, pem(keys.privateKey));
  const token = await made(page);
  await check(page, token);
  await expect(findings(page)).toContainText("The key held here has signed it");
  await key(page).getByRole("button", { name: "Forget key" }).click();
  await expect(key(page).getByRole("textbox")).toHaveValue("");
  await expect(findings(page)).toContainText("Give it the private key");
  await expect(signed(page)).toContainText("What you sign appears here");
  await give(page, pem(keys.privateKey));
  await page.getByRole("link", { name: "Tags", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Tags" })).toBeVisible();
  await page.goBack();
  await expect(key(page).getByRole("textbox")).toHaveValue("");
  await expect(field(page, "Token to check")).toHaveValue("");
});

it("the key goes when the session ends", async ({ page, keys, live, context, session, watch }) => {
  expect(live.arn).toContain("channel/");
  await open(page);
  watch.provokes(401);
  await context.clearCookies();
  // The key is held, and whose it is is asked: nobody is signed in any more.
  await key(page).getByRole("textbox").fill(pem(keys.privateKey));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your session has ended");
  await context.addCookies(session.cookies);
  await page.getByRole("button", { name: "Go on here" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Token studio");
  await expect(key(page).getByRole("textbox")).toHaveValue("");
  await expect(key(page)).not.toContainText("Fingerprint");
  await expect(signing(page)).toHaveAttribute("aria-disabled", "true");
});

it("not even the page can take the key out again", async ({ page, keys, live }) => {
  expect(live.arn).toContain("channel/");
  await page.addInitScript(() => {
    const held: CryptoKey[] = [];
    const { importKey } = SubtleCrypto.prototype;
    SubtleCrypto.prototype.importKey = async function (...given: unknown[]) {
      const key = (await Reflect.apply(importKey, this, given)) as CryptoKey;
      held.push(key);
      return key;
    };
    Object.assign(window, { held });
  });
  await open(page, pem(keys.privateKey));
  await made(page);
  const taken = await page.evaluate(async () => {
    const { held } = window as unknown as { held: CryptoKey[] };
    const out = (key: CryptoKey, format: "pkcs8" | "jwk") =>
      crypto.subtle.exportKey(format as "pkcs8", key).then(() => "taken", (error: Error) => error.name);
    return Promise.all(held.filter(({ type }) => type === "private").map(async (key) => [await out(key, "pkcs8"), await out(key, "jwk")]));
  });
  expect(taken).toEqual([["InvalidAccessError", "InvalidAccessError"]]);
});

it("neither the key nor a token leaves the browser, and nothing of them is remembered", async ({ page, keys, live, demo }) => {
  const sent: string[] = [];
  const origins = new Set<string>();
  page.on("request", (request) => {
    origins.add(new URL(request.url()).origin);
    sent.push(`${request.url()}\n${JSON.stringify(request.headers())}\n${request.postData() ?? ""}`);
  });
  const text = pem(keys.privateKey);
  await open(page, text);
  const token = await made(page);
  await check(page, token);
  await expect(findings(page)).toContainText("The key held here has signed it");
  await check(page, `${live.playbackUrl}?token=${token}`);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, history.state, document.cookie]));
  await page.getByRole("link", { name: "Jobs", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Jobs" })).toBeVisible();
  expect(sent.some((request) => request.includes("GetPlaybackKeyPair"))).toBe(true);
  const { d } = keys.privateKey.export({ format: "jwk" });
  const hidden = [secret(text), d!, token, ...token.split(".").slice(1)];
  for (const part of hidden) {
    expect(sent.filter((request) => request.includes(part))).toEqual([]);
    expect(kept).not.toContain(part);
  }
  expect([...origins].filter((origin) => origin !== demo.origin)).toEqual([]);
});

it("what is signed is gone to, read out without the token, and its claims stand still", async ({ page, keys, live }) => {
  expect(live.arn).toContain("channel/");
  await page.clock.install();
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, pem(keys.privateKey));
  const token = await made(page);
  const heading = signed(page).getByRole("heading", { name: "Signed token" });
  await expect(heading).toBeFocused();
  await expect(heading).toBeInViewport();
  await expect(signed(page).getByRole("status").filter({ hasText: "Token signed" })).toHaveText("Token signed");
  await expect(signed(page).getByRole("status").filter({ hasText: token })).toHaveCount(0);
  await expect(signed(page)).toContainText(/Signed at .*\d:\d\d/);
  await expect(signed(page)).toContainText("404: the channel is offline.");
  await page.clock.runFor(5_000);
  await expect(page.getByRole("region", { name: "Claims", exact: true })).toContainText(`"exp": ${String(claimsOf(token)["exp"])}`);
});

it("the playback URL and the command are to be copied, and the command works", async ({ page, keys, live, demo }) => {
  await open(page, pem(keys.privateKey));
  const token = await made(page);
  await expect(signed(page).getByText(`${live.playbackUrl}?token=${token}`, { exact: true })).toBeVisible();
  const rewritten = `${live.playbackUrl.replace("https://", `${demo.emulator}/playback/`)}?token=${token}`;
  await expect(signed(page).getByRole("link", { name: "Open it in the emulator" })).toHaveAttribute("href", rewritten);
  await expect(signed(page).locator("pre")).toHaveText(`curl -s '${rewritten}'`);
  await signed(page).getByRole("button", { name: "Copy Playback URL" }).click();
  await expect(signed(page).getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
  expect(await pasted(page)).toBe(`${live.playbackUrl}?token=${token}`);
});

it("a token made as in AWS's sample is read, and each mistake said at its claim", async ({ page, keys, live }) => {
  await open(page);
  const milliseconds = Date.now() + 60_000;
  const sample = token(keys.privateKey, { "aws:channel-arn": live.arn, "aws:access-control-allow-origin": ORIGIN, exp: milliseconds });
  await check(page, `${live.playbackUrl.replace(".m3u8", "")}.m3u8?token.m3u8?token=${sample}`);
  await expect(findings(page).getByRole("listitem").filter({ hasText: "exp" }).first()).toContainText("Looks like milliseconds");
  await expect(findings(page).getByRole("listitem").filter({ hasText: "exp" })).toHaveCount(1);
  await expect(findings(page).locator(".badge.bad")).toHaveText(["■exp", "■URL"]);
  await expect(findings(page)).toContainText("Has two question marks");
  await expect(findings(page)).toContainText(`Opens ${PRIVATE}`);
  await expect(checked(page).getByLabel("Claims of the token")).toContainText(String(milliseconds));

  const wrong = token(
    keys.privateKey,
    { "aws:channel-arn": live.arn, exp: inMinutes(-1), "aws:viewerid": "<b>x</b>", "aws:strict-origin-enforcement": "true", "aws:maximum-resolution": "UHD" },
    { alg: "RS256" },
    "der",
  );
  await check(page, wrong);
  for (const why of ["Must be ES384", "Is JWT in what IVS documents", "Is DER, as OpenSSL writes it", "has expired", "no claim that IVS documents", "Must be true or false", "Must be one of SD, HD, FULL_HD"]) {
    await expect(findings(page)).toContainText(why);
  }
  await expect(checked(page).getByLabel("Claims of the token")).toContainText("<b>x</b>");
  await expect(findings(page).getByRole("listitem").filter({ hasText: "UTC" })).toContainText("1 minute ago");
  // With the very key that has signed it.
  await give(page, pem(keys.privateKey));
  await expect(findings(page)).toContainText("Is DER, as OpenSSL writes it");
  await expect(findings(page)).not.toContainText("the key held here");
  await key(page).getByRole("button", { name: "Forget key" }).click();
  await check(page, token(keys.privateKey, { "aws:channel-arn": live.arn, exp: inMinutes(11), "aws:single-use-uuid": randomUUID() }));
  await expect(findings(page)).toContainText("at most ten minutes ahead");

  const other = live.arn.replace(/\w{12}$/, "abcdABCDefgh");
  await check(page, token(keys.privateKey, { "aws:channel-arn": other, exp: inMinutes(5) }));
  await expect(findings(page)).toContainText("There is no such channel in eu-west-1");
  await expect(findings(page)).toContainText("Every rule that IVS documents is kept");
  await give(page, pem(pair().privateKey));
  await expect(findings(page)).toContainText("Is not of the key held here");
  await key(page).getByRole("button", { name: "Forget key" }).click();
  await give(page, pem(keys.privateKey));
  await expect(findings(page)).toContainText("The key held here has signed it");

  for (const nonsense of ["a.b.c", "nothing", `${sample}.x`]) {
    await field(page, "Token to check").fill(nonsense);
    await expect(checked(page).getByRole("alert")).toContainText("That is no token");
  }
});

it("another region has other channels and other key pairs", async ({ page, keys, live }) => {
  expect(live.arn).toContain("channel/");
  await open(page, pem(keys.privateKey));
  await expect(key(page).getByRole("link", { name: "e2e-key" })).toBeVisible();
  await page.goto(at("playback-tokens", OTHER_REGION));
  await give(page, pem(keys.privateKey));
  await expect(key(page)).toContainText(`IVS does not know it in ${OTHER_REGION}`);
});

it("key pairs that cannot be looked up are no reason not to sign", async ({ page, keys, live, emulator, watch, player, api }) => {
  expect(live.arn).toContain("channel/");
  watch.provokes(403);
  await api.forget();
  await emulator.fault("GetPlaybackKeyPair", "accessDenied", {}, null);
  await open(page, pem(keys.privateKey));
  await expect(key(page)).toContainText("could not be looked up");
  expect((await player(await made(page)))[0]).toBe(200);
});

for (const role of ["viewer", "operator"] as const) {
  it(`who is ${role} may sign: it is their key`, async ({ page, keys, live, api, player, rights }) => {
    expect([live.arn.length > 0, rights]).toEqual([true, undefined]);
    await api.actAs(role, []);
    await open(page, pem(keys.privateKey));
    expect((await player(await made(page)))[0]).toBe(200);
  });
}

for (const scheme of ["light", "dark"] as const) {
  it(`the studio is fair in ${scheme}, and fits a phone`, async ({ page, keys, live }) => {
    expect(live.arn).toContain("channel/");
    await page.emulateMedia({ colorScheme: scheme });
    await open(page);
    await fair(page);
    await give(page, pem(keys.privateKey));
    await expect(key(page).getByRole("link", { name: "e2e-key" })).toBeVisible();
    await check(page, await made(page));
    await page.setViewportSize({ width: 360, height: 740 });
    await fair(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(360);
  });
}
