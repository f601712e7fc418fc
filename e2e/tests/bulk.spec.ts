import { readFile } from "node:fs/promises";

import type { Locator, Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { ALL_THE_SAME, openList } from "../fixtures/channels.ts";
import { at, LIVE } from "../fixtures/place.ts";
import { Served } from "../fixtures/served.ts";

// Several channels at once: chosen in the list, done by a job, whose page says what became of each.

type Tags = { tags: Record<string, string> };

const bar = (page: Page) => page.getByRole("region", { name: "Selection" });
const item = (page: Page, name: string) => page.getByRole("table", { name: "Items" }).getByRole("row").filter({ hasText: name });
const box = (page: Page, name: string) => page.getByRole("checkbox", { name: `Select ${name}`, exact: true });

async function select(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) await box(page, name).click();
  await expect(bar(page).getByRole("paragraph")).toContainText(`${names.length} selected`);
}

async function ask(page: Page, button: string): Promise<Locator> {
  await bar(page).getByRole("button", { name: `${button}…` }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  return dialog;
}

async function type(dialog: Locator, key: string, value: string): Promise<void> {
  await dialog.getByRole("textbox", { name: "Key" }).last().fill(key);
  await dialog.getByRole("textbox", { name: "Value" }).last().fill(value);
}

test("rows are chosen one by one, a stretch of them, and all that match", async ({ page }) => {
  const table = await openList(page, "?sort=name&q=arena");
  const all = page.getByRole("checkbox", { name: "Select all that match" });
  await box(page, "arena-backup").click();
  await expect(bar(page).getByRole("paragraph")).toHaveText("1 selected");
  await box(page, "arena-main").click({ modifiers: ["Shift"] });
  await expect(bar(page).getByRole("paragraph")).toHaveText("3 selected · 1 live");
  await expect(box(page, "arena-interview")).toBeChecked();
  expect(await all.evaluate((input: HTMLInputElement) => input.indeterminate)).toBe(true);
  await all.click();
  await expect(bar(page).getByRole("paragraph")).toContainText("4 selected");
  await expect(all).toBeChecked();
  // What the filter hides stays chosen, and that is said.
  await page.getByRole("searchbox", { name: "Filter" }).fill("arena-main");
  await expect(table.getByRole("link")).toHaveCount(1);
  await expect(bar(page).getByRole("paragraph")).toContainText("4 selected · 2 live · 3 not shown by the filter");
  await all.click();
  await expect(bar(page).getByRole("paragraph")).toContainText("3 selected · 1 live · 3 not shown");
  await bar(page).getByRole("button", { name: "Clear the selection" }).click();
  await expect(bar(page)).toHaveCount(0);
  await expect(all).toBeFocused();
});

test("Space chooses a row, with Shift a stretch, and a click on the box does not open the channel", async ({ page }) => {
  const table = await openList(page, "?sort=name&q=arena");
  await table.locator('tr[data-row="0"]').focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(table.locator('tr[data-row="2"]')).toBeFocused();
  await page.keyboard.press("Shift+Space");
  await expect(bar(page).getByRole("paragraph")).toContainText("3 selected");
  await page.keyboard.press("Space");
  await expect(bar(page).getByRole("paragraph")).toContainText("2 selected");
  await expect(page).toHaveURL(at("channels?sort=name&q=arena"));
});

test("a job whose start got no answer is the same job when it is asked for again", async ({ page, emulator, watch }) => {
  watch.provokes("ERR_FAILED");
  const begun: string[] = [];
  await page.route("**/api/jobs/start", async (route) => {
    const answer = await route.fetch();
    begun.push(((await answer.json()) as { id: string }).id);
    // The backend has it, and the browser does not learn of that.
    return begun.length === 1 ? route.abort() : route.fulfill({ response: answer });
  });
  await openList(page, "?q=arena");
  await select(page, "arena-backup", "arena-main");
  const tag = async () => {
    const dialog = await ask(page, "Add tags");
    await type(dialog, "team", "e2e lost");
    await dialog.getByRole("button", { name: "Add tags", exact: true }).click();
    return dialog;
  };
  const dialog = await tag();
  await expect(dialog).toContainText("It may have begun all the same");
  await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
  await tag();
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: "2 done" })).toBeVisible();
  expect([new Set(begun).size, await emulator.commits("TagResource")]).toEqual([1, 2]);
});

