import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { addTag } from "../fixtures/channels.ts";
import { likeEveryKind } from "../fixtures/every-kind.ts";
import {
  card, columns, conflict, fact, filter, found, type Kind, make, name, openAll, openEdit, openNew, openOne, problem, receipt, refused,
  save, sent, short, submit, title, watched,
} from "../fixtures/kind.ts";
import { at, LIVE, OTHER_REGION } from "../fixtures/place.ts";

// Ad configurations: which MediaTailor configurations a channel's ads come from.

const tailor = (id: string) => `arn:aws:mediatailor:eu-west-1:123456789012:playbackConfiguration/${id}`;
const list = (...ids: string[]) => ids.map((id) => ({ playbackConfigurationArn: tailor(id) }));

const ADS: Kind = {
  path: "ad-configurations",
  many: "Ad configurations",
  one: "ad configuration",
  create: "Create ad configuration",
  made: "created",
  creates: "CreateAdConfiguration",
  lists: "ListAdConfigurations",
  gets: "GetAdConfiguration",
  deletes: "DeleteAdConfiguration",
  updates: "UpdateAdConfiguration",
  changes: "Edit",
  usedAs: "adConfigurationArn",
  without: /a channel has no ad breaks\.$/,
  quota: 20,
  least: () => ({ mediaTailorPlaybackConfigurations: list("least") }),
  fill: (page) => first(page).fill(tailor("least")),
};

likeEveryKind(ADS);

const first = (page: Page) => page.getByRole("textbox", { name: "MediaTailor, default" });
const second = (page: Page) => page.getByRole("textbox", { name: "MediaTailor, second" });
const third = (page: Page) => page.getByRole("textbox", { name: "MediaTailor, third" });
const roll = (page: Page) => page.getByLabel("Post-roll, in seconds");
const changes = (page: Page) => card(page, "Changes");
const update = (page: Page) => sent(page, "UpdateAdConfiguration", save(page, ADS));

/** Fills in the three, from the default on. */
async function fillAll(page: Page, ...ids: string[]): Promise<void> {
  for (const [nth, id] of ids.entries()) await [first, second, third][nth]!(page).fill(id === "" ? "" : tailor(id));
}

/** What is in the three fields, by the last part. */
const filled = (page: Page) =>
  expect.poll(async () => (await Promise.all([first, second, third].map((field) => field(page).inputValue()))).map(short));

test("the list says which MediaTailor configuration is the default, what comes after a stream, and who has it", async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 900 });
  const table = await openAll(page, ADS, "", OTHER_REGION);
  expect(await columns(page)).toEqual(["Name", "MediaTailor, default", "Others", "Post-roll", "Channels", "Tags", "ARN"]);
  await expect(page.getByText("1 in us-west-2", { exact: true })).toBeVisible();
  const cells = table.locator("tr[data-row='0']").getByRole("cell");
  await expect(cells).toHaveText(["sport-breaks", "northlight-sport", "0", "30 s", "1", "teamad-sales", /^\w{12}$/]);
});

test("it is filtered by its default as a field, and sorted by how many others there are", async ({ page, api, emulator }) => {
  await make(api, emulator, ADS, { name: "e2e-one", mediaTailorPlaybackConfigurations: list("alpha") });
  await make(api, emulator, ADS, { name: "e2e-three", mediaTailorPlaybackConfigurations: list("beta", "alpha", "gamma") });
  const table = await openAll(page, ADS);
  await filter(page, "default:alpha");
  await expect(table.getByRole("link")).toHaveText(["e2e-one"]);
  await page.getByRole("button", { name: "Remove default:alpha" }).click();
  const heading = table.getByRole("columnheader", { name: "Others" });
  await heading.getByRole("button").click();
  await heading.getByRole("button").click();
  await expect(heading).toHaveAttribute("aria-sort", "descending");
  await expect(table.getByRole("link")).toHaveText(["e2e-three", "e2e-one"]);
});

