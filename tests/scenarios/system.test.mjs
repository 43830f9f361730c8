// How the product is, and its audit log: what administrators see, the same at every door.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Company, minute, password } from "./company.mjs";

const company = await Company.forThisFile();
const { root } = company;

test("the status says what is there, and leaves out what is not", async () => {
  const status = await root.get("/api/v1/system");
  assert.match(status.schema, /^\d{4}_/);
  assert.ok(status.version);
  assert.ok(status.audit.number > 0);
  assert.match(status.audit.hash, /^[0-9a-f]{64}$/);
  if (status.offline) assert.equal(status.backups, undefined);
  for (const job of status.jobs) assert.equal(job.failures, 0, job.job);
  await (await company.visitor().signIn("mia")).refused(403, "GET", "/api/v1/system", undefined, { key: "error.forbidden" });
});

test("a change is in the audit log when it is answered, chained to the entry before", async () => {
  const before = await root.get("/api/v1/system");
  await root.patch("/api/v1/settings", { return_minimum_hours: 12 });
  const { rows, next } = await root.get("/api/v1/audit?limit=1");
  assert.equal(rows[0].number, before.audit.number + 1);
  assert.equal(rows[0].kind, "settings_changed");
  assert.equal(rows[0].person, root.person);
  assert.deepEqual(rows[0].facts.map(({ fact, value }) => [fact, value]), [["setting", "return_minimum_hours"], ["value", "12"]]);
  const page = await root.get(`/api/v1/audit?limit=1&after=${next}`);
  assert.equal(page.rows[0].hash, before.audit.hash);
  await root.refused(400, "GET", "/api/v1/audit?kind=nothing", undefined, { fields: ["kind"] });
  await root.refused(400, "GET", "/api/v1/audit?after=nonsense", undefined, { fields: ["after"] });
  await (await company.visitor().signIn("ann")).refused(403, "GET", "/api/v1/audit");
});

test("the audit log is narrowed to a time, whose first moment counts and whose last one does not", async () => {
  await root.patch("/api/v1/settings", { return_minimum_hours: 13 });
  const [newest] = (await root.get("/api/v1/audit?limit=1")).rows;
  const { at } = newest;
  const told = async (from, until) => (await root.get(`/api/v1/audit?kind=settings_changed&from=${from}&until=${until}`))
    .rows.some(({ number }) => number === newest.number);
  assert.equal(await told(at, at + 1), true);
  assert.equal(await told(at - minute, at), false);
  assert.equal(await told(at + 1, at + minute), false);
  await root.refused(400, "GET", "/api/v1/audit?from=yesterday", undefined, { fields: ["from"] });
  await root.refused(400, "GET", "/api/v1/audit?until=tomorrow", undefined, { fields: ["until"] });
});

test("who signs in, and who is refused, is an entry; what was typed is not", async () => {
  await company.visitor().signIn("bob");
  await company.visitor().refused(401, "POST", "/api/v1/session", { login: "bob", password: "high tide 2026" });
  await company.visitor().refused(401, "POST", "/api/v1/session", { login: password, password: "bob" });
  const { rows } = await root.get("/api/v1/audit?limit=3");
  assert.deepEqual(rows.map(({ kind }) => kind), ["unknown_login_refused", "sign_in_refused", "signed_in"]);
  assert.equal(rows[1].person_name, "Bob");
  assert.equal(rows[0].person, 0);
  assert.ok(!JSON.stringify(rows).includes("tide"));
  const refused = await root.get("/api/v1/audit?kind=sign_in_refused");
  assert.ok(refused.rows.every(({ kind }) => kind === "sign_in_refused"));
});
