import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { addTag, choose } from "../fixtures/channels.ts";
import { likeEveryKind } from "../fixtures/every-kind.ts";
import {
  card, clean, columns, conflict, fact, filter, found, type Kind, make, name, openAll, openEdit, openNew, openOne, problem, receipt,
  refused, save, sent, submit, title, watched,
} from "../fixtures/kind.ts";
import { at, LIVE } from "../fixtures/place.ts";

// Playback restriction policies: in which countries, and on which web pages, a public channel may be watched.

const POLICY: Kind = {
  path: "playback-restriction-policies",
  many: "Restriction policies",
  one: "playback restriction policy",
  create: "Create playback restriction policy",
  made: "created",
  creates: "CreatePlaybackRestrictionPolicy",
  lists: "ListPlaybackRestrictionPolicies",
  gets: "GetPlaybackRestrictionPolicy",
  deletes: "DeletePlaybackRestrictionPolicy",
  updates: "UpdatePlaybackRestrictionPolicy",
  changes: "Edit",
  usedAs: "playbackRestrictionPolicyArn",
  without: /a public channel may be watched from every country and on every web page\.$/,
  quota: 20,
  least: () => ({}),
  fill: () => Promise.resolve(),
};

likeEveryKind(POLICY);

const EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");
const EEA = [...EU, "IS", "LI", "NO"].toSorted();

const picker = (page: Page) => page.getByRole("group", { name: "Countries that may watch" });
const search = (page: Page) => picker(page).getByRole("searchbox", { name: "Find a country" });
const country = (page: Page, called: RegExp) => picker(page).getByRole("checkbox", { name: called });
const origins = (page: Page) => page.getByRole("textbox", { name: "Origins of the web pages that may play" });
const changes = (page: Page) => card(page, "Changes");
const update = (page: Page) => sent(page, "UpdatePlaybackRestrictionPolicy", save(page, POLICY));

async function openNamed(page: Page, called: string): Promise<void> {
  await (await openAll(page, POLICY)).getByRole("link", { name: called, exact: true }).click();
  await expect(title(page, called)).toBeVisible();
}

test("the list says countries by name, origins, when they are checked, and how many channels have it", async ({ page, api }) => {
  await page.setViewportSize({ width: 1920, height: 900 });
  const { channels } = await api.call<{ channels: Record<string, string>[] }>("ListChannels", { maxResults: 100 });
  const using = channels.filter((channel) => channel["playbackRestrictionPolicyArn"]).length;
  const table = await openAll(page, POLICY);
  expect(await columns(page)).toEqual(["Name", "Countries", "Origins", "Strict origin enforcement", "Channels", "Tags", "ARN"]);
  await expect(page.getByText("2 in eu-west-1", { exact: true })).toBeVisible();
  const row = (nth: number) => table.locator(`tr[data-row='${nth}']`).getByRole("cell");
  const sites = "https://www.northlight.example, https://partners.northlight.example";
  await expect(row(0)).toHaveText(["partner-sites", "All", sites, "On", "–", "teamrights", /^\w{12}$/]);
  await expect(row(1)).toHaveText(["rights-europe", "Germany, Spain +7", "All", "–", String(using), "teamrights", /^\w{12}$/]);
});

for (const [typed, names] of [
  ["country:Germany", ["rights-europe"]],
  ["origin:https://www.northlight.example", ["partner-sites"]],
  ["name:rights", ["rights-europe"]],
  // Those that the cell only counts are found, too.
  ["country:Portugal", ["rights-europe"]],
  ['country:"United Kingdom"', ["rights-europe"]],
] as const) {
  test(`it is filtered by a field: ${typed}`, async ({ page }) => {
    const table = await openAll(page, POLICY);
    await filter(page, typed);
    await expect(table.getByRole("link")).toHaveText([...names]);
    await page.getByRole("button", { name: `Remove ${typed}` }).click();
    await expect(table.getByRole("link")).toHaveCount(2);
  });
}