test("one with every field is sent so, and shown", async ({ page, api }) => {
  await openNew(page, ADS);
  await name(page).fill("e2e-every");
  await fillAll(page, "one", "two", "three");
  await third(page).fill(`  ${tailor("three")} `);
  await roll(page).fill("300");
  await addTag(page, "team", "ad-sales");
  await addTag(page, "empty", "");
  const { request } = await sent(page, ADS.creates, submit(page, ADS));
  const settings = {
    name: "e2e-every",
    mediaTailorPlaybackConfigurations: list("one", "two", "three"),
    postRollConfiguration: { enabled: true, durationSeconds: 300 },
    tags: { team: "ad-sales", empty: "" },
  };
  expect(request).toEqual(settings);
  await expect(title(page, "e2e-every")).toBeVisible();
  await expect(fact(page, "MediaTailor").getByRole("listitem")).toHaveText([/^one.*Default$/, /^two(?!.*Default)/, /^three(?!.*Default)/]);
  await expect(fact(page, "MediaTailor").getByTitle(tailor("two"))).toBeVisible();
  await expect(fact(page, "Post-roll")).toHaveText("300 s");
  await expect(card(page, "Used by")).toContainText("No channel uses it.");
  await expect(card(page, "Tags").locator(".tag")).toHaveText(["empty", "teamad-sales"]);
  const arn = await page.locator(".below .arn code").innerText();
  expect(await found(api, ADS, arn)).toMatchObject(settings);
});

test("the least is one, without a post-roll", async ({ page, api }) => {
  await openNew(page, ADS);
  await fillAll(page, "one");
  const { request } = await sent(page, ADS.creates, submit(page, ADS));
  expect(request).toEqual({ mediaTailorPlaybackConfigurations: list("one") });
  await expect(fact(page, "Post-roll")).toHaveText("None");
  const arn = await page.locator(".below .arn code").innerText();
  expect(await found(api, ADS, arn)).toMatchObject({ postRollConfiguration: { enabled: false } });
});

for (const [what, ids, field, reason] of [
  ["none at all", ["", "", ""], first, /Is required: it is the default\./],
  ["a gap before the second", ["", "two", ""], first, /Is required: it is the default\./],
  ["a gap before the third", ["one", "", "three"], second, /Fill this one in before the next\./],
  ["the second like the first", ["one", "one", ""], second, /This one stands above already\./],
  ["the third like the first", ["one", "two", "one"], third, /This one stands above already\./],
  ["the third like the second", ["one", "two", "two"], third, /This one stands above already\./],
] as const) {
  test(`${what} is refused at its field, and nothing is sent`, async ({ page }) => {
    await openNew(page, ADS);
    await fillAll(page, ...ids);
    await refused(page, ADS, field(page), submit(page, ADS), reason);
    await filled(page).toEqual([...ids]);
  });
}

for (const [what, typed] of [
  ["a name", "northlight-sport"],
  ["a channel's ARN", "arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh"],
  ["an ARN without an id", "arn:aws:mediatailor:eu-west-1:123456789012:playbackConfiguration/"],
  ["an ARN with a path", `${tailor("one")}/two`],
] as const) {
  test(`${what} is refused as the ARN of a MediaTailor configuration, whichever field it stands in`, async ({ page }) => {
    await openNew(page, ADS);
    await first(page).fill(typed);
    await refused(page, ADS, first(page), submit(page, ADS), /arn:aws:mediatailor:/);
    await first(page).fill(tailor("one"));
    await second(page).fill(typed);
    await refused(page, ADS, second(page), submit(page, ADS), /arn:aws:mediatailor:/);
    await expect(first(page)).not.toHaveAttribute("aria-invalid");
  });
}

for (const [typed, reason] of [
  ["0", /Must be between 1 and 300; this is 0\./],
  ["301", /Must be between 1 and 300; this is 301\./],
  ["1.5", /Must be a whole number\./],
] as const) {
  test(`a post-roll of ${typed} seconds is refused at its field`, async ({ page }) => {
    await openNew(page, ADS);
    await fillAll(page, "one");
    await roll(page).fill(typed);
    await refused(page, ADS, roll(page), submit(page, ADS), reason);
  });
}

test("another one is made the default: they change places, and the order is what is sent", async ({ page }) => {
  await openNew(page, ADS);
  const lead = (which: string) => page.getByRole("button", { name: `Make it the default: ${which}` });
  await expect(lead("second")).toHaveCount(0);
  await fillAll(page, "one", "two", "three");
  await lead("third").click();
  await filled(page).toEqual(["three", "two", "one"]);
  await lead("second").click();
  await filled(page).toEqual(["two", "three", "one"]);
  const { request } = await sent(page, ADS.creates, submit(page, ADS));
  expect(request).toEqual({ mediaTailorPlaybackConfigurations: list("two", "three", "one") });
  await expect(fact(page, "MediaTailor").getByRole("listitem").first()).toHaveText(/^two.*Default$/);
});

