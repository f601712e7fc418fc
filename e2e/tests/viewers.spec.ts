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
const rows = (page: Page) => page.getByRole("table", { name: "Viewers" }).getByRole("row");
/** How it stands with them, on the page of the job. */
const said = (page: Page) => page.locator(".job-progress").getByRole("status");
const again = (page: Page) => page.getByRole("button", { name: /^Send the/ });

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
  expect(await emulator.commits("StartViewerSessionRevocation")).toBe(1);
});

test("what IVS refuses of one is said where it was typed", async ({ page, emulator, watch }) => {
  watch.provokes(404);
  await open(page);
  await one(page).getByLabel("Channel").fill(arn("channel", "goneGONEgone"));
  await one(page).getByLabel("Viewer id").fill("ann");
  await revokeOne(page);
  await expect(one(page).getByRole("alert")).toContainText("ResourceNotFoundException");
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
  await many(page).getByRole("button", { name: "Revoke 45 viewers…" }).click();
  await expect(dialog(page)).toHaveAccessibleName(`Revoke the sessions of 45 viewers in ${REGION}?`);
  await expect(dialog(page)).toContainText("goes on when this page is closed");
  await axe(page);
  expect(await emulator.commits(BATCH)).toBe(0);
  const started = page.waitForRequest("**/api/jobs/start");
  await dialog(page).getByRole("button", { name: "Revoke sessions" }).click();
  const { task } = (await started).postDataJSON() as { task: { viewers: object[] } };
  expect(task.viewers[0]).toEqual({ channelArn: await api.arn(LIVE), viewerId: "viewer-1", viewerSessionVersionsLessThanOrEqualTo: 5 });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Revoke viewers in 3 calls");
  // The page before was scrolled down to its button; this one begins at its top.
  await expect(page.getByRole("main").getByRole("link", { name: "Jobs", exact: true })).toBeInViewport({ ratio: 1 });
  await expect(said(page)).toHaveText("45 asked");
  await expect(rows(page).nth(1)).toContainText(LIVE);
  expect(await emulator.commits(BATCH)).toBe(3);
  await expect(again(page)).toHaveCount(0);
});

test("a call that fails in the middle leaves the others done, and only its viewers are sent again", async ({ page, emulator }) => {
  await open(page);
  await emulator.fault(BATCH, "expiredToken", {}, 1, 2);
  await revoke(page, viewers(60));
  await expect(said(page)).toHaveText("40 asked · 20 failed");
  await axe(page);
  await expect(rows(page).nth(1)).toContainText(/Failed.*ExpiredTokenException/);
  const before = await emulator.commits(BATCH);
  await expect(again(page)).toHaveText("Send the 20 that failed again");
  await again(page).click();
  await expect(said(page)).toHaveText("60 asked");
  expect(await emulator.commits(BATCH)).toBe(before + 1);
});

test("the pairs that IVS names failed, the others did not, and those alone are sent again", async ({ page, emulator }) => {
  await open(page);
  await revoke(page, `${LIVE},ann\n${arn("channel", "goneGONEgone")},ben\n${LIVE},cem`);
  await expect(said(page)).toHaveText("2 asked · 1 failed");
  await expect(rows(page).nth(1)).toContainText(/ben.*Failed.*404/);
  await page.getByRole("group", { name: "Which viewers" }).getByRole("button", { name: /^Failed/ }).click();
  await expect(rows(page)).toHaveCount(2);
  // A phone has no room for why.
  await page.setViewportSize({ width: 360, height: 740 });
  await rows(page).nth(1).getByRole("button", { name: "Failed: what became of ben" }).click();
  const whole = page.getByRole("dialog", { name: "ben", exact: true });
  await expect(whole).toContainText("404");
  await expect(whole.getByRole("term").filter({ hasText: "AWS request" })).toBeVisible();
  await axe(page);
  await whole.getByRole("button", { name: "Close" }).click();
  await expect(whole).toHaveCount(0);
  await page.setViewportSize({ width: 1440, height: 900 });
  await again(page).click();
  await expect.poll(() => emulator.commits(BATCH)).toBe(2);
  await expect(said(page)).toHaveText("2 asked · 1 failed");
});

