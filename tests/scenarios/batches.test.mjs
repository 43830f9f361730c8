// Batch tasks: how customers come in, what managers and executors do with items, and how a batch ends.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Company, outcome, versions } from "./company.mjs";

const company = await Company.forThisFile();
const { root, mia, ann, bob, cid, olga } = company;
const act = async (who, item, action, more) => who.post(`/api/v1/items/${item}/${action}`, { version: (await company.item(item)).row.version, ...more });
const stateOf = async (item) => (await company.item(item)).row.state;

test("chosen customers are added once", async () => {
  const batch = await company.batch();
  const customers = await company.customers(3);
  assert.equal(outcome(await company.add(batch, customers), "added"), 3);
  const again = await company.add(batch, [...customers, ...await company.customers(1)]);
  assert.equal(outcome(again, "added"), 1, JSON.stringify(again.outcomes));
  assert.equal((await company.counts(batch)).unassigned, 4);
});

test("all customers of a query are added, without those that were left out", async () => {
  const customers = await company.customers(6, { city: "Query town" });
  const batch = await company.batch();
  const query = { view: "all", filter: { combine: "all", conditions: [{ column: "city", op: "equals", value: "Query town" }] } };
  const preview = await mia.post(`/api/v1/batches/${batch}/customers/preview`, { query, except: [customers[0]] });
  assert.equal(preview.looked_at, 5);
  await mia.run(`/api/v1/batches/${batch}/customers`, { query, except: [customers[0]] });
  assert.deepEqual((await company.items(batch)).map((row) => row.customer), customers.slice(1));
});

test("an item goes from hand to hand: designated, worked on, completed, confirmed", async () => {
  const { batch, row } = await company.designated();
  assert.equal(row.state, "executing");
  assert.equal((await ann.post("/api/v1/items/query", { tab: "to_do", batch })).rows[0].phone.includes("****"), true);
  const detail = await act(ann, row.item, "progress", { text: "Nobody answers.", next_follow_up: row.changed + 3_600_000 });
  assert.equal(detail.row.last_text, "Nobody answers.");
  await ann.refused(400, "POST", `/api/v1/items/${row.item}/complete`, { version: detail.row.version, text: "" }, { fields: ["text"] });
  assert.equal((await act(ann, row.item, "complete", { text: "Bought two." })).row.state, "completed");
  await company.manage(batch, "confirm", [(await company.item(row.item)).row]);
  const { entries } = await mia.get(`/api/v1/items/${row.item}/log`);
  assert.deepEqual(entries.map((entry) => entry.action), ["confirm", "complete", "save_progress", "designate"]);
  assert.deepEqual(entries.map((entry) => entry.to_state), ["ended", "completed", "executing", "executing"]);
  const counts = await company.counts(batch);
  assert.deepEqual([counts.ended, counts.executing, counts.completed], [1, 0, 0]);
});

test("what is returned says why and is executed again", async () => {
  const { batch, row } = await company.designated();
  const completed = await act(ann, row.item, "complete", { text: "Done." });
  await company.manage(batch, "return", [completed.row], { reason: "Which price?" });
  const back = await ann.get(`/api/v1/items/${row.item}`);
  assert.deepEqual([back.row.state, back.row.returned, back.return_reason], ["executing", true, "Which price?"]);
  assert.equal((await ann.post("/api/v1/items/query", { tab: "returned", batch })).rows.length, 1);
});

test("what is reset has nobody, and can be designated anew", async () => {
  const { batch, row } = await company.designated();
  await company.manage(batch, "reset", [row], { reason: "On holiday." });
  assert.equal(await stateOf(row.item), "reset");
  await ann.refused(409, "POST", `/api/v1/items/${row.item}/complete`, { version: row.version + 1, text: "Too late." });
  await company.designate(batch, [(await company.item(row.item)).row], bob);
  assert.equal((await company.item(row.item)).row.executor, bob.person);
});

test("who abandoned an item does not get it back unasked", async () => {
  const { batch, row } = await company.designated();
  await act(ann, row.item, "abandon", { reason: "My cousin." });
  const { version, state } = (await company.item(row.item)).row;
  assert.equal(state, "abandoned");
  const request = { executor: ann.person, rows: [{ item: row.item, version }] };
  const { outcomes } = await mia.post(`/api/v1/batches/${batch}/designate`, request);
  assert.notEqual(outcomes[0].result, "done", JSON.stringify(outcomes));
  const confirmed = await mia.post(`/api/v1/batches/${batch}/designate`, { ...request, confirmed: ["barred_abandoner"] });
  assert.equal(confirmed.outcomes[0].result, "done", JSON.stringify(confirmed.outcomes));
});

test("an executor hands an item on where the batch allows it", async () => {
  const closed = await company.designated();
  await ann.refused(409, "POST", `/api/v1/items/${closed.row.item}/transfer`, { version: closed.row.version, target: bob.person });
  const { row } = await company.designated({ allows_transfer: true });
  const { targets } = await ann.get(`/api/v1/items/${row.item}/transfer-targets`);
  assert.deepEqual(targets.map((target) => target.name).sort(), ["Bob", "Cid"]);
  await act(ann, row.item, "transfer", { target: bob.person, text: "Speaks their dialect." });
  assert.equal((await company.item(row.item)).row.executor, bob.person);
  await ann.refused(403, "POST", `/api/v1/items/${row.item}/complete`, { version: row.version + 1, text: "Mine." }, { key: "item.only_its_executor_may" });
});

