// The first script of the page, before anything is painted. It is small, and it is the only one that is not wasm:
// it sets the theme, exchanges the launch token, and begins the first calls and the
// download of the app together. The app takes the calls over from `window.__tally` (frontend/src/api/early.rs).
// `cargo xtask finish-dist` puts in the hashed name of the folder with the app's files.
(() => {
  "use strict";
  const APP = "{{app}}";

  // Private windows may refuse storage; then the system's theme and the first region are right.
  const remembered = (name) => {
    try { return localStorage.getItem(name); } catch { return null; }
  };
  document.documentElement.dataset.theme = remembered("tally.theme") ?? "system";

  const post = async (path, body) => {
    const answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json", "x-tally": "1" }, body });
    // Read to its end now: once the app runs, it has no time to wait for it.
    return { status: answer.status, text: await answer.text() };
  };
  const begun = (window.__tally = new Map());
  const begin = (path, body, after) => {
    const answer = after.then(() => post(path, body));
    answer.catch(() => {}); // whoever takes it over says so
    begun.set(`${path} ${body}`, answer);
    return answer;
  };

  // The token works once. It leaves the address bar at once; a spent one does no harm where a session is valid.
  const token = new URLSearchParams(location.hash.slice(1)).get("t");
  if (token !== null) history.replaceState(history.state, "", location.pathname + location.search);
  const signedIn = token === null ? Promise.resolve() : post("/api/session", JSON.stringify({ token })).catch(() => {});

  const me = begin("/api/me", "{}", signedIn);

  // The list that the page will ask for: of the URL, else of last time, else the first there is. The streams come first: rows
  // that are made with what is live in them are laid out once.
  const list = (account, region, after) => {
    for (const operation of ["ListStreams", "ListChannels"]) {
      begin(`/api/ivs/${account}/${region}/${operation}`, '{"request":{"maxResults":100}}', after);
    }
  };
  const [, account, region, noun, more] = location.pathname.split("/");
  // The part that the page comes with (frontend/src/pages/mod.rs); the app asks for it only when it runs.
  const fromFile = noun === "channels" && more === "from-a-file";
  const ofChannels = account === "tags" || noun === "welcome" || noun === "stream-keys" || (noun === "channels" && more && !fromFile);
  const ofConfigurations = fromFile || /^(recording-configurations|playback-(key-pairs|restriction-policies|tokens)|ad-configurations|failover-slates)$/.test(noun);
  const ofBroadcasts = ["streams", "sessions", "viewer-sessions"].includes(noun);
  const ofConsole = ["jobs", "journal", "setup", "about", "signed-in", "sign-in"].includes(account);
  const part = ofChannels ? "channel" : ofConfigurations ? "configure" : ofBroadcasts ? "broadcast" : ofConsole ? "console" : undefined;
  if (part) {
    const link = document.createElement("link");
    document.head.append(Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: `${APP}/split_${part}.wasm` }));
  }
  if (noun === "channels" && more === undefined) {
    list(account, region, signedIn);
  } else if (location.pathname === "/") {
    const last = remembered("tally.place")?.split(" ");
    if (last?.length === 2) {
      list(...last, signedIn);
    }
  }

  // The first use of these takes a browser longer than anything else that the app does first.
  setTimeout(() => new Intl.NumberFormat(navigator.language));

  // Without an integrity: Chromium ignores one on the link that preloads it, and would fetch it a second time for this one.
  const wasm = fetch(`${APP}/frontend_bg.wasm`);
  // The app takes over the body: it may be here before the parser has come to it.
  const parsed = new Promise((resolve) => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve, { once: true });
    else resolve();
  });
  const failed = (error) => {
    document.getElementById("skeleton")?.setAttribute("data-failed", "");
    throw error;
  };
  Promise.all([import(`${APP}/frontend.js`), parsed]).then(([app]) => app.default({ module_or_path: wasm })).catch(failed);
})();
