import type { Page } from "@playwright/test";

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

test("the palette leads from any pasted ARN to its tags", async ({ page, api }) => {
  const { recordingConfigurations } = await api.call<Recordings>("ListRecordingConfigurations", {});
  const { arn: recording } = recordingConfigurations[0]!;
  await page.goto("/about");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /Search channels/ }).fill(recording);
  await expect(page.getByRole("listbox", { name: "Found" }).getByRole("option")).toHaveText([/Tags of recording-configuration/]);
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue(recording);
  await expect(card(page)).toBeVisible();
});
