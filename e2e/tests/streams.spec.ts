import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { axe, fitsAPhone, goLive } from "../fixtures/live.ts";
import { at, LIVE, OFFLINE, REGION, STARVING } from "../fixtures/place.ts";

// What is on air: how well, for how many, for how long.

const table = (page: Page) => page.getByRole("table", { name: "Live streams" });
const row = (page: Page, name: string) => table(page).getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
const segment = (page: Page, name: string) => page.getByRole("group", { name: "Which streams" }).getByRole("button", { name });
const item = (page: Page, name: string) => page.getByRole("group", { name: /^Actions for/ }).getByText(name);

async function open(page: Page, query = ""): Promise<void> {
  await page.goto(at("streams") + query);
  await expect(table(page).getByRole("link").first()).toBeVisible();
}

/** Opens the menu of a row. */
async function menu(page: Page, name: string): Promise<void> {
  await row(page, name).getByRole("button", { name: `Actions for ${name}` }).click();
}

test("the live streams of the region are listed, those that want attention first", async ({ page }) => {
  await open(page);
  await expect(table(page).getByRole("link").first()).toHaveText(STARVING);
  await expect(row(page, LIVE)).toContainText(/Healthy.*[\d,]+.*\d+:\d\d.*st-\w{23}/);
  await expect(table(page).getByRole("link", { name: OFFLINE, exact: true })).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: ` live in ${REGION}` })).toBeVisible();
  await row(page, LIVE).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: LIVE })).toBeVisible();
});

test("what goes on air and off it comes and goes by itself", async ({ page, api, emulator }) => {
  await open(page);
  const { arn } = await goLive(api, emulator, "e2e-comes");
  await expect(row(page, "e2e-comes")).toBeVisible({ timeout: 15_000 });
  await emulator.scenario(arn, "end");
  await emulator.advance(60);
  await expect(row(page, "e2e-comes")).toHaveCount(0, { timeout: 15_000 });
});

test("health is chosen, and the choice is in the address", async ({ page }) => {
  await open(page);
  await segment(page, "Starving").click();
  await expect(row(page, STARVING)).toBeVisible();
  await expect(row(page, LIVE)).toHaveCount(0);
  await expect(page).toHaveURL(/show=starving/);
  await page.reload();
  await expect(segment(page, "Starving")).toHaveAttribute("aria-pressed", "true");
  await expect(row(page, STARVING)).toBeVisible();
  await expect(row(page, LIVE)).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Filter" }).fill("nothing-like-it");
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
});

test("viewers that IVS could not count are unknown, and no number", async ({ page }) => {
  await page.route("**/ListStreams", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { response: { streams: { viewerCount: number; health: string }[] } };
    for (const stream of body.response.streams) Object.assign(stream, { viewerCount: -1, health: "DROWNING" });
    await route.fulfill({ response: answer, json: body });
  });
  await open(page);
  await expect(row(page, LIVE)).toContainText("unknown");
  await expect(row(page, LIVE)).toContainText("DROWNING");
  await segment(page, "Not known").click();
  await expect(row(page, LIVE)).toBeVisible();
});

for (const [label, dialog] of [["Stop stream…", `Stop the stream of ${LIVE}?`]] as const) {
  test(`the menu of a row leads to the channel's own question: ${label}`, async ({ page, emulator }) => {
    await open(page);
    await menu(page, LIVE);
    await item(page, label).click();
    await expect(page.getByRole("dialog", { name: dialog }).getByRole("textbox")).toBeFocused();
    expect(await emulator.commits("StopStream")).toBe(0);
  });
}

test("the menu leads to metadata, and says why there are no ads", async ({ page }) => {
  await open(page);
  await menu(page, LIVE);
  await expect(page.getByRole("button", { name: /^Insert ad break…/ })).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByRole("button", { name: /^Insert ad break…/ })).toContainText("no ad configuration");
  await item(page, "Put metadata…").click();
  await expect(page.getByRole("textbox", { name: "Metadata" })).toBeFocused();
});

test("a viewer sees it all, and may do none of it", async ({ page, api, rights: _ }) => {
  await api.actAs("viewer", []);
  await open(page);
  await menu(page, LIVE);
  for (const label of ["Put metadata…", "Insert ad break…", "Stop stream…"]) {
    await expect(page.getByRole("button", { name: new RegExp(`^${label}`) })).toContainText("Needs the operator role");
  }
});

test("a list that cannot be had says so, and what was known stays", async ({ page, api, emulator, watch }) => {
  watch.provokes(403);
  await open(page);
  await emulator.fault("ListStreams", "accessDenied", {}, null);
  await api.forget();
  await expect(page.getByRole("alert")).toContainText("AccessDeniedException", { timeout: 15_000 });
  await expect(row(page, LIVE)).toBeVisible();
  await emulator.heal();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a region in which nothing is live says so", async ({ page, emulator, api }) => {
  await emulator.reset("empty");
  await api.forget();
  await page.goto(at("streams"));
  await expect(page.getByRole("heading", { name: `Nothing is live in ${REGION}` })).toBeVisible();
  await axe(page);
});

test("it is fit for everybody and for a phone", async ({ page }) => {
  await open(page);
  await axe(page);
  await menu(page, LIVE);
  await axe(page);
  await fitsAPhone(page);
});

for (const width of [360, 430, 1440]) {
  test(`how the list is shown opens on a screen of ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page);
    await page.getByRole("button", { name: "View", exact: true }).click();
    const panel = page.getByRole("group", { name: "View" });
    await expect(panel).toBeVisible();
    const { x, width: wide } = (await panel.boundingBox())!;
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + wide).toBeLessThanOrEqual(width);
  });
}
