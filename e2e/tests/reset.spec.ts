import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { ALL_THE_SAME } from "../fixtures/channels.ts";
import { at, LIVE, OFFLINE } from "../fixtures/place.ts";
import { Served } from "../fixtures/served.ts";

// IVS has no call that resets a stream key: it is a job of two, and what interrupts it is said and can be finished.

const ingest = (page: Page) => page.getByRole("region", { name: "Ingest" });
const dialog = (page: Page) => page.getByRole("dialog", { name: /^Reset the stream key of / });
type StreamKeys = { streamKeys: { arn: string; tags: Record<string, string> }[] };

const half = (page: Page) => ingest(page).getByRole("alert").filter({ hasText: "reset only by half" });

async function reset(page: Page): Promise<void> {
  await ingest(page).getByRole("button", { name: "Reset stream key…" }).click();
  await dialog(page).getByRole("button", { name: "Reset stream key" }).click();
}

async function reveal(page: Page): Promise<string> {
  await ingest(page).getByRole("button", { name: "Reveal Stream key" }).click();
  const value = await page.getByText(/^sk_eu-west-1_\w+$/).innerText();
  await ingest(page).getByRole("button", { name: "Hide Stream key" }).click();
  return value;
}

test("a stream key is reset: the channel has another one, and the old one is gone", async ({ page, api, emulator }) => {
  await page.goto(await api.create("e2e-reset"));
  const old = await reveal(page);
  await ingest(page).getByRole("button", { name: "Reset stream key…" }).click();
  await expect(dialog(page)).toContainText("every encoder that has it is refused");
  await expect(dialog(page)).toContainText("It is offline now");
  await dialog(page).getByText("as aws ivs").click();
  await expect(dialog(page).locator("pre")).toHaveText(/aws ivs delete-stream-key[^]*aws ivs create-stream-key/);
  await dialog(page).getByRole("button", { name: "Keep it" }).click();
  expect(await emulator.commits("DeleteStreamKey")).toBe(0);
  await reset(page);
  await expect(page.getByRole("status").filter({ hasText: "Stream key of e2e-reset reset" })).toBeVisible();
  await expect(ingest(page).getByRole("button", { name: "Reset stream key…" })).toBeFocused();
  expect(await reveal(page)).not.toBe(old);
  expect([await emulator.commits("DeleteStreamKey"), await emulator.commits("CreateStreamKey")]).toEqual([1, 1]);
});

