// Customers: scopes, masks, custom fields, lists and searches.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Company } from "./company.mjs";

const company = await Company.forThisFile();
const { root, mia, ann, bob, olga } = company;
const all = { view: "all" };
const names = async (who, query, more = {}) => (await who.post("/api/v1/customers/query", { query, ...more })).rows.map((row) => row.name);

test("lists show masked phones and e-mails, the record shows them whole", async () => {
  const made = await mia.post("/api/v1/customers", { name: "Mask & Co", phone: "13812345678", email: "a.berg@example.com", department: company.north });
  assert.equal(made.phone, "13812345678");
  const { rows } = await mia.post("/api/v1/customers/query", { query: { ...all, search: "Mask" } });
  assert.equal(rows[0].phone, "138****5678");
  assert.ok(!JSON.stringify(rows).includes("a.berg@example.com"));
  const detail = await mia.get(`/api/v1/customers/${made.row.customer}`);
  assert.equal(detail.phone, "13812345678");
  assert.equal(detail.email, "a.berg@example.com");
});

test("a member sees their own customers and nobody else's", async () => {
  const [own] = await company.customers(1, { name: "Ann's own", owner: ann.person });
  const [other] = await company.customers(1, { name: "Bob's own", owner: bob.person });
  assert.equal((await ann.get(`/api/v1/customers/${own}`)).row.name, "Ann's own");
  await ann.refused(404, "GET", `/api/v1/customers/${other}`, undefined, { key: "error.not_found" });
  await ann.refused(404, "PATCH", `/api/v1/customers/${other}`, { version: 1, name: "Mine" });
  assert.deepEqual(await names(ann, { view: "own" }), ["Ann's own"]);
  assert.ok((await names(mia, all)).includes("Bob's own"), "a manager sees the department");
  await olga.refused(404, "GET", `/api/v1/customers/${own}`);
});

test("a stale edit is refused and changes nothing", async () => {
  const [customer] = await company.customers(1, { name: "Versions" });
  const first = await root.patch(`/api/v1/customers/${customer}`, { version: 1, city: "Ningbo" });
  assert.equal(first.row.version, 2);
  await root.refused(409, "PATCH", `/api/v1/customers/${customer}`, { version: 1, city: "Wenzhou" });
  assert.equal((await root.get(`/api/v1/customers/${customer}`)).row.city, "Ningbo");
});

test("custom fields hold values of their type, and lists filter by them", async () => {
  await ann.refused(403, "POST", "/api/v1/customer-fields", { name: "Tier", type: "choice", choices: ["gold"] });
  const tier = await root.post("/api/v1/customer-fields", { name: "Tier", type: "choice", choices: ["gold", "tin"], filterable: true });
  const worth = await root.post("/api/v1/customer-fields", { name: "Worth", type: "number", filterable: true });
  const set = (name, values) => root.post("/api/v1/customers", { name, department: company.north, values });
  await set("Rich", [{ field: tier.field, value: "gold" }, { field: worth.field, value: "900" }]);
  await set("Poor", [{ field: tier.field, value: "tin" }, { field: worth.field, value: "20" }]);
  await root.refused(400, "POST", "/api/v1/customers", { name: "Wrong", values: [{ field: tier.field, value: "silver" }] });
  await root.refused(400, "POST", "/api/v1/customers", { name: "Wrong", values: [{ field: worth.field, value: "much" }] });
  const filter = (column, op, value) => ({ ...all, filter: { combine: "all", conditions: [{ column, op, value }] } });
  assert.deepEqual(await names(mia, filter(`field_${worth.field}`, "at_least", "100")), ["Rich"]);
  assert.equal((await mia.post("/api/v1/customers/count", { query: filter(`field_${worth.field}`, "at_least", "1") })).count, 2);
  await mia.refused(400, "POST", "/api/v1/customers/query", { query: filter("no_such_column", "equals", "x") });
});

test("pages by key show every customer once, in order", async () => {
  await company.customers(23, { city: "Paging" });
  const query = { ...all, filter: { combine: "all", conditions: [{ column: "city", op: "equals", value: "Paging" }] } };
  const seen = [];
  let after = "";
  do {
    const page = await mia.post("/api/v1/customers/query", { query, sort: { column: "name" }, page: { limit: 5, after } });
    seen.push(...page.rows.map((row) => row.customer));
    after = page.next;
  } while (after);
  assert.equal(seen.length, 23);
  assert.equal(new Set(seen).size, 23);
});

test("Chinese names are found by one, two and three characters, phones by their end", async () => {
  await company.customers(1, { name: "海天贸易", phone: "13911112222" });
  await company.customers(1, { name: "天海科技", phone: "13911113333" });
  for (const search of ["海天贸", "海天"]) assert.deepEqual(await names(mia, { ...all, search }), ["海天贸易"], search);
  assert.ok((await names(mia, { ...all, search: "天" })).includes("天海科技"));
  assert.deepEqual(await names(mia, { ...all, search: "11113333" }), ["天海科技"]);
});

test("a note stands in the customer's history", async () => {
  const [customer] = await company.customers(1, { name: "History" });
  await mia.post(`/api/v1/customers/${customer}/notes`, { text: "Asked for a price." });
  await root.patch(`/api/v1/customers/${customer}`, { version: 1, city: "Xiamen" });
  const { entries } = await mia.get(`/api/v1/customers/${customer}/timeline`);
  assert.deepEqual(entries.map((entry) => entry.kind).sort(), ["changed", "created", "note"]);
  const note = entries.find((entry) => entry.kind === "note");
  assert.equal(note.text, "Asked for a price.");
  assert.equal(note.actor_name, "Mia");
});
