import { defineConfig } from "@playwright/test";

/** Debian's Chromium, and nothing that it would like to fetch by itself. */
const chromium = {
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};

export default defineConfig({
  testDir: "tests",
  // A worker is a browser and a `tally demo` of its own.
  workers: 2,
  // A test that passes at the second try hides a fault.
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    // What a click may do in a window, and has to be allowed where there is none.
    permissions: ["clipboard-write"],
    launchOptions: chromium,
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    // The receipts and copied values of a failed test are in its trace.
    trace: "retain-on-failure",
    actionTimeout: 10_000,
    screenshot: "only-on-failure",
  },
});
