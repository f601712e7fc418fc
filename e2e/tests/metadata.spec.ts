import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { ALL_THE_SAME } from "../fixtures/channels.ts";
import { axe, fitsAPhone } from "../fixtures/live.ts";
import { at, LIVE, OFFLINE } from "../fixtures/place.ts";

// Metadata reaches every viewer: it is measured before it is sent, and sent once.

const begin = (page: Page) => page.getByRole("button", { name: "Put metadata…" });
const card = (page: Page) => page.getByRole("region", { name: "Timed metadata" });
const text = (page: Page) => card(page).getByRole("textbox", { name: "Metadata" });
const send = (page: Page) => card(page).getByRole("button", { name: "Send to all viewers" });
const sent = (page: Page) => card(page).getByRole("region", { name: "Sent in this visit" }).getByRole("listitem");
const templates = (page: Page) => card(page).getByRole("region", { name: "Templates" });

async function open(page: Page, resolve: (path: string) => Promise<string>): Promise<void> {
  await page.goto(`${await resolve(at(`channels/{${LIVE}}`))}?ask=metadata`);
  await expect(text(page)).toBeFocused();
}

test("an operator sends metadata, and sends it again", async ({ page, api, emulator, rights: _ }) => {
  await api.actAs("operator", []);
  await page.goto(await api.resolve(at(`channels/{${LIVE}}`)));
  await begin(page).click();
  await expect(text(page)).toBeFocused();
  await page.keyboard.type('{"cue":"goal"}');
  await expect(card(page)).toContainText("14 of 1,024 bytes");
  await expect(card(page)).toContainText("Valid JSON");
  const request = page.waitForRequest("**/PutMetadata");
  await send(page).click();
  expect((await request).postDataJSON()).toMatchObject({ request: { channelArn: await api.arn(LIVE), metadata: '{"cue":"goal"}' } });
  await expect(sent(page)).toHaveCount(1);
  await expect(sent(page)).toContainText(/\{"cue":"goal"\}.*Sent/);
  await sent(page).getByRole("button", { name: /^Send again/ }).click();
  await expect(sent(page).filter({ hasText: "Sent" })).toHaveCount(2);
  // The list says it, with the receipt: no message lies over the button.
  await expect(sent(page).first()).toContainText(/PutMetadata · \d+ ms · request \S+/);
  await expect(page.locator(".toast")).toHaveCount(0);
  expect(await emulator.commits("PutMetadata")).toBe(2);
});

test("bytes are counted and not letters, and what is too long is not sent", async ({ page, api, emulator }) => {
  await open(page, (path) => api.resolve(path));
  await text(page).fill("é".repeat(512));
  await expect(card(page)).toContainText("1,024 of 1,024 bytes");
  await expect(send(page)).not.toHaveAttribute("aria-disabled", "true");
  await text(page).fill("é".repeat(513));
  await expect(card(page)).toContainText("1,026 of 1,024 bytes, 2 too many");
  await expect(card(page)).toContainText("No JSON");
  await expect(send(page)).toHaveAccessibleDescription("IVS takes 1,024 bytes; this has 1,026.");
  await expect(card(page).getByRole("button", { name: "Save as template" })).toHaveAccessibleDescription("IVS takes 1,024 bytes; this has 1,026.");
  await send(page).click(ALL_THE_SAME);
  await expect(sent(page)).toHaveCount(0);
  expect(await emulator.commits("PutMetadata")).toBe(0);
  await axe(page);
});

test("templates are kept by the browser, and nothing else of it is", async ({ page, api }) => {
  await open(page, (path) => api.resolve(path));
  await text(page).fill('{"cue":\n"poll"}');
  await send(page).click();
  await expect(sent(page)).toHaveCount(1);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain("poll");
  await card(page).getByRole("button", { name: "Save as template" }).click();
  await expect(templates(page)).toContainText("Kept by this browser");
  await open(page, (path) => api.resolve(path));
  await expect(sent(page)).toHaveCount(0);
  await templates(page).getByRole("button", { name: /^Use the template/ }).click();
  await expect(text(page)).toHaveValue('{"cue":\n"poll"}');
  await expect(card(page).getByRole("button", { name: "Save as template" })).toHaveAccessibleDescription("It is kept already.");
  await templates(page).getByRole("button", { name: /^Forget/ }).click();
  await expect(templates(page)).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.getItem("tally.metadata"))).toBeNull();
});

test("what IVS refuses is said where it was typed, which stays", async ({ page, api, emulator, watch }) => {
  watch.provokes(403);
  await open(page, (path) => api.resolve(path));
  await text(page).fill("cue");
  await emulator.fault("PutMetadata", "accessDenied");
  await send(page).click();
  await expect(card(page).getByRole("alert")).toContainText("AccessDeniedException");
  await expect(sent(page)).toContainText("Refused");
  await expect(text(page)).toHaveValue("cue");
  await send(page).click();
  await expect(sent(page).first()).toContainText("Sent");
  expect(await emulator.commits("PutMetadata")).toBe(1);
});

