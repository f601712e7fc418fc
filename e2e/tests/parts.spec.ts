import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { at, OFFLINE, PAGES } from "../fixtures/place.ts";

// Somebody who has had jobs loads what shows them.
test.use({ alone: "parts" });

// The app comes in parts: one opens the console, and the others are loaded when they are first needed.

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name, exact: true });

/** The parts that the page has asked for, in their order. */
function parts(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const name = /\/split_(\w+)\.wasm$/.exec(new URL(request.url()).pathname)?.[1];
    if (name !== undefined) asked.push(name);
  });
  return asked;
}

/** Holds a part back until the answer is called. */
async function held(page: Page, part: string): Promise<() => void> {
  let come = () => {};
  const arrived = new Promise<void>((resolve) => (come = resolve));
  await page.route(`**/split_${part}.wasm`, async (route) => {
    await arrived;
    await route.continue();
  });
  return come;
}

test("a page's part is loaded once: when somebody points at the way there", async ({ page }) => {
  const asked = parts(page);
  await page.goto(at("channels"));
  const link = page.getByRole("link", { name: OFFLINE, exact: true });
  await expect(link).toBeVisible();
  expect(asked).toEqual([]);
  await link.hover();
  await expect.poll(() => asked).toEqual(["channel"]);
  await link.click();
  await expect(heading(page, OFFLINE)).toBeVisible();
  await page.getByRole("link", { name: "Set-up" }).focus();
  await expect.poll(() => asked).toEqual(["channel", "console"]);
  await page.keyboard.press("Enter");
  await expect(heading(page, "Set-up")).toBeVisible();
  await page.goBack();
  await expect(heading(page, OFFLINE)).toBeVisible();
  expect(asked).toEqual(["channel", "console"]);
});

// boot.js goes by the address, and the app by its page: they mean the same part.
for (const [path, name] of PAGES) {
  test(`the address ${path} loads its part together with the app, and once`, async ({ page, api }) => {
    const asked = parts(page);
    const wasm: string[] = [];
    page.on("request", (request) => void (request.url().endsWith(".wasm") && wasm.push(request.url().replace(/.*\//, ""))));
    await page.goto(await api.resolve(path));
    await expect(heading(page, name)).toBeVisible();
    if (path === at("channels")) return expect(asked).toEqual([]);
    expect(asked).toHaveLength(1);
    // The second of all: before the app ran, which asks for the code that several parts share.
    expect(wasm.slice(0, 2).toSorted()).toEqual(["frontend_bg.wasm", `split_${asked[0]}.wasm`]);
  });
}

test("a part that cannot be loaded says so, leaves the rest alone, and comes with another try", async ({ page, watch }) => {
  watch.provokes(503);
  watch.provokes("part");
  await page.goto(at("channels"));
  await page.route("**/split_console.wasm", (route) => route.fulfill({ status: 503, body: "" }));
  await page.getByRole("link", { name: "About" }).click();
  const alert = page.getByRole("main").getByRole("alert");
  await expect(alert).toContainText("This part of the console could not be loaded");
  await page.getByRole("link", { name: "Channels" }).click();
  await expect(page.getByRole("link", { name: OFFLINE, exact: true })).toBeVisible();
  await page.getByRole("link", { name: "About" }).click();
  await expect(alert).toBeVisible();
  await page.unroute("**/split_console.wasm");
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(heading(page, "About Tally")).toBeFocused();
  await expect(page).toHaveTitle("About Tally · Tally");
  await expect(alert).toHaveCount(0);
});

test("a page whose part takes its time is announced when it is there", async ({ page }) => {
  const come = await held(page, "console");
  await page.goto(at("channels"));
  await page.getByRole("link", { name: "Set-up" }).click();
  await expect(page.getByRole("main").locator("[aria-busy=true]").first()).toBeVisible();
  come();
  await expect(heading(page, "Set-up")).toBeFocused();
  await expect(page.locator("[aria-live=polite]").filter({ hasText: "Set-up" })).toHaveCount(1);
});

test("what is typed before the palette's part is there is not lost, nor is Enter", async ({ page }) => {
  const come = await held(page, "palette");
  await page.goto(at("channels"));
  await expect(page.getByRole("link", { name: OFFLINE, exact: true })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: /Search channels/ })).toBeFocused();
  await page.keyboard.type("about");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Find" }).locator("[aria-busy=true]")).toBeVisible();
  come();
  await expect(heading(page, "About Tally")).toBeVisible();
});
