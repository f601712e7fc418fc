import { expect, test } from "../fixtures/test.ts";

test("text comes compressed, what has a hashed name is kept for ever, and data is not kept", async ({ page }) => {
  const headers = new Map<string, Record<string, string>>();
  page.on("response", (response) => void headers.set(new URL(response.url()).pathname, response.headers()));
  await page.goto("/about");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  const seen = { page: 0, files: 0, data: 0 };
  for (const [path, { "content-encoding": encoding, "cache-control": cache }] of headers) {
    if (path.startsWith("/api/")) {
      seen.data += 1;
      expect(cache, path).toBe("no-store");
    } else if (path === "/about") {
      seen.page += 1;
      expect(encoding, path).toBe("br");
      expect(cache, path).toBe("no-cache");
    } else if (!path.endsWith(".svg")) {
      seen.files += 1;
      expect(path).toMatch(/^\/(app-[0-9a-f]{16}\/\w+|(boot|style)-[0-9a-f]{16})\.(js|css|wasm)$/);
      expect(encoding, path).toBe("br");
      expect(cache, path).toContain("immutable");
    }
  }
  // boot.js and the style sheet; the app's JavaScript, its loader and its wasm; this page's part, and what it shares with
  // others in as many files as the cut makes of it: thirteen.
  expect(seen).toEqual({ page: 1, files: 18, data: seen.data });
  expect(seen.data).toBeGreaterThan(0);
});
