// The demo on a host that only serves files, in a folder of it: the first visit makes up the company, a manager commits
// an allocation, and without a network everything is there after a reload, and works. No request leaves the folder.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, relative } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";

import { Visitor, minutes, openBrowser, patience } from "./support.mjs";

const folder = process.env.TIDEWATER_DEMO ?? new URL("../../build/demo", import.meta.url).pathname;
const place = "/somewhere/tidewater/";
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml",
  ".wasm": "application/wasm", ".webmanifest": "application/manifest+json" };
const waiting = 11;  // the batch that waits to be allocated: batch_of(Subject::waiting) of cast.h

const files = readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, name)).isFile());
let host, origin, browser, visitor;
const elsewhere = [], missing = [];

before(async () => {
  host = createServer((request, reply) => {
    const path = decodeURIComponent(new URL(request.url, origin).pathname);
    const name = path.startsWith(place) ? path.slice(place.length) || "index.html" : undefined;
    if (!name || !files.includes(name)) {
      missing.push(path);
      return reply.writeHead(404).end();
    }
    reply.writeHead(200, { "content-type": types[extname(name)] ?? "application/octet-stream" }).end(readFileSync(join(folder, name)));
  });
  await new Promise((ready) => host.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${host.address().port}`;
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  host?.close();
});

const ready = (within = patience) => visitor.page.locator("html[data-ready]").waitFor({ state: "attached", timeout: within });
const commit = () => visitor.role("button", visitor.t("allocate.commit")).first();
// What the product in the worker says, asked as the client asks.
const ask = (method, path, body) => visitor.page.evaluate(([verb, where, content]) => new Promise((done, failed) => {
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
const counts = async () => (await ask("GET", `/api/v1/batches/${waiting}`)).summary.counts;

test("what a visitor loads is exactly what is kept for later, and not much more than the 1.2 MB that are promised", { timeout: minutes(3) }, () => {
  const sizes = files.map((name) => {
    const content = readFileSync(join(folder, name));
    return [name, Math.min(content.length, brotliCompressSync(content).length)];
  });
  const sum = sizes.reduce((total, [, size]) => total + size, 0);
  console.log(`# the demo: ${sum} bytes by brotli in ${sizes.length} files: ${sizes.filter(([, size]) => size > 20000).map(([name, size]) => `${name} ${size}`).join(", ")}`);
  const kept = JSON.parse(/files = (\[.*?\]);/.exec(readFileSync(join(folder, "service-worker.js"), "utf8"))[1]);
  assert.deepEqual([...kept, "service-worker.js"].sort(), files.map((name) => relative(".", name)).sort());
  // The promise is 1.2 MB: tools/dev package says KEPT or MISSED. Here it must not grow unseen.
  assert.ok(sum <= 1_220_000, `${sum} bytes`);
});

test("the first visit makes up a company, and the visitor is a manager in it without a password", { timeout: minutes(10) }, async () => {
  visitor = await Visitor.open(browser, "about:blank");
  visitor.page.on("request", (request) => { if (!request.url().startsWith(origin + place) && !/^(blob|data|about):/.test(request.url())) elsewhere.push(request.url()); });
  const began = Date.now();
  await visitor.page.goto(origin + place);
  await visitor.role("progressbar", "Preparing the demo").waitFor();
  await visitor.seeText(/ninety days/, { timeout: minutes(2) });
  await visitor.picture("demo-loading");
  await ready(minutes(8));
  console.log(`# the demo: ready after ${Date.now() - began} ms`);
  await visitor.role("progressbar", "Preparing the demo").waitFor({ state: "detached" });
  await visitor.see("complementary", "Demo");
  await visitor.seeText(/what you do stays in this browser/);
  const player = await visitor.role("combobox", "Act as").locator("option:checked").textContent();
  await visitor.see("heading", new RegExp(player.split(" · ")[0]));
  assert.equal(await visitor.role("textbox", visitor.t("sign_in.password")).count(), 0);
  await visitor.picture("demo-workbench");
});

test("the batch that waits is allocated", { timeout: minutes(3) }, async () => {
  const { unassigned } = await counts();
  assert.ok(unassigned >= 20, `${unassigned} wait`);
  await visitor.go(`#/batches/${waiting}/allocate`);
  await commit().waitFor({ state: "attached" });
  await visitor.loaded(5);
  await visitor.picture("demo-board");
  await visitor.press("button", visitor.t("allocate.commit"));
  await visitor.until(async () => (await counts()).executing >= 20);
  await visitor.picture("demo-committed");
  assert.deepEqual(visitor.problems, []);
});

test("without a network everything is there after a reload, and works", { timeout: minutes(5) }, async () => {
  await visitor.page.evaluate(async () => { await navigator.serviceWorker.ready; });
  const before = await counts();
  await visitor.context.setOffline(true);
  await new Promise((closed) => { host.close(closed); host.closeAllConnections(); });  // nobody is there to answer
  await visitor.page.goto(`${origin}${place}`);
  await ready(minutes(2));
  assert.deepEqual(await counts(), before);
  await visitor.go(`#/batches/${waiting}`);
  await visitor.loaded(5);
  await visitor.picture("demo-offline");
  const { row } = await ask("POST", "/api/v1/customers", { name: "Tide Table Ltd" });
  await visitor.go(`#/customers/${row.customer}`);
  await visitor.see("heading", /Tide Table Ltd/);
});

test("somebody else is somebody else, after an hour and after a day", { timeout: minutes(5) }, async () => {
  const select = visitor.role("combobox", "Act as");
  const other = (await select.locator("option").allTextContents()).find((line) => line.includes(visitor.t("demo.cast.executor")));
  await select.selectOption({ label: other });
  await visitor.see("heading", new RegExp(other.split(" · ")[0]), { timeout: minutes(2) });
  const before = await visitor.page.evaluate(() => globalThis.tidewaterLocal.now());
  await visitor.role("button", "1 day on").click();
  await visitor.seeText(/The clock was moved on/);
  assert.ok(await visitor.page.evaluate(() => globalThis.tidewaterLocal.now()) - before >= 86400000);
  await visitor.picture("demo-executor");
});

test("no request has left the folder, and none asked for what is not there", () => {
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(missing, []);
  assert.ok(existsSync(join(folder, "index.html")));
});
