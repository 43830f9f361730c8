// The board of allocation by mouse: customers that wait are pressed, carried over people, let go, given by hand, carried
// out again; what cannot be given says why while it is carried, and nothing is sent before the plan is committed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Server, begin, minutes, openBrowser } from "./support.mjs";

let server, browser, visitor, t, batch;
const people = {};

before(async () => {
  server = new Server();
  await server.start();
  browser = await openBrowser();
  visitor = await begin(browser, server);
  t = (key, params) => visitor.t(key, params);
  for (const [login, name, holding_cap] of [["lili", "李莉"], ["wutm", "吴天明"], ["zhaolu", "赵路", 1]])
    people[name] = (await visitor.call("POST", "/api/v1/people", { login, name, role: "member", holding_cap })).person;
  const customers = [];
  for (let i = 0; i < 10; ++i)
    customers.push((await visitor.call("POST", "/api/v1/customers", { name: `客户${i}` })).row);
  batch = (await visitor.call("POST", "/api/v1/batches", { subject: "Spring visits", executors: Object.values(people) })).summary.batch;
  await visitor.call("POST", `/api/v1/batches/${batch}/customers`, { customers: customers.map(({ customer }) => customer) });
  await visitor.until(async () => (await items("unassigned")).length === 10);
  const { customer, version } = customers[9];  // flagged since: nobody may be given them
  await visitor.call("PATCH", `/api/v1/customers/${customer}`, { customer, version, do_not_contact: true });
});

after(async () => {
  await browser?.close();
  await server?.remove();
});

const items = async (...states) => (await visitor.call("POST", `/api/v1/batches/${batch}/items/query`, { states, page: { limit: 50 } })).rows;
const mouse = () => visitor.page.mouse;
const row = (name) => visitor.role("row", name).first();
const lane = (name) => visitor.role("group", name).first();
const middle = async (found) => {
  await found.waitFor({ state: "attached" });
  const { x, y, width, height } = await visitor.box(found);
  return { x: x + width / 2, y: y + height / 2 };
};

// The pointer onto a row, and until the page has seen that it is there.
async function over(name) {
  const { x, y } = await middle(row(name));
  await mouse().move(x, y, { steps: 4 });
  await visitor.rest();
  return { x, y };
}
// Presses a row and moves away from it, so that it is carried.
async function lift(name) {
  const { x, y } = await over(name);
  await mouse().down();
  await mouse().move(x + 40, y + 10, { steps: 6 });
  await visitor.until(async () => ["grabbing", "not-allowed"].includes(await pointer()));
}
async function carryTo(found) {
  const { x, y } = await middle(found);
  await mouse().move(x, y, { steps: 12 });
}
// How the pointer looks: what is drawn beside it is a picture, and so is that.
const pointer = () => visitor.page.evaluate(() => document.querySelector("canvas").style.cursor);
// What stands beside the pointer over somebody, and whether letting go would give them anything.
async function verdict(name, words, accepted) {
  await visitor.page.locator(`[role=group][aria-label="${name}"][aria-description="${words}"]`).waitFor({ state: "attached" });
  await visitor.until(async () => await pointer() === (accepted ? "grabbing" : "not-allowed"));
}
const byHand = (name, count) => lane(name).getByRole("button", { name: t("allocate.by_hand_count", { count }), exact: true });

test("a customer is carried onto a person, who says what it would mean, and stands in the plan by hand", { timeout: minutes(2) }, async () => {
  await visitor.go(`/batches/${batch}/allocate`);
  await visitor.see("button", t("allocate.commit"));
  await visitor.loaded(10);
  await lift("客户3");
  await carryTo(lane("李莉"));
  await verdict("李莉", t("allocate.drop", { name: "李莉" }), true);
  await carryTo(lane("吴天明"));
  await verdict("吴天明", t("allocate.drop", { name: "吴天明" }), true);
  assert.equal(await visitor.page.locator('[role=group][aria-label="李莉"][aria-description]').count(), 0, "who is under the pointer, and nobody else");
  await visitor.picture("board-carried");
  await mouse().up();
  await byHand("吴天明", 1).waitFor({ state: "attached" });
  await visitor.press("button", t("allocate.by_hand_count", { count: 1 }));
  const given = visitor.role("grid", t("allocate.by_hand"));
  await visitor.loaded(1, given);
  assert.equal(await given.getByRole("row", { name: "客户3", exact: true }).count(), 1);
  await visitor.press("button", t("allocate.by_hand_count", { count: 1 }));
  assert.equal((await items("executing")).length, 0, "a plan is nothing that has happened");
});