test("another region has other channels: nothing of this one stays chosen", async ({ page }) => {
  await openList(page);
  await select(page, LIVE);
  await page.getByLabel("Region").selectOption("us-west-2");
  await expect(page).toHaveURL(/us-west-2/);
  await expect(bar(page)).toHaveCount(0);
});

test("several channels are tagged, and what is replaced is said first", async ({ page, api }) => {
  await openList(page, "?q=arena");
  await select(page, "arena-backup", "arena-main");
  const dialog = await ask(page, "Add tags");
  const add = dialog.getByRole("button", { name: "Add tags", exact: true });
  await expect(add).toHaveAccessibleDescription("Type a tag.");
  await type(dialog, "aws:x", "1");
  await expect(dialog.getByText("Keys that begin with aws: are reserved.")).toBeVisible();
  await expect(add).toHaveAccessibleDescription(/Mend the tags/);
  await type(dialog, "team", "e2e bulk");
  await expect(dialog).toContainText("team has another value on 2 channels: it is replaced.");
  await dialog.getByText("as aws ivs").click();
  await expect(dialog.locator("pre")).toHaveText(/aws ivs tag-resource[^]*aws ivs tag-resource/);
  await expect(dialog.locator("pre")).toContainText(`--tags '{"team":"e2e bulk"}'`);
  await add.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tag 2 resources");
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: "2 done" })).toBeVisible();
  await expect(item(page, "arena-backup")).toContainText("Done");
  // It is an address like any other: what the page knew by name it now knows by id.
  await page.reload();
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: "2 done" })).toBeVisible();
  for (const name of ["arena-backup", "arena-main"]) {
    const { tags } = await api.call<Tags>("ListTagsForResource", { resourceArn: await api.arn(name) });
    expect(tags["team"]).toBe("e2e bulk");
  }
  // The list shows them, and nothing is chosen any more.
  await page.getByRole("link", { name: "Channels" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Channels");
  await expect(bar(page)).toHaveCount(0);
});

test("where IVS takes no more tags it says so, and the others are tagged", async ({ page, api }) => {
  await api.create("e2e-full");
  const full = Object.fromEntries(Array.from({ length: 49 }, (_, n) => [`k${n}`, "v"]));
  await api.call("TagResource", { resourceArn: await api.arn("e2e-full"), tags: full });
  await api.create("e2e-free");
  await openList(page, "?q=e2e-f");
  await select(page, "e2e-full", "e2e-free");
  const dialog = await ask(page, "Add tags");
  await type(dialog, "one", "more");
  await expect(dialog).toContainText("On 1 channel there would be more than 50 tags: IVS refuses those, and takes the others.");
  await dialog.getByRole("button", { name: "Add tags", exact: true }).click();
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: "1 done · 1 refused" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 }).locator("..")).toContainText("Done in part");
  // What was refused comes first, with IVS's own word for it.
  await expect(page.getByRole("table", { name: "Items" }).locator('tr[data-row="0"]')).toContainText(/e2e-full.*Refused.*ServiceQuotaExceeded|e2e-full.*Refused.*Validation/);
  // Room is made, and only what was refused is tried again.
  await api.call("UntagResource", { resourceArn: await api.arn("e2e-full"), tagKeys: ["k0"] });
  await page.getByRole("button", { name: "Retry 1 refused" }).click();
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: /^2 done$/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Retry/ })).toHaveCount(0);
});

