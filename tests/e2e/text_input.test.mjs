// Writing as people do: input methods, dead keys, emoji, undo, long pastes, password managers. The composing text is typed
// through the DevTools protocol, as Chromium's own tests do; what is drawn is read from the pixels of the canvas.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Server, Visitor, csvFile, minutes, openBrowser } from "./support.mjs";

const password = "low tide 2026";
let server, browser, visitor, t, cdp;

before(async () => {
  server = new Server();
  await server.start();
  browser = await openBrowser();
  visitor = await Visitor.open(browser, server.setupAddress, { locale: "zh-CN", reducedMotion: "reduce", permissions: ["clipboard-read", "clipboard-write"] });
  t = (key, params) => visitor.t(key, params);
  cdp = await visitor.context.newCDPSession(visitor.page);
});

after(async () => {
  await browser?.close();
  await server?.remove();
});

const field = (name, role = "textbox") => visitor.role(role, name).first();
const state = (name, role) => field(name, role).evaluate((el) => ({ value: el.value, from: el.selectionStart, to: el.selectionEnd }));
const compose = (text) => cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
const commit = (text) => cdp.send("Input.insertText", { text });
const settled = () => visitor.rest();

// The pixels of the canvas under an element, without the border: rows of "r,g,b" words.
async function drawn(locator) {
  await settled();
  const box = await locator.evaluate((el) => { const r = el.getBoundingClientRect(); return { x: r.x, y: r.y, width: r.width, height: r.height }; });
  const clip = { x: Math.round(box.x) + 4, y: Math.round(box.y) + 4, width: Math.round(box.width) - 8, height: Math.round(box.height) - 8 };
  const png = (await visitor.page.screenshot({ clip })).toString("base64");
  return visitor.page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const rows = [];
    for (let y = 0; y < image.height; ++y) rows.push(Array.from(context.getImageData(0, y, image.width, 1).data).join());
    return rows;
  }, png);
}
const differing = (a, b) => a.map((row, y) => (row === b[y] ? -1 : y)).filter((y) => y >= 0);

test("password managers find their fields in a form", { timeout: minutes(3) }, async () => {
  await visitor.see("button", t("set_up.go"));
  const of = (name) => visitor.page.getByLabel(name, { exact: true }).first()
    .evaluate((el) => ({ type: el.type, autocomplete: el.autocomplete, form: !!el.closest("form"), spellcheck: el.spellcheck, opaque: getComputedStyle(el.closest("#mirror")).opacity }));
  const login = await of(t("person.login")), fresh = await of(t("password.new"));
  for (const name of [t("person.login"), t("password.new")]) {  // there to be clicked by a person, and seen by a manager
    const reached = await visitor.page.getByLabel(name, { exact: true }).first().evaluate((el) => {
      const r = el.getBoundingClientRect();
      return document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2) === el;
    });
    assert.ok(reached, `${name} stands where it is drawn`);
  }
  assert.deepEqual(login, { type: "text", autocomplete: "username", form: true, spellcheck: false, opaque: "1" });
  assert.deepEqual(fresh, { type: "password", autocomplete: "new-password", form: true, spellcheck: false, opaque: "1" });
  await visitor.fill(t("person.name"), "周敏");
  await visitor.fill(t("person.login"), "zhoumin");
  await visitor.fill(t("password.new"), password);
  await visitor.fill(t("password.again"), password);
  await visitor.press("button", t("set_up.go"));
  await visitor.see("heading", /周敏/);
  for (let i = 0; i < 5; ++i) await visitor.call("POST", "/api/v1/customers", { name: `客户${i}`, external_key: `${i}`, phone: `1381234${1000 + i}` });
  const guest = await Visitor.open(browser, server.address, { locale: "en" });
  await guest.see("button", guest.t("sign_in.go"));
  const kinds = await guest.page.evaluate(() => Array.from(document.querySelectorAll("#mirror form input"), (el) => el.autocomplete));
  assert.deepEqual(kinds, ["username", "current-password"]);
  await guest.close();
});

test("客户 is composed in the search and finds customers", { timeout: minutes(3) }, async () => {
  await visitor.press("button", t("search.name"));
  await visitor.see("dialog");
  const name = t("search.name");
  await field(name, "combobox").focus();
  for (const text of ["k", "ke", "ke h", "ke hu", "客户"]) await compose(text);
  await settled();
  assert.equal((await state(name, "combobox")).value, "客户");
  await commit("客户");
  await settled();
  assert.deepEqual(await state(name, "combobox"), { value: "客户", from: 2, to: 2 });
  await visitor.see("option", /客户1/);
  await visitor.page.keyboard.press("Escape");
  await visitor.page.keyboard.press("Escape");
});

