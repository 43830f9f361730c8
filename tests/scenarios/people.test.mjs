// People, departments, groups and settings.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Company, password } from "./company.mjs";

const company = await Company.forThisFile();
const { root, mia, ann } = company;

test("departments stand below one another, and a stale change is refused", async () => {
  const made = await root.post("/api/v1/departments", { name: "Harbour", parent: company.north });
  const renamed = await root.patch(`/api/v1/departments/${made.department}`, { version: made.version, name: "Old harbour" });
  assert.equal(renamed.version, made.version + 1);
  await root.refused(409, "PATCH", `/api/v1/departments/${made.department}`, { version: made.version, name: "New harbour" });
  const { rows } = await ann.get("/api/v1/departments");
  assert.deepEqual(rows.find((row) => row.department === made.department), renamed);
});

test("only an administrator adds people", async () => {
  await ann.refused(403, "POST", "/api/v1/people", { login: "eve", name: "Eve", role: "member" }, { key: "error.forbidden" });
  await mia.refused(403, "POST", "/api/v1/departments", { name: "East" });
});

test("a login is one person's", async () => {
  const refused = await root.call("POST", "/api/v1/people", { login: "ann", name: "Another Ann", role: "member" });
  assert.equal(refused.status, 409, JSON.stringify(refused.body));
});

test("people are found by name and by the initials of Chinese names", async () => {
  await root.post("/api/v1/people", { login: "zhangwei", name: "张伟", role: "member", department: company.south });
  const names = async (search) => (await mia.get(`/api/v1/people?search=${encodeURIComponent(search)}`)).rows.map((row) => row.name);
  assert.deepEqual(await names("张"), ["张伟"]);
  assert.deepEqual(await names("zw"), ["张伟"]);
  assert.deepEqual(await names("Ann"), ["Ann"]);
  const picked = await mia.post("/api/v1/people/pick", { search: "zw" });
  assert.deepEqual(picked.rows.map((row) => row.name), ["张伟"]);
});

test("who is disabled is signed out, and signs in again when enabled", async () => {
  const eve = await company.join("eve", "Eve", "member", company.south);
  const before = await root.get(`/api/v1/people/${eve.person}`);
  const answer = await root.post(`/api/v1/people/${eve.person}/active`, { version: before.version, active: false });
  assert.equal(answer.person.active, false);
  await eve.refused(401, "GET", "/api/v1/session");
  await company.visitor().refused(401, "POST", "/api/v1/session", { login: "eve", password });
  await root.post(`/api/v1/people/${eve.person}/active`, { version: answer.person.version, active: true });
  await company.visitor().signIn("eve");
});

test("the last administrator stays", async () => {
  const { version } = await root.get(`/api/v1/people/${root.person}`);
  await root.refused(409, "POST", `/api/v1/people/${root.person}/active`, { version, active: false });
});

test("a group of people is made, changed and removed", async () => {
  const made = await root.post("/api/v1/user-groups", { name: "Evening", people: [ann.person, company.bob.person] });
  const { rows } = await mia.get("/api/v1/user-groups");
  assert.deepEqual(rows.find((row) => row.group === made.group).people.map((person) => person.name), ["Ann", "Bob"]);
  const smaller = await root.patch(`/api/v1/user-groups/${made.group}`, { version: made.version, people: [ann.person] });
  assert.equal(smaller.people.length, 1);
  await root.refused(409, "DELETE", `/api/v1/user-groups/${made.group}?version=${made.version}`);
  await root.must("DELETE", `/api/v1/user-groups/${made.group}?version=${smaller.version}`);
  assert.equal((await mia.get("/api/v1/user-groups")).rows.some((row) => row.group === made.group), false);
});

test("settings are read by everybody and changed by administrators", async () => {
  assert.deepEqual(await ann.get("/api/v1/settings"), { forbids_own_confirmation: false, return_minimum_hours: 24, allocation_undo_hours: 72 });
  await mia.refused(403, "PATCH", "/api/v1/settings", { forbids_own_confirmation: true });
  assert.deepEqual(await root.patch("/api/v1/settings", { forbids_own_confirmation: true, allocation_undo_hours: 48 }),
    { forbids_own_confirmation: true, return_minimum_hours: 24, allocation_undo_hours: 48 });
  await root.patch("/api/v1/settings", { forbids_own_confirmation: false, allocation_undo_hours: 72 });
});
