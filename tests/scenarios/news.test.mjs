// What people are told, what pages are told, and calls that come twice.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Company, until } from "./company.mjs";

const company = await Company.forThisFile();
const { root, mia, ann, bob, olga } = company;

test("who receives items is told once for all of them, until they read it", async () => {
  await ann.post("/api/v1/notifications/read", {});
  const batch = await company.batch();
  const rows = await company.fill(batch, 3);
  await company.designate(batch, rows, ann);
  const { rows: told, unread } = await ann.get("/api/v1/notifications");
  assert.equal(unread, 1);
  assert.deepEqual([told[0].kind, told[0].batch, told[0].items, told[0].read], ["received", batch, 3, false]);
  assert.equal((await ann.post("/api/v1/notifications/read", { notifications: [told[0].notification] })).unread, 0);
  assert.equal((await bob.get("/api/v1/notifications")).rows.some((one) => one.batch === batch), false);
});

test("pages hear what changed after the number they know, and only of what they may see", async () => {
  const newest = async (who) => (await who.get("/api/v1/events")).newest;
  const [before, olgas] = [await newest(mia), await newest(olga)];
  const batch = await company.batch();
  const after = await mia.get(`/api/v1/events?after=${before}`);
  assert.ok(after.newest > before);
  assert.ok(after.events.some((one) => one.kind === "batch_changed" && one.entity === batch));
  const { events } = await olga.get(`/api/v1/events?after=${olgas}`);
  assert.equal(events.some((one) => one.kind === "batch_changed" && one.entity === batch), false);
});

test("the workbench counts what waits for whom", async () => {
  const { batch, row } = await company.designated();
  const before = await mia.get("/api/v1/workbench");
  await ann.post(`/api/v1/items/${row.item}/complete`, { version: row.version, text: "Done." });
  const now = await mia.get("/api/v1/workbench");
  assert.equal(now.to_confirm, before.to_confirm + 1);
  assert.ok(now.batches.some((one) => one.batch === batch));
  assert.equal((await ann.get("/api/v1/workbench")).completed_today >= 1, true);
});

test("a call that comes twice under one key is done once", async () => {
  const request = { name: "Only once", department: company.north };
  const key = { "idempotency-key": "scenario-once" };
  const first = await mia.post("/api/v1/customers", request, key);
  assert.deepEqual(await mia.post("/api/v1/customers", request, key), first);
  const { count } = await mia.post("/api/v1/customers/count", { query: { view: "all", search: "Only once" } });
  assert.equal(count, 1);
  assert.notEqual((await root.post("/api/v1/customers", request, key)).row.customer, first.row.customer, "a key is one person's");
});

test("a key that was used for another call is refused", async () => {
  const key = { "idempotency-key": "scenario-other" };
  await mia.post("/api/v1/customers", { name: "One", department: company.north }, key);
  const refused = await mia.call("POST", "/api/v1/customers", { name: "Other", department: company.north }, key);
  assert.equal(refused.status, 409, JSON.stringify(refused.body));
  await mia.refused(400, "POST", "/api/v1/customers", { name: "Long" }, { fields: ["Idempotency-Key"] }, { "idempotency-key": "k".repeat(300) });
});

test("an accepted operation that is repeated names the same operation", async () => {
  const batch = await company.batch();
  const request = { customers: await company.customers(2) };
  const key = { "idempotency-key": "scenario-accepted" };
  const first = await mia.call("POST", `/api/v1/batches/${batch}/customers`, request, key);
  assert.equal(first.status, 202);
  const again = await mia.call("POST", `/api/v1/batches/${batch}/customers`, request, key);
  assert.deepEqual([again.status, again.body], [202, first.body]);
  await mia.finished(first.body);
  assert.equal((await company.counts(batch)).unassigned, 2);
});

test("an operation is seen by whom it concerns, and over when it is over", async () => {
  const batch = await company.batch();
  const operation = await company.add(batch, await company.customers(2));
  assert.deepEqual([operation.kind, operation.state, operation.done, operation.total], ["add_to_batch", "done", 2, 2]);
  assert.ok((await mia.get("/api/v1/operations")).rows.some((one) => one.operation === operation.operation));
  await olga.refused(404, "GET", `/api/v1/operations/${operation.operation}`);
  await mia.refused(409, "POST", `/api/v1/operations/${operation.operation}/cancel`);
});

test("many callers at once are all answered", async () => {
  const names = Array.from({ length: 25 }, (_, i) => `Rush ${i}`);
  const made = await Promise.all(names.map((name) => mia.post("/api/v1/customers", { name, department: company.north })));
  assert.equal(new Set(made.map((one) => one.row.customer)).size, 25);
  await until(async () => (await mia.post("/api/v1/customers/count", { query: { view: "all", search: "Rush" } })).count === 25, "25 customers");
});
