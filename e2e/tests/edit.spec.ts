import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { choose, chooseFirst } from "../fixtures/channels.ts";
import { at, LIVE } from "../fixtures/place.ts";

// Changing a channel: only what is changed is sent, and what somebody else has changed meanwhile is never overwritten unseen.

const name = (page: Page) => page.getByRole("textbox", { name: "Name" });
const save = (page: Page) => page.getByRole("button", { name: "Save channel" });
const changes = (page: Page) => page.getByRole("region", { name: "Changes" });
const code = (page: Page) => page.getByRole("region", { name: "Same thing, as code" });
const made = (page: Page) => page.getByRole("region", { name: "Configuration" });
const conflict = (page: Page, setting: string) => page.getByRole("group", { name: `${setting}, changed by somebody else too` });

/** Opens the form of a new channel, the way a person does. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await made(page).getByRole("link", { name: "Edit" }).click();
  await expect(save(page)).toBeVisible();
}

/** Saves; answers what was sent. */
async function sent(page: Page): Promise<{ request: Record<string, unknown>; seen: Record<string, unknown> }> {
  const request = page.waitForRequest("**/UpdateChannel");
  await save(page).click();
  return (await request).postDataJSON() as { request: Record<string, unknown>; seen: Record<string, unknown> };
}

test("only what is changed is sent, after it was shown", async ({ page, api, emulator }) => {
  await open(page, await api.create("e2e-edit"));
  const arn = await api.arn("e2e-edit");
  await expect(changes(page)).toContainText("Nothing is changed yet");
  await name(page).fill("e2e-edited");
  await choose(page, "Latency", /^Normal/);
  await expect(changes(page).getByRole("row")).toHaveText([/^Setting/, "Namee2e-edite2e-edited", "LatencyLowNormal"]);
  await expect(code(page)).toContainText(/update-channel[^]*--name e2e-edited[^]*--latency-mode NORMAL/);
  await choose(page, "Latency", /^Low/);
  await expect(changes(page).getByRole("row")).toHaveCount(2);
  await choose(page, "Type", /^Advanced SD/);
  const { request, seen } = await sent(page);
  expect(request).toEqual({ arn, name: "e2e-edited", type: "ADVANCED_SD", preset: "HIGHER_BANDWIDTH_DELIVERY" });
  expect(seen).toEqual({ arn, name: "e2e-edit", type: "STANDARD", preset: "" });
  await expect(page.getByRole("status").filter({ hasText: "Channel e2e-edit saved" })).toContainText("UpdateChannel");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("e2e-edited");
  await expect(made(page)).toContainText("ADVANCED_SD · higher bandwidth");
  expect(await emulator.commits("UpdateChannel")).toBe(1);
  await page.getByRole("link", { name: "Channels" }).first().click();
  await expect(page.getByRole("link", { name: "e2e-edited" })).toBeVisible();
});

test("every setting goes there and back, and what is connected is let go", async ({ page, api }) => {
  const address = await api.create("e2e-every");
  await open(page, address);
  const policy = await chooseFirst(page, "Playback restriction policy");
  const recording = await chooseFirst(page, "Recording");
  await page.getByText("More settings").click();
  await choose(page, "Container format", /^Fragmented MP4/);
  await page.getByRole("switch", { name: "Multitrack input" }).check();
  await page.getByLabel("Multitrack policy").selectOption("REQUIRE");
  const slate = await chooseFirst(page, "Failover slate");
  await page.getByRole("switch", { name: "Allow insecure ingest" }).check();
  expect((await sent(page)).request).toMatchObject({
    playbackRestrictionPolicyArn: policy,
    recordingConfigurationArn: recording,
    containerFormat: "FRAGMENTED_MP4",
    multitrackInputConfiguration: { enabled: true, policy: "REQUIRE", maximumResolution: "FULL_HD" },
    failoverSlateConfigurationArn: slate,
    insecureIngest: true,
  });
  await expect(made(page)).toContainText("REQUIRE · up to FULL_HD");

  await made(page).getByRole("link", { name: "Edit" }).click();
  // What is rare and in use is not folded away.
  await expect(page.getByRole("switch", { name: "Multitrack input" })).toBeChecked();
  await expect(page.getByLabel("Recording", { exact: true })).toHaveValue(recording);
  await page.getByLabel("Recording", { exact: true }).selectOption("");
  await page.getByLabel("Failover slate", { exact: true }).selectOption("");
  await page.getByRole("switch", { name: "Multitrack input" }).uncheck();
  await expect(code(page)).toContainText("--recording-configuration-arn ''");
  const { request, seen } = await sent(page);
  expect(request).toEqual({
    arn: await api.arn("e2e-every"),
    recordingConfigurationArn: "",
    failoverSlateConfigurationArn: "",
    multitrackInputConfiguration: { enabled: false },
  });
  expect(seen).toMatchObject({ recordingConfigurationArn: recording, failoverSlateConfigurationArn: slate });
  await expect(made(page)).toContainText("Not recorded");
});

