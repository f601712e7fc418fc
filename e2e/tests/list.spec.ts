import { expect, test } from "../fixtures/test.ts";
import { openList, pasted } from "../fixtures/channels.ts";
import { ACCOUNT, at, LIVE, OFFLINE, REGION, STARVING } from "../fixtures/place.ts";

test("what is live comes first, what starves before it", async ({ page }) => {
  const table = await openList(page);
  await expect(page.getByText("38 in eu-west-1")).toBeVisible();
  const rows = table.locator("tr[data-row]");
  await expect(rows.first()).toContainText(STARVING);
  await expect(rows.first()).toContainText("Starving");
  await expect(rows.filter({ hasText: LIVE })).toContainText("LIVE");
  await expect(rows.filter({ hasText: OFFLINE })).toContainText("Offline");
});

for (const [choice, word, count] of [
  [/^Live/, "live", 8],
  [/^Needs attention/, "attention", 1],
] as const) {
  test(`${word} shows those alone, and is part of the address`, async ({ page }) => {
    const table = await openList(page);
    await page.getByRole("group", { name: "Which channels" }).getByRole("button", { name: choice }).click();
    const rows = table.locator("tr[data-row]");
    await expect(rows).toHaveCount(count);
    await expect(rows.filter({ hasText: "LIVE" })).toHaveCount(count);
    await expect(page).toHaveURL(at(`channels?show=${word}`));
    await page.reload();
    await expect(rows).toHaveCount(count);
  });
}

test("it filters as one types, keeps that in the address, and / leads there", async ({ page }) => {
  const table = await openList(page);
  await page.keyboard.press("/");
  const filter = page.getByRole("searchbox", { name: "Filter" });
  await expect(filter).toBeFocused();
  const typed = "council COMMITTEE";
  await page.keyboard.type(typed);
  await expect(table.getByRole("link")).toHaveText(["council-committee-1", "council-committee-2"]);
  await expect(page.getByText("38 in eu-west-1 · 2 match")).toBeVisible();
  // It is written a moment after each pause in the typing: wait for the whole.
  await expect(page).toHaveURL((url) => url.searchParams.get("q") === typed);
  await page.reload();
  await expect(filter).toHaveValue(typed);
  await expect(table.getByRole("link")).toHaveCount(2);
});

for (const [typed, count] of [["live", 8], ["state:live type:advanced_hd", 1], ["attention", 1]] as const) {
  test(`the state can be typed: ${typed}`, async ({ page }) => {
    const table = await openList(page);
    await page.getByRole("searchbox", { name: "Filter" }).fill(typed);
    await expect(table.getByRole("link")).toHaveCount(count);
    await expect(table.locator("tr[data-row]").filter({ hasText: "LIVE" })).toHaveCount(count);
  });
}

test("it is sorted by a heading, there and back, and in the address", async ({ page }) => {
  const table = await openList(page, "?q=arena");
  const heading = table.getByRole("columnheader", { name: "Name" });
  const names = ["arena-backup", "arena-interview", "arena-main", "arena-pitch-side"];
  await heading.getByRole("button").click();
  await expect(heading).toHaveAttribute("aria-sort", "ascending");
  await expect(table.getByRole("link")).toHaveText(names);
  await heading.getByRole("button").click();
  await expect(heading).toHaveAttribute("aria-sort", "descending");
  await expect(table.getByRole("link")).toHaveText(names.toReversed());
  await expect(page).toHaveURL(/sort=-name/);
  await page.reload();
  await expect(table.getByRole("link")).toHaveText(names.toReversed());
});

test("when nothing matches it says so, and shows all again", async ({ page }) => {
  await openList(page, "?show=live");
  await page.getByRole("searchbox", { name: "Filter" }).fill("no channel is called like this");
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await expect(page.getByText("38 in eu-west-1", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(at("channels"));
});

test("arrows walk through it and Enter opens", async ({ page }) => {
  const table = await openList(page, "?sort=name");
  const row = (at: number) => table.locator(`tr[data-row="${at}"]`);
  await row(0).focus();
  await page.keyboard.press("ArrowDown");
  await expect(row(1)).toBeFocused();
  await page.keyboard.press("End");
  await expect(row(37)).toBeFocused();
  await page.keyboard.press("Home");
  await expect(row(0)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "arena-backup" })).toBeVisible();
});

test("an ARN is copied", async ({ page, api }) => {
  const arn = await api.arn(OFFLINE);
  await page.setViewportSize({ width: 1920, height: 900 });
  await openList(page, `?q=${OFFLINE}`);
  await page.getByRole("button", { name: `Copy the ARN of ${OFFLINE}` }).click();
  await expect(page.getByRole("status").filter({ hasText: "ARN copied" })).toBeVisible();
  expect(await pasted(page)).toBe(arn);
});

test("it shows what becomes live without being loaded again", async ({ page, api, emulator }) => {
  const table = await openList(page, `?q=${OFFLINE}`);
  await expect(table.locator("tr[data-row]")).toContainText("Offline");
  await emulator.scenario(await api.arn(OFFLINE), "goLive", { encoder: "obs" });
  // The first frame takes IVS some seconds.
  await emulator.advance(10);
  await expect(table.locator("tr[data-row]")).toContainText("LIVE");
});

