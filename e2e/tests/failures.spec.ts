import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { ALL_THE_SAME, openForm } from "../fixtures/channels.ts";
import { at, LIVE, OFFLINE } from "../fixtures/place.ts";

const alert = (page: Page) => page.getByRole("main").getByRole("alert");

for (const [kind, details, status, said, code] of [
  ["accessDenied", {}, 403, "This console's AWS credentials may not do this", "AccessDeniedException"],
  ["expiredToken", {}, 403, "The console's AWS credentials have expired", "ExpiredTokenException"],
  ["status", { status: 500, when: "before" }, 500, "IVS failed", "InternalServerException"],
] as const) {
  test(`a list that fails with ${kind} says what it means, and is there again after another try`, async ({ page, emulator, api, watch }) => {
    await emulator.fault("ListChannels", kind, details, null);
    await api.lists(status);
    watch.provokes(status);
    await page.goto(at("channels"));
    await expect(alert(page)).toContainText(said);
    await expect(alert(page)).toContainText(code);
    await emulator.heal();
    await api.lists(200);
    await alert(page).getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("link", { name: OFFLINE, exact: true })).toBeVisible();
    await expect(alert(page)).toHaveCount(0);
  });
}

test("a form that IVS refuses says why and keeps what was typed", async ({ page, emulator, watch }) => {
  watch.provokes(403);
  await openForm(page);
  await emulator.fault("CreateChannel", "accessDenied");
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill("e2e-denied");
  await page.getByRole("button", { name: "Create channel" }).click();
  await expect(alert(page)).toContainText("This console's AWS credentials may not do this");
  await expect(alert(page)).toContainText("about what the console itself may do in AWS");
  await expect(name).toHaveValue("e2e-denied");
  expect(await emulator.commits("CreateChannel")).toBe(0);
  await page.getByRole("button", { name: "Create channel" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "e2e-denied" })).toBeVisible();
});

test("an answer that is lost after the channel was made is found out: one channel, no message of failure", async ({ page, emulator }) => {
  await openForm(page);
  await emulator.fault("CreateChannel", "reset", { when: "after" });
  await page.getByRole("textbox", { name: "Name" }).fill("e2e-lost");
  await page.getByRole("button", { name: "Create channel" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "e2e-lost" })).toBeVisible();
  expect(await emulator.commits("CreateChannel")).toBe(1);
});

test("a call whose end nobody knows is said to be unknown, and is not sent again by another click", async ({ page, emulator, watch }) => {
  watch.provokes(504);
  await openForm(page);
  await emulator.fault("CreateChannel", "reset", { when: "before" });
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill("e2e-unknown");
  const button = page.getByRole("button", { name: "Create channel" });
  await button.click();
  await expect(alert(page)).toContainText("It is not known whether it was done");
  await expect(name).toHaveValue("e2e-unknown");
  // It is looked up, and that can be seen; nobody has to stay for it.
  await expect(page.getByRole("timer")).toContainText(/Looked up for \d:\d\d/);
  await expect(button).toHaveAccessibleDescription("It is being looked up whether it was done.");
  await button.click(ALL_THE_SAME);
  await expect(page.getByRole("timer")).toBeVisible();
  await page.getByRole("button", { name: "Leave the form" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Channels");
  expect(await emulator.commits("CreateChannel")).toBe(0);
});

test("what is found out about a lost change is shown to who waits for it", async ({ page, emulator, watch }) => {
  watch.provokes(504);
  const listed = page.waitForResponse("**/ListChannels");
  await openForm(page);
  // The page's own look is not what is to fail.
  await listed;
  await emulator.fault("CreateChannel", "status", { status: 500, when: "after" });
  // Nothing tells yet that it was made.
  await emulator.fault("ListChannels", "accessDenied", {}, null);
  await page.getByRole("textbox", { name: "Name" }).fill("e2e-found-out");
  await page.getByRole("button", { name: "Create channel" }).click();
  await expect(alert(page)).toContainText("InternalServerException");
  await expect(alert(page)).toContainText("It is not known whether it was done");
  await emulator.heal();
  await expect(page.getByRole("heading", { level: 1, name: "e2e-found-out" })).toBeVisible({ timeout: 25_000 });
  expect(await emulator.commits("CreateChannel")).toBe(1);
});

test("what cannot be looked up is not called offline", async ({ page, api, emulator, watch }) => {
  watch.provokes(403);
  await emulator.fault("ListStreams", "accessDenied", {}, null);
  await page.goto(await api.resolve(at(`channels/{${LIVE}}`)));
  await expect(alert(page)).toContainText("may not do this");
  await expect(page.getByRole("paragraph").filter({ hasText: "Whether it is live is not known yet." })).toBeVisible();
  await page.getByRole("button", { name: "Delete channel…" }).click();
  await expect(page.getByRole("dialog")).toContainText("Whether it is live is not known now");
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.goto(at("channels"));
  await expect(page.getByRole("row", { name: LIVE }).getByRole("img", { name: "Not known" })).toBeVisible();
  await expect(page.getByText("Offline", { exact: true })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Live", exact: true })).toBeVisible();
  await expect(page.getByText("not all up to date")).toBeVisible();
  await emulator.heal();
  await expect(page.getByRole("row", { name: LIVE })).toContainText("LIVE");
});

test("a delete that IVS refuses is a message that stays, and the channel stays", async ({ page, api, emulator, watch }) => {
  watch.provokes(409);
  const address = await api.create("e2e-conflict");
  const arn = await api.arn("e2e-conflict");
  await page.goto(address);
  await page.getByRole("button", { name: "Delete channel…" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("e2e-conflict");
  // It becomes live between the question and the answer.
  await emulator.scenario(arn, "goLive", { encoder: "obs" });
  await emulator.advance(10);
  await page.getByRole("dialog").getByRole("button", { name: "Delete channel" }).click();
  const said = page.getByRole("status").filter({ hasText: "ConflictException" });
  await expect(said).toContainText("Refused");
  await expect(said).toContainText(/DeleteChannel · \d+ ms · request \S+/);
  await expect(page.getByRole("heading", { level: 1, name: "e2e-conflict" })).toBeVisible();
});

test("a key that cannot be read says so, and stays closed", async ({ page, api, emulator, watch }) => {
  watch.provokes(403);
  await page.goto(await api.resolve(at(`channels/{${OFFLINE}}`)));
  await emulator.fault("GetStreamKey", "accessDenied");
  await page.getByRole("button", { name: "Reveal Stream key" }).click();
  await expect(page.getByRole("status").filter({ hasText: "may not do this" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Reveal Stream key" })).toBeVisible();
});

test("while the console does not answer, the last that was known stays and it is said", async ({ page, watch, context }) => {
  await page.goto(at("channels"));
  await expect(page.getByRole("link", { name: OFFLINE, exact: true })).toBeVisible();
  watch.provokes("ERR_INTERNET_DISCONNECTED");
  await context.setOffline(true);
  await expect(page.getByText("This computer is offline")).toBeVisible();
  await expect(alert(page)).toContainText("The console does not answer");
  await expect(page.getByRole("link", { name: OFFLINE, exact: true })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("This computer is offline")).toBeHidden();
  await expect(alert(page)).toHaveCount(0);
});
