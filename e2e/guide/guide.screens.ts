import { fileURLToPath } from "node:url";

import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { addTag, openForm, openList } from "../fixtures/channels.ts";
import { at, LIVE, OFFLINE, STARVING } from "../fixtures/place.ts";

// The pictures of the guide: each is a state of the demo, as somebody who reads the guide finds it.

const picture = (name: string) => fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url));

/** Once nothing is on its way any more. The rest of the page is left out where a part is enough. */
async function take(page: Page, name: string, of = page.locator("body")): Promise<void> {
  await page.mouse.move(0, 0);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await of.screenshot({ path: picture(name), animations: "disabled" });
}

const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("the list", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 860 });
  await openList(page);
  await take(page, "channels");
});

test("the list, filtered by fields, and how it is shown", async ({ page }) => {
  await openList(page, "?q=live+tag%3Aenv%3Dprod");
  await page.getByRole("button", { name: "View", exact: true }).click();
  await page.getByRole("textbox", { name: "Name of the view" }).fill("On air, production");
  await page.getByRole("button", { name: "Save view" }).click();
  await expect(page.getByText("Saved as")).toBeVisible();
  await take(page, "view");
});

test("several are selected", async ({ page }) => {
  await openList(page, "?q=arena&sort=name");
  await page.getByRole("checkbox", { name: "Select all that match" }).click();
  await expect(page.getByRole("region", { name: "Selection" })).toBeVisible();
  await take(page, "selection");
});

test("a channel", async ({ page, api }) => {
  await page.goto(await api.resolve(at(`channels/{${LIVE}}`)));
  await expect(card(page, "Ingest").getByText("Stream key", { exact: true })).toBeVisible();
  await take(page, "channel");
  await take(page, "stream-key", card(page, "Ingest"));
});

test("the form with its changes", async ({ page, api }) => {
  await page.goto(await api.resolve(at(`channels/{${OFFLINE}}/edit`)));
  await page.getByRole("textbox", { name: "Name" }).fill("arena-spare");
  await page.getByRole("radio", { name: /^Normal/ }).check();
  await take(page, "edit");
});

test("the reset of a live channel's key", async ({ page, api }) => {
  await page.goto((await api.resolve(at(`channels/{${LIVE}}`))) + "?ask=reset");
  await expect(page.getByRole("dialog")).toBeVisible();
  await take(page, "reset", page.getByRole("dialog"));
});

test("tags that are refused", async ({ page }) => {
  await openForm(page);
  await addTag(page, "team", "sports");
  await addTag(page, "aws:cost", "1");
  await page.getByRole("textbox", { name: "Value" }).last().blur();
  await take(page, "tags", page.getByRole("group", { name: "Tags" }).first());
});

test("a session whose encoder starved", async ({ page, api }) => {
  await page.setViewportSize({ width: 1440, height: 860 });
  await page.goto(await api.resolve(at(`sessions?channel={${STARVING}}`)));
  await page.getByRole("table", { name: "Stream sessions" }).getByRole("link").first().click();
  await expect(card(page, "Events").getByText("Starvation Start").first()).toBeVisible();
  await expect(card(page, "Channel at go-live").getByText("Nothing of it has changed")).toBeVisible();
  await take(page, "session");
});

test("a recording configuration", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 860 });
  await page.goto(at("recording-configurations"));
  await page.getByRole("link", { name: "archive", exact: true }).click();
  await expect(card(page, "Used by").getByRole("link").first()).toBeVisible();
  await take(page, "recording");
});

test("the key pairs of a region", async ({ page }) => {
  await page.goto(at("playback-key-pairs"));
  await expect(page.getByRole("table", { name: "Playback key pairs" }).getByRole("cell", { name: /^\w\w:/ })).toHaveCount(2);
  await page.getByText("Rotate a key pair").click();
  await take(page, "playback-keys");
});

test("a policy", async ({ page }) => {
  await page.goto(at("playback-restriction-policies/new"));
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("eu-only");
  await page.getByRole("button", { name: "Add the EU" }).click();
  await page.getByRole("searchbox", { name: "Find a country" }).fill("land");
  await take(page, "policy");
});