test("tags are taken off those that have them, and only those are asked", async ({ page, api, emulator }) => {
  await api.create("e2e-with");
  await api.create("e2e-without");
  await api.call("TagResource", { resourceArn: await api.arn("e2e-with"), tags: { "e2e-only": "1", other: "2" } });
  const before = await emulator.commits("UntagResource");
  await openList(page, "?q=e2e-with");
  await select(page, "e2e-with", "e2e-without");
  const dialog = await ask(page, "Remove tags");
  // The console's own, by which it finds a lost create, is not offered.
  await expect(dialog.getByRole("checkbox")).toHaveCount(2);
  await expect(dialog.getByRole("button", { name: "Remove tags", exact: true })).toHaveAccessibleDescription("Choose a tag.");
  await dialog.getByRole("checkbox", { name: "e2e-only on 1 channel" }).check();
  await expect(dialog).toContainText("They are taken off 1 channel.");
  await dialog.getByRole("button", { name: "Remove tags", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Untag 1 resource");
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: "1 done" })).toBeVisible();
  expect(await emulator.commits("UntagResource")).toBe(before + 1);
  const { tags } = await api.call<Tags>("ListTagsForResource", { resourceArn: await api.arn("e2e-with") });
  expect(Object.keys(tags)).not.toContain("e2e-only");
  expect(tags["other"]).toBe("2");
});

test("all that match are deleted but those that are live, after their number is typed", async ({ page, emulator }) => {
  await openList(page, "?q=arena");
  await page.getByRole("checkbox", { name: "Select all that match" }).click();
  const dialog = await ask(page, "Delete");
  await expect(dialog.getByRole("heading")).toHaveText("Delete 2 channels in eu-west-1?");
  await expect(dialog.getByText("2 channels are live and left out: IVS deletes only channels that are offline.")).toBeVisible();
  const remove = dialog.getByRole("button", { name: "Delete channels" });
  await expect(remove).toHaveAccessibleDescription("Type 2 channels first.");
  await remove.click(ALL_THE_SAME);
  await dialog.getByRole("textbox").fill("2 channels");
  await remove.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Delete 2 channels");
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: "2 done" })).toBeVisible();
  // Known by their names still, but there is no way to what is gone.
  await expect(item(page, "arena-backup")).toContainText("Done");
  await expect(item(page, "arena-backup").getByRole("link")).toHaveCount(0);
  expect(await emulator.commits("DeleteChannel")).toBe(2);
  // To whoever has never seen the list, too, though IVS knows none of them any more.
  await page.reload();
  await expect(item(page, "arena-backup")).toContainText("Done");
  await page.goto(at("channels?q=arena"));
  await expect(page.getByRole("table", { name: "Channels" }).getByRole("link")).toHaveText(["arena-main", "arena-pitch-side"]);
});

test("what a question is about only shrinks while it is asked: what was left out is not deleted for what was not", async ({ page, api, emulator }) => {
  await openList(page, "?q=arena");
  await page.getByRole("checkbox", { name: "Select all that match" }).click();
  const dialog = await ask(page, "Delete");
  await expect(dialog.getByRole("heading")).toHaveText("Delete 2 channels in eu-west-1?");
  await dialog.getByRole("textbox").fill("2 channels");
  // Two are offline as before, but not the two that were asked about.
  await emulator.scenario(await api.arn(LIVE), "end");
  await emulator.scenario(await api.arn("arena-backup"), "goLive");
  await expect(dialog.getByRole("heading")).toHaveText("Delete arena-interview in eu-west-1?");
  const remove = dialog.getByRole("button", { name: "Delete channels" });
  await expect(remove).toHaveAccessibleDescription("Type arena-interview first.");
  await dialog.getByRole("textbox").fill("arena-interview");
  await remove.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Delete 1 channel");
  await expect(item(page, "arena-interview")).toContainText("Done");
  expect(await emulator.commits("DeleteChannel")).toBe(1);
});

