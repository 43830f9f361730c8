// Set-up, sessions, invitations, and what every request is asked before anything else.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Caller, Company, password } from "./company.mjs";
import { openDoor } from "./doors.mjs";

const company = await Company.forThisFile();
const { root } = company;

test("an empty product must be set up, once, with its own token", async (t) => {
  const door = await openDoor();
  t.after(() => door.close());
  const first = new Caller(door);
  assert.equal((await first.get("/api/v1/capabilities")).needs_setup, true);
  const request = { token: door.setUpToken, login: "root", name: "Root", password };
  await first.refused(400, "POST", "/api/v1/setup", { ...request, password: "short" }, { fields: ["password"] });
  await first.refused(403, "POST", "/api/v1/setup", { ...request, token: "0".repeat(64) });
  assert.equal((await first.post("/api/v1/setup", request)).role, "administrator");
  assert.equal((await first.get("/api/v1/capabilities")).needs_setup, false);
  await new Caller(door).refused(410, "POST", "/api/v1/setup", request, { key: "session.already_set_up" });
});

test("who signs in is known by the cookie, until they sign out", async () => {
  const visitor = company.visitor();
  await visitor.refused(401, "GET", "/api/v1/session", undefined, { key: "error.unauthenticated" });
  await visitor.refused(401, "POST", "/api/v1/session", { login: "ann", password: "high tide 2026" }, { key: "session.wrong_login" });
  await visitor.refused(401, "POST", "/api/v1/session", { login: "nobody", password }, { key: "session.wrong_login" });
  await visitor.signIn("ann");
  const session = await visitor.get("/api/v1/session");
  assert.equal(session.name, "Ann");
  assert.equal(session.department_name, "North");
  assert.ok(!session.permissions.includes("manage_people"));
  if (await visitor.lacks("session.sign-out", "DELETE", "/api/v1/session")) return;
  await visitor.must("DELETE", "/api/v1/session");
  await visitor.refused(401, "GET", "/api/v1/session");
});

test("the cookie is for the browser alone", async () => {
  const reply = await company.visitor().call("POST", "/api/v1/session", { login: "ann", password });
  assert.match(reply.headers["set-cookie"], /; HttpOnly/i);
  assert.match(reply.headers["set-cookie"], /; SameSite=Strict/i);
  assert.equal(reply.headers["cache-control"], "no-store");
});

test("a change needs the session's token, reading does not", async () => {
  const visitor = await company.visitor().signIn("mia");
  visitor.headers["x-csrf-token"] = "0".repeat(64);
  await visitor.refused(403, "POST", "/api/v1/batches", { subject: "Unasked" }, { key: "error.wrong_csrf" });
  delete visitor.headers["x-csrf-token"];
  await visitor.refused(403, "POST", "/api/v1/batches", { subject: "Unasked" }, { key: "error.wrong_csrf" });
  assert.equal((await visitor.call("GET", "/api/v1/session")).status, 200);
});

test("an invitation is looked at, accepted once, and void then", async () => {
  const { person, invitation } = await root.post("/api/v1/people", { login: "dora", name: "Dora", role: "member", department: company.north });
  const visitor = company.visitor();
  assert.deepEqual(await visitor.post("/api/v1/invitations/view", { token: invitation }), { login: "dora", name: "Dora" });
  assert.equal((await visitor.post("/api/v1/invitations/accept", { token: invitation, password })).person, person);
  await company.visitor().refused(410, "POST", "/api/v1/invitations/accept", { token: invitation, password });
  assert.equal((await root.get(`/api/v1/people/${person}`)).has_password, true);
});

test("a reset password is void at once, and the invitation that takes its place is another one", async () => {
  const { person, invitation } = await root.post("/api/v1/people", { login: "finn", name: "Finn", role: "member" });
  if (await root.lacks("people.reset-password", "POST", `/api/v1/people/${person}/invitation`)) return;
  const { invitation: newer } = await root.post(`/api/v1/people/${person}/invitation`);
  await company.visitor().refused(410, "POST", "/api/v1/invitations/view", { token: invitation });
  await company.visitor().post("/api/v1/invitations/accept", { token: newer, password });
});

test("what does not exist at this door is said beforehand", async () => {
  const { offline, unavailable } = await company.visitor().get("/api/v1/capabilities");
  assert.equal((unavailable ?? []).length > 0, offline === true, JSON.stringify(unavailable));
});

test("a changed password ends the other sessions", async () => {
  const first = await company.visitor().signIn("dora");
  const second = await company.visitor().signIn("dora");
  if (await first.lacks("session.change-password", "POST", "/api/v1/session/password", { current: password, password: "spring tide 2026" })) return;
  await first.refused(400, "POST", "/api/v1/session/password", { current: "a wrong guess", password: "spring tide 2026" }, { fields: ["current"] });
  await first.post("/api/v1/session/password", { current: password, password: "spring tide 2026" });
  assert.equal((await first.call("GET", "/api/v1/session")).status, 200);
  await second.refused(401, "GET", "/api/v1/session");
  await company.visitor().refused(401, "POST", "/api/v1/session", { login: "dora", password });
});

test("a refusal is said in the caller's language", async () => {
  const chinese = company.visitor();
  chinese.headers["accept-language"] = "zh-CN,zh;q=0.9";
  const { detail } = await chinese.refused(401, "GET", "/api/v1/session");
  assert.match(detail, /\p{Script=Han}/u);
  await company.ann.patch("/api/v1/session", { language: "zh-CN" });
  assert.match((await company.ann.refused(404, "GET", "/api/v1/batches/987654")).detail, /\p{Script=Han}/u);
  await company.ann.patch("/api/v1/session", { language: "en" });
});

test("paths and methods that do not exist are told apart", async () => {
  await root.refused(404, "GET", "/api/v1/nothing", undefined, { key: "error.not_found" });
  await root.refused(404, "GET", "/api/v1/people/", undefined);
  const reply = await root.call("DELETE", "/api/v1/people");
  assert.equal(reply.status, 405);
  assert.equal(reply.headers.allow, "GET, POST");
});

test("a body that is wrong is refused with the places", async () => {
  await root.refused(400, "POST", "/api/v1/departments", "{\"name\":", {});
  await root.refused(400, "POST", "/api/v1/departments", {}, { fields: ["name"] });
  await root.refused(400, "POST", "/api/v1/people", { login: 7, name: "", role: "king" }, { fields: ["login", "name", "role"] });
  await company.mia.refused(400, "POST", "/api/v1/batches", { subject: "x", executors: [1, "two"] }, { fields: ["executors[1]"] });
  await root.refused(400, "GET", "/api/v1/people?limit=many", undefined, { fields: ["limit"] });
});

test("a request keeps its id, and gets one when it brings none", async () => {
  const kept = await root.call("GET", "/api/v1/session", undefined, { "x-request-id": "scenario-7" });
  assert.equal(kept.headers["x-request-id"], "scenario-7");
  const drawn = await root.call("GET", "/api/v1/session");
  assert.match(drawn.headers["x-request-id"], /^[0-9a-f]{16}$/);
  const problem = await root.refused(404, "GET", "/api/v1/nothing", undefined, {}, { "x-request-id": "scenario-8" });
  assert.match(JSON.stringify(problem), /scenario-8/);
});
