import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { addTag, choose } from "../fixtures/channels.ts";
import { Console } from "../fixtures/console.ts";
import { likeEveryKind } from "../fixtures/every-kind.ts";
import {
  card, columns, fact, filter, found, type Kind, make, name, openAll, openNew, openOne, problem, receipt, refused, sent, short, submit, title,
  watched,
} from "../fixtures/kind.ts";
import { ACCOUNT_ID, at, LIVE } from "../fixtures/place.ts";
import { Served } from "../fixtures/served.ts";

// Recording configurations: where broadcasts are kept, and how. IVS makes and deletes them; it changes none.

const RECORDING: Kind = {
  path: "recording-configurations",
  many: "Recording configurations",
  one: "recording configuration",
  create: "Create recording configuration",
  made: "created",
  creates: "CreateRecordingConfiguration",
  lists: "ListRecordingConfigurations",
  gets: "GetRecordingConfiguration",
  deletes: "DeleteRecordingConfiguration",
  changes: "Change…",
  usedAs: "recordingConfigurationArn",
  without: /a channel is not recorded\.$/,
  quota: 20,
  least: () => ({ destinationConfiguration: { s3: { bucketName: "e2e-bucket" } } }),
  fill: (page) => bucket(page).fill("e2e-bucket"),
};

likeEveryKind(RECORDING);

const bucket = (page: Page) => page.getByRole("textbox", { name: "S3 bucket" });
const interval = (page: Page) => page.getByLabel("Seconds between thumbnails");
const reconnect = (page: Page) => page.getByLabel("Reconnect window, in seconds");
const rendition = (page: Page, label: RegExp) => page.getByRole("group", { name: "Renditions to record" }).getByRole("checkbox", { name: label });
const preview = (page: Page) => card(page, "Where a recording will lie");
const attach = (page: Page) => card(page, "Used by").getByRole("button", { name: "Attach to a channel…" });
const head = (page: Page) => page.getByRole("main").locator("header.head");

type Listed = { recordingConfigurations: { arn: string; name: string }[] };

/** The page of one of the demo. */
async function openNamed(page: Page, called: string): Promise<void> {
  await (await openAll(page, RECORDING)).getByRole("link", { name: called, exact: true }).click();
  await expect(title(page, called)).toBeVisible();
}

test("the list says how far they are, where they write to and how many channels have them", async ({ page, api }) => {
  await page.setViewportSize({ width: 1920, height: 900 });
  const { channels } = await api.call<{ channels: Record<string, string>[] }>("ListChannels", { maxResults: 100 });
  const { recordingConfigurations } = await api.call<Listed>("ListRecordingConfigurations", {});
  const archive = recordingConfigurations.find(({ name }) => name === "archive")!.arn;
  const using = channels.filter((channel) => channel["recordingConfigurationArn"] === archive).length;
  const table = await openAll(page, RECORDING);
  expect(await columns(page)).toEqual(["Name", "State", "Bucket", "Channels", "Tags", "ARN"]);
  await expect(page.getByText("3 in eu-west-1", { exact: true })).toBeVisible();
  const row = (nth: number) => table.locator(`tr[data-row='${nth}']`).getByRole("cell");
  await expect(row(0)).toHaveText(["archive", "●ACTIVE", "northlight-archive-eu-west-1", String(using), "teamarchive", /^\w{12}$/]);
  await expect(row(1)).toHaveText(["archive-2019", "■CREATE_FAILED", "missing-northlight-2019", "–", "teamarchive", /^\w{12}$/]);
  await expect(row(2)).toHaveText(["highlights", "●ACTIVE", "northlight-highlights", "–", "teamarchive", /^\w{12}$/]);
});

test("a state and a date are shown whole, whatever the width", async ({ page, api }) => {
  const cut = (cell: HTMLElement) => cell.scrollWidth > cell.clientWidth;
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 900 });
    const failed = (await openAll(page, RECORDING)).getByRole("cell", { name: "CREATE_FAILED" });
    expect(await failed.evaluate(cut), `CREATE_FAILED at ${width}`).toBe(false);
    await page.goto(await api.resolve(at(`sessions?channel={${LIVE}}`)));
    const ended = page.getByRole("table", { name: "Stream sessions" }).getByRole("row").filter({ hasText: "Ended" }).last();
    for (const cell of await ended.getByRole("cell").all()) expect(await cell.evaluate(cut), `${await cell.innerText()} at ${width}`).toBe(false);
  }
});

