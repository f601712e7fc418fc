import type { Browser, Page } from "@playwright/test";

/** What a load showed, in milliseconds. */
export type Load = {
  /** From the start of the navigation until the first window of rows is painted. */
  painted: number;
  /** The longest of the main thread's tasks over 50 ms; 0 if there was none. */
  longest: number;
  /** What the main thread ran in all, other programs not counted. */
  busy: number;
};

/** As many rows fill the window. */
const FULL = 20;
/** Chromium's own "Fast 4G": per request, and in bytes a second. */
const FAST_4G = { offline: false, latency: 165, downloadThroughput: 8_100_000 / 8, uploadThroughput: 1_350_000 / 8 };
/**
 * What comes after the rows belongs to the load too. And the console answers reads of the same second with one answer: the
 * next load has to wait for its own.
 */
const AFTERWARDS = 1_200;

declare global {
  interface Window {
    bench: { painted: Promise<number>; longest: number };
  }
}

/** Loads a page with nothing kept from before, throttled: `cpu` says how many times slower than this machine. */
export async function load(browser: Browser, url: string, cpu: number): Promise<Load> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", FAST_4G);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  await watch(page);
  await page.goto(url, { waitUntil: "commit" });
  const painted = await page.evaluate(() => window.bench.painted);
  await page.waitForTimeout(AFTERWARDS);
  const longest = await page.evaluate(() => window.bench.longest);
  const { metrics } = await devtools.send("Performance.getMetrics");
  const busy = 1_000 * metrics.find(({ name }) => name === "TaskDuration")!.value;
  await context.close();
  return { painted, longest, busy };
}

/** Both pages mark their rows alike; what stands there before they come has no such mark. */
function watch(page: Page): Promise<unknown> {
  return page.addInitScript((full) => {
    const painted = new Promise<number>((resolve) => {
      const rows = new MutationObserver(() => {
        if (document.querySelectorAll("tr[data-row]").length < full) return;
        rows.disconnect();
        // They are in the document; what comes after the next frame comes after they are on the screen.
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      });
      rows.observe(document, { childList: true, subtree: true });
    });
    window.bench = { painted, longest: 0 };
    const tasks = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.bench.longest = Math.max(window.bench.longest, duration);
    });
    tasks.observe({ type: "longtask", buffered: true });
  }, FULL);
}
