import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { ALL_THE_SAME } from "../fixtures/channels.ts";
import { ads, axe, fitsAPhone, goLive } from "../fixtures/live.ts";
import { at, LIVE } from "../fixtures/place.ts";

// An ad break reaches every viewer: it is asked for with the channel and the viewers before one, and off where it cannot be.

const NAME = "e2e-ad-break";
const begin = (page: Page) => page.getByRole("region", { name: "Stream", exact: true }).getByRole("button", { name: "Insert ad break…" });
const dialog = (page: Page) => page.getByRole("dialog", { name: `Insert an ad break into ${NAME}?` });
const insert = (page: Page) => dialog(page).getByRole("button", { name: "Insert ad break" });
const seconds = (page: Page) => dialog(page).getByRole("spinbutton", { name: "Seconds" });
const starts = (page: Page) => dialog(page).getByLabel("Starts");

test("an operator inserts an ad break, and is told which", async ({ page, api, emulator, rights: _ }) => {
  const { arn, address } = await goLive(api, emulator, NAME, { adConfigurationArn: await ads(api) });
  await api.actAs("operator", []);
  await page.goto(address);
  await begin(page).click();
  await expect(dialog(page)).toContainText(/It is live with [\d,]+ viewers?\./);
  await seconds(page).fill("45");
  await dialog(page).getByText("Same thing, as code").click();
  await expect(dialog(page)).toContainText(/insert-ad-break[^]*--duration-seconds 45/);
  const request = page.waitForRequest("**/InsertAdBreak");
  await insert(page).click();
  expect((await request).postDataJSON()).toMatchObject({ request: { channelArn: arn, durationSeconds: 45 } });
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole("status").filter({ hasText: /Ad break \w{12}.*of 45 s, starting / })).toBeVisible();
  await expect(page.getByRole("status").locator("time")).toHaveAttribute("title", /UTC$/);
  expect(await emulator.commits("InsertAdBreak")).toBe(1);
});

test.describe("in another zone", () => {
  test.use({ timezoneId: "America/New_York" });

  test("a start is typed in the viewer's own zone and sent in UTC, which today's CLI does not know", async ({ page, api, emulator }) => {
    const { address } = await goLive(api, emulator, NAME, { adConfigurationArn: await ads(api) });
    await page.goto(address);
    await begin(page).click();
    await starts(page).fill("2001-01-01T12:00");
    await expect(insert(page)).toHaveAccessibleDescription(/still to come/);
    await insert(page).click(ALL_THE_SAME);
    expect(await emulator.commits("InsertAdBreak")).toBe(0);
    await starts(page).fill("2100-01-01T12:00:30");
    await dialog(page).getByText("Same thing, as code").click();
    await expect(dialog(page)).toContainText("Today's AWS CLI does not know targetStartAt");
    const request = page.waitForRequest("**/InsertAdBreak");
    await insert(page).click();
    expect((await request).postDataJSON()).toMatchObject({ request: { targetStartAt: "2100-01-01T17:00:30.000Z" } });
    await expect(dialog(page)).toBeHidden();
  });
});

for (const [typed, said] of [["0", "between 1 and 300"], ["301", "between 1 and 300"], ["1.5", "whole number"], ["", "between 1 and 300"]] as const) {
  test(`a break of “${typed}” seconds is not sent`, async ({ page, api, emulator }) => {
    const { address } = await goLive(api, emulator, NAME, { adConfigurationArn: await ads(api) });
    await page.goto(`${address}?ask=ad-break`);
    await seconds(page).fill(typed);
    await seconds(page).blur();
    await expect(seconds(page)).toHaveAttribute("aria-invalid", "true");
    await expect(insert(page)).toHaveAccessibleDescription(new RegExp(said));
    await insert(page).click(ALL_THE_SAME);
    expect(await emulator.commits("InsertAdBreak")).toBe(0);
  });
}

test("while one runs, IVS refuses another, and what was typed stays", async ({ page, api, emulator, watch }) => {
  watch.provokes(409);
  const { arn, address } = await goLive(api, emulator, NAME, { adConfigurationArn: await ads(api) });
  await api.call("InsertAdBreak", { channelArn: arn, durationSeconds: 300 });
  await page.goto(address);
  await begin(page).click();
  await seconds(page).fill("60");
  await insert(page).click();
  await expect(dialog(page).getByRole("alert")).toContainText("ConflictException");
  await expect(seconds(page)).toHaveValue("60");
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
  await begin(page).click();
  await expect(dialog(page).getByRole("alert")).toHaveCount(0);
  expect(await emulator.commits("InsertAdBreak")).toBe(1);
});

test("until when the break runs that was inserted here is said", async ({ page, api, emulator, watch }) => {
  watch.provokes(409);
  const { address } = await goLive(api, emulator, NAME, { adConfigurationArn: await ads(api) });
  await page.goto(address);
  await begin(page).click();
  await seconds(page).fill("300");
  await insert(page).click();
  await expect(dialog(page)).toBeHidden();
  await begin(page).click();
  await insert(page).click();
  await expect(dialog(page).getByRole("alert")).toContainText("ConflictException");
  await expect(dialog(page).getByRole("status").filter({ hasText: "The break inserted here before ends at" }).locator("time")).toHaveText(/\d:\d\d:\d\d/);
});

test("one whose answer was lost is said not to be known, at once", async ({ page, api, emulator, watch }) => {
  watch.provokes(409);
  const { address } = await goLive(api, emulator, NAME, { adConfigurationArn: await ads(api) });
  await page.goto(address);
  await begin(page).click();
  await emulator.fault("InsertAdBreak", "reset", { when: "after" });
  await insert(page).click();
  await expect(dialog(page).getByRole("alert")).toContainText("The events of the session show whether the break was inserted.");
  expect(await emulator.commits("InsertAdBreak")).toBe(1);
});

for (const [what, settings, said] of [
  ["without an ad configuration", {}, "no ad configuration"],
  ["in fragmented MP4", { containerFormat: "FRAGMENTED_MP4" }, "container format TS"],
] as const) {
  test(`a channel ${what} says so`, async ({ page, api, emulator }) => {
    const { address } = await goLive(api, emulator, NAME, settings);
    await page.goto(`${address}?ask=ad-break`);
    await expect(begin(page)).toHaveAccessibleDescription(new RegExp(said));
    await begin(page).click(ALL_THE_SAME);
    await expect(dialog(page)).toHaveCount(0);
  });
}

test("an offline channel says so", async ({ page, api }) => {
  await api.call("CreateChannel", { name: NAME, adConfigurationArn: await ads(api) });
  await page.goto(await api.resolve(at(`channels/{${NAME}}`)));
  await expect(begin(page)).toHaveAccessibleDescription(/The channel is offline/);
});

test("a viewer cannot, and is told who can", async ({ page, api, rights: _ }) => {
  await api.actAs("viewer", []);
  await page.goto(`${await api.resolve(at(`channels/{${LIVE}}`))}?ask=ad-break`);
  await expect(begin(page)).toHaveAccessibleDescription(/Needs the operator role/);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("it is fit for everybody and for a phone", async ({ page, api, emulator }) => {
  const { address } = await goLive(api, emulator, NAME, { adConfigurationArn: await ads(api) });
  await page.goto(`${address}?ask=ad-break`);
  await expect(dialog(page)).toBeVisible();
  await axe(page);
  await fitsAPhone(page);
});
