import type { Page } from "@playwright/test";

import { Demo } from "../fixtures/demo.ts";
import { expect, test } from "../fixtures/test.ts";
import { at, LIVE, OTHER_REGION, REGION } from "../fixtures/place.ts";

test("the region is switched, and is part of the address", async ({ page }) => {
  await page.goto(at("channels"));
  const region = page.getByRole("combobox", { name: "Region" });
  await region.selectOption(OTHER_REGION);
  await expect(page).toHaveURL(at("channels", OTHER_REGION));
  await expect(page.getByRole("link", { name: "stadium-main" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(at("channels", REGION));
  await expect(region).toHaveValue(REGION);
});

test("the theme is chosen and remembered", async ({ page }) => {
  await page.goto("/about");
  await page.getByRole("button", { name: /admin with secret-reader/ }).click();
  await page.getByRole("radio", { name: "Dark" }).check();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("a link of the sidebar says its page to a screen reader", async ({ page }) => {
  await page.goto("/about");
  await expect(page.getByRole("link", { name: "About" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("link", { name: "Set-up" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Set-up" })).toBeFocused();
  await expect(page.locator("[aria-live=polite]").filter({ hasText: /^Set-up$/ })).toHaveCount(1);
  await expect(page.getByRole("link", { name: "Set-up" })).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("link", { name: "About" })).not.toHaveAttribute("aria-current");
});

test("the first link skips to the page", async ({ page }) => {
  await page.goto("/about");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the page" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await expect(page).toHaveURL("/about");
});

test("? lists the keys, and Escape closes them", async ({ page }) => {
  await page.goto("/about");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keys" });
  await expect(keys).toContainText("Filter the list");
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();
});

test("on a phone the pages are in a drawer", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/about");
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("link", { name: "Channels" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Channels" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Set-up" })).toBeHidden();
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, "pixels beyond the edge").toBe(0);
});

test.describe("without a session", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("the page says how to sign in", async ({ page, watch }) => {
    watch.provokes(401);
    await page.goto(at("channels"));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in with the console's own address");
  });

  test("the address that the console prints signs in, once", async ({ page, watch }) => {
    const demo = await Demo.start();
    try {
      await page.goto(demo.launch);
      await expect(page.getByRole("heading", { level: 1, name: "Channels" })).toBeVisible();
      await expect(page).toHaveURL(demo.origin + at("channels"));
      await page.context().clearCookies();
      watch.provokes(401);
      await page.goto("about:blank");
      await page.goto(demo.launch);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in with the console's own address");
      expect(page.url()).not.toContain("t=");
    } finally {
      await demo.stop();
    }
  });
});

test("a spent launch token does no harm where a session is valid", async ({ page, demo }) => {
  await page.goto(demo.launch);
  await expect(page.getByRole("heading", { level: 1, name: "Channels" })).toBeVisible();
  expect(page.url()).not.toContain("t=");
});

test("a session that ends says how to sign in again, and the page waits with what was typed", async ({ page, context, session, watch }) => {
  await page.goto(at("channels/new"));
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill("half-typed");
  watch.provokes(401);
  await context.clearCookies();
  await page.getByRole("button", { name: "Create channel" }).click();
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("Your session has ended");
  await expect(name).toBeHidden();
  await page.getByRole("button", { name: "Go on here" }).click();
  await expect(heading, "nobody has signed in").toHaveText("Your session has ended");
  // In another tab of the same browser.
  await context.addCookies(session.cookies);
  await page.getByRole("button", { name: "Go on here" }).click();
  await expect(heading).toHaveText("Create channel");
  await expect(name).toHaveValue("half-typed");
  await page.getByRole("button", { name: "Create channel" }).click();
  await expect(heading).toHaveText("half-typed");
});

test("a session that ends under a question leaves the way back open, and nothing that was revealed", async ({ page, context, session, api, watch }) => {
  await page.goto(await api.resolve(at(`channels/{${LIVE}}`)));
  await page.getByRole("button", { name: "Reveal Stream key" }).click();
  await expect(page.getByText(/^sk_eu-west-1_/)).toBeVisible();
  await page.getByRole("button", { name: "Delete channel…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  watch.provokes(401);
  await context.clearCookies();
  // The next look at the streams is refused.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your session has ended");
  await expect(page.locator("dialog:modal")).toHaveCount(0);
  expect(await page.evaluate(() => document.body.textContent)).not.toMatch(/sk_eu-west-1_\w/);
  await context.addCookies(session.cookies);
  await page.getByRole("button", { name: "Go on here" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(LIVE);
  await expect(page.getByText("You are signed out")).toHaveCount(0);
});

test("what is typed is not lost by a link while the session has ended", async ({ page, context, session, watch }) => {
  await page.goto(at("channels/new"));
  await page.getByRole("textbox", { name: "Name" }).fill("half-typed");
  watch.provokes(401);
  await context.clearCookies();
  await page.getByRole("button", { name: "Create channel" }).click();
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("Your session has ended");
  await page.getByRole("link", { name: "Jobs" }).click();
  await expect(page.locator("dialog:modal")).toHaveCount(0);
  await context.addCookies(session.cookies);
  await page.getByRole("button", { name: "Go on here" }).click();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("half-typed");
  await expect(page.getByText("You are signed out")).toHaveCount(0);
});

for (const [way, leave] of [
  ["the palette", async (page: Page) => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type(LIVE);
    await page.keyboard.press("Enter");
  }],
  ["the region", async (page: Page) => void (await page.getByRole("combobox", { name: "Region" }).selectOption("us-west-2"))],
] as const) {
  test(`nobody leaves what they have typed unasked: by ${way}`, async ({ page, api }) => {
    await page.goto(await api.resolve(at(`channels/{${LIVE}}/edit`)));
    const name = page.getByRole("textbox", { name: "Name" });
    await name.fill("half-typed");
    await leave(page);
    const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
    await dialog.getByRole("button", { name: "Stay" }).click();
    await expect(name).toHaveValue("half-typed");
    await expect(page.getByRole("combobox", { name: "Region" })).toHaveValue("eu-west-1");
    await leave(page);
    await dialog.getByRole("button", { name: "Leave" }).click();
    await expect(name).toHaveCount(0);
  });
}

test("what waited for one person is not shown to another", async ({ page, context, session, api, watch, rights: _ }) => {
  await page.goto(at("channels/new"));
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill("half-typed");
  watch.provokes(401);
  await context.clearCookies();
  await page.getByRole("button", { name: "Create channel" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your session has ended");
  await context.addCookies(session.cookies);
  await api.actAs("operator", []);
  await page.getByRole("button", { name: "Go on here" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Create channel");
  await expect(name).toHaveValue("");
});
