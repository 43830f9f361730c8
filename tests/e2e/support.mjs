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
const binary = process.env.TIDEWATER_BINARY ?? join(root, "build/tidewater");
const artefacts = process.env.TIDEWATER_ARTEFACTS ?? join(root, "build/log/e2e");
mkdirSync(artefacts, { recursive: true });

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
    this.process = spawn(binary, ["serve", "--data", this.folder, "--listen", this.listen], { stdio: ["ignore", "pipe", "pipe"] });
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
    visitor.context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en", ...options });
    visitor.page = await visitor.context.newPage();
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
    await this.page.locator("html[data-ready]").waitFor({ state: "attached", timeout: 20000 });
  }
  async until(holds, within = 20000) {
    for (const end = Date.now() + within; !(await holds()); await this.page.waitForTimeout(50))
      if (Date.now() > end) throw new Error(`not within ${within} ms: ${holds}`);
  }
  // Presses what opens a file picker, and picks.
  async choose(name, path) {
    const button = this.role("button", name).first();
    await button.waitFor({ state: "attached", timeout: 20000 });
    const picker = this.page.waitForEvent("filechooser", { timeout: 20000 });
    await button.press("Enter");
    await (await picker).setFiles(path);
  }
  async see(role, name, options = {}) {
    await this.role(role, name).first().waitFor({ state: "attached", timeout: options.timeout ?? 20000 });
  }
  async seeText(pattern, options = {}) {
    await this.page.getByText(pattern).first().waitFor({ state: "attached", timeout: options.timeout ?? 20000 });
  }
  // A button that still waits for its form says so, as to everybody; then we wait too.
  async press(role, name, within = this.page) {
    const found = within.getByRole(role, { name, exact: typeof name === "string" }).first();
    await found.waitFor({ state: "attached", timeout: 20000 });
    await this.until(() => found.isEnabled());
    await found.dispatchEvent("click");
  }
  async pressInDialog(name) {
    await this.press("button", name, this.role("dialog"));
  }
  // Opens a row of the list; one that stands while its content is on its way opens nothing yet.
  async openRow(at = 1) {
    const row = this.page.locator("[role=row]:not([aria-busy=true])").nth(at);
    await row.waitFor({ state: "attached", timeout: 20000 });
    await row.dispatchEvent("click");
  }
  async fill(name, text) {
    const field = this.page.getByRole("textbox", { name, exact: true }).or(this.page.getByLabel(name, { exact: true })).first();
    await field.waitFor({ state: "attached", timeout: 20000 });
    await field.fill(text);
  }
  // Somebody in a picker of people, found by their name.
  async pick(label, name) {
    const field = this.role("combobox", this.t("picker.search_in", { label })).first();
    await field.fill(name);
    await this.until(async () => (await this.role("option").count()) === 1);  // what is found, no longer everybody
    await this.press("option", name);
    await this.role("option", name, { checked: true }).first().waitFor({ state: "attached", timeout: 10000 });
    await field.fill("");
  }
  // Where an element stands, once it stands still: places are told a moment after words.
  async box(locator) {
    const place = () => locator.evaluate((el) => { const r = el.getBoundingClientRect(); return { x: r.x, y: r.y, width: r.width, height: r.height }; });
    for (let before = await place(); ;) {
      await this.page.waitForTimeout(300);
      const now = await place();
      if (JSON.stringify(now) === JSON.stringify(before)) return now;
      before = now;
    }
  }
  async picture(name) {
    await this.page.waitForTimeout(250);  // two settle frames and the last glyphs
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
