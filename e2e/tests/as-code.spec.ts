import { generateKeyPairSync } from "node:crypto";

import { parse as hcl } from "@cdktf/hcl2json";
import type { Locator, Page } from "@playwright/test";
import { parse as yaml } from "yaml";

import { expect, test } from "../fixtures/test.ts";
import { Cli, type Heard } from "../fixtures/cli.ts";
import { addTag, choose, chooseFirst, openForm, pasted } from "../fixtures/channels.ts";
import { clean, code, fits } from "../fixtures/kind.ts";
import { at, LIVE, REGION } from "../fixtures/place.ts";

// The same thing as code, beside forms and on pages, read by what reads it elsewhere.

type Channel = { channel: { arn: string } };
type Resource = Record<string, unknown>;

const languages = (page: Page) => code(page).getByRole("group", { name: "Language" });
const text = async (page: Page) => (await code(page).locator("pre").textContent())!;

/** Chooses a language; answers the code. */
async function choice(page: Page, language: string): Promise<string> {
  await languages(page).getByRole("button", { name: language, exact: true }).click();
  await expect(languages(page).getByRole("button", { name: language, exact: true })).toHaveAttribute("aria-pressed", "true");
  return (await code(page).locator("pre").count()) === 0 ? "" : text(page);
}

/** The page of what has this ARN, with its code open. */
async function open(page: Page, path: string, arn: string): Promise<Locator> {
  await page.goto(at(`${path}/${arn.slice(arn.lastIndexOf("/") + 1)}`));
  await code(page).getByText("What would make another like it").click();
  await expect(languages(page)).toBeVisible();
  return code(page);
}

async function terraform(text: string): Promise<{ resource: Record<string, Record<string, Resource[]>>; import?: Resource[] }> {
  return (await hcl("main.tf", text)) as never;
}

const template = (text: string) => (yaml(text) as { Resources: Record<string, { Type: string; Properties: Resource }> }).Resources;

test("a channel that is typed is a command, JSON, Terraform and CloudFormation", async ({ page }) => {
  await openForm(page);
  await page.getByRole("textbox", { name: "Name" }).fill("2026-finals");
  await choose(page, "Type", /^Advanced HD/);
  await addTag(page, "team name", "winter sports = + - @");
  const recording = await chooseFirst(page, "Recording");
  const policy = await chooseFirst(page, "Playback restriction policy");
  await expect(code(page)).toContainText("aws ivs create-channel");

  const json = JSON.parse(await choice(page, "JSON")) as Resource;
  const made = { name: "2026-finals", type: "ADVANCED_HD", latencyMode: "LOW", tags: { "team name": "winter sports = + - @" } };
  expect(json).toMatchObject({ ...made, recordingConfigurationArn: recording, playbackRestrictionPolicyArn: policy });
  await expect(code(page)).toContainText("--cli-input-json");

  const hcl = await terraform(await choice(page, "Terraform"));
  expect(hcl.import).toBeUndefined();
  expect(hcl.resource["aws_ivs_channel"]!["channel_2026_finals"]).toEqual([
    { region: REGION, name: "2026-finals", type: "ADVANCED_HD", latency_mode: "LOW", recording_configuration_arn: recording, tags: made.tags },
  ]);
  await expect(code(page)).toContainText(/hashicorp\/aws has no fields for .*playbackRestrictionPolicyArn/);

  const stack = template(await choice(page, "CloudFormation"));
  expect(stack["Channel2026Finals"]).toMatchObject({
    Type: "AWS::IVS::Channel",
    Properties: { Name: "2026-finals", RecordingConfigurationArn: recording, Tags: [{ Key: "team name", Value: "winter sports = + - @" }] },
  });
  expect(stack["Channel2026FinalsStreamKey"]).toEqual({ Type: "AWS::IVS::StreamKey", Properties: { ChannelArn: { Ref: "Channel2026Finals" } } });
  await expect(code(page)).toContainText("CloudFormation has no field for playbackRestrictionPolicyArn");

  // It follows what is typed, and stays in the language that was read last.
  await page.getByRole("textbox", { name: "Name" }).fill("arena");
  await expect(code(page)).toContainText("  Arena:");
  await page.reload();
  await expect(languages(page).getByRole("button", { name: "CloudFormation" })).toHaveAttribute("aria-pressed", "true");
});

