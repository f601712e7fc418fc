import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { openList } from "../fixtures/channels.ts";
import { at, LIVE, OFFLINE } from "../fixtures/place.ts";

// What every list has: fields of the filter as chips, columns, saved views, a menu for each row, export.

const filter = (page: Page) => page.getByRole("searchbox", { name: "Filter" });
const chips = (page: Page) => page.getByRole("button", { name: /^Remove / });
const headings = (page: Page) => page.getByRole("columnheader").filter({ hasText: /[A-Z]/ });
const panel = (page: Page) => page.getByRole("group", { name: "View", exact: true });
const menu = (page: Page, name: string) => page.getByRole("group", { name: `Actions for ${name}`, exact: true });
const query = (page: Page, name: string) => () => new URL(page.url()).searchParams.get(name);

async function openPanel(page: Page): Promise<void> {
  await page.getByRole("button", { name: "View", exact: true }).click();
  await expect(panel(page)).toBeVisible();
}

/** What the headings say, without the mark of the sorting. */
const columns = async (page: Page): Promise<string[]> =>
  (await headings(page).allInnerTexts()).map((text) => text.replace(/[↑↓\s]+$/u, "")).filter((text) => text !== "Actions");

test("a field that is typed becomes a chip once it is complete, and is part of the address", async ({ page }) => {
  const table = await openList(page);
  await filter(page).focus();
  await page.keyboard.type("council TAG:team=civic");
  await expect(chips(page)).toHaveCount(0);
  await expect(table.getByRole("link")).toHaveCount(3);
  await page.keyboard.type(" type:advanced_sd");
  await expect(chips(page)).toHaveText(["×"]);
  await expect(filter(page)).toHaveValue("council type:advanced_sd");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Remove type:advanced_sd" })).toBeVisible();
  await expect(filter(page)).toHaveValue("council");
  await expect(table.getByRole("link")).toHaveText(["council-committee-1", "council-committee-2"]);
  await expect.poll(query(page, "q")).toBe("TAG:team=civic type:advanced_sd council");
  await page.reload();
  await expect(chips(page)).toHaveCount(2);
  await expect(filter(page)).toHaveValue("council");
  await expect(table.getByRole("link")).toHaveCount(2);
});

test("what is pasted is chips alone, where it is nothing but fields", async ({ page }) => {
  await openList(page);
  const filter = page.getByRole("searchbox", { name: "Filter" });
  await filter.fill("tag:team=sports type:STANDARD ");
  await expect(chips(page)).toHaveCount(2);
  await expect(filter).toHaveValue("");
});

