// The main job on real input, as the people of a company would do it: an administrator sets the product up and invites a
// team, imports the bank's clients, makes a batch task, adds every client of a query, shares them evenly over seven
// people; each works on their own; the manager confirms, returns and resets; what is overdue comes back by itself; and
// all of it is still there after the server was killed.
//
// What people do goes through the mirrored tree; what only arranges (six of the seven people, the small batch of the recall)
// or verifies goes through the API with the page's own session.
//
// The steps build on each other, so they are one test of many parts, and the first failure ends it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Server, Visitor, bankFile, minutes, openBrowser, patience, texts } from "./support.mjs";

const password = "low tide 2026";
const team = [["lina", "李娜"], ["wutm", "吴天明"], ["zhaolu", "赵路"], ["chenxi", "陈曦"], ["anna", "Anna Berg"], ["wanglei", "王磊"], ["sunyue", "孙悦"]];
const subject = "定期存款意向回访";

let server, browser, manager, file;
const people = {};  // login -> { person, invitation }

before(async () => {
  file = bankFile();
  console.log(`# import: ${file.real ? "the real bank-marketing.csv" : "a generated file of the same shape"}`);
  server = new Server();
  await server.start();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.remove();
});

test("the main job", { timeout: minutes(15) }, async (job) => {
  let failed = false;
  const step = (name, body) => job.test(name, { skip: failed }, async () => {
    try {
      await body();
    } catch (problem) {
      failed = true;
      await manager?.picture(`failed-${name.replace(/\W+/g, "-")}`).catch(() => {});
      throw problem;
    }
  }).then(() => {});

  await step("the first administrator sets the product up", async () => {
    manager = await Visitor.open(browser, server.setupAddress, { locale: "zh-CN" });
    await manager.fill(manager.t("person.name"), "周敏");
    await manager.fill(manager.t("person.login"), "zhoumin");
    await manager.fill(manager.t("password.new"), password);
    await manager.fill(manager.t("password.again"), password);
    await manager.press("button", manager.t("set_up.go"));
    await manager.see("heading", /周敏/);
    await manager.picture("workbench-empty-zh");
  });

  await step("a department and seven people are added, each with an invitation", async () => {
    const department = await manager.call("POST", "/api/v1/departments", { name: "客服一组" });
    for (const [login, name] of team.slice(1))
      people[login] = await manager.call("POST", "/api/v1/people", { login, name, role: "member", department: department.department, language: "en" });
    // One of them by hand, the way a person does it.
    await manager.go("/people");
    await manager.press("button", manager.t("people.new"));
    await manager.fill(manager.t("person.name"), team[0][1]);
    await manager.fill(manager.t("person.login"), team[0][0]);
    await manager.press("button", manager.t("people.add_and_invite"));
    const address = manager.role("textbox", manager.t("people.invitation")).first();
    await address.waitFor({ state: "attached" });
    people[team[0][0]] = { invitation: new URL(await address.inputValue()).hash.slice(1) };
    await manager.picture("invitation-zh");
    await manager.press("button", manager.t("common.close"));
  });

  await step("the bank's clients are imported, columns without a home become custom fields", async () => {
    await manager.go("/imports");
    await manager.choose(manager.t("import.drop"), file.path);
    await manager.see("button", manager.t("import.check"), { timeout: 2 * patience });
    await manager.picture("import-mapping-zh");
    await manager.press("button", manager.t("import.check"));
    const write = manager.t("import.write", { count: file.rows.toLocaleString("en-US") });
    await manager.see("button", write, { timeout: 4 * patience });
    await manager.picture("import-findings-zh");
    await manager.press("button", write);
    await manager.seeText(manager.t("import.done_title", { count: file.rows.toLocaleString("en-US") }), { timeout: 6 * patience });
    await manager.picture("import-done-zh");
    const list = await manager.call("POST", "/api/v1/customers/query", { query: { view: "all" } });
    assert.equal(list.total.count, file.rows);
    assert.equal(list.total.exact, true);
  });

  let batch, expected, balance;
  await step("every client that matches a query is added to a new batch task", async () => {
    const fields = await manager.call("GET", "/api/v1/customer-fields");
    balance = fields.rows.find((field) => field.name === "Balance");
    assert.ok(balance, "the column Balance became a custom field");
    const filter = { combine: "all", conditions: [{ column: `field_${balance.field}`, op: "at_least", value: "1000" }] };
    expected = (await manager.call("POST", "/api/v1/customers/count", { query: { view: "all", filter } })).count;
    assert.ok(expected > 1000 && expected < file.rows, `a real choice of clients: ${expected}`);

    await manager.go("/batches");
    await manager.press("button", manager.t("batches.new"));
    await manager.fill(manager.t("batches.subject"), subject);
    for (const [, name] of team) await manager.pick(manager.t("batches.executors"), name);
    await manager.picture("batch-new-zh");
    await manager.press("button", manager.t("batches.create"));
    await manager.see("heading", subject);
    batch = Number(new URL(manager.page.url()).pathname.split("/")[2]);

    await manager.go(`/customers?c0=field_${balance.field}:at_least:1000`);
    await manager.see("columnheader", fields.rows[0].name);  // the list is asked for once more when the custom fields are known
    await manager.loaded(2);
    await manager.picture("customers-filtered-zh");
    await manager.click(manager.role("checkbox", /^选择 /).nth(1));
    await manager.press("button", manager.t("customers.select_all", { total: expected.toLocaleString("en-US") }));
    await manager.press("button", manager.t("customers.add_to_batch"));
    await manager.see("dialog", manager.t("batch.add_customers"));
    await manager.press("button", new RegExp(subject));
    await manager.press("button", manager.t("batch.add_count", { count: expected.toLocaleString("en-US") }));
    await manager.until(async () => (await manager.call("GET", `/api/v1/batches/${batch}`)).summary.counts.unassigned === expected, 2 * patience);
  });

  await step("they are spread evenly over seven people", async () => {
    await manager.go(`/batches/${batch}/allocate`);
    await manager.see("button", manager.t("allocate.commit"), { timeout: 2 * patience });
    await manager.picture("allocate-zh");
    await manager.press("button", manager.t("allocate.commit"));
    await manager.until(async () => (await manager.call("GET", `/api/v1/batches/${batch}`)).summary.counts.executing === expected, 2 * patience);
    const detail = await manager.call("GET", `/api/v1/batches/${batch}`);
    const shares = detail.executors.map((person) => person.counts.executing);
    assert.equal(shares.length, 7);
    assert.equal(shares.reduce((sum, share) => sum + share, 0), expected);
    assert.ok(Math.max(...shares) - Math.min(...shares) <= 1, `even: ${shares}`);
  });

  await step("each of the seven signs in and sees only their own", async () => {
    const seen = new Set();
    for (const [login, name] of team) {
      const member = await Visitor.open(browser, `${server.address}/invitation#${people[login].invitation}`);
      await member.fill(member.t("password.new"), password);
      await member.fill(member.t("password.again"), password);
      await member.press("button", member.t("invitation.go"));
      await member.until(async () => (await member.ask("GET", "/api/v1/session")).status === 200);
      member.speak((await member.call("GET", "/api/v1/session")).language);
      await member.see("link", member.t("nav.my_tasks"));
      const mine = await member.call("POST", "/api/v1/items/query", { page: { limit: 200 } });
      for (const row of mine.rows) {
        assert.equal(row.executor_name, name);
        assert.ok(!seen.has(row.item), "nobody else has it");
        seen.add(row.item);
      }
      // What they do not hold is not there for them.
      const stranger = [...seen].find((item) => !mine.rows.some((row) => row.item === item));
      if (stranger) assert.equal((await member.ask("GET", `/api/v1/items/${stranger}`)).status, 404);
      people[login].visitor = member;
    }
  });

  await step("they write down progress, complete and abandon", async () => {
    const member = people[team[0][0]].visitor;
    await member.go("/my-tasks");
    await member.picture("my-tasks-en");
    await member.openRow();
    await member.fill(member.t("my.text"), "First call: nobody answered");
    await member.press("button", member.t("my.save"));
    await member.until(async () => (await member.call("POST", "/api/v1/items/query", { tab: "following" })).rows.length === 1);
    for (let done = 1; done <= 3; ++done) {
      await member.go("/my-tasks");
      await member.openRow();
      await member.fill(member.t("my.text"), `同意下周二上门 ${done}`);
      await member.press("button", member.t("my.complete"));
      await member.until(async () => (await member.call("POST", "/api/v1/items/query", { tab: "completed" })).rows.length === done);
    }
    const other = people[team[1][0]].visitor;
    await other.go("/my-tasks");
    await other.openRow();
    await other.press("button", other.t("my.abandon"));
    await other.fill(other.t("my.abandon_reason"), "Moved abroad");
    await other.pressInDialog(other.t("my.abandon"));
    await manager.until(async () => (await manager.call("GET", `/api/v1/batches/${batch}`)).summary.counts.abandoned === 1);
  });

  await step("the manager confirms one, returns one, resets one", async () => {
    const counts = async () => (await manager.call("GET", `/api/v1/batches/${batch}`)).summary.counts;
    const pick = async () => {
      await manager.go(`/batches/${batch}/confirm`);
      await manager.click(manager.role("checkbox", /^选择 /).first());
    };
    await pick();
    await manager.picture("confirm-zh");
    await manager.press("button", new RegExp(`^${manager.t("items.confirm")}`));
    await manager.until(async () => (await counts()).ended === 1);
    await pick();
    await manager.press("button", new RegExp(`^${manager.t("items.return")}`));
    await manager.fill(manager.t("items.return_reason"), "请补充客户意向");
    await manager.pressInDialog(manager.t("items.return"));
    await manager.until(async () => (await counts()).completed === 1);
    await pick();
    await manager.press("button", new RegExp(`^${manager.t("items.take_back")}`));
    await manager.pressInDialog(manager.t("items.take_back"));
    await manager.until(async () => (await counts()).reset === 1);
    const returned = await people[team[0][0]].visitor.call("POST", "/api/v1/items/query", { tab: "returned" });
    assert.equal(returned.rows.length, 1);
    assert.equal(returned.rows[0].rounds, 1);
  });

  await step("who gets it back reads why, completes it again, and the manager confirms what was written then", async () => {
    const member = people[team[0][0]].visitor;
    const counts = async () => (await manager.call("GET", `/api/v1/batches/${batch}`)).summary.counts;
    const before = await counts();
    assert.equal(before.completed, 0);
    const { item } = (await member.call("POST", "/api/v1/items/query", { tab: "returned" })).rows[0];
    await member.go("/my-tasks");
    await member.press("tab", new RegExp(`^${member.t("my.returned")}`));
    await member.loaded(1);
    await member.openRow();
    await member.seeText(member.t("my.return_reason", { reason: "请补充客户意向" }));
    await member.picture("my-task-returned-en");
    await member.fill(member.t("my.text"), "客户有意向，金额五万");
    await member.press("button", member.t("my.complete"));
    await manager.until(async () => (await counts()).completed === before.completed + 1);
    assert.equal((await member.call("POST", "/api/v1/items/query", { tab: "returned" })).rows.length, 0);
    await manager.go(`/batches/${batch}/confirm`);
    await manager.loaded(1);
    await manager.seeText("客户有意向，金额五万");
    await manager.click(manager.role("checkbox", /^选择 /).first());
    await manager.press("button", new RegExp(`^${manager.t("items.confirm")}`));
    await manager.until(async () => (await counts()).ended === before.ended + 1);
    const done = (await manager.call("GET", `/api/v1/items/${item}`)).row;
    assert.deepEqual([done.state, done.rounds, done.last_text], ["ended", 1, "客户有意向，金额五万"]);
  });

  let overdue;
  await step("an overdue item comes back by itself", async () => {
    const detail = await manager.call("GET", `/api/v1/batches/${batch}`);
    const customers = (await manager.call("POST", "/api/v1/customers/query", { query: { view: "all" }, page: { limit: 5 } })).rows.map((row) => row.customer);
    const small = await manager.call("POST", "/api/v1/batches", { subject: "一分钟时限", executors: [detail.executors[0].person], limit: 1, limit_unit: "minutes" });
    overdue = small.summary.batch;
    await manager.call("POST", `/api/v1/batches/${overdue}/customers`, { customers });
    await manager.until(async () => (await manager.call("GET", `/api/v1/batches/${overdue}`)).summary.counts.unassigned === 5);
    const started = Date.now();
    await manager.call("POST", `/api/v1/batches/${overdue}/allocate`, {});
    await manager.until(async () => (await manager.call("GET", `/api/v1/batches/${overdue}`)).summary.counts.executing === 5);
    await manager.until(async () => (await manager.call("GET", `/api/v1/batches/${overdue}`)).summary.counts.reset === 5, 150_000);
    const took = Date.now() - started;
    assert.ok(took > 50_000, `not before its time: ${took} ms`);
    await manager.go(`/batches/${overdue}`);
    await manager.picture("recalled-zh");
  });

  await step("everything is still there after the server was killed", async () => {
    const before = await manager.call("GET", `/api/v1/batches/${batch}`);
    await server.kill();
    await server.start();
    const after = await manager.call("GET", `/api/v1/batches/${batch}`);
    assert.deepEqual(after.summary.counts, before.summary.counts);
    assert.deepEqual(after.executors.map((person) => [person.person, person.counts]), before.executors.map((person) => [person.person, person.counts]));
    assert.equal((await manager.call("GET", `/api/v1/batches/${overdue}`)).summary.counts.reset, 5);
    await manager.go("/");
    await manager.see("heading", /周敏/);
    await manager.picture("workbench-zh");
  });

  await step("a page at rest draws nothing, and nothing went wrong on the way", async () => {
    await manager.go("/customers");
    await manager.rest(3000);
    // Words such as "5 minutes ago" are drawn anew once a minute: one of three looks sees none of that.
    const drawn = [];
    for (let look = 0; look < 3 && drawn.at(-1) !== 0; ++look) {
      const first = await manager.frames();
      await manager.page.waitForTimeout(10_000);
      drawn.push(await manager.frames() - first);
    }
    assert.equal(drawn.at(-1), 0, `frames in ten seconds: ${drawn}`);
    // Pages ask again every few seconds; whoever did so while the server was away found nobody there, and the kill cut
    // their doorbells off.
    const wrong = (visitor) =>
      visitor.problems.filter((problem) => !/ERR_(CONNECTION_(REFUSED|RESET|CLOSED|ABORTED)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|INCOMPLETE_CHUNKED_ENCODING)/.test(problem));
    assert.deepEqual(wrong(manager), []);
    for (const [login] of team) assert.deepEqual(wrong(people[login].visitor), []);
  });
});

test("Chinese and English name the same keys", () => {
  assert.deepEqual(Object.keys(texts("zh-CN")).sort(), Object.keys(texts("en")).sort());
});
