import type { BrowserContext, Page } from "@playwright/test";

import { BehindApache, type Says } from "../fixtures/behind-apache.ts";
import { atTheProvider } from "../fixtures/behind-sso.ts";
import { expect, test as base } from "../fixtures/test.ts";

type Visitor = (headers?: Record<string, string>) => Promise<Page>;

/** A console behind a real Apache with mod_auth_openidc, as the page on deploying says. */
const test = base.extend<{ says: Says; visitor: Visitor }, { apaches: Record<Says, () => Promise<BehindApache>> }>({
  says: ["proxy-header", { option: true }],
  apaches: [
    async ({}, use) => {
      const started = new Map<Says, Promise<BehindApache>>();
      const one = (says: Says) => () => started.get(says) ?? started.set(says, BehindApache.start(says)).get(says)!;
      await use({ "proxy-header": one("proxy-header"), "proxy-jwt": one("proxy-jwt") });
      await Promise.all([...started.values()].map(async (apache) => (await apache).stop()));
    },
    { scope: "worker" },
  ],
  visitor: async ({ apaches, says, browser, watch }, use) => {
    const apache = await apaches[says]();
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

for (const says of ["proxy-header", "proxy-jwt"] as const) {
  test.describe(says, () => {
    test.use({ says });

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

    test("whom no rule lets in is told so", async ({ visitor, watch }) => {
      watch.provokes(403);
      const page = await visitor();
      await page.goto("/");
      await atTheProvider(page, "nora");
      await expect(page.getByRole("main")).toContainText("Your proxy knows you, and no rule of this console gives you a role");
    });

    test("past Apache nobody gets in", async ({ apaches, request }) => {
      const apache = await apaches[says]();
      const claims = { iss: apache.identity.issuer, aud: "tally", sub: "ann", exp: 9_999_999_999, groups: ["ivs-admins"] };
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
      const said = { "x-forwarded-user": "ann", "x-forwarded-groups": "ivs-admins", "x-id-token": `${part({ alg: "none" })}.${part(claims)}.` };
      const answer = await request.post(`${apache.behind}/api/me`, { headers: { "x-tally": "1", "sec-fetch-site": "same-origin", ...said }, data: {} });
      expect(answer.status()).toBe(403);
      expect(await answer.json()).toMatchObject({ error: { code: "ProxyRefused" } });
    });
  });
}

test("a token that a browser sends in Apache's place is gone on the way", async ({ apaches, browser, watch }) => {
  const apache = await apaches["proxy-jwt"]();
  const context = await apache.browser(browser, { "X-Id-Token": "a.b.c" });
  await watch.on(context);
  const page = await context.newPage();
  await page.goto("/");
  await atTheProvider(page, "vic");
  await expect(who(page)).toHaveAccessibleName(/^Vic Viewer, viewer/);
  await context.close();
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

test("a comma in a group's name makes no second group of it", async ({ visitor, watch }) => {
  watch.provokes(403);
  const page = await visitor();
  await page.goto("/");
  await atTheProvider(page, "cora");
  await expect(page.getByRole("main")).toContainText("no rule of this console gives you a role");
});
