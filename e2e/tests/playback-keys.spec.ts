import { generateKeyPairSync } from "node:crypto";

import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { addTag, ALL_THE_SAME } from "../fixtures/channels.ts";
import { likeEveryKind } from "../fixtures/every-kind.ts";
import {
  card, columns, fact, found, free, make, name, openAll, openNew, openOne, problem, receipt, refused, sent, short, submit, title,
  watched,
} from "../fixtures/kind.ts";
import { at } from "../fixtures/place.ts";
import { everything, fingerprint, here, KEY, leaving, openGenerate, pair, PAIRS, pem, PUBLIC, secrets, spki } from "../fixtures/playback-key.ts";

// Playback key pairs: whoever holds the private half signs the tokens that open private channels. IVS has the public halves alone.

likeEveryKind(KEY);

const file = (page: Page) => page.getByLabel("Read the public key from a file");
const slots = (page: Page) => page.getByRole("list", { name: "Slots" }).getByRole("listitem");
const toDelete = (page: Page) => page.getByRole("list", { name: "Pairs to delete" }).getByRole("link");
const asFile = (text: string | Buffer, called = "public.pem") => ({ name: called, mimeType: "application/x-pem-file", buffer: Buffer.from(text) });

test("on a phone the list has the fingerprints too, which are what tells pairs apart", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const table = await openAll(page, KEY);
  await expect(table.getByRole("cell", { name: /^[0-9a-f]{2}(:[0-9a-f]{2}){15}$/ })).toHaveCount(2);
});

test("the list says the fingerprint of each, and that openssl's rule gives the same", async ({ page, api, emulator }) => {
  await page.setViewportSize({ width: 1920, height: 900 });
  await make(api, emulator, KEY, { name: "e2e-listed" });
  const table = await openAll(page, KEY);
  expect(await columns(page)).toEqual(["Name", "Fingerprint", "Tags", "ARN"]);
  await expect(page.getByText("3 in eu-west-1", { exact: true })).toBeVisible();
  const print = /^(?:[0-9a-f]{2}:){15}[0-9a-f]{2}$/;
  await expect(table.locator("tr[data-row='0']").getByRole("cell")).toHaveText([
    "e2e-listed",
    fingerprint(PAIRS[0].publicKey),
    "",
    /^\w{12}$/,
  ]);
  await expect(table.locator("tr[data-row='1']").getByRole("cell")).toHaveText([
    "playback-2026-a", print, "rotationyearlyteamplatform", /^\w{12}$/,
  ]);
});

test("a fingerprint that cannot be looked up is said to be that, and the list stands", async ({ page, api, emulator, watch }) => {
  watch.provokes(403);
  // Of pairs that no page before has asked for: what waits for its turn would be answered to this one too.
  for (const { arn } of (await api.call<{ keyPairs: { arn: string }[] }>(KEY.lists, {})).keyPairs) await api.call(KEY.deletes, { arn });
  await make(api, emulator, KEY, { name: "e2e-unread" });
  await emulator.fault(KEY.gets, "accessDenied", {}, null);
  const table = await openAll(page, KEY);
  await expect(table.getByText("could not be looked up")).toHaveCount(1);
  await expect(table.getByRole("link", { name: "e2e-unread" })).toBeVisible();
});

test("the three slots are shown, those that are free among them, and lead to what is in them", async ({ page, api, emulator }) => {
  await openAll(page, KEY);
  await expect(slots(page)).toHaveText(["Slot 1playback-2026-a", "Slot 2playback-2026-b", "Slot 3Free"]);
  await page.getByText("Rotate a key pair").click();
  await expect(page.getByRole("link", { name: "Import the next pair" })).toHaveAttribute("href", at("playback-key-pairs/new"));
  await expect(page.getByRole("main").getByRole("link", { name: "Token studio" })).toHaveAttribute("href", at("playback-tokens"));
  await expect(toDelete(page)).toHaveText(["playback-2026-a", "playback-2026-b"]);
  await make(api, emulator, KEY, { name: "e2e-third" });
  await openAll(page, KEY);
  await expect(slots(page)).toHaveText(["Slot 1playback-2026-a", "Slot 2playback-2026-b", "Slot 3e2e-third"]);
  await page.getByText("Rotate a key pair").click();
  await expect(page.getByText("All slots are taken: delete the pair that nothing signs with any more")).toBeVisible();
  await expect(toDelete(page)).toHaveText(["playback-2026-a", "playback-2026-b", "e2e-third"]);
  await slots(page).getByRole("link", { name: "e2e-third" }).click();
  await expect(title(page, "e2e-third")).toBeVisible();
});