test("the next key is tagged as the one before, whoever creates it", async ({ page, api, emulator }) => {
  const address = await api.create("e2e-tagged");
  const channelArn = await api.arn("e2e-tagged");
  const key = async () => (await api.call<StreamKeys>("ListStreamKeys", { channelArn })).streamKeys[0]!;
  const tagged = async () => Object.fromEntries(Object.entries((await key()).tags).filter(([name]) => name !== "tally:op"));
  const tags = { team: "sports", "cost-centre": "4 220" };
  await api.call("TagResource", { resourceArn: (await key()).arn, tags });
  await page.goto(address);
  await ingest(page).getByRole("button", { name: "Reset stream key…" }).click();
  await expect(dialog(page)).toContainText("The new one gets the same tags");
  await dialog(page).getByText("as aws ivs").click();
  await expect(dialog(page).locator("pre")).toContainText(`--tags '{"cost-centre":"4 220","team":"sports"}'`);
  await dialog(page).getByRole("button", { name: "Reset stream key" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Stream key of e2e-tagged reset" })).toBeVisible();
  expect(await tagged()).toEqual(tags);

  await emulator.fault("CreateStreamKey", "accessDenied", {}, 1);
  await reset(page);
  await ingest(page).getByRole("button", { name: "Finish the reset" }).click();
  await expect(ingest(page).getByRole("button", { name: "Reveal Stream key" })).toBeVisible();
  expect(await tagged()).toEqual(tags);
});

test("a reset that stops half-way says so, wherever one comes from, and is finished", async ({ page, api, emulator }) => {
  await emulator.fault("CreateStreamKey", "accessDenied", {}, null);
  const address = await api.create("e2e-half");
  await page.goto(address);
  await reset(page);
  await expect(half(page)).toContainText("no encoder can send to this channel");
  await expect(half(page)).toContainText("lack the IAM action ivs:CreateStreamKey");
  // Said in its place, and not a second time.
  await expect(page.getByText("lack the IAM action ivs:CreateStreamKey")).toHaveCount(1);
  await page.goto(at("channels"));
  await page.goto(address);
  await expect(half(page)).toBeVisible();
  await expect(ingest(page).getByRole("button", { name: "Create stream key" })).toHaveCount(0);
  // The job is looked at again and again; what it left stays the same.
  const finish = ingest(page).getByRole("button", { name: "Finish the reset" });
  await finish.focus();
  for (let look = 0; look < 2; look += 1) await page.waitForResponse((answer) => answer.url().endsWith("/api/jobs/get"));
  await expect(finish).toBeFocused();
  await emulator.heal();
  await ingest(page).getByRole("button", { name: "Finish the reset" }).click();
  await expect(half(page)).toHaveCount(0);
  await reveal(page);
  expect([await emulator.commits("DeleteStreamKey"), await emulator.commits("CreateStreamKey")]).toEqual([1, 1]);
});

test("what passes by itself is waited for, and a page that is loaded again shows how far it is", async ({ page, api, emulator }) => {
  await emulator.fault("CreateStreamKey", "expiredToken");
  await page.goto(await api.create("e2e-tried-again"));
  await reset(page);
  const progress = ingest(page).getByRole("status").filter({ hasText: "Creating the new one" });
  await expect(progress).toContainText("It is tried again");
  await page.reload();
  await expect(progress).toBeVisible();
  await expect(ingest(page).getByRole("button", { name: "Reveal Stream key" })).toBeVisible();
  expect([await emulator.commits("DeleteStreamKey"), await emulator.commits("CreateStreamKey")]).toEqual([1, 1]);
});

test("a reset whose first half is refused changes nothing and says why", async ({ page, api, emulator }) => {
  await emulator.fault("DeleteStreamKey", "accessDenied", {}, null);
  await page.goto(await api.create("e2e-refused"));
  await reset(page);
  await expect(page.getByRole("status").filter({ hasText: "This console's AWS credentials may not do this" })).toContainText("Refused");
  await reveal(page);
  expect([await emulator.commits("DeleteStreamKey"), await emulator.commits("CreateStreamKey")]).toEqual([0, 0]);
});

test("a reset that goes on trying is cancelled, and finished later", async ({ page, api, emulator }) => {
  await emulator.fault("CreateStreamKey", "expiredToken", {}, null);
  await page.goto(await api.create("e2e-cancelled"));
  await reset(page);
  await expect(ingest(page).getByRole("status").filter({ hasText: "Creating the new one" })).toBeVisible();
  await page.getByRole("button", { name: /jobs?$/ }).click();
  await page.getByRole("button", { name: /^Cancel: Reset the stream key of / }).click();
  await expect(half(page)).toContainText("token");
  await emulator.heal();
  await ingest(page).getByRole("button", { name: "Finish the reset" }).click();
  await reveal(page);
  expect([await emulator.commits("DeleteStreamKey"), await emulator.commits("CreateStreamKey")]).toEqual([1, 1]);
});

test("what somebody else mended is not called half done", async ({ page, api, emulator }) => {
  await emulator.fault("CreateStreamKey", "accessDenied", {}, 1);
  const address = await api.create("e2e-mended");
  await page.goto(address);
  await reset(page);
  await expect(half(page)).toBeVisible();
  await api.call("CreateStreamKey", { channelArn: await api.arn("e2e-mended") });
  await page.goto(at("channels"));
  await page.goto(address);
  await expect(ingest(page).getByRole("button", { name: "Reveal Stream key" })).toBeVisible();
  await expect(half(page)).toHaveCount(0);
});

test("live, it says that the stream goes on with the old key, and offers to end it first", async ({ page, api, emulator }) => {
  const address = await api.resolve(at(`channels/{${LIVE}}`));
  await page.goto(address);
  await ingest(page).getByRole("button", { name: "Reset stream key…" }).click();
  await expect(dialog(page)).toContainText("It is live now. The running stream goes on with the old key until it ends");
  await dialog(page).getByRole("button", { name: "Stop stream…" }).click();
  const stop = page.getByRole("dialog", { name: `Stop the stream of ${LIVE}?` });
  await stop.getByRole("textbox").fill(LIVE);
  await stop.getByRole("button", { name: "Stop stream" }).click();
  await expect(dialog(page)).toContainText("It is offline now");
  await dialog(page).getByRole("button", { name: "Reset stream key" }).click();
  await expect(page.getByRole("status").filter({ hasText: `Stream key of ${LIVE} reset` })).toBeVisible();
  const commits = ["StopStream", "DeleteStreamKey", "CreateStreamKey"].map((operation) => emulator.commits(operation));
  expect(await Promise.all(commits)).toEqual([1, 1, 1]);
});

test("a key that somebody else has reset meanwhile is not deleted", async ({ page, api, boto3, emulator }) => {
  await page.goto(await api.create("e2e-two-resets"));
  const channelArn = await api.arn("e2e-two-resets");
  const key = async () => (await api.call<StreamKeys>("ListStreamKeys", { channelArn })).streamKeys[0]!.arn;
  await ingest(page).getByRole("button", { name: "Reset stream key…" }).click();
  await expect(dialog(page)).toBeVisible();
  await boto3.call("delete_stream_key", { arn: await key() });
  const { streamKey } = await boto3.call<{ streamKey: { arn: string } }>("create_stream_key", { channelArn });
  await dialog(page).getByRole("button", { name: "Reset stream key" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Somebody else has reset it meanwhile" })).toContainText("Nothing was changed");
  await api.forget();
  expect(await key()).toBe(streamKey.arn);
  expect([await emulator.commits("DeleteStreamKey"), await emulator.commits("CreateStreamKey")]).toEqual([1, 1]);
});

for (const when of ["before", "after"] as const) {
  test(`the backend is killed between the old key and the new one, ${when} IVS has made it: it ends with one key`, async ({ page }) => {
    const served = await Served.start();
    try {
      await page.goto(served.launch);
      await page.getByRole("link", { name: OFFLINE, exact: true }).click();
      const address = page.url();
      await expect(ingest(page).getByRole("button", { name: "Reset stream key…" })).toBeVisible();
      await served.emulator.fault("CreateStreamKey", "stall", { when });
      await reset(page);
      await expect.poll(() => served.emulator.commits("DeleteStreamKey")).toBe(1);
      await expect(ingest(page).getByRole("status").filter({ hasText: "The old stream key is deleted" })).toBeVisible();
      if (when === "after") await expect.poll(() => served.emulator.commits("CreateStreamKey")).toBe(1);
      await page.goto("about:blank");
      await served.kill();

      await served.begin();
      await page.goto(served.launch);
      await page.goto(new URL(new URL(address).pathname, served.launch).href);
      await expect(ingest(page).getByRole("button", { name: "Reveal Stream key" })).toBeVisible({ timeout: 30_000 });
      await expect(half(page)).toHaveCount(0);
      expect([await served.emulator.commits("DeleteStreamKey"), await served.emulator.commits("CreateStreamKey")]).toEqual([1, 1]);
    } finally {
      await served.stop();
    }
  });
}

test("a viewer cannot reset, and is told who can", async ({ page, api, emulator, rights: _ }) => {
  await api.actAs("viewer", ["secret-reader"]);
  await page.goto(await api.resolve(at(`channels/{${OFFLINE}}`)));
  const button = ingest(page).getByRole("button", { name: "Reset stream key…" });
  await expect(button).toHaveAccessibleDescription(/Needs the operator role/);
  await button.click(ALL_THE_SAME);
  await expect(dialog(page)).toHaveCount(0);
  expect(await emulator.commits("DeleteStreamKey")).toBe(0);
});

test("an operator without secret-reader resets a key and does not see it", async ({ page, api, rights: _ }) => {
  const address = await api.create("e2e-unseen");
  await api.actAs("operator", []);
  await page.goto(address);
  await reset(page);
  await expect(page.getByRole("status").filter({ hasText: "Stream key of e2e-unseen reset" })).toBeVisible();
  await expect(ingest(page).getByRole("button", { name: "Reveal Stream key" })).toHaveAccessibleDescription(/Needs the secret-reader grant/);
  expect(await page.content()).not.toMatch(/sk_eu-west-1_/);
});
