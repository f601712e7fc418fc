import type { Page } from "@playwright/test";

import type { Console } from "../fixtures/console.ts";
import { expect, test } from "../fixtures/test.ts";
import { arn, LIVE, OFFLINE } from "../fixtures/place.ts";

// The tags of any resource of IVS, by its ARN.

type Tags = { tags: Record<string, string> };
type StreamKeys = { streamKeys: { arn: string }[] };
type Recordings = { recordingConfigurations: { arn: string; name: string }[] };

const field = (page: Page) => page.getByRole("textbox", { name: "ARN" });
const card = (page: Page) => page.getByRole("region", { name: "Tags" });

async function lookUp(page: Page, text: string): Promise<void> {
  await page.goto("/tags");
  await field(page).fill(text);
  await page.getByRole("button", { name: "Look up" }).click();
}

test("the tags of a stream key are looked up, changed, and in the address", async ({ page, api }) => {
  const { streamKeys } = await api.call<StreamKeys>("ListStreamKeys", { channelArn: await api.arn(OFFLINE) });
  const key = streamKeys[0]!.arn;
  await lookUp(page, `  ${key} `);
  await expect(page.getByText(/^The stream key \w+ in demo · eu-west-1$/)).toBeVisible();
  await card(page).getByRole("button", { name: "Edit tags" }).click();
  await page.getByRole("button", { name: "Add tag" }).click();
  await page.getByRole("textbox", { name: "Key" }).last().fill("e2e");
  await page.getByRole("textbox", { name: "Value" }).last().fill("stream key");
  await page.getByRole("button", { name: "Save tags" }).click();
  await expect(page.getByText("Tags saved")).toBeVisible();
  await expect(card(page).getByText("stream key")).toBeVisible();
  const { tags } = await api.call<Tags>("ListTagsForResource", { resourceArn: key });
  expect(tags["e2e"]).toBe("stream key");
  await page.reload();
  await expect(field(page)).toHaveValue(key);
  await expect(card(page).getByText("stream key")).toBeVisible();
});

test("another resource is another card: what was typed for one is not sent to the other", async ({ page, api }) => {
  const { recordingConfigurations } = await api.call<Recordings>("ListRecordingConfigurations", {});
  const [first, second] = recordingConfigurations.map((one) => one.arn) as [string, string];
  await lookUp(page, first);
  await expect(page.getByText(/^The recording configuration /)).toBeVisible();
  await card(page).getByRole("button", { name: "Edit tags" }).click();
  await page.getByRole("button", { name: "Add tag" }).click();
  await page.getByRole("textbox", { name: "Key" }).last().fill("half-typed");
  await field(page).fill(second);
  await field(page).press("Enter");
  await page.getByRole("dialog", { name: "Leave without saving?" }).getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL((url) => url.searchParams.get("arn") === second);
  await expect(card(page).getByRole("button", { name: "Edit tags" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Key" })).toHaveCount(0);
  await page.goBack();
  await expect(field(page)).toHaveValue(first);
});

test("a channel's ARN leads to its page too", async ({ page, api }) => {
  await lookUp(page, await api.arn(LIVE));
  await expect(card(page).getByText("team")).toBeVisible();
  await page.getByRole("main").getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: LIVE })).toBeVisible();
});

for (const [what, text, why] of [
  ["a name", LIVE, "That is no ARN of IVS."],
  ["another account", "arn:aws:ivs:eu-west-1:999999999999:channel/abcdABCDefgh", "This console has no account 999999999999."],
  ["another region", "arn:aws:ivs:ap-south-1:123456789012:channel/abcdABCDefgh", "This console does not use ap-south-1 in the account demo."],
] as const) {
  test(`${what} is refused at the field, and nothing is asked`, async ({ page }) => {
    const asked: string[] = [];
    page.on("request", (request) => request.url().includes("ListTagsForResource") && asked.push(request.url()));
    await lookUp(page, text);
    await expect(page.getByRole("alert")).toContainText(why);
    await expect(field(page)).toHaveAttribute("aria-invalid", "true");
    await expect(field(page)).toHaveValue(text);
    await expect(card(page)).toHaveCount(0);
    expect(asked).toEqual([]);
  });
}

test("what IVS does not know is said", async ({ page, watch }) => {
  watch.provokes(404);
  await lookUp(page, arn("playback-key", "doesNotExist"));
  await expect(page.getByRole("alert").filter({ hasText: "ResourceNotFoundException" })).toBeVisible();
});

test("a viewer sees them, and is told why they stay as they are", async ({ page, api, rights: _ }) => {
  await api.actAs("viewer", []);
  await lookUp(page, await api.arn(OFFLINE));
  await expect(card(page).getByText("team")).toBeVisible();
  await expect(card(page).getByRole("button", { name: "Edit tags" })).toHaveAccessibleDescription(/Needs the admin role/);
});

test("the palette leads from a pasted ARN to its page, and to its tags where it has none", async ({ page, api }) => {
  const { recordingConfigurations } = await api.call<Recordings>("ListRecordingConfigurations", {});
  const { arn: recording, name } = recordingConfigurations[0]!;
  const { streamKeys } = await api.call<StreamKeys>("ListStreamKeys", { channelArn: await api.arn(OFFLINE) });
  const key = streamKeys[0]!.arn;
  const found = page.getByRole("listbox", { name: "Found" }).getByRole("option");
  await page.goto("/about");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /Search channels/ }).fill(recording);
  await expect(found).toHaveText([/^Recording configuration/]);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /Search channels/ }).fill(key);
  await expect(found).toHaveText([/Tags of stream key/]);
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue(key);
  await expect(card(page)).toBeVisible();
});

