import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures/test.ts";
import { arn, at, LIVE, OFFLINE, OTHER_REGION, STARVING } from "../fixtures/place.ts";

// Stream sessions: the last sixty days of a channel, and what happened in one of them.

const table = (page: Page) => page.getByRole("table", { name: "Stream sessions" });
const rows = (page: Page) => table(page).locator("tbody").getByRole("row").filter({ has: page.getByRole("link") });
const field = (page: Page) => page.getByRole("combobox", { name: "Channel" });
const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const moments = (page: Page) => card(page, "Events").getByRole("listitem");
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name, exact: true });
const short = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1);

type Summary = { streamId: string; startTime: string; endTime?: string; hasErrorEvent: boolean };
type Sessions = { streamSessions: Summary[] };
type Api = { arn(name: string): Promise<string>; call<T>(operation: string, request: unknown): Promise<T> };

const sessions = async (api: Api, channelArn: string): Promise<Summary[]> =>
  (await api.call<Sessions>("ListStreamSessions", { channelArn, maxResults: 100 })).streamSessions;

/** The address of a channel's latest session. */
async function latest(api: Api, name: string): Promise<string> {
  const channel = await api.arn(name);
  const [session] = await sessions(api, channel);
  return at(`sessions/${short(channel)}/${session!.streamId}`);
}

async function open(page: Page, api: Api, name: string, query = ""): Promise<void> {
  await page.goto(at(`sessions?channel=${short(await api.arn(name))}${query}`));
  await expect(rows(page).first()).toBeVisible();
}

/** So many broadcasts that went well: this channel has had none before. */
async function past(emulator: { scenario(arn: string, action: string): Promise<unknown>; advance(seconds: number): Promise<unknown> }, channel: string, count: number): Promise<void> {
  for (let session = 0; session < count; session += 1) {
    await emulator.scenario(channel, "goLive");
    await emulator.advance(60);
    await emulator.scenario(channel, "end");
  }
}

/** No serious finding of axe, light and dark; nothing wider than the screen at 360 px. */
async function looks(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
  }
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 360, height: 740 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(await page.locator("main").evaluate((main) => main.scrollWidth - main.clientWidth)).toBeLessThanOrEqual(0);
  await page.setViewportSize(size);
}

test("a channel is picked by its name, and its sessions are all there, newest first", async ({ page, api }) => {
  await page.goto(at("sessions"));
  await expect(page.getByRole("heading", { name: "On air now" })).toBeVisible();
  await looks(page);
  await field(page).fill(LIVE);
  await field(page).press("Enter");
  await expect(page).toHaveURL(at(`sessions?channel=${short(await api.arn(LIVE))}`));
  const all = await sessions(api, await api.arn(LIVE));
  expect(all.length).toBeGreaterThan(2);
  await expect(page.getByRole("status").filter({ hasText: String(all.length) }).first()).toBeVisible();
  await expect(table(page)).toHaveAttribute("aria-rowcount", String(all.length + 1));
  await expect(rows(page).first()).toContainText("LIVE");
  await expect(rows(page).first()).toContainText(all[0]!.streamId);
  await expect(rows(page).nth(1)).toContainText("Ended");
  await expect(rows(page).nth(1)).toContainText(all[1]!.streamId);
  await expect(page.getByRole("link", { name: LIVE, exact: true })).toBeVisible();
  await looks(page);
  await rows(page).nth(1).getByRole("link").click();
  await expect(heading(page, `Session of ${LIVE}`)).toBeVisible();
  await page.goBack();
  await expect(field(page)).toHaveValue(LIVE);
});

test("every page of the history is read", async ({ page, api, emulator }) => {
  const channel = await api.arn(OFFLINE);
  await past(emulator, channel, 105);
  await open(page, api, OFFLINE);
  const { streamSessions, nextToken } = await api.call<Sessions & { nextToken: string }>("ListStreamSessions", { channelArn: channel, maxResults: 100 });
  const rest = await api.call<Sessions>("ListStreamSessions", { channelArn: channel, maxResults: 100, nextToken });
  const all = streamSessions.length + rest.streamSessions.length;
  expect(all).toBeGreaterThan(104);
  await expect(table(page)).toHaveAttribute("aria-rowcount", String(all + 1));
});

