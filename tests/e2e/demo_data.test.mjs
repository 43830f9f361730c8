// The demo's tour, and its data as somebody's own: exported and opened by a server, a server's backup opened here, kept or
// not as the visitor wishes, also in a browser that has no files for a worker.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { ask, counts, openHost, ready, settled, waiting } from "./demo_host.mjs";
import { Server, Visitor, minutes, openBrowser, program } from "./support.mjs";

let host, browser, visitor, server;
const scratch = mkdtempSync(join(tmpdir(), "tidewater-demo-"));

before(async () => {
  host = await openHost();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await host?.close();
  await server?.remove();
  rmSync(scratch, { recursive: true, force: true });
});

async function visit(where = host) {
  const someone = await Visitor.open(browser, "about:blank");
  await someone.page.goto(where.address);
  await ready(someone, minutes(8));
  return someone;
}

const card = (title) => visitor.role("region", "Tour").getByRole("heading", { name: title });
const onTour = (name) => visitor.role("region", "Tour").getByRole("button", { name }).click();  // the screens have such words too
const press = (name, who = visitor) => who.role("button", name).click();
const found = async (who, name) => (await ask(who, "POST", "/api/v1/customers/query", { query: { search: name } })).rows.map((row) => row.name);
// Acts, and waits for the page that comes after.
async function anew(who, act) {
  const page = who.page.waitForEvent("framenavigated", { timeout: minutes(2) });
  await act();
  await page;
  await ready(who, minutes(8));
}
async function actAs(who, key) {
  const select = who.role("combobox", "Act as");
  const line = (await select.locator("option").allTextContents()).find((text) => text.endsWith(who.t(key)));
  await anew(who, () => select.selectOption({ label: line }));
}
async function data(who) {
  await who.page.locator("#demo-bar summary").click();
}

const top = async (what) => Math.round((await visitor.page.locator(what).boundingBox()).y);
const drawn = () => visitor.page.locator("#canvas").evaluate((canvas) =>
  Math.round(canvas.getBoundingClientRect().top + canvas.height / devicePixelRatio));

