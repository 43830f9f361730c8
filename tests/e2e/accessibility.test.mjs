// What axe-core says of every screen and dialog, in both languages and in every theme: nothing serious, nothing critical.
// It sees what a screen reader sees, the mirrored tree. One company is arranged through the API; both languages are walked
// beside each other. (The stories of the storybook are judged in stories.test.mjs.)
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Server, Visitor, axeScript, begin, csvFile, minutes, openBrowser, patience, seriousFindings } from "./support.mjs";

const password = "low tide 2026", viewport = { width: 1024, height: 640 };  // software draws it
const looks = [["light", { colorScheme: "light", contrast: "no-preference" }, "light"],
  ["dark", { colorScheme: "dark", contrast: "no-preference" }, "dark"],
  ["high contrast", { colorScheme: "light", contrast: "more" }, "dark"]];  // whatever the system's scheme: bright on black
const languages = ["zh-CN", "en"];

let server, browser, boss;
const there = {};  // what was arranged: ids

before(async () => {
  server = new Server();
  await server.start();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.remove();
});

// Begins with the look that shows, so that each page changes its look as seldom as possible. Which theme shows is seen on
// the canvas alone; that the client followed is read from the page's colour scheme (`plain`: a page without the client).
async function judged(visitor, name, { plain = false } = {}) {
  const wrong = [], order = visitor.look === 2 ? [2, 1, 0] : [0, 1, 2];
  for (const at of order) {
    const [look, media, scheme] = looks[at];
    if (visitor.look !== at) await visitor.page.emulateMedia(media);
    visitor.look = at;
    if (!plain) await visitor.page.waitForFunction((wanted) => document.documentElement.style.colorScheme === wanted, scheme);
    const found = await seriousFindings(visitor.page);
    wrong.push(...found.map((what) => `${name}, ${look}, ${visitor.language}: ${what}`));
  }
  return wrong;
}

async function open(address, language) {
  const visitor = await Visitor.open(browser, "about:blank", { locale: language, viewport });
  visitor.language = language;
  await visitor.context.addInitScript({ content: axeScript });
  await visitor.page.goto(address);
  return visitor;
}

// One walk for each language, beside each other; the answer is what axe found in both.
const inBoth = async (walk) => assert.deepEqual((await Promise.all(languages.map(walk))).flat(), []);

test("sign-in, set-up and an invitation", { timeout: minutes(3) }, () => inBoth(async (language) => {
  const visitor = await open(server.setupAddress, language);
  await visitor.see("button", visitor.t("set_up.go"));
  const wrong = await judged(visitor, "set-up");
  await visitor.go("/sign-in");
  await visitor.see("button", visitor.t("sign_in.go"));
  wrong.push(...await judged(visitor, "sign-in"));
  await visitor.go("/invitation#unknown");
  await visitor.see("heading", visitor.t("invitation.invalid_title"));
  wrong.push(...await judged(visitor, "invitation, unknown"));
  await visitor.close();
  return wrong;
}));

// What stands where the client cannot: plain HTML, whose colours axe sees too.
test("a crash, an unsupported browser, a browser without scripts", { timeout: minutes(3) }, () => inBoth(async (language) => {
  const wrong = [], look = async (visitor, name) => {
    wrong.push(...await judged(visitor, name, { plain: true }));
    await visitor.close();
  };
  const crashed = await open(server.address, language);
  await crashed.see("button", crashed.t("sign_in.go"));
  await crashed.page.evaluate(() => { setTimeout(() => window.tidewater._tw_page_frame(-65536, 0)); });  // a wild pointer
  await crashed.page.getByRole("alertdialog").waitFor();
  await look(crashed, "crash");

  const unsupported = await open("about:blank", language);
  await unsupported.context.addInitScript(() => { delete window.WebAssembly; });
  await unsupported.page.goto(server.address);
  await unsupported.page.getByRole("heading", { name: "This browser cannot run Tidewater" }).waitFor();
  await look(unsupported, "unsupported");

  // Without scripts axe would not run either: the page as such a browser shows it.
  const still = await open("about:blank", language);
  await still.page.route(`${server.address}/`, async (route) => {
    const answer = await route.fetch(), html = await answer.text();
    await route.fulfill({ response: answer, body: html.replace(/<script.*?<\/script>/gs, "").replace(/<\/?noscript>/g, "") });
  });
  await still.page.goto(server.address);
  await still.page.getByRole("heading", { name: "Tidewater needs JavaScript" }).waitFor();
  await look(still, "no scripts");
  return wrong;
}));