test("an empty region has three free slots", async ({ page, api, emulator }) => {
  await emulator.reset("empty");
  await api.forget();
  await page.goto("/demo/eu-west-1/playback-key-pairs");
  await expect(slots(page)).toHaveText(["Slot 1Free", "Slot 2Free", "Slot 3Free"]);
});

test("a public key that is pasted is sent as it is, and the fingerprints are compared", async ({ page, api }) => {
  await openNew(page, KEY);
  await name(page).fill("e2e-pasted");
  await pem(page).fill(PUBLIC);
  await addTag(page, "team", "platform");
  await addTag(page, "empty", "");
  const { request } = await sent(page, KEY.creates, submit(page, KEY));
  expect(request).toEqual({ name: "e2e-pasted", publicKeyMaterial: PUBLIC, tags: { team: "platform", empty: "" } });
  await expect(receipt(page, "The fingerprint that IVS answers is that of the key that was sent")).toBeVisible();
  await expect(title(page, "e2e-pasted")).toBeVisible();
  await expect(fact(page, "Fingerprint").locator("code")).toHaveText(fingerprint(PAIRS[3].publicKey));
  await expect(card(page, "Tags").locator(".tag")).toHaveText(["empty", "teamplatform"]);
  const arn = await page.locator(".below .arn code").innerText();
  const stored = { name: "e2e-pasted", fingerprint: fingerprint(PAIRS[3].publicKey), tags: { team: "platform", empty: "" } };
  expect(await found(api, KEY, arn)).toMatchObject(stored);
  // Any key of the region opens any of its private channels.
  await expect(card(page, "Private channels").getByRole("link")).toHaveText(["partner-preview"]);
});

test("a public key is read from a file, and the same file again after another", async ({ page }) => {
  await openNew(page, KEY);
  await file(page).setInputFiles(asFile(spki(PAIRS[0].publicKey)));
  await expect(pem(page)).toHaveValue(spki(PAIRS[0].publicKey));
  await pem(page).fill("");
  await file(page).setInputFiles(asFile(spki(PAIRS[0].publicKey)));
  await expect(pem(page)).toHaveValue(spki(PAIRS[0].publicKey));
  await file(page).setInputFiles(asFile(PUBLIC));
  await expect(pem(page)).toHaveValue(PUBLIC);
  expect((await sent(page, KEY.creates, submit(page, KEY))).request).toEqual({ publicKeyMaterial: PUBLIC });
  await expect(fact(page, "Fingerprint").locator("code")).toHaveText(fingerprint(PAIRS[3].publicKey));
});

test("a file that is no key's size is not read", async ({ page }) => {
  await openNew(page, KEY);
  await file(page).setInputFiles(asFile("x".repeat(20_000)));
  await expect(problem(page)).toHaveText("That file is too large for a key.");
  await expect(pem(page)).toHaveValue("");
});

