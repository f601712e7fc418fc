import type { Locator, Page } from "@playwright/test";

import { pasted } from "../fixtures/channels.ts";
import { expect, test } from "../fixtures/test.ts";
import { at } from "../fixtures/place.ts";

/** Further from the start of a page no control may be. */
const FAR = 60;

async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let presses = 0; presses < FAR; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`not reached by ${FAR} presses of Tab: ${control}`);
}

test("a channel is created, its key copied and seen, and it is deleted without a mouse", async ({ page }) => {
  await page.goto(at("channels"));
  await expect(page.getByRole("table", { name: "Channels" }).getByRole("link").first()).toBeVisible();
  await tabTo(page, page.getByRole("link", { name: "Create channel" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Create channel" })).toBeFocused();

  await tabTo(page, page.getByRole("textbox", { name: "Name" }));
  await page.keyboard.type("e2e-keyboard");
  await tabTo(page, page.getByRole("radio", { name: /^Standard/ }));
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /^Advanced HD/ })).toBeChecked();
  await tabTo(page, page.getByRole("button", { name: "Create channel" }));
  await page.keyboard.press("Enter");

  // The heading of the new page has the focus: what follows is found from there.
  await expect(page.getByRole("heading", { level: 1, name: "e2e-keyboard" })).toBeFocused();
  const secret = page.getByRole("region", { name: "To the first frame" });
  await expect(secret.getByText(/^rtmps:\/\//).first()).toBeVisible();
  await tabTo(page, secret.getByRole("button", { name: "Copy Stream key" }));
  await page.keyboard.press("Enter");
  await expect(secret.getByText("Copied without showing it")).toBeVisible();
  await page.keyboard.press("Shift+Tab");
  await expect(secret.getByRole("button", { name: "Reveal Stream key" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(secret.getByText(/^sk_eu-west-1_\w+$/)).toBeVisible();
  const key = await secret.getByText(/^sk_eu-west-1_\w+$/).innerText();
  const address = page.url();
  expect(await pasted(page)).toBe(key);

  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1, name: "e2e-keyboard" })).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "Delete channel…" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("textbox")).toBeFocused();
  await page.keyboard.type("e2e-keyboard");
  await tabTo(page, page.getByRole("dialog").getByRole("button", { name: "Delete channel" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(at("channels"));
  await expect(page.getByText("Channel e2e-keyboard deleted")).toBeVisible();
});

test("Escape closes the question and gives the focus back to what asked it", async ({ page, api }) => {
  await page.goto(await api.create("e2e-escape"));
  const opener = page.getByRole("button", { name: "Delete channel…" });
  await opener.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(opener).toBeFocused();
});