test("a channel that is there is the code that would make it, without what IVS makes of it", async ({ page, api }) => {
  const { channel } = await api.call<Channel>("CreateChannel", { name: "e2e-code", authorized: true, insecureIngest: true, tags: { team: "a\u00A0b" } });
  const card = await open(page, "channels", channel.arn);
  await expect(card).toContainText(/create-channel[^]*--name e2e-code[^]*--authorized[^]*--insecure-ingest/);
  expect(JSON.parse(await choice(page, "JSON"))).toEqual({
    name: "e2e-code", latencyMode: "LOW", type: "STANDARD", authorized: true, insecureIngest: true, tags: { team: "a\u00A0b" },
  });
  const { resource, import: imports } = await terraform(await choice(page, "Terraform"));
  expect(resource["aws_ivs_channel"]!["e2e_code"]).toMatchObject([{ name: "e2e-code", authorized: true, tags: { team: "a\u00A0b" } }]);
  expect(imports).toEqual([{ id: channel.arn, to: "${aws_ivs_channel.e2e_code}" }]);
  await expect(card).toContainText("hashicorp/aws has no field for insecureIngest: it is left out here.");
  expect(template(await choice(page, "CloudFormation"))["E2eCode"]!.Properties).toEqual({
    Name: "e2e-code", LatencyMode: "LOW", Type: "STANDARD", Authorized: true, InsecureIngest: true, Tags: [{ Key: "team", Value: "a\u00A0b" }],
  });
});

test("what is copied is what shows", async ({ page, api }) => {
  const { channel } = await api.call<Channel>("CreateChannel", { name: "e2e-copied" });
  const card = await open(page, "channels", channel.arn);
  const shown = await choice(page, "Terraform");
  await card.getByRole("button", { name: "Copy code" }).click();
  await expect(card.getByText("Copied", { exact: true })).toBeVisible();
  // A field of one line has spaces where lines end.
  expect(await pasted(page)).toBe(shown.replaceAll("\n", " "));
});

test("a recording configuration says what Terraform has no words for", async ({ page, api, emulator }) => {
  const request = {
    name: "e2e-vod",
    destinationConfiguration: { s3: { bucketName: "my-recordings" } },
    thumbnailConfiguration: { recordingMode: "INTERVAL", targetIntervalSeconds: 30, resolution: "HD", storage: ["SEQUENTIAL", "LATEST"] },
    renditionConfiguration: { renditionSelection: "CUSTOM", renditions: ["HD", "SD"] },
    recordingReconnectWindowSeconds: 60,
  };
  const { recordingConfiguration } = await api.call<{ recordingConfiguration: { arn: string } }>("CreateRecordingConfiguration", request);
  await emulator.advance(10);
  await api.forget();
  const card = await open(page, "recording-configurations", recordingConfiguration.arn);
  expect(JSON.parse(await choice(page, "JSON"))).toEqual(request);
  const { resource } = await terraform(await choice(page, "Terraform"));
  expect(resource["aws_ivs_recording_configuration"]!["e2e_vod"]).toEqual([
    {
      region: REGION,
      name: "e2e-vod",
      recording_reconnect_window_seconds: 60,
      destination_configuration: [{ s3: [{ bucket_name: "my-recordings" }] }],
      thumbnail_configuration: [{ recording_mode: "INTERVAL", target_interval_seconds: 30 }],
    },
  ]);
  await expect(card).toContainText("no fields for thumbnailConfiguration.resolution, thumbnailConfiguration.storage and renditionConfiguration");
  expect(template(await choice(page, "CloudFormation"))["E2eVod"]!.Properties).toEqual({
    Name: "e2e-vod",
    DestinationConfiguration: { S3: { BucketName: "my-recordings" } },
    ThumbnailConfiguration: { RecordingMode: "INTERVAL", TargetIntervalSeconds: 30, Resolution: "HD", Storage: ["SEQUENTIAL", "LATEST"] },
    RecordingReconnectWindowSeconds: 60,
    RenditionConfiguration: { RenditionSelection: "CUSTOM", Renditions: ["HD", "SD"] },
  });
});

