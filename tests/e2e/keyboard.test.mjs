// The main job by keyboard alone: nothing here but keys, in the order in which a person without a mouse would press them.
// Where the keyboard is and what became of a key is read from the mirrored tree, by role and name. The API only arranges
// the second person and, at the end, believes nothing that it did not count.
import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { Server, Visitor, minutes, openBrowser, patience } from "./support.mjs";

const password = "low tide 2026", subject = "键盘回访", words = "潮汐";
const viewport = { width: 1024, height: 640 };  // software draws it: every key costs frames
let server, browser, manager, member;
const t = (key, params) => manager.t(key, params);

before(async () => {
  server = new Server();
  await server.start();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.remove();
});

const press = (visitor, ...keys) => keys.reduce((done, key) => done.then(() => visitor.page.keyboard.press(key)), Promise.resolve());
const focused = (locator) => locator.evaluate((element) => element === document.activeElement);

// Tab, until the keyboard is there.
async function tabTo(visitor, role, name, { key = "Tab", most = 200 } = {}) {
  const target = visitor.role(role, name).first();
  await visitor.once(target, (el) => !el.disabled && !el.closest("[inert], [aria-disabled=true]"), "free for the keyboard:");
  let element = await target.elementHandle();  // looked for once: a search by role and name reads the whole tree
  for (let i = 0; i < most; ++i) {
    const at = await element.evaluate((one) => (!one.isConnected ? "gone" : one === document.activeElement ? "here" : "elsewhere"));
    if (at === "here") return target;
    if (at === "gone") element = await target.elementHandle();
    await visitor.page.keyboard.press(key);
  }
  throw new Error(`${most} times ${key} do not lead to ${role} ${name}`);
}
async function type(visitor, name, text) {
  await tabTo(visitor, "textbox", name);
  await visitor.page.keyboard.insertText(text);
}
async function push(visitor, name) {
  await tabTo(visitor, "button", name);
  await press(visitor, "Enter");
}

// Ctrl+K, some letters, and arrows until the option is the one that Enter takes.
async function palette(visitor, letters, name) {
  await press(visitor, "Control+k");
  const field = visitor.role("combobox", visitor.t("search.name"));
  await field.waitFor({ state: "attached" });
  await visitor.until(() => focused(field));
  await visitor.page.keyboard.insertText(letters);
  const option = visitor.role("option", name).first();
  await option.waitFor({ state: "attached" });
  const chosen = visitor.page.locator("[role=option][aria-selected=true]");
  for (let i = 0; i < 20 && (await chosen.getAttribute("aria-label")) !== name; ++i) await press(visitor, "ArrowDown");
  assert.equal(await chosen.getAttribute("aria-label"), name);  // a place and what one does there may share a name
  await visitor.until(async () => (await chosen.getAttribute("aria-disabled")) !== "true");  // not now: a plan is being made
  assert.equal(await field.getAttribute("aria-activedescendant"), await chosen.getAttribute("id"), "it says which one Enter takes");
  assert.ok(await focused(field), "and the keyboard stays in the field");
  await press(visitor, "Enter");
  await field.waitFor({ state: "detached" });
}
// Tab, until a row has the keyboard: the one of a list that is loaded.
async function tabToRow(visitor) {
  const there = () => visitor.page.evaluate(() => document.activeElement.matches("[role=row]:not([aria-busy=true])"));
  for (let i = 0; i < 200 && !(await there()); ++i) await press(visitor, "Tab");
  assert.ok(await there(), "Tab leads to a row");
}
const said = (visitor, pattern) => visitor.page.getByRole("status").getByText(pattern).first().waitFor({ state: "attached" });