test("one with every field is sent so, and shown", async ({ page, api }) => {
  await openNew(page, POLICY);
  await name(page).fill("e2e-every");
  await search(page).fill("zealand");
  await country(page, /^New Zealand/).check();
  await search(page).fill("DE");
  await country(page, /^Germany/).check();
  await origins(page).fill("https://www.example.com\n\n  http://localhost:8080 ");
  await choose(page, "Strict origin enforcement", /^On/);
  await addTag(page, "team", "rights");
  await addTag(page, "empty", "");
  const { request } = await sent(page, POLICY.creates, submit(page, POLICY));
  const settings = {
    name: "e2e-every",
    allowedCountries: ["DE", "NZ"],
    allowedOrigins: ["https://www.example.com", "http://localhost:8080"],
    enableStrictOriginEnforcement: true,
    tags: { team: "rights", empty: "" },
  };
  expect(request).toEqual(settings);
  await expect(title(page, "e2e-every")).toBeVisible();
  await expect(fact(page, "Countries").locator(".tag")).toHaveText(["DEGermany", "NZNew Zealand"]);
  await expect(fact(page, "Origins").getByRole("listitem")).toHaveText(["https://www.example.com", "http://localhost:8080"]);
  await expect(fact(page, "Strict origin enforcement")).toHaveText("On: with every playlist and segment");
  await expect(card(page, "Tags").locator(".tag")).toHaveText(["empty", "teamrights"]);
  const arn = await page.locator(".below .arn code").innerText();
  expect(await found(api, POLICY, arn)).toMatchObject(settings);
});

test("with nothing chosen nothing is restricted, and it says what an empty list means", async ({ page }) => {
  await openNew(page, POLICY);
  await expect(picker(page).getByRole("status")).toHaveText("All countries: an empty list allows every one.");
  const { request } = await sent(page, POLICY.creates, submit(page, POLICY));
  expect(request).toEqual({});
  await expect(fact(page, "Countries")).toHaveText("All: an empty list allows every country");
  await expect(fact(page, "Origins")).toHaveText("All: an empty list allows every web page");
  await expect(fact(page, "Strict origin enforcement")).toHaveText("Off: with the first playlist alone, when playback starts");
});

test("countries are found by name and by their two letters, and what is chosen stays chosen while one searches", async ({ page }) => {
  await openNew(page, POLICY);
  await expect(picker(page).getByRole("checkbox")).toHaveCount(249);
  await search(page).fill("iReL");
  await expect(picker(page).getByRole("checkbox")).toHaveCount(1);
  await country(page, /^Ireland/).check();
  await expect(picker(page).getByRole("status")).toHaveText("1 country may watch, all others may not.");
  // Enter looks for it; it does not send the form.
  const bodies = watched(page, POLICY.creates);
  await search(page).press("Enter");
  await search(page).fill("us");
  await expect(country(page, /^United States/).first()).toBeVisible();
  await search(page).fill("no country is called like this");
  await expect(picker(page)).toContainText("No country is called so.");
  await search(page).fill("");
  await expect(country(page, /^Ireland/)).toBeChecked();
  await expect(picker(page).getByRole("checkbox").first()).toHaveAccessibleName(/^Ireland/);
  // What is ticked stays where it is: nothing moves under the pointer.
  await country(page, /^Albania/).check();
  await expect(picker(page).getByRole("checkbox").first()).toHaveAccessibleName(/^Ireland/);
  expect(bodies).toEqual([]);
});

test("countries are found by what people call them, without accents too, and what is meant stands first", async ({ page }) => {
  await openNew(page, POLICY);
  const all = await picker(page).locator("label span").allInnerTexts();
  expect(all).toEqual(all.toSorted(new Intl.Collator("en-GB").compare));
  expect(all.indexOf("Åland Islands")).toBeLessThan(all.indexOf("Albania"));
  for (const [typed, first] of [
    ["uk", "United Kingdom"], ["us", "United States"], ["usa", "United States"], ["turkey", "Türkiye"], ["britain", "United Kingdom"],
    ["england", "United Kingdom"], ["ivory", "Côte d’Ivoire"], ["cote", "Côte d’Ivoire"], ["swiss", "Switzerland"], ["aland", "Åland Islands"],
    ["czech republic", "Czechia"], ["holland", "Netherlands"], ["eu", "Austria"],
  ] as const) {
    await search(page).fill(typed);
    await expect(picker(page).locator("label span").first(), typed).toHaveText(first);
  }
});

