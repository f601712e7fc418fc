import type { Page } from "@playwright/test";

import { signIn } from "../fixtures/behind-sso.ts";
import { Replicas } from "../fixtures/replicas.ts";
import { expect, test as base } from "../fixtures/test.ts";

/** Two consoles behind an nginx that asks them in turn, with one database: as the page on deploying has it. */
const test = base.extend<{ page: Page; other: Page }, { replicas: Replicas }>({
  replicas: [
    async ({}, use) => {
      const replicas = await Replicas.start();
      await use(replicas);
      await replicas.stop();
    },
    { scope: "worker" },
  ],
  page: async ({ replicas, browser, watch }, use) => {
    const context = await replicas.browser(browser);
    await watch.on(context);
    watch.provokes(401);
    await use(await context.newPage());
    await context.close();
  },
  other: async ({ replicas, browser, watch }, use) => {
    const context = await replicas.browser(browser);
    await watch.on(context);
    await use(await context.newPage());
    await context.close();
  },
});

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

/** Asks who one is, of whichever console has its turn: the status. */
const me = (page: Page) =>
  page.evaluate(async () => {
    const headers = { "x-tally": "1", "content-type": "application/json" };
    return (await fetch("/api/me", { method: "POST", headers, body: "{}" })).status;
  });

async function create(page: Page, name: string): Promise<void> {
  await page.goto("/main/eu-west-1/channels/new");
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("button", { name: "Create channel" }).click();
  await expect(heading(page)).toHaveText(name);
}

test("one person sees no seam between two consoles", async ({ replicas, page, other }) => {
  await page.goto("/main/eu-west-1/channels");
  await signIn(page, "ann");
  let made = 0;
  const consoles = () => replicas.ask("SELECT count(DISTINCT replica) FROM journal WHERE operation = 'CreateChannel'");
  // Whose turn it is hangs on how often a page asks: until both have had a hand in it.
  for (; made < 3 || ((await consoles()) !== "2" && made < 12); made++) {
    await create(page, `e2e-${made}`);
    await me(page);
  }
  expect(await consoles(), "both have had a hand in it").toBe("2");
  await page.goto("/main/eu-west-1/channels");
  await expect(page.getByRole("link", { name: /^e2e-\d+$/ })).toHaveCount(made);
  await page.goto("/journal");
  await expect(page.getByRole("row", { name: /CreateChannel/ })).toHaveCount(made);
  await other.goto("/");
  await signIn(other, "ann");
  await page.goto("/signed-in");
  await page.getByRole("button", { name: "Sign out everywhere…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(heading(page)).toHaveText("You are signed out");
  // Whichever is asked: within the seconds that the page on deploying says.
  await expect(async () => {
    for (let turn = 0; turn < 4; turn++) expect(await me(other)).toBe(401);
  }).toPass({ timeout: 6000 });
});

test("when a console dies its job goes on at the other, under the eyes of who began it", async ({ replicas, page }) => {
  test.slow();
  await page.goto("/main/eu-west-1/channels");
  await signIn(page, "ann");
  await create(page, "e2e-reset");
  await replicas.emulator.fault("CreateStreamKey", "stall", { when: "before" });
  const ingest = page.getByRole("region", { name: "Ingest" });
  await ingest.getByRole("button", { name: "Reset stream key…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Reset stream key" }).click();
  await expect.poll(() => replicas.ask("SELECT count(*) FROM journal WHERE operation = 'CreateStreamKey'")).toBe("1");
  const worker = await replicas.ask("SELECT worker FROM job");
  const consoles = (await replicas.ask("SELECT id FROM replica ORDER BY began")).split("\n");
  // What is asked of the one that is gone nginx asks the other: the page sees nothing of it.
  const which = consoles.indexOf(worker);
  await replicas.kill(which);
  await expect(page.getByRole("status").filter({ hasText: "Stream key of e2e-reset reset" })).toBeVisible({ timeout: 60_000 });
  expect([await replicas.emulator.commits("DeleteStreamKey"), await replicas.emulator.commits("CreateStreamKey")]).toEqual([1, 1]);
  await replicas.startAgain(which);
  await page.goto("/journal");
  await expect(page.getByRole("row", { name: /CreateStreamKey/ }).first()).toBeVisible();
});
