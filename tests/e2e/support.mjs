// What browser tests share: a real server on a folder of its own, a real Chromium, and a way to act through the mirrored
// tree by role and name only, as a screen reader would.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");

const root = resolve(new URL(".", import.meta.url).pathname, "../..");
export const program = process.env.TIDEWATER_BINARY ?? join(root, "build/tidewater");
const artefacts = process.env.TIDEWATER_ARTEFACTS ?? join(root, "build/log/e2e");
mkdirSync(artefacts, { recursive: true });

// How many times slower than it is the processor of every page is made, as a loaded machine would: what passes with 4 does
// not depend on how fast a frame comes. Every wait has as much more patience; waiting longer costs nothing when all is well.
export const slow = Number(process.env.TIDEWATER_SLOW ?? 1);
export const patience = 30_000 * slow;
export const minutes = (count) => count * 60_000 * slow;

// The catalogue that the page shows: tests name things as people read them, and a changed word breaks no test.
export function texts(language) {
  return JSON.parse(readFileSync(join(root, `assets/i18n/${language}.json`), "utf8"));
}

// axe-core, to be run in a page by seriousFindings().
export const axeScript = readFileSync(require.resolve("axe-core/axe.js"), "utf8");

// What axe calls serious or critical in a page that has the script, as lines of words.
export const seriousFindings = (page) => page.evaluate(async () => {
  const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${id}: ${help}\n      ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 300)).join("\n      ")}`);
});

// A server process on a data folder that survives kill() and start().
export class Server {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "tidewater-e2e-"));
    this.listen = "127.0.0.1:0";
    this.log = [];
  }

  async start() {
    this.process = spawn(program, ["serve", "--data", this.folder, "--listen", this.listen, "--language", "en"], { stdio: ["ignore", "pipe", "pipe"] });
    const read = (stream, seen) => createInterface({ input: stream }).on("line", (line) => { this.log.push(line); seen?.(line); });
    this.exited = new Promise((done) => this.process.on("exit", (code, signal) => done({ code, signal })));
    await new Promise((ready, failed) => {
      const seen = (line) => {
        const setup = line.match(/(http:\S+\/setup#\S+)/);
        if (setup) this.setupAddress = setup[1];
        const serves = line.match(/serves (http:\S+)/);
        if (serves) {
          this.address = serves[1];
          this.listen = new URL(this.address).host;  // the same port after a restart
          setTimeout(ready, 100);                    // the set-up address follows in the same breath
        }
      };
      read(this.process.stdout, seen);
      read(this.process.stderr, seen);
      this.exited.then(({ code }) => failed(new Error(`the server ended with ${code}:\n${this.log.slice(-20).join("\n")}`)));
    });
  }

  async kill() {  // as the power would
    this.process.kill("SIGKILL");
    await this.exited;
  }

  async stop() {
    if (this.process?.exitCode !== null) return;
    this.process.kill("SIGTERM");
    await this.exited;
  }

  async remove() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
    writeFileSync(join(artefacts, "server.log"), this.log.join("\n") + "\n");
  }
}

const ourBrowser = {
  executablePath: process.env.TIDEWATER_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-sandbox", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};
export async function openBrowser() {
  return chromium.launch(ourBrowser);
}
// With a profile that stays, and not as something that is remote-controlled: the password manager would keep out of that.
export async function openProfile(folder) {
  return chromium.launchPersistentContext(folder, { ...ourBrowser, args: [...ourBrowser.args, "--password-store=basic"],
    ignoreDefaultArgs: ["--enable-automation"], viewport: { width: 1024, height: 700 }, locale: "en" });
}

// A person at a browser: one context, one page. Acts on the mirrored elements.
export class Visitor {
  static async open(browser, address, options = {}) {
    const visitor = new Visitor();
    // Where the accounts are: elsewhere a page asks first which time is meant.
    visitor.context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en", timezoneId: "Asia/Shanghai", ...options });
    visitor.context.setDefaultTimeout(patience);
    visitor.page = await visitor.context.newPage();
    if (slow > 1) await (await visitor.context.newCDPSession(visitor.page)).send("Emulation.setCPUThrottlingRate", { rate: slow });
    visitor.texts = texts(options.locale ?? "en");
    visitor.problems = [];
    visitor.page.on("pageerror", (problem) => visitor.problems.push(String(problem)));
    visitor.page.on("console", (message) => {
      // A refused sign-in is a 401 and a conflict a 409: the browser logs them, they are answers.
      if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) visitor.problems.push(message.text());
    });
    await visitor.page.goto(address);
    return visitor;
  }

  role(role, name, options = {}) {
    return this.page.getByRole(role, name === undefined ? options : { name, exact: typeof name === "string", ...options });
  }
  speak(language) {
    this.texts = texts(language);
  }
  // The text of a key, with its parameters filled in as they are shown.
  t(key, params = {}) {
    const text = this.texts[key];
    if (text === undefined) throw new Error(`no text ${key}`);
    return text.replace(/\{(\w+)(?:, \w+)?\}/g, (_, name) => params[name] ?? `{${name}}`);
  }
  // The API with the page's own session.
  async ask(method, path, body) {
    return this.page.evaluate(async ([verb, where, content]) => {
      const token = verb === "GET" ? "" : (await (await fetch("/api/v1/session")).json()).csrf;
      const reply = await fetch(where, { method: verb, headers: { "Content-Type": "application/json", "X-CSRF-Token": token },
        body: content === undefined ? undefined : JSON.stringify(content) });
      return { status: reply.status, body: await reply.text() };
    }, [method, path, body]);
  }
  async call(method, path, body) {
    const reply = await this.ask(method, path, body);
    if (reply.status >= 400) throw new Error(`${method} ${path}: ${reply.status} ${reply.body}`);
    return JSON.parse(reply.body);
  }
  async go(path) {
    await this.page.goto(new URL(path, this.page.url()).href);
    await this.page.locator("html[data-ready]:not([data-opening])").waitFor({ state: "attached" });
  }
  async until(holds, within = patience, what = holds) {
    for (const end = Date.now() + within; !(await holds()); await this.page.waitForTimeout(50))
      if (Date.now() > end) throw new Error(`not within ${within} ms: ${what}`);
  }
  // Does in one breath what has to be looked at before: `act` runs in the page and answers whether it could. Between two
  // breaths the page may draw, and what was there, free and in front is not any more.
  async once(found, act, what) {
    await this.until(async () => (await found.count()) > 0 && await found.evaluate(act, undefined, { timeout: 2000 * slow }).catch((problem) => {
      if (problem.name === "TimeoutError") return false;  // gone between the two: look again
      throw problem;
    }), patience, `${what} ${found}`);
  }
  // Presses what is there, in front of everything, loaded and free: a press on anything else is lost, as a person's would be.
  async click(found) {
    await this.once(found, (el) => {
      if (!el.isConnected || el.disabled || el.closest("[inert], [aria-disabled=true], [aria-busy=true]")) return false;
      el.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
      return true;
    }, "there, in front and free:");
  }
  async press(role, name, within = this.page) {
    await this.click(within.getByRole(role, { name, exact: typeof name === "string" }).first());
  }
  async pressInDialog(name) {
    await this.press("button", name, this.role("dialog"));
  }
  async noDialog() {
    await this.until(async () => (await this.role("dialog").count()) === 0);
  }
  // Holds back what the page asks by itself, until the answer is called: who asks next is the one who presses.
  async unasked() {
    const questions = /\/api\/v1\/events(\?|$)/, held = [];
    let open = false;
    await this.page.route(questions, (route) => (open ? route.continue() : held.push(route)));
    return async () => {
      open = true;
      await Promise.all(held.map((route) => route.continue()));
      await this.page.unroute(questions);
    };
  }
  // Presses what opens a file picker, and picks.
  async choose(name, path) {
    const button = this.role("button", name).first();
    await this.once(button, (el) => !el.closest("[inert], [aria-disabled=true]"), "free:");
    const picker = this.page.waitForEvent("filechooser", { timeout: patience });
    await button.press("Enter");
    await (await picker).setFiles(path);
  }
  async see(role, name, options = {}) {
    await this.role(role, name).first().waitFor({ state: "attached", ...options });
  }
  async seeText(pattern, options = {}) {
    await this.page.getByText(pattern).first().waitFor({ state: "attached", ...options });
  }
  // The rows of lists, without headers and what stands while the content is on its way: that takes neither press nor key.
  rows(within = this.page) {
    return within.locator("[role=row]:not([aria-busy=true]):has([role=gridcell], [role=rowheader])");
  }
  // Until so many rows are there and none is on its way.
  async loaded(least, within = this.page) {
    await this.until(async () => (await this.rows(within).count()) >= least && (await within.locator("[role=row][aria-busy=true]").count()) === 0,
      patience, `${least} rows, and all of them loaded`);
  }
  async openRow(at = 0) {
    await this.click(this.rows().nth(at));
  }
  // Into a field that is in front: what is written behind a dialog stands there and nobody has heard it.
  async fill(name, text) {
    const field = this.page.getByRole("textbox", { name, exact: true }).or(this.page.getByLabel(name, { exact: true })).first();
    await this.once(field, (el) => !el.closest("[inert]") && !el.disabled && !el.readOnly, "a field to write in:");
    await field.fill(text);
  }
  // Until a field has these words.
  async reads(name, text) {
    const field = this.page.getByLabel(name, { exact: true }).first();
    let words;
    const same = async () => (words = await field.inputValue({ timeout: 2000 * slow }).catch(() => undefined)) === text;
    await this.until(same).catch(() => { throw new Error(`${name} reads "${words}", not "${text}"`); });
  }
  // Somebody in a picker of people, found by their name.
  async pick(label, name) {
    const field = this.role("combobox", this.t("picker.search_in", { label })).first();
    await field.fill(name);
    await this.until(async () => (await this.role("option").count()) === 1);  // what is found, no longer everybody
    await this.press("option", name);
    await this.role("option", name, { checked: true }).first().waitFor({ state: "attached" });
    await field.fill("");
  }
  frames() {
    return this.page.evaluate(() => globalThis.tidewater.frames);
  }
  // Until nothing was drawn for a while, shorter than a caret blinks. Not while a finger is down or something loads: then
  // every frame is drawn.
  async rest(quiet = 250, within = patience) {
    const rested = await this.page.evaluate(async ([least, most]) => {
      const began = performance.now();
      for (let seen = -1, since = began; ;) {
        const frames = globalThis.tidewater?.frames, now = performance.now();
        if (frames !== seen) [seen, since] = [frames, now];
        else if (now - since >= least) return true;
        if (now - began > most) return false;
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      }
    }, [quiet, within]);
    if (!rested) throw new Error(`the page still draws after ${within} ms`);
  }
  // Where an element stands, once it stands still: places are told a moment after words, and on a slow machine one frame
  // may last as long as this looks.
  async box(locator) {
    const place = () => locator.evaluate((el) => { const r = el.getBoundingClientRect(); return { x: r.x, y: r.y, width: r.width, height: r.height }; });
    for (let before = await place(); ;) {
      await this.page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))), 300)));
      const now = await place();
      if (JSON.stringify(now) === JSON.stringify(before)) return now;
      before = now;
    }
  }
  async picture(name) {
    await this.rest(250, 3000).catch(() => {});  // settle frames and the last glyphs; something may turn while it waits
    await this.page.screenshot({ path: join(artefacts, `${name}.png`) });
  }
  keep(name, bytes) {
    writeFileSync(join(artefacts, name), bytes);
  }
  async close() {
    await this.context.close();
  }
}

// The first administrator (zhoumin, "low tide 2026") at a browser that speaks English, without walking through the set-up.
export async function begin(browser, server, options = {}) {
  const visitor = await Visitor.open(browser, server.address, options);
  await visitor.call("POST", "/api/v1/setup", { token: new URL(server.setupAddress).hash.slice(1), login: "zhoumin", name: "周敏",
    password: "low tide 2026", language: options.locale ?? "en" });
  await visitor.go("/");
  visitor.problems.length = 0;  // the questions of the page that nobody was signed in to
  return visitor;
}

// A member with this login, who has accepted the manager's invitation, at a browser of their own that speaks English.
export async function arrive(browser, server, manager, login, name) {
  const { person, invitation } = await manager.call("POST", "/api/v1/people", { login, name, role: "member", language: "en" });
  const visitor = await Visitor.open(browser, server.address);
  await visitor.call("POST", "/api/v1/invitations/accept", { token: invitation, password: "low tide 2026" });
  return Object.assign(visitor, { person, login, name });
}

// A file with these words, in a folder of its own.
export function csvFile(words, name = "customers.csv") {
  const path = join(mkdtempSync(join(tmpdir(), "tidewater-csv-")), name);
  writeFileSync(path, words);
  return path;
}

// The real file where it is, else a generated one of the same shape; says which.
export function bankFile() {
  const real = [process.env.TIDEWATER_SHARED_DATA, join(root, "../shared/data")].filter(Boolean).map((folder) => join(folder, "bank-marketing.csv"))
    .find((path) => existsSync(path));
  if (real) return { path: real, rows: 45211, real: true };
  const header = "Age,Job,Marital (Status),Education,Default,Balance,Housing,Loan,Contact,Day,Month,Duration,Campaign,Pdays,Previous,Poutcome,Output";
  const jobs = ["management", "technician", "blue-collar", "services", "retired"];
  const months = ["jan", "feb", "mar", "apr", "may", "jun"];
  let state = 20261121;
  const draw = (n) => { state = (state * 1103515245 + 12345) % 2147483648; return state % n; };
  const lines = [header];
  for (let i = 0; i < 45211; ++i)
    lines.push([18 + draw(70), jobs[draw(5)], ["married", "single"][draw(2)], ["primary", "secondary", "tertiary"][draw(3)], "no", draw(9000) - 1000,
      ["yes", "no"][draw(2)], ["yes", "no"][draw(2)], ["cellular", "unknown"][draw(2)], 1 + draw(28), months[draw(6)], draw(900), 1 + draw(9), -1, 0, "unknown",
      ["yes", "no"][draw(2)]].join(","));
  const path = join(mkdtempSync(join(tmpdir(), "tidewater-bank-")), "bank-marketing.csv");
  writeFileSync(path, lines.join("\n") + "\n");
  return { path, rows: 45211, real: false };
}
