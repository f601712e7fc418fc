import { expect, test } from "../fixtures/test.ts";
import { ALL_THE_SAME, openList } from "../fixtures/channels.ts";
import { at, OFFLINE } from "../fixtures/place.ts";

const ADMIN = /Needs the admin role/;

for (const role of ["viewer", "operator"] as const) {
  test(`${role} can neither create, change nor delete, and is told why`, async ({ page, api, emulator, rights: _ }) => {
    await api.actAs(role, []);
    await openList(page);
    const create = page.getByRole("button", { name: "Create channel" });
    await expect(create).toHaveAttribute("aria-disabled", "true");
    await expect(create).toHaveAccessibleDescription(ADMIN);
    await page.getByRole("link", { name: OFFLINE, exact: true }).click();
    for (const name of ["Delete channel…", "Edit", "Edit tags"]) {
      const button = page.getByRole("button", { name, exact: true });
      await expect(button).toHaveAttribute("aria-disabled", "true");
      await expect(button).toHaveAccessibleDescription(ADMIN);
    }
    await page.getByRole("button", { name: "Delete channel…" }).click(ALL_THE_SAME);
    await expect(page.getByRole("dialog")).toHaveCount(0);

    await page.goto(at("channels/new"));
    await expect(page.getByRole("main").locator("form .note")).toHaveText(ADMIN);
    await page.getByRole("textbox", { name: "Name" }).fill("e2e-forbidden");
    const send = page.getByRole("button", { name: "Create channel" });
    await expect(send).toHaveAccessibleDescription(ADMIN);
    await send.click(ALL_THE_SAME);
    await page.getByRole("textbox", { name: "Name" }).press("Enter");
    expect(await emulator.commits("CreateChannel")).toBe(0);
  });
}

test("in the footer of a form a button that is off says why above it, where the window ends", async ({ page, api, rights: _ }) => {
  await page.setViewportSize({ width: 1440, height: 500 });
  await api.actAs("viewer", []);
  for (const [path, side] of [["failover-slates", "below"], ["failover-slates/new", "above"]] as const) {
    await page.goto(at(path));
    const button = page.getByRole("button", { name: "Create failover slate" });
    await button.evaluate((button) => button.scrollIntoView({ block: "end" }));
    await button.hover(ALL_THE_SAME);
    const reason = page.locator(".action .reason").filter({ hasText: ADMIN, visible: true });
    await expect(reason).toBeInViewport({ ratio: 1 });
    expect((await reason.boundingBox())!.y < (await button.boundingBox())!.y, path).toBe(side === "above");
  }
});

test("Act as switches role and grant in place, and says what one may", async ({ page, api, rights: _ }) => {
  await page.goto(await api.resolve(at(`channels/{${OFFLINE}}`)));
  await page.getByRole("button", { name: /admin with secret-reader/ }).click();
  await page.getByRole("radio", { name: "Operator" }).check();
  await expect(page.getByText("Acting as operator with secret-reader")).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete channel…" })).toHaveAttribute("aria-disabled", "true");

  // What one may is still open.
  const may = page.getByRole("list", { name: "What you may" }).getByRole("listitem");
  await expect(may.filter({ hasText: "See stream keys" })).toContainText("✓");
  await expect(may.filter({ hasText: "Create, change and delete" })).toHaveAttribute("title", ADMIN);
  await page.getByRole("checkbox", { name: "with secret-reader" }).uncheck();
  await expect(page.getByRole("button", { name: /, operator$/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Reveal Stream key" })).toHaveAttribute("aria-disabled", "true");
});

test("a right that is taken away while the page is open is refused, and said", async ({ page, api, emulator, watch, rights: _ }) => {
  watch.provokes(403);
  await page.goto(await api.create("e2e-revoked"));
  await page.getByRole("button", { name: "Delete channel…" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("e2e-revoked");
  await api.actAs("viewer", []);
  await page.getByRole("dialog").getByRole("button", { name: "Delete channel" }).click();
  const said = page.getByRole("status").filter({ hasText: "Your role does not allow this" });
  await expect(said).toContainText("Refused");
  await expect(page.getByRole("heading", { level: 1, name: "e2e-revoked" })).toBeVisible();
  expect(await emulator.commits("DeleteChannel")).toBe(0);
});

test("on a phone the reason why a button is off is not cut off", async ({ page, api, rights: _ }) => {
  await api.actAs("viewer", []);
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(await api.resolve(at(`channels/{${OFFLINE}}`)));
  await page.getByRole("button", { name: "Delete channel…" }).focus();
  const reason = page.getByRole("note").filter({ hasText: ADMIN }).filter({ visible: true });
  const box = (await reason.boundingBox())!;
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(360);
});
