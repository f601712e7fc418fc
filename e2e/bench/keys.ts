import { type Browser, type CDPSession, expect, type Page } from "@playwright/test";

import { crowd } from "../fixtures/crowd.ts";
import { median } from "./measure.ts";

/** Of ten thousand: all of them for some keys, then fewer and fewer, ten at last. */
const TYPED = "event-0942";
const ROWS = 10_000;

/** A page with ten thousand rows, not throttled. */
export class Filter {
  private constructor(
    private readonly page: Page,
    private readonly devtools: CDPSession,
  ) {}

  static async open(browser: Browser, url: string): Promise<Filter> {
    const context = await browser.newContext();
    const page = await context.newPage();
    await crowd(page, ROWS);
    await page.goto(url);
    await expect(page.getByRole("table", { name: "Channels" })).toHaveAttribute("aria-rowcount", String(ROWS + 1), { timeout: 120_000 });
    const devtools = await context.newCDPSession(page);
    // The time that the thread ran, not the time that passed: other programs do not count.
    await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    return new Filter(page, devtools);
  }

  /** What each key costs the main thread, in milliseconds, with the frame that shows it. */
  async type(): Promise<number[]> {
    await this.page.bringToFront();
    const filter = this.page.getByRole("searchbox", { name: "Filter" });
    await filter.fill("");
    await filter.focus();
    const keys: number[] = [];
    const waits: number[] = [];
    for (const key of TYPED) {
      waits.push(await this.cost(async () => {}));
      keys.push(await this.cost(() => this.page.keyboard.press(key)));
    }
    await expect(this.page.getByRole("table", { name: "Channels" })).toHaveAttribute("aria-rowcount", "11");
    // Asking and waiting cost something too, which no key is to blame for.
    return keys.map((key) => Math.max(key - median(waits), 0));
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  private async cost(act: () => Promise<void>): Promise<number> {
    const before = await this.busy();
    await act();
    await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    return (await this.busy()) - before;
  }

  private async busy(): Promise<number> {
    const { metrics } = await this.devtools.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")!.value * 1_000;
  }
}