test("what nobody knows the end of is called so, and not sent twice", async ({ page, api, emulator, watch }) => {
  watch.provokes(409);
  await open(page, (path) => api.resolve(path));
  await text(page).fill("cue");
  await emulator.fault("PutMetadata", "reset", { when: "after" });
  await send(page).click();
  // Looking it up tells nothing: viewers may have got it. That is said at once.
  await expect(card(page).getByRole("alert")).toContainText("may show it to viewers twice");
  await expect(card(page).getByRole("alert")).not.toContainText("Stay here");
  await expect(sent(page)).toContainText("Not known");
  expect(await emulator.commits("PutMetadata")).toBe(1);
  // Who sends it again means it.
  await sent(page).getByRole("button", { name: /^Send again/ }).click();
  await expect(sent(page).first()).toContainText("Sent");
  await expect(sent(page)).toHaveCount(2);
  expect(await emulator.commits("PutMetadata")).toBe(2);
});

test("what was sent as the network went is asked for again in its own line, and not sent twice", async ({ page, api, emulator, watch }) => {
  watch.provokes("ERR_FAILED");
  await open(page, (path) => api.resolve(path));
  await text(page).fill("cue");
  await page.route("**/PutMetadata", async (route) => {
    await route.fetch();
    await route.abort("failed");
  });
  await send(page).click();
  await expect(sent(page)).toContainText("Not known");
  await page.unroute("**/PutMetadata");
  await send(page).click();
  await expect(sent(page)).toContainText("Sent");
  await expect(sent(page)).toHaveCount(1);
  expect(await emulator.commits("PutMetadata")).toBe(1);
});

test("broken JSON is called so, and where it breaks; other text is not", async ({ page, api }) => {
  await open(page, (path) => api.resolve(path));
  await text(page).fill('{"quiz":"é", "n":1,}');
  await expect(card(page)).toContainText(/▲ ?Broken JSON.*line 1 column 20/);
  await expect(send(page)).not.toHaveAttribute("aria-disabled", "true");
  await text(page).fill("goal");
  await expect(card(page)).toContainText("No JSON: players get it as it is");
  await expect(card(page)).not.toContainText("Broken JSON");
});

test("more in a second than IVS takes waits for its turn", async ({ page, api, emulator }) => {
  await open(page, (path) => api.resolve(path));
  for (let number = 1; number <= 7; number += 1) {
    await text(page).fill(`cue ${number}`);
    await send(page).click();
    await expect(sent(page).filter({ hasText: `cue ${number}` })).toContainText("Sent");
  }
  expect(await emulator.commits("PutMetadata")).toBe(7);
});

test("on an offline channel it is off, and says why", async ({ page, api }) => {
  await page.goto(`${await api.resolve(at(`channels/{${OFFLINE}}`))}?ask=metadata`);
  await expect(begin(page)).toHaveAccessibleDescription(/The channel is offline/);
  await expect(card(page)).toHaveCount(0);
});

test("a channel that goes off the air meanwhile takes none any more", async ({ page, api, emulator }) => {
  await open(page, (path) => api.resolve(path));
  await text(page).fill("cue");
  await emulator.scenario(await api.arn(LIVE), "end");
  await emulator.advance(60);
  await expect(send(page)).toHaveAccessibleDescription(/The channel is offline/, { timeout: 15_000 });
  await expect(text(page)).toHaveValue("cue");
});

test("a viewer cannot, and is told who can", async ({ page, api, emulator, rights: _ }) => {
  await api.actAs("viewer", []);
  await page.goto(`${await api.resolve(at(`channels/{${LIVE}}`))}?ask=metadata`);
  await expect(begin(page)).toHaveAccessibleDescription(/Needs the operator role/);
  await begin(page).click(ALL_THE_SAME);
  await expect(card(page)).toHaveCount(0);
  expect(await emulator.commits("PutMetadata")).toBe(0);
});

test("it is fit for everybody and for a phone", async ({ page, api }) => {
  await open(page, (path) => api.resolve(path));
  await text(page).fill(`{"cue":"${"long ".repeat(40)}"}`);
  await card(page).getByRole("button", { name: "Save as template" }).click();
  await send(page).click();
  await expect(sent(page)).toContainText("Sent");
  await axe(page);
  await fitsAPhone(page);
});

test("the palette finds it by its verb", async ({ page }) => {
  await page.goto("/about");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: /Search channels/ })).toBeFocused();
  await page.keyboard.type(`put metadata on ${LIVE}`);
  await expect(page.getByRole("option", { name: `Put metadata on ${LIVE}…` })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(text(page)).toBeFocused();
});