test("Escape lets go of what is carried, and letting go beside everybody gives nothing", { timeout: minutes(2) }, async () => {
  await visitor.go(`/batches/${batch}/allocate`);
  await byHand("吴天明", 1).waitFor({ state: "attached" });  // kept on this device
  await visitor.loaded(10);
  await lift("客户4");
  await carryTo(lane("李莉"));
  await verdict("李莉", t("allocate.drop", { name: "李莉" }), true);
  await visitor.page.keyboard.press("Escape");
  await visitor.until(async () => await pointer() !== "grabbing");
  await mouse().up();
  await lift("客户4");
  const { x, y } = await middle(visitor.role("button", t("allocate.commit")).first());
  await mouse().move(x, y, { steps: 12 });
  await mouse().up();
  await visitor.until(async () => await pointer() !== "grabbing");
  await visitor.rest();
  assert.equal(await visitor.role("button", t("allocate.by_hand_count", { count: 1 })).count(), 1, "only what was given before");
  assert.equal(await visitor.role("button", t("allocate.by_hand_count", { count: 2 })).count(), 0);
});

test("it is carried out of the plan again", { timeout: minutes(2) }, async () => {
  const out = visitor.role("group", t("allocate.drop_out")).first();
  assert.equal(await out.count(), 0, "there is no way out of where nothing is");
  await lift("客户3");
  await carryTo(out);
  await verdict(t("allocate.drop_out"), t("allocate.drop_out"), true);
  await mouse().up();
  await byHand("吴天明", 1).waitFor({ state: "detached" });
  assert.equal(await visitor.page.getByRole("button", { name: /by hand$/ }).count(), 0);
});

test("what cannot be given says why over everybody, and letting go of it changes nothing", { timeout: minutes(2) }, async () => {
  await lift("客户9");
  await carryTo(lane("李莉"));
  await verdict("李莉", t("allocate.drop_blocked"), false);
  await visitor.picture("board-refused");
  await mouse().up();
  await visitor.until(async () => !["grabbing", "not-allowed"].includes(await pointer()));
  await visitor.rest();
  assert.equal(await visitor.page.getByRole("button", { name: /by hand$/ }).count(), 0);
});

test("many that were chosen with Shift and Ctrl are carried together", { timeout: minutes(2) }, async () => {
  const names = await visitor.rows(visitor.role("grid", t("allocate.waiting"))).evaluateAll((all) => all.map((el) => el.getAttribute("aria-label").trim()));
  const [first, , third, , fifth] = names.filter((name) => name !== "客户9");
  const click = async (name) => {
    await over(name);
    await mouse().down();
    await mouse().up();
  };
  await click(first);
  await visitor.page.keyboard.down("Shift");
  await click(third);
  await visitor.page.keyboard.up("Shift");
  await visitor.seeText(t("customers.selected", { count: "3" }));
  await visitor.page.keyboard.down("Control");
  await click(fifth);
  await visitor.page.keyboard.up("Control");
  await visitor.seeText(t("customers.selected", { count: "4" }));
  await lift(third);
  await carryTo(lane("赵路"));
  await verdict("赵路", t("allocate.drop_asks", { name: "赵路" }), true);  // one is the most that 赵路 may hold
  await carryTo(lane("李莉"));
  await verdict("李莉", t("allocate.drop", { name: "李莉" }), true);
  await mouse().up();
  await byHand("李莉", 4).waitFor({ state: "attached" });
  assert.equal(await visitor.page.getByText(t("customers.selected", { count: "4" })).count(), 0, "what was given is not chosen any more");
});

test("over somebody's cap it is asked before it stands in the plan", { timeout: minutes(2) }, async () => {
  for (const [name, asks] of [["客户2", false], ["客户3", true]]) {
    await lift(name);
    await carryTo(lane("赵路"));
    await verdict("赵路", t(asks ? "allocate.drop_asks" : "allocate.drop", { name: "赵路" }), true);
    await mouse().up();
    if (!asks) await byHand("赵路", 1).waitFor({ state: "attached" });
  }
  await visitor.see("dialog");
  await visitor.seeText(/赵路/);
  assert.equal(await byHand("赵路", 2).count(), 0, "not before the answer");
  await visitor.pressInDialog(t("allocate.put_anyway"));
  await byHand("赵路", 2).waitFor({ state: "attached" });
});

