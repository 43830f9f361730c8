// Executors take customers themselves, in two browsers at once: one of them is faster, the other is told; what is taken
// leaves both lists by itself, and the bell rings for who is given something.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Server, Visitor, begin, openBrowser } from "./support.mjs";

let server, browser, manager, lili, wutm, t, batch;

async function arrives(login, name) {
  const { person, invitation } = await manager.call("POST", "/api/v1/people", { login, name, role: "member", language: "en" });
  const visitor = await Visitor.open(browser, server.address);
  await visitor.call("POST", "/api/v1/invitations/accept", { token: invitation, password: "low tide 2026" });
  visitor.person = person;
  return visitor;
}

before(async () => {
  server = new Server();
  await server.start();
  browser = await openBrowser();
  manager = await begin(browser, server);
  t = (key, params) => manager.t(key, params);
  lili = await arrives("lili", "李莉");
  wutm = await arrives("wutm", "吴天明");
  const customers = [];
  for (let i = 0; i < 6; ++i) customers.push((await manager.call("POST", "/api/v1/customers", { name: `客户${i}`, score: 60 - i })).row.customer);
  batch = (await manager.call("POST", "/api/v1/batches", { subject: "Open water", executors: [lili.person, wutm.person], claim_open: true })).summary.batch;
  await manager.call("POST", `/api/v1/batches/${batch}/customers`, { customers });
  await manager.until(async () => (await counts()).unassigned === 6);
  for (const visitor of [lili, wutm]) {
    visitor.problems.length = 0;  // the questions of the page that nobody was signed in to
    await visitor.go(`/batches/${batch}/claim`);
    await visitor.see("row", "客户0");
  }
});

after(async () => {
  await browser?.close();
  await server?.remove();
});

const counts = async () => (await manager.call("GET", `/api/v1/batches/${batch}`)).summary.counts;
const items = async () => (await manager.call("POST", `/api/v1/batches/${batch}/items/query`, {})).rows;
const item = async (name) => (await items()).find((row) => row.customer_name === name);

test("of two who claim the same customer at once one gets it, and the other is told", { timeout: 60_000 }, async () => {
  const buttons = [];
  for (const visitor of [lili, wutm]) {
    await visitor.press("checkbox", visitor.t("ui.select_row", { name: "客户0" }));
    const button = visitor.role("button", `${t("claim.do")}  1`).first();
    await button.waitFor({ state: "attached" });
    buttons.push(await button.elementHandle());
  }
  await Promise.all(buttons.map((button) => button.dispatchEvent("click")));
  await manager.until(async () => (await counts()).executing === 1);
  const winner = (await item("客户0")).executor === lili.person ? lili : wutm, loser = winner === lili ? wutm : lili;
  await winner.seeText("1 customer is yours now.");
  await loser.seeText(new RegExp(t("claim.taken")));
  assert.equal((await counts()).executing, 1);
  assert.equal((await loser.call("POST", "/api/v1/items/query", {})).rows.length, 0);
});

test("what somebody has taken leaves the other's list by itself, within moments", { timeout: 60_000 }, async () => {
  await wutm.see("row", "客户1");
  // The doorbell rings and nobody asks meanwhile: without it the page would ask every three seconds.
  let asked = 0;
  const count = (request) => { asked += /\/api\/v1\/events(\?|$)/.test(request.url()); };
  wutm.page.on("request", count);
  await wutm.page.waitForTimeout(7500);
  wutm.page.off("request", count);
  assert.ok(asked <= 1, `${asked} questions in 7.5 s`);
  await lili.press("checkbox", lili.t("ui.select_row", { name: "客户1" }));
  await lili.press("button", `${t("claim.do")}  1`);
  await manager.until(async () => (await item("客户1")).executor === lili.person);
  await wutm.role("row", "客户1").waitFor({ state: "detached", timeout: 5000 });
  await wutm.see("row", "客户2");
});

test("the bell counts what one is given, and leads there", { timeout: 60_000 }, async () => {
  await wutm.go("/");
  const unread = async () => (await wutm.call("GET", "/api/v1/notifications")).unread;
  const before = await unread();
  const { item: id, version } = await item("客户2");
  await manager.call("POST", `/api/v1/batches/${batch}/designate`, { executor: wutm.person, rows: [{ item: id, version }] });
  const bell = wutm.role("button", t("notice.bell_unread", { count: before + 1 })).first();
  await bell.waitFor({ state: "attached", timeout: 10000 });
  await bell.dispatchEvent("click");
  await wutm.seeText(/Open water/);
  await wutm.press("button", t("notice.read_all"));
  await wutm.until(async () => (await unread()) === 0);
  await wutm.see("button", t("notice.title"));
});

test("closed, claiming says so on the page that is open", { timeout: 60_000 }, async () => {
  await wutm.go(`/batches/${batch}/claim`);
  await wutm.press("checkbox", wutm.t("ui.select_row", { name: "客户3" }));
  const { summary } = await manager.call("GET", `/api/v1/batches/${batch}`);
  await manager.call("PATCH", `/api/v1/batches/${batch}`, { version: summary.version, claim_open: false });
  await wutm.seeText(t("claim.closed_title"), { timeout: 10000 });
  const { item: id, version } = await item("客户3");
  const refused = await wutm.ask("POST", `/api/v1/batches/${batch}/claim`, { rows: [{ item: id, version }] });
  assert.equal(refused.status, 409);
  assert.equal((await item("客户3")).state, "unassigned");
  for (const visitor of [manager, lili, wutm]) assert.deepEqual(visitor.problems, []);
});
