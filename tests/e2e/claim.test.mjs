// Executors take customers themselves, in two browsers at once: one of them is faster, the other is told; what is taken
// leaves both lists by itself, and the bell rings for who is given something.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Server, arrive, begin, minutes, openBrowser, patience } from "./support.mjs";

let server, browser, manager, lili, wutm, t, batch;

const arrives = (login, name) => arrive(browser, server, manager, login, name);

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

test("of two who claim the same customer at once one gets it, and the other is told", { timeout: minutes(3) }, async () => {
  for (const visitor of [lili, wutm]) await visitor.press("checkbox", visitor.t("ui.select_row", { name: "客户0" }));
  // Neither claim leaves before both were pressed: else the bell takes the customer from the slower one's list.
  const claims = /\/api\/v1\/batches\/\d+\/claim$/, held = [];
  for (const visitor of [lili, wutm])
    await visitor.page.route(claims, async (route) => {
      held.push(route);
      if (held.length === 2) await Promise.all(held.map((one) => one.continue()));
    });
  const yours = "1 customer is yours now.", taken = t("claim.taken");
  const hears = async (visitor) => (await visitor.page.getByText(new RegExp(`${yours}|${taken}`)).first().textContent()).includes(yours) ? yours : taken;
  const answers = Promise.all([lili, wutm].map(hears));  // from now on: notices go by themselves
  for (const visitor of [lili, wutm]) await visitor.press("button", `${t("claim.do")}  1`);
  const heard = await answers;
  assert.deepEqual(heard.toSorted(), [yours, taken].sort());
  const [winner, loser] = heard[0] === yours ? [lili, wutm] : [wutm, lili];
  assert.equal((await item("客户0")).executor, winner.person);
  for (const visitor of [lili, wutm]) await visitor.page.unroute(claims);
  assert.equal((await counts()).executing, 1);
  assert.equal((await loser.call("POST", "/api/v1/items/query", {})).rows.length, 0);
});

test("what somebody has taken leaves the other's list by itself, within moments", { timeout: minutes(3) }, async () => {
  await wutm.see("row", "客户1");
  // The doorbell rings and nobody asks meanwhile: without it the page would ask every three seconds.
  let last = Date.now();
  wutm.page.on("request", (request) => { if (/\/api\/v1\/events(\?|$)/.test(request.url())) last = Date.now(); });
  await wutm.until(() => Date.now() - last > 7500, patience, "7.5 s without a question");
  await lili.press("checkbox", lili.t("ui.select_row", { name: "客户1" }));
  await lili.press("button", `${t("claim.do")}  1`);
  await manager.until(async () => (await item("客户1")).executor === lili.person);
  await wutm.role("row", "客户1").waitFor({ state: "detached", timeout: 20_000 });  // by itself it asks every 30 s
  await wutm.see("row", "客户2");
});

test("the bell counts what one is given, and leads there", { timeout: minutes(3) }, async () => {
  await wutm.go("/");
  const unread = async () => (await wutm.call("GET", "/api/v1/notifications")).unread;
  const before = await unread();
  const { item: id, version } = await item("客户2");
  await manager.call("POST", `/api/v1/batches/${batch}/designate`, { executor: wutm.person, rows: [{ item: id, version }] });
  await wutm.press("button", t("notice.bell_unread", { count: before + 1 }));
  await wutm.seeText(/Open water/);
  await wutm.press("button", t("notice.read_all"));
  await wutm.until(async () => (await unread()) === 0);
  await wutm.see("button", t("notice.title"));
});

test("closed, claiming says so on the page that is open", { timeout: minutes(3) }, async () => {
  await wutm.go(`/batches/${batch}/claim`);
  await wutm.press("checkbox", wutm.t("ui.select_row", { name: "客户3" }));
  const { summary } = await manager.call("GET", `/api/v1/batches/${batch}`);
  await manager.call("PATCH", `/api/v1/batches/${batch}`, { version: summary.version, claim_open: false });
  await wutm.seeText(t("claim.closed_title"));
  const { item: id, version } = await item("客户3");
  const refused = await wutm.ask("POST", `/api/v1/batches/${batch}/claim`, { rows: [{ item: id, version }] });
  assert.equal(refused.status, 409);
  assert.equal((await item("客户3")).state, "unassigned");
  for (const visitor of [manager, lili, wutm]) assert.deepEqual(visitor.problems, []);
});