test("a channel that goes live meanwhile is refused, and told of wherever one is", async ({ page, api, emulator }) => {
  await api.create("e2e-goes-live");
  const channelArn = await api.arn("e2e-goes-live");
  await openList(page, "?q=e2e-goes-live");
  await select(page, "e2e-goes-live");
  const dialog = await ask(page, "Delete");
  await expect(dialog.getByRole("heading")).toHaveText("Delete e2e-goes-live in eu-west-1?");
  await dialog.getByRole("textbox").fill("e2e-goes-live");
  // A moment later than the page looks.
  await emulator.fault("DeleteChannel", "delay", { millis: 4_000 });
  await dialog.getByRole("button", { name: "Delete channels" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Delete 1 channel");
  await emulator.scenario(channelArn, "goLive");
  const job = new URL(page.url()).pathname;
  const told = page.locator(`#jobs a[href="${job}"]`);
  await page.getByRole("link", { name: "About" }).click();
  await page.getByRole("button", { name: /Not all done/ }).click();
  await told.click();
  await expect(page.getByRole("heading", { level: 1 }).locator("..")).toContainText("Refused");
  await expect(item(page, "e2e-goes-live")).toContainText("ConflictException");
  await expect(told).toHaveCount(0);
  // Later it is asked about again: it may be another thing by then.
  await emulator.scenario(channelArn, "end");
  await page.getByRole("button", { name: "Retry 1 refused" }).click();
  await dialog.getByRole("textbox").fill("e2e-goes-live");
  await dialog.getByRole("button", { name: "Delete channels" }).click();
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: "1 done" })).toBeVisible({ timeout: 20_000 });
});

test("a job is cancelled: what is under way ends, and the rest is not begun", async ({ page, emulator }) => {
  await openList(page, "?q=arena&sort=name");
  await select(page, "arena-backup", "arena-interview", "arena-main", "arena-pitch-side");
  const dialog = await ask(page, "Add tags");
  await type(dialog, "e2e", "cancelled");
  await emulator.fault("TagResource", "delay", { millis: 4_000 });
  await dialog.getByRole("button", { name: "Add tags", exact: true }).click();
  await page.getByRole("button", { name: "Cancel this job" }).click();
  await expect(page.getByRole("heading", { level: 1 }).locator("..")).toContainText("Cancelled");
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: /^[01] done · [34] not begun$/ })).toBeVisible();
  expect(await emulator.commits("TagResource")).toBeLessThanOrEqual(1);
  await expect(page.getByRole("button", { name: /^Retry/ })).toHaveCount(0);
});

test("an answer that is lost keeps what was typed, and the job is begun once", async ({ page, emulator, watch }) => {
  await openList(page, "?q=arena");
  await select(page, "arena-backup", "arena-main");
  const dialog = await ask(page, "Add tags");
  await type(dialog, "e2e", "once");
  watch.provokes("ERR_FAILED");
  await page.route("**/api/jobs/start", async (route) => {
    await route.fetch();
    await route.abort("failed");
  });
  await dialog.getByRole("button", { name: "Add tags", exact: true }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await expect(dialog.getByRole("textbox", { name: "Value" })).toHaveValue("once");
  await page.unroute("**/api/jobs/start");
  await dialog.getByRole("button", { name: "Add tags", exact: true }).click();
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: "2 done" })).toBeVisible();
  expect(await emulator.commits("TagResource")).toBe(2);
});

