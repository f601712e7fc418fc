import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { ALL_THE_SAME, pasted } from "../fixtures/channels.ts";
import { at, OFFLINE } from "../fixtures/place.ts";

const KEY = /^sk_eu-west-1_\w+$/;
/** Anywhere in the page, attributes too. */
const leaks = async (page: Page): Promise<boolean> => /sk_eu-west-1_/.test(await page.content());
const button = (page: Page, name: string) => page.getByRole("region", { name: "Ingest" }).getByRole("button", { name, exact: true });

for (const role of ["viewer", "operator", "admin"] as const) {
  test(`${role} with secret-reader sees the stream key`, async ({ page, api, rights: _ }) => {
    await api.actAs(role, ["secret-reader"]);
    await page.goto(await api.resolve(at(`channels/{${OFFLINE}}`)));
    await button(page, "Reveal Stream key").click();
    await expect(page.getByText(KEY)).toBeVisible();
  });

  test(`${role} without secret-reader is told what it needs`, async ({ page, api, emulator, rights: _ }) => {
    await api.actAs(role, []);
    await page.goto(await api.resolve(at(`channels/{${OFFLINE}}`)));
    for (const name of ["Reveal Stream key", "Copy Stream key", "Reveal SRT passphrase", "Copy SRT passphrase"]) {
      await expect(button(page, name)).toBeVisible();
      await expect(button(page, name)).toHaveAttribute("aria-disabled", "true");
      await expect(button(page, name)).toHaveAccessibleDescription(/Needs the secret-reader grant/);
      await button(page, name).click(ALL_THE_SAME);
    }
    expect(await leaks(page)).toBe(false);
    expect(await emulator.commits("GetStreamKey")).toBe(0);
  });
}

test("a key is closed, is revealed for half a minute, and is gone from the page afterwards", async ({ page, api }) => {
  await page.clock.install();
  await page.goto(await api.resolve(at(`channels/{${OFFLINE}}`)));
  await button(page, "Reveal Stream key").click();
  await expect(page.getByText(KEY)).toBeVisible();
  await expect(page.getByText(/^Closes in \d+ s$/)).toBeVisible();
  await page.clock.runFor(29_000);
  await expect(page.getByText(KEY)).toBeVisible();
  await page.clock.runFor(2_000);
  await expect(button(page, "Reveal Stream key")).toBeVisible();
  expect(await leaks(page)).toBe(false);
});

test("a key is hidden by the button that revealed it", async ({ page, api }) => {
  await page.goto(await api.resolve(at(`channels/{${OFFLINE}}`)));
  expect(await leaks(page)).toBe(false);
  await button(page, "Reveal Stream key").click();
  await expect(page.getByText(KEY)).toBeVisible();
  await button(page, "Hide Stream key").click();
  await expect(button(page, "Reveal Stream key")).toBeVisible();
  expect(await leaks(page)).toBe(false);
});

test("a key is copied without being shown", async ({ page, api }) => {
  await page.goto(await api.resolve(at(`channels/{${OFFLINE}}`)));
  await button(page, "Copy Stream key").click();
  await expect(page.getByText("Copied without showing it")).toBeVisible();
  expect(await leaks(page)).toBe(false);
  expect(await pasted(page)).toMatch(KEY);
});

test("the passphrase of SRT is revealed", async ({ page, api }) => {
  await page.goto(await api.resolve(at(`channels/{${OFFLINE}}`)));
  const box = page.locator(".secret", { hasText: "SRT passphrase" });
  await expect(box.locator("code")).toHaveText(/^•+$/);
  await button(page, "Reveal SRT passphrase").click();
  await expect(box.locator("code")).toHaveText(/^\w{16,}$/);
});
