import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { Console } from "../fixtures/console.ts";
import { card, fact, found, make, name, openOne, problem, sent, short, submit, title } from "../fixtures/kind.ts";
import { at } from "../fixtures/place.ts";
import { bucket, interval, openNamed, preview, reconnect, RECORDING, rendition } from "../fixtures/recording.ts";
import { Served } from "../fixtures/served.ts";

// A recording configuration is never changed: a copy takes its place, by plans that wait for what is live and outlive the console.

type Attached = { channel: { recordingConfigurationArn: string } };

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
