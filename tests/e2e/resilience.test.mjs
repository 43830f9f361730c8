// What people do survives a lost network, an ended session, a reload, a lost graphics context and a crash; and a browser
// that cannot run the client is told what to do.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Server, begin, minutes, openBrowser } from "./support.mjs";

let server, browser, visitor;

before(async () => {
  server = new Server();
  await server.start();
  browser = await openBrowser();
  visitor = await begin(browser, server);
  await visitor.call("POST", "/api/v1/customers", { name: "Harbour Foods" });
});

after(async () => {
  await browser?.close();
  await server?.remove();
});

const unsent = () => visitor.page.evaluate(() => sessionStorage.getItem("tidewater.unsent"));
const gone = (locator) => visitor.until(async () => (await locator.count()) === 0);
async function writeCustomer(name) {
  await visitor.press("button", visitor.t("customers.new"));
  await visitor.fill(visitor.t("customer_column.name"), name);
  await visitor.until(async () => (await unsent())?.includes(name));
}

test("a lost network shows, what was known stays, and what was sent meanwhile arrives", { timeout: minutes(3) }, async () => {
  await visitor.go("/customers");
  await visitor.see("row", "Harbour Foods");
  await writeCustomer("Offline Ltd");
  await visitor.context.setOffline(true);
  await visitor.seeText(visitor.t("connection.lost"));
  await visitor.pressInDialog(visitor.t("common.save"));
  await visitor.page.waitForTimeout(1500);
  assert.equal(await visitor.role("dialog").count(), 1);
  await visitor.context.setOffline(false);
  await visitor.see("heading", "Offline Ltd");
  await gone(visitor.page.getByText(visitor.t("connection.lost")));
  const list = await visitor.call("POST", "/api/v1/customers/query", { query: { search: "Offline" } });
  assert.equal(list.rows.length, 1);
});

test("what is half written survives a reload, and goes when it is given up", { timeout: minutes(3) }, async () => {
  await visitor.go("/customers");
  await writeCustomer("客户甲");
  await visitor.page.reload({ waitUntil: "commit" });  // the notice goes by itself
  await visitor.seeText(visitor.t("common.unsent_restored"));
  await visitor.reads(visitor.t("customer_column.name"), "客户甲");
  await visitor.pressInDialog(visitor.t("common.cancel"));
  await visitor.until(async () => (await unsent()) === null);
});

test("an ended session asks for the password over the work and goes on", { timeout: minutes(3) }, async () => {
  await visitor.go("/customers");
  await writeCustomer("Evening Ltd");
  const ask = await visitor.unasked();
  await visitor.context.clearCookies();
  await visitor.pressInDialog(visitor.t("common.save"));
  await visitor.see("dialog", visitor.t("sign_in.again_title"));
  await visitor.fill(visitor.t("sign_in.password"), "low tide 2026");
  await visitor.pressInDialog(visitor.t("sign_in.go"));
  await visitor.see("heading", "Evening Ltd");
  await visitor.until(async () => (await unsent()) === null);
  await ask();
});

test("another page of this browser that signs out takes this one with it", { timeout: minutes(3) }, async () => {
  await visitor.go("/customers");
  const tab = await visitor.context.newPage();
  await tab.goto(`${server.address}/people`);
  await tab.getByRole("button", { name: visitor.t("account.menu") }).first().dispatchEvent("click");
  await tab.getByRole("menuitem", { name: visitor.t("account.sign_out") }).dispatchEvent("click");
  await tab.getByRole("button", { name: visitor.t("sign_in.go") }).waitFor({ state: "attached" });
  await tab.close();
  await visitor.see("button", visitor.t("sign_in.go"));
  await visitor.fill(visitor.t("sign_in.login"), "zhoumin");
  await visitor.fill(visitor.t("sign_in.password"), "low tide 2026");
  await visitor.press("button", visitor.t("sign_in.go"));
  await visitor.see("row", "Harbour Foods");
});

test("a lost graphics context comes back with the same picture", { timeout: minutes(3) }, async () => {
  await visitor.go("/imports");
  await visitor.see("button", visitor.t("import.drop"));
  await visitor.page.mouse.move(5, 5);
  await visitor.rest(1000);
  const before = await visitor.page.screenshot();
  await visitor.page.evaluate(async () => {
    const lose = document.getElementById("canvas").getContext("webgl2").getExtension("WEBGL_lose_context");
    const heard = new Promise((done) => document.getElementById("canvas").addEventListener("webglcontextrestored", done, { once: true }));
    lose.loseContext();
    await new Promise((done) => setTimeout(done, 200));
    lose.restoreContext();
    await heard;
  });
  let now;
  await visitor.until(async () => (now = await visitor.page.screenshot()).equals(before)).catch(() => {
    visitor.keep("context-before.png", before);
    visitor.keep("context-after.png", now);
    assert.fail("the picture differs: see context-before.png and context-after.png");
  });
});

test("graphics that do not come back are said to be gone, and reloading brings back what was half written", { timeout: minutes(3) }, async () => {
  await visitor.go("/customers");
  await writeCustomer("Half A Name");
  await visitor.page.evaluate(() => document.getElementById("canvas").getContext("webgl2").getExtension("WEBGL_lose_context").loseContext());
  await visitor.page.getByRole("alertdialog", { name: "The browser has taken the graphics of this page away" }).waitFor();
  await visitor.page.getByRole("button", { name: "Reload", exact: true }).click();
  await visitor.seeText(visitor.t("common.unsent_restored"));
  await visitor.reads(visitor.t("customer_column.name"), "Half A Name");
  await visitor.pressInDialog(visitor.t("common.cancel"));
  await visitor.until(async () => (await unsent()) === null);
});

test("a crash shows a report without personal data, and reloading brings back what was half written", { timeout: minutes(3) }, async () => {
  await visitor.go("/customers?q=harbour");
  await writeCustomer("Secret Name");
  await visitor.page.evaluate(() => { setTimeout(() => window.tidewater._tw_page_frame(-65536, 0)); });  // a wild pointer
  await visitor.page.getByRole("alertdialog").waitFor();
  const report = await visitor.page.getByRole("textbox").inputValue();
  assert.match(report, /RuntimeError/);
  assert.doesNotMatch(report, /Secret|harbour/i);
  await visitor.page.getByRole("button", { name: "Copy the report" }).press("Enter");
  await visitor.page.getByText("Copied").waitFor();
  await visitor.picture("crash-en");
  await visitor.page.getByRole("button", { name: "Reload", exact: true }).click();
  await visitor.seeText(visitor.t("common.unsent_restored"));
  await visitor.reads(visitor.t("customer_column.name"), "Secret Name");
});

test("a browser that cannot run the client is told what to do, in both languages", { timeout: minutes(3) }, async () => {
  const cases = {
    WebGL2: { script: () => { HTMLCanvasElement.prototype.getContext = () => null; } },
    WebAssembly: { script: () => { delete window.WebAssembly; } },
  };
  for (const [missing, { script }] of Object.entries(cases)) {
    const context = await browser.newContext();
    await context.addInitScript(script);
    const page = await context.newPage();
    await page.goto(server.address);
    await page.getByRole("heading", { name: "这个浏览器无法运行 Tidewater" }).waitFor();
    await page.getByRole("heading", { name: "This browser cannot run Tidewater" }).waitFor();
    await page.getByText(missing, { exact: true }).waitFor();
    await context.close();
  }
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.address);
  await page.getByRole("heading", { name: "Tidewater needs JavaScript" }).waitFor();
  assert.equal(await page.getByRole("heading", { name: "This browser cannot run Tidewater" }).isVisible(), false);
  await context.close();
});