test("only what is changed is sent, the list of MediaTailor configurations whole", async ({ page, api, emulator }) => {
  const before = {
    name: "e2e-edit",
    mediaTailorPlaybackConfigurations: list("one", "two"),
    postRollConfiguration: { enabled: true, durationSeconds: 20 },
  };
  const arn = await make(api, emulator, ADS, before);
  await openEdit(page, ADS, arn);
  await expect(roll(page)).toHaveValue("20");
  await filled(page).toEqual(["one", "two", ""]);
  await expect(changes(page)).toContainText("Nothing is changed yet.");
  await third(page).fill(tailor("three"));
  await expect(changes(page).getByRole("row")).toHaveText([/^Setting/, `MediaTailor, thirdnone${tailor("three")}`]);
  const { request, seen } = await update(page);
  expect(request).toEqual({ arn, mediaTailorPlaybackConfigurations: list("one", "two", "three") });
  expect(seen).toEqual({ arn, mediaTailorPlaybackConfigurations: list("one", "two") });
  await expect(receipt(page, "e2e-edit saved")).toContainText("UpdateAdConfiguration");
  await expect(fact(page, "MediaTailor").getByRole("listitem")).toHaveCount(3);
  const after = { ...before, mediaTailorPlaybackConfigurations: list("one", "two", "three") };
  expect(await found(api, ADS, arn)).toMatchObject(after);
  expect(await emulator.commits("UpdateAdConfiguration")).toBe(1);
});

test("the form has what the content source must be, once a channel says it", async ({ page, api }) => {
  const { channel } = await api.call<{ channel: { playbackUrl: string } }>("GetChannel", { arn: await api.arn(LIVE) });
  await openNew(page, ADS);
  await expect(page.locator(".labelled").filter({ hasText: "Content source" }).locator("code")).toHaveText(`${new URL(channel.playbackUrl).origin}/`);
});

test("the default is changed by one press, and only the order is sent", async ({ page, api, emulator }) => {
  const arn = await make(api, emulator, ADS, { name: "e2e-order", mediaTailorPlaybackConfigurations: list("one", "two", "three") });
  await openEdit(page, ADS, arn);
  await page.getByRole("button", { name: "Make it the default: second" }).click();
  await expect(changes(page).getByRole("row")).toHaveCount(3);
  expect((await update(page)).request).toEqual({ arn, mediaTailorPlaybackConfigurations: list("two", "one", "three") });
  await expect(fact(page, "MediaTailor").getByRole("listitem")).toHaveText([/^two.*Default$/, /^one/, /^three/]);
});

test("one of several is taken out", async ({ page, api, emulator }) => {
  const arn = await make(api, emulator, ADS, { name: "e2e-fewer", mediaTailorPlaybackConfigurations: list("one", "two") });
  await openEdit(page, ADS, arn);
  await first(page).fill("");
  await refused(page, ADS, first(page), save(page, ADS), /Is required: it is the default\./);
  await page.getByRole("button", { name: "Make it the default: second" }).click();
  await filled(page).toEqual(["two", "", ""]);
  expect((await update(page)).request).toEqual({ arn, mediaTailorPlaybackConfigurations: list("two") });
  await expect(fact(page, "MediaTailor").getByRole("listitem")).toHaveText([/^two.*Default$/]);
});

test("the post-roll is turned on, changed and turned off, each sent alone", async ({ page, api, emulator }) => {
  const arn = await make(api, emulator, ADS, { name: "e2e-roll" });
  for (const [typed, was, says, shown, postRollConfiguration] of [
    ["20", "", "Post-rollnone20 s", "20 s", { enabled: true, durationSeconds: 20 }],
    ["45", "20", "Post-roll20 s45 s", "45 s", { enabled: true, durationSeconds: 45 }],
    // IVS wants a length for what is off, too.
    ["", "45", "Post-roll45 snone", "None", { enabled: false, durationSeconds: 15 }],
  ] as const) {
    await openEdit(page, ADS, arn);
    await expect(roll(page)).toHaveValue(was);
    await roll(page).fill(typed);
    await expect(changes(page).getByRole("row").last()).toHaveText(says);
    expect((await update(page)).request).toEqual({ arn, postRollConfiguration });
    await expect(fact(page, "Post-roll")).toHaveText(shown);
    expect(await found(api, ADS, arn)).toMatchObject({ name: "e2e-roll", postRollConfiguration });
  }
});

