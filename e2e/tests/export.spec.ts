import { readFile } from "node:fs/promises";

import type { Locator, Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { openList } from "../fixtures/channels.ts";
import { clean, filter, watched } from "../fixtures/kind.ts";
import { at, LIVE, OTHER_REGION, REGION } from "../fixtures/place.ts";

// Lists as files: what the filter shows, with IVS's own names.

type Row = Record<string, unknown>;
type Channels = { channels: { arn: string; name: string; tags: Record<string, string> }[]; errors?: Row[] };

const panel = (page: Page) => page.getByRole("region", { name: "Export" });

async function open(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "View", exact: true }).click();
  await expect(panel(page)).toBeVisible();
  return panel(page);
}

/** Presses the button; answers the name of the file and what is in it. */
async function saved(page: Page, button: string | RegExp): Promise<{ name: string; text: string }> {
  const download = page.waitForEvent("download");
  await panel(page).getByRole("button", { name: button }).click();
  return { name: (await download).suggestedFilename(), text: await readFile(await (await download).path(), "utf8") };
}

/** The lines of the file, each as its cells. */
const lines = (text: string) => text.trimEnd().split("\r\n").map((line, at) => (at === 0 ? line.split(",") : line.slice(1, -1).split('","')));

test("a list that is filtered is saved as it shows, and no cell is a formula", async ({ page, api }) => {
  await api.call("CreatePlaybackRestrictionPolicy", { name: "e2e-a", allowedCountries: ["NO", "DE"], tags: { "=cmd": "1", e2e: "export" } });
  await api.call("CreatePlaybackRestrictionPolicy", { name: "-e2e-b", tags: { e2e: "export" } });
  await page.goto(at("playback-restriction-policies"));
  await filter(page, "tag:e2e=export");
  await open(page);
  const csv = await saved(page, "Export 2 playback restriction policies as CSV");
  expect(csv.name).toMatch(/^playback-restriction-policies-eu-west-1-\d{4}-\d\d-\d\d\.csv$/);
  const [head, ...rows] = lines(csv.text);
  expect(head).toEqual(["name", "arn", "allowedCountries", "allowedOrigins", "enableStrictOriginEnforcement", "tags"]);
  expect(rows).toEqual([
    ["'-e2e-b", expect.stringContaining(":playback-restriction-policy/"), "", "", "false", "e2e=export"],
    ["e2e-a", expect.any(String), "NO; DE", "", "false", "'=cmd=1; e2e=export"],
  ]);

  const json = await saved(page, "Export 2 playback restriction policies as JSON");
  expect(json.name).toMatch(/^playback-restriction-policies-eu-west-1-\d{4}-\d\d-\d\d\.json$/);
  const listed = await api.call<{ playbackRestrictionPolicies: Row[] }>("ListPlaybackRestrictionPolicies", { maxResults: 100 });
  const mine = ["-e2e-b", "e2e-a"].map((name) => listed.playbackRestrictionPolicies.find((policy) => policy["name"] === name));
  expect(JSON.parse(json.text)).toEqual({ playbackRestrictionPolicies: mine });
});

/** The paths of all that a row has. */
function paths(value: unknown, at: string[] = []): string[] {
  if (at[0] === "tags" || typeof value !== "object" || value === null) return [at[0] === "tags" ? "tags" : at.join(".")];
  if (Array.isArray(value)) return value.flatMap((item) => paths(item, at));
  return Object.entries(value).flatMap(([name, inner]) => paths(inner, [...at, name]));
}