test("it is filtered by state, bucket and name as fields, and sorted by how many channels have one", async ({ page }) => {
  const table = await openAll(page, RECORDING);
  for (const [typed, names] of [
    ["state:CREATE_FAILED", ["archive-2019"]],
    ["bucket:northlight-highlights", ["highlights"]],
    ["name:archive", ["archive", "archive-2019"]],
  ] as const) {
    await filter(page, typed);
    await expect(table.getByRole("link")).toHaveText([...names]);
    await page.getByRole("button", { name: `Remove ${typed}` }).click();
  }
  await expect(table.getByRole("link")).toHaveCount(3);
  const heading = table.getByRole("columnheader", { name: "Channels" });
  await heading.getByRole("button").click();
  await heading.getByRole("button").click();
  await expect(heading).toHaveAttribute("aria-sort", "descending");
  await expect(table.getByRole("link").first()).toHaveText("archive");
});

test("one with every field is sent so, and shown", async ({ page, api }) => {
  await openNew(page, RECORDING);
  await name(page).fill("e2e-every");
  await bucket(page).fill("  e2e-every.bucket ");
  await interval(page).fill("5");
  await page.getByLabel("Size of thumbnails").selectOption({ label: "HD, to 720 lines" });
  await choose(page, "Which thumbnails are kept", /^Both/);
  await choose(page, "Renditions", /^Some/);
  await rendition(page, /^Full HD/).check();
  await rendition(page, /^Lowest/).check();
  await reconnect(page).fill("300");
  await addTag(page, "team", "archive");
  await addTag(page, "empty", "");
  const { request } = await sent(page, RECORDING.creates, submit(page, RECORDING));
  expect(request).toEqual({
    name: "e2e-every",
    destinationConfiguration: { s3: { bucketName: "e2e-every.bucket" } },
    thumbnailConfiguration: { targetIntervalSeconds: 5, resolution: "HD", storage: ["SEQUENTIAL", "LATEST"] },
    renditionConfiguration: { renditionSelection: "CUSTOM", renditions: ["FULL_HD", "LOWEST_RESOLUTION"] },
    recordingReconnectWindowSeconds: 300,
    tags: { team: "archive", empty: "" },
  });
  await expect(title(page, "e2e-every")).toBeVisible();
  await expect(fact(page, "S3 bucket")).toHaveText("e2e-every.bucket");
  await expect(fact(page, "Thumbnails")).toHaveText("Every 5 s · HD · both (SEQUENTIAL and LATEST)");
  await expect(fact(page, "Renditions")).toHaveText("Some (CUSTOM): FULL_HD, LOWEST_RESOLUTION");
  await expect(fact(page, "Reconnect window")).toContainText("300 s");
  await expect(card(page, "Used by")).toContainText("No channel uses it.");
  await expect(card(page, "Tags").locator(".tag")).toHaveText(["empty", "teamarchive"]);
  const arn = await page.locator(".below .arn code").innerText();
  expect(await found(api, RECORDING, arn)).toMatchObject({
    name: "e2e-every",
    destinationConfiguration: { s3: { bucketName: "e2e-every.bucket" } },
    thumbnailConfiguration: { recordingMode: "INTERVAL", targetIntervalSeconds: 5, resolution: "HD", storage: ["SEQUENTIAL", "LATEST"] },
    renditionConfiguration: { renditionSelection: "CUSTOM", renditions: ["FULL_HD", "LOWEST_RESOLUTION"] },
    recordingReconnectWindowSeconds: 300,
    tags: { team: "archive", empty: "" },
  });
});

