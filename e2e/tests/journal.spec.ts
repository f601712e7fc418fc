import { AxeBuilder } from "@axe-core/playwright";
import { type Page } from "@playwright/test";

import { arn, at, OFFLINE } from "../fixtures/place.ts";
import { expect, test } from "../fixtures/test.ts";

// Rows of other tests are none of these tests' business.
test.use({ alone: "journal" });

const table = (page: Page) => page.getByRole("table", { name: "Journal" });
const row = (page: Page, operation: string) => table(page).getByRole("row").filter({ hasText: operation }).first();

test("a change has its row, which opens with who, what was there before, and what after", async ({ page, api }) => {
  const path = await api.create("journaled");
  const channel = await api.arn("journaled");
  await api.call("UpdateChannel", { arn: channel, name: "journaled-anew" });
  await page.goto("/journal");
  await expect(row(page, "UpdateChannel")).toContainText("Done");
  await row(page, "UpdateChannel").getByRole("cell").nth(1).click();
  const dialog = page.getByRole("dialog", { name: "UpdateChannel" });
  await expect(dialog).toContainText("Demo operator");
  await expect(dialog.locator("details").filter({ hasText: "Before" })).toContainText('"name": "journaled"');
  await expect(dialog.locator("details").filter({ hasText: "After" })).toContainText('"name": "journaled-anew"');
  await dialog.getByRole("link", { name: channel }).click();
  await expect(page).toHaveURL(/\/journal\?arn=/);
  await expect(dialog, "what it leads to lies behind it").toBeHidden();
  await expect(table(page).getByRole("row").filter({ hasText: /UpdateChannel|CreateChannel/ })).toHaveCount(2);
  expect(path).toContain("/channels/");
});

test("a deleted channel's configuration is brought back into the form that creates one", async ({ page, api }) => {
  await api.call("CreateChannel", { name: "lost", type: "BASIC", latencyMode: "NORMAL", authorized: true, tags: { team: "sports" } });
  const before = await api.arn("lost");
  await api.delete("lost");
  await page.goto("/journal");
  await row(page, "DeleteChannel").getByRole("cell").nth(1).click();
  await page.getByRole("dialog", { name: "DeleteChannel" }).getByRole("link", { name: "Bring it back…" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Filled with what lost was" })).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("lost");
  await page.getByRole("button", { name: "Create channel" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("lost");
  const { channel } = await api.call<{ channel: Record<string, unknown> }>("GetChannel", { arn: await api.arn("lost") });
  expect(channel).toMatchObject({ type: "BASIC", latencyMode: "NORMAL", authorized: true, tags: { team: "sports" } });
  expect(channel["arn"]).not.toBe(before);
});

test("kinds are chosen, in the address, and a new row comes by itself", async ({ page, api, watch }) => {
  await api.actAs("viewer", []);
  watch.provokes(403);
  await page.goto("/journal");
  await page.getByLabel("Show", { exact: true }).selectOption("Denials");
  await expect(page).toHaveURL("/journal?kind=authz");
  await expect(page.getByText("Nothing that fits")).toBeVisible();
  await page.evaluate(async (body) => {
    const headers = { "content-type": "application/json", "x-tally": "1" };
    await fetch("/api/ivs/demo/eu-west-1/DeleteChannel", { method: "POST", headers, body });
  }, JSON.stringify({ request: { arn: arn("channel", "none00000000") } }));
  await expect(row(page, "DeleteChannel")).toContainText("Denied", { timeout: 15_000 });
  await api.actAs("admin", ["secret-reader"]);
});

test("a row that is open stays that row, whatever comes meanwhile", async ({ page, api }) => {
  await api.create("read-at-leisure");
  await page.goto("/journal");
  await row(page, "CreateChannel").getByRole("cell").nth(1).click();
  const dialog = page.getByRole("dialog", { name: "CreateChannel" });
  await expect(dialog.locator("details").first()).toContainText("read-at-leisure");
  await api.call("TagResource", { resourceArn: await api.arn("read-at-leisure"), tags: { a: "b" } });
  await expect(row(page, "TagResource")).toBeAttached({ timeout: 15_000 });
  await expect(dialog.locator("details").first()).toContainText("read-at-leisure");
  await dialog.getByRole("link", { name: "Demo operator" }).click();
  await expect(page).toHaveURL("/journal?person=local");
  await expect(row(page, "TagResource")).toBeVisible();
});

test("what has not ended, or nobody knows how, stands above everything", async ({ page, api, emulator }) => {
  await emulator.fault("DeleteChannel", "stall", { when: "after" });
  const channel = await api.arn(OFFLINE);
  await page.goto("/journal");
  await page.evaluate((body) => {
    const headers = { "content-type": "application/json", "x-tally": "1" };
    void fetch("/api/ivs/demo/eu-west-1/DeleteChannel", { method: "POST", headers, body });
  }, JSON.stringify({ request: { arn: channel } }));
  await api.underWay("DeleteChannel");
  await page.reload();
  const above = page.getByRole("region", { name: "Not ended" });
  await expect(above).toContainText("DeleteChannel");
  await expect(above, "once it was looked up").toBeHidden({ timeout: 45_000 });
  await expect(row(page, "DeleteChannel")).toContainText("Done");
});

test("older rows are there to be asked for", async ({ page, api }) => {
  const resourceArn = await api.arn(OFFLINE);
  for (let at = 0; at < 105; at += 1) await api.call("TagResource", { resourceArn, tags: { at: String(at) } });
  await page.goto("/journal?kind=change");
  await expect(page.getByText("100 rows")).toBeVisible();
  await page.getByRole("button", { name: "Show older" }).click();
  await expect(page.getByText(/10[5-9] rows|1[1-9]\d rows/)).toBeVisible();
});

test("verifying takes the auditor grant, and says what to keep", async ({ page, api }) => {
  await page.goto("/journal");
  await expect(page.getByText("Your own rows, newest first")).toBeVisible();
  await expect(page.getByRole("button", { name: "Verify" })).toHaveAttribute("aria-disabled", "true");
  await api.actAs("viewer", ["auditor"]);
  await page.reload();
  await page.getByRole("button", { name: "Verify" }).click();
  const dialog = page.getByRole("dialog", { name: "Every row is as it was written" });
  await expect(dialog).toContainText(/\d+ rows? read/);
  await expect(dialog.getByText(/tally journal verify .*--head \d+:[0-9a-f]{64}/)).toBeVisible();
  await api.actAs("admin", ["secret-reader"]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the journal is fair in ${colorScheme}, and fits a phone`, async ({ page, api }) => {
    await page.emulateMedia({ colorScheme });
    await api.create(`fair-${colorScheme}`);
    await page.goto("/journal");
    await row(page, "CreateChannel").getByRole("cell").nth(1).click();
    const dialog = page.getByRole("dialog", { name: "CreateChannel" });
    await expect(dialog.getByText("Asked for")).toBeVisible();
    const fair = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    };
    await fair();
    await page.setViewportSize({ width: 360, height: 740 });
    await page.screenshot({ path: `test-results/journal-row-${colorScheme}.png` });
    await fair();
    await page.keyboard.press("Escape");
    await fair();
    await page.screenshot({ path: `test-results/journal-360-${colorScheme}.png` });
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.screenshot({ path: `test-results/journal-${colorScheme}.png` });
    expect(at("channels")).toContain("eu-west-1");
  });
}
