// The canvas behaves as a web page: addresses, back and forward, links into new tabs, a link through the sign-in, zoom,
// the title, a file dropped from the desktop, a download with its name.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Server, Visitor, begin, minutes, openBrowser } from "./support.mjs";

let server, browser, visitor;
const ids = {};

before(async () => {
  server = new Server();
  await server.start();
  browser = await openBrowser();
  visitor = await begin(browser, server);
  ids.customer = (await visitor.call("POST", "/api/v1/customers", { name: "Harbour Foods", city: "上海" })).row.customer;
  ids.person = (await visitor.call("POST", "/api/v1/people", { login: "lina", name: "李娜", role: "member", language: "en" })).person;
  ids.batch = (await visitor.call("POST", "/api/v1/batches", { subject: "Spring visits" })).summary.batch;
});

after(async () => {
  await browser?.close();
  await server?.remove();
});

const address = () => new URL(visitor.page.url()).pathname + new URL(visitor.page.url()).search;
const at = (path) => visitor.until(() => address() === path);
const middle = async (role, name) => {
  const box = await visitor.box(visitor.role(role, name).first());
  return [box.x + box.width / 2, box.y + box.height / 2];
};

test("opening a record is a step in the history, and the title names it", { timeout: minutes(3) }, async () => {
  await visitor.go("/customers");
  await visitor.see("row", "Harbour Foods");
  assert.equal(await visitor.page.title(), `${visitor.t("nav.customers")} · Tidewater`);
  await visitor.press("row", "Harbour Foods");
  await at(`/customers/${ids.customer}`);
  await visitor.until(async () => (await visitor.page.title()) === "Harbour Foods · Tidewater");
  await visitor.page.goBack();
  await visitor.see("row", "Harbour Foods");
  await visitor.page.goForward();
  await at(`/customers/${ids.customer}`);
  await visitor.see("heading", "Harbour Foods");
});

test("a tab of a list and a record over it are steps too", { timeout: minutes(3) }, async () => {
  await visitor.go("/batches");
  await visitor.press("tab", visitor.t("batches.managed"));
  await at("/batches?relation=managed");
  await visitor.page.goBack();
  await visitor.until(async () => (await visitor.role("tab", visitor.t("batches.all")).getAttribute("aria-selected")) === "true");
  await visitor.go("/people");
  await visitor.see("row", "李娜");
  await visitor.press("row", "李娜");
  await visitor.see("dialog", visitor.t("people.edit"));
  assert.equal(address(), `/people?person=${ids.person}`);
  await visitor.page.goBack();
  await visitor.until(async () => (await visitor.role("dialog").count()) === 0);
  await visitor.page.goForward();
  await visitor.see("dialog", visitor.t("people.edit"));
  await visitor.pressInDialog(visitor.t("common.cancel"));
  await at("/people");
});

test("back closes an open dialog and stays", { timeout: minutes(3) }, async () => {
  await visitor.go("/customers");
  await visitor.press("button", visitor.t("customers.new"));
  await visitor.see("dialog", visitor.t("customers.new"));
  await visitor.page.goBack();
  await visitor.until(async () => (await visitor.role("dialog").count()) === 0);
  assert.equal(address(), "/customers");
});

test("a link pasted into chat opens the same view after signing in", { timeout: minutes(3) }, async () => {
  const other = await Visitor.open(browser, `${server.address}/customers?q=harbour`);
  await other.fill(other.t("sign_in.login"), "zhoumin");
  await other.fill(other.t("sign_in.password"), "low tide 2026");
  await other.press("button", other.t("sign_in.go"));
  await other.see("row", "Harbour Foods");
  const there = new URL(other.page.url());
  assert.equal(there.pathname + there.search, "/customers?q=harbour");
  assert.deepEqual(other.problems, []);
  await other.close();
});

