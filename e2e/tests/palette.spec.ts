import type { Locator, Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { ACCOUNT_ID, at, LIVE, OFFLINE, OTHER_REGION } from "../fixtures/place.ts";

const found = (page: Page): Locator => page.getByRole("listbox", { name: "Found" }).getByRole("option");
const field = (page: Page): Locator => page.getByRole("combobox", { name: /Search channels/ });

async function search(page: Page, typed: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(typed);
}

test.beforeEach(async ({ page }) => {
  await page.goto("/about");
  await expect(page.getByRole("heading", { level: 1, name: "About Tally" })).toBeVisible();
});

for (const [what, typed, label, heading] of [
  ["a channel by its name", OFFLINE, OFFLINE, OFFLINE],
  ["a channel by words in any case", "ARENA main", LIVE, LIVE],
  ["a page", "set-up", "Set-up", "Set-up"],
  ["an action", "create channel", "Create channel", "Create channel"],
  ["another region", OTHER_REGION, `demo · ${OTHER_REGION} · Oregon`, "Channels"],
] as const) {
  test(`it finds ${what}`, async ({ page }) => {
    await search(page, typed);
    await expect(found(page).first()).toContainText(label);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: heading, exact: true })).toBeVisible();
    await expect(field(page)).toBeHidden();
  });
}

test("it finds a channel by a pasted ARN, in another region too", async ({ page }) => {
  await search(page, `arn:aws:ivs:${OTHER_REGION}:${ACCOUNT_ID}:channel/abcDEF123456`);
  await expect(found(page)).toHaveCount(1);
  await expect(found(page)).toContainText(`Channel abcDEF123456`);
  await expect(found(page)).toContainText(OTHER_REGION);
});

test("it says which channels are live", async ({ page }) => {
  await search(page, LIVE);
  await expect(found(page).filter({ hasText: LIVE })).toContainText("LIVE");
});

test("it changes the theme", async ({ page }) => {
  await search(page, "theme: dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("arrows walk through what it found, and round", async ({ page }) => {
  await search(page, "arena");
  await expect(found(page)).toHaveCount(4);
  const chosen = found(page).and(page.locator("[aria-selected=true]"));
  const first = await chosen.innerText();
  await page.keyboard.press("ArrowDown");
  await expect(chosen).not.toHaveText(first);
  await expect(field(page)).toHaveAttribute("aria-activedescendant", (await chosen.getAttribute("id"))!);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(found(page).last()).toHaveAttribute("aria-selected", "true");
});

test("it says when it finds nothing", async ({ page }) => {
  await search(page, "no such thing anywhere");
  await expect(page.getByText("Nothing of that name in eu-west-1.")).toBeVisible();
  await expect(found(page)).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/about");
});

test("Escape closes it and gives the focus back", async ({ page }) => {
  const opener = page.getByRole("button", { name: /Search channels/ });
  await opener.focus();
  await page.keyboard.press("Enter");
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(field(page)).toBeHidden();
  await expect(opener).toBeFocused();
});

test("the channels it finds are those of the region", async ({ page }) => {
  await page.goto(at("channels", OTHER_REGION));
  await expect(page.getByRole("heading", { level: 1, name: "Channels" })).toBeVisible();
  await search(page, LIVE);
  await expect(page.getByText(`Nothing of that name in ${OTHER_REGION}.`)).toBeVisible();
});

for (const [typed, label, seen] of [
  ["edit arena-b", `Edit ${OFFLINE}`, `Edit ${OFFLINE}`],
  ["stop arena-m", `Stop stream of ${LIVE}…`, `Stop the stream of ${LIVE}?`],
  ["reset stream key of arena-b", `Reset stream key of ${OFFLINE}…`, `Reset the stream key of ${OFFLINE}?`],
  ["delete arena-b", `Delete ${OFFLINE}…`, `Delete ${OFFLINE} in eu-west-1?`],
] as const) {
  test(`a verb leads to what is done with a channel: ${typed}`, async ({ page }) => {
    await search(page, typed);
    await expect(found(page).first()).toContainText(label);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: seen, exact: true })).toBeVisible();
  });
}

test("what may not be done with a channel is off, with the reason", async ({ page, api, rights: _ }) => {
  await api.actAs("viewer", []);
  await page.reload();
  // Keys are heard once the app runs.
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await search(page, "stop arena-m");
  await expect(found(page).first()).toHaveAttribute("aria-disabled", "true");
  await expect(found(page).first()).toContainText(/operator|role/i);
  await page.keyboard.press("Enter");
  await expect(field(page)).toBeVisible();
});

test("only what is live is offered to be stopped", async ({ page }) => {
  await search(page, "stop arena");
  await expect(found(page).first()).toContainText(/Stop stream of arena-/);
  await expect(found(page).filter({ hasText: "Stop stream of" })).toHaveCount(2);
  await expect(found(page).filter({ hasText: OFFLINE })).toHaveCount(0);
});
