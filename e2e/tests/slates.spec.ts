import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { addTag } from "../fixtures/channels.ts";
import { likeEveryKind } from "../fixtures/every-kind.ts";
import {
  card, columns, conflict, code, fact, filter, found, type Kind, make, name, openAll, openEdit, openNew, openOne, problem, receipt,
  refused, save, sent, submit, tabTo, title,
} from "../fixtures/kind.ts";
import { at } from "../fixtures/place.ts";

// Failover slates: what viewers see while the encoder is gone.

const SLATE: Kind = {
  path: "failover-slates",
  many: "Failover slates",
  one: "failover slate",
  create: "Create failover slate",
  made: "created",
  creates: "CreateFailoverSlateConfiguration",
  lists: "ListFailoverSlateConfigurations",
  gets: "GetFailoverSlateConfiguration",
  deletes: "DeleteFailoverSlateConfiguration",
  updates: "UpdateFailoverSlateConfiguration",
  changes: "Edit",
  usedAs: "failoverSlateConfigurationArn",
  without: /viewers of a channel see no slate while its encoder is gone\.$/,
  quota: 20,
  least: () => ({}),
  fill: () => Promise.resolve(),
};

likeEveryKind(SLATE);

const after = (page: Page) => page.getByLabel("Shown after so many seconds");
const least = (page: Page) => page.getByLabel("For at least so many seconds");
const most = (page: Page) => page.getByLabel("For at most so many seconds");
const changes = (page: Page) => card(page, "Changes");

test("the list says how soon they are shown, for how long, and how many channels have them", async ({ page, api }) => {
  await page.setViewportSize({ width: 1920, height: 900 });
  const { channels } = await api.call<{ channels: Record<string, string>[] }>("ListChannels", { maxResults: 100 });
  const using = channels.filter((channel) => channel["failoverSlateConfigurationArn"]).length;
  const table = await openAll(page, SLATE);
  expect(await columns(page)).toEqual(["Name", "State", "Shown after", "For at least", "For at most", "Channels", "Tags", "ARN"]);
  const cells = table.locator("tr[data-row]").getByRole("cell");
  await expect(cells.filter({ hasText: /^\d/ })).toHaveText(["3 s", "3 s", "120 s", String(using)]);
  await expect(cells.first()).toHaveText("be-right-back");
  await expect(cells.nth(1)).toHaveText("●CREATED");
  await expect(page.getByText("1 in eu-west-1", { exact: true })).toBeVisible();
});

test("it is filtered by state and sorted by number, and both are part of the address", async ({ page, api, emulator }) => {
  for (const seconds of [60, 180]) await make(api, emulator, SLATE, { name: `e2e-${seconds}`, maxSlateDisplaySeconds: seconds });
  const table = await openAll(page, SLATE);
  await filter(page, "state:CREATED");
  const heading = table.getByRole("columnheader", { name: "For at most" });
  await heading.getByRole("button").click();
  await expect(heading).toHaveAttribute("aria-sort", "ascending");
  await expect(table.getByRole("link")).toHaveText(["e2e-60", "be-right-back", "e2e-180"]);
  await expect(page).toHaveURL(/sort=most/);
  await page.reload();
  await expect(table.getByRole("link")).toHaveText(["e2e-60", "be-right-back", "e2e-180"]);
  await page.getByRole("button", { name: "Remove state:CREATED" }).click();
  await page.getByRole("searchbox", { name: "Filter" }).fill("state:UPDATING");
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
});

test("one with every field is sent so, and shown", async ({ page, api }) => {
  await openNew(page, SLATE);
  await name(page).fill("e2e-every");
  await after(page).fill("5");
  await least(page).fill("10");
  await most(page).fill("180");
  await addTag(page, "team", "playout");
  await addTag(page, "empty", "");
  await expect(code(page)).toContainText("Today's AWS CLI does not know CreateFailoverSlateConfiguration");
  const { request } = await sent(page, SLATE.creates, submit(page, SLATE));
  expect(request).toEqual({
    name: "e2e-every",
    activationThresholdSeconds: 5,
    minSlateDisplaySeconds: 10,
    maxSlateDisplaySeconds: 180,
    tags: { team: "playout", empty: "" },
  });
  await expect(title(page, "e2e-every")).toBeVisible();
  await expect(fact(page, "Shown")).toHaveText("once nothing has come from the encoder for 5 s");
  await expect(fact(page, "For at least")).toHaveText("10 s");
  await expect(fact(page, "For at most")).toHaveText("180 s");
  await expect(card(page, "Used by")).toContainText("No channel uses it.");
  await expect(card(page, "Tags").locator(".tag")).toHaveText(["empty", "teamplayout"]);
  const arn = await page.locator(".below .arn code").innerText();
  expect(await found(api, SLATE, arn)).toMatchObject({
    name: "e2e-every",
    activationThresholdSeconds: 5,
    minSlateDisplaySeconds: 10,
    maxSlateDisplaySeconds: 180,
    tags: { team: "playout", empty: "" },
  });
});

