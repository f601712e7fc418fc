import { readFile } from "node:fs/promises";

import type { Locator, Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { ALL_THE_SAME } from "../fixtures/channels.ts";
import { axe, fitsAPhone } from "../fixtures/live.ts";
import { arn, at, LIVE, OFFLINE, REGION } from "../fixtures/place.ts";

// Revoking viewers cannot be taken back: a list is checked line by line first, and what failed is sent again, and nothing else.

/** The one private channel of the region. */
const PRIVATE = "partner-preview";
const BATCH = "BatchStartViewerSessionRevocation";
const one = (page: Page) => page.getByRole("region", { name: "Revoke one viewer" });
const many = (page: Page) => page.getByRole("region", { name: "Revoke many viewers" });
const list = (page: Page) => many(page).getByRole("textbox", { name: "Viewers" });
const dryRun = (page: Page) => many(page).getByRole("status", { name: "Dry run" });
const dialog = (page: Page) => page.getByRole("dialog", { name: /^Revoke the sessions of/ });
const ledger = (page: Page) => page.getByRole("region", { name: "Ledger" });
const rows = (page: Page) => ledger(page).getByRole("table").getByRole("row");
const said = (page: Page) => ledger(page).getByRole("status").first();
const again = (page: Page) => ledger(page).getByRole("button", { name: /^Send (?:the|again)/ });

/** So many viewers of a channel. */
const viewers = (count: number, channel = LIVE): string =>
  Array.from({ length: count }, (_, number) => `${channel},viewer-${number + 1}`).join("\n");

async function open(page: Page): Promise<void> {
  await page.goto(at("viewer-sessions"));
  await expect(page.getByRole("heading", { level: 1, name: "Viewer sessions" })).toBeVisible();
  // The names are known once there are some to choose from.
  await expect(one(page).locator("datalist option").first()).toBeAttached();
}

async function check(page: Page, text: string): Promise<void> {
  await list(page).fill(text);
  await many(page).getByRole("button", { name: "Check the list" }).click();
  await expect(dryRun(page)).toBeVisible();
}

/** Revokes the one who is typed. */
async function revokeOne(page: Page): Promise<void> {
  await one(page).getByRole("button", { name: "Revoke sessions…" }).click();
  await dialog(page).getByRole("button", { name: "Revoke sessions" }).click();
}

/** Checks a list and sends it. */
async function revoke(page: Page, text: string): Promise<void> {
  await check(page, text);
  await many(page).getByRole("button", { name: /^Revoke \d+ viewers?…/ }).click();
  await dialog(page).getByRole("button", { name: "Revoke sessions" }).click();
}

test("an operator revokes the sessions of one viewer, by the channel's name", async ({ page, api, emulator, rights: _ }) => {
  await api.actAs("operator", []);
  await open(page);
  const button = one(page).getByRole("button", { name: "Revoke sessions…" });
  await expect(button).toHaveAccessibleDescription(/channel is missing/);
  await one(page).getByLabel("Channel").fill(PRIVATE);
  await one(page).getByLabel("Viewer id").fill("v".repeat(41));
  await expect(button).toHaveAccessibleDescription(/at most 40 characters/);
  await one(page).getByLabel("Viewer id").fill("ann");
  await one(page).getByLabel("Versions up to").fill("-1");
  await expect(button).toHaveAccessibleDescription(/Versions: Must be between 0/);
  await one(page).getByLabel("Versions up to").fill("3");
  await expect(one(page).getByRole("status")).toHaveCount(0);
  await button.click();
  await expect(dialog(page)).toHaveAccessibleName(`Revoke the sessions of ann on ${PRIVATE}?`);
  await expect(dialog(page)).toContainText("Those of version 3 and lower.");
  await expect(dialog(page)).not.toContainText("public");
  await axe(page);
  await dialog(page).getByRole("button", { name: "Keep them" }).click();
  expect(await emulator.commits("StartViewerSessionRevocation")).toBe(0);
  const request = page.waitForRequest("**/StartViewerSessionRevocation");
  await revokeOne(page);
  const sent = { channelArn: await api.arn(PRIVATE), viewerId: "ann", viewerSessionVersionsLessThanOrEqualTo: 3 };
  expect((await request).postDataJSON()).toMatchObject({ request: sent });
  await expect(page.getByRole("status").filter({ hasText: `Asked to revoke the sessions of ann on ${PRIVATE}` })).toContainText("StartViewerSessionRevocation");
  await expect(rows(page).nth(1)).toContainText(/ann.*Asked/);
  expect(await emulator.commits("StartViewerSessionRevocation")).toBe(1);
});

test("what IVS refuses of one is said where it was typed", async ({ page, emulator, watch }) => {
  watch.provokes(404);
  await open(page);
  await one(page).getByLabel("Channel").fill(arn("channel", "goneGONEgone"));
  await one(page).getByLabel("Viewer id").fill("ann");
  await revokeOne(page);
  await expect(one(page).getByRole("alert")).toContainText("ResourceNotFoundException");
  await expect(ledger(page)).toHaveCount(0);
  expect(await emulator.commits("StartViewerSessionRevocation")).toBe(0);
});

test("that revoking has no effect on a public channel is said in both forms, and asked again", async ({ page, api, emulator }) => {
  await open(page);
  await one(page).getByLabel("Channel").fill(await api.arn(LIVE));
  await one(page).getByLabel("Viewer id").fill("ann");
  await expect(one(page).getByRole("status")).toContainText(`${LIVE} is public. A public channel opens without a token`);
  await one(page).getByRole("button", { name: "Revoke sessions…" }).click();
  await expect(dialog(page)).toContainText("The channel is public.");
  await dialog(page).getByRole("button", { name: "Keep them" }).click();
  await check(page, `${PRIVATE},ann`);
  await expect(dryRun(page)).not.toContainText("public");
  await check(page, `${PRIVATE},ann\n${LIVE},ben\n${LIVE},cem\n${OFFLINE},dan`);
  const said = `3 viewers on public channels: ${OFFLINE}, ${LIVE}. A public channel opens without a token`;
  await expect(dryRun(page)).toContainText(said);
  await axe(page);
  await many(page).getByRole("button", { name: "Revoke 4 viewers…" }).click();
  await expect(dialog(page)).toContainText(said);
  expect(await emulator.commits(BATCH)).toBe(0);
});

test("why a button at the left is off is said beside the sidebar, not under it", async ({ page }) => {
  await open(page);
  const button = many(page).getByRole("button", { name: "Check the list" });
  await button.hover();
  const left = async (part: Locator) => (await part.boundingBox())!.x;
  expect(await left(page.getByRole("note").filter({ hasText: "Paste a list first." }))).toBe(await left(button));
});

test("each wrong line is said with its number and why, and nothing is sent", async ({ page, emulator }) => {
  await open(page);
  await check(page, `channel,viewerId,version\n${LIVE},ann,1\nnobody,ben\n${LIVE},${"v".repeat(41)}\n${LIVE},cem,two\n\n${LIVE}`);
  const wrong = many(page).getByRole("list", { name: "Wrong lines" }).getByRole("listitem");
  await expect(wrong).toHaveText([/^Line 3 .*nobody/, /^Line 4 .*40 characters/, /^Line 5 .*whole number/, /^Line 7 .*required/i]);
  const button = many(page).getByRole("button", { name: "Revoke 1 viewer…" });
  await expect(button).toHaveAccessibleDescription(/Mend the lines/);
  await button.click(ALL_THE_SAME);
  await expect(dialog(page)).toHaveCount(0);
  await axe(page);
  await list(page).fill(`${LIVE},ann`);
  await expect(dryRun(page)).toHaveCount(0);
  expect(await emulator.commits(BATCH)).toBe(0);
});

test("a list goes in twenties, each viewer once, from a file too", async ({ page, api, emulator }) => {
  await open(page);
  const id = (await api.arn(OFFLINE)).split("/")[1];
  const text = `${viewers(44)}\n${LIVE},viewer-1,5\n${id},viewer-1\n`;
  await page.getByLabel("Read the viewers from a file").setInputFiles({ name: "v.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await expect(list(page)).toHaveValue(text);
  await many(page).getByRole("button", { name: "Check the list" }).click();
  await expect(dryRun(page)).toContainText("45 viewers on 2 channels: 3 calls");
  await expect(dryRun(page)).toContainText("1 line whose viewer stands above already");
  const sizes: number[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(BATCH)) sizes.push((request.postDataJSON() as { request: { viewerSessions: unknown[] } }).request.viewerSessions.length);
  });
  const first = page.waitForRequest(`**/${BATCH}`);
  await many(page).getByRole("button", { name: "Revoke 45 viewers…" }).click();
  await expect(dialog(page)).toHaveAccessibleName(`Revoke the sessions of 45 viewers in ${REGION}?`);
  await axe(page);
  expect(await emulator.commits(BATCH)).toBe(0);
  await dialog(page).getByRole("button", { name: "Revoke sessions" }).click();
  const { viewerSessions } = ((await first).postDataJSON() as { request: { viewerSessions: object[] } }).request;
  expect(viewerSessions[0]).toEqual({ channelArn: await api.arn(LIVE), viewerId: "viewer-1", viewerSessionVersionsLessThanOrEqualTo: 5 });
  await expect(said(page)).toHaveText("45 asked");
  expect(sizes).toEqual([20, 20, 5]);
  expect(await emulator.commits(BATCH)).toBe(3);
  await expect(again(page)).toHaveText("Send again what failed");
  await expect(again(page)).toHaveAccessibleDescription("None has failed.");
});

test("a call that fails in the middle leaves the others done, and only its viewers are sent again", async ({ page, emulator, watch }) => {
  watch.provokes(403);
  await open(page);
  await emulator.fault(BATCH, "expiredToken", {}, 1, 2);
  await revoke(page, viewers(60));
  await expect(said(page)).toHaveText(/^40 asked · 20 failed|^20 asked · 20 failed · 20 not sent/);
  const before = await emulator.commits(BATCH);
  await axe(page);
  const failed = Number(/\d+/.exec(await again(page).innerText())![0]);
  const sent: unknown[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(BATCH)) sent.push(...(request.postDataJSON() as { request: { viewerSessions: unknown[] } }).request.viewerSessions);
  });
  await again(page).click();
  await expect(said(page)).toHaveText("60 asked");
  expect(sent).toHaveLength(failed);
  expect(await emulator.commits(BATCH)).toBe(before + failed / 20);
});