test("what is as IVS has it anyway is left out", async ({ page }) => {
  await openNew(page, RECORDING);
  await bucket(page).fill("e2e-bucket");
  const { request } = await sent(page, RECORDING.creates, submit(page, RECORDING));
  expect(request).toEqual({ destinationConfiguration: { s3: { bucketName: "e2e-bucket" } } });
  await expect(fact(page, "Thumbnails")).toHaveText("Every 60 s · the source's size · every one (SEQUENTIAL)");
  await expect(fact(page, "Renditions")).toHaveText("All");
  await expect(fact(page, "Reconnect window")).toHaveText("None: a stream that comes back is another recording");
});

test("without thumbnails and renditions, whatever was chosen for them before", async ({ page, api }) => {
  await openNew(page, RECORDING);
  await bucket(page).fill("e2e-bucket");
  await interval(page).fill("not a number".length.toString());
  await choose(page, "Which thumbnails are kept", /^Only the newest/);
  await choose(page, "Thumbnails", /^Off/);
  await expect(interval(page)).toHaveCount(0);
  await choose(page, "Renditions", /^Some/);
  await rendition(page, /^SD/).check();
  await expect(page.getByText("nothing of a broadcast is kept")).toHaveCount(0);
  await choose(page, "Renditions", /^None/);
  await expect(page.getByText("nothing of a broadcast is kept")).toBeVisible();
  await expect(page.getByRole("group", { name: "Renditions to record" })).toHaveCount(0);
  const { request } = await sent(page, RECORDING.creates, submit(page, RECORDING));
  expect(request).toEqual({
    destinationConfiguration: { s3: { bucketName: "e2e-bucket" } },
    thumbnailConfiguration: { recordingMode: "DISABLED" },
    renditionConfiguration: { renditionSelection: "NONE" },
  });
  await expect(fact(page, "Thumbnails")).toHaveText("Off");
  await expect(fact(page, "Renditions")).toHaveText("None: no video is kept");
  const arn = await page.locator(".below .arn code").innerText();
  expect(await found(api, RECORDING, arn)).toMatchObject({ thumbnailConfiguration: { recordingMode: "DISABLED" } });
});

test("only the newest thumbnail is sent as that alone", async ({ page }) => {
  await openNew(page, RECORDING);
  await bucket(page).fill("e2e-bucket");
  await choose(page, "Which thumbnails are kept", /^Only the newest/);
  const { request } = await sent(page, RECORDING.creates, submit(page, RECORDING));
  expect(request).toEqual({
    destinationConfiguration: { s3: { bucketName: "e2e-bucket" } },
    thumbnailConfiguration: { storage: ["LATEST"] },
  });
});

for (const [what, field, typed, reason] of [
  ["no bucket", bucket, "", /Is required\./],
  ["a bucket of two letters", bucket, "ab", /Needs at least 3 characters; this has 2\./],
  ["a bucket of 64 letters", bucket, "a".repeat(64), /May have at most 63 characters; this has 64\./],
  ["a bucket with capitals", bucket, "Recordings", /Use lower-case letters, digits, - and \. only\./],
  ["a bucket as an address", bucket, "s3://recordings", /Use lower-case letters, digits, - and \. only\./],
  ["no second between thumbnails", interval, "0", /Must be between 1 and 60; this is 0\./],
  ["61 seconds between thumbnails", interval, "61", /Must be between 1 and 60; this is 61\./],
  ["half seconds between thumbnails", interval, "1.5", /Must be a whole number\./],
  ["a window of 301 seconds", reconnect, "301", /Must be between 0 and 300; this is 301\./],
  ["a window below nothing", reconnect, "-1", /Must be between 0 and 300; this is -1\./],
] as const) {
  test(`${what} is refused at the field, and nothing is sent`, async ({ page }) => {
    await openNew(page, RECORDING);
    await bucket(page).fill("e2e-bucket");
    await field(page).fill(typed);
    await refused(page, RECORDING, field(page), submit(page, RECORDING), reason);
    await expect(field(page)).toHaveValue(typed);
  });
}

