import { defineConfig } from "@playwright/test";

import suite from "../playwright.config.ts";

/** `cargo xtask bench` runs it; by hand: `TALLY_BIN=… npx playwright test --config bench`. */
export default defineConfig(suite, {
  testDir: ".",
  testMatch: "*.bench.ts",
  // Two at once would measure each other.
  workers: 1,
  timeout: 600_000,
  use: { trace: "off", screenshot: "off" },
});
