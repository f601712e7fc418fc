import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { crowd } from "../fixtures/crowd.ts";
import { at } from "../fixtures/place.ts";

/** So many at 1440×900, whatever the list holds. */
const MOST = 1_000;

async function elements(page: Page, rows: number): Promise<number> {
  await crowd(page, rows);
  await page.goto(at("channels"));
  const table = page.getByRole("table", { name: "Channels" });
  await expect(table).toHaveAttribute("aria-rowcount", String(rows + 1), { timeout: 40_000 });
  await expect(table.getByRole("link").first()).toHaveText("event-00000");
  return page.evaluate(() => document.querySelectorAll("*").length);
}

test("ten thousand channels cost no more elements than a hundred, and are all within reach", async ({ page }) => {
  const few = await elements(page, 100);
  await page.unrouteAll();
  const many = await elements(page, 10_000);
  expect(Math.abs(many - few)).toBeLessThanOrEqual(few * 0.05);
  expect(many).toBeLessThanOrEqual(MOST);
  expect(few).toBeGreaterThan(300);

  await page.locator("tr[data-row='0']").focus();
  await page.keyboard.press("End");
  const last = page.locator("tr[data-row='9999']");
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport();
  await expect(last).toContainText("event-09999");
});