test("chips are taken away one by one, with the mouse and with Backspace", async ({ page }) => {
  const table = await openList(page, "?q=live+type%3ASTANDARD+arena");
  await expect(chips(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Remove type:STANDARD" }).click();
  await expect(filter(page)).toBeFocused();
  await expect(table.getByRole("link")).toHaveText(["arena-main", "arena-pitch-side"]);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Backspace");
  await expect(chips(page), "what is typed goes first").toHaveCount(1);
  await page.keyboard.press("Backspace");
  await expect(chips(page)).toHaveCount(0);
  await expect(page.getByText("38 in eu-west-1", { exact: true })).toBeVisible();
  await page.keyboard.press("Backspace");
  await expect.poll(query(page, "q")).toBeNull();
});

test("a value with a space stands in quotes, and a tag that is pressed is such a field", async ({ page, api }) => {
  await api.call("TagResource", { resourceArn: await api.arn(OFFLINE), tags: { a: "winter sports" } });
  const table = await openList(page, `?q=${OFFLINE}`);
  await table.getByRole("button", { name: "a winter sports" }).click();
  await expect(page.getByRole("button", { name: 'Remove tag:a="winter sports"' })).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Backspace");
  await expect(table.getByRole("link")).toHaveText([OFFLINE]);
  await page.keyboard.type('tag:a="winter');
  await expect(table.getByRole("link"), "while it is typed a value may go on").toHaveText([OFFLINE]);
  await page.keyboard.type('" ');
  await expect(page.getByRole("heading", { name: "Nothing matches" }), "a tag that is complete is that tag").toBeVisible();
  await expect(page.getByText("Fields are live, attention, state:offline")).toBeVisible();
});

test("a state is not a part of a name once it is a chip, and what a column says is a field", async ({ page, api }) => {
  await api.create("shop-live-2");
  await api.forget();
  const table = await openList(page, "?q=shop-live");
  await expect(table.getByRole("link")).toHaveText(["shop-live-2"]);
  for (const [typed, count] of [["live", 8], ["state:offline name:shop", 1], ["health:starving", 1], ["name:live", 0]] as const) {
    await filter(page).fill(typed);
    await filter(page).press("Enter");
    await expect(table.getByRole("link"), typed).toHaveCount(count);
    while (await chips(page).count()) await chips(page).first().click();
  }
});

test("columns are chosen and moved, stand in the address, and are remembered", async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 900 });
  await openList(page);
  const usual = ["Name", "State", "Health", "Viewers", "Type", "Latency", "Playback", "Tags", "ARN"];
  expect(await columns(page)).toEqual(usual);
  await openPanel(page);
  for (const label of ["Health", "Latency", "Playback", "Tags", "ARN"]) await panel(page).getByLabel(label, { exact: true }).uncheck();
  await panel(page).getByLabel("Recording", { exact: true }).check();
  const up = panel(page).getByRole("button", { name: "Move Recording up" });
  for (const _ of [1, 2, 3]) await up.click();
  await expect(up).toBeFocused();
  const chosen = ["Name", "Recording", "State", "Viewers", "Type"];
  await expect.poll(() => columns(page)).toEqual(chosen);
  await expect(up).toHaveAttribute("aria-disabled", "true");
  await expect.poll(query(page, "cols")).toBe("recording,state,viewers,type");
  // Whoever opens the list again has them, and their address says so.
  await page.goto(at("channels"));
  await expect.poll(() => columns(page)).toEqual(chosen);
  await expect.poll(query(page, "cols")).toBe("recording,state,viewers,type");
  // An address that was sent says which ones, for this once.
  await page.goto(at("channels?cols=arn,gone,arn"));
  await expect.poll(() => columns(page)).toEqual(["Name", "ARN"]);
  await page.goto(at("channels"));
  await expect.poll(() => columns(page)).toEqual(chosen);
  await openPanel(page);
  await panel(page).getByRole("button", { name: "Columns as usual" }).click();
  await expect.poll(() => columns(page)).toEqual(usual);
  await expect.poll(query(page, "cols")).toBeNull();
});

test("every column that is chosen shows, with room for the name: the list is scrolled sideways", async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 700 });
  const table = await openList(page, "?cols=recording,policy,ads,slate,preset,insecure,tags,arn");
  const width = (name: string) => table.getByRole("columnheader", { name }).evaluate((th) => th.getBoundingClientRect().width);
  expect(await width("Name")).toBeGreaterThan(180);
  expect(await width("Tags")).toBeGreaterThan(200);
  const sideways = await page.locator(".scroll").evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(sideways).toBeGreaterThan(400);
});

test("what a column says can be sorted by, those that have one first", async ({ page }) => {
  const table = await openList(page, "?cols=recording&q=recording%3Aon&sort=recording");
  const count = await table.getByRole("link").count();
  expect(count).toBeGreaterThan(2);
  await page.getByRole("button", { name: "Remove recording:on" }).click();
  const cells = table.locator("tr[data-row] td:nth-child(3)");
  await expect(cells.nth(count)).toHaveText("–");
  await expect(cells.nth(count - 1)).not.toHaveText("–");
});