test("of custom renditions at least one is chosen before anything is sent", async ({ page }) => {
  await openNew(page, RECORDING);
  await bucket(page).fill("e2e-bucket");
  await choose(page, "Renditions", /^Some/);
  const bodies = watched(page, RECORDING.creates);
  await submit(page, RECORDING).click();
  await expect(page.getByRole("group", { name: "Renditions to record" })).toContainText("Choose at least one.");
  await expect(rendition(page, /^Full HD/)).toBeFocused();
  await expect(rendition(page, /^Full HD/)).toHaveAccessibleDescription(/Choose at least one\./);
  expect(bodies).toEqual([]);
  await rendition(page, /^HD/).check();
  await expect(page.getByText("Choose at least one.")).toHaveCount(0);
  const { request } = await sent(page, RECORDING.creates, submit(page, RECORDING));
  expect(request["renditionConfiguration"]).toEqual({ renditionSelection: "CUSTOM", renditions: ["HD"] });
});

test("a bucket that IVS knows to be in another region is refused, and nothing is lost", async ({ page, watch, emulator }) => {
  watch.provokes(400);
  await openNew(page, RECORDING);
  await name(page).fill("e2e-elsewhere");
  await bucket(page).fill("northlight-us-west-2");
  await interval(page).fill("7");
  await choose(page, "Renditions", /^Some/);
  await rendition(page, /^SD/).check();
  await submit(page, RECORDING).click();
  await expect(problem(page)).toContainText("Bucket: northlight-us-west-2 is not in the region eu-west-1");
  await expect(problem(page)).not.toContainText("marked");
  await expect(name(page)).toHaveValue("e2e-elsewhere");
  await expect(bucket(page)).toHaveValue("northlight-us-west-2");
  await expect(interval(page)).toHaveValue("7");
  await expect(rendition(page, /^SD/)).toBeChecked();
  expect(await emulator.commits(RECORDING.creates)).toBe(0);
  await bucket(page).fill("northlight-eu-west-1");
  await submit(page, RECORDING).click();
  await expect(title(page, "e2e-elsewhere")).toBeVisible();
});

test("CREATING is followed to ACTIVE on its page and on the list, without a reload", async ({ page, emulator }) => {
  await emulator.call("POST", "/clock", { stop: true });
  await openNew(page, RECORDING);
  await name(page).fill("e2e-followed");
  await bucket(page).fill("e2e-bucket");
  await submit(page, RECORDING).click();
  await expect(head(page)).toContainText("CREATING");
  await expect(page.getByText("It can be used as soon as it is ACTIVE; this page follows.")).toBeVisible();
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: RECORDING.many }).click();
  const row = page.getByRole("row", { name: /e2e-followed/ });
  await expect(row).toContainText("CREATING");
  await emulator.advance(10);
  await expect(row).toContainText("ACTIVE");
  await row.getByRole("link", { name: "e2e-followed" }).click();
  await expect(head(page)).toContainText("ACTIVE");
  await expect(page.getByText("this page follows")).toHaveCount(0);
});

test("its own page follows, too, while one looks at it", async ({ page, emulator }) => {
  await emulator.call("POST", "/clock", { stop: true });
  await openNew(page, RECORDING);
  await bucket(page).fill("e2e-bucket");
  await name(page).fill("e2e-watched");
  await submit(page, RECORDING).click();
  await expect(head(page)).toContainText("CREATING");
  await expect(attach(page)).toHaveAccessibleDescription("IVS is still making it: a channel can have it after that.");
  await emulator.advance(10);
  await expect(head(page)).toContainText("ACTIVE");
  await expect(attach(page)).not.toHaveAttribute("aria-disabled");
  await expect(page.getByText("this page follows")).toHaveCount(0);
});

test("CREATING is followed to CREATE_FAILED, with the likely causes and what to do", async ({ page, emulator }) => {
  await emulator.call("POST", "/clock", { stop: true });
  await openNew(page, RECORDING);
  await name(page).fill("e2e-failed");
  await bucket(page).fill("missing-e2e");
  await submit(page, RECORDING).click();
  await expect(head(page)).toContainText("CREATING");
  await emulator.advance(10);
  await expect(head(page)).toContainText("CREATE_FAILED");
  for (const said of ["IVS could not prepare it", "missing-e2e", "exists", "eu-west-1", "neither its policy nor the account's refuses IVS"]) {
    await expect(problem(page)).toContainText(said);
  }
  await expect(attach(page)).toHaveAccessibleDescription("IVS could not make it: no channel can have it.");
  await expect(page.getByText("this page follows")).toHaveCount(0);
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: RECORDING.many }).click();
  await expect(page.getByRole("row", { name: /e2e-failed/ })).toContainText("CREATE_FAILED");
});

