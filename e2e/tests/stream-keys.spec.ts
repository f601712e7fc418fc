import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { pasted } from "../fixtures/channels.ts";
import { arn, at, LIVE, OFFLINE } from "../fixtures/place.ts";

// The stream keys of a region as a list, and the key of a channel deleted alone.

const table = (page: Page) => page.getByRole("table", { name: "Stream keys" });
const row = (page: Page, name: string) => table(page).getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
const menu = (page: Page, name: string) => page.getByRole("group", { name: `Actions for ${name}`, exact: true });
const copyArn = (page: Page, name: string) => row(page, name).getByRole("button", { name: `Copy the ARN of the stream key of ${name}` });

type Keys = { streamKeys: { arn: string }[] };

async function open(page: Page, query = ""): Promise<void> {
  await page.goto(at("stream-keys") + query);
  await expect(table(page).getByRole("link").first()).toBeVisible();
}

async function openMenu(page: Page, name: string): Promise<void> {
  await row(page, name).getByRole("button", { name: `Actions for ${name}` }).click();
  await expect(menu(page, name).getByRole("link", { name: "Open channel" })).toBeFocused();
}

test("each channel has its key, looked up a few at a time as its row comes on the screen", async ({ page, api }) => {
  const asked = new Set<string>();
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/ListStreamKeys", async (route) => {
    asked.add((route.request().postDataJSON() as { request: { channelArn: string } }).request.channelArn);
    await released;
    await route.continue();
  });
  await open(page, "?q=arena");
  await expect(table(page).getByRole("link")).toHaveCount(4);
  await expect.poll(() => asked.size).toBe(3);
  release();
  const { streamKeys } = await api.call<Keys>("ListStreamKeys", { channelArn: await api.arn(OFFLINE), maxResults: 50 });
  await expect(copyArn(page, OFFLINE)).toHaveText(streamKeys[0]!.arn.split("/")[1]!);
  for (const name of ["arena-interview", LIVE, "arena-pitch-side"]) await expect(copyArn(page, name)).toBeVisible();
  expect(asked.size, "only the rows that show").toBe(4);
});

