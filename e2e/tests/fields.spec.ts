import type { Locator, Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { addTag, openForm } from "../fixtures/channels.ts";
import type { Emulator } from "../fixtures/emulator.ts";

/** Nothing went out, the first field at fault says why, has the focus, and has kept what was typed. */
async function refused(page: Page, emulator: Emulator, field: Locator, typed: string, reason: RegExp): Promise<void> {
  const sent: string[] = [];
  page.on("request", (request) => void (request.url().endsWith("/CreateChannel") && sent.push(request.url())));
  await page.getByRole("button", { name: "Create channel" }).click();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(reason);
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(typed);
  await expect(page.getByText("1 field needs attention")).toBeVisible();
  expect(sent).toEqual([]);
  expect(await emulator.commits("CreateChannel")).toBe(0);
}

for (const [what, typed, reason] of [
  ["a space", "studio a", /Use letters, digits, - and _ only\./],
  ["an emoji", "studio🎥", /Use letters, digits, - and _ only\./],
  ["129 characters", "a".repeat(129), /May have at most 128 characters; this has 129\./],
  ["markup", "<img src=x onerror=alert(1)>", /Use letters, digits, - and _ only\./],
] as const) {
  test(`a name with ${what} is refused at its field`, async ({ page, emulator }) => {
    await openForm(page);
    const name = page.getByRole("textbox", { name: "Name" });
    await name.fill(typed);
    await refused(page, emulator, name, typed, reason);
    await name.fill("studio-a");
    await expect(name).not.toHaveAttribute("aria-invalid");
    await expect(page.getByText(/needs? attention/)).toHaveCount(0);
  });
}

for (const [what, key, value, reason] of [
  ["a reserved key", "aws:team", "x", /Keys that begin with aws: are reserved\./],
  ["the console's own key", "tally:op", "x", /Keys that begin with tally: are this console's own\./],
  ["a key of 129 characters", "k".repeat(129), "x", /May have at most 128 characters; this has 129\./],
  ["a value of 257 characters", "team", "x".repeat(257), /May have at most 256 characters; this has 257\./],
  ["no key", "", "x", /Is required\./],
] as const) {
  test(`a tag with ${what} is refused at its row`, async ({ page, emulator }) => {
    await openForm(page);
    await addTag(page, key, value);
    const part = value.length > 256 ? "Value" : "Key";
    await refused(page, emulator, page.getByRole("textbox", { name: part }), part === "Key" ? key : value, reason);
    const other = page.getByRole("textbox", { name: part === "Key" ? "Value" : "Key" });
    await expect(other).toHaveValue(part === "Key" ? value : key);
    await expect(other).not.toHaveAttribute("aria-invalid");
    await expect(page.getByText(reason)).toHaveCount(1);
  });
}

test("a key that stands twice is refused at the second", async ({ page }) => {
  await openForm(page);
  await addTag(page, "team", "a");
  await addTag(page, "team", "b");
  await page.getByRole("button", { name: "Create channel" }).click();
  const keys = page.getByRole("textbox", { name: "Key" });
  await expect(keys.last()).toHaveAccessibleDescription(/stands above already/);
  await expect(keys.first()).not.toHaveAttribute("aria-invalid");
});

test("the click that leaves a mistaken field counts: nothing moves under the pointer", async ({ page }) => {
  await openForm(page);
  await page.getByRole("textbox", { name: "Name" }).fill("not ok");
  await page.getByRole("button", { name: "Add tag" }).click();
  await expect(page.getByText("Use letters, digits, - and _ only.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Key" })).toBeFocused();
});

test("Enter in a field sends like the button", async ({ page, emulator }) => {
  await openForm(page);
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill("not ok");
  await name.press("Enter");
  await expect(page.getByText("1 field needs attention")).toBeVisible();
  await name.fill("e2e-enter");
  await name.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "e2e-enter" })).toBeVisible();
  expect(await emulator.commits("CreateChannel")).toBe(1);
});
