// Fingers, as the DevTools protocol emulates them: a row is held and dragged onto a person, held and let go, flung; and the
// screens of an executor stand on the narrowest phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Server, Visitor, minutes, openBrowser, patience } from "./support.mjs";

const password = "low tide 2026";
let server, browser, tablet, t, cdp, batch;
const people = {};

before(async () => {
  server = new Server();
  await server.start();
  browser = await openBrowser();
  tablet = await Visitor.open(browser, server.setupAddress, { locale: "zh-CN", viewport: { width: 1180, height: 820 }, hasTouch: true, isMobile: true });
  t = (key, params) => tablet.t(key, params);
  cdp = await tablet.context.newCDPSession(tablet.page);
  await tablet.fill(t("person.name"), "周敏");
  await tablet.fill(t("person.login"), "zhoumin");
  await tablet.fill(t("password.new"), password);
  await tablet.fill(t("password.again"), password);
  await tablet.press("button", t("set_up.go"));
  await tablet.see("heading", /周敏/);
  people["周敏"] = (await tablet.call("GET", "/api/v1/session")).person;
  people["李莉"] = (await tablet.call("POST", "/api/v1/people", { login: "lili", name: "李莉", role: "member" })).person;
  const customers = [];
  for (let i = 0; i < 40; ++i)
    customers.push((await tablet.call("POST", "/api/v1/customers", { name: `客户${i}`, external_key: `${180 + i}`, phone: `1381234${1000 + i}` })).row.customer);
  batch = (await tablet.call("POST", "/api/v1/batches", { subject: "产品换季养护通知", executors: Object.values(people), limit: 3 })).summary.batch;
  await tablet.call("POST", `/api/v1/batches/${batch}/customers`, { customers });
  await tablet.until(async () => (await items("unassigned")).length === 40);
});

after(async () => {
  await browser?.close();
  await server?.remove();
});

const items = async (state) => (await tablet.call("POST", `/api/v1/batches/${batch}/items/query`, { states: [state] })).rows;
const box = (locator) => tablet.box(locator);
const middle = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });
const touch = (type, ...points) => cdp.send("Input.dispatchTouchEvent", { type, touchPoints: points });
async function moved(from, to, steps = 8) {
  for (let i = 1; i <= steps; ++i) {
    await touch("touchMove", { x: from.x + (to.x - from.x) * i / steps, y: from.y + (to.y - from.y) * i / steps });
    await tablet.page.waitForTimeout(16);
  }
}
// While a finger is down every frame is drawn: the first shows where it is, the last that it has stayed there long enough.
const held = async () => {
  const drawn = async (more) => {
    const before = await tablet.frames();
    await tablet.until(async () => (await tablet.frames()) >= before + more);
  };
  await drawn(1);
  await tablet.page.waitForTimeout(650);
  await drawn(2);
};
const row = async (name) => {
  const found = tablet.role("row", name).first();
  await found.waitFor({ state: "attached" });
  return box(found);
};

test("a coarse pointer gets the roomy density, and a person may choose another", { timeout: minutes(3) }, async () => {
  await tablet.go("/customers");
  assert.ok((await row("客户39")).height >= 44);
  await tablet.press("button", t("account.menu"));
  await tablet.press("menuitemcheckbox", t("account.density_compact"));
  await tablet.until(async () => (await row("客户39")).height < 40);
  await tablet.go("/customers");
  assert.ok((await row("客户39")).height < 40, "this device remembers");
  await tablet.press("button", t("account.menu"));
  await tablet.press("menuitemcheckbox", t("account.density_system"));
  await tablet.until(async () => (await row("客户39")).height >= 44);
});

test("a row that is held is dragged onto a person", { timeout: minutes(3) }, async () => {
  await tablet.go(`/batches/${batch}/allocate`);
  await tablet.see("button", t("allocate.commit"));
  for (const name of ["客户38", "客户39"]) await tablet.press("checkbox", t("ui.select_row", { name }));
  await tablet.seeText(t("customers.selected", { count: "2" }));
  const from = middle(await row("客户39")), person = tablet.role("group", "李莉").first();
  await touch("touchStart", from);
  await held();
  await moved(from, middle(await box(person)));
  await tablet.picture("touch-drag-zh");
  await touch("touchEnd");
  await tablet.see("button", t("allocate.by_hand_count", { count: "2" }));
  assert.equal((await items("executing")).length, 0, "a plan is nothing that has happened");
});

