// The channel list by hand: what the platform itself needs for it, which is what the console is compared with. Nothing is
// kept up to date and nothing can be done here, so no console can be quicker; the question is how near it comes.
(() => {
  "use strict";
  const [, , account, region] = location.pathname.split("/");
  const table = document.querySelector("table");
  const body = document.querySelector("tbody");
  const filter = document.querySelector("input");
  // As many rows as the console keeps in the page: what is seen, and four beyond each edge.
  const WINDOW = Math.ceil(innerHeight / 40) + 8;
  const channels = [];

  const list = async (nextToken) => {
    const answer = await fetch(`/api/ivs/${account}/${region}/ListChannels`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-tally": "1" },
      body: JSON.stringify({ request: { maxResults: 100, nextToken } }),
    });
    if (!answer.ok) throw new Error(`ListChannels: ${answer.status}`);
    return (await answer.json()).response;
  };

  const words = ({ name, arn, type, latencyMode, authorized, tags }) => {
    const tagged = Object.entries(tags ?? {}).map(([key, value]) => `tag:${key}=${value}`);
    const playback = authorized ? "private" : "public";
    return [name, arn, `type:${type}`, `latency:${latencyMode}`, `playback:${playback}`, ...tagged].join("\n").toLowerCase();
  };

  const element = (name, text) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const row = (channel) => {
    const id = channel.arn.slice(channel.arn.lastIndexOf("/") + 1);
    const link = element("a", channel.name);
    link.href = `/${account}/${region}/channels/${id}`;
    const tags = Object.entries(channel.tags ?? {}).slice(0, 2).map(([key, value]) => element("span", `${key}=${value}`));
    const texts = ["Offline", "–", "–", channel.type, channel.latencyMode, channel.authorized ? "Private" : "Public"];
    const made = element("tr");
    for (const content of [[link], ...texts.map((text) => [text]), tags, [element("button", id)]]) {
      const cell = element("td");
      cell.append(...content);
      made.append(cell);
    }
    return made;
  };

  // Rows that were there stay, and a window that is the same is left alone.
  const rows = new Map();
  const show = () => {
    const typed = filter.value.trim().toLowerCase().split(/\s+/);
    const fit = channels.filter((channel) => typed.every((word) => channel.words.includes(word)));
    table.setAttribute("aria-rowcount", fit.length + 1);
    const seen = fit.slice(0, WINDOW).map(({ channel }, at) => {
      const made = rows.get(channel.arn) ?? row(channel);
      rows.set(channel.arn, made);
      made.dataset.row = at;
      return made;
    });
    if (seen.length !== body.children.length || seen.some((made, at) => made !== body.children[at])) body.replaceChildren(...seen);
  };

  filter.addEventListener("input", show);
  (async () => {
    let token;
    do {
      const page = await list(token);
      channels.push(...page.channels.map((channel) => ({ channel, words: words(channel) })));
      show();
      token = page.nextToken;
    } while (token !== undefined);
  })();
})();