test("a role that is taken away while a job runs ends it there, and says so", async ({ page, api, emulator, rights: _ }) => {
  await openList(page, "?q=arena&sort=name");
  await select(page, "arena-backup", "arena-interview", "arena-main");
  const dialog = await ask(page, "Add tags");
  await type(dialog, "e2e", "role");
  await emulator.fault("TagResource", "delay", { millis: 4_000 });
  await dialog.getByRole("button", { name: "Add tags", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tag 3 resources");
  // The first has been sent, and is not called back.
  await api.underWay("TagResource");
  await api.actAs("viewer", []);
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: "1 done · 2 refused" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Items" }).locator('tr[data-row="0"]')).toContainText("RoleForbidden");
});

test("a viewer chooses, and is told why nothing can be done with it", async ({ page, api, rights: _ }) => {
  await api.actAs("viewer", []);
  await openList(page, "?q=arena");
  await select(page, LIVE);
  for (const name of ["Add tags…", "Remove tags…", "Delete…"]) {
    const button = bar(page).getByRole("button", { name });
    await expect(button).toHaveAccessibleDescription(/Needs the admin role/);
    await button.click(ALL_THE_SAME);
  }
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("what is selected is saved as a file, with IVS's own names", async ({ page }) => {
  await openList(page, "?q=arena");
  await select(page, "arena-backup", "arena-main");
  const [download] = await Promise.all([page.waitForEvent("download"), bar(page).getByRole("button", { name: "Export CSV" }).click()]);
  expect(download.suggestedFilename()).toMatch(/^channels-eu-west-1-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  expect(lines[0]).toMatch(/^name,arn,state,health,viewerCount,type,/);
  expect(lines.slice(1).toSorted()).toEqual([
    expect.stringMatching(/^"arena-backup","arn:aws:ivs:[^"]+","OFFLINE","","","STANDARD","LOW",.*"cost-centre=4100; env=prod; /),
    expect.stringMatching(/^"arena-main","arn:aws:ivs:[^"]+","LIVE","HEALTHY","\d+","STANDARD","LOW",/),
  ]);
});

test("jobs are listed, newest first, and found by what they did", async ({ page, api, watch }) => {
  await api.create("e2e-listed");
  await openList(page, "?q=e2e-listed");
  await select(page, "e2e-listed");
  const dialog = await ask(page, "Delete");
  await dialog.getByRole("textbox").fill("e2e-listed");
  await dialog.getByRole("button", { name: "Delete channels" }).click();
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: "1 done" })).toBeVisible();
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Jobs" }).click();
  const first = page.getByRole("table", { name: "Jobs" }).locator('tr[data-row="0"]');
  await expect(first).toContainText("Delete 1 channel");
  await expect(first).toContainText("1 done");
  await page.getByRole("searchbox", { name: "Filter" }).fill("no job is called so");
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await first.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Delete 1 channel");
  watch.provokes(404);
  await page.goto("/jobs/00000000-0000-7000-8000-000000000000");
  await expect(page.getByRole("alert")).toContainText("There is no such job");
});

test("a console that is killed in the middle goes on with the job when it starts again", async ({ page }) => {
  const served = await Served.start();
  try {
    await page.goto(served.launch);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Channels");
    await page.getByRole("checkbox", { name: "Select all that match" }).click();
    await expect(bar(page).getByRole("paragraph")).toContainText("38 selected");
    const dialog = await ask(page, "Add tags");
    await type(dialog, "e2e", "killed");
    // The fifth call is under way when it dies: IVS carries it out, and nobody hears of it.
    await served.emulator.fault("TagResource", "stall", { when: "after" }, 1, 5);
    await dialog.getByRole("button", { name: "Add tags", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tag 38 resources");
    await expect.poll(() => served.emulator.commits("TagResource")).toBe(5);
    const job = new URL(page.url()).pathname;
    await page.goto("about:blank");
    await served.kill();

    await served.begin();
    await page.goto(served.launch);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Channels");
    await page.goto(new URL(job, served.launch).href);
    await expect(page.getByRole("main").getByRole("status").filter({ hasText: /^38 done$/ })).toBeVisible({ timeout: 30_000 });
    // The one whose answer was lost was looked up, not sent twice.
    expect(await served.emulator.commits("TagResource")).toBe(38);
  } finally {
    await served.stop();
  }
});
