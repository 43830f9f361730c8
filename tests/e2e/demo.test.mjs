// The demo on a host that only serves files, in a folder of it: the first visit makes up the company, a manager commits
// an allocation, and without a network everything is there after a reload, and works. No request leaves the folder.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";

import { ask, counts, files, folder, openHost, ready, settled, waiting } from "./demo_host.mjs";
import { Visitor, minutes, openBrowser } from "./support.mjs";

let host, browser, visitor;
const elsewhere = [];

before(async () => {
  host = await openHost();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await host?.close();
});

const commit = () => visitor.role("button", visitor.t("allocate.commit")).first();

test("what a visitor loads is exactly what is kept for later, and within the 1.2 MB that are promised", { timeout: minutes(3) }, () => {
  const sizes = files.map((name) => {
    const content = readFileSync(join(folder, name));
    return [name, Math.min(content.length, brotliCompressSync(content).length)];
  });
  const sum = sizes.reduce((total, [, size]) => total + size, 0);
  console.log(`# the demo: ${sum} bytes by brotli in ${sizes.length} files: ${sizes.filter(([, size]) => size > 20000).map(([name, size]) => `${name} ${size}`).join(", ")}`);
  const kept = JSON.parse(/files = (\[.*?\]);/.exec(readFileSync(join(folder, "service-worker.js"), "utf8"))[1]);
  assert.deepEqual([...kept, "service-worker.js"].sort(), files.map((name) => relative(".", name)).sort());
  assert.ok(sum <= 1_200_000, `${sum} bytes`);
});

test("the first visit makes up a company, and the visitor is a manager in it without a password", { timeout: minutes(10) }, async () => {
  visitor = await Visitor.open(browser, "about:blank");
  visitor.page.on("request", (request) => { if (!request.url().startsWith(host.address) && !/^(blob|data|about):/.test(request.url())) elsewhere.push(request.url()); });
  const began = Date.now();
  await visitor.page.goto(host.address);
  await visitor.role("progressbar", "Preparing the demo").waitFor();
  await visitor.seeText(/ninety days/, { timeout: minutes(2) });
  await visitor.picture("demo-loading");
  await ready(visitor, minutes(8));
  console.log(`# the demo: ready after ${Date.now() - began} ms`);
  await visitor.role("progressbar", "Preparing the demo").waitFor({ state: "detached" });
  await visitor.see("complementary", "Demo");
  await visitor.seeText(/what you do stays in this browser/);
  const player = await visitor.role("combobox", "Act as").locator("option:checked").textContent();
  await visitor.see("heading", new RegExp(player.split(" · ")[0]));
  assert.equal(await visitor.role("textbox", visitor.t("sign_in.password")).count(), 0);
  await visitor.picture("demo-workbench");
});

test("what only a server can do is there, and says why not here", { timeout: minutes(2) }, async () => {
  await visitor.press("button", visitor.t("account.menu"));
  for (const [name, operation] of [["account.sign_out", "session.sign-out"], ["account.change_password", "session.change-password"]]) {
    const item = visitor.role("menuitem", visitor.t(name));
    await item.waitFor({ state: "attached" });
    assert.equal(await item.getAttribute("aria-disabled"), "true", name);
    assert.equal(await item.getAttribute("aria-description"), visitor.t(`server_only.${operation}`));
  }
  assert.equal(await visitor.role("menuitem", visitor.t("account.change_zone")).getAttribute("aria-disabled"), null);
  await visitor.picture("demo-account-menu");
  await visitor.page.keyboard.press("Escape");
});

test("the batch that waits is allocated", { timeout: minutes(3) }, async () => {
  const { unassigned } = await counts(visitor);
  assert.ok(unassigned >= 20, `${unassigned} wait`);
  await visitor.go(`#/batches/${waiting}/allocate`);
  await commit().waitFor({ state: "attached" });
  await visitor.loaded(5);
  await visitor.picture("demo-board");
  await visitor.press("button", visitor.t("allocate.commit"));
  await visitor.until(async () => (await counts(visitor)).executing >= 20);
  await settled(visitor);
  await visitor.picture("demo-committed");
  assert.deepEqual(visitor.problems, []);
});

test("a browser that cannot draw is told so, while nothing is being made behind it", { timeout: minutes(2) }, async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => { HTMLCanvasElement.prototype.getContext = () => null; });
  const page = await context.newPage();
  await page.goto(host.address);
  await page.getByRole("heading", { name: "This browser cannot run Tidewater" }).waitFor();
  await page.getByText("WebGL2", { exact: true }).waitFor();
  assert.equal(await page.locator("#demo-loading").count(), 0);
  await Promise.all(page.workers().map((worker) => worker.waitForEvent("close")));  // it may take a moment to hear it
  await context.close();
});

test("without a network everything is there after a reload, and works", { timeout: minutes(5) }, async () => {
  await visitor.page.evaluate(async () => { await navigator.serviceWorker.ready; });
  const before = await counts(visitor);
  await visitor.context.setOffline(true);
  await host.close();  // nobody is there to answer
  await visitor.page.goto(host.address);
  await ready(visitor, minutes(2));
  assert.deepEqual(await counts(visitor), before);
  await visitor.go(`#/batches/${waiting}`);
  await visitor.loaded(5);
  await visitor.picture("demo-offline");
  const { row } = await ask(visitor, "POST", "/api/v1/customers", { name: "Tide Table Ltd" });
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

test("whom one adds can be acted as, too", { timeout: minutes(5) }, async () => {
  const select = visitor.role("combobox", "Act as");
  const line = async (words) => (await select.locator("option").allTextContents()).find((text) => text.includes(words));
  const administrator = await line(visitor.t("demo.cast.administrator"));
  await select.selectOption({ label: administrator });
  await visitor.see("heading", new RegExp(administrator.split(" · ")[0]), { timeout: minutes(2) });
  await ask(visitor, "POST", "/api/v1/people", { login: "tide.table", name: "Tide Table", role: "member" });
  await visitor.until(async () => await line("Tide Table"));
  await select.selectOption({ label: await line("Tide Table") });
  await visitor.see("heading", /Tide Table/, { timeout: minutes(2) });
});

test("no request has left the folder, and none asked for what is not there", () => {
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(host.missing, []);
  assert.ok(existsSync(join(folder, "index.html")));
});