test("fields that are empty are as IVS has them", async ({ page }) => {
  await openNew(page, SLATE);
  for (const field of [after, least, most]) await field(page).fill("");
  const { request } = await sent(page, SLATE.creates, submit(page, SLATE));
  expect(request).toEqual({});
  await expect(fact(page, "For at most")).toHaveText("60 s");
});

for (const [label, field, typed, reason] of [
  ["shown after", after, "2", "Must be between 3 and 5; this is 2."],
  ["shown after", after, "6", "Must be between 3 and 5; this is 6."],
  ["at least", least, "2", "Must be between 3 and 10; this is 2."],
  ["at least", least, "11", "Must be between 3 and 10; this is 11."],
  ["at most", most, "59", "Must be between 60 and 180; this is 59."],
  ["at most", most, "181", "Must be between 60 and 180; this is 181."],
  ["at most", most, "99.5", "Must be a whole number."],
  ["at most", most, "99999999999", "Must be a whole number."],
  ["at most", most, "-60", "Must be between 60 and 180; this is -60."],
] as const) {
  test(`${typed} seconds are refused at their field, ${label}`, async ({ page }) => {
    await openNew(page, SLATE);
    await field(page).fill(typed);
    await refused(page, SLATE, field(page), submit(page, SLATE), new RegExp(reason.replaceAll(".", "\\.")));
    await expect(field(page)).toHaveValue(typed);
  });
}

test("its state is followed on its page and on the list, without a reload", async ({ page, emulator }) => {
  await emulator.call("POST", "/clock", { stop: true });
  await openNew(page, SLATE);
  await name(page).fill("e2e-followed");
  await submit(page, SLATE).click();
  const head = page.getByRole("main").locator("header.head");
  await expect(head).toContainText("CREATING");
  await emulator.advance(10);
  await expect(head).toContainText("CREATED");
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await most(page).fill("90");
  await save(page, SLATE).click();
  await expect(head).toContainText("UPDATING");
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: SLATE.many }).click();
  const row = page.getByRole("row", { name: /e2e-followed/ });
  await expect(row).toContainText("UPDATING");
  await emulator.advance(10);
  await expect(row).toContainText("CREATED");
  await expect(row).toContainText("90 s");
});

test("one that IVS could not make says what is left to do", async ({ page, api, emulator }) => {
  const arn = await make(api, emulator, SLATE, { name: "e2e-failed" });
  await page.route(`**/${SLATE.gets}`, async (route) => {
    const answer = await route.fetch();
    const text = (await answer.text()).replace('"CREATED"', '"CREATE_FAILED"');
    await route.fulfill({ response: answer, body: text });
  });
  await openOne(page, SLATE, arn);
  await expect(page.getByRole("main").locator("header.head")).toContainText("CREATE_FAILED");
  await expect(problem(page)).toContainText("IVS could not make it");
  await expect(problem(page)).toContainText("make another one, and delete this one");
  await expect(page.getByRole("button", { name: "Attach to a channel…" })).toHaveAccessibleDescription(/^IVS could not make it/);
});

test("a state of tomorrow shows itself", async ({ page, api, emulator }) => {
  const arn = await make(api, emulator, SLATE, { name: "e2e-tomorrow" });
  await page.route(`**/${SLATE.gets}`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace('"CREATED"', '"<b>RESTING</b>"') });
  });
  await openOne(page, SLATE, arn);
  await expect(page.getByRole("main").locator("header.head .badge")).toHaveText("<b>RESTING</b>");
});

