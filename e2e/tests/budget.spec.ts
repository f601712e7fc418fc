import { expect, test } from "../fixtures/test.ts";
import { at } from "../fixtures/place.ts";

/**
 * All that the app loads, in bytes of brotli. The budget is 160,000 and not met yet (docs/performance.md): this is what is
 * reached. It goes up only for what people see, and docs/performance.md says for what.
 */
const REACHED = 208_900;

test("the app weighs no more than it did", async ({ page, demo }) => {
  const sizes = new Map<string, Promise<number>>();
  page.on("requestfinished", (request) => {
    const { pathname, origin } = new URL(request.url());
    if (origin !== demo.origin || pathname.startsWith("/api/")) return;
    sizes.set(pathname, request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto(at("channels"));
  await expect(page.getByRole("table", { name: "Channels" }).getByRole("link").first()).toBeVisible();

  const loaded = new Map<string, number>();
  for (const [path, size] of sizes) loaded.set(path, await size);
  expect([...loaded.keys()].filter((path) => path.endsWith(".wasm"))).toHaveLength(1);
  const together = [...loaded.values()].reduce((sum, size) => sum + size, 0);
  expect(together, JSON.stringify(Object.fromEntries(loaded))).toBeLessThanOrEqual(REACHED);
});