test("sets are added, one country taken out again, and all cleared", async ({ page }) => {
  await openNew(page, POLICY);
  const said = picker(page).getByRole("status");
  await search(page).fill("Japan");
  await country(page, /^Japan/).check();
  await picker(page).getByRole("button", { name: "Add the EU" }).click();
  await expect(said).toHaveText("28 countries may watch, all others may not.");
  await picker(page).getByRole("button", { name: "Add the EEA" }).click();
  await expect(said).toHaveText("31 countries may watch, all others may not.");
  await search(page).fill("norw");
  await country(page, /^Norway/).uncheck();
  await expect(said).toHaveText("30 countries may watch, all others may not.");
  await picker(page).getByRole("button", { name: "Clear: all countries" }).click();
  await expect(said).toHaveText("All countries: an empty list allows every one.");
  await picker(page).getByRole("button", { name: "Add the EEA" }).click();
  const { request } = await sent(page, POLICY.creates, submit(page, POLICY));
  expect(request).toEqual({ allowedCountries: EEA });
  await expect(fact(page, "Countries").locator(".tag")).toHaveCount(30);
});

test("the EU is the EU", async ({ page }) => {
  await openNew(page, POLICY);
  await picker(page).getByRole("button", { name: "Add the EU" }).click();
  expect((await sent(page, POLICY.creates, submit(page, POLICY))).request).toEqual({ allowedCountries: EU });
});

for (const wrong of [
  "www.example.com",
  "https://example.com/",
  "https://example.com/watch",
  "https://Example.com",
  "https://*.example.com",
  "https://user@example.com",
  "https://example.com:port",
  "ftp://example.com",
  "javascript:alert(1)",
]) {
  test(`${wrong} is refused as an origin, and nothing is sent`, async ({ page }) => {
    await openNew(page, POLICY);
    await origins(page).fill(`https://www.example.com\n${wrong}`);
    const said = new RegExp(`${wrong.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")} is no origin\\.`);
    await refused(page, POLICY, origins(page), submit(page, POLICY), said);
    await origins(page).fill("https://www.example.com");
    await expect(origins(page)).not.toHaveAttribute("aria-invalid");
  });
}

test("an origin of 129 characters is refused at its field", async ({ page }) => {
  await openNew(page, POLICY);
  await origins(page).fill(`https://${"a".repeat(109)}.example.com`);
  await refused(page, POLICY, origins(page), submit(page, POLICY), /May have at most 128 characters; this has 129\./);
});

test("only what is changed is sent, after it was shown", async ({ page, api, emulator }) => {
  const before = { name: "e2e-edit", allowedCountries: ["DE", "FR"], allowedOrigins: ["https://a.example"] };
  const arn = await make(api, emulator, POLICY, before);
  await openEdit(page, POLICY, arn);
  await expect(changes(page)).toContainText("Nothing is changed yet.");
  await search(page).fill("Ireland");
  await country(page, /^Ireland/).check();
  await choose(page, "Strict origin enforcement", /^On/);
  await name(page).fill("e2e-edited");
  await expect(changes(page).getByRole("row")).toHaveText([
    /^Setting/,
    "Namee2e-edite2e-edited",
    "CountriesGermany, FranceGermany, France, Ireland",
    "Strict origin enforcementoffon",
  ]);
  await name(page).fill("e2e-edit");
  await expect(changes(page).getByRole("row")).toHaveCount(3);
  const { request, seen } = await update(page);
  expect(request).toEqual({ arn, allowedCountries: ["DE", "FR", "IE"], enableStrictOriginEnforcement: true });
  expect(seen).toEqual({ arn, allowedCountries: ["DE", "FR"], enableStrictOriginEnforcement: false });
  await expect(receipt(page, "e2e-edit saved")).toContainText("UpdatePlaybackRestrictionPolicy");
  await expect(fact(page, "Countries").locator(".tag")).toHaveCount(3);
  expect(await found(api, POLICY, arn)).toMatchObject({ ...before, allowedCountries: ["DE", "FR", "IE"], enableStrictOriginEnforcement: true });
  expect(await emulator.commits("UpdatePlaybackRestrictionPolicy")).toBe(1);
});

test("[] is sent when all are allowed again, and the origin is checked at the start again", async ({ page, api, emulator }) => {
  const before = { name: "e2e-again", allowedCountries: ["DE"], allowedOrigins: ["https://a.example"], enableStrictOriginEnforcement: true };
  const arn = await make(api, emulator, POLICY, before);
  await openEdit(page, POLICY, arn);
  await picker(page).getByRole("button", { name: "Clear: all countries" }).click();
  await origins(page).fill("");
  await choose(page, "Strict origin enforcement", /^Off/);
  await expect(changes(page).getByRole("row")).toHaveText([
    /^Setting/,
    "CountriesGermanyall",
    "Originshttps://a.exampleall",
    "Strict origin enforcementonoff",
  ]);
  expect((await update(page)).request).toEqual({ arn, allowedCountries: [], allowedOrigins: [], enableStrictOriginEnforcement: false });
  await expect(fact(page, "Countries")).toHaveText("All: an empty list allows every country");
  await expect(fact(page, "Origins")).toHaveText("All: an empty list allows every web page");
  const after = { name: "e2e-again", allowedCountries: [], allowedOrigins: [], enableStrictOriginEnforcement: false };
  expect(await found(api, POLICY, arn)).toMatchObject(after);
});

