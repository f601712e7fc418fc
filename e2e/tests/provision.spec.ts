import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { ALL_THE_SAME } from "../fixtures/channels.ts";
import { axe, fitsAPhone } from "../fixtures/live.ts";
import { at } from "../fixtures/place.ts";

// Many channels from a file: what each row becomes is seen first; a job creates them, and deletes the set again.

const rows = (page: Page) => page.getByRole("textbox", { name: "Rows" });
const run = (page: Page) => page.getByRole("region", { name: "Dry run" });
const row = (page: Page, name: string) => run(page).getByRole("row").filter({ hasText: name });
const dialog = (page: Page) => page.getByRole("dialog");

type Channel = { channel: { name: string; type: string; latencyMode: string; authorized: boolean; tags: Record<string, string> } };

const FILE = "event,stage,type,private,tag:team\nfinals,north,BASIC,yes,sports\nfinals,south,standard,no,sports\nfinals,east,,,\n";

async function open(page: Page): Promise<void> {
  await page.goto(at("channels/from-a-file"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Create channels from a file");
}

async function create(page: Page, many: string): Promise<void> {
  await run(page).getByRole("button", { name: `Create ${many}…` }).click();
  await dialog(page).getByRole("button", { name: "Create channels" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Create ${many}`);
}

test("a file becomes channels, a result file, and is undone as a set", async ({ page, api, emulator }) => {
  await open(page);
  await page.getByLabel("Read the channels from a file").setInputFiles({ name: "stages.csv", mimeType: "text/csv", buffer: Buffer.from(FILE) });
  await expect(rows(page)).toHaveValue(FILE);
  await page.getByRole("textbox", { name: "Names" }).fill("e2e-{event}-{stage}-{row:2}");
  await expect(run(page).getByRole("status").first()).toHaveText("3 channels would be created · 0 rows are wrong");
  await expect(row(page, "e2e-finals-north-01")).toContainText("BASIC · private");
  await expect(row(page, "e2e-finals-east-03")).toContainText("IVS's defaults");
  expect(await emulator.commits("CreateChannel")).toBe(0);
  await create(page, "3 channels");
  await expect(page.getByText("3 done")).toBeVisible();
  expect(await emulator.commits("CreateChannel")).toBe(3);
  const arn = await api.arn("e2e-finals-north-01");
  const { channel } = await api.call<Channel>("GetChannel", { arn });
  expect([channel.type, channel.authorized, channel.tags["team"]]).toEqual(["BASIC", true, "sports"]);
  await expect(page.getByRole("table", { name: "Items" }).getByRole("link", { name: "e2e-finals-north-01" })).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the result file" }).click();
  const text = await readFile(await (await download).path(), "utf8");
  expect(text.trim().split("\r\n").slice(1).map((line) => line.split(",")[0])).toEqual(["north-01", "south-02", "east-03"].map((end) => `"e2e-finals-${end}"`));

  await page.getByRole("button", { name: "Delete the 3 channels it created…" }).click();
  await dialog(page).getByRole("textbox", { name: "Type" }).fill("3 channels");
  await dialog(page).getByRole("button", { name: "Delete channels" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Delete 3 channels");
  await expect(page.getByText("3 done")).toBeVisible();
  expect(await emulator.commits("DeleteChannel")).toBe(3);
});

test("rows that are wrong are said, first, and left out only on purpose", async ({ page, emulator }) => {
  await open(page);
  await rows(page).fill("name,type\narena-main,BASIC\nnot a name!,BASIC\ne2e-row,HUGE\ne2e-good,basic\n");
  await expect(run(page).getByRole("row").nth(1)).toContainText("Wrong");
  await expect(row(page, "not a name!")).toContainText("name: ");
  await expect(row(page, "arena-main")).toContainText("A channel has that name already.");
  const button = run(page).getByRole("button", { name: "Create 2 channels…" });
  await expect(button).toHaveAccessibleDescription("Mend the rows that are wrong, or leave them out.");
  await button.click(ALL_THE_SAME);
  await expect(dialog(page)).toHaveCount(0);
  await run(page).getByRole("checkbox", { name: "Leave out 2 rows that are wrong" }).check();
  await run(page).getByRole("button", { name: "Create 2 channels…" }).click();
  await expect(dialog(page)).toContainText("2 rows that are wrong are left out.");
  await expect(dialog(page)).toContainText("1 channel gets a name that another has");
  await dialog(page).getByRole("button", { name: "Create channels" }).click();
  await expect(page.getByText("2 done")).toBeVisible();
  expect(await emulator.commits("CreateChannel")).toBe(2);
});

test("a column is what somebody says it is", async ({ page }) => {
  await open(page);
  await rows(page).fill("a,b,team\ne2e-a,NORMAL,sports\n");
  await page.getByRole("combobox", { name: "a", exact: true }).selectOption("For the name");
  await page.getByRole("combobox", { name: "b", exact: true }).selectOption("Latency mode");
  await page.getByRole("combobox", { name: "team", exact: true }).selectOption("A tag of that key");
  await page.getByRole("textbox", { name: "Names" }).fill("{a}");
  await expect(row(page, "e2e-a")).toContainText("NORMAL latency");
  await expect(row(page, "e2e-a")).toContainText("team");
  await page.getByRole("textbox", { name: "Names" }).fill("{c}");
  await expect(run(page)).toContainText("There is no column c.");
});

test("a column in the pattern is used in the name, and a row without a name is marked", async ({ page }) => {
  await open(page);
  await rows(page).fill("event,stage\nfinals,north\n");
  await expect(row(page, "without a name")).toContainText(/▲ ?No name/);
  const event = page.getByRole("combobox", { name: "event", exact: true });
  await expect(event.locator("option:checked")).toHaveText("Not used");
  await page.getByRole("textbox", { name: "Names" }).fill("e2e-{event}-{row:2}");
  await expect(event.locator("option:checked")).toHaveText("Used in the name");
  await expect(page.getByRole("combobox", { name: "stage", exact: true }).locator("option:checked")).toHaveText("Not used");
  await expect(row(page, "e2e-finals-01")).toContainText("Ready");
});

for (const format of ["CSV", "JSON"]) {
  test(`the export of the channels with all fields becomes channels like them: ${format}`, async ({ page, api }) => {
    const multitrackInputConfiguration = { enabled: true, policy: "ALLOW", maximumResolution: "HD" };
    await api.call("CreateChannel", { name: "e2e-like", containerFormat: "FRAGMENTED_MP4", multitrackInputConfiguration, tags: { team: "a" } });
    await page.goto(`${at("channels")}?q=e2e-like`);
    await page.getByRole("button", { name: "View", exact: true }).click();
    await page.getByRole("checkbox", { name: "With all fields" }).check();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: `Export 1 channel as ${format}` }).click();
    const text = await readFile(await (await download).path(), "utf8");
    await open(page);
    await rows(page).fill(text);
    await expect(page.getByText(/^Not taken over: arn, .*playbackUrl/)).toBeVisible();
    await expect(row(page, "e2e-like")).toContainText("FRAGMENTED_MP4 · multitrack input");
    await expect(row(page, "e2e-like")).toContainText("team");
    await create(page, "1 channel");
    // The frame tells of the jobs of before, too.
    await expect(page.getByText("1 done", { exact: true })).toBeVisible();
  });
}

test.describe("by touch", () => {
  test.use({ hasTouch: true, viewport: { width: 360, height: 740 } });

  test("a row is shown whole: what is wrong with it, and what it would be", async ({ page }) => {
    await open(page);
    await rows(page).fill("name,type,private,tag:team\nnot a name!,HUGE,maybe,sports\n");
    const whole = page.getByRole("dialog", { name: "Line 2: not a name!" });
    await run(page).locator("td.state").tap();
    await expect(whole.getByRole("listitem")).toHaveCount(3);
    await expect(whole).toContainText(/private: maybe is neither true nor false\.[^]*name: [^]*type: Must be one of/);
    await expect(whole).toContainText("sports");
    await whole.getByRole("button", { name: "Close" }).tap();
    await expect(whole).toBeHidden();
    await run(page).locator("tr[data-row]").first().focus();
    await page.keyboard.press("Enter");
    await expect(whole).toBeVisible();
    await axe(page);
    await fitsAPhone(page);
  });
});

test("JSON is taken as IVS's requests; what was refused is tried again, and nothing twice", async ({ page, emulator }) => {
  await emulator.fault("CreateChannel", "accessDenied", {}, 1, 2);
  await open(page);
  await rows(page).fill('[{"name":"e2e-json-1"},{"name":"e2e-json-2"},{"name":"e2e-json-3","nome":1}]');
  await expect(run(page)).toContainText("nome");
  await rows(page).fill('[{"name":"e2e-json-1"},{"name":"e2e-json-2"}]');
  await create(page, "2 channels");
  await expect(page.getByText("1 done · 1 refused")).toBeVisible();
  await page.getByRole("button", { name: "Retry 1 refused" }).click();
  await expect(page.getByText("2 done")).toBeVisible();
  expect(await emulator.commits("CreateChannel")).toBe(2);
});

/** A file as somebody chooses it. */
async function choose(page: Page, name: string, text: string): Promise<void> {
  await page.getByLabel("Read the channels from a file").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
}

test("a file that cannot be read says why at once, and one that can be says it no more", async ({ page }) => {
  await open(page);
  const note = page.getByRole("main").getByRole("alert");
  for (const [name, text, why] of [
    ["cut-off.json", '[{"name":"e2e-cut-1"},{"na', /^This is no list of requests: EOF/],
    ["deep.json", "[".repeat(1_000), /^This is no list of requests: recursion limit/],
    ["head.csv", "name,type\n", "There is a first line, and no row below it."],
  ] as const) {
    await choose(page, name, text);
    await expect(note).toHaveText(why);
    await expect(run(page)).toHaveCount(0);
  }
  await axe(page);
  await choose(page, "good.csv", "name\ne2e-read\n");
  await expect(row(page, "e2e-read")).toBeVisible();
  await expect(note).toHaveCount(0);
});

test("what is pasted says at once why it cannot be read; what is typed, once the field is left", async ({ page }) => {
  await open(page);
  const note = page.getByRole("main").getByRole("alert");
  await rows(page).fill('[{"name":"e2e-typed"');
  await expect(note).toHaveCount(0);
  await rows(page).blur();
  await expect(rows(page)).toHaveAccessibleDescription(/This is no list of requests/);
  await rows(page).press("Control+a");
  await rows(page).press("Control+x");
  await rows(page).press("Control+v");
  await expect(note).toContainText("This is no list of requests");
  await expect(rows(page)).not.toHaveAccessibleDescription(/This is no list of requests/);
});

test("a file of far too many columns or rows is refused before any of it is drawn", async ({ page }) => {
  await open(page);
  const note = page.getByRole("main").getByRole("alert");
  await choose(page, "wide.csv", `${Array.from({ length: 10_000 }, (_, at) => `column ${at}`).join(",")}\nx\n`);
  await expect(note).toHaveText("The first line names 10,000 columns. A file may have 100 at most.");
  await expect(page.getByRole("main").getByRole("combobox")).toHaveCount(0);
  const long = (many: number) => `name\n${Array.from({ length: many }, (_, at) => `e2e-${at}\n`).join("")}`;
  await choose(page, "long.csv", long(2_001));
  await expect(note).toHaveText("There are 2,001 rows. At most 1,000 channels are created at once. Send the file in parts.");
  await expect(run(page)).toHaveCount(0);
  // Of some more than can be created, it is seen what they are.
  await choose(page, "more.csv", long(1_001));
  await expect(note).toHaveCount(0);
  await expect(run(page).getByRole("button", { name: "Create 1,001 channels…" })).toHaveAccessibleDescription("At most 1,000 channels are created at once. Send the file in parts.");
});

test("an answer that is lost makes no channel twice", async ({ page, emulator }) => {
  await emulator.fault("CreateChannel", "reset", { when: "after" });
  await open(page);
  await rows(page).fill("name\ne2e-lost-1\ne2e-lost-2\n");
  await create(page, "2 channels");
  await expect(page.getByText("2 done")).toBeVisible({ timeout: 20_000 });
  expect(await emulator.commits("CreateChannel")).toBe(2);
});

test("what is typed is not left by accident, and a viewer is told who can", async ({ page, api, rights: _ }) => {
  await api.actAs("viewer", []);
  await open(page);
  await rows(page).fill("name\ne2e-viewer\n");
  await expect(run(page).getByRole("button", { name: "Create 1 channel…" })).toHaveAccessibleDescription(/Needs the admin role/);
  await page.getByRole("link", { name: "Streams" }).first().click();
  const leave = page.getByRole("dialog", { name: "Leave what you have typed?" });
  await leave.getByRole("button", { name: "Stay" }).click();
  await expect(rows(page)).toHaveValue("name\ne2e-viewer\n");
});

test("it is fit for everybody and for a phone", async ({ page }) => {
  await open(page);
  await rows(page).fill(`name,type,tag:a-very-long-key-of-a-tag-that-somebody-has-thought-of\n${"x".repeat(128)},BASIC,${"y".repeat(200)}\nnot a name!,,\n`);
  await expect(run(page).getByRole("row")).toHaveCount(3);
  await axe(page);
  await fitsAPhone(page);
});