test("a row that is held and let go opens its menu, the drag's twin", { timeout: minutes(3) }, async () => {
  const at = middle(await row("客户35"));
  await touch("touchStart", at);
  await held();
  await touch("touchEnd");
  await tablet.press("menuitem", t("allocate.give"));
  await tablet.see("dialog");
  await tablet.press("option", "李莉", tablet.role("dialog"));
  await tablet.pressInDialog(t("allocate.put_in_plan"));
  await tablet.see("button", t("allocate.by_hand_count", { count: "3" }));
});

test("one of them is dragged out of the plan again, and the rest is committed", { timeout: minutes(3) }, async () => {
  const from = middle(await row("客户35"));
  await touch("touchStart", from);
  await held();
  await moved(from, { x: from.x + 30, y: from.y - 30 }, 2);  // what takes it back shows while it is carried
  await tablet.picture("touch-out-zh");
  const out = middle(await box(tablet.role("group", t("allocate.drop_out")).first()));
  await moved({ x: from.x + 30, y: from.y - 30 }, out);
  await touch("touchEnd");
  await tablet.see("button", t("allocate.by_hand_count", { count: "2" }));
  await tablet.press("button", t("allocate.commit"));
  await tablet.until(async () => (await items("executing")).length === 40);
  const given = (await items("executing")).filter((item) => ["客户38", "客户39"].includes(item.customer_name));
  assert.deepEqual(given.map((item) => item.executor_name), ["李莉", "李莉"]);
});

test("a list that is flung glides on", { timeout: minutes(3) }, async () => {
  await tablet.go("/customers");
  const at = middle(await row("客户33"));
  const first = () => tablet.page.evaluate(() => Math.min(...Array.from(document.querySelectorAll("#mirror [role=row]"), (el) => Number(el.getAttribute("aria-rowindex"))).filter((n) => n > 1)));
  const begin = await first();
  await touch("touchStart", at);
  const lifted = { x: at.x, y: at.y - 160 };
  await moved(at, lifted, 4);
  // The finger does not rest before it is let go.
  await Promise.all([touch("touchMove", { x: at.x, y: at.y - 240 }), touch("touchEnd")]);
  await tablet.until(async () => (await first()) - begin > 240 / 52 + 1, patience, "more rows are gone than those of the 240 pixels that the finger moved");
});

test("an executor works on a phone of 360 pixels", { timeout: minutes(3) }, async () => {
  const phone = await Visitor.open(browser, "about:blank", { locale: "zh-CN", viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true });
  await phone.context.addCookies((await tablet.context.storageState()).cookies);
  await phone.page.goto(`${server.address}/my-tasks`);
  // Tabs scroll sideways in their strip; nothing else stands beyond the edge.
  const wide = () => phone.page.evaluate(() => Array.from(document.querySelectorAll("#mirror :is(button, a, input, textarea, [role=checkbox]):not([role=tab])"))
    .map((el) => [el.getAttribute("aria-label"), el.getBoundingClientRect()]).filter(([, r]) => r.left < 0 || r.right > 360.5).map(([name]) => name));
  const fits = async () => {
    await phone.rest();
    await phone.until(async () => (await wide()).length === 0).catch(() => {});  // places are told a moment after words
    assert.deepEqual(await wide(), []);
  };
  await phone.see("row", /^客户\d/);
  await fits();
  await phone.picture("phone-my-tasks-zh");
  const one = await phone.box(phone.role("row", /^客户\d/).first());
  const finger = await phone.context.newCDPSession(phone.page);
  const { x, y } = middle(one);
  await finger.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
  await finger.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await phone.see("button", phone.t("my.complete"));
  await fits();
  for (const name of ["my.complete", "my.save", "my.abandon"])
    assert.ok((await phone.box(phone.role("button", phone.t(name)).first())).height >= 44, name);
  await phone.fill(phone.t("my.text"), "同意下周二上门");
  await phone.picture("phone-my-task-zh");
  await phone.press("button", phone.t("my.complete"));
  await phone.until(async () => (await phone.call("POST", "/api/v1/items/query", { tab: "completed" })).rows.length === 1);
  assert.deepEqual(phone.problems, []);
  assert.deepEqual(tablet.problems, []);
});