test("a line that was only opened in the list of origins is no change", async ({ page, api, emulator }) => {
  const arn = await make(api, emulator, POLICY, { name: "e2e-line", allowedOrigins: ["https://a.example"] });
  await openEdit(page, POLICY, arn);
  await origins(page).fill("https://a.example\n");
  await expect(changes(page)).toContainText("Nothing is changed yet.");
});

test("what is no origin is refused when it is changed, too", async ({ page, api, emulator }) => {
  await openEdit(page, POLICY, await make(api, emulator, POLICY, { name: "e2e-wrong" }));
  await origins(page).fill("example.com");
  await refused(page, POLICY, origins(page), save(page, POLICY), /example\.com is no origin\./);
  expect(await emulator.commits("UpdatePlaybackRestrictionPolicy")).toBe(0);
});

test("what somebody with boto3 changed is followed, and what both changed is decided", async ({ page, api, boto3, emulator, watch }) => {
  watch.provokes(412);
  const arn = await make(api, emulator, POLICY, { name: "e2e-three", allowedCountries: ["DE"], allowedOrigins: ["https://a.example"] });
  await openEdit(page, POLICY, arn);
  await search(page).fill("France");
  await country(page, /^France/).check();
  await name(page).fill("e2e-mine");
  await boto3.call("update_playback_restriction_policy", {
    arn,
    name: "e2e-theirs",
    allowedCountries: ["DE", "IT"],
    allowedOrigins: ["https://b.example"],
  });
  await save(page, POLICY).click();
  await expect(conflict(page, "Name")).toContainText(/When you began\s*e2e-three\s*Now in IVS\s*e2e-theirs\s*You\s*e2e-mine/);
  await expect(conflict(page, "Countries")).toContainText(/When you began\s*Germany\s*Now in IVS\s*Germany, Italy\s*You\s*Germany, France/);
  await expect(page.getByText("Somebody else changed Origins to https://b.example while you were editing")).toBeVisible();
  await expect(origins(page)).toHaveValue("https://b.example");
  await expect(problem(page)).toContainText("It has changed since you looked");
  await clean(page, "a conflict");
  await save(page, POLICY).click();
  await expect(name(page)).toBeFocused();
  await expect(name(page)).toHaveAccessibleDescription(/Say which one holds/);
  expect(await emulator.commits("UpdatePlaybackRestrictionPolicy")).toBe(1);
  await page.getByRole("button", { name: "Keep mine: Name" }).click();
  await page.getByRole("button", { name: "Take theirs: Countries" }).click();
  // Nothing is left to decide: the form has the focus, and takes it from whoever types before it has.
  await expect(name(page)).toBeFocused();
  await search(page).fill("Italy");
  await expect(country(page, /^Italy/)).toBeChecked();
  await expect(page.getByText("It has changed since you looked")).toHaveCount(0);
  const { request, seen } = await update(page);
  expect(request).toEqual({ arn, name: "e2e-mine" });
  expect(seen).toEqual({ arn, name: "e2e-theirs" });
  await expect(title(page, "e2e-mine")).toBeVisible();
  const after = { name: "e2e-mine", allowedCountries: ["DE", "IT"], allowedOrigins: ["https://b.example"] };
  expect(await found(api, POLICY, arn)).toMatchObject(after);
});

test("two that changed different things both have what they wanted", async ({ page, api, boto3, emulator }) => {
  const arn = await make(api, emulator, POLICY, { name: "e2e-both", allowedCountries: ["DE"] });
  await openEdit(page, POLICY, arn);
  await origins(page).fill("https://a.example");
  await boto3.call("update_playback_restriction_policy", { arn, allowedCountries: ["FR"] });
  expect((await update(page)).request).toEqual({ arn, allowedOrigins: ["https://a.example"] });
  await expect(fact(page, "Countries").locator(".tag")).toHaveText(["FRFrance"]);
  expect(await found(api, POLICY, arn)).toMatchObject({ allowedCountries: ["FR"], allowedOrigins: ["https://a.example"] });
});