test("a policy is none of Terraform's, which is said in place of code", async ({ page, api }) => {
  const request = { name: "e2e-rights", allowedCountries: ["NO", "DE"], allowedOrigins: ["https://a.example/${x}"] };
  const { playbackRestrictionPolicy } = await api.call<{ playbackRestrictionPolicy: { arn: string } }>("CreatePlaybackRestrictionPolicy", request);
  const card = await open(page, "playback-restriction-policies", playbackRestrictionPolicy.arn);
  expect(await choice(page, "Terraform")).toBe("");
  await expect(card).toContainText("hashicorp/aws has no resource for playback restriction policies");
  await expect(card).toContainText("awscc_ivs_playback_restriction_policy");
  await expect(card.getByRole("button", { name: "Copy code" })).toHaveCount(0);
  // NO is a country here, and no boolean.
  expect(template(await choice(page, "CloudFormation"))["E2eRights"]).toEqual({
    Type: "AWS::IVS::PlaybackRestrictionPolicy",
    Properties: { Name: "e2e-rights", AllowedCountries: ["NO", "DE"], AllowedOrigins: ["https://a.example/${x}"] },
  });
  await page.goto(at("playback-restriction-policies/new"));
  await choice(page, "CloudFormation");
  await page.getByRole("textbox", { name: "Name" }).fill("e2e-typed");
  await expect.poll(async () => Object.keys(template(await text(page)))).toEqual(["E2eTyped"]);
});

test("a key pair that is there says where its public key has to come from", async ({ page, api }) => {
  const { keyPairs } = await api.call<{ keyPairs: { arn: string }[] }>("ListPlaybackKeyPairs", {});
  const card = await open(page, "playback-key-pairs", keyPairs[0]!.arn);
  await expect(card).toContainText("--public-key-material file://public.pem");
  expect(JSON.parse(await choice(page, "JSON"))).toMatchObject({ publicKeyMaterial: expect.stringMatching(/^-----BEGIN PUBLIC KEY-----\n…/) });
  const [pair] = Object.values((await terraform(await choice(page, "Terraform"))).resource["aws_ivs_playback_key_pair"]!)[0]!;
  expect(pair).toMatchObject({ public_key: '${file("public.pem")}', lifecycle: [{ ignore_changes: ["${public_key}"] }] });
  const { Parameters } = yaml(await choice(page, "CloudFormation")) as { Parameters: unknown };
  expect(Parameters).toEqual({ PublicKeyMaterial: { Type: "String" } });
});

const it = test.extend<{ cli: Cli }>({
  cli: async ({ demo }, use) => {
    const cli = await Cli.start(demo.emulator);
    await cli.keep("mine", "what is only mine");
    await use(cli);
    await cli.stop();
  },
});

/** What the CLI sends where the command is pasted. */
async function pastes(cli: Cli, command: string): Promise<{ path: string; request: unknown }> {
  await cli.paste(command);
  expect(cli.heard, "one request, and no other page was read").toHaveLength(1);
  const [{ path, body }] = cli.heard.splice(0) as [Heard];
  return { path, request: JSON.parse(body) };
}

const line = (page: Page, region: string) => page.getByRole("region", { name: region }).locator("pre.cli");

it("tags in a command are what they say, and no file of whoever pastes it", async ({ page, api, cli }) => {
  await openForm(page);
  await page.getByRole("textbox", { name: "Name" }).fill("e2e-pasted");
  const tags = { "a@": "file://mine", "b@": "fileb://mine", c: "file://mine", d: `${cli.origin}/page`, e: "true" };
  for (const [key, value] of Object.entries(tags)) await addTag(page, key, value);
  await expect(code(page)).toContainText('"e":"true"');
  const made = await pastes(cli, await text(page));
  expect(made).toMatchObject({ path: "/CreateChannel", request: { name: "e2e-pasted" } });
  expect((made.request as { tags: unknown }).tags).toEqual(tags);
  await api.forget();
  const arn = await api.arn("e2e-pasted");
  expect((await api.call<{ tags: unknown }>("ListTagsForResource", { resourceArn: arn })).tags).toMatchObject(tags);

  // The same where tags are edited.
  await page.goto(at(`channels/${arn.slice(arn.lastIndexOf("/") + 1)}`));
  const card = page.getByRole("region", { name: "Tags", exact: true });
  await card.getByRole("button", { name: "Edit tags" }).click();
  await page.getByRole("textbox", { name: "Value" }).first().fill("file://./mine");
  await card.getByText("as aws ivs").click();
  const tagged = await pastes(cli, (await line(page, "Tags").textContent())!);
  expect([decodeURIComponent(tagged.path), tagged.request]).toEqual([`/tags/${arn}`, { tags: { "a@": "file://./mine" } }]);
});

