import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { arn, at, LIVE, OFFLINE, PAGES } from "../fixtures/place.ts";

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name, exact: true });

for (const [path, title] of PAGES) {
  test(`${path} opens by its own address, asks for nothing that fails, and is loaded again`, async ({ page, api }) => {
    const address = await api.resolve(path);
    await page.goto(address);
    await expect(heading(page, title)).toBeVisible();
    await expect(page).toHaveTitle(`${title} · Tally`);
    // With everything that it shows: a failing request is in the console, and the watch fails the test.
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    await page.reload();
    await expect(heading(page, title)).toBeVisible();
    await expect(page).toHaveURL(address);
  });
}

test("back and forward lead through the pages one came by", async ({ page }) => {
  await page.goto("/about");
  await page.getByRole("link", { name: "Channels" }).click();
  await page.getByRole("link", { name: OFFLINE, exact: true }).click();
  await expect(heading(page, OFFLINE)).toBeVisible();
  const channel = page.url();
  await page.getByRole("link", { name: "Set-up" }).click();
  await expect(heading(page, "Set-up")).toBeVisible();
  for (const [name, url] of [[OFFLINE, channel], ["Channels", at("channels")], ["About Tally", "/about"]] as const) {
    await page.goBack();
    await expect(heading(page, name)).toBeVisible();
    await expect(page).toHaveURL(url);
  }
  await page.goForward();
  await expect(heading(page, "Channels")).toBeVisible();
  await page.goForward();
  await expect(heading(page, OFFLINE)).toBeVisible();
  await expect(page).toHaveURL(channel);
});

test("another channel is another page, whichever way one came", async ({ page, api }) => {
  await page.goto(await api.resolve(at(`channels/{${OFFLINE}}`)));
  await expect(heading(page, OFFLINE)).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: /Search channels/ })).toBeFocused();
  await page.keyboard.type(LIVE);
  await expect(page.getByRole("option", { name: LIVE })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(heading(page, LIVE)).toBeVisible();
  await expect(page.getByRole("region", { name: "Stream" })).toContainText("On air for");
  await page.goBack();
  await expect(heading(page, OFFLINE)).toBeVisible();
  await expect(page.getByRole("region", { name: "Stream" })).toContainText("Offline");
});

test("the root leads to the channels of the first region, and back does not come here again", async ({ page }) => {
  await page.goto("/about");
  await page.getByRole("link", { name: "Tally, home" }).click();
  await expect(heading(page, "Channels")).toBeVisible();
  await expect(page).toHaveURL(at("channels"));
  await page.goBack();
  await expect(heading(page, "About Tally")).toBeVisible();
  await expect(page).toHaveURL("/about");
});

for (const path of ["/no/such/page/here", "/demo", at("nothing"), at("channels/x/y")]) {
  test(`${path} is no page, says so and leads on`, async ({ page }) => {
    await page.goto(path);
    await expect(heading(page, "There is no such page")).toBeVisible();
    await page.getByRole("link", { name: "Go to the channels" }).click();
    await expect(heading(page, "Channels")).toBeVisible();
  });
}

test("an account that is not set up says so and leads on", async ({ page, watch }) => {
  // The first calls begin before it is known what there is.
  watch.provokes(404);
  await page.goto("/nowhere/eu-west-1/channels");
  await expect(heading(page, "Not set up here")).toBeVisible();
  await page.getByRole("link", { name: "Go to the first account" }).click();
  await expect(heading(page, "Channels")).toBeVisible();
});

for (const [what, id, status, said] of [
  ["that was deleted", "abcDEF123456", 404, "It is not there"],
  ["whose id cannot be one", "no%20id", 400, "IVS does not take these values"],
] as const) {
  test(`a channel ${what} says so, and the way back`, async ({ page, watch }) => {
    watch.provokes(status);
    await page.goto(at(`channels/${id}`));
    await expect(page.getByRole("alert")).toContainText(said);
    await expect(page.getByRole("button", { name: "Delete channel…" })).toHaveCount(0);
    await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Channels" }).click();
    await expect(heading(page, "Channels")).toBeVisible();
  });
}

test("a pasted ARN that IVS does not know leads to a page that says so", async ({ page, watch }) => {
  watch.provokes(404);
  await page.goto("/about");
  await expect(heading(page, "About Tally")).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: /Search channels/ })).toBeFocused();
  await page.keyboard.type(arn("channel", "abcDEF123456"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("It is not there");
});
