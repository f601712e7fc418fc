import { BehindSso, signIn } from "../fixtures/behind-sso.ts";
import { expect, test as base } from "../fixtures/test.ts";

/** A console that signs people in itself, behind an nginx that does TLS, as the page on deploying says. */
const test = base.extend<object, { sso: BehindSso }>({
  sso: [
    async ({}, use) => {
      const sso = await BehindSso.start("nginx");
      await use(sso);
      await sso.stop();
    },
    { scope: "worker" },
  ],
});

test("behind nginx one signs in, and the sessions have the browser's own address", async ({ sso, browser, watch }) => {
  watch.provokes(401);
  const context = await sso.browser(browser, { "X-Forwarded-For": "203.0.113.7" });
  await watch.on(context);
  const page = await context.newPage();
  await page.goto("/main/eu-west-1/streams");
  await signIn(page, "ann");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Live streams");
  const cookie = (await context.cookies()).find(({ name }) => name === "__Host-Http-tally_s");
  expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: "Strict" });
  await page.getByRole("button", { name: /, admin/ }).click();
  await page.getByRole("link", { name: "Where you are signed in" }).click();
  await expect(page.getByRole("main")).toContainText("127.0.0.1");
  await expect(page.getByRole("main"), "what a browser says of where it comes from counts for nothing").not.toContainText("203.0.113.7");
  await context.close();
});