const { privateKey } = PAIRS[2];
const WORDS = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const LETTERS = privateKey.export({ type: "pkcs8", format: "der" }).toString("base64");
const BESIDE = spki(PAIRS[2].publicKey);
/** What is sent of a file that has a private key in it, in whatever way: nothing. */
const PRIVATE: [what: string, text: string, said: "was" | "may have been"][] = [
  ["PKCS#8", WORDS, "was"],
  ["SEC1", privateKey.export({ type: "sec1", format: "pem" }).toString(), "was"],
  ["encrypted", privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "e2e" }).toString(), "was"],
  ["beside its public half", BESIDE + WORDS, "was"],
  ["before its public half", WORDS + BESIDE, "was"],
  ["without its lines", LETTERS, "may have been"],
  ["without its lines, beside its public half", `${BESIDE}\n${LETTERS}\n`, "may have been"],
  ["in a file of settings", `${BESIDE}IVS_PRIVATE_KEY=${LETTERS}\n`, "may have been"],
  ["as JSON", JSON.stringify(privateKey.export({ format: "jwk" })), "may have been"],
  ["as JSON, beside its public half", BESIDE + JSON.stringify({ d: privateKey.export({ format: "jwk" }).d }), "may have been"],
  ["of PuTTY", `${BESIDE}Private-Lines: 1\n${LETTERS}\n`, "may have been"],
  ["under the name of a public one", WORDS.replaceAll("PRIVATE", "PUBLIC"), "may have been"],
  ["that looks like a certificate", WORDS.replaceAll("PRIVATE KEY", "CERTIFICATE"), "may have been"],
  ["that is cut off", WORDS.replaceAll("PRIVATE", "PUBLIC").slice(0, 200), "may have been"],
];
for (const [what, text, said] of PRIVATE) {
  for (const way of ["pasted", "from a file"] as const) {
    test(`a private key (${what}), ${way}, is taken out at once: it is nowhere in the page and nothing was sent`, async ({ page }) => {
      const out = leaving(page);
      await openNew(page, KEY);
      await name(page).fill("e2e-private");
      const bodies = watched(page, KEY.creates);
      if (way === "pasted") await pem(page).fill(text);
      else await file(page).setInputFiles(asFile(text, "private.pem"));
      await expect(problem(page)).toContainText(`That ${said} a private key`);
      await expect(problem(page)).toContainText("It was taken out again");
      await expect(problem(page)).toContainText("openssl ec -in private.pem -pubout");
      await expect(pem(page)).toHaveValue("");
      const there = await everything(page);
      for (const line of secrets(text)) expect(there).not.toContain(line);
      await submit(page, KEY).click();
      await expect(page.getByText("1 field needs attention")).toBeVisible();
      expect(bodies).toEqual([]);
      for (const line of secrets(text)) expect(out()).not.toContain(line);
      // The public half is taken afterwards, and what was said is not said any more.
      await pem(page).fill(PUBLIC);
      await expect(problem(page)).toHaveCount(0);
      expect((await sent(page, KEY.creates, submit(page, KEY))).request).toEqual({ name: "e2e-private", publicKeyMaterial: PUBLIC });
    });
  }
}

test("a public key is sent as it is written anew, whatever white space it came with", async ({ page }) => {
  await openNew(page, KEY);
  await pem(page).fill(`\t\n${PUBLIC.replaceAll("\n", " \n  ")}\n\n`);
  expect((await sent(page, KEY.creates, submit(page, KEY))).request).toEqual({ publicKeyMaterial: PUBLIC });
});

test("a private key that is pasted twice is taken out twice", async ({ page }) => {
  await openNew(page, KEY);
  const [, text] = PRIVATE[0]!;
  for (const _ of [1, 2]) {
    await pem(page).fill(text);
    await expect(pem(page)).toHaveValue("");
    await expect(problem(page)).toContainText("That was a private key");
  }
  const there = await everything(page);
  for (const line of secrets(text)) expect(there).not.toContain(line);
});