test("one that is still CREATING is not deleted by IVS, which is said, and it stays", async ({ page, emulator, watch }) => {
  watch.provokes(409);
  await emulator.call("POST", "/clock", { stop: true });
  await openNew(page, RECORDING);
  await name(page).fill("e2e-creating");
  await bucket(page).fill("e2e-bucket");
  await submit(page, RECORDING).click();
  await expect(head(page)).toContainText("CREATING");
  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("e2e-creating");
  await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  await expect(receipt(page, "ConflictException")).toContainText("still being created");
  await expect(title(page, "e2e-creating")).toBeVisible();
  expect(await emulator.commits(RECORDING.deletes)).toBe(0);
});

test("Change… makes a copy with everything filled in, which is sent as another", async ({ page, api, emulator }) => {
  const request = {
    name: "e2e-copied",
    destinationConfiguration: { s3: { bucketName: "e2e-copied" } },
    thumbnailConfiguration: { targetIntervalSeconds: 12, resolution: "SD", storage: ["LATEST"] },
    renditionConfiguration: { renditionSelection: "CUSTOM", renditions: ["HD", "SD"] },
    recordingReconnectWindowSeconds: 45,
    tags: { team: "archive" },
  };
  const arn = await make(api, emulator, RECORDING, request);
  await openOne(page, RECORDING, arn);
  await page.getByRole("link", { name: "Change…" }).click();
  await expect(title(page, "Change e2e-copied: a copy")).toBeVisible();
  await expect(page.getByText("This makes another one, which can then take its place.")).toBeVisible();
  await expect(name(page)).toHaveValue("e2e-copied");
  await expect(bucket(page)).toHaveValue("e2e-copied");
  await expect(interval(page)).toHaveValue("12");
  await expect(page.getByLabel("Size of thumbnails")).toHaveValue("SD");
  await expect(page.getByRole("radio", { name: /^Only the newest/ })).toBeChecked();
  await expect(page.getByRole("radio", { name: /^Some/ })).toBeChecked();
  await expect(rendition(page, /^HD/)).toBeChecked();
  await expect(rendition(page, /^SD/)).toBeChecked();
  await expect(rendition(page, /^Full HD/)).not.toBeChecked();
  await expect(reconnect(page)).toHaveValue("45");
  await expect(page.getByRole("textbox", { name: "Key", exact: true })).toHaveValue("team");
  await reconnect(page).fill("90");
  const copy = await sent(page, RECORDING.creates, submit(page, RECORDING));
  expect(copy.request).toEqual({ ...request, recordingReconnectWindowSeconds: 90 });
  // Back on the page of the one before, where the copy can take its place; that one is as it was.
  await expect(card(page, "Replace")).toContainText("It is not ACTIVE yet");
  await expect(fact(page, "Reconnect window")).toContainText("45 s");
  const { recordingConfigurations } = await api.call<{ recordingConfigurations: { arn: string; name: string }[] }>(RECORDING.lists, {});
  const made = recordingConfigurations.find((other) => other.name === "e2e-copied" && other.arn !== arn)!;
  expect(await found(api, RECORDING, made.arn)).toMatchObject({ recordingReconnectWindowSeconds: 90 });
  expect(await found(api, RECORDING, arn)).toMatchObject({ recordingReconnectWindowSeconds: 45 });
  expect(await emulator.commits(RECORDING.creates)).toBe(2);
});

test("a copy of what has no pictures and no renditions has none either", async ({ page, api, emulator }) => {
  const request = {
    name: "e2e-bare",
    destinationConfiguration: { s3: { bucketName: "e2e-bare" } },
    thumbnailConfiguration: { recordingMode: "DISABLED" },
    renditionConfiguration: { renditionSelection: "NONE" },
  };
  await openOne(page, RECORDING, await make(api, emulator, RECORDING, request));
  await page.getByRole("link", { name: "Change…" }).click();
  await expect(page.getByRole("radio", { name: /^Off/ })).toBeChecked();
  await expect(page.getByRole("radio", { name: /^None/ })).toBeChecked();
  expect((await sent(page, RECORDING.creates, submit(page, RECORDING))).request).toEqual(request);
});