test("a look that fails while one types is said, and what is typed stays", async ({ page, api, emulator, watch }) => {
  await page.clock.install();
  const arn = await make(api, emulator, POLICY, { name: "e2e-looked" });
  await openEdit(page, POLICY, arn);
  await name(page).fill("e2e-typed");
  await origins(page).fill("https://typed.example");
  watch.provokes(403);
  await emulator.fault(POLICY.gets, "accessDenied");
  await api.forget();
  await page.clock.runFor(16_000);
  await expect(problem(page)).toContainText(`ivs:${POLICY.gets}`);
  await expect(name(page)).toHaveValue("e2e-typed");
  await expect(origins(page)).toHaveValue("https://typed.example");
  await api.forget();
  await page.clock.runFor(16_000);
  await expect(problem(page)).toHaveCount(0);
  await expect(name(page)).toHaveValue("e2e-typed");
  expect((await update(page)).request).toEqual({ arn, name: "e2e-typed", allowedOrigins: ["https://typed.example"] });
});

test("a look that fails leaves open what is open on its page", async ({ page, api, emulator, watch }) => {
  await page.clock.install();
  const arn = await make(api, emulator, POLICY, { name: "e2e-open" });
  await openOne(page, POLICY, arn);
  await page.getByRole("button", { name: "Edit tags" }).click();
  await addTag(page, "typed", "already");
  watch.provokes(403);
  await emulator.fault(POLICY.gets, "accessDenied");
  await api.forget();
  await page.clock.runFor(16_000);
  await expect(problem(page)).toContainText(`ivs:${POLICY.gets}`);
  await expect(page.getByRole("textbox", { name: "Key", exact: true })).toHaveValue("typed");
});

test("what IVS refuses while it is saved is said in the form, and nothing is lost", async ({ page, api, emulator, watch }) => {
  const arn = await make(api, emulator, POLICY, { name: "e2e-denied" });
  await openEdit(page, POLICY, arn);
  await origins(page).fill("https://a.example");
  watch.provokes(403);
  await emulator.fault("UpdatePlaybackRestrictionPolicy", "accessDenied");
  await save(page, POLICY).click();
  await expect(problem(page)).toContainText("ivs:UpdatePlaybackRestrictionPolicy");
  await expect(origins(page)).toHaveValue("https://a.example");
  await save(page, POLICY).click();
  await expect(fact(page, "Origins")).toHaveText("https://a.example");
});

test("the form of one that is not there says so, and has nothing to save", async ({ page, watch }) => {
  watch.provokes(404);
  await page.goto(at("playback-restriction-policies/abcdABCDefgh/edit"));
  await expect(problem(page)).toContainText("It is not there");
  await expect(save(page, POLICY)).toHaveCount(0);
});

test("it says where it has no effect: on private channels, and on what is live until it starts again", async ({ page, api }) => {
  await openNamed(page, "rights-europe");
  await expect(page.getByText("2 channels with it are live: what is changed here reaches a stream only when it starts again.")).toBeVisible();
  await expect(page.getByText("private: IVS ignores it there")).toHaveCount(0);
  await expect(card(page, "Used by").getByRole("listitem").filter({ hasText: LIVE })).toContainText("LIVE");
  const arn = await page.locator(".below .arn code").innerText();
  await api.call("CreateChannel", { name: "e2e-private", authorized: true, playbackRestrictionPolicyArn: arn });
  await page.reload();
  await expect(page.getByText("1 channel that it is on is private: IVS ignores it there, and the viewer's token decides.")).toBeVisible();
  await expect(page.getByText("2 channels with it are live")).toBeVisible();
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await expect(save(page, POLICY)).toBeVisible();
  await expect(page.getByText("2 channels with it are live: what is changed here reaches a stream only when it starts again.")).toBeVisible();
  await expect(picker(page).getByRole("checkbox").first()).toBeChecked();
});

test("a country of tomorrow shows as its letters, on its page and in the form", async ({ page, api, emulator }) => {
  const arn = await make(api, emulator, POLICY, { name: "e2e-tomorrow", allowedCountries: ["DE", "QQ"] });
  await openOne(page, POLICY, arn);
  await expect(fact(page, "Countries").locator(".tag").last()).toHaveText(/^QQ/);
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await expect(country(page, /^QQ/)).toBeChecked();
  await name(page).fill("e2e-kept");
  expect((await update(page)).request).toEqual({ arn, name: "e2e-kept" });
  expect(await found(api, POLICY, arn)).toMatchObject({ allowedCountries: ["DE", "QQ"] });
});
