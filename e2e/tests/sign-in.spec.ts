import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, type Page } from "@playwright/test";

import { atTheProvider, BehindSso, person, signIn, tryToSignIn } from "../fixtures/behind-sso.ts";
import { expect, test as base } from "../fixtures/test.ts";

/** A console behind a real OpenID provider, and browsers of people who come to it. */
const test = base.extend<{ visitor: Page; others: BrowserContext[] }, { sso: BehindSso }>({
  sso: [
    async ({}, use) => {
      const sso = await BehindSso.start();
      await use(sso);
      await sso.stop();
    },
    { scope: "worker" },
  ],
  visitor: async ({ sso, browser, watch }, use) => {
    const context = await sso.browser(browser);
    await watch.on(context);
    // Whoever is not signed in is told so by a status, which Chromium writes down.
    watch.provokes(401);
    await use(await context.newPage());
    await context.close();
  },
});

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const who = (page: Page, name: RegExp) => page.getByRole("button", { name });
const session = async (page: Page) => (await page.context().cookies()).find(({ name }) => name === "__Host-Http-tally_s");

test("who opens a link of the console signs in at the provider and comes to it", async ({ visitor: page }) => {
  const path = "/main/eu-west-1/channels?q=type%3ASTANDARD&sort=-name";
  await page.goto(path);
  await expect(heading(page)).toHaveText("Sign in");
  await signIn(page, "oli");
  await expect(heading(page)).toHaveText("Channels");
  await expect(page).toHaveURL(path);
  await who(page, /^Oli Operator, operator/).click();
  await expect(page.getByRole("list", { name: "What you may" })).toContainText("Act on live streams");
  expect(await session(page)).toMatchObject({ secure: true, httpOnly: true, sameSite: "Strict", path: "/" });
  expect(await page.evaluate(() => document.cookie)).toBe("");
});

test("signing out ends the session, and says where one is still signed in", async ({ visitor: page }) => {
  await page.goto("/");
  await signIn(page, "vic");
  await expect(heading(page)).toHaveText("Channels");
  const before = await page.context().cookies();
  await who(page, /^Vic Viewer/).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(heading(page)).toHaveText("You are signed out");
  expect(await session(page)).toBeUndefined();
  await page.context().addCookies(before);
  await page.goto("/");
  await expect(heading(page), "the cookie of before is worth nothing").toHaveText("Sign in");
  await page.goto("/sign-in?out=1");
  await page.getByRole("link", { name: "Sign out there, too" }).click();
  await page.getByRole("button", { name: /Yes, sign me out/ }).click();
  await expect(heading(page)).toHaveText("Sign in");
});

test("who signs out at the provider is signed out here, too", async ({ visitor: page, sso, browser }) => {
  await page.goto("/");
  await signIn(page, "vic");
  await expect(heading(page)).toHaveText("Channels");
  const elsewhere = await person(sso, browser, "vic");
  // The provider's own page, as if another application had led there.
  const there = await page.context().newPage();
  await there.goto(`${sso.identity.issuer}/session/end`);
  await there.getByRole("button", { name: /Yes, sign me out/ }).click();
  await expect(there.getByText(/Sign-out Success/i)).toBeVisible();
  await page.reload();
  await expect(heading(page)).toHaveText("Sign in");
  await elsewhere.reload();
  await expect(heading(elsewhere), "the session of another browser is another one").toHaveText("Channels");
  await elsewhere.context().close();
});

test("whom no rule lets in is told so, and nothing more", async ({ visitor: page }) => {
  await page.goto("/main/eu-west-1/streams");
  await tryToSignIn(page, "nora");
  await expect(page.getByRole("alert")).toContainText("You have no access here");
  await expect(page.getByRole("alert")).toContainText("Acme login knows you, and no rule of this console gives you a role");
  expect(await session(page)).toBeUndefined();
  await expect(page.getByRole("link", { name: "Continue with Acme login" })).toHaveAttribute("href", /to=%2Fmain%2Feu-west-1%2Fstreams$/);
});