test("what both have changed is decided, and what only somebody else changed is followed", async ({ page, api, boto3, emulator, watch }) => {
  watch.provokes(412);
  const arn = await make(api, emulator, ADS, { name: "e2e-three", mediaTailorPlaybackConfigurations: list("one", "two") });
  await openEdit(page, ADS, arn);
  await first(page).fill(tailor("mine"));
  await boto3.call("update_ad_configuration", {
    arn,
    mediaTailorPlaybackConfigurations: list("theirs", "two", "three"),
    postRollConfiguration: { enabled: true, durationSeconds: 60 },
  });
  await save(page, ADS).click();
  await expect(conflict(page, "MediaTailor, default")).toContainText(/\/one\s*Now in IVS\s*\S+\/theirs\s*You\s*\S+\/mine/);
  await expect(page.getByText("Somebody else changed Post-roll to 60 s while you were editing")).toBeVisible();
  await filled(page).toEqual(["mine", "two", "three"]);
  const bodies = watched(page, "UpdateAdConfiguration");
  await save(page, ADS).click();
  await expect(first(page)).toBeFocused();
  expect(bodies).toEqual([]);
  await page.getByRole("button", { name: "Keep mine: MediaTailor, default" }).click();
  const { request, seen } = await update(page);
  expect(request).toEqual({ arn, mediaTailorPlaybackConfigurations: list("mine", "two", "three") });
  expect(seen).toEqual({ arn, mediaTailorPlaybackConfigurations: list("theirs", "two", "three") });
  await expect(fact(page, "Post-roll")).toHaveText("60 s");
});

test("what IVS refuses while it is saved is said in the form, and nothing is lost", async ({ page, api, emulator, watch }) => {
  await openEdit(page, ADS, await make(api, emulator, ADS, { name: "e2e-denied" }));
  await second(page).fill(tailor("two"));
  watch.provokes(403);
  await emulator.fault("UpdateAdConfiguration", "accessDenied");
  await save(page, ADS).click();
  await expect(problem(page)).toContainText("ivs:UpdateAdConfiguration");
  await expect(second(page)).toHaveValue(tailor("two"));
  await save(page, ADS).click();
  await expect(fact(page, "MediaTailor").getByRole("listitem")).toHaveCount(2);
});

test("the form of one that is not there says so, and has nothing to save", async ({ page, watch }) => {
  watch.provokes(404);
  await page.goto(at("ad-configurations/abcdABCDefgh/edit"));
  await expect(problem(page)).toContainText("It is not there");
  await expect(save(page, ADS)).toHaveCount(0);
});

test("who uses it is linked, in its region", async ({ page }) => {
  await (await openAll(page, ADS, "", OTHER_REGION)).getByRole("link", { name: "sport-breaks" }).click();
  const users = card(page, "Used by");
  await expect(users.getByRole("link")).toHaveText(["stadium-main"]);
  await expect(users).toContainText("LIVE");
  await expect(fact(page, "MediaTailor").getByRole("listitem")).toHaveText([/^northlight-sport.*Default$/]);
  await users.getByRole("link").click();
  await expect(title(page, "stadium-main")).toBeVisible();
});

test("what is of others is text, never markup", async ({ page, api, emulator }) => {
  const arn = await make(api, emulator, ADS, { name: "e2e-hostile" });
  const hostile = "arn:aws:mediatailor:eu-west-1:1:playbackConfiguration/<img src=x onerror=alert(1)>";
  await page.route(`**/${ADS.gets}`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace(tailor("least"), hostile) });
  });
  await openOne(page, ADS, arn);
  await expect(fact(page, "MediaTailor").getByRole("listitem")).toContainText("<img src=x onerror=alert(1)>");
  await expect(page.getByRole("main").locator("img[src=x]")).toHaveCount(0);
});