test("the tour leads through the main job and is not seen again", { timeout: minutes(12) }, async () => {
  visitor = await visit();
  await card("Who should do what?").waitFor();
  await visitor.picture("demo-tour");
  assert.ok(await drawn() <= await top("#demo-tour"), "the tour covers what the client draws");
  await onTour("Open that batch");
  await card("One batch, one task").waitFor();
  await onTour("Open the board");
  await card("See the plan, then commit").waitFor();
  assert.match(visitor.page.url(), new RegExp(`#/batches/${waiting}/allocate$`));
  await visitor.loaded(5);
  await visitor.press("button", visitor.t("allocate.commit"));
  await card("It can be undone").waitFor();  // by itself
  await settled(visitor);
  await anew(visitor, () => onTour("Act as an executor"));
  await card("An executor's day").waitFor();
  await onTour("Open my tasks");
  await card("The clock takes back").waitFor();
  assert.match(visitor.page.url(), /#\/my-tasks$/);
  await onTour("1 day on");
  await card("That is the main job").waitFor();
  await onTour("Done");
  await visitor.role("region", "Tour").waitFor({ state: "detached" });
  assert.equal(await drawn(), await top("#demo-bar"), "the client does not take the tour's place");
  await anew(visitor, () => visitor.page.reload());
  assert.equal(await visitor.role("region", "Tour").count(), 0);
  assert.deepEqual(visitor.problems, []);
});

test("what is exported, a server opens", { timeout: minutes(6) }, async () => {
  await actAs(visitor, "demo.cast.administrator");
  await ask(visitor, "POST", "/api/v1/customers", { name: "Tide Table Ltd" });
  await data(visitor);
  await visitor.picture("demo-data");
  const download = visitor.page.waitForEvent("download");
  await press("Export the database…");
  const file = join(scratch, (await download).suggestedFilename());
  assert.match(file, /tidewater-\d{4}-\d\d-\d\d\.db$/);
  await (await download).saveAs(file);
  await visitor.seeText(/tidewater restore/);

  server = new Server();
  execFileSync(program, ["restore", file, "--data", server.folder]);
  const people = JSON.parse(execFileSync(program, ["user", "list", "--json", "--data", server.folder], { encoding: "utf8" }));
  const { login } = people.find(({ role, active }) => role === "administrator" && active);
  execFileSync(program, ["user", "passwd", login, "--data", server.folder], { input: "correct horse battery\n" });
  execFileSync(program, ["check", "--data", server.folder]);  // ends with 0 when all is well
  await server.start();
  const admin = await Visitor.open(browser, server.address);
  await ready(admin);
  await admin.fill(admin.t("sign_in.login"), login);
  await admin.fill(admin.t("sign_in.password"), "correct horse battery");
  await admin.press("button", admin.t("sign_in.go"));
  await admin.until(async () => (await admin.ask("GET", "/api/v1/session")).status === 200);
  const there = await admin.call("POST", "/api/v1/customers/query", { query: { search: "Tide Table" } });
  assert.deepEqual(there.rows.map((row) => row.name), ["Tide Table Ltd"]);
  assert.deepEqual((await admin.call("GET", `/api/v1/batches/${waiting}`)).summary.counts, await counts(visitor));
  await admin.call("POST", "/api/v1/customers", { name: "From The Server" });
  await admin.context.close();
});

test("a server's backup opens in the demo, and what is no database is refused", { timeout: minutes(6) }, async () => {
  const backup = join(scratch, "backup.db");
  execFileSync(program, ["backup", backup, "--data", server.folder]);
  visitor.page.on("dialog", (question) => question.accept());
  const open = async (path) => {
    await data(visitor);
    await visitor.page.locator("#demo-bar input[type=file]").setInputFiles(path);
  };
  await open(program);
  await visitor.seeText(visitor.t("demo.open.not_a_database"));
  assert.deepEqual(await found(visitor, "From The Server"), []);
  await anew(visitor, () => open(backup));
  await actAs(visitor, "demo.cast.administrator");
  assert.deepEqual(await found(visitor, "From The Server"), ["From The Server"]);
  await anew(visitor, () => visitor.page.reload());
  assert.deepEqual(await found(visitor, "From The Server"), ["From The Server"]);
  assert.deepEqual(visitor.problems, []);
  await visitor.context.close();
});

// Deleted from what the worker finds, not from what the page is told.
const withoutFiles = (name, content) =>
  /^worker\..*\.js$/.test(name) ? Buffer.concat([Buffer.from("delete StorageManager.prototype.getDirectory;"), content]) : content;

test("a browser without files for a worker keeps the data in its store, or not, as one wishes", { timeout: minutes(12) }, async () => {
  const poor = await openHost(withoutFiles);
  const someone = await visit(poor);
  someone.page.on("dialog", (question) => question.accept());
  await ask(someone, "POST", "/api/v1/customers", { name: "Kept In Blocks" });
  await anew(someone, () => someone.page.reload());
  assert.deepEqual(await found(someone, "Kept In Blocks"), ["Kept In Blocks"]);
  assert.deepEqual(await someone.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name.replace(/\d+$/, "N"))),
    ["tidewater-demo-N"]);

  await data(someone);
  await anew(someone, () => someone.role("checkbox", "Keep what I do in this browser").click());
  assert.deepEqual(await someone.page.evaluate(async () => (await indexedDB.databases()).length), 0);
  assert.deepEqual(await found(someone, "Kept In Blocks"), [], "deleted");
  await ask(someone, "POST", "/api/v1/customers", { name: "Only Here" });
  await data(someone);
  await anew(someone, () => someone.role("checkbox", "Keep what I do in this browser").click());
  assert.deepEqual(await found(someone, "Only Here"), ["Only Here"], "from now on");
  assert.deepEqual(someone.problems.filter((line) => !/no files/.test(line)), []);
  await someone.context.close();
  await poor.close();
});