test("a copy of what is not there says so", async ({ page, watch }) => {
  watch.provokes(404);
  await page.goto(at("recording-configurations/new?from=abcdABCDefgh"));
  await expect(problem(page)).toContainText("It is not there");
  await expect(title(page, "Change abcdABCDefgh: a copy")).toBeVisible();
  await expect(submit(page, RECORDING)).toHaveCount(0);
});

test("the paths in S3 follow what is chosen, before and after", async ({ page }) => {
  await openNew(page, RECORDING);
  const paths = preview(page);
  await expect(paths).toContainText(`s3://BUCKET/ivs/v1/${ACCOUNT_ID}/CHANNEL_ID/`);
  await bucket(page).fill("e2e-paths");
  await expect(paths).toContainText(`s3://e2e-paths/ivs/v1/${ACCOUNT_ID}/CHANNEL_ID/`);
  await expect(paths).toContainText("media/hls/master.m3u8");
  await expect(paths).toContainText("media/hls/RENDITION/playlist.m3u8");
  const thumbs = async (every: boolean, latest: boolean) => {
    await expect(paths.getByText("media/thumbnails/thumbN.jpg")).toHaveCount(every ? 1 : 0);
    await expect(paths.getByText("media/latest_thumbnail/thumb.jpg")).toHaveCount(latest ? 1 : 0);
  };
  await thumbs(true, false);
  await choose(page, "Which thumbnails are kept", /^Both/);
  await thumbs(true, true);
  await choose(page, "Which thumbnails are kept", /^Only the newest/);
  await thumbs(false, true);
  await choose(page, "Thumbnails", /^Off/);
  await thumbs(false, false);
  await choose(page, "Thumbnails", /^At intervals/);
  await choose(page, "Renditions", /^None/);
  await expect(paths).not.toContainText("media/hls");
  await submit(page, RECORDING).click();
  await expect(fact(page, "S3 bucket")).toHaveText("e2e-paths");
  await expect(paths).toContainText("s3://e2e-paths/");
  await expect(paths).not.toContainText("media/hls");
  await thumbs(false, true);
});

test("who uses it is linked, with what is live among them", async ({ page }) => {
  await openNamed(page, "archive");
  const users = card(page, "Used by");
  await expect(users.getByRole("listitem").filter({ hasText: LIVE })).toContainText("LIVE");
  await expect(users.getByRole("listitem").filter({ hasText: "studio-b" })).not.toContainText("LIVE");
  await page.getByRole("button", { name: "Delete…" }).click();
  await expect(page.getByRole("dialog")).toContainText(/\d+ are live: IVS changes no channel that is/);
  await page.getByRole("button", { name: "Leave it" }).click();
  await users.getByRole("link", { name: LIVE, exact: true }).click();
  await expect(title(page, LIVE)).toBeVisible();
});

type Attached = { channel: { recordingConfigurationArn: string } };

test("a copy takes the place of the one that it is made from, and that one is deleted", async ({ page, api, emulator }) => {
  const arn = await make(api, emulator, RECORDING, { name: "e2e-first" });
  for (const name of ["e2e-a", "e2e-b"]) await api.call("CreateChannel", { name, recordingConfigurationArn: arn });
  await openNamed(page, "e2e-first");
  await page.getByRole("link", { name: "Change…" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("e2e-second");
  await submit(page, RECORDING).click();
  await expect(title(page, "e2e-first")).toBeVisible();
  const replace = card(page, "Replace");
  await expect(replace.getByText("It is not ACTIVE yet")).toBeVisible();
  await emulator.advance(10);
  await replace.getByRole("button", { name: "Replace…" }).click();
  const dialog = page.getByRole("dialog", { name: "Put e2e-second in place of e2e-first in eu-west-1?" });
  await expect(dialog.getByRole("listitem").filter({ hasText: "Offline" })).toHaveCount(2);
  await dialog.getByRole("textbox").fill("e2e-first");
  await dialog.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: /^3 done$/ })).toBeVisible();
  const { recordingConfigurations } = await api.call<{ recordingConfigurations: { arn: string; name: string }[] }>("ListRecordingConfigurations", {});
  expect(recordingConfigurations.filter(({ name }) => name.startsWith("e2e-")).map(({ name }) => name)).toEqual(["e2e-second"]);
  const second = recordingConfigurations.find(({ name }) => name === "e2e-second")!.arn;
  const { channel } = await api.call<Attached>("GetChannel", { arn: await api.arn("e2e-b") });
  expect(channel.recordingConfigurationArn).toBe(second);
});