test("the pairs that IVS names failed, the others did not", async ({ page, api, emulator }) => {
  await open(page);
  await revoke(page, `${LIVE},ann\n${arn("channel", "goneGONEgone")},ben\n${LIVE},cem`);
  await expect(said(page)).toHaveText("2 asked · 1 failed");
  await expect(rows(page).nth(1)).toContainText(/ben.*Failed.*404/);
  await ledger(page).getByRole("button", { name: /^Failed/ }).click();
  await expect(rows(page)).toHaveCount(2);
  const request = page.waitForRequest(`**/${BATCH}`);
  await again(page).click();
  const { viewerSessions } = ((await request).postDataJSON() as { request: { viewerSessions: { viewerId: string }[] } }).request;
  expect(viewerSessions.map(({ viewerId }) => viewerId)).toEqual(["ben"]);
  await expect(said(page)).toHaveText("2 asked · 1 failed");
  expect(await emulator.commits(BATCH)).toBe(2);
  expect(await api.arn(LIVE)).toBeTruthy();
});

test("an answer that was lost is not called refused, and may be sent again", async ({ page, emulator, watch }) => {
  watch.provokes(504);
  await open(page);
  await emulator.fault(BATCH, "reset", { when: "after" });
  await revoke(page, viewers(2));
  await expect(said(page)).toHaveText("0 asked · 2 not known");
  await expect(rows(page).nth(1)).toContainText("it may have been done");
  await again(page).click();
  await expect(said(page)).toHaveText("2 asked");
  expect(await emulator.commits(BATCH)).toBe(2);
});