test("the plan with what was given by hand is committed", { timeout: minutes(2) }, async () => {
  await visitor.press("button", t("allocate.commit"));
  await visitor.until(async () => (await items("executing")).length === 9);
  const given = await items("executing");
  const of = (name) => given.filter((item) => item.executor_name === name).map((item) => item.customer_name).sort();
  assert.deepEqual(of("赵路"), ["客户2", "客户3"]);
  assert.ok(of("李莉").length >= 4, "and the policy gave the others");
  assert.deepEqual((await items("unassigned")).map((item) => item.customer_name), ["客户9"]);
  assert.deepEqual(visitor.problems, []);
});

// --- somebody else was quicker ---------------------------------------------------------------------------------------

// A batch of its own on the board, and then a page that hears of nothing until it asks itself.
async function opened(subject, count) {
  const customers = [];
  for (let i = 0; i < count; ++i) customers.push((await visitor.call("POST", "/api/v1/customers", { name: `${subject}${i}` })).row.customer);
  batch = (await visitor.call("POST", "/api/v1/batches", { subject, executors: [people["李莉"], people["吴天明"]] })).summary.batch;
  await visitor.call("POST", `/api/v1/batches/${batch}/customers`, { customers });
  await visitor.until(async () => (await items("unassigned")).length === count);
  await visitor.go(`/batches/${batch}/allocate`);
  await visitor.see("button", t("allocate.commit"));
  await visitor.loaded(count);
}
async function act(name, action, more) {
  const { item, version } = (await items()).find((one) => one.customer_name === name);
  const { outcomes } = await visitor.call("POST", `/api/v1/batches/${batch}/${action}`, { rows: [{ item, version }], ...more });
  assert.equal(outcomes[0].result, "done");
}

test("a plan that is no longer true is refused with what is true now, and the new one can be committed", { timeout: minutes(2) }, async () => {
  await opened("秋", 5);
  await visitor.seeText(/^5 → 2 people$/);
  const ask = await visitor.unasked();
  await act("秋2", "designate", { executor: people["吴天明"] });
  await visitor.press("button", t("allocate.commit"));
  await visitor.seeText(/now 4 customers wait and 4 could be placed/);
  assert.equal((await items("executing")).length, 1, "nothing was done of a plan that nobody had seen");
  await visitor.seeText(/^4 → 2 people$/);
  await visitor.press("button", t("allocate.commit"));
  await visitor.until(async () => (await items("executing")).length === 5);
  await ask();
});

test("what was given by hand and has changed is named, and kept as it is now or taken out before anything is committed", { timeout: minutes(2) }, async () => {
  await opened("冬", 4);
  for (const [name, count] of [["冬1", 1], ["冬2", 2]]) {
    await lift(name);
    await carryTo(lane("李莉"));
    await mouse().up();
    await byHand("李莉", count).waitFor({ state: "attached" });
  }
  const ask = await visitor.unasked();
  await act("冬1", "designate", { executor: people["吴天明"] });  // needs nobody any more
  await act("冬2", "designate", { executor: people["吴天明"] });
  await act("冬2", "reset", {});  // and needs somebody again
  await visitor.press("button", t("allocate.commit"));
  await visitor.seeText(/now 3 customers wait/);
  const changed = "2 customers given by hand have changed meanwhile.";
  await visitor.page.locator(`[role=button][aria-label="${t("allocate.commit")}"], button[aria-label="${t("allocate.commit")}"]`).and(visitor.page.locator(`[aria-description="${changed}"]`)).waitFor({ state: "attached" });
  await visitor.press("button", t("allocate.by_hand_count", { count: 2 }));
  await visitor.seeText(changed);
  await visitor.picture("board-changed");
  await visitor.press("button", t("allocate.keep_changed"));
  await byHand("李莉", 1).waitFor({ state: "attached" });
  await visitor.press("button", t("allocate.commit"));
  await visitor.until(async () => (await items("executing")).length === 4);
  const given = Object.fromEntries((await items("executing")).map((item) => [item.customer_name, item.executor_name]));
  assert.equal(given["冬1"], "吴天明");
  assert.equal(given["冬2"], "李莉");
  await ask();
  assert.deepEqual(visitor.problems, []);
});