test("an answer that was lost is asked for again by itself", async ({ page, emulator }) => {
  await open(page);
  await emulator.fault(BATCH, "reset", { when: "after" });
  await revoke(page, viewers(2));
  await expect(said(page)).toHaveText("2 asked", { timeout: 30_000 });
  expect(await emulator.commits(BATCH)).toBe(2);
});

test("it is cancelled after the call that is under way, and goes on where nobody looks", async ({ page, emulator }) => {
  await open(page);
  await emulator.fault(BATCH, "delay", { millis: 2_000 });
  await revoke(page, viewers(60));
  await page.getByRole("button", { name: "Cancel this job" }).click();
  await expect(said(page)).toHaveText("20 asked · 40 not sent");
  expect(await emulator.commits(BATCH)).toBe(1);
  await open(page);
  await emulator.fault(BATCH, "delay", { millis: 1_000 });
  await revoke(page, viewers(60));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Revoke viewers in 3 calls");
  await page.goto("about:blank");
  await expect.poll(() => emulator.commits(BATCH)).toBe(4);
  await page.goto("/jobs");
  await expect(page.getByRole("table", { name: "Jobs" }).getByRole("row").nth(1)).toContainText(/Revoke viewers in 3 calls.*Done/);
});

test("whom a job revoked is a file whose cells no spreadsheet runs, and a list again", async ({ page, emulator }) => {
  await open(page);
  await revoke(page, `${LIVE},=HYPERLINK("x")\n${LIVE},@ann,2`.replace('=HYPERLINK("x")', '"=HYPERLINK(""x"")"'));
  await expect(said(page)).toHaveText("2 asked");
  await page.getByRole("button", { name: "View", exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export 2 viewers as CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^viewer-sessions-eu-west-1-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await file.path(), "utf8");
  expect(text.split("\r\n")[0]).toBe("channelArn,channel,viewerId,version,state,code,message,journal");
  expect(text).toContain(`"'=HYPERLINK(""x"")"`);
  expect(text).toContain(`"'@ann","2","Asked"`);
  await open(page);
  await check(page, text);
  await expect(dryRun(page)).toContainText("2 viewers on 1 channel: 1 call");
  const started = page.waitForRequest("**/api/jobs/start");
  await many(page).getByRole("button", { name: "Revoke 2 viewers…" }).click();
  await dialog(page).getByRole("button", { name: "Revoke sessions" }).click();
  const { task } = (await started).postDataJSON() as { task: { viewers: { viewerId: string }[] } };
  expect(task.viewers.map(({ viewerId }) => viewerId).sort()).toEqual([`=HYPERLINK("x")`, "@ann"]);
  await expect(said(page)).toHaveText("2 asked");
  expect(await emulator.commits(BATCH)).toBe(2);
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

test("a role that is taken away meanwhile begins nothing, and says so", async ({ page, api, emulator, watch, rights: _ }) => {
  watch.provokes(403);
  await open(page);
  await check(page, viewers(30));
  await many(page).getByRole("button", { name: /^Revoke \d+ viewers?…/ }).click();
  await api.actAs("viewer", []);
  await dialog(page).getByRole("button", { name: "Revoke sessions" }).click();
  await expect(dialog(page)).toContainText("RoleForbidden");
  expect(await emulator.commits(BATCH)).toBe(0);
});

test("it is fit for everybody and for a phone", async ({ page }) => {
  await open(page);
  await axe(page);
  await fitsAPhone(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page);
  await revoke(page, `${viewers(3)}\n${arn("channel", "goneGONEgone")},ben`);
  await expect(said(page)).toHaveText("3 asked · 1 failed");
  await axe(page);
  await fitsAPhone(page);
});