test("links and rows open beside this page, and the browser's own menu knows them", { timeout: minutes(3) }, async () => {
  await visitor.go("/customers");
  await visitor.see("row", "Harbour Foods");
  const opened = async (act, path) => {
    const page = visitor.context.waitForEvent("page");
    await act();
    const tab = await page;
    await tab.waitForURL((url) => url.pathname === path);
    await tab.close();
  };
  const [x, y] = await middle("link", visitor.t("nav.batches"));
  await visitor.page.mouse.move(x, y);
  await opened(() => visitor.page.mouse.click(x, y, { button: "middle" }), "/batches");
  await opened(async () => {
    await visitor.page.keyboard.down("Control");
    await visitor.page.mouse.click(x, y);
    await visitor.page.keyboard.up("Control");
  }, "/batches");
  const [rx, ry] = await middle("row", "Harbour Foods");
  await visitor.page.mouse.move(rx, ry);
  await opened(() => visitor.page.mouse.click(rx, ry, { button: "middle" }), `/customers/${ids.customer}`);
  assert.equal(address(), "/customers");

  await visitor.page.evaluate(() => window.addEventListener("contextmenu", (event) => {
    window.menuOf = event.defaultPrevented ? "" : event.target.closest("a")?.pathname;
  }));
  await visitor.page.mouse.move(rx + 3, ry);
  await visitor.rest();
  await visitor.page.mouse.click(rx + 3, ry, { button: "right" });
  await visitor.until(async () => (await visitor.page.evaluate(() => window.menuOf)) === `/customers/${ids.customer}`);
  await visitor.page.keyboard.press("Escape");
  assert.equal(await visitor.role("link", visitor.t("nav.batches")).evaluate((link) => link.tagName + link.pathname), "A/batches");
});

test("what names a row is a link to what it opens, without a stop of its own", { timeout: minutes(3) }, async () => {
  await visitor.call("POST", "/api/v1/customers", { name: "Lighthouse" });
  await visitor.go("/customers?sort=name");
  const row = visitor.role("row", "Harbour Foods"), link = row.getByRole("link", { name: "Harbour Foods", exact: true });
  await link.waitFor({ state: "attached" });
  assert.deepEqual(await link.evaluate((el) => [el.pathname, el.tabIndex, el.parentElement.getAttribute("role"), el.href.startsWith(location.origin)]),
    [`/customers/${ids.customer}`, -1, "rowheader", true]);
  assert.equal(await row.getByRole("link").count(), 1);
  // A screen reader goes to the link: the row has the keyboard, and the link keeps the reader's place.
  await link.focus();
  await visitor.rest();
  assert.ok(await link.evaluate((el) => el === document.activeElement));
  await visitor.page.keyboard.press("ArrowDown");
  await visitor.until(() => visitor.role("row", "Lighthouse").evaluate((el) => el === document.activeElement));
  // With Ctrl a press is the browser's, without it goes there as the row does.
  const kept = await link.evaluate((el) => {
    let prevented;
    addEventListener("click", (event) => { prevented = event.defaultPrevented; event.preventDefault(); }, { once: true });
    el.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: true }));
    return !prevented;
  });
  assert.ok(kept, "Ctrl and a click open it beside this page");
  assert.equal(address(), "/customers?sort=name");
  await visitor.click(link);
  await visitor.until(() => address() === `/customers/${ids.customer}`);
  await visitor.go("/customers");
  await link.focus();
  await visitor.rest();
  const tab = visitor.context.waitForEvent("page");
  await visitor.page.keyboard.press("Control+Enter");
  await (await tab).close();
  await visitor.page.keyboard.press("Enter");
  await visitor.until(() => address() === `/customers/${ids.customer}`);
});