test("it is stopped after the call that is under way, and whoever leaves is asked", async ({ page, emulator }) => {
  await open(page);
  await emulator.fault(BATCH, "delay", { millis: 2_000 });
  await revoke(page, viewers(60));
  await page.getByRole("link", { name: "Channels", exact: true }).click();
  const leave = page.getByRole("dialog", { name: "Leave while viewers are being revoked?" });
  await expect(leave).toContainText("The ledger of what was asked is lost");
  await leave.getByRole("button", { name: "Stay" }).click();
  await ledger(page).getByRole("button", { name: "Stop after this call" }).click();
  await expect(said(page)).toHaveText("20 asked · 40 not sent");
  expect(await emulator.commits(BATCH)).toBe(1);
  await again(page).click();
  await expect(said(page)).toHaveText("60 asked");
  expect(await emulator.commits(BATCH)).toBe(3);
  await page.getByRole("link", { name: "Channels", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Channels" })).toBeVisible();
});

test("whoever leaves all the same ends it after the call that is under way", async ({ page, emulator }) => {
  await open(page);
  await emulator.fault(BATCH, "delay", { millis: 1_000 });
  await revoke(page, viewers(60));
  await page.getByRole("link", { name: "Channels", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Channels" })).toBeVisible();
  await expect.poll(() => emulator.commits(BATCH)).toBe(1);
  await page.goto(at("viewer-sessions"));
  await expect(page.getByRole("heading", { level: 1, name: "Viewer sessions" })).toBeVisible();
  expect(await emulator.commits(BATCH)).toBe(1);
});

test("another region is asked about too, and shows nothing of what was asked of this one", async ({ page, emulator }) => {
  await open(page);
  await emulator.fault(BATCH, "delay", { millis: 2_000 });
  await revoke(page, viewers(40));
  const region = page.getByLabel("Region", { exact: true });
  await region.selectOption("us-west-2");
  const leave = page.getByRole("dialog", { name: "Leave while viewers are being revoked?" });
  await leave.getByRole("button", { name: "Stay" }).click();
  await expect(region).toHaveValue(REGION);
  await expect(said(page)).toHaveText("40 asked");
  await region.selectOption("us-west-2");
  await expect(page.getByText("Disconnects viewers of private channels in us-west-2.")).toBeVisible();
  await expect(ledger(page)).toHaveCount(0);
  expect(await emulator.commits(BATCH)).toBe(2);
});

test("the ledger is a file whose cells no spreadsheet runs, and a list again", async ({ page }) => {
  await open(page);
  await revoke(page, `${LIVE},=HYPERLINK("x")\n${LIVE},@ann,2`.replace('=HYPERLINK("x")', '"=HYPERLINK(""x"")"'));
  await expect(said(page)).toHaveText("2 asked");
  const download = page.waitForEvent("download");
  await ledger(page).getByRole("button", { name: "Export CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^viewer-sessions-eu-west-1-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await file.path(), "utf8");
  expect(text.split("\r\n")[0]).toBe("channelArn,channel,viewerId,version,state,code,message,sentAt");
  expect(text).toContain(`"'=HYPERLINK(""x"")"`);
  expect(text).toContain(`"'@ann","2","Asked"`);
  await check(page, text);
  await expect(dryRun(page)).toContainText("2 viewers on 1 channel: 1 call");
  const request = page.waitForRequest(`**/${BATCH}`);
  await many(page).getByRole("button", { name: "Revoke 2 viewers…" }).click();
  await dialog(page).getByRole("button", { name: "Revoke sessions" }).click();
  const { viewerSessions } = ((await request).postDataJSON() as { request: { viewerSessions: { viewerId: string }[] } }).request;
  expect(viewerSessions.map(({ viewerId }) => viewerId)).toEqual([`=HYPERLINK("x")`, "@ann"]);
  await expect(said(page)).toHaveText("4 asked");
});

test("a viewer cannot, and is told who can", async ({ page, api, emulator, rights: _ }) => {
  await api.actAs("viewer", []);
  await open(page);
  await check(page, viewers(1));
  for (const button of [one(page).getByRole("button", { name: "Revoke sessions…" }), many(page).getByRole("button", { name: "Revoke 1 viewer…" })]) {
    await expect(button).toHaveAccessibleDescription(/Needs the operator role/);
    await button.click(ALL_THE_SAME);
  }
  await expect(dialog(page)).toHaveCount(0);
  expect(await emulator.commits(BATCH)).toBe(0);
});

test("a role that is taken away meanwhile ends the run, and says so of each", async ({ page, api, emulator, watch, rights: _ }) => {
  watch.provokes(403);
  await open(page);
  await api.actAs("viewer", []);
  await revoke(page, viewers(30));
  await expect(said(page)).toHaveText("0 asked · 20 failed · 10 not sent");
  await expect(rows(page).nth(1)).toContainText("RoleForbidden");
  expect(await emulator.commits(BATCH)).toBe(0);
});

test("it is fit for everybody and for a phone", async ({ page }) => {
  await open(page);
  await axe(page);
  await revoke(page, `${viewers(3)}\n${arn("channel", "goneGONEgone")},ben`);
  await expect(said(page)).toHaveText("3 asked · 1 failed");
  await axe(page);
  await fitsAPhone(page);
});
