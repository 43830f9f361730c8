// A company at a door: who calls, and what most scenarios arrange from. Root is the administrator; Mia manages the
// department North, where Ann, Bob and Cid work; Olga stands beside, in South.
import assert from "node:assert/strict";
import { after } from "node:test";

import { openDoor } from "./doors.mjs";

export const password = "low tide 2026";
export const minute = 60_000, hour = 60 * minute, day = 24 * hour;
const patience = 60_000 * Number(process.env.TIDEWATER_SLOW ?? 1);

// Asks again and again until the answer is true; jobs have their turn meanwhile.
export async function until(ask, what) {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`not within ${patience} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}

// One who calls: a browser with its cookie and, once signed in, its CSRF token.
export class Caller {
  constructor(door) {
    this.door = door;
    this.headers = { "accept-language": "en" };
  }

  // {status, headers, body}; the body is read when it is JSON.
  async call(method, path, body, headers = {}) {
    const isJson = body !== undefined && typeof body !== "string" && !(body instanceof Uint8Array);
    const reply = await this.door.send({
      method, path, headers: { ...this.headers, ...(isJson ? { "content-type": "application/json" } : {}), ...headers },
      body: isJson ? JSON.stringify(body) : body,
    });
    const cookie = reply.headers["set-cookie"];
    if (cookie) this.headers.cookie = cookie.split(";")[0];
    if (/json/.test(reply.headers["content-type"])) reply.body = JSON.parse(reply.body.toString());
    return reply;
  }
  // The body of what must succeed.
  async must(method, path, body, headers) {
    const reply = await this.call(method, path, body, headers);
    assert.ok(reply.status < 300, `${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body;
  }
  get(path) { return this.must("GET", path); }
  post(path, body = {}, headers) { return this.must("POST", path, body, headers); }
  patch(path, body) { return this.must("PATCH", path, body); }

  // What must be refused: the problem document, after a look at its status, its key and the fields that it names.
  async refused(status, method, path, body, expected = {}, headers) {
    const reply = await this.call(method, path, body, headers);
    assert.equal(reply.status, status, `${method} ${path}: ${JSON.stringify(reply.body)}`);
    assert.match(reply.headers["content-type"], /^application\/problem\+json/);
    assert.equal(reply.body.status, status);
    if (expected.key) assert.equal(reply.body.key, expected.key);
    if (expected.fields) assert.deepEqual(reply.body.fields.map(({ path }) => path).sort(), [...expected.fields].sort());
    return reply.body;
  }

  // Does an operation not exist at this door? Then it is refused by its name, and the scenario has nothing more to ask.
  async lacks(operation, method, path, body) {
    const { unavailable = [] } = await this.get("/api/v1/capabilities");
    if (!unavailable.includes(operation)) return false;
    const { params } = await this.refused(404, method, path, body, { key: "error.server_only" });
    assert.equal(params.operation, operation);
    return true;
  }

  became(session) {
    this.person = session.person;
    this.headers["x-csrf-token"] = session.csrf;
    return this;
  }
  async signIn(login) { return this.became(await this.post("/api/v1/session", { login, password })); }

  // Waits for a long operation that was accepted; answers what became of it.
  async finished({ operation }) {
    assert.ok(operation, "an operation was accepted");
    const view = await until(async () => {
      const now = await this.get(`/api/v1/operations/${operation}`);
      return ["done", "cancelled", "failed"].includes(now.state) && now;
    }, `operation ${operation}`);
    assert.equal(view.state, "done", JSON.stringify(view));
    return view;
  }
  async run(path, body) { return this.finished(await this.post(path, body)); }
}

export const outcome = (operation, name) => operation.outcomes.find((one) => one.outcome === name)?.count ?? 0;

export class Company {
  static async open() {
    const company = new Company();
    company.door = await openDoor();
    const root = company.root = new Caller(company.door);
    root.became(await root.post("/api/v1/setup", { token: company.door.setUpToken, login: "root", name: "Root", password, language: "en" }));
    const department = async (name, parent) => (await root.post("/api/v1/departments", { name, parent })).department;
    company.north = await department("North");
    company.south = await department("South");
    company.mia = await company.join("mia", "Mia", "manager", company.north);
    company.ann = await company.join("ann", "Ann", "member", company.north);
    company.bob = await company.join("bob", "Bob", "member", company.north);
    company.cid = await company.join("cid", "Cid", "member", company.north);
    company.olga = await company.join("olga", "Olga", "manager", company.south);
    company.number = 0;
    return company;
  }
  // For a file of scenarios: one company, closed behind the last of them.
  static async forThisFile() {
    const company = await Company.open();
    after(() => company.close());
    return company;
  }
  close() { return this.door.close(); }

  visitor() { return new Caller(this.door); }
  // Added, invited, and signed in with a password of their own.
  async join(login, name, role, department) {
    const { invitation } = await this.root.post("/api/v1/people", { login, name, role, department, language: "en" });
    const caller = new Caller(this.door);
    return caller.became(await caller.post("/api/v1/invitations/accept", { token: invitation, password }));
  }

  async customers(count, more = {}) {
    const ids = [];
    for (let i = 0; i < count; ++i) {
      const number = ++this.number;
      const made = await this.root.post("/api/v1/customers", {
        name: `Customer ${number}`, phone: String(13800000000 + number), department: this.north, ...more });
      ids.push(made.row.customer);
    }
    return ids;
  }

  // Of Mia's, for Ann, Bob and Cid.
  async batch(more = {}) {
    const detail = await this.mia.post("/api/v1/batches", { subject: "Autumn calls", executors: [this.ann.person, this.bob.person, this.cid.person], ...more });
    return detail.summary.batch;
  }
  async add(batch, customers) { return this.mia.run(`/api/v1/batches/${batch}/customers`, { customers }); }
  // New customers, added; their items in order.
  async fill(batch, count) {
    await this.add(batch, await this.customers(count));
    return this.items(batch);
  }
  async items(batch, more = {}) {
    const { rows } = await this.mia.post(`/api/v1/batches/${batch}/items/query`, { page: { limit: 200 }, ...more });
    return rows.sort((a, b) => a.item - b.item);
  }
  item(item) { return this.root.get(`/api/v1/items/${item}`); }
  async counts(batch) { return (await this.mia.get(`/api/v1/batches/${batch}`)).summary.counts; }

  // One action of the manager on rows; the outcomes, all of which must be as said.
  async manage(batch, action, rows, more = {}, result = "done") {
    const { outcomes } = await this.mia.post(`/api/v1/batches/${batch}/${action}`, { rows: versions(rows), ...more });
    assert.deepEqual(outcomes.map((one) => one.result), rows.map(() => result), JSON.stringify(outcomes));
    return outcomes;
  }
  designate(batch, rows, executor) { return this.manage(batch, "designate", rows, { executor: executor.person }); }
  // An item of a new batch that Ann executes.
  async designated(more = {}) {
    const batch = await this.batch(more);
    const rows = await this.fill(batch, 1);
    await this.designate(batch, rows, this.ann);
    return { batch, row: (await this.item(rows[0].item)).row };
  }
}

export const versions = (rows) => rows.map(({ item, version }) => ({ item, version }));
