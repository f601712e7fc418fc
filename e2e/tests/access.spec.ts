import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { addTag, openForm, openList } from "../fixtures/channels.ts";
import type { Console } from "../fixtures/console.ts";
import type { Emulator } from "../fixtures/emulator.ts";
import { at, LIVE, OFFLINE, PAGES } from "../fixtures/place.ts";

type Open = (page: Page, api: Console, emulator: Emulator) => Promise<unknown>;

async function openChannel(page: Page, api: Console, name: string): Promise<void> {
  await page.goto(await api.resolve(at(`channels/{${name}}`)));
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

const opened = (page: Page) => expect(page.locator("dialog:modal, [popover]:popover-open").first()).toBeVisible();

/** What stands on a page when something has been done there. */
const STATES: Record<string, Open> = {
  "the palette": async (page) => {
    await openList(page);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("arena");
    await opened(page);
  },
  "the keys": async (page) => {
    await openList(page);
    await page.keyboard.press("?");
    await opened(page);
  },
  "who one is": async (page) => {
    await openList(page);
    await page.getByRole("button", { name: /admin with secret-reader/ }).click();
    await opened(page);
  },
  "how the list is shown": async (page) => {
    await openList(page, "?q=live");
    await page.getByRole("button", { name: "View", exact: true }).click();
    await opened(page);
  },
  "a row's menu": async (page) => {
    await openList(page);
    await page.getByRole("button", { name: `Actions for ${OFFLINE}` }).click();
    await opened(page);
  },
  "the question before a delete": async (page, api) => {
    await openChannel(page, api, OFFLINE);
    await page.getByRole("button", { name: "Delete channel…" }).click();
    await opened(page);
  },
  "the question for a live channel": async (page, api) => {
    await openChannel(page, api, LIVE);
    await page.getByRole("button", { name: "Delete channel…" }).click();
    await opened(page);
  },
  "the question before something typed is left": async (page) => {
    await openForm(page);
    await page.getByRole("textbox", { name: "Name" }).fill("typed");
    await page.getByRole("button", { name: "Cancel" }).click();
    await opened(page);
  },
  "a form with every setting and errors": async (page) => {
    await openForm(page);
    await page.getByText("More settings").click();
    await addTag(page, "aws:x", "y");
    await page.getByRole("textbox", { name: "Name" }).fill("not a name");
    await page.getByRole("button", { name: "Create channel" }).click();
    await expect(page.getByText("2 fields need attention")).toBeVisible();
  },
  "a revealed key, tags being edited and a receipt": async (page, api) => {
    await page.goto(`${await api.create("e2e-axe")}?created=1`);
    await page.getByRole("button", { name: "Reveal Stream key" }).first().click();
    await expect(page.getByText(/^sk_eu-west-1_/)).toBeVisible();
    for (const button of ["Edit tags", "Add tag"]) await page.getByRole("button", { name: button }).click();
    await page.getByRole("textbox", { name: "Key" }).fill("team");
    await page.getByRole("button", { name: "Save tags" }).click();
    await expect(page.getByText("Tags saved")).toBeVisible();
    await page.getByRole("button", { name: "Edit tags" }).click();
  },
  ...Object.fromEntries(
    ["Add tags…", "Remove tags…", "Delete…"].map((button): [string, Open] => [
      `several channels are selected: ${button}`,
      async (page) => {
        await openList(page);
        await page.getByRole("checkbox", { name: "Select all that match" }).click();
        await page.getByRole("button", { name: button }).click();
        await expect(page.getByRole("dialog")).toBeVisible();
      },
    ]),
  ),
  "a job that was refused": async (page, _, emulator) => {
    await emulator.fault("TagResource", "accessDenied", {}, null);
    await openList(page);
    await page.getByRole("checkbox", { name: `Select ${LIVE}`, exact: true }).click();
    await page.getByRole("button", { name: "Add tags…" }).click();
    await page.getByRole("textbox", { name: "Key" }).fill("team");
    await page.getByRole("dialog").getByRole("button", { name: "Add tags", exact: true }).click();
    await expect(page.getByRole("button", { name: "Retry 1 refused" })).toBeVisible();
  },
  "a list that nothing matches": async (page) => {
    await page.goto(at("channels?q=nothing+at+all"));
    await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  },
  "an address that is no page": (page) => page.goto("/no/such/page/here"),
  ...Object.fromEntries(PAGES.map(([path]): [string, Open] => [path, async (page, api) => page.goto(await api.resolve(path))])),
};

for (const [what, open] of Object.entries(STATES)) {
  test(`axe finds nothing serious, light or dark: ${what}`, async ({ page, api, emulator }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await open(page, api, emulator);
    await expect(page.getByRole("heading", { level: 1 }).or(page.getByRole("dialog")).first()).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      const said = serious.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)]);
      expect(said, colorScheme).toEqual([]);
    }
  });
}