test("what went wrong is marked, and can be shown alone, in the address too", async ({ page, api, emulator }) => {
  const channel = await api.arn(OFFLINE);
  await past(emulator, channel, 2);
  await emulator.scenario(channel, "goLive");
  await emulator.advance(20);
  await emulator.scenario(channel, "breach", { limit: "Ingest Bitrate" });
  await emulator.scenario(channel, "end");
  await open(page, api, OFFLINE);
  const all = await sessions(api, channel);
  const wrong = all.filter(({ hasErrorEvent }) => hasErrorEvent);
  expect(all[0]!.hasErrorEvent).toBe(true);
  expect(wrong.length).toBeLessThan(all.length);
  await expect(rows(page).first()).toContainText("Errors");
  await page.getByRole("button", { name: /^With errors/ }).click();
  await expect(table(page)).toHaveAttribute("aria-rowcount", String(wrong.length + 1));
  await expect(page).toHaveURL(at(`sessions?channel=${short(channel)}&show=errors`));
  await page.reload();
  await expect(table(page)).toHaveAttribute("aria-rowcount", String(wrong.length + 1));
  await expect(page.getByRole("button", { name: /^With errors/ })).toHaveAttribute("aria-pressed", "true");

  await page.getByRole("searchbox", { name: "Filter" }).fill("no such session");
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
});

test("a deleted channel is found by its ARN, and its session says that it is gone", async ({ page, api, emulator, watch }) => {
  await api.create("e2e-gone");
  const gone = await api.arn("e2e-gone");
  await emulator.scenario(gone, "goLive");
  await emulator.advance(60);
  await emulator.scenario(gone, "end");
  await api.delete("e2e-gone");
  await page.goto(at("sessions"));
  await field(page).fill(gone);
  await page.getByRole("button", { name: "Show sessions" }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByText("This channel was deleted. IVS keeps its sessions for 60 days")).toBeVisible();
  // Looking at the channel as it is now finds none.
  watch.provokes(404);
  await rows(page).first().getByRole("link").click();
  await expect(heading(page, "Session of e2e-gone")).toBeVisible();
  const then = card(page, "Channel at go-live");
  await expect(then).toContainText("The channel has been deleted since.");
  await expect(then).toContainText(/Type\s*STANDARD/);
  await expect(card(page, "Recording")).toContainText("Not recorded");
  await expect(then.getByRole("alert")).toHaveCount(0);
  // Its page would say that it is not there; and that there is none is up to date.
  await expect(page.getByRole("main").getByRole("link", { name: "Channel", exact: true })).toHaveCount(0);
  await expect(page.getByText("updated now")).toBeVisible();
});

test("a channel that was never there, or has no session left, is said to be that in place of an empty list", async ({ page, watch }) => {
  watch.provokes(404);
  await page.goto(at("sessions"));
  await field(page).fill(arn("channel", "goneGONEgone"));
  await page.getByRole("button", { name: "Show sessions" }).click();
  await expect(page.getByRole("heading", { name: "IVS knows no sessions of this channel" })).toBeVisible();
  await expect(page.getByText("The ARN is mistyped, or the channel was deleted and its last session is older than 60 days.")).toBeVisible();
  await expect(table(page)).toHaveCount(0);
  await looks(page);
  await field(page).fill(LIVE);
  await page.getByRole("button", { name: "Show sessions" }).click();
  await expect(rows(page).first()).toBeVisible();
});

test("a channel with the longest name fits a phone", async ({ page, api }) => {
  const name = `e2e-${"x".repeat(124)}`;
  await api.create(name);
  await page.goto(await api.resolve(at(`sessions?channel={${name}}`)));
  await expect(page.getByRole("main").getByRole("link", { name })).toBeVisible();
  await looks(page);
});

