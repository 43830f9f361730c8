// Every dialog and menu once, in Chinese, by role and name, as a screen reader would; each is believed only when the API
// says what it did. A small company is arranged through the API: what is walked here is the screen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Server, Visitor, minutes, openBrowser } from "./support.mjs";

const password = "low tide 2026", newPassword = "high tide 2026", subject = "产品换季养护通知";

let server, browser, visitor, t;
const people = {};  // name -> id
let batch;

before(async () => {
  server = new Server();
  await server.start();
  browser = await openBrowser();
  visitor = await Visitor.open(browser, server.setupAddress, { locale: "zh-CN" });
  t = (key, params) => visitor.t(key, params);
  await visitor.fill(t("person.name"), "周敏");
  await visitor.fill(t("person.login"), "zhoumin");
  await visitor.fill(t("password.new"), password);
  await visitor.fill(t("password.again"), password);
  await visitor.press("button", t("set_up.go"));
  await visitor.see("heading", /周敏/);
  people["周敏"] = (await visitor.call("GET", "/api/v1/session")).person;
  for (const [login, name, holding_cap] of [["lili", "李莉", 20], ["zhaolu", "赵路", 1]])
    people[name] = (await visitor.call("POST", "/api/v1/people", { login, name, role: "member", holding_cap })).person;
  const customers = [];
  for (let i = 0; i < 12; ++i)
    customers.push((await visitor.call("POST", "/api/v1/customers", { name: i === 0 ? "" : `客户${i}`, external_key: `${180 + i}`, phone: `1381234${1000 + i}` })).row.customer);
  batch = (await visitor.call("POST", "/api/v1/batches", { subject, executors: Object.values(people), limit: 3 })).summary.batch;
  await visitor.call("POST", `/api/v1/batches/${batch}/customers`, { customers });
  await visitor.until(async () => (await counts()).unassigned === 12);
});

after(async () => {
  await browser?.close();
  await server?.remove();
});

const counts = async (of = batch) => (await visitor.call("GET", `/api/v1/batches/${of}`)).summary.counts;
const items = async (...states) => (await visitor.call("POST", `/api/v1/batches/${batch}/items/query`, { states })).rows;
const give = async (name, count) => {
  const rows = (await items("unassigned")).slice(0, count).map(({ item, version }) => ({ item, version }));
  await visitor.call("POST", `/api/v1/batches/${batch}/designate`, { executor: people[name], rows });
};
const person = async (name) => (await visitor.call("GET", "/api/v1/people")).rows.find((row) => row.name === name);

async function account(item) {
  await visitor.press("button", t("account.menu"));
  await visitor.press(item.role ?? "menuitem", item.name);
}
// Opens the items of one state, ticks the first ones and presses an action; its label ends with how many it suits.
async function withItems(state, ticked, action) {
  await visitor.go(`/batches/${batch}?state=${state}`);
  const boxes = visitor.role("checkbox", /^选择 /);
  await boxes.nth(ticked - 1).waitFor({ state: "attached" });
  const names = await boxes.evaluateAll((all) => all.map((el) => el.getAttribute("aria-label")));  // whatever the order is by then
  for (const name of names.slice(0, ticked)) await visitor.press("checkbox", name);
  await visitor.press("button", new RegExp(`^${t(action)}\\s+${ticked}$`));
}
async function more(name, item) {
  await visitor.press("button", t("people.more", { name }));
  await visitor.press("menuitem", t(item));
}