test("a key is copied from the list without being shown, and that is in the journal", async ({ page }) => {
  await open(page, `?q=${OFFLINE}`);
  await expect(copyArn(page, OFFLINE)).toBeVisible();
  await openMenu(page, OFFLINE);
  await menu(page, OFFLINE).getByRole("button", { name: "Copy stream key without showing it" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Stream key copied without showing it" })).toBeVisible();
  expect(await page.locator("body").innerText()).not.toMatch(/sk_eu-west-1_\w+/);
  expect(await pasted(page)).toMatch(/^sk_eu-west-1_/);
});

test("who may not see secrets has the item off, with the reason", async ({ page, api, rights: _ }) => {
  await api.actAs("operator", []);
  await open(page, `?q=${OFFLINE}`);
  await expect(copyArn(page, OFFLINE)).toBeVisible();
  await openMenu(page, OFFLINE);
  const item = menu(page, OFFLINE).getByRole("button", { name: /^Copy stream key/ });
  await expect(item).toHaveAttribute("aria-disabled", "true");
  await expect(item).toContainText("secret-reader");
  await expect(menu(page, OFFLINE).getByRole("link", { name: "Reset stream key…" })).toBeVisible();
});

test("a channel without a key says so, and gets one from its row", async ({ page, api }) => {
  const channelArn = await api.arn(OFFLINE);
  const { streamKeys } = await api.call<Keys>("ListStreamKeys", { channelArn, maxResults: 50 });
  await api.call("DeleteStreamKey", { arn: streamKeys[0]!.arn });
  await open(page, `?q=${OFFLINE}`);
  await expect(row(page, OFFLINE)).toContainText("None");
  await openMenu(page, OFFLINE);
  await expect(menu(page, OFFLINE).getByRole("button", { name: /^Reset stream key…/ })).toHaveAttribute("aria-disabled", "true");
  await menu(page, OFFLINE).getByRole("button", { name: "Create stream key" }).click();
  await expect(page.getByText(`Stream key of ${OFFLINE} created`)).toBeVisible();
  await expect(copyArn(page, OFFLINE)).toBeVisible();
});

test("what cannot be looked up says why, and is looked up again", async ({ page, emulator, api, watch }) => {
  watch.provokes(403);
  await emulator.fault("ListStreamKeys", "accessDenied", {}, null);
  await open(page, `?q=${OFFLINE}`);
  const again = row(page, OFFLINE).getByRole("button", { name: `Look up the stream key of ${OFFLINE} again` });
  await expect(again).toBeVisible();
  await emulator.heal();
  // What was read less than a second ago is answered again, a refusal too.
  await api.forget();
  await again.click();
  await expect(copyArn(page, OFFLINE)).toBeVisible();
});

test("a stream key is deleted alone: its name is typed, the channel stays, and another can be created", async ({ page, api }) => {
  await open(page, `?q=${OFFLINE}`);
  await expect(copyArn(page, OFFLINE)).toBeVisible();
  await openMenu(page, OFFLINE);
  await menu(page, OFFLINE).getByRole("link", { name: "Delete stream key…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("heading", { name: `Delete the stream key of ${OFFLINE}?` })).toBeVisible();
  const button = dialog.getByRole("button", { name: "Delete stream key" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("textbox").fill(OFFLINE);
  await button.click();
  await expect(page.getByText(`Stream key of ${OFFLINE} deleted`)).toBeVisible();
  await expect(page.getByText("This channel has no stream key, so no encoder can send to it.")).toBeVisible();
  const { streamKeys } = await api.call<Keys>("ListStreamKeys", { channelArn: await api.arn(OFFLINE), maxResults: 50 });
  expect(streamKeys).toEqual([]);
  await page.getByRole("button", { name: "Create stream key" }).click();
  await expect(page.getByRole("button", { name: "Reset stream key…" })).toBeVisible();
});

test("the SRT URL has key and passphrase in it, and is closed as they are", async ({ page, api }) => {
  await page.goto(await api.resolve(at(`channels/{${OFFLINE}}`)));
  const box = page.locator(".secret").filter({ hasText: "SRT URL" });
  await expect(box).toContainText("srt://…?streamid=sk_••");
  await box.getByRole("button", { name: "Reveal SRT URL" }).click();
  const { channel } = await api.call<{ channel: { srt: { endpoint: string } } }>("GetChannel", { arn: await api.arn(OFFLINE) });
  await expect(box.locator("code")).toHaveText(
    new RegExp(`^srt://${channel.srt.endpoint.replaceAll(".", "\\.")}:9000\\?streamid=sk_eu-west-1_\\w+&passphrase=\\w+$`),
  );
  await box.getByRole("button", { name: "Hide SRT URL" }).click();
  await expect(box).toContainText("srt://…?streamid=sk_••");
});

test("a key that somebody else has deleted is looked for once more when it is revealed", async ({ page, api, watch }) => {
  await page.goto(await api.resolve(at(`channels/{${OFFLINE}}`)));
  await expect(page.getByRole("button", { name: "Reveal Stream key" })).toBeVisible();
  const { streamKeys } = await api.call<Keys>("ListStreamKeys", { channelArn: await api.arn(OFFLINE), maxResults: 50 });
  await api.call("DeleteStreamKey", { arn: streamKeys[0]!.arn });
  watch.provokes(404);
  await page.getByRole("button", { name: "Reveal Stream key" }).click();
  await expect(page.getByText("This channel has no stream key, so no encoder can send to it.")).toBeVisible();
});

test("while it is not known whether there is a key, none is offered to be created", async ({ page }) => {
  await page.route("**/ListStreamKeys", () => {});
  await open(page, `?q=${OFFLINE}`);
  await openMenu(page, OFFLINE);
  await expect(menu(page, OFFLINE).getByRole("button", { name: "Create stream key" })).toHaveCount(0);
  await expect(menu(page, OFFLINE).getByRole("button", { name: /^Copy stream key/ })).toContainText("not looked up yet");
});

test("a pasted ARN of a stream key is no channel: it leads to its tags", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type(arn("stream-key", "abcdABCDefgh"));
  await expect(page.getByRole("listbox", { name: "Found" }).getByRole("option")).toHaveText(/Tags of stream key abcdABCDefgh/);
});

test("a reset that stopped half-way is said in its row, and finished where its tags are known", async ({ page, api, emulator }) => {
  await api.create("e2e-half-listed");
  const channelArn = await api.arn("e2e-half-listed");
  const { streamKeys } = await api.call<Keys>("ListStreamKeys", { channelArn });
  const tags = { team: "sports" };
  await api.call("TagResource", { resourceArn: streamKeys[0]!.arn, tags });
  await emulator.fault("CreateStreamKey", "accessDenied");
  await open(page, "?q=e2e-half");
  await openMenu(page, "e2e-half-listed");
  await menu(page, "e2e-half-listed").getByRole("link", { name: "Reset stream key…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Reset stream key" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "reset only by half" })).toBeVisible();
  await open(page, "?q=e2e-half");
  await expect(row(page, "e2e-half-listed")).toContainText("Reset by half");
  await openMenu(page, "e2e-half-listed");
  await expect(menu(page, "e2e-half-listed").getByRole("button", { name: "Create stream key" })).toHaveCount(0);
  await menu(page, "e2e-half-listed").getByRole("link", { name: "Finish the reset on its page" }).click();
  await page.getByRole("button", { name: "Finish the reset" }).click();
  await expect(page.getByRole("button", { name: "Reveal Stream key" })).toBeVisible();
  const after = await api.call<{ streamKeys: { tags: Record<string, string> }[] }>("ListStreamKeys", { channelArn });
  expect(after.streamKeys[0]!.tags).toMatchObject(tags);
});
