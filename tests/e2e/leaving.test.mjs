// Somebody leaves: disabled through the dialog, with what becomes of their customers. Those who take over see them, who
// left can do nothing any more, and what is kept in their hands stands in the manager's blocks.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Server, arrive, begin, openBrowser } from "./support.mjs";

let server, browser, manager, lili, wutm, zhaolu, t, batch;

const arrives = (login, name) => arrive(browser, server, manager, login, name);

const items = async () => (await manager.call("POST", `/api/v1/batches/${batch}/items/query`, {})).rows;
const held = async (visitor) => (await items()).filter((row) => row.state === "executing" && row.executor === visitor.person);
const isActive = async (visitor) => (await manager.call("GET", `/api/v1/people/${visitor.person}`)).active;

// The dialog about somebody, from their row in the list of people.
async function disable(visitor) {
  await manager.go("/people");
  await manager.press("button", t("people.more", { name: visitor.name }));
  await manager.press("menuitem", t("people.disable"));
  await manager.see("dialog", t("people.disable_title", { name: visitor.name }));
}

before(async () => {
  server = new Server();
  await server.start();
  browser = await openBrowser();
  manager = await begin(browser, server);
  t = (key, params) => manager.t(key, params);
  lili = await arrives("lili", "李莉");
  wutm = await arrives("wutm", "吴天明");
  zhaolu = await arrives("zhaolu", "赵路");
  const customers = [];
  for (let i = 0; i < 6; ++i) customers.push((await manager.call("POST", "/api/v1/customers", { name: `客户${i}` })).row.customer);
  const executors = [lili, wutm, zhaolu].map(({ person }) => person);
  batch = (await manager.call("POST", "/api/v1/batches", { subject: "Ebb", executors })).summary.batch;
  await manager.call("POST", `/api/v1/batches/${batch}/customers`, { customers });
  await manager.until(async () => (await items()).length === 6);
  const rows = (await items()).map(({ item, version }) => ({ item, version }));
  await manager.call("POST", `/api/v1/batches/${batch}/designate`, { executor: lili.person, rows });
  for (const visitor of [lili, wutm, zhaolu]) {
    visitor.problems.length = 0;  // the questions of the page that nobody was signed in to
    await visitor.go("/my-tasks");
  }
});

after(async () => {
  await browser?.close();
  await server?.remove();
});

test("who is disabled hands their customers over to two people, who see them", { timeout: 90_000 }, async () => {
  await lili.see("row", "客户0");
  await disable(lili);
  await manager.press("radio", t("leaving.transfer"));
  await manager.pick(t("leaving.to"), wutm.name);
  await manager.pick(t("leaving.to"), zhaolu.name);
  await manager.picture("leaving-handed-over");
  await manager.pressInDialog(t("people.disable"));
  await manager.until(async () => (await held(wutm)).length === 3 && (await held(zhaolu)).length === 3);
  assert.equal((await held(lili)).length, 0);
  assert.equal(await isActive(lili), false);
  for (const visitor of [wutm, zhaolu])
    for (const { customer_name: name } of await held(visitor)) await visitor.see("row", name);  // by itself: the doorbell
});

test("and can do nothing any more, on the page that was open or by signing in again", { timeout: 60_000 }, async () => {
  const [{ item, version }] = await held(wutm);
  assert.equal((await lili.ask("POST", `/api/v1/items/${item}/progress`, { item, version, text: "still here" })).status, 401);
  await lili.see("dialog", t("sign_in.again_title"));
  await lili.go("/my-tasks");
  await lili.fill(t("sign_in.login"), lili.login);
  await lili.fill(t("sign_in.password"), "low tide 2026");
  await lili.press("button", t("sign_in.go"));
  await lili.seeText(t("session.wrong_login"));
  assert.equal((await lili.ask("GET", "/api/v1/session")).status, 401);
  assert.equal((await manager.call("GET", `/api/v1/items/${item}`)).row.version, version, "nothing has changed");
});

test("what is kept stays in their hands, and a block leads the manager there", { timeout: 60_000 }, async () => {
  await disable(zhaolu);
  await manager.press("radio", t("leaving.keep"));
  await manager.pressInDialog(t("people.disable"));
  await manager.until(async () => !(await isActive(zhaolu)));
  assert.equal((await held(zhaolu)).length, 3);
  await manager.go("/");
  await manager.press("button", `${t("workbench.held_by_disabled")} 3`);
  await manager.page.waitForURL(new RegExp(`/batches/${batch}\\?.*held=disabled`));
  for (const { customer_name: name } of await held(zhaolu)) await manager.see("row", name);
  const [theirs] = await held(wutm);
  await manager.role("row", theirs.customer_name).first().waitFor({ state: "detached", timeout: 20000 });
  await manager.press("button", t("filter.show_all"));
  await manager.see("row", theirs.customer_name);
});

test("the list of people says whom it leaves out, and shows them", { timeout: 60_000 }, async () => {
  await manager.go("/people");
  await manager.see("row", wutm.name);
  await manager.role("row", lili.name).first().waitFor({ state: "detached", timeout: 20000 });
  await manager.press("button", t("filter.show_all"));
  await manager.see("row", lili.name);
  await manager.see("row", zhaolu.name);
  for (const visitor of [manager, lili, wutm, zhaolu]) assert.deepEqual(visitor.problems, []);
});