test("every dialog does what it says", { timeout: minutes(10) }, async (walk) => {
  const step = (name, body) => walk.test(name, async () => {
    try {
      await body();
    } catch (problem) {
      await visitor.picture(`dialog-failed-${name.replace(/\W+/g, "-")}`).catch(() => {});
      throw problem;
    }
  }).then(() => {});

  await step("the account menu changes theme and language", async () => {
    await account({ role: "menuitemcheckbox", name: t("account.theme_dark") });
    await visitor.until(() => visitor.page.evaluate(() => Object.values(localStorage).includes("dark")));
    await account({ role: "menuitemcheckbox", name: "English" });
    await visitor.until(async () => (await visitor.call("GET", "/api/v1/session")).language === "en");
    visitor.speak("en");
    await visitor.see("link", t("nav.customers"));
    await account({ role: "menuitemcheckbox", name: "简体中文" });
    await visitor.until(async () => (await visitor.call("GET", "/api/v1/session")).language === "zh-CN");
    visitor.speak("zh-CN");
    await visitor.see("link", t("nav.customers"));
  });

  await step("one's own password is changed", async () => {
    await account({ name: t("account.change_password") });
    await visitor.fill(t("password.current"), password);
    await visitor.fill(t("password.new"), newPassword);
    await visitor.fill(t("password.again"), newPassword);
    await visitor.pressInDialog(t("common.save"));
    await visitor.seeText(t("account.password_changed"));
    assert.equal((await visitor.ask("POST", "/api/v1/session/password", { current: password, password })).status >= 400, true);
  });

  await step("people are added, changed, disabled, enabled and invited again", async () => {
    await visitor.go("/people");
    await visitor.press("button", t("people.new"));
    await visitor.fill(t("person.name"), "陈曦");
    await visitor.fill(t("person.login"), "chenxi");
    await visitor.press("radio", new RegExp(t("role.manager")));
    await visitor.pressInDialog(t("people.add_and_invite"));
    const address = visitor.role("textbox", t("people.invitation")).first();
    await address.waitFor({ state: "attached" });
    const first = new URL(await address.inputValue()).hash;
    assert.ok(first.length > 20);
    await visitor.pressInDialog(t("common.close"));
    assert.equal((await person("陈曦")).role, "manager");

    await more("陈曦", "common.edit");
    await visitor.fill(t("person.name"), "陈小曦");
    await visitor.fill(t("person.holding_cap"), "30");
    await visitor.pressInDialog(t("common.save"));
    await visitor.until(async () => (await person("陈小曦"))?.holding_cap === 30);

    await more("陈小曦", "people.reset_password");
    await address.waitFor({ state: "attached" });
    assert.notEqual(new URL(await address.inputValue()).hash, first);
    await visitor.pressInDialog(t("common.close"));

    await more("陈小曦", "people.disable");
    await visitor.pressInDialog(t("people.disable"));
    await visitor.until(async () => (await person("陈小曦")).active === false);
    await visitor.press("checkbox", t("people.show_disabled"));
    await more("陈小曦", "people.enable");
    await visitor.until(async () => (await person("陈小曦")).active === true);
  });

  await step("departments are added and renamed", async () => {
    const names = async () => (await visitor.call("GET", "/api/v1/departments")).rows.map((row) => row.name);
    await visitor.press("tab", new RegExp(`^${t("departments.tab")}`));
    await visitor.press("button", t("departments.new"));
    await visitor.fill(t("departments.name"), "客服部");
    await visitor.pressInDialog(t("common.save"));
    await visitor.until(async () => (await names()).includes("客服部"));
    await visitor.press("button", t("departments.add_below", { name: "客服部" }));
    await visitor.fill(t("departments.name"), "客服一组");
    await visitor.pressInDialog(t("common.save"));
    await visitor.press("button", t("departments.edit_one", { name: "客服一组" }));
    await visitor.fill(t("departments.name"), "客服二组");
    await visitor.pressInDialog(t("common.save"));
    await visitor.until(async () => (await names()).includes("客服二组"));
    const rows = (await visitor.call("GET", "/api/v1/departments")).rows;
    assert.equal(rows.find((row) => row.name === "客服二组").parent, rows.find((row) => row.name === "客服部").department);
  });

  await step("a customer is added, changed and noted upon", async () => {
    await visitor.go("/customers");
    await visitor.press("button", t("customers.new"));
    await visitor.fill(t("customer_column.name"), "北斗星通导航");
    await visitor.fill(t("customer_column.phone"), "13812349999");
    await visitor.pressInDialog(t("common.save"));
    const found = async () => (await visitor.call("POST", "/api/v1/customers/query", { query: { search: "北斗星通" } })).rows[0];
    await visitor.until(async () => await found());
    const customer = (await found()).customer;
    await visitor.go(`/customers/${customer}`);
    await visitor.press("button", t("common.edit"));
    await visitor.fill(t("customer_column.city"), "北京");
    await visitor.pressInDialog(t("common.save"));
    await visitor.until(async () => (await found()).city === "北京");
    await visitor.fill(t("customers.note"), "客户下周开会讨论");
    await visitor.press("button", t("customers.save_note"));
    await visitor.seeText("客户下周开会讨论");
    const timeline = await visitor.call("GET", `/api/v1/customers/${customer}/timeline`);
    assert.ok(timeline.entries.some((entry) => entry.text === "客户下周开会讨论"));
  });

  await step("columns that were switched off stay off", async () => {
    await visitor.go("/customers");
    await visitor.see("columnheader", t("customer_column.city"));
    await visitor.press("button", t("customers.columns"));
    await visitor.press("checkbox", t("customer_column.city"));
    await visitor.until(async () => (await visitor.role("columnheader", t("customer_column.city")).count()) === 0);
    await visitor.go("/customers");
    await visitor.see("columnheader", t("customer_column.phone"));
    assert.equal(await visitor.role("columnheader", t("customer_column.city")).count(), 0);
  });

  await step("a batch is made from a query with one row left out", async () => {
    await visitor.press("checkbox", t("ui.select_row", { name: "客户3" }));
    await visitor.press("button", t("customers.select_all", { total: 13 }));
    await visitor.press("checkbox", t("ui.select_row", { name: "客户5" }));
    await visitor.see("region", t("customers.selected_except", { selected: t("customers.selected", { count: 12 }), left: 1 }));
    await visitor.press("button", t("customers.add_to_batch"));
    await visitor.press("button", t("batches.new"), visitor.role("dialog"));
    await visitor.fill(t("batches.subject"), "老客户回访");
    await visitor.pressInDialog(t("batches.create"));
    await visitor.press("button", t("batch.add_count", { count: 12 }), visitor.role("dialog"));
    await visitor.until(async () => {
      const made = (await visitor.call("GET", "/api/v1/batches")).rows.find((row) => row.subject === "老客户回访");
      return made && (await counts(made.batch)).unassigned === 12;
    });
  });

  await step("designating names what it overrides", async () => {
    await withItems("unassigned", 2, "items.designate");
    await visitor.press("option", "赵路", visitor.role("dialog"));
    await visitor.seeText(t("designate.over_holding_cap", { name: "赵路", after: 2, cap: 1 }));
    await visitor.picture("designate-zh");
    await visitor.pressInDialog(t("items.designate_anyway"));
    await visitor.until(async () => (await counts()).executing === 2);
    assert.ok((await items("executing")).every((row) => row.executor_name === "赵路"));
  });

  await step("what was never allocated is removed, what is held is taken back", async () => {
    await withItems("unassigned", 1, "items.remove");
    await visitor.pressInDialog(t("items.remove"));
    await visitor.until(async () => (await counts()).unassigned === 9);
    await withItems("executing", 1, "items.take_back");
    await visitor.fill(t("items.reset_reason"), "换人联系");
    await visitor.pressInDialog(t("items.take_back"));
    await visitor.until(async () => (await counts()).reset === 1);
    assert.equal((await items("reset"))[0].last_text, "换人联系");
  });

  await step("an executor writes, plans the next follow-up, completes and abandons", async () => {
    await give("周敏", 4);
    await visitor.go("/my-tasks");
    await visitor.openRow();
    await visitor.fill(t("my.text"), "客户在开会，约了明天");
    // Nine in the morning of the next day in Shanghai, whose clocks never change.
    const hour = 60 * 60_000, day = 24 * hour;
    const tomorrow = (Math.floor((Date.now() + 8 * hour) / day) + 1) * day + (9 - 8) * hour;
    await visitor.press("button", t("my.next_tomorrow"));
    await visitor.press("button", t("my.follow"));
    const following = async () => (await visitor.call("POST", "/api/v1/items/query", { tab: "following" })).rows;
    await visitor.until(async () => (await following()).length === 1);
    assert.equal((await following())[0].next_follow_up, tomorrow);
    for (const done of [1, 2]) {
      await visitor.go("/my-tasks");
      await visitor.openRow();
      await visitor.fill(t("my.text"), "客户同意下周二上门");
      await visitor.press("button", t("my.complete"));
      await visitor.until(async () => (await counts()).completed === done);
    }
    await visitor.go("/my-tasks");
    await visitor.openRow();
    await visitor.press("button", t("my.abandon"));
    await visitor.fill(t("my.abandon_reason"), "客户已迁走");
    await visitor.pressInDialog(t("my.abandon"));
    await visitor.until(async () => (await counts()).abandoned === 1);
  });

  await step("the manager returns one, looks at its record and confirms the other", async () => {
    await withItems("completed", 1, "items.return");
    await visitor.fill(t("items.return_reason"), "请补充上门时间");
    await visitor.pressInDialog(t("items.return"));
    await visitor.until(async () => (await items("executing")).some((row) => row.returned));
    await visitor.go(`/batches/${batch}?state=completed`);
    await visitor.openRow();
    await visitor.see("dialog");
    await visitor.seeText("客户同意下周二上门");
    await visitor.pressInDialog(t("common.close"));
    await visitor.noDialog();
    await withItems("completed", 1, "items.confirm");
    await visitor.until(async () => (await counts()).ended === 1);
  });

  await step("signing in again goes on where the session ended", async () => {
    const mine = (await visitor.call("POST", "/api/v1/items/query", { tab: "returned" })).rows[0];
    await visitor.go(`/my-tasks/${mine.item}`);
    await visitor.fill(t("my.text"), "周二上午十点上门");
    const ask = await visitor.unasked();
    await visitor.context.clearCookies();
    await visitor.press("button", t("my.save"));
    await visitor.see("dialog", t("sign_in.again_title"));
    await visitor.picture("sign-in-again-zh");
    await visitor.fill(t("sign_in.password"), newPassword);
    await visitor.pressInDialog(t("sign_in.go"));
    await visitor.noDialog();
    await ask();
    await visitor.until(async () => (await visitor.call("GET", `/api/v1/items/${mine.item}`)).row.last_text === "周二上午十点上门");
  });

  await step("a lost connection is said and forgotten when it comes back", async () => {
    await visitor.go("/customers");
    await visitor.see("row");
    await visitor.context.setOffline(true);
    await visitor.seeText(t("connection.lost"));
    await visitor.picture("connection-lost-zh");
    await visitor.context.setOffline(false);
    await visitor.until(async () => (await visitor.page.getByText(t("connection.lost")).count()) === 0);
  });

  await step("a batch is ended, another is terminated, each by typing its subject", async () => {
    await visitor.go(`/batches/${batch}`);
    await visitor.press("button", t("common.more"));
    await visitor.press("menuitem", t("batches.end_all"));
    await visitor.fill(t("batches.type_subject", { subject }), subject);
    await visitor.pressInDialog(t("batches.end_all"));
    await visitor.until(async () => (await visitor.call("GET", `/api/v1/batches/${batch}`)).summary.state === "ended");
    const other = (await visitor.call("GET", "/api/v1/batches")).rows.find((row) => row.subject === "老客户回访").batch;
    await visitor.go(`/batches/${other}`);
    await visitor.press("button", t("common.more"));
    await visitor.press("menuitem", t("batches.terminate"));
    await visitor.fill(t("batches.termination_reason"), "活动取消");
    await visitor.fill(t("batches.type_subject", { subject: "老客户回访" }), "老客户回访");
    await visitor.pressInDialog(t("batches.terminate"));
    await visitor.until(async () => (await visitor.call("GET", `/api/v1/batches/${other}`)).termination_reason === "活动取消");
  });

  await step("nothing went wrong on the way", () => {
    // While the connection was away the browser itself says so.
    assert.deepEqual(visitor.problems.filter((problem) => !/ERR_INTERNET_DISCONNECTED/.test(problem)), []);
  });
});