test("the main job by keyboard alone", { timeout: minutes(14) }, async (job) => {
  let failed = false;  // the steps build on each other
  const step = (name, body) => job.test(name, { skip: failed }, async () => {
    try {
      await body();
    } catch (problem) {
      failed = true;
      for (const [who, visitor] of Object.entries({ manager, member })) await visitor?.picture?.(`keyboard-failed-${who}`).catch(() => {});
      throw problem;
    }
  }).then(() => {});

  await step("the administrator sets the product up, signs out and signs in", async () => {
    manager = await Visitor.open(browser, server.setupAddress, { locale: "zh-CN", viewport });
    manager.page.on("filechooser", () => {});  // from now on no dialog of the system, however fast a key comes
    await manager.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await type(manager, t("person.name"), "周敏");
    await type(manager, t("person.login"), "zhoumin");
    await type(manager, t("password.new"), password);
    await type(manager, t("password.again"), password);
    await press(manager, "Enter");
    await manager.see("heading", /周敏/);
    await palette(manager, t("account.sign_out"), t("account.sign_out"));
    await type(manager, t("sign_in.login"), "zhoumin");
    await type(manager, t("sign_in.password"), password);
    await press(manager, "Enter");
    await manager.see("heading", /周敏/);
  });

  await step("a small CSV file is imported", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "tidewater-keyboard-")), "clients.csv");
    const lines = Array.from({ length: 10 }, (_, i) => `${i < 6 ? words : "北斗"}公司${i},1380000${1000 + i},${500 + i}`);
    writeFileSync(file, `\ufeff名称,电话,编号\n${lines.join("\n")}\n`);
    await palette(manager, t("nav.imports"), t("nav.imports"));
    await tabTo(manager, "button", t("import.drop"));
    const picker = manager.page.waitForEvent("filechooser", { timeout: patience });
    await press(manager, "Enter");
    await (await picker).setFiles(file);
    await push(manager, t("import.check"));
    await push(manager, t("import.write", { count: "10" }));
    await manager.seeText(t("import.done_title", { count: "10" }));
  });

  await step("the list of customers is walked, ticked and copied, and the browser keeps its own keys", async () => {
    await palette(manager, t("nav.customers"), t("nav.customers"));
    await manager.loaded(10);
    await press(manager, "/");
    await manager.until(() => focused(manager.role("searchbox").first()));
    await tabToRow(manager);
    await press(manager, "Home", "Space", "Shift+ArrowDown");
    await manager.until(async () => (await manager.page.locator("[role=row][aria-selected=true]").count()) === 2);
    await press(manager, "Control+c");
    await said(manager, t("ui.copied_rows", { count: "2" }));
    const copied = (await manager.page.evaluate(() => navigator.clipboard.readText())).trimEnd().split("\n");
    assert.equal(copied.length, 3);
    assert.ok(copied[1].includes("公司") && copied[1].includes("\t"), copied[1]);

    // Exactly these are ours while a row has the keyboard; a key that is prevented does nothing in the browser.
    const ours = await manager.page.evaluate(() => {
      const list = [];
      for (const [code, key] of [["F1"], ["F3"], ["F5"], ["F6"], ["F7"], ["F11"], ["F12"], ["Tab"], ["ArrowLeft"], ["ArrowRight"], ["ArrowUp"], ["ArrowDown"],
        ["Home"], ["End"], ["PageUp"], ["PageDown"], ["Backspace"], ["Delete"], ["Escape"], ["Insert"], ["Minus", "-"], ["Equal", "="], ["Digit0", "0"], ["Digit1", "1"],
        ...[..."abcdefghijklmnoprstuvwxyz"].map((letter) => [`Key${letter.toUpperCase()}`, letter])])
        for (const [name, modifier] of [["", {}], ["Ctrl+", { ctrlKey: true }], ["Alt+", { altKey: true }], ["Meta+Alt+", { altKey: true, metaKey: true }], ["Ctrl+Shift+", { ctrlKey: true, shiftKey: true }]]) {
          const plainLetter = key && !modifier.ctrlKey && !modifier.altKey;
          if (plainLetter) continue;  // leads to the row that begins so
          const event = new KeyboardEvent("keydown", { code, key: key ?? code, bubbles: true, cancelable: true, ...modifier });
          document.activeElement.dispatchEvent(event);
          if (event.defaultPrevented) list.push(name + (key ?? code));
          if (name === "Ctrl+" && key === "k") document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { code: "Escape", key: "Escape", bubbles: true, cancelable: true }));
        }
      return list;
    });
    assert.deepEqual(ours.sort(), ["ArrowDown", "ArrowUp", "Ctrl+End", "Ctrl+Home", "Ctrl+Shift+End", "Ctrl+Shift+Home", "Ctrl+a", "Ctrl+c", "Ctrl+k", "End", "Escape", "Home", "PageDown",
      "PageUp"].sort());
    await press(manager, "Escape");
  });

  let batch;
  await step("a batch task is made for two executors", async () => {
    for (const [login, name] of [["lina", "李娜"], ["wutm", "吴天明"]]) {
      const made = await manager.call("POST", "/api/v1/people", { login, name, role: "member", language: "en" });
      if (login === "lina") member = made.invitation;
    }
    await palette(manager, "new-batch", t("batches.new"));
    await manager.see("dialog", t("batches.new"));
    await type(manager, t("batches.subject"), subject);
    await tabTo(manager, "combobox", t("picker.search_in", { label: t("batches.executors") }));
    for (const name of ["李娜", "吴天明"]) {
      await manager.page.keyboard.insertText(name);
      await manager.see("option", name);
      await press(manager, "Enter");
      await manager.until(() => manager.role("option", name, { checked: true }).count());  // not only the one that Enter takes
      await press(manager, "Control+a", "Delete");
    }
    await push(manager, t("batches.create"));
    await manager.see("heading", subject);
    batch = Number(new URL(manager.page.url()).pathname.split("/")[2]);
  });

  await step("everybody whom a query finds is added", async () => {
    await palette(manager, t("batch.add_customers"), t("batch.add_customers"));
    await manager.see("dialog", t("batch.add_customers"));
    await tabTo(manager, "searchbox", t("customers.search"));
    await manager.page.keyboard.insertText(words);
    await push(manager, t("batch.add_count", { count: "6" }));
    await manager.see("tab", new RegExp(`^${t("batch.tab_allocate")}.*6`));
  });

  await step("one is given by hand, carried with the arrows, and kept over a reload; the others are spread evenly", async () => {
    await palette(manager, t("batch.tab_allocate"), t("batch.tab_allocate"));
    await manager.see("button", t("allocate.commit"));
    await manager.loaded(4, manager.role("grid", t("allocate.waiting")));
    await tabToRow(manager);
    const name = await manager.page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    await press(manager, "Control+x");
    await said(manager, new RegExp("李娜|吴天明"));
    const there = manager.page.getByRole("status").getByText(new RegExp(`^吴天明：${t("allocate.drop", { name: "吴天明" })}`));
    for (let i = 0; i < 3 && !(await there.count()); ++i) {  // in whatever order they stand
      await press(manager, "ArrowDown");
      await there.first().waitFor({ state: "attached", timeout: patience / 10 }).catch(() => {});
    }
    assert.equal(await there.count(), 1, "the arrows lead to each of them, and each says whether it can be");
    await press(manager, "Enter");
    await manager.see("button", t("allocate.by_hand_count", { count: "1" }));
    await manager.page.reload();
    await manager.see("button", t("allocate.by_hand_count", { count: "1" }));  // kept, and not committed yet
    assert.equal((await manager.call("GET", `/api/v1/batches/${batch}`)).summary.counts.unassigned, 6);
    await palette(manager, t("allocate.commit"), t("allocate.commit"));
    await manager.seeText(t("allocate.nothing_waits"));
    const detail = await manager.call("GET", `/api/v1/batches/${batch}`);
    assert.deepEqual(detail.executors.map((person) => person.counts.executing), [3, 3]);
    const items = (await manager.call("POST", `/api/v1/batches/${batch}/items/query`, {})).rows;
    assert.equal(items.find((item) => item.customer_name === name.trim()).executor_name, "吴天明", "who was given by hand");
  });

  await step("an executor accepts the invitation, writes progress and completes", async () => {
    member = await Visitor.open(browser, `${server.address}/invitation#${member}`, { viewport });
    await type(member, member.t("password.new"), password);
    await type(member, member.t("password.again"), password);
    await press(member, "Enter");
    await member.see("link", member.t("nav.my_tasks"));
    await palette(member, "my-tasks", member.t("nav.my_tasks"));
    await member.loaded(3);
    await tabToRow(member);
    await press(member, "ArrowDown", "Enter");
    await type(member, member.t("my.text"), "Nobody answered");
    await push(member, member.t("my.save"));
    await member.see("tab", new RegExp(`^${member.t("my.following")}.*1`));
    await member.reads(member.t("my.text"), "");  // what was sent makes room
    await type(member, member.t("my.text"), "同意下周上门");
    await push(member, member.t("my.complete"));
    await member.see("tab", new RegExp(`^${member.t("my.completed")}.*1`));
    const done = (await member.call("POST", "/api/v1/items/query", { tab: "completed" })).rows;
    assert.deepEqual(done.map((item) => item.last_text), ["同意下周上门"]);
  });

  await step("a colleague is found by name: their customers, for who does not manage people", async () => {
    await palette(member, "吴天", "吴天明");
    await member.see("heading", member.t("nav.customers"));
    await member.see("button", /吴天明/);
    assert.equal(await member.role("button", member.t("common.retry")).count(), 0, "the server understands the filter");
  });

  await step("the manager confirms it, and takes that back", async () => {
    await palette(manager, t("batch.tab_confirm"), t("batch.tab_confirm"));
    await manager.loaded(1);
    await tabToRow(manager);
    await press(manager, "Space");
    await push(manager, new RegExp(`^${t("items.confirm")}`));
    await manager.seeText(t("batch.nothing_to_confirm"));
    const counts = async () => (await manager.call("GET", `/api/v1/batches/${batch}`)).summary.counts;
    assert.equal((await counts()).ended, 1);
    assert.equal((await counts()).executing, 5);
    await manager.see("button", t("common.undo"));
    await press(manager, "Control+z");
    await manager.seeText(t("items.undone", { count: "1" }));
    await manager.see("checkbox", /公司/);
    assert.equal((await counts()).ended, 0);
    assert.equal((await counts()).completed, 1);
  });

  await step("the keyboard map tells all of this", async () => {
    await press(manager, "?");
    await manager.see("dialog", t("keys.title"));
    await manager.seeText("Ctrl K");
    await press(manager, "Escape");
    await manager.role("dialog").first().waitFor({ state: "detached" });
    assert.deepEqual(manager.problems, []);
    assert.deepEqual(member.problems, []);
  });
});