test("at 200 % and 400 % the page reflows and stays sharp", { timeout: minutes(3) }, async () => {
  await visitor.go("/customers");
  const zoom = await visitor.context.newCDPSession(visitor.page);
  for (const factor of [2, 4]) {
    await zoom.send("Emulation.setDeviceMetricsOverride", { width: 1440 / factor, height: 1800 / factor, deviceScaleFactor: factor, mobile: false });
    await visitor.until(async () => (await visitor.page.evaluate(() => document.getElementById("canvas").width)) === 1440);
    const page = await visitor.page.evaluate(() => ({ wide: document.documentElement.scrollWidth, ratio: window.devicePixelRatio }));
    assert.deepEqual(page, { wide: 1440 / factor, ratio: factor });
    await visitor.see("row", "Harbour Foods");
    await visitor.until(async () => {
      const edges = await visitor.role("link").evaluateAll((all) => all.map((el) => el.getBoundingClientRect()).map(({ left, right }) => [left, right]));
      return edges.length > 3 && edges.every(([left, right]) => left >= 0 && right <= 1440 / factor + 1);
    });
    // Playwright's own picture would put the metrics back.
    const { data } = await zoom.send("Page.captureScreenshot");
    visitor.keep(`zoom-${factor}00.png`, Buffer.from(data, "base64"));
  }
  await visitor.until(async () => (await visitor.role("navigation").first().boundingBox())?.y > 300);  // a phone's, at the bottom
  await zoom.send("Emulation.clearDeviceMetricsOverride");
});

const files = (names, content) => visitor.page.evaluateHandle(([list, text]) => {
  const transfer = new DataTransfer();
  for (const name of list) transfer.items.add(new File([text], name, { type: "text/csv" }));
  return transfer;
}, [names, content]);

test("a CSV file dropped anywhere on the customer list is imported; elsewhere a reason is given", { timeout: minutes(3) }, async () => {
  await visitor.go("/people");
  await visitor.see("row", "李娜");
  const dataTransfer = await files(["clients.csv"], "Name\n");
  await visitor.page.dispatchEvent("canvas", "dragover", { dataTransfer, clientX: 700, clientY: 400 });
  await visitor.seeText(visitor.t("import.drop_elsewhere"));
  await visitor.page.dispatchEvent("canvas", "drop", { dataTransfer, clientX: 700, clientY: 400 });
  await visitor.until(async () => (await visitor.role("alert").allTextContents()).join().includes(visitor.t("import.drop_elsewhere")));

  await visitor.go("/customers");
  await visitor.see("row", "Harbour Foods");
  const again = await files(["clients.csv"], "Name,Phone,Score\nLi Wei,13800000001,5\nWang Fang,13800000002,1,2,3\n");
  await visitor.page.dispatchEvent("canvas", "dragover", { dataTransfer: again, clientX: 700, clientY: 400 });
  await visitor.seeText(visitor.t("import.drop_page"));
  await visitor.page.dispatchEvent("canvas", "drop", { dataTransfer: again, clientX: 700, clientY: 400 });
  await visitor.see("button", visitor.t("import.check"));
  await visitor.see("heading", "clients.csv");
  assert.match(await visitor.page.title(), /clients\.csv · Tidewater$/);
});

test("what is downloaded has its name", { timeout: minutes(3) }, async () => {
  await visitor.press("button", visitor.t("import.check"));
  const download = visitor.page.waitForEvent("download");
  await visitor.press("button", visitor.t("import.download_refusals"));
  assert.match((await download).suggestedFilename(), /clients.*\.csv$/);
  assert.deepEqual(visitor.problems, []);
});

test("a shortcut is written as it stands on the keys, by name or by sign", { timeout: minutes(3) }, async () => {
  const keys = () => visitor.role("button", visitor.t("search.name")).getAttribute("aria-keyshortcuts");
  await visitor.go("/batches");
  assert.equal(await keys(), "Control+K");
  await visitor.page.addInitScript(() => Object.defineProperty(navigator, "platform", { get: () => "MacIntel" }));
  await visitor.go("/batches");
  assert.equal(await keys(), "Meta+K");
  await visitor.page.keyboard.press("Meta+k");
  await visitor.see("combobox", visitor.t("search.name"));
  await visitor.page.keyboard.press("Escape");
  assert.deepEqual(visitor.problems, []);
});
