import { createPrivateKey, createPublicKey } from "node:crypto";
import { readFile } from "node:fs/promises";

import type { BrowserContext, Cookie, Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { ALL_THE_SAME, choose } from "../fixtures/channels.ts";
import { code, fact, fits, found, name, receipt, sent, submit, title, watched } from "../fixtures/kind.ts";
import { everything, fingerprint, here, KEY, leaving, openGenerate, pem, PUBLIC, secrets } from "../fixtures/playback-key.ts";

// A pair that the browser makes: the private half is offered once, leaves it by no other way, and goes with the session.

/** Makes a pair and saves its private half; answers the file. */
async function generate(page: Page): Promise<{ called: string; text: string }> {
  await here(page).getByRole("button", { name: "Generate key pair" }).click();
  const download = page.waitForEvent("download");
  await here(page).getByRole("button", { name: "Save the private key" }).click();
  const saved = await download;
  return { called: saved.suggestedFilename(), text: await readFile(await saved.path(), "utf8") };
}

test("a pair is generated here: its private half is saved once, leaves the browser by no other way and fits what IVS got", async ({ page, api }) => {
  const out = leaving(page);
  await openGenerate(page, "e2e-generated");
  const { called, text } = await generate(page);
  expect(called).toBe("e2e-generated.private.pem");
  await expect(here(page)).toContainText("The private half is saved; it is not here any more.");
  await expect(here(page).getByRole("button", { name: "Save the private key" })).toHaveCount(0);

  const secret = createPrivateKey(text);
  expect([secret.asymmetricKeyType, secret.asymmetricKeyDetails]).toEqual(["ec", { namedCurve: "secp384r1" }]);
  const half = createPublicKey(secret);
  await expect(here(page).locator("code")).toHaveText(fingerprint(half));

  const { request } = await sent(page, KEY.creates, submit(page, KEY));
  expect(Object.keys(request)).toEqual(expect.arrayContaining(["name", "publicKeyMaterial"]));
  expect(request["name"]).toBe("e2e-generated");
  expect(fingerprint(createPublicKey(request["publicKeyMaterial"] as string))).toBe(fingerprint(half));
  await expect(receipt(page, "The fingerprint that IVS answers is that of the key that was sent")).toBeVisible();
  await expect(fact(page, "Fingerprint").locator("code")).toHaveText(fingerprint(half));
  const arn = await page.locator(".below .arn code").innerText();
  expect(await found(api, KEY, arn)).toMatchObject({ name: "e2e-generated", fingerprint: fingerprint(half) });

  // The base64 of the public half ends the private one's, so it is looked for by what is secret in it alone.
  const { d } = secret.export({ format: "jwk" });
  const scalar = Buffer.from(d!, "base64url");
  const [first] = secrets(text);
  for (const where of [out(), await everything(page)]) {
    for (const form of [first!, d!, scalar.toString("hex"), "PRIVATE KEY"]) expect(where).not.toContain(form);
  }
});

test("nothing is imported before the private half is saved", async ({ page, emulator }) => {
  await openGenerate(page, "e2e-unsaved");
  const bodies = watched(page, KEY.creates);
  const said = (text: string) => expect(here(page).locator(".error")).toHaveText(text);
  await submit(page, KEY).click();
  await said("Generate a key pair first.");
  await here(page).getByRole("button", { name: "Generate key pair" }).click();
  await expect(here(page).getByRole("status")).toContainText("There is a pair. Save its private half");
  await submit(page, KEY).click();
  await said("Save the private key first: it is offered once.");
  await name(page).press("Enter");
  expect(bodies).toEqual([]);
  expect(await emulator.commits(KEY.creates)).toBe(0);
  // Another would throw this one away.
  await expect(here(page).getByRole("button", { name: "Save the private key" })).toBeFocused();
  const another = here(page).getByRole("button", { name: "Generate another" });
  await expect(another).toHaveAttribute("aria-disabled", "true");
  await expect(another).toHaveAccessibleDescription(/Save the private half of this one first/);
  const print = await here(page).locator("code").innerText();
  await another.click(ALL_THE_SAME);
  await expect(here(page).locator("code")).toHaveText(print);
  const download = page.waitForEvent("download");
  await here(page).getByRole("button", { name: "Save the private key" }).click();
  await download;
  await expect(another).not.toHaveAttribute("aria-disabled");
  await submit(page, KEY).click();
  await expect(fact(page, "Fingerprint").locator("code")).toHaveText(print);
});

test("what is missing before a pair can be imported has the focus", async ({ page }) => {
  await openGenerate(page, "e2e-focus");
  await submit(page, KEY).click();
  await expect(here(page).getByRole("button", { name: "Generate key pair" })).toBeFocused();
});

test("another pair is another key, and the one that was saved last is imported", async ({ page }) => {
  await openGenerate(page, "");
  const before = await generate(page);
  expect(before.called).toBe("playback-key.private.pem");
  await here(page).getByRole("button", { name: "Generate another" }).click();
  const download = page.waitForEvent("download");
  await here(page).getByRole("button", { name: "Save the private key" }).click();
  const text = await readFile(await (await download).path(), "utf8");
  expect(text).not.toBe(before.text);
  await submit(page, KEY).click();
  await expect(fact(page, "Fingerprint").locator("code")).toHaveText(fingerprint(createPublicKey(text)));
});

test("a pair whose private half is not saved is not left without a question", async ({ page }) => {
  await openGenerate(page, "");
  await here(page).getByRole("button", { name: "Generate key pair" }).click();
  await expect(here(page).getByRole("button", { name: "Save the private key" })).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Stay" }).click();
  // Looking at the other way loses nothing.
  await choose(page, "Key pair", /^Import one I have/);
  await expect(pem(page)).toHaveValue("");
  await choose(page, "Key pair", /^Generate here/);
  await expect(here(page).getByRole("button", { name: "Save the private key" })).toBeVisible();
});

/** Presses the button once nobody is signed in any more, and goes on after signing in again. */
async function submitSignedOut(page: Page, context: BrowserContext, cookies: Cookie[]): Promise<void> {
  await context.clearCookies();
  await submit(page, KEY).click();
  await expect(title(page, "Your session has ended")).toBeVisible();
  await context.addCookies(cookies);
  await page.getByRole("button", { name: "Go on here" }).click();
}

test("a pair whose private half is not saved is gone when the session ends", async ({ page, context, session, watch }) => {
  await openGenerate(page, "e2e-ended");
  await here(page).getByRole("button", { name: "Generate key pair" }).click();
  await expect(here(page).getByRole("button", { name: "Save the private key" })).toBeVisible();
  await choose(page, "Key pair", /^Import one I have/);
  await pem(page).fill(PUBLIC);
  watch.provokes(401);
  await submitSignedOut(page, context, session.cookies);
  await expect(pem(page)).toHaveValue(PUBLIC);
  await choose(page, "Key pair", /^Generate here/);
  await expect(here(page).getByRole("alert")).toContainText("The session ended before the private half was saved: the pair is gone.");
  await expect(here(page).getByRole("button", { name: "Save the private key" })).toHaveCount(0);
  await expect(code(page)).not.toContainText("-----BEGIN PUBLIC KEY-----");
  // Another is made as if there had been none.
  const { text } = await generate(page);
  await expect(here(page).getByRole("alert")).toHaveCount(0);
  await submit(page, KEY).click();
  await expect(fact(page, "Fingerprint").locator("code")).toHaveText(fingerprint(createPublicKey(text)));
});

test("the public half of a pair that was saved outlives the session", async ({ page, context, session, watch }) => {
  await openGenerate(page, "e2e-saved");
  const { text } = await generate(page);
  watch.provokes(401);
  await submitSignedOut(page, context, session.cookies);
  await submit(page, KEY).click();
  await expect(fact(page, "Fingerprint").locator("code")).toHaveText(fingerprint(createPublicKey(text)));
});

test("neither the page nor the command beside it has the private half while it waits to be saved", async ({ page }) => {
  await openGenerate(page, "e2e-waits");
  await here(page).getByRole("button", { name: "Generate key pair" }).click();
  await expect(here(page).getByRole("button", { name: "Save the private key" })).toBeVisible();
  await page.setViewportSize({ width: 360, height: 800 });
  await fits(page, "a pair that waits");
  await expect(code(page)).toContainText("-----BEGIN PUBLIC KEY-----");
  expect(await everything(page)).not.toContain("PRIVATE KEY");
});