test("a view is saved, led to, and forgotten", async ({ page }) => {
  const table = await openList(page, "?q=live&sort=-viewers");
  await openPanel(page);
  const name = panel(page).getByRole("textbox", { name: "Name of the view" });
  await name.fill("  Tonight ");
  await name.press("Enter");
  await expect(panel(page).getByText("Saved as Tonight.")).toBeVisible();
  const view = panel(page).getByRole("link", { name: "Tonight" });
  await expect(view).toHaveAttribute("aria-current", "true");
  await page.goto(at("channels"));
  await expect(page.getByText("38 in eu-west-1", { exact: true })).toBeVisible();
  await openPanel(page);
  await expect(view).not.toHaveAttribute("aria-current");
  await view.click();
  await expect(table.getByRole("link")).toHaveCount(8);
  await expect(page).toHaveURL(at("channels?q=live&sort=-viewers"));
  await panel(page).getByRole("button", { name: "Forget Tonight" }).click();
  await expect(view).toHaveCount(0);
  await expect(name).toBeFocused();
  await page.reload();
  await openPanel(page);
  await expect(panel(page).getByText("None yet.")).toBeVisible();
});

test("a view has its columns, whatever is usual later, and one that another tab keeps is not lost", async ({ page, context }) => {
  await page.setViewportSize({ width: 1920, height: 900 });
  await openList(page);
  await openPanel(page);
  const other = await context.newPage();
  await openList(other);
  await openPanel(other);
  for (const [tab, name] of [[page, "One"], [other, "Two"]] as const) {
    await panel(tab).getByRole("textbox", { name: "Name of the view" }).fill(name);
    await panel(tab).getByRole("button", { name: "Save view" }).click();
    await expect(panel(tab).getByText(`Saved as ${name}.`)).toBeVisible();
  }
  await expect(panel(other).getByRole("link")).toHaveText(["One", "Two"]);
  const health = panel(other).getByLabel("Health", { exact: true });
  await health.focus();
  await other.keyboard.press("Space");
  await expect(health, "the focus stays with the box").toBeFocused();
  await expect.poll(() => columns(other)).not.toContain("Health");
  await panel(other).getByRole("link", { name: "One" }).click();
  await expect.poll(() => columns(other)).toContain("Health");
  await expect(panel(other).getByRole("link", { name: "One" })).toHaveAttribute("aria-current", "true");
});

test("a view that the browser will not keep is not said to be saved", async ({ page }) => {
  await openList(page);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await openPanel(page);
  await panel(page).getByRole("textbox", { name: "Name of the view" }).fill("x");
  await panel(page).getByRole("button", { name: "Save view" }).click();
  await expect(panel(page).getByText("The browser keeps nothing here")).toBeVisible();
});

test("what shows is saved as a file, selected or not", async ({ page }) => {
  await openList(page, "?q=arena&sort=name");
  await openPanel(page);
  const download = page.waitForEvent("download");
  await panel(page).getByRole("button", { name: "Export 4 channels as CSV" }).click();
  const text = await readFile(await (await download).path(), "utf8");
  expect(text.trim().split("\r\n").map((line) => line.split(",")[0])).toEqual(
    ["name", '"arena-backup"', '"arena-interview"', '"arena-main"', '"arena-pitch-side"'],
  );
});