test("every list can be saved", async ({ page, api }) => {
  const { channels } = await api.call<Channels>("ListChannels", { maxResults: 100 });
  const id = channels.find(({ name }) => name === LIVE)!.arn.split("/")[1]!;
  const lists: [path: string, member: string, head: string][] = [
    ["channels", "channels", "name,arn,state,health,viewerCount,type,"],
    ["streams", "streams", "name,channelArn,streamId,state,health,viewerCount,startTime"],
    [`sessions?channel=${id}`, "streamSessions", "streamId,startTime,endTime,hasErrorEvent"],
    ["recording-configurations", "recordingConfigurations", "name,arn,state,destinationConfiguration.s3.bucketName,tags"],
    ["playback-key-pairs", "keyPairs", "name,arn,tags"],
    ["playback-restriction-policies", "playbackRestrictionPolicies", "name,arn,allowedCountries,"],
    ["ad-configurations", "adConfigurations", "name,arn,mediaTailorPlaybackConfigurations.playbackConfigurationArn,"],
    ["failover-slates", "failoverSlateConfigurations", "name,arn,state,activationThresholdSeconds,"],
  ];
  for (const [path, member, head] of lists) {
    await page.goto(at(path, path === "ad-configurations" ? OTHER_REGION : REGION));
    await expect(page.getByRole("table").locator("tr[data-row]").getByRole("link").first()).toBeVisible();
    await open(page);
    const csv = lines((await saved(page, /^Export .* as CSV$/)).text);
    expect(csv[0]!.join(",")).toContain(head);
    const rows = (JSON.parse((await saved(page, /^Export .* as JSON$/)).text) as Record<string, Row[]>)[member]!;
    expect(rows.length, path).toBeGreaterThan(0);
    expect(csv.length - 1, path).toBe(rows.length);
    expect(rows.flatMap((row) => paths(row)).filter((path) => !csv[0]!.includes(path)), `members of ${path} that have no column`).toEqual([]);
    // Each has a value in the first column that is IVS's own.
    const first = csv[0]!.indexOf(Object.keys(rows[0]!).find((key) => csv[0]!.includes(key))!);
    for (const [nth, row] of rows.entries()) expect(csv[nth + 1]![first], path).toBe(String(row[csv[0]![first]!]));
  }
});

test("nothing to save is said where nothing shows", async ({ page }) => {
  await openList(page);
  await page.getByRole("searchbox", { name: "Filter" }).fill("nothing is called like this");
  await open(page);
  await expect(panel(page).getByRole("button", { name: "Export 0 channels as CSV" })).toHaveAccessibleDescription("No channel shows.");
});

test("all fields of the channels come with a call for each fifty, and what IVS cannot look up is said by ARN", async ({ page, api, emulator, boto3 }) => {
  await emulator.call("POST", "/reset", { seed: "demo", rates: "unlimited" });
  const { channels: before } = await api.call<Channels>("ListChannels", { maxResults: 100 });
  for (let nth = before.length; nth < 52; nth += 1) await api.create(`e2e-${nth}`);
  const gone = await api.arn("e2e-51");
  await openList(page);
  await open(page);
  await panel(page).getByRole("checkbox", { name: "With all fields" }).check();
  const asked = watched(page, "BatchGetChannel");
  const json = await saved(page, "Export 52 channels as JSON");
  const { channels, errors } = JSON.parse(json.text) as Channels;
  expect(channels.length).toBe(52);
  expect(errors).toEqual([]);
  expect(channels[0]).toMatchObject({ containerFormat: "TS", ingestEndpoint: expect.stringMatching(/live-video\.net$/) });
  expect(json.text).not.toContain("passphrase");
  expect(asked.map((body) => (JSON.parse(body) as { request: { arns: string[] } }).request.arns.length)).toEqual([50, 2]);

  await boto3.call("delete_channel", { arn: gone });
  // What was answered a moment ago is not answered again.
  await api.forget();
  const csv = lines((await saved(page, "Export 52 channels as CSV")).text);
  expect(csv[0]).toEqual(expect.arrayContaining(["containerFormat", "ingestEndpoint", "srt.endpoint", "playbackUrl", "state", "tags"]));
  expect(csv.length - 1).toBe(51);
  const alert = panel(page).getByRole("alert");
  await expect(alert).toContainText("1 channel could not be looked up");
  await expect(alert.getByRole("listitem")).toContainText(gone);
  // In the order of the list, each beside its own stream.
  const live = csv.find((cells) => cells[0] === LIVE)!;
  expect(live[csv[0]!.indexOf("state")]).toBe("LIVE");
  await clean(page, "an export with a channel missing");
});

