import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { ALL_THE_SAME } from "../fixtures/channels.ts";
import { axe, fitsAPhone, goLive } from "../fixtures/live.ts";
import { at, LIVE } from "../fixtures/place.ts";
import { Served } from "../fixtures/served.ts";

// Taking a channel off air and keeping it off: the key goes first, then the stream, and that it stays down is watched.

type StreamKeys = { streamKeys: { arn: string }[] };

const card = (page: Page) => page.getByRole("region", { name: "Stream", exact: true });
const dialog = (page: Page) => page.getByRole("dialog", { name: /^Take .+ off air, and keep it off\?$/ });
const item = (page: Page, operation: string) => page.getByRole("table", { name: "Items" }).getByRole("row").filter({ hasText: operation });

async function ask(page: Page, name: string): Promise<void> {
  await card(page).getByRole("button", { name: "Take off air and keep off…" }).click();
  await dialog(page).getByRole("textbox", { name: "Type" }).fill(name);
}

const begin = (page: Page) => dialog(page).getByRole("button", { name: "Take off air" }).click();

test("the key goes, the stream ends, and it stays down: each step is said", async ({ page, api, emulator }) => {
  const { arn: channelArn, address } = await goLive(api, emulator, "e2e-off-air");
  await page.goto(address);
  await card(page).getByRole("button", { name: "Take off air and keep off…" }).click();
  await expect(dialog(page)).toContainText("every encoder that has it is refused from then on");
  await expect(dialog(page)).toContainText("They lose the picture at once");
  await dialog(page).getByText("as aws ivs").click();
  await expect(dialog(page).locator("pre")).toHaveText(/aws ivs delete-stream-key[^]*aws ivs stop-stream/);
  await dialog(page).getByRole("button", { name: "Leave it" }).click();
  expect(await emulator.commits("DeleteStreamKey")).toBe(0);
  await ask(page, "e2e-off-air");
  await begin(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Take e2e-off-air off air");
  await expect(item(page, "GetStream")).toContainText("Being watched");
  await expect(page.getByText("3 done")).toBeVisible({ timeout: 45_000 });
  for (const operation of ["DeleteStreamKey", "StopStream", "GetStream"]) await expect(item(page, operation)).toContainText("Done");
  expect((await api.call<StreamKeys>("ListStreamKeys", { channelArn })).streamKeys).toEqual([]);
  expect([await emulator.commits("DeleteStreamKey"), await emulator.commits("StopStream")]).toEqual([1, 1]);
  // Its steps stand in their order, each with what AWS's support asks for; and its name is known to whoever comes later.
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Take e2e-off-air off air");
  const rows = page.getByRole("table", { name: "Items" }).getByRole("row");
  await expect(rows.nth(1)).toContainText("Delete the stream key");
  await expect(rows.nth(3)).toContainText("Watch that it stays down");
  await rows.nth(2).getByRole("button", { name: /^Done: what became of/ }).click();
  const step = page.getByRole("dialog", { name: /^StopStream/ });
  await expect(step.getByRole("term").filter({ hasText: "AWS request" })).toBeVisible();
  await axe(page);
  await step.getByRole("button", { name: "Close" }).click();
  await expect(step).toHaveCount(0);
});

test("a stream key that cannot be looked up holds nobody up", async ({ page, api, emulator, watch }) => {
  watch.provokes(403);
  const { address } = await goLive(api, emulator, "e2e-off-air-unread");
  await emulator.fault("ListStreamKeys", "accessDenied");
  await page.goto(address);
  await ask(page, "e2e-off-air-unread");
  await expect(dialog(page)).toContainText("whichever it has by then");
  await expect(dialog(page).getByRole("alert")).toContainText("AccessDenied");
  await begin(page);
  await expect(page.getByText("3 done")).toBeVisible({ timeout: 45_000 });
  expect([await emulator.commits("DeleteStreamKey"), await emulator.commits("StopStream")]).toEqual([1, 1]);
});

test("with a new key and viewers revoked, on a private channel", async ({ page, api, emulator }) => {
  const { arn: channelArn, address } = await goLive(api, emulator, "e2e-off-air-private", { authorized: true });
  await page.goto(address);
  await ask(page, "e2e-off-air-private");
  await dialog(page).getByRole("checkbox", { name: "Create a new stream key once it has stayed down" }).check();
  await dialog(page).getByText("Revoke viewers, too").click();
  const viewers = dialog(page).getByRole("textbox", { name: "Viewers" });
  await viewers.fill("ann\nbob,x");
  await dialog(page).getByRole("button", { name: "Take off air" }).click(ALL_THE_SAME);
  await expect(dialog(page)).toContainText("Line 2: the version must be a whole number");
  await viewers.fill("ann\nbob,3");
  await begin(page);
  await expect(page.getByText("5 done")).toBeVisible({ timeout: 45_000 });
  expect((await api.call<StreamKeys>("ListStreamKeys", { channelArn })).streamKeys).toHaveLength(1);
  expect([await emulator.commits("CreateStreamKey"), await emulator.commits("BatchStartViewerSessionRevocation")]).toEqual([1, 1]);
  await expect(page.getByRole("region", { name: "Result file" })).toBeVisible();
});

test("an encoder that comes back is said, and what was refused can be tried again", async ({ page, api, emulator }) => {
  const { arn, address } = await goLive(api, emulator, "e2e-comes-back");
  await emulator.fault("DeleteStreamKey", "accessDenied");
  await page.goto(address);
  await ask(page, "e2e-comes-back");
  await begin(page);
  await expect(item(page, "StopStream")).toContainText("Done");
  await emulator.advance(10);
  await emulator.scenario(arn, "goLive", { encoder: "obs" });
  await expect(item(page, "GetStream")).toContainText("Refused", { timeout: 30_000 });
  await expect(item(page, "GetStream")).toContainText("It is live again");
  await expect(item(page, "DeleteStreamKey")).toContainText("AccessDeniedException");
  await page.getByRole("button", { name: "Retry 2 refused" }).click();
  await expect(item(page, "DeleteStreamKey")).toContainText("Done");
  // What came back is stopped too, and watched, before anybody says that the channel is off air.
  await expect(page.getByText("3 done")).toBeVisible({ timeout: 45_000 });
  expect(await emulator.commits("StopStream")).toBe(2);
});

test("it is asked for from the lists, by who may delete a stream key", async ({ page, api, rights: _ }) => {
  await page.goto(at("streams"));
  await page.getByRole("button", { name: `Actions for ${LIVE}` }).click();
  await page.getByRole("group", { name: /^Actions for/ }).getByText("Take off air…").click();
  await expect(dialog(page)).toContainText("It is live now");
  await api.actAs("viewer", []);
  await page.goto(await api.resolve(at(`channels/{${LIVE}}`)));
  const button = card(page).getByRole("button", { name: "Take off air and keep off…" });
  await expect(button).toHaveAccessibleDescription(/Needs the operator role/);
  await button.click(ALL_THE_SAME);
  await expect(dialog(page)).toHaveCount(0);
});

test("a console that dies in between goes on where it was", async ({ page }) => {
  const served = await Served.start();
  try {
    await page.goto(served.launch);
    await page.goto(`${new URL(page.url()).origin}${at("channels")}?q=arena-main`);
    await page.getByRole("table", { name: "Channels" }).getByRole("link", { name: LIVE }).click();
    await ask(page, LIVE);
    await begin(page);
    await expect(item(page, "GetStream")).toContainText("Being watched");
    const path = new URL(page.url()).pathname;
    await page.goto("about:blank");
    await served.kill();
    await served.begin();
    await page.goto(served.launch);
    await page.goto(`${new URL(page.url()).origin}${path}`);
    await expect(page.getByText("3 done")).toBeVisible({ timeout: 45_000 });
    expect(await served.emulator.commits("StopStream")).toBe(1);
  } finally {
    await served.stop();
  }
});

test("it is fit for everybody and for a phone", async ({ page, api, emulator }) => {
  const { address } = await goLive(api, emulator, "e2e-off-air-fit", { authorized: true });
  await page.goto(address);
  await ask(page, "e2e-off-air-fit");
  await dialog(page).getByText("Revoke viewers, too").click();
  await axe(page);
  await fitsAPhone(page);
});