test("a row has a menu: by its button, and by the key for menus", async ({ page }) => {
  const table = await openList(page, "?q=arena&sort=name");
  await table.getByRole("button", { name: `Actions for ${OFFLINE}` }).click();
  await expect(menu(page, OFFLINE).getByRole("link", { name: "Open" })).toBeFocused();
  await expect(menu(page, OFFLINE).getByRole("button", { name: /^Stop stream…/ })).toHaveText("Stop stream…It is not live.");
  await page.keyboard.press("Escape");
  await expect(menu(page, OFFLINE)).toBeHidden();
  await expect(page).toHaveURL(/channels\?/);

  const row = table.locator("tr[data-row='2']");
  await row.focus();
  await page.keyboard.press("Shift+F10");
  await expect(menu(page, LIVE).getByRole("link", { name: "Open" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(menu(page, LIVE).getByRole("link", { name: "Edit channel" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "ARN copied" })).toBeVisible();
  await expect(menu(page, LIVE)).toBeHidden();
});

test("the menu names its channel, and does not stay when the row moves away from it", async ({ page }) => {
  const table = await openList(page);
  await table.getByRole("button", { name: `Actions for ${LIVE}` }).click();
  await expect(menu(page, LIVE)).toContainText(LIVE);
  await page.locator(".scroll").evaluate((element) => element.scrollTo(0, 120));
  await expect(menu(page, LIVE)).toHaveCount(0);
});

test("a question is asked of the channel that it is about, or not at all", async ({ page, api }) => {
  const channelArn = await api.arn(OFFLINE);
  const { streamKeys } = await api.call<{ streamKeys: { arn: string }[] }>("ListStreamKeys", { channelArn, maxResults: 50 });
  await api.call("DeleteStreamKey", { arn: streamKeys[0]!.arn });
  const at_ = await api.resolve(at(`channels/{${OFFLINE}}`));
  for (const ask of ["reset", "delete-key", "stop"]) {
    await page.goto(`${at_}?ask=${ask}`);
    await expect(page.getByText("This channel has no stream key")).toBeVisible();
    await expect(page).toHaveURL(at_);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await page.getByRole("button", { name: "Create stream key" }).click();
  await expect(page.getByRole("button", { name: "Reset stream key…" })).toBeVisible();
  await expect(page.getByRole("dialog"), "the new key is nobody's question").toHaveCount(0);
});

for (const [label, question] of [
  ["Stop stream…", `Stop the stream of ${LIVE}?`],
  ["Reset stream key…", `Reset the stream key of ${LIVE}?`],
  ["Delete channel…", `Delete ${LIVE} in eu-west-1?`],
] as const) {
  test(`a row's menu leads to the question: ${label}`, async ({ page }) => {
    const table = await openList(page, `?q=${LIVE}`);
    await table.getByRole("button", { name: `Actions for ${LIVE}` }).click();
    await menu(page, LIVE).getByRole("link", { name: label }).click();
    await expect(page.getByRole("dialog").getByRole("heading", { name: question })).toBeVisible();
    // Whoever loads the page again is not asked again.
    expect(new URL(page.url()).search).toBe("");
    await page.reload();
    await expect(page.getByRole("heading", { level: 1, name: LIVE })).toBeVisible();
    await expect(page.getByRole("button", { name: "Delete channel…" })).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.goBack();
    await expect(table.getByRole("link")).toHaveText([LIVE]);
  });
}

test("what a viewer may not do is off in the menu, and says so", async ({ page, api, rights: _ }) => {
  await api.actAs("viewer", []);
  const table = await openList(page, `?q=${LIVE}`);
  await table.getByRole("button", { name: `Actions for ${LIVE}` }).click();
  for (const label of ["Edit channel", "Stop stream…", "Reset stream key…", "Delete channel…"]) {
    const item = menu(page, LIVE).getByRole("button", { name: label });
    await expect(item).toHaveAttribute("aria-disabled", "true");
    await expect(item).toContainText(/role|needs|may/i);
    await item.click({ force: true });
  }
  await expect(menu(page, LIVE), "what is off does nothing").toBeVisible();
  // An address asks nothing that may not be done either.
  await page.goto(await api.resolve(at(`channels/{${LIVE}}`)) + "?ask=delete");
  await expect(page.getByRole("button", { name: "Delete channel…" })).toHaveAttribute("aria-disabled", "true");
  await expect(page).toHaveURL((url) => url.search === "");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("on a phone, chips, panel and menu stay within the screen", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const table = await openList(page, `?q=${encodeURIComponent(`tag:env=prod live`)}`);
  const within = async (locator: ReturnType<Page["locator"]>) => {
    const box = (await locator.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(360);
    expect(box.y + box.height).toBeLessThanOrEqual(740);
  };
  await expect(chips(page)).toHaveCount(2);
  await within(page.locator(".filter-box"));
  await chips(page).first().click();
  await openPanel(page);
  await within(panel(page));
  await page.keyboard.press("Escape");
  await table.getByRole("button", { name: `Actions for ${LIVE}` }).click();
  await expect(menu(page, LIVE).getByRole("link", { name: "Open" })).toBeFocused();
  await within(menu(page, LIVE));
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
