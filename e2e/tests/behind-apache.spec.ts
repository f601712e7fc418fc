import type { BrowserContext, Page } from "@playwright/test";

import { BehindApache } from "../fixtures/behind-apache.ts";
import { atTheProvider } from "../fixtures/behind-sso.ts";
import { expect, test as base } from "../fixtures/test.ts";

/** A console behind a real Apache with mod_auth_openidc, as the page on deploying says. */
const test = base.extend<{ visitor: (headers?: Record<string, string>) => Promise<Page> }, { apache: BehindApache }>({
  apache: [
    async ({}, use) => {
      const apache = await BehindApache.start();
      await use(apache);
      await apache.stop();
    },
    { scope: "worker" },
  ],
  visitor: async ({ apache, browser, watch }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (headers = {}) => {
      const context = await apache.browser(browser, headers);
      contexts.push(context);
      await watch.on(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

const who = (page: Page) => page.getByRole("button", { name: /, (viewer|operator|admin)/ });

test("whom Apache signs in is in, under the name and with the groups of the provider", async ({ visitor }) => {
  const page = await visitor();
  await page.goto("/main/eu-west-1/streams");
  await atTheProvider(page, "oli");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Live streams");
  await expect(who(page)).toHaveAccessibleName(/^Oli Operator, operator/);
  await who(page).click();
  await page.getByRole("link", { name: "Sign out", exact: true }).click();
  await expect(page.getByPlaceholder("Enter any login").or(page.getByRole("button", { name: /Yes, sign me out/ }))).toBeVisible();
});

test("what a browser says in Apache's place is gone on the way", async ({ visitor }) => {
  const page = await visitor({ "X-Forwarded-User": "ann", "X-Forwarded-Groups": "ivs-admins", "X-Tally-Proxy-Secret": "guess" });
  await page.goto("/");
  await atTheProvider(page, "vic");
  await expect(who(page)).toHaveAccessibleName(/^Vic Viewer, viewer/);
});

test("what only looks like Apache's headers is refused, and the page says so", async ({ visitor, watch }) => {
  watch.provokes(403);
  const page = await visitor({ x_forwarded_groups: "ivs-admins" });
  await page.goto("/");
  await atTheProvider(page, "vic");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The console was not reached through its proxy");
});

test("whom no rule lets in is told so", async ({ visitor, watch }) => {
  watch.provokes(403);
  const page = await visitor();
  await page.goto("/");
  await atTheProvider(page, "nora");
  await expect(page.getByRole("main")).toContainText("Your proxy knows you, and no rule of this console gives you a role");
});

test("a comma in a group's name makes no second group of it", async ({ visitor, watch }) => {
  watch.provokes(403);
  const page = await visitor();
  await page.goto("/");
  await atTheProvider(page, "cora");
  await expect(page.getByRole("main")).toContainText("no rule of this console gives you a role");
});

test("past Apache nobody gets in", async ({ apache, request }) => {
  const headers = { "x-tally": "1", "sec-fetch-site": "same-origin", "x-forwarded-user": "ann", "x-forwarded-groups": "ivs-admins" };
  const answer = await request.post(`${apache.behind}/api/me`, { headers, data: {} });
  expect(answer.status()).toBe(403);
  expect(await answer.json()).toMatchObject({ error: { code: "ProxyRefused" } });
});