test("what is composed stands inline in a dialog's field, underlined, and moves what follows", { timeout: minutes(3) }, async () => {
  await visitor.go("/customers");
  await visitor.press("button", t("customers.new"));
  const name = t("customer_column.name"), input = field(name);
  await input.focus();
  await visitor.page.keyboard.type("AB");
  await visitor.page.keyboard.press("ArrowLeft");
  const before = await drawn(input);
  await compose("客户");
  const composing = await drawn(input);
  assert.deepEqual(await state(name), { value: "A客户B", from: 3, to: 3 });
  await commit("客户");
  const after = await drawn(input);
  assert.deepEqual(await state(name), { value: "A客户B", from: 3, to: 3 });
  assert.ok(differing(before, after).length > 8, "the text is drawn");
  const marked = differing(composing, after);
  assert.ok(marked.length >= 1 && marked.length <= 3, `only the underline goes when it is committed: rows ${marked}`);
  await visitor.picture("composed-zh");
  // Given up, nothing of it stays.
  await compose("shang hai");
  await compose("");
  await settled();
  assert.equal((await state(name)).value, "A客户B");
  // A dead key composes too: acute, then e.
  await compose("´");
  await commit("é");
  assert.equal((await state(name)).value, "A客户éB");
});

test("the caret and Backspace go over emoji as one character, and undo brings back", { timeout: minutes(3) }, async () => {
  const name = t("customer_column.name"), press = (key) => visitor.page.keyboard.press(key);
  await field(name).fill("");
  await visitor.page.keyboard.insertText("客👍🏽😀x");
  await press("ArrowLeft");
  await press("ArrowLeft");
  assert.equal((await state(name)).from, 5);  // before the face
  await press("ArrowLeft");
  assert.equal((await state(name)).from, 1);  // before thumb and skin together
  await press("End");
  await press("Backspace");
  await press("Backspace");
  assert.equal((await state(name)).value, "客👍🏽");
  await press("Backspace");
  assert.equal((await state(name)).value, "客");
  for (let i = 0; i < 6 && (await state(name)).value !== "客👍🏽😀x"; ++i) await press("Control+z");
  assert.equal((await state(name)).value, "客👍🏽😀x", "undo");
  await press("Control+Shift+z");
  assert.ok("客👍🏽😀".startsWith((await state(name)).value), "redo");  // how much is one step is the browser's business
  await press("Control+z");
  assert.equal((await state(name)).value, "客👍🏽😀x");
  // The application has heard all of it.
  await visitor.fill(t("customer_column.phone"), "13812349999");
  await visitor.pressInDialog(t("common.save"));
  await visitor.until(async () => (await visitor.call("POST", "/api/v1/customers/query", { query: { view: "all" } })).rows.some((row) => row.name === "客👍🏽😀x"));
});

test("mobile keyboards and browsers are told what a field is for", { timeout: minutes(3) }, async () => {
  await visitor.go("/customers");
  await visitor.press("button", t("customers.new"));
  const of = (key) => field(t(key)).evaluate((el) => [el.type, el.inputMode, el.autocomplete, el.spellcheck]);
  assert.deepEqual(await of("customer_column.phone"), ["tel", "tel", "off", false]);
  assert.deepEqual(await of("customer_column.email"), ["text", "email", "off", false]);
  assert.deepEqual(await of("customer_column.score"), ["text", "numeric", "off", false]);
});

test("客户 is composed in a cell of a table, and 10,000 characters are pasted", { timeout: minutes(3) }, async () => {
  await visitor.go("/imports");
  await visitor.choose(t("import.drop"), csvFile("名称,电话,Intent\n客户甲,13900000001,high\n客户乙,13900000002,low\n"));
  const name = t("import.new_name_of", { column: "Intent" });
  await field(name).waitFor({ state: "attached" });
  assert.ok(await field(name).evaluate((el) => el.closest("[role=gridcell]") && el.closest("[role=grid]") !== null), "it stands in a cell");
  await field(name).fill("");
  await field(name).focus();
  await compose("ke hu");
  await compose("客户");
  await commit("客户");
  await commit("意向");
  await settled();
  assert.deepEqual(await state(name), { value: "客户意向", from: 4, to: 4 });
  await visitor.picture("mapping-cell-zh");
  await visitor.press("button", t("import.check"));
  const write = t("import.write", { count: 2 });
  await visitor.press("button", write);
  await visitor.until(async () => (await visitor.call("GET", "/api/v1/customer-fields")).rows.some((row) => row.name === "客户意向"));

  const customer = (await visitor.call("POST", "/api/v1/customers/query", { query: { view: "all" } })).rows[0].customer;
  await visitor.go(`/customers/${customer}`);
  const note = t("customers.note");
  await field(note).focus();
  await visitor.page.evaluate((text) => navigator.clipboard.writeText(text), "潮汐 客户 😀 ".repeat(1000));
  await visitor.page.keyboard.press("Control+v");
  await visitor.until(async () => (await state(note)).value.length > 1000);
  await settled();
  const pasted = (await state(note)).value, most = await field(note).evaluate((el) => el.maxLength);
  assert.equal(pasted.length, most > 0 ? Math.min(most, 10000) : 10000);
  await visitor.press("button", t("customers.save_note"));
  await visitor.until(async () => (await visitor.call("GET", `/api/v1/customers/${customer}/timeline`)).entries.some((entry) => entry.text === pasted.trim()));
});

test("nothing went wrong on the way", () => assert.deepEqual(visitor.problems, []));
