import { expect, test } from "../fixtures/test.ts";
import { ALL_THE_SAME } from "../fixtures/channels.ts";
import { at, LIVE, OFFLINE, REGION, STARVING } from "../fixtures/place.ts";

test("it shows where to send to, where to watch and what it is made of", async ({ page, api }) => {
  await page.goto(await api.resolve(at("channels/{field-cam-1}")));
  const ingest = page.getByRole("region", { name: "Ingest" });
  await expect(ingest.getByText(/^rtmps:\/\/\S+:443\/app\/$/)).toBeVisible();
  await expect(ingest.getByText(/^rtmp:\/\/\S+\/app\/$/)).toBeVisible();
  await expect(ingest.getByText(/^srt:\/\/\S+:9000$/)).toBeVisible();
  await expect(page.getByText(/^https:\/\/\S+\.m3u8$/)).toBeVisible();
  const made = page.getByRole("region", { name: "Configuration" });
  await expect(made).toContainText("BASIC");
  await expect(made).toContainText("Allowed");
  await expect(page.getByRole("main").locator("time").first()).toHaveAttribute("title", / · .+ UTC$/);
});

test("a private one leads to its tokens and its viewers", async ({ page, api }) => {
  const name = "partner-preview";
  const made = page.getByRole("region", { name: "Configuration" });
  await page.goto(await api.resolve(at(`channels/{${name}}`)));
  await made.getByRole("link", { name: "Viewer sessions" }).click();
  await expect(page.getByRole("combobox", { name: "Channel" })).toHaveValue(name);
  await page.goBack();
  await made.getByRole("link", { name: "Token studio" }).click();
  await expect(page.getByLabel("Channel", { exact: true })).toHaveValue(await api.arn(name));
  await page.goto(await api.resolve(at(`channels/{${OFFLINE}}`)));
  await expect(made).toContainText("Restricted");
  await expect(made.getByRole("link", { name: "Token studio" })).toHaveCount(0);
});

test("live, it says since when, how well and for how many", async ({ page, api }) => {
  await page.goto(await api.resolve(at(`channels/{${STARVING}}`)));
  const stream = page.getByRole("region", { name: "Stream" });
  await expect(stream.getByText(/^\d+:\d\d$/)).toBeVisible();
  await expect(stream).toContainText("Starving");
  await expect(stream).toContainText("The encoder sends too little");
});

test("it becomes live and goes offline before one's eyes", async ({ page, api, emulator }) => {
  const arn = await api.arn(OFFLINE);
  await page.goto(await api.resolve(at(`channels/{${OFFLINE}}`)));
  const stream = page.getByRole("region", { name: "Stream" });
  await expect(stream).toContainText("Offline");
  await emulator.scenario(arn, "goLive", { encoder: "obs" });
  await emulator.advance(10);
  await expect(stream).toContainText("On air for");
  await emulator.scenario(arn, "end");
  await expect(stream).toContainText("Offline");
});

test("the encoder's settings stay below what the type takes, and are there whenever one comes", async ({ page, api }) => {
  for (const [channel, most, bitrate] of [
    ["field-cam-1", "3,500 kb/s", "-b:v 3000k"],
    [OFFLINE, "8,500 kb/s", "-b:v 4500k"],
  ] as const) {
    await page.goto(await api.resolve(at(`channels/{${channel}}`)));
    const ingest = page.getByRole("region", { name: "Ingest" });
    await ingest.getByText("OBS Studio").click();
    await expect(ingest).toContainText(most);
    await ingest.getByText("ffmpeg", { exact: true }).click();
    await expect(ingest.getByText(/^ffmpeg -re/)).toContainText(bitrate);
    await expect(ingest.getByRole("button", { name: "Copy ffmpeg command" })).toBeVisible();
  }
});

