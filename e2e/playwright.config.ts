import { defineConfig } from "@playwright/test";

/** Debian's Chromium without its windows, which takes half as much of the processor; and nothing that it would like to fetch by itself. */
const chromium = {
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium-headless-shell",
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
    // What a click may do in a window, and has to be allowed without one.
    permissions: ["clipboard-write"],
    launchOptions: chromium,
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    // A trace of every test costs as much as half of them. Whoever looks for a fault asks for one: `--trace retain-on-failure`.
    trace: "off",
    actionTimeout: 10_000,
    screenshot: "only-on-failure",
  },
});
