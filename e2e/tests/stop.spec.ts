import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { ALL_THE_SAME } from "../fixtures/channels.ts";
import { at, LIVE, REGION } from "../fixtures/place.ts";

// One click too many ends a show: the name is typed, and only the stream that was seen is stopped.

const stream = (page: Page) => page.getByRole("region", { name: "Stream", exact: true });
const begin = (page: Page) => stream(page).getByRole("button", { name: "Stop stream…" });
const dialog = (page: Page, name = LIVE) => page.getByRole("dialog", { name: `Stop the stream of ${name}?` });
const stop = (page: Page) => dialog(page).getByRole("button", { name: "Stop stream" });

test("an operator stops a live stream, after its name", async ({ page, api, emulator, rights: _ }) => {
  await api.actAs("operator", []);
  await page.goto(await api.resolve(at(`channels/{${LIVE}}`)));
  const id = await stream(page).locator("dd code").innerText();
  await begin(page).click();
  await expect(dialog(page)).toContainText(/It is live for \d+:[\d:]+, with [\d,]+ viewers\. They lose the picture at once/);
  await expect(dialog(page)).toContainText(`Only stream ${id} is stopped`);
  await expect(dialog(page)).toContainText("connects again by itself");
  await stop(page).click(ALL_THE_SAME);
  expect(await emulator.commits("StopStream")).toBe(0);
  await dialog(page).getByRole("textbox").fill(LIVE);
  const request = page.waitForRequest("**/StopStream");
  await stop(page).click();
  expect((await request).postDataJSON()).toMatchObject({ request: { channelArn: await api.arn(LIVE) }, expect: { streamId: id } });
  await expect(page.getByRole("status").filter({ hasText: `Stream of ${LIVE} stopped` })).toContainText("StopStream");
  await expect(stream(page)).toContainText("Offline");
  await expect(begin(page)).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 }), "the button that asked has gone with the stream").toBeFocused();
  expect(await emulator.commits("StopStream")).toBe(1);
});

test("a stream that has started since it was asked is not stopped", async ({ page, api, emulator }) => {
  const arn = await api.arn(LIVE);
  await page.goto(await api.resolve(at(`channels/{${LIVE}}`)));
  const id = await stream(page).locator("dd code").innerText();
  await begin(page).click();
  await emulator.scenario(arn, "end");
  await emulator.scenario(arn, "goLive", { encoder: "obs" });
  await emulator.advance(10);
  await dialog(page).getByRole("textbox").fill(LIVE);
  await expect(stop(page)).toHaveAccessibleDescription(/another has started since/);
  await expect(dialog(page).getByRole("alert").first()).toHaveText(new RegExp(`^Stream ${id} has ended, and another has started since`));
  await expect(dialog(page)).not.toContainText("is stopped, not one that started since");
  await stop(page).click(ALL_THE_SAME);
  // Enter says why, as the button does.
  await page.keyboard.press("Escape");
  await begin(page).click();
  await emulator.scenario(arn, "end");
  await emulator.advance(60);
  await expect(dialog(page).getByRole("alert").first()).toHaveText("The stream has ended already.");
  await dialog(page).getByRole("textbox").fill(LIVE);
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByRole("textbox")).toHaveAccessibleDescription(/The stream has ended already\./);
  expect(await emulator.commits("StopStream")).toBe(0);
});

test("from the question a way leads to what keeps the channel off air", async ({ page, api }) => {
  await page.goto(await api.resolve(at(`channels/{${LIVE}}`)));
  await begin(page).click();
  await dialog(page).getByRole("button", { name: "Take off air…" }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole("dialog", { name: `Take ${LIVE} off air, and keep it off?` }).getByRole("textbox", { name: "Type" })).toBeFocused();
});

for (const ask of ["stop", "off-air"]) {
  test(`what is typed goes into the question that an address asks: ${ask}`, async ({ page, api }) => {
    await page.goto(`${await api.resolve(at(`channels/{${LIVE}}`))}?ask=${ask}`);
    const field = page.getByRole("dialog").getByRole("textbox", { name: "Type" });
    await expect(field).toBeFocused();
    await page.keyboard.type("ar");
    await expect(field).toHaveValue("ar");
    // What asked is not there: the page has the focus.
    await page.keyboard.press("Escape");
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  });
}

test("a live channel is deleted: stopped, waited for, and then asked again", async ({ page, api, emulator }) => {
  const name = "e2e-on-air";
  const address = await api.create(name);
  await emulator.scenario(await api.arn(name), "goLive", { encoder: "obs" });
  await emulator.advance(10);
  await page.goto(address);
  await expect(begin(page)).toBeVisible();
  await page.getByRole("button", { name: "Delete channel…" }).click();
  const deletion = page.getByRole("dialog", { name: `Delete ${name} in ${REGION}?` });
  await expect(deletion).toContainText("Stop its stream first; then this question comes again");
  await deletion.getByRole("button", { name: "Stop stream…" }).click();
  await expect(deletion).toBeHidden();
  await dialog(page, name).getByRole("textbox").fill(name);
  await dialog(page, name).getByRole("button", { name: "Stop stream" }).click();
  await expect(deletion).toBeVisible();
  await expect(deletion).toContainText("It is offline now");
  await deletion.getByRole("textbox").fill(name);
  await deletion.getByRole("button", { name: "Delete channel" }).click();
  await expect(page).toHaveURL(at("channels"));
  expect([await emulator.commits("StopStream"), await emulator.commits("DeleteChannel")]).toEqual([1, 1]);
});

test("what IVS still shows as live after it was stopped is called so, and is not stopped twice", async ({ page, api, emulator }) => {
  await page.goto(await api.resolve(at(`channels/{${LIVE}}`)));
  await page.getByRole("button", { name: "Delete channel…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop stream…" }).click();
  // What is live is looked up later than it was stopped.
  let looked = () => {};
  const held = new Promise<void>((resolve) => (looked = resolve));
  await page.route("**/ListStreams", async (route) => {
    await held;
    await route.continue();
  });
  await dialog(page).getByRole("textbox").fill(LIVE);
  await stop(page).click();
  const deletion = page.getByRole("dialog", { name: `Delete ${LIVE} in ${REGION}?` });
  await expect(deletion.getByRole("status")).toContainText("IVS shows it as live for some seconds more");
  await expect(deletion.getByRole("button", { name: "Stop stream…" })).toHaveCount(0);
  looked();
  await expect(deletion).toContainText("It is offline now");
  expect(await emulator.commits("StopStream")).toBe(1);
});

test("a viewer cannot stop a stream, and is told who can", async ({ page, api, emulator, rights: _ }) => {
  await api.actAs("viewer", []);
  await page.goto(await api.resolve(at(`channels/{${LIVE}}`)));
  await expect(begin(page)).toHaveAccessibleDescription(/Needs the operator role/);
  await begin(page).click(ALL_THE_SAME);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await emulator.commits("StopStream")).toBe(0);
});