/** Opens the form of a copy, in which the settings of the one before are filled in. */
async function openCopy(page: Page, arn: string): Promise<void> {
  await openOne(page, RECORDING, arn);
  await page.getByRole("link", { name: "Change…" }).click();
}

const notice = (page: Page) => page.locator(".note").filter({ hasText: "The copy" });

test("a copy of the same name is told from it by its id, in the notice, in the choice and in the question", async ({ page, api, emulator }) => {
  const arn = await make(api, emulator, RECORDING, { name: "e2e-night" });
  await api.call("CreateChannel", { name: "e2e-a", recordingConfigurationArn: arn });
  await openCopy(page, arn);
  await submit(page, RECORDING).click();
  await expect(notice(page)).toContainText("CREATING");
  await emulator.advance(10);
  await expect(notice(page).getByRole("link")).toHaveText(/^e2e-night \(\w{12}\)$/);
  const copy = await notice(page).getByRole("link").innerText();
  await expect(card(page, "Replace").getByRole("combobox").locator("option:checked")).toHaveText(copy);
  await notice(page).getByRole("button", { name: "Replace…" }).click();
  const dialog = page.getByRole("dialog", { name: `Put ${copy} in place of e2e-night (${short(arn)}) in eu-west-1?` });
  await expect(dialog.getByRole("button", { name: "Begin" })).toHaveAccessibleDescription(`Type ${short(arn)} first.`);
  await expect(dialog).toContainText(`1 channel gets ${copy}`);
  await expect(dialog).toContainText("What was recorded with it stays in its bucket.");
  await expect(dialog).not.toContainText("Without it");
  await dialog.getByRole("textbox").fill(short(arn));
  await dialog.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: /^2 done$/ })).toBeVisible();
});

test("a copy that IVS could not prepare says so, is not offered and promises no files", async ({ page, api, emulator }) => {
  const arn = await make(api, emulator, RECORDING, { name: "e2e-kept" });
  await openCopy(page, arn);
  await name(page).fill("e2e-broken");
  await bucket(page).fill("missing-e2e");
  await submit(page, RECORDING).click();
  await expect(notice(page)).toContainText("CREATING");
  await emulator.advance(10);
  await expect(notice(page)).toContainText("CREATE_FAILED");
  await expect(notice(page)).toContainText("IVS could not prepare it, most likely for its bucket");
  const choice = card(page, "Replace").getByRole("combobox").locator("option");
  await expect(choice.filter({ hasText: "archive" })).not.toHaveCount(0);
  await expect(choice.filter({ hasText: "e2e-broken" })).toHaveCount(0);
  await expect(choice.filter({ hasText: "archive-2019" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Replace…" })).toHaveCount(0);
  await expect(preview(page)).toBeVisible();
  await notice(page).getByRole("link", { name: "what to look at" }).click();
  await expect(problem(page)).toContainText("IVS could not prepare it");
  await expect(preview(page)).toHaveCount(0);
});

test("a channel that is live is waited for, and one that somebody else has changed is left alone", async ({ page, api, boto3, emulator }) => {
  const arn = await make(api, emulator, RECORDING, { name: "e2e-waits" });
  for (const name of ["e2e-live", "e2e-other"]) await api.call("CreateChannel", { name, recordingConfigurationArn: arn });
  const [live, other] = [await api.arn("e2e-live"), await api.arn("e2e-other")];
  await emulator.scenario(live, "goLive", { encoder: "obs" });
  await openNamed(page, "e2e-waits");
  await expect(card(page, "Used by").getByRole("link")).toHaveText(["e2e-live", "e2e-other"]);
  await page.getByRole("button", { name: "Delete…" }).click();
  const dialog = page.getByRole("dialog", { name: "Detach and delete e2e-waits in eu-west-1?" });
  await expect(dialog).toContainText("1 is live: IVS changes no channel that is");
  await boto3.call("update_channel", { arn: other, recordingConfigurationArn: "" });
  await dialog.getByRole("textbox").fill("e2e-waits");
  await dialog.getByRole("button", { name: "Begin" }).click();
  const items = page.getByRole("table", { name: "Items" });
  await expect(items.getByRole("row").filter({ hasText: "e2e-other" })).toContainText("Somebody else changed");
  await expect(items.getByRole("row").filter({ hasText: "e2e-live" })).toContainText(/live|ConflictException|tried again/i);
  expect(await emulator.commits("DeleteRecordingConfiguration")).toBe(0);
  await emulator.scenario(live, "end");
  await emulator.advance(10);
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: /^2 done · 1 refused$/ })).toBeVisible({ timeout: 30_000 });
  expect(await emulator.commits("DeleteRecordingConfiguration")).toBe(1);
});