test("a manager takes an item from one to another", async () => {
  const { batch, row } = await company.designated();
  await company.manage(batch, "reassign", [row], { executor: cid.person, reason: "Too much." });
  assert.equal((await company.item(row.item)).row.executor, cid.person);
});

test("items that nobody works on are removed", async () => {
  const batch = await company.batch();
  const rows = await company.fill(batch, 2);
  await company.manage(batch, "remove", [rows[0]]);
  assert.deepEqual((await company.items(batch)).map((row) => row.item), [rows[1].item]);
});

test("a wrong number is noted with one press", async () => {
  const { row } = await company.designated();
  const detail = await act(ann, row.item, "quick-result", { result: "no_such_number" });
  assert.equal(detail.row.number_error, true);
  assert.equal((await root.get(`/api/v1/customers/${row.customer}`)).row.number_error, true);
});

test("each row answers for itself when some have changed meanwhile", async () => {
  const batch = await company.batch();
  const rows = await company.fill(batch, 3);
  await company.designate(batch, [rows[1]], ann);
  const { outcomes, counts } = await mia.post(`/api/v1/batches/${batch}/designate`, { executor: bob.person, rows: versions(rows) });
  assert.deepEqual(outcomes.map((one) => one.result), ["done", "conflict", "done"]);
  assert.deepEqual([counts.executing, counts.unassigned], [3, 0]);
});

test("what a selection names is changed by a long operation", async () => {
  const batch = await company.batch();
  const rows = await company.fill(batch, 5);
  await company.designate(batch, rows, ann);
  for (const { item } of rows.slice(0, 3)) await act(ann, item, "complete", { text: "Done." });
  const done = await mia.run(`/api/v1/batches/${batch}/items/change`, { action: "confirm", selection: { states: ["completed"], except: [rows[0].item] } });
  assert.equal(outcome(done, "done"), 2, JSON.stringify(done.outcomes));
  const counts = await company.counts(batch);
  assert.deepEqual([counts.ended, counts.completed, counts.executing], [2, 1, 2]);
});

test("one's own completion is taken back", async () => {
  const { batch, row } = await company.designated();
  const completed = await act(ann, row.item, "complete", { text: "Oops." });
  assert.ok(completed.undo_until > completed.row.changed);
  const { outcomes } = await ann.post(`/api/v1/batches/${batch}/items/undo`, { rows: versions([completed.row]) });
  assert.equal(outcomes[0].result, "done", JSON.stringify(outcomes));
  assert.equal(await stateOf(row.item), "executing");
});

test("a batch is its manager's: others do not find it, co-managers do", async () => {
  const batch = await company.batch();
  await olga.refused(404, "GET", `/api/v1/batches/${batch}`);
  await ann.refused(403, "POST", `/api/v1/batches/${batch}/end`, { version: 1, subject: "Autumn calls" }, { key: "batch.only_managers" });
  await bob.refused(403, "POST", "/api/v1/batches", { subject: "Not mine to make" });
  const { summary } = await mia.get(`/api/v1/batches/${batch}`);
  const changed = await mia.patch(`/api/v1/batches/${batch}`, { version: summary.version, co_managers: [olga.person], subject: "Winter calls" });
  assert.equal(changed.summary.subject, "Winter calls");
  assert.equal((await olga.get(`/api/v1/batches/${batch}`)).summary.manages, true);
  await mia.refused(409, "PATCH", `/api/v1/batches/${batch}`, { version: summary.version, subject: "Spring calls" });
});

test("a changed limit moves what is due", async () => {
  const { batch, row } = await company.designated({ limit: 2, limit_unit: "days" });
  const before = (await company.item(row.item)).row.due_at;
  const { moves } = await mia.get(`/api/v1/batches/${batch}/limit?limit=5&limit_unit=days&limit_counts=natural`);
  assert.equal(moves, 1);
  const { version } = (await mia.get(`/api/v1/batches/${batch}`)).summary;
  await mia.run(`/api/v1/batches/${batch}/limit`, { version, limit: 5, limit_unit: "days", limit_counts: "natural" });
  assert.equal((await company.item(row.item)).row.due_at - before, 3 * 24 * 3_600_000);
});

test("ending all needs the subject, and is the end", async () => {
  const batch = await company.batch();
  const rows = await company.fill(batch, 4);
  await company.designate(batch, rows.slice(0, 2), ann);
  const { version } = (await mia.get(`/api/v1/batches/${batch}`)).summary;
  await mia.refused(400, "POST", `/api/v1/batches/${batch}/end`, { version, subject: "Autumn" }, { fields: ["subject"] });
  await mia.run(`/api/v1/batches/${batch}/end`, { version, subject: "Autumn calls" });
  assert.equal((await mia.get(`/api/v1/batches/${batch}`)).summary.state, "ended");
  assert.equal((await company.counts(batch)).ended, 4);
  await mia.refused(409, "POST", `/api/v1/batches/${batch}/customers`, { customers: await company.customers(1) });
  const { entries } = await mia.get(`/api/v1/batches/${batch}/log`);
  assert.equal(entries[0].event, "ended");
});

test("a terminated batch keeps its items as they were", async () => {
  const { batch, row } = await company.designated();
  const { version } = (await mia.get(`/api/v1/batches/${batch}`)).summary;
  const ended = await mia.post(`/api/v1/batches/${batch}/terminate`, { version, subject: "Autumn calls", reason: "The product is recalled." });
  assert.deepEqual([ended.summary.state, ended.termination_reason], ["terminated", "The product is recalled."]);
  assert.equal(await stateOf(row.item), "executing");
  await ann.refused(409, "POST", `/api/v1/items/${row.item}/complete`, { version: row.version, text: "Still." });
});