test("only what is changed is sent, after it was shown", async ({ page, api, emulator }) => {
  const arn = await make(api, emulator, SLATE, { name: "e2e-edit", maxSlateDisplaySeconds: 120 });
  await openEdit(page, SLATE, arn);
  await expect(most(page)).toHaveValue("120");
  await expect(changes(page)).toContainText("Nothing is changed yet.");
  await most(page).fill("150");
  await after(page).fill("4");
  await least(page).fill("9");
  await expect(changes(page).getByRole("row")).toHaveText([/^Setting/, "Shown after3 s4 s", "For at least3 s9 s", "For at most120 s150 s"]);
  await least(page).fill("3");
  await expect(changes(page).getByRole("row")).toHaveCount(3);
  const { request, seen } = await sent(page, "UpdateFailoverSlateConfiguration", save(page, SLATE));
  expect(request).toEqual({ arn, activationThresholdSeconds: 4, maxSlateDisplaySeconds: 150 });
  expect(seen).toEqual({ arn, activationThresholdSeconds: 3, maxSlateDisplaySeconds: 120 });
  await expect(receipt(page, "e2e-edit saved")).toContainText("UpdateFailoverSlateConfiguration");
  await expect(fact(page, "For at most")).toHaveText("150 s");
  expect(await found(api, SLATE, arn)).toMatchObject({ name: "e2e-edit", activationThresholdSeconds: 4, minSlateDisplaySeconds: 3 });
  expect(await emulator.commits("UpdateFailoverSlateConfiguration")).toBe(1);
});

test("a number that is taken away is refused: IVS leaves what it is not sent as it was", async ({ page, api, emulator }) => {
  const arn = await make(api, emulator, SLATE, { name: "e2e-empty", maxSlateDisplaySeconds: 120 });
  await openEdit(page, SLATE, arn);
  await most(page).fill("");
  await refused(page, SLATE, most(page), save(page, SLATE), /./);
  await most(page).fill("60");
  expect((await sent(page, "UpdateFailoverSlateConfiguration", save(page, SLATE))).request).toEqual({ arn, maxSlateDisplaySeconds: 60 });
});

test("what is out of range is refused at its field when it is changed, too", async ({ page, api, emulator }) => {
  await openEdit(page, SLATE, await make(api, emulator, SLATE, { name: "e2e-range" }));
  await least(page).fill("11");
  await refused(page, SLATE, least(page), save(page, SLATE), /Must be between 3 and 10; this is 11\./);
  expect(await emulator.commits("UpdateFailoverSlateConfiguration")).toBe(0);
});

test("what both have changed is decided with all three values before one", async ({ page, api, emulator, watch }) => {
  watch.provokes(412);
  const arn = await make(api, emulator, SLATE, { name: "e2e-three", maxSlateDisplaySeconds: 120 });
  await openEdit(page, SLATE, arn);
  await most(page).fill("150");
  await name(page).fill("e2e-mine");
  await api.call("UpdateFailoverSlateConfiguration", { arn, maxSlateDisplaySeconds: 90, name: "e2e-theirs", minSlateDisplaySeconds: 7 });
  await save(page, SLATE).click();
  await expect(conflict(page, "For at most")).toContainText(/When you began\s*120 s\s*Now in IVS\s*90 s\s*You\s*150 s/);
  await expect(conflict(page, "Name")).toContainText(/When you began\s*e2e-three\s*Now in IVS\s*e2e-theirs\s*You\s*e2e-mine/);
  await expect(page.getByText("Somebody else changed For at least to 7 s while you were editing")).toBeVisible();
  await expect(least(page)).toHaveValue("7");
  await expect(problem(page)).toContainText("It has changed since you looked");
  await save(page, SLATE).click();
  await expect(name(page)).toBeFocused();
  expect(await emulator.commits("UpdateFailoverSlateConfiguration")).toBe(1);
  await page.getByRole("button", { name: "Take theirs: Name" }).click();
  await page.getByRole("button", { name: "Keep mine: For at most" }).click();
  const { request, seen } = await sent(page, "UpdateFailoverSlateConfiguration", save(page, SLATE));
  expect(request).toEqual({ arn, maxSlateDisplaySeconds: 150 });
  expect(seen).toEqual({ arn, maxSlateDisplaySeconds: 90 });
  await expect(title(page, "e2e-theirs")).toBeVisible();
  expect(await found(api, SLATE, arn)).toMatchObject({ name: "e2e-theirs", minSlateDisplaySeconds: 7, maxSlateDisplaySeconds: 150 });
});

