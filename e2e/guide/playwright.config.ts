import { defineConfig } from "@playwright/test";

import suite from "../playwright.config.ts";

/** `cargo xtask screens` runs it: the pictures of the guide and of the README. */
export default defineConfig(suite, {
  testDir: ".",
  testMatch: "*.screens.ts",
  workers: 1,
  use: { trace: "off", screenshot: "off", viewport: { width: 1280, height: 800 }, colorScheme: "light" },
});
