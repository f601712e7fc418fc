import { readFile, writeFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { ALL_THE_SAME } from "../fixtures/channels.ts";
import { Console, type Grant, type Role } from "../fixtures/console.ts";
import { Demo } from "../fixtures/demo.ts";
import { Emulator } from "../fixtures/emulator.ts";
import { OPERATIONS } from "../fixtures/operations.ts";
import { permissions } from "../fixtures/permissions.ts";
import { ACCOUNT, at, REGION } from "../fixtures/place.ts";
import type { Row } from "../fixtures/row.ts";
import { world, type World } from "../fixtures/world.ts";

// Every operation of IVS from the page where it is made, as everybody; what was seen is the table of docs/operations.md.

// Jobs of these tests are still under way when they end.
test.use({ alone: "operations" });

// Each test adds to what the last one compares.
test.describe.configure({ mode: "serial" });

const ROLES: Role[] = ["viewer", "operator", "admin"];
const TABLE = await permissions();
const DOCUMENT = new URL("../../docs/operations.md", import.meta.url);

/** What each row's cells say, by the row and the heading of the column. */
const seen = new Map<Row, Record<string, string>>();

/** What a role lacks for what the row does; undefined where it may. */
function lacks(row: Row, role: Role, grants: Grant[]): string | undefined {
  if (row.by?.startsWith("/api/reveal/")) return grants.includes("secret-reader") ? undefined : "secret-reader grant";
  const { permission, roles } = TABLE.find(({ operation }) => operation === row.operation)!;
  if (!roles.includes(role)) return permission === "Manage" ? "admin role" : "operator role";
  // Whoever only looks starts no job.
  return row.by !== undefined && role === "viewer" ? "operator role" : undefined;
}

/** What the page asked for since it was opened, and what was answered. */
class Asked {
  private requests: string[] = [];
  private answers: string[] = [];

  constructor(page: Page) {
    const path = (url: string) => new URL(url).pathname;
    page.on("request", (request) => this.requests.push(path(request.url())));
    page.on("response", (response) => this.answers.push(`${path(response.url())} ${response.status()}`));
  }

  begin(): void {
    this.requests = [];
    this.answers = [];
  }

  /** How often this was asked for. */
  times(path: string): number {
    return this.requests.filter((asked) => asked === path).length;
  }

  /** What it was answered with, each time. */
  statuses(path: string): string[] {
    return this.answers.filter((answer) => answer.startsWith(`${path} `)).map((answer) => answer.slice(path.length + 1));
  }
}

/** Somebody at the pages. `throttled`: IVS refuses each operation once for its rate, before it does it. */
type Person = { page: Page; emulator: Emulator; world: World; asked: Asked; role: Role; grants: Grant[]; throttled?: boolean };

const path = (row: Row) => row.by ?? `/api/ivs/${ACCOUNT}/${REGION}/${row.operation}`;

/** Where the row's page is. */
function address({ page, of }: Row, world: World): string {
  const meant = (name: string) => world[name === "id" || name === "channel" ? of! : (name as keyof World)];
  const filled = page.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(meant(name)));
  return filled.startsWith("/") ? filled : at(filled);
}

/** Tries a row on its page, which is open; answers what was seen. */
async function tried(row: Row, { page, emulator, asked, role, grants, throttled }: Person): Promise<string> {
  const [of, why] = [path(row), `${row.operation} as ${role}`];
  if (row.control === undefined) {
    await expect.poll(() => asked.statuses(of), { message: why }).toContain("200");
    return "✓";
  }
  await row.ready?.(page);
  const control = row.control(page);
  await expect(control, why).toBeVisible();
  const lacking = lacks(row, role, grants);
  const [times, answers, commits] = [asked.times(of), asked.statuses(of).length, await emulator.commits(row.operation)];
  if (lacking !== undefined) {
    await expect(control, why).toHaveAttribute("aria-disabled", "true");
    await expect(control, why).toHaveAccessibleDescription(new RegExp(`Needs the ${lacking}\\.`));
    await control.click(ALL_THE_SAME);
    await expect(page.getByRole("dialog"), why).toHaveCount(0);
    expect([asked.times(of), await emulator.commits(row.operation)], why).toEqual([times, commits]);
    return `needs the ${lacking}`;
  }
  await expect(control, why).not.toHaveAttribute("aria-disabled", "true");
  if (throttled === true) await emulator.fault(row.operation, "throttle", { code: true });
  await control.click();
  await row.then?.(page);
  await expect.poll(() => asked.statuses(of).slice(answers), { message: why }).toEqual(["200"]);
  await expect.poll(() => emulator.commits(row.operation), { message: `${why}, at IVS` }).toBeGreaterThan(commits);
  return "✓";
}

