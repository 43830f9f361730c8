// What axe-core says of every screen, in both languages and in every theme: nothing serious, nothing critical. It sees
// what a screen reader sees, the mirrored tree. One company is arranged through the API; both languages are walked beside
// each other.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { Server, Visitor, csvFile, openBrowser } from "./support.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.js"), "utf8");
const password = "low tide 2026";
const looks = [["light", { colorScheme: "light", contrast: "no-preference" }, "light"],
  ["dark", { colorScheme: "dark", contrast: "no-preference" }, "dark"],
  ["high contrast", { colorScheme: "light", contrast: "more" }, "dark"]];  // whatever the system's scheme: bright on black

let server, browser, boss;
const there = {};  // what was arranged: ids

before(async () => {
  server = new Server();
  await server.start();
  browser = await openBrowser();
  boss = await Visitor.open(browser, "about:blank", { locale: "zh-CN" });
});

after(async () => {
  await browser?.close();
  await server?.remove();
});

// Which theme shows is seen on the canvas alone; that the page followed is read from its colour scheme.
async function judged(visitor, name) {
  const wrong = [];
  for (const [look, media, scheme] of looks) {
    await visitor.page.emulateMedia(media);
    await visitor.page.waitForFunction((wanted) => document.documentElement.style.colorScheme === wanted, scheme);
    const found = await visitor.page.evaluate(async () => {
      const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
      return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, help, nodes }) => `${id}: ${help}\n      ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 300)).join("\n      ")}`);
    });
    wrong.push(...found.map((what) => `${name}, ${look}, ${visitor.language}: ${what}`));
  }
  await visitor.page.emulateMedia({ colorScheme: "light", contrast: "no-preference" });
  return wrong;
}

async function open(address, language) {
  const visitor = await Visitor.open(browser, address, { locale: language });
  visitor.language = language;
  await visitor.context.addInitScript({ content: axe });
  await visitor.page.reload();
  return visitor;
}

test("sign-in and set-up", { timeout: 60_000 }, async () => {
  const walked = await Promise.all(["zh-CN", "en"].map(async (language) => {
    const visitor = await open(server.setupAddress, language);
    await visitor.see("button", visitor.t("set_up.go"));
    const wrong = await judged(visitor, "set-up");
    await visitor.go("/sign-in");
    await visitor.see("button", visitor.t("sign_in.go"));
    wrong.push(...await judged(visitor, "sign-in"));
    await visitor.go("/invitation#unknown");
    await visitor.page.waitForTimeout(300);
    wrong.push(...await judged(visitor, "invitation"));
    await visitor.close();
    return wrong;
  }));
  assert.deepEqual(walked.flat(), []);
});

test("arranging a company", { timeout: 60_000 }, async () => {
  await boss.page.goto(server.setupAddress);
  await boss.fill(boss.t("person.name"), "周敏");
  await boss.fill(boss.t("person.login"), "zhoumin");
  await boss.fill(boss.t("password.new"), password);
  await boss.fill(boss.t("password.again"), password);
  await boss.press("button", boss.t("set_up.go"));
  await boss.see("heading", /周敏/);
  there.me = (await boss.call("GET", "/api/v1/session")).person;
  there.department = (await boss.call("POST", "/api/v1/departments", { name: "客服部" })).department;
  there.other = (await boss.call("POST", "/api/v1/people", { login: "lili", name: "李莉", role: "member", department: there.department, holding_cap: 20 })).person;
  const customers = [];
  for (let i = 0; i < 12; ++i)
    customers.push((await boss.call("POST", "/api/v1/customers", { name: `客户${i}`, external_key: `${180 + i}`, phone: `1381234${1000 + i}` })).row.customer);
  there.customer = customers[0];
  there.batch = (await boss.call("POST", "/api/v1/batches", { subject: "产品换季养护通知", executors: [there.me, there.other], limit: 3 })).summary.batch;
  await boss.call("POST", `/api/v1/batches/${there.batch}/customers`, { customers });
  const counts = async () => (await boss.call("GET", `/api/v1/batches/${there.batch}`)).summary.counts;
  await boss.until(async () => (await counts()).unassigned === 12);
  const rows = (await boss.call("POST", `/api/v1/batches/${there.batch}/items/query`, {})).rows.slice(0, 4);
  await boss.call("POST", `/api/v1/batches/${there.batch}/designate`, { executor: there.me, rows: rows.map(({ item, version }) => ({ item, version })) });
  there.item = rows[0].item;
  await boss.go("/imports");
  await boss.choose(boss.t("import.drop"), csvFile("名称,电话,意向\n客户甲,13900000001,高\n客户乙,13900000002,低\n"));
  await boss.see("button", boss.t("import.check"));
  there.import = Number(new URL(boss.page.url()).pathname.split("/")[2]);
});

