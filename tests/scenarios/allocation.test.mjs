// Shares: plans, what is committed of them, why, undo and redo; policies; claiming.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Company, hour, outcome, versions } from "./company.mjs";

const company = await Company.forThisFile();
const { mia, ann, bob, cid, olga } = company;
const held = async (batch, who) => (await company.items(batch, { executors: [who.person] })).length;
const shares = async (batch) => Promise.all([ann, bob, cid].map((who) => held(batch, who)));

test("an even plan is committed as it was shown", async () => {
  const batch = await company.batch();
  await company.fill(batch, 9);
  const plan = await mia.post(`/api/v1/batches/${batch}/plan`, { policy: "even" });
  assert.deepEqual([plan.items, plan.placed], [9, 9]);
  assert.deepEqual(plan.people.map((person) => person.gets), [3, 3, 3]);
  assert.deepEqual(await shares(batch), [0, 0, 0], "a plan gives nothing to anybody");
  await mia.run(`/api/v1/batches/${batch}/allocate`, { policy: "even", seed: plan.seed, snapshot: plan.snapshot });
  assert.deepEqual(await shares(batch), [3, 3, 3]);
  const [item] = await company.items(batch);
  const why = await mia.get(`/api/v1/items/${item.item}/why`);
  assert.equal(why.action, "allocate");
  assert.equal(why.plan.winner.person, item.executor);
});

test("weights are kept", async () => {
  const batch = await company.batch();
  await company.fill(batch, 8);
  const people = [{ person: ann.person, weight: 200 }, { person: bob.person, weight: 100 }, { person: cid.person, weight: 100 }];
  await mia.run(`/api/v1/batches/${batch}/allocate`, { policy: "weighted", people });
  assert.deepEqual(await shares(batch), [4, 2, 2]);
});

test("what is given by hand stays where it was put, and a limit per person is kept", async () => {
  const batch = await company.batch();
  const rows = await company.fill(batch, 6);
  const wish = { policy: "even", fixed: [{ person: cid.person, items: versions(rows.slice(0, 3)) }], people: [{ person: ann.person, most: 1 }] };
  const plan = await mia.post(`/api/v1/batches/${batch}/plan`, wish);
  assert.equal(plan.people.find((person) => person.person === cid.person).given, 3);
  await mia.run(`/api/v1/batches/${batch}/allocate`, { ...wish, seed: plan.seed, snapshot: plan.snapshot });
  const [ofAnn, , ofCid] = await shares(batch);
  assert.ok(ofAnn <= 1);
  assert.ok(ofCid >= 3);
  for (const { item } of rows.slice(0, 3)) assert.equal((await company.item(item)).row.executor, cid.person);
});

test("a plan whose people or items have changed is not committed", async () => {
  const batch = await company.batch();
  const rows = await company.fill(batch, 4);
  const plan = await mia.post(`/api/v1/batches/${batch}/plan`, { policy: "even" });
  await company.designate(batch, [rows[0]], ann);
  await mia.refused(409, "POST", `/api/v1/batches/${batch}/allocate`, { policy: "even", seed: plan.seed, snapshot: plan.snapshot });
  assert.deepEqual(await shares(batch), [1, 0, 0]);
});

test("who is full receives nothing, and the plan says so", async () => {
  const { version } = await company.root.get(`/api/v1/people/${cid.person}`);
  const holds = (await company.root.get(`/api/v1/people/${cid.person}`)).held;
  const capped = await company.root.patch(`/api/v1/people/${cid.person}`, { version, holding_cap: Math.max(holds, 1) });
  const batch = await company.batch();
  await company.fill(batch, 4);
  const plan = await mia.post(`/api/v1/batches/${batch}/plan`, { policy: "even" });
  assert.equal(plan.people.find((person) => person.person === cid.person).gets, 0);
  await company.root.patch(`/api/v1/people/${cid.person}`, { version: capped.version, clear_holding_cap: true });
});

test("an allocation is undone as one, and the undo is undone", async () => {
  const batch = await company.batch();
  await company.fill(batch, 6);
  const allocation = await mia.run(`/api/v1/batches/${batch}/allocate`, { policy: "even" });
  const before = (await company.items(batch)).map((row) => row.executor);
  const view = await mia.get(`/api/v1/operations/${allocation.operation}/undo`);
  assert.deepEqual([view.reversed, view.kept, view.blocked], [6, 0, 0]);
  const undone = await mia.run(`/api/v1/operations/${allocation.operation}/undo`);
  assert.deepEqual(await shares(batch), [0, 0, 0]);
  assert.equal((await company.counts(batch)).unassigned, 6);
  await mia.run(`/api/v1/operations/${undone.operation}/undo`);
  assert.deepEqual((await company.items(batch)).map((row) => row.executor), before, "the same people again");
  await olga.refused(404, "GET", `/api/v1/operations/${allocation.operation}`);
});