it("a text in a command is what it says, and neither a file nor a page", async ({ page, api, cli }) => {
  const channelArn = await api.arn(LIVE);
  await page.goto(`${await api.resolve(at(`channels/{${LIVE}}`))}?ask=metadata`);
  const card = page.getByRole("region", { name: "Timed metadata" });
  await card.getByText("as aws ivs").click();
  for (const metadata of ["file://mine", "fileb://mine", `${cli.origin}/page`, "https://example.invalid/it's", "-file://mine", "see file://mine"]) {
    await card.getByRole("textbox", { name: "Metadata" }).fill(metadata);
    await expect(line(page, "Timed metadata")).toContainText(metadata.split("'")[0]!);
    expect(await pastes(cli, (await line(page, "Timed metadata").textContent())!)).toEqual({ path: "/PutMetadata", request: { channelArn, metadata } });
  }

  await page.goto(at("viewer-sessions"));
  const one = page.getByRole("region", { name: "Revoke one viewer" });
  await one.getByLabel("Channel").fill(channelArn);
  await one.getByLabel("Viewer id").fill("file://mine");
  await one.getByLabel("Versions up to").fill("2");
  await one.getByText("Same thing, as code").click();
  await expect(line(page, "Revoke one viewer")).toContainText("file://mine");
  expect(await pastes(cli, (await line(page, "Revoke one viewer").textContent())!)).toEqual({
    path: "/StartViewerSessionRevocation",
    request: { channelArn, viewerId: "file://mine", viewerSessionVersionsLessThanOrEqualTo: 2 },
  });
});

it("what is there is made again by its command, and a public key comes from the file that it names", async ({ page, api, cli }) => {
  const request = { name: "e2e-policy", allowedCountries: ["NO"], allowedOrigins: ["https://a.example"], enableStrictOriginEnforcement: true, tags: { "x@": "file://mine" } };
  const { playbackRestrictionPolicy } = await api.call<{ playbackRestrictionPolicy: { arn: string } }>("CreatePlaybackRestrictionPolicy", request);
  await open(page, "playback-restriction-policies", playbackRestrictionPolicy.arn);
  expect(await pastes(cli, await text(page))).toEqual({ path: "/CreatePlaybackRestrictionPolicy", request });

  const { keyPairs } = await api.call<{ keyPairs: { arn: string; name: string }[] }>("ListPlaybackKeyPairs", {});
  const publicKeyMaterial = generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey.export({ type: "spki", format: "pem" }).toString();
  await cli.keep("public.pem", publicKeyMaterial);
  await open(page, "playback-key-pairs", keyPairs[0]!.arn);
  expect(await pastes(cli, await text(page))).toMatchObject({ path: "/ImportPlaybackKeyPair", request: { name: keyPairs[0]!.name, publicKeyMaterial } });
});

test("what changes something stays a command", async ({ page, api }) => {
  const { channel } = await api.call<Channel>("CreateChannel", { name: "e2e-changed" });
  await page.goto(at(`channels/${channel.arn.slice(channel.arn.lastIndexOf("/") + 1)}/edit`));
  await page.getByRole("textbox", { name: "Name" }).fill("e2e-other");
  await expect(code(page)).toContainText(/update-channel[^]*--name e2e-other/);
  await expect(languages(page)).toHaveCount(0);
});

for (const width of [360, 1440]) {
  test(`the code fits ${width} pixels, and nothing serious is found in it`, async ({ page, api }) => {
    await page.setViewportSize({ width, height: 900 });
    const { channel } = await api.call<Channel>("CreateChannel", { name: "e2e-looks", tags: { team: "sports" } });
    await open(page, "channels", channel.arn);
    await choice(page, "Terraform");
    await clean(page, "a channel as code");
    await fits(page, "a channel as code");
    await openForm(page);
    await clean(page, "a form beside its code");
    await fits(page, "a form beside its code");
  });
}
