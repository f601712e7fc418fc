import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync } from "node:zlib";

/** Under this stands the page without a framework. */
export const PLAIN = "/plain/";

const FILES: Record<string, string> = {
  "index.html": "text/html; charset=utf-8",
  "list.js": "text/javascript; charset=utf-8",
  "style.css": "text/css; charset=utf-8",
};

/**
 * Both pages under one origin: the plain one from here, all else from the console behind it. So both take the same way, and
 * both may call the API, which answers no other origin than its own.
 */
export class OneOrigin {
  private readonly files = new Map(Object.entries(FILES).map(([name, type]) => [name, { type, packed: pack(name) }]));
  private readonly agent = new Agent({ keepAlive: true });
  private readonly server: Server;

  private constructor(private readonly behind: URL) {
    this.server = createServer((asked, answer) => this.answer(asked, answer));
  }

  static async before(origin: string): Promise<OneOrigin> {
    const made = new OneOrigin(new URL(origin));
    made.server.listen(0, "127.0.0.1");
    await once(made.server, "listening");
    return made;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
    this.agent.destroy();
  }

  private answer(asked: IncomingMessage, answer: ServerResponse): void {
    const path = asked.url ?? "/";
    if (path.startsWith(PLAIN)) {
      this.own(path.slice(PLAIN.length), answer);
    } else {
      this.pass(asked, answer);
    }
  }

  /** What is no file is an address of the page, as with the console. */
  private own(name: string, answer: ServerResponse): void {
    const { type, packed } = this.files.get(name) ?? this.files.get("index.html")!;
    answer.writeHead(200, { "content-type": type, "content-encoding": "br", "content-length": packed.length, "cache-control": "no-cache" });
    answer.end(packed);
  }

  /** The console answers only to its own name. */
  private pass(asked: IncomingMessage, answer: ServerResponse): void {
    const { hostname, port, host } = this.behind;
    const headers = { ...asked.headers, host, connection: "keep-alive" };
    const onward = request({ hostname, port, agent: this.agent, method: asked.method, path: asked.url, headers }, (came) => {
      // Of each connection its own.
      delete came.headers.connection;
      delete came.headers["keep-alive"];
      answer.writeHead(came.statusCode ?? 502, came.headers);
      came.pipe(answer);
    });
    // Also where the page is closed meanwhile: then nobody is left who could be told.
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  }
}

/** As the console packs its own. */
function pack(name: string): Buffer {
  return brotliCompressSync(readFileSync(new URL(`plain/${name}`, import.meta.url)));
}
