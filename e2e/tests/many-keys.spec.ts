import { readFile } from "node:fs/promises";

import type { Download, Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { openList } from "../fixtures/channels.ts";
import { axe, fitsAPhone } from "../fixtures/live.ts";
import { at } from "../fixtures/place.ts";

// Many stream keys at once, and the file of what was made: without the keys for everybody, with them by one reveal.

test.use({ alone: "many-keys" });

const NAMES = ["arena-backup", "arena-interview", "arena-main"];
const dialog = (page: Page) => page.getByRole("dialog");
const result = (page: Page) => page.getByRole("region", { name: "Result file" });

async function reset(page: Page): Promise<void> {
  await openList(page, "?sort=name&q=arena");
  for (const name of NAMES) await page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).click();
  await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Reset stream keys…" }).click();
  await expect(dialog(page)).toContainText("1 is live: its stream goes on with the old key until it ends.");
  await dialog(page).getByRole("textbox", { name: "Type" }).fill("3 channels");
  await dialog(page).getByRole("button", { name: "Reset stream keys" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Reset 3 stream keys");
  await expect(page.getByText("6 done")).toBeVisible();
}

async function saved(page: Page, save: () => Promise<void>): Promise<{ file: Download; text: string }> {
  const download = page.waitForEvent("download");
  await save();
  const file = await download;
  return { file, text: await readFile(await file.path(), "utf8") };
}

async function reveal(page: Page): Promise<void> {
  await result(page).getByRole("button", { name: "Save with stream keys…" }).click();
  await dialog(page).getByRole("button", { name: "Reveal and save" }).click();
}

test("three keys are reset, and their file has what encoders need", async ({ page, emulator, watch }) => {
  watch.provokes(429);
  await reset(page);
  expect([await emulator.commits("DeleteStreamKey"), await emulator.commits("CreateStreamKey")]).toEqual([3, 3]);
  const without = await saved(page, () => result(page).getByRole("button", { name: "Save the result file" }).click());
  expect(without.file.suggestedFilename()).toMatch(/^job-[0-9a-f-]{36}\.csv$/);
  expect(without.text.split("\r\n")[0]).toBe("name,outcome,channelArn,server,playbackUrl,streamKeyArn,error");
  expect(without.text).not.toContain("sk_");
  const asked = page.waitForRequest("**/api/reveal/stream-keys");
  const { text } = await saved(page, () => reveal(page));
  expect(((await asked).postDataJSON() as { arns: string[] }).arns).toHaveLength(3);
  const lines = text.trim().split("\r\n").slice(1);
  expect(lines.map((line) => line.split(",")[0]).sort()).toEqual(NAMES.map((name) => `"${name}"`));
  for (const line of lines) expect(line).toMatch(/"rtmps:\/\/[^"]+:443\/app\/","https:\/\/[^"]+","arn:[^"]+:stream-key\/\w+","sk_eu-west-1_\w+",""$/);
  // One entry of the journal names all three.
  const journal = await page.evaluate(async () => {
    const answer = await fetch("/api/journal", { method: "POST", headers: { "x-tally": "1", "content-type": "application/json" }, body: "{}" });
    return ((await answer.json()) as { entries: { operation: string; targets: string[] }[] }).entries[0];
  });
  expect([journal?.operation, journal?.targets.length]).toEqual(["RevealStreamKeys", 3]);
  // Once a minute.
  await reveal(page);
  await expect(page.getByText(/revealed once a minute at most/)).toBeVisible();
  await expect(page.getByText("You ask too often")).toBeVisible();
});

test("without the grant the file has no keys, and says who may", async ({ page, api, rights: _ }) => {
  await api.actAs("operator", []);
  await reset(page);
  const button = result(page).getByRole("button", { name: "Save with stream keys…" });
  await expect(button).toHaveAccessibleDescription(/Needs the secret-reader grant/);
  await result(page).getByRole("button", { name: "JSON" }).click();
  const { file, text } = await saved(page, () => result(page).getByRole("button", { name: "Save the result file" }).click());
  expect(file.suggestedFilename()).toMatch(/\.json$/);
  const lines = JSON.parse(text) as Record<string, string>[];
  expect(lines.map(({ name, outcome }) => `${name} ${outcome}`).sort()).toEqual(NAMES.map((name) => `${name} done`));
  expect(lines.every((line) => !("streamKey" in line) && line.server!.startsWith("rtmps://"))).toBe(true);
});

test("where one channel is left without a key the others keep theirs, and its own page says so", async ({ page, api, emulator }) => {
  await emulator.fault("CreateStreamKey", "accessDenied");
  await openList(page, "?sort=name&q=arena");
  for (const name of NAMES) await page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).click();
  await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Reset stream keys…" }).click();
  await dialog(page).getByRole("textbox", { name: "Type" }).fill("3 channels");
  await dialog(page).getByRole("button", { name: "Reset stream keys" }).click();
  await expect(page.getByText("1 done · 5 refused")).toBeVisible();
  expect(await emulator.commits("DeleteStreamKey")).toBe(1);
  const job = page.url();
  const keys = async (name: string) => (await api.call<{ streamKeys: unknown[] }>("ListStreamKeys", { channelArn: await api.arn(name) })).streamKeys;
  const without: string[] = [];
  for (const name of NAMES) if ((await keys(name)).length === 0) without.push(name);
  expect(without).toHaveLength(1);
  await page.goto(await api.resolve(at(`channels/{${without[0]}}`)));
  await expect(page.getByText("The stream key is reset only by half")).toBeVisible();
  await page.goto(job);
  await page.getByRole("button", { name: "Retry 5 refused" }).click();
  await expect(page.getByText("6 done")).toBeVisible();
  await axe(page);
  await fitsAPhone(page);
});
