import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { addTag, choose } from "../fixtures/channels.ts";
import { likeEveryKind } from "../fixtures/every-kind.ts";
import {
  card, columns, fact, filter, found, make, name, openAll, openNew, openOne, problem, receipt, refused, sent, submit, title,
  watched,
} from "../fixtures/kind.ts";
import { ACCOUNT_ID, at, LIVE } from "../fixtures/place.ts";
import { bucket, interval, openNamed, preview, reconnect, RECORDING, rendition } from "../fixtures/recording.ts";

// Recording configurations: where broadcasts are kept, and how. IVS makes and deletes them; it changes none.

likeEveryKind(RECORDING);

const attach = (page: Page) => card(page, "Used by").getByRole("button", { name: "Attach to a channel…" });
const head = (page: Page) => page.getByRole("main").locator("header.head");

type Listed = { recordingConfigurations: { arn: string; name: string }[] };

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