test("what only somebody else has changed is followed, and both changes hold", async ({ page, api, boto3 }) => {
  await open(page, await api.create("e2e-both"));
  const arn = await api.arn("e2e-both");
  await choose(page, "Latency", /^Normal/);
  await boto3.call("update_channel", { arn, type: "BASIC", insecureIngest: true });
  await save(page).click();
  await expect(page.getByRole("heading", { level: 1, name: "e2e-both", exact: true })).toBeVisible();
  for (const shown of ["BASIC", "Normal", "Allowed"]) await expect(made(page)).toContainText(shown);
});

test("what both have changed is decided by whoever saves last, with all three values before them", async ({ page, api, boto3, emulator, watch }) => {
  watch.provokes(412);
  await open(page, await api.create("e2e-three"));
  const arn = await api.arn("e2e-three");
  await name(page).fill("e2e-mine");
  await choose(page, "Type", /^Advanced HD/);
  await boto3.call("update_channel", { arn, name: "e2e-theirs", type: "BASIC", latencyMode: "NORMAL" });
  await save(page).click();
  await expect(conflict(page, "Name")).toContainText(/When you began\s*e2e-three\s*Now in IVS\s*e2e-theirs\s*You\s*e2e-mine/);
  await expect(conflict(page, "Type")).toContainText(/Standard[^]*Basic[^]*Advanced HD/);
  await expect(page.getByText("Somebody else changed Latency to Normal while you were editing")).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "It has changed since you looked" })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);

  // Undecided, nothing is sent.
  await save(page).click();
  await expect(name(page)).toBeFocused();
  await expect(name(page)).toHaveAccessibleDescription(/Somebody else changed this meanwhile/);
  expect(await emulator.commits("UpdateChannel")).toBe(1);

  await page.getByRole("button", { name: "Take theirs: Name" }).click();
  await expect(name(page)).toHaveValue("e2e-theirs");
  await expect(page.getByRole("button", { name: "Keep mine: Type" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(name(page)).toBeFocused();
  await expect(page.getByText("It has changed since you looked")).toHaveCount(0);
  const { request, seen } = await sent(page);
  expect(request).toEqual({ arn, type: "ADVANCED_HD", preset: "HIGHER_BANDWIDTH_DELIVERY" });
  expect(seen).toEqual({ arn, type: "BASIC", preset: "" });
  await expect(page.getByRole("heading", { level: 1, name: "e2e-theirs" })).toBeVisible();
  await expect(made(page)).toContainText("ADVANCED_HD");
});

test("while one types the page looks what has changed meanwhile", async ({ page, api, boto3 }) => {
  await page.clock.install();
  await open(page, await api.create("e2e-polled"));
  const arn = await api.arn("e2e-polled");
  await name(page).fill("e2e-mine");
  await boto3.call("update_channel", { arn, name: "e2e-theirs", type: "BASIC" });
  await api.reads(arn, { name: "e2e-theirs" });
  await page.clock.runFor(16_000);
  await expect(conflict(page, "Name")).toBeVisible();
  await expect(page.getByRole("radio", { name: /^Basic/ })).toBeChecked();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edit e2e-theirs");
  await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toContainText("Edit e2e-theirs");
  await name(page).fill("e2e-theirs");
  await expect(conflict(page, "Name")).toHaveCount(0);
  await expect(changes(page)).toContainText("Nothing is changed yet");
});

test("what one puts back is what one wants, whatever somebody else has made of it", async ({ page, api, boto3 }) => {
  await page.clock.install();
  await open(page, await api.create("e2e-back"));
  const arn = await api.arn("e2e-back");
  await choose(page, "Type", /^Advanced HD/);
  await boto3.call("update_channel", { arn, type: "BASIC" });
  await api.reads(arn, { type: "BASIC" });
  await page.clock.runFor(16_000);
  await choose(page, "Type", /^Standard/);
  await expect(conflict(page, "Type")).toContainText(/When you began\s*Standard\s*Now in IVS\s*Basic\s*You\s*Standard/);
  await page.getByRole("button", { name: "Keep mine: Type" }).click();
  expect((await sent(page)).request).toEqual({ arn, type: "STANDARD" });
  await expect(made(page)).toContainText("STANDARD");
});

test("what is typed while it is being saved is not thrown away", async ({ page, api }) => {
  await open(page, await api.create("e2e-slow"));
  let answered = () => {};
  const held = new Promise<void>((resolve) => (answered = resolve));
  await page.route("**/UpdateChannel", async (route) => {
    await held;
    await route.continue();
  });
  await name(page).fill("e2e-first");
  await save(page).click();
  await name(page).fill("e2e-second");
  answered();
  await expect(page.getByRole("status").filter({ hasText: "saved" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edit e2e-first");
  await expect(name(page)).toHaveValue("e2e-second");
  await save(page).click();
  await expect(page.getByRole("heading", { level: 1, name: "e2e-second", exact: true })).toBeVisible();
});

test("live, it says before one types that IVS refuses, and keeps what is typed until the stream has ended", async ({ page, api, emulator }) => {
  const arn = await api.arn(LIVE);
  await page.goto(await api.resolve(at(`channels/{${LIVE}}/edit`)));
  await expect(page.locator("form .note").first()).toContainText("The channel is live. IVS changes and deletes only channels that are offline.");
  await choose(page, "Latency", /^Normal/);
  await expect(save(page)).toHaveAttribute("aria-disabled", "true");
  await emulator.scenario(arn, "end");
  await expect(save(page)).not.toHaveAttribute("aria-disabled");
  expect((await sent(page)).request).toEqual({ arn, latencyMode: "NORMAL" });
  await expect(page.getByRole("heading", { level: 1, name: LIVE })).toBeVisible();
});

test("a channel that goes live while its form is open keeps the draft", async ({ page, api, emulator, watch }) => {
  watch.provokes(409);
  await open(page, await api.create("e2e-goes-live"));
  await name(page).fill("e2e-later");
  await emulator.scenario(await api.arn("e2e-goes-live"), "goLive", { encoder: "obs" });
  await emulator.advance(10);
  await save(page).click();
  await expect(page.locator("form .note").first()).toContainText("The channel is live");
  await expect(name(page)).toHaveValue("e2e-later");
  expect(await emulator.commits("UpdateChannel")).toBe(0);
});

test("a channel that is deleted while its form is open is said, and nothing is sent", async ({ page, api, emulator, watch }) => {
  watch.provokes(404);
  await page.clock.install();
  await open(page, await api.create("e2e-gone"));
  await name(page).fill("e2e-too-late");
  await api.delete("e2e-gone");
  await page.clock.runFor(16_000);
  await expect(page.locator("form .note").first()).toContainText("Somebody else deleted this channel");
  await expect(name(page)).toHaveValue("e2e-too-late");
  await expect(save(page)).toHaveAttribute("aria-disabled", "true");
  expect(await emulator.commits("UpdateChannel")).toBe(0);
});

test("what IVS refuses is said in the form, and nothing that was typed is lost", async ({ page, api, emulator, watch }) => {
  watch.provokes(403);
  await emulator.fault("UpdateChannel", "accessDenied");
  await open(page, await api.create("e2e-denied"));
  await name(page).fill("e2e-denied-later");
  await save(page).click();
  await expect(page.getByRole("alert")).toContainText("lack the IAM action ivs:UpdateChannel");
  await expect(name(page)).toHaveValue("e2e-denied-later");
  await save(page).click();
  await expect(page.getByRole("heading", { level: 1, name: "e2e-denied-later" })).toBeVisible();
});

test("a look that failed before a save makes nobody else of oneself", async ({ page, api, emulator, watch }) => {
  await page.clock.install();
  await open(page, await api.create("e2e-looked"));
  await name(page).fill("e2e-saved");
  watch.provokes(403);
  await emulator.fault("GetChannel", "accessDenied");
  // What was read less than a second ago would be answered again.
  await api.forget();
  await page.clock.runFor(16_000);
  await expect(page.getByRole("alert")).toContainText("lack the IAM action ivs:GetChannel");
  await save(page).click();
  await expect(page.getByRole("heading", { level: 1, name: "e2e-saved" })).toBeVisible();
});

test("what does not fit together is said at its field, and nothing is sent", async ({ page, api, emulator }) => {
  await open(page, await api.create("e2e-unfit"));
  await name(page).fill("with space");
  await save(page).click();
  await expect(name(page)).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: "1 field needs attention" })).toBeVisible();
  expect(await emulator.commits("UpdateChannel")).toBe(0);
});

test("leaving asks only where something would be lost", async ({ page, api }) => {
  const address = await api.create("e2e-left");
  await open(page, address);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page).toHaveURL(address);
  await made(page).getByRole("link", { name: "Edit" }).click();
  await name(page).fill("e2e-lost");
  await page.getByRole("button", { name: "Cancel" }).click();
  const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
  await dialog.getByRole("button", { name: "Stay" }).click();
  await expect(name(page)).toHaveValue("e2e-lost");
  await page.goBack();
  await dialog.getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL(address);
});

test("the form of a channel that is not there says so, and has nothing to save", async ({ page, watch }) => {
  watch.provokes(404);
  await page.goto(at("channels/abcdABCDefgh/edit"));
  await expect(page.getByRole("alert")).toContainText("It is not there");
  await expect(save(page)).toHaveCount(0);
});