/** Tries rows one after the other; what is on the same page, without loading it again. */
async function walk(rows: Row[], person: Person, column: string): Promise<void> {
  const { page, asked } = person;
  // What is typed may be thrown away.
  page.on("dialog", (dialog) => void dialog.accept());
  let [opened, there] = ["", ""];
  for (const row of rows) {
    const wanted = address(row, person.world);
    if (wanted !== opened || page.url() !== there) {
      asked.begin();
      const reads = person.throttled === true ? rows.filter((other) => other.control === undefined && address(other, person.world) === wanted) : [];
      for (const { operation } of reads) await person.emulator.fault(operation, "throttle", { code: true });
      await page.goto(wanted);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(new URL(page.url()).pathname).toBe(wanted.split("?")[0]);
      [opened, there] = [wanted, page.url()];
    }
    const what = await test.step(`${row.operation}: ${row.what}`, () => tried(row, person));
    seen.set(row, { ...seen.get(row), [column]: what });
  }
}

test("the table names each of the operations, and no other", () => {
  expect(TABLE.length).toBe(46);
  expect([...new Set(OPERATIONS.map(({ operation }) => operation))].toSorted()).toEqual(TABLE.map(({ operation }) => operation).toSorted());
});

for (const role of ROLES) {
  test(`each operation as ${role}, without secret-reader`, async ({ page, api, emulator, rights: _ }) => {
    test.slow();
    await api.actAs("admin", []);
    const there = await world(api, emulator);
    await api.actAs(role, []);
    await walk(OPERATIONS, { page, emulator, world: there, asked: new Asked(page), role, grants: [] }, role);
  });

  const throttled = role === "admin";
  test(`each operation as ${role}, with secret-reader${throttled ? ", each refused once for its rate" : ""}`, async ({ browser, watch }) => {
    // Whoever was refused waits a second or two, forty-six times.
    test.setTimeout(300_000);
    // Many stream keys are revealed once a minute at most: everybody has a console of their own.
    const demo = await Demo.start();
    const context = await browser.newContext({ baseURL: demo.origin });
    try {
      await watch.on(context);
      const page = await context.newPage();
      await page.goto(demo.launch);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      const [api, emulator] = [new Console(context.request, demo.origin), new Emulator(demo.emulator)];
      const there = await world(api, emulator);
      await api.actAs(role, ["secret-reader"]);
      const person: Person = { page, emulator, world: there, asked: new Asked(page), role, grants: ["secret-reader"], throttled };
      await walk(OPERATIONS, person, `${role} with secret-reader`);
      expect(await emulator.unfired(), "each refusal came").toEqual([]);
    } finally {
      await context.close();
      await demo.stop();
    }
  });
}

const INTRODUCTION = `# Operations and their pages

<!-- Written by \`e2e/tests/operations.spec.ts\`, with TALLY_BLESS=1 in the environment, from what it saw in the browser. -->

On which page of the console each operation of IVS is made, by what, and by whom: tried in a browser as everybody, against the
emulator. An operation may be made on other pages too; [permissions](permissions.md) has who may call it at all.

- ✓: it was done from that page, and answered.
- *needs the …*: what does it is there, but off, and says so. Nothing was sent.
- \`/api/…\` after what does it: the browser asks for that, and the backend makes the call on the person's behalf. All others the
  browser asks for by their own name.

Pages without a \`/\` before them are below \`/{account}/{region}/\`. \`secret-reader\` adds: on top of each of the three roles; all else was tried with it too, and is the same. An admin with it had each operation refused once
by IVS for its rate before it was done.

`;

/** A line of the table. */
function line(row: Row): string {
  const cells = seen.get(row) ?? {};
  const mine = ROLES.map((role) => cells[role]);
  const granted = ROLES.map((role) => cells[`${role} with secret-reader`]);
  expect(mine, `${row.operation} was seen by everybody`).toEqual(mine.map(() => expect.any(String)));
  const reveals = row.by?.startsWith("/api/reveal/") === true;
  expect(granted, `${row.operation} with secret-reader`).toEqual(reveals ? ROLES.map(() => "✓") : mine);
  const what = row.by === undefined ? row.what : `${row.what} (\`${row.by}\`)`;
  return `| ${[row.operation, `\`${row.page}\``, what, ...mine, reveals ? "✓" : ""].join(" | ")} |`;
}

test("docs/operations.md says what was seen", async () => {
  const order = TABLE.map(({ operation }) => operation);
  const rows = OPERATIONS.toSorted((one, other) => order.indexOf(one.operation) - order.indexOf(other.operation));
  const head = "| Operation | Page | What does it there | viewer | operator | admin | secret-reader adds |\n|---|---|---|---|---|---|---|\n";
  const page = `${INTRODUCTION}${head}${rows.map(line).join("\n")}\n`;
  if (process.env["TALLY_BLESS"] !== undefined) await writeFile(DOCUMENT, page);
  const written = await readFile(DOCUMENT, "utf8").catch(() => "");
  expect(written === page, "docs/operations.md is stale: the browser tests write it with TALLY_BLESS=1").toBe(true);
});
