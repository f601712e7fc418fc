import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { addTag, choose, chooseFirst, openForm } from "../fixtures/channels.ts";
import { at, OTHER_REGION } from "../fixtures/place.ts";

/** What was sent, as on IVS's wire. */
async function sent(page: Page): Promise<Record<string, unknown>> {
  const request = page.waitForRequest("**/CreateChannel");
  await page.getByRole("button", { name: "Create channel" }).click();
  return ((await request).postDataJSON() as { request: Record<string, unknown> }).request;
}

const name = (page: Page) => page.getByRole("textbox", { name: "Name" });
const made = (page: Page) => page.getByRole("region", { name: "Configuration" });

// Two channels have every member of CreateChannel: ads and multitrack input exclude each other.
test("a channel for ads, with all that goes with them", async ({ page }) => {
  // The demo's ad configuration is there.
  await page.goto(at("channels/new", OTHER_REGION));
  await name(page).fill("e2e-ads");
  await choose(page, "Type", /^Advanced HD/);
  await choose(page, "Preset", /^Constrained bandwidth/);
  await choose(page, "Latency", /^Normal/);
  const policy = await chooseFirst(page, "Playback restriction policy");
  const recording = await chooseFirst(page, "Recording");
  await addTag(page, "team", "sports");
  await addTag(page, "event", "");
  await page.getByText("More settings").click();
  const ads = await chooseFirst(page, "Ad configuration");
  await page.getByRole("switch", { name: "Allow insecure ingest" }).check();
  expect(await sent(page)).toEqual({
    name: "e2e-ads",
    type: "ADVANCED_HD",
    preset: "CONSTRAINED_BANDWIDTH_DELIVERY",
    latencyMode: "NORMAL",
    playbackRestrictionPolicyArn: policy,
    recordingConfigurationArn: recording,
    adConfigurationArn: ads,
    insecureIngest: true,
    tags: { team: "sports", event: "" },
  });
  await expect(page.getByRole("heading", { level: 1, name: "e2e-ads" })).toBeVisible();
  for (const shown of ["ADVANCED_HD · constrained bandwidth", "Normal", "Allowed"]) await expect(made(page)).toContainText(shown);
  for (const arn of [policy, recording, ads]) await expect(made(page).getByTitle(arn)).toBeVisible();
  await expect(page.getByRole("region", { name: "Tags" }).locator(".tag")).toHaveText(["event", "teamsports"]);
});

test("a private channel with multitrack input and a slate", async ({ page }) => {
  await openForm(page);
  await name(page).fill("e2e-multitrack");
  await choose(page, "Playback", /^Private/);
  await expect(page.getByLabel("Playback restriction policy")).toBeDisabled();
  await page.getByText("More settings").click();
  await expect(page.getByRole("switch", { name: "Multitrack input" })).toBeDisabled();
  await choose(page, "Container format", /^Fragmented MP4/);
  await expect(page.getByLabel("Ad configuration")).toBeDisabled();
  const slate = await chooseFirst(page, "Failover slate");
  await page.getByRole("switch", { name: "Multitrack input" }).check();
  await page.getByLabel("Multitrack policy").selectOption("REQUIRE");
  await page.getByLabel("Largest rendition").selectOption("HD");
  expect(await sent(page)).toEqual({
    name: "e2e-multitrack",
    type: "STANDARD",
    latencyMode: "LOW",
    authorized: true,
    containerFormat: "FRAGMENTED_MP4",
    failoverSlateConfigurationArn: slate,
    multitrackInputConfiguration: { enabled: true, policy: "REQUIRE", maximumResolution: "HD" },
  });
  await expect(page.getByRole("heading", { level: 1, name: "e2e-multitrack" })).toBeVisible();
  const receipt = page.getByRole("status").filter({ hasText: "e2e-multitrack created" });
  await receipt.getByText("as aws ivs").click();
  await expect(receipt).toContainText("# Today's AWS CLI does not know failoverSlateConfigurationArn");
  for (const shown of ["Private: viewers need a signed token", "FRAGMENTED_MP4", "REQUIRE · up to HD"]) {
    await expect(made(page)).toContainText(shown);
  }
  await expect(made(page).getByTitle(slate)).toBeVisible();
});

test("a channel with nothing filled in, once however often one clicks", async ({ page, emulator }) => {
  await openForm(page);
  const button = page.getByRole("button", { name: "Create channel" });
  await button.dblclick();
  await expect(page.getByRole("region", { name: "To the first frame" })).toBeVisible();
  expect(await emulator.commits("CreateChannel")).toBe(1);
  await page.goto(at("channels"));
  await expect(page.getByText("39 in eu-west-1")).toBeVisible();
});

test("the command beside the form is the same call", async ({ page }) => {
  await openForm(page);
  await name(page).fill("e2e-code");
  await choose(page, "Latency", /^Normal/);
  const code = page.getByRole("region", { name: "Same thing, as code" });
  for (const part of ["aws ivs create-channel", "--region eu-west-1", "--endpoint-url http://127.0.0.1:", "--name e2e-code", "--latency-mode NORMAL"]) {
    await expect(code).toContainText(part);
  }
});

test("a form with something typed asks before it is left, whichever way", async ({ page }) => {
  await page.goto("/about");
  await page.getByRole("link", { name: "Channels" }).click();
  await page.getByRole("link", { name: "Create channel" }).click();
  await name(page).fill("e2e-unsaved");
  const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
  const ways: (() => Promise<unknown>)[] = [
    () => page.getByRole("link", { name: "About" }).click(),
    () => page.getByRole("button", { name: "Cancel" }).click(),
    () => page.goBack(),
  ];
  for (const leave of ways) {
    await leave();
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(page).toHaveURL(at("channels/new"));
    await expect(name(page)).toHaveValue("e2e-unsaved");
  }
  await page.goBack();
  await dialog.getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Channels" })).toBeVisible();
});