test("arranging a company", { timeout: minutes(3) }, async () => {
  boss = await begin(browser, server, { locale: "zh-CN", viewport });
  there.me = (await boss.call("GET", "/api/v1/session")).person;
  there.department = (await boss.call("POST", "/api/v1/departments", { name: "客服部" })).department;
  there.other = (await boss.call("POST", "/api/v1/people", { login: "lili", name: "李莉", role: "member", department: there.department, holding_cap: 20 })).person;
  const customers = [];
  for (let i = 0; i < 16; ++i)
    customers.push((await boss.call("POST", "/api/v1/customers", { name: `客户${i}`, external_key: `${180 + i}`, phone: `1381234${1000 + i}` })).row.customer);
  there.customer = customers[0];
  there.batch = (await boss.call("POST", "/api/v1/batches", { subject: "产品换季养护通知", executors: [there.me, there.other], co_managers: [there.other], limit: 3 })).summary.batch;
  await boss.call("POST", `/api/v1/batches/${there.batch}/customers`, { customers });
  const counts = async () => (await boss.call("GET", `/api/v1/batches/${there.batch}`)).summary.counts;
  await boss.until(async () => (await counts()).unassigned === 16);
  const of = async (...states) => (await boss.call("POST", `/api/v1/batches/${there.batch}/items/query`, { states })).rows;
  const rows = (await of("unassigned")).slice(0, 8).map(({ item, version }) => ({ item, version }));
  await boss.call("POST", `/api/v1/batches/${there.batch}/designate`, { executor: there.me, rows });
  const [mine, ...others] = await of("executing");
  there.item = mine.item;
  for (const { item, version } of others.slice(0, 5))
    await boss.call("POST", `/api/v1/items/${item}/complete`, { version, text: "客户同意下周二上门" });
  there.completed = (await of("completed")).map((row) => row.customer_name);

  // Three imports: its columns are to be mapped, it is checked, it is written.
  const imported = async (name, content, steps) => {
    await boss.go("/imports");
    await boss.choose(boss.t("import.drop"), csvFile(content, name));
    await boss.see("button", boss.t("import.check"));
    const id = Number(new URL(boss.page.url()).pathname.split("/")[2]);
    for (const [button, then] of steps) {
      await boss.press("button", button);
      await then();
    }
    return id;
  };
  const bad = "名称,电话,意向\n客户甲,13900000001,高\n客户乙,13900000002,低,多余\n";
  there.import = await imported("columns.csv", bad, []);
  const check = [boss.t("import.check"), () => boss.see("button", boss.t("import.write_good", { count: 1 }))];
  const write = [boss.t("import.write_good", { count: 1 }), () => boss.seeText(boss.t("import.done_title", { count: 1 }))];
  there.checked = await imported("checked.csv", bad, [check]);
  there.written = await imported("written.csv", bad, [check, write]);
});