test("while one types the page looks what has changed meanwhile", async ({ page, api, emulator }) => {
  await page.clock.install();
  const arn = await make(api, emulator, SLATE, { name: "e2e-polled" });
  await openEdit(page, SLATE, arn);
  await most(page).fill("150");
  await api.call("UpdateFailoverSlateConfiguration", { arn, name: "e2e-theirs", maxSlateDisplaySeconds: 90 });
  await page.clock.runFor(16_000);
  await expect(conflict(page, "For at most")).toBeVisible();
  await expect(name(page)).toHaveValue("e2e-theirs");
  await expect(title(page, "Edit e2e-theirs")).toBeVisible();
});

test("one that is deleted while its form is open keeps the draft, and nothing is sent", async ({ page, api, emulator, watch }) => {
  await page.clock.install();
  const arn = await make(api, emulator, SLATE, { name: "e2e-too-late" });
  await openEdit(page, SLATE, arn);
  await most(page).fill("150");
  watch.provokes(404);
  await api.call(SLATE.deletes, { arn });
  await page.clock.runFor(16_000);
  await expect(page.locator("form .note").first()).toContainText("Somebody else deleted it.");
  await expect(most(page)).toHaveValue("150");
  await expect(save(page, SLATE)).toHaveAttribute("aria-disabled", "true");
  expect(await emulator.commits("UpdateFailoverSlateConfiguration")).toBe(0);
});

test("what IVS refuses while it is saved is said in the form, and nothing is lost", async ({ page, api, emulator, watch }) => {
  const arn = await make(api, emulator, SLATE, { name: "e2e-denied" });
  await openEdit(page, SLATE, arn);
  await most(page).fill("150");
  watch.provokes(403);
  await emulator.fault("UpdateFailoverSlateConfiguration", "accessDenied");
  await save(page, SLATE).click();
  await expect(problem(page)).toContainText("ivs:UpdateFailoverSlateConfiguration");
  await expect(most(page)).toHaveValue("150");
  await save(page, SLATE).click();
  await expect(fact(page, "For at most")).toHaveText("150 s");
});

test("the form of one that is not there says so, and has nothing to save", async ({ page, watch }) => {
  watch.provokes(404);
  await page.goto(at("failover-slates/abcdABCDefgh/edit"));
  await expect(problem(page)).toContainText("It is not there");
  await expect(save(page, SLATE)).toHaveCount(0);
});

test("one is created, changed and deleted without a mouse", async ({ page }) => {
  await openAll(page, SLATE);
  await tabTo(page, page.getByRole("link", { name: "Create failover slate" }));
  await page.keyboard.press("Enter");
  await expect(title(page, "Create failover slate")).toBeFocused();
  await tabTo(page, name(page));
  await page.keyboard.type("e2e-keyboard");
  await tabTo(page, most(page));
  await page.keyboard.press("ArrowUp");
  await expect(most(page)).toHaveValue("61");
  await page.keyboard.press("Enter");

  await expect(title(page, "e2e-keyboard")).toBeFocused();
  await expect(fact(page, "For at most")).toHaveText("61 s");
  await tabTo(page, page.getByRole("link", { name: "Edit", exact: true }));
  await page.keyboard.press("Enter");
  await expect(title(page, "Edit e2e-keyboard")).toBeFocused();
  await tabTo(page, least(page));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("8");
  await tabTo(page, save(page, SLATE));
  await page.keyboard.press("Enter");

  await expect(title(page, "e2e-keyboard")).toBeFocused();
  await expect(fact(page, "For at least")).toHaveText("8 s");
  await tabTo(page, page.getByRole("button", { name: "Edit tags" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "Add tag" }));
  await page.keyboard.press("Enter");
  await expect(card(page, "Tags").getByRole("textbox", { name: "Key" })).toBeFocused();
  await page.keyboard.type("team");
  await page.keyboard.press("Tab");
  await page.keyboard.type("sports");
  await tabTo(page, page.getByRole("button", { name: "Save tags" }));
  await page.keyboard.press("Enter");
  await expect(card(page, "Tags").locator(".tag")).toHaveText(["teamsports"]);

  const opener = page.getByRole("button", { name: "Delete…" });
  await title(page, "e2e-keyboard").focus();
  await tabTo(page, opener);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("textbox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.type("e2e-keyboard");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(at("failover-slates"));
  await expect(receipt(page, "e2e-keyboard deleted")).toBeVisible();
});