for (const [what, text, why] of [
  ["no name of a channel", "nobody", "No channel in eu-west-1 is called so"],
  ["the ARN of something else", arn("stream-key", "abcdABCDefgh"), "That is the ARN of a stream key"],
  ["another account's ARN", "arn:aws:ivs:eu-west-1:999999999999:channel/abcdABCDefgh", "This console has no account 999999999999."],
] as const) {
  test(`${what} is refused at the field, and nothing is asked`, async ({ page }) => {
    const asked: string[] = [];
    page.on("request", (request) => request.url().includes("ListStreamSessions") && asked.push(request.url()));
    await page.goto(at("sessions"));
    await expect(page.getByRole("heading", { name: "On air now" })).toBeVisible();
    await field(page).fill(text);
    await field(page).press("Enter");
    await expect(page.getByRole("alert")).toContainText(why);
    await expect(field(page)).toHaveAttribute("aria-invalid", "true");
    await expect(table(page)).toHaveCount(0);
    expect(asked).toEqual([]);
  });
}

test("the ARN of a channel of another region leads there", async ({ page, watch }) => {
  watch.provokes(404);
  await page.goto(at("sessions"));
  await field(page).fill(arn("channel", "abcdABCDefgh").replace("eu-west-1", OTHER_REGION));
  await field(page).press("Enter");
  await expect(page).toHaveURL(at("sessions?channel=abcdABCDefgh", OTHER_REGION));
  await expect(page.getByRole("heading", { name: "IVS knows no sessions of this channel" })).toBeVisible();
});

test("names that several channels have are told apart by what is offered", async ({ page, api }) => {
  await api.create("e2e-twin");
  await api.create("e2e-twin");
  await page.goto(at("sessions"));
  await field(page).fill("e2e-twin");
  await expect(page.locator("#sessions-channels option")).toHaveCount(2);
  await field(page).press("Enter");
  await expect(page.getByRole("alert")).toContainText("2 channels are called so");
  const [first] = await page.locator("#sessions-channels option").evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  await field(page).fill(first!);
  await field(page).press("Enter");
  await expect(page.getByRole("heading", { name: "No streams in the last 60 days" })).toBeVisible();
  await looks(page);
});

test("a live session goes on by itself, and its end too", async ({ page, api, emulator }) => {
  const channel = await api.arn(OFFLINE);
  await emulator.scenario(channel, "goLive", { encoder: "obs720" });
  await emulator.advance(30);
  await page.clock.install();
  await page.goto(await latest(api, OFFLINE));
  await expect(heading(page, `Session of ${OFFLINE}`)).toBeVisible();
  await expect(page.getByRole("main").getByText("LIVE", { exact: true })).toBeVisible();
  await expect(moments(page).first()).toContainText(/\+0:00[^]*Session Created[^]*An encoder signed in/);
  await expect(moments(page).nth(1)).toContainText(/\+0:06[^]*Stream Start/);
  await expect(card(page, "Ingest")).toContainText(/Picture\s*1280 × 720\s*of at most 1920 × 1080/);
  await expect(card(page, "Ingest")).toContainText(/Bitrate\s*3 Mb\/s\s*of at most 8\.5 Mb\/s/);

  await emulator.scenario(channel, "starve");
  await emulator.advance(70);
  await emulator.scenario(channel, "recover");
  await api.forget();
  await page.clock.runFor(11_000);
  await expect(moments(page).filter({ hasText: "Starvation End" })).toContainText("after 1:1");
  await expect(moments(page).filter({ hasText: "Starvation Start" })).toContainText("Look at the encoder's uplink");
  await expect(card(page, "Events").getByRole("status")).toContainText("1 wants attention");

  await emulator.scenario(channel, "end");
  await api.forget();
  await page.clock.runFor(11_000);
  await expect(page.getByRole("main").getByText("Ended", { exact: true })).toBeVisible();
  await expect(moments(page).filter({ hasText: "Session Ended" })).toBeVisible();
});