test("what somebody worked on stays when an allocation is undone", async () => {
  const batch = await company.batch();
  await company.fill(batch, 3);
  const allocation = await mia.run(`/api/v1/batches/${batch}/allocate`, { policy: "even" });
  const [own] = await company.items(batch, { executors: [ann.person] });
  await ann.post(`/api/v1/items/${own.item}/complete`, { version: own.version, text: "Done already." });
  const undone = await mia.run(`/api/v1/operations/${allocation.operation}/undo`);
  assert.equal((await company.item(own.item)).row.state, "completed");
  assert.equal((await company.counts(batch)).unassigned, 2, JSON.stringify(undone.outcomes));
});

test("a saved policy is shared by batches and archived in the end", async () => {
  await ann.refused(403, "POST", "/api/v1/policies", { name: "Mine", terms: {} });
  const terms = { kind: "weighted", people: [{ person: ann.person, weight: 300 }] };
  const made = await mia.post("/api/v1/policies", { name: "Ann first", terms });
  const batch = await company.batch({ policy: made.policy });
  assert.equal((await mia.get(`/api/v1/batches/${batch}`)).policy.name, "Ann first");
  const renamed = await mia.patch(`/api/v1/policies/${made.policy}`, { version: made.version, name: "Ann before all" });
  await mia.refused(409, "PATCH", `/api/v1/policies/${made.policy}`, { version: made.version, name: "Nobody first" });
  const listed = async (archived) => (await mia.get(`/api/v1/policies?archived=${archived}`)).rows.some((row) => row.policy === made.policy);
  assert.equal(await listed(false), true);
  await mia.post(`/api/v1/policies/${made.policy}/archive`, { version: renamed.version, archived: true });
  assert.equal(await listed(false), false);
});

test("executors claim what is free while claiming is open", async () => {
  const batch = await company.batch();
  const rows = await company.fill(batch, 3);
  await ann.refused(409, "POST", `/api/v1/batches/${batch}/claim`, { rows: versions(rows.slice(0, 1)) }, { key: "item.claiming_is_off" });
  const { version } = (await mia.get(`/api/v1/batches/${batch}`)).summary;
  await mia.patch(`/api/v1/batches/${batch}`, { version, claim_open: true, claim_mode: "pick" });
  const seen = await ann.post(`/api/v1/batches/${batch}/claimable/query`, {});
  assert.deepEqual([seen.open, seen.free], [true, 3]);
  const claim = async (who) => (await who.post(`/api/v1/batches/${batch}/claim`, { rows: versions(rows.slice(0, 1)) })).outcomes[0].result;
  assert.equal(await claim(ann), "done");
  assert.equal(await claim(bob), "conflict", "somebody was faster");
  assert.deepEqual(await shares(batch), [1, 0, 0]);
});

test("a random claim gives so many and nothing twice", async () => {
  const batch = await company.batch({ claim_open: true, claim_mode: "random", claim_count: 2 });
  await company.fill(batch, 5);
  await ann.refused(409, "POST", `/api/v1/batches/${batch}/claim`, { rows: versions((await company.items(batch)).slice(0, 1)) });
  const first = await ann.post(`/api/v1/batches/${batch}/claim-at-random`);
  assert.equal(first.items.length, 2);
  const second = await bob.post(`/api/v1/batches/${batch}/claim-at-random`);
  assert.equal(new Set([...first.items, ...second.items].map(({ item }) => item)).size, 4);
  assert.deepEqual(await shares(batch), [2, 2, 0]);
});

test("claiming that begins later is closed until then", async () => {
  const now = (await company.designated()).row.changed;
  const batch = await company.batch({ claim_open: true, claim_mode: "pick", claim_from: now + hour, claim_to: now + 2 * hour });
  const rows = await company.fill(batch, 1);
  assert.equal((await ann.post(`/api/v1/batches/${batch}/claimable/query`, {})).open, false);
  await ann.refused(409, "POST", `/api/v1/batches/${batch}/claim`, { rows: versions(rows) });
});