test("a console that dies while a plan waits goes on where it was, and deletes at its end", async ({ page }) => {
  const served = await Served.start();
  try {
    await page.goto(served.launch);
    const api = new Console(page.context().request, new URL(page.url()).origin);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const { recordingConfiguration } = await api.call<{ recordingConfiguration: { arn: string } }>(RECORDING.creates, {
      name: "e2e-dies", destinationConfiguration: { s3: { bucketName: "e2e-bucket" } },
    });
    const { arn } = recordingConfiguration;
    await served.emulator.advance(60);
    for (const name of ["e2e-dies-live", "e2e-dies-idle"]) await api.call("CreateChannel", { name, recordingConfigurationArn: arn });
    const live = await api.arn("e2e-dies-live");
    await served.emulator.scenario(live, "goLive", { encoder: "obs" });
    await page.goto(new URL(at(`recording-configurations/${short(arn)}`), page.url()).href);
    await expect(card(page, "Used by").getByRole("link")).toHaveText(["e2e-dies-live", "e2e-dies-idle"]);
    await page.getByRole("button", { name: "Delete…" }).click();
    const dialog = page.getByRole("dialog", { name: "Detach and delete e2e-dies in eu-west-1?" });
    await dialog.getByRole("textbox").fill("e2e-dies");
    await dialog.getByRole("button", { name: "Begin" }).click();
    const item = (name: string) => page.getByRole("table", { name: "Items" }).getByRole("row").filter({ hasText: name });
    await expect(item("e2e-dies-live")).toContainText("Waiting for its stream to end");
    await expect(item("e2e-dies-idle")).toContainText("Done");
    const job = new URL(page.url()).pathname;
    await page.goto("about:blank");
    await served.kill();
    await served.emulator.scenario(live, "end");
    await served.emulator.advance(10);
    await served.begin();
    await page.goto(served.launch);
    await page.goto(new URL(job, page.url()).href);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Detach and delete e2e-dies");
    await expect(page.getByRole("main").getByRole("status").filter({ hasText: /^3 done$/ })).toBeVisible({ timeout: 30_000 });
    // Two creates of channels are no updates of them.
    expect([await served.emulator.commits("UpdateChannel"), await served.emulator.commits(RECORDING.deletes)]).toEqual([2, 1]);
  } finally {
    await served.stop();
  }
});

test("what it is of a kind of tomorrow shows itself", async ({ page, api, emulator }) => {
  const arn = await make(api, emulator, RECORDING, { name: "e2e-tomorrow" });
  await page.route(`**/${RECORDING.gets}`, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace('"ACTIVE"', '"<i>PAUSED</i>"').replace('"ALL"', '"BEST"').replace('"SEQUENTIAL"', '"SPRITES"');
    await route.fulfill({ response: answer, body });
  });
  await openOne(page, RECORDING, arn);
  await expect(head(page).locator(".badge")).toHaveText("<i>PAUSED</i>");
  await expect(fact(page, "Renditions")).toHaveText("BEST");
  await expect(fact(page, "Thumbnails")).toContainText("SPRITES");
});