test("a list that somebody looks at has the new session once the channel is on air", async ({ page, api, emulator }) => {
  await api.create("e2e-again");
  const channel = await api.arn("e2e-again");
  await page.clock.install();
  await page.goto(at(`sessions?channel=${short(channel)}`));
  await expect(page.getByRole("heading", { name: "No streams in the last 60 days" })).toBeVisible();
  await emulator.scenario(channel, "goLive");
  await api.forget();
  await page.clock.runFor(7_000);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText("LIVE");
});

test("a starving stream says so in its session, once for many times", async ({ page, api }) => {
  await page.goto(await latest(api, STARVING));
  const starved = moments(page).filter({ hasText: "Starvation Start" });
  await expect(starved).toHaveCount(2);
  await expect(starved.first()).toContainText("Attention");
  await expect(card(page, "Events").getByText("IVS gets too little from the encoder")).toHaveCount(1);
  await looks(page);
});

test("what is over a limit is marked at the track, with the limit", async ({ page, api, emulator }) => {
  await api.call("CreateChannel", { name: "e2e-basic", type: "BASIC" });
  await api.forget();
  const channel = await api.arn("e2e-basic");
  await emulator.scenario(channel, "goLive", { encoder: { width: 2560, height: 1440, framerate: 60, videoBitrate: 9_000_000 } });
  await emulator.advance(30);
  await emulator.scenario(channel, "breach", { limit: "Ingest Resolution" });
  await page.goto(await latest(api, "e2e-basic"));
  const ingest = card(page, "Ingest");
  await expect(ingest).toContainText("More than the channel takes");
  await expect(ingest).toContainText(/Picture\s*2560 × 1440\s*■?\s*over 1920 × 1080/);
  await expect(ingest).toContainText(/Bitrate\s*9 Mb\/s\s*■?\s*over 3\.5 Mb\/s/);
  await expect(ingest).toContainText("Held against what a BASIC channel takes.");
  await expect(moments(page).filter({ hasText: "Ingest Resolution" })).toContainText(/Error[^]*Lower the resolution in the encoder/);
  await looks(page);
});

test("each track of a multitrack stream stands by itself", async ({ page, api }) => {
  await page.goto(await latest(api, "esports-eu-1"));
  for (const track of ["Video · Track0", "Video · Track1", "Video · Track2", "Audio · Track0"]) {
    await expect(card(page, "Ingest").getByRole("heading", { name: track })).toBeVisible();
  }
});

test("what of the channel is otherwise now is marked", async ({ page, api, emulator }) => {
  await api.create("e2e-then");
  const channel = await api.arn("e2e-then");
  await emulator.scenario(channel, "goLive");
  await emulator.advance(60);
  await emulator.scenario(channel, "end");
  await api.call("UpdateChannel", { arn: channel, name: "e2e-now", type: "BASIC" });
  await page.goto(await latest(api, "e2e-now"));
  await expect(heading(page, "Session of e2e-then")).toBeVisible();
  const then = card(page, "Channel at go-live");
  await expect(then).toContainText("2 settings have changed since.");
  await expect(then).toContainText(/Name\s*e2e-then\s*▲ now e2e-now/);
  await expect(then).toContainText(/Type\s*STANDARD\s*▲ now BASIC/);
  await expect(then).toContainText(/Latency\s*LowPlayback/);
  await looks(page);
});