test("every screen and dialog", { timeout: minutes(14) }, async () => {
  const state = await boss.context.storageState();
  await inBoth(async (language) => {
    const visitor = await open(server.address, language), { page } = visitor;
    await visitor.context.addCookies(state.cookies);
    await page.addInitScript((chosen) => {
      localStorage.setItem("tidewater.language", chosen);
      globalThis.go = (address) => {
        history.pushState(null, "", address);
        dispatchEvent(new PopStateEvent("popstate"));
      };
    }, language);
    const t = (key, params) => visitor.t(key, params);
    const wrong = [];
    await visitor.go("/");
    const at = async (name, path, ready, ...acts) => {
      try {
        // As a link does it: the page stays, its dialogs and menus do not.
        await page.keyboard.press("Escape");
        await page.evaluate((address) => globalThis.go(address), "/nowhere");
        await page.waitForFunction((title) => document.title.includes(title), t("not_found.title"));
        await page.evaluate((address) => globalThis.go(address), path);
        await ready();
        for (const act of acts) await act();
        wrong.push(...await judged(visitor, name));
      } catch (problem) {
        await visitor.picture(`axe-failed-${name.replace(/\W+/g, "-")}-${language}`);
        throw new Error(`${name}, ${language}: ${problem.message}`);
      }
    };
    const see = (...what) => () => visitor.see(...what);
    const press = (role, name) => () => visitor.press(role, name);
    const key = (name) => () => page.keyboard.press(name);
    const dialog = see("dialog");
    const moment = { timeout: patience / 20 };
    const starts = (words) => new RegExp(`^${words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);

    await at("workbench", "/", see("link", t("nav.customers")));
    await at("account menu", "/", see("button", t("account.menu")), press("button", t("account.menu")), see("menuitemcheckbox"));
    await at("palette", "/", see("button", t("search.name")), key("Control+k"), see("combobox", t("search.name")),
      () => page.keyboard.insertText("客户"), see("option"));
    await at("key map", "/", see("button", t("search.name")), key("?"), see("dialog", t("keys.title")));
    await at("password", "/", see("button", t("account.menu")), press("button", t("account.menu")), press("menuitem", t("account.change_password")), dialog);

    const customers = see("rowheader", "客户15"), ticked = press("checkbox", t("ui.select_row", { name: "客户15" }));
    await at("customers", "/customers", customers);
    await at("customers that nothing finds", "/customers?q=%E6%97%A0", () => visitor.seeText(t("customers.none_found")));
    await at("customers, ticked, columns", "/customers", customers, ticked, press("button", t("customers.columns")), dialog);
    await at("filter", "/customers", customers, press("button", t("filter.add")), dialog);
    await at("add to a batch", "/customers", customers, press("button", t("customers.add_to_batch")), dialog);
    await at("new customer", "/customers", customers, press("button", t("customers.new")), dialog);
    await at("customer", `/customers/${there.customer}`, see("heading", "客户0"));
    await at("edit customer", `/customers/${there.customer}`, see("heading", "客户0"), press("button", t("common.edit")), dialog);

    const batch = `/batches/${there.batch}`, menuOf = (item) => [press("button", t("common.more")), press("menuitem", t(item)), dialog];
    await at("batches", "/batches", see("heading", t("nav.batches")));
    await at("new batch", "/batches", see("heading", t("nav.batches")), press("button", t("batches.new")), dialog);
    await at("items of a batch", batch, see("checkbox"));
    await at("add customers", batch, see("checkbox"), press("button", t("batch.add_customers")), dialog);
    await at("menu of a batch", batch, see("checkbox"), press("button", t("common.more")), see("menu"));
    await at("edit batch", batch, see("checkbox"), ...menuOf("batches.edit"));
    await at("end batch", batch, see("checkbox"), ...menuOf("batches.end_all"));
    await at("terminate batch", batch, see("checkbox"), ...menuOf("batches.terminate"));
    await at("allocate", `${batch}/allocate`, see("button", t("allocate.commit")));
    await at("to confirm", `${batch}/confirm`, see("checkbox", /客户/));
    await at("history", `${batch}/history`, see("tab"));
    await at("details", `${batch}/details`, see("heading", t("batches.executors")));
    await at("record of an item", `${batch}?item=${there.item}`, dialog);
    const acted = (state, action, name = `${action} of one`) => at(name, `${batch}?state=${state}`, see("checkbox", /客户/), async () => {
      const box = visitor.role("checkbox", /客户/).first(), button = visitor.role("button", starts(t(action))).first();
      await visitor.until(async () => {  // until the list is there, what is ticked may be of the one before
        if ((await box.getAttribute("aria-checked", moment).catch(() => "")) !== "true") {
          await box.dispatchEvent("click", {}, moment).catch(() => {});
          await box.and(page.locator("[aria-checked=true]")).waitFor({ state: "attached", ...moment }).catch(() => {});  // or it is pressed off again
        }
        if (await button.count()) await button.dispatchEvent("click", {}, moment).catch(() => {});
        return (await visitor.role("dialog").count()) > 0;
      });
    });
    await acted("unassigned", "items.designate");
    await acted("unassigned", "items.remove");
    await acted("executing", "items.take_back");
    await acted("completed", "items.return");

    await at("my tasks", "/my-tasks", see("row"));
    await at("my task", `/my-tasks/${there.item}`, see("button", t("my.complete")));
    await at("my task, given up", `/my-tasks/${there.item}`, see("button", t("my.abandon")), press("button", t("my.abandon")), dialog);

    await at("imports", "/imports", see("button", t("import.drop")));
    await at("columns of an import", `/imports/${there.import}`, see("button", t("import.check")));
    await at("a select that is open", `/imports/${there.import}`, see("combobox"), press("combobox"), see("option"));
    // The steps that last long with a large file only.
    const runs = (state) => page.route(/\/api\/v1\/(imports|operations)\/\d+$/, async (route) => {
      const answer = await route.fetch(), operation = /operations/.test(route.request().url());
      await route.fulfill({ response: answer, json: { ...(await answer.json()), ...(operation ? { state: "running", done: 400, total: 1000 } : { state }) } });
    });
    await runs("checking");
    await at("an import that is checked", `/imports/${there.checked}`, see("progressbar"));
    await page.unrouteAll({ behavior: "wait" });
    await runs("writing");
    await at("an import that is written", `/imports/${there.written}`, see("progressbar"));
    await page.unrouteAll({ behavior: "wait" });
    await visitor.go("/imports");
    await at("findings of an import", `/imports/${there.checked}`, see("button", t("import.write_good", { count: 1 })));
    await at("an import that is done", `/imports/${there.written}`, see("button", t("import.see_customers")));

    const person = (item) => [see("rowheader"), press("button", t("people.more", { name: "李莉" })), press("menuitem", t(item)), dialog];
    await at("people", "/people", see("rowheader"));
    await at("a person's menu", "/people", see("rowheader"), press("button", t("people.more", { name: "李莉" })), see("menu"));
    await at("new person", "/people", see("rowheader"), press("button", t("people.new")), dialog);
    await at("edit person", `/people?person=${there.other}`, dialog);
    await at("invitation of a person", "/people", ...person("people.reset_password"));
    await at("disable person", "/people", ...person("people.disable"));
    const departments = [see("tab"), press("tab", starts(t("departments.tab"))), see("button", t("departments.new"))];
    await at("departments", "/people", ...departments);
    await at("new department", "/people", ...departments, press("button", t("departments.new")), dialog);
    await at("edit department", "/people", ...departments, press("button", t("departments.edit_one", { name: "客服部" })), dialog);
    await at("nowhere", "/nowhere", () => visitor.seeText(t("not_found.title")));

    await at("a toast that takes back", `${batch}/confirm`, see("checkbox", /客户/), async () => {
      await visitor.press("checkbox", t("ui.select_row", { name: there.completed[languages.indexOf(language)] }));  // not the same in both
      await visitor.press("button", starts(t("items.confirm")));
      await visitor.see("button", t("common.undo"));
    });
    await at("a lost network", "/customers", customers, () => visitor.context.setOffline(true), () => visitor.seeText(t("connection.lost")));
    await visitor.context.setOffline(false);
    await visitor.until(async () => (await page.getByText(t("connection.lost")).count()) === 0);
    await at("sign in again over the work", "/customers", customers, press("button", t("customers.new")), dialog,
      () => visitor.fill(t("customer_column.name"), "客户甲"), () => visitor.context.clearCookies(),
      // Whoever notices first that nobody is signed in: this press, or a question that the page asks by itself.
      () => Promise.any([visitor.pressInDialog(t("common.save")), visitor.see("dialog", t("sign_in.again_title"))]),
      see("dialog", t("sign_in.again_title")));
    assert.deepEqual(visitor.problems.filter((problem) => !/ERR_INTERNET_DISCONNECTED/.test(problem)), []);
    await visitor.close();
    return wrong;
  });
});

test("axe finds what is wrong with a page", { timeout: minutes(3) }, async () => {
  const visitor = await open(server.address, "en");
  await visitor.see("button", visitor.t("sign_in.go"));
  await visitor.page.evaluate(() => document.querySelector("#mirror button").removeAttribute("aria-label"));
  assert.match((await judged(visitor, "sign-in")).join(), /button-name/);
});
