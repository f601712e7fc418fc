import { expect, test } from "../fixtures/test.ts";

// Every test is watched for what no page may cause. Here the watch is: each fault, and how it is noticed.
const FAULTS: [what: string, cause: () => void, noticed: RegExp][] = [
  ["an uncaught error", () => void setTimeout(() => { throw new Error("nobody caught it"); }), /^uncaught: .*nobody caught it/m],
  ["a rejection that nobody handles", () => void Promise.reject(new Error("nobody handled it")), /^uncaught: .*nobody handled it/m],
  ["an error in the console", () => console.error("something broke"), /^console: something broke/m],
  ["an answer of 4xx", () => void fetch("/api/nothing", { method: "POST" }), /^console: Failed to load resource.* status of 4\d\d/m],
  ["an inline style", () => document.body.setAttribute("style", "color: red"), /^console: policy: style-src-attr/m],
  ["a script made of text", () => void setTimeout(() => { document.createElement("script").text = "1"; }), /TrustedScript/],
  ["HTML made of text", () => void setTimeout(() => { document.body.innerHTML = "<p>harmless</p>"; }), /TrustedHTML/],
  ["an image from elsewhere", () => void (new Image().src = "https://192.0.2.1/x.png"), /^console: policy: img-src/m],
];

for (const [what, cause, noticed] of FAULTS) {
  test(`it notices ${what}`, async ({ page, watch }) => {
    await page.goto("/about");
    await page.evaluate(cause);
    let seen = "";
    await expect.poll(() => (seen += watch.take().join("\n") + "\n")).toMatch(noticed);
    await page.goto("about:blank");
    watch.take();
  });
}

test("it notices a failure that a test says it provokes and does not", async ({ page, watch }) => {
  watch.provokes(418);
  await page.goto("/about");
  expect(watch.take()).toEqual(["not provoked: 418"]);
});
