// A manager takes an allocation back: what nobody has touched returns to what it was, what somebody has worked on stays.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Server, begin, minutes, openBrowser } from "./support.mjs";

let server, browser, visitor, t, batch;

before(async () => {
  server = new Server();
  await server.start();
  browser = await openBrowser();
  visitor = await begin(browser, server);
  t = (key, params) => visitor.t(key, params);
  const me = (await visitor.call("GET", "/api/v1/session")).person;
  const { person } = await visitor.call("POST", "/api/v1/people", { login: "lili", name: "李莉", role: "member" });
  const customers = [];
  for (let i = 0; i < 9; ++i) customers.push((await visitor.call("POST", "/api/v1/customers", { name: `客户${i}` })).row.customer);
  batch = (await visitor.call("POST", "/api/v1/batches", { subject: "Spring visits", executors: [me, person] })).summary.batch;
  await visitor.call("POST", `/api/v1/batches/${batch}/customers`, { customers });
  await visitor.until(async () => (await counts()).unassigned === 9);
});

after(async () => {
  await browser?.close();
  await server?.remove();
});

const counts = async () => (await visitor.call("GET", `/api/v1/batches/${batch}`)).summary.counts;

test("an allocation is undone from the history of its batch, all but what was worked on", { timeout: minutes(3) }, async () => {
  await visitor.go(`/batches/${batch}/allocate`);
  await visitor.press("button", t("allocate.commit"));
  await visitor.until(async () => (await counts()).executing === 9);
  const mine = await visitor.call("POST", "/api/v1/items/query", { page: { limit: 50 } });
  const { item, version } = mine.rows[0];
  await visitor.call("POST", `/api/v1/items/${item}/progress`, { item, version, text: "called" });

  await visitor.go(`/batches/${batch}/history`);
  await visitor.press("button", t("undo.look"));
  await visitor.seeText(t("undo.kept_by"));
  await visitor.picture("undo-of-an-allocation");
  await visitor.pressInDialog(/^Undo 8 customers$/);
  await visitor.until(async () => (await counts()).unassigned === 8);
  assert.equal((await counts()).executing, 1);
  await visitor.seeText(new RegExp(t("batch_event.allocation_undone")));
  assert.equal((await visitor.call("GET", `/api/v1/items/${item}`)).row.state, "executing");
  assert.deepEqual(visitor.problems, []);
});