test("a public channel with a policy is restricted in its session too, by the policy's name", async ({ page, api, emulator }) => {
  const { playbackRestrictionPolicy: policy } = await api.call<{ playbackRestrictionPolicy: { arn: string } }>("CreatePlaybackRestrictionPolicy", { name: "e2e-only-no", allowedCountries: ["NO"] });
  const { channel } = await api.call<{ channel: { arn: string } }>("CreateChannel", { name: "e2e-restricted", playbackRestrictionPolicyArn: policy.arn });
  await emulator.scenario(channel.arn, "goLive");
  await emulator.advance(60);
  await page.goto(await latest(api, "e2e-restricted"));
  await expect(card(page, "Channel at go-live")).toContainText(/Playback\s*Restricted/);
  await card(page, "Channel at go-live").getByRole("link", { name: "e2e-only-no" }).click();
  await expect(heading(page, "e2e-only-no")).toBeVisible();
});

test("where the recording lies is said as far as it is known, and can be copied", async ({ page, api }) => {
  const address = await latest(api, "council-chamber");
  const [, stream] = /([^/]+)$/.exec(address)!;
  const channelArn = await api.arn("council-chamber");
  const { streamSession } = await api.call<{
    streamSession: { recordingConfiguration: { name: string; destinationConfiguration: { s3: { bucketName: string } } }; truncatedEvents: { name: string; eventTime: string }[] };
  }>("GetStreamSession", { channelArn, streamId: stream });
  const began = new Date(streamSession.truncatedEvents.find(({ name }) => name === "Recording Start")!.eventTime);
  const { bucketName } = streamSession.recordingConfiguration.destinationConfiguration.s3;
  const day = `ivs/v1/123456789012/${short(channelArn)}/${began.getUTCFullYear()}/${began.getUTCMonth() + 1}/${began.getUTCDate()}/`;
  const minute = `${day}${began.getUTCHours()}/${began.getUTCMinutes()}/`;
  await page.goto(address);
  const recording = card(page, "Recording");
  await expect(recording).toContainText(bucketName);
  await expect(recording.getByText(`aws s3 ls --recursive s3://${bucketName}/${minute} --region eu-west-1`)).toBeVisible();
  await expect(recording.getByText(`aws s3 ls --recursive s3://${bucketName}/${day} --region eu-west-1`)).toBeVisible();
  await expect(recording).toContainText("Behind it comes the recording's id, which IVS tells nobody.");
  await expect(moments(page).filter({ hasText: "Recording End Failure" })).toContainText("a part of it may be missing");
  await expect(card(page, "Channel at go-live").getByRole("link", { name: streamSession.recordingConfiguration.name })).toBeVisible();
  await recording.getByRole("link", { name: streamSession.recordingConfiguration.name }).click();
  await expect(heading(page, streamSession.recordingConfiguration.name)).toBeVisible();
});

test("codes are explained; what nobody knows shows as itself, as text, and 500 events are said to be the newest", async ({ page, api }) => {
  const address = await latest(api, LIVE);
  await page.route("**/GetStreamSession", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { response: { streamSession: Record<string, unknown> } };
    const time = "2026-11-20T10:00:00Z";
    const many = Array.from({ length: 498 }, (_, at) => ({ name: at % 2 ? "Starvation Start" : "Starvation End", type: "IVS Stream Health Change", eventTime: time }));
    body.response.streamSession = {
      ...body.response.streamSession,
      startTime: time,
      truncatedEvents: [
        { name: "Session Ended", type: "IVS Stream State Change", eventTime: "2026-11-20T10:00:09Z", code: "MultitrackInputRequired" },
        { name: "<b>Rain</b>", type: "IVS Weather Change", eventTime: "2026-11-20T10:00:08Z", code: "<i>Heavy</i>" },
        ...many,
      ],
    };
    await route.fulfill({ response: answer, json: body });
  });
  await page.goto(address);
  await expect(moments(page)).toHaveCount(500);
  await expect(moments(page).last()).toContainText(/\+0:09[^]*Session Ended[^]*Error[^]*MultitrackInputRequired[^]*this channel requires several/);
  const strange = moments(page).nth(498);
  await expect(strange).toHaveText(/<b>Rain<\/b>\s*<i>Heavy<\/i>\s*IVS Weather Change$/);
  await expect(card(page, "Events")).toContainText("IVS tells the newest 500 events of a session.");
  await expect(card(page, "Events").getByText("IVS gets too little from the encoder")).toHaveCount(1);
});

