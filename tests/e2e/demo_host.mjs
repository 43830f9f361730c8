// The demo as demo tests meet it: its folder on a host that only serves files, in a place of that host, and what the
// product in the page's worker says when it is asked as the client asks.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

import { patience } from "./support.mjs";

export const folder = process.env.TIDEWATER_DEMO ?? new URL("../../build/demo", import.meta.url).pathname;
export const place = "/somewhere/tidewater/";
export const files = readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, name)).isFile());
export const waiting = 11;  // the batch that waits to be allocated: batch_of(Subject::waiting) of cast.h

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml",
  ".wasm": "application/wasm", ".webmanifest": "application/manifest+json" };

// `changed(name, content)` may answer another content: a browser that cannot do something.
export async function openHost(changed = (name, content) => content) {
  const missing = [];
  const server = createServer((request, reply) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    const name = path.startsWith(place) ? path.slice(place.length) || "index.html" : undefined;
    if (!name || !files.includes(name)) {
      missing.push(path);
      return reply.writeHead(404).end();
    }
    reply.writeHead(200, { "content-type": types[extname(name)] ?? "application/octet-stream" })
      .end(changed(name, readFileSync(join(folder, name))));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () => new Promise((closed) => { server.close(closed); server.closeAllConnections(); });
  return { origin, address: origin + place, missing, close };
}

export const ready = (visitor, within = patience) =>
  visitor.page.locator("html[data-ready]:not([data-opening])").waitFor({ state: "attached", timeout: within });

export const ask = (visitor, method, path, body) => visitor.page.evaluate(([verb, where, content]) => new Promise((done, failed) => {
  const send = (what, address, token, words, then) => {
    const request = new globalThis.tidewaterLocal.Request();
    request.open(what, address);
    request.setRequestHeader("Content-Type", "application/json");
    if (token) request.setRequestHeader("X-CSRF-Token", token);
    request.onload = () => then(request.status, JSON.parse(new TextDecoder().decode(request.response)));
    request.onerror = () => failed(new Error(`no answer: ${what} ${address}`));
    request.send(words === undefined ? null : new TextEncoder().encode(JSON.stringify(words)));
  };
  send("GET", "/api/v1/session", "", undefined, (_, session) =>
    send(verb, where, session.csrf, content, (status, answer) => (status < 400 ? done(answer) : failed(new Error(`${verb} ${where}: ${status}`)))));
}), [method, path, body]);

export const counts = async (visitor) => (await ask(visitor, "GET", `/api/v1/batches/${waiting}`)).summary.counts;

// Until the operation that shares the customers out has come to its end.
export async function settled(visitor) {
  for (let last = -1, now; ; last = now) {
    now = (await counts(visitor)).unassigned;
    if (now === last) return;
    await visitor.page.waitForTimeout(500);
  }
}