test("the focus in a row stays when another channel becomes live, and when its own does", async ({ page, api, emulator }) => {
  const table = await openList(page, "?sort=name");
  const row = table.locator("tr[data-row]").filter({ hasText: OFFLINE });
  const link = row.getByRole("link", { name: OFFLINE, exact: true });
  await link.focus();
  for (const name of ["arena-interview", OFFLINE]) {
    await emulator.scenario(await api.arn(name), "goLive", { encoder: "obs" });
    await emulator.advance(10);
    await expect(table.locator("tr[data-row]").filter({ hasText: name })).toContainText("LIVE");
    await expect(link).toBeFocused();
  }
});

test("an empty region leads to the first channel", async ({ page, emulator, api }) => {
  await emulator.reset("empty");
  await api.listsOf(0);
  await page.goto(at("channels"));
  await expect(page.getByRole("heading", { name: "No channels in eu-west-1" })).toBeVisible();
  await page.getByRole("link", { name: "Show me how, step by step" }).click();
  await expect(page).toHaveURL(at("welcome"));
  await page.getByRole("link", { name: "Create channel" }).click();
  await expect(page).toHaveURL(at("channels/new"));
});

test("the first stream of a region that has channels is sent to a new one, or to one that is chosen", async ({ page }) => {
  await page.goto(at("welcome"));
  await expect(page.getByRole("link", { name: "Create channel" })).toBeVisible();
  // None that is there is proposed: it may be on air.
  await expect(page.getByText("Stream key", { exact: true })).toHaveCount(0);
  await page.getByRole("link", { name: "Choose a channel" }).click();
  await expect(page).toHaveURL(at("channels"));
});

test("Back finds the list where it was", async ({ page }) => {
  const table = await openList(page);
  const scroller = page.locator(".scroll");
  await scroller.evaluate((element) => element.scrollTo(0, 500));
  await expect.poll(() => page.evaluate(() => (history.state as { top?: number } | null)?.top)).toBe(500);
  const row = table.locator("tr[data-row='15']");
  const name = await row.getByRole("link").textContent();
  // Anywhere in the row.
  await row.getByRole("cell").nth(4).click();
  await expect(page.getByRole("heading", { level: 1, name: name!, exact: true })).toBeVisible();
  await page.goBack();
  await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBe(500);
  await page.getByRole("link", { name: "Set-up" }).click();
  await page.getByRole("link", { name: "Channels", exact: true }).click();
  await expect(table.locator("tr[data-row='0']")).toBeVisible();
  expect(await scroller.evaluate((element) => element.scrollTop)).toBe(0);
});

test("columns stay where they are when other rows come", async ({ page }) => {
  const table = await openList(page);
  const edges = () => table.locator("th").evaluateAll((all) => all.map((th) => th.getBoundingClientRect().left));
  const before = await edges();
  expect(before[2]! - before[1]!, "room for a name").toBeGreaterThan(150);
  await page.locator(".scroll").evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(table.locator("tr[data-row='37']")).toBeVisible();
  expect(await edges()).toEqual(before);
  await page.getByRole("searchbox", { name: "Filter" }).fill("lecture");
  await expect(table.locator("tr[data-row='37']")).toHaveCount(0);
  expect(await edges()).toEqual(before);
});

test("on a phone the region can be read, and what starves is still marked", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const table = await openList(page);
  const row = table.getByRole("row", { name: new RegExp(STARVING) });
  await expect(row.getByRole("img", { name: "Starving" })).toBeVisible();
  // Whole, in its cell: what does not fit there is cut off.
  const cut = await row.getByRole("cell").filter({ hasText: "LIVE" }).evaluate((cell) => cell.scrollWidth - cell.clientWidth);
  expect(cut, "of the state").toBe(0);
  const region = page.getByRole("combobox", { name: "Region" });
  const room = await region.evaluate((select) => select.getBoundingClientRect().width);
  expect(room, "the longest code with its arrow").toBeGreaterThanOrEqual(110);
  // A choice of one account says nothing; which region it is always does.
  await expect(page.getByRole("combobox", { name: "Account" })).toBeHidden();
  await region.evaluate((select: HTMLSelectElement) => (select.options.length = 1));
  await expect(region).toBeVisible();
});

test("what boot.js asks for while the wasm still loads is not asked for again", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") asked.push(new URL(request.url()).pathname);
  });
  await openList(page);
  for (const path of ["/api/me", `/api/ivs/${ACCOUNT}/${REGION}/ListChannels`, `/api/ivs/${ACCOUNT}/${REGION}/ListStreams`]) {
    expect(asked.filter((one) => one === path), path).toHaveLength(1);
  }
});

test("rows are as high as the window over them counts with, dense or not", async ({ page }) => {
  const table = await openList(page);
  const height = () => table.locator("tr[data-row]").first().evaluate((row) => row.getBoundingClientRect().height);
  expect(await height()).toBe(40);
  await page.getByRole("button", { name: "View", exact: true }).click();
  await page.getByRole("radio", { name: "Compact" }).check();
  await expect.poll(height).toBe(32);
  await page.reload();
  await expect.poll(height).toBe(32);
});