test("every screen and dialog", { timeout: 180_000 }, async () => {
  const state = await boss.context.storageState();
  const walked = await Promise.all(["zh-CN", "en"].map(async (language) => {
    const visitor = await open(server.address, language);
    await visitor.context.addCookies(state.cookies);
    await visitor.page.addInitScript((chosen) => localStorage.setItem("tidewater.language", chosen), language);
    const t = (key, params) => visitor.t(key, params);
    const wrong = [];
    await visitor.go("/");
    const at = async (name, path, ready, act) => {
      try {
        // As a link does it: the page stays, its dialogs and menus do not.
        await visitor.page.keyboard.press("Escape");
        await visitor.page.evaluate((address) => {
          history.pushState(null, "", "/nowhere");
          dispatchEvent(new PopStateEvent("popstate"));
          history.replaceState(null, "", address);
          dispatchEvent(new PopStateEvent("popstate"));
        }, path);
        await visitor.until(async () => (await visitor.role("dialog").count()) + (await visitor.role("menu").count()) === 0, 5000);
        await ready();
        if (act) await act();
        wrong.push(...await judged(visitor, name));
      } catch (problem) {
        throw new Error(`${name}, ${language}: ${problem.message}`);
      }
    };
    const see = (...what) => () => visitor.see(...what);
    const pressed = (role, name) => () => visitor.press(role, name);
    const dialog = see("dialog");
    const then = (...steps) => async () => { for (const step of steps) await step(); };

    await at("workbench", "/", see("link", t("nav.customers")));
    await at("account menu", "/", see("button", t("account.menu")), then(pressed("button", t("account.menu")), see("menuitemcheckbox")));
    await at("quick search", "/", see("button", t("search.name")), then(pressed("button", t("search.name")), dialog));
    await at("password", "/", see("button", t("account.menu")), then(pressed("button", t("account.menu")), pressed("menuitem", t("account.change_password")), dialog));
    await at("customers", "/customers", see("rowheader", "客户1"));
    await at("customers, ticked, columns", "/customers", see("checkbox", t("ui.select_row", { name: "客户1" })),
      then(pressed("checkbox", t("ui.select_row", { name: "客户1" })), pressed("button", t("customers.columns")), dialog));
    await at("new customer", "/customers", see("rowheader", "客户1"), then(pressed("button", t("customers.new")), dialog));
    await at("customer", `/customers/${there.customer}`, see("heading", "客户0"));
    await at("batches", "/batches", see("heading", t("nav.batches")));
    await at("new batch", "/batches", see("heading", t("nav.batches")), then(pressed("button", t("batches.new")), dialog));
    await at("items of a batch", `/batches/${there.batch}`, see("checkbox"));
    await at("designate", `/batches/${there.batch}?state=unassigned`, see("checkbox"), async () => {
      await visitor.page.reload();  // what was ticked must be of this list
      await visitor.see("checkbox", /客户/);
      await visitor.role("checkbox", /客户/).first().dispatchEvent("click");
      await visitor.press("button", new RegExp(`^${t("items.designate")}`));
      await dialog();
    });
    await at("allocate", `/batches/${there.batch}/allocate`, see("button", t("allocate.commit")));
    await at("history", `/batches/${there.batch}/history`, see("tab"));
    await at("my tasks", "/my-tasks", see("row"));
    await at("my task, given up", `/my-tasks/${there.item}`, see("button", t("my.abandon")), then(pressed("button", t("my.abandon")), dialog));
    await at("imports", "/imports", see("button", t("import.drop")));
    await at("columns of an import", `/imports/${there.import}`, see("button", t("import.check")));
    await at("a select that is open", `/imports/${there.import}`, see("combobox"), then(pressed("combobox"), see("option")));
    await at("people", "/people", see("rowheader"));
    await at("a person's menu", "/people", see("rowheader"), then(pressed("button", t("people.more", { name: "李莉" })), see("menu")));
    await at("new person", "/people", see("rowheader"), then(pressed("button", t("people.new")), dialog));
    await at("departments", "/people", see("tab"), pressed("tab", new RegExp(`^${t("departments.tab")}`)));
    await at("nowhere", "/nowhere", () => visitor.seeText(t("not_found.title")));
    assert.deepEqual(visitor.problems, []);
    await visitor.close();
    return wrong;
  }));
  assert.deepEqual(walked.flat(), []);
});

test("axe finds what is wrong with a page", { timeout: 30_000 }, async () => {
  const visitor = await open(server.address, "en");
  await visitor.see("button", visitor.t("sign_in.go"));
  await visitor.page.evaluate(() => document.querySelector("#mirror button").removeAttribute("aria-label"));
  assert.match((await judged(visitor, "sign-in")).join(), /button-name/);
});