test("who turns back at the provider is where they were", async ({ visitor: page }) => {
  await page.goto("/tags");
  await page.getByRole("link", { name: "Continue with Acme login" }).click();
  await page.getByRole("link", { name: /Cancel/ }).click();
  await expect(page.getByRole("alert")).toContainText("Acme login did not let you in");
});

test("a session that others have ended waits with what was typed", async ({ sso, browser, visitor: page }) => {
  await page.goto("/main/us-west-2/channels/new");
  await signIn(page, "ann");
  await page.getByLabel("Name", { exact: true }).fill("typed-before");
  const again = await person(sso, browser, "ann", "/signed-in");
  await again.getByRole("region", { name: "Your sign-ins" }).getByRole("button", { name: "End the sign-in on Chrome on Linux" }).first().click();
  await expect(again.getByRole("region", { name: "Your sign-ins" }).getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "Create channel" }).click();
  await expect(heading(page)).toHaveText("Your session has ended");
  const [tab] = await Promise.all([page.context().waitForEvent("page"), page.getByRole("link", { name: "Continue with Acme login" }).click()]);
  // The provider still knows her.
  await expect(heading(tab)).toHaveText("Create channel");
  await page.getByRole("button", { name: "Go on here" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("typed-before");
  await again.context().close();
});

test("an admin sees who is signed in, and ends it", async ({ sso, browser, visitor: page }) => {
  const vic = await person(sso, browser, "vic");
  await page.goto("/signed-in");
  await signIn(page, "ann");
  const everyone = page.getByRole("region", { name: "Everyone" });
  await everyone.getByRole("button", { name: "End all sign-ins of Vic Viewer" }).first().click();
  await page.getByRole("button", { name: "End all sign-ins", exact: true }).click();
  await expect(everyone.getByText("Vic Viewer")).toHaveCount(0);
  await vic.goto("/main/eu-west-1/streams");
  await expect(heading(vic)).toHaveText("Sign in");
  await vic.goto("/signed-in");
  await signInAgain(vic);
  await expect(vic.getByRole("region", { name: "Everyone" })).toContainText("Needs the admin role");
  await vic.context().close();
});

/** The provider still knows who it is. */
async function signInAgain(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Continue with Acme login" }).click();
  await expect(heading(page)).toHaveText("Signed in");
}

test("rules hold where they say, and the interface with them", async ({ visitor: page, watch }) => {
  watch.provokes(403);
  await page.goto("/main/eu-west-1/channels");
  await signIn(page, "reg");
  const create = page.getByRole("link", { name: "Create channel" }).or(page.getByRole("button", { name: "Create channel" }));
  await expect(create.first()).toHaveAttribute("aria-disabled", "true");
  await page.goto("/main/us-west-2/channels");
  await expect(create.first()).not.toHaveAttribute("aria-disabled", "true");
  await page.goto("/test/eu-west-1/channels");
  await expect(heading(page)).toHaveText("Not set up here");
});

test("two people of one browser see nothing of each other", async ({ sso, visitor: page }) => {
  await page.goto("/main/eu-west-1/channels");
  await signIn(page, "ann");
  await expect(heading(page)).toHaveText("Channels");
  await page.context().clearCookies();
  await page.goto("/tags");
  await expect(heading(page)).toHaveText("Sign in");
  await page.getByRole("link", { name: "Continue with Acme login" }).click();
  await atTheProvider(page, "vic");
  await expect(who(page, /^Vic Viewer, viewer/)).toBeVisible();
  await page.goto(`${sso.origin}/signed-in`);
  await expect(page.getByRole("region", { name: "Your sign-ins" }).getByText("This browser")).toHaveCount(1);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`signing in is fair in ${colorScheme}, and fits a phone`, async ({ visitor: page }) => {
    await page.emulateMedia({ colorScheme });
    const fair = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
      await page.setViewportSize({ width: 1440, height: 900 });
    };
    await page.goto("/sign-in?why=no-access&to=%2Ftags");
    await expect(page.getByRole("alert")).toBeVisible();
    await fair();
    await signIn(page, "ann");
    await page.goto("/signed-in");
    await expect(page.getByRole("region", { name: "Everyone" }).getByRole("listitem").first()).toBeVisible();
    await fair();
  });
}