test("a call that fails ends it: nothing is saved, and it is said why", async ({ page, api, emulator, watch }) => {
  await openList(page);
  await open(page);
  await panel(page).getByRole("checkbox", { name: "With all fields" }).check();
  watch.provokes(403);
  await emulator.fault("BatchGetChannel", "accessDenied");
  await panel(page).getByRole("button", { name: /^Export \d+ channels as CSV$/ }).click();
  await expect(panel(page).getByRole("alert")).toContainText("Nothing was saved.");
  // What failed less than a second ago is answered so again.
  await api.forget();
  const { text } = await saved(page, /as CSV$/);
  expect(lines(text).length).toBeGreaterThan(30);
  await expect(panel(page).getByRole("alert")).toHaveCount(0);
});

test("stream keys are looked up channel by channel, and their values are nowhere", async ({ page }) => {
  await page.goto(at("stream-keys?q=arena&sort=name"));
  await expect(page.getByRole("table").getByRole("link").first()).toBeVisible();
  await open(page);
  const { name, text } = await saved(page, "Export 4 stream keys as JSON");
  expect(name).toMatch(/^stream-keys-eu-west-1-/);
  const { streamKeys } = JSON.parse(text) as { streamKeys: Row[] };
  expect(streamKeys.length).toBe(4);
  for (const key of streamKeys) expect(Object.keys(key).toSorted()).toEqual(["arn", "channelArn", "tags"]);
  expect(text).not.toContain("sk_");
  const csv = lines((await saved(page, "Export 4 stream keys as CSV")).text);
  expect(csv[0]).toEqual(["name", "channelArn", "arn", "tags"]);
  expect(csv.slice(1).map(([name]) => name)).toEqual(["arena-backup", "arena-interview", "arena-main", "arena-pitch-side"]);
  expect(csv.slice(1).map((cells) => cells[2])).toEqual(streamKeys.map((key) => key["arn"]));
});

test("jobs and their items are saved too", async ({ page, api }) => {
  await api.create("e2e-job");
  const target = await api.arn("e2e-job");
  const table = await openList(page, "?q=e2e-job");
  await table.getByRole("checkbox", { name: "Select e2e-job" }).click();
  await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("e2e-job");
  await page.getByRole("dialog").getByRole("button", { name: "Delete channels" }).click();
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: "1 done" })).toBeVisible();
  await open(page);
  const items = await saved(page, "Export 1 item as CSV");
  expect(items.name).toMatch(/^job-[0-9a-f-]{36}-\d{4}-\d\d-\d\d\.csv$/);
  expect(lines(items.text)).toEqual([expect.arrayContaining(["target", "operation", "outcome"]), expect.arrayContaining([target, "DeleteChannel", "done"])]);
  await page.goto("/jobs");
  await expect(page.getByRole("table", { name: "Jobs" }).getByRole("link").first()).toBeVisible();
  await open(page);
  const { jobs } = JSON.parse((await saved(page, /^Export \d+ jobs? as JSON$/)).text) as { jobs: Row[] };
  expect(jobs[0]).toMatchObject({ region: REGION, task: { kind: "DeleteChannels" }, state: "finished", total: 1, done: 1 });
});

for (const width of [360, 1440]) {
  test(`the panel fits ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await openList(page);
    await open(page);
    await clean(page, "the panel that saves");
    const { x, width: wide } = (await page.getByRole("group", { name: "View" }).boundingBox())!;
    expect(x >= 0 && x + wide <= width).toBe(true);
  });
}