test("editing tags takes the focus along and gives it back", async ({ page, api }) => {
  await page.goto(await api.resolve(at(`channels/{${OFFLINE}}`)));
  const tags = page.getByRole("region", { name: "Tags" });
  const edit = tags.getByRole("button", { name: "Edit tags" });
  await edit.click();
  await expect(tags.getByRole("textbox", { name: "Key" }).first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(edit).toBeFocused();
  await edit.press("Enter");
  await expect(tags.getByRole("textbox", { name: "Key" }).first()).toBeFocused();
  await page.keyboard.type("x");
  // What was typed is not lost by a key.
  await page.keyboard.press("Escape");
  await expect(tags.getByRole("textbox", { name: "Key" }).first()).toBeVisible();
  await tags.getByRole("button", { name: "Cancel" }).click();
  await expect(edit).toBeFocused();
});

test("with as many tags as IVS takes, one is swapped for another, and what is refused is said at the editor", async ({ page, api, emulator, watch }) => {
  const address = await api.create("e2e-full");
  const many = Object.fromEntries(Array.from({ length: 49 }, (_, n) => [`k${n}`, "v"]));
  await api.call("TagResource", { resourceArn: await api.arn("e2e-full"), tags: many });
  await page.goto(address);
  const tags = page.getByRole("region", { name: "Tags" });
  await tags.getByRole("button", { name: "Edit tags" }).click();
  await expect(tags.getByRole("button", { name: "Add tag" })).toHaveAccessibleDescription(/one is the console's own/);
  await tags.getByRole("button", { name: "Remove tag 1", exact: true }).click();
  await tags.getByRole("button", { name: "Add tag" }).click();
  await tags.getByRole("textbox", { name: "Key" }).last().fill("new");
  watch.provokes(403);
  await emulator.fault("UntagResource", "accessDenied");
  await tags.getByRole("button", { name: "Save tags" }).click();
  await expect(tags.getByRole("alert")).toContainText("may not do this");
  await tags.getByRole("button", { name: "Save tags" }).click();
  await expect(tags.locator(".tag")).toHaveCount(49);
  await expect(tags).toContainText("new");
  await expect(tags.getByText("k0", { exact: true })).toHaveCount(0);
});

test("a name of 128 letters stays inside the question", async ({ page, api }) => {
  const name = "x".repeat(128);
  await page.goto(await api.create(name));
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await page.getByRole("button", { name: "Delete channel…" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toBeVisible();
    expect(await dialog.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBe(0);
    await page.getByRole("button", { name: "Keep it" }).click();
  }
});

test("its tags are added, changed and taken off", async ({ page, api }) => {
  await page.goto(await api.create("e2e-tags"));
  const tags = page.getByRole("region", { name: "Tags" });
  const edit = tags.getByRole("button", { name: "Edit tags" });
  const save = async () => {
    await tags.getByRole("button", { name: "Save tags" }).click();
    await expect(edit).toBeVisible();
  };
  await expect(tags).toContainText("No tags.");

  await edit.click();
  await tags.getByRole("button", { name: "Add tag" }).click();
  await tags.getByRole("textbox", { name: "Key" }).fill("team");
  await tags.getByRole("textbox", { name: "Value" }).fill("sports");
  await save();
  await expect(tags.locator(".tag")).toHaveText(["teamsports"]);

  await edit.click();
  await tags.getByRole("textbox", { name: "Value" }).fill("news");
  await save();
  await expect(tags.locator(".tag")).toHaveText(["teamnews"]);

  await edit.click();
  await tags.getByRole("button", { name: "Remove tag" }).click();
  await save();
  await page.reload();
  await expect(tags).toContainText("No tags.");
});

test("deleting it wants its name, leaves a receipt and takes it off the list", async ({ page, api, emulator, watch }) => {
  await page.goto(await api.create("e2e-delete"));
  await page.getByRole("button", { name: "Delete channel…" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete e2e-delete in eu-west-1?" });
  const confirm = dialog.getByRole("button", { name: "Delete channel" });
  await expect(confirm).toHaveAttribute("aria-disabled", "true");
  await expect(confirm).toHaveAccessibleDescription("Type e2e-delete first.");
  const name = dialog.getByRole("textbox");
  await name.fill("e2e-delet");
  await confirm.click(ALL_THE_SAME);
  await name.press("Enter");
  await expect(dialog.getByRole("alert")).toHaveText("Type e2e-delete first.");
  await expect(dialog).toBeVisible();
  expect(await emulator.commits("DeleteChannel")).toBe(0);

  await name.fill("e2e-delete");
  const address = page.url();
  await name.press("Enter");
  await expect(page).toHaveURL(at("channels"));
  const receipt = page.getByRole("status").filter({ hasText: "Channel e2e-delete deleted" });
  await expect(receipt).toContainText(/DeleteChannel · \d+ ms · request \S+/);
  await expect(page.getByText("38 in eu-west-1")).toBeVisible();
  expect(await emulator.commits("DeleteChannel")).toBe(1);

  // Back does not lead to what is gone.
  await page.goBack();
  await expect(page).not.toHaveURL(address);
  watch.provokes(404);
  await page.goto(address);
  await expect(page.getByRole("alert")).toContainText("It is not there");
});

test("what is shown says how old it is, and follows what somebody does behind the console's back", async ({ page, api, boto3 }) => {
  await page.clock.install();
  await page.goto(await api.create("e2e-behind"));
  const [title, head] = [page.getByRole("heading", { level: 1 }), page.getByRole("main").locator("header").first()];
  await expect(title).toHaveText("e2e-behind");
  const arn = await api.arn("e2e-behind");
  await boto3.call("update_channel", { arn, name: "e2e-renamed", type: "BASIC" });
  await boto3.call("tag_resource", { resourceArn: arn, tags: { team: "sports" } });
  await api.reads(arn, { name: "e2e-renamed", tags: { team: "sports" } });
  await page.clock.runFor(20_000);
  await expect(title).toHaveText("e2e-behind");
  await expect(head).toContainText(/looked up (?:1[89]|2[01]) seconds ago/);
  await page.clock.runFor(12_000);
  await expect(title).toHaveText("e2e-renamed");
  await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toContainText("e2e-renamed");
  await expect(page).toHaveTitle(/^e2e-renamed/);
  await expect(page.getByRole("region", { name: "Configuration" })).toContainText("BASIC");
  await expect(page.getByRole("region", { name: "Tags" })).toContainText("teamsports");
});

test("what somebody else deleted is not shown as if it were there", async ({ page, api, watch }) => {
  await page.clock.install();
  await page.goto(await api.create("e2e-gone"));
  await expect(page.getByRole("button", { name: "Delete channel…" })).toBeVisible();
  await api.delete("e2e-gone");
  watch.provokes(404);
  // It is looked up again twice a minute.
  await page.clock.runFor(31_000);
  await expect(page.getByRole("alert")).toContainText("It is not there");
  await expect(page.getByRole("region", { name: "Ingest" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Delete channel…" })).toHaveCount(0);
  await page.getByRole("link", { name: "Go to the channels" }).click();
  await expect(page).toHaveURL(at("channels"));
});

test("live, it cannot be deleted, and says why and for how many", async ({ page, api, emulator }) => {
  await page.goto(await api.resolve(at(`channels/{${LIVE}}`)));
  await expect(page.getByText("On air for")).toBeVisible();
  await page.getByRole("button", { name: "Delete channel…" }).click();
  const dialog = page.getByRole("dialog", { name: `Delete ${LIVE} in ${REGION}?` });
  await expect(dialog).toContainText(/It is live now, with [\d,]+ viewers/);
  await expect(dialog.getByRole("textbox")).toHaveCount(0);
  const confirm = dialog.getByRole("button", { name: "Delete channel" });
  await expect(confirm).toHaveAttribute("aria-disabled", "true");
  await expect(confirm).toHaveAccessibleDescription(/live/);
  await confirm.click(ALL_THE_SAME);
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toBeHidden();
  expect(await emulator.commits("DeleteChannel")).toBe(0);
});

test("the steps to the first frame follow the stream", async ({ page, api, emulator }) => {
  await page.goto(`${await api.create("e2e-first-frame")}?created=1`);
  const steps = page.getByRole("region", { name: "To the first frame" });
  await expect(steps).toContainText("Waiting for the first frame…");
  await emulator.scenario(await api.arn("e2e-first-frame"), "goLive", { encoder: "obs" });
  await emulator.advance(10);
  await expect(steps).toContainText("The first frame has arrived.");
});
