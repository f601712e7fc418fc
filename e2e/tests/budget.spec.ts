import { expect, test } from "../fixtures/test.ts";
import { at, OFFLINE } from "../fixtures/place.ts";

/** All that the app loads to show the channels, in bytes of brotli, now that every operation has a page. */
const BUDGET = 300_000;
/** What is reached (docs/performance.md): it goes up only for what people see. */
const REACHED = 167_900;
/** With every part of the app. */
const ALL_PARTS = 676_500;

// Somebody who has had jobs loads what shows them.
test.use({ alone: "budget" });

test("what opens the console weighs no more than it did, nor do all parts of the app together", async ({ page, demo }) => {
  const sizes = new Map<string, Promise<number>>();
  page.on("requestfinished", (request) => {
    const { pathname, origin } = new URL(request.url());
    if (origin !== demo.origin || pathname.startsWith("/api/")) return;
    sizes.set(pathname, request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto(at("channels"));
  await expect(page.getByRole("table", { name: "Channels" }).getByRole("link").first()).toBeVisible();

  const weigh = async () => {
    const loaded = new Map<string, number>();
    for (const [path, size] of sizes) loaded.set(path.replace(/^.*\//, ""), await size);
    return { loaded, together: [...loaded.values()].reduce((sum, size) => sum + size, 0) };
  };
  const opened = await weigh();
  expect([...opened.loaded.keys()].filter((name) => name.endsWith(".wasm"))).toEqual(["frontend_bg.wasm"]);
  expect(opened.together, JSON.stringify(Object.fromEntries(opened.loaded))).toBeLessThanOrEqual(Math.min(REACHED, BUDGET));

  for (const link of [OFFLINE, "Recording configurations", "Sessions", "About"]) await page.getByRole("link", { name: link, exact: true }).hover();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("listbox", { name: "Found" }).getByRole("option").first()).toBeVisible();
  await expect.poll(() => [...sizes.keys()].filter((path) => path.includes("/split_")).length).toBe(5);
  const all = await weigh();
  expect(all.together, JSON.stringify(Object.fromEntries(all.loaded))).toBeLessThanOrEqual(ALL_PARTS);
});