for (const [what, operation, kind, status] of [
  ["refused", "GetStreamSession", "accessDenied", 403],
  ["failed", "GetStreamSession", "status", 503],
] as const) {
  test(`a session whose reading is ${what} says why, and is read again`, async ({ page, api, emulator, watch }) => {
    const address = await latest(api, LIVE);
    await api.forget();
    watch.provokes(status);
    await emulator.fault(operation, kind, kind === "status" ? { status, when: "before" } : {}, null);
    await page.goto(address);
    const problem = page.getByRole("alert");
    await expect(problem).toBeVisible();
    await expect(card(page, "Events")).toHaveCount(0);
    await looks(page);
    await emulator.heal();
    await api.forget();
    await problem.getByRole("button", { name: "Try again" }).click();
    await expect(moments(page).first()).toBeVisible();
    await expect(problem).toHaveCount(0);
  });
}

test("a list that is refused says why, and what was known before stays when it fails later", async ({ page, api, emulator, watch }) => {
  const address = at(`sessions?channel=${short(await api.arn(LIVE))}`);
  await api.forget();
  watch.provokes(403);
  await emulator.fault("ListStreamSessions", "accessDenied", {}, null);
  await page.goto(address);
  await expect(page.getByRole("alert")).toContainText("AccessDeniedException");
  await emulator.heal();
  await api.forget();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(rows(page).first()).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("the channel of now that cannot be looked up leaves the rest of the session", async ({ page, api, emulator, watch }) => {
  const address = await latest(api, LIVE);
  await api.forget();
  watch.provokes(403);
  await emulator.fault("GetChannel", "accessDenied", {}, null);
  await page.goto(address);
  await expect(card(page, "Channel at go-live").getByRole("alert")).toContainText("AccessDeniedException");
  await expect(card(page, "Channel at go-live")).toContainText("What has changed since is not known.");
  await expect(moments(page).first()).toBeVisible();
});

test("a session that IVS does not know says so, and the way back", async ({ page, api, watch }) => {
  watch.provokes(404);
  const id = short(await api.arn(LIVE));
  await page.goto(at(`sessions/${id}/st-1A1234567890ABCDEFGHIJK`));
  await expect(page.getByRole("alert")).toContainText("It is not there");
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Stream sessions" }).click();
  await expect(page).toHaveURL(at(`sessions?channel=${id}`));
  await expect(rows(page).first()).toBeVisible();
});

test("a channel's page leads to its latest sessions, and to all of them", async ({ page, api, emulator }) => {
  const channel = await api.arn(OFFLINE);
  await past(emulator, channel, 4);
  await page.goto(await api.resolve(at(`channels/{${OFFLINE}}`)));
  const latest = card(page, "Latest sessions");
  await expect(latest.getByRole("listitem")).toHaveCount(3);
  await emulator.scenario(channel, "goLive");
  await api.forget();
  await expect(latest.getByRole("listitem").first()).toContainText("LIVE");
  const [newest] = await sessions(api, channel);
  await latest.getByRole("link", { name: "All sessions" }).click();
  await expect(page).toHaveURL(at(`sessions?channel=${short(channel)}`));
  await page.goBack();
  await latest.getByRole("listitem").first().getByRole("link").click();
  await expect(page).toHaveURL(at(`sessions/${short(channel)}/${newest!.streamId}`));
});

test("a viewer sees all of it", async ({ page, api, rights: _ }) => {
  const address = await latest(api, LIVE);
  await api.actAs("viewer", []);
  await open(page, api, LIVE);
  await page.goto(address);
  await expect(moments(page).first()).toBeVisible();
  await expect(card(page, "Channel at go-live")).toContainText("Nothing of it has changed since.");
  expect(await page.content(), "no passphrase of the channel's copy").not.toMatch(/passphrase/i);
});