/** Opens the editor of a channel that has these tags. */
async function edit(page: Page, api: Console, name: string, tags: Record<string, string>): Promise<string> {
  const address = await api.create(name);
  const channel = await api.arn(name);
  await api.call("TagResource", { resourceArn: channel, tags });
  await page.goto(address);
  await card(page).getByRole("button", { name: "Edit tags" }).click();
  await expect(page.getByRole("textbox", { name: "Key" })).toHaveCount(Object.keys(tags).length);
  await expect(card(page).locator("input, .tag-rows .btn").first(), "it has the focus, and takes it from nobody later").toBeFocused();
  return channel;
}

const tagsOf = async (api: Console, channel: string): Promise<Record<string, string>> => {
  const { tags } = await api.call<Tags>("ListTagsForResource", { resourceArn: channel });
  return Object.fromEntries(Object.entries(tags).filter(([key]) => key !== "tally:op"));
};

test("a tag that somebody else has changed meanwhile is not overwritten unseen", async ({ page, api, boto3, emulator, watch }) => {
  watch.provokes(412);
  const channel = await edit(page, api, "e2e-two-tag", { env: "test", team: "a" });
  await boto3.call("tag_resource", { resourceArn: channel, tags: { env: "theirs" } });
  await page.getByRole("textbox", { name: "Value" }).first().fill("mine");
  await page.getByRole("button", { name: "Save tags" }).click();
  const note = card(page).getByText(/Somebody else gave env the value theirs meanwhile/);
  await expect(note).toBeVisible();
  // Once.
  await expect(card(page).getByRole("alert")).toHaveCount(0);
  expect((await tagsOf(api, channel))["env"]).toBe("theirs");
  // Seen now, it may be put in its place.
  await page.getByRole("button", { name: "Save tags" }).click();
  await expect(page.getByText("Tags saved")).toBeVisible();
  expect(await tagsOf(api, channel)).toEqual({ env: "mine", team: "a" });
  expect(await emulator.commits("TagResource")).toBe(3);
});

test("theirs is taken, and what they took off is said", async ({ page, api, boto3, watch }) => {
  watch.provokes(412);
  const channel = await edit(page, api, "e2e-theirs", { env: "test", team: "a" });
  await boto3.call("tag_resource", { resourceArn: channel, tags: { env: "theirs" } });
  await boto3.call("untag_resource", { resourceArn: channel, tagKeys: ["team"] });
  await page.getByRole("textbox", { name: "Value" }).first().fill("mine");
  await page.getByRole("textbox", { name: "Value" }).last().fill("b");
  await page.getByRole("button", { name: "Save tags" }).click();
  await expect(card(page).getByText("Somebody else took team off meanwhile.")).toBeVisible();
  await card(page).getByRole("button", { name: "Take theirs: env" }).click();
  await card(page).getByRole("button", { name: "Take theirs: team" }).click();
  await expect(page.getByRole("textbox", { name: "Value" })).toHaveValue("theirs");
  await expect(card(page).getByText(/meanwhile\. Saving puts yours/)).toHaveCount(0);
  await expect(card(page).getByRole("alert")).toHaveCount(0);
});

test("what is removed while somebody else gives it another value is not lost unseen", async ({ page, api, boto3, watch }) => {
  watch.provokes(412);
  const channel = await edit(page, api, "e2e-remove", { env: "test", team: "a" });
  await boto3.call("tag_resource", { resourceArn: channel, tags: { env: "theirs" } });
  await page.getByRole("button", { name: "Remove tag 1" }).click();
  await page.getByRole("button", { name: "Save tags" }).click();
  await expect(card(page).getByText(/Somebody else gave env the value theirs/)).toBeVisible();
  expect((await tagsOf(api, channel))["env"]).toBe("theirs");
});

test("half of it done is said, and the rest is saved with another try", async ({ page, api, emulator, watch }) => {
  watch.provokes(403);
  const channel = await edit(page, api, "e2e-half-tags", { env: "test", team: "a" });
  await emulator.fault("UntagResource", "accessDenied");
  await page.getByRole("textbox", { name: "Value" }).first().fill("prod");
  await page.getByRole("button", { name: "Remove tag 2" }).click();
  await page.getByRole("button", { name: "Save tags" }).click();
  await expect(card(page).getByRole("alert")).toContainText("ivs:UntagResource");
  await expect(card(page).getByText("The new and changed tags are saved. The others are not removed yet")).toBeVisible();
  expect(await tagsOf(api, channel)).toEqual({ env: "prod", team: "a" });
  await page.getByRole("button", { name: "Save tags" }).click();
  await expect(card(page).getByRole("button", { name: "Edit tags" })).toBeVisible();
  await expect(card(page)).toContainText("prod");
  expect(await tagsOf(api, channel)).toEqual({ env: "prod" });
});

test("what is removed is shown until it is saved, can be put back, and the focus goes on", async ({ page, api }) => {
  await edit(page, api, "e2e-put-back", { env: "test", team: "a" });
  await page.getByRole("button", { name: "Remove tag 1" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Key" })).toBeFocused();
  await expect(page.getByRole("textbox", { name: "Key" })).toHaveValue("team");
  await page.getByRole("button", { name: "Remove tag 2" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Add tag" })).toBeFocused();
  await card(page).getByText("as aws ivs").click();
  await expect(card(page).locator("pre")).toHaveText(/aws ivs untag-resource[^]*--tag-keys '\["env","team"\]'/);
  await card(page).getByRole("button", { name: "Put back env" }).click();
  await expect(page.getByRole("textbox", { name: "Value" })).toHaveValue("test");
  await expect(card(page).getByRole("list", { name: "Removed on saving" }).getByRole("listitem")).toHaveCount(1);
});