for (const [what, text, reason] of [
  ["nothing", "", /Must be a public key as PEM/],
  ["no PEM", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", /Must be a public key as PEM/],
  ["a key on P-256", spki(pair("P-256").publicKey), /Must be one ECDSA key on the curve P-384 \(secp384r1\), and nothing else\./],
  ["a key on P-521", spki(pair("P-521").publicKey), /Must be one ECDSA key on the curve P-384/],
  ["a key of RSA", spki(generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey), /Must be one ECDSA key on the curve P-384/],
  ["the first line of a key", PUBLIC.slice(0, 27), /Must be one ECDSA key on the curve P-384/],
] as const) {
  test(`${what} is refused as a public key at its field, and nothing is sent`, async ({ page }) => {
    await openNew(page, KEY);
    await pem(page).fill(text);
    await refused(page, KEY, pem(page), submit(page, KEY), reason);
    await expect(pem(page)).toHaveValue(text);
  });
}

test("a key that IVS has already is refused as a conflict, and nothing is lost", async ({ page, api, emulator, watch }) => {
  await free(api, KEY);
  await make(api, emulator, KEY, { name: "e2e-first" });
  watch.provokes(409);
  await openNew(page, KEY);
  await name(page).fill("e2e-again");
  await pem(page).fill(spki(PAIRS[0].publicKey));
  await submit(page, KEY).click();
  await expect(problem(page)).toContainText("ConflictException");
  await expect(problem(page)).toContainText(fingerprint(PAIRS[0].publicKey));
  await expect(name(page)).toHaveValue("e2e-again");
  await expect(pem(page)).toHaveValue(spki(PAIRS[0].publicKey));
});

test("that all slots are taken is said at once, and nothing can be generated or imported", async ({ page, api, emulator }) => {
  await make(api, emulator, KEY, { name: "e2e-third" });
  await openGenerate(page, "e2e-fourth");
  const why = /All slots of this region are taken, and IVS takes no fourth/;
  await expect(page.getByRole("main").locator("p.note")).toHaveText(why);
  for (const button of [here(page).getByRole("button", { name: "Generate key pair" }), submit(page, KEY)]) {
    await expect(button).toHaveAccessibleDescription(why);
    await button.click(ALL_THE_SAME);
  }
  await expect(here(page).getByRole("button", { name: "Save the private key" })).toHaveCount(0);
  expect(await emulator.commits(KEY.creates)).toBe(1);
});

test("where the slots cannot be looked up, nothing is off", async ({ page, emulator, api, watch }) => {
  await make(api, emulator, KEY, { name: "e2e-third" });
  watch.provokes(403);
  await emulator.fault(KEY.lists, "accessDenied", {}, null);
  await openNew(page, KEY);
  await expect(submit(page, KEY)).not.toHaveAttribute("aria-disabled", "true");
});

test("a fourth is refused by the quota, and is imported once a slot is free", async ({ page, api, emulator, watch }) => {
  watch.provokes(402);
  const listed = page.waitForResponse("**/ListPlaybackKeyPairs");
  await openNew(page, KEY);
  await listed;
  // Somebody else is quicker: the form does not know yet.
  await expect(submit(page, KEY)).not.toHaveAttribute("aria-disabled", "true");
  const arn = await make(api, emulator, KEY, { name: "e2e-third" });
  await name(page).fill("e2e-fourth");
  await pem(page).fill(PUBLIC);
  await submit(page, KEY).click();
  await expect(problem(page)).toContainText("You have reached the quota of 3 playback key pairs");
  await expect(problem(page)).toContainText("ServiceQuotaExceededException");
  await expect(pem(page)).toHaveValue(PUBLIC);
  await api.call(KEY.deletes, { arn });
  await submit(page, KEY).click();
  await expect(title(page, "e2e-fourth")).toBeVisible();
});

test("a fingerprint that is not that of the key that was sent is said, and stays said", async ({ page }) => {
  await page.route(`**/${KEY.creates}`, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(/"fingerprint":"[^"]+"/, `"fingerprint":"${"00:".repeat(15)}00"`);
    await route.fulfill({ response: answer, body });
  });
  await openNew(page, KEY);
  await pem(page).fill(PUBLIC);
  await submit(page, KEY).click();
  await expect(receipt(page, "is not that of the key that was sent")).toContainText("Do not sign with it");
  await expect(receipt(page, "is that of the key that was sent")).toHaveCount(0);
});

test("what goes with one is said before it is deleted", async ({ page, api, emulator }) => {
  const arn = await make(api, emulator, KEY, { name: "e2e-consequence" });
  await openOne(page, KEY, arn);
  await page.getByRole("button", { name: "Delete…" }).click();
  const dialog = page.getByRole("dialog");
  for (const said of ["open no stream any more", "Whoever is watching goes on.", "The same public key can be imported again."]) {
    await expect(dialog).toContainText(said);
  }
  await dialog.getByText("as aws ivs").click();
  await expect(dialog).toContainText(/aws ivs delete-playback-key-pair[^]*playback-key\//);
  await expect(dialog).toContainText(short(arn));
});
